use uuid::Uuid;

use crate::storage::database::{Connection, Database, on_database};
use crate::storage::time::Timestamp;

/// The right to send some messages, until a moment. Whoever has it must be done by then: afterwards somebody
/// else may take them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    pub id: Uuid,
    pub until: Timestamp,
}

/// A message that one may send.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Leased {
    pub id: Uuid,
    pub round_id: Option<Uuid>,
    /// Of the recipient's address.
    pub domain: String,
    /// How often it has been tried.
    pub attempts: i64,
    pub queued_at: Timestamp,
}

impl Database {
    /// Takes up to `count` messages that are due, the longest due first: queued ones, and those whose lease ran out.
    /// Leaves alone the mailings of rounds that are paused, and messages to `busy` domains.
    pub async fn lease_messages(
        &self,
        count: usize,
        lease: Lease,
        busy: &[&str],
        now: Timestamp,
    ) -> Result<Vec<Leased>, sqlx::Error> {
        let mut transaction = self.writing().await?;
        let leased = take(&mut transaction.connection(), count, lease, busy, now).await?;
        transaction.commit().await?;
        Ok(leased)
    }

    /// Gives back messages that were not sent. They are due again at `due_at`.
    pub async fn release_messages(
        &self,
        lease: Uuid,
        messages: &[Uuid],
        due_at: Timestamp,
    ) -> Result<(), sqlx::Error> {
        const SQL: &str = "\
            UPDATE message SET lease = NULL, due_at = $3 \
            WHERE id = $1 AND lease = $2 AND state = 'queued'";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        for message in messages {
            on_database!(connection, executor => {
                sqlx::query(SQL)
                    .bind(message)
                    .bind(lease)
                    .bind(due_at)
                    .execute(executor)
                    .await
                    .map(drop)
            })?;
        }
        transaction.commit().await
    }

    /// When the next message is due, or a lease runs out; nothing where nothing is queued.
    pub async fn next_message_due(&self) -> Result<Option<Timestamp>, sqlx::Error> {
        const SQL: &str = "\
            SELECT m.due_at FROM message m LEFT JOIN round ON round.id = m.round_id \
            WHERE m.state = 'queued' AND (m.mailing_id IS NULL OR round.mail_paused_at IS NULL) \
            ORDER BY m.due_at LIMIT 1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).fetch_optional(executor).await
        })
    }
}

/// PostgreSQL passes over what another server is just taking; SQLite's writer is alone.
async fn take(
    connection: &mut Connection<'_>,
    count: usize,
    lease: Lease,
    busy: &[&str],
    now: Timestamp,
) -> Result<Vec<Leased>, sqlx::Error> {
    const DUE: &str = "\
        WITH due AS MATERIALIZED ( \
            SELECT m.id FROM message m \
            WHERE m.state = 'queued' AND m.due_at <= $1 \
                AND (m.mailing_id IS NULL OR NOT EXISTS \
                    (SELECT 1 FROM round WHERE round.id = m.round_id AND round.mail_paused_at IS NOT NULL)) \
                AND $2 NOT LIKE '% ' || m.domain || ' %' \
            ORDER BY m.due_at, m.id LIMIT $3";
    const TAKEN: &str = ") \
        UPDATE message SET lease = $4, due_at = $5 FROM due WHERE message.id = due.id \
        RETURNING message.id, message.round_id, message.domain, message.attempts, message.queued_at";
    let locking = match connection {
        Connection::Sqlite(_) => "",
        Connection::Postgres(_) => " FOR UPDATE SKIP LOCKED",
    };
    let sql = format!("{DUE}{locking}{TAKEN}");
    let busy = format!(" {} ", busy.join(" "));
    on_database!(connection, executor => {
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(now)
            .bind(busy)
            .bind(i64::try_from(count).unwrap_or(i64::MAX))
            .bind(lease.id)
            .bind(lease.until)
            .fetch_all(executor)
            .await
    })
}
