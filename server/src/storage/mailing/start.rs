use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Candidate, Mailing, candidate};
use crate::storage::actor::Actor;
use crate::storage::audit;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::outbox::{NewMessage, enqueue};
use crate::storage::time::Timestamp;

/// What queueing a mailing came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Started {
    /// Messages that were queued now.
    pub queued: u64,
    /// Whether the mailing had been started before, by this server or another.
    pub before: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum StartMailingError {
    #[error("there is no such mailing")]
    Unknown,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// Queues a mailing's messages, all of them or none. `choose` makes the messages from the round's cases as they
    /// are within the transaction. An invitation that has started is queued for those who have come since, and again for
    /// those whom it was passed over for and who may get it now; a reminder goes out once.
    pub async fn start_mailing(
        &self,
        mailing: &Mailing,
        choose: impl FnOnce(&[Candidate]) -> Vec<NewMessage> + Send,
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<Started, StartMailingError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let before = !mark(connection, mailing.id, now).await?;
        if before && !mailing.number.is_invitation() {
            return Ok(Started { queued: 0, before });
        }
        let candidates = candidate::of_mailing(connection, mailing, now).await?;
        let messages = choose(&candidates);
        let again = queue_again(connection, mailing.id, &messages, now).await?;
        let queued = again + enqueue(connection, &messages, now).await?;
        if !before || queued > 0 {
            let detail = serde_json::json!({
                "number": mailing.number.get(),
                "queued": queued,
                "cases": candidates.len(),
            });
            audit::write(
                connection,
                actor,
                "mailing.queued",
                &mailing.round_id.to_string(),
                &detail,
                now,
                audit_id,
            )
            .await?;
        }
        transaction.commit().await?;
        Ok(Started { queued, before })
    }

    /// Marks a mailing as done without sending it, where a later one is due as well: nobody gets two letters at once.
    pub async fn pass_over_mailing(
        &self,
        mailing: &Mailing,
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<(), StartMailingError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        if mark(connection, mailing.id, now).await? {
            let detail = serde_json::json!({ "number": mailing.number.get() });
            audit::write(
                connection,
                actor,
                "mailing.passed_over",
                &mailing.round_id.to_string(),
                &detail,
                now,
                audit_id,
            )
            .await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// Whether this was the first to start it. Of several servers, one is; the others wait for it to be done.
async fn mark(
    connection: &mut Connection<'_>,
    mailing: Uuid,
    now: Timestamp,
) -> Result<bool, StartMailingError> {
    const SQL: &str =
        "UPDATE mailing SET started_at = $2 WHERE id = $1 AND started_at IS NULL RETURNING id";
    const EXISTS: &str = "SELECT id FROM mailing WHERE id = $1";
    let marked: Option<Uuid> = on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(mailing).bind(now).fetch_optional(executor).await
    })?;
    if marked.is_some() {
        return Ok(true);
    }
    let exists: Option<Uuid> = on_database!(connection, executor => {
        sqlx::query_scalar(EXISTS).bind(mailing).fetch_optional(executor).await
    })?;
    exists.map(|_| false).ok_or(StartMailingError::Unknown)
}

/// Messages that were passed over and are to go out after all. They were never sent, so that they keep their identity.
async fn queue_again(
    connection: &mut Connection<'_>,
    mailing: Uuid,
    messages: &[NewMessage],
    now: Timestamp,
) -> Result<u64, sqlx::Error> {
    const SKIPPED: &str = "\
        SELECT case_id, contact_id FROM message WHERE mailing_id = $1 AND state = 'skipped'";
    const AGAIN: &str = "\
        UPDATE message SET state = 'queued', link_id = $4, queued_at = $5, due_at = $6, lease = NULL, attempts = 0, \
            settled_at = NULL, note = '' \
        WHERE mailing_id = $1 AND case_id = $2 AND contact_id = $3 AND state = 'skipped'";
    let skipped: Vec<(Option<Uuid>, Option<Uuid>)> = on_database!(connection, executor => {
        sqlx::query_as(SKIPPED).bind(mailing).fetch_all(executor).await
    })?;
    let skipped: BTreeSet<_> = skipped.into_iter().collect();
    let mut queued = 0;
    for message in messages {
        if !skipped.contains(&(message.case_id, message.contact_id)) {
            continue;
        }
        queued += on_database!(connection, executor => {
            sqlx::query(AGAIN)
                .bind(mailing)
                .bind(message.case_id)
                .bind(message.contact_id)
                .bind(message.link_id)
                .bind(now)
                .bind(message.due_at)
                .execute(executor)
                .await
                .map(|done| done.rows_affected())
        })?;
    }
    Ok(queued)
}
