mod faults;
mod laws;
mod logic;
mod reaching;
mod syntax;

use super::{Condition, ConditionFault, Fact, Facts, Kind, Scope, Truth};
use crate::answers::Number;

struct Clinic;

const NAMES: [&str; 9] = [
    "listed",
    "share",
    "need",
    "prevention",
    "barrier_none",
    "barrier_it",
    "comment",
    "register.area_type",
    "register.residents",
];

impl Scope for Clinic {
    fn kind(&self, name: &str) -> Option<Kind> {
        let options = |keys: &[&str]| Kind::Choice(keys.iter().map(ToString::to_string).collect());
        Some(match name {
            "listed" => numbers(true, "0", "40000"),
            "share" => numbers(false, "0", "2.5"),
            "need" => options(&["yes", "no"]),
            "prevention" => options(&["very_good", "good", "bad", "very_bad"]),
            "barrier_none" | "barrier_it" => Kind::Flag,
            "comment" => Kind::Text,
            "register.area_type" => options(&["1", "2", "3", "4", "5"]),
            "register.residents" => Kind::Number {
                whole: false,
                min: Number::MIN,
                max: Number::MAX,
            },
            _ => return None,
        })
    }

    fn names(&self) -> Vec<String> {
        NAMES.map(str::to_owned).to_vec()
    }
}

fn numbers(whole: bool, min: &str, max: &str) -> Kind {
    Kind::Number {
        whole,
        min: number(min),
        max: number(max),
    }
}

fn number(plain: &str) -> Number {
    Number::parse_plain(plain).unwrap()
}

fn condition(source: &str) -> Condition {
    Condition::parse(source, &Clinic).unwrap_or_else(|faults| panic!("{source}: {faults:?}"))
}

fn faults(source: &str) -> Vec<ConditionFault> {
    Condition::parse(source, &Clinic)
        .err()
        .unwrap_or_else(|| panic!("{source} has no fault"))
}

/// What is known: `listed` 8500, `need` yes, `barrier_it` ticked, `barrier_none` not, area type 2, and no more.
fn known(name: &str) -> Fact {
    match name {
        "listed" => Fact::Number(number("8500")),
        "need" => Fact::Choice("yes".to_owned()),
        "barrier_it" => Fact::Flag(true),
        "barrier_none" => Fact::Flag(false),
        "register.area_type" => Fact::Choice("2".to_owned()),
        _ => Fact::Missing,
    }
}

fn truth(source: &str) -> Truth {
    let facts: &dyn Facts = &known;
    condition(source).holds(facts)
}
