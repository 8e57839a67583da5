//! What the list of questions to editors reads.

use survey::{
    cleaning::{Query, Unfit},
    statistics::Amounts,
};
use uuid::Uuid;

use super::parse;
use crate::storage::database::{Database, on_database};

/// What the review list reads of a case's last edition. A whole round of them is read for each page, so values and ledger
/// are left where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionToReview {
    pub case_id: Uuid,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub amounts: Amounts,
    pub queries: Vec<Query>,
    pub unfit: Vec<Unfit>,
}

#[derive(sqlx::FromRow)]
struct Row {
    case_id: Uuid,
    unit_key: String,
    unit_name: String,
    region: String,
    amounts: String,
    queries: String,
    unfit: String,
}

impl Database {
    /// Each case's last edition in a round, by the key of its unit.
    pub async fn editions_to_review(
        &self,
        round: Uuid,
    ) -> Result<Vec<EditionToReview>, sqlx::Error> {
        const SQL: &str = "\
            SELECT e.case_id, unit.key AS unit_key, unit.name AS unit_name, unit.region, \
                e.amounts, e.queries, e.unfit \
            FROM cleaning_edition e \
            JOIN respondent_case c ON c.id = e.case_id JOIN unit ON unit.id = c.unit_id \
            WHERE e.round_id = $1 \
                AND e.number = (SELECT max(number) FROM cleaning_edition one WHERE one.case_id = e.case_id) \
            ORDER BY unit.key";
        let mut reading = self.reading().await?;
        let rows: Vec<Row> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(round).fetch_all(executor).await
        })?;
        rows.into_iter().map(Row::read).collect()
    }
}

impl Row {
    fn read(self) -> Result<EditionToReview, sqlx::Error> {
        Ok(EditionToReview {
            case_id: self.case_id,
            unit_key: self.unit_key,
            unit_name: self.unit_name,
            region: self.region,
            amounts: parse(&self.amounts)?,
            queries: parse(&self.queries)?,
            unfit: parse(&self.unfit)?,
        })
    }
}
