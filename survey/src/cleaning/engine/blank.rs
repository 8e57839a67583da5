//! Blanks: nothing here, not asked, and item nonresponse are three things.

use super::{row::Row, sheet::Sheet};
use crate::{
    answers::Number,
    cleaning::{
        Alternative, Certainty, Change, Evidence, Query, Reason, Status, Urgency,
        engine::row::{PERSONS, POSTS},
        reading::Read,
        rules::plan::Plan,
    },
    submission::State,
};

/// Nothing was typed, though it could have been.
pub(super) fn is_blank(sheet: &Sheet<'_>, place: usize) -> bool {
    let asked = sheet
        .raw
        .given()
        .get(place)
        .is_some_and(|given| !matches!(given.state, State::NotAsked | State::NothingHere));
    asked && sheet.reads.get(place) == Some(&Read::Blank)
}

/// Whether anything was typed in the question that the variable at `place` belongs to.
fn question_answered(sheet: &Sheet<'_>, plan: &Plan, place: usize) -> bool {
    plan.questions
        .iter()
        .find(|question| question.contains(&place))
        .is_some_and(|question| is_answered(sheet, question))
}

fn is_answered(sheet: &Sheet<'_>, question: &[usize]) -> bool {
    question.iter().any(|place| {
        sheet
            .reads
            .get(*place)
            .is_some_and(|read| *read != Read::Blank)
    })
}

/// By place, the variables of those questions of the plan where anything was typed.
pub(super) fn in_answered_questions(sheet: &Sheet<'_>, plan: &Plan) -> Vec<bool> {
    let mut answered = vec![false; sheet.reads.len()];
    for question in plan
        .questions
        .iter()
        .filter(|question| is_answered(sheet, question))
    {
        for place in question {
            if let Some(slot) = answered.get_mut(*place) {
                *slot = true;
            }
        }
    }
    answered
}

/// "Vi har ingen av denna yrkesgrupp" is a zero that somebody gave.
pub(super) fn nothing_here(sheet: &mut Sheet<'_>, plan: &Plan) {
    let Some(rule) = plan.blanks.nothing_here else {
        return;
    };
    for place in plan.questions.iter().flatten() {
        if sheet
            .raw
            .given()
            .get(*place)
            .is_some_and(|given| given.state == State::NothingHere)
        {
            zero(sheet, *place, rule, Some(Reason::NothingHere));
        }
    }
}

pub(super) fn zero(sheet: &mut Sheet<'_>, place: usize, rule: usize, reason: Option<Reason>) {
    if sheet.value(place).number == Some(Number::ZERO) {
        return;
    }
    sheet.set(
        place,
        Some(Number::ZERO),
        Status::ZeroByRule,
        reason,
        rule,
        Certainty::Certain,
        Evidence::default(),
    );
}

/// A blank beside answers to the same question is zero, where nothing in its row says otherwise. Beside persons, blank
/// posts are missing.
pub(super) fn fill(sheet: &mut Sheet<'_>, plan: &Plan, rows: &[Row<'_>]) {
    for (row, places) in rows.iter().zip(&plan.rows) {
        let columns = [places.persons, Some(places.posts)];
        for (cell, place) in row.cells.iter().zip(columns) {
            let (Some(place), Some(rule)) = (place, plan.blanks.zero) else {
                continue;
            };
            if cell.zero && sheet.value(place).status == Status::Missing {
                zero(sheet, place, rule, Some(Reason::Blank));
            }
        }
        if let Some((rule, true)) = plan.blanks.omitted {
            ask_about_omission(sheet, plan, row, columns, rule);
        }
    }
}

fn ask_about_omission(
    sheet: &mut Sheet<'_>,
    plan: &Plan,
    row: &Row<'_>,
    columns: [Option<usize>; 2],
    rule: usize,
) {
    let [Some(persons), Some(posts)] = columns else {
        return;
    };
    for (empty, beside, column) in [(posts, persons, POSTS), (persons, posts, PERSONS)] {
        let open = sheet.value(empty).status == Status::Missing
            && is_blank(sheet, empty)
            && question_answered(sheet, plan, empty)
            && row.cells[1 - column].meant.is_positive();
        if !open {
            continue;
        }
        let variable = sheet.key(empty).to_owned();
        let block = sheet
            .rules
            .blocks
            .get(plan.block)
            .map(|block| block.key.clone());
        sheet.ask(Query {
            id: String::new(),
            block: block.unwrap_or_default(),
            rule: sheet.rule_id(rule).to_owned(),
            urgency: Urgency::Soft,
            evidence: Evidence::default().with("beside", sheet.raw.typed(beside).trim()),
            alternatives: vec![Alternative {
                id: Alternative::UNKNOWN.to_owned(),
                changes: vec![Change::to(&variable, None)],
                plausibility: 100,
            }],
            variables: vec![variable],
            suspicion: 0,
            confirmed: false,
        });
    }
}
