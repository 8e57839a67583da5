//! The rows of `case_progress` and `case_group`.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use survey::statistics::Ruling;
use uuid::Uuid;

use super::facts::Facts;
use super::tally::Groups;
use crate::storage::database::{Connection, on_database};
use crate::storage::time::Timestamp;
use crate::storage::unit::ROWS;

/// A case with what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    pub case: Uuid,
    pub round: Uuid,
    pub facts: Facts,
}

#[derive(sqlx::FromRow)]
struct Row {
    case_id: Uuid,
    round_id: Uuid,
    invited_at: Option<Timestamp>,
    mailed_at: Option<Timestamp>,
    bounced_at: Option<Timestamp>,
    opened_at: Option<Timestamp>,
    started_at: Option<Timestamp>,
    place: Option<String>,
    enough: bool,
    answered_at: Option<Timestamp>,
    submitted_at: Option<Timestamp>,
    reopened: bool,
    ruling: String,
}

impl From<Row> for Progress {
    fn from(row: Row) -> Self {
        Self {
            case: row.case_id,
            round: row.round_id,
            facts: Facts {
                invited_at: row.invited_at,
                mailed_at: row.mailed_at,
                bounced_at: row.bounced_at,
                opened_at: row.opened_at,
                started_at: row.started_at,
                place: row.place,
                enough: row.enough,
                answered_at: row.answered_at,
                submitted_at: row.submitted_at,
                reopened: row.reopened,
                ruling: row.ruling.parse().unwrap_or(Ruling::Eligible),
            },
        }
    }
}

/// What is known of these cases; those that have no row are left out.
pub(super) async fn of_cases(
    connection: &mut Connection<'_>,
    cases: &[Uuid],
) -> Result<Vec<Progress>, sqlx::Error> {
    const SQL: &str = "\
        SELECT case_id, round_id, invited_at, mailed_at, bounced_at, opened_at, started_at, place, enough, \
            answered_at, submitted_at, reopened, ruling \
        FROM case_progress WHERE case_id IN (";
    let mut found = Vec::with_capacity(cases.len());
    for chunk in cases.chunks(ROWS) {
        let rows: Vec<Row> = on_database!(connection, executor => {
            let mut query = QueryBuilder::new(SQL);
            let mut ids = query.separated(", ");
            for case in chunk {
                ids.push_bind(*case);
            }
            ids.push_unseparated(")");
            query.build_query_as().persistent(cases.len() == 1).fetch_all(executor).await
        })?;
        found.extend(rows.into_iter().map(Progress::from));
    }
    Ok(found)
}

/// The groups that these cases are counted in.
pub(super) async fn groups_of_cases(
    connection: &mut Connection<'_>,
    cases: &[Uuid],
) -> Result<BTreeMap<Uuid, Groups>, sqlx::Error> {
    const SQL: &str = "SELECT case_id, dimension, category FROM case_group WHERE case_id IN (";
    let mut groups: BTreeMap<Uuid, Groups> = BTreeMap::new();
    for chunk in cases.chunks(ROWS) {
        let rows: Vec<(Uuid, String, String)> = on_database!(connection, executor => {
            let mut query = QueryBuilder::new(SQL);
            let mut ids = query.separated(", ");
            for case in chunk {
                ids.push_bind(*case);
            }
            ids.push_unseparated(")");
            query.build_query_as().persistent(cases.len() == 1).fetch_all(executor).await
        })?;
        for (case, dimension, category) in rows {
            groups.entry(case).or_default().insert(dimension, category);
        }
    }
    Ok(groups)
}

/// Writes what is known of these cases, new or known before.
pub(super) async fn write(
    connection: &mut Connection<'_>,
    cases: &[Progress],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO case_progress \
            (case_id, round_id, status, invited_at, mailed_at, bounced_at, opened_at, started_at, place, \
            enough, answered_at, submitted_at, reopened, ruling) ";
    const OVER: &str = " ON CONFLICT (case_id) DO UPDATE SET status = excluded.status, \
        invited_at = excluded.invited_at, mailed_at = excluded.mailed_at, bounced_at = excluded.bounced_at, \
        opened_at = excluded.opened_at, started_at = excluded.started_at, place = excluded.place, \
        enough = excluded.enough, answered_at = excluded.answered_at, submitted_at = excluded.submitted_at, \
        reopened = excluded.reopened, ruling = excluded.ruling";
    for chunk in cases.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, Progress { case, round, facts }| {
                    row.push_bind(*case)
                        .push_bind(*round)
                        .push_bind(facts.status().as_str())
                        .push_bind(facts.invited_at)
                        .push_bind(facts.mailed_at)
                        .push_bind(facts.bounced_at)
                        .push_bind(facts.opened_at)
                        .push_bind(facts.started_at)
                        .push_bind(&facts.place)
                        .push_bind(facts.enough)
                        .push_bind(facts.answered_at)
                        .push_bind(facts.submitted_at)
                        .push_bind(facts.reopened)
                        .push_bind(facts.ruling.as_str());
                })
                .push(OVER)
                .build()
                .persistent(cases.len() == 1)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}

/// Writes the groups of cases, new or known before.
pub(super) async fn write_groups(
    connection: &mut Connection<'_>,
    groups: &[(Uuid, Uuid, &Groups)],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO case_group (case_id, round_id, dimension, category) ";
    const OVER: &str =
        " ON CONFLICT (case_id, dimension) DO UPDATE SET category = excluded.category";
    let rows: Vec<_> = groups
        .iter()
        .flat_map(|(case, round, groups)| {
            groups
                .iter()
                .map(move |(dimension, category)| (*case, *round, dimension, category))
        })
        .collect();
    for chunk in rows.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, (case, round, dimension, category)| {
                    row.push_bind(*case)
                        .push_bind(*round)
                        .push_bind(*dimension)
                        .push_bind(*category);
                })
                .push(OVER)
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}
