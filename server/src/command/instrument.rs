//! `vardenkat instrument check` and `show`.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use survey::{
    cleaning::RuleSet,
    instrument::{self, Asked, Fault, Instrument, strata},
};

use super::CommandError;
use crate::instruments;

#[derive(Debug, Subcommand)]
pub(super) enum InstrumentCommand {
    /// Tell everything that is wrong with a questionnaire file, or with a file of cleaning rules: line, column, and what would
    /// be right. Rules are checked against the questionnaire that stands beside them, or that the program carries.
    Check { file: PathBuf },
    /// Show the questions that each stratum meets. FILE may also be the key of a questionnaire that the program carries.
    Show { file: PathBuf },
    /// Name the questionnaires that the program carries.
    List,
}

impl InstrumentCommand {
    pub fn run(self) -> Result<(), CommandError> {
        match self {
            Self::Check { file } if is_rules(&file) => check_rules(&file)?,
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

/// `my-survey-2026.cleaning.toml` holds the rules for `my-survey-2026.toml`.
const RULES: &str = ".cleaning.toml";

fn is_rules(file: &Path) -> bool {
    file.to_str().is_some_and(|name| name.ends_with(RULES))
}

fn check_rules(file: &Path) -> Result<(), CommandError> {
    let name = file.file_name().and_then(|name| name.to_str());
    let key = name
        .and_then(|name| name.strip_suffix(RULES))
        .unwrap_or_default();
    let beside = file.with_file_name(format!("{key}.toml"));
    let instrument = if beside.exists() {
        load(&beside)?
    } else {
        load(Path::new(key))?
    };
    let rules = RuleSet::load(&text(file)?, &instrument).map_err(|faults| told(file, &faults))?;
    println!(
        "{}: no faults; version {}, {} rules for {}.",
        file.display(),
        rules.version,
        rules.rules.len(),
        instrument.key
    );
    Ok(())
}

fn load(file: &Path) -> Result<Instrument, CommandError> {
    let carried = file
        .to_str()
        .filter(|_| !file.exists())
        .and_then(instruments::source);
    let source = match carried {
        Some(source) => source,
        None => text(file)?,
    };
    instrument::load(&source).map_err(|faults| told(file, &faults))
}

fn text(file: &Path) -> Result<String, CommandError> {
    let bytes = std::fs::read(file).map_err(|source| CommandError::File {
        file: file.display().to_string(),
        source,
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let (line, column) = end_of(&error.as_bytes()[..error.utf8_error().valid_up_to()]);
        eprintln!(
            "{}:{line}:{column}: what stands here is not UTF-8. Save the file as UTF-8.",
            file.display()
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

fn told(file: &Path, faults: &[Fault]) -> CommandError {
    for fault in faults {
        eprintln!("{}:{fault}", file.display());
    }
    eprintln!(
        "{}: {} {}.",
        file.display(),
        faults.len(),
        if faults.len() == 1 { "fault" } else { "faults" }
    );
    CommandError::Told
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
