CREATE TABLE journal_block (
  sweep_id {text} NOT NULL REFERENCES sweep (id),
  seq {bigint} NOT NULL,
  entries {int} NOT NULL,
  payload {bytes} NOT NULL,
  at {time} NOT NULL,
  PRIMARY KEY (sweep_id, seq)
);

CREATE TABLE journal_word (
  sweep_id {text} NOT NULL REFERENCES sweep (id),
  number {int} NOT NULL,
  word {text} NOT NULL,
  PRIMARY KEY (sweep_id, number)
);

INSERT INTO journal_block (sweep_id, seq, entries, payload, at)
SELECT sweep_id, seq, 1, {utf8:payload}, at FROM sweep_event;

DROP TABLE sweep_event;
