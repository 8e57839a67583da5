use proptest::prelude::*;

use super::{
    super::{Number, Unreadable, read_number},
    number,
};

const WHOLE: bool = true;
const DECIMAL: bool = false;

fn reads(texts: &[&str], whole: bool, plain: &str) {
    for text in texts {
        assert_eq!(read_number(text, whole), Ok(number(plain)), "{text:?}");
    }
}

fn fails(texts: &[&str], whole: bool, why: &Unreadable) {
    for text in texts {
        assert_eq!(read_number(text, whole).as_ref(), Err(why), "{text:?}");
    }
}

#[test]
fn decimals_stand_after_a_comma_or_a_point() {
    reads(
        &["1,5", "1.5", " 1,5 ", "1,50", "01,5", "+1,5"],
        DECIMAL,
        "1.5",
    );
    reads(&[",5", ".5", "0,5", "0.500"], DECIMAL, "0.5");
    reads(&["1,", "1.", "1", "1,0"], DECIMAL, "1");
}

#[test]
fn thousands_are_grouped_by_any_space() {
    for whole in [WHOLE, DECIMAL] {
        reads(
            &[
                "8500",
                "8 500",
                "8\u{a0}500",
                "8\u{202f}500",
                "8\u{2009}500",
                "8 500,0",
                "008500",
            ],
            whole,
            "8500",
        );
        reads(&["1 234 567", "1.234.567"], whole, "1234567");
    }
    reads(
        &["1 234,5", "1.234,5", "1 234.5", "1234,5"],
        DECIMAL,
        "1234.5",
    );
}

#[test]
fn a_point_before_three_digits_groups_only_where_a_whole_number_is_asked_for() {
    reads(&["8.500"], WHOLE, "8500");
    reads(&["-12.500"], WHOLE, "-12500");
    reads(&["8.500"], DECIMAL, "8.5");
    reads(&["8500.000"], WHOLE, "8500");
    fails(
        &["0.500", ".500"],
        WHOLE,
        &Unreadable::NotWhole(number("0.5")),
    );
    fails(&["8.50"], WHOLE, &Unreadable::NotWhole(number("8.5")));
}

#[test]
fn eight_thousand_in_english_is_asked_about_rather_than_read_as_eight() {
    fails(&["8,000", "12,000"], WHOLE, &Unreadable::NotANumber);
    reads(&["8,000"], DECIMAL, "8");
    reads(&["8,0"], WHOLE, "8");
    reads(&["8500,000"], WHOLE, "8500");
}

#[test]
fn halves_and_quarters_may_be_written_as_signs() {
    reads(&["½", "0½"], DECIMAL, "0.5");
    reads(&["¼"], DECIMAL, "0.25");
    reads(&["¾"], DECIMAL, "0.75");
    reads(&["1½", "1 ½", "1\u{a0}½"], DECIMAL, "1.5");
    reads(&["-½"], DECIMAL, "-0.5");
    reads(&["1 500 ½"], DECIMAL, "1500.5");
    fails(
        &["1,5½", "½½", "½1", "1  ½", "- ½"],
        DECIMAL,
        &Unreadable::NotANumber,
    );
    fails(&["1½"], WHOLE, &Unreadable::NotWhole(number("1.5")));
}

#[test]
fn negative_numbers_are_read_so_that_the_checks_can_name_them() {
    reads(&["-3", "\u{2212}3"], WHOLE, "-3");
    reads(&["-0"], WHOLE, "0");
    reads(&["-9223372036854,775808"], DECIMAL, "-9223372036854.775808");
}

#[test]
fn percent_is_told_apart_with_the_number_before_it() {
    for text in [
        "150 %",
        "150%",
        "150\u{a0}%",
        "150 procent",
        "150Procent",
        "150 percent",
    ] {
        assert_eq!(
            read_number(text, DECIMAL),
            Err(Unreadable::Percent(number("150"))),
            "{text:?}"
        );
    }
    assert_eq!(
        read_number("12,5 %", WHOLE),
        Err(Unreadable::Percent(number("12.5")))
    );
    fails(
        &["%", "procent", "ca 5 %", "5 %%"],
        DECIMAL,
        &Unreadable::NotANumber,
    );
}

#[test]
fn decimals_where_a_whole_number_is_asked_for_are_told_apart() {
    fails(&["1,5", "1.5"], WHOLE, &Unreadable::NotWhole(number("1.5")));
}

#[test]
fn what_is_no_number_is_never_guessed_at() {
    let texts = [
        "",
        " ",
        "-",
        "+",
        ",",
        ".",
        "-,",
        "ca 5",
        "5 st",
        "5-6",
        "5–6",
        "1e5",
        "NaN",
        "inf",
        "1,2,3",
        "1.2.3",
        "8 50",
        "8 5000",
        "8500 000",
        "8  500",
        "1.234 567",
        "1 234.567.890",
        "1,234.5",
        "1.23,5",
        "--5",
        "+-5",
        "5-",
        "1 ,5",
        "1, 5",
        "1,5 0",
        "0x10",
        "١٢",
        "５",
        "1'000",
        "½ 1",
        "1/2",
        "∞",
        "99999999999999999999x",
    ];
    for whole in [WHOLE, DECIMAL] {
        fails(&texts, whole, &Unreadable::NotANumber);
    }
}

#[test]
fn six_decimals_are_exact_and_more_are_rounded_half_to_even() {
    reads(&["0,123456"], DECIMAL, "0.123456");
    reads(
        &["0,1234565", "0,12345650", "0,12345649"],
        DECIMAL,
        "0.123456",
    );
    reads(&["0,12345651", "0,1234574"], DECIMAL, "0.123457");
    reads(&["0,1234575"], DECIMAL, "0.123458");
    reads(&["0,9999999"], DECIMAL, "1");
}

#[test]
fn numbers_beyond_what_is_held_are_too_large() {
    fails(
        &[
            "9223372036854,775808",
            "-9223372036854,775809",
            "9 999 999 999 999 999 999 999",
            "9223372036854,7758079",
            "99999999999999999999999999 %",
        ],
        DECIMAL,
        &Unreadable::TooLarge,
    );
    reads(&["9223372036854,775807"], DECIMAL, "9223372036854.775807");
}

proptest! {
    #[test]
    fn reading_never_panics_for_any_string(text in ".*", whole: bool) {
        let _ = read_number(&text, whole);
        let _ = Number::parse_plain(&text);
    }

    #[test]
    fn reading_never_panics_for_any_string_of_the_signs_that_numbers_are_made_of(
        text in "[-+0-9., \u{a0}½¼%\u{2212}]{0,40}",
        whole: bool,
    ) {
        let _ = read_number(&text, whole);
        let _ = Number::parse_plain(&text);
    }

    #[test]
    fn white_space_around_a_number_counts_for_nothing(text in "[0-9., ]{1,9}", whole: bool) {
        prop_assert_eq!(read_number(&format!("\u{a0} {text}\t\n"), whole), read_number(&text, whole));
    }
}
