//! Makes the register hold what changes say, in a few statements however many they are.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::change::Change;
use super::field::{Column, Field};
use crate::storage::database::{Connection, on_database};
use crate::storage::unit::ROWS;

/// Writes the `after` of every change. Arrivals of units and contacts are written elsewhere.
pub(super) async fn apply(
    connection: &mut Connection<'_>,
    changes: &[Change],
) -> Result<(), sqlx::Error> {
    let mut by_field: BTreeMap<&Field, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        by_field.entry(&change.field).or_default().push(change);
    }
    for (field, changes) in by_field {
        match field {
            Field::Unit | Field::Contact => {}
            Field::Column(column) => set_column(connection, *column, &changes).await?,
            Field::Class(class) => set_class(connection, class, &changes).await?,
            Field::ContactName => {
                let name = |change: &Change| change.after.clone().unwrap_or_default();
                set(connection, "contact", "name", &of_contacts(&changes, name)).await?;
            }
            Field::ContactUntil => {
                let until = of_contacts(&changes, moment);
                set(connection, "contact", "valid_to", &until).await?;
            }
            Field::ContactUndeliverable => {
                let since = of_contacts(&changes, moment);
                set(connection, "contact", "undeliverable_at", &since).await?;
            }
        }
    }
    Ok(())
}

async fn set_column(
    connection: &mut Connection<'_>,
    column: Column,
    changes: &[&Change],
) -> Result<(), sqlx::Error> {
    let name = column.name();
    match column {
        Column::Branch => {
            let branch = |change: &Change| change.after.is_some();
            set(connection, "unit", name, &of_units(changes, branch)).await
        }
        Column::GoneAt => set(connection, "unit", name, &of_units(changes, moment)).await,
        _ if column.is_never_null() => {
            let text = |change: &Change| change.after.clone().unwrap_or_default();
            set(connection, "unit", name, &of_units(changes, text)).await
        }
        _ => {
            let text = |change: &Change| change.after.clone();
            set(connection, "unit", name, &of_units(changes, text)).await
        }
    }
}

fn moment(change: &Change) -> Option<i64> {
    change.after.as_ref()?.parse().ok()
}

fn of_units<T>(changes: &[&Change], value: impl Fn(&Change) -> T) -> Vec<(Uuid, T)> {
    changes
        .iter()
        .map(|change| (change.unit_id, value(change)))
        .collect()
}

fn of_contacts<T>(changes: &[&Change], value: impl Fn(&Change) -> T) -> Vec<(Uuid, T)> {
    changes
        .iter()
        .filter_map(|change| Some((change.contact_id?, value(change))))
        .collect()
}

/// Sets one column of many rows.
async fn set<T>(
    connection: &mut Connection<'_>,
    table: &'static str,
    column: &'static str,
    rows: &[(Uuid, T)],
) -> Result<(), sqlx::Error>
where
    T: Clone
        + Send
        + Sync
        + for<'q> sqlx::Encode<'q, sqlx::Sqlite>
        + sqlx::Type<sqlx::Sqlite>
        + for<'q> sqlx::Encode<'q, sqlx::Postgres>
        + sqlx::Type<sqlx::Postgres>
        + 'static,
{
    for chunk in rows.chunks(ROWS) {
        on_database!(connection, executor => {
            let mut query = QueryBuilder::new("UPDATE ");
            query.push(table).push(" SET ").push(column).push(" = v.column2 FROM (");
            query.push_values(chunk, |mut row, (id, value)| {
                row.push_bind(*id).push_bind(value.clone());
            });
            query.push(") AS v WHERE ").push(table).push(".id = v.column1");
            query.build().persistent(false).execute(executor).await.map(drop)
        })?;
    }
    Ok(())
}

async fn set_class(
    connection: &mut Connection<'_>,
    class: &str,
    changes: &[&Change],
) -> Result<(), sqlx::Error> {
    const SET: &str = "INSERT INTO unit_class (unit_id, field, value) ";
    const UNSET: &str = "DELETE FROM unit_class WHERE field = ";
    let (set, unset): (Vec<&Change>, Vec<&Change>) =
        changes.iter().partition(|change| change.after.is_some());
    for chunk in set.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SET)
                .push_values(chunk, |mut row, change| {
                    row.push_bind(change.unit_id).push_bind(class).push_bind(change.after.as_deref());
                })
                .push(" ON CONFLICT (unit_id, field) DO UPDATE SET value = excluded.value")
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    for chunk in unset.chunks(ROWS) {
        on_database!(connection, executor => {
            let mut query = QueryBuilder::new(UNSET);
            query.push_bind(class).push(" AND unit_id IN (");
            let mut units = query.separated(", ");
            for change in chunk {
                units.push_bind(change.unit_id);
            }
            query.push(")").build().persistent(false).execute(executor).await.map(drop)
        })?;
    }
    Ok(())
}
