//! `vardenkat tables`.

use std::path::PathBuf;

use app::Translations;
use clap::{Args, ValueEnum};
use survey::{instrument, text::Language};

use super::{CommandError, location::Where};
use crate::{
    clock::{Chance, Clock, NoChance},
    storage::{Actor, Database, Round, Timestamp},
    tables::{TableFile, Tables, WORKBOOK, WriteError, XlsxError, workbook, write_all},
};

/// Write the response rates by group as files.
#[derive(Debug, Args)]
pub(super) struct TablesCommand {
    #[command(flatten)]
    place: Where,
    /// The round's key.
    #[arg(long)]
    round: String,
    /// Directory for the files; made where missing. Files of the same names are replaced.
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One file for each table.
    #[default]
    Csv,
    /// One workbook with every table.
    Xlsx,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum TablesError {
    #[error("the round's questionnaire has {0} faults in this version of the program")]
    Instrument(usize),
    #[error("the round has no questionnaire")]
    NoInstrument,
    #[error(transparent)]
    Workbook(#[from] XlsxError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Chance(#[from] NoChance),
}

impl TablesCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        let (database, _) = self.place.open().await?;
        let round = database
            .round(&self.round)
            .await?
            .ok_or_else(|| CommandError::NoRound(self.round.clone()))?;
        let key = round.key.clone();
        let now = Clock::of_machine().now();
        let files = files(&database, round, self.format, now).await?;
        write_all(&self.output, &files).map_err(TablesError::Write)?;
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let detail = serde_json::json!({ "file": names });
        let entry = Chance.id(now).map_err(TablesError::Chance)?;
        database
            .note(
                &Actor::CommandLine,
                "tables.downloaded",
                &key,
                &detail,
                now,
                entry,
            )
            .await?;
        database.close().await;
        for file in files {
            println!("{}", self.output.join(file.name).display());
        }
        Ok(())
    }
}

async fn files(
    database: &Database,
    round: Round,
    format: Format,
    now: Timestamp,
) -> Result<Vec<TableFile>, CommandError> {
    let source = database
        .instrument_source(round.id)
        .await?
        .ok_or(TablesError::NoInstrument)?;
    let instrument =
        instrument::load(&source).map_err(|faults| TablesError::Instrument(faults.len()))?;
    let translations = Translations::load()?;
    let names = app::staff::rates::group_names(translations);
    let tables = Tables::of(database, round, &instrument, &names, now).await?;
    let words = &translations.staff(Language::Swedish).rates;
    Ok(match format {
        Format::Csv => tables.csv_files(words),
        Format::Xlsx => vec![TableFile {
            name: WORKBOOK.to_owned(),
            content: workbook(&tables, words, Language::Swedish).map_err(TablesError::Workbook)?,
        }],
    })
}
