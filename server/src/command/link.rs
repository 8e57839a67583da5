//! `vardenkat link list`.

use std::io::Write;

use clap::{Args, Subcommand};

use super::{CommandError, location::Where};
use crate::{
    links::Token,
    storage::{Database, Round},
};

#[derive(Debug, Subcommand)]
pub(super) enum LinkCommand {
    /// Write each unit's link as CSV. Whoever reads it can answer for them: keep it safe.
    List(ListCommand),
}

#[derive(Debug, Args)]
pub(super) struct ListCommand {
    #[command(flatten)]
    place: Where,
    /// The round's key; may be left out where there is only one.
    #[arg(long)]
    round: Option<String>,
    /// What stands before the path: the survey's public address.
    #[arg(long, default_value = "http://127.0.0.1:3000")]
    origin: String,
}

impl LinkCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let Self::List(command) = self;
        let (database, secret) = command.place.open().await?;
        let round = which(&database, command.round).await?;
        let links = database.links_of_round(round.id).await?;
        let mut out = std::io::stdout().lock();
        let told = (|| {
            writeln!(out, "unit,name,region,municipality_type,area_type,link")?;
            for link in &links {
                let class = |field: &str| link.classes.get(field).map_or("", String::as_str);
                let token = Token::issue(&secret, link.link_id);
                let fields =
                    [&link.unit_key, &link.unit_name, &link.region].map(|text| quoted(text));
                writeln!(
                    out,
                    "{},{},{},{}/svara/{}",
                    fields.join(","),
                    class("municipality_type"),
                    class("area_type"),
                    command.origin,
                    token.as_str()
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
