ALTER TABLE sweep ADD COLUMN best_violation {real} NOT NULL DEFAULT 0;

ALTER TABLE trial ADD COLUMN violation {real} NOT NULL DEFAULT 0;

ALTER TABLE trial ADD COLUMN role {text} NOT NULL DEFAULT 'search';
