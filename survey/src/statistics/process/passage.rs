//! How one total went from what was typed to what is published.

use std::collections::BTreeSet;

use crate::{
    answers::{self, Number},
    cleaning::{Entry, Status, Value},
    instrument::Variable,
    statistics::total::{Millionths, millionths},
};

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

/// One unit's part of a total.
#[derive(Debug, Default)]
pub struct Tally {
    counts: bool,
    corrected: bool,
    cleaned: Millionths,
    /// Rules that changed something here.
    rules: BTreeSet<String>,
}

impl Tally {
    pub fn pass(
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

    pub fn settle(&self, passage: &mut Passage) {
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
    use super::{
        super::{
            Process,
            fixture::{process, step, value},
        },
        *,
    };
    use crate::{cleaning::Author, statistics::Totals};

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
}
