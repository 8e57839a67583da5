//! Process figures: what each rule found and did, and how the totals went from what was typed to what is published.

#[cfg(test)]
mod fixture;
mod passage;
mod rule_count;

use std::collections::BTreeMap;

pub use passage::{Change, Passage};
pub use rule_count::{RuleCount, Verdict};

use super::total::Totals;
use crate::{
    cleaning::{Entry, Query, Value},
    instrument::Instrument,
};
use passage::Tally;

/// What cleaning made of one unit, with what editors said.
#[derive(Clone, Copy, Debug)]
pub struct Processed<'a> {
    pub region: &'a str,
    pub values: &'a [Value],
    pub ledger: &'a [Entry],
    pub queries: &'a [Query],
    pub verdicts: &'a [Verdict],
}

/// The process figures of a round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Process {
    /// By rule and region. The empty region: the whole country.
    pub rules: BTreeMap<(String, String), RuleCount>,
    /// By region. The empty region: the whole country.
    pub places: BTreeMap<String, Place>,
}

/// The country, or one region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub units: u64,
    /// One per total, in the order of [`Totals::list`].
    pub totals: Vec<Passage>,
}

impl Process {
    /// The name of the whole country among regions.
    pub const COUNTRY: &str = "";

    pub fn none(totals: &Totals) -> Self {
        let country = (Self::COUNTRY.to_owned(), Place::none(totals));
        Self {
            rules: BTreeMap::new(),
            places: BTreeMap::from([country]),
        }
    }

    pub fn add(&mut self, instrument: &Instrument, totals: &Totals, unit: &Processed<'_>) {
        self.count_rules(unit);
        for region in [Self::COUNTRY, unit.region] {
            let place = self
                .places
                .entry(region.to_owned())
                .or_insert_with(|| Place::none(totals));
            place.units += 1;
            for (total, passage) in totals.list.iter().zip(&mut place.totals) {
                let mut tally = Tally::default();
                for cell in &total.cells {
                    let variable = instrument.variables().get(cell.place);
                    let value = unit.values.get(cell.place);
                    if let (Some(variable), Some(value)) = (variable, value) {
                        tally.pass(passage, unit.ledger, variable, value);
                    }
                }
                tally.settle(passage);
            }
        }
    }
}

impl Place {
    fn none(totals: &Totals) -> Self {
        Self {
            units: 0,
            totals: vec![Passage::default(); totals.list.len()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        fixture::{SOURCE, value},
        *,
    };
    use crate::{answers::Number, cleaning::Status, instrument, statistics::Total};

    #[test]
    fn a_region_has_totals_of_its_own_and_so_has_a_profession() {
        let instrument = instrument::load(SOURCE).unwrap();
        let all = Totals::of(&instrument);
        let sums = |totals: &Totals| {
            let mut process = Process::none(totals);
            for (region, dietitians, nurses) in [("Region Ett", 2, 8), ("Region Två", 1, 30)] {
                let mut values =
                    vec![value(None, Status::Missing, false); instrument.variables().len()];
                for (variable, posts) in [
                    ("dietitian_fte", dietitians),
                    ("district_nurse_fte", nurses),
                ] {
                    let place = instrument.place_of(variable).unwrap();
                    values[place].number = Some(Number::whole(posts));
                }
                let unit = Processed {
                    region,
                    values: &values,
                    ledger: &[],
                    queries: &[],
                    verdicts: &[],
                };
                process.add(&instrument, totals, &unit);
            }
            let of = |total: &Total| total.key == "staffing.fte";
            let place = totals.list.iter().position(of).unwrap();
            [Process::COUNTRY, "Region Ett", "Region Två"].map(|region| {
                let of = &process.places[region];
                (of.units, of.totals[place].cleaned / 1_000_000)
            })
        };
        assert_eq!(sums(&all), [(2, 41), (1, 10), (1, 31)]);
        assert_eq!(sums(&all.in_row("dietitian")), [(2, 3), (1, 2), (1, 1)]);
    }
}
