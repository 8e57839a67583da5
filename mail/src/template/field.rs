use std::sync::LazyLock;

/// What a letter may tell of the one who gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The name of the unit.
    Unit,
    /// The personal link.
    Link,
    /// The last day to answer, as people write dates.
    LastDay,
    /// The name of the one who gets the letter.
    Recipient,
    /// The name of the one who sends it.
    Sender,
    Region,
    /// What the survey is called.
    Round,
    /// What a colleague is asked to fill in.
    Section,
    /// What was handed out on submitting.
    Receipt,
}

impl Field {
    pub const ALL: [Self; 9] = [
        Self::Unit,
        Self::Link,
        Self::LastDay,
        Self::Recipient,
        Self::Sender,
        Self::Region,
        Self::Round,
        Self::Section,
        Self::Receipt,
    ];

    const fn key(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Link => "link",
            Self::LastDay => "last_day",
            Self::Recipient => "recipient",
            Self::Sender => "sender",
            Self::Region => "region",
            Self::Round => "round",
            Self::Section => "section",
            Self::Receipt => "receipt",
        }
    }

    /// The names that authors may write, the Swedish one first.
    pub fn names(self) -> &'static [String] {
        NAMES
            .iter()
            .find(|(field, _)| *field == self)
            .map_or(&[], |(_, names)| names.as_slice())
    }

    /// The name to show first.
    pub fn name(self) -> &'static str {
        self.names().first().map_or(self.key(), String::as_str)
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        Self::ALL
            .into_iter()
            .find(|field| field.names().contains(&name))
    }

    /// The name that is least unlike what was written, where it is like enough to be meant.
    pub(super) fn suggestion(written: &str) -> Option<&'static str> {
        let written = written.to_lowercase();
        let (distance, _, name) = Self::ALL
            .into_iter()
            .flat_map(|field| field.names().iter().enumerate())
            .map(|(place, name)| (distance(&written, name), place, name.as_str()))
            .min()?;
        let longest = written.chars().count().max(name.chars().count());
        (distance * 2 < longest).then_some(name)
    }
}

static NAMES: LazyLock<Vec<(Field, Vec<String>)>> = LazyLock::new(|| {
    include_str!("fields.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let key = words.next()?;
            let field = Field::ALL.into_iter().find(|field| field.key() == key)?;
            Some((field, words.map(str::to_owned).collect()))
        })
        .collect()
});

/// How many letters to add, drop or change to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, sign) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (place, other) in other.iter().enumerate() {
            let changed = diagonal + usize::from(sign != *other);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_names_and_no_name_means_two() {
        let mut all: Vec<&String> = Vec::new();
        for field in Field::ALL {
            assert!(!field.names().is_empty(), "{field:?}");
            all.extend(field.names());
        }
        all.sort();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_misspelt_name_is_recognised_and_a_strange_one_is_not() {
        assert_eq!(Field::suggestion("lank"), Some("länk"));
        assert_eq!(Field::suggestion("vardcentral"), Some("vårdcentral"));
        assert_eq!(Field::suggestion("Sista dag"), Some("sista_dag"));
        assert_eq!(Field::suggestion("telefonnummer"), None);
        assert_eq!(Field::suggestion(""), None);
    }
}
