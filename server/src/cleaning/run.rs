use std::{sync::Arc, time::Duration};

use uuid::Uuid;

use super::{Ready, RuleBook, RulesError, edition, raw::known};
use crate::{
    clock::{Chance, Clock, NoChance},
    storage::{Actor, CaseToClean, Database, Edition, EditionError, NewEdition, Round, Timestamp},
};

/// How often it is looked for new answers.
const PERIOD: Duration = Duration::from_secs(30);
/// In a rehearsal nobody waits that long.
const REHEARSED: Duration = Duration::from_secs(1);
/// Cases in one transaction: others who write do not wait long.
const AT_ONCE: usize = 50;
/// A case that keeps changing is left for the next time.
const TRIES: usize = 3;

#[derive(Debug, thiserror::Error)]
pub enum CleanError {
    #[error(transparent)]
    Rules(#[from] RulesError),
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
        match clean_round(database, book, &round, &Actor::Server, clock, chance).await {
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
    clock: &Clock,
    chance: Chance,
) -> Result<u32, CleanError> {
    let Some(ready) = book.of_round(database, round.id).await? else {
        return Ok(0);
    };
    let rules = database.rule_set_id(&ready.source).await?;
    let waiting = database
        .cases_to_clean(round.id, rules, &ready.register_fields())
        .await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let rule_set = ready.kept(database, chance, actor, clock.now()).await?;
    let mut cleaned = 0;
    for chunk in waiting.chunks(AT_ONCE) {
        // A data cut is a moment: what is kept while the cleaning goes on must not be older than a cut made meanwhile.
        let now = clock.now();
        let mut editions = Vec::with_capacity(chunk.len());
        for case in chunk {
            let input = database.case_to_clean(*case).await?;
            editions.extend(edition_of(&ready, rule_set, input, chance.id(now)?));
        }
        cleaned += database.keep_editions(&editions, actor, now).await?;
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
    for _ in 0..TRIES {
        let input = database.case_to_clean(case).await?;
        let Some(next) = edition_of(ready, rule_set, input, chance.id(now)?) else {
            break;
        };
        match database.keep_edition(&next, actor, now).await {
            Ok(()) => break,
            Err(EditionError::Overtaken) => {}
            Err(EditionError::Database(error)) => return Err(error.into()),
        }
    }
    Ok(database.last_edition(case).await?)
}

/// The edition that a case needs. None where the last one is of what was handed in last and of what the register says, by
/// these very rules.
fn edition_of(
    ready: &Ready,
    rule_set: Uuid,
    input: Option<CaseToClean>,
    id: Uuid,
) -> Option<NewEdition> {
    let input = input?;
    let register = known(&ready.instrument, &input).register;
    let is_current = input.edition.as_ref().is_some_and(|last| {
        last.submission_id == input.submission_id
            && last.rule_set_id == rule_set
            && last.known.register == register
    });
    if is_current {
        return None;
    }
    // What cannot be read today cannot be read tomorrow: the others do not wait for it.
    edition::as_decided(ready, rule_set, &input, id)
        .inspect_err(|error| {
            tracing::error!(%error, unit = input.unit_key, "an answer could not be cleaned");
        })
        .ok()
}
