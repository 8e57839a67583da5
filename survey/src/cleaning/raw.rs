//! What one unit handed in, with what else is known about it.

use serde::{Deserialize, Serialize};

use crate::{
    answers::Number,
    checks::Confirmed,
    instrument::Instrument,
    register::Register,
    submission::{Entry, State},
};

/// One unit's answers as handed in. Cleaning never changes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raw {
    /// One per variable, in the order of [`Instrument::variables`].
    given: Vec<Given>,
    pub register: Register,
    /// What the chief said "Stämmer" to. Counts only for the very texts it was said about.
    pub confirmations: Vec<Confirmation>,
}

/// What was handed in for one variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub state: State,
    /// As typed; empty where nothing was.
    pub typed: String,
}

/// "Stämmer", with the reason the chief gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    #[serde(flatten)]
    pub confirmed: Confirmed,
    pub reason: String,
}

impl Default for Given {
    fn default() -> Self {
        Self {
            state: State::Blank,
            typed: String::new(),
        }
    }
}

impl Raw {
    /// Every variable blank.
    pub fn blank(instrument: &Instrument) -> Self {
        Self {
            given: vec![Given::default(); instrument.variables().len()],
            ..Self::default()
        }
    }

    /// The answers of a submission. Entries about variables that the instrument does not have are left out; variables
    /// without an entry are blank.
    pub fn of_submission(instrument: &Instrument, entries: &[Entry]) -> Self {
        let mut raw = Self::blank(instrument);
        for entry in entries {
            if let Some(given) = instrument
                .place_of(&entry.variable)
                .and_then(|place| raw.given.get_mut(place))
            {
                given.state = entry.state;
                given.typed.clone_from(&entry.typed);
            }
        }
        raw
    }

    /// Sets what was typed for the variable at `place` of [`Instrument::variables`]: blank where `typed` is white space.
    pub fn set(&mut self, place: usize, typed: &str) {
        if let Some(given) = self.given.get_mut(place) {
            given.typed.clear();
            given.typed.push_str(typed);
            given.state = if typed.trim().is_empty() {
                State::Blank
            } else {
                State::Answered
            };
        }
    }

    /// Sets the state of a variable that was not typed: nothing here, not asked.
    pub fn silence(&mut self, place: usize, state: State) {
        if let Some(given) = self.given.get_mut(place) {
            given.typed.clear();
            given.state = state;
        }
    }

    /// One per variable, in the order of [`Instrument::variables`].
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// The text as typed for the variable at `place`; empty where nothing was.
    pub fn typed(&self, place: usize) -> &str {
        self.given.get(place).map_or("", |given| &given.typed)
    }

    /// Places of the variables that the chief said "Stämmer" to, as long as the texts are those it was said about.
    pub(super) fn confirmed(&self, instrument: &Instrument) -> Vec<usize> {
        let mut places = Vec::new();
        for confirmation in &self.confirmations {
            let about: Option<Vec<usize>> = confirmation
                .confirmed
                .about
                .split("; ")
                .map(|pair| {
                    let (variable, typed) = pair.split_once('=')?;
                    let place = instrument.place_of(variable)?;
                    (self.typed(place) == typed).then_some(place)
                })
                .collect();
            places.extend(about.unwrap_or_default());
        }
        places
    }

    /// What the chief said "Stämmer" about a variable, as long as the texts are those it was said about.
    pub fn stands_by(&self, instrument: &Instrument, variable: &str) -> Option<&Confirmation> {
        self.confirmations.iter().find(|one| {
            one.confirmed.scope == variable
                && one.confirmed.about.split("; ").all(|pair| {
                    pair.split_once('=').is_some_and(|(about, typed)| {
                        let place = instrument.place_of(about);
                        place.is_some_and(|place| self.typed(place).trim() == typed.trim())
                    })
                })
        })
    }

    /// The register's figure.
    pub fn registered(&self, field: &str) -> Option<Number> {
        self.register.number(field)
    }
}
