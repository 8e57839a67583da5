//! Cleans answers that were collected elsewhere.

use std::{
    io::{IsTerminal, Write, stderr},
    path::{Path, PathBuf},
};

use clap::Args;
use dataset::{CleanError, Files};
use survey::{
    cleaning::RuleSet,
    instrument::{self, Fault},
};

use crate::instruments;

/// Clean a table of answers by an instrument's rules.
#[derive(Debug, Args)]
pub struct CleanCommand {
    /// The questionnaire: a file, or the key of one that the program carries.
    #[arg(long)]
    instrument: PathBuf,
    /// The rules for cleaning its answers: a file, or the questionnaire's key for those that the program carries.
    #[arg(long)]
    rules: PathBuf,
    /// One row per unit: `id`, and the instrument's keys as columns.
    #[arg(long)]
    input: PathBuf,
    /// The directory for `cleaned.csv`, `flags.csv` and `ledger.csv`.
    #[arg(long)]
    output: PathBuf,
    /// What the register knows: `id`, and its fields as columns.
    #[arg(long)]
    register: Option<PathBuf>,
}

/// Why nothing was cleaned.
#[derive(Debug, thiserror::Error)]
pub enum CleanCommandError {
    #[error("{}: {source}", file.display())]
    Read {
        file: PathBuf,
        source: std::io::Error,
    },
    #[error("{}", lines(file, faults))]
    Faulty { file: PathBuf, faults: Vec<Fault> },
    #[error(transparent)]
    Clean(#[from] CleanError),
}

fn lines(file: &Path, faults: &[Fault]) -> String {
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| format!("{}:{fault}", file.display()))
        .collect();
    lines.join("\n")
}

/// Rows between two lines of progress.
const STEP: u64 = 10_000;

impl CleanCommand {
    pub fn run(self) -> Result<(), CleanCommandError> {
        let instrument =
            instrument::load(&text(&self.instrument, instruments::source)?).map_err(|faults| {
                CleanCommandError::Faulty {
                    file: self.instrument.clone(),
                    faults,
                }
            })?;
        let rules = RuleSet::load(&text(&self.rules, instruments::rules)?, &instrument).map_err(
            |faults| CleanCommandError::Faulty {
                file: self.rules.clone(),
                faults,
            },
        )?;
        let files = Files {
            input: self.input,
            output: self.output,
            register: self.register,
        };
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let watched = stderr().is_terminal();
        let mut told = 0;
        let summary = dataset::clean(&rules, &instrument, &files, workers, |rows| {
            if watched && rows >= told + STEP {
                told = rows;
                // Progress that cannot be shown is no reason to stop.
                let _ = write!(stderr(), "\r{rows} rows");
            }
        })?;
        if watched && told > 0 {
            let _ = writeln!(stderr());
        }
        println!(
            "{} rows, {} changes, {} cells in {} rows for review: {}",
            summary.rows,
            summary.changes,
            summary.flags,
            summary.flagged_rows,
            files.output.display()
        );
        Ok(())
    }
}

/// What stands in the file, or what the program carries by that name.
fn text(
    file: &std::path::Path,
    carried: fn(&str) -> Option<String>,
) -> Result<String, CleanCommandError> {
    let own = file.to_str().filter(|_| !file.exists()).and_then(carried);
    match own {
        Some(text) => Ok(text),
        None => std::fs::read_to_string(file).map_err(|source| CleanCommandError::Read {
            file: file.to_owned(),
            source,
        }),
    }
}
