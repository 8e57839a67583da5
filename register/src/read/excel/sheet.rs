//! One sheet, cell by cell.

use quick_xml::events::{BytesStart, Event};

use crate::{
    limits::Limits,
    progress::{EVERY, Progress, Stage},
    read::{
        CellFault, Damage, Unreadable, separated::within, suspicion::suspicion, table::Builder,
    },
};

use super::{
    number::number,
    strings::{Strings, unescaped},
    styles::Styles,
    xml::{Xml, add_text, attribute},
};

/// Excel's own: 2²⁰ rows.
const LAST_ROW: u32 = 1 << 20;
/// Formulas are shown so far.
const SHOWN: usize = 100;

pub(super) struct Around<'a> {
    pub strings: &'a Strings,
    pub styles: &'a Styles,
    pub since_1904: bool,
    pub limits: &'a Limits,
}

/// A cell under way.
#[derive(Default)]
struct Cell {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    has_value: bool,
    formula: String,
    has_formula: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Formula,
    Text,
}

pub(super) fn read(
    xml: &mut Xml<'_, '_>,
    around: &Around<'_>,
    builder: &mut Builder,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Unreadable> {
    let mut row = 0_u32;
    let mut cell = Cell::default();
    let mut inside = Inside::Nothing;
    let (mut in_data, mut in_cell, mut phonetic) = (false, false, 0_usize);
    let mut since = 0;
    loop {
        let (unpacked, declared) = (xml.unpacked(), xml.declared());
        let event = xml.next()?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let open = matches!(event, Event::Start(_));
                match element.local_name().as_ref() {
                    "sheetData" => in_data = open,
                    "row" if in_data => {
                        let (before, told) = (row, attribute(element, "r"));
                        row = match &told {
                            Some(number) => number.parse().unwrap_or(0),
                            None => before.saturating_add(1),
                        };
                        if row <= before || row > LAST_ROW {
                            return Err(no_such_cell(xml.part(), told));
                        }
                        builder.begin();
                        since += 1;
                        if since == EVERY {
                            since = 0;
                            progress(Progress {
                                stage: Stage::Reading,
                                done: unpacked.min(declared),
                                of: declared,
                            });
                        }
                    }
                    "c" if in_data => {
                        let next = builder.column();
                        match begin(&mut cell, element, next) {
                            Ok(()) => in_cell = open,
                            Err(told) => return Err(no_such_cell(xml.part(), Some(told))),
                        }
                    }
                    "v" if in_cell => {
                        cell.has_value = true;
                        inside = if open { Inside::Value } else { Inside::Nothing };
                    }
                    "f" if in_cell => {
                        cell.has_formula = true;
                        inside = if open {
                            Inside::Formula
                        } else {
                            Inside::Nothing
                        };
                    }
                    "t" if in_cell && open && phonetic == 0 => {
                        cell.has_value = true;
                        inside = Inside::Text;
                    }
                    "rPh" if open => phonetic += 1,
                    _ => {}
                }
            }
            Event::End(element) => match element.local_name().as_ref() {
                "sheetData" => in_data = false,
                "v" | "f" | "t" => inside = Inside::Nothing,
                "rPh" => phonetic = phonetic.saturating_sub(1),
                "c" if in_cell => {
                    in_cell = false;
                    finish(&cell, row, around, builder)?;
                }
                _ => {}
            },
            Event::Eof => {
                progress(Progress {
                    stage: Stage::Reading,
                    done: declared,
                    of: declared,
                });
                return Ok(());
            }
            event => {
                let room = 2 * around.limits.cell;
                let fine = match inside {
                    Inside::Value | Inside::Text if cell.value.len() <= room => {
                        add_text(event, &mut cell.value)
                    }
                    Inside::Formula if cell.formula.len() <= SHOWN => {
                        add_text(event, &mut cell.formula)
                    }
                    _ => true,
                };
                if !fine {
                    return Err(xml.damaged());
                }
            }
        }
    }
}

fn no_such_cell(part: &str, told: Option<String>) -> Unreadable {
    Unreadable::Damaged(Damage::Cell {
        part: part.to_owned(),
        cell: told.unwrap_or_default().chars().take(SHOWN).collect(),
    })
}

/// `next` is the column after the last; cells must not go back. The error is the place that the cell claims.
fn begin(cell: &mut Cell, element: &BytesStart<'_>, next: usize) -> Result<(), String> {
    cell.value.clear();
    cell.formula.clear();
    cell.has_value = false;
    cell.has_formula = false;
    cell.kind = attribute(element, "t").unwrap_or_default();
    cell.style = attribute(element, "s")
        .and_then(|style| style.parse().ok())
        .unwrap_or(0);
    cell.column = match attribute(element, "r") {
        None => next,
        Some(place) => match column(&place) {
            Some(column) if column >= next => column,
            _ => return Err(place),
        },
    };
    Ok(())
}

/// `B7` → 1. Three letters at most.
fn column(place: &str) -> Option<usize> {
    let letters = place
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .collect::<Vec<u8>>();
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let number = letters.iter().fold(0, |number, letter| {
        number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    (number <= 16_384).then(|| number - 1)
}

fn finish(
    cell: &Cell,
    row: u32,
    around: &Around<'_>,
    builder: &mut Builder,
) -> Result<(), Unreadable> {
    let (text, fault) = text(cell, around);
    let text = text.trim();
    if text.is_empty() && fault.is_none() {
        return Ok(());
    }
    let limits = around.limits;
    if cell.column >= limits.columns {
        return Err(Unreadable::TooManyColumns {
            row,
            limit: limits.columns,
        });
    }
    if text.len() > limits.cell {
        return Err(Unreadable::CellTooLong {
            row,
            column: cell.column + 1,
            limit: limits.cell,
        });
    }
    while builder.column() < cell.column {
        builder.cell(row, "", None);
    }
    builder.cell(row, text, fault);
    within(builder, row, limits)
}

fn text(cell: &Cell, around: &Around<'_>) -> (String, Option<CellFault>) {
    if cell.has_formula && !cell.has_value {
        let formula: String = cell.formula.chars().take(SHOWN).collect();
        return (format!("={formula}"), Some(CellFault::FormulaWithoutValue));
    }
    let value = &cell.value;
    let (text, written) = match &*cell.kind {
        "s" => {
            let index = value.trim().parse().ok();
            let shared = index.and_then(|index| around.strings.get(index));
            (shared.unwrap_or_default().to_owned(), true)
        }
        "str" | "inlineStr" => (unescaped(value).into_owned(), true),
        "b" => (
            match value.trim() {
                "1" | "true" => "true".to_owned(),
                _ => "false".to_owned(),
            },
            false,
        ),
        "e" => return (value.clone(), Some(CellFault::ExcelError)),
        "d" => (
            value.split('T').next().unwrap_or_default().to_owned(),
            false,
        ),
        _ if value.trim().is_empty() => (String::new(), false),
        _ => (
            number(value, around.styles.is_date(cell.style), around.since_1904),
            // A hostile file may claim that a text is a number.
            true,
        ),
    };
    let fault = written.then(|| suspicion(text.trim())).flatten();
    (text, fault)
}
