use sqlx::QueryBuilder;
use uuid::Uuid;

use super::message::MessageState;
use crate::storage::actor::Actor;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::progress;
use crate::storage::register::{Field, NewId};
use crate::storage::time::Timestamp;
use crate::storage::unit::ROWS;

/// What became of a message that was leased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub message: Uuid,
    pub lease: Uuid,
    pub at: Timestamp,
    pub settled: Settled,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// A mail server took it; what it said.
    Sent { response: String },
    /// Whoever it was for may not get it.
    Skipped { reason: String },
    /// It will never be taken.
    Bounced {
        reason: String,
        /// The address is wrong, for this contact's every mail.
        undeliverable: bool,
    },
    /// It is tried again.
    Deferred { until: Timestamp, reason: String },
    /// The whole letter was sent, but the server's answer did not come. It is sent again.
    Unanswered { until: Timestamp, reason: String },
    /// It was not tried, through no fault of its own.
    Held { until: Timestamp, reason: String },
}

impl Settled {
    const fn state(&self) -> MessageState {
        match self {
            Self::Sent { .. } => MessageState::Sent,
            Self::Skipped { .. } => MessageState::Skipped,
            Self::Bounced { .. } => MessageState::Bounced,
            Self::Deferred { .. } | Self::Unanswered { .. } | Self::Held { .. } => {
                MessageState::Queued
            }
        }
    }

    /// The name of the line in `message_event`; none where nothing happened to the message.
    const fn event(&self) -> Option<&'static str> {
        match self {
            Self::Sent { .. } => Some("sent"),
            Self::Skipped { .. } => Some("skipped"),
            Self::Bounced { .. } => Some("bounced"),
            Self::Deferred { .. } => Some("deferred"),
            Self::Unanswered { .. } => Some("unanswered"),
            Self::Held { .. } => None,
        }
    }

    const fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Deferred { until, .. }
            | Self::Unanswered { until, .. }
            | Self::Held { until, .. } => Some(*until),
            Self::Sent { .. } | Self::Skipped { .. } | Self::Bounced { .. } => None,
        }
    }

    fn note(&self) -> &str {
        match self {
            Self::Sent { response: note }
            | Self::Skipped { reason: note }
            | Self::Bounced { reason: note, .. }
            | Self::Deferred { reason: note, .. }
            | Self::Unanswered { reason: note, .. }
            | Self::Held { reason: note, .. } => note,
        }
    }
}

impl Database {
    /// Writes down what became of messages, all of it at once. Whoever has lost the lease meanwhile changes nothing,
    /// except that a letter that was taken counts as sent whoever has the message now. Tells of each whether it
    /// was written.
    pub async fn settle_messages(
        &self,
        settlements: &[Settlement],
        new_id: NewId<'_>,
    ) -> Result<Vec<bool>, sqlx::Error> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let mut written = Vec::with_capacity(settlements.len());
        let mut events = Vec::with_capacity(settlements.len());
        for settlement in settlements {
            let is_written = update(connection, settlement).await?;
            let is_sent = matches!(settlement.settled, Settled::Sent { .. });
            if is_written || is_sent {
                let event = settlement.settled.event();
                events.extend(event.map(|event| NewEvent {
                    message: settlement.message,
                    at: settlement.at,
                    event,
                    detail: settlement.settled.note(),
                }));
            }
            if is_written
                && let Settled::Bounced {
                    undeliverable: true,
                    ..
                } = settlement.settled
            {
                mark_undeliverable(connection, settlement.message, settlement.at, new_id).await?;
            }
            written.push(is_written);
        }
        insert_events(connection, &events, new_id).await?;
        let of_cases: Vec<_> = settlements
            .iter()
            .zip(&written)
            .filter(|(_, written)| **written)
            .filter_map(|(settlement, _)| {
                let at = settlement.at;
                let event = match settlement.settled {
                    Settled::Sent { .. } => progress::Event::Mailed(at),
                    Settled::Bounced { .. } => progress::Event::Bounced(at),
                    _ => return None,
                };
                Some((settlement.message, event))
            })
            .collect();
        progress::mailed(connection, &of_cases).await?;
        transaction.commit().await?;
        Ok(written)
    }
}

async fn update(
    connection: &mut Connection<'_>,
    settlement: &Settlement,
) -> Result<bool, sqlx::Error> {
    const SQL: &str = "\
        UPDATE message SET state = $3, note = $4, settled_at = $5, due_at = coalesce($6, due_at), \
            attempts = attempts + $7, lease = NULL \
        WHERE id = $1 AND state = 'queued' AND (lease = $2 OR $3 = 'sent')";
    let settled = &settlement.settled;
    let state = settled.state();
    let settled_at = (state != MessageState::Queued).then_some(settlement.at);
    let tried = !matches!(settled, Settled::Held { .. } | Settled::Skipped { .. });
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(settlement.message)
            .bind(settlement.lease)
            .bind(state.name())
            .bind(settled.note())
            .bind(settled_at)
            .bind(settled.until())
            .bind(i64::from(tried))
            .execute(executor)
            .await
            .map(|done| done.rows_affected() > 0)
    })
}

/// A line of what happened to a message.
pub(super) struct NewEvent<'a> {
    pub message: Uuid,
    pub at: Timestamp,
    pub event: &'a str,
    pub detail: &'a str,
}

pub(super) async fn insert_events(
    connection: &mut Connection<'_>,
    events: &[NewEvent<'_>],
    new_id: NewId<'_>,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO message_event (id, message_id, at, event, detail) ";
    for chunk in events.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, event| {
                    row.push_bind(new_id())
                        .push_bind(event.message)
                        .push_bind(event.at)
                        .push_bind(event.event)
                        .push_bind(event.detail);
                })
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}

/// Notes that mail to the message's contact comes back for good, with a line in the register's history.
pub(super) async fn mark_undeliverable(
    connection: &mut Connection<'_>,
    message: Uuid,
    at: Timestamp,
    new_id: NewId<'_>,
) -> Result<(), sqlx::Error> {
    const MARK: &str = "\
        UPDATE contact SET undeliverable_at = $2 \
        WHERE id = (SELECT contact_id FROM message WHERE id = $1) AND undeliverable_at IS NULL \
        RETURNING id, unit_id";
    const TELL: &str = "\
        INSERT INTO register_change \
            (id, at, actor, source, source_id, unit_id, contact_id, field, before, after) \
        VALUES ($1, $2, $3, 'delivery', NULL, $4, $5, $6, NULL, $7)";
    let marked: Option<(Uuid, Uuid)> = on_database!(connection, executor => {
        sqlx::query_as(MARK).bind(message).bind(at).fetch_optional(executor).await
    })?;
    let Some((contact, unit)) = marked else {
        return Ok(());
    };
    on_database!(connection, executor => {
        sqlx::query(TELL)
            .bind(new_id())
            .bind(at)
            .bind(Actor::Server.to_string())
            .bind(unit)
            .bind(contact)
            .bind(Field::ContactUndeliverable.to_string())
            .bind(at.millis().to_string())
            .execute(executor)
            .await
            .map(drop)
    })
}
