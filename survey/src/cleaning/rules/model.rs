//! How ordinary answers look, in decibans: what hypotheses are weighed by.

/// Hundredths of a deciban. Sums stay far from the ends of 32 bits: no table holds more than [`IMPOSSIBLE`].
pub(in crate::cleaning) type Weight = i32;

/// Styles of rounding that are held apart.
pub(in crate::cleaning) const STYLES: usize = 3;

/// What cannot be.
pub(in crate::cleaning) const IMPOSSIBLE: Weight = -20_000;

pub(in crate::cleaning) const DECIBAN: Weight = 100;

const SCALE: i64 = crate::answers::Number::SCALE;

/// A step function: the weight of everything up to each bound, and beyond the last.
#[derive(Clone, Debug, Default)]
pub(in crate::cleaning) struct Steps {
    /// In millionths, ascending.
    pub upto: Vec<i64>,
    /// One more than there are bounds.
    pub weights: Vec<Weight>,
}

impl Steps {
    pub fn at(&self, value: i64) -> Weight {
        let place = self.upto.partition_point(|bound| *bound < value);
        self.weights.get(place).copied().unwrap_or(IMPOSSIBLE)
    }
}

/// How round a number is, as a weight for each number of that roundness.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::cleaning) struct Grid {
    /// Multiples of 1, 0.5, 0.25, 0.1, 0.05 and 0.01 that are no coarser, and all others.
    pub weights: [Weight; 7],
}

pub(in crate::cleaning) const ROUND: [i64; 6] = [
    SCALE,
    SCALE / 2,
    SCALE / 4,
    SCALE / 10,
    SCALE / 20,
    SCALE / 100,
];

impl Grid {
    pub fn at(&self, value: i64) -> Weight {
        let [rounds @ .., finer] = &self.weights;
        ROUND
            .iter()
            .zip(rounds)
            .find(|(step, _)| value % **step == 0)
            .map_or(*finer, |(_, weight)| *weight)
    }
}

/// Posts per person, for up to so many persons.
#[derive(Clone, Debug)]
pub(in crate::cleaning) struct Rates {
    /// In millionths.
    pub persons: i64,
    /// Density by posts per person.
    pub steps: Steps,
    /// Exactly one post each.
    pub full: Weight,
}

/// What is ordinary in a block.
#[derive(Clone, Debug, Default)]
pub(in crate::cleaning) struct Model {
    /// How many persons a row has; only for pairs.
    pub persons: Steps,
    /// In ascending order of persons; empty where posts stand alone.
    pub rates: Vec<Rates>,
    /// Posts, where persons are not known.
    pub sizes: Steps,
    /// Units differ in how they round: each style with its own weight.
    pub styles: Vec<(Weight, Grid)>,
    /// Nobody in a row.
    pub none: Weight,
    /// Posts without persons, or persons without posts.
    pub alone: Weight,
}

/// 10 · log₁₀ of a number, at least one: the width of one step in posts per person, or how thin a number of any size is spread.
pub(in crate::cleaning) fn thinness(number: i64) -> Weight {
    // Table of 10·log₁₀(n) in hundredths, then by octaves: exact to 0.2 decibans, and the same on every machine.
    const SMALL: [Weight; 16] = [
        0, 301, 477, 602, 699, 778, 845, 903, 954, 1000, 1041, 1079, 1114, 1146, 1176, 1204,
    ];
    let mut number = (number / SCALE).max(1);
    let mut octaves = 0;
    while number > 16 {
        number = (number + 1) / 2;
        octaves += 1;
    }
    let small = usize::try_from(number - 1)
        .ok()
        .and_then(|place| SMALL.get(place))
        .copied()
        .unwrap_or(1204);
    small + octaves * 301
}

impl Model {
    fn rates(&self, persons: i64) -> Option<&Rates> {
        self.rates
            .iter()
            .find(|rates| persons <= rates.persons)
            .or(self.rates.last())
    }

    fn grid(&self, style: usize, value: i64) -> Weight {
        self.styles.get(style).map_or(0, |(_, grid)| grid.at(value))
    }

    /// How far a number is ahead of any of `others` that are multiples of no more than 0.01.
    pub fn ahead_of_hundredths(&self, posts: i64, others: i64, style: usize) -> Weight {
        self.styles.get(style).map_or(0, |(_, grid)| {
            let [.., hundredths, _] = grid.weights;
            grid.at(posts) - hundredths - thinness(others.saturating_mul(SCALE))
        })
    }

    /// Of so many persons, where the posts are not known.
    pub fn persons(&self, persons: i64) -> Weight {
        if persons == 0 {
            self.none
        } else if persons < 0 || persons % SCALE != 0 {
            IMPOSSIBLE
        } else {
            self.persons.at(persons)
        }
    }

    /// Of so many posts, where the persons are not known or not asked about.
    pub fn posts(&self, posts: i64, style: usize) -> Weight {
        match posts {
            0 => self.none,
            1.. => self.sizes.at(posts) + self.grid(style, posts),
            _ => IMPOSSIBLE,
        }
    }

    /// Of so many posts shared by so many persons.
    pub fn pair(&self, persons: i64, posts: i64, style: usize) -> Weight {
        if persons < 0 || posts < 0 || persons % SCALE != 0 {
            return IMPOSSIBLE;
        }
        match (persons, posts) {
            (0, 0) => self.none,
            (0, _) => self.alone + self.posts(posts, style),
            (_, 0) => self.alone + self.persons.at(persons),
            _ => self.persons.at(persons) + self.rate(persons, posts, style),
        }
    }

    fn rate(&self, persons: i64, posts: i64, style: usize) -> Weight {
        let Some(rates) = self.rates(persons) else {
            return 0;
        };
        if posts == persons {
            return rates.full;
        }
        rates.steps.at(quotient(posts, persons)) + self.grid(style, posts) - thinness(persons)
    }

    /// Of so many posts shared by so many persons, whatever the posts' roundness.
    pub fn unrounded(&self, persons: i64, posts: i64) -> Weight {
        if persons <= 0 || persons % SCALE != 0 {
            return IMPOSSIBLE;
        }
        let rate = self
            .rates(persons)
            .map_or(0, |rates| rates.steps.at(quotient(posts, persons)));
        self.persons.at(persons) + rate - thinness(persons)
    }

    /// Of an average of so many posts for each of nobody knows how many persons.
    pub fn lone_average(&self, average: i64, style: usize) -> Weight {
        let Some(rates) = self.rates(4 * SCALE) else {
            return IMPOSSIBLE;
        };
        if average <= 0 {
            IMPOSSIBLE
        } else if average == SCALE {
            rates.full
        } else {
            rates.steps.at(average) + self.grid(style, average)
        }
    }

    /// Of an average of so many posts for each of so many persons: a round average, not a round sum.
    pub fn average(&self, persons: i64, average: i64, style: usize) -> Weight {
        if persons <= 0 || average <= 0 || persons % SCALE != 0 {
            return IMPOSSIBLE;
        }
        let Some(rates) = self.rates(persons) else {
            return 0;
        };
        let rate = if average == SCALE {
            rates.full
        } else {
            rates.steps.at(average) + self.grid(style, average)
        };
        self.persons.at(persons) + rate
    }
}

/// In millionths, down.
pub(in crate::cleaning) fn quotient(over: i64, under: i64) -> i64 {
    if under == 0 {
        return i64::MAX;
    }
    if let Some(exact) = over.checked_mul(SCALE) {
        return exact / under;
    }
    let exact = i128::from(over) * i128::from(SCALE) / i128::from(under);
    i64::try_from(exact).unwrap_or(i64::MAX)
}
