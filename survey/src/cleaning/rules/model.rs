//! How ordinary answers look, in decibans: what hypotheses are weighed by.

/// Hundredths of a deciban. Sums stay far from the ends of 32 bits: no table holds more than [`IMPOSSIBLE`].
pub(in crate::cleaning) type Weight = i32;

/// Styles of rounding that are held apart.
pub(in crate::cleaning) const STYLES: usize = 3;

/// A weight for each style.
pub(in crate::cleaning) type Fit = [Weight; STYLES];

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

/// By place in a grid's weights.
fn roundness(value: i64) -> usize {
    ROUND
        .iter()
        .position(|step| value % step == 0)
        .unwrap_or(ROUND.len())
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

    /// What the styles say of a number's roundness, and `base` of all else.
    fn rounded(&self, base: Weight, value: i64) -> Fit {
        let roundness = roundness(value);
        let mut fit = [base; STYLES];
        for (fit, (_, grid)) in fit.iter_mut().zip(&self.styles) {
            *fit += grid.weights.get(roundness).copied().unwrap_or(0);
        }
        fit
    }

    /// How far a number is ahead of any of `others` that are multiples of no more than 0.01.
    pub fn ahead_of_hundredths(&self, posts: i64, others: i64) -> Fit {
        let base = -thinness(others.saturating_mul(SCALE));
        let mut fit = self.rounded(base, posts);
        for (fit, (_, grid)) in fit.iter_mut().zip(&self.styles) {
            let [.., hundredths, _] = grid.weights;
            *fit -= hundredths;
        }
        fit
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
    pub fn posts(&self, posts: i64) -> Fit {
        match posts {
            0 => [self.none; STYLES],
            1.. => self.rounded(self.sizes.at(posts), posts),
            _ => [IMPOSSIBLE; STYLES],
        }
    }

    /// Of so many posts shared by so many persons.
    pub fn pair(&self, persons: i64, posts: i64) -> Fit {
        if persons < 0 || posts < 0 || persons % SCALE != 0 {
            return [IMPOSSIBLE; STYLES];
        }
        match (persons, posts) {
            (0, 0) => [self.none; STYLES],
            (0, _) => self.posts(posts).map(|weight| weight + self.alone),
            (_, 0) => [self.alone + self.persons.at(persons); STYLES],
            _ => self.shared(persons, posts),
        }
    }

    fn shared(&self, persons: i64, posts: i64) -> Fit {
        let base = self.persons.at(persons);
        match self.rates(persons) {
            None => [base; STYLES],
            Some(rates) if posts == persons => [base + rates.full; STYLES],
            Some(rates) => {
                let rate = rates.steps.at(quotient(posts, persons)) - thinness(persons);
                self.rounded(base + rate, posts)
            }
        }
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
    pub fn lone_average(&self, average: i64) -> Fit {
        match self.rates(4 * SCALE) {
            Some(rates) if average > 0 => self.each(0, rates, average),
            _ => [IMPOSSIBLE; STYLES],
        }
    }

    /// Of an average of so many posts for each of so many persons: a round average, not a round sum.
    pub fn average(&self, persons: i64, average: i64) -> Fit {
        if persons <= 0 || average <= 0 || persons % SCALE != 0 {
            return [IMPOSSIBLE; STYLES];
        }
        match self.rates(persons) {
            None => [0; STYLES],
            Some(rates) => self.each(self.persons.at(persons), rates, average),
        }
    }

    fn each(&self, base: Weight, rates: &Rates, average: i64) -> Fit {
        if average == SCALE {
            [base + rates.full; STYLES]
        } else {
            self.rounded(base + rates.steps.at(average), average)
        }
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
