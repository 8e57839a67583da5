//! The texts that cells share.

use quick_xml::events::Event;

use crate::{limits::Limits, read::Unreadable};

use super::xml::{Xml, add_text};

/// More texts than the largest register has cells with text.
const COUNT: usize = 8_000_000;

#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(start..end)
    }

    /// A text too long for a cell is kept only so far that the cell that uses it is found too long.
    pub fn read(xml: &mut Xml<'_, '_>, limits: &Limits) -> Result<Self, Unreadable> {
        let mut strings = Self::default();
        let mut item = String::new();
        let (mut in_text, mut phonetic) = (false, 0_usize);
        loop {
            let event = xml.next()?;
            match &event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "si" => item.clear(),
                    "t" => in_text = true,
                    "rPh" => phonetic += 1,
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "t" => in_text = false,
                    "rPh" => phonetic = phonetic.saturating_sub(1),
                    "si" => strings.push(&item, limits)?,
                    _ => {}
                },
                Event::Empty(element) if element.local_name().as_ref() == "si" => {
                    strings.push("", limits)?;
                }
                Event::Eof => return Ok(strings),
                event
                    if in_text
                        && phonetic == 0
                        && item.len() <= 2 * limits.cell
                        && !add_text(event, &mut item) =>
                {
                    return Err(xml.damaged());
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, item: &str, limits: &Limits) -> Result<(), Unreadable> {
        let item = unescaped(item);
        let mut end = item.len().min(limits.cell + 1);
        while !item.is_char_boundary(end) {
            end += 1;
        }
        self.text.push_str(&item[..end]);
        if self.text.len() > limits.text || self.ends.len() >= COUNT {
            return Err(Unreadable::TooMuchText { limit: limits.text });
        }
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        Ok(())
    }
}

/// Excel writes what XML cannot hold as `_x000D_`.
pub(super) fn unescaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest
            .get(2..7)
            .filter(|code| code.ends_with('_'))
            .and_then(|code| u32::from_str_radix(&code[..4], 16).ok())
            .and_then(char::from_u32);
        if let Some(c) = code {
            out.push(c);
            rest = &rest[7..];
        } else {
            out.push_str("_x");
            rest = &rest[2..];
        }
    }
    out.push_str(rest);
    out.into()
}
