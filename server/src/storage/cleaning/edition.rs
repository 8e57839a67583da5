use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use survey::cleaning::{Cleaned, Confirmation, Query, Unfit, Value};
use uuid::Uuid;

use super::{insert, ledger, lock, parse};
use crate::storage::{
    actor::Actor,
    database::{Connection, Database, on_database},
    time::Timestamp,
};

/// What cleaning made of a case at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    pub id: Uuid,
    pub case_id: Uuid,
    /// From 1 within the case.
    pub number: u32,
    pub submission_id: Uuid,
    pub rule_set_id: Uuid,
    /// Decisions up to this number were known.
    pub decided: u32,
    pub known: Known,
    pub cleaned: Cleaned,
    pub at: Timestamp,
    pub actor: String,
}

/// What was known beside the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The register's texts, by field.
    pub register: BTreeMap<String, String>,
    pub confirmations: Vec<Confirmation>,
}

/// An edition to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEdition {
    pub id: Uuid,
    pub case_id: Uuid,
    /// The number of the edition before it; 0 for the first.
    pub after: u32,
    pub submission_id: Uuid,
    pub rule_set_id: Uuid,
    pub decided: u32,
    pub known: Known,
    pub cleaned: Cleaned,
}

#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    #[error("the case has another edition, submission or decision by now")]
    Overtaken,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    case_id: Uuid,
    number: i64,
    submission_id: Uuid,
    rule_set_id: Uuid,
    decided: i64,
    known: String,
    clean_values: String,
    queries: String,
    unfit: String,
    at: Timestamp,
    actor: String,
}

impl Database {
    /// Keeps the next edition of a case.
    pub async fn keep_edition(
        &self,
        new: &NewEdition,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<(), EditionError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        lock(connection, new.case_id).await?;
        if !fits(connection, new).await? {
            return Err(EditionError::Overtaken);
        }
        insert::edition(connection, new, actor, now).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps the next editions of many cases at once, and tells how many were kept: those that were overtaken are left out.
    pub async fn keep_editions(
        &self,
        new: &[NewEdition],
        actor: &Actor,
        now: Timestamp,
    ) -> Result<u32, sqlx::Error> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        let mut kept = 0;
        // In the order of their identities, so that two who clean at once do not wait for each other in a ring.
        let mut ordered: Vec<&NewEdition> = new.iter().collect();
        ordered.sort_by_key(|edition| edition.case_id);
        for edition in ordered {
            lock(connection, edition.case_id).await?;
            if fits(connection, edition).await? {
                insert::edition(connection, edition, actor, now).await?;
                kept += 1;
            }
        }
        transaction.commit().await?;
        Ok(kept)
    }

    /// The last edition of a case with its ledger.
    pub async fn last_edition(&self, case: Uuid) -> Result<Option<Edition>, sqlx::Error> {
        let mut reading = self.reading().await?;
        of_case(&mut reading.connection(), case, None).await
    }

    /// An edition of a case by its number.
    pub async fn edition(&self, case: Uuid, number: u32) -> Result<Option<Edition>, sqlx::Error> {
        let mut reading = self.reading().await?;
        of_case(&mut reading.connection(), case, Some(number)).await
    }
}

/// An edition by its number, or the last one.
pub(super) async fn of_case(
    connection: &mut Connection<'_>,
    case: Uuid,
    number: Option<u32>,
) -> Result<Option<Edition>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, case_id, number, submission_id, rule_set_id, decided, known, clean_values, queries, unfit, \
            at, actor \
        FROM cleaning_edition \
        WHERE case_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR number = $2) ORDER BY number DESC LIMIT 1";
    let row: Option<Row> = on_database!(connection, executor => {
        sqlx::query_as(SQL)
            .bind(case)
            .bind(number.map(i64::from))
            .fetch_optional(executor)
            .await
    })?;
    let Some(row) = row else {
        return Ok(None);
    };
    let ledger = ledger::of_edition(connection, row.id).await?;
    row.read(ledger.into_iter().map(|step| step.entry).collect())
        .map(Some)
}

impl Row {
    fn read(self, ledger: Vec<survey::cleaning::Entry>) -> Result<Edition, sqlx::Error> {
        Ok(Edition {
            id: self.id,
            case_id: self.case_id,
            number: count(self.number),
            submission_id: self.submission_id,
            rule_set_id: self.rule_set_id,
            decided: count(self.decided),
            known: parse(&self.known)?,
            cleaned: Cleaned {
                values: parse::<Vec<Value>>(&self.clean_values)?,
                ledger,
                queries: parse::<Vec<Query>>(&self.queries)?,
                unfit: parse::<Vec<Unfit>>(&self.unfit)?,
            },
            at: self.at,
            actor: self.actor,
        })
    }
}

/// Whether the edition follows upon what stands in the database now.
pub(super) async fn fits(
    connection: &mut Connection<'_>,
    new: &NewEdition,
) -> Result<bool, sqlx::Error> {
    const SQL: &str = "\
        SELECT (SELECT coalesce(max(number), 0) FROM cleaning_edition WHERE case_id = $1), \
            (SELECT coalesce(max(number), 0) FROM cleaning_decision WHERE case_id = $1), \
            (SELECT id FROM submission WHERE case_id = $1 ORDER BY number DESC LIMIT 1)";
    let (last, decided, submission): (i64, i64, Option<Uuid>) = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(new.case_id).fetch_one(executor).await
    })?;
    Ok(count(last) == new.after
        && count(decided) == new.decided
        && submission == Some(new.submission_id))
}

/// A number that the database keeps as a wider one.
pub(super) fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}
