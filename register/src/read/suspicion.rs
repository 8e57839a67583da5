//! Texts that are not what they seem.

use super::CellFault;

/// Letters that come out when UTF-8 is read as Windows-1252: å, ä, ö, Å, Ä, Ö, é, É, ü.
const MOJIBAKE: [&str; 10] = [
    "Ã¥",
    "Ã¤",
    "Ã¶",
    "Ã…",
    "Ã„",
    "Ã–",
    "Ã©",
    "Ã‰",
    "Ã¼",
    "\u{c3}\u{85}",
];
/// What å, ä, ö, Å, Ä, Ö of DOS become in Windows-1252.
const DOS: [char; 5] = ['†', '„', '”', '\u{8f}', 'Ž'];

pub(super) fn suspicion(text: &str) -> Option<CellFault> {
    if looks_like_formula(text) {
        return Some(CellFault::LooksLikeFormula);
    }
    if text.is_ascii() {
        return None;
    }
    if text.contains('\u{fffd}') {
        return Some(CellFault::Undecodable);
    }
    let mojibake = text.contains('\u{c3}') && MOJIBAKE.iter().any(|pair| text.contains(pair));
    (mojibake || dos(text)).then_some(CellFault::Garbled)
}

/// A quotation mark never stands within a word.
fn dos(text: &str) -> bool {
    if !text.contains(DOS) {
        return false;
    }
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| {
        matches!(three, [before, letter, after]
            if before.is_alphabetic() && DOS.contains(letter) && after.is_ascii_lowercase())
    })
}

/// Phone numbers, negative numbers and lone dashes are not meant.
fn looks_like_formula(text: &str) -> bool {
    let text = text.trim_start();
    let mut chars = text.chars();
    match chars.next() {
        Some('=' | '@') => chars.next().is_some(),
        Some('+' | '-') => text.contains(['(', '|', '!']),
        _ => false,
    }
}
