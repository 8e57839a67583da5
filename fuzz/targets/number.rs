//! Whatever a respondent types, reading it ends in a number or in a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::answers::{Number, Unreadable, read_number};

fuzz_target!(|text: &str| {
    let decimal = read_number(text, false);
    assert!(
        !matches!(decimal, Err(Unreadable::NotWhole(_))),
        "decimals were allowed"
    );
    match (read_number(text, true), decimal) {
        (Ok(whole), Ok(decimal)) => {
            assert!(whole.is_whole());
            assert_eq!(whole, decimal, "one text, two numbers");
        }
        (Err(Unreadable::NotWhole(seen)), Ok(decimal)) => {
            assert!(!seen.is_whole());
            assert_eq!(seen, decimal, "one text, two numbers");
        }
        (whole, decimal) => assert_eq!(whole, decimal, "one text, two verdicts"),
    }
});
