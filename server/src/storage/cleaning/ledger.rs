use survey::cleaning::Entry;
use uuid::Uuid;

use super::{edition, parse};
use crate::storage::{
    database::{Connection, Database, on_database},
    time::Timestamp,
};

/// A step of an edition's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub edition_id: Uuid,
    /// From 1 within the edition.
    pub number: u32,
    pub entry: Entry,
}

#[derive(sqlx::FromRow)]
struct Row {
    edition_id: Uuid,
    number: i64,
    entry: String,
}

impl Database {
    /// The steps of each case's last edition in a round; with `cut`, of the last edition by that moment. In order within
    /// an edition.
    pub async fn ledger_of_round(
        &self,
        round: Uuid,
        cut: Option<Timestamp>,
    ) -> Result<Vec<Step>, sqlx::Error> {
        const SQL: &str = "\
            SELECT l.edition_id, l.number, l.entry \
            FROM cleaning_edition e JOIN ledger l ON l.edition_id = e.id \
            WHERE e.round_id = $1 AND e.number = \
                (SELECT max(number) FROM cleaning_edition one WHERE one.case_id = e.case_id AND one.at <= $2) \
            ORDER BY l.edition_id, l.number";
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
}

pub(super) async fn of_edition(
    connection: &mut Connection<'_>,
    edition: Uuid,
) -> Result<Vec<Step>, sqlx::Error> {
    const SQL: &str =
        "SELECT edition_id, number, entry FROM ledger WHERE edition_id = $1 ORDER BY number";
    let rows: Vec<Row> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(edition).fetch_all(executor).await
    })?;
    rows.into_iter().map(Row::read).collect()
}

impl Row {
    fn read(self) -> Result<Step, sqlx::Error> {
        Ok(Step {
            edition_id: self.edition_id,
            number: edition::count(self.number),
            entry: parse(&self.entry)?,
        })
    }
}
