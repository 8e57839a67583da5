use std::collections::BTreeMap;

use uuid::Uuid;

use super::Mailing;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::disposition::DispositionCode;
use crate::storage::time::Timestamp;

/// A case of the mailing's round, with all that decides whether the mailing goes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub case_id: Uuid,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub unit_is_gone: bool,
    pub submitted: bool,
    /// What staff decided last.
    pub disposition: Option<DispositionCode>,
    /// The latest link to the whole questionnaire that is not revoked.
    pub link_id: Option<Uuid>,
    /// Those that are valid now, whom to write to first.
    pub addressees: Vec<Addressee>,
}

/// Somebody whom a letter may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub contact_id: Uuid,
    pub name: String,
    pub email: String,
    pub valid_from: Timestamp,
    pub is_local_head: bool,
    pub is_undeliverable: bool,
    /// When the invitation went out, or was queued where it has not yet; none where it was not queued, or passed over.
    pub invited_at: Option<Timestamp>,
    /// Whether this mailing has a message already. An invitation that was passed over is none.
    pub has_message: bool,
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    case_id: Uuid,
    unit_key: String,
    unit_name: String,
    region: String,
    gone_at: Option<Timestamp>,
    submitted: bool,
    disposition: Option<String>,
    link_id: Option<Uuid>,
}

#[derive(sqlx::FromRow)]
struct ContactRow {
    case_id: Uuid,
    contact_id: Uuid,
    name: String,
    email: String,
    kind: String,
    valid_from: Timestamp,
    undeliverable_at: Option<Timestamp>,
    invited_at: Option<Timestamp>,
    has_message: bool,
}

impl Database {
    /// Every case of the mailing's round, by the key of its unit.
    pub async fn candidates(
        &self,
        mailing: &Mailing,
        now: Timestamp,
    ) -> Result<Vec<Candidate>, sqlx::Error> {
        let mut reading = self.reading().await?;
        of_mailing(&mut reading.connection(), mailing, now).await
    }
}

pub(super) async fn of_mailing(
    connection: &mut Connection<'_>,
    mailing: &Mailing,
    now: Timestamp,
) -> Result<Vec<Candidate>, sqlx::Error> {
    let mut addressees = addressees(connection, mailing, now).await?;
    let cases = cases(connection, mailing.round_id).await?;
    let candidate = |row: CaseRow| Candidate {
        addressees: addressees.remove(&row.case_id).unwrap_or_default(),
        case_id: row.case_id,
        unit_key: row.unit_key,
        unit_name: row.unit_name,
        region: row.region,
        unit_is_gone: row.gone_at.is_some(),
        submitted: row.submitted,
        disposition: row.disposition.and_then(|code| code.try_into().ok()),
        link_id: row.link_id,
    };
    Ok(cases.into_iter().map(candidate).collect())
}

async fn cases(connection: &mut Connection<'_>, round: Uuid) -> Result<Vec<CaseRow>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id AS case_id, unit.key AS unit_key, unit.name AS unit_name, unit.region, unit.gone_at, \
            EXISTS (SELECT 1 FROM submission WHERE submission.case_id = c.id) AS submitted, \
            (SELECT code FROM disposition WHERE disposition.case_id = c.id \
                ORDER BY disposition.at DESC, disposition.id DESC LIMIT 1) AS disposition, \
            (SELECT link.id FROM link WHERE link.case_id = c.id AND link.revoked_at IS NULL \
                AND link.section IS NULL ORDER BY link.created_at DESC, link.id DESC LIMIT 1) AS link_id \
        FROM respondent_case c JOIN unit ON unit.id = c.unit_id \
        WHERE c.round_id = $1 ORDER BY unit.key";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).fetch_all(executor).await
    })
}

async fn addressees(
    connection: &mut Connection<'_>,
    mailing: &Mailing,
    now: Timestamp,
) -> Result<BTreeMap<Uuid, Vec<Addressee>>, sqlx::Error> {
    // Local heads first: where a unit has one, the chief over many leaves the answer to them. An invitation that was passed
    // over was never sent, and whatever stood in its way may be gone; a reminder's time passes. One that came back for
    // another reason than a wrong address is followed by reminders.
    const SQL: &str = "\
        SELECT c.id AS case_id, contact.id AS contact_id, contact.name, contact.email, contact.kind, \
            contact.valid_from, contact.undeliverable_at, \
            (SELECT max(coalesce(message.settled_at, message.queued_at)) FROM message \
                JOIN mailing ON mailing.id = message.mailing_id \
                WHERE message.case_id = c.id AND message.contact_id = contact.id \
                    AND mailing.number = 0 AND message.state <> 'skipped') AS invited_at, \
            EXISTS (SELECT 1 FROM message WHERE message.mailing_id = $2 \
                AND message.case_id = c.id AND message.contact_id = contact.id \
                AND (message.state <> 'skipped' OR $4 > 0)) AS has_message \
        FROM respondent_case c JOIN contact ON contact.unit_id = c.unit_id \
        WHERE c.round_id = $1 AND contact.valid_from <= $3 \
            AND (contact.valid_to IS NULL OR contact.valid_to > $3) \
        ORDER BY contact.kind DESC, contact.valid_from DESC, contact.id DESC";
    let rows: Vec<ContactRow> = on_database!(connection, executor => {
        sqlx::query_as(SQL)
            .bind(mailing.round_id)
            .bind(mailing.id)
            .bind(now)
            .bind(i64::from(mailing.number.get()))
            .fetch_all(executor)
            .await
    })?;
    let mut addressees: BTreeMap<Uuid, Vec<Addressee>> = BTreeMap::new();
    for row in rows {
        addressees.entry(row.case_id).or_default().push(Addressee {
            contact_id: row.contact_id,
            name: row.name,
            email: row.email,
            valid_from: row.valid_from,
            is_local_head: row.kind == "local_head",
            is_undeliverable: row.undeliverable_at.is_some(),
            invited_at: row.invited_at,
            has_message: row.has_message,
        });
    }
    Ok(addressees)
}
