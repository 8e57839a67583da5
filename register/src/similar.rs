//! How near two names are.

use crate::{plain::plain, values::words};

/// A name without the words for the kind of unit, its other words in order of the alphabet: `Vårdcentralen Åsen` and `Åsens VC` share
/// most of it. The whole name where nothing else is in it.
pub(crate) fn core(name: &str) -> String {
    let name = plain(name);
    let unit = &words().unit;
    let mut rest: Vec<&str> = name
        .split(' ')
        .filter(|word| !unit.contains(*word))
        .map(|word| {
            word.strip_suffix('s')
                .filter(|stem| stem.len() > 3)
                .unwrap_or(word)
        })
        .collect();
    if rest.is_empty() {
        return name;
    }
    rest.sort_unstable();
    rest.join(" ")
}

/// Shared pairs of letters among all, 0–1 (Dice). Both texts plain.
pub(crate) fn similarity(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| {
        let letters: Vec<char> = text.chars().take(100).collect();
        let mut pairs: Vec<[char; 2]> = letters
            .windows(2)
            .filter_map(|pair| <[char; 2]>::try_from(pair).ok())
            .collect();
        pairs.sort_unstable();
        pairs
    };
    let (ours, theirs) = (pairs(one), pairs(other));
    let all = ours.len() + theirs.len();
    if all == 0 {
        return if one == other { 1.0 } else { 0.0 };
    }
    let (mut at, mut shared) = (0, 0_u32);
    for pair in &ours {
        while theirs.get(at).is_some_and(|their| their < pair) {
            at += 1;
        }
        if theirs.get(at) == Some(pair) {
            shared += 1;
            at += 1;
        }
    }
    // At most two hundred pairs.
    2.0 * f64::from(shared) / f64::from(u32::try_from(all).unwrap_or(u32::MAX))
}
