//! What a typed text reads as, with the words of a rule set. Numbers themselves are read by [`read_number`].

use crate::answers::{Number, Unreadable, read_number};

/// The words that a rule set knows, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// "inga": none, which is zero.
    pub zero: Vec<String>,
    /// "vet ej": the respondent does not know.
    pub unknown: Vec<String>,
    /// "ca" before a number.
    pub about: Vec<String>,
    /// "st" after a number; the longest first.
    pub units: Vec<String>,
    pub numbers: Vec<(String, Number)>,
    /// "x" between a number of persons and what each works.
    pub times: Vec<String>,
    /// "à": "2 à 75 %" is a product and "2 à 3" a range.
    pub each: Vec<String>,
    /// "till" between the ends of a range.
    pub between: Vec<String>,
    /// What groups thousands beside what every reader knows: "4'300".
    pub thousands: Vec<String>,
    /// Abbreviated names of months, January first, as spreadsheets write dates.
    pub months: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    Blank,
    Number(Numeral),
    /// "Vet ej".
    Unknown,
    /// "2-3".
    Range(Number, Number),
    /// "01-maj": a spreadsheet has made a date of "1,5".
    Date {
        day: u8,
        month: u8,
    },
    Unreadable,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    pub value: Number,
    /// It says so with a sign.
    pub percent: bool,
    /// "05": perhaps the separator is lost.
    pub leading_zero: bool,
    /// Digits with at most a decimal sign.
    pub plain: bool,
}

impl Numeral {
    /// As if it had been typed in digits.
    pub fn plain(value: Number) -> Self {
        Self {
            value,
            percent: false,
            leading_zero: false,
            plain: true,
        }
    }
}

/// "ca 2 st" peels twice, "ungefär ca 2 personer st" hardly exists.
const DEEPEST: usize = 4;

impl Words {
    pub fn read(&self, typed: &str, whole: bool) -> Read {
        let text = typed.trim();
        if text.is_empty() {
            return Read::Blank;
        }
        self.read_further(text, whole, &read_number(text, whole))
    }

    /// A text without white space around it that is not blank, with what every reader makes of it.
    pub fn read_further(&self, text: &str, whole: bool, read: &Result<Number, Unreadable>) -> Read {
        match numeral_of(text, read) {
            Some(numeral) => Read::Number(numeral),
            None => self.peel(&text.to_lowercase(), whole, DEEPEST),
        }
    }

    fn peel(&self, text: &str, whole: bool, depth: usize) -> Read {
        let text = text.trim();
        if self.zero.iter().any(|word| word == text) {
            return Read::Number(spoken(Number::ZERO));
        }
        if self.unknown.iter().any(|word| word == text) {
            return Read::Unknown;
        }
        if let Some((_, number)) = self.numbers.iter().find(|(word, _)| word == text) {
            return Read::Number(spoken(*number));
        }
        if let Some(numeral) = numeral(text, whole) {
            return Read::Number(Numeral {
                plain: false,
                ..numeral
            });
        }
        if let Some(number) = fraction(text).or_else(|| self.sum(text)) {
            return Read::Number(spoken(number));
        }
        if let Some((low, high)) = self.range(text, whole) {
            return Read::Range(low, high);
        }
        if let Some(date) = self.date(text) {
            return date;
        }
        let Some(depth) = depth.checked_sub(1) else {
            return Read::Unreadable;
        };
        let peeled = self
            .about
            .iter()
            .find_map(|word| text.strip_prefix(word.as_str()))
            .or_else(|| {
                self.units
                    .iter()
                    .find_map(|unit| text.strip_suffix(unit.as_str()))
                    .filter(|rest| !rest.is_empty())
            });
        if let Some(rest) = peeled {
            return self.peel(rest, whole, depth);
        }
        let without: String = self.thousands.iter().fold(text.to_owned(), |text, sign| {
            text.replace(sign.as_str(), " ")
        });
        if without != text {
            return self.peel(&without, whole, depth);
        }
        Read::Unreadable
    }

    /// "0,5+1", "2 x 75%".
    fn sum(&self, text: &str) -> Option<Number> {
        let mut sum = Number::ZERO;
        let mut terms = 0;
        let mut products = 0;
        for term in text.split('+') {
            let (value, multiplied) = self.product(term)?;
            sum = sum.checked_add(value)?;
            terms += 1;
            products += usize::from(multiplied);
        }
        (terms > 1 || products > 0).then_some(sum)
    }

    fn product(&self, term: &str) -> Option<(Number, bool)> {
        let split = self
            .times
            .iter()
            .chain(&self.each)
            .find_map(|sign| Some((sign, term.split_once(sign.as_str())?)));
        let Some((sign, (count, share))) = split else {
            return self.factor(term).map(|(value, _)| (value, false));
        };
        let (count, count_in_percent) = self.factor(count)?;
        let (share, share_in_percent) = self.factor(share)?;
        // "2 à 3" is a range.
        let apart = self.each.contains(sign) && !share_in_percent;
        if count_in_percent || apart {
            return None;
        }
        Some((count.checked_mul(share)?, true))
    }

    /// A number, whether it said "%".
    fn factor(&self, text: &str) -> Option<(Number, bool)> {
        let mut text = text.trim();
        if let Some(rest) = self
            .units
            .iter()
            .find_map(|unit| text.strip_suffix(unit.as_str()))
        {
            text = rest.trim_end();
        }
        if let Some((_, number)) = self.numbers.iter().find(|(word, _)| word == text) {
            return Some((*number, false));
        }
        match read_number(text, false) {
            Ok(number) => Some((number, false)),
            Err(Unreadable::Percent(number)) => Some((number.divide_by_100(), true)),
            Err(_) => None,
        }
    }

    fn range(&self, text: &str, whole: bool) -> Option<(Number, Number)> {
        self.between.iter().chain(&self.each).find_map(|word| {
            let (low, high) = text.split_once(word.as_str())?;
            let (low, high) = (numeral(low.trim(), whole)?, numeral(high.trim(), whole)?);
            (low.value < high.value && !low.percent && !high.percent)
                .then_some((low.value, high.value))
        })
    }

    /// "01-maj", "maj-01", "1 maj".
    fn date(&self, text: &str) -> Option<Read> {
        let (first, second) = text.split_once(['-', '/', ' ', '.'])?;
        let second = second.trim_matches([' ', '.']);
        let month = |word: &str| {
            self.months
                .iter()
                .position(|month| word.starts_with(month.as_str()))
                .and_then(|place| u8::try_from(place + 1).ok())
        };
        let (day, month) = month(second)
            .map(|month| (first, month))
            .or_else(|| month(first).map(|month| (second, month)))?;
        let day = day.trim_matches([' ', '.']).parse().ok()?;
        (1..=31).contains(&day).then_some(Read::Date { day, month })
    }
}

fn spoken(value: Number) -> Numeral {
    Numeral {
        value,
        percent: false,
        leading_zero: false,
        plain: false,
    }
}

fn numeral(text: &str, whole: bool) -> Option<Numeral> {
    numeral_of(text, &read_number(text, whole))
}

fn numeral_of(text: &str, read: &Result<Number, Unreadable>) -> Option<Numeral> {
    let (value, percent) = match read {
        Ok(number) | Err(Unreadable::NotWhole(number)) => (*number, false),
        Err(Unreadable::Percent(number)) => (*number, true),
        Err(_) => return None,
    };
    let bytes = text.as_bytes();
    let signs = bytes.iter().filter(|byte| !byte.is_ascii_digit()).count();
    let plain = signs == 0
        || (signs == 1 && bytes.iter().any(|byte| matches!(byte, b',' | b'.')) && !percent);
    let leading_zero = signs == 0 && bytes.len() > 1 && bytes.first() == Some(&b'0');
    Some(Numeral {
        value,
        percent,
        leading_zero,
        plain,
    })
}

/// "1/2", "1 1/2".
fn fraction(text: &str) -> Option<Number> {
    let (units, part) = match text.rsplit_once(' ') {
        Some((units, part)) => (read_number(units, true).ok()?, part),
        None => (Number::ZERO, text),
    };
    let (over, under) = part.split_once('/')?;
    let (over, under): (i32, i32) = (over.trim().parse().ok()?, under.trim().parse().ok()?);
    if !(1..=4).contains(&under) || !(1..under).contains(&over) || units.is_negative() {
        return None;
    }
    units.checked_add(Number::whole(over).checked_div(Number::whole(under))?)
}
