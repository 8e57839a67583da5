//! `vardenkat instrument check` and `show`.

use std::path::PathBuf;

use clap::Subcommand;
use survey::instrument::{self, Asked, Instrument, strata};

use super::CommandError;
use crate::instruments;

#[derive(Debug, Subcommand)]
pub(super) enum InstrumentCommand {
    /// Tell everything that is wrong with a questionnaire file: line, column, and what would be right.
    Check { file: PathBuf },
    /// Show the questions that each stratum meets. FILE may also be the key of a questionnaire that the program carries.
    Show { file: PathBuf },
    /// Name the questionnaires that the program carries.
    List,
}

impl InstrumentCommand {
    pub fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Check { file } => {
                let instrument = load(&file)?;
                println!(
                    "{}: no faults; {} sections, {} variables.",
                    file.display(),
                    instrument.sections.len(),
                    instrument.variables().len()
                );
            }
            Self::Show { file } => show(&load(&file)?),
            Self::List => instruments::keys().iter().for_each(|key| println!("{key}")),
        }
        Ok(())
    }
}

fn load(file: &PathBuf) -> Result<Instrument, CommandError> {
    let named = |source| CommandError::File {
        file: file.display().to_string(),
        source,
    };
    let carried = file
        .to_str()
        .filter(|_| !file.exists())
        .and_then(instruments::source);
    let source = match carried {
        Some(source) => source,
        None => String::from_utf8(std::fs::read(file).map_err(named)?).map_err(|error| {
            let (line, column) = end_of(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
            eprintln!(
                "{}:{line}:{column}: what stands here is not UTF-8. Save the file as UTF-8.",
                file.display()
            );
            CommandError::Told
        })?,
    };
    instrument::load(&source).map_err(|faults| {
        for fault in &faults {
            eprintln!("{}:{fault}", file.display());
        }
        eprintln!(
            "{}: {} {}.",
            file.display(),
            faults.len(),
            if faults.len() == 1 { "fault" } else { "faults" }
        );
        CommandError::Told
    })
}

/// The line and column after `text`, which is UTF-8; both from 1, columns in characters.
fn end_of(text: &[u8]) -> (usize, usize) {
    let text = String::from_utf8_lossy(text);
    let last = text.rsplit('\n').next().unwrap_or_default();
    (text.matches('\n').count() + 1, last.chars().count() + 1)
}

fn show(instrument: &Instrument) {
    println!(
        "{} ({}, version {})",
        instrument.title.sv, instrument.key, instrument.version
    );
    for stratum in strata(instrument) {
        println!("\n{} questions: {}", stratum.count(), stratum.label);
        for met in &stratum.questions {
            let question = &instrument.sections[met.section].questions[met.question];
            let condition = match &met.asked {
                Asked::OfAll => String::new(),
                Asked::OnlyWhere(Some(text)) => format!("  [{}]", text.sv),
                Asked::OnlyWhere(None) => "  [under a condition]".to_owned(),
            };
            println!(
                "  {:>7}  {}{condition}",
                met.numbers.join(", "),
                question.text.sv
            );
        }
    }
}
