//! `vardenkat mail …`, and how mail is sent.

mod args;
mod reports;

use clap::Subcommand;

use super::CommandError;
pub(super) use args::{MailArgs, MailError};

#[derive(Debug, Subcommand)]
pub(super) enum MailCommand {
    /// Read delivery reports from a directory: a maildir, or files of one mail each.
    Reports(reports::ReportsCommand),
}

impl MailCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Reports(command) => command.run().await,
        }
    }
}
