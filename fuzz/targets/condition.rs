//! Whatever stands in a `when`, parsing it ends in a condition or in faults that point into it; and a
//! condition, written out and parsed again, is the same condition.
#![no_main]

use libfuzzer_sys::fuzz_target;
use survey::{
    answers::Number,
    condition::{Condition, Fact, Kind, Scope, Truth},
};

/// One name of every kind.
struct Names;

const NAMES: [&str; 6] = [
    "listed",
    "posts",
    "prevention",
    "register.area_type",
    "barrier_none",
    "comment",
];

impl Scope for Names {
    fn kind(&self, name: &str) -> Option<Kind> {
        let number = |whole| Kind::Number {
            whole,
            min: Number::ZERO,
            max: Number::whole(100_000),
        };
        let choice = |options: &[&str]| {
            Kind::Choice(options.iter().map(|&option| option.to_owned()).collect())
        };
        match name {
            "listed" => Some(number(true)),
            "posts" => Some(number(false)),
            "prevention" => Some(choice(&["very_good", "good", "bad", "very_bad"])),
            "register.area_type" => Some(choice(&["1", "2", "3"])),
            "barrier_none" => Some(Kind::Flag),
            "comment" => Some(Kind::Text),
            _ => None,
        }
    }

    fn names(&self) -> Vec<String> {
        NAMES.map(str::to_owned).to_vec()
    }
}

fn known(name: &str) -> Fact {
    match name {
        "listed" => Fact::Number(Number::whole(8_500)),
        "posts" => Fact::Number(Number::from_millionths(1_500_000)),
        "prevention" => Fact::Choice("bad".to_owned()),
        "register.area_type" => Fact::Choice("1".to_owned()),
        "barrier_none" => Fact::Flag(true),
        "comment" => Fact::Text("…".to_owned()),
        _ => Fact::Missing,
    }
}

fuzz_target!(|source: &str| {
    match Condition::parse(source, &Names) {
        Ok(condition) => {
            let again = Condition::parse(condition.source(), &Names);
            assert_eq!(again.as_ref(), Ok(&condition), "written out and read back");
            assert_ne!(
                condition.holds(&known),
                Truth::Unknown,
                "everything it asks about is known"
            );
            condition.holds(&|_: &str| Fact::Missing);
            for name in condition.names() {
                assert!(
                    Names.kind(name).is_some(),
                    "asks about a name that is not there"
                );
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            for fault in faults {
                assert!(
                    source.get(fault.at.clone()).is_some(),
                    "points outside the text, or into a character"
                );
                assert!(!fault.wrong.is_empty());
            }
        }
    }
});
