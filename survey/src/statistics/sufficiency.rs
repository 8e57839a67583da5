//! When answers that were never handed in are a partial interview.

use std::collections::BTreeSet;

use super::Ratio;
use crate::{answers::Answers, instrument::Instrument, route::Route};

/// How much must be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Of the questions that were asked.
    pub percent: u64,
}

/// AAPOR, *Standard Definitions* (9th edition, 2016), under "Final disposition codes", offers several standards; we take
/// the one by questions asked: below 50 % is a break-off, from 50 % a partial interview. Its upper bound (above 80 % is
/// complete) is not ours: here only what was handed in is complete.
pub const AT_LEAST_HALF: Threshold = Threshold { percent: 50 };

impl Threshold {
    pub fn is_met(self, answered: Ratio) -> bool {
        answered.denominator > 0
            && u128::from(answered.numerator) * 100
                >= u128::from(self.percent) * u128::from(answered.denominator)
    }
}

/// How many of the questions on the route have any answer. Questions about personal details count on neither side.
pub fn share_answered(instrument: &Instrument, route: &Route<'_>, answers: &Answers) -> Ratio {
    let (mut asked, mut answered) = (BTreeSet::new(), BTreeSet::new());
    for variable in instrument.variables() {
        if variable.personal || !route.asks(&variable.key) {
            continue;
        }
        let question = (variable.section, variable.question);
        asked.insert(question);
        if !answers.raw(&variable.key).trim().is_empty() {
            answered.insert(question);
        }
    }
    let count = |questions: BTreeSet<_>| u64::try_from(questions.len()).unwrap_or(u64::MAX);
    Ratio::new(count(answered), count(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_questions_is_enough_and_less_is_not() {
        assert!(AT_LEAST_HALF.is_met(Ratio::new(9, 18)));
        assert!(AT_LEAST_HALF.is_met(Ratio::new(11, 21)));
        assert!(!AT_LEAST_HALF.is_met(Ratio::new(10, 21)));
        assert!(!AT_LEAST_HALF.is_met(Ratio::new(0, 0)));
    }
}
