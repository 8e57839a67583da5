//! What a number counts, in words.

use std::collections::BTreeMap;

use survey::statistics::Slice;

use super::{FollowUpWords, keyed};
use crate::fill;

/// The sections' titles by their keys, in the order of the questionnaire.
#[derive(Clone, Debug, Default)]
pub struct SectionNames(pub Vec<(String, String)>);

impl SectionNames {
    /// The section's title; its key where the questionnaire has no such section any more.
    pub fn title<'t>(&'t self, key: &'t str) -> &'t str {
        self.0
            .iter()
            .find(|(found, _)| found == key)
            .map_or(key, |(_, title)| title)
    }

    /// Counts by section, in the questionnaire's order; those of no section come last.
    pub(super) fn ordered<'t>(&'t self, counts: &'t BTreeMap<String, u64>) -> Vec<(&'t str, u64)> {
        let known = self
            .0
            .iter()
            .filter_map(|(key, _)| counts.get(key).map(|n| (key.as_str(), *n)));
        let unknown = counts
            .iter()
            .filter(|(key, _)| self.0.iter().all(|(known, _)| known != *key))
            .map(|(key, n)| (key.as_str(), *n));
        known.chain(unknown).filter(|(_, n)| *n > 0).collect()
    }
}

/// A heading for the cases of a slice. `date` writes out a day like `2022-04-05`.
pub(super) fn label(
    words: &FollowUpWords,
    slice: &Slice,
    sections: &SectionNames,
    date: &str,
) -> String {
    let bucket = |text: &str, key: &str| fill(text, &[("bucket", keyed(&words.buckets, key))]);
    match slice {
        Slice::All | Slice::Eligible | Slice::Answered | Slice::NotAnswered => {
            keyed(&words.slices, &slice.to_string()).to_owned()
        }
        Slice::Status(status) => keyed(&words.statuses, status.as_str()).to_owned(),
        Slice::Statuses(statuses) => match statuses.as_slice() {
            [] => words.slice_statuses.clone(),
            several => {
                let names: Vec<&str> = several
                    .iter()
                    .map(|status| keyed(&words.statuses, status.as_str()))
                    .collect();
                names.join(", ")
            }
        },
        Slice::Reached(reached) => keyed(&words.reached, reached.as_str()).to_owned(),
        Slice::StoppedAt(section) => fill(
            &words.slice_stopped,
            &[("section", sections.title(section))],
        ),
        Slice::AnsweredOn(_) => fill(&words.slice_answered_on, &[("date", date)]),
        Slice::AnsweredBy(_) => fill(&words.slice_answered_by, &[("date", date)]),
        Slice::Waited(one) => bucket(&words.slice_waited, one.key),
        Slice::Worked(one) => bucket(&words.slice_worked, one.key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_come_in_the_order_of_the_questionnaire_and_unknown_ones_last() {
        let name = |key: &str| (key.to_owned(), format!("Om {key}"));
        let sections = SectionNames(vec![name("b"), name("a"), name("empty")]);
        let counts = [("a", 1), ("b", 2), ("gone", 3), ("empty", 0)]
            .map(|(key, n)| (key.to_owned(), n))
            .into();
        assert_eq!(sections.ordered(&counts), [("b", 2), ("a", 1), ("gone", 3)]);
        assert_eq!(sections.title("a"), "Om a");
        assert_eq!(sections.title("gone"), "gone");
    }
}
