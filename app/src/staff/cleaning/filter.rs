//! What the address of the list asks for.

use survey::statistics::Share;

use crate::staff::follow_up::encoded;

/// What the address asks for; empty: all.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    pub region: String,
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
    /// Whether a question of that rule in that region is asked for.
    pub fn takes(&self, region: &str, rule: &str) -> bool {
        (self.region.is_empty() || self.region == region)
            && (self.rule.is_empty() || self.rule == rule)
    }

    /// After the question mark of an address.
    pub fn query(&self) -> String {
        let mut parts = vec![format!("visa={}", self.state.key())];
        for (name, value) in [("region", &self.region), ("regel", &self.rule)] {
            if !value.is_empty() {
                parts.push(format!("{name}={}", encoded(value)));
            }
        }
        parts.push(format!("stopp={}", self.stop_at));
        parts.join("&")
    }
}
