use serde_json::json;
use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::database::{Database, on_database};
use super::staff::Credentials;
use super::time::Timestamp;

impl Database {
    /// The account of somebody whom a sign-in provider knows by `subject`. Where there is none, one that has this verified
    /// address and is nobody's yet becomes theirs. Ended accounts are not found.
    pub async fn account_of_subject(
        &self,
        subject: &str,
        email: Option<&str>,
        now: Timestamp,
        entry: Uuid,
    ) -> Result<Option<Credentials>, sqlx::Error> {
        const BOUND: &str = "SELECT id FROM staff WHERE subject = $1 AND ended_at IS NULL";
        // Somebody may come back with another account than the one that ended.
        const LET_GO: &str =
            "UPDATE staff SET subject = NULL WHERE subject = $1 AND ended_at IS NOT NULL";
        const BIND: &str = "\
            UPDATE staff SET subject = $1 \
            WHERE email = $2 AND ended_at IS NULL AND subject IS NULL RETURNING id";
        let mut reading = self.reading().await?;
        let bound: Option<Uuid> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(BOUND).bind(subject).fetch_optional(executor).await
        })?;
        drop(reading);
        if let Some(id) = bound {
            return self.credentials_of(id).await;
        }
        let Some(email) = email else {
            return Ok(None);
        };
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        on_database!(connection, executor => {
            sqlx::query(LET_GO).bind(subject).execute(executor).await.map(drop)
        })?;
        // Another request may have bound it since.
        let again: Option<Uuid> = on_database!(connection, executor => {
            sqlx::query_scalar(BOUND).bind(subject).fetch_optional(executor).await
        })?;
        let id = if again.is_some() {
            again
        } else {
            let id: Option<Uuid> = on_database!(connection, executor => {
                sqlx::query_scalar(BIND).bind(subject).bind(email).fetch_optional(executor).await
            })?;
            if id.is_some() {
                let (actor, detail) = (Actor::Staff(email.to_owned()), json!({}));
                let action = "staff.bound";
                audit::write(connection, &actor, action, email, &detail, now, entry).await?;
            }
            id
        };
        transaction.commit().await?;
        match id {
            Some(id) => self.credentials_of(id).await,
            None => Ok(None),
        }
    }
}
