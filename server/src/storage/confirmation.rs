use uuid::Uuid;

use super::database::{Connection, Database, on_database};
use super::standing::{self, Refusal, Standing};
use super::text::StoredText;
use super::time::Timestamp;

/// "Stämmer": the respondent stands by something that a soft check asked about.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Confirmation {
    pub id: Uuid,
    pub rule: String,
    /// The variable or column that was asked about.
    pub scope: String,
    /// The typed texts that it confirms: when they change, it confirms nothing.
    pub about: String,
    pub reason: String,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewConfirmation {
    pub id: Uuid,
    pub rule: String,
    pub scope: String,
    pub about: StoredText,
    pub reason: StoredText,
}

#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    #[error("there is no such link")]
    UnknownLink,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Keeps a confirmation; the same one sent again gives the one that was kept.
    pub async fn confirm(
        &self,
        link: Uuid,
        new: NewConfirmation,
        now: Timestamp,
    ) -> Result<Confirmation, ConfirmError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let case = standing::for_writing(connection, link)
            .await?
            .ok_or(ConfirmError::UnknownLink)?;
        if let Standing::Refused(refusal) = case.standing(now) {
            return Err(refusal.into());
        }
        let earlier = of_case(connection, case.case_id).await?;
        let last = earlier
            .into_iter()
            .rev()
            .find(|earlier| earlier.rule == new.rule && earlier.scope == new.scope);
        if let Some(last) = last
            && last.about == new.about.as_str()
            && last.reason == new.reason.as_str()
        {
            return Ok(last);
        }
        let confirmation = Confirmation {
            id: new.id,
            rule: new.rule,
            scope: new.scope,
            about: new.about.into_string(),
            reason: new.reason.into_string(),
            at: now,
        };
        insert(connection, case.case_id, &confirmation).await?;
        transaction.commit().await?;
        Ok(confirmation)
    }
}

async fn insert(
    connection: &mut Connection<'_>,
    case: Uuid,
    confirmation: &Confirmation,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO confirmation (id, case_id, rule, scope, about, reason, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(confirmation.id)
            .bind(case)
            .bind(&confirmation.rule)
            .bind(&confirmation.scope)
            .bind(&confirmation.about)
            .bind(&confirmation.reason)
            .bind(confirmation.at)
            .execute(executor)
            .await
            .map(drop)
    })
}

pub(super) async fn of_case(
    connection: &mut Connection<'_>,
    case: Uuid,
) -> Result<Vec<Confirmation>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, rule, scope, about, reason, at FROM confirmation WHERE case_id = $1 ORDER BY at, id";
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).fetch_all(executor).await
    })
}
