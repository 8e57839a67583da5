//! Fills a database with the made-up register and a round of the 2022 questionnaire that is open now.

use std::{
    sync::{Arc, atomic::AtomicI64},
    time::Duration,
};

use app::Translations;
use survey::instrument::Instrument;

use super::{
    history::{self, HistoryError},
    letters::{self, LettersError},
    register::{self, DemoUnit},
};
use crate::{
    cleaning::{self, CleanError, RuleBook},
    clock::{Chance, Clock, NoChance, in_sweden},
    instruments,
    links::{Secret, Token},
    rounds::{self, Proposal, ProposalError, dates},
    storage::{Actor, Database, NewContact, NewUnit, RegisterError, Round, Timestamp, Unit},
    web::{Shown, ShownKind},
};

const INSTRUMENT: &str = "vardcentralschefer-2022";
const DAY: Duration = Duration::from_hours(24);
/// As long as the real survey was open.
const OPEN_DAYS: u32 = 71;
/// The register was gathered so long before the round opened.
const REGISTER_DAYS: u32 = 120;

/// What the demo's round is like when it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Opens in a week.
    NotOpen,
    /// Opened yesterday; nobody has answered.
    JustOpened,
    /// Open for seven weeks; as many have answered as in the published survey.
    Open,
    /// Closed some days ago; as many have answered as in the published survey.
    Closed,
}

impl Stage {
    fn opens_at(self, now: Timestamp) -> Timestamp {
        match self {
            Self::NotOpen => now.after(DAY * 7),
            Self::JustOpened => now.before(DAY),
            Self::Open => now.before(DAY * 50),
            Self::Closed => now.before(DAY * (OPEN_DAYS + 3)),
        }
    }

    const fn is_answered(self) -> bool {
        matches!(self, Self::Open | Self::Closed)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum FillError {
    #[error("the program does not carry the questionnaire {INSTRUMENT}")]
    NoInstrument,
    #[error("the demo's instrument has {0} faults")]
    Instrument(usize),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Round(#[from] ProposalError),
    #[error(transparent)]
    Translation(#[from] app::TranslationError),
    #[error(transparent)]
    Letters(#[from] LettersError),
    #[error(transparent)]
    History(#[from] HistoryError),
    #[error(transparent)]
    Clean(#[from] CleanError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Fills an empty database; one that holds the demo already is left as it is. Gives the links to click.
pub async fn fill(
    database: &Database,
    secret: &Secret,
    chance: Chance,
    stage: Stage,
    now: Timestamp,
) -> Result<Vec<Shown>, FillError> {
    let source = instruments::source(INSTRUMENT).ok_or(FillError::NoInstrument)?;
    let loaded =
        instruments::asking(&source).map_err(|faults| FillError::Instrument(faults.len()))?;
    let units = register::register();
    let known = database.round(&loaded.key).await?;
    let is_new = known.is_none();
    let round = if let Some(round) = known {
        round
    } else {
        let opens_at = stage.opens_at(now);
        open_round(database, &units, (&loaded, source), chance, opens_at).await?
    };
    let links = database.links_of_round(round.id).await?;
    if stage.is_answered() {
        let untouched = |key: &str| {
            let link = links.iter().find(|link| link.unit_key == key)?;
            (!link.begun && !link.submitted).then_some(link.link_id)
        };
        let until = now.min(round.closes_at);
        let instrument = Arc::new(loaded);
        let open = (round.opens_at, until);
        history::replay(database, &instrument, &units, untouched, open, chance).await?;
        let (book, actor) = (RuleBook::default(), Actor::Server);
        let clock = Clock::Set(Arc::new(AtomicI64::new(now.millis())));
        cleaning::clean_round(database, &book, &round, &actor, &clock, chance).await?;
    }
    if is_new {
        letters::have_gone_out(database, &round, now, chance).await?;
    }
    let shown = |kind, unit: Option<&DemoUnit>| {
        let unit = unit?;
        let link = links.iter().find(|link| link.unit_key == unit.key)?;
        Some(Shown {
            kind,
            unit: unit.name.clone(),
            path: format!("/svara/{}", Token::issue(secret, link.link_id).as_str()),
        })
    };
    let showcase = [
        shown(ShownKind::Ordinary, register::ordinary(&units)),
        shown(ShownKind::Rural, register::rural(&units)),
        shown(ShownKind::Socioeconomic, register::socioeconomic(&units)),
    ];
    Ok(showcase.into_iter().flatten().collect())
}

async fn open_round(
    database: &Database,
    units: &[DemoUnit],
    (instrument, source): (&Instrument, String),
    chance: Chance,
    opens_at: Timestamp,
) -> Result<Round, FillError> {
    let gathered = opens_at.before(DAY * REGISTER_DAYS);
    let new = units
        .iter()
        .map(|unit| new_unit(unit, chance, gathered))
        .collect::<Result<Vec<_>, _>>()?;
    database.insert_register(&new).await?;
    let proposal = Proposal {
        key: instrument.key.clone(),
        instrument: source,
        opens_at,
        closes_at: midnight_before(opens_at.after(DAY * (OPEN_DAYS + 1))),
        pilot: false,
        selection: String::new(),
        sender_name: String::new(),
        sender_address: String::new(),
        mailings: dates::usual(opens_at),
    };
    let (translations, actor) = (Translations::load()?, Actor::Server);
    let created = rounds::create(database, translations, &proposal, &actor, opens_at, chance);
    Ok(created.await?.round)
}

/// The start of that day in Sweden, so that the last day to answer is a whole one.
fn midnight_before(moment: Timestamp) -> Timestamp {
    in_sweden(moment).start_of_day().map_or(moment, |start| {
        Timestamp::from_millis(start.timestamp().as_millisecond())
    })
}

fn new_unit(unit: &DemoUnit, chance: Chance, now: Timestamp) -> Result<NewUnit, NoChance> {
    let classes = [
        ("municipality_type", unit.municipality_type.key().to_owned()),
        ("area_type", unit.area_type.key().to_owned()),
        ("listed", unit.listed.to_string()),
    ];
    Ok(NewUnit {
        unit: Unit {
            id: chance.id(now)?,
            key: unit.key.clone(),
            name: unit.name.clone(),
            address: unit.street.clone(),
            postal_code: unit.postal_code.clone(),
            city: unit.city.clone(),
            region: unit.region.name.to_owned(),
            ownership: Some(unit.ownership.key().to_owned()),
            classes: classes
                .into_iter()
                .map(|(field, value)| (field.to_owned(), value))
                .collect(),
        },
        contacts: vec![NewContact {
            id: chance.id(now)?,
            name: unit.chief_name.clone(),
            email: unit.chief_email.clone(),
            valid_from: now,
            valid_to: None,
        }],
    })
}
