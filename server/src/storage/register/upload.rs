use std::time::Duration;

use uuid::Uuid;

use crate::storage::database::{Connection, Database, on_database};
use crate::storage::time::Timestamp;

/// A file that waits for its preview to be accepted.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Upload {
    pub id: Uuid,
    /// Who sent it; headings are remembered per sender.
    pub sender: String,
    pub file_name: String,
    pub content: Vec<u8>,
    pub uploaded_at: Timestamp,
    pub uploaded_by: String,
}

/// A waiting file, without its content.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WaitingUpload {
    pub id: Uuid,
    pub sender: String,
    pub file_name: String,
    pub uploaded_at: Timestamp,
    pub uploaded_by: String,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload")
            .field("id", &self.id)
            .field("file_name", &self.file_name)
            .field("bytes", &self.content.len())
            .finish_non_exhaustive()
    }
}

/// A file holds personal data: it goes when nobody took it up within this.
const PATIENCE: Duration = Duration::from_hours(24);

impl Database {
    /// Lets a file wait, and removes those that have waited for more than a day.
    pub async fn keep_upload(&self, upload: &Upload) -> Result<(), sqlx::Error> {
        const SQL: &str = "\
            INSERT INTO register_upload (id, sender, file_name, content, uploaded_at, uploaded_by) \
            VALUES ($1, $2, $3, $4, $5, $6)";
        let mut transaction = self.writing().await?;
        let connection = &mut transaction.connection();
        sweep(connection, upload.uploaded_at).await?;
        on_database!(connection, executor => {
            sqlx::query(SQL)
                .bind(upload.id)
                .bind(&upload.sender)
                .bind(&upload.file_name)
                .bind(&upload.content)
                .bind(upload.uploaded_at)
                .bind(&upload.uploaded_by)
                .execute(executor)
                .await
                .map(drop)
        })?;
        transaction.commit().await
    }

    /// A waiting file, unless it has waited for more than a day.
    pub async fn upload(&self, id: Uuid, now: Timestamp) -> Result<Option<Upload>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, sender, file_name, content, uploaded_at, uploaded_by \
            FROM register_upload WHERE id = $1 AND uploaded_at > $2";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL)
                .bind(id)
                .bind(now.before(PATIENCE))
                .fetch_optional(executor)
                .await
        })
    }

    /// The files that wait, the latest first.
    pub async fn waiting_uploads(&self, now: Timestamp) -> Result<Vec<WaitingUpload>, sqlx::Error> {
        const SQL: &str = "\
            SELECT id, sender, file_name, uploaded_at, uploaded_by \
            FROM register_upload WHERE uploaded_at > $1 ORDER BY uploaded_at DESC, id DESC";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(now.before(PATIENCE)).fetch_all(executor).await
        })
    }

    /// Removes a waiting file. One that is gone already is no fault.
    pub async fn discard_upload(&self, id: Uuid) -> Result<(), sqlx::Error> {
        let mut transaction = self.writing().await?;
        take(&mut transaction.connection(), id).await?;
        transaction.commit().await
    }
}

async fn sweep(connection: &mut Connection<'_>, now: Timestamp) -> Result<(), sqlx::Error> {
    const SQL: &str = "DELETE FROM register_upload WHERE uploaded_at <= $1";
    on_database!(connection, executor => {
        sqlx::query(SQL).bind(now.before(PATIENCE)).execute(executor).await.map(drop)
    })
}

/// Removes a waiting file; whether it was there.
pub(super) async fn take(connection: &mut Connection<'_>, id: Uuid) -> Result<bool, sqlx::Error> {
    const SQL: &str = "DELETE FROM register_upload WHERE id = $1 RETURNING id";
    let taken: Option<Uuid> = on_database!(connection, executor => {
        sqlx::query_scalar(SQL).bind(id).fetch_optional(executor).await
    })?;
    Ok(taken.is_some())
}
