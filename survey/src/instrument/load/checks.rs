//! Soft checks: on the right type of question, naming columns and register fields that are there.

use super::{
    matrices::column_exists,
    questions::Context,
    reader::Table,
    words::{did_you_mean, shown},
};
use crate::{
    answers::Number,
    checks::{Check, PercentLimits, SwapLimits, TotalLimits},
    instrument::{Body, Column, RegisterField, RegisterKind},
};

/// How many times larger or smaller than the register's figure a mend may be, where the file does not say.
const NEAR: Number = Number::from_millionths(1_300_000);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    PostsInPercent,
    Swapped,
    PostsExceedPersons,
    TotalInFirstRow,
    Unusual,
    FarFromRegister,
}

const RULES: [(&str, Rule); 6] = [
    ("posts_in_percent", Rule::PostsInPercent),
    ("swapped", Rule::Swapped),
    ("posts_exceed_persons", Rule::PostsExceedPersons),
    ("total_in_first_row", Rule::TotalInFirstRow),
    ("unusual", Rule::Unusual),
    ("far_from_register", Rule::FarFromRegister),
];

impl Rule {
    fn on_a_single_number(self) -> bool {
        matches!(self, Self::Unusual | Self::FarFromRegister)
    }

    fn stands_on(self, body: &Body) -> bool {
        match body {
            Body::Number(_) => self.on_a_single_number(),
            Body::NumberMatrix(_) => !self.on_a_single_number(),
            _ => false,
        }
    }

    fn question_type(self) -> &'static str {
        if self.on_a_single_number() {
            "number"
        } else {
            "number_matrix"
        }
    }
}

pub(super) fn read(
    table: &mut Table<'_>,
    body: Option<&Body>,
    context: &Context<'_>,
) -> Vec<Check> {
    table
        .tables("check", "The check")
        .into_iter()
        .filter_map(|check| {
            let name = ("rule", "rule = \"unusual\"");
            one(check, name, body, &context.register)
        })
        .collect()
}

/// One check. Its name stands at `key`, for instance as in `example`.
pub(crate) fn one(
    mut table: Table<'_>,
    (key, example): (&'static str, &'static str),
    body: Option<&Body>,
    register: &[RegisterField],
) -> Option<Check> {
    let Some(rule) = table.one_of(key, example, &RULES) else {
        // Without the rule there is no telling which keys belong.
        table.forgive();
        table.finish();
        return None;
    };
    let misplaced = body.is_some_and(|body| !rule.value.stands_on(body));
    if misplaced {
        table.reader.fault(
            rule.at,
            "The check does not fit this type of question.",
            format!(
                "It belongs on a question of type `{}`.",
                rule.value.question_type()
            ),
        );
    }
    let columns = match body {
        Some(Body::NumberMatrix(matrix)) => Some(matrix.columns.as_slice()),
        _ => None,
    };
    let check = match rule.value {
        Rule::PostsInPercent => {
            let posts = column_list(&mut table, "posts", "posts = [\"fte\"]", columns);
            let persons = table
                .get("persons")
                .is_some()
                .then(|| column(&mut table, "persons", "persons = \"persons\"", columns));
            Check::PostsInPercent {
                posts,
                persons,
                limits: percent_limits(&mut table),
            }
        }
        Rule::Swapped => Check::Swapped {
            persons: column(&mut table, "persons", "persons = \"persons\"", columns),
            posts: column(&mut table, "posts", "posts = \"fte\"", columns),
            limits: swap_limits(&mut table),
        },
        Rule::PostsExceedPersons => Check::PostsExceedPersons {
            posts: column(&mut table, "posts", "posts = \"fte\"", columns),
            persons: column(&mut table, "persons", "persons = \"persons\"", columns),
        },
        Rule::TotalInFirstRow => Check::TotalInFirstRow {
            columns: column_list(&mut table, "columns", "columns = [\"persons\"]", columns),
            limits: total_limits(&mut table),
        },
        Rule::Unusual => unusual(&mut table),
        Rule::FarFromRegister => far_from_register(&mut table, register),
    };
    let check = distinct(&table, check);
    table.finish();
    check
}

/// A check that compares a column with itself can never ask anything.
fn distinct(table: &Table<'_>, check: Check) -> Option<Check> {
    let same = match &check {
        Check::PostsInPercent {
            posts,
            persons: Some(persons),
            ..
        } => posts.contains(persons),
        Check::Swapped { persons, posts, .. } | Check::PostsExceedPersons { posts, persons } => {
            // Both are empty after faults of their own.
            persons == posts && !persons.is_empty()
        }
        _ => false,
    };
    if same {
        table.reader.fault(
            table.at,
            "The check names the same column for posts and for persons.",
            "Name two columns.",
        );
        return None;
    }
    Some(check)
}

fn column(
    table: &mut Table<'_>,
    key: &'static str,
    example: &'static str,
    columns: Option<&[Column]>,
) -> String {
    let name = table.string(key, example);
    if let Some(columns) = columns {
        column_exists(table, name, columns);
    }
    name.value.to_owned()
}

fn column_list(
    table: &mut Table<'_>,
    key: &'static str,
    example: &'static str,
    columns: Option<&[Column]>,
) -> Vec<String> {
    let names = table.strings(key, example);
    names
        .into_iter()
        .map(|name| {
            if let Some(columns) = columns {
                column_exists(table, name, columns);
            }
            name.value.to_owned()
        })
        .collect()
}

fn unusual(table: &mut Table<'_>) -> Check {
    let low = table.number("low", "low = 500");
    let high = table.number("high", "high = 40000");
    if let (Some(low), Some(high)) = (low, high)
        && low.value > high.value
    {
        table.reader.fault(
            low.at,
            "`low` is larger than `high`.",
            "Let `low` be at most `high`.",
        );
    }
    Check::Unusual {
        low: low.map_or(Number::ZERO, |low| low.value),
        high: high.map_or(Number::ZERO, |high| high.value),
    }
}

fn percent_limits(table: &mut Table<'_>) -> PercentLimits {
    let usual = PercentLimits::default();
    let Some(mut inner) = table.table("limits", "The limits") else {
        return usual;
    };
    let limits = PercentLimits {
        least: above_zero(&mut inner, "least", "least = 5").unwrap_or(usual.least),
        shared: above_zero(&mut inner, "shared", "shared = 10").unwrap_or(usual.shared),
        average_low: above_zero(&mut inner, "average_low", "average_low = 40")
            .unwrap_or(usual.average_low),
        average_high: above_zero(&mut inner, "average_high", "average_high = 100")
            .unwrap_or(usual.average_high),
        apart: above_zero(&mut inner, "apart", "apart = 3").unwrap_or(usual.apart),
        alone: above_zero(&mut inner, "alone", "alone = 40").unwrap_or(usual.alone),
        round: above_zero(&mut inner, "round", "round = 20").unwrap_or(usual.round),
        beside: above_zero(&mut inner, "beside", "beside = 10").unwrap_or(usual.beside),
    };
    if limits.average_low > limits.average_high {
        inner.reader.fault(
            inner.at,
            "`average_low` is larger than `average_high`: no average is asked about.",
            "Let `average_low` be at most `average_high`.",
        );
    }
    inner.finish();
    limits
}

fn swap_limits(table: &mut Table<'_>) -> SwapLimits {
    let usual = SwapLimits::default();
    let Some(mut inner) = table.table("limits", "The limits") else {
        return usual;
    };
    let limits = SwapLimits {
        whole: above_one(&mut inner, "whole", "whole = 2.5").unwrap_or(usual.whole),
        parts: above_one(&mut inner, "parts", "parts = 10").unwrap_or(usual.parts),
        outnumber: count(&mut inner, "outnumber", "outnumber = 4").unwrap_or(usual.outnumber),
    };
    inner.finish();
    limits
}

fn total_limits(table: &mut Table<'_>) -> TotalLimits {
    let usual = TotalLimits::default();
    let Some(mut inner) = table.table("limits", "The limits") else {
        return usual;
    };
    let limits = TotalLimits {
        others: count(&mut inner, "others", "others = 4").unwrap_or(usual.others),
        least: above_zero(&mut inner, "least", "least = 10").unwrap_or(usual.least),
        beside: count(&mut inner, "beside", "beside = 2").unwrap_or(usual.beside),
    };
    inner.finish();
    limits
}

/// The most rows that a matrix has.
const MOST_ROWS: usize = 300;

fn count(table: &mut Table<'_>, key: &'static str, example: &'static str) -> Option<usize> {
    table.get(key)?;
    Some(table.count(key, example, MOST_ROWS).value)
}

fn above_zero(table: &mut Table<'_>, key: &'static str, example: &'static str) -> Option<Number> {
    above(table, key, example, Number::ZERO, "above zero")
}

fn above_one(table: &mut Table<'_>, key: &'static str, example: &'static str) -> Option<Number> {
    above(table, key, example, Number::whole(1), "larger than 1")
}

fn above(
    table: &mut Table<'_>,
    key: &'static str,
    example: &'static str,
    bound: Number,
    words: &str,
) -> Option<Number> {
    let number = table.number_if_any(key, example)?;
    if number.value <= bound {
        table.reader.fault(
            number.at,
            format!("`{key}` is not {words}."),
            format!("Write `{example}`."),
        );
    }
    Some(number.value)
}

fn far_from_register(table: &mut Table<'_>, register: &[RegisterField]) -> Check {
    let field = table.string("field", "field = \"listed\"");
    let known = register.iter().find(|known| known.key == field.value);
    let numbers = register
        .iter()
        .filter(|known| matches!(known.kind, RegisterKind::Number))
        .map(|known| known.key.as_str());
    match known.map(|known| &known.kind) {
        Some(RegisterKind::Number) => {}
        Some(RegisterKind::Class(_)) => table.reader.fault(
            field.at,
            format!(
                "The register field `{}` is a class, not a number.",
                field.value
            ),
            did_you_mean("", numbers),
        ),
        None if field.value.is_empty() => {}
        None => table.reader.fault(
            field.at,
            format!("There is no register field `{}`.", shown(field.value)),
            did_you_mean(field.value, numbers),
        ),
    }
    let factor = table.number("factor", "factor = 2");
    if let Some(factor) = factor.filter(|factor| factor.value <= Number::whole(1)) {
        table.reader.fault(
            factor.at,
            "`factor` is not larger than 1.",
            "Write `factor = 2`.",
        );
    }
    Check::FarFromRegister {
        field: field.value.to_owned(),
        factor: factor.map_or(Number::whole(2), |factor| factor.value),
        near: above_one(table, "near", "near = 1.3").unwrap_or(NEAR),
    }
}
