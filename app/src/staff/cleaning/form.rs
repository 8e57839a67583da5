//! What an editor fills in on the page of a case: one form for all that it asks, so that saving one answer loses no other.

use std::collections::BTreeMap;

use survey::cleaning::Change;

use super::EffectShown;

/// What an editor had filled in when the page could not take it.
#[derive(Clone, Debug, Default)]
pub struct CaseForm {
    /// One for each question that the page asked.
    pub asked: Vec<QueryForm>,
    /// A value that nothing was asked about.
    pub own: QueryForm,
}

#[derive(Clone, Debug, Default)]
pub struct QueryForm {
    /// The query's identity; empty where it is an unasked value.
    pub query: String,
    /// The chosen alternative, or [`QueryForm::OWN`].
    pub choice: String,
    /// Typed values by variable.
    pub values: BTreeMap<String, String>,
    pub reason: String,
    /// The values that the editor says are right in spite of what the rules hold against them: as [`sure_of`] writes them.
    pub sure: String,
}

impl QueryForm {
    /// Stands for values of the editor's own.
    pub const OWN: &str = "egna";

    /// Values that something is typed for.
    pub fn typed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values
            .iter()
            .filter(|(_, typed)| !typed.is_empty())
            .map(|(variable, typed)| (variable.as_str(), typed.as_str()))
    }

    /// Whether the editor has done anything here.
    pub fn is_filled_in(&self) -> bool {
        !self.choice.is_empty() || !self.reason.is_empty() || self.typed().next().is_some()
    }

    /// Whoever types values of their own has chosen them.
    pub fn is_own(&self) -> bool {
        self.choice == Self::OWN || self.choice.is_empty() && self.typed().next().is_some()
    }
}

impl CaseForm {
    pub fn of(&self, query: &str) -> Option<&QueryForm> {
        self.asked.iter().find(|form| form.query == query)
    }
}

/// What values of the editor's own would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The query's identity; empty where it is an unasked value.
    pub query: String,
    pub effects: Vec<EffectShown>,
    /// What the rules hold against them: a sentence each.
    pub doubts: Vec<String>,
    /// As [`sure_of`] writes the values.
    pub sure: String,
}

/// Values in a form that tells them from all others: what an editor is sure of holds for these very values.
pub fn sure_of(changes: &[Change]) -> String {
    let written = |change: &Change| {
        let to = match (&change.text, change.to) {
            (Some(text), _) => text.clone(),
            (None, Some(number)) => number.to_plain(),
            (None, None) => String::new(),
        };
        format!("{}={to}", change.variable)
    };
    changes.iter().map(written).collect::<Vec<_>>().join(";")
}

/// What the button that sent the form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    Save,
    /// What would become of values of the editor's own; nothing is saved.
    Look,
    /// A field for the unasked value that is chosen; nothing is saved.
    Choose,
}

impl Press {
    /// The name of the buttons.
    pub const FIELD: &str = "gor";

    pub fn key(self) -> &'static str {
        match self {
            Self::Save => "spara",
            Self::Look => "visa",
            Self::Choose => "valj",
        }
    }

    /// The return key presses no named button: it saves.
    pub fn from_key(key: &str) -> Self {
        [Self::Look, Self::Choose]
            .into_iter()
            .find(|press| press.key() == key)
            .unwrap_or(Self::Save)
    }
}

/// The hidden field with the identity of the query at this place, from 1.
pub fn query_of(place: usize) -> String {
    format!("fraga-{place}")
}

/// The field for the choice in the query at this place, from 1; at 0 stands the unasked value, and its variable.
pub fn field_of(place: usize) -> String {
    format!("val-{place}")
}

pub fn reason_of(place: usize) -> String {
    format!("skal-{place}")
}

pub fn value_of(place: usize, variable: &str) -> String {
    format!("varde-{place}-{variable}")
}

pub fn sure_field(place: usize) -> String {
    format!("saker-{place}")
}

#[cfg(test)]
mod tests {
    use survey::answers::Number;

    use super::*;

    #[test]
    fn whoever_types_a_value_has_chosen_it() {
        let typed = QueryForm {
            values: BTreeMap::from([("a_fte".to_owned(), "1".to_owned())]),
            ..QueryForm::default()
        };
        assert!(typed.is_own() && typed.is_filled_in());
        let other = QueryForm {
            choice: "percent".to_owned(),
            ..typed
        };
        assert!(!other.is_own());
        assert!(!QueryForm::default().is_filled_in());
    }

    #[test]
    fn one_is_sure_of_the_very_values() {
        let one = [Change::to("a_fte", Some(Number::whole(600)))];
        let other = [Change::to("a_fte", Some(Number::whole(60)))];
        assert_eq!(sure_of(&one), "a_fte=600");
        assert_ne!(sure_of(&one), sure_of(&other));
    }
}
