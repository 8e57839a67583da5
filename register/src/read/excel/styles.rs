//! Which cells are dates: Excel knows it only by how they are shown.

use std::collections::HashMap;

use quick_xml::events::Event;

use crate::read::Unreadable;

use super::xml::{Xml, attribute};

/// More styles than Excel itself takes.
const COUNT: usize = 70_000;

/// For each style of cells, whether it shows a day.
#[derive(Debug, Default)]
pub(super) struct Styles(Vec<bool>);

impl Styles {
    pub fn is_date(&self, style: usize) -> bool {
        self.0.get(style).copied().unwrap_or(false)
    }

    pub fn read(xml: &mut Xml<'_, '_>) -> Result<Self, Unreadable> {
        let mut custom: HashMap<u32, bool> = HashMap::new();
        let mut styles = Vec::new();
        let mut in_cells = false;
        loop {
            let event = xml.next()?;
            match &event {
                Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                    in_cells = false;
                }
                Event::Start(element) | Event::Empty(element) => {
                    let number = || {
                        attribute(element, "numFmtId")
                            .and_then(|id| id.parse().ok())
                            .unwrap_or(0_u32)
                    };
                    match element.local_name().as_ref() {
                        "cellXfs" => in_cells = matches!(event, Event::Start(_)),
                        "numFmt" if custom.len() < COUNT => {
                            let code = attribute(element, "formatCode").unwrap_or_default();
                            custom.insert(number(), shows_day(&code));
                        }
                        "xf" if in_cells && styles.len() < COUNT => {
                            let number = number();
                            let date = custom.get(&number).copied();
                            styles.push(date.unwrap_or_else(|| built_in(number)));
                        }
                        _ => {}
                    }
                }
                Event::Eof => return Ok(Self(styles)),
                _ => {}
            }
        }
    }
}

fn built_in(number: u32) -> bool {
    matches!(number, 14..=17 | 22 | 27..=31 | 34..=36 | 50..=58)
}

/// A year, a day, or a month beside no hours: outside quotation marks, brackets and escapes.
fn shows_day(code: &str) -> bool {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '[' => while chars.next().is_some_and(|c| c != ']') {},
            '\\' | '_' | '*' => {
                chars.next();
            }
            ';' => break,
            c => letters.extend(c.to_lowercase()),
        }
    }
    if letters.contains("general") {
        return false;
    }
    letters.contains(['y', 'd']) || letters.contains('m') && !letters.contains(['h', 's'])
}
