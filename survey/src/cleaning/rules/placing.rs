//! From the rules as the file has them to the plans of the blocks they stand on.

use super::{
    RuleSet,
    plan::{Habit, Operation, Pattern},
    standing::{Empty, Kind, Role, Standing},
};

/// Puts a rule where it stands.
pub(super) fn put(rules: &mut RuleSet, standing: Standing) {
    let rule = rules.rules.len();
    rules.rules.push(standing.rule);
    rules.entry.extend(standing.entry);
    if let Kind::Text(role) = standing.kind {
        let slot = match role {
            Role::Reading => &mut rules.roles.reading,
            Role::Unknown => &mut rules.roles.unknown,
            Role::Range => &mut rules.roles.range,
            Role::Date => &mut rules.roles.date,
            Role::Unreadable => &mut rules.roles.unreadable,
            Role::Bounds => &mut rules.roles.bounds,
        };
        *slot = Some(rule);
    }
    for on in standing.on {
        let Some(plan) = rules.plans.get_mut(on.block) else {
            continue;
        };
        match standing.kind {
            Kind::Text(_) => {}
            Kind::Blank(empty) => {
                let gate = plan.gate.as_mut();
                match empty {
                    Empty::NothingHere => plan.blanks.nothing_here = Some(rule),
                    Empty::Zero => plan.blanks.zero = Some(rule),
                    Empty::Omitted { ask } => plan.blanks.omitted = Some((rule, ask)),
                    Empty::Closed => {
                        if let Some(gate) = gate {
                            gate.zero = Some(rule);
                        }
                    }
                    Empty::Implied => {
                        if let Some(gate) = gate {
                            gate.implied = Some(rule);
                        }
                    }
                    Empty::Contradicted => {
                        if let Some(gate) = gate {
                            gate.contradicted = Some(rule);
                        }
                    }
                }
            }
            Kind::Operation(transform) => {
                let operation = plan.operations.len();
                plan.operations.push(Operation {
                    rule,
                    transform,
                    slip: on.slip,
                    asks: standing.asks,
                });
                let among = on.among.and_then(|(rule, weight, either)| {
                    Some((weight, Some(either), Some(plan.operation_of(rule)?)))
                });
                let habits = on
                    .habit
                    .map(|weight| (weight, None, None))
                    .into_iter()
                    .chain(
                        on.mixed
                            .map(|(weight, either)| (weight, Some(either), None)),
                    )
                    .chain(among);
                plan.habits
                    .extend(habits.map(|(weight, mixed, among)| Habit {
                        operation,
                        weight,
                        mixed,
                        among,
                        after: on.after,
                    }));
            }
            Kind::Pattern(shape) => plan.patterns.push(Pattern {
                rule,
                weight: on.habit.unwrap_or_default(),
                asks: standing.asks,
                shape,
            }),
            Kind::FromRegister => {
                if let Some(figure) = &mut plan.figure {
                    figure.from_register = Some(rule);
                }
            }
        }
    }
}
