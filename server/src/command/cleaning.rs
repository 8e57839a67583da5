//! `vardenkat cleaning run` and `status`.

use clap::{Args, Subcommand};

use super::{CommandError, location::Where};
use crate::{
    cleaning::{RuleBook, clean_round},
    clock::{Chance, Clock},
    storage::{Actor, Database, Round},
};

#[derive(Debug, Subcommand)]
pub(super) enum CleaningCommand {
    /// Clean what was handed in since the last time, and all of it again where the rules are new. A server does it by itself.
    Run(RoundArgs),
    /// Tell how far cleaning has come.
    Status(RoundArgs),
}

#[derive(Debug, Args)]
pub(super) struct RoundArgs {
    #[command(flatten)]
    place: Where,
    /// The round's key.
    #[arg(long)]
    round: String,
}

impl CleaningCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (Self::Run(args) | Self::Status(args)) = &self;
        let (database, _) = args.place.open().await?;
        let round = database
            .round(&args.round)
            .await?
            .ok_or_else(|| CommandError::NoRound(args.round.clone()))?;
        let told = match self {
            Self::Run(_) => clean(&database, &round).await,
            Self::Status(_) => status(&database, &round).await,
        };
        database.close().await;
        told
    }
}

async fn clean(database: &Database, round: &Round) -> Result<(), CommandError> {
    let book = RuleBook::default();
    if book.of_round(database, round.id).await?.is_none() {
        println!("{}: the questionnaire has no cleaning rules.", round.key);
        return Ok(());
    }
    let (clock, actor) = (Clock::of_machine(), Actor::CommandLine);
    let cleaned = clean_round(database, &book, round, &actor, &clock, Chance).await?;
    if cleaned > 0 {
        let detail = serde_json::json!({ "round": round.key, "cases": cleaned });
        let now = clock.now();
        let line = Chance.id(now)?;
        database
            .note(&actor, "cleaning.run", &round.key, &detail, now, line)
            .await?;
    }
    println!("{}: {cleaned} answers cleaned.", round.key);
    status(database, round).await
}

async fn status(database: &Database, round: &Round) -> Result<(), CommandError> {
    let count = database.cleaning_count(round.id).await?;
    println!(
        "{}: {} of {} submitted answers cleaned; {} questions open in {} of them; {} decisions.",
        round.key, count.cleaned, count.submitted, count.open, count.cases_open, count.decisions
    );
    Ok(())
}
