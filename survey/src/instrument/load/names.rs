//! The names that conditions may use, and from where on.

use std::collections::{BTreeMap, BTreeSet};

use super::questions::SectionDraft;
use crate::{
    condition::{Kind, Scope},
    instrument::{RegisterField, VariableKind},
};

/// The most variables that "did you mean" looks through.
const SEARCHED: usize = 500;

/// A name's kind, and the place of the question it belongs to, counted through the whole file.
struct Name {
    kind: Kind,
    question: usize,
    personal: bool,
}

/// Every name of the file.
pub(super) struct Names {
    register: Vec<(String, Kind)>,
    variables: BTreeMap<String, Name>,
    /// Names whose questions have faults of their own that leave open what may be asked about them.
    broken: BTreeSet<String>,
}

impl Names {
    pub fn of(sections: &[SectionDraft<'_>], register: &[RegisterField]) -> Self {
        let questions = sections.iter().flat_map(|section| &section.questions);
        let variables = questions
            .enumerate()
            .flat_map(|(question, draft)| {
                draft.variables.iter().map(move |variable| {
                    let name = Name {
                        kind: variable.kind.condition_kind(),
                        question,
                        personal: variable.personal,
                    };
                    (variable.key.clone(), name)
                })
            })
            .collect();
        let register = register
            .iter()
            .map(|field| (format!("register.{}", field.key), field.condition_kind()))
            .collect();
        let questions = sections.iter().flat_map(|section| &section.questions);
        let broken = questions
            .flat_map(|draft| {
                let without_options = draft.variables.iter().filter(|variable| {
                    matches!(&variable.kind, VariableKind::Choice(options) if options.is_empty())
                });
                let keys = without_options.map(|variable| variable.key.clone());
                let untyped = draft.variables.is_empty();
                keys.chain(untyped.then(|| draft.question.key.clone()))
            })
            .collect();
        Self {
            register,
            variables,
            broken,
        }
    }

    /// The question that a variable belongs to.
    pub fn question_of(&self, name: &str) -> Option<usize> {
        self.variables.get(name).map(|name| name.question)
    }

    pub fn is_personal(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|name| name.personal)
    }

    /// Whether a condition asks about something that has a fault of its own, and would only repeat it.
    pub fn repeats_a_fault(&self, condition: &str) -> bool {
        condition
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .any(|word| self.broken.contains(word))
    }

    /// What may be asked about before the question at `before`: the register and earlier answers.
    pub fn earlier_than(&self, before: usize) -> Earlier<'_> {
        Earlier {
            names: self,
            before,
        }
    }

    /// Every name, wherever it stands.
    pub fn all(&self) -> Earlier<'_> {
        self.earlier_than(usize::MAX)
    }
}

pub(super) struct Earlier<'n> {
    names: &'n Names,
    before: usize,
}

impl Scope for Earlier<'_> {
    fn kind(&self, name: &str) -> Option<Kind> {
        if let Some((_, kind)) = self.names.register.iter().find(|(key, _)| key == name) {
            return Some(kind.clone());
        }
        self.names
            .variables
            .get(name)
            .filter(|name| name.question < self.before && !name.personal)
            .map(|name| name.kind.clone())
    }

    fn names(&self) -> Vec<String> {
        let register = self.names.register.iter().map(|(key, _)| key.clone());
        let variables = self
            .names
            .variables
            .iter()
            .filter(|(_, name)| name.question < self.before && !name.personal)
            .map(|(key, _)| key.clone())
            .take(SEARCHED);
        register.chain(variables).collect()
    }
}
