//! Reads files as their readers do, without the writers' help.

use std::io::{Cursor, Read as _};

use quick_xml::{Reader, events::Event};

/// The fields of each line of a CSV.
pub fn csv(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                row.last_mut().unwrap().push('"');
            }
            '"' if quoted => quoted = false,
            '"' if row.last().unwrap().is_empty() => quoted = true,
            _ if quoted => row.last_mut().unwrap().push(letter),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' => rows.push(vec![String::new()]),
            _ if letter == separator => row.push(String::new()),
            _ => row.last_mut().unwrap().push(letter),
        }
    }
    assert_eq!(rows.pop().unwrap(), [""], "the last line ends");
    rows
}

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Number(f64),
    Text(String),
}

pub fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name(name).unwrap();
    part.read_to_string(&mut text).unwrap();
    text
}

pub fn parts(book: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}

/// What stands in a sheet, from 1, by the cells' names.
pub fn sheet(book: &[u8], number: usize) -> std::collections::BTreeMap<String, Cell> {
    let strings = strings(&part(book, "xl/sharedStrings.xml"));
    let xml = part(book, &format!("xl/worksheets/sheet{number}.xml"));
    let mut reader = Reader::from_str(&xml);
    let mut cells = std::collections::BTreeMap::new();
    let (mut name, mut shared, mut within) = (String::new(), false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "c" => {
                let attribute = |key: &str| {
                    let found = tag.try_get_attribute(key).unwrap()?;
                    Some(found.value.to_string())
                };
                name = attribute("r").unwrap();
                shared = attribute("t").as_deref() == Some("s");
            }
            Event::Start(tag) if tag.name().as_ref() == "f" => panic!("{name} holds a formula"),
            Event::Start(tag) => within = tag.name().as_ref() == "v",
            Event::End(_) => within = false,
            Event::Text(text) if within => {
                let text = text.xml10_content().into_owned();
                let cell = if shared {
                    Cell::Text(strings[text.parse::<usize>().unwrap()].clone())
                } else {
                    Cell::Number(text.parse().unwrap())
                };
                cells.insert(name.clone(), cell);
            }
            Event::Eof => return cells,
            _ => {}
        }
    }
}

/// Each shared string, of one or several pieces.
fn strings(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut strings = Vec::new();
    let mut within = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "si" => strings.push(String::new()),
            Event::Start(tag) => within = tag.name().as_ref() == "t",
            Event::End(_) => within = false,
            Event::Text(text) if within => {
                strings.last_mut().unwrap().push_str(&text.xml10_content());
            }
            Event::GeneralRef(entity) if within => {
                let string = strings.last_mut().unwrap();
                string.push(match entity.as_ref() {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    "apos" => '\'',
                    _ => entity.resolve_char_ref().unwrap().unwrap(),
                });
            }
            Event::Eof => return strings.iter().map(|text| unescaped(text)).collect(),
            _ => {}
        }
    }
}

/// `_x000D_` is how Excel keeps what XML cannot.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6);
        let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some(code) = code.filter(|_| rest[at + 6..].starts_with('_')) {
            plain.push_str(&rest[..at]);
            let code = u32::from_str_radix(code, 16).unwrap();
            plain.push(char::from_u32(code).unwrap());
            rest = &rest[at + 7..];
        } else {
            plain.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
        }
    }
    plain + rest
}
