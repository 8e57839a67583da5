//! A chief's staffing table in few words, and what the checks say of it.

use std::sync::LazyLock;

use survey::{
    answers::Answers,
    checks::{Finding, Mend, MendKind, examine},
    cleaning::RuleSet,
    instrument::{Instrument, Question, load},
    register::Register,
};

const RULES: &str = include_str!("../../../instruments/vardcentralschefer-2022.cleaning.toml");

static CHIEFS: LazyLock<Instrument> = LazyLock::new(|| asking(RULES));

/// The chiefs' questionnaire, asking at entry what these rules say.
pub fn asking(rules: &str) -> Instrument {
    let mut instrument = load(include_str!(
        "../../../instruments/vardcentralschefer-2022.toml"
    ))
    .unwrap();
    let rules = RuleSet::load(rules, &instrument).unwrap();
    rules.ask_at_entry(&mut instrument);
    instrument
}

/// The rules with one text in the place of another.
pub fn rules_with(from: &str, to: &str) -> String {
    let rules = RULES.replacen(from, to, 1);
    assert_ne!(rules, RULES, "`{from}` does not stand in the file");
    rules
}

pub fn question(key: &str) -> &'static Question {
    CHIEFS
        .questions()
        .map(|(_, _, question)| question)
        .find(|question| question.key == key)
        .unwrap()
}

pub fn register(listed: &str) -> Register {
    Register::read(&CHIEFS, [("listed", listed)])
}

/// One line per profession: its key, persons, posts and posts of temps. `-` is blank, `_` a space, and `none` alone the
/// ticked box.
pub fn table(lines: &str) -> Answers {
    let mut answers = Answers::default();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace();
        let row = words.next().unwrap();
        for (word, column) in words.zip(["persons", "fte", "temp_fte"]) {
            match word {
                "-" => {}
                "none" => answers.set(format!("{row}_none"), "1"),
                typed => answers.set(format!("{row}_{column}"), typed.replace('_', " ")),
            }
        }
    }
    answers
}

pub fn staffing(lines: &str) -> Vec<Finding> {
    examine(question("staffing"), &Register::default(), &table(lines))
}

/// Each finding in a line: its rule, where it stands, and the buttons it offers.
pub fn told(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            let mut line = format!("{} {}", finding.matter.rule(), finding.anchor());
            for (at, mend) in finding.mends.iter().enumerate() {
                line += if at == 0 { ": " } else { ", " };
                line += &button(mend);
            }
            line
        })
        .collect()
}

fn button(mend: &Mend) -> String {
    match &mend.kind {
        MendKind::To(to) => format!("to {to}"),
        MendKind::Column(count) => format!("column of {count}"),
        MendKind::SwapAll(count) => format!("swap {count} rows"),
        MendKind::Swap | MendKind::Clear => mend.kind.name().to_owned(),
    }
}

pub fn mended(answers: &Answers, mend: &Mend) -> Answers {
    let mut answers = answers.clone();
    for change in &mend.changes {
        answers.set(&change.variable, &change.raw);
    }
    answers
}

pub fn mend_of(findings: &[Finding], wanted: fn(&MendKind) -> bool) -> Mend {
    findings
        .iter()
        .flat_map(|finding| &finding.mends)
        .find(|mend| wanted(&mend.kind))
        .unwrap()
        .clone()
}
