//! The imports that were accepted.

use uuid::Uuid;

use super::plan::Summary;
use crate::storage::database::{Connection, Database, on_database};
use crate::storage::time::Timestamp;

/// An accepted import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub id: Uuid,
    pub sender: String,
    pub file_name: String,
    pub summary: Summary,
    pub accepted_at: Timestamp,
    pub accepted_by: String,
    /// When and by whom it was taken back.
    pub undone: Option<(Timestamp, String)>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    sender: String,
    file_name: String,
    summary: String,
    accepted_at: Timestamp,
    accepted_by: String,
    undone_at: Option<Timestamp>,
    undone_by: Option<String>,
}

impl Row {
    fn into_import(self) -> Import {
        Import {
            id: self.id,
            sender: self.sender,
            file_name: self.file_name,
            summary: serde_json::from_str(&self.summary).unwrap_or_default(),
            accepted_at: self.accepted_at,
            accepted_by: self.accepted_by,
            undone: self.undone_at.zip(self.undone_by),
        }
    }
}

impl Database {
    /// The latest first.
    pub async fn imports(&self) -> Result<Vec<Import>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, sender, file_name, summary, accepted_at, accepted_by, undone_at, undone_by \
            FROM register_import ORDER BY accepted_at DESC, id DESC";
        let mut reading = self.reading().await?;
        let rows: Vec<Row> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).fetch_all(executor).await
        })?;
        Ok(rows.into_iter().map(Row::into_import).collect())
    }

    pub async fn import(&self, id: Uuid) -> Result<Option<Import>, sqlx::Error> {
        let mut reading = self.reading().await?;
        find(&mut reading.connection(), id).await
    }
}

pub(super) async fn find(
    connection: &mut Connection<'_>,
    id: Uuid,
) -> Result<Option<Import>, sqlx::Error> {
    const SQL: &str = "\
        SELECT id, sender, file_name, summary, accepted_at, accepted_by, undone_at, undone_by \
        FROM register_import WHERE id = $1";
    let row: Option<Row> = on_database!(connection, executor => {
        sqlx::query_as(SQL).bind(id).fetch_optional(executor).await
    })?;
    Ok(row.map(Row::into_import))
}

pub(super) async fn insert(
    connection: &mut Connection<'_>,
    import: &Import,
    file_hash: &[u8; 32],
) -> Result<(), sqlx::Error> {
    const SQL: &str = "\
        INSERT INTO register_import (id, sender, file_name, file_hash, summary, accepted_at, accepted_by) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let summary = serde_json::to_string(&import.summary).unwrap_or_default();
    on_database!(connection, executor => {
        sqlx::query(SQL)
            .bind(import.id)
            .bind(&import.sender)
            .bind(&import.file_name)
            .bind(&file_hash[..])
            .bind(summary)
            .bind(import.accepted_at)
            .bind(&import.accepted_by)
            .execute(executor)
            .await
            .map(drop)
    })
}

pub(super) async fn mark_undone(
    connection: &mut Connection<'_>,
    id: Uuid,
    now: Timestamp,
    actor: &str,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "UPDATE register_import SET undone_at = $2, undone_by = $3 WHERE id = $1";
    on_database!(connection, executor => {
        sqlx::query(SQL).bind(id).bind(now).bind(actor).execute(executor).await.map(drop)
    })
}
