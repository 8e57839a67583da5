//! The parts' XML, token by token: no document types, no entities but XML's own five, no depth without end.

use quick_xml::{
    Reader,
    events::{BytesRef, BytesStart, Event},
};

use crate::read::{Damage, Unreadable};

use super::package::Source;

/// Excel's own parts are some ten levels deep.
const DEPTH: usize = 64;

pub(super) struct Xml<'z, 'a> {
    part: String,
    reader: Reader<Source<'z, 'a>>,
    buffer: Vec<u8>,
    depth: usize,
}

impl<'z, 'a> Xml<'z, 'a> {
    pub fn new(part: &str, source: Source<'z, 'a>) -> Self {
        Self {
            part: part.to_owned(),
            reader: Reader::from_reader(source),
            buffer: Vec::new(),
            depth: 0,
        }
    }

    pub fn next(&mut self) -> Result<Event<'_>, Unreadable> {
        self.buffer.clear();
        self.reader.get_mut().begin_token();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::DocType(_)) => Err(Unreadable::Entities {
                part: self.part.clone(),
            }),
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth > DEPTH {
                    return Err(damaged(&self.part));
                }
                Ok(event)
            }
            Err(_) => Err(match self.reader.get_ref().over() {
                Some(limit) => Unreadable::UnpacksTooLarge {
                    part: self.part.clone(),
                    limit,
                },
                None => damaged(&self.part),
            }),
        }
    }

    pub fn damaged(&self) -> Unreadable {
        damaged(&self.part)
    }

    pub fn part(&self) -> &str {
        &self.part
    }

    pub fn unpacked(&self) -> u64 {
        self.reader.get_ref().unpacked()
    }

    pub fn declared(&self) -> u64 {
        self.reader.get_ref().declared()
    }
}

fn damaged(part: &str) -> Unreadable {
    Unreadable::Damaged(Damage::Xml {
        part: part.to_owned(),
    })
}

/// An attribute by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| {
            quick_xml::escape::unescape(&attribute.value)
                .ok()
                .map(std::borrow::Cow::into_owned)
        })
}

/// Adds the text of an event, if it has any. False: an entity that is not XML's own.
pub(super) fn add_text(event: &Event<'_>, out: &mut String) -> bool {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => match character(reference) {
            Some(c) => out.push(c),
            None => return false,
        },
        _ => {}
    }
    true
}

fn character(reference: &BytesRef<'_>) -> Option<char> {
    match reference.as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok()?,
    }
}
