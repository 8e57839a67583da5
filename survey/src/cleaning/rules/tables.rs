//! Tables of weights, as the file writes them: decibans with up to two decimals.

use toml::{Spanned, de::DeValue};

use super::model::{Rates, STYLES, Steps, Styles, Weight};
use crate::{answers::Number, instrument::load::reader::Table};

/// Weights beyond this are not told apart from impossible.
const HEAVIEST: i64 = 100;
const SCALE: i64 = Number::SCALE;

pub(super) fn to_weight(table: &Table<'_>, at: usize, number: Number) -> Weight {
    let millionths = number.millionths();
    if millionths.abs() > HEAVIEST * SCALE {
        table.reader.fault(
            at,
            format!("A weight of {} decibans is no weight.", number.to_plain()),
            format!("Write a number between -{HEAVIEST} and {HEAVIEST}."),
        );
        return 0;
    }
    Weight::try_from(millionths / (SCALE / 100)).unwrap_or(0)
}

pub(super) fn weight(table: &mut Table<'_>, key: &'static str, example: &'static str) -> Weight {
    table
        .number(key, example)
        .map_or(0, |number| to_weight(table, number.at, number.value))
}

pub(super) fn weight_if_any(
    table: &mut Table<'_>,
    key: &'static str,
    example: &'static str,
) -> Option<Weight> {
    table
        .number_if_any(key, example)
        .map(|number| to_weight(table, number.at, number.value))
}

fn numbers(
    table: &mut Table<'_>,
    key: &'static str,
    example: &'static str,
) -> Vec<(usize, Number)> {
    let Some(value) = table.require(key, example) else {
        return Vec::new();
    };
    let DeValue::Array(items) = value.get_ref() else {
        table.wrong_type(key, value, "a list of numbers", example);
        return Vec::new();
    };
    items
        .iter()
        .filter_map(|item: &Spanned<DeValue<'_>>| {
            let number = table.as_number(key, item, example)?;
            Some((number.at, number.value))
        })
        .collect()
}

/// `upto` in ascending order, and one `weight` more.
pub(super) fn steps_in(table: &mut Table<'_>) -> Steps {
    let upto = numbers(table, "upto", "upto = [0.5, 1]");
    let weights = numbers(table, "weight", "weight = [-3, -1, -20]");
    for pair in upto.windows(2) {
        if let [(_, low), (at, high)] = pair
            && high <= low
        {
            table.reader.fault(
                *at,
                "`upto` does not ascend: this step holds nothing.",
                "Write the bounds in ascending order.",
            );
        }
    }
    if weights.len() != upto.len() + 1 {
        table.reader.fault(
            table.at,
            format!(
                "There are {} bounds and {} weights.",
                upto.len(),
                weights.len()
            ),
            "Write one weight for each bound, and one for what is beyond the last.",
        );
    }
    let weights = weights
        .into_iter()
        .map(|(at, number)| to_weight(table, at, number));
    Steps::new(
        upto.iter().map(|(_, number)| number.millionths()).collect(),
        weights.collect(),
    )
}

pub(super) fn steps(table: &mut Table<'_>, key: &'static str) -> Steps {
    let Some(mut inner) = table.required_table(key, "The table of weights") else {
        return Steps::default();
    };
    let steps = steps_in(&mut inner);
    inner.finish();
    steps
}

pub(super) fn rates(table: &mut Table<'_>) -> Vec<Rates> {
    let mut rates: Vec<Rates> = Vec::new();
    for mut inner in table.some_tables("rates", "The table of rates", "[[block.rates]]") {
        let persons = inner
            .number("persons", "persons = 1")
            .map_or(0, |number| number.value.millionths());
        if rates.last().is_some_and(|last| persons <= last.persons) {
            inner.reader.fault(
                inner.at,
                "These rates are for fewer persons than those before: they never count.",
                "Write them in ascending order of `persons`.",
            );
        }
        let steps = steps_in(&mut inner);
        let full = weight(&mut inner, "full", "full = -8");
        inner.finish();
        rates.push(Rates {
            persons,
            steps,
            full,
        });
    }
    rates
}

/// Styles of rounding, each with how common it is.
pub(super) fn roundings(table: &mut Table<'_>) -> Styles {
    let mut styles = Vec::new();
    for mut inner in table.some_tables("rounding", "The style of rounding", "[[block.rounding]]") {
        let rarity = weight(&mut inner, "weight", "weight = -1");
        let example = "grid = [-10, -9, -15, -12, -18, -29, -45]";
        let grid = numbers(&mut inner, "grid", example);
        let mut weights = [0; 7];
        if grid.len() == weights.len() {
            for (slot, (at, number)) in weights.iter_mut().zip(grid) {
                *slot = to_weight(&inner, at, number);
            }
        } else {
            inner.reader.fault(
                inner.at,
                format!("`grid` has {} weights.", grid.len()),
                "Write one each for multiples of 1, 0.5, 0.25, 0.1, 0.05 and 0.01, and one for all other numbers.",
            );
        }
        inner.finish();
        styles.push((rarity, weights));
    }
    if styles.len() > STYLES {
        table.reader.fault(
            table.at,
            format!("There are {} styles of rounding.", styles.len()),
            format!("Write at most {STYLES}."),
        );
    }
    Styles::new(&styles)
}
