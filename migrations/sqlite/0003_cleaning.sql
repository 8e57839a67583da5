-- Cleaning: rule sets, what they made of each submission, and what editors decided.

-- The rules' whole text is kept: what an edition was made with can always be read.
CREATE TABLE rule_set (
    id             BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    instrument_key TEXT NOT NULL,
    version        TEXT NOT NULL,
    source         TEXT NOT NULL,
    source_hash    BLOB NOT NULL UNIQUE CHECK (length(source_hash) = 32),
    added_at       INTEGER NOT NULL,
    actor          TEXT NOT NULL
) STRICT;

-- What cleaning made of a case at one moment. Numbered from 1 within the case.
CREATE TABLE cleaning_edition (
    id            BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    round_id      BLOB NOT NULL REFERENCES round (id),
    case_id       BLOB NOT NULL REFERENCES respondent_case (id),
    number        INTEGER NOT NULL CHECK (number > 0),
    -- What it was made from. Decisions up to the number `decided` were known.
    submission_id BLOB NOT NULL REFERENCES submission (id),
    rule_set_id   BLOB NOT NULL REFERENCES rule_set (id),
    decided       INTEGER NOT NULL CHECK (decided >= 0),
    -- JSON: the register's facts and the chief's confirmations of the moment.
    known         TEXT NOT NULL CHECK (json_valid(known)),
    -- What it came to, as JSON. The steps stand in `ledger`.
    clean_values  TEXT NOT NULL CHECK (json_valid(clean_values)),
    queries       TEXT NOT NULL CHECK (json_valid(queries)),
    unfit         TEXT NOT NULL CHECK (json_valid(unfit)),
    open_queries  INTEGER NOT NULL CHECK (open_queries >= 0),
    at            INTEGER NOT NULL,
    actor         TEXT NOT NULL,
    UNIQUE (case_id, number)
) STRICT;
CREATE INDEX edition_of_round ON cleaning_edition (round_id, at);

-- Every step from what was typed to a clean value, in order.
CREATE TABLE ledger (
    edition_id BLOB NOT NULL REFERENCES cleaning_edition (id),
    number     INTEGER NOT NULL CHECK (number > 0),
    -- For whoever asks in SQL; `entry` is JSON and has all of it.
    variable   TEXT NOT NULL,
    -- As typed in the first step of a variable; what the step before left in the others.
    before     TEXT NOT NULL,
    -- With a decimal point; none where it is no number.
    after      TEXT,
    status     TEXT NOT NULL,
    rule       TEXT NOT NULL,
    version    TEXT NOT NULL,
    -- Who decided; none where it was the rule.
    editor     TEXT,
    entry      TEXT NOT NULL CHECK (json_valid(entry)),
    PRIMARY KEY (edition_id, number)
) STRICT, WITHOUT ROWID;

-- What an editor decided of one query. Numbered from 1 within the case. Taking one back is a decision too, and names it.
CREATE TABLE cleaning_decision (
    id       BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    case_id  BLOB NOT NULL REFERENCES respondent_case (id),
    number   INTEGER NOT NULL CHECK (number > 0),
    -- What its editor saw.
    edition  INTEGER NOT NULL CHECK (edition > 0),
    query    TEXT NOT NULL,
    undoes   INTEGER CHECK (undoes > 0 AND undoes < number),
    -- JSON: what was chosen, and the texts that it was about.
    body     TEXT NOT NULL CHECK (json_valid(body)),
    reason   TEXT NOT NULL,
    at       INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    UNIQUE (case_id, number),
    UNIQUE (case_id, undoes),
    FOREIGN KEY (case_id, edition) REFERENCES cleaning_edition (case_id, number)
) STRICT;

CREATE TRIGGER rule_set_no_update BEFORE UPDATE ON rule_set
BEGIN SELECT RAISE(ABORT, 'rule_set is append-only'); END;
CREATE TRIGGER rule_set_no_delete BEFORE DELETE ON rule_set
BEGIN SELECT RAISE(ABORT, 'rule_set is append-only'); END;
CREATE TRIGGER cleaning_edition_no_update BEFORE UPDATE ON cleaning_edition
BEGIN SELECT RAISE(ABORT, 'cleaning_edition is append-only'); END;
CREATE TRIGGER cleaning_edition_no_delete BEFORE DELETE ON cleaning_edition
BEGIN SELECT RAISE(ABORT, 'cleaning_edition is append-only'); END;
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER cleaning_decision_no_update BEFORE UPDATE ON cleaning_decision
BEGIN SELECT RAISE(ABORT, 'cleaning_decision is append-only'); END;
CREATE TRIGGER cleaning_decision_no_delete BEFORE DELETE ON cleaning_decision
BEGIN SELECT RAISE(ABORT, 'cleaning_decision is append-only'); END;
