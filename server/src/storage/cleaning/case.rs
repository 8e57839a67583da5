use std::collections::BTreeMap;

use uuid::Uuid;

use super::{Earlier, Edition, decision, edition};
use crate::storage::{
    confirmation::{self, Confirmation},
    database::{Connection, Database, on_database},
    time::Timestamp,
    unit,
};

/// What was handed in last for a case, and all that cleaning needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseToClean {
    pub case_id: Uuid,
    pub unit_id: Uuid,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub submission_id: Uuid,
    pub submitted_at: Timestamp,
    /// Whether the chief has the answers open again.
    pub reopened: bool,
    /// JSON: the answers as handed in.
    pub snapshot: String,
    /// The register's texts, by field.
    pub classes: BTreeMap<String, String>,
    /// What the chief had confirmed when the answers were handed in.
    pub confirmations: Vec<Confirmation>,
    /// Every decision, in order.
    pub decisions: Vec<Earlier>,
    /// The last edition.
    pub edition: Option<Edition>,
}

#[derive(sqlx::FromRow)]
struct Row {
    case_id: Uuid,
    unit_id: Uuid,
    unit_key: String,
    unit_name: String,
    region: String,
    submission_id: Uuid,
    submitted_at: Timestamp,
    reopened: bool,
    snapshot: String,
}

impl Database {
    /// Nothing where the case has handed in nothing.
    pub async fn case_to_clean(&self, case: Uuid) -> Result<Option<CaseToClean>, sqlx::Error> {
        let mut reading = self.reading().await?;
        of_case(&mut reading.connection(), case).await
    }

    /// The case of a unit in a round, by the unit's key.
    pub async fn case_of_unit(
        &self,
        round: Uuid,
        unit_key: &str,
    ) -> Result<Option<Uuid>, sqlx::Error> {
        const SQL: &str = "\
            SELECT c.id FROM respondent_case c JOIN unit ON unit.id = c.unit_id \
            WHERE c.round_id = $1 AND unit.key = $2";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).bind(round).bind(unit_key).fetch_optional(executor).await
        })
    }

    /// The last editions of the same unit in other rounds than this one, with the round's key; the latest round first.
    pub async fn earlier_editions(
        &self,
        unit: Uuid,
        round: Uuid,
    ) -> Result<Vec<(String, Edition)>, sqlx::Error> {
        const SQL: &str = "\
            SELECT round.key, c.id FROM respondent_case c JOIN round ON round.id = c.round_id \
            WHERE c.unit_id = $1 AND round.id <> $2 AND round.pilot = (SELECT pilot FROM round WHERE id = $2) \
                AND round.opens_at < (SELECT opens_at FROM round WHERE id = $2) \
            ORDER BY round.opens_at DESC";
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let rows: Vec<(String, Uuid)> = on_database!(connection, executor => {
            sqlx::query_as(SQL).bind(unit).bind(round).fetch_all(executor).await
        })?;
        let mut earlier = Vec::new();
        for (key, case) in rows {
            if let Some(edition) = edition::of_case(connection, case, None).await? {
                earlier.push((key, edition));
            }
        }
        Ok(earlier)
    }
}

async fn of_case(
    connection: &mut Connection<'_>,
    case: Uuid,
) -> Result<Option<CaseToClean>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id AS case_id, unit.id AS unit_id, unit.key AS unit_key, unit.name AS unit_name, unit.region, \
            s.id AS submission_id, s.submitted_at, s.snapshot, reopening.at IS NOT NULL AS reopened \
        FROM respondent_case c JOIN unit ON unit.id = c.unit_id \
        JOIN submission s ON s.case_id = c.id AND s.number = \
            (SELECT max(number) FROM submission WHERE case_id = c.id) \
        LEFT JOIN reopening ON reopening.submission_id = s.id \
        WHERE c.id = $1";
    let row: Option<Row> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(case).fetch_optional(executor).await
    })?;
    let Some(row) = row else {
        return Ok(None);
    };
    let mut confirmations = confirmation::of_case(connection, case).await?;
    confirmations.retain(|one| one.at <= row.submitted_at);
    Ok(Some(CaseToClean {
        case_id: row.case_id,
        unit_key: row.unit_key,
        unit_name: row.unit_name,
        region: row.region,
        submission_id: row.submission_id,
        submitted_at: row.submitted_at,
        reopened: row.reopened,
        snapshot: row.snapshot,
        classes: unit::classes(connection, row.unit_id).await?,
        confirmations,
        decisions: decision::of_case(connection, case).await?,
        edition: edition::of_case(connection, case, None).await?,
        unit_id: row.unit_id,
    }))
}
