CREATE TABLE sweep (
  id {text} NOT NULL PRIMARY KEY,
  name {text} NOT NULL,
  spec {json} NOT NULL,
  spec_text {text} NOT NULL,
  status {text} NOT NULL,
  objective {text} NOT NULL,
  maximize {bool} NOT NULL,
  created_at {time} NOT NULL,
  ended_at {time},
  digest {text},
  trials {int} NOT NULL DEFAULT 0,
  trials_ended {int} NOT NULL DEFAULT 0,
  best_value {real},
  best_trial {int}
);

CREATE TABLE sweep_event (
  sweep_id {text} NOT NULL REFERENCES sweep (id),
  seq {bigint} NOT NULL,
  type {text} NOT NULL,
  canonical {bool} NOT NULL,
  payload {text} NOT NULL,
  at {time} NOT NULL,
  PRIMARY KEY (sweep_id, seq)
);

CREATE TABLE trial (
  sweep_id {text} NOT NULL REFERENCES sweep (id),
  number {int} NOT NULL,
  configuration {int} NOT NULL,
  replicate {int} NOT NULL,
  state {text} NOT NULL,
  reason {text},
  detail {text},
  parameters {json} NOT NULL,
  seed {text} NOT NULL,
  epochs_done {int} NOT NULL DEFAULT 0,
  best_epoch {int},
  value {real},
  gap {real},
  test_loss {real},
  test_metric {real},
  PRIMARY KEY (sweep_id, number)
);

CREATE TABLE epoch (
  sweep_id {text} NOT NULL REFERENCES sweep (id),
  trial {int} NOT NULL,
  epoch {int} NOT NULL,
  training_loss {real},
  validation_loss {real},
  training_metric {real},
  validation_metric {real},
  learning_rate {real},
  seconds {real},
  PRIMARY KEY (sweep_id, trial, epoch)
);

CREATE TABLE picture (
  sweep_id {text} NOT NULL REFERENCES sweep (id),
  trial {int} NOT NULL,
  epoch {int} NOT NULL,
  kind {text} NOT NULL,
  png {bytes} NOT NULL,
  PRIMARY KEY (sweep_id, trial, epoch, kind)
);

CREATE TABLE checkpoint (
  sweep_id {text} NOT NULL REFERENCES sweep (id),
  trial {int} NOT NULL,
  attempt {int} NOT NULL,
  segment {int} NOT NULL,
  epochs_done {int} NOT NULL,
  reports {text} NOT NULL,
  data {bytes} NOT NULL,
  PRIMARY KEY (sweep_id, trial)
);
