//! Delivery reports, from wherever they come.

use mail::report::{self, ReportError};
use sha2::{Digest, Sha256};

use crate::clock::{Chance, Clock, Ids, NoChance};
use crate::storage::{Database, DeliveryOutcome, NewDeliveryReport};

/// Why a mail was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum ReadReport {
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Reads a mail that came back and writes down what it tells; the same mail counts once.
pub async fn record(
    database: &Database,
    content: &[u8],
    clock: &Clock,
    chance: Chance,
) -> Result<Vec<DeliveryOutcome>, ReadReport> {
    let report = report::read(content)?;
    let now = clock.now();
    let mut ids = Ids::new(chance, now)?;
    let mut outcomes = Vec::with_capacity(report.recipients.len());
    for (place, of_recipient) in report.recipients.into_iter().enumerate() {
        let hash = Sha256::new()
            .chain_update(content)
            .chain_update(place.to_be_bytes())
            .finalize();
        let new = NewDeliveryReport {
            hash: hash.into(),
            message: report.message,
            report: of_recipient,
        };
        let outcome = database
            .record_delivery_report(&new, now, &mut || ids.next_id())
            .await?;
        outcomes.push(outcome);
    }
    Ok(outcomes)
}
