//! Small instruments in which `▸` marks where a fault is expected.

use survey::instrument::{Fault, Instrument, Place, load};

/// A head without faults: Swedish only, with a class and a number in the register.
pub const HEAD: &str = r#"key = "small"
version = "1"
languages = ["sv"]
title = "Liten"
note = "Egna ord."
sender = { name = "Myndigheten", contact = "Fråga oss", email = "fraga@example.se" }
register = [
  { key = "area", label = "Områdestyp", kind = "class", values = [ { key = "1", label = "Ett" }, { key = "2", label = "Två" } ] },
  { key = "listed", label = "Listade", kind = "number" },
]

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
"#;

/// A section's head.
pub const SECTION: &str = "[[section]]\nkey = \"one\"\ntitle = \"Ett\"\n";

/// A whole question that asks yes or no.
pub fn yes_no(key: &str, number: &str, more: &str) -> String {
    format!(
        "[[section.question]]\nkey = \"{key}\"\nnumber = \"{number}\"\ntype = \"choice\"\ntext = \"T\"\n\
         wording = \"assumed\"\noptions = [ {{ key = \"yes\", label = \"Ja\" }}, {{ key = \"no\", label = \"Nej\" }} ]\n{more}\n"
    )
}

/// The beginning of a question of some type; what the type asks for comes after.
pub fn question(key: &str, number: &str, kind: &str) -> String {
    format!(
        "[[section.question]]\nkey = \"{key}\"\nnumber = \"{number}\"\ntype = \"{kind}\"\ntext = \"T\"\n\
         wording = \"assumed\"\n"
    )
}

#[expect(clippy::panic, reason = "a test ends where its file does not load")]
pub fn loaded(source: &str) -> Instrument {
    load(source).unwrap_or_else(|faults| {
        let list: Vec<String> = faults.iter().map(Fault::to_string).collect();
        panic!("the file has faults:\n{}\n\n{source}", list.join("\n"))
    })
}

/// Takes the marks out and loads; every fault must stand at a mark and say what is expected there, and nothing else
/// may be found. `expected` are a part of what is wrong and a part of what would be right, in the order of the marks.
#[track_caller]
pub fn expect(marked: &str, expected: &[(&str, &str)]) {
    let mut source = String::new();
    let mut places = Vec::new();
    let (mut line, mut column) = (1, 1);
    for character in marked.chars() {
        if character == '▸' {
            places.push(Place { line, column });
            continue;
        }
        source.push(character);
        if character == '\n' {
            line += 1;
            column = 1;
        } else {
            column += 1;
        }
    }
    assert_eq!(places.len(), expected.len(), "one mark for each fault");
    let faults = load(&source).err().unwrap_or_default();
    let found: Vec<String> = faults.iter().map(Fault::to_string).collect();
    let shown = found.join("\n");
    assert_eq!(faults.len(), expected.len(), "{shown}\n\n{source}");
    for ((fault, place), (wrong, right)) in faults.iter().zip(places).zip(expected) {
        assert_eq!(fault.place, place, "{shown}\n\n{source}");
        assert!(
            fault.wrong.contains(wrong),
            "no {wrong:?} in {}",
            fault.wrong
        );
        assert!(
            fault.right.contains(right),
            "no {right:?} in {}",
            fault.right
        );
    }
}

/// [`expect`] for what comes after a head without faults.
#[track_caller]
pub fn expect_body(body: &str, expected: &[(&str, &str)]) {
    expect(&format!("{HEAD}{body}"), expected);
}

/// [`expect`] for one section with these questions.
#[track_caller]
pub fn expect_questions(questions: &str, expected: &[(&str, &str)]) {
    expect(&format!("{HEAD}{SECTION}{questions}"), expected);
}
