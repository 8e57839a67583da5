//! What became of messages is written down together: while one commit is on its way to the disk, the next gathers.

use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use crate::clock::{Chance, Ids, NoChance};
use crate::storage::{Database, Settlement};

/// So many share a commit at most.
const BATCH: usize = 128;

/// A letter that was sent and not written down is sent again, so a database that is briefly away is waited for.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
    Duration::from_secs(8),
];

#[derive(Clone)]
pub(super) struct Settler(mpsc::Sender<Request>);

struct Request {
    settlement: Settlement,
    reply: oneshot::Sender<bool>,
}

impl Settler {
    /// Starts the task that writes. It ends when every [`Settler`] is gone.
    pub(super) fn start(database: Database, chance: Chance) -> Self {
        let (sender, mut requests) = mpsc::channel(BATCH);
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            while requests.recv_many(&mut batch, BATCH).await > 0 {
                write(&database, chance, &mut batch).await;
            }
        });
        Self(sender)
    }

    /// Waits until it is on the disk. False where it could not be written, or somebody else has the message now.
    pub(super) async fn settle(&self, settlement: Settlement) -> bool {
        let (reply, written) = oneshot::channel();
        let request = Request { settlement, reply };
        if self.0.send(request).await.is_err() {
            return false;
        }
        written.await.unwrap_or(false)
    }
}

async fn write(database: &Database, chance: Chance, batch: &mut Vec<Request>) {
    let (settlements, replies): (Vec<_>, Vec<_>) = batch
        .drain(..)
        .map(|request| (request.settlement, request.reply))
        .unzip();
    for pause in PAUSES {
        match attempt(database, chance, &settlements).await {
            Ok(written) => {
                for (reply, written) in replies.into_iter().zip(written) {
                    // Whoever waited may have gone; it is written all the same.
                    let _ = reply.send(written);
                }
                return;
            }
            Err(error) => {
                tracing::error!(%error, "what became of messages cannot be written down yet");
                tokio::time::sleep(pause).await;
            }
        }
    }
    // The leases run out, and the messages are tried again with the same Message-ID.
    tracing::error!("what became of messages was not written down");
}

async fn attempt(
    database: &Database,
    chance: Chance,
    settlements: &[Settlement],
) -> Result<Vec<bool>, WriteError> {
    let Some(first) = settlements.first() else {
        return Ok(Vec::new());
    };
    let mut ids = Ids::new(chance, first.at)?;
    let new_id = &mut || ids.next_id();
    Ok(database.settle_messages(settlements, new_id).await?)
}

#[derive(Debug, thiserror::Error)]
enum WriteError {
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
