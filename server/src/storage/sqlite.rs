use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Sqlite, Transaction};

use super::database::ConnectError;
use super::group_commit::{self, Appends};

const FILE: &str = "vardenkat.db";
const LOCK: &str = "vardenkat.lock";
const READERS: u32 = 4;
/// Another process, such as the command line, may be writing.
const PATIENCE: Duration = Duration::from_secs(10);

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/sqlite");

/// SQLite lets one write at a time, so there is one connection that writes and several that read.
#[derive(Clone, Debug)]
pub struct SqlitePools {
    writer: SqlitePool,
    readers: SqlitePool,
    appends: Appends,
}

impl SqlitePools {
    pub(super) async fn open(directory: PathBuf) -> Result<Self, ConnectError> {
        let file = directory.join(FILE);
        let lock = lock(directory).await?;
        let writer = migrated_writer(&file).await;
        // Held until here: changing to the write-ahead log and migrating do not wait for each other by themselves.
        drop(lock);
        let writer = writer?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options(&file).read_only(true))
            .await
            .map_err(ConnectError::Open)?;
        let appends = group_commit::start(writer.clone());
        Ok(Self {
            writer,
            readers,
            appends,
        })
    }

    pub(super) async fn reader(&self) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
        self.readers.acquire().await
    }

    pub(super) async fn write(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        begin(&self.writer).await
    }

    pub(super) fn appends(&self) -> &Appends {
        &self.appends
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        // Last, so that closing it folds the write-ahead log into the file.
        self.writer.close().await;
    }
}

/// Takes the write lock at once: a transaction that reads first and writes later could find the database changed between.
pub(super) async fn begin(
    writer: &SqlitePool,
) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
    writer.begin_with("BEGIN IMMEDIATE").await
}

async fn migrated_writer(file: &Path) -> Result<SqlitePool, ConnectError> {
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(
            options(file)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal),
        )
        .await
        .map_err(ConnectError::Open)?;
    MIGRATIONS.run(&writer).await?;
    Ok(writer)
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("recursive_triggers", "ON")
}

async fn lock(directory: PathBuf) -> Result<File, ConnectError> {
    let path = directory.join(LOCK);
    let made = directory.clone();
    let locked = tokio::task::spawn_blocking(move || {
        fs::create_dir_all(&made)?;
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .open(path)?;
        file.lock()?;
        Ok(file)
    })
    .await;
    match locked {
        Ok(Ok(file)) => Ok(file),
        Ok(Err(source)) => Err(ConnectError::Directory { directory, source }),
        Err(source) => Err(ConnectError::Directory {
            directory,
            source: source.into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_program_cannot_write_a_line_over_another() {
        const WRITE: &str = "INTO audit (id, at, actor, action, subject, detail) \
            VALUES (zeroblob(16), 0, 'ada', 'a.b', '', '{}')";
        let directory = tempfile::tempdir().unwrap();
        let pools = SqlitePools::open(directory.path().to_owned())
            .await
            .unwrap();
        let mut transaction = pools.write().await.unwrap();
        let insert = sqlx::AssertSqlSafe(format!("INSERT {WRITE}"));
        sqlx::query(insert)
            .execute(&mut *transaction)
            .await
            .unwrap();

        // SQLite deletes what it replaces without a word, but for triggers that are told to run then too.
        for verb in ["REPLACE", "INSERT OR REPLACE"] {
            let over = sqlx::AssertSqlSafe(format!("{verb} {WRITE}"));
            let refused = sqlx::query(over).execute(&mut *transaction).await;
            let told = refused.unwrap_err().to_string();
            assert!(told.contains("audit is append-only"), "{verb}: {told}");
        }
    }
}
