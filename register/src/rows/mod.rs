//! Rows of a mapped table as units, with everything that is wrong.

mod contacts;
mod duplicates;
mod fault;
mod reading;

use crate::{
    classes::ClassList,
    headings::Mapping,
    progress::{EVERY, Progress, Stage, report},
    read::Table,
    unit::Unit,
    values::Email,
};

use duplicates::{Duplicates, Verdict};
pub use fault::{CellProblem, ColumnRef, Fault, Problem, Severity};
use reading::Reader;

/// A row that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As Excel or a text editor counts.
    pub number: u32,
    pub unit: Unit,
    /// Whether the file says of this unit if it is a branch office. If not, `unit.branch == false` says nothing.
    pub tells_branch: bool,
    /// Addresses in the chief's cell besides the first.
    pub further_emails: Vec<Email>,
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

impl Checked {
    /// What is wrong in a row, by its number.
    pub fn faults_of(&self, row: u32) -> &[Fault] {
        let start = self.faults.partition_point(|fault| fault.row < row);
        let end = self.faults.partition_point(|fault| fault.row <= row);
        self.faults.get(start..end).unwrap_or_default()
    }
}

/// Reads every row below the headings. Rows with nothing in the mapped columns are passed over, and so are repeated headings.
pub fn check(
    table: &Table,
    mapping: &Mapping,
    classes: &[ClassList],
    progress: &mut dyn FnMut(Progress),
) -> Checked {
    let mut checked = Checked::default();
    let mut duplicates = Duplicates::default();
    let reader = Reader::new(table, mapping, classes);
    let first = mapping.heading_row() + 1;
    let all = table.len().saturating_sub(first);
    for (done, index) in (first..table.len()).enumerate() {
        if done % EVERY == 0 {
            report(progress, Stage::Checking, (done, all));
        }
        let Some(row) = table.row(index).filter(|row| reader.says_something(*row)) else {
            continue;
        };
        let before = checked.faults.len();
        let row = reader.read(row, &mut checked.faults);
        let refused = checked.faults[before..]
            .iter()
            .any(|fault| fault.problem.severity() == Severity::Error);
        let verdict = if refused {
            Verdict::Refused
        } else {
            duplicates.judge(&row, &checked.rows, &mut checked.faults)
        };
        match verdict {
            Verdict::Taken => checked.rows.push(row),
            Verdict::Repeated => checked.repeated += 1,
            Verdict::Refused => checked.faulty.push(FaultyRow {
                number: row.number,
                unit: row.unit,
            }),
        }
    }
    report(progress, Stage::Checking, (all, all));
    checked
}
