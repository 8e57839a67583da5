//! The chiefs' questionnaire, small ones made for the test, and a route in few words.

use std::sync::LazyLock;

use survey::{
    answers::Answers,
    instrument::{Fault, Instrument, load},
    register::Register,
    route::{Presence, Route, route},
};

pub static CHIEFS: LazyLock<Instrument> = LazyLock::new(|| {
    loaded(include_str!(
        "../../../instruments/vardcentralschefer-2022.toml"
    ))
});

#[expect(clippy::panic, reason = "a test ends where its file does not load")]
pub fn loaded(source: &str) -> Instrument {
    load(source).unwrap_or_else(|faults| {
        let list: Vec<String> = faults.iter().map(Fault::to_string).collect();
        panic!("the file has faults:\n{}", list.join("\n"))
    })
}

pub fn chief(municipality_type: &str, area_type: &str) -> Register {
    Register::read(
        &CHIEFS,
        [
            ("municipality_type", municipality_type),
            ("area_type", area_type),
        ],
    )
}

pub fn ordinary() -> Register {
    chief("dense_mixed", "3")
}

pub fn rural() -> Register {
    chief("sparse_rural", "3")
}

pub fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().copied().collect()
}

pub fn numbers(route: &Route<'_>) -> Vec<u32> {
    let mut numbers: Vec<u32> = route
        .questions()
        .flat_map(|question| &question.numbers)
        .filter_map(|number| number.parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers
}

/// An instrument of one section, or of those that `questions` begins.
pub fn small(questions: &str) -> Instrument {
    let head = r#"key = "small"
version = "1"
languages = ["sv"]
title = "Liten"
note = "Egna ord."
sender = { name = "Myndigheten", contact = "Fråga oss", email = "fraga@example.se" }
register = [ { key = "size", label = "Storlek", kind = "number" } ]

[texts]
purpose = "a"
why_you = "b"
time = "c"
use_of_answers = "d"
consultation = "e"
privacy = "f"
secrecy = "g"
accessibility = "h"
thanks = "i"
free_text_warning = "j"

[[section]]
key = "first"
title = "Ett"
"#;
    loaded(&format!("{head}{questions}"))
}

pub fn yes_no(key: &str, more: &str) -> String {
    format!(
        "[[section.question]]\nkey = \"{key}\"\nnumber = \"{key}\"\ntype = \"choice\"\ntext = \"T\"\nwording = \"assumed\"\n\
         options = [ {{ key = \"yes\", label = \"Ja\" }}, {{ key = \"no\", label = \"Nej\" }} ]\n{more}\n"
    )
}

pub fn when(condition: &str) -> String {
    format!("when = \"{condition}\"\nwhen_text = \"Om\"")
}

/// The pages of a route, with dormant questions in parentheses: `a (b) | c`.
pub fn pages(instrument: &Instrument, given: &[(&str, &str)]) -> String {
    let route = route(instrument, &Register::default(), &answers(given));
    let pages: Vec<String> = route
        .sections
        .iter()
        .flat_map(|section| &section.pages)
        .map(|page| {
            let questions: Vec<String> = page
                .questions
                .iter()
                .map(|routed| match routed.presence {
                    Presence::Asked => routed.question.key.clone(),
                    Presence::Dormant => format!("({})", routed.question.key),
                })
                .collect();
            questions.join(" ")
        })
        .collect();
    pages.join(" | ")
}
