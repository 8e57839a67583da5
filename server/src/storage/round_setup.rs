//! A round as staff sets it up and changes it.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::actor::Actor;
use super::audit;
use super::database::{Connection, Database, on_database};
use super::late;
use super::mailing::{Planned, TemplateText, insert_template, plan_one};
use super::register::NewId;
use super::round::{self, CreateRoundError, NewRound};
use super::time::Timestamp;

/// What staff decides about a round besides what it asks, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct RoundSetup {
    /// Empty: the instrument's.
    pub sender_name: String,
    /// Empty: the instrument's.
    pub sender_address: String,
    /// A [`super::Selection`]; empty: every unit.
    pub selection: String,
    pub mail_paused_at: Option<Timestamp>,
}

/// A mailing with what it says in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailingSetup {
    pub planned: Planned,
    pub texts: Vec<TemplateText>,
}

/// What may be changed while a round is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundChange {
    pub opens_at: Timestamp,
    /// The first moment at which nothing more is taken.
    pub closes_at: Timestamp,
    pub sender_name: String,
    pub sender_address: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ChangeRoundError {
    #[error("there is no such round")]
    Unknown,
    #[error("a round must close after it opens")]
    ClosesBeforeItOpens,
    #[error("the round has opened; that cannot be moved any more")]
    Opened,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why a round is not opened or closed now.
#[derive(Debug, thiserror::Error)]
pub enum TurnRoundError {
    #[error("there is no such round")]
    Unknown,
    #[error("the round has not opened")]
    NotOpen,
    #[error("the round is open already")]
    Open,
    #[error("the round has closed; set a later closing to go on")]
    Closed,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(sqlx::FromRow)]
struct Row {
    key: String,
    opens_at: Timestamp,
    closes_at: Timestamp,
    sender_name: String,
    sender_address: String,
}

impl Database {
    /// Makes a round with its cases and mailings, all of it or nothing. Tells how many cases. The mailings come in
    /// the order in which they go out.
    pub async fn set_up_round(
        &self,
        new: &NewRound,
        setup: &RoundSetup,
        mailings: &[MailingSetup],
        actor: &Actor,
        now: Timestamp,
        new_id: NewId<'_>,
    ) -> Result<usize, CreateRoundError> {
        const SQL: &str =
            "UPDATE round SET sender_name = $2, sender_address = $3, selection = $4 WHERE id = $1";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        round::insert(connection, new).await?;
        let id = new.round.id;
        on_database!(connection, executor => {
            sqlx::query(SQL)
                .bind(id)
                .bind(&setup.sender_name)
                .bind(&setup.sender_address)
                .bind(&setup.selection)
                .execute(executor)
                .await
                .map(drop)
        })?;
        for mailing in mailings {
            plan_one(connection, id, &mailing.planned).await?;
            for text in &mailing.texts {
                insert_template(connection, mailing.planned.id, text, now).await?;
            }
        }
        let detail = serde_json::json!({
            "opens": new.round.opens_at.millis(),
            "closes": new.round.closes_at.millis(),
            "pilot": new.round.pilot,
            "selection": setup.selection,
            "mailings": mailings.len(),
        });
        let line = new_id();
        let key = &new.round.key;
        audit::write(connection, actor, "round.created", key, &detail, now, line).await?;
        let cases = late::open(connection, id, now, new_id).await?;
        transaction.commit().await?;
        Ok(cases)
    }

    pub async fn round_setup(&self, round: Uuid) -> Result<Option<RoundSetup>, sqlx::Error> {
        const SQL: &str = "\
            SELECT sender_name, sender_address, selection, mail_paused_at FROM round WHERE id = $1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(round).fetch_optional(executor).await
        })
    }

    /// How many units a round asks.
    pub async fn cases_in_round(&self, round: Uuid) -> Result<u64, sqlx::Error> {
        const SQL: &str = "SELECT count(*) FROM respondent_case WHERE round_id = $1";
        let mut reading = self.reading().await?;
        let count: i64 = on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).bind(round).fetch_one(executor).await
        })?;
        Ok(u64::try_from(count).unwrap_or_default())
    }

    /// Changes a round. When it opened stays true once it has.
    pub async fn change_round(
        &self,
        round: Uuid,
        change: &RoundChange,
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<(), ChangeRoundError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let before = row(connection, round)
            .await?
            .ok_or(ChangeRoundError::Unknown)?;
        if before.opens_at != change.opens_at && before.opens_at <= now {
            return Err(ChangeRoundError::Opened);
        }
        if change.closes_at <= change.opens_at {
            return Err(ChangeRoundError::ClosesBeforeItOpens);
        }
        update(connection, round, &before, change, actor, now, audit_id).await?;
        Ok(transaction.commit().await?)
    }

    /// Opens a round now, that was to open later.
    pub async fn open_round(
        &self,
        round: Uuid,
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<(), TurnRoundError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let before = row(connection, round)
            .await?
            .ok_or(TurnRoundError::Unknown)?;
        if before.closes_at <= now {
            return Err(TurnRoundError::Closed);
        }
        if before.opens_at <= now {
            return Err(TurnRoundError::Open);
        }
        let change = RoundChange {
            opens_at: now,
            ..before.unchanged()
        };
        update(connection, round, &before, &change, actor, now, audit_id).await?;
        Ok(transaction.commit().await?)
    }

    /// Closes a round that is open now: nothing more is taken, and no letter goes out.
    pub async fn close_round(
        &self,
        round: Uuid,
        actor: &Actor,
        now: Timestamp,
        audit_id: Uuid,
    ) -> Result<(), TurnRoundError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let before = row(connection, round)
            .await?
            .ok_or(TurnRoundError::Unknown)?;
        if before.closes_at <= now {
            return Err(TurnRoundError::Closed);
        }
        if before.opens_at >= now {
            return Err(TurnRoundError::NotOpen);
        }
        let change = RoundChange {
            closes_at: now,
            ..before.unchanged()
        };
        update(connection, round, &before, &change, actor, now, audit_id).await?;
        Ok(transaction.commit().await?)
    }
}

impl Row {
    fn unchanged(&self) -> RoundChange {
        RoundChange {
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            sender_name: self.sender_name.clone(),
            sender_address: self.sender_address.clone(),
        }
    }

    /// What is new.
    fn against(&self, change: &RoundChange) -> Map<String, Value> {
        let fields: [(&str, bool, Value); 4] = [
            (
                "opens",
                self.opens_at != change.opens_at,
                change.opens_at.millis().into(),
            ),
            (
                "closes",
                self.closes_at != change.closes_at,
                change.closes_at.millis().into(),
            ),
            (
                "sender_name",
                self.sender_name != change.sender_name,
                change.sender_name.clone().into(),
            ),
            (
                "sender_address",
                self.sender_address != change.sender_address,
                change.sender_address.clone().into(),
            ),
        ];
        fields
            .into_iter()
            .filter(|(_, is_new, _)| *is_new)
            .map(|(name, _, value)| (name.to_owned(), value))
            .collect()
    }
}

/// Holds the round until the transaction ends.
async fn row(connection: &mut Connection<'_>, round: Uuid) -> Result<Option<Row>, sqlx::Error> {
    const HOLD: &str = "UPDATE round SET key = key WHERE id = $1";
    const SQL: &str = "\
        SELECT key, opens_at, closes_at, sender_name, sender_address FROM round WHERE id = $1";
    on_database!(connection, executor => {
        sqlx::query(HOLD).bind(round).execute(executor).await.map(drop)
    })?;
    on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).fetch_optional(executor).await
    })
}

async fn update(
    connection: &mut Connection<'_>,
    round: Uuid,
    before: &Row,
    change: &RoundChange,
    actor: &Actor,
    now: Timestamp,
    audit_id: Uuid,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        UPDATE round SET opens_at = $2, closes_at = $3, sender_name = $4, sender_address = $5 \
        WHERE id = $1";
    let detail = before.against(change);
    if detail.is_empty() {
        return Ok(());
    }
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(round)
            .bind(change.opens_at)
            .bind(change.closes_at)
            .bind(&change.sender_name)
            .bind(&change.sender_address)
            .execute(executor)
            .await
            .map(drop)
    })?;
    let detail = detail.into();
    audit::write(
        connection,
        actor,
        "round.changed",
        &before.key,
        &detail,
        now,
        audit_id,
    )
    .await
}
