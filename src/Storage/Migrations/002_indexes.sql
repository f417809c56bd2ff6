CREATE INDEX sweep_created ON sweep (created_at);

CREATE INDEX trial_value ON trial (sweep_id, value);
