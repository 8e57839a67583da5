//! Fills a database with the made-up register and a round of the 2022 questionnaire that is open now.

use std::time::Duration;

use survey::instrument;

use super::register::{self, DemoUnit, Ownership};
use crate::{
    clock::{Chance, NoChance, in_sweden},
    instruments,
    links::{Secret, Token},
    storage::{
        CreateRoundError, Database, NewContact, NewRound, NewUnit, OpenCasesError, RegisterError,
        Round, Timestamp, Unit,
    },
    web::{Shown, ShownKind},
};

const INSTRUMENT: &str = "vardcentralschefer-2022";
const DAY: Duration = Duration::from_hours(24);
/// The round opened the day before it is made, and stays open long enough to try everything.
pub const OPEN_DAYS: u32 = 71;

#[derive(Debug, thiserror::Error)]
pub enum FillError {
    #[error("the program does not carry the questionnaire {INSTRUMENT}")]
    NoInstrument,
    #[error("the demo's instrument has {0} faults")]
    Instrument(usize),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Round(#[from] CreateRoundError),
    #[error(transparent)]
    Cases(#[from] OpenCasesError),
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
    now: Timestamp,
) -> Result<Vec<Shown>, FillError> {
    let source = instruments::source(INSTRUMENT).ok_or(FillError::NoInstrument)?;
    let loaded = instrument::load(&source).map_err(|faults| FillError::Instrument(faults.len()))?;
    let units = register::register();
    let round = if let Some(round) = database.round(&loaded.key).await? {
        round
    } else {
        let (key, version) = (loaded.key, loaded.version);
        open_round(database, &units, (key, version, source), chance, now).await?
    };
    let links = database.links_of_round(round.id).await?;
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
    (key, version, source): (String, String, String),
    chance: Chance,
    now: Timestamp,
) -> Result<Round, FillError> {
    let new = units
        .iter()
        .map(|unit| new_unit(unit, chance, now))
        .collect::<Result<Vec<_>, _>>()?;
    database.insert_register(&new).await?;
    let day = i64::try_from(DAY.as_millis()).unwrap_or(i64::MAX);
    let round = Round {
        id: chance.id(now)?,
        key: key.clone(),
        instrument_key: key,
        instrument_version: version,
        opens_at: Timestamp::from_millis(now.millis() - day),
        closes_at: midnight_before(now.after(DAY * OPEN_DAYS)),
        pilot: false,
    };
    database
        .create_round(&NewRound {
            round: round.clone(),
            instrument_source: source,
        })
        .await?;
    // A case and a link for each unit.
    let mut ids = (0..units.len() * 2)
        .map(|_| chance.id(now))
        .collect::<Result<Vec<_>, _>>()?;
    database
        .open_cases(round.id, now, &mut || ids.pop().unwrap_or_default())
        .await?;
    Ok(round)
}

/// The start of that day in Sweden, so that the last day to answer is a whole one.
fn midnight_before(moment: Timestamp) -> Timestamp {
    in_sweden(moment).start_of_day().map_or(moment, |start| {
        Timestamp::from_millis(start.timestamp().as_millisecond())
    })
}

fn new_unit(unit: &DemoUnit, chance: Chance, now: Timestamp) -> Result<NewUnit, NoChance> {
    let ownership = match unit.ownership {
        Ownership::Public => "public",
        Ownership::Private => "private",
    };
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
            ownership: Some(ownership.to_owned()),
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
