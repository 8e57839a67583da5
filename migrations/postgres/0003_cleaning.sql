-- Cleaning: rule sets, what they made of each submission, and what editors decided.

-- The rules' whole text is kept: what an edition was made with can always be read.
CREATE TABLE rule_set (
    id             UUID PRIMARY KEY,
    instrument_key TEXT NOT NULL,
    version        TEXT NOT NULL,
    source         TEXT NOT NULL,
    source_hash    BYTEA NOT NULL UNIQUE CHECK (length(source_hash) = 32),
    added_at       BIGINT NOT NULL,
    actor          TEXT NOT NULL
);

-- What cleaning made of a case at one moment. Numbered from 1 within the case.
CREATE TABLE cleaning_edition (
    id            UUID PRIMARY KEY,
    round_id      UUID NOT NULL REFERENCES round (id),
    case_id       UUID NOT NULL REFERENCES respondent_case (id),
    number        BIGINT NOT NULL CHECK (number > 0),
    -- What it was made from. Decisions up to the number `decided` were known.
    submission_id UUID NOT NULL REFERENCES submission (id),
    rule_set_id   UUID NOT NULL REFERENCES rule_set (id),
    decided       BIGINT NOT NULL CHECK (decided >= 0),
    -- JSON: the register's facts and the chief's confirmations of the moment.
    known         TEXT NOT NULL,
    -- What it came to, as JSON. The steps stand in `ledger`.
    clean_values  TEXT NOT NULL,
    queries       TEXT NOT NULL,
    unfit         TEXT NOT NULL,
    open_queries  BIGINT NOT NULL CHECK (open_queries >= 0),
    at            BIGINT NOT NULL,
    actor         TEXT NOT NULL,
    UNIQUE (case_id, number)
);
CREATE INDEX edition_of_round ON cleaning_edition (round_id, at);

-- Every step from what was typed to a clean value, in order.
CREATE TABLE ledger (
    edition_id UUID NOT NULL REFERENCES cleaning_edition (id),
    number     BIGINT NOT NULL CHECK (number > 0),
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
    entry      TEXT NOT NULL,
    PRIMARY KEY (edition_id, number)
);

-- What an editor decided of one query. Numbered from 1 within the case. Taking one back is a decision too, and names it.
CREATE TABLE cleaning_decision (
    id       UUID PRIMARY KEY,
    case_id  UUID NOT NULL REFERENCES respondent_case (id),
    number   BIGINT NOT NULL CHECK (number > 0),
    -- What its editor saw.
    edition  BIGINT NOT NULL CHECK (edition > 0),
    query    TEXT NOT NULL,
    undoes   BIGINT CHECK (undoes > 0 AND undoes < number),
    -- JSON: what was chosen, and the texts that it was about.
    body     TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       BIGINT NOT NULL,
    actor    TEXT NOT NULL,
    UNIQUE (case_id, number),
    UNIQUE (case_id, undoes),
    FOREIGN KEY (case_id, edition) REFERENCES cleaning_edition (case_id, number)
);

CREATE TRIGGER rule_set_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_set
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cleaning_edition_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cleaning_edition
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cleaning_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cleaning_decision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
