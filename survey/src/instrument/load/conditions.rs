//! Conditions, once every variable is known: parsed, and asking only about what came before.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{
    names::Names,
    questions::{ConditionText, SectionDraft},
    reader::Reader,
    words::shown,
};
use crate::{condition::Condition, instrument::RegisterField};

/// The most questions of a loop that are listed.
const MOST_STEPS: usize = 12;

/// Parses every condition into its section, question or lead, and reports what is wrong with it.
pub(super) fn resolve(
    reader: &Reader<'_>,
    sections: &mut [SectionDraft<'_>],
    register: &[RegisterField],
) {
    let names = Names::of(sections, register);
    let resolver = Resolver {
        reader,
        asks: Asks::of(sections, &names),
        names,
    };
    let mut place = 0;
    for section in sections.iter_mut() {
        let within = place..place + section.questions.len();
        section.section.when = section
            .when
            .as_ref()
            .and_then(|when| resolver.parse(when, place, Some(&within)));
        for draft in &mut section.questions {
            let here = place..place + 1;
            draft.question.when = draft
                .when
                .as_ref()
                .and_then(|when| resolver.parse(when, place, Some(&here)));
            for (lead, when) in draft.question.leads.iter_mut().zip(&draft.lead_whens) {
                lead.when = when
                    .as_ref()
                    .and_then(|when| resolver.parse(when, place, None));
            }
            place += 1;
        }
    }
    for section in sections.iter() {
        for draft in &section.questions {
            when_text(reader, draft);
        }
    }
}

fn when_text(reader: &Reader<'_>, draft: &super::questions::QuestionDraft<'_>) {
    match (&draft.when, draft.when_text_at) {
        (None, Some(at)) => reader.fault(
            at,
            "The question has `when_text` and no `when`.",
            "Write the condition, or take `when_text` away.",
        ),
        (Some(when), None) => {
            let about_answers = draft.question.when.as_ref().is_some_and(|when| {
                when.names()
                    .iter()
                    .any(|name| !name.starts_with("register."))
            });
            if about_answers {
                reader.fault(
                    when.span.start,
                    "The condition asks about an earlier answer, and the question has no `when_text`.",
                    format!("Write `{}`.", reader.text_example("when_text")),
                );
            }
        }
        _ => {}
    }
}

/// Which questions each question's conditions ask about; questions by their place in the file.
struct Asks {
    about: Vec<BTreeSet<usize>>,
    keys: Vec<String>,
}

impl Asks {
    fn of(sections: &[SectionDraft<'_>], names: &Names) -> Self {
        let everything = names.all();
        let asked = |when: &Option<ConditionText<'_>>| -> BTreeSet<usize> {
            let parsed = when
                .as_ref()
                .and_then(|when| Condition::parse(when.text, &everything).ok());
            parsed
                .iter()
                .flat_map(Condition::names)
                .filter_map(|name| names.question_of(name))
                .collect()
        };
        let mut about = Vec::new();
        let mut keys = Vec::new();
        for section in sections {
            let shared = asked(&section.when);
            for draft in &section.questions {
                let mut own = asked(&draft.when);
                own.extend(&shared);
                about.push(own);
                keys.push(draft.question.key.clone());
            }
        }
        Self { about, keys }
    }

    /// The shortest way along "asks about" from a question to one within `to`, both ends included.
    fn way(&self, from: usize, to: &std::ops::Range<usize>) -> Option<Vec<usize>> {
        let mut came_from = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(question) = queue.pop_front() {
            if to.contains(&question) {
                let mut way = vec![question];
                let mut step = question;
                while step != from {
                    step = *came_from.get(&step)?;
                    way.push(step);
                }
                way.reverse();
                return Some(way);
            }
            for next in self.about.get(question).into_iter().flatten() {
                if *next != from && !came_from.contains_key(next) {
                    came_from.insert(*next, question);
                    queue.push_back(*next);
                }
            }
        }
        None
    }
}

struct Resolver<'r, 'a> {
    reader: &'r Reader<'a>,
    names: Names,
    asks: Asks,
}

impl Resolver<'_, '_> {
    /// Parses a condition that may ask about what stands before the question at `before`. `owners` are the
    /// questions it decides on: with those, a forward reference may close a loop.
    fn parse(
        &self,
        when: &ConditionText<'_>,
        before: usize,
        owners: Option<&std::ops::Range<usize>>,
    ) -> Option<Condition> {
        let faults = match Condition::parse(when.text, &self.names.earlier_than(before)) {
            Ok(condition) => return Some(condition),
            Err(faults) => faults,
        };
        if self.names.repeats_a_fault(when.text) {
            return None;
        }
        let mut told = BTreeSet::new();
        for fault in faults {
            let at = self.place(when, fault.at.start);
            let name = when.text.get(fault.at.clone()).unwrap_or_default().trim();
            match self.names.question_of(name) {
                Some(_) if self.names.is_personal(name) => self.reader.fault(
                    at,
                    format!("`{name}` is personal data, and steers no question."),
                    "Ask about another answer.",
                ),
                Some(question) if question >= before => {
                    if told.insert(name) {
                        self.forward(at, name, question, owners);
                    }
                }
                _ => self.reader.fault(at, fault.wrong, fault.right),
            }
        }
        None
    }

    /// The byte of the file at a byte of the condition; the start of the string where escapes make them differ.
    fn place(&self, when: &ConditionText<'_>, offset: usize) -> usize {
        let source = self.reader.findings.source();
        source
            .get(when.span.clone())
            .and_then(|raw| raw.find(when.text))
            .map_or(when.span.start, |quotes| {
                when.span.start + quotes + offset.min(when.text.len())
            })
    }

    fn forward(
        &self,
        at: usize,
        name: &str,
        question: usize,
        owners: Option<&std::ops::Range<usize>>,
    ) {
        let key = |place: &usize| {
            self.asks
                .keys
                .get(*place)
                .map_or_else(String::new, |key| shown(key))
        };
        let way = owners.and_then(|owners| self.asks.way(question, owners));
        if let Some(way) = way {
            let start = way.last().copied().unwrap_or(question);
            let mut steps = vec![key(&start)];
            steps.extend(way.iter().map(key));
            if steps.len() > MOST_STEPS {
                let end = steps.split_off(steps.len() - 1);
                steps.truncate(MOST_STEPS - 2);
                steps.push("…".to_owned());
                steps.extend(end);
            }
            self.reader.fault(
                at,
                format!("The condition closes a loop: {}.", steps.join(" → ")),
                "Let each condition ask about earlier questions only.",
            );
        } else {
            self.reader.fault(
                at,
                format!(
                    "`{name}` is answered in the question `{}`, which does not come earlier (a forward reference).",
                    key(&question)
                ),
                "Move that question up, or ask about an earlier one.",
            );
        }
    }
}
