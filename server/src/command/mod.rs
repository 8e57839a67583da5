//! The command line.

mod clean;
mod cleaning;
mod data;
mod demo;
mod instrument;
mod link;
mod location;
mod mail;
mod provider;
mod register;
mod round;
mod serve;
mod tables;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Runs a total survey of organisations, from register to research file.
#[derive(Debug, Parser)]
#[command(name = "vardenkat", version)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Write answers and codebook as files.
    #[command(subcommand)]
    Data(data::DataCommand),
    /// Clean a table of answers that was collected elsewhere.
    Clean(clean::CleanCommand),
    /// Clean what was handed in, and tell how far that has come.
    #[command(subcommand)]
    Cleaning(cleaning::CleaningCommand),
    /// Fill a fresh directory with a made-up register and serve it.
    Demo(demo::DemoCommand),
    /// Serve the survey.
    Serve(serve::ServeCommand),
    /// Check a questionnaire, or show whom it asks what.
    #[command(subcommand)]
    Instrument(instrument::InstrumentCommand),
    /// The personal links of a round.
    #[command(subcommand)]
    Link(link::LinkCommand),
    /// What is sent, and what comes back.
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// Files of units and classes, and what became of a unit.
    #[command(subcommand)]
    Register(register::RegisterCommand),
    /// The times that a survey is run.
    #[command(subcommand)]
    Round(round::RoundCommand),
    /// Write the response rates by group as files.
    Tables(tables::TablesCommand),
    /// Who may sign in to the staff's pages.
    #[command(subcommand)]
    User(user::UserCommand),
}

/// Something went wrong in a way that is told to whoever typed the command.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("{file}: {source}")]
    File {
        file: String,
        source: std::io::Error,
    },
    #[error("cannot listen on {address}: {source}")]
    Listen {
        address: std::net::SocketAddr,
        source: std::io::Error,
    },
    #[error("the server stopped: {0}")]
    Serve(std::io::Error),
    #[error(transparent)]
    Export(#[from] data::ExportError),
    #[error(transparent)]
    Tables(#[from] tables::TablesError),
    #[error(transparent)]
    Location(#[from] location::LocationError),
    #[error(transparent)]
    Connect(#[from] crate::storage::ConnectError),
    #[error(transparent)]
    Secret(#[from] crate::links::SecretError),
    #[error(transparent)]
    Chance(#[from] crate::clock::NoChance),
    #[error(transparent)]
    Policy(#[from] crate::assets::PolicyError),
    #[error(transparent)]
    Translation(#[from] app::TranslationError),
    #[error(transparent)]
    Fill(#[from] crate::demo::FillError),
    #[error(transparent)]
    DemoAccounts(#[from] crate::demo::DemoAccountsError),
    #[error(transparent)]
    User(#[from] user::UserError),
    #[error(transparent)]
    Round(#[from] round::RoundError),
    #[error("the round has no link that works for a unit {0}")]
    NoUnit(String),
    #[error(transparent)]
    Table(#[from] clean::CleanCommandError),
    #[error(transparent)]
    Clean(#[from] crate::cleaning::CleanError),
    #[error(transparent)]
    Rules(#[from] crate::cleaning::RulesError),
    #[error(transparent)]
    Link(#[from] crate::storage::LinkError),
    #[error(transparent)]
    Mail(#[from] mail::MailError),
    #[error(transparent)]
    Provider(#[from] provider::ProviderSetupError),
    #[error("there is no round {0}")]
    NoRound(String),
    #[error("name one round with --round; there are {0}")]
    WhichRound(usize),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Register(#[from] register::RegisterCommandError),
    #[error("cannot start the runtime: {0}")]
    Runtime(std::io::Error),
    /// Already told on standard error.
    #[error("")]
    Told,
}

impl Command {
    pub fn run(self) -> ExitCode {
        let done = match self.verb {
            Verb::Data(command) => running(command.run()),
            Verb::Clean(command) => command.run().map_err(CommandError::from),
            Verb::Cleaning(command) => running(command.run()),
            Verb::Demo(command) => running(command.run()),
            Verb::Serve(command) => running(command.run()),
            Verb::Instrument(command) => command.run(),
            Verb::Link(command) => running(command.run()),
            Verb::Register(command) => running(command.run()),
            Verb::Round(command) => running(command.run()),
            Verb::Mail(command) => running(command.run()),
            Verb::Tables(command) => running(command.run()),
            Verb::User(command) => running(command.run()),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(CommandError::Told) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("vardenkat: {error}");
                ExitCode::FAILURE
            }
        }
    }
}

fn running(work: impl Future<Output = Result<(), CommandError>>) -> Result<(), CommandError> {
    let filter = tracing_subscriber::EnvFilter::try_from_env("VARDENKAT_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CommandError::Runtime)?
        .block_on(work)
}
