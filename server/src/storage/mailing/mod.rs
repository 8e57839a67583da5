//! A round's mailings: when each is due, what it says, and whom it may go to.

mod candidate;
mod start;
mod template;

use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::database::{Connection, Database, on_database};
use super::time::Timestamp;

pub use candidate::{Addressee, Candidate};
pub use start::{StartMailingError, Started};
pub use template::TemplateText;
pub(super) use template::insert as insert_template;

/// 0 is the invitation, 1 to 4 are the reminders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailingNumber(u8);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a round has one invitation and four reminders: a mailing's number is 0 to 4")]
pub struct MailingNumberError;

/// A letter to everybody in a round who may get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailing {
    pub id: Uuid,
    pub round_id: Uuid,
    pub number: MailingNumber,
    pub planned_at: Timestamp,
    /// When its first messages were queued.
    pub started_at: Option<Timestamp>,
}

/// When a mailing is to go out. The identity is used where the round had no such mailing before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    pub id: Uuid,
    pub number: MailingNumber,
    pub planned_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    #[error("mailing {} comes before the one it follows", .0.get())]
    OutOfOrder(MailingNumber),
    #[error("mailing {} has started and cannot be moved", .0.get())]
    Started(MailingNumber),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl MailingNumber {
    pub const INVITATION: Self = Self(0);
    pub const ALL: [Self; 5] = [Self(0), Self(1), Self(2), Self(3), Self(4)];

    pub const fn get(self) -> u8 {
        self.0
    }

    pub const fn is_invitation(self) -> bool {
        self.0 == 0
    }
}

impl TryFrom<i64> for MailingNumber {
    type Error = MailingNumberError;

    fn try_from(number: i64) -> Result<Self, MailingNumberError> {
        Self::ALL
            .into_iter()
            .find(|known| i64::from(known.0) == number)
            .ok_or(MailingNumberError)
    }
}

#[derive(sqlx::FromRow)]
struct MailingRow {
    id: Uuid,
    round_id: Uuid,
    #[sqlx(try_from = "i64")]
    number: MailingNumber,
    planned_at: Timestamp,
    started_at: Option<Timestamp>,
}

impl From<MailingRow> for Mailing {
    fn from(row: MailingRow) -> Self {
        Self {
            id: row.id,
            round_id: row.round_id,
            number: row.number,
            planned_at: row.planned_at,
            started_at: row.started_at,
        }
    }
}

impl Database {
    /// The mailings of a round, the invitation first.
    pub async fn mailings(&self, round: Uuid) -> Result<Vec<Mailing>, sqlx::Error> {
        let mut reading = self.reading().await?;
        of_round(&mut reading.connection(), round).await
    }

    /// Sets when a round's mailings go out. Those that are left out keep what they had; one that has started cannot
    /// be moved, and none may come before the one it follows.
    pub async fn schedule_mailings(
        &self,
        round: Uuid,
        plan: &[Planned],
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<(), ScheduleError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let mut whole = of_round(connection, round).await?;
        for planned in plan {
            match whole
                .iter_mut()
                .find(|known| known.number == planned.number)
            {
                Some(known) if known.planned_at == planned.planned_at => continue,
                Some(known) if known.started_at.is_some() => {
                    return Err(ScheduleError::Started(planned.number));
                }
                Some(known) => known.planned_at = planned.planned_at,
                None => whole.push(Mailing {
                    id: planned.id,
                    round_id: round,
                    number: planned.number,
                    planned_at: planned.planned_at,
                    started_at: None,
                }),
            }
            plan_one(connection, round, planned).await?;
        }
        whole.sort_by_key(|mailing| mailing.number);
        if let Some(pair) = whole
            .windows(2)
            .find(|pair| pair[1].planned_at <= pair[0].planned_at)
        {
            return Err(ScheduleError::OutOfOrder(pair[1].number));
        }
        let detail = whole
            .iter()
            .map(|mailing| {
                (
                    mailing.number.get().to_string(),
                    mailing.planned_at.millis().into(),
                )
            })
            .collect::<serde_json::Map<String, serde_json::Value>>();
        audit::write(
            connection,
            actor,
            "mailing.scheduled",
            &round.to_string(),
            &detail.into(),
            now,
            audit_id,
        )
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Holds a round's mailings, or lets them go on. What is being sent at this moment is finished.
    pub async fn pause_mail(
        &self,
        round: Uuid,
        pause: bool,
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<(), sqlx::Error> {
        const SQL: &str = "UPDATE round SET mail_paused_at = $2 WHERE id = $1";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        on_database!(connection, executor => {
            sqlx::query(SQL)
                .bind(round)
                .bind(pause.then_some(now))
                .execute(executor)
                .await
                .map(drop)
        })?;
        let action = if pause { "mail.paused" } else { "mail.resumed" };
        let detail = serde_json::Value::Null;
        audit::write(
            connection,
            actor,
            action,
            &round.to_string(),
            &detail,
            now,
            audit_id,
        )
        .await?;
        transaction.commit().await
    }

    /// Since when a round's mailings are held.
    pub async fn mail_paused_at(&self, round: Uuid) -> Result<Option<Timestamp>, sqlx::Error> {
        const SQL: &str = "SELECT mail_paused_at FROM round WHERE id = $1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).bind(round).fetch_one(executor).await
        })
    }
}

pub(super) async fn plan_one(
    connection: &mut Connection<'_>,
    round: Uuid,
    planned: &Planned,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO mailing (id, round_id, number, planned_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (round_id, number) DO UPDATE SET planned_at = excluded.planned_at";
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(planned.id)
            .bind(round)
            .bind(i64::from(planned.number.get()))
            .bind(planned.planned_at)
            .execute(executor)
            .await
            .map(drop)
    })
}

async fn of_round(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<Vec<Mailing>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, round_id, number, planned_at, started_at FROM mailing \
        WHERE round_id = $1 ORDER BY number";
    let rows: Vec<MailingRow> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).fetch_all(executor).await
    })?;
    Ok(rows.into_iter().map(Mailing::from).collect())
}
