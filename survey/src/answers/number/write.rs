//! From a [`Number`] to a text.

use super::{MILLION, Number};

const NO_BREAK_SPACE: char = '\u{a0}';
const MINUS: char = '\u{2212}';

impl Number {
    /// As files and exports write it: `-1234.5`. Never more decimals than needed.
    pub fn to_plain(self) -> String {
        self.written('-', None, '.')
    }

    /// As Swedish readers expect it: decimal comma, thousands apart by no-break spaces, a true minus sign.
    pub fn to_swedish(self) -> String {
        self.written(MINUS, Some(NO_BREAK_SPACE), ',')
    }

    /// As English readers expect it: decimal point, thousands apart by commas, a true minus sign.
    pub fn to_english(self) -> String {
        self.written(MINUS, Some(','), '.')
    }

    fn written(self, minus: char, group: Option<char>, decimal: char) -> String {
        let magnitude = self.millionths().unsigned_abs();
        let units = (magnitude / MILLION).to_string();
        let mut text = String::new();
        if self.is_negative() {
            text.push(minus);
        }
        for (at, digit) in units.char_indices() {
            if at > 0 && (units.len() - at).is_multiple_of(3) {
                text.extend(group);
            }
            text.push(digit);
        }
        let mut rest = magnitude % MILLION;
        let mut place = MILLION / 10;
        if rest > 0 {
            text.push(decimal);
        }
        while rest > 0 {
            text.extend(
                u32::try_from(rest / place)
                    .ok()
                    .and_then(|digit| char::from_digit(digit, 10)),
            );
            rest %= place;
            place /= 10;
        }
        text
    }
}
