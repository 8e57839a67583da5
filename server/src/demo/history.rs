//! What has happened in the demo's round before it is shown: chiefs who have answered, and some who have begun.

use std::{sync::Arc, time::Duration};

use jiff::civil::Weekday;
use survey::{
    answers::Answers,
    checks::{Finding, examine},
    instrument::Instrument,
    register::Register,
    route::route,
    statistics::{AT_LEAST_HALF, share_answered},
    submission::snapshot,
};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::{
    answers::{Centre, Typed, answers, reason},
    register::{DemoUnit, Ownership, random::Random},
};
use crate::{
    clock::{Chance, NoChance, in_sweden},
    storage::{
        AppendError, ConfirmError, Database, NewConfirmation, NewRevision, NewSubmission, Receipt,
        RevisionNumber, StoredText, StoredTextError, SubmitError, Timestamp, Written,
    },
};

/// Days from the opening to each mailing: the invitation and four reminders, as many as in the real survey.
pub(super) const MAILING_DAYS: [u32; 5] = [0, 14, 28, 42, 56];
const DAY: Duration = Duration::from_hours(24);
/// So many chiefs answer at the same time.
const AT_ONCE: usize = 64;
/// Of the soft checks that a chief leaves open, one in so many is answered "Stämmer".
const CONFIRMED: u32 = 4;
/// Of those private centres that have not answered, one in so many has begun.
const BEGUN: usize = 3;

#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Confirm(#[from] ConfirmError),
    #[error(transparent)]
    Submit(#[from] SubmitError),
    #[error(transparent)]
    Text(#[from] StoredTextError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Snapshot(#[from] serde_json::Error),
    #[error("a chief of the demo stopped: {0}")]
    Stopped(#[from] tokio::task::JoinError),
}

/// Whose answers, and when.
struct Chief {
    link: Uuid,
    known: Register,
    typed: Vec<Typed>,
    /// What the chief says "Stämmer" to, each with a reason or none.
    confirmed: Vec<(Finding, String)>,
    /// When the first field was filled in.
    from: Timestamp,
    submits: bool,
}

/// Lets the chiefs who answered do so, from `opens_at` until `now`. `link_of` tells a unit's link by its key.
pub(super) async fn replay(
    database: &Database,
    instrument: &Arc<Instrument>,
    units: &[DemoUnit],
    link_of: impl Fn(&str) -> Option<Uuid>,
    (opens_at, now): (Timestamp, Timestamp),
    chance: Chance,
) -> Result<(), HistoryError> {
    let mut running: JoinSet<Result<(), HistoryError>> = JoinSet::new();
    let mut waiting = 0_usize;
    for (seed, unit) in (0_u64..).zip(units) {
        let begins = !unit.answered && unit.ownership == Ownership::Private && {
            waiting += 1;
            waiting.is_multiple_of(BEGUN)
        };
        if !unit.answered && !begins {
            continue;
        }
        let Some(link) = link_of(&unit.key) else {
            continue;
        };
        let mut random = Random::new(seed);
        let Some(from) = moment((opens_at, now), &mut random) else {
            continue;
        };
        if running.len() >= AT_ONCE
            && let Some(done) = running.join_next().await
        {
            done??;
        }
        let chief = chief(unit, link, instrument, from, seed, &mut random);
        let (database, instrument) = (database.clone(), Arc::clone(instrument));
        running.spawn(async move { fill_in(&database, &instrument, chief, chance).await });
    }
    while let Some(done) = running.join_next().await {
        done??;
    }
    Ok(())
}

fn chief(
    unit: &DemoUnit,
    link: Uuid,
    instrument: &Instrument,
    from: Timestamp,
    seed: u64,
    random: &mut Random,
) -> Chief {
    let known = Register::read(
        instrument,
        [
            ("municipality_type", unit.municipality_type.key()),
            ("area_type", unit.area_type.key()),
            ("listed", unit.listed.to_string().as_str()),
        ],
    );
    let centre = Centre {
        listed: unit.listed,
        ownership: unit.ownership.key(),
    };
    let mut typed = answers(instrument, &known, centre, seed);
    if !unit.answered {
        let keep = 1 + random.index(typed.len());
        typed.truncate(keep);
    }
    let confirmed = if unit.answered {
        confirmed(instrument, &known, &typed, random)
    } else {
        Vec::new()
    };
    Chief {
        link,
        known,
        typed,
        confirmed,
        from,
        submits: unit.answered,
    }
}

/// What was asked about on the way and left as it was, now and then with "Stämmer".
fn confirmed(
    instrument: &Instrument,
    known: &Register,
    typed: &[Typed],
    random: &mut Random,
) -> Vec<(Finding, String)> {
    let answers: Answers = typed
        .iter()
        .map(|typed| (typed.variable.as_str(), typed.raw.as_str()))
        .collect();
    let way = route(instrument, known, &answers);
    way.questions()
        .flat_map(|question| examine(question, known, &answers))
        .filter(|finding| !finding.is_hard())
        .filter_map(|finding| (random.below(CONFIRMED) == 0).then(|| (finding, reason(random))))
        .collect()
}

/// Some working day's hour after one of the mailings, most of them soon after; nothing where the round has just opened.
fn moment((opens_at, now): (Timestamp, Timestamp), random: &mut Random) -> Option<Timestamp> {
    const HOUR: Duration = Duration::from_hours(1);
    let sent: Vec<Timestamp> = MAILING_DAYS
        .iter()
        .map(|day| opens_at.after(DAY * *day))
        .filter(|sent| sent.after(DAY) < now)
        .collect();
    let mailing = random.index(sent.len()).min(random.index(sent.len()));
    let sent = *sent.get(mailing)?;
    let days = random.below(12).min(random.below(12)).min(random.below(12));
    let moment = sent
        .after(DAY * days)
        .after(HOUR * (1 + random.below(8)))
        .after(Duration::from_secs(random.below(3_600).into()));
    let weekend = matches!(
        in_sweden(moment).weekday(),
        Weekday::Saturday | Weekday::Sunday
    );
    let moment = if weekend {
        moment.after(DAY * 2)
    } else {
        moment
    };
    Some(moment.min(now.before(HOUR)))
}

async fn fill_in(
    database: &Database,
    instrument: &Instrument,
    chief: Chief,
    chance: Chance,
) -> Result<(), HistoryError> {
    let mut at = chief.from;
    let mut latest = RevisionNumber::BLANK;
    let mut answers = Answers::default();
    for section in chief.typed.chunk_by(|a, b| a.section == b.section) {
        let page = chance.id(at)?;
        let mut revisions = Vec::with_capacity(section.len());
        for typed in section {
            answers.set(&typed.variable, &typed.raw);
            at = at.after(Duration::from_secs(9));
            revisions.push(NewRevision {
                variable: typed.variable.clone(),
                raw: StoredText::new(typed.raw.clone())?,
                typed_at: at,
                page,
                change: chance.id(at)?,
                base: latest,
                personal: false,
            });
        }
        let written = section
            .first()
            .and_then(|typed| instrument.sections.get(typed.section))
            .map(|section| Written {
                section: section.key.clone(),
                enough: AT_LEAST_HALF.is_met(share_answered(
                    instrument,
                    &route(instrument, &chief.known, &answers),
                    &answers,
                )),
            });
        let appended = database
            .append_written(chief.link, revisions, written, at)
            .await?;
        for appended in appended {
            if let crate::storage::Outcome::Stored(revision) = appended.outcome {
                latest = latest.max(revision.number);
            }
        }
    }
    if !chief.submits {
        return Ok(());
    }
    for (finding, reason) in chief.confirmed {
        at = at.after(Duration::from_secs(20));
        let new = NewConfirmation {
            id: chance.id(at)?,
            rule: finding.matter.rule().to_owned(),
            scope: finding.anchor().to_owned(),
            about: StoredText::new(finding.about(&answers))?,
            reason: StoredText::new(reason)?,
        };
        database.confirm(chief.link, new, at).await?;
    }
    let picture = snapshot(
        instrument,
        &route(instrument, &chief.known, &answers),
        &answers,
    );
    let at = at.after(Duration::from_mins(1));
    database
        .submit(
            chief.link,
            NewSubmission {
                id: chance.id(at)?,
                receipt: Receipt::from_random(chance.bytes()?),
                as_of: latest,
                snapshot: serde_json::to_string(&picture.answers)?,
                personal: serde_json::to_string(&picture.personal)?,
            },
            at,
        )
        .await?;
    Ok(())
}
