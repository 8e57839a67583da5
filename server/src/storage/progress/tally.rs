//! Counts by group, changed in the transaction that changes what is counted.

use std::collections::BTreeMap;

use sqlx::QueryBuilder;
use survey::statistics::{Dimension, Measure};
use uuid::Uuid;

use super::facts::Facts;
use crate::storage::database::{Connection, on_database};
use crate::storage::unit::ROWS;

/// The groups of one case.
pub(super) type Groups = BTreeMap<String, String>;

/// How much each count grows or shrinks. Sorted, so that transactions that change the same counts take hold of them in the
/// same order and never wait for each other in a circle.
#[derive(Default)]
pub(super) struct Deltas(BTreeMap<Key, i64>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    round: Uuid,
    dimension: String,
    category: String,
    measure: &'static str,
    value: String,
}

impl Deltas {
    /// Counts a case in (1) or out (-1).
    pub fn count(&mut self, round: Uuid, groups: &Groups, facts: &Facts, n: i64) {
        let everywhere = (Dimension::ALL.to_owned(), String::new());
        let groups = groups.iter().chain([(&everywhere.0, &everywhere.1)]);
        let measures = facts.measures();
        for (dimension, category) in groups {
            for (measure, value) in &measures {
                if is_kept(dimension, *measure) {
                    let key = Key {
                        round,
                        dimension: dimension.clone(),
                        category: category.clone(),
                        measure: measure.as_str(),
                        value: value.clone(),
                    };
                    *self.0.entry(key).or_default() += n;
                }
            }
        }
    }

    pub async fn write(self, connection: &mut Connection<'_>) -> Result<(), sqlx::Error> {
        const SQL: &str = "INSERT INTO tally (round_id, dimension, category, measure, value, n) ";
        const ADD: &str = " ON CONFLICT (round_id, dimension, category, measure, value) \
            DO UPDATE SET n = tally.n + excluded.n";
        let rows: Vec<_> = self.0.into_iter().filter(|(_, n)| *n != 0).collect();
        for chunk in rows.chunks(ROWS) {
            on_database!(connection, executor => {
                QueryBuilder::new(SQL)
                    .push_values(chunk, |mut row, (key, n)| {
                        row.push_bind(key.round)
                            .push_bind(&key.dimension)
                            .push_bind(&key.category)
                            .push_bind(key.measure)
                            .push_bind(&key.value)
                            .push_bind(*n);
                    })
                    .push(ADD)
                    .build()
                    .persistent(false)
                    .execute(executor)
                    .await
                    .map(drop)
            })?;
        }
        Ok(())
    }
}

/// Crossed dimensions have many categories and are asked for their rates only.
fn is_kept(dimension: &str, measure: Measure) -> bool {
    dimension != Dimension::REGION_AND_OWNERSHIP || measure == Measure::Status
}
