//! Shares and sums as a reader writes them.

use survey::{
    answers::Number,
    statistics::{Millionths, Share},
    text::Language,
};

/// Less than this, in millionths, is not told apart from nothing.
const SMALLEST: Share = 100;

/// A number as a reader of that language writes it.
pub fn number(number: Number, language: Language) -> String {
    match language {
        Language::Swedish => number.to_swedish(),
        Language::English => number.to_english(),
    }
}

/// `0,3 %`: two decimals below ten percent, one above.
pub fn share(share: Share, language: Language) -> String {
    let written = |percent: Number| match language {
        Language::Swedish => format!("{}\u{a0}%", percent.to_swedish()),
        Language::English => format!("{}%", percent.to_english()),
    };
    if share > 0 && share < SMALLEST {
        return format!("<\u{a0}{}", written(Number::from_millionths(10_000)));
    }
    let step = if share < 100_000 { 100 } else { 1_000 };
    // A millionth of the whole is a hundred millionths of a percent.
    let percent = rounded(i128::from(share), step) * 100;
    written(narrow(percent))
}

/// A sum with two decimals at most: posts come in quarters, and sums are added up by whoever reads them.
pub fn amount(sum: Millionths, language: Language) -> String {
    number(narrow(rounded(sum, 10_000)), language)
}

/// To the nearest whole step, halves away from nought.
fn rounded(number: i128, step: i128) -> i128 {
    let half = step / 2 * number.signum();
    (number + half) / step * step
}

fn narrow(millionths: i128) -> Number {
    let most =
        i64::try_from(millionths).unwrap_or(if millionths < 0 { i64::MIN } else { i64::MAX });
    Number::from_millionths(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_as_many_decimals_as_they_need() {
        let sv = |share_in| share(share_in, Language::Swedish);
        assert_eq!(sv(0), "0\u{a0}%");
        assert_eq!(sv(40), "<\u{a0}0,01\u{a0}%");
        assert_eq!(sv(3_000), "0,3\u{a0}%");
        assert_eq!(sv(3_160), "0,32\u{a0}%");
        assert_eq!(sv(123_456), "12,3\u{a0}%");
        assert_eq!(share(3_000, Language::English), "0.3%");
        assert_eq!(share(123_456_000, Language::English), "12,345.6%");
    }

    #[test]
    fn sums_are_rounded_and_keep_their_sign() {
        let sv = |sum| amount(sum, Language::Swedish);
        assert_eq!(sv(1_500_000), "1,5");
        assert_eq!(sv(-148_500_000), "\u{2212}148,5");
        assert_eq!(sv(12_345_678_900_000), "12\u{a0}345\u{a0}678,9");
        assert_eq!(sv(3_333_333), "3,33");
        let en = |sum| amount(sum, Language::English);
        assert_eq!(en(12_345_678_900_000), "12,345,678.9");
        assert_eq!(en(-10_000_000_000), "\u{2212}10,000");
    }
}
