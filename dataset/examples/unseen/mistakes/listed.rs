//! Residents listed.

use crate::{chance::Chance, unit::Unit};

/// "8,500" or "8.500", where thousands are grouped.
pub fn listed_grouped(unit: &mut Unit, chance: &mut Chance) {
    if let Some(place) = unit.place("listed") {
        let listed = unit.truth[place] / 100;
        let sign = chance.one_of(&[',', '.']);
        if listed >= 1000 {
            let typed = format!("{}{sign}{:03}", listed / 1000, listed % 1000);
            unit.mistake(place, typed, true);
        }
    }
}

pub fn listed(unit: &mut Unit, by: i64) {
    if let Some(place) = unit.place("listed").filter(|_| by > 1) {
        let typed = (unit.truth[place] / 100 / by).to_string();
        unit.mistake(place, typed, false);
    }
}

/// "85,00" or "85 00" for 8 500.
pub fn listed_misgrouped(unit: &mut Unit, chance: &mut Chance) {
    if let Some(place) = unit.place("listed") {
        let listed = unit.truth[place] / 100;
        let sign = chance.one_of(&[",", " "]);
        if listed >= 1000 {
            let typed = format!("{}{sign}{:02}", listed / 100, listed % 100);
            unit.mistake(place, typed, sign == " ");
        }
    }
}

pub fn listed_digit_doubled(unit: &mut Unit, _: &mut Chance) {
    if let Some(place) = unit.place("listed") {
        let mut typed = unit.typed[place].clone();
        if let Some(first) = typed.chars().next() {
            typed.insert(0, first);
            unit.mistake(place, typed, false);
        }
    }
}
