//! Another unit than posts.

use crate::{chance::Chance, unit::Unit};

/// All posts times `by` hundredths, rounded to `step` hundredths. How many are a post, nobody can know.
pub fn times(unit: &mut Unit, by: i64, step: i64) {
    for (_, posts) in unit.pairs() {
        let exact = unit.truth[posts] * by / 100;
        let typed = unit.number((exact + step / 2) / step * step);
        unit.mistake(posts, typed, false);
    }
}

pub fn temps(unit: &mut Unit, by: i64) {
    for place in unit.ending("_temp_fte") {
        let typed = unit.number((unit.truth[place] * by / 100 + 50) / 100 * 100);
        unit.mistake(place, typed, false);
    }
}

/// Hours of a week of 40 in about half of the rows.
pub fn hours_some_rows(unit: &mut Unit, chance: &mut Chance) {
    for (_, posts) in unit.pairs() {
        if chance.below(2) == 0 {
            let typed = unit.number((unit.truth[posts] * 40 + 25) / 50 * 50);
            unit.mistake(posts, typed, false);
        }
    }
}

/// How many hours of a week of 40 each person works.
pub fn hours_each(unit: &mut Unit, _: &mut Chance) {
    for (persons, posts) in unit.pairs() {
        let heads = unit.truth[persons] / 100;
        let typed = unit.number((unit.truth[posts] * 40 / heads + 50) / 100 * 100);
        unit.mistake(posts, typed, false);
    }
}
