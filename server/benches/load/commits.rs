//! What the machine can do at best: one row, one commit, on the disk, again and again.

use std::time::{Duration, Instant};

use server::storage::Location;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, PgConnection};

use crate::figures::Timings;

const MAKE: &str = "CREATE TABLE bare (number BIGINT PRIMARY KEY, raw TEXT NOT NULL)";
const ADD: &str =
    "INSERT INTO bare (number, raw) VALUES ($1, 'some forty bytes, as much as an answer is')";

/// Commits single rows for so long, in the database itself and as durably as the server does.
pub async fn bare(location: &Location, lasting: Duration) -> Timings {
    match location {
        Location::Directory(directory) => {
            let mut connection = SqliteConnectOptions::new()
                .filename(directory.join("bare.db"))
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .connect()
                .await
                .unwrap();
            sqlx::query(MAKE).execute(&mut connection).await.unwrap();
            let mut timings = Timings::new(1);
            let started = Instant::now();
            while started.elapsed() < lasting {
                let number = i64::try_from(timings.took.len()).unwrap();
                let commit = Instant::now();
                let added = sqlx::query(ADD).bind(number).execute(&mut connection);
                added.await.unwrap();
                timings.took.push(commit.elapsed());
            }
            timings.lasted = started.elapsed();
            timings
        }
        Location::Postgres(url) => {
            let mut connection = PgConnection::connect(url).await.unwrap();
            sqlx::query(MAKE).execute(&mut connection).await.unwrap();
            let mut timings = Timings::new(1);
            let started = Instant::now();
            while started.elapsed() < lasting {
                let number = i64::try_from(timings.took.len()).unwrap();
                let commit = Instant::now();
                let added = sqlx::query(ADD).bind(number).execute(&mut connection);
                added.await.unwrap();
                timings.took.push(commit.elapsed());
            }
            timings.lasted = started.elapsed();
            timings
        }
    }
}
