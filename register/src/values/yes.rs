//! Ja and nej, and what a name gives away.

use crate::plain::plain;

use super::words::words;

/// `ja`, `x`, `filial`; `nej`, `huvudenhet`. `None` for any other word.
pub fn read_yes(text: &str) -> Option<bool> {
    let text = plain(text);
    let words = words();
    if words.yes.contains(&text) {
        Some(true)
    } else if words.no.contains(&text) {
        Some(false)
    } else {
        None
    }
}

/// Whether a unit's name says that it is a branch office: `Åsens vårdcentral, filial Berg`.
pub fn name_tells_branch(name: &str) -> bool {
    let branch = &words().branch;
    plain(name)
        .split(' ')
        .any(|word| branch.iter().any(|told| told == word))
}
