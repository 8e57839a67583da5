//! What must hold for a question to be asked: its own condition, its section's, and those of the questions that
//! must have been answered before.

use std::collections::{BTreeMap, BTreeSet};

use super::Instrument;
use crate::condition::{Condition, Kind, Reach, Scope, satisfiable};

/// Every name of the instrument that a condition may use somewhere.
impl Scope for Instrument {
    fn kind(&self, name: &str) -> Option<Kind> {
        if let Some(field) = name.strip_prefix("register.") {
            let field = self.register.iter().find(|known| known.key == field)?;
            return Some(field.condition_kind());
        }
        self.variable(name)
            .filter(|variable| !variable.personal)
            .map(|variable| variable.kind.condition_kind())
    }

    fn names(&self) -> Vec<String> {
        let register = self.register.iter();
        let register = register.map(|field| format!("register.{}", field.key));
        let variables = self.variables.iter().filter(|variable| !variable.personal);
        register
            .chain(variables.map(|variable| variable.key.clone()))
            .collect()
    }
}

/// For each question, by section and place: conditions that all must hold where it is asked.
pub(super) struct Needs<'i> {
    by_question: BTreeMap<(usize, usize), Vec<&'i Condition>>,
}

impl<'i> Needs<'i> {
    pub fn of(instrument: &'i Instrument) -> Self {
        let mut needs = Self {
            by_question: BTreeMap::new(),
        };
        let mut answers = Answers::default();
        for (s, section) in instrument.sections.iter().enumerate() {
            for (q, question) in section.questions.iter().enumerate() {
                let own: Vec<&Condition> = [&section.when, &question.when]
                    .into_iter()
                    .flatten()
                    .collect();
                let mut all: Vec<&Condition> = Vec::new();
                let mut known = BTreeSet::new();
                let earlier = own
                    .iter()
                    .flat_map(|when| answers.needed(instrument, when))
                    .filter_map(|place| needs.by_question.get(&place));
                for condition in earlier.flatten().chain(&own) {
                    if known.insert(condition.source()) {
                        all.push(condition);
                    }
                }
                needs.by_question.insert((s, q), all);
            }
        }
        needs
    }

    pub fn question(&self, section: usize, question: usize) -> &[&'i Condition] {
        self.by_question
            .get(&(section, question))
            .map_or(&[], Vec::as_slice)
    }
}

/// A condition about more names than this is taken to need none of them: trying every combination of answers
/// would take too long.
const MOST_NAMES: usize = 8;

/// Which questions a condition needs an answer to, remembered by the condition's text.
#[derive(Default)]
struct Answers {
    by_condition: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Answers {
    fn needed(&mut self, instrument: &Instrument, when: &Condition) -> Vec<(usize, usize)> {
        if let Some(known) = self.by_condition.get(when.source()) {
            return known.clone();
        }
        let names = when.names();
        if names.len() > MOST_NAMES {
            return Vec::new();
        }
        let mut places: Vec<(usize, usize)> = names
            .into_iter()
            .filter_map(|name| instrument.variable(name))
            .filter(|variable| {
                // An answer is needed where the condition cannot hold without it: `a == yes or b == yes`
                // needs neither.
                Condition::parse_trusted(&format!("not answered({})", variable.key)).is_some_and(
                    |blank| satisfiable(&[when, &blank], instrument) == Reach::Unreachable,
                )
            })
            .map(|variable| (variable.section, variable.question))
            .collect();
        places.sort_unstable();
        places.dedup();
        self.by_condition
            .insert(when.source().to_owned(), places.clone());
        places
    }
}
