//! Percent where posts are asked for.

use crate::{chance::Chance, unit::Unit};

/// All posts in percent, with a sign in about half of the rows.
pub fn percent_some_signs(unit: &mut Unit, chance: &mut Chance) {
    for (_, posts) in unit.pairs() {
        let sign = chance.one_of(&["", "%", " %", ""]);
        let typed = format!("{}{sign}", unit.truth[posts]);
        unit.mistake(posts, typed, true);
    }
}

/// Percent where somebody thought of it, always with a sign. Beside several persons it may be each one's.
pub fn percent_signed_rows(unit: &mut Unit, chance: &mut Chance) {
    for (persons, posts) in unit.pairs() {
        if chance.below(3) == 0 {
            let percent = unit.truth[posts];
            let certain = unit.truth[persons] == 100 || percent > 100;
            unit.mistake(posts, format!("{percent} %"), certain);
        }
    }
}

pub fn persons_in_percent(unit: &mut Unit, _: &mut Chance) {
    for (persons, _) in unit.pairs() {
        let typed = unit.truth[persons].to_string();
        unit.mistake(persons, typed, false);
    }
}

pub fn signed(unit: &mut Unit, end: &str) {
    for place in unit.ending(end) {
        let typed = format!("{}%", unit.truth[place]);
        unit.mistake(place, typed, true);
    }
}

/// The upper half of the sheet in percent of a post, the lower as an average for each person.
pub fn percent_then_averages(unit: &mut Unit, _: &mut Chance) {
    let pairs = unit.pairs();
    let upper = pairs.len() / 2;
    for (row, (persons, posts)) in pairs.into_iter().enumerate() {
        let heads = unit.truth[persons] / 100;
        let percent = if row < upper {
            unit.truth[posts]
        } else {
            let average = ((unit.truth[posts] / heads + 2) / 5 * 5).max(5);
            unit.truth[posts] = average * heads;
            average
        };
        unit.mistake(posts, percent.to_string(), heads == 1 || percent > 100);
    }
}

/// Need in percent in every other row.
pub fn need_some_percent(unit: &mut Unit, _: &mut Chance) {
    for place in unit.ending("_need_fte").into_iter().step_by(2) {
        unit.mistake(place, unit.truth[place].to_string(), true);
    }
}

pub fn st_in_percent(unit: &mut Unit, _: &mut Chance) {
    if let (Some(persons), Some(posts)) = (unit.place("st_persons"), unit.place("st_fte")) {
        let percent = unit.truth[posts];
        if percent > 0 {
            let certain = unit.truth[persons] == 100 || percent > 100;
            unit.mistake(posts, percent.to_string(), certain);
        }
    }
}

/// In percent until somebody noticed, from the first row on.
pub fn percent_first_rows(unit: &mut Unit, chance: &mut Chance) {
    let pairs = unit.pairs();
    let rows = usize::try_from(2 + chance.below(3)).unwrap_or(2);
    for (persons, posts) in pairs.into_iter().take(rows) {
        let percent = unit.truth[posts];
        let certain = unit.truth[persons] == 100 || percent > 100;
        unit.mistake(posts, percent.to_string(), certain);
    }
}
