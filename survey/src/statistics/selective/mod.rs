//! Selective editing: which open questions matter to what is published, and when to stop asking.
//!
//! A question's score is suspicion × effect, as in Hedlin (2003) and de Waal, Pannekoek and Scholtus (2011, chapter 6):
//! what the published figures would move by, each alternative weighted by its plausibility. A figure moves relative to
//! itself, and each level of publication (country, region, row of a table) weighs the same: a level's part is the mean
//! over all its figures. Values that are kept out of totals count as nothing until they are decided.

mod effect;
#[cfg(test)]
mod fixture;
mod left;
mod ranking;
mod reach;
mod scope;
mod share;

pub use effect::{Effect, effects};
pub use left::Left;
pub use ranking::{Ranked, Ranking, rank};
pub use scope::Scope;
pub use share::{Movement, Share};

use super::amounts::Amounts;
use crate::cleaning::Query;

/// What cleaning made of one unit.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    pub region: &'a str,
    pub amounts: &'a Amounts,
    pub queries: &'a [Query],
}
