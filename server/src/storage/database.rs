use std::io;
use std::path::PathBuf;

use sqlx::migrate::MigrateError;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::SqliteConnection;
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, Transaction};

use super::sqlite::SqlitePools;

/// Where everything is kept. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub enum Database {
    Sqlite(SqlitePools),
    Postgres(PgPool),
}

/// How a database is named on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A directory that holds an SQLite file; both are made where missing.
    Directory(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("cannot make or lock the data directory {directory}: {source}")]
    Directory {
        directory: PathBuf,
        source: io::Error,
    },
    /// The address itself is left out: it may hold a password.
    #[error("the database address cannot be read; it looks like postgres://user@host/name")]
    Address(#[source] sqlx::Error),
    #[error("cannot open the database: {0}")]
    Open(#[source] sqlx::Error),
    #[error("cannot bring the database to this version's shape: {0}")]
    Migrate(#[from] MigrateError),
    #[error("cannot count where the cases stand: {0}")]
    Recount(#[source] sqlx::Error),
}

const POSTGRES_CONNECTIONS: u32 = 16;

static POSTGRES_MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/postgres");

impl Database {
    /// Opens the database and brings it to the present shape. Many servers may do so at once.
    /// Must be called within the runtime that the database is used in.
    pub async fn connect(location: &Location) -> Result<Self, ConnectError> {
        let database = Self::open(location).await?;
        database
            .recount_what_was_never_counted()
            .await
            .map_err(ConnectError::Recount)?;
        Ok(database)
    }

    async fn open(location: &Location) -> Result<Self, ConnectError> {
        match location {
            Location::Directory(directory) => {
                Ok(Self::Sqlite(SqlitePools::open(directory.clone()).await?))
            }
            Location::Postgres(url) => {
                let options: PgConnectOptions = url.parse().map_err(ConnectError::Address)?;
                let pool = PgPoolOptions::new()
                    .max_connections(POSTGRES_CONNECTIONS)
                    .connect_with(options)
                    .await
                    .map_err(ConnectError::Open)?;
                POSTGRES_MIGRATIONS.run(&pool).await?;
                Ok(Self::Postgres(pool))
            }
        }
    }

    /// Finishes what is under way and closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pools) => pools.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }

    pub(super) async fn reading(&self) -> Result<Reading, sqlx::Error> {
        match self {
            Self::Sqlite(pools) => Ok(Reading::Sqlite(pools.reader().await?)),
            Self::Postgres(pool) => Ok(Reading::Postgres(pool.acquire().await?)),
        }
    }

    pub(super) async fn writing(&self) -> Result<Writing, sqlx::Error> {
        match self {
            Self::Sqlite(pools) => Ok(Writing::Sqlite(pools.write().await?)),
            Self::Postgres(pool) => Ok(Writing::Postgres(pool.begin().await?)),
        }
    }
}

/// A connection that looks things up.
pub(super) enum Reading {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Reading {
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(connection) => Connection::Sqlite(connection),
            Self::Postgres(connection) => Connection::Postgres(connection),
        }
    }
}

/// A transaction; dropped without a commit it leaves nothing behind.
pub(super) enum Writing {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Writing {
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(transaction) => Connection::Sqlite(transaction),
            Self::Postgres(transaction) => Connection::Postgres(transaction),
        }
    }

    pub(super) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await,
            Self::Postgres(transaction) => transaction.commit().await,
        }
    }
}

/// What a query runs on, whichever the database.
pub(super) enum Connection<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// Runs one query on whichever database `$connection` is. The text of the query is the same for both;
/// only the types that sqlx gives it differ.
macro_rules! on_database {
    ($connection:expr, $executor:ident => $query:expr) => {
        match $connection {
            $crate::storage::database::Connection::Sqlite(connection) => {
                let $executor = &mut **connection;
                $query
            }
            $crate::storage::database::Connection::Postgres(connection) => {
                let $executor = &mut **connection;
                $query
            }
        }
    };
}
pub(super) use on_database;

/// Whether the database refused a row because another has the same key.
pub(super) fn is_duplicate(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
