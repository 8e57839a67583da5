//! The register facts that are worth telling apart: every class, and numbers on both sides of each limit that
//! a condition names.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    answers::Number,
    condition::{Condition, Fact},
    instrument::{Instrument, RegisterKind},
};

/// A register field that conditions ask about.
pub(super) struct Dimension {
    pub field: String,
    pub points: Vec<Point>,
}

impl Dimension {
    /// As conditions name it.
    pub fn name(&self) -> String {
        format!("register.{}", self.field)
    }

    /// The condition that the field stands at a point.
    pub fn says(&self, point: &Point) -> String {
        let value = match &point.fact {
            Fact::Number(number) => number.to_plain(),
            _ => point.label.clone(),
        };
        format!("{} == {value}", self.name())
    }
}

pub(super) struct Point {
    /// As it stands in a stratum's label: a class key, or a number or range of numbers.
    pub label: String,
    pub fact: Fact,
}

/// The fields that some section's or question's condition asks about, in the order of the register, as long as
/// their combinations are no more than `most`.
pub(super) fn dimensions(instrument: &Instrument, most: usize) -> Vec<Dimension> {
    let conditions: Vec<&Condition> = instrument
        .sections
        .iter()
        .flat_map(|section| {
            let questions = section.questions.iter();
            let own = questions.filter_map(|question| question.when.as_ref());
            section.when.iter().chain(own)
        })
        .collect();
    let mut combinations = 1_usize;
    let mut dimensions = Vec::new();
    for field in &instrument.register {
        let name = format!("register.{}", field.key);
        let about: Vec<&Condition> = conditions
            .iter()
            .filter(|condition| condition.names().contains(&name.as_str()))
            .copied()
            .collect();
        if about.is_empty() {
            continue;
        }
        let points = match &field.kind {
            RegisterKind::Class(values) => values
                .iter()
                .map(|value| Point {
                    label: value.key.clone(),
                    fact: Fact::Choice(value.key.clone()),
                })
                .collect(),
            RegisterKind::Number => ranges(&about),
        };
        combinations = combinations.saturating_mul(points.len().max(1));
        if combinations > most {
            break;
        }
        dimensions.push(Dimension {
            field: field.key.clone(),
            points,
        });
    }
    dimensions
}

/// The limits that the conditions name, and one number from each range between them.
fn ranges(conditions: &[&Condition]) -> Vec<Point> {
    let limits: BTreeSet<Number> = conditions
        .iter()
        .flat_map(|condition| literals(condition.source()))
        .collect();
    let point = |label: String, number: Option<Number>| {
        number.map(|number| Point {
            label,
            fact: Fact::Number(number),
        })
    };
    let mut points = Vec::new();
    let mut before: Option<Number> = None;
    for limit in limits {
        let shown = limit.to_plain();
        points.extend(match before {
            None => point(format!("< {shown}"), limit.checked_sub(Number::whole(1))),
            Some(before) => {
                let middle = before.millionths().midpoint(limit.millionths());
                let label = format!("{}–{shown}", before.to_plain());
                point(label, Some(Number::from_millionths(middle)))
            }
        });
        points.extend(point(shown, Some(limit)));
        before = Some(limit);
    }
    points.extend(before.and_then(|last| {
        let label = format!("> {}", last.to_plain());
        point(label, last.checked_add(Number::whole(1)))
    }));
    points
}

/// Every number written in a condition. Some may be digits-only option keys: they only make the ranges finer.
fn literals(source: &str) -> Vec<Number> {
    source
        .split(|character: char| {
            !(character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-'))
        })
        .filter_map(Number::parse_plain)
        .collect()
}

/// Every combination: one index into the points of each dimension. A single empty one without dimensions.
pub(super) fn combinations(dimensions: &[Dimension]) -> Vec<Vec<usize>> {
    dimensions.iter().fold(vec![Vec::new()], |shorter, next| {
        shorter
            .iter()
            .flat_map(|combination| {
                (0..next.points.len()).map(|point| {
                    let mut longer = combination.clone();
                    longer.push(point);
                    longer
                })
            })
            .collect()
    })
}

pub(super) fn facts(dimensions: &[Dimension], combination: &[usize]) -> BTreeMap<String, Fact> {
    dimensions
        .iter()
        .zip(combination)
        .filter_map(|(dimension, point)| {
            let point = dimension.points.get(*point)?;
            Some((dimension.field.clone(), point.fact.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_in_a_condition_are_its_limits() {
        let limits: Vec<String> = literals("register.listed >= 8000.5 and not a_1 in [2, -3]")
            .into_iter()
            .map(Number::to_plain)
            .collect();
        assert_eq!(limits, ["8000.5", "2", "-3"]);
    }
}
