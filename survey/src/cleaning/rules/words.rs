//! The words of a rule set.

use crate::{
    answers::{Number, read_number},
    cleaning::reading::Words,
    instrument::load::{
        reader::{At, Table},
        words::shown,
    },
};

const MONTHS: usize = 12;

pub(super) fn read(root: &mut Table<'_>) -> Words {
    let Some(mut table) = root.required_table("words", "The words") else {
        return Words::default();
    };
    let zero = list(&mut table, "zero", "zero = [\"inga\"]");
    let unknown = list(&mut table, "unknown", "unknown = [\"vet ej\"]");
    for word in &unknown {
        if zero.iter().any(|zero| zero.value == word.value) {
            table.reader.fault(
                word.at,
                format!("`{}` is both none and unknown.", shown(&word.value)),
                "Let it be one of them.",
            );
        }
    }
    for word in zero.iter().chain(&unknown) {
        if read_number(&word.value, false).is_ok() {
            table.reader.fault(
                word.at,
                format!("`{}` is read as a number already.", shown(&word.value)),
                "Leave it out.",
            );
        }
    }
    let months = list(&mut table, "months", "months = [\"jan\", …]");
    if months.len() != MONTHS {
        table.reader.fault(
            table.at,
            format!("`months` has {} months.", months.len()),
            "Write all twelve, January first.",
        );
    }
    let plain = |words: Vec<At<String>>| words.into_iter().map(|word| word.value).collect();
    let mut units = list(&mut table, "units", "units = [\"st\"]");
    units.sort_by_key(|unit| std::cmp::Reverse(unit.value.len()));
    let mut about = list(&mut table, "about", "about = [\"ca\"]");
    about.sort_by_key(|word| std::cmp::Reverse(word.value.len()));
    let words = Words {
        zero: plain(zero),
        unknown: plain(unknown),
        about: plain(about),
        units: plain(units),
        numbers: numbers(&mut table),
        times: plain(list(&mut table, "times", "times = [\"x\"]")),
        each: plain(list(&mut table, "each", "each = [\"à\"]")),
        between: plain(list(&mut table, "between", "between = [\"-\"]")),
        thousands: plain(list(&mut table, "thousands", "thousands = [\"'\"]")),
        months: plain(months),
    };
    table.finish();
    words
}

/// Words in lower case, as they are compared; each once.
fn list(table: &mut Table<'_>, key: &'static str, example: &'static str) -> Vec<At<String>> {
    let mut words: Vec<At<String>> = Vec::new();
    for word in table.strings(key, example) {
        let lower = word.value.to_lowercase();
        if lower.is_empty() || words.iter().any(|known| known.value == lower) {
            table.reader.fault(
                word.at,
                format!("`{}` says nothing new.", shown(word.value)),
                "Leave it out.",
            );
            continue;
        }
        words.push(At {
            value: lower,
            at: word.at,
        });
    }
    words
}

fn numbers(table: &mut Table<'_>) -> Vec<(String, Number)> {
    let Some(mut names) = table.required_table("numbers", "The numbers") else {
        return Vec::new();
    };
    let mut numbers = Vec::new();
    let entries: Vec<_> = names.named().collect();
    for (name, value) in entries {
        if let Some(number) = names.as_number(name.value, value, "två = 2") {
            numbers.push((name.value.to_lowercase(), number.value));
        }
    }
    names.forgive();
    names.finish();
    numbers
}
