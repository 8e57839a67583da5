//! Whether a condition holds, given what is known.

use super::{
    Fact, Facts, Truth,
    expression::{Comparison, Expression, Literal},
};

impl Expression {
    pub fn holds(&self, facts: &dyn Facts) -> Truth {
        match self {
            Self::Any(parts) => parts
                .iter()
                .fold(Truth::False, |truth, part| truth.or(part.holds(facts))),
            Self::All(parts) => parts
                .iter()
                .fold(Truth::True, |truth, part| truth.and(part.holds(facts))),
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
