use uuid::Uuid;

use super::database::{Connection, Database, is_duplicate, on_database};
use super::time::Timestamp;

/// One time that a survey is run.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Round {
    pub id: Uuid,
    pub key: String,
    pub instrument_key: String,
    pub instrument_version: String,
    pub opens_at: Timestamp,
    /// The first moment at which nothing more is taken.
    pub closes_at: Timestamp,
    /// A rehearsal, whose answers are no part of the results.
    pub pilot: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRound {
    pub round: Round,
    /// The instrument's whole file, as the round asks it for as long as it runs.
    pub instrument_source: String,
}

#[derive(Debug, thiserror::Error)]
pub enum CreateRoundError {
    #[error("a round with this key exists already")]
    Exists,
    #[error("a round must close after it opens")]
    ClosesBeforeItOpens,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    pub async fn create_round(&self, new: &NewRound) -> Result<(), CreateRoundError> {
        let mut transaction = self.writing().await?;
        insert(&mut transaction.connection(), new).await?;
        Ok(transaction.commit().await?)
    }

    pub async fn round(&self, key: &str) -> Result<Option<Round>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, key, instrument_key, instrument_version, opens_at, closes_at, pilot \
            FROM round WHERE key = $1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(key).fetch_optional(executor).await
        })
    }

    /// Every round, the one that opens last first.
    pub async fn rounds(&self) -> Result<Vec<Round>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, key, instrument_key, instrument_version, opens_at, closes_at, pilot \
            FROM round ORDER BY opens_at DESC, key";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).fetch_all(executor).await
        })
    }

    /// The whole file of the instrument that the round asks. It never changes: read it once.
    pub async fn instrument_source(&self, round: Uuid) -> Result<Option<String>, sqlx::Error> {
        const SQL: &str = "SELECT instrument_source FROM round WHERE id = $1";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).bind(round).fetch_optional(executor).await
        })
    }
}

pub(super) async fn insert(
    connection: &mut Connection<'_>,
    new: &NewRound,
) -> Result<(), CreateRoundError> {
    const SQL: &str = "\
        INSERT INTO round \
            (id, key, instrument_key, instrument_version, instrument_source, opens_at, closes_at, pilot) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let NewRound {
        round,
        instrument_source,
    } = new;
    if round.closes_at <= round.opens_at {
        return Err(CreateRoundError::ClosesBeforeItOpens);
    }
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(round.id)
            .bind(&round.key)
            .bind(&round.instrument_key)
            .bind(&round.instrument_version)
            .bind(instrument_source)
            .bind(round.opens_at)
            .bind(round.closes_at)
            .bind(round.pilot)
            .execute(executor)
            .await
            .map(drop)
    })
    .map_err(|error| {
        if is_duplicate(&error) {
            CreateRoundError::Exists
        } else {
            CreateRoundError::Database(error)
        }
    })
}
