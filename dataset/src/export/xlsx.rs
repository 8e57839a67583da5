use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use survey::text::Language;

use super::{
    About, Cell, Codebook, Record, Table, Tally, Words,
    about::Line,
    codebook::{self, Entry, Field},
    excel,
};

/// The data is in no language; what surrounds it in a file is Swedish.
const LANGUAGE: Language = Language::Swedish;

/// More would take more memory than a server has to spare, and more time to open than anybody waits.
const MOST_CELLS: usize = 8_000_000;
/// Rows of a sheet, less the headings.
const MOST_ROWS: usize = 1_048_575;

#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    #[error("{units} units are too many for a workbook; take a CSV")]
    TooLarge { units: usize },
    #[error("the workbook cannot be made: {0}")]
    Refused(#[from] XlsxError),
}

/// An Excel file with a sheet of data, a codebook in each of the instrument's languages, and a sheet about the file. Numbers are
/// numbers, and texts are texts: none is run as a formula. Its date is that of the data cut.
pub fn workbook(
    words: &Words,
    about: &About,
    table: &Table,
    codebook: &Codebook,
    records: &[Record],
) -> Result<Vec<u8>, WorkbookError> {
    let cells = records.len().saturating_mul(table.columns.len());
    if records.len() > MOST_ROWS || cells > MOST_CELLS {
        let units = records.len();
        return Err(WorkbookError::TooLarge { units });
    }
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_timestamp(about.cut.seconds)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let mut tally = Tally::default();
    data(workbook.add_worksheet(), words, table, records, &mut tally)?;
    for language in table.dictionary.languages.iter().copied() {
        entries(workbook.add_worksheet(), words, codebook, language)?;
    }
    let lines = about.lines(words, table.kind, &tally, LANGUAGE);
    notes(workbook.add_worksheet(), words, &lines)?;
    Ok(workbook.save_to_buffer()?)
}

fn data(
    sheet: &mut Worksheet,
    words: &Words,
    table: &Table,
    records: &[Record],
    tally: &mut Tally,
) -> Result<(), XlsxError> {
    const WIDTH: f64 = 16.0;
    sheet.set_name(&words.of(LANGUAGE).sheets.data)?;
    let heading = Format::new().set_bold();
    for (column, named) in (0_u16..).zip(&table.columns) {
        sheet.set_column_width(column, WIDTH)?;
        sheet.write_string_with_format(0, column, &named.name, &heading)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    for (row, record) in (1_u32..).zip(records) {
        tally.count(table, record);
        for (column, cell) in (0_u16..).zip(table.row(record)) {
            write(sheet, row, column, cell)?;
        }
    }
    Ok(())
}

fn entries(
    sheet: &mut Worksheet,
    words: &Words,
    codebook: &Codebook,
    language: Language,
) -> Result<(), XlsxError> {
    const WIDTHS: [f64; 13] = [
        28.0, 8.0, 24.0, 60.0, 48.0, 20.0, 14.0, 10.0, 14.0, 48.0, 24.0, 24.0, 40.0,
    ];
    let texts = words.of(language);
    sheet.set_name(&texts.sheets.codebook)?;
    let heading = Format::new().set_bold();
    let headings = codebook::headings(texts);
    for ((column, text), width) in (0_u16..).zip(headings).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, text, &heading)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    for (row, entry) in (1_u32..).zip(&codebook.entries) {
        let fields = Entry::fields(entry, words, language);
        for (column, field) in (0_u16..).zip(&fields) {
            write(sheet, row, column, Field::cell(field))?;
        }
    }
    Ok(())
}

fn notes(sheet: &mut Worksheet, words: &Words, lines: &[Line]) -> Result<(), XlsxError> {
    sheet.set_name(&words.of(LANGUAGE).sheets.about)?;
    sheet
        .set_column_width(0, 44.0)?
        .set_column_width(1, 100.0)?;
    let bold = Format::new().set_bold();
    for (row, line) in (0_u32..).zip(lines) {
        match line {
            Line::Heading(text) => {
                sheet.write_string_with_format(row, 0, text, &bold)?;
            }
            Line::Text(name, text) => {
                write(sheet, row, 0, Cell::text(name))?;
                write(sheet, row, 1, Cell::text(text))?;
            }
            Line::Count(name, count) => {
                write(sheet, row, 0, Cell::text(name))?;
                // Exact up to where a spreadsheet's own numbers are.
                sheet.write_number(row, 1, u32::try_from(*count).unwrap_or(u32::MAX))?;
            }
        }
    }
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: Cell<'_>) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Number(number) => {
            // The nearest that a spreadsheet holds.
            let plain = number.to_plain();
            match plain.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number)?,
                Err(_) => sheet.write_string(row, column, plain)?,
            };
        }
        Cell::Text(text) => {
            let text = excel::in_a_cell(text);
            match text.strip_prefix('<') {
                // The writer takes such a text for markup of its own. In two pieces it is a text again.
                Some(rest) if text.starts_with("<r>") && text.ends_with("</r>") => {
                    let ordinary = Format::default();
                    sheet.write_rich_string(row, column, &[(&ordinary, "<"), (&ordinary, rest)])?;
                }
                _ => {
                    sheet.write_string(row, column, text)?;
                }
            }
        }
    }
    Ok(())
}
