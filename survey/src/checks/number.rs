//! One number: readable, within bounds, as usual, and not far from the register's figure.

use serde::{Deserialize, Serialize};

use super::{Change, Check, Finding, Matter, Mend, MendKind};
use crate::{
    answers::{Answers, Number, Unreadable, read_number},
    instrument::NumberField,
    register::Register,
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberRules {
    pub variable: String,
    pub whole: bool,
    pub min: Number,
    pub max: Number,
    /// What is usual, inclusive.
    pub usual: Option<(Number, Number)>,
    /// The register's figure, above zero, and how many times larger or smaller an answer may be.
    pub register: Option<(Number, Number)>,
    /// How many times larger or smaller than the register's figure a mend may be.
    pub near: Number,
}

impl NumberRules {
    pub fn new(variable: &str, field: &NumberField, checks: &[Check], register: &Register) -> Self {
        let usual = checks.iter().find_map(|check| match check {
            Check::Unusual { low, high } => Some((*low, *high)),
            _ => None,
        });
        let register = checks.iter().find_map(|check| match check {
            Check::FarFromRegister {
                field,
                factor,
                near,
            } => register
                .number(field)
                .filter(|figure| *figure > Number::ZERO)
                .map(|figure| (figure, *factor, *near)),
            _ => None,
        });
        Self {
            variable: variable.to_owned(),
            whole: field.whole,
            min: field.min,
            max: field.max,
            usual,
            register: register.map(|(figure, factor, _)| (figure, factor)),
            near: register.map_or(Number::ZERO, |(_, _, near)| near),
        }
    }

    pub fn examine(&self, answers: &Answers) -> Vec<Finding> {
        let typed = answers.raw(&self.variable).trim();
        if typed.is_empty() {
            return Vec::new();
        }
        let number = match hard(typed, self.whole, self.min, self.max) {
            Ok(number) => number,
            Err((matter, read)) => {
                let mends = read
                    .map(|number| self.near_register(number))
                    .unwrap_or_default();
                return vec![Finding {
                    mends,
                    ..Finding::on_field(matter, &self.variable)
                }];
            }
        };
        if let Some((register, _)) = self
            .register
            .filter(|(register, factor)| far(number, *register, *factor))
        {
            let typed = number.to_swedish();
            return vec![Finding {
                mends: self.near_register(number),
                ..Finding::on_field(Matter::FarFromRegister { typed, register }, &self.variable)
            }];
        }
        // The register's very figure needs no asking, however unusual.
        let known = self.register.is_some_and(|(figure, _)| figure == number);
        self.usual
            .filter(|(low, high)| !known && (number < *low || number > *high))
            .map(|(low, high)| {
                let typed = number.to_swedish();
                Finding::on_field(Matter::Unusual { typed, low, high }, &self.variable)
            })
            .into_iter()
            .collect()
    }

    /// Thousands for ones, a digit too many or too few, a dash for a minus: offered only where that lands near the
    /// register's figure.
    fn near_register(&self, number: Number) -> Vec<Mend> {
        let Some((register, factor)) = self.register else {
            return Vec::new();
        };
        let near = factor.min(self.near);
        let m = number.millionths().saturating_abs();
        [
            Some(m),
            m.checked_mul(1000),
            m.checked_mul(10),
            Some(m / 10),
            Some(m / 1000),
        ]
        .into_iter()
        .flatten()
        .map(Number::from_millionths)
        .find(|candidate| {
            let raw = candidate.to_swedish();
            hard(&raw, self.whole, self.min, self.max).ok() == Some(*candidate)
                && !far(*candidate, register, near)
        })
        .map(|to| to_mend(&self.variable, to))
        .into_iter()
        .collect()
    }
}

/// The mend that writes `to` into `variable`.
pub(super) fn to_mend(variable: &str, to: Number) -> Mend {
    let raw = to.to_swedish();
    Mend {
        kind: MendKind::To(raw.clone()),
        changes: vec![Change {
            variable: variable.to_owned(),
            raw,
        }],
    }
}

/// Reads a number and holds it against its hard bounds. On failure, the number where there is one.
pub(super) fn hard(
    typed: &str,
    whole: bool,
    min: Number,
    max: Number,
) -> Result<Number, (Matter, Option<Number>)> {
    let own = || typed.to_owned();
    let number = read_number(typed, whole).map_err(|why| match why {
        Unreadable::Percent(number) => (Matter::PercentSign { typed: own() }, Some(number)),
        Unreadable::NotWhole(number) => (Matter::NotWhole { typed: own() }, Some(number)),
        Unreadable::TooLarge => (Matter::TooLarge { most: max }, None),
        Unreadable::NotANumber | Unreadable::NotAnOption => {
            (Matter::NotANumber { typed: own() }, None)
        }
    })?;
    if number.is_negative() && !min.is_negative() {
        Err((Matter::Negative, Some(number)))
    } else if number < min {
        Err((Matter::TooSmall { least: min }, Some(number)))
    } else if number > max {
        Err((Matter::TooLarge { most: max }, Some(number)))
    } else {
        Ok(number)
    }
}

/// Whether one is more than `factor` times the other.
fn far(number: Number, register: Number, factor: Number) -> bool {
    let beyond =
        |large: Number, small: Number| small.checked_mul(factor).is_some_and(|limit| large > limit);
    beyond(number, register) || beyond(register, number)
}
