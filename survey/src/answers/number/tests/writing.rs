use proptest::prelude::*;

use super::{
    super::{Number, Unreadable, read_number},
    number,
};

#[test]
fn exports_get_a_point_and_no_more_decimals_than_needed() {
    for plain in [
        "0",
        "1.5",
        "-0.25",
        "8500",
        "1234567.000001",
        "-9223372036854.775808",
    ] {
        assert_eq!(number(plain).to_plain(), plain);
    }
    assert_eq!(number("+007.500").to_plain(), "7.5");
}

#[test]
fn readers_get_a_comma_thousands_apart_and_a_true_minus_sign() {
    assert_eq!(number("1.5").to_swedish(), "1,5");
    assert_eq!(number("850").to_swedish(), "850");
    assert_eq!(number("8500").to_swedish(), "8\u{a0}500");
    assert_eq!(
        number("-1234567.05").to_swedish(),
        "\u{2212}1\u{a0}234\u{a0}567,05"
    );
    assert_eq!(Number::ZERO.to_swedish(), "0");
}

#[test]
fn plain_numbers_are_read_strictly() {
    for text in [
        "",
        "-",
        "1.",
        ".5",
        "1,5",
        "1 000",
        "1e5",
        "--1",
        "1.5.5",
        "0.1234567",
        "9223372036855",
        "½",
    ] {
        assert_eq!(Number::parse_plain(text), None, "{text:?}");
    }
    assert_eq!(
        Number::parse_plain("0.12345600"),
        Some(Number::from_millionths(123_456))
    );
}

fn any_number() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(Number::from_millionths),
        any::<i32>().prop_map(Number::whole),
        (-20_000_i64..20_000).prop_map(|tenths| Number::from_millionths(tenths * 100_000)),
        Just(Number::MIN),
        Just(Number::MAX),
    ]
}

proptest! {
    #[test]
    fn a_number_shown_to_a_reader_reads_back_as_itself(number in any_number()) {
        let shown = number.to_swedish();
        prop_assert_eq!(read_number(&shown, false), Ok(number));
        let as_whole = if number.is_whole() { Ok(number) } else { Err(Unreadable::NotWhole(number)) };
        prop_assert_eq!(read_number(&shown, true), as_whole);
    }

    #[test]
    fn an_exported_number_reads_back_as_itself(number in any_number()) {
        prop_assert_eq!(Number::parse_plain(&number.to_plain()), Some(number));
        prop_assert_eq!(read_number(&number.to_plain(), false), Ok(number));
    }
}
