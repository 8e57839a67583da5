use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::contact::{self, NewContact};
use super::database::{Connection, Database, is_duplicate, on_database};

/// A centre, as the register knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub id: Uuid,
    /// The identity that outlives names and addresses, like `vc-0001`.
    pub key: String,
    pub name: String,
    pub address: String,
    pub postal_code: String,
    pub city: String,
    pub region: String,
    pub ownership: Option<String>,
    /// What branching may ask about, as text, by register field.
    pub classes: BTreeMap<String, String>,
}

/// A centre on its way into the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUnit {
    pub unit: Unit,
    pub contacts: Vec<NewContact>,
}

#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    #[error("a unit's key or identity is in the register already, or twice among the new ones")]
    Duplicate,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Rows in one statement: below SQLite's 32 766 parameters with room to spare.
pub(super) const ROWS: usize = 1_000;

impl Database {
    /// Adds units with their classes and contacts, all of them or none.
    pub async fn insert_register(&self, units: &[NewUnit]) -> Result<(), RegisterError> {
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        insert(connection, units).await.map_err(|error| {
            if is_duplicate(&error) {
                RegisterError::Duplicate
            } else {
                RegisterError::Database(error)
            }
        })?;
        insert_classes(connection, units).await?;
        contact::insert(connection, units).await?;
        Ok(transaction.commit().await?)
    }
}

async fn insert(connection: &mut Connection<'_>, units: &[NewUnit]) -> Result<(), sqlx::Error> {
    const SQL: &str =
        "INSERT INTO unit (id, key, name, address, postal_code, city, region, ownership) ";
    for chunk in units.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, NewUnit { unit, .. }| {
                    row.push_bind(unit.id)
                        .push_bind(&unit.key)
                        .push_bind(&unit.name)
                        .push_bind(&unit.address)
                        .push_bind(&unit.postal_code)
                        .push_bind(&unit.city)
                        .push_bind(&unit.region)
                        .push_bind(&unit.ownership);
                })
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}

async fn insert_classes(
    connection: &mut Connection<'_>,
    units: &[NewUnit],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO unit_class (unit_id, field, value) ";
    let rows: Vec<_> = units
        .iter()
        .flat_map(|NewUnit { unit, .. }| {
            let class = move |(field, value)| (unit.id, field, value);
            unit.classes.iter().map(class)
        })
        .collect();
    for chunk in rows.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, (unit, field, value)| {
                    row.push_bind(*unit).push_bind(*field).push_bind(*value);
                })
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}

pub(super) async fn classes(
    connection: &mut Connection<'_>,
    unit: Uuid,
) -> Result<BTreeMap<String, String>, sqlx::Error> {
    const SQL: &str = "SELECT field, value FROM unit_class WHERE unit_id = $1";
    let rows: Vec<(String, String)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(unit).fetch_all(executor).await
    })?;
    Ok(rows.into_iter().collect())
}

/// The classes of every unit that has a case in the round, by the unit's key.
pub(super) async fn classes_in_round(
    connection: &mut Connection<'_>,
    round: Uuid,
) -> Result<BTreeMap<String, BTreeMap<String, String>>, sqlx::Error> {
    const SQL: &str = "\
        SELECT unit.key, unit_class.field, unit_class.value \
        FROM respondent_case c \
        JOIN unit ON unit.id = c.unit_id \
        JOIN unit_class ON unit_class.unit_id = unit.id \
        WHERE c.round_id = $1";
    let rows: Vec<(String, String, String)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(round).fetch_all(executor).await
    })?;
    let mut classes: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (unit, field, value) in rows {
        classes.entry(unit).or_default().insert(field, value);
    }
    Ok(classes)
}
