use mail::Fault;
use mail::report::{Action, RecipientReport};
use uuid::Uuid;

use super::settle::{NewEvent, insert_events, mark_undeliverable};
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::progress;
use crate::storage::register::NewId;
use crate::storage::time::Timestamp;

/// What a mail server reported of one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDeliveryReport {
    /// Of the mail that holds the report, and of the recipient's place in it: one report counts once.
    pub hash: [u8; 32],
    /// The message that the report says it is about.
    pub message: Option<Uuid>,
    pub report: RecipientReport,
}

/// What a report came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// It was read before.
    Known,
    /// It is about no message of ours. It is kept.
    Strange,
    /// Noted with this message.
    Noted(Uuid),
    /// The message came back.
    Bounced(Uuid),
}

impl Database {
    /// Keeps a report, ties it to its message, and where it tells that the address is wrong, to the contact.
    pub async fn record_delivery_report(
        &self,
        new: &NewDeliveryReport,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<DeliveryOutcome, sqlx::Error> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let message = message_of(connection, new).await?;
        if !insert(connection, new, message, now).await? {
            return Ok(DeliveryOutcome::Known);
        }
        let Some(message) = message else {
            transaction.commit().await?;
            return Ok(DeliveryOutcome::Strange);
        };
        let report = &new.report;
        let failed = report.action == Action::Failed;
        if failed {
            bounce(connection, message, &report.diagnostic, now).await?;
            if report.fault() == Fault::Address {
                mark_undeliverable(connection, message, now, new_id).await?;
            }
        }
        let event = NewEvent {
            message,
            at: now,
            event: if failed {
                "bounced"
            } else {
                report.action.as_str()
            },
            detail: &format!("{} {}", report.status, report.diagnostic),
        };
        insert_events(connection, &[event], new_id).await?;
        if failed {
            progress::mailed(connection, &[(message, progress::Event::Bounced(now))]).await?;
        }
        transaction.commit().await?;
        Ok(if failed {
            DeliveryOutcome::Bounced(message)
        } else {
            DeliveryOutcome::Noted(message)
        })
    }
}

/// By the original's Message-ID; else the last letter that was sent to the address.
async fn message_of(
    connection: &mut Connection<'_>,
    new: &NewDeliveryReport,
) -> Result<Option<Uuid>, sqlx::Error> {
    const BY_IDENTITY: &str = "SELECT id FROM message WHERE id = $1";
    const BY_RECIPIENT: &str = "\
        SELECT id FROM message WHERE recipient = $1 AND state = 'sent' \
        ORDER BY settled_at DESC, id DESC LIMIT 1";
    if let Some(message) = new.message {
        return on_database!(connection, executor => {
            sqlx::query_scalar(BY_IDENTITY).bind(message).fetch_optional(executor).await
        });
    }
    let Ok(recipient) = new.report.recipient.parse::<mail::Address>() else {
        return Ok(None);
    };
    on_database!(connection, executor => {
        sqlx::query_scalar(BY_RECIPIENT).bind(recipient.as_str()).fetch_optional(executor).await
    })
}

async fn insert(
    connection: &mut Connection<'_>,
    new: &NewDeliveryReport,
    message: Option<Uuid>,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO delivery_report (hash, message_id, received_at, recipient, action, status, diagnostic) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let report = &new.report;
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(&new.hash[..])
            .bind(message)
            .bind(now)
            .bind(&report.recipient)
            .bind(report.action.as_str())
            .bind(&report.status)
            .bind(&report.diagnostic)
            .execute(executor)
            .await
            .map(|done| done.rows_affected() > 0)
    })
}

async fn bounce(
    connection: &mut Connection<'_>,
    message: Uuid,
    note: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        UPDATE message SET state = 'bounced', note = $2, settled_at = $3, lease = NULL \
        WHERE id = $1 AND state IN ('queued', 'sent')";
    on_database!(connection, executor => {
        sqlx::query(SQL).bind(message).bind(note).bind(now).execute(executor).await.map(drop)
    })
}
