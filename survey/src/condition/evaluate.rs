//! Whether a condition holds, given what is known.

use super::{
    Fact, Facts, Truth,
    expression::{Comparison, Expression, Literal},
};

impl Expression {
    pub fn holds(&self, facts: &dyn Facts) -> Truth {
        match self {
            Self::Any(parts) => {
                let truths = parts.iter().map(|part| part.holds(facts));
                until(Truth::True, truths, Truth::False, Truth::or)
            }
            Self::All(parts) => {
                let truths = parts.iter().map(|part| part.holds(facts));
                until(Truth::False, truths, Truth::True, Truth::and)
            }
            Self::Not(part) => !part.holds(facts),
            Self::Flag(name) => match facts.fact(name) {
                Fact::Flag(ticked) => ticked.into(),
                _ => Truth::Unknown,
            },
            Self::Answered(name) => (facts.fact(name) != Fact::Missing).into(),
            Self::Compare { name, how, with } => compare(&facts.fact(name), *how, with),
            Self::Member { name, negated, of } => {
                let fact = facts.fact(name);
                let found = of.iter().fold(Truth::False, |found, literal| {
                    found.or(compare(&fact, Comparison::Equal, literal))
                });
                if *negated { !found } else { found }
            }
        }
    }
}

/// Joins `truths`, no further than to the first that `settles` the matter.
fn until(
    settles: Truth,
    truths: impl Iterator<Item = Truth>,
    nothing: Truth,
    join: fn(Truth, Truth) -> Truth,
) -> Truth {
    let mut joined = nothing;
    for truth in truths {
        joined = join(joined, truth);
        if joined == settles {
            break;
        }
    }
    joined
}

fn compare(fact: &Fact, how: Comparison, with: &Literal) -> Truth {
    match (fact, how) {
        (Fact::Number(value), _) => with
            .number
            .map_or(Truth::Unknown, |other| how.holds(value.cmp(&other)).into()),
        (Fact::Choice(key), Comparison::Equal) => (*key == with.text).into(),
        (Fact::Choice(key), Comparison::NotEqual) => (*key != with.text).into(),
        _ => Truth::Unknown,
    }
}
