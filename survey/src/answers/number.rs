//! Numbers as Swedes type them, held exactly.

mod read;
mod write;

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use read::read_number;

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

const DECIMALS: usize = 6;
const MILLION: u64 = Number::SCALE.unsigned_abs();

impl Number {
    pub const ZERO: Self = Self(0);
    pub const MIN: Self = Self(i64::MIN);
    pub const MAX: Self = Self(i64::MAX);
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

    /// `None` where the sum is more than a `Number` holds.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// `None` where the difference is more than a `Number` holds.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The product, rounded half to even at the sixth decimal. `None` where it is more than a `Number` holds.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (left, right) = (self.0.unsigned_abs(), other.0.unsigned_abs());
        let (left_whole, left_part) = (left / MILLION, left % MILLION);
        let (right_whole, right_part) = (right / MILLION, right % MILLION);
        let smallest = left_part * right_part;
        let product = left_whole
            .checked_mul(right_whole)?
            .checked_mul(MILLION)?
            .checked_add(left_whole.checked_mul(right_part)?)?
            .checked_add(left_part.checked_mul(right_whole)?)?
            .checked_add(smallest / MILLION)?;
        let product = rounded(product, smallest % MILLION, MILLION)?;
        Self::signed(product, self.is_negative() != other.is_negative())
    }

    /// The quotient, rounded half to even at the sixth decimal. `None` where `other` is zero or the quotient is
    /// more than a `Number` holds.
    #[must_use]
    pub fn checked_div(self, other: Self) -> Option<Self> {
        let (dividend, divisor) = (self.0.unsigned_abs(), other.0.unsigned_abs());
        let mut quotient = dividend.checked_div(divisor)?;
        let mut rest = dividend % divisor;
        for _ in 0..DECIMALS {
            let digit;
            (digit, rest) = next_digit(rest, divisor);
            quotient = quotient.checked_mul(10)?.checked_add(digit)?;
        }
        let quotient = rounded(quotient, rest, divisor)?;
        Self::signed(quotient, self.is_negative() != other.is_negative())
    }

    /// A hundredth of the number, rounded half to even at the sixth decimal.
    #[must_use]
    pub fn divide_by_100(self) -> Self {
        let hundredth = self.0 / 100;
        let away = rounds_away((self.0 % 100).unsigned_abs(), 100, hundredth % 2 != 0);
        Self(hundredth + if away { self.0.signum() } else { 0 })
    }

    /// The largest whole number that is not larger, or `None` below the last one that a `Number` holds.
    #[must_use]
    pub fn checked_floor(self) -> Option<Self> {
        let above = self.0.rem_euclid(Self::SCALE);
        self.0.checked_sub(above).map(Self)
    }

    /// The smallest whole number that is not smaller, or `None` above the last one that a `Number` holds.
    #[must_use]
    pub fn checked_ceil(self) -> Option<Self> {
        match self.0.rem_euclid(Self::SCALE) {
            0 => Some(self),
            above => self.0.checked_add(Self::SCALE - above).map(Self),
        }
    }

    fn signed(magnitude: u64, negative: bool) -> Option<Self> {
        if negative {
            0_i64.checked_sub_unsigned(magnitude).map(Self)
        } else {
            i64::try_from(magnitude).ok().map(Self)
        }
    }
}

/// `value` and `rest / of` more, to the nearest integer, half to even.
fn rounded(value: u64, rest: u64, of: u64) -> Option<u64> {
    value.checked_add(u64::from(rounds_away(rest, of, value % 2 == 1)))
}

fn rounds_away(rest: u64, of: u64, odd: bool) -> bool {
    match rest.cmp(&(of - rest)) {
        Ordering::Less => false,
        Ordering::Equal => odd,
        Ordering::Greater => true,
    }
}

/// Ten times `rest` divided by `divisor`, and what is left. Added up one by one, because ten times `rest` may not
/// fit in 64 bits and 128-bit division would weigh more in the browser than all the rest of this file.
fn next_digit(rest: u64, divisor: u64) -> (u64, u64) {
    let (mut digit, mut sum) = (0, 0);
    for _ in 0..10 {
        let room = divisor - rest;
        if sum >= room {
            sum -= room;
            digit += 1;
        } else {
            sum += rest;
        }
    }
    (digit, sum)
}
