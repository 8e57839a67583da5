//! The register's history as a whole.

use uuid::Uuid;

use super::change::{Changed, ChangedRow};
use crate::storage::database::{Database, on_database};

/// A line of the history, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    pub unit_key: String,
    pub unit_name: String,
    pub changed: Changed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryPage {
    pub lines: Vec<HistoryLine>,
    /// On every page.
    pub total: u32,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    unit_key: String,
    unit_name: String,
    #[sqlx(flatten)]
    changed: ChangedRow,
}

impl Database {
    /// What happened to every unit, or what an import changed and its undoing changed back; the latest first, `size` on a page.
    /// Pages count from 0.
    pub async fn register_history(
        &self,
        import: Option<Uuid>,
        page: u32,
        size: u32,
    ) -> Result<HistoryPage, sqlx::Error> {
        // Identities are made in the order of time.
        const ROWS: &str = "\
            SELECT unit.key AS unit_key, unit.name AS unit_name, h.id, h.at, h.actor, h.source, h.source_id, \
                h.unit_id, h.contact_id, h.field, h.before, h.after, register_import.file_name \
            FROM register_change h JOIN unit ON unit.id = h.unit_id \
            LEFT JOIN register_import ON register_import.id = h.source_id \
            WHERE $1 IS NULL OR h.source_id = $1 ORDER BY h.id DESC LIMIT $2 OFFSET $3";
        const COUNT: &str =
            "SELECT count(*) FROM register_change h WHERE $1 IS NULL OR h.source_id = $1";
        let mut reading = self.reading().await?;
        let connection = &mut reading.connection();
        let rows: Vec<LineRow> = on_database!(connection, executor => {
            sqlx::query_as(ROWS)
                .bind(import)
                .bind(i64::from(size))
                .bind(i64::from(page) * i64::from(size))
                .fetch_all(executor)
                .await
        })?;
        let total: i64 = on_database!(connection, executor => {
            sqlx::query_scalar(COUNT).bind(import).fetch_one(executor).await
        })?;
        let line = |row: LineRow| {
            Some(HistoryLine {
                unit_key: row.unit_key,
                unit_name: row.unit_name,
                changed: row.changed.into_changed()?,
            })
        };
        Ok(HistoryPage {
            lines: rows.into_iter().filter_map(line).collect(),
            total: u32::try_from(total).unwrap_or(u32::MAX),
        })
    }
}
