//! SQLite waits for the disk once per transaction, so answers that arrive together are committed together:
//! while one batch is on its way to the disk, the next gathers.

use std::sync::Arc;

use sqlx::sqlite::SqlitePool;
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::append::{AppendError, Appended, append};
use super::database::Connection;
use super::progress::Written;
use super::revision::NewRevision;
use super::sqlite::begin;
use super::time::Timestamp;

/// So many requests wait in line before those who send them have to.
const QUEUE: usize = 4096;
/// So many requests share one commit at most.
const BATCH: usize = 256;

type Answer = Result<Vec<Appended>, AppendError>;

#[derive(Debug)]
struct Request {
    link: Uuid,
    revisions: Vec<NewRevision>,
    written: Option<Written>,
    now: Timestamp,
    reply: oneshot::Sender<Answer>,
}

#[derive(Clone, Debug)]
pub(super) struct Appends(mpsc::Sender<Request>);

impl Appends {
    /// Answers once the revisions are on the disk.
    pub(super) async fn send(
        &self,
        link: Uuid,
        revisions: Vec<NewRevision>,
        written: Option<Written>,
        now: Timestamp,
    ) -> Answer {
        let (reply, answer) = oneshot::channel();
        let request = Request {
            link,
            revisions,
            written,
            now,
            reply,
        };
        self.0
            .send(request)
            .await
            .map_err(|_| AppendError::Stopped)?;
        answer.await.map_err(|_| AppendError::Stopped)?
    }
}

/// Starts the task that commits. It ends when every [`Appends`] is gone.
pub(super) fn start(writer: SqlitePool) -> Appends {
    let (sender, mut requests) = mpsc::channel(QUEUE);
    tokio::spawn(async move {
        let mut batch = Vec::with_capacity(BATCH);
        while requests.recv_many(&mut batch, BATCH).await > 0 {
            commit_together(&writer, batch.drain(..)).await;
        }
    });
    Appends(sender)
}

async fn commit_together(writer: &SqlitePool, batch: impl Iterator<Item = Request>) {
    let mut transaction = match begin(writer).await {
        Ok(transaction) => transaction,
        Err(error) => {
            let error = Arc::new(error);
            for request in batch {
                answer(request.reply, Err(AppendError::NotCommitted(error.clone())));
            }
            return;
        }
    };
    let mut answers = Vec::with_capacity(BATCH);
    for request in batch {
        let Request {
            link,
            revisions,
            written,
            now,
            reply,
        } = request;
        let appended = alone(&mut transaction, link, revisions, written, now).await;
        answers.push((reply, appended));
    }
    match transaction.commit().await {
        Ok(()) => {
            for (reply, appended) in answers {
                answer(reply, appended);
            }
        }
        Err(error) => {
            let error = Arc::new(error);
            for (reply, appended) in answers {
                answer(
                    reply,
                    appended.and(Err(AppendError::NotCommitted(error.clone()))),
                );
            }
        }
    }
}

/// One request within the shared transaction; where it fails, it takes only itself with it.
async fn alone(
    connection: &mut SqliteConnection,
    link: Uuid,
    revisions: Vec<NewRevision>,
    written: Option<Written>,
    now: Timestamp,
) -> Answer {
    let mut savepoint = connection.begin().await?;
    let appended = append(
        &mut Connection::Sqlite(&mut savepoint),
        link,
        revisions,
        written,
        now,
    )
    .await;
    if appended.is_ok() {
        savepoint.commit().await?;
    } else {
        savepoint.rollback().await?;
    }
    appended
}

/// Whoever asked may have hung up; what was typed is kept all the same.
fn answer(reply: oneshot::Sender<Answer>, answer: Answer) {
    drop(reply.send(answer));
}
