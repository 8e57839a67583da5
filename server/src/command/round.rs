//! `vardenkat round create`, `open`, `close` and `list`.

use std::path::Path;

use app::Translations;
use clap::{Args, Subcommand};

use super::{CommandError, location::Where};
use crate::{
    clock::{Chance, Clock},
    instruments,
    rounds::{self, Proposal, dates},
    storage::{Actor, Database, Round, Timestamp},
};

#[derive(Debug, Subcommand)]
pub(super) enum RoundCommand {
    /// Make a round: a case and a link for each unit, and five mailings.
    Create(CreateCommand),
    /// Open a round now, that was to open later.
    Open(KeyCommand),
    /// Close a round now: no answers are taken any more, and no letter goes out.
    Close(KeyCommand),
    /// Tell which rounds there are.
    List {
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Args)]
pub(super) struct CreateCommand {
    #[command(flatten)]
    place: Where,
    /// A questionnaire's file, or the key of one that the program carries.
    #[arg(long, value_name = "FILE|KEY")]
    instrument: String,
    /// What the round is called in addresses and commands: small letters, digits and hyphens.
    #[arg(long)]
    key: String,
    /// First day, like 2022-03-01; with a time: 2022-03-01T08:00. Swedish time.
    #[arg(long, value_name = "DATE", value_parser = dates::from)]
    opens: Timestamp,
    /// Last day, or the time at which it closes.
    #[arg(long, value_name = "DATE", value_parser = dates::until)]
    closes: Timestamp,
    /// A rehearsal, whose answers are no part of the results.
    #[arg(long)]
    pilot: bool,
    /// Which units: a condition over the register, like `register.area_type in [1, 2]`; every unit, where none.
    #[arg(long, value_name = "CONDITION", default_value = "")]
    select: String,
    /// Who letters are from; as the questionnaire has it, where none.
    #[arg(long, value_name = "NAME", default_value = "")]
    sender_name: String,
    /// Where letters are from, and answers to them go.
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    sender_address: String,
    /// When the invitation and up to four reminders go out, with commas between; else two weeks apart from the first day, at 8.
    #[arg(long, value_name = "DATES")]
    mailings: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct KeyCommand {
    #[command(flatten)]
    place: Where,
    /// The round's key.
    key: String,
}

#[derive(Debug, thiserror::Error)]
pub(in crate::command) enum RoundError {
    #[error("{0} is no file, and the program carries no questionnaire of that key; it has {1}")]
    NoInstrument(String, String),
    #[error(transparent)]
    Dates(#[from] dates::DateError),
    #[error(transparent)]
    Proposal(#[from] rounds::ProposalError),
    #[error(transparent)]
    Turn(#[from] crate::storage::TurnRoundError),
}

impl RoundCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Create(command) => create(command).await,
            Self::Open(command) => turn(command, true).await,
            Self::Close(command) => turn(command, false).await,
            Self::List { place } => list(&place).await,
        }
    }
}

async fn create(command: CreateCommand) -> Result<(), CommandError> {
    let instrument = instrument(&command.instrument)?;
    let mailings = match &command.mailings {
        Some(told) => dates::mornings(told).map_err(RoundError::from)?,
        None => dates::usual(command.opens),
    };
    let proposal = Proposal {
        key: command.key,
        instrument,
        opens_at: command.opens,
        closes_at: command.closes,
        pilot: command.pilot,
        selection: command.select,
        sender_name: command.sender_name,
        sender_address: command.sender_address,
        mailings,
    };
    let (database, _) = command.place.open().await?;
    let (translations, now) = (Translations::load()?, Clock::of_machine().now());
    let actor = Actor::CommandLine;
    let created = rounds::create(&database, translations, &proposal, &actor, now, Chance)
        .await
        .map_err(RoundError::from)?;
    database.close().await;
    let kind = if proposal.pilot { "Pilot" } else { "Round" };
    println!("{kind} {}: {} units.", created.round.key, created.cases);
    for (number, moment) in proposal.mailings.iter().enumerate() {
        println!("  {}  {}", letter(number), dates::minute(*moment));
    }
    Ok(())
}

fn letter(number: usize) -> String {
    match number {
        0 => "invitation".to_owned(),
        number => format!("reminder {number}"),
    }
}

/// A file's text, or that of a questionnaire that the program carries.
fn instrument(named: &str) -> Result<String, CommandError> {
    if let Some(carried) = instruments::source(named) {
        return Ok(carried);
    }
    if !Path::new(named).exists() {
        let known = instruments::keys().join(", ");
        return Err(RoundError::NoInstrument(named.to_owned(), known).into());
    }
    std::fs::read_to_string(named).map_err(|source| CommandError::File {
        file: named.to_owned(),
        source,
    })
}

async fn turn(command: KeyCommand, open: bool) -> Result<(), CommandError> {
    let (database, _) = command.place.open().await?;
    let round = named(&database, &command.key).await?;
    let now = Clock::of_machine().now();
    let (actor, line) = (Actor::CommandLine, Chance.id(now)?);
    let done = if open {
        database.open_round(round.id, &actor, now, line).await
    } else {
        database.close_round(round.id, &actor, now, line).await
    };
    done.map_err(RoundError::from)?;
    database.close().await;
    let what = if open { "Opened" } else { "Closed" };
    println!("{what} {}.", round.key);
    Ok(())
}

pub(super) async fn named(database: &Database, key: &str) -> Result<Round, CommandError> {
    let round = database.round(key).await?;
    round.ok_or_else(|| CommandError::NoRound(key.to_owned()))
}

async fn list(place: &Where) -> Result<(), CommandError> {
    let (database, _) = place.open().await?;
    let now = Clock::of_machine().now();
    for round in database.rounds().await? {
        let cases = database.cases_in_round(round.id).await?;
        let state = if now < round.opens_at {
            "not open"
        } else if now < round.closes_at {
            "open"
        } else {
            "closed"
        };
        let pilot = if round.pilot { ", pilot" } else { "" };
        println!(
            "{}  {} – {}  {state}{pilot}, {cases} units  ({} {})",
            round.key,
            dates::minute(round.opens_at),
            dates::minute(round.closes_at),
            round.instrument_key,
            round.instrument_version
        );
    }
    database.close().await;
    Ok(())
}
