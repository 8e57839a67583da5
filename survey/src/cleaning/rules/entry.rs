//! What a rule asks already in the questionnaire: `[[rule.entry]]`, with the limits from which it asks.

use crate::{
    checks::Check,
    instrument::{
        Instrument, Question,
        load::{
            checks,
            reader::Table,
            words::{did_you_mean, shown},
        },
    },
};

/// A check, and the question it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EntryCheck {
    question: String,
    check: Check,
}

/// In the order of the file, which is the order they ask in.
pub(super) fn read(table: &mut Table<'_>, instrument: &Instrument) -> Vec<EntryCheck> {
    table
        .tables("entry", "What is asked at entry")
        .into_iter()
        .filter_map(|inner| one(inner, instrument))
        .collect()
}

fn one(mut table: Table<'_>, instrument: &Instrument) -> Option<EntryCheck> {
    let name = table.string("question", "question = \"staffing\"");
    let questions = || instrument.questions().map(|(_, _, question)| question);
    let Some(question) = questions().find(|question| question.key == name.value) else {
        if !name.value.is_empty() {
            let known: Vec<&str> = questions().map(|known| known.key.as_str()).collect();
            table.reader.fault(
                name.at,
                format!("There is no question `{}`.", shown(name.value)),
                did_you_mean(name.value, known.iter().copied()),
            );
        }
        table.forgive();
        table.finish();
        return None;
    };
    let name = ("check", "check = \"unusual\"");
    let check = checks::one(table, name, Some(&question.body), &instrument.register)?;
    Some(EntryCheck {
        question: question.key.clone(),
        check,
    })
}

/// Where the rules ask, they alone do: checks in the instrument's own file are for surveys without rules.
pub(super) fn put(entry: &[EntryCheck], instrument: &mut Instrument) {
    let asked = |question: &Question| -> Vec<Check> {
        entry
            .iter()
            .filter(|one| one.question == question.key)
            .map(|one| one.check.clone())
            .collect()
    };
    for section in &mut instrument.sections {
        for question in &mut section.questions {
            let checks = asked(question);
            if !checks.is_empty() {
                question.checks = checks;
            }
        }
    }
}
