use std::{sync::Arc, time::Duration};

use uuid::Uuid;

use super::{RawError, Ready, RuleBook, RulesError, edition};
use crate::{
    clock::{Chance, Clock, NoChance},
    storage::{Actor, Database, Edition, EditionError, Round, Timestamp},
};

/// How often it is looked for new answers.
const PERIOD: Duration = Duration::from_secs(30);
/// In a rehearsal nobody waits that long.
const REHEARSED: Duration = Duration::from_secs(1);
/// A case that keeps changing is left for the next time.
const TRIES: usize = 3;

#[derive(Debug, thiserror::Error)]
pub enum CleanError {
    #[error(transparent)]
    Rules(#[from] RulesError),
    #[error(transparent)]
    Raw(#[from] RawError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Cleans what is handed in, beside serving, until it is dropped.
pub async fn run(database: Database, book: RuleBook, clock: Clock, chance: Chance) {
    let period = match clock {
        Clock::System => PERIOD,
        Clock::Told(_) | Clock::Set(_) => REHEARSED,
    };
    loop {
        if let Err(error) = every_round(&database, &book, &clock, chance).await {
            tracing::error!(%error, "new answers could not be cleaned");
        }
        tokio::time::sleep(period).await;
    }
}

async fn every_round(
    database: &Database,
    book: &RuleBook,
    clock: &Clock,
    chance: Chance,
) -> Result<(), CleanError> {
    for round in database.rounds().await? {
        match clean_round(database, book, &round, &Actor::Server, clock.now(), chance).await {
            // Another round's answers do not wait for somebody to mend this one's rules.
            Err(CleanError::Rules(error @ (RulesError::Rules(_) | RulesError::Instrument(_)))) => {
                tracing::warn!(round = round.key, %error, "a round is not cleaned");
            }
            cleaned => drop(cleaned?),
        }
    }
    Ok(())
}

/// Gives every case of a round that needs one its next edition. Tells how many got one; where nothing has changed since
/// the last time nothing is written.
pub async fn clean_round(
    database: &Database,
    book: &RuleBook,
    round: &Round,
    actor: &Actor,
    now: Timestamp,
    chance: Chance,
) -> Result<u32, CleanError> {
    let Some(ready) = book.of_round(database, round.id).await? else {
        return Ok(0);
    };
    let known = database.rule_set_id(&ready.source).await?;
    let waiting = database.cases_to_clean(round.id, known).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let rule_set = ready.kept(database, chance, actor, now).await?;
    let mut cleaned = 0;
    for case in waiting {
        cleaned += u32::from(
            clean_one(database, &ready, rule_set, case, actor, now, chance)
                .await?
                .is_some(),
        );
    }
    Ok(cleaned)
}

/// The last edition of a case, made now where it has none of what was handed in last. Nothing where nothing was.
pub async fn clean_case(
    database: &Database,
    ready: &Arc<Ready>,
    case: Uuid,
    actor: &Actor,
    now: Timestamp,
    chance: Chance,
) -> Result<Option<Edition>, CleanError> {
    let rule_set = ready.kept(database, chance, actor, now).await?;
    clean_one(database, ready, rule_set, case, actor, now, chance).await?;
    Ok(database.last_edition(case).await?)
}

/// Whether an edition was made.
async fn clean_one(
    database: &Database,
    ready: &Ready,
    rule_set: Uuid,
    case: Uuid,
    actor: &Actor,
    now: Timestamp,
    chance: Chance,
) -> Result<Option<()>, CleanError> {
    for _ in 0..TRIES {
        let Some(input) = database.case_to_clean(case).await? else {
            return Ok(None);
        };
        let is_current = input.edition.as_ref().is_some_and(|last| {
            last.submission_id == input.submission_id && last.rule_set_id == rule_set
        });
        if is_current {
            return Ok(None);
        }
        let next = match edition::as_decided(ready, rule_set, &input, chance.id(now)?) {
            Ok(next) => next,
            // What cannot be read today cannot be read tomorrow: the others do not wait for it.
            Err(error) => {
                tracing::error!(%error, unit = input.unit_key, "an answer could not be cleaned");
                return Ok(None);
            }
        };
        match database.keep_edition(&next, actor, now).await {
            Ok(()) => return Ok(Some(())),
            Err(EditionError::Overtaken) => {}
            Err(EditionError::Database(error)) => return Err(error.into()),
        }
    }
    Ok(None)
}
