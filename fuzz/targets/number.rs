//! Whatever a respondent types, reading it ends in a number or in a reason, and the two ways of reading agree.
#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::answers::{Number, Unreadable, read_number};

fuzz_target!(|text: &str| {
    let decimal = read_number(text, false);
    let whole = read_number(text, true);
    if let Ok(number) = whole {
        assert!(number.is_whole());
    }
    if let Err(Unreadable::NotWhole(seen)) = &whole {
        assert!(!seen.is_whole());
    }
    assert!(
        !matches!(decimal, Err(Unreadable::NotWhole(_))),
        "decimals were allowed"
    );

    if let Ok(number) = &decimal {
        assert_eq!(Number::parse_plain(&number.to_plain()), Some(*number));
        assert_eq!(read_number(&number.to_swedish(), false), Ok(*number));
    }

    // What a point, or three noughts after a comma, may mean is the one thing that depends on what was asked for.
    if !text.contains(['.', ',']) {
        match (&whole, &decimal) {
            (Err(Unreadable::NotWhole(seen)), Ok(number)) => assert_eq!(seen, number),
            (whole, decimal) => assert_eq!(whole, decimal, "one text, two verdicts"),
        }
    }

    assert_eq!(
        read_number(&format!(" {text}\u{a0}"), false),
        decimal,
        "white space around it counts for nothing"
    );
    if let Some(number) = Number::parse_plain(text) {
        assert_eq!(
            decimal,
            Ok(number),
            "what files may write, a respondent may type"
        );
    }
});
