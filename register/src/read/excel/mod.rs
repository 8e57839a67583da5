//! Excel files (.xlsx), read as a stream: a sheet is never held in memory but as the table it becomes.

mod number;
mod package;
mod sheet;
mod strings;
mod styles;
mod workbook;
mod xml;

use crate::{limits::Limits, progress::Progress};

use super::{Format, Table, Unreadable, table::Builder};
use package::Package;
use sheet::Around;
use strings::Strings;
use styles::Styles;
use workbook::{Sheet, Workbook};

pub(super) fn read(
    bytes: &[u8],
    sheet: Option<&str>,
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Table, Unreadable> {
    let mut package = Package::open(bytes, limits)?;
    if package.has("mimetype") && package.has("content.xml") {
        return Err(Unreadable::OpenDocument);
    }
    if package.has("xl/workbook.bin") {
        return Err(Unreadable::BinaryExcel);
    }
    if !package.has("[Content_Types].xml") && !package.has("xl/workbook.xml") {
        return Err(Unreadable::NotATable);
    }
    let workbook = workbook::read(&mut package)?;
    let strings = match &workbook.shared_strings {
        Some(part) if package.has(part) => package.with(part, |xml| Strings::read(xml, limits))?,
        _ => Strings::default(),
    };
    let styles = match &workbook.styles {
        Some(part) if package.has(part) => package.with(part, Styles::read)?,
        _ => Styles::default(),
    };
    let around = Around {
        strings: &strings,
        styles: &styles,
        since_1904: workbook.since_1904,
        limits,
    };
    let names: Vec<String> = workbook
        .sheets
        .iter()
        .map(|sheet| sheet.name.clone())
        .collect();
    for candidate in candidates(&workbook, sheet) {
        let mut builder = Builder::new(Format::Excel {
            sheet: candidate.name.clone(),
            sheets: names.clone(),
        });
        package.with(&candidate.part, |xml| {
            sheet::read(xml, &around, &mut builder, progress)
        })?;
        if builder.rows() > 0 {
            return Ok(builder.finish());
        }
    }
    match sheet {
        Some(name) if !names.iter().any(|known| known == name) => Err(Unreadable::NoSuchSheet {
            name: name.to_owned(),
            sheets: names,
        }),
        _ => Err(Unreadable::NoSheet),
    }
}

/// The one that was asked for; else the visible ones, then the hidden ones.
fn candidates<'a>(workbook: &'a Workbook, asked: Option<&str>) -> Vec<&'a Sheet> {
    let sheets = workbook.sheets.iter();
    if let Some(name) = asked {
        return sheets.filter(|sheet| sheet.name == name).take(1).collect();
    }
    let (hidden, mut visible): (Vec<_>, Vec<_>) = sheets.partition(|sheet| sheet.hidden);
    visible.extend(hidden);
    visible
}
