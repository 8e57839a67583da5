//! `vardenkat data`.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand, ValueEnum};
use dataset::export::{Dialect, Format, Kind};
use serde_json::json;
use survey::instrument;

use super::{CommandError, location::Where};
use crate::{
    clock::{Chance, Clock},
    data::{DataError, DataFiles, MomentError, moment, now, written},
    storage::{Actor, Database, Round, Timestamp},
};

/// The answers of a round as files to analyse.
#[derive(Debug, Subcommand)]
pub(super) enum DataCommand {
    /// Write the answers at a data cut. The same cut gives the same file, byte for byte.
    Export(ExportCommand),
    /// Write what each column means.
    Codebook(CodebookCommand),
}

#[derive(Debug, Args)]
pub(super) struct ExportCommand {
    #[command(flatten)]
    which: Which,
    /// What to write: as typed, as cleaned, or both beside each other.
    #[arg(long, value_enum)]
    kind: KindName,
    #[arg(long, value_enum, default_value_t)]
    format: FormatName,
    /// The moment whose answers are written, as 2022-06-16T09:00 by the clock in Sweden. Now if left out.
    #[arg(long, value_name = "MOMENT")]
    cut: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct CodebookCommand {
    #[command(flatten)]
    which: Which,
    #[arg(long, value_enum, default_value_t)]
    format: CodebookFormat,
}

#[derive(Debug, Args)]
struct Which {
    #[command(flatten)]
    place: Where,
    /// The round's key.
    #[arg(long)]
    round: String,
    /// Directory for the file; made where missing. A file of the same name is replaced.
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindName {
    Raw,
    Cleaned,
    Both,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FormatName {
    /// UTF-8 with commas and decimal points, for programs.
    #[default]
    Csv,
    /// With semicolons and decimal commas, for Excel in Swedish.
    CsvExcel,
    /// An Excel workbook with a codebook.
    Xlsx,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum CodebookFormat {
    #[default]
    Csv,
    CsvExcel,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum ExportError {
    #[error("the round's questionnaire has {0} faults in this version of the program")]
    Instrument(usize),
    #[error("the round has no questionnaire")]
    NoInstrument,
    #[error(transparent)]
    Cut(#[from] MomentError),
    #[error(transparent)]
    Data(#[from] DataError),
    #[error("cannot write {file}: {source}")]
    Write { file: PathBuf, source: io::Error },
}

impl DataCommand {
    pub async fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Export(command) => command.run().await,
            Self::Codebook(command) => command.run().await,
        }
    }
}

impl ExportCommand {
    async fn run(self) -> Result<(), CommandError> {
        let clock = Clock::of_machine().now();
        let at = match &self.cut {
            Some(text) => moment(text, clock).map_err(ExportError::Cut)?,
            None => now(clock),
        };
        let (database, round) = self.which.open().await?;
        let files = files(&database, &round, at).await?;
        let (kind, format) = (self.kind.into(), self.format.into());
        let name = files.name(kind, format);
        let detail = json!({
            "file": name, "kind": kind.name(), "cut": written(at), "units": files.cases(kind).len(),
        });
        let not_cleaned = files.cut.not_cleaned;
        let path = if let Some(dialect) = Format::dialect(format) {
            let mut part = Part::begin(&self.which.output, &name)?;
            let mut lines = files.lines(kind, dialect);
            while let Some(piece) = lines.next().await.map_err(ExportError::Data)? {
                part.add(&piece)?;
            }
            part.finish()?
        } else {
            let book = files.workbook(kind).await.map_err(ExportError::Data)?;
            whole(&self.which.output, &name, &book)?
        };
        let id = Chance.id(clock)?;
        let key = &round.key;
        database
            .note(
                &Actor::CommandLine,
                "data.downloaded",
                key,
                &detail,
                clock,
                id,
            )
            .await?;
        database.close().await;
        if not_cleaned > 0 && kind != Kind::Raw {
            eprintln!(
                "{not_cleaned} units have handed in what is not cleaned yet and not in the file"
            );
        }
        println!("{}", path.display());
        Ok(())
    }
}

impl CodebookCommand {
    async fn run(self) -> Result<(), CommandError> {
        let (database, round) = self.which.open().await?;
        let files = files(&database, &round, now(Clock::of_machine().now())).await?;
        database.close().await;
        let (format, dialect) = match self.format {
            CodebookFormat::Csv => (Format::Csv, Dialect::Program),
            CodebookFormat::CsvExcel => (Format::CsvExcel, Dialect::SwedishExcel),
        };
        let csv = files.codebook_csv(dialect);
        let path = whole(
            &self.which.output,
            &files.codebook_name(format),
            csv.as_bytes(),
        )?;
        println!("{}", path.display());
        Ok(())
    }
}

impl Which {
    async fn open(&self) -> Result<(Database, Round), CommandError> {
        let (database, _) = self.place.open().await?;
        let round = database
            .round(&self.round)
            .await?
            .ok_or_else(|| CommandError::NoRound(self.round.clone()))?;
        Ok((database, round))
    }
}

async fn files(
    database: &Database,
    round: &Round,
    at: Timestamp,
) -> Result<DataFiles, CommandError> {
    let source = database
        .instrument_source(round.id)
        .await?
        .ok_or(ExportError::NoInstrument)?;
    let instrument =
        instrument::load(&source).map_err(|faults| ExportError::Instrument(faults.len()))?;
    let files = DataFiles::of(database, round, Arc::new(instrument), at).await;
    Ok(files.map_err(ExportError::Data)?)
}

fn whole(directory: &Path, name: &str, content: &[u8]) -> Result<PathBuf, ExportError> {
    let mut part = Part::begin(directory, name)?;
    part.add(content)?;
    part.finish()
}

/// A file that gets its name when it is whole.
struct Part {
    file: File,
    unfinished: PathBuf,
    finished: PathBuf,
}

impl Part {
    fn begin(directory: &Path, name: &str) -> Result<Self, ExportError> {
        let unfinished = directory.join(format!(".{name}.part"));
        let failed = |source| ExportError::Write {
            file: unfinished.clone(),
            source,
        };
        fs::create_dir_all(directory).map_err(failed)?;
        Ok(Self {
            file: File::create(&unfinished).map_err(failed)?,
            finished: directory.join(name),
            unfinished,
        })
    }

    fn add(&mut self, piece: &[u8]) -> Result<(), ExportError> {
        self.file
            .write_all(piece)
            .map_err(|source| ExportError::Write {
                file: self.unfinished.clone(),
                source,
            })
    }

    fn finish(self) -> Result<PathBuf, ExportError> {
        let named = self
            .file
            .sync_all()
            .and_then(|()| fs::rename(&self.unfinished, &self.finished));
        match named {
            Ok(()) => Ok(self.finished.clone()),
            Err(source) => Err(ExportError::Write {
                file: self.finished.clone(),
                source,
            }),
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Most have their name by now.
        drop(fs::remove_file(&self.unfinished));
    }
}

impl From<KindName> for Kind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Raw => Self::Raw,
            KindName::Cleaned => Self::Cleaned,
            KindName::Both => Self::Both,
        }
    }
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Csv => Self::Csv,
            FormatName::CsvExcel => Self::CsvExcel,
            FormatName::Xlsx => Self::Xlsx,
        }
    }
}
