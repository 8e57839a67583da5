//! All of a round at once: for the review list, the process figures and the downloads.

use survey::cleaning::{Query, Unfit, Value};
use uuid::Uuid;

use super::{Earlier, decision, edition, parse};
use crate::storage::{
    database::{Database, on_database},
    time::Timestamp,
};

/// A case's last edition without its ledger, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionOfUnit {
    pub edition_id: Uuid,
    pub case_id: Uuid,
    pub number: u32,
    pub submission_id: Uuid,
    pub rule_set_id: Uuid,
    /// Decisions up to this number were known.
    pub decided: u32,
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    /// One per variable, in the order of the instrument.
    pub values: Vec<Value>,
    pub queries: Vec<Query>,
    pub unfit: Vec<Unfit>,
    pub at: Timestamp,
}

/// How far cleaning has come in a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CleaningCount {
    /// Cases that were handed in.
    pub submitted: u32,
    /// Those with an edition.
    pub cleaned: u32,
    /// Open queries in the last editions.
    pub open: u32,
    /// Cases with open queries.
    pub cases_open: u32,
    /// Decisions, those taken back among them.
    pub decisions: u32,
}

#[derive(sqlx::FromRow)]
struct Row {
    edition_id: Uuid,
    case_id: Uuid,
    number: i64,
    submission_id: Uuid,
    rule_set_id: Uuid,
    decided: i64,
    unit_key: String,
    unit_name: String,
    region: String,
    clean_values: String,
    queries: String,
    unfit: String,
    at: Timestamp,
}

impl Database {
    /// Each case's last edition in a round, by the key of its unit; with `cut`, its last edition by that moment.
    pub async fn editions_of_round(
        &self,
        round: Uuid,
        cut: Option<Timestamp>,
    ) -> Result<Vec<EditionOfUnit>, sqlx::Error> {
        const SQL: &str = "\
            SELECT e.id AS edition_id, e.case_id, e.number, e.submission_id, e.rule_set_id, e.decided, \
                unit.key AS unit_key, unit.name AS unit_name, unit.region, e.clean_values, e.queries, e.unfit, e.at \
            FROM cleaning_edition e \
            JOIN respondent_case c ON c.id = e.case_id JOIN unit ON unit.id = c.unit_id \
            WHERE e.round_id = $1 AND e.number = \
                (SELECT max(number) FROM cleaning_edition one WHERE one.case_id = e.case_id AND one.at <= $2) \
            ORDER BY unit.key";
        let mut reading = self.reading().await?;
        let rows: Vec<Row> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL)
                .bind(round)
                .bind(cut.map_or(i64::MAX, Timestamp::millis))
                .fetch_all(executor)
                .await
        })?;
        rows.into_iter().map(Row::read).collect()
    }

    /// Every decision in a round, by case and number.
    pub async fn decisions_of_round(&self, round: Uuid) -> Result<Vec<Earlier>, sqlx::Error> {
        const SQL: &str = "\
            SELECT d.id, d.case_id, d.number, d.edition, d.query, d.undoes, d.body, d.reason, d.at, d.actor \
            FROM cleaning_decision d JOIN respondent_case c ON c.id = d.case_id \
            WHERE c.round_id = $1 ORDER BY d.case_id, d.number";
        let mut reading = self.reading().await?;
        let rows: Vec<decision::Row> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(round).fetch_all(executor).await
        })?;
        rows.into_iter().map(decision::Row::read).collect()
    }

    pub async fn cleaning_count(&self, round: Uuid) -> Result<CleaningCount, sqlx::Error> {
        const SQL: &str = "\
            SELECT \
                (SELECT count(DISTINCT s.case_id) FROM submission s JOIN respondent_case c ON c.id = s.case_id \
                    WHERE c.round_id = $1), \
                count(*), CAST(coalesce(sum(e.open_queries), 0) AS BIGINT), \
                CAST(coalesce(sum(CASE WHEN e.open_queries > 0 THEN 1 ELSE 0 END), 0) AS BIGINT), \
                (SELECT count(*) FROM cleaning_decision d JOIN respondent_case c ON c.id = d.case_id \
                    WHERE c.round_id = $1) \
            FROM cleaning_edition e \
            WHERE e.round_id = $1 \
                AND e.number = (SELECT max(number) FROM cleaning_edition one WHERE one.case_id = e.case_id)";
        let mut reading = self.reading().await?;
        let (submitted, cleaned, open, cases_open, decisions): (i64, i64, i64, i64, i64) = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(round).fetch_one(executor).await
        })?;
        Ok(CleaningCount {
            submitted: edition::count(submitted),
            cleaned: edition::count(cleaned),
            open: edition::count(open),
            cases_open: edition::count(cases_open),
            decisions: edition::count(decisions),
        })
    }
}

impl Row {
    fn read(self) -> Result<EditionOfUnit, sqlx::Error> {
        Ok(EditionOfUnit {
            edition_id: self.edition_id,
            case_id: self.case_id,
            number: edition::count(self.number),
            submission_id: self.submission_id,
            rule_set_id: self.rule_set_id,
            decided: edition::count(self.decided),
            unit_key: self.unit_key,
            unit_name: self.unit_name,
            region: self.region,
            values: parse(&self.clean_values)?,
            queries: parse(&self.queries)?,
            unfit: parse(&self.unfit)?,
            at: self.at,
        })
    }
}
