//! A total in the first row: it equals the sum of the others.

use super::{
    Change, Check, Finding, Matter, Mend, MendKind, Scope, TotalLimits, matrix::MatrixRules,
};
use crate::answers::{Answers, Number};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Evidence {
    Enough,
    /// Enough beside a column that has enough by itself.
    Some,
}

pub(super) fn examine(
    rules: &MatrixRules,
    columns: &[String],
    limits: &TotalLimits,
    answers: &Answers,
) -> Vec<Finding> {
    totals(rules, columns, limits, answers)
        .into_iter()
        .map(|variable| Finding {
            matter: Matter::TotalInFirstRow {
                typed: answers.raw(&variable).trim().to_owned(),
            },
            scope: Scope::Field,
            mends: vec![Mend {
                kind: MendKind::Clear,
                changes: vec![Change {
                    variable: variable.clone(),
                    raw: String::new(),
                }],
            }],
            variables: vec![variable],
        })
        .collect()
}

/// The cells that hold a total which the matrix's checks ask about.
pub(super) fn asked_about(rules: &MatrixRules, answers: &Answers) -> Vec<String> {
    rules
        .checks
        .iter()
        .flat_map(|check| match check {
            Check::TotalInFirstRow { columns, limits } => totals(rules, columns, limits, answers),
            _ => Vec::new(),
        })
        .collect()
}

/// The cells of the first row that hold a total.
fn totals(
    rules: &MatrixRules,
    columns: &[String],
    limits: &TotalLimits,
    answers: &Answers,
) -> Vec<String> {
    let Some((first, others)) = rules.rows.split_first() else {
        return Vec::new();
    };
    let found: Vec<(String, Evidence)> = columns
        .iter()
        .filter_map(|column| {
            let evidence = evidence(rules, [first, column], others, limits, answers)?;
            Some((MatrixRules::cell(first, column), evidence))
        })
        .collect();
    if !found
        .iter()
        .any(|(_, evidence)| *evidence == Evidence::Enough)
    {
        return Vec::new();
    }
    found.into_iter().map(|(variable, _)| variable).collect()
}

fn evidence(
    rules: &MatrixRules,
    [first, column]: [&String; 2],
    others: &[String],
    limits: &TotalLimits,
    answers: &Answers,
) -> Option<Evidence> {
    let total = rules.number(first, column, answers)?;
    let mut sum = Number::ZERO;
    let mut count = 0;
    for row in others {
        if let Some(number) = rules
            .number(row, column, answers)
            .filter(|number| *number > Number::ZERO)
        {
            sum = sum.checked_add(number)?;
            count += 1;
        }
    }
    if total != sum || count < limits.beside {
        return None;
    }
    // While the column is still being filled in, its sum passes many numbers.
    let filled = count * 2 + 1 >= others.len();
    if total >= limits.least && count >= limits.others && filled {
        Some(Evidence::Enough)
    } else {
        Some(Evidence::Some)
    }
}
