//! What classes an instrument's register has, and files that give each municipality or RegSO its class.

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

use thiserror::Error;

use crate::{progress::Progress, read::Table};

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

/// Reads a class file. Values may be the class's keys or labels.
pub fn read_classes(
    _table: &Table,
    _class: &ClassList,
    _codes: Codes,
    _progress: &mut dyn FnMut(Progress),
) -> ClassFile {
    ClassFile::default()
}
