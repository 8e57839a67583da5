//! Rows of one file that mean the same unit.

use std::collections::HashMap;

use crate::{
    field::Field,
    plain::plain,
    similar::{core, similarity},
};

use super::{Fault, Problem, Row};

pub(super) enum Verdict {
    Taken,
    /// Says what an earlier row says.
    Repeated,
    /// Contradicts an earlier row.
    Refused,
}

/// Numbers are places among the rows taken.
#[derive(Default)]
pub(super) struct Duplicates {
    by_key: HashMap<String, usize>,
    by_place: HashMap<[String; 3], usize>,
    /// Core of the name, region and city.
    by_core: HashMap<[String; 3], usize>,
    /// Region and postal code.
    near: HashMap<[String; 2], Vec<usize>>,
}

/// Units at one postal code that are compared by name; there are never so many but in a hostile file.
const NEIGHBOURS: usize = 12;
const NEARLY: f64 = 0.9;

impl Duplicates {
    pub fn judge(&mut self, row: &Row, taken: &[Row], faults: &mut Vec<Fault>) -> Verdict {
        let unit = &row.unit;
        let key = unit.key.as_deref().map(plain);
        let place = [plain(&unit.name), plain(&unit.address), unit.region.clone()];
        let core = [core(&unit.name), unit.region.clone(), plain(&unit.city)];
        let area = [unit.region.clone(), unit.postal_code.clone()];
        let same_key = key.as_ref().and_then(|key| self.by_key.get(key));
        let same_place = self.by_place.get(&place);
        let earlier = same_key.or(same_place).and_then(|index| taken.get(*index));
        if let Some(earlier) = earlier {
            let first = earlier.number;
            if earlier.unit == *unit {
                faults.push(fault(row, Problem::SameRowTwice { first }));
                return Verdict::Repeated;
            }
            if same_key.is_some() {
                faults.push(fault(row, Problem::KeyTwice { first }));
                return Verdict::Refused;
            }
            // Keys of their own tell two units of one name and address apart.
            if key.is_none() || earlier.unit.key.is_none() {
                faults.push(fault(row, Problem::UnitTwice { first }));
                return Verdict::Refused;
            }
            faults.push(fault(row, Problem::NearlySameName { other: first }));
        } else if let Some(other) = self.near_name(row, &core, &area, taken) {
            faults.push(fault(row, Problem::NearlySameName { other }));
        }
        let index = taken.len();
        if let Some(key) = key {
            self.by_key.insert(key, index);
        }
        self.by_place.entry(place).or_insert(index);
        self.by_core.entry(core).or_insert(index);
        if !unit.postal_code.is_empty() {
            let near = self.near.entry(area).or_default();
            if near.len() < NEIGHBOURS {
                near.push(index);
            }
        }
        Verdict::Taken
    }

    fn near_name(
        &self,
        row: &Row,
        core: &[String; 3],
        area: &[String; 2],
        taken: &[Row],
    ) -> Option<u32> {
        let name = plain(&row.unit.name);
        let alike = |other: &&Row| other.unit.branch == row.unit.branch;
        let same_core = self
            .by_core
            .get(core)
            .and_then(|index| taken.get(*index))
            .filter(alike);
        let nearly = || {
            self.near
                .get(area)?
                .iter()
                .filter_map(|index| taken.get(*index))
                .filter(alike)
                .find(|other| {
                    let other = plain(&other.unit.name);
                    same_digits(&name, &other) && similarity(&name, &other) >= NEARLY
                })
        };
        same_core.or_else(nearly).map(|other| other.number)
    }
}

/// `Åsen 1` and `Åsen 2` are two.
fn same_digits(one: &str, other: &str) -> bool {
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    digits(one) == digits(other)
}

fn fault(row: &Row, problem: Problem) -> Fault {
    Fault {
        row: row.number,
        column: None,
        field: matches!(problem, Problem::KeyTwice { .. }).then_some(Field::Key),
        value: row.unit.name.chars().take(200).collect(),
        problem,
    }
}
