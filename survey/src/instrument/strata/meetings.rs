//! Whether the units of one combination of register facts can meet a question.

use std::collections::BTreeMap;

use super::points::{self, Dimension};
use crate::{
    condition::{Condition, Fact, Reach, Truth, satisfiable},
    instrument::{Instrument, needs::Needs},
};

/// Ordered so that the lesser of two is what holds for both, once neither is `Never`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meeting {
    Never,
    Perhaps,
    Always,
}

pub(super) struct Meetings<'i> {
    instrument: &'i Instrument,
    dimensions: &'i [Dimension],
    questions: Vec<Asking<'i>>,
}

/// One question, in the order of the questionnaire.
struct Asking<'i> {
    /// Its own condition and its section's.
    own: Vec<&'i Condition>,
    /// Everything that must hold for it to be asked.
    needs: Vec<&'i Condition>,
    /// The dimensions that decide on it: only they make combinations differ.
    deciding: Vec<usize>,
    known: BTreeMap<Vec<usize>, Meeting>,
}

impl<'i> Meetings<'i> {
    pub fn of(instrument: &'i Instrument, dimensions: &'i [Dimension]) -> Self {
        let needs = Needs::of(instrument);
        let questions = instrument
            .questions()
            .map(|(section, place, question)| {
                let section_when = instrument
                    .sections
                    .get(section)
                    .and_then(|section| section.when.as_ref());
                let own = section_when.into_iter().chain(&question.when).collect();
                let needs = needs.question(section, place).to_vec();
                let deciding = (0..dimensions.len())
                    .filter(|at| {
                        let name = dimensions.get(*at).map(Dimension::name).unwrap_or_default();
                        needs
                            .iter()
                            .any(|when| when.names().contains(&name.as_str()))
                    })
                    .collect();
                Asking {
                    own,
                    needs,
                    deciding,
                    known: BTreeMap::new(),
                }
            })
            .collect();
        Self {
            instrument,
            dimensions,
            questions,
        }
    }

    /// For every question, in the order of the questionnaire.
    pub fn at(&mut self, combination: &[usize]) -> Vec<Meeting> {
        let (instrument, dimensions) = (self.instrument, self.dimensions);
        self.questions
            .iter_mut()
            .map(|asking| {
                let deciding: Vec<usize> = asking
                    .deciding
                    .iter()
                    .filter_map(|at| combination.get(*at).copied())
                    .collect();
                if let Some(known) = asking.known.get(&deciding) {
                    return *known;
                }
                let meeting = asking.meeting(instrument, dimensions, combination);
                asking.known.insert(deciding, meeting);
                meeting
            })
            .collect()
    }
}

impl Asking<'_> {
    fn meeting(
        &self,
        instrument: &Instrument,
        dimensions: &[Dimension],
        combination: &[usize],
    ) -> Meeting {
        let given: Vec<Condition> = self
            .deciding
            .iter()
            .filter_map(|at| {
                let dimension = dimensions.get(*at)?;
                let point = dimension.points.get(*combination.get(*at)?)?;
                Condition::parse_trusted(&dimension.says(point))
            })
            .collect();
        let all: Vec<&Condition> = self.needs.iter().copied().chain(&given).collect();
        if satisfiable(&all, instrument) == Reach::Unreachable {
            return Meeting::Never;
        }
        let facts = points::facts(dimensions, combination);
        let register = |name: &str| {
            name.strip_prefix("register.")
                .and_then(|field| facts.get(field))
                .cloned()
                .unwrap_or(Fact::Missing)
        };
        // What holds without any answer goes on holding with them, but for what `answered` asks.
        let always = self.own.iter().all(|when| {
            when.holds(&register) == Truth::True && !when.source().contains("answered(")
        });
        if always {
            Meeting::Always
        } else {
            Meeting::Perhaps
        }
    }
}
