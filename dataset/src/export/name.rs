use survey::text::Language;

use super::{About, Dialect, Kind, Words, words::keyed};

/// What a file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Csv,
    CsvExcel,
    Xlsx,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Csv, Self::CsvExcel, Self::Xlsx];

    /// On the command line, in addresses and in translation files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::CsvExcel => "csv-excel",
            Self::Xlsx => "xlsx",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// How its lines are written, where it is a CSV.
    pub const fn dialect(self) -> Option<Dialect> {
        match self {
            Self::Csv => Some(Dialect::Program),
            Self::CsvExcel => Some(Dialect::SwedishExcel),
            Self::Xlsx => None,
        }
    }
}

/// Files have Swedish names, whoever asks for them.
const LANGUAGE: Language = Language::Swedish;

/// `vardcentralschefer-2022_rattade_regler-1_20220616T0900.csv`. The same name never stands for two contents.
pub fn file_name(words: &Words, about: &About, kind: Kind, format: Format) -> String {
    let texts = &words.of(LANGUAGE).file;
    let mut parts = whose(words, about);
    parts.push(keyed(&texts.kinds, kind.name()).to_owned());
    parts.push(rules(words, about));
    parts.push(plain(&about.cut.compact));
    named(words, parts, format)
}

/// `vardcentralschefer-2022_rattningsmatt_regler-1_20220616T0900.csv`
pub fn figures_name(words: &Words, about: &About, format: Format) -> String {
    let mut parts = whose(words, about);
    parts.push(words.of(LANGUAGE).file.figures.clone());
    parts.push(rules(words, about));
    parts.push(plain(&about.cut.compact));
    named(words, parts, format)
}

/// `vardcentralschefer-2022_kodbok_v1.csv`
pub fn codebook_name(words: &Words, about: &About, format: Format) -> String {
    let mut parts = whose(words, about);
    parts.push(words.of(LANGUAGE).file.codebook.clone());
    parts.push(format!("v{}", plain(&about.instrument_version)));
    named(words, parts, format)
}

fn named(words: &Words, mut parts: Vec<String>, format: Format) -> String {
    let ending = match format {
        Format::Csv => "csv",
        Format::CsvExcel => {
            parts.push(words.of(LANGUAGE).file.excel.clone());
            "csv"
        }
        Format::Xlsx => "xlsx",
    };
    format!("{}.{ending}", parts.join("_"))
}

/// The questionnaire, and the round where it is not named like it.
fn whose(words: &Words, about: &About) -> Vec<String> {
    let mut parts = vec![plain(&about.instrument)];
    if about.round != about.instrument {
        parts.push(plain(&about.round));
    }
    if about.pilot {
        parts.push(words.of(LANGUAGE).file.pilot.clone());
    }
    parts
}

fn rules(words: &Words, about: &About) -> String {
    let texts = &words.of(LANGUAGE).file;
    let mut parts = vec![texts.rules.clone()];
    if about.rule_sets.is_empty() {
        parts.push(texts.no_rules.clone());
    }
    parts.extend(about.rule_sets.iter().map(|version| plain(version)));
    parts.join("-")
}

/// What every system takes in a file's name.
fn plain(text: &str) -> String {
    let allowed =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '+');
    let plain: String = text
        .chars()
        .map(|letter| if allowed(letter) { letter } else { '-' })
        .collect();
    plain.trim_start_matches('.').to_owned()
}
