//! kommun → kommuntyp, `RegSO` → områdestyp.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use super::field::Column;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::time::Timestamp;
use crate::storage::unit::ROWS;

/// A register field that a file of classes gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClassKind {
    MunicipalityType,
    AreaType,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a file of classes gives municipality_type or area_type")]
pub struct NoSuchClassKind;

impl ClassKind {
    pub const ALL: [Self; 2] = [Self::MunicipalityType, Self::AreaType];

    /// The register field, as the instruments name it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::MunicipalityType => "municipality_type",
            Self::AreaType => "area_type",
        }
    }

    /// The column of the unit that the class is derived from.
    pub const fn derived_from(self) -> Column {
        match self {
            Self::MunicipalityType => Column::Municipality,
            Self::AreaType => Column::Regso,
        }
    }
}

impl std::str::FromStr for ClassKind {
    type Err = NoSuchClassKind;

    fn from_str(text: &str) -> Result<Self, NoSuchClassKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.field() == text)
            .ok_or(NoSuchClassKind)
    }
}

/// What is loaded of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedClasses {
    pub kind: ClassKind,
    pub codes: i64,
    /// The name of the file.
    pub source: String,
    pub loaded_at: Timestamp,
}

/// code → class, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ClassTable(BTreeMap<&'static str, BTreeMap<String, String>>);

impl ClassTable {
    pub fn class(&self, kind: ClassKind, code: &str) -> Option<&str> {
        self.0.get(kind.field())?.get(code).map(String::as_str)
    }
}

impl Database {
    /// What is loaded, by kind.
    pub async fn loaded_classes(&self) -> Result<Vec<LoadedClasses>, sqlx::Error> {
        const SQL: &str = "\
            SELECT kind, count(*), max(source), max(loaded_at) FROM class_entry \
            GROUP BY kind ORDER BY kind DESC";
        let mut reading = self.reading().await?;
        let rows: Vec<(String, i64, String, Timestamp)> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).fetch_all(executor).await
        })?;
        let loaded = |(kind, codes, source, loaded_at): (String, i64, String, Timestamp)| {
            Some(LoadedClasses {
                kind: kind.parse().ok()?,
                codes,
                source,
                loaded_at,
            })
        };
        Ok(rows.into_iter().filter_map(loaded).collect())
    }
}

pub(super) async fn table(connection: &mut Connection<'_>) -> Result<ClassTable, sqlx::Error> {
    const SQL: &str = "SELECT kind, code, value FROM class_entry";
    let rows: Vec<(String, String, String)> = on_database!(connection, executor => {
        sqlx::query_as(SQL).fetch_all(executor).await
    })?;
    let mut table = ClassTable::default();
    for (kind, code, value) in rows {
        if let Ok(kind) = kind.parse::<ClassKind>() {
            table.0.entry(kind.field()).or_default().insert(code, value);
        }
    }
    Ok(table)
}

/// Puts a file's entries in the place of the kind's earlier ones.
pub(super) async fn replace(
    connection: &mut Connection<'_>,
    kind: ClassKind,
    entries: &BTreeMap<String, String>,
    source: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    const CLEAR: &str = "DELETE FROM class_entry WHERE kind = $1";
    const ADD: &str = "INSERT INTO class_entry (kind, code, value, source, loaded_at) ";
    on_database!(connection, executor => {
        sqlx::query(CLEAR).bind(kind.field()).execute(executor).await.map(drop)
    })?;
    let rows: Vec<_> = entries.iter().collect();
    for chunk in rows.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(ADD)
                .push_values(chunk, |mut row, (code, value)| {
                    row.push_bind(kind.field())
                        .push_bind(*code)
                        .push_bind(*value)
                        .push_bind(source)
                        .push_bind(now);
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
