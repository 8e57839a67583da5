//! Which row means which known unit.
//!
//! Stage by stage, from the surest sign to the weakest; each stage looks only at what the ones before left, and pairs a row
//! with a unit only where it is the one row and the one unit that fit each other. What fits several is left to a person.

use std::collections::{BTreeMap, HashMap};

use crate::{
    plain::plain,
    rows::Row,
    similar::{core, similarity},
    unit::Unit,
};

use super::{Because, KnownUnit, Pair, Scope, Unclear, Unsure};

/// Two names of one postal code that are this near are likely one unit's.
const NEARLY: f64 = 0.8;
/// Units of one postal code that are compared by name.
const NEIGHBOURS: usize = 40;
/// Known units in question that are told.
const TOLD: usize = 10;

/// Each by row.
#[derive(Default)]
pub(super) struct Matches {
    pub pairs: Vec<Pair>,
    pub new: Vec<usize>,
    pub unclear: Vec<Unclear>,
}

pub(super) fn matches(known: &[KnownUnit], rows: &[Row], scope: Scope) -> Matches {
    let mut matching = Matching {
        known,
        rows,
        of_row: vec![None; rows.len()],
        of_known: vec![false; known.len()],
        scope,
    };
    matching.by_key();
    let by_name = |unit: &Unit| {
        let name = plain(&unit.name);
        (!name.is_empty()).then(|| [name, unit.region.clone(), String::new()])
    };
    let by_name_and_place = |unit: &Unit| {
        let place = plain(&unit.address);
        let [name, region, _] = by_name(unit)?;
        (!place.is_empty()).then(|| [name, region, format!("{place} {}", unit.postal_code)])
    };
    let by_name_and_postal_code = |unit: &Unit| {
        let [name, region, _] = by_name(unit)?;
        (!unit.postal_code.is_empty()).then(|| [name, region, unit.postal_code.clone()])
    };
    matching.stage(Because::SameNameAndRegion, &by_name_and_place, false);
    matching.stage(Because::SameNameAndRegion, &by_name_and_postal_code, false);
    matching.stage(Because::SameNameAndRegion, &by_name, true);
    matching.stage(
        Because::SameAddress,
        &|unit: &Unit| {
            let address = plain(&unit.address);
            // A street without a number is many places.
            let told =
                address.contains(|c: char| c.is_ascii_digit()) && !unit.postal_code.is_empty();
            told.then(|| [address, unit.region.clone(), unit.postal_code.clone()])
        },
        true,
    );
    matching.by_similar_name();
    matching.finish()
}

#[derive(Clone)]
enum Found {
    Pair(usize, Because),
    Unsure(Unsure),
}

struct Matching<'a> {
    known: &'a [KnownUnit],
    rows: &'a [Row],
    of_row: Vec<Option<Found>>,
    /// Whether a row means the unit.
    of_known: Vec<bool>,
    scope: Scope,
}

type Group = (Vec<usize>, Vec<usize>);

impl Matching<'_> {
    fn pair(&mut self, row: usize, known: usize, because: Because) {
        self.of_row[row] = Some(Found::Pair(known, because));
        self.of_known[known] = true;
    }

    fn by_key(&mut self) {
        let keys: HashMap<String, usize> = self
            .known
            .iter()
            .enumerate()
            .filter_map(|(index, known)| Some((plain(known.unit.key.as_deref()?), index)))
            .collect();
        for (row, told) in self.rows.iter().enumerate() {
            let Some(known) = told
                .unit
                .key
                .as_deref()
                .and_then(|key| keys.get(&plain(key)).copied())
            else {
                continue;
            };
            if !self.scope.covers(&self.known[known].unit) {
                self.of_row[row] = Some(Found::Unsure(Unsure::OutsideScope(known)));
            } else if !self.of_known[known] {
                self.pair(row, known, Because::SameKey);
            }
        }
    }

    /// Pairs what has the same sign and nothing else has. Where several have it: left for the next stage, or, if `decide`, left to a person.
    fn stage(
        &mut self,
        because: Because,
        sign: &dyn Fn(&Unit) -> Option<[String; 3]>,
        decide: bool,
    ) {
        let groups = self.groups(sign);
        for (rows, known) in groups.into_values() {
            match (&rows[..], &known[..]) {
                (_, []) | ([], _) => {}
                ([row], [one]) if self.agree(*row, *one, because) => self.pair(*row, *one, because),
                ([_], [_]) if because == Because::SameAddress => {}
                _ if decide => {
                    let several: Vec<usize> = known.iter().copied().take(TOLD).collect();
                    for row in rows {
                        self.of_row[row] = Some(Found::Unsure(Unsure::Several(several.clone())));
                    }
                }
                _ => {}
            }
        }
    }

    /// Units of one name in one region are two where both have a place and it differs; a unit and its branch office are two.
    fn agree(&self, row: usize, known: usize, because: Because) -> bool {
        let (row, known) = (&self.rows[row], &self.known[known].unit);
        let branch = !row.tells_branch || row.unit.branch == known.branch;
        match because {
            Because::SameNameAndRegion => {
                let differ = |one: &str, other: &str| {
                    !one.is_empty() && !other.is_empty() && plain(one) != plain(other)
                };
                let keys = row.unit.key.is_some();
                // With a new key and another place, a namesake.
                !(keys
                    && differ(&row.unit.city, &known.city)
                    && differ(&row.unit.postal_code, &known.postal_code))
            }
            _ => branch,
        }
    }

    /// Rows and known units that are left, by a sign.
    fn groups(&self, sign: &dyn Fn(&Unit) -> Option<[String; 3]>) -> BTreeMap<[String; 3], Group> {
        let mut groups: BTreeMap<[String; 3], Group> = BTreeMap::new();
        for (row, told) in self.rows.iter().enumerate() {
            if self.of_row[row].is_none()
                && let Some(sign) = sign(&told.unit)
            {
                groups.entry(sign).or_default().0.push(row);
            }
        }
        for (index, known) in self.known.iter().enumerate() {
            if !self.of_known[index]
                && self.scope.covers(&known.unit)
                && let Some(sign) = sign(&known.unit)
                && let Some((_, units)) = groups.get_mut(&sign)
            {
                units.push(index);
            }
        }
        groups
    }

    fn by_similar_name(&mut self) {
        let groups = self.groups(&|unit: &Unit| {
            (!unit.postal_code.is_empty())
                .then(|| [unit.region.clone(), unit.postal_code.clone(), String::new()])
        });
        for (rows, known) in groups.into_values() {
            if known.is_empty() {
                continue;
            }
            if rows.len() > NEIGHBOURS || known.len() > NEIGHBOURS {
                continue;
            }
            self.similar_in(&rows, &known);
        }
    }

    fn similar_in(&mut self, rows: &[usize], known: &[usize]) {
        let near: Vec<(usize, usize)> = rows
            .iter()
            .flat_map(|row| known.iter().map(move |known| (*row, *known)))
            .filter(|(row, known)| {
                self.agree(*row, *known, Because::SimilarName)
                    && nearly(&self.rows[*row].unit.name, &self.known[*known].unit.name)
            })
            .collect();
        for row in rows {
            let fitting: Vec<usize> = near
                .iter()
                .filter(|(near, _)| near == row)
                .map(|(_, known)| *known)
                .collect();
            match fitting[..] {
                [] => {}
                [one] if near.iter().filter(|(_, known)| *known == one).count() == 1 => {
                    self.pair(*row, one, Because::SimilarName);
                }
                _ => {
                    let several = fitting.into_iter().take(TOLD).collect();
                    self.of_row[*row] = Some(Found::Unsure(Unsure::Several(several)));
                }
            }
        }
    }

    fn finish(self) -> Matches {
        let mut matches = Matches::default();
        for (row, found) in self.of_row.into_iter().enumerate() {
            match found {
                None => matches.new.push(row),
                Some(Found::Pair(known, because)) => matches.pairs.push(Pair {
                    row,
                    known,
                    because,
                }),
                Some(Found::Unsure(why)) => matches.unclear.push(Unclear { row, why }),
            }
        }
        matches
    }
}

fn nearly(one: &str, other: &str) -> bool {
    let (core_one, core_other) = (core(one), core(other));
    core_one == core_other || similarity(&plain(one), &plain(other)) >= NEARLY
}
