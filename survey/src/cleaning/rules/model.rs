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
    upto: Vec<i64>,
    /// One more than there are bounds.
    weights: Vec<Weight>,
    /// Written out, what most values are looked up by: one weight for each hundredth up to [`NEAR`], and for each whole
    /// number up to [`FAR`]. Empty where a bound falls in between.
    hundredths: Vec<Weight>,
    wholes: Vec<Weight>,
}

const HUNDREDTH: i64 = SCALE / 100;
const NEAR: i64 = 3 * SCALE;
const FAR: i64 = 100 * SCALE;

impl Steps {
    /// Bounds in millionths, ascending; one weight for each, and one for what is beyond the last.
    pub fn new(upto: Vec<i64>, weights: Vec<Weight>) -> Self {
        let mut steps = Self {
            upto,
            weights,
            ..Self::default()
        };
        steps.hundredths = steps.written_out(0, HUNDREDTH, NEAR);
        steps.wholes = steps.written_out(NEAR, SCALE, FAR);
        steps
    }

    fn written_out(&self, from: i64, step: i64, to: i64) -> Vec<Weight> {
        let within = |bound: &&i64| (from..to).contains(*bound);
        if self
            .upto
            .iter()
            .filter(within)
            .any(|bound| bound % step != 0)
        {
            return Vec::new();
        }
        let values = (0..=to / step).map(|count| count * step);
        values.map(|value| self.looked_up(value)).collect()
    }

    pub fn at(&self, value: i64) -> Weight {
        let written_out = match value {
            1..=NEAR => at(&self.hundredths, value, HUNDREDTH),
            ..=FAR if value > NEAR => at(&self.wholes, value, SCALE),
            _ => None,
        };
        written_out.unwrap_or_else(|| self.looked_up(value))
    }

    fn looked_up(&self, value: i64) -> Weight {
        let place = self.upto.partition_point(|bound| *bound < value);
        self.weights.get(place).copied().unwrap_or(IMPOSSIBLE)
    }
}

/// Everything up to a step has the weight of the step.
fn at(written_out: &[Weight], value: i64, step: i64) -> Option<Weight> {
    let place = usize::try_from((value + step - 1) / step).ok()?;
    written_out.get(place).copied()
}

/// How round a number is, as a weight for each number of that roundness: multiples of 1, 0.5, 0.25, 0.1, 0.05 and 0.01
/// that are no coarser, and all others.
pub(in crate::cleaning) type Grid = [Weight; ROUND.len() + 1];

/// Styles of rounding: units differ.
#[derive(Clone, Debug, Default)]
pub(in crate::cleaning) struct Styles {
    /// How common each is; at most [`STYLES`].
    pub rarities: Vec<Weight>,
    /// By place in a grid, the weight in each style.
    by_roundness: [Fit; ROUND.len() + 1],
}

impl Styles {
    pub fn new(styles: &[(Weight, Grid)]) -> Self {
        let mut by_roundness = [[0; STYLES]; ROUND.len() + 1];
        for (style, (_, grid)) in styles.iter().enumerate().take(STYLES) {
            for (fit, weight) in by_roundness.iter_mut().zip(grid) {
                fit[style] = *weight;
            }
        }
        Self {
            rarities: styles.iter().map(|(rarity, _)| *rarity).collect(),
            by_roundness,
        }
    }

    fn of(&self, value: i64) -> Fit {
        let [.., others] = self.by_roundness;
        self.by_roundness
            .get(roundness(value))
            .copied()
            .unwrap_or(others)
    }

    fn of_hundredths(&self) -> Fit {
        let [.., hundredths, _] = self.by_roundness;
        hundredths
    }
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
    let part = value % SCALE;
    if part % HUNDREDTH != 0 {
        return ROUND.len();
    }
    usize::try_from(part.abs() / HUNDREDTH)
        .ok()
        .and_then(|hundredths| ROUNDNESS.get(hundredths))
        .map_or(ROUND.len(), |place| usize::from(*place))
}

/// Of so many hundredths beyond a whole number, by place in a grid's weights.
static ROUNDNESS: [u8; 100] = roundness_of_hundredths();

const fn roundness_of_hundredths() -> [u8; 100] {
    // From the finest step to the coarsest, which has the last word.
    const STEPS: [usize; ROUND.len()] = [1, 5, 10, 25, 50, 100];
    let mut places = [0_u8; 100];
    let mut place: u8 = 5;
    let mut finest_first = 0;
    while finest_first < STEPS.len() {
        let mut hundredths = 0;
        while hundredths < places.len() {
            places[hundredths] = place;
            hundredths += STEPS[finest_first];
        }
        finest_first += 1;
        place = place.saturating_sub(1);
    }
    places
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
    pub styles: Styles,
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
        self.styles.of(value).map(|weight| base + weight)
    }

    /// How far a number is ahead of any of `others` that are multiples of no more than 0.01.
    pub fn ahead_of_hundredths(&self, posts: i64, others: i64) -> Fit {
        let base = -thinness(others.saturating_mul(SCALE));
        let mut fit = self.rounded(base, posts);
        for (fit, hundredths) in fit.iter_mut().zip(self.styles.of_hundredths()) {
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

    /// Rows of so many persons; none where that is not known or not asked about.
    pub fn beside(&self, persons: Option<i64>) -> Beside<'_> {
        let counted = persons.filter(|persons| *persons > 0 && persons % SCALE == 0);
        let weight = counted.map_or(0, |persons| self.persons.at(persons));
        Beside {
            model: self,
            persons,
            weight,
            rates: counted
                .and_then(|persons| self.rates(persons))
                .map(|rates| (rates, weight - thinness(counted.unwrap_or(0)))),
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

/// What is the same for any number of posts in a row of so many persons.
#[derive(Clone, Copy)]
pub(in crate::cleaning) struct Beside<'m> {
    pub model: &'m Model,
    /// In millionths.
    pub persons: Option<i64>,
    weight: Weight,
    /// With what is added to what they say of posts per person.
    rates: Option<(&'m Rates, Weight)>,
}

impl Beside<'_> {
    /// Of so many posts shared by the persons.
    pub fn posts(&self, posts: i64) -> Fit {
        let Some(persons) = self.persons else {
            return self.model.posts(posts);
        };
        if persons < 0 || posts < 0 || persons % SCALE != 0 {
            return [IMPOSSIBLE; STYLES];
        }
        match (persons, posts) {
            (0, 0) => [self.model.none; STYLES],
            (0, _) => self.model.posts(posts).map(|fit| fit + self.model.alone),
            (_, 0) => [self.model.alone + self.weight; STYLES],
            _ => self.shared(persons, posts),
        }
    }

    fn shared(&self, persons: i64, posts: i64) -> Fit {
        match self.rates {
            None => [self.weight; STYLES],
            Some((rates, _)) if posts == persons => [self.weight + rates.full; STYLES],
            Some((rates, weight)) => {
                let rate = rates.steps.at(quotient(posts, persons));
                self.model.rounded(weight + rate, posts)
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_out_is_what_would_be_looked_up() {
        let steps = Steps::new(
            vec![
                SCALE / 50,
                SCALE / 2,
                SCALE,
                3 * SCALE,
                5 * SCALE,
                300 * SCALE,
            ],
            vec![-1, -2, -3, -4, -5, -6, -7],
        );
        let uneven = Steps::new(vec![SCALE / 3, 7 * SCALE / 2], vec![-1, -2, -3]);
        for steps in [steps, uneven] {
            for value in (-2 * HUNDREDTH..=310 * SCALE).step_by(7_919) {
                assert_eq!(steps.at(value), steps.looked_up(value), "{value}");
            }
            for value in [0, 1, HUNDREDTH, NEAR - 1, NEAR, NEAR + 1, FAR, FAR + 1] {
                assert_eq!(steps.at(value), steps.looked_up(value), "{value}");
            }
        }
    }

    #[test]
    fn a_number_is_as_round_as_the_coarsest_step_that_it_is_a_multiple_of() {
        for value in (0..=2 * SCALE).step_by(2_500) {
            let coarsest = ROUND.iter().position(|step| value % step == 0);
            assert_eq!(roundness(value), coarsest.unwrap_or(ROUND.len()), "{value}");
        }
    }
}
