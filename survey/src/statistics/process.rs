//! Process figures: what each rule found and did, and how the totals went from what was typed to what is published.

use std::collections::{BTreeMap, BTreeSet};

use super::total::{Millionths, Totals, millionths};
use crate::{
    answers::{self, Number},
    cleaning::{Author, Entry, Query, Status, Value},
    instrument::{Instrument, Variable},
};

/// What cleaning made of one unit, with what editors said.
#[derive(Clone, Copy, Debug)]
pub struct Processed<'a> {
    pub region: &'a str,
    pub values: &'a [Value],
    pub ledger: &'a [Entry],
    pub queries: &'a [Query],
    pub verdicts: &'a [Verdict],
}

/// What an editor said to a rule that asked or had mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub rule: String,
    /// Whether the rule would have mended by itself, and its mend was withdrawn.
    pub withdrawn: bool,
    /// Whether it is what the rule held for likeliest.
    pub accepted: bool,
}

/// What became of a rule's findings, in units but for `values`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCount {
    /// Units in which it found something.
    pub triggered: u64,
    /// Units in which it mended something by itself, and so many values.
    pub mended: u64,
    pub values: u64,
    /// Questions that it would have mended, had a check not failed after it or the respondent not stood by the answer; open
    /// or answered.
    pub withdrawn: u64,
    /// Questions of it that are open.
    pub open: u64,
    /// Questions of it that an editor answered as it proposed.
    pub accepted: u64,
    /// That an editor answered otherwise, and mends of it that an editor overruled unasked.
    pub refused: u64,
}

/// How one total went from what was typed to what is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    pub typed: Millionths,
    /// What each rule changed, in the order in which the rules first did something; editors' own decisions among them.
    pub steps: Vec<Change>,
    /// Kept out until it is decided, and so many values.
    pub held: Millionths,
    pub held_values: u64,
    pub cleaned: Millionths,
    /// Units with a value that counts.
    pub units: u64,
    /// The same without units in which something of it was corrected.
    pub uncorrected: Millionths,
    pub uncorrected_units: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub rule: String,
    pub change: Millionths,
    pub values: u64,
    pub units: u64,
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

    fn count_rules(&mut self, unit: &Processed<'_>) {
        let mut found: BTreeMap<&str, RuleCount> = BTreeMap::new();
        for entry in unit.ledger.iter().filter(|entry| entry.by == Author::Rule) {
            let count = found.entry(&entry.rule).or_default();
            count.mended = 1;
            count.values += 1;
        }
        for query in unit.queries {
            let count = found.entry(&query.rule).or_default();
            count.open += 1;
            count.withdrawn += u64::from(query.evidence.is_withdrawn());
        }
        for verdict in unit.verdicts {
            let count = found.entry(&verdict.rule).or_default();
            count.withdrawn += u64::from(verdict.withdrawn);
            if verdict.accepted {
                count.accepted += 1;
            } else {
                count.refused += 1;
            }
        }
        for (rule, count) in found {
            for region in [Self::COUNTRY, unit.region] {
                let sum = self
                    .rules
                    .entry((rule.to_owned(), region.to_owned()))
                    .or_default();
                sum.triggered += 1;
                sum.mended += count.mended;
                sum.values += count.values;
                sum.withdrawn += count.withdrawn;
                sum.open += count.open;
                sum.accepted += count.accepted;
                sum.refused += count.refused;
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

/// One unit's part of a total.
#[derive(Debug, Default)]
struct Tally {
    counts: bool,
    corrected: bool,
    cleaned: Millionths,
    /// Rules that changed something here.
    rules: BTreeSet<String>,
}

impl Tally {
    fn pass(
        &mut self,
        passage: &mut Passage,
        ledger: &[Entry],
        variable: &Variable,
        value: &Value,
    ) {
        let mut steps = ledger
            .iter()
            .filter(|entry| entry.variable == variable.key)
            .peekable();
        let mut stands = match steps.peek() {
            Some(first) => as_typed(variable, &first.before),
            None => value.number,
        };
        passage.typed += stands.map_or(0, millionths);
        for step in steps {
            let change = step.after.map_or(0, millionths) - stands.map_or(0, millionths);
            stands = step.after;
            if change != 0 {
                let sum = passage.step(&step.rule);
                sum.change += change;
                sum.values += 1;
                if self.rules.insert(step.rule.clone()) {
                    sum.units += 1;
                }
            }
        }
        self.corrected |= value.status == Status::Corrected;
        match value.number {
            Some(number) if value.held => {
                passage.held += millionths(number);
                passage.held_values += 1;
            }
            Some(number) => {
                self.counts = true;
                self.cleaned += millionths(number);
            }
            None => {}
        }
    }

    fn settle(&self, passage: &mut Passage) {
        passage.cleaned += self.cleaned;
        passage.units += u64::from(self.counts);
        if !self.corrected {
            passage.uncorrected += self.cleaned;
            passage.uncorrected_units += u64::from(self.counts);
        }
    }
}

impl Passage {
    fn step(&mut self, rule: &str) -> &mut Change {
        let known = self.steps.iter().position(|step| step.rule == rule);
        let place = known.unwrap_or_else(|| {
            self.steps.push(Change {
                rule: rule.to_owned(),
                ..Change::default()
            });
            self.steps.len() - 1
        });
        &mut self.steps[place]
    }
}

/// The number that a text reads as before any rule.
fn as_typed(variable: &Variable, typed: &str) -> Option<Number> {
    match answers::read(&variable.kind, typed) {
        answers::Value::Number(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cleaning::{Certainty, Evidence},
        instrument,
        statistics::Total,
    };

    const SOURCE: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");

    fn step(variable: &str, before: &str, after: &str, rule: &str, by: &Author) -> Entry {
        let json = serde_json::json!({
            "variable": variable,
            "before": before,
            "after": Number::parse_plain(after),
            "status": Status::Corrected,
            "rule": rule,
            "version": "1",
            "certainty": Certainty::Certain,
            "evidence": Evidence::default(),
            "by": by,
        });
        serde_json::from_value(json).unwrap()
    }

    fn value(number: Option<&str>, status: Status, held: bool) -> Value {
        Value {
            number: number.and_then(Number::parse_plain),
            text: None,
            status,
            reason: None,
            held,
            rule: None,
        }
    }

    /// A unit of which only dietitians' posts are told.
    fn process(units: &[(Value, Vec<Entry>, Vec<Verdict>)]) -> (Totals, Process) {
        let instrument = instrument::load(SOURCE).unwrap();
        let totals = Totals::of(&instrument);
        let place = instrument.place_of("dietitian_fte").unwrap();
        let mut process = Process::none(&totals);
        for (told, ledger, verdicts) in units {
            let blank = value(None, Status::Missing, false);
            let mut values = vec![blank; instrument.variables().len()];
            values[place] = told.clone();
            let unit = Processed {
                region: "Region Exempel",
                values: &values,
                ledger,
                queries: &[],
                verdicts,
            };
            process.add(&instrument, &totals, &unit);
        }
        (totals, process)
    }

    fn posts<'p>(totals: &Totals, process: &'p Process) -> &'p Passage {
        let place = totals
            .list
            .iter()
            .position(|total| total.key == "staffing.fte")
            .unwrap();
        &process.places[Process::COUNTRY].totals[place]
    }

    #[test]
    fn what_was_typed_and_every_change_add_up_to_the_cleaned_total() {
        let mended = step("dietitian_fte", "150", "1.5", "percent", &Author::Rule);
        let decided = step(
            "dietitian_fte",
            "1.5",
            "2",
            "decision",
            &Author::Editor("ada@example.se".to_owned()),
        );
        let (totals, process) = process(&[
            (
                value(Some("2"), Status::Corrected, false),
                vec![mended, decided],
                Vec::new(),
            ),
            (
                value(Some("1"), Status::AsAnswered, false),
                Vec::new(),
                Vec::new(),
            ),
            (
                value(Some("75"), Status::AwaitingDecision, true),
                Vec::new(),
                Vec::new(),
            ),
        ]);
        let passage = posts(&totals, &process);
        let changes: Millionths = passage.steps.iter().map(|step| step.change).sum();
        assert_eq!(passage.typed, 226_000_000);
        assert_eq!(passage.typed + changes - passage.held, passage.cleaned);
        assert_eq!(passage.cleaned, 3_000_000);
        assert_eq!((passage.held, passage.held_values), (75_000_000, 1));
    }

    #[test]
    fn the_total_without_corrected_units_leaves_them_out_whole() {
        let mended = step("dietitian_fte", "150", "1.5", "percent", &Author::Rule);
        let (totals, process) = process(&[
            (
                value(Some("1.5"), Status::Corrected, false),
                vec![mended],
                Vec::new(),
            ),
            (
                value(Some("1"), Status::AsAnswered, false),
                Vec::new(),
                Vec::new(),
            ),
        ]);
        let passage = posts(&totals, &process);
        assert_eq!((passage.cleaned, passage.units), (2_500_000, 2));
        assert_eq!(
            (passage.uncorrected, passage.uncorrected_units),
            (1_000_000, 1)
        );
    }

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

    #[test]
    fn a_rule_is_counted_in_its_region_and_in_the_country() {
        let mended = step("dietitian_fte", "150", "1.5", "percent", &Author::Rule);
        let refused = Verdict {
            rule: "percent".to_owned(),
            withdrawn: false,
            accepted: false,
        };
        let (_, process) = process(&[(
            value(Some("1.5"), Status::Corrected, false),
            vec![mended],
            vec![refused],
        )]);
        for region in ["", "Region Exempel"] {
            let count = process.rules[&("percent".to_owned(), region.to_owned())];
            assert_eq!((count.triggered, count.mended, count.values), (1, 1, 1));
            assert_eq!((count.accepted, count.refused), (0, 1));
        }
    }

    #[test]
    fn a_mend_that_was_withdrawn_is_counted_whether_it_waits_or_is_decided() {
        let question = serde_json::json!({
            "id": "staffing/percent/dietitian_fte",
            "block": "staffing",
            "rule": "percent",
            "variables": ["dietitian_fte"],
            "urgency": "hard",
            "evidence": Evidence::default().with(Evidence::WITHDRAWN, Number::whole(1)),
            "alternatives": [],
            "suspicion": 20,
            "confirmed": true,
        });
        let waiting: Query = serde_json::from_value(question).unwrap();
        let decided = Verdict {
            rule: "percent".to_owned(),
            withdrawn: true,
            accepted: true,
        };
        let instrument = instrument::load(SOURCE).unwrap();
        let totals = Totals::of(&instrument);
        let mut process = Process::none(&totals);
        for (queries, verdicts) in [(vec![waiting], Vec::new()), (Vec::new(), vec![decided])] {
            let unit = Processed {
                region: "Region Exempel",
                values: &[],
                ledger: &[],
                queries: &queries,
                verdicts: &verdicts,
            };
            process.add(&instrument, &totals, &unit);
        }
        let count = process.rules[&("percent".to_owned(), "Region Exempel".to_owned())];
        assert_eq!((count.triggered, count.mended, count.withdrawn), (2, 0, 2));
        assert_eq!((count.open, count.accepted, count.refused), (1, 1, 0));
    }
}
