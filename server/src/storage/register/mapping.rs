use std::collections::BTreeMap;

use sqlx::QueryBuilder;

use crate::storage::database::{Connection, Database, on_database};
use crate::storage::unit::ROWS;

/// What a sender's headings mean: heading → field, an empty field for a column that is left out.
pub type HeadingMapping = BTreeMap<String, String>;

impl Database {
    /// What a sender's headings meant last time.
    pub async fn remembered_mapping(&self, sender: &str) -> Result<HeadingMapping, sqlx::Error> {
        const SQL: &str = "SELECT heading, field FROM heading_mapping WHERE sender = $1";
        let mut reading = self.reading().await?;
        let rows: Vec<(String, String)> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(sender).fetch_all(executor).await
        })?;
        Ok(rows.into_iter().collect())
    }

    /// Remembers what a sender's headings mean. Headings that are not among them keep their meaning.
    pub async fn remember_mapping(
        &self,
        sender: &str,
        mapping: &HeadingMapping,
    ) -> Result<(), sqlx::Error> {
        let mut transaction = self.writing().await?;
        remember(&mut transaction.connection(), sender, mapping).await?;
        transaction.commit().await
    }

    /// Everyone who has sent a file, in alphabetical order.
    pub async fn register_senders(&self) -> Result<Vec<String>, sqlx::Error> {
        const SQL: &str = "SELECT DISTINCT sender FROM heading_mapping ORDER BY sender";
        let mut reading = self.reading().await?;
        on_database!(&mut reading.connection(), executor => {
            sqlx::query_scalar(SQL).fetch_all(executor).await
        })
    }
}

async fn remember(
    connection: &mut Connection<'_>,
    sender: &str,
    mapping: &HeadingMapping,
) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO heading_mapping (sender, heading, field) ";
    let pairs: Vec<_> = mapping.iter().collect();
    for chunk in pairs.chunks(ROWS) {
        on_database!(connection, executor => {
            QueryBuilder::new(SQL)
                .push_values(chunk, |mut row, (heading, field)| {
                    row.push_bind(sender).push_bind(*heading).push_bind(*field);
                })
                .push(" ON CONFLICT (sender, heading) DO UPDATE SET field = excluded.field")
                .build()
                .persistent(false)
                .execute(executor)
                .await
                .map(drop)
        })?;
    }
    Ok(())
}
