//! One number by itself, held against the register and the staff: residents listed.

use super::{
    contest,
    question_evidence::Facts,
    row::{self, Cell, Choice, Meant, Row},
    settle,
    sheet::Sheet,
};
use crate::{
    answers::Number,
    cleaning::{
        Certainty, Evidence, Status,
        engine::blank,
        reading::Numeral,
        rules::{
            model::{Fit, IMPOSSIBLE, STYLES, quotient},
            plan::{Figure, Plan, RowPlan, Transform},
        },
    },
};

pub(super) fn clean(sheet: &mut Sheet<'_>, plan: &Plan, figure: &Figure) {
    let Some(variables) = plan.rows.first() else {
        return;
    };
    let place = variables.posts;
    let register = figure
        .register
        .as_deref()
        .and_then(|field| sheet.raw.registered(field))
        .filter(|number| *number > Number::ZERO);
    if blank::is_blank(sheet, place) {
        if let (Some(register), Some(rule)) = (register, figure.from_register)
            && sheet.allows(place, register)
        {
            let evidence = Evidence::default().with("to", register);
            sheet.set(
                place,
                Some(register),
                Status::FromRegister,
                None,
                rule,
                Certainty::Certain,
                evidence,
            );
        }
        return;
    }
    let Some(numeral) = sheet.numeral(place) else {
        return;
    };
    let staff = staff(sheet, figure);
    let weigh = |number: i64| -> Fit {
        if number <= 0 || number % Number::SCALE != 0 {
            return [IMPOSSIBLE; STYLES];
        }
        let mut fit = plan.model.sizes.at(number);
        if let Some(staff) = staff {
            fit += figure.per_person.at(quotient(number, staff));
        }
        if let Some(register) = register {
            fit += figure
                .to_register
                .at(quotient(number, register.millionths()));
        }
        [fit; STYLES]
    };
    let typed = numeral.value.millionths();
    let choices = choices(plan, numeral, weigh);
    let rows = [Row {
        cells: [
            Cell::NONE,
            Cell {
                meant: Meant::Is(typed),
                percent: numeral.percent,
                ..Cell::NONE
            },
        ],
        group: 0,
        choices: &choices,
    }];
    let outcome = contest::hold(plan, &rows, &[], &[]);
    let mut facts = Facts::of(plan, &rows, &outcome);
    facts.register = register;
    facts.from_register = figure
        .from_register
        .zip(register)
        .filter(|(_, register)| sheet.allows(place, *register));
    facts.staff = staff
        .map(|staff| Number::from_millionths(staff / Number::SCALE * Number::SCALE))
        .filter(|staff| *staff > Number::ZERO);
    settle::mend(sheet, plan, &rows, &outcome, &[false], &facts);
    settle::ask(sheet, plan, &rows, &outcome, &[], &facts);
}

/// As typed, and what the plan's operations make of it.
fn choices(plan: &Plan, numeral: Numeral, weigh: impl Fn(i64) -> Fit) -> Vec<Choice> {
    let typed = numeral.value.millionths();
    let mut choices = vec![Choice {
        meant: [Meant::Blank, Meant::Is(typed)],
        operation: None,
        fit: if numeral.percent {
            [IMPOSSIBLE; STYLES]
        } else {
            weigh(typed)
        },
        slip: Some(0),
    }];
    for (operation, one) in plan.operations.iter().enumerate() {
        let (meant, fit) = match one.transform {
            Transform::Scale { by, .. } => {
                let number = quotient(typed, by);
                (Meant::Is(number), weigh(number))
            }
            Transform::Repeated => {
                let Some(number) = row::without_repetition(typed) else {
                    continue;
                };
                (Meant::Is(number), weigh(number))
            }
            Transform::StrayPosts { flat, .. } => (Meant::Unknown, [flat; STYLES]),
            _ => continue,
        };
        choices.push(Choice {
            meant: [Meant::Blank, meant],
            operation: Some(operation),
            fit,
            slip: one.slip,
        });
    }
    choices
}

/// The persons of the staff's first question, as far as they are known.
fn staff(sheet: &Sheet<'_>, figure: &Figure) -> Option<i64> {
    let plan = sheet.rules.plans.get(figure.staff)?;
    let sum = |place: fn(&RowPlan) -> Option<usize>| {
        plan.rows
            .iter()
            .filter(|row| row.group == 0)
            .filter_map(place)
            .filter_map(|place| sheet.value(place).number)
            .try_fold(Number::ZERO, Number::checked_add)
            .filter(|sum| *sum > Number::ZERO)
            .map(Number::millionths)
    };
    // Seven tenths of a post each, where only posts are known.
    sum(|row| row.persons).or_else(|| sum(|row| Some(row.posts)).map(|posts| posts / 7 * 10))
}
