//! Rows of a mapped table as units, with everything that is wrong.

mod fault;

use crate::{classes::ClassList, headings::Mapping, progress::Progress, read::Table, unit::Unit};

pub use fault::{CellProblem, ColumnRef, Fault, Problem, Severity};

/// A row that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As Excel or a text editor counts.
    pub number: u32,
    pub unit: Unit,
    /// Addresses in the chief's cell besides the first.
    pub further_emails: Vec<crate::values::Email>,
}

/// A row that cannot be taken. Its faults are in [`Checked::faults`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultyRow {
    pub number: u32,
    /// As far as it could be read: it keeps the unit that it may mean from being taken for gone.
    pub unit: Unit,
}

/// A checked table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    pub rows: Vec<Row>,
    pub faulty: Vec<FaultyRow>,
    /// Of all rows and every severity, by row.
    pub faults: Vec<Fault>,
    /// Rows that said the same as one before.
    pub repeated: usize,
}

/// Reads every row below the headings. Classes that the mapping has no column for are left out.
pub fn check(
    _table: &Table,
    _mapping: &Mapping,
    _classes: &[ClassList],
    _progress: &mut dyn FnMut(Progress),
) -> Checked {
    Checked::default()
}
