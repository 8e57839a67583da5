//! Links that a chief gives to colleagues: each leads to one section of the chief's questionnaire.

use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::database::{Connection, Database, on_database};
use super::outbox::{NewMessage, enqueue};
use super::standing::{self, Refusal, Standing};
use super::text::StoredText;
use super::time::Timestamp;

/// So many links to sections a case may have at a time.
const MOST: usize = 20;
/// And so many in all, those taken back among them: each may send a letter to any address.
const MOST_EVER: usize = 60;

/// A colleague's link as the chief sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Delegation {
    pub link_id: Uuid,
    /// The key of the section.
    pub section: String,
    /// Who has it, in the chief's words.
    pub holder: String,
    pub created_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelegation {
    pub link_id: Uuid,
    pub section: String,
    pub holder: StoredText,
    /// A letter to the colleague, where the chief gave an address.
    pub letter: Option<NewMessage>,
    /// Of the line in the log.
    pub audit_id: Uuid,
}

#[derive(Debug, thiserror::Error)]
pub enum DelegateError {
    #[error("there is no such link")]
    UnknownLink,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("a link to a section gives no links")]
    NotTheChief,
    #[error("a case may have {MOST} links to sections at a time, and {MOST_EVER} in all")]
    TooMany,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Gives a colleague a link to one section, and queues the letter that carries it.
    pub async fn delegate(
        &self,
        chief: Uuid,
        new: NewDelegation,
        now: Timestamp,
    ) -> Result<(), DelegateError> {
        const SQL: &str = "\
            INSERT INTO link (id, case_id, created_at, section, holder) VALUES ($1, $2, $3, $4, $5)";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let case = of_chief(connection, chief, now).await?;
        let given = of_case(connection, case).await?;
        let open = given.iter().filter(|one| one.revoked_at.is_none());
        if open.count() >= MOST || given.len() >= MOST_EVER {
            return Err(DelegateError::TooMany);
        }
        on_database!(connection, executor => {
            sqlx::query(SQL)
                .bind(new.link_id)
                .bind(case)
                .bind(now)
                .bind(&new.section)
                .bind(new.holder.as_str())
                .execute(executor)
                .await
                .map(drop)
        })?;
        if let Some(letter) = new.letter {
            enqueue(connection, &[letter], now).await?;
        }
        let detail = serde_json::json!({ "section": new.section });
        note(connection, "link.shared", case, &detail, now, new.audit_id).await?;
        Ok(transaction.commit().await?)
    }

    /// Makes a colleague's link lead nowhere. What was filled in through it stays.
    pub async fn revoke_delegation(
        &self,
        chief: Uuid,
        link: Uuid,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<(), DelegateError> {
        const SQL: &str = "\
            UPDATE link SET revoked_at = $3 \
            WHERE id = $1 AND case_id = $2 AND section IS NOT NULL AND revoked_at IS NULL RETURNING section";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let case = of_chief(connection, chief, now).await?;
        let section: Option<String> = on_database!(connection, executor => {
            sqlx::query_scalar(SQL).bind(link).bind(case).bind(now).fetch_optional(executor).await
        })?;
        let section = section.ok_or(DelegateError::UnknownLink)?;
        let detail = serde_json::json!({ "section": section });
        note(connection, "link.taken_back", case, &detail, now, audit_id).await?;
        Ok(transaction.commit().await?)
    }

    /// Every link to a section that a case ever had, the latest first.
    pub async fn delegations(&self, case: Uuid) -> Result<Vec<Delegation>, sqlx::Error> {
        let mut reading = self.reading().await?;
        of_case(&mut reading.connection(), case).await
    }
}

/// The case of a link that may give others: one to the whole questionnaire, while answers are taken.
async fn of_chief(
    connection: &mut Connection<'_>,
    link: Uuid,
    now: Timestamp,
) -> Result<Uuid, DelegateError> {
    const SQL: &str = "SELECT section FROM link WHERE id = $1";
    let case = standing::for_writing(connection, link)
        .await?
        .ok_or(DelegateError::UnknownLink)?;
    if let Standing::Refused(refusal) = case.standing(now) {
        return Err(refusal.into());
    }
    let section: Option<String> = on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(link).fetch_one(executor).await
    })?;
    if section.is_some() {
        return Err(DelegateError::NotTheChief);
    }
    Ok(case.case_id)
}

async fn of_case(
    connection: &mut Connection<'_>,
    case: Uuid,
) -> Result<Vec<Delegation>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id AS link_id, section, coalesce(holder, '') AS holder, created_at, revoked_at FROM link \
        WHERE case_id = $1 AND section IS NOT NULL ORDER BY created_at DESC, id DESC";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).fetch_all(executor).await
    })
}

async fn note(
    connection: &mut Connection<'_>,
    action: &str,
    case: Uuid,
    detail: &serde_json::Value,
    now: Timestamp,
    id: Uuid,
) -> Result<(), sqlx::Error> {
    let subject = case.to_string();
    audit::write(connection, &Actor::Chief, action, &subject, detail, now, id).await
}
