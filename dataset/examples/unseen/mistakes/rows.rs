//! Numbers in another row or question than their own.

use crate::{chance::Chance, unit::Unit};

/// The permanent posts once more, where temporary and agency staff are asked for.
pub fn temps_copied(unit: &mut Unit, _: &mut Chance) {
    for (_, posts) in unit.pairs() {
        if let Some(temps) = unit.place(&unit.columns[posts].replace("_fte", "_temp_fte")) {
            unit.mistake(temps, unit.typed[posts].clone(), false);
        }
    }
}

/// Permanent posts of every profession, by place.
fn posts(unit: &Unit) -> Vec<usize> {
    (0..unit.columns.len())
        .filter(|place| {
            let row = unit.columns[*place].strip_suffix("_fte");
            row.is_some_and(|row| row != "st" && unit.place(&format!("{row}_persons")).is_some())
        })
        .collect()
}

/// A row was skipped somewhere in the column of posts: it and all below it are one row down.
pub fn posts_a_row_down(unit: &mut Unit, chance: &mut Chance) {
    let rows = posts(unit);
    let from = chance.one_of(&[2, 3, 4, 5, 6]);
    let typed: Vec<String> = rows
        .iter()
        .map(|place| unit.typed[*place].clone())
        .collect();
    for (row, place) in rows.iter().enumerate().skip(from) {
        let above = if row == from {
            String::new()
        } else {
            typed[row - 1].clone()
        };
        unit.mistake(*place, above, false);
    }
}

/// The posts of two professions that stand beside each other, each in the row of the other.
pub fn neighbours_exchanged(unit: &mut Unit, chance: &mut Chance) {
    let pairs = unit.pairs();
    let neighbours: Vec<(usize, usize)> = pairs
        .windows(2)
        .map(|both| (both[0].1, both[1].1))
        .collect();
    if !neighbours.is_empty() {
        let (upper, lower) = chance.one_of(&neighbours);
        let typed = [unit.typed[lower].clone(), unit.typed[upper].clone()];
        for (place, typed) in [upper, lower].into_iter().zip(typed) {
            unit.mistake(place, typed, false);
        }
    }
}
