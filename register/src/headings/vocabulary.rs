//! What a heading's words stand for: `data/headings.toml`.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::LazyLock,
};

use serde::Deserialize;

use crate::{classes::ClassList, data, field::Field, plain::plain};

use super::{Certainty, Suggestion};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ignored: Vec<String>,
    words: BTreeMap<String, Vec<String>>,
    field: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    #[serde(default)]
    sure: Vec<String>,
    #[serde(default)]
    likely: Vec<String>,
    #[serde(default)]
    possible: Vec<String>,
}

type Meanings = BTreeSet<String>;

struct Vocabulary {
    ignored: HashSet<String>,
    meaning: HashMap<String, String>,
    patterns: Vec<(Meanings, Field, Certainty)>,
}

/// Never a field, whatever else the heading says.
const OTHER: &str = "other";
/// Longer words are not taken apart.
const LONGEST: usize = 60;

/// Best first.
pub(super) fn suggestions(heading: &str, classes: &[ClassList]) -> Vec<Suggestion> {
    let heading = plain(heading);
    if let Some(class) = classes.iter().find(|class| names(class, &heading)) {
        return vec![Suggestion {
            field: Field::Class(class.key.clone()),
            certainty: Certainty::Sure,
        }];
    }
    let Some((meanings, unknown)) = meanings(&heading) else {
        return Vec::new();
    };
    let mut found: BTreeMap<&Field, Certainty> = BTreeMap::new();
    for (pattern, field, certainty) in &vocabulary().patterns {
        let certainty = if *pattern == meanings && !unknown {
            *certainty
        } else if !pattern.is_empty() && pattern.is_subset(&meanings) {
            Certainty::Possible
        } else {
            continue;
        };
        let best = found.entry(field).or_insert(certainty);
        *best = certainty.max(*best);
    }
    let exact = found
        .values()
        .any(|certainty| *certainty > Certainty::Possible);
    let mut found: Vec<Suggestion> = found
        .into_iter()
        .filter(|(field, certainty)| {
            // Parts of a heading that is understood as a whole lead astray, unless the data say that it may mean them.
            !exact || *certainty > Certainty::Possible || may_mean(field, &meanings)
        })
        .map(|(field, certainty)| Suggestion {
            field: field.clone(),
            certainty,
        })
        .collect();
    found.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.certainty));
    found
}

fn names(class: &ClassList, heading: &str) -> bool {
    !heading.is_empty()
        && (plain(&class.key) == heading
            || class.labels.iter().any(|label| plain(label) == heading))
}

fn may_mean(field: &Field, meanings: &Meanings) -> bool {
    vocabulary()
        .patterns
        .iter()
        .any(|(pattern, named, _)| named == field && pattern == meanings)
}

/// What the heading's words stand for, and whether any stands for nothing known. `None` where it is known to be nothing of ours.
fn meanings(heading: &str) -> Option<(Meanings, bool)> {
    let vocabulary = vocabulary();
    let mut meanings = Meanings::new();
    let mut unknown = false;
    for word in joined(heading) {
        // Dates and numbering.
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        if digits || vocabulary.ignored.contains(&word) {
            continue;
        }
        match parts(&word, &vocabulary.meaning) {
            Some(parts) => meanings.extend(parts.into_iter().map(str::to_owned)),
            None => unknown = true,
        }
    }
    (!meanings.is_empty() && !meanings.contains(OTHER)).then_some((meanings, unknown))
}

/// `e post` is one word, and so is `e mail`.
fn joined(heading: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut initial = String::new();
    for word in heading.split(' ').filter(|word| !word.is_empty()) {
        if word == "e" {
            word.clone_into(&mut initial);
        } else {
            words.push(std::mem::take(&mut initial) + word);
        }
    }
    words
}

/// A word, or the words that it is put together of, with or without an s between them.
fn parts<'a>(word: &str, meaning: &'a HashMap<String, String>) -> Option<Vec<&'a str>> {
    if let Some(meaning) = meaning.get(word) {
        return Some(vec![meaning]);
    }
    if word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    // For each end, the parts of the word so far: later starts first, so that whole words win over short ones.
    let mut so_far: Vec<Option<Vec<&str>>> = vec![None; word.len() + 1];
    so_far[0] = Some(Vec::new());
    for end in 1..=word.len() {
        so_far[end] = (0..end).find_map(|start| {
            let piece = &word[start..end];
            let found = meaning.get(piece).or_else(|| {
                // Between two words, or a genitive.
                meaning.get(piece.strip_suffix('s')?)
            })?;
            // `hc`, `id` or `nr` within a word is chance, except at its end.
            if piece.len() < 3 && end < word.len() {
                return None;
            }
            let mut parts = so_far[start].clone()?;
            parts.push(found);
            Some(parts)
        });
    }
    so_far.pop().flatten()
}

fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
        let file: File = data::parsed(include_str!("../../data/headings.toml"));
        let meaning = file
            .words
            .into_iter()
            .flat_map(|(meaning, words)| words.into_iter().map(move |word| (word, meaning.clone())))
            .collect();
        let mut patterns = Vec::new();
        for entry in file.field {
            let Some(field) = Field::from_key(&entry.key) else {
                continue;
            };
            for (list, certainty) in [
                (entry.sure, Certainty::Sure),
                (entry.likely, Certainty::Likely),
                (entry.possible, Certainty::Possible),
            ] {
                for pattern in list {
                    let meanings = pattern.split(' ').map(str::to_owned).collect();
                    patterns.push((meanings, field.clone(), certainty));
                }
            }
        }
        Vocabulary {
            ignored: file.ignored.into_iter().collect(),
            meaning,
            patterns,
        }
    });
    &VOCABULARY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_in_the_data_is_made_of_known_words_and_known_fields() {
        let file: File = toml::from_str(include_str!("../../data/headings.toml")).unwrap();
        for entry in &file.field {
            assert!(Field::from_key(&entry.key).is_some(), "{}", entry.key);
            for pattern in entry
                .sure
                .iter()
                .chain(&entry.likely)
                .chain(&entry.possible)
            {
                for word in pattern.split(' ') {
                    assert!(file.words.contains_key(word), "{word} in {pattern:?}");
                }
            }
        }
        for word in file.words.values().flatten().chain(&file.ignored) {
            assert_eq!(*word, plain(word), "words are compared as plain text");
        }
    }

    #[test]
    fn no_word_stands_for_two_things() {
        let file: File = toml::from_str(include_str!("../../data/headings.toml")).unwrap();
        let mut seen = HashSet::new();
        for word in file.words.values().flatten() {
            assert!(seen.insert(word), "{word}");
        }
    }
}
