//! What the address of the list asks for.

use survey::statistics::Share;

use crate::staff::follow_up::encoded;

/// What the address asks for; empty: all.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    pub region: String,
    /// The key of a row of the tables: a profession.
    pub row: String,
    pub rule: String,
    pub state: ListState,
    pub stop_at: Share,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListState {
    #[default]
    Open,
    Decided,
    /// Decisions that no longer fit.
    Returned,
}

impl ListState {
    pub const ALL: [Self; 3] = [Self::Open, Self::Decided, Self::Returned];

    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "oppna",
            Self::Decided => "avgjorda",
            Self::Returned => "tillbaka",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

impl ListFilter {
    pub fn takes_region(&self, region: &str) -> bool {
        self.region.is_empty() || self.region == region
    }

    pub fn takes_rule(&self, rule: &str) -> bool {
        self.rule.is_empty() || self.rule == rule
    }

    /// What is chosen beside the state and where to stop, by the names that the address has for it.
    pub(super) fn chosen(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("region", self.region.as_str()),
            ("rad", &self.row),
            ("regel", &self.rule),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
    }

    /// After the question mark of an address.
    pub fn query(&self) -> String {
        let mut parts = vec![format!("visa={}", self.state.key())];
        for (name, value) in self.chosen() {
            parts.push(format!("{name}={}", encoded(value)));
        }
        parts.push(format!("stopp={}", self.stop_at));
        parts.join("&")
    }
}
