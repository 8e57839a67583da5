use survey::{
    answers::Number,
    cleaning::{Reason, Value},
    condition::Fact,
    dictionary::Measure,
    submission::State,
};

/// What stands in one column of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    Empty,
    Number(Number),
    /// A text, a code or a text as typed.
    Text(&'a str),
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: &'a str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    pub(super) fn fact(fact: &'a Fact) -> Self {
        match fact {
            Fact::Missing => Self::Empty,
            Fact::Number(number) => Self::Number(*number),
            Fact::Choice(text) | Fact::Text(text) => Self::text(text),
            Fact::Flag(flag) => Self::Number(Number::whole((*flag).into())),
        }
    }

    /// The clean value; nothing where it is kept out of totals, so that a column may be summed as it is.
    pub(super) fn value(value: &'a Value, measure: &Measure) -> Self {
        match (value.counted(), value.text.as_deref()) {
            (Some(number), _) => Self::Number(number),
            (None, Some(text)) if matches!(measure, Measure::Flag) => {
                Number::parse_plain(text).map_or(Self::Text(text), Self::Number)
            }
            (None, Some(text)) => Self::text(text),
            (None, None) => Self::Empty,
        }
    }
}

/// As in every file.
pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Answered => "answered",
        State::Blank => "blank",
        State::NothingHere => "nothing_here",
        State::NotAsked => "not_asked",
        State::Unreadable => "unreadable",
    }
}

/// As in every file.
pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::NothingHere => "nothing_here",
        Reason::NotAsked => "not_asked",
        Reason::Blank => "blank",
        Reason::Unknown => "unknown",
        Reason::Unreadable => "unreadable",
    }
}

pub(super) const STATES: [State; 5] = [
    State::Answered,
    State::Blank,
    State::NothingHere,
    State::NotAsked,
    State::Unreadable,
];

pub(super) const REASONS: [Reason; 5] = [
    Reason::NothingHere,
    Reason::NotAsked,
    Reason::Blank,
    Reason::Unknown,
    Reason::Unreadable,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The name that it has in storage.
    fn stored(value: impl serde::Serialize) -> String {
        let table = toml::Table::try_from(BTreeMap::from([("name", value)])).unwrap();
        table["name"].as_str().unwrap().to_owned()
    }

    #[test]
    fn states_and_reasons_are_named_as_they_are_stored() {
        for one in STATES {
            assert_eq!(stored(one), state(one));
        }
        for one in REASONS {
            assert_eq!(stored(one), reason(one));
        }
    }
}
