//! What cleaning made of what was handed in, and what editors decided. Only added to.

mod case;
mod cut;
mod decision;
mod edition;
mod insert;
mod ledger;
mod letter;
mod review;
mod round;
mod rule_set;
mod waiting;

pub use case::CaseToClean;
pub use cut::{CutCase, CutCleaned, CutRow, DataCut};
pub use decision::{DecideError, DecisionBody, Earlier, NewDecision};
pub use edition::{Edition, EditionError, Known, NewEdition};
pub use ledger::Step;
pub use letter::{Correspondence, LetterToChief};
pub use review::EditionToReview;
pub use round::{CleaningCount, EditionOfUnit};
pub use rule_set::{NewRuleSet, StoredRuleSet};

use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::database::Connection;

/// JSON that this program wrote and cannot read is a broken database.
fn parse<T: DeserializeOwned>(json: &str) -> Result<T, sqlx::Error> {
    serde_json::from_str(json).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

fn json<T: Serialize>(value: &T) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(Box::new(error)))
}

/// Until the transaction ends, nobody else cleans or decides the case. SQLite's writer is alone already; PostgreSQL waits
/// in a statement of its own, so that the next one sees what was committed while it waited.
async fn lock(connection: &mut Connection<'_>, case: Uuid) -> Result<(), sqlx::Error> {
    const SQL: &str = "SELECT 1 FROM respondent_case WHERE id = $1 FOR NO KEY UPDATE";
    match connection {
        Connection::Sqlite(_) => Ok(()),
        Connection::Postgres(connection) => sqlx::query(SQL)
            .bind(case)
            .execute(&mut **connection)
            .await
            .map(drop),
    }
}
