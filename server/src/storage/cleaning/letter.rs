use uuid::Uuid;

use crate::storage::{
    actor::Actor,
    audit,
    database::{Database, on_database},
    outbox::{NewMessage, enqueue},
    time::Timestamp,
};

/// Whom an editor may write to about a case: the chief of now, by the link of now.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Correspondence {
    pub contact_id: Uuid,
    pub name: String,
    pub email: String,
    /// Mail to the address has come back.
    pub undeliverable: bool,
    /// The latest link to the whole questionnaire that is not revoked.
    pub link_id: Option<Uuid>,
    /// What the answers were handed in in last, like `sv`. None where that was not noted.
    pub language: Option<String>,
}

/// A letter to a chief about an answer, to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterToChief {
    pub message: NewMessage,
    pub unit_key: String,
    pub round_key: String,
    /// Of the line in the log.
    pub audit_id: Uuid,
}

impl Database {
    /// Whom to write to about a case; a local head before the chief over many. Nobody where no contact is valid.
    pub async fn correspondence(
        &self,
        case: Uuid,
        now: Timestamp,
    ) -> Result<Option<Correspondence>, sqlx::Error> {
        const SQL: &str = "\
            SELECT contact.id AS contact_id, contact.name, contact.email, \
                contact.undeliverable_at IS NOT NULL AS undeliverable, \
                (SELECT link.id FROM link WHERE link.case_id = c.id AND link.revoked_at IS NULL \
                    AND link.section IS NULL ORDER BY link.created_at DESC, link.id DESC LIMIT 1) AS link_id, \
                (SELECT m.language FROM message m WHERE m.case_id = c.id AND m.kind = 'receipt' \
                    ORDER BY m.queued_at DESC, m.id DESC LIMIT 1) AS language \
            FROM respondent_case c JOIN contact ON contact.unit_id = c.unit_id \
            WHERE c.id = $1 AND contact.valid_from <= $2 \
                AND (contact.valid_to IS NULL OR contact.valid_to > $2) \
            ORDER BY contact.kind DESC, contact.valid_from DESC, contact.id DESC LIMIT 1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(case).bind(now).fetch_optional(executor).await
        })
    }

    /// When editors wrote to the chief about a case, the latest first.
    pub async fn letters_about(&self, case: Uuid) -> Result<Vec<(Timestamp, String)>, sqlx::Error> {
        const SQL: &str = "\
            SELECT queued_at, state FROM message \
            WHERE case_id = $1 AND kind = 'letter' AND contact_id IS NOT NULL \
            ORDER BY queued_at DESC, id DESC";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(case).fetch_all(executor).await
        })
    }

    /// Queues a letter to a chief, and notes who wrote it. The same letter sent again is queued once.
    pub async fn write_to_chief(
        &self,
        letter: LetterToChief,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), sqlx::Error> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let subject = letter
            .message
            .text
            .as_ref()
            .map(|(subject, _)| subject.clone());
        if enqueue(connection, &[letter.message], now).await? > 0 {
            let detail = serde_json::json!({ "round": letter.round_key, "letter": subject });
            let id = letter.audit_id;
            audit::write(
                connection,
                actor,
                "cleaning.letter",
                &letter.unit_key,
                &detail,
                now,
                id,
            )
            .await?;
        }
        transaction.commit().await
    }
}
