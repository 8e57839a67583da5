//! All that is known of one unit.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::field::{Column, Field};
use super::person::{self, Person};
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::disposition::{self, Disposition};
use crate::storage::time::Timestamp;
use crate::storage::unit;

/// A unit with its people and its cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitSheet {
    pub unit: UnitFacts,
    /// Those of now first.
    pub people: Vec<Person>,
    /// One for each round that asked it, the latest round first.
    pub cases: Vec<UnitCase>,
}

/// What the register holds of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFacts {
    pub id: Uuid,
    pub key: String,
    /// Every column, absent where nothing is known.
    pub columns: BTreeMap<Column, String>,
    pub classes: BTreeMap<String, String>,
}

/// A unit in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCase {
    pub id: Uuid,
    pub round_key: String,
    pub pilot: bool,
    pub submitted_at: Option<Timestamp>,
    /// The latest first: that one holds.
    pub dispositions: Vec<Disposition>,
}

impl UnitFacts {
    pub fn column(&self, column: Column) -> &str {
        self.columns.get(&column).map_or("", String::as_str)
    }

    pub fn get(&self, field: &Field) -> Option<&str> {
        match field {
            Field::Column(column) => self.columns.get(column).map(String::as_str),
            Field::Class(class) => self.classes.get(class).map(String::as_str),
            _ => None,
        }
    }
}

impl Database {
    /// A unit by its key.
    pub async fn unit_sheet(&self, key: &str) -> Result<Option<UnitSheet>, sqlx::Error> {
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let Some(unit) = facts(connection, key).await? else {
            return Ok(None);
        };
        let people = person::of_unit(connection, unit.id).await?;
        let mut cases = cases(connection, unit.id).await?;
        for made in disposition::of_unit(connection, unit.id).await? {
            if let Some(case) = cases.iter_mut().find(|case| case.id == made.case_id) {
                case.dispositions.push(made);
            }
        }
        Ok(Some(UnitSheet {
            unit,
            people,
            cases,
        }))
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct UnitRow {
    pub id: Uuid,
    pub key: String,
    pub name: String,
    pub address: String,
    pub postal_code: String,
    pub city: String,
    pub region: String,
    pub ownership: Option<String>,
    pub municipality: Option<String>,
    pub regso: Option<String>,
    pub started_on: Option<String>,
    pub closed_on: Option<String>,
    pub branch: bool,
    pub gone_at: Option<Timestamp>,
}

/// The columns of [`UnitRow`].
pub(super) const COLUMNS: &str = "unit.id, unit.key, unit.name, unit.address, unit.postal_code, \
    unit.city, unit.region, unit.ownership, unit.municipality, unit.regso, unit.started_on, \
    unit.closed_on, unit.branch, unit.gone_at";

impl UnitRow {
    fn into_facts(self, classes: BTreeMap<String, String>) -> UnitFacts {
        let told = |text: String| (!text.is_empty()).then_some(text);
        let columns = [
            (Column::Key, Some(self.key.clone())),
            (Column::Name, told(self.name)),
            (Column::Address, told(self.address)),
            (Column::PostalCode, told(self.postal_code)),
            (Column::City, told(self.city)),
            (Column::Region, told(self.region)),
            (Column::Ownership, self.ownership),
            (Column::Municipality, self.municipality),
            (Column::Regso, self.regso),
            (Column::StartedOn, self.started_on),
            (Column::ClosedOn, self.closed_on),
            (Column::Branch, self.branch.then(|| "true".to_owned())),
            (
                Column::GoneAt,
                self.gone_at.map(|at| at.millis().to_string()),
            ),
        ];
        UnitFacts {
            id: self.id,
            key: self.key,
            columns: columns
                .into_iter()
                .filter_map(|(column, text)| Some((column, text?)))
                .collect(),
            classes,
        }
    }
}

pub(super) async fn facts(
    connection: &mut Connection<'_>,
    key: &str,
) -> Result<Option<UnitFacts>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM unit WHERE key = $1");
    let row: Option<UnitRow> = on_database!(connection, executor => {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(key).fetch_optional(executor).await
    })?;
    let Some(row) = row else {
        return Ok(None);
    };
    let classes = unit::classes(connection, row.id).await?;
    Ok(Some(row.into_facts(classes)))
}

type CaseRow = (Uuid, String, bool, Option<Timestamp>);

async fn cases(connection: &mut Connection<'_>, unit: Uuid) -> Result<Vec<UnitCase>, sqlx::Error> {
    const SQL: &str = "\
        SELECT c.id, round.key, round.pilot, \
            (SELECT max(submitted_at) FROM submission WHERE submission.case_id = c.id) \
        FROM respondent_case c JOIN round ON round.id = c.round_id \
        WHERE c.unit_id = $1 ORDER BY round.opens_at DESC, round.key";
    let rows: Vec<CaseRow> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(unit).fetch_all(executor).await
    })?;
    let case = |(id, round_key, pilot, submitted_at): CaseRow| UnitCase {
        id,
        round_key,
        pilot,
        submitted_at,
        dispositions: Vec::new(),
    };
    Ok(rows.into_iter().map(case).collect())
}

/// Every unit, by identity.
pub(super) async fn all(
    connection: &mut Connection<'_>,
) -> Result<BTreeMap<Uuid, UnitFacts>, sqlx::Error> {
    let sql = format!("SELECT {COLUMNS} FROM unit");
    let rows: Vec<UnitRow> = on_database!(connection, executor => {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(executor).await
    })?;
    let mut classes = super::known::classes(connection).await?;
    let facts = rows.into_iter().map(|row| {
        let classes = classes.remove(&row.id).unwrap_or_default();
        (row.id, row.into_facts(classes))
    });
    Ok(facts.collect())
}
