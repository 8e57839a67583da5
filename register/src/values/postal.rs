//! Postal codes.

use crate::plain::tidy;

/// A Swedish postal code, and the place that stood after it in the same cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Postal {
    /// `123 45`.
    pub code: String,
    pub place: Option<String>,
}

/// `12345`, `123 45`, `SE-123 45`, `123 45 Umeå`.
pub fn read_postal(text: &str) -> Option<Postal> {
    let text = tidy(text);
    let rest = ["SE", "se", "Se", "S", "s"]
        .iter()
        .find_map(|country| {
            let rest = text.strip_prefix(country)?;
            rest.starts_with(['-', ' ', '–'])
                .then(|| rest.trim_start_matches(['-', ' ', '–']))
        })
        .unwrap_or(&text);
    let mut digits = String::with_capacity(6);
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '0'..='9' if digits.len() < 5 => digits.push(c),
            '0'..='9' => return None,
            ' ' | '-' if digits.len() < 5 => {}
            _ => break,
        }
        end = at + c.len_utf8();
        if digits.len() == 5 && !rest[end..].starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
    }
    if digits.len() != 5 || digits.starts_with('0') {
        return None;
    }
    let place = rest[end..].trim_start_matches([' ', ',', '-', ';']).trim();
    if place.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    digits.insert(3, ' ');
    Some(Postal {
        code: digits,
        place: (!place.is_empty()).then(|| place.to_owned()),
    })
}
