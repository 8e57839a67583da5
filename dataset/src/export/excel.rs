//! What a spreadsheet does to texts, and how to keep it from that.

use std::borrow::Cow;

use survey::answers::Number;

/// The most that a cell of a spreadsheet holds, in UTF-16 units. Of a longer text in a CSV, the rest would land in the next row.
const LONGEST: usize = 32_767;

/// Begins a formula, or looks as if it did: `= + - @`, and the signs that a spreadsheet may take for them.
const BEGINS_A_FORMULA: [char; 23] = [
    '=', '+', '-', '@', '#', '|', '%', '＝', '﹦', '⁼', '₌', '＋', '﹢', '⁺', '₊', '﬩', '－', '﹣',
    '−', '–', '＠', '﹫', '＃',
];

/// Says that a text was cut.
const CUT: char = '…';

/// `text` as Excel must find it in a CSV to show it as a text. A text that Excel would run, or turn into a date, a number or a
/// truth, gets an apostrophe in front; so does one that begins with an apostrophe, so that taking the first away always gives
/// the text back.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    if is_changed(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text, or as much of it as a cell holds, with `…` last.
pub(super) fn fitting(text: &str, most: usize) -> Cow<'_, str> {
    // No text has more UTF-16 units than bytes.
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let mut kept = 0;
    for (at, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > most {
            return Cow::Owned(format!("{}{CUT}", &text[..kept]));
        }
        if units < most {
            kept = at + letter.len_utf8();
        }
    }
    Cow::Borrowed(text)
}

/// As much of the text as a cell of a workbook holds.
pub(super) fn in_a_cell(text: &str) -> Cow<'_, str> {
    fitting(text, LONGEST)
}

/// As much of the text as a cell of a CSV holds, guarded.
pub(super) fn in_a_line(text: &str) -> Cow<'_, str> {
    match fitting(text, LONGEST - 1) {
        Cow::Borrowed(whole) => guarded(whole),
        Cow::Owned(cut) => Cow::Owned(guarded(&cut).into_owned()),
    }
}

fn is_changed(text: &str) -> bool {
    let begins = text
        .trim_start_matches(|letter: char| letter.is_whitespace() || is_unseen(letter))
        .chars()
        .next();
    let dangerous = begins.is_some_and(|first| first == '\'' || BEGINS_A_FORMULA.contains(&first));
    // A control character first, such as a tab, may be taken away and leave a formula.
    let controlled = text
        .chars()
        .next()
        .is_some_and(|first| first.is_control() || is_unseen(first));
    dangerous || controlled || is_converted(text)
}

/// Controls, and letters that are not seen.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Whether Excel would show something else than what stands there: `1/2` as a date, `0123` without its zero.
fn is_converted(text: &str) -> bool {
    let digits = text.contains(|letter: char| letter.is_numeric());
    if digits && is_plain_number(text) {
        return false;
    }
    if !digits {
        return is_listed(text.trim(), TRUTHS);
    }
    text.split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| is_listed(word, WORDS))
}

/// Digits that come out as they went in.
fn is_plain_number(text: &str) -> bool {
    /// A spreadsheet keeps fifteen digits.
    const DIGITS: usize = 15;
    text.len() <= DIGITS
        && Number::parse_plain(&text.replace(',', "."))
            .is_some_and(|number| number.to_plain().replace('.', ",") == text)
}

const WORDS: &str = include_str!("../../data/excel-words.txt");
const TRUTHS: &str = include_str!("../../data/excel-truths.txt");

fn is_listed(word: &str, list: &str) -> bool {
    // Most words differ in length, which is quickest to tell.
    list.lines()
        .any(|line| line.len() == word.len() && line == word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_excel_would_run_gets_an_apostrophe() {
        for text in [
            "=1+1",
            "+46 8 123",
            "-5",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\u{200b}@x",
            "＝1+1",
            "＋1",
            "－1",
            "＠x",
            "﹦1",
            "−5",
            "#N/A",
            "|calc",
            "'=1",
            "'quoted'",
            "\u{1}x",
        ] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn what_excel_would_turn_into_something_else_gets_an_apostrophe() {
        for text in [
            "1/2",
            "1-2",
            "1.5",
            "0123",
            "1,50",
            "1e5",
            "5 maj",
            "mars 2022",
            "8:30",
            "100 %",
            "10 000",
            "SANT",
            "true",
            "12345678901234567",
            "½",
            "2022-06-16",
            "kl 8",
        ] {
            assert_eq!(guarded(text), format!("'{text}"), "{text:?}");
        }
    }

    #[test]
    fn what_excel_shows_as_it_stands_is_left_alone() {
        for text in [
            "",
            "12",
            "1,5",
            "0",
            "vc-0001",
            "as_answered",
            "Vi har 3 läkare",
            "ca 5 st",
            "yes",
            "Region Skåne",
            "100=hundra",
            "…",
            "?",
            "5 tjänster",
            "mars",
        ] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn a_text_longer_than_a_cell_is_cut_between_letters_and_says_so() {
        assert_eq!(fitting("abcde", 5), "abcde");
        assert_eq!(fitting("abcdef", 5), "abcd…");
        assert_eq!(fitting("åäöåä", 5), "åäöåä");
        // A letter of two units never comes apart.
        assert_eq!(fitting("abc😀😀", 5), "abc…");
        assert_eq!(fitting("abcd😀", 6), "abcd😀");
        let long = "😀".repeat(40_000);
        assert!(in_a_line(&long).encode_utf16().count() <= LONGEST);
        assert!(in_a_line(&format!("={long}")).encode_utf16().count() <= LONGEST);
    }

    proptest! {
        #[test]
        fn taking_the_apostrophe_away_gives_the_text_back(text in "\\PC*|[=+@'\\t\\r\\n -]{0,3}\\PC*") {
            let written = guarded(&text);
            let read = written.strip_prefix('\'').unwrap_or(&written);
            prop_assert_eq!(read, &text);
        }

        #[test]
        fn nothing_that_is_guarded_begins_a_formula(text in "[\\s\\u{feff}]{0,3}[=+@＝＋－＠-]\\PC*") {
            prop_assert!(guarded(&text).starts_with('\''));
        }
    }
}
