//! Names of places that do not exist.

use std::collections::{BTreeMap, BTreeSet};

use super::{figures::Land, random::Random, words::words};

pub(super) struct PlaceNames {
    beginnings: Vec<&'static str>,
    endings: BTreeMap<Land, Vec<&'static str>>,
    taken: BTreeSet<String>,
}

impl PlaceNames {
    pub fn new() -> Self {
        Self {
            beginnings: words("beginning"),
            endings: BTreeMap::from([
                (Land::Norrland, words("ending norrland")),
                (Land::Svealand, words("ending svealand")),
                (Land::Gotaland, words("ending gotaland")),
                (Land::South, words("ending south")),
            ]),
            taken: words("real place").into_iter().map(str::to_owned).collect(),
        }
    }

    /// A name that has not been given before.
    pub fn next(&mut self, land: Land, random: &mut Random) -> String {
        let endings = self.endings.get(&land).map_or(&[][..], Vec::as_slice);
        let all = self.beginnings.len() * endings.len();
        let start = random.index(all);
        let name = (start..start + all)
            .map(|number| {
                let number = number % all;
                let beginning = self.beginnings[number / endings.len()];
                (beginning, endings[number % endings.len()])
            })
            .filter(|(beginning, ending)| is_speakable(beginning, ending))
            .map(|(beginning, ending)| format!("{beginning}{ending}"))
            .find(|name| !self.taken.contains(name))
            .unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }
}

/// No letter three times in a row, and no two vowels that run together.
fn is_speakable(beginning: &str, ending: &str) -> bool {
    let mut back = beginning.chars().rev();
    let (last, before) = (back.next(), back.next());
    let first = ending.chars().next();
    let is_vowel = |letter: Option<char>| letter.is_some_and(|l| "aeiouyåäö".contains(l));
    let thrice = first == last && last == before;
    let runs_together = is_vowel(last) && is_vowel(first);
    !thrice && !runs_together
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_are_asked_for_none_comes_twice_and_none_is_a_real_municipality() {
        let (mut names, mut random) = (PlaceNames::new(), Random::new(1));
        let mut given = BTreeSet::new();
        for land in [Land::Norrland, Land::Svealand, Land::Gotaland, Land::South] {
            for _ in 0..500 {
                let name = names.next(land, &mut random);
                assert!(given.insert(name), "a name came twice");
            }
        }
        for real in ["Ljungby", "Tranås"] {
            assert!(
                !given.contains(real),
                "{real} can be put together but is real"
            );
        }
    }
}
