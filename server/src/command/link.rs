//! `vardenkat link list`, `replace` and `revoke`.

use std::io::Write;

use clap::{Args, Subcommand};
use uuid::Uuid;

use super::{CommandError, location::Where};
use crate::{
    clock::{Chance, Clock},
    links::{Secret, Token},
    storage::{Database, Round, RoundLink},
};

#[derive(Debug, Subcommand)]
pub(super) enum LinkCommand {
    /// Write each unit's link as CSV. Whoever reads it can answer for them: keep it safe.
    List(ListCommand),
    /// Make a unit's link lead nowhere, and write the one that leads there instead.
    Replace {
        #[command(flatten)]
        links: ListCommand,
        /// The unit's key.
        unit: String,
    },
    /// Make a unit's link lead nowhere.
    Revoke {
        #[command(flatten)]
        of: RoundOf,
        /// The unit's key.
        unit: String,
    },
}

/// A round in a database.
#[derive(Debug, Args)]
pub(super) struct RoundOf {
    #[command(flatten)]
    place: Where,
    /// The round's key; may be left out where there is only one.
    #[arg(long)]
    round: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct ListCommand {
    #[command(flatten)]
    of: RoundOf,
    /// What stands before the path: the survey's public address.
    #[arg(long, default_value = "http://127.0.0.1:3000")]
    origin: String,
}

impl LinkCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        match self {
            Self::List(command) => list(command).await,
            Self::Replace { links, unit } => replace(links, &unit).await,
            Self::Revoke { of, unit } => revoke(of, &unit).await,
        }
    }
}

impl RoundOf {
    async fn links(&self) -> Result<(Database, Secret, Vec<RoundLink>), CommandError> {
        let (database, secret) = self.place.open().await?;
        let round = which(&database, self.round.clone()).await?;
        let links = database.links_of_round(round.id).await?;
        Ok((database, secret, links))
    }

    /// The link of one unit. Where it has several, the latest.
    async fn link(&self, unit: &str) -> Result<(Database, Secret, Uuid), CommandError> {
        let (database, secret, links) = self.links().await?;
        let link = links
            .iter()
            .rev()
            .find(|link| link.unit_key == unit)
            .ok_or_else(|| CommandError::NoUnit(unit.to_owned()))?
            .link_id;
        Ok((database, secret, link))
    }
}

fn address(origin: &str, secret: &Secret, link: Uuid) -> String {
    format!("{origin}/svara/{}", Token::issue(secret, link).as_str())
}

async fn revoke(of: RoundOf, unit: &str) -> Result<(), CommandError> {
    let (database, _, link) = of.link(unit).await?;
    database
        .revoke_link(link, Clock::of_machine().now())
        .await?;
    database.close().await;
    println!("Revoked the link of {unit}.");
    Ok(())
}

async fn replace(links: ListCommand, unit: &str) -> Result<(), CommandError> {
    let (database, secret, link) = links.of.link(unit).await?;
    let now = Clock::of_machine().now();
    let new = Chance.id(now)?;
    database.replace_link(link, new, now).await?;
    database.close().await;
    println!("{}", address(&links.origin, &secret, new));
    Ok(())
}

async fn list(command: ListCommand) -> Result<(), CommandError> {
    let (database, secret, links) = command.of.links().await?;
    let mut out = std::io::stdout().lock();
    let told = (|| {
        writeln!(out, "unit,name,region,municipality_type,area_type,link")?;
        for link in &links {
            let class = |field: &str| link.classes.get(field).map_or("", String::as_str);
            let fields = [&link.unit_key, &link.unit_name, &link.region].map(|text| quoted(text));
            writeln!(
                out,
                "{},{},{},{}",
                fields.join(","),
                class("municipality_type"),
                class("area_type"),
                address(&command.origin, &secret, link.link_id)
            )?;
        }
        Ok(())
    })();
    database.close().await;
    told.map_err(|source| CommandError::File {
        file: "standard output".to_owned(),
        source,
    })
}

/// The round of that key, or the only one there is.
async fn which(database: &Database, key: Option<String>) -> Result<Round, CommandError> {
    if let Some(key) = key {
        return database
            .round(&key)
            .await?
            .ok_or(CommandError::NoRound(key));
    }
    let mut rounds = database.rounds().await?;
    match (rounds.pop(), rounds.len()) {
        (Some(only), 0) => Ok(only),
        (None, _) => Err(CommandError::WhichRound(0)),
        (Some(_), others) => Err(CommandError::WhichRound(others + 1)),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
