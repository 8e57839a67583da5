//! What conditions may know of an answer, and what an empty field stands for.

use std::collections::BTreeSet;

use crate::{
    answers::{Answers, Value, read},
    checks::ticked,
    condition::Fact,
    instrument::{Body, Instrument, NumberMatrix, Variable},
    register::Register,
};

/// What an empty field stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// It is not answered.
    Blank,
    /// A box left alone where another of its question is ticked, or where its row is answered: a no.
    No,
    /// A cell of a row that the respondent says does not exist.
    NothingHere,
}

/// What the field of `variable` stands for when it is left empty. A cell of a row that does not exist stands for that
/// whatever it holds.
pub(crate) fn silence(instrument: &Instrument, answers: &Answers, variable: &Variable) -> Silence {
    match &instrument.question_of(variable).body {
        Body::Choices { options, .. }
            if options.iter().any(|option| option.variable == variable.key)
                && options
                    .iter()
                    .any(|option| ticked(answers, &option.variable)) =>
        {
            Silence::No
        }
        Body::NumberMatrix(matrix) => in_matrix(matrix, answers, &variable.key),
        _ => Silence::Blank,
    }
}

fn in_matrix(matrix: &NumberMatrix, answers: &Answers, variable: &str) -> Silence {
    let row = matrix.rows.iter().find_map(|row| {
        let part = variable.strip_prefix(&row.key)?.strip_prefix('_')?;
        let cell = matrix.columns.iter().any(|column| column.key == part);
        let flag = matrix
            .absent
            .as_ref()
            .is_some_and(|absent| absent.key == part);
        (cell || flag).then_some((row, cell))
    });
    let Some((row, is_cell)) = row else {
        return Silence::Blank;
    };
    let absent = matrix
        .absent_variable(row)
        .is_some_and(|absent| ticked(answers, &absent));
    let answered = || {
        matrix.columns.iter().any(|column| {
            !answers
                .raw(&NumberMatrix::cell(row, column))
                .trim()
                .is_empty()
        })
    };
    match (is_cell, absent) {
        (true, true) => Silence::NothingHere,
        (false, false) if answered() => Silence::No,
        _ => Silence::Blank,
    }
}

/// What a condition may know of `name` when only the variables in `asked` count.
pub(super) fn fact(
    name: &str,
    instrument: &Instrument,
    register: &Register,
    answers: &Answers,
    asked: &BTreeSet<&str>,
) -> Fact {
    if let Some(field) = name.strip_prefix("register.") {
        return register.fact(field);
    }
    let Some(variable) = instrument.variable(name).filter(|_| asked.contains(name)) else {
        return Fact::Missing;
    };
    let value = read(&variable.kind, answers.raw(name));
    match silence(instrument, answers, variable) {
        Silence::NothingHere => Fact::Missing,
        Silence::No if value == Value::Blank => Fact::Flag(false),
        Silence::No | Silence::Blank => known(value),
    }
}

/// A value as the branching sees it. What cannot be read is missing until it is mended.
pub fn known(value: Value) -> Fact {
    match value {
        Value::Blank | Value::NothingHere | Value::Unreadable(_) => Fact::Missing,
        Value::Number(number) => Fact::Number(number),
        Value::Choice(key) => Fact::Choice(key),
        Value::Flag(ticked) => Fact::Flag(ticked),
        Value::Text(text) => Fact::Text(text),
    }
}
