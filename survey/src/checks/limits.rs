//! Where a check begins to ask. The file that asks for the check may say otherwise.

use serde::{Deserialize, Serialize};

use crate::answers::Number;

/// What posts in percent look like. All but the last three hold where the persons are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PercentLimits {
    /// Fewer posts are never asked about.
    pub least: Number,
    /// The percents of all, added up: at least so many for each person.
    pub shared: Number,
    /// One percentage for each of several: between these,
    pub average_low: Number,
    pub average_high: Number,
    /// and at least so many times the persons. Less may as well be persons and posts swapped.
    pub apart: Number,
    /// Persons unknown: from here always.
    pub alone: Number,
    /// Persons unknown: from here where it is a round figure, as percentages are.
    pub round: Number,
    /// The same, where a column beside is in percent.
    pub beside: Number,
}

impl Default for PercentLimits {
    fn default() -> Self {
        Self {
            least: Number::whole(5),
            shared: Number::whole(10),
            average_low: Number::whole(40),
            average_high: Number::whole(100),
            apart: Number::whole(3),
            alone: Number::whole(40),
            round: Number::whole(20),
            beside: Number::whole(10),
        }
    }
}

/// What persons and posts in each other's column look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapLimits {
    /// Whole numbers: at most so many times more posts than persons. More is likelier a slip of the pen.
    pub whole: Number,
    /// Persons with decimals, which give the swap away: at most so many times more.
    pub parts: Number,
    /// The columns as wholes look swapped where such rows are so many times more than the ordinary.
    pub outnumber: usize,
}

impl Default for SwapLimits {
    fn default() -> Self {
        Self {
            whole: Number::from_millionths(2_500_000),
            parts: Number::whole(10),
            outnumber: 4,
        }
    }
}

/// What a total in the first row looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalLimits {
    /// Equality with fewer other numbers than this is chance: three professions with one post each and one with three.
    pub others: usize,
    /// So is equality of small sums.
    pub least: Number,
    /// Beside another column that certainly holds its total, so many others are enough.
    pub beside: usize,
}

impl Default for TotalLimits {
    fn default() -> Self {
        Self {
            others: 4,
            least: Number::whole(10),
            beside: 2,
        }
    }
}
