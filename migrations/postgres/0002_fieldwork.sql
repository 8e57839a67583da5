-- Fieldwork: the register's history, mail, follow-up, and who may.

-- Staff ----------------------------------------------------------------------------------------

CREATE TABLE staff (
    id              UUID PRIMARY KEY,
    email           TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('administrator', 'analyst', 'reader')),
    -- Argon2id in the PHC format; none where the account signs in elsewhere.
    password        TEXT,
    -- The password was made by the program, and must be changed before anything else.
    initial         BOOLEAN NOT NULL DEFAULT FALSE,
    -- The secret of the one-time codes is made from the server's key and this number.
    code_generation BIGINT NOT NULL DEFAULT 1,
    -- Whether a code of this generation was ever shown to be had.
    code_set_up     BOOLEAN NOT NULL DEFAULT FALSE,
    -- The last time step whose code was used: a code works once.
    code_step       BIGINT NOT NULL DEFAULT 0,
    -- Issuer and subject where the account signs in by OpenID Connect.
    subject         TEXT UNIQUE,
    created_at      BIGINT NOT NULL,
    ended_at        BIGINT
);

-- Holds a hash of what the cookie holds.
CREATE TABLE staff_session (
    id         UUID PRIMARY KEY,
    staff_id   UUID NOT NULL REFERENCES staff (id),
    token_hash BYTEA NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE INDEX session_of_staff ON staff_session (staff_id);

-- Who did what. `actor` is an e-mail address, `command line`, `server` or `chief`; `detail` is JSON.
CREATE TABLE audit (
    id       UUID PRIMARY KEY,
    at       BIGINT NOT NULL,
    actor    TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    detail   TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);

-- The register ---------------------------------------------------------------------------------

ALTER TABLE unit ADD COLUMN municipality TEXT;
ALTER TABLE unit ADD COLUMN regso TEXT;
-- Dates as `2022-04-05`, where the file told them.
ALTER TABLE unit ADD COLUMN started_on TEXT;
ALTER TABLE unit ADD COLUMN closed_on TEXT;
ALTER TABLE unit ADD COLUMN branch BOOLEAN NOT NULL DEFAULT FALSE;
-- When the register stopped knowing it; its answers stay.
ALTER TABLE unit ADD COLUMN gone_at BIGINT;

ALTER TABLE contact ADD COLUMN kind TEXT NOT NULL DEFAULT 'chief' CHECK (kind IN ('chief', 'local_head'));
ALTER TABLE contact ADD COLUMN undeliverable_at BIGINT;

-- A file that waits for its preview to be accepted.
CREATE TABLE register_upload (
    id          UUID PRIMARY KEY,
    sender      TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    content     BYTEA NOT NULL,
    uploaded_at BIGINT NOT NULL,
    uploaded_by TEXT NOT NULL
);

CREATE TABLE register_import (
    id          UUID PRIMARY KEY,
    sender      TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    file_hash   BYTEA NOT NULL,
    -- What the preview said: new, changed, gone and faulty rows.
    summary     TEXT NOT NULL,
    accepted_at BIGINT NOT NULL,
    accepted_by TEXT NOT NULL,
    undone_at   BIGINT,
    undone_by   TEXT
);

-- One changed field. `source` is import, report, staff, delivery, command or demo; `source_id` the import or report.
CREATE TABLE register_change (
    id         UUID PRIMARY KEY,
    at         BIGINT NOT NULL,
    actor      TEXT NOT NULL,
    source     TEXT NOT NULL,
    source_id  UUID,
    unit_id    UUID NOT NULL REFERENCES unit (id),
    contact_id UUID REFERENCES contact (id),
    field      TEXT NOT NULL,
    before     TEXT,
    after      TEXT
);
CREATE INDEX change_of_unit ON register_change (unit_id, at);
CREATE INDEX change_of_source ON register_change (source_id);

-- What a sender's heading means, as mapped last time.
CREATE TABLE heading_mapping (
    sender  TEXT NOT NULL,
    heading TEXT NOT NULL,
    field   TEXT NOT NULL,
    PRIMARY KEY (sender, heading)
);

-- kommun → kommuntyp, RegSO → områdestyp. `kind` is the register field that it gives.
CREATE TABLE class_entry (
    kind      TEXT NOT NULL,
    code      TEXT NOT NULL,
    value     TEXT NOT NULL,
    source    TEXT NOT NULL,
    loaded_at BIGINT NOT NULL,
    PRIMARY KEY (kind, code)
);

-- AAPOR: what staff decided of a case. The last one holds; `eligible` takes an earlier one back.
CREATE TABLE disposition (
    id      UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES respondent_case (id),
    code    TEXT NOT NULL CHECK (code IN
        ('eligible', 'closed_before_start', 'branch_office', 'opened_after_start', 'refused', 'unreachable')),
    note    TEXT NOT NULL,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL
);
CREATE INDEX disposition_of_case ON disposition (case_id);

-- What became of a "Fel mottagare?" report.
CREATE TABLE report_handling (
    report_id UUID PRIMARY KEY REFERENCES report (id),
    outcome   TEXT NOT NULL,
    at        BIGINT NOT NULL,
    actor     TEXT NOT NULL
);

-- The round ------------------------------------------------------------------------------------

ALTER TABLE round ADD COLUMN sender_name TEXT NOT NULL DEFAULT '';
ALTER TABLE round ADD COLUMN sender_address TEXT NOT NULL DEFAULT '';
-- A condition over the register's fields; empty: every unit.
ALTER TABLE round ADD COLUMN selection TEXT NOT NULL DEFAULT '';
ALTER TABLE round ADD COLUMN mail_paused_at BIGINT;

ALTER TABLE respondent_case ADD COLUMN added_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX case_of_unit ON respondent_case (unit_id);

-- A link for one section belongs to a colleague; `holder` says who.
ALTER TABLE link ADD COLUMN section TEXT;
ALTER TABLE link ADD COLUMN holder TEXT;
ALTER TABLE link ADD COLUMN contact_id UUID REFERENCES contact (id);

-- A region's own coordinator sees who has not answered, and nothing else.
CREATE TABLE region_link (
    id         UUID PRIMARY KEY,
    round_id   UUID NOT NULL REFERENCES round (id),
    region     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);

-- Mail -----------------------------------------------------------------------------------------

-- Number 0 is the invitation, 1 to 4 the reminders.
CREATE TABLE mailing (
    id          UUID PRIMARY KEY,
    round_id    UUID NOT NULL REFERENCES round (id),
    number      BIGINT NOT NULL CHECK (number BETWEEN 0 AND 4),
    planned_at  BIGINT NOT NULL,
    -- When its first messages were queued: later cases join it then.
    started_at  BIGINT,
    UNIQUE (round_id, number)
);

CREATE TABLE mail_template (
    mailing_id UUID NOT NULL REFERENCES mailing (id),
    language   TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    edited_at  BIGINT NOT NULL,
    PRIMARY KEY (mailing_id, language)
);

-- The outbox. A mailing's text is made at the moment of sending; `subject` and `body` hold the text of other mail.
CREATE TABLE message (
    id           UUID PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('invitation', 'reminder', 'receipt', 'test', 'letter')),
    round_id     UUID REFERENCES round (id),
    mailing_id   UUID REFERENCES mailing (id),
    case_id      UUID REFERENCES respondent_case (id),
    contact_id   UUID REFERENCES contact (id),
    link_id      UUID REFERENCES link (id),
    language     TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    domain       TEXT NOT NULL,
    subject      TEXT,
    body         TEXT,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'skipped', 'bounced')),
    queued_at    BIGINT NOT NULL,
    -- Not before this; also when a lease runs out.
    due_at       BIGINT NOT NULL,
    lease        UUID,
    attempts     BIGINT NOT NULL DEFAULT 0,
    settled_at   BIGINT,
    -- Why it was skipped or deferred, or what the server said.
    note         TEXT NOT NULL DEFAULT '',
    UNIQUE (mailing_id, case_id, contact_id)
);
CREATE INDEX message_due ON message (state, due_at);
CREATE INDEX message_of_case ON message (case_id);

-- What happened to a message, one line each.
CREATE TABLE message_event (
    id         UUID PRIMARY KEY,
    message_id UUID NOT NULL REFERENCES message (id),
    at         BIGINT NOT NULL,
    event      TEXT NOT NULL,
    detail     TEXT NOT NULL
);
CREATE INDEX event_of_message ON message_event (message_id);

-- RFC 3464, read back. The hash keeps one report from counting twice.
CREATE TABLE delivery_report (
    hash        BYTEA PRIMARY KEY NOT NULL,
    message_id  UUID REFERENCES message (id),
    received_at BIGINT NOT NULL,
    recipient   TEXT NOT NULL,
    action      TEXT NOT NULL,
    status      TEXT NOT NULL,
    diagnostic  TEXT NOT NULL
);

-- The mailbox inside the product, for the demo and rehearsals: nothing leaves the machine.
CREATE TABLE mailbox (
    id          UUID PRIMARY KEY,
    message_id  TEXT NOT NULL,
    recipient   TEXT NOT NULL,
    subject     TEXT NOT NULL,
    content     BYTEA NOT NULL,
    received_at BIGINT NOT NULL
);

-- Follow-up ------------------------------------------------------------------------------------

-- Where a case stands. Kept with what changes it; all but `opened_at` can be made anew from the other tables.
CREATE TABLE case_progress (
    case_id      UUID PRIMARY KEY REFERENCES respondent_case (id),
    round_id     UUID NOT NULL REFERENCES round (id),
    status       TEXT NOT NULL,
    -- When a mail about it was taken for the first and for the last time, and when the last that came back had been sent.
    invited_at   BIGINT,
    mailed_at    BIGINT,
    bounced_at   BIGINT,
    opened_at    BIGINT,
    started_at   BIGINT,
    -- The section last written on.
    place        TEXT,
    -- Enough is answered for a partial interview.
    enough       BOOLEAN NOT NULL DEFAULT FALSE,
    -- First and last submission.
    answered_at  BIGINT,
    submitted_at BIGINT,
    reopened     BOOLEAN NOT NULL DEFAULT FALSE,
    -- The last disposition's code.
    ruling       TEXT NOT NULL DEFAULT 'eligible'
);
CREATE INDEX progress_of_round ON case_progress (round_id, status);

-- The groups that a case is counted in: regions, classes of the round's instrument, and such. An empty category: not known.
CREATE TABLE case_group (
    case_id   UUID NOT NULL REFERENCES case_progress (case_id),
    round_id  UUID NOT NULL REFERENCES round (id),
    dimension TEXT NOT NULL,
    category  TEXT NOT NULL,
    PRIMARY KEY (case_id, dimension)
);
CREATE INDEX case_of_group ON case_group (round_id, dimension, category);

-- Counts that a page reads instead of counting cases: the number of cases of a group for which a measure has a value.
-- The empty dimension holds every case.
CREATE TABLE tally (
    round_id  UUID NOT NULL REFERENCES round (id),
    dimension TEXT NOT NULL,
    category  TEXT NOT NULL,
    measure   TEXT NOT NULL,
    value     TEXT NOT NULL,
    n         BIGINT NOT NULL,
    PRIMARY KEY (round_id, dimension, category, measure, value)
);

-- Only added to --------------------------------------------------------------------------------

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON register_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER disposition_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON disposition
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER report_handling_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_handling
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER message_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON message_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER delivery_report_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery_report
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
