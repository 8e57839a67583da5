//! `vardenkat mail …`, and how mail is sent.

mod args;
mod mailing;
mod reports;

use clap::Subcommand;

use super::CommandError;
pub(super) use args::{MailArgs, MailError};

#[derive(Debug, Subcommand)]
pub(super) enum MailCommand {
    /// Tell who would get a mailing now, and why the others would not. Nothing is sent.
    Plan(mailing::PlanCommand),
    /// Queue a mailing now. Where these words say how mail is sent, send it too.
    Send(Box<mailing::SendCommand>),
    /// Tell what became of a round's letters.
    Status(mailing::StatusCommand),
    /// Read delivery reports from a directory: a maildir, or files of one mail each.
    Reports(reports::ReportsCommand),
}

impl MailCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Plan(command) => command.run().await,
            Self::Send(command) => command.run().await,
            Self::Status(command) => command.run().await,
            Self::Reports(command) => command.run().await,
        }
    }
}
