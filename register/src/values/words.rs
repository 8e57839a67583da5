//! Words in cells that mean something.

use std::{collections::HashSet, sync::LazyLock};

use serde::Deserialize;

use crate::data;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    pub public: Vec<String>,
    pub private: Vec<String>,
    pub yes: Vec<String>,
    pub no: Vec<String>,
    pub branch: Vec<String>,
    /// Words for the kind of unit: two names that differ in them alone are the same.
    pub unit: HashSet<String>,
    pub sums: Vec<String>,
    pub months: Vec<Vec<String>>,
}

pub(crate) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> =
        LazyLock::new(|| data::parsed(include_str!("../../data/words.toml")));
    &WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::plain;

    #[test]
    fn the_words_are_written_as_they_are_compared() {
        let words: Words = toml::from_str(include_str!("../../data/words.toml")).unwrap();
        assert_eq!(words.months.len(), 12);
        for word in [
            &words.public,
            &words.private,
            &words.yes,
            &words.no,
            &words.branch,
            &words.sums,
        ]
        .into_iter()
        .chain(&words.months)
        .flatten()
        .chain(&words.unit)
        {
            assert_eq!(*word, plain(word));
        }
    }
}
