use std::collections::BTreeMap;

use super::history::{current, open_conflicts, value_at};
use super::revision::{Revision, RevisionNumber};

/// What a case's answers are, and were: its revisions, by variable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CurrentAnswers {
    histories: BTreeMap<String, Vec<Revision>>,
}

impl CurrentAnswers {
    /// Reads revisions that stand in the order of their numbers.
    pub fn fold(revisions: impl IntoIterator<Item = Revision>) -> Self {
        let mut histories: BTreeMap<String, Vec<Revision>> = BTreeMap::new();
        for revision in revisions {
            match histories.get_mut(&revision.variable) {
                Some(history) => history.push(revision),
                None => {
                    histories.insert(revision.variable.clone(), vec![revision]);
                }
            }
        }
        Self { histories }
    }

    /// The text that holds now; empty where nothing was typed.
    pub fn raw(&self, variable: &str) -> &str {
        self.get(variable).map_or("", |revision| &revision.raw)
    }

    /// The revision that holds now; none where the variable was never sent.
    pub fn get(&self, variable: &str) -> Option<&Revision> {
        current(self.history(variable))
    }

    /// The text that held when the case stood at `base`.
    pub fn at(&self, variable: &str, base: RevisionNumber) -> &str {
        value_at(self.history(variable), base)
    }

    /// What another page typed into the variable without having seen the current text, and nobody has
    /// chosen between since. In order, at most one for each page.
    pub fn conflicts(&self, variable: &str) -> impl Iterator<Item = &Revision> {
        open_conflicts(self.history(variable))
    }

    /// Every such revision of every variable.
    pub fn all_conflicts(&self) -> impl Iterator<Item = &Revision> {
        self.histories
            .values()
            .flat_map(|history| open_conflicts(history))
    }

    /// Every revision of the variable, in order.
    pub fn history(&self, variable: &str) -> &[Revision] {
        self.histories.get(variable).map_or(&[], Vec::as_slice)
    }

    /// Each variable that was ever sent, with the text that holds now, in the order of the keys.
    /// Collects into `survey::answers::Answers`.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.histories.iter().filter_map(|(variable, history)| {
            current(history).map(|revision| (variable.as_str(), revision.raw.as_str()))
        })
    }

    /// What was typed last, contested or not.
    pub fn last(&self) -> Option<&Revision> {
        self.histories
            .values()
            .filter_map(|history| history.last())
            .max_by_key(|revision| revision.number)
    }

    /// The number of what was typed last.
    pub fn latest(&self) -> RevisionNumber {
        self.last()
            .map(|revision| revision.number)
            .unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        self.histories.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::revision::testing::{contested, number, typed};
    use super::*;

    const PHONE: u128 = 1;
    const DESK: u128 = 2;

    #[test]
    fn a_blank_case_has_no_answers() {
        let answers = CurrentAnswers::fold([]);
        assert_eq!(answers.raw("a"), "");
        assert_eq!(answers.get("a"), None);
        assert_eq!(answers.latest(), RevisionNumber::BLANK);
        assert!(answers.is_empty());
    }

    #[test]
    fn the_last_text_holds_and_earlier_ones_are_remembered() {
        let answers = CurrentAnswers::fold([
            typed(1, "a", "1", PHONE, 0),
            typed(2, "b", "x", PHONE, 0),
            typed(3, "a", "12", PHONE, 0),
        ]);
        assert_eq!(answers.raw("a"), "12");
        assert_eq!(answers.at("a", number(0)), "");
        assert_eq!(answers.at("a", number(1)), "1");
        assert_eq!(answers.at("a", number(2)), "1");
        assert_eq!(answers.at("a", number(3)), "12");
        assert_eq!(answers.latest(), number(3));
        assert_eq!(
            answers.iter().collect::<Vec<_>>(),
            [("a", "12"), ("b", "x")]
        );
    }

    #[test]
    fn a_contested_text_is_shown_but_does_not_hold() {
        let mine = contested(2, "a", "6", DESK, 0);
        let answers = CurrentAnswers::fold([typed(1, "a", "5", PHONE, 0), mine.clone()]);
        assert_eq!(answers.raw("a"), "5");
        assert_eq!(answers.at("a", number(2)), "5");
        assert_eq!(answers.latest(), number(2));
        assert_eq!(answers.conflicts("a").collect::<Vec<_>>(), [&mine]);
        assert_eq!(answers.all_conflicts().collect::<Vec<_>>(), [&mine]);
    }

    #[test]
    fn each_page_contests_with_its_last_text_only() {
        let last = contested(3, "a", "67", DESK, 0);
        let answers = CurrentAnswers::fold([
            typed(1, "a", "5", PHONE, 0),
            contested(2, "a", "6", DESK, 0),
            last.clone(),
        ]);
        assert_eq!(answers.conflicts("a").collect::<Vec<_>>(), [&last]);
    }

    #[test]
    fn a_conflict_is_over_when_both_devices_come_to_the_same_text() {
        let answers = CurrentAnswers::fold([
            typed(1, "a", "5", PHONE, 0),
            contested(2, "a", "6", DESK, 0),
            typed(3, "a", "6", PHONE, 0),
        ]);
        assert_eq!(answers.conflicts("a").count(), 0);
    }
}
