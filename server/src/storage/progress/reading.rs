//! What a follow-up page reads: counts, never cases.

use survey::statistics::{FollowUp, Group, Tally};
use uuid::Uuid;

use crate::storage::database::{Database, on_database};

type Row = (String, String, String, String, i64);

impl Database {
    /// Every group of the round with how its cases stand, and of all cases together everything that is counted. Its cost
    /// follows the number of groups and days, not of cases.
    pub async fn follow_up(&self, round: Uuid) -> Result<FollowUp, sqlx::Error> {
        const SQL: &str = "\
            SELECT dimension, category, measure, value, n FROM tally \
            WHERE round_id = $1 AND n > 0 AND (dimension = '' OR measure IN ('status', 'reached'))";
        let mut reading = self.reading().await?;
        let rows: Vec<Row> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL).bind(round).fetch_all(executor).await
        })?;
        Ok(collect(rows))
    }

    /// One group with everything that is counted of it.
    pub async fn follow_up_group(
        &self,
        round: Uuid,
        dimension: &str,
        category: &str,
    ) -> Result<Group, sqlx::Error> {
        const SQL: &str = "\
            SELECT dimension, category, measure, value, n FROM tally \
            WHERE round_id = $1 AND dimension = $2 AND category = $3 AND n > 0";
        let mut reading = self.reading().await?;
        let rows: Vec<Row> = on_database!(&mut reading.connection(), executor => {
            sqlx::query_as(SQL)
                .bind(round)
                .bind(dimension)
                .bind(category)
                .fetch_all(executor)
                .await
        })?;
        Ok(collect(rows).group(dimension, category).clone())
    }
}

/// What this version does not count is left out.
fn collect(rows: Vec<Row>) -> FollowUp {
    FollowUp::of(
        rows.into_iter()
            .filter_map(|(dimension, category, measure, value, n)| {
                Some(Tally {
                    dimension,
                    category,
                    measure: measure.parse().ok()?,
                    value,
                    n: u64::try_from(n).ok()?,
                })
            }),
    )
}
