//! What the address of the list asks for. Links to a case carry it too, so that the way back leads to where one was.

use survey::statistics::Share;

use super::left::STOPS;
use crate::staff::follow_up::encoded;

/// A place in the list: what is chosen, and the page of it. Empty: all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFilter {
    pub region: String,
    /// The key of a row of the tables: a profession.
    pub row: String,
    pub rule: String,
    pub state: ListState,
    pub stop_at: Share,
    /// From 1.
    pub page: u32,
}

/// In the address: where on the list a case stands.
pub const PLACE: &str = "plats";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListState {
    /// Open questions that may move what is published.
    #[default]
    Open,
    /// Open questions about values that are missing.
    Missing,
    Decided,
    /// Decisions that no longer fit.
    Returned,
}

impl ListState {
    pub const ALL: [Self; 4] = [Self::Open, Self::Missing, Self::Decided, Self::Returned];

    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "oppna",
            Self::Missing => "saknade",
            Self::Decided => "avgjorda",
            Self::Returned => "tillbaka",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

impl Default for ListFilter {
    fn default() -> Self {
        Self {
            region: String::new(),
            row: String::new(),
            rule: String::new(),
            state: ListState::default(),
            stop_at: Self::STOP_AT,
            page: 1,
        }
    }
}

impl ListFilter {
    /// Where to stop unless something else is asked for: half a percent, in millionths.
    pub const STOP_AT: Share = 5_000;

    /// Reads an address; `text` gives what it has by a name, empty where it has nothing. What cannot be read is as nothing.
    pub fn read<'t>(text: impl Fn(&str) -> &'t str) -> Self {
        Self {
            region: text("region").to_owned(),
            row: text("rad").to_owned(),
            rule: text("regel").to_owned(),
            state: ListState::from_key(text("visa")).unwrap_or_default(),
            stop_at: text("stopp")
                .parse()
                .ok()
                .filter(|stop| STOPS.contains(stop))
                .unwrap_or(Self::STOP_AT),
            page: text("sida").parse().unwrap_or(1).max(1),
        }
    }

    /// What it chooses of what is published, after the question mark of an address; empty: all of it.
    pub fn part_query(&self) -> String {
        let of_part = Self {
            region: self.region.clone(),
            row: self.row.clone(),
            ..Self::default()
        };
        of_part.to_query()
    }

    /// After the question mark of an address, as [`Self::read`] reads it; empty where all is as it is without.
    pub fn to_query(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.state != ListState::default() {
            parts.push(format!("visa={}", self.state.key()));
        }
        for (name, value) in self.chosen() {
            parts.push(format!("{name}={}", encoded(value)));
        }
        if self.stop_at != Self::STOP_AT {
            parts.push(format!("stopp={}", self.stop_at));
        }
        if self.page > 1 {
            parts.push(format!("sida={}", self.page));
        }
        parts.join("&")
    }

    /// An address with what is asked for after it.
    pub fn after(&self, path: String) -> String {
        match self.to_query() {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }

    /// After the question mark of a case's address: this list, and where on it the case stands, from 1.
    pub fn with_place(&self, place: usize) -> String {
        let place = format!("{PLACE}={place}");
        match self.to_query() {
            list if list.is_empty() => place,
            list => format!("{list}&{place}"),
        }
    }

    #[must_use]
    pub fn on_page(&self, page: u32) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// The same of what is in another state, from its beginning.
    #[must_use]
    pub fn in_state(&self, state: ListState) -> Self {
        Self {
            state,
            page: 1,
            ..self.clone()
        }
    }

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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &'static str)]) -> ListFilter {
        ListFilter::read(|name| {
            let told = pairs.iter().find(|(known, _)| *known == name);
            told.map_or("", |(_, value)| value)
        })
    }

    #[test]
    fn an_address_without_anything_asks_for_the_first_page_of_all_that_is_open() {
        let all = read(&[]);
        assert_eq!(all, ListFilter::default());
        assert_eq!(all.after("/lista".to_owned()), "/lista");
    }

    #[test]
    fn what_is_chosen_is_written_as_it_is_read() {
        let chosen = [
            ("visa", "saknade"),
            ("region", "Region Skåne & Blekinge"),
            ("rad", "dietitian"),
            ("regel", "percent"),
            ("stopp", "100"),
            ("sida", "3"),
        ];
        let written = read(&chosen).to_query();
        assert_eq!(
            written,
            "visa=saknade&region=Region%20Sk%C3%A5ne%20%26%20Blekinge&rad=dietitian&regel=percent&stopp=100&sida=3"
        );
    }

    #[test]
    fn what_cannot_be_read_is_as_nothing() {
        let odd = [("visa", "allt"), ("stopp", "777"), ("sida", "0")];
        assert_eq!(read(&odd), ListFilter::default());
    }
}
