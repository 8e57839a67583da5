use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::database::{Connection, Database, on_database};
use super::staff::Staff;
use super::time::Timestamp;

/// Without a request for so long, a session has ended.
pub const SESSION_IDLE: Duration = Duration::from_hours(8);
/// However busy, it ends after so long.
pub const SESSION_MOST: Duration = Duration::from_hours(24);
/// A session's last request is known as exactly as this: not every request should write.
const SEEN: Duration = Duration::from_mins(1);

/// A session that is about to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    pub id: Uuid,
    pub staff: Uuid,
    /// SHA-256 of what the cookie holds.
    pub token_hash: [u8; 32],
}

/// A session that goes on, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    #[sqlx(rename = "session_id")]
    pub id: Uuid,
    pub seen_at: Timestamp,
    #[sqlx(flatten)]
    pub staff: Staff,
}

impl Database {
    /// `how` says in the log what was shown: `password and code`, `OpenID Connect`.
    pub async fn begin_session(
        &self,
        new: &NewSession,
        email: &str,
        how: &str,
        now: Timestamp,
        entry: Uuid,
    ) -> Result<(), sqlx::Error> {
        const SQL: &str = "\
            INSERT INTO staff_session (id, staff_id, token_hash, created_at, seen_at, expires_at) \
            VALUES ($1, $2, $3, $4, $4, $5)";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        on_database!(connection, executor => {
            sqlx::query(SQL)
                .bind(new.id)
                .bind(new.staff)
                .bind(new.token_hash.as_slice())
                .bind(now)
                .bind(now.after(SESSION_MOST))
                .execute(executor)
                .await
                .map(drop)
        })?;
        let (actor, detail) = (Actor::Staff(email.to_owned()), json!({ "how": how }));
        let action = "session.began";
        audit::write(connection, &actor, action, email, &detail, now, entry).await?;
        transaction.commit().await
    }

    /// The session whose cookie has this hash, if it goes on now.
    pub async fn session(
        &self,
        token_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<Session>, sqlx::Error> {
        const SQL: &str = "\
            SELECT s.id AS session_id, s.seen_at, staff.id, staff.email, staff.name, staff.role, \
                staff.created_at, staff.ended_at, staff.code_set_up, staff.initial \
            FROM staff_session s JOIN staff ON staff.id = s.staff_id \
            WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3 \
                AND staff.ended_at IS NULL";
        const TOUCH: &str = "UPDATE staff_session SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
        let mut reading = self.reading().await?;
        let session: Option<Session> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL)
                .bind(token_hash.as_slice())
                .bind(now)
                .bind(now.before(SESSION_IDLE))
                .fetch_optional(executor)
                .await
        })?;
        drop(reading);
        if let Some(session) = &session
            && session.seen_at < now.before(SEEN)
        {
            let mut transaction = self.writing().await?;
            on_database!(&mut transaction.connection(), executor => {
                sqlx::query(TOUCH).bind(session.id).bind(now).execute(executor).await.map(drop)
            })?;
            transaction.commit().await?;
        }
        Ok(session)
    }

    /// Signs out.
    pub async fn end_session(
        &self,
        id: Uuid,
        email: &str,
        now: Timestamp,
        entry: Uuid,
    ) -> Result<(), sqlx::Error> {
        const SQL: &str =
            "UPDATE staff_session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        on_database!(connection, executor => {
            sqlx::query(SQL).bind(id).bind(now).execute(executor).await.map(drop)
        })?;
        let (actor, detail) = (Actor::Staff(email.to_owned()), json!({}));
        let action = "session.ended";
        audit::write(connection, &actor, action, email, &detail, now, entry).await?;
        transaction.commit().await
    }
}

/// Ends every session of an account.
pub(super) async fn end_all(
    connection: &mut Connection<'_>,
    staff: Uuid,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str =
        "UPDATE staff_session SET ended_at = $2 WHERE staff_id = $1 AND ended_at IS NULL";
    on_database!(connection, executor => {
        sqlx::query(SQL).bind(staff).bind(now).execute(executor).await.map(drop)
    })
}
