//! What is wrong with a row, typed: texts for screens are elsewhere, by [`Problem::key`].

use thiserror::Error;

use crate::{field::Field, read::CellFault};

/// One thing that is wrong in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// As Excel or a text editor counts.
    pub row: u32,
    /// `None` where the whole row is meant.
    pub column: Option<ColumnRef>,
    pub field: Option<Field>,
    /// As the file has it; at most 200 characters.
    pub value: String,
    pub problem: Problem,
}

/// A column as the user finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRef {
    /// From 0.
    pub index: usize,
    /// Its heading in the file.
    pub title: String,
}

impl ColumnRef {
    /// `A`, `B` … `AA`, as Excel names it.
    pub fn letters(&self) -> String {
        let mut letters = Vec::new();
        let mut left = self.index + 1;
        while left > 0 {
            letters.push(char::from(
                b'A' + u8::try_from((left - 1) % 26).unwrap_or(0),
            ));
            left = (left - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

/// Whether the row can be taken all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Taken as it is, or mended; worth knowing.
    Note,
    /// The row is taken without this value.
    Warning,
    /// The row is not taken.
    Error,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Problem {
    // Errors: the row is not taken.
    #[error("the unit has no name")]
    NameMissing,
    #[error("a sum, not a unit")]
    Sum,
    #[error("no region is given, and the sender implies none")]
    RegionMissing,
    #[error("no region is called so")]
    RegionUnknown,
    #[error("the row belongs to {region}, but the file tells of {scope} only")]
    OutsideScope { region: String, scope: String },
    #[error("{0}")]
    Cell(CellProblem),
    #[error("row {first} has the same key and says something else")]
    KeyTwice { first: u32 },
    #[error("row {first} has the same name, address and region under another key or none")]
    UnitTwice { first: u32 },
    // Warnings: taken without the value.
    #[error("the e-mail address cannot be right; it should look like name@region.se")]
    EmailInvalid,
    #[error(
        "the e-mail address has letters other than a-z, which hardly any mail server takes; should it be {suggestion}?"
    )]
    EmailLetters { suggestion: String },
    #[error("the postal code should have five digits: 123 45")]
    PostalCodeInvalid,
    #[error("the ownership should be public or private (offentlig, privat)")]
    OwnershipUnknown,
    #[error("there is no such municipality; it should be a code of four digits, or a name")]
    MunicipalityUnknown,
    #[error("the municipality lies in {region}")]
    MunicipalityElsewhere { region: String },
    #[error("a RegSO code has four digits, the letter R and three digits: 0180R001")]
    RegsoInvalid,
    #[error("the number of listed residents should be a whole number: 8500")]
    ListedInvalid,
    #[error("the date should be like 2022-04-05")]
    DateInvalid,
    #[error("the closing date is before the starting date")]
    ClosedBeforeStarted,
    #[error("it should be ja or nej")]
    BranchUnknown,
    #[error("the value is none of {}", allowed.join(", "))]
    ClassUnknown { allowed: Vec<String> },
    // Notes.
    #[error("the same as row {first}; it counts once")]
    SameRowTwice { first: u32 },
    #[error("the name is nearly that of row {other}; are they the same unit?")]
    NearlySameName { other: u32 },
    #[error("taken as {email}")]
    EmailMended { email: String },
    #[error("several addresses; {taken} is taken as the chief's")]
    SeveralEmails { taken: String, others: Vec<String> },
    #[error("the chief has no e-mail address")]
    ChiefEmailMissing,
    #[error("taken as a branch office because of its name")]
    BranchByName,
}

/// A cell whose text cannot be trusted: an error in a field that identifies the unit, else a warning.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}", explain(*fault))]
pub struct CellProblem {
    pub fault: CellFault,
    pub severity: Severity,
}

fn explain(fault: CellFault) -> &'static str {
    match fault {
        CellFault::FormulaWithoutValue => {
            "a formula without a value; save the file in Excel, or paste the values"
        }
        CellFault::LooksLikeFormula => {
            "the text would be run as a formula by a spreadsheet; it should be plain text"
        }
        CellFault::SwallowsRows => {
            "a quotation mark is opened and not closed, and the cell swallows the rows after it"
        }
        CellFault::ExcelError => "an Excel error; it should be a value",
        CellFault::Undecodable => "bytes that are no letters; save the file as UTF-8",
        CellFault::Garbled => {
            "letters that were saved in the wrong encoding; save the file as UTF-8 from the source"
        }
    }
}

impl Problem {
    pub fn severity(&self) -> Severity {
        match self {
            Self::NameMissing
            | Self::Sum
            | Self::RegionMissing
            | Self::RegionUnknown
            | Self::OutsideScope { .. }
            | Self::KeyTwice { .. }
            | Self::UnitTwice { .. } => Severity::Error,
            Self::Cell(problem) => problem.severity,
            Self::EmailInvalid
            | Self::EmailLetters { .. }
            | Self::PostalCodeInvalid
            | Self::OwnershipUnknown
            | Self::MunicipalityUnknown
            | Self::MunicipalityElsewhere { .. }
            | Self::RegsoInvalid
            | Self::ListedInvalid
            | Self::DateInvalid
            | Self::ClosedBeforeStarted
            | Self::BranchUnknown
            | Self::ClassUnknown { .. } => Severity::Warning,
            Self::SameRowTwice { .. }
            | Self::NearlySameName { .. }
            | Self::EmailMended { .. }
            | Self::SeveralEmails { .. }
            | Self::ChiefEmailMissing
            | Self::BranchByName => Severity::Note,
        }
    }

    /// For looking up a text: `name_missing`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NameMissing => "name_missing",
            Self::Sum => "sum",
            Self::RegionMissing => "region_missing",
            Self::RegionUnknown => "region_unknown",
            Self::OutsideScope { .. } => "outside_scope",
            Self::Cell(problem) => match problem.fault {
                CellFault::FormulaWithoutValue => "formula_without_value",
                CellFault::LooksLikeFormula => "looks_like_formula",
                CellFault::SwallowsRows => "swallows_rows",
                CellFault::ExcelError => "excel_error",
                CellFault::Undecodable => "undecodable",
                CellFault::Garbled => "garbled",
            },
            Self::KeyTwice { .. } => "key_twice",
            Self::UnitTwice { .. } => "unit_twice",
            Self::EmailInvalid => "email_invalid",
            Self::EmailLetters { .. } => "email_letters",
            Self::PostalCodeInvalid => "postal_code_invalid",
            Self::OwnershipUnknown => "ownership_unknown",
            Self::MunicipalityUnknown => "municipality_unknown",
            Self::MunicipalityElsewhere { .. } => "municipality_elsewhere",
            Self::RegsoInvalid => "regso_invalid",
            Self::ListedInvalid => "listed_invalid",
            Self::DateInvalid => "date_invalid",
            Self::ClosedBeforeStarted => "closed_before_started",
            Self::BranchUnknown => "branch_unknown",
            Self::ClassUnknown { .. } => "class_unknown",
            Self::SameRowTwice { .. } => "same_row_twice",
            Self::NearlySameName { .. } => "nearly_same_name",
            Self::EmailMended { .. } => "email_mended",
            Self::SeveralEmails { .. } => "several_emails",
            Self::ChiefEmailMissing => "chief_email_missing",
            Self::BranchByName => "branch_by_name",
        }
    }
}
