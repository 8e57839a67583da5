-- Fieldwork: the register's history, mail, follow-up, and who may.

-- Staff ----------------------------------------------------------------------------------------

CREATE TABLE staff (
    id              BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    email           TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('administrator', 'analyst', 'reader')),
    -- Argon2id in the PHC format; none where the account signs in elsewhere.
    password        TEXT,
    -- The password was made by the program, and must be changed before anything else.
    initial         INTEGER NOT NULL DEFAULT 0 CHECK (initial IN (0, 1)),
    -- The secret of the one-time codes is made from the server's key and this number.
    code_generation INTEGER NOT NULL DEFAULT 1,
    -- Whether a code of this generation was ever shown to be had.
    code_set_up     INTEGER NOT NULL DEFAULT 0 CHECK (code_set_up IN (0, 1)),
    -- The last time step whose code was used: a code works once.
    code_step       INTEGER NOT NULL DEFAULT 0,
    -- Issuer and subject where the account signs in by OpenID Connect.
    subject         TEXT UNIQUE,
    created_at      INTEGER NOT NULL,
    ended_at        INTEGER
) STRICT;

-- Holds a hash of what the cookie holds.
CREATE TABLE staff_session (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    staff_id   BLOB NOT NULL REFERENCES staff (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at   INTEGER
) STRICT;
CREATE INDEX session_of_staff ON staff_session (staff_id);

-- Who did what. `actor` is an e-mail address, `command line`, `server` or `chief`; `detail` is JSON.
CREATE TABLE audit (
    id       BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    at       INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at);

-- The register ---------------------------------------------------------------------------------

ALTER TABLE unit ADD COLUMN municipality TEXT;
ALTER TABLE unit ADD COLUMN regso TEXT;
-- Dates as `2022-04-05`, where the file told them.
ALTER TABLE unit ADD COLUMN started_on TEXT;
ALTER TABLE unit ADD COLUMN closed_on TEXT;
ALTER TABLE unit ADD COLUMN branch INTEGER NOT NULL DEFAULT 0 CHECK (branch IN (0, 1));
-- When the register stopped knowing it; its answers stay.
ALTER TABLE unit ADD COLUMN gone_at INTEGER;

ALTER TABLE contact ADD COLUMN kind TEXT NOT NULL DEFAULT 'chief' CHECK (kind IN ('chief', 'local_head'));
ALTER TABLE contact ADD COLUMN undeliverable_at INTEGER;

-- A file that waits for its preview to be accepted.
CREATE TABLE register_upload (
    id          BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    sender      TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    content     BLOB NOT NULL,
    uploaded_at INTEGER NOT NULL,
    uploaded_by TEXT NOT NULL
) STRICT;

CREATE TABLE register_import (
    id          BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    sender      TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    file_hash   BLOB NOT NULL,
    -- What the preview said: new, changed, gone and faulty rows.
    summary     TEXT NOT NULL,
    accepted_at INTEGER NOT NULL,
    accepted_by TEXT NOT NULL,
    undone_at   INTEGER,
    undone_by   TEXT
) STRICT;

-- One changed field. `source` is import, report, staff, delivery, command or demo; `source_id` the import or report.
CREATE TABLE register_change (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    at         INTEGER NOT NULL,
    actor      TEXT NOT NULL,
    source     TEXT NOT NULL,
    source_id  BLOB CHECK (length(source_id) = 16),
    unit_id    BLOB NOT NULL REFERENCES unit (id),
    contact_id BLOB REFERENCES contact (id),
    field      TEXT NOT NULL,
    before     TEXT,
    after      TEXT
) STRICT;
CREATE INDEX change_of_unit ON register_change (unit_id, at);
CREATE INDEX change_of_source ON register_change (source_id);

-- What a sender's heading means, as mapped last time.
CREATE TABLE heading_mapping (
    sender  TEXT NOT NULL,
    heading TEXT NOT NULL,
    field   TEXT NOT NULL,
    PRIMARY KEY (sender, heading)
) STRICT;

-- kommun → kommuntyp, RegSO → områdestyp. `kind` is the register field that it gives.
CREATE TABLE class_entry (
    kind      TEXT NOT NULL,
    code      TEXT NOT NULL,
    value     TEXT NOT NULL,
    source    TEXT NOT NULL,
    loaded_at INTEGER NOT NULL,
    PRIMARY KEY (kind, code)
) STRICT;

-- AAPOR: what staff decided of a case. The last one holds; `eligible` takes an earlier one back.
CREATE TABLE disposition (
    id      BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    case_id BLOB NOT NULL REFERENCES respondent_case (id),
    code    TEXT NOT NULL CHECK (code IN
        ('eligible', 'closed_before_start', 'branch_office', 'opened_after_start', 'refused', 'unreachable')),
    note    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL
) STRICT;
CREATE INDEX disposition_of_case ON disposition (case_id);

-- What became of a "Fel mottagare?" report.
CREATE TABLE report_handling (
    report_id BLOB PRIMARY KEY NOT NULL REFERENCES report (id) CHECK (length(report_id) = 16),
    outcome   TEXT NOT NULL,
    at        INTEGER NOT NULL,
    actor     TEXT NOT NULL
) STRICT;

-- The round ------------------------------------------------------------------------------------

ALTER TABLE round ADD COLUMN sender_name TEXT NOT NULL DEFAULT '';
ALTER TABLE round ADD COLUMN sender_address TEXT NOT NULL DEFAULT '';
-- A condition over the register's fields; empty: every unit.
ALTER TABLE round ADD COLUMN selection TEXT NOT NULL DEFAULT '';
ALTER TABLE round ADD COLUMN mail_paused_at INTEGER;

ALTER TABLE respondent_case ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX case_of_unit ON respondent_case (unit_id);

-- A link for one section belongs to a colleague; `holder` says who.
ALTER TABLE link ADD COLUMN section TEXT;
ALTER TABLE link ADD COLUMN holder TEXT;
ALTER TABLE link ADD COLUMN contact_id BLOB REFERENCES contact (id);

-- A region's own coordinator sees who has not answered, and nothing else.
CREATE TABLE region_link (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    round_id   BLOB NOT NULL REFERENCES round (id),
    region     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- Mail -----------------------------------------------------------------------------------------

-- Number 0 is the invitation, 1 to 4 the reminders.
CREATE TABLE mailing (
    id          BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    round_id    BLOB NOT NULL REFERENCES round (id),
    number      INTEGER NOT NULL CHECK (number BETWEEN 0 AND 4),
    planned_at  INTEGER NOT NULL,
    -- When its first messages were queued: later cases join it then.
    started_at  INTEGER,
    UNIQUE (round_id, number)
) STRICT;

CREATE TABLE mail_template (
    mailing_id BLOB NOT NULL REFERENCES mailing (id),
    language   TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    edited_at  INTEGER NOT NULL,
    PRIMARY KEY (mailing_id, language)
) STRICT;

-- The outbox. A mailing's text is made at the moment of sending; `subject` and `body` hold the text of other mail.
CREATE TABLE message (
    id           BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    kind         TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder', 'receipt', 'test', 'letter')),
    round_id     BLOB REFERENCES round (id),
    mailing_id   BLOB REFERENCES mailing (id),
    case_id      BLOB REFERENCES respondent_case (id),
    contact_id   BLOB REFERENCES contact (id),
    link_id      BLOB REFERENCES link (id),
    language     TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    domain       TEXT NOT NULL,
    subject      TEXT,
    body         TEXT,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'skipped', 'bounced')),
    queued_at    INTEGER NOT NULL,
    -- Not before this; also when a lease runs out.
    due_at       INTEGER NOT NULL,
    lease        BLOB CHECK (length(lease) = 16),
    attempts     INTEGER NOT NULL DEFAULT 0,
    settled_at   INTEGER,
    -- Why it was skipped or deferred, or what the server said.
    note         TEXT NOT NULL DEFAULT '',
    UNIQUE (mailing_id, case_id, contact_id)
) STRICT;
CREATE INDEX message_due ON message (state, due_at);
CREATE INDEX message_of_case ON message (case_id);

-- What happened to a message, one line each.
CREATE TABLE message_event (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    message_id BLOB NOT NULL REFERENCES message (id),
    at         INTEGER NOT NULL,
    event      TEXT NOT NULL,
    detail     TEXT NOT NULL
) STRICT;
CREATE INDEX event_of_message ON message_event (message_id);

-- RFC 3464, read back. The hash keeps one report from counting twice.
CREATE TABLE delivery_report (
    hash        BLOB PRIMARY KEY NOT NULL,
    message_id  BLOB REFERENCES message (id),
    received_at INTEGER NOT NULL,
    recipient   TEXT NOT NULL,
    action      TEXT NOT NULL,
    status      TEXT NOT NULL,
    diagnostic  TEXT NOT NULL
) STRICT;

-- The mailbox inside the product, for the demo and rehearsals: nothing leaves the machine.
CREATE TABLE mailbox (
    id          BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    message_id  TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    subject     TEXT NOT NULL,
    content     BLOB NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;

-- Follow-up ------------------------------------------------------------------------------------

-- Where a case stands. Kept with what changes it; all but `opened_at` can be made anew from the other tables.
CREATE TABLE case_progress (
    case_id      BLOB PRIMARY KEY NOT NULL REFERENCES respondent_case (id) CHECK (length(case_id) = 16),
    round_id     BLOB NOT NULL REFERENCES round (id),
    status       TEXT NOT NULL,
    -- When a mail about it was taken for the first and for the last time, and when the last that came back had been sent.
    invited_at   INTEGER,
    mailed_at    INTEGER,
    bounced_at   INTEGER,
    opened_at    INTEGER,
    started_at   INTEGER,
    -- The section last written on.
    place        TEXT,
    -- Enough is answered for a partial interview.
    enough       INTEGER NOT NULL DEFAULT 0 CHECK (enough IN (0, 1)),
    -- First and last submission.
    answered_at  INTEGER,
    submitted_at INTEGER,
    reopened     INTEGER NOT NULL DEFAULT 0 CHECK (reopened IN (0, 1)),
    -- The last disposition's code.
    ruling       TEXT NOT NULL DEFAULT 'eligible'
) STRICT;
CREATE INDEX progress_of_round ON case_progress (round_id, status);

-- The groups that a case is counted in: regions, classes of the round's instrument, and such. An empty category: not known.
CREATE TABLE case_group (
    case_id   BLOB NOT NULL REFERENCES case_progress (case_id),
    round_id  BLOB NOT NULL REFERENCES round (id),
    dimension TEXT NOT NULL,
    category  TEXT NOT NULL,
    PRIMARY KEY (case_id, dimension)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_of_group ON case_group (round_id, dimension, category);

-- Counts that a page reads instead of counting cases: the number of cases of a group for which a measure has a value.
-- The empty dimension holds every case.
CREATE TABLE tally (
    round_id  BLOB NOT NULL REFERENCES round (id),
    dimension TEXT NOT NULL,
    category  TEXT NOT NULL,
    measure   TEXT NOT NULL,
    value     TEXT NOT NULL,
    n         INTEGER NOT NULL,
    PRIMARY KEY (round_id, dimension, category, measure, value)
) STRICT, WITHOUT ROWID;

-- Only added to --------------------------------------------------------------------------------

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER register_change_no_update BEFORE UPDATE ON register_change
BEGIN SELECT RAISE(ABORT, 'register_change is append-only'); END;
CREATE TRIGGER register_change_no_delete BEFORE DELETE ON register_change
BEGIN SELECT RAISE(ABORT, 'register_change is append-only'); END;
CREATE TRIGGER disposition_no_update BEFORE UPDATE ON disposition
BEGIN SELECT RAISE(ABORT, 'disposition is append-only'); END;
CREATE TRIGGER disposition_no_delete BEFORE DELETE ON disposition
BEGIN SELECT RAISE(ABORT, 'disposition is append-only'); END;
CREATE TRIGGER report_handling_no_update BEFORE UPDATE ON report_handling
BEGIN SELECT RAISE(ABORT, 'report_handling is append-only'); END;
CREATE TRIGGER report_handling_no_delete BEFORE DELETE ON report_handling
BEGIN SELECT RAISE(ABORT, 'report_handling is append-only'); END;
CREATE TRIGGER message_event_no_update BEFORE UPDATE ON message_event
BEGIN SELECT RAISE(ABORT, 'message_event is append-only'); END;
CREATE TRIGGER message_event_no_delete BEFORE DELETE ON message_event
BEGIN SELECT RAISE(ABORT, 'message_event is append-only'); END;
CREATE TRIGGER delivery_report_no_update BEFORE UPDATE ON delivery_report
BEGIN SELECT RAISE(ABORT, 'delivery_report is append-only'); END;
CREATE TRIGGER delivery_report_no_delete BEFORE DELETE ON delivery_report
BEGIN SELECT RAISE(ABORT, 'delivery_report is append-only'); END;
