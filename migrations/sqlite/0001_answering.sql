-- Times are milliseconds since 1970 in UTC. Identities are UUIDs of 16 bytes.

CREATE TABLE unit (
    id          BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    key         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    address     TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city        TEXT NOT NULL,
    region      TEXT NOT NULL,
    ownership   TEXT
) STRICT;

-- What the register says of a unit and branching may ask about.
CREATE TABLE unit_class (
    unit_id BLOB NOT NULL REFERENCES unit (id),
    field   TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (unit_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    unit_id    BLOB NOT NULL REFERENCES unit (id),
    name       TEXT NOT NULL,
    email      TEXT NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to   INTEGER,
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
) STRICT;
CREATE INDEX contact_of_unit ON contact (unit_id);

-- The instrument's whole text is pinned: a later edition of the file changes nothing that was asked.
CREATE TABLE round (
    id                 BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    key                TEXT NOT NULL UNIQUE,
    instrument_key     TEXT NOT NULL,
    instrument_version TEXT NOT NULL,
    instrument_source  TEXT NOT NULL,
    opens_at           INTEGER NOT NULL,
    closes_at          INTEGER NOT NULL,
    pilot              INTEGER NOT NULL CHECK (pilot IN (0, 1)),
    CHECK (closes_at > opens_at)
) STRICT;

CREATE TABLE respondent_case (
    id       BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    round_id BLOB NOT NULL REFERENCES round (id),
    unit_id  BLOB NOT NULL REFERENCES unit (id),
    UNIQUE (round_id, unit_id)
) STRICT;

-- A link's token is keyed with a secret that is not in the database.
CREATE TABLE link (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    case_id    BLOB NOT NULL REFERENCES respondent_case (id),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX link_of_case ON link (case_id);

-- Numbered from 1 within the case, in one series for answers and personal answers.
CREATE TABLE revision (
    case_id     BLOB NOT NULL REFERENCES respondent_case (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    variable    TEXT NOT NULL,
    raw         TEXT NOT NULL,
    typed_at    INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    page        BLOB NOT NULL CHECK (length(page) = 16),
    change      BLOB NOT NULL CHECK (length(change) = 16),
    base        INTEGER NOT NULL CHECK (base >= 0 AND base < number),
    contested   INTEGER NOT NULL CHECK (contested IN (0, 1)),
    PRIMARY KEY (case_id, number),
    UNIQUE (case_id, change)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_of_variable ON revision (case_id, variable);

CREATE TABLE personal_revision (
    case_id     BLOB NOT NULL REFERENCES respondent_case (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    variable    TEXT NOT NULL,
    raw         TEXT NOT NULL,
    typed_at    INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    page        BLOB NOT NULL CHECK (length(page) = 16),
    change      BLOB NOT NULL CHECK (length(change) = 16),
    base        INTEGER NOT NULL CHECK (base >= 0 AND base < number),
    contested   INTEGER NOT NULL CHECK (contested IN (0, 1)),
    PRIMARY KEY (case_id, number),
    UNIQUE (case_id, change)
) STRICT, WITHOUT ROWID;
CREATE INDEX personal_revision_of_variable ON personal_revision (case_id, variable);

CREATE TABLE confirmation (
    id      BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    case_id BLOB NOT NULL REFERENCES respondent_case (id),
    rule    TEXT NOT NULL,
    scope   TEXT NOT NULL,
    about   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX confirmation_of_case ON confirmation (case_id);

CREATE TABLE submission (
    id                 BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    case_id            BLOB NOT NULL REFERENCES respondent_case (id),
    number             INTEGER NOT NULL CHECK (number > 0),
    receipt            TEXT NOT NULL UNIQUE,
    submitted_at       INTEGER NOT NULL,
    as_of              INTEGER NOT NULL CHECK (as_of >= 0),
    instrument_key     TEXT NOT NULL,
    instrument_version TEXT NOT NULL,
    snapshot           TEXT NOT NULL CHECK (json_valid(snapshot)),
    UNIQUE (case_id, number)
) STRICT;

CREATE TABLE personal_submission (
    submission_id BLOB PRIMARY KEY NOT NULL REFERENCES submission (id),
    snapshot      TEXT NOT NULL CHECK (json_valid(snapshot))
) STRICT;

-- A submission with a reopening no longer closes its case.
CREATE TABLE reopening (
    submission_id BLOB PRIMARY KEY NOT NULL REFERENCES submission (id),
    case_id       BLOB NOT NULL REFERENCES respondent_case (id),
    at            INTEGER NOT NULL
) STRICT;

CREATE TABLE report (
    id      BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    case_id BLOB NOT NULL REFERENCES respondent_case (id),
    link_id BLOB NOT NULL REFERENCES link (id),
    kind    TEXT NOT NULL CHECK (kind IN ('new_chief', 'closed', 'other')),
    name    TEXT NOT NULL,
    email   TEXT NOT NULL,
    note    TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX report_of_case ON report (case_id);

-- What was answered is never changed, only added to. Connections set recursive_triggers,
-- so that INSERT OR REPLACE meets these too.
CREATE TRIGGER revision_no_update BEFORE UPDATE ON revision
BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END;
CREATE TRIGGER revision_no_delete BEFORE DELETE ON revision
BEGIN SELECT RAISE(ABORT, 'revision is append-only'); END;
CREATE TRIGGER personal_revision_no_update BEFORE UPDATE ON personal_revision
BEGIN SELECT RAISE(ABORT, 'personal_revision is append-only'); END;
CREATE TRIGGER personal_revision_no_delete BEFORE DELETE ON personal_revision
BEGIN SELECT RAISE(ABORT, 'personal_revision is append-only'); END;
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmation is append-only'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation
BEGIN SELECT RAISE(ABORT, 'confirmation is append-only'); END;
CREATE TRIGGER submission_no_update BEFORE UPDATE ON submission
BEGIN SELECT RAISE(ABORT, 'submission is append-only'); END;
CREATE TRIGGER submission_no_delete BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'submission is append-only'); END;
CREATE TRIGGER personal_submission_no_update BEFORE UPDATE ON personal_submission
BEGIN SELECT RAISE(ABORT, 'personal_submission is append-only'); END;
CREATE TRIGGER personal_submission_no_delete BEFORE DELETE ON personal_submission
BEGIN SELECT RAISE(ABORT, 'personal_submission is append-only'); END;
CREATE TRIGGER reopening_no_update BEFORE UPDATE ON reopening
BEGIN SELECT RAISE(ABORT, 'reopening is append-only'); END;
CREATE TRIGGER reopening_no_delete BEFORE DELETE ON reopening
BEGIN SELECT RAISE(ABORT, 'reopening is append-only'); END;
CREATE TRIGGER report_no_update BEFORE UPDATE ON report
BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
CREATE TRIGGER report_no_delete BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'report is append-only'); END;
