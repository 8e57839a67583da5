//! A total among the rows.

use crate::{chance::Chance, unit::Unit};

pub fn total_last(unit: &mut Unit, _: &mut Chance) {
    let pairs = unit.pairs();
    let persons = pairs.iter().map(|(persons, _)| unit.truth[*persons]).sum();
    let posts = pairs.iter().map(|(_, posts)| unit.truth[*posts]).sum();
    for (column, total) in [("other_staff_persons", persons), ("other_staff_fte", posts)] {
        if let Some(place) = unit.place(column) {
            let typed = unit.number(total);
            unit.mistake(place, typed, false);
        }
    }
}

pub fn total_first_posts(unit: &mut Unit, _: &mut Chance) {
    let pairs = unit.pairs();
    let total = pairs.iter().map(|(_, posts)| unit.truth[*posts]).sum();
    if let Some((_, posts)) = pairs.first() {
        let typed = unit.number(total);
        unit.mistake(*posts, typed, false);
    }
}

/// Everyone in the first row, and posts as an average of each profession: certain only where it shows often enough.
pub fn total_and_averages(unit: &mut Unit, chance: &mut Chance) {
    let pairs = unit.pairs();
    let many = pairs
        .iter()
        .filter(|(persons, _)| unit.truth[*persons] > 100);
    let certain = pairs.len() >= 7 && many.count() >= 5;
    let in_percent = chance.below(2) == 0;
    let total: i64 = pairs.iter().map(|(persons, _)| unit.truth[*persons]).sum();
    for (row, (persons, posts)) in pairs.into_iter().enumerate() {
        let heads = unit.truth[persons] / 100;
        let average = ((unit.truth[posts] / heads + 2) / 5 * 5).max(5);
        unit.truth[posts] = average * heads;
        let typed = if in_percent {
            average.to_string()
        } else {
            unit.number(average)
        };
        if heads > 1 || in_percent || row == 0 {
            unit.mistake(posts, typed, certain && row > 0);
        } else {
            unit.typed[posts] = typed;
        }
        if row == 0 {
            let total = unit.number(total);
            unit.mistake(persons, total, false);
        }
    }
}
