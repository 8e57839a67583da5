//! The whole database as text, so that "nothing changed" can be said of all of it.

use std::collections::BTreeMap;

use server::storage::Location;
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::site::Site;

/// Every row of every table.
pub type Picture = BTreeMap<String, Vec<String>>;

impl Site {
    pub async fn picture(&self) -> Picture {
        let mut picture = match &self.location {
            Location::Directory(directory) => {
                let url = format!("sqlite://{}/vardenkat.db", directory.display());
                of_sqlite(SqliteConnection::connect(&url).await.unwrap()).await
            }
            Location::Postgres(url) => of_postgres(PgConnection::connect(url).await.unwrap()).await,
        };
        picture.retain(|table, _| !table.starts_with("_sqlx"));
        assert!(!picture["link"].is_empty(), "the picture shows nothing");
        picture
    }

    /// The rows of one table.
    pub async fn rows(&self, table: &str) -> Vec<String> {
        self.picture().await.remove(table).unwrap()
    }
}

async fn of_sqlite(mut connection: SqliteConnection) -> Picture {
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table'";
    let tables: Vec<String> = sqlx::query_scalar(tables)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    let mut picture = Picture::new();
    for table in tables {
        let columns = "SELECT group_concat('quote(\"' || name || '\")', ' || '' '' || ') FROM pragma_table_info($1)";
        let columns: String = sqlx::query_scalar(columns)
            .bind(&table)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        let rows = format!("SELECT {columns} AS line FROM \"{table}\" ORDER BY line");
        let rows = sqlx::query_scalar(AssertSqlSafe(rows))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        picture.insert(table, rows);
    }
    picture
}

async fn of_postgres(mut connection: PgConnection) -> Picture {
    let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
    let tables: Vec<String> = sqlx::query_scalar(tables)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    let mut picture = Picture::new();
    for table in tables {
        let rows = format!("SELECT t::text AS line FROM \"{table}\" t ORDER BY line");
        let rows = sqlx::query_scalar(AssertSqlSafe(rows))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        picture.insert(table, rows);
    }
    picture
}
