//! What a data cut has shown stays so: whatever is written once a cut was made bears a later moment than it, also where the
//! writing began before.

use super::{
    database::{Connection, Database, on_database},
    time::Timestamp,
};

/// The moment that something written in this transaction bears: now, or just after the last cut. Until the transaction ends
/// no cut is made that it would belong to.
pub(super) async fn after_them(
    connection: &mut Connection<'_>,
    now: Timestamp,
) -> Result<Timestamp, sqlx::Error> {
    // SQLite's writer is alone already.
    const ALONE: &str = "SELECT until FROM closed_cuts";
    const SHARED: &str = "SELECT until FROM closed_cuts FOR SHARE";
    let until: Timestamp = match connection {
        Connection::Sqlite(connection) => {
            sqlx::query_scalar(ALONE).fetch_one(&mut **connection).await
        }
        Connection::Postgres(connection) => {
            sqlx::query_scalar(SHARED)
                .fetch_one(&mut **connection)
                .await
        }
    }?;
    let next = Timestamp::from_millis(until.millis().saturating_add(1));
    Ok(now.max(next))
}

impl Database {
    /// Waits for everything under way that belongs to a cut at this moment, and lets nothing more into it.
    pub(super) async fn close_cut(&self, at: Timestamp) -> Result<(), sqlx::Error> {
        const CLOSED: &str = "SELECT until FROM closed_cuts";
        const CLOSE: &str = "UPDATE closed_cuts SET until = $1 WHERE until < $1";
        let closed: Timestamp = {
            let mut reading = self.reading().await?;
            on_database!(&mut reading.connection(), executor => {
                sqlx::query_scalar(CLOSED).fetch_one(executor).await
            })?
        };
        if closed >= at {
            return Ok(());
        }
        let mut transaction = self.writing().await?;
        on_database!(&mut transaction.connection(), executor => {
            sqlx::query(CLOSE).bind(at).execute(executor).await.map(drop)
        })?;
        transaction.commit().await
    }
}
