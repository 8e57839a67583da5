//! Slips in one cell.

use crate::{chance::Chance, unit::Unit};

/// The posts of one row, where they are no whole number.
fn one_broken(unit: &Unit, chance: &mut Chance) -> Option<usize> {
    let mut broken: Vec<usize> = unit.pairs().into_iter().map(|(_, posts)| posts).collect();
    broken.retain(|posts| unit.truth[*posts] % 100 != 0);
    (!broken.is_empty()).then(|| chance.one_of(&broken))
}

pub fn negative(unit: &mut Unit, chance: &mut Chance) {
    if let Some(posts) = one_broken(unit, chance) {
        let typed = format!("-{}", unit.typed[posts]);
        unit.mistake(posts, typed, false);
    }
}

pub fn range(unit: &mut Unit, chance: &mut Chance) {
    if let Some(posts) = one_broken(unit, chance) {
        let low = unit.truth[posts] / 100;
        unit.mistake(posts, format!("{low}-{}", low + 1), false);
    }
}

pub fn excel_date(unit: &mut Unit, chance: &mut Chance) {
    const MONTHS: [&str; 9] = [
        "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep",
    ];
    if let Some(posts) = one_broken(unit, chance) {
        let (whole, tenths) = (unit.truth[posts] / 100, unit.truth[posts] % 100 / 10);
        let month = usize::try_from(tenths - 1)
            .ok()
            .and_then(|place| MONTHS.get(place));
        if let (1..=28, Some(month)) = (whole, month) {
            unit.mistake(posts, format!("{whole:02}-{month}"), false);
        }
    }
}

/// A digit typed twice.
pub fn digit_doubled(unit: &mut Unit, chance: &mut Chance) {
    let pairs = unit.pairs();
    if pairs.is_empty() {
        return;
    }
    let (persons, posts) = chance.one_of(&pairs);
    let place = chance.one_of(&[persons, posts]);
    let mut typed = unit.typed[place].clone();
    let first: String = typed.chars().take(1).collect();
    if first != "0" {
        typed.insert_str(0, &first);
        unit.mistake(place, typed, false);
    }
}

/// "0,15" for 1,5.
pub fn sign_moved(unit: &mut Unit, chance: &mut Chance) {
    if let Some(posts) = one_broken(unit, chance)
        && unit.truth[posts] % 10 == 0
    {
        let typed = unit.number(unit.truth[posts] / 10);
        unit.mistake(posts, typed, false);
    }
}

pub fn swapped_st(unit: &mut Unit, _: &mut Chance) {
    if let (Some(persons), Some(posts)) = (unit.place("st_persons"), unit.place("st_fte")) {
        let certain = unit.truth[posts] % 100 != 0;
        let (left, right) = (unit.typed[persons].clone(), unit.typed[posts].clone());
        if unit.truth[persons] > 0 && unit.truth[posts] > 0 {
            unit.mistake(persons, right, certain);
            unit.mistake(posts, left, certain);
        }
    }
}

pub fn omitted(unit: &mut Unit, chance: &mut Chance) {
    let pairs = unit.pairs();
    if pairs.len() > 3 {
        let (_, posts) = chance.one_of(&pairs);
        unit.mistake(posts, String::new(), false);
    }
}

/// No decimal signs at all: "15" for 1,5 and "325" for 3,25.
pub fn signs_lost(unit: &mut Unit, _: &mut Chance) {
    for (_, posts) in unit.pairs() {
        let typed = unit.typed[posts].replace([',', '.'], "");
        unit.mistake(posts, typed, false);
    }
}

/// Tenths of a post where persons are asked for.
pub fn persons_from_posts(unit: &mut Unit, _: &mut Chance) {
    for (persons, posts) in unit.pairs() {
        let typed = (unit.truth[posts] / 10).to_string();
        unit.mistake(persons, typed, false);
    }
}

/// Temporary and agency staff counted among the permanent posts.
pub fn posts_with_temps(unit: &mut Unit, _: &mut Chance) {
    for (_, posts) in unit.pairs() {
        let temps = unit.columns[posts].replace("_fte", "_temp_fte");
        let typed = unit.number(unit.truth[posts] + unit.truth_of(&temps));
        unit.mistake(posts, typed, false);
    }
}

/// A nought too many after whole posts or persons.
pub fn nought_added(unit: &mut Unit, chance: &mut Chance) {
    let mut whole: Vec<usize> = unit
        .pairs()
        .into_iter()
        .flat_map(|(persons, posts)| [persons, posts])
        .collect();
    whole.retain(|place| unit.truth[*place] % 100 == 0);
    if !whole.is_empty() {
        let place = chance.one_of(&whole);
        let typed = format!("{}0", unit.typed[place]);
        unit.mistake(place, typed, false);
    }
}

/// "1,500" as some spreadsheets write 1,5: nothing is wrong.
pub fn three_decimals(unit: &mut Unit, _: &mut Chance) {
    let sign = if unit.comma { ',' } else { '.' };
    for (_, posts) in unit.pairs() {
        let hundredths = unit.truth[posts];
        unit.typed[posts] = format!("{}{sign}{:02}0", hundredths / 100, hundredths % 100);
    }
}
