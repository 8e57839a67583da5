//! Days as files write them.

use std::fmt;

use crate::plain::plain;

use super::words::words;

/// A day that exists, 1900–2199. Displayed as `2022-04-05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap(year) => 29,
            2 => 28,
            _ => return None,
        };
        ((1900..2200).contains(&year) && (1..=days).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Only `2022-04-05`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        (year.len() == 4 && month.len() == 2 && day.len() == 2)
            .then(|| Self::new(digits(year)?, digits(month)?, digits(day)?))?
    }

    /// Year first (`2022-04-05`, `2022/4/5`, `20220405`, with a time of day or without), or as spoken in Swedish, day first:
    /// `5/4 2022`, `5.4.2022`, `5 april 2022`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = without_time(text.trim());
        let parts: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || "-/.,".contains(c))
            .filter(|part| !part.is_empty())
            .collect();
        match parts[..] {
            [whole] if whole.len() == 8 => Self::new(
                digits(whole.get(..4)?)?,
                digits(whole.get(4..6)?)?,
                digits(whole.get(6..)?)?,
            ),
            [year, month, day] if year.len() == 4 => {
                Self::new(digits(year)?, month_of(month)?, digits(day)?)
            }
            [day, month, year] if year.len() == 4 => {
                Self::new(digits(year)?, month_of(month)?, digits(day)?)
            }
            _ => None,
        }
    }

    /// The day an Excel serial number stands for; `since_1904` for files made on old Macintoshes.
    pub(crate) fn from_serial(serial: f64, since_1904: bool) -> Option<Self> {
        if !(1.0..120_000.0).contains(&serial) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the range checked above"
        )]
        let mut day = serial as u32;
        if since_1904 {
            day += 1_462;
        }
        // Excel counts a 29 February 1900 that never was.
        if day < 60 {
            day += 1;
        }
        let mut left = day - 2;
        let mut year = 1900;
        loop {
            let length = if leap(year) { 366 } else { 365 };
            if left < length {
                break;
            }
            left -= length;
            year += 1;
        }
        (1..=12).find_map(|month| {
            let length = (28..=31)
                .rev()
                .find(|day| Self::new(year, month, *day).is_some())?;
            if left < u32::from(length) {
                return Self::new(year, month, u8::try_from(left + 1).ok()?);
            }
            left -= u32::from(length);
            None
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn digits<N: std::str::FromStr>(text: &str) -> Option<N> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn month_of(text: &str) -> Option<u8> {
    digits(text).or_else(|| {
        let text = plain(text);
        let index = words()
            .months
            .iter()
            .position(|names| names.contains(&text))?;
        u8::try_from(index + 1).ok()
    })
}

fn without_time(text: &str) -> &str {
    let cut = text
        .rfind([' ', 'T'])
        .filter(|at| text.get(at + 1..).is_some_and(|time| time.contains(':')));
    cut.map_or(text, |at| text.get(..at).unwrap_or(text))
}
