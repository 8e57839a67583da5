//! Text with separators.

use csv::{ReaderBuilder, StringRecord, Terminator};

use crate::{
    limits::Limits,
    progress::{EVERY, Progress, Stage},
};

use super::{
    CellFault, Format, Table, Unreadable, encoding::decode, suspicion::suspicion, table::Builder,
};

/// In this order where the text leaves a choice: a Swedish address has commas of its own.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];
/// Lines that decide the separator.
const LOOKED_AT: usize = 60;

pub(super) fn read(
    bytes: &[u8],
    limits: &Limits,
    progress: &mut dyn FnMut(Progress),
) -> Result<Table, Unreadable> {
    let (text, encoding) = decode(bytes);
    if text.contains('\0') {
        return Err(Unreadable::NotATable);
    }
    let text = if text.contains('\n') {
        text
    } else {
        text.replace('\r', "\n").into()
    };
    let (declared, text_below, lines_above) = declared(&text);
    let separator = declared.unwrap_or_else(|| guess(text_below));
    let mut builder = Builder::new(Format::Separated {
        encoding,
        separator: char::from(separator),
    });
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        // The same lines that are counted: a lone \r among them is a space within a cell.
        .terminator(Terminator::Any(b'\n'))
        .from_reader(text_below.as_bytes());
    let mut record = StringRecord::new();
    let mut report = |done: u64| {
        progress(Progress {
            stage: Stage::Reading,
            done,
            of: text_below.len() as u64,
        });
    };
    let mut since = 0;
    // The text is UTF-8 already, and rows may differ in length: no other error is left.
    while reader.read_record(&mut record).unwrap_or(false) {
        let Some(place) = record.position() else {
            continue;
        };
        let start = usize::try_from(place.byte()).unwrap_or(usize::MAX);
        let number = u32::try_from(place.line())
            .unwrap_or(u32::MAX)
            .saturating_add(lines_above)
            .saturating_add(blank_lines(text_below, start));
        row(&mut builder, number, &record, separator, limits)?;
        since += 1;
        if since == EVERY {
            since = 0;
            report(place.byte());
        }
    }
    report(text_below.len() as u64);
    if builder.rows() == 0 {
        return Err(Unreadable::Empty);
    }
    Ok(builder.finish())
}

fn row(
    builder: &mut Builder,
    number: u32,
    record: &StringRecord,
    separator: u8,
    limits: &Limits,
) -> Result<(), Unreadable> {
    builder.begin();
    for cell in record {
        let cell = cell.trim();
        let column = builder.column();
        if cell.len() > limits.cell {
            return Err(Unreadable::CellTooLong {
                row: number,
                column: column + 1,
                limit: limits.cell,
            });
        }
        if !cell.is_empty() && column >= limits.columns {
            return Err(Unreadable::TooManyColumns {
                row: number,
                limit: limits.columns,
            });
        }
        let fault = if swallows(cell, separator) {
            Some(CellFault::SwallowsRows)
        } else {
            suspicion(cell)
        };
        builder.cell(number, cell, fault);
    }
    within(builder, number, limits)
}

/// What both kinds of file may not outgrow.
pub(super) fn within(builder: &Builder, number: u32, limits: &Limits) -> Result<(), Unreadable> {
    if builder.rows() > limits.rows {
        return Err(Unreadable::TooManyRows {
            row: number,
            limit: limits.rows,
        });
    }
    if builder.text() > limits.text {
        return Err(Unreadable::TooMuchText { limit: limits.text });
    }
    Ok(())
}

/// Excel's own first line `sep=;`.
fn declared(text: &str) -> (Option<u8>, &str, u32) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r');
    match first.as_bytes() {
        [s, e, p, b'=', separator]
            if [*s, *e, *p].eq_ignore_ascii_case(b"sep") && separator.is_ascii() =>
        {
            (Some(*separator), rest, 1)
        }
        _ => (None, text, 0),
    }
}

/// The separator whose number per line is most often the same; then the one there is most of.
fn guess(text: &str) -> u8 {
    let mut best = (SEPARATORS[0], (0, 0));
    for separator in SEPARATORS {
        let mut counts: Vec<usize> = counts(text, separator);
        counts.sort_unstable();
        let agreement = counts
            .chunk_by(|one, other| one == other)
            .filter(|lines| lines[0] > 0)
            .map(|lines| (lines.len(), lines[0]))
            .max()
            .unwrap_or((0, 0));
        if agreement > best.1 {
            best = (separator, agreement);
        }
    }
    best.0
}

/// Of each of the first lines, outside quotation marks.
fn counts(text: &str, separator: u8) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut quoted, mut anything) = (0, false, false);
    for byte in text.bytes().take(1 << 18) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if anything {
                    counts.push(count);
                }
                if counts.len() == LOOKED_AT {
                    return counts;
                }
                (count, anything) = (0, false);
            }
            byte if byte == separator && !quoted => count += 1,
            byte if !byte.is_ascii_whitespace() => anything = true,
            _ => {}
        }
    }
    if anything {
        counts.push(count);
    }
    counts
}

/// The reader passes over blank lines without counting them to the row.
fn blank_lines(text: &str, start: usize) -> u32 {
    let blank = text
        .as_bytes()
        .get(start..)
        .unwrap_or_default()
        .iter()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .filter(|byte| **byte == b'\n')
        .count();
    u32::try_from(blank).unwrap_or(u32::MAX)
}

/// A cell with whole rows in it: its quotation mark was opened and not closed.
fn swallows(cell: &str, separator: u8) -> bool {
    cell.contains('\n')
        && cell
            .lines()
            .skip(1)
            .any(|line| line.bytes().filter(|byte| *byte == separator).count() >= 2)
}
