use uuid::Uuid;

use super::message::{NewMessage, enqueue};
use super::settle::{NewEvent, insert_events};
use crate::storage::database::{Database, on_database};
use crate::storage::progress;
use crate::storage::register::NewId;
use crate::storage::time::Timestamp;

impl Database {
    /// Writes down a mailing that went out at a time before this database was there: all of it was taken at once. For
    /// the demo, and for rounds that were begun elsewhere.
    pub async fn record_past_mailing(
        &self,
        mailing: Uuid,
        messages: &[NewMessage],
        at: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<(), sqlx::Error> {
        const START: &str =
            "UPDATE mailing SET started_at = $2 WHERE id = $1 AND started_at IS NULL";
        const SENT: &str = "\
            UPDATE message SET state = 'sent', settled_at = $2, attempts = 1 \
            WHERE mailing_id = $1 AND state = 'queued'";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        on_database!(connection, executor => {
            sqlx::query(START).bind(mailing).bind(at).execute(executor).await.map(drop)
        })?;
        enqueue(connection, messages, at).await?;
        on_database!(connection, executor => {
            sqlx::query(SENT).bind(mailing).bind(at).execute(executor).await.map(drop)
        })?;
        let event = |message: &NewMessage| NewEvent {
            message: message.id,
            at,
            event: "sent",
            detail: "",
        };
        let events: Vec<_> = messages.iter().map(event).collect();
        insert_events(connection, &events, new_id).await?;
        let mailed: Vec<_> = messages
            .iter()
            .map(|message| (message.id, progress::Event::Mailed(at)))
            .collect();
        progress::mailed(connection, &mailed).await?;
        transaction.commit().await
    }
}
