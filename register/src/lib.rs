//! The files that regions send: read, mapped, checked, and compared with what the register knows.
//!
//! No database, no clock, no randomness: what a file says is decided from the file and what it is compared with.
//!
//! 1. [`read()`] makes a [`Table`] of CSV or XLSX bytes.
//! 2. [`find_headings`] finds the row with headings and suggests what each column is about; the user's decision is a [`Mapping`].
//! 3. [`check`] makes [`Row`]s of the table, with every [`Fault`].
//! 4. [`compare`] says what accepting them would change; [`Comparison`].
//!
//! [`chiefs_of_many`] proposes local heads; [`read_classes`] reads the files that give municipalities and `RegSO` areas their classes.

mod chiefs;
mod classes;
mod compare;
mod data;
mod field;
mod headings;
mod limits;
mod plain;
mod progress;
mod read;
mod rows;
mod similar;
mod unit;
pub mod values;

pub use chiefs::{ChiefOfMany, chiefs_of_many};
pub use classes::{
    ClassFault, ClassFile, ClassList, ClassProblem, ClassValue, Codes, read_classes,
};
pub use compare::{
    Because, Change, Changed, Comparison, KnownUnit, New, Pair, Scope, Unclear, Unsure, compare,
};
pub use field::Field;
pub use headings::{
    Certainty, Column, Headings, Mapping, MappingFault, Remembered, Suggestion, find_headings,
    heading_key, headings_at,
};
pub use limits::Limits;
pub use plain::{plain, tidy};
pub use progress::{Progress, Stage, quiet};
pub use read::{CellFault, Damage, Encoding, Format, Table, TableRow, Unreadable, read};
pub use rows::{CellProblem, Checked, ColumnRef, Fault, FaultyRow, Problem, Row, Severity, check};
pub use unit::{Contact, Unit};
