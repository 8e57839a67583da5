//! Words of the file in faults, and the known words that were meant.

use crate::condition::nearest;

/// Known words that are listed, or searched for a near one.
const LISTED: usize = 12;
const SEARCHED: usize = 500;

/// A word of the file as a fault shows it: on one line and no longer than a key may be.
pub(crate) fn shown(word: &str) -> String {
    let mut shown: String = word.chars().take(60).collect();
    if shown.len() < word.len() {
        shown.push('…');
    }
    shown.escape_debug().to_string()
}

/// "Did you mean `x`?", or the list of what is known.
pub(crate) fn did_you_mean<'c>(word: &str, known: impl Iterator<Item = &'c str> + Clone) -> String {
    if let Some(meant) = nearest(word, known.clone().take(SEARCHED)) {
        return format!("Did you mean `{meant}`?");
    }
    let mut list: Vec<String> = known
        .take(LISTED + 1)
        .map(|known| format!("`{known}`"))
        .collect();
    if list.len() > LISTED {
        list.truncate(LISTED);
        list.push("…".to_owned());
    }
    if list.is_empty() {
        "There is none to name.".to_owned()
    } else {
        format!("Write one of {}.", list.join(", "))
    }
}
