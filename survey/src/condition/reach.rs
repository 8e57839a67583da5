//! Whether any answers at all can make conditions true.

use std::collections::BTreeSet;

use super::{Condition, Fact, Facts, Kind, Scope, Truth, expression::Expression};
use crate::answers::Number;

/// Combinations of answers that are tried before giving up.
const MOST_TRIES: usize = 200_000;

/// The same for long conditions: comparisons made in all those tries.
const MOST_COMPARISONS: usize = 5_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Reachable,
    Unreachable,
    /// Too many combinations to try, or a name that the scope does not know.
    Undecided,
}

/// Whether some answers, register facts and blanks make every one of `conditions` true.
pub fn satisfiable(conditions: &[&Condition], scope: &dyn Scope) -> Reach {
    let mut reach = Reach::Reachable;
    for group in groups(conditions) {
        let wanted = |facts: &dyn Facts| {
            group
                .parts
                .iter()
                .all(|part| part.holds(facts) == Truth::True)
        };
        match search(&group, scope, &wanted) {
            Reach::Unreachable => return Reach::Unreachable,
            Reach::Undecided => reach = Reach::Undecided,
            Reach::Reachable => {}
        }
    }
    reach
}

/// Whether `condition` is true whatever is answered, also where nothing is. False where that cannot be decided.
pub fn constant(condition: &Condition, scope: &dyn Scope) -> bool {
    let group = Group {
        names: names(&condition.expression),
        parts: vec![&condition.expression],
    };
    let wanted = |facts: &dyn Facts| condition.holds(facts) != Truth::True;
    search(&group, scope, &wanted) == Reach::Unreachable
}

/// Conditions that must hold together, and the names that tie them.
struct Group<'c> {
    names: BTreeSet<&'c str>,
    parts: Vec<&'c Expression>,
}

/// Conditions that share no name can be made true each on its own: far fewer combinations.
fn groups<'c>(conditions: &[&'c Condition]) -> Vec<Group<'c>> {
    let mut parts = Vec::new();
    for condition in conditions {
        conjuncts(&condition.expression, &mut parts);
    }
    let mut groups: Vec<Group<'c>> = Vec::new();
    for part in parts {
        let mut merged = Group {
            names: names(part),
            parts: vec![part],
        };
        let tied;
        (tied, groups) = groups
            .into_iter()
            .partition(|group| !group.names.is_disjoint(&merged.names));
        for group in tied {
            merged.names.extend(group.names);
            merged.parts.extend(group.parts);
        }
        groups.push(merged);
    }
    groups
}

fn conjuncts<'c>(expression: &'c Expression, into: &mut Vec<&'c Expression>) {
    if let Expression::All(parts) = expression {
        for part in parts {
            conjuncts(part, into);
        }
    } else {
        into.push(expression);
    }
}

fn names(expression: &Expression) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    expression.visit_names(&mut |name| {
        names.insert(name);
    });
    names
}

struct Assignment<'a>(Vec<(&'a str, &'a Fact)>);

impl Facts for Assignment<'_> {
    fn fact(&self, name: &str) -> Fact {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map_or(Fact::Missing, |(_, fact)| (*fact).clone())
    }
}

fn search(group: &Group<'_>, scope: &dyn Scope, wanted: &dyn Fn(&dyn Facts) -> bool) -> Reach {
    let mut axes = Vec::new();
    for name in &group.names {
        match scope.kind(name) {
            Some(kind) => axes.push((*name, samples(name, kind, &group.parts))),
            None => return Reach::Undecided,
        }
    }
    let mut turns = vec![0; axes.len()];
    let mut comparisons = 0_usize;
    for part in &group.parts {
        part.visit_names(&mut |_| comparisons += 1);
    }
    for _ in 0..MOST_TRIES.min(MOST_COMPARISONS / comparisons.max(1)) {
        let assignment = axes
            .iter()
            .zip(&turns)
            .filter_map(|((name, values), turn)| Some((*name, values.get(*turn)?)))
            .collect();
        if wanted(&Assignment(assignment)) {
            return Reach::Reachable;
        }
        let mut advanced = false;
        for ((_, values), turn) in axes.iter().zip(&mut turns) {
            *turn += 1;
            advanced = *turn < values.len();
            if advanced {
                break;
            }
            *turn = 0;
        }
        if !advanced {
            return Reach::Unreachable;
        }
    }
    Reach::Undecided
}

/// One value for each way in which `parts` can tell the answers to `name` apart.
fn samples(name: &str, kind: Kind, parts: &[&Expression]) -> Vec<Fact> {
    let mut samples = match kind {
        Kind::Flag => vec![Fact::Flag(true), Fact::Flag(false)],
        Kind::Text => vec![Fact::Text("text".to_owned())],
        Kind::Choice(options) => {
            let (named, others): (Vec<_>, Vec<_>) = options.into_iter().partition(|option| {
                parts
                    .iter()
                    .any(|part| mentions(part, name, &mut |literal| literal.text == *option))
            });
            let other = others.into_iter().next();
            named.into_iter().chain(other).map(Fact::Choice).collect()
        }
        Kind::Number { whole, min, max } => {
            let mut constants = vec![min];
            for part in parts {
                mentions(part, name, &mut |literal| {
                    constants.extend(literal.number);
                    false
                });
            }
            numbers(&constants, whole, min, max)
        }
    };
    samples.push(Fact::Missing);
    samples
}

/// Each constant that can be an answer, and the first answer above each: no comparison tells any other answer from one
/// of these.
fn numbers(constants: &[Number], whole: bool, min: Number, max: Number) -> Vec<Fact> {
    let step = Number::from_millionths(1);
    let mut values = BTreeSet::new();
    for constant in constants {
        for from in [Some(*constant), constant.checked_add(step)] {
            let value = if whole {
                from.and_then(Number::checked_ceil)
            } else {
                from
            };
            values.extend(value.filter(|value| (min..=max).contains(value)));
        }
    }
    values.into_iter().map(Fact::Number).collect()
}

/// Whether `name` is compared with a literal for which `is` says yes.
fn mentions(
    expression: &Expression,
    name: &str,
    is: &mut dyn FnMut(&super::expression::Literal) -> bool,
) -> bool {
    match expression {
        Expression::Any(parts) | Expression::All(parts) => {
            parts.iter().any(|part| mentions(part, name, is))
        }
        Expression::Not(part) => mentions(part, name, is),
        Expression::Compare { name: of, with, .. } => of == name && is(with),
        Expression::Member {
            name: of,
            of: literals,
            ..
        } => of == name && literals.iter().any(is),
        Expression::Flag(_) | Expression::Answered(_) => false,
    }
}
