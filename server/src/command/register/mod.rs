//! `vardenkat register`: files of units, files of classes, and what became of a unit.

mod classes;
mod history;
mod import;
mod told;

use clap::Subcommand;

use super::CommandError;

#[derive(Debug, Subcommand)]
pub(super) enum RegisterCommand {
    /// Read a region's file of units, tell what it changes, and change it.
    Import(import::ImportCommand),
    /// Load a file that gives each municipality or `RegSO` its class.
    Classes(classes::ClassesCommand),
    /// Tell everything that happened to the register, or to a unit.
    History(history::HistoryCommand),
}

#[derive(Debug, thiserror::Error)]
pub(super) enum RegisterCommandError {
    #[error("{file}: {why}")]
    Unreadable {
        file: String,
        why: register::Unreadable,
    },
    #[error("{file}: no row looks like headings; name one with --heading-row")]
    NoHeadings { file: String },
    #[error("{file}: no heading is {heading:?}; there are: {}", headings.join(" | "))]
    NoSuchHeading {
        file: String,
        heading: String,
        headings: Vec<String>,
    },
    #[error("a mapping is HEADING=FIELD or HEADING= to leave the column out; fields: {0}")]
    Map(String),
    #[error("{file}: {}", why.join("; "))]
    Mapping { file: String, why: Vec<String> },
    #[error("the register has no unit {0}")]
    NoUnit(String),
    #[error("no questionnaire asks for the class {0}")]
    NoClass(&'static str),
    #[error("the register changed while the file was read; run the command again")]
    Stale,
    #[error("the work was stopped")]
    Stopped,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl RegisterCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Import(command) => command.run().await,
            Self::Classes(command) => command.run().await,
            Self::History(command) => command.run().await,
        }
    }
}
