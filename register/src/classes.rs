//! What classes an instrument's register has, and files that give each municipality or `RegSO` area its class.

use std::collections::HashMap;

use thiserror::Error;

use crate::{
    plain::plain,
    progress::{EVERY, Progress, Stage, report},
    read::Table,
    values::{read_municipality, read_regso},
};

/// A class of the instrument's register and the values it may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassList {
    /// `municipality_type`
    pub key: String,
    /// In every language, for recognising a heading: `Kommuntyp`, `Type of municipality`.
    pub labels: Vec<String>,
    pub values: Vec<ClassValue>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassValue {
    pub key: String,
    /// In every language.
    pub labels: Vec<String>,
}

/// The values of a class by what may be written for them: a key, a label in any language, or as many of a label's first words as no other
/// label begins with (`Områdestyp 3` of `Områdestyp 3 – socioekonomiskt blandade områden`).
pub(crate) struct Lookup<'a> {
    exact: HashMap<String, &'a str>,
    begun: HashMap<String, Option<&'a str>>,
}

impl<'a> Lookup<'a> {
    pub fn new(class: &'a ClassList) -> Self {
        let mut lookup = Self {
            exact: HashMap::new(),
            begun: HashMap::new(),
        };
        for value in &class.values {
            lookup.exact.insert(plain(&value.key), &value.key);
            for label in &value.labels {
                let label = plain(label);
                for (end, _) in label.match_indices(' ').skip(1) {
                    lookup
                        .begun
                        .entry(label[..end].to_owned())
                        .and_modify(|known| {
                            if *known != Some(&*value.key) {
                                *known = None;
                            }
                        })
                        .or_insert(Some(&value.key));
                }
                lookup.exact.insert(label, &value.key);
            }
        }
        lookup
    }

    /// The value's key.
    pub fn value(&self, text: &str) -> Option<&'a str> {
        let text = plain(text);
        let begun = || self.begun.get(&text).copied().flatten();
        self.exact.get(&text).copied().or_else(begun)
    }
}

impl ClassList {
    /// First labels, for telling what would be right.
    pub fn allowed(&self) -> Vec<String> {
        self.values
            .iter()
            .map(|value| value.labels.first().unwrap_or(&value.key).clone())
            .collect()
    }
}

/// What the codes of a class file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codes {
    /// Four digits, or the municipality's name.
    Municipality,
    /// `0180R001`.
    Regso,
}

/// A class file: code and value, with headings or without.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassFile {
    /// Code and the value's key, each code once, in the file's order.
    pub entries: Vec<(String, String)>,
    pub faults: Vec<ClassFault>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassFault {
    /// As Excel or a text editor counts.
    pub row: u32,
    /// As the file has it; at most 200 characters.
    pub text: String,
    pub problem: ClassProblem,
}

/// The entry is left out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ClassProblem {
    #[error("there is no such code")]
    CodeUnknown,
    #[error("the value is none of {}", allowed.join(", "))]
    ValueUnknown { allowed: Vec<String> },
    #[error("row {first} gives the same code the value {value}")]
    OtherValue { first: u32, value: String },
    #[error("a row needs a code and a value")]
    Incomplete,
    #[error("the text would be run as a formula by a spreadsheet, or has no value")]
    Cell,
}

/// Letters of a cell that are shown with its fault.
const SHOWN: usize = 200;

/// Reads a class file: the column with most codes and the one with most values; others are passed over. Values may be the class's keys or labels. Rows above the first
/// code that hold neither are headings.
pub fn read_classes(
    table: &Table,
    class: &ClassList,
    codes: Codes,
    progress: &mut dyn FnMut(Progress),
) -> ClassFile {
    let mut file = ClassFile::default();
    let mut seen: HashMap<String, (u32, String)> = HashMap::new();
    let lookup = Lookup::new(class);
    let [code_column, value_column] = columns(table, &lookup, codes);
    for row in table.rows() {
        if row.index() % EVERY == 0 {
            report(progress, Stage::Checking, (row.index(), table.len()));
        }
        let [code_text, value_text] = [row.cell(code_column).trim(), row.cell(value_column).trim()];
        let mut fault = |text: &str, problem| {
            file.faults.push(ClassFault {
                row: row.number(),
                text: text.chars().take(SHOWN).collect(),
                problem,
            });
        };
        if code_text.is_empty() && value_text.is_empty() {
            continue;
        }
        if row.fault(code_column).or(row.fault(value_column)).is_some() {
            fault(code_text, ClassProblem::Cell);
            continue;
        }
        let code = codes.read(code_text);
        let value = lookup.value(value_text).map(str::to_owned);
        match (code, value) {
            // Headings, or a preamble above them.
            (None, None) if seen.is_empty() => {}
            _ if code_text.is_empty() || value_text.is_empty() => {
                fault(
                    &format!("{code_text}{value_text}"),
                    ClassProblem::Incomplete,
                );
            }
            (None, _) => fault(code_text, ClassProblem::CodeUnknown),
            (_, None) => fault(
                value_text,
                ClassProblem::ValueUnknown {
                    allowed: class.allowed(),
                },
            ),
            (Some(code), Some(value)) => match seen.get(&code) {
                Some((_, known)) if *known == value => {}
                Some((first, known)) => fault(
                    code_text,
                    ClassProblem::OtherValue {
                        first: *first,
                        value: known.clone(),
                    },
                ),
                None => {
                    seen.insert(code.clone(), (row.number(), value.clone()));
                    file.entries.push((code, value));
                }
            },
        }
    }
    report(progress, Stage::Checking, (table.len(), table.len()));
    file
}

impl Codes {
    fn read(self, text: &str) -> Option<String> {
        match self {
            Self::Municipality => read_municipality(text),
            Self::Regso => read_regso(text),
        }
    }
}

/// Rows that tell which columns hold codes and values.
const LOOKED_AT: usize = 100;

/// The columns with most codes and most values; the first two where there are none.
fn columns(table: &Table, class: &Lookup<'_>, codes: Codes) -> [usize; 2] {
    let most = |fits: &dyn Fn(&str) -> bool, not: Option<usize>| {
        (0..table.columns())
            .filter(|column| Some(*column) != not)
            .map(|column| {
                let count = table
                    .rows()
                    .take(LOOKED_AT)
                    .filter(|row| fits(row.cell(column)))
                    .count();
                (count, column)
            })
            .filter(|(count, _)| *count > 0)
            .max_by_key(|(count, column)| (*count, std::cmp::Reverse(*column)))
            .map(|(_, column)| column)
    };
    let value = most(&|cell| class.value(cell).is_some(), None);
    let code = most(&|cell| codes.read(cell).is_some(), value);
    match (code, value) {
        (Some(code), Some(value)) => [code, value],
        (Some(code), None) => [code, usize::from(code == 0)],
        (None, Some(value)) => [usize::from(value == 0), value],
        (None, None) => [0, 1],
    }
}
