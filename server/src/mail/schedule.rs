//! Queues what is due, by the clock.

use std::time::Duration;

use uuid::Uuid;

use super::{Wake, plan};
use crate::{
    clock::{Chance, Clock, NoChance},
    storage::{Actor, Database, Mailing, Round, StartMailingError, Started, Timestamp},
};

/// How often the clock is looked at.
const PERIOD: Duration = Duration::from_secs(20);
/// In a rehearsal nobody waits that long.
const REHEARSED: Duration = Duration::from_millis(500);
/// Chiefs whose language nobody has told get the survey's own.
const LANGUAGE: &str = "sv";

#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    #[error(transparent)]
    Start(#[from] StartMailingError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Queues what is due from now on, until it is dropped.
pub async fn run(database: Database, clock: Clock, chance: Chance, wake: Wake) {
    let period = match clock {
        Clock::System => PERIOD,
        Clock::Told(_) | Clock::Set(_) => REHEARSED,
    };
    loop {
        match queue_due(&database, clock.now(), chance).await {
            Ok(0) => {}
            Ok(_) => wake.wake(),
            Err(error) => tracing::error!(%error, "mailings that are due could not be queued"),
        }
        tokio::time::sleep(period).await;
    }
}

/// Queues the messages of every mailing that is due in a round that is open. Tells how many.
pub async fn queue_due(
    database: &Database,
    now: Timestamp,
    chance: Chance,
) -> Result<u64, QueueError> {
    let mut queued = 0;
    for round in database.rounds().await? {
        if now < round.opens_at || now >= round.closes_at {
            continue;
        }
        let mailings = database.mailings(round.id).await?;
        let due = plan::due(&mailings, now);
        for passed in &due.passed_over {
            let line = chance.id(now)?;
            database
                .pass_over_mailing(passed, &Actor::Server, now, line)
                .await?;
        }
        for mailing in due.invitation.into_iter().chain(due.reminder) {
            // Most of the time there is nobody new: whoever only looks keeps no writer waiting.
            if mailing.started_at.is_some() {
                let candidates = database.candidates(mailing, now).await?;
                let lines = plan::plan(mailing, &round, &candidates, now);
                if !lines.iter().any(plan::Line::gets) {
                    continue;
                }
            }
            let line = chance.id(now)?;
            queued += start(database, &round, mailing, &Actor::Server, now, line)
                .await?
                .queued;
        }
    }
    Ok(queued)
}

/// Queues one mailing, whether it is due or not.
pub async fn start(
    database: &Database,
    round: &Round,
    mailing: &Mailing,
    actor: &Actor,
    now: Timestamp,
    audit_id: Uuid,
) -> Result<Started, StartMailingError> {
    let choose = |candidates: &[_]| {
        let lines = plan::plan(mailing, round, candidates, now);
        plan::messages(mailing, &lines, LANGUAGE, now)
    };
    database
        .start_mailing(mailing, choose, actor, now, audit_id)
        .await
}
