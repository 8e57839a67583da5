//! How much a figure moves, relative to itself.

use crate::statistics::total::{Figure, Millionths};

/// A share in millionths; ten thousand is one percent.
pub type Share = u64;

const WHOLE: u128 = 1_000_000;

/// How much a figure may be expected to move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    pub figure: Figure,
    pub share: Share,
}

/// In millionths of `total`; where there is no total yet, all of it.
pub fn relative(part: u128, total: Millionths) -> u128 {
    match (part, total.unsigned_abs()) {
        (0, _) => 0,
        (_, 0) => WHOLE,
        (part, total) => part.saturating_mul(WHOLE) / total,
    }
}

pub fn share_of(change: Millionths, total: Millionths) -> Option<Share> {
    (total != 0).then(|| narrow(relative(change.unsigned_abs(), total)))
}

pub fn narrow(share: u128) -> Share {
    Share::try_from(share).unwrap_or(Share::MAX)
}

pub fn wide(count: usize) -> u128 {
    u128::try_from(count).unwrap_or(u128::MAX)
}
