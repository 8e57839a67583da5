//! What the ordered revisions of one variable say.

use super::revision::{Revision, RevisionNumber};

/// The revision that holds now: the last uncontested one.
pub(super) fn current(history: &[Revision]) -> Option<&Revision> {
    history.iter().rev().find(|revision| !revision.contested)
}

/// The text that held when the case stood at `base`; empty before anything was typed.
pub(super) fn value_at(history: &[Revision], base: RevisionNumber) -> &str {
    history
        .iter()
        .rev()
        .find(|revision| !revision.contested && revision.number <= base)
        .map_or("", |revision| &revision.raw)
}

/// Contested revisions that still wait for a choice. One is settled when its page types again, when a page
/// that had seen it types, or when the other page came to the same text.
pub(super) fn open_conflicts(history: &[Revision]) -> impl Iterator<Item = &Revision> {
    let current = current(history).map(|current| current.raw.as_str());
    history
        .iter()
        .enumerate()
        .filter(move |(index, revision)| {
            revision.contested
                && current != Some(revision.raw.as_str())
                && !history[index + 1..]
                    .iter()
                    .any(|later| settles(later, revision))
        })
        .map(|(_, revision)| revision)
}

fn settles(later: &Revision, contested: &Revision) -> bool {
    later.page == contested.page || (!later.contested && later.base >= contested.number)
}
