CREATE TABLE trial_row (
  number {int} NOT NULL,
  configuration {int} NOT NULL,
  replicate {int} NOT NULL,
  sweep_id {text} NOT NULL,
  seed {text} NOT NULL,
  role {text} NOT NULL DEFAULT 'search',
  keys {int},
  settings {text},
  parameters {json},
  state {text} NOT NULL,
  reason {text},
  detail {text},
  epochs_done {int} NOT NULL DEFAULT 0,
  best_epoch {int},
  value {real},
  gap {real},
  violation {real} NOT NULL DEFAULT 0,
  test_loss {real},
  test_metric {real},
  PRIMARY KEY (sweep_id, number)
){updated rows};

INSERT INTO trial_row (number, configuration, replicate, sweep_id, seed, role, parameters, state, reason, detail, epochs_done, best_epoch, value, gap, violation, test_loss, test_metric)
SELECT number, configuration, replicate, sweep_id, seed, role, parameters, state, reason, detail, epochs_done, best_epoch, value, gap, violation, test_loss, test_metric FROM trial;

DROP TABLE trial;

CREATE VIEW trial AS
SELECT t.sweep_id, t.number, t.configuration, t.replicate, t.state, t.reason, t.detail,
  COALESCE(t.parameters, (
    SELECT {object of k.value, v.value} FROM journal_word w, {elements of w.word as k and t.settings as v} w.sweep_id = t.sweep_id AND w.number = t.keys)) AS parameters,
  t.seed, t.epochs_done, t.best_epoch, t.value, t.gap, t.test_loss, t.test_metric, t.violation, t.role
FROM trial_row t;

ALTER TABLE epoch RENAME TO old_epoch;

CREATE TABLE epoch (
  trial {int} NOT NULL,
  epoch {int} NOT NULL,
  training_loss {real},
  validation_loss {real},
  training_metric {real},
  validation_metric {real},
  learning_rate {real},
  seconds {real},
  sweep_id {text} NOT NULL,
  PRIMARY KEY (sweep_id, trial, epoch)
){rows};

INSERT INTO epoch (trial, epoch, training_loss, validation_loss, training_metric, validation_metric, learning_rate, seconds, sweep_id)
SELECT trial, epoch, training_loss, validation_loss, training_metric, validation_metric, learning_rate, seconds, sweep_id FROM old_epoch;

DROP TABLE old_epoch;
