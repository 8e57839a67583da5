use uuid::Uuid;

use super::message::MessageKind;
use crate::storage::database::{Database, on_database};
use crate::storage::disposition::DispositionCode;
use crate::storage::time::Timestamp;

/// A message, and everything that decides whether it may be sent and what it says, as it is at this moment.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Dispatch {
    pub id: Uuid,
    #[sqlx(try_from = "String")]
    pub kind: MessageKind,
    pub language: String,
    pub recipient: String,
    pub queued_at: Timestamp,
    /// Its own text, where it has no template.
    pub subject: Option<String>,
    pub body: Option<String>,
    /// The mailing's text in the message's language.
    pub template_subject: Option<String>,
    pub template_body: Option<String>,
    /// The mailing's text in the other language, where it has one.
    pub other_language: Option<String>,
    pub other_subject: Option<String>,
    pub other_body: Option<String>,

    pub round_id: Option<Uuid>,
    pub round_key: Option<String>,
    pub opens_at: Option<Timestamp>,
    /// The first moment at which no answers are taken any more.
    pub closes_at: Option<Timestamp>,
    pub mail_paused_at: Option<Timestamp>,
    pub pilot: Option<bool>,
    pub sender_name: Option<String>,
    pub sender_address: Option<String>,

    pub unit_name: Option<String>,
    pub region: Option<String>,
    pub unit_gone_at: Option<Timestamp>,
    /// When the answers were submitted the last time, whether they were opened again or not.
    pub submitted_at: Option<Timestamp>,
    /// What staff decided of the case last.
    #[sqlx(try_from = "DispositionColumn")]
    pub disposition: Option<DispositionCode>,

    pub link_id: Option<Uuid>,
    pub link_revoked_at: Option<Timestamp>,
    /// The section of a link that leads to no other.
    pub link_section: Option<String>,

    pub contact_id: Option<Uuid>,
    pub contact_name: Option<String>,
    pub valid_from: Option<Timestamp>,
    /// The first moment at which the contact holds no more.
    pub valid_to: Option<Timestamp>,
    pub undeliverable_at: Option<Timestamp>,
}

#[derive(sqlx::Type)]
#[sqlx(transparent)]
struct DispositionColumn(Option<String>);

impl TryFrom<DispositionColumn> for Option<DispositionCode> {
    type Error = crate::storage::NoSuchDisposition;

    fn try_from(column: DispositionColumn) -> Result<Self, Self::Error> {
        column.0.map(DispositionCode::try_from).transpose()
    }
}

impl Database {
    /// Reads, at once, everything about a message that is to be sent now. Nothing where the lease on it is gone.
    pub async fn dispatch(
        &self,
        message: Uuid,
        lease: Uuid,
    ) -> Result<Option<Dispatch>, sqlx::Error> {
        const SQL: &str = "\
            SELECT m.id, m.kind, m.language, m.recipient, m.queued_at, m.subject, m.body, \
                mail_template.subject AS template_subject, mail_template.body AS template_body, \
                other.language AS other_language, other.subject AS other_subject, other.body AS other_body, \
                round.id AS round_id, round.key AS round_key, round.opens_at, round.closes_at, \
                round.mail_paused_at, round.pilot, round.sender_name, round.sender_address, \
                unit.name AS unit_name, unit.region, unit.gone_at AS unit_gone_at, \
                (SELECT max(submitted_at) FROM submission WHERE submission.case_id = m.case_id) AS submitted_at, \
                (SELECT code FROM disposition WHERE disposition.case_id = m.case_id \
                    ORDER BY disposition.at DESC, disposition.id DESC LIMIT 1) AS disposition, \
                link.id AS link_id, link.revoked_at AS link_revoked_at, link.section AS link_section, \
                contact.id AS contact_id, contact.name AS contact_name, contact.valid_from, \
                contact.valid_to, contact.undeliverable_at \
            FROM message m \
            LEFT JOIN round ON round.id = m.round_id \
            LEFT JOIN respondent_case c ON c.id = m.case_id \
            LEFT JOIN unit ON unit.id = c.unit_id \
            LEFT JOIN link ON link.id = m.link_id \
            LEFT JOIN contact ON contact.id = m.contact_id \
            LEFT JOIN mail_template ON mail_template.mailing_id = m.mailing_id \
                AND mail_template.language = m.language \
            LEFT JOIN mail_template other ON other.mailing_id = m.mailing_id \
                AND other.language = CASE m.language WHEN 'sv' THEN 'en' ELSE 'sv' END \
            WHERE m.id = $1 AND m.lease = $2 AND m.state = 'queued'";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(message).bind(lease).fetch_optional(executor).await
        })
    }
}
