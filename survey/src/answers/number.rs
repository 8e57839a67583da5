//! Numbers as Swedes type them, held exactly.

use serde::{Deserialize, Serialize};

/// An exact decimal number: millionths in an `i64`, so ±9 223 372 036 854.775807.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Number(i64);

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreadable {
    /// Letters or signs that are no part of a number.
    NotANumber,
    /// "150 %": the number before the sign.
    Percent(Number),
    /// A number with decimals where a whole one is asked for.
    NotWhole(Number),
    /// Outside what a `Number` can hold.
    TooLarge,
    /// Not one of the options.
    NotAnOption,
}

impl Number {
    pub const ZERO: Self = Self(0);
    pub const SCALE: i64 = 1_000_000;

    pub const fn whole(value: i32) -> Self {
        Self(value as i64 * Self::SCALE)
    }

    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    pub const fn millionths(self) -> i64 {
        self.0
    }

    pub const fn is_whole(self) -> bool {
        self.0 % Self::SCALE == 0
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }
}

/// Reads a text as typed.
pub fn read_number(_text: &str, _whole: bool) -> Result<Number, Unreadable> {
    Err(Unreadable::NotANumber)
}
