//! A region's file on its way into the register: read, mapped, checked and compared, with the database's help. The steps
//! themselves are the crate `register`; accepting is [`crate::storage`].

mod jobs;
mod lists;

use std::sync::Arc;

use register::values::Region;
use register::{
    Checked, ClassList, Codes, Field, Headings, Limits, Mapping, MappingFault, Progress,
    Remembered, Scope, Table, Unreadable, check, find_headings, heading_key, headings_at, read,
};
use sha2::{Digest, Sha256};

use crate::storage::register::{ClassKind, Classes, HeadingMapping, Known, Plan, plan};

pub use jobs::{Job, Jobs, Standing};
pub use lists::class_lists;

/// Bytes of a file as sent.
pub const LARGEST_FILE: usize = 20 << 20;

/// Whoever has every region's units; as it is stored, in every language.
pub const COUNTRY: &str = "Hela landet";

/// What is decided about a file besides its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Options {
    /// Of an Excel file; nothing: the first that holds anything.
    pub sheet: Option<String>,
    /// Index of the row with headings; nothing: the one that looks so.
    pub heading_row: Option<usize>,
    /// The file tells of some units only: none is gone for not being in it.
    pub additions: bool,
}

/// What accepting a file would do.
#[derive(Debug)]
pub struct Preview {
    pub checked: Arc<Checked>,
    pub known: Known,
    pub plan: Plan,
    pub scope: Scope,
}

/// That nobody of this name sends files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of the 21 regions; a file with every region's units is from {COUNTRY:?}")]
pub struct NoSuchSender(String);

/// A sender's name as it is stored, however it is spelt.
pub fn sender(text: &str) -> Result<String, NoSuchSender> {
    if text.trim().eq_ignore_ascii_case(COUNTRY) {
        return Ok(COUNTRY.to_owned());
    }
    Region::parse(text)
        .map(|region| region.name().to_owned())
        .ok_or_else(|| NoSuchSender(text.to_owned()))
}

/// Reads a file within the limits.
pub fn table(
    content: &[u8],
    sheet: Option<&str>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Table, Unreadable> {
    let limits = Limits {
        bytes: LARGEST_FILE,
        ..Limits::default()
    };
    read(content, sheet, &limits, progress)
}

/// The row with headings, and what its columns may mean.
pub fn headings(
    table: &Table,
    options: &Options,
    remembered: &HeadingMapping,
    lists: &[ClassList],
) -> Option<Headings> {
    let remembered: Remembered = remembered
        .iter()
        .map(|(heading, field)| (heading.clone(), Field::from_key(field)))
        .collect();
    match options.heading_row {
        Some(row) => headings_at(table, row, &remembered, lists),
        None => find_headings(table, &remembered, lists),
    }
}

/// What the columns mean, as it is remembered; an empty text leaves a column out.
pub fn to_remember<'h>(
    columns: impl IntoIterator<Item = (&'h str, Option<&'h Field>)>,
) -> HeadingMapping {
    columns
        .into_iter()
        .map(|(title, field)| {
            (
                heading_key(title),
                field.map_or(String::new(), |field| field.key().into_owned()),
            )
        })
        .filter(|(heading, _)| !heading.is_empty())
        .collect()
}

/// A mapping of a file from this sender.
pub fn mapping(
    table: &Table,
    headings: &Headings,
    columns: impl IntoIterator<Item = (usize, Field)>,
    sender: &str,
) -> Result<Mapping, Vec<MappingFault>> {
    Mapping::new(
        headings.row,
        table.columns(),
        columns,
        Region::parse(sender),
    )
}

/// What a file from this sender tells of.
pub fn scope(sender: &str, additions: bool) -> Scope {
    match Region::parse(sender) {
        _ if additions => Scope::Additions,
        Some(region) => Scope::Region(region),
        None => Scope::Country,
    }
}

/// Checks every row and compares with the register.
pub fn preview(
    table: &Table,
    mapping: &Mapping,
    lists: &[ClassList],
    scope: Scope,
    (known, classes): (Known, &Classes),
    progress: &mut dyn FnMut(Progress),
) -> Preview {
    let checked = check(table, mapping, lists, progress);
    let plan = plan(&known, &checked, scope, classes, progress);
    Preview {
        checked: Arc::new(checked),
        known,
        plan,
        scope,
    }
}

/// Tells files apart.
pub fn file_hash(content: &[u8]) -> [u8; 32] {
    Sha256::digest(content).into()
}

/// What the codes of a class file are.
pub const fn codes_of(kind: ClassKind) -> Codes {
    match kind {
        ClassKind::MunicipalityType => Codes::Municipality,
        ClassKind::AreaType => Codes::Regso,
    }
}
