//! From a typed text to a [`Number`].

use super::{DECIMALS, MILLION, Number, Unreadable};

/// Reads a text as typed: decimal comma or point, thousands grouped by spaces or points, `½`, a sign. White space
/// around it counts for nothing. More than six decimals are rounded, half to even.
///
/// A point before exactly three digits groups thousands where a `whole` number is asked for, and is a decimal point
/// where not. Negative numbers are read; whether they are allowed is for the checks to say.
pub fn read_number(text: &str, whole: bool) -> Result<Number, Unreadable> {
    let text = text.trim();
    if let Some(before) = before_percent(text) {
        return Err(match signed(before.trim_end(), whole) {
            Ok(number) => Unreadable::Percent(number),
            Err(why) => why,
        });
    }
    let number = match short(text) {
        Some(number) => number,
        None => signed(text, whole)?,
    };
    match number {
        number if whole && !number.is_whole() => Err(Unreadable::NotWhole(number)),
        number => Ok(number),
    }
}

impl Number {
    /// Reads a number as files write it: an optional sign, digits, perhaps a point and more digits. `None` for anything
    /// else, for more than six decimals, and for what a `Number` cannot hold.
    pub fn parse_plain(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (units, decimals) = match text.split_once('.') {
            Some((_, "")) => return None,
            Some((units, decimals)) => (units, decimals.trim_end_matches('0')),
            None => (text, ""),
        };
        if units.is_empty() || !all_digits(units) || !all_digits(decimals) {
            return None;
        }
        if decimals.len() > DECIMALS {
            return None;
        }
        exactly(negative, digits(units), millionths(decimals)).ok()
    }
}

/// What most answers are, without the care that the others take: a few digits, and perhaps one or two decimals.
fn short(text: &str) -> Option<Number> {
    const LONGEST: usize = 9;
    let bytes = text.as_bytes();
    let sign = bytes.iter().position(|byte| matches!(byte, b',' | b'.'));
    let (units, decimals) = match sign {
        Some(at) => (bytes.get(..at)?, bytes.get(at + 1..)?),
        None => (bytes, bytes.get(..0)?),
    };
    let is_sound = bytes.len() <= LONGEST
        && !units.is_empty()
        && decimals.len() <= 2
        && sign.is_some() != decimals.is_empty();
    if !is_sound {
        return None;
    }
    let value = |digits: &[u8]| {
        digits.iter().try_fold(0_i64, |value, byte| {
            let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
            Some(value * 10 + digit)
        })
    };
    let part = if decimals.len() == 1 { 100_000 } else { 10_000 };
    let millionths = value(units)? * Number::SCALE + value(decimals)? * part;
    Some(Number::from_millionths(millionths))
}

/// What stands before "%" or "procent", where the text ends with either.
fn before_percent(text: &str) -> Option<&str> {
    if let Some(before) = text.strip_suffix('%') {
        return Some(before);
    }
    ["procent", "percent"].into_iter().find_map(|word| {
        let at = text.len().checked_sub(word.len())?;
        let ends = text.get(at..)?.eq_ignore_ascii_case(word);
        ends.then(|| text.get(..at)).flatten()
    })
}

fn signed(text: &str, whole: bool) -> Result<Number, Unreadable> {
    let (negative, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    for (sign, millionths) in [('½', 500_000), ('¼', 250_000), ('¾', 750_000)] {
        if let Some(before) = text.strip_suffix(sign) {
            let units = if before.is_empty() {
                "0"
            } else {
                before.strip_suffix(is_group_space).unwrap_or(before)
            };
            return exactly(negative, grouped(units)?, millionths);
        }
    }
    let (units, decimals) = split_decimals(text, whole)?;
    if !all_digits(decimals) {
        return Err(Unreadable::NotANumber);
    }
    if units.is_empty() && !decimals.is_empty() {
        return exactly(negative, digits("0"), millionths(decimals));
    }
    exactly(negative, grouped(units)?, millionths(decimals))
}

/// What stands before and after the decimal sign.
fn split_decimals(text: &str, whole: bool) -> Result<(&str, &str), Unreadable> {
    if let Some((units, decimals)) = text.split_once(',') {
        // "8,000" is eight thousand to an English hand: better asked about than read as 8.
        if whole && decimals == "000" && could_be_first_group(units) {
            return Err(Unreadable::NotANumber);
        }
        return Ok((units, decimals));
    }
    Ok(match text.rsplit_once('.') {
        Some((units, _)) if units.contains('.') => (text, ""),
        Some((units, decimals)) if whole && decimals.len() == 3 && could_be_first_group(units) => {
            (text, "")
        }
        Some(split) => split,
        None => (text, ""),
    })
}

/// Whether thousands could follow: "8" or "12" or "130", but not "0" or "1200".
fn could_be_first_group(units: &str) -> bool {
    (1..=3).contains(&units.len()) && all_digits(units) && !units.starts_with('0')
}

/// The digits of a whole number, grouped in threes or not at all.
fn grouped(units: &str) -> Result<impl Iterator<Item = u64>, Unreadable> {
    let by_points = units.contains('.');
    let separator = move |c: char| {
        if by_points {
            c == '.'
        } else {
            is_group_space(c)
        }
    };
    let mut groups = units.split(separator);
    let first = groups.next().unwrap_or_default();
    let mut alone = true;
    for group in groups {
        alone = false;
        if group.len() != 3 || !all_digits(group) {
            return Err(Unreadable::NotANumber);
        }
    }
    if first.is_empty() || !all_digits(first) || !(alone || first.len() <= 3) {
        return Err(Unreadable::NotANumber);
    }
    Ok(digits(units))
}

fn is_group_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits in `text`, skipping whatever groups them.
fn digits(text: &str) -> impl Iterator<Item = u64> {
    text.bytes()
        .filter(u8::is_ascii_digit)
        .map(|byte| u64::from(byte - b'0'))
}

fn exactly(
    negative: bool,
    units: impl Iterator<Item = u64>,
    millionths: u64,
) -> Result<Number, Unreadable> {
    let mut value = 0_u64;
    for digit in units {
        value = value
            .checked_mul(10)
            .and_then(|tenfold| tenfold.checked_add(digit))
            .ok_or(Unreadable::TooLarge)?;
    }
    value
        .checked_mul(MILLION)
        .and_then(|scaled| scaled.checked_add(millionths))
        .and_then(|magnitude| Number::signed(magnitude, negative))
        .ok_or(Unreadable::TooLarge)
}

/// The decimals in millionths, half to even; a whole million where they round up to one.
fn millionths(decimals: &str) -> u64 {
    let mut value = 0;
    let mut digits = digits(decimals);
    for _ in 0..DECIMALS {
        value = value * 10 + digits.next().unwrap_or(0);
    }
    let away = match digits.next() {
        Some(5) => value % 2 == 1 || digits.any(|digit| digit > 0),
        Some(digit) => digit > 5,
        None => false,
    };
    value + u64::from(away)
}
