-- Times are milliseconds since 1970 in UTC. Identities are UUIDs.

CREATE TABLE unit (
    id          UUID PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    address     TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city        TEXT NOT NULL,
    region      TEXT NOT NULL,
    ownership   TEXT
);

-- What the register says of a unit and branching may ask about.
CREATE TABLE unit_class (
    unit_id UUID NOT NULL REFERENCES unit (id),
    field   TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (unit_id, field)
);

CREATE TABLE contact (
    id         UUID PRIMARY KEY,
    unit_id    UUID NOT NULL REFERENCES unit (id),
    name       TEXT NOT NULL,
    email      TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to   BIGINT,
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX contact_of_unit ON contact (unit_id);

-- The instrument's whole text is pinned: a later edition of the file changes nothing that was asked.
CREATE TABLE round (
    id                 UUID PRIMARY KEY,
    key                TEXT NOT NULL UNIQUE,
    instrument_key     TEXT NOT NULL,
    instrument_version TEXT NOT NULL,
    instrument_source  TEXT NOT NULL,
    opens_at           BIGINT NOT NULL,
    closes_at          BIGINT NOT NULL,
    pilot              BOOLEAN NOT NULL,
    CHECK (closes_at > opens_at)
);

CREATE TABLE respondent_case (
    id       UUID PRIMARY KEY,
    round_id UUID NOT NULL REFERENCES round (id),
    unit_id  UUID NOT NULL REFERENCES unit (id),
    UNIQUE (round_id, unit_id)
);

-- A link's token is keyed with a secret that is not in the database.
CREATE TABLE link (
    id         UUID PRIMARY KEY,
    case_id    UUID NOT NULL REFERENCES respondent_case (id),
    created_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX link_of_case ON link (case_id);

-- Numbered from 1 within the case, in one series for answers and personal answers.
CREATE TABLE revision (
    case_id     UUID NOT NULL REFERENCES respondent_case (id),
    number      BIGINT NOT NULL CHECK (number > 0),
    variable    TEXT NOT NULL,
    raw         TEXT NOT NULL,
    typed_at    BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    page        UUID NOT NULL,
    change      UUID NOT NULL,
    base        BIGINT NOT NULL CHECK (base >= 0 AND base < number),
    contested   BOOLEAN NOT NULL,
    PRIMARY KEY (case_id, number),
    UNIQUE (case_id, change)
);
CREATE INDEX revision_of_variable ON revision (case_id, variable);

CREATE TABLE personal_revision (
    case_id     UUID NOT NULL REFERENCES respondent_case (id),
    number      BIGINT NOT NULL CHECK (number > 0),
    variable    TEXT NOT NULL,
    raw         TEXT NOT NULL,
    typed_at    BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    page        UUID NOT NULL,
    change      UUID NOT NULL,
    base        BIGINT NOT NULL CHECK (base >= 0 AND base < number),
    contested   BOOLEAN NOT NULL,
    PRIMARY KEY (case_id, number),
    UNIQUE (case_id, change)
);
CREATE INDEX personal_revision_of_variable ON personal_revision (case_id, variable);

CREATE TABLE confirmation (
    id      UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES respondent_case (id),
    rule    TEXT NOT NULL,
    scope   TEXT NOT NULL,
    about   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX confirmation_of_case ON confirmation (case_id);

CREATE TABLE submission (
    id                 UUID PRIMARY KEY,
    case_id            UUID NOT NULL REFERENCES respondent_case (id),
    number             BIGINT NOT NULL CHECK (number > 0),
    receipt            TEXT NOT NULL UNIQUE,
    submitted_at       BIGINT NOT NULL,
    as_of              BIGINT NOT NULL CHECK (as_of >= 0),
    instrument_key     TEXT NOT NULL,
    instrument_version TEXT NOT NULL,
    snapshot           TEXT NOT NULL,
    UNIQUE (case_id, number)
);

CREATE TABLE personal_submission (
    submission_id UUID PRIMARY KEY REFERENCES submission (id),
    snapshot      TEXT NOT NULL
);

-- A submission with a reopening no longer closes its case.
CREATE TABLE reopening (
    submission_id UUID PRIMARY KEY REFERENCES submission (id),
    case_id       UUID NOT NULL REFERENCES respondent_case (id),
    at            BIGINT NOT NULL
);

CREATE TABLE report (
    id      UUID PRIMARY KEY,
    case_id UUID NOT NULL REFERENCES respondent_case (id),
    link_id UUID NOT NULL REFERENCES link (id),
    kind    TEXT NOT NULL CHECK (kind IN ('new_chief', 'closed', 'other')),
    name    TEXT NOT NULL,
    email   TEXT NOT NULL,
    note    TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX report_of_case ON report (case_id);

-- What was answered is never changed, only added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER revision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER personal_revision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON personal_revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER confirmation_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON confirmation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON submission
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER personal_submission_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON personal_submission
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reopening_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reopening
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER report_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
