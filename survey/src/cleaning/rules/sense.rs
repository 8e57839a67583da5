//! Whether a rule set makes sense: nothing said twice, nothing that can never happen.

use super::{
    RuleSet,
    plan::{Plan, Shape, Transform},
    standing::{Empty, Kind, On, Standing},
};
use crate::{answers::Number, instrument::load::reader::Reader};

pub(super) fn check(reader: &Reader<'_>, rules: &RuleSet, standing: &[Standing]) {
    for (place, one) in standing.iter().enumerate() {
        twice(reader, one, standing.get(..place).unwrap_or_default());
        for on in &one.on {
            if let Some(plan) = rules.plans.get(on.block) {
                never(reader, one, on, plan);
                unturned(reader, one, on, standing);
            }
        }
        if let Kind::Operation(Transform::Scale { by, .. } | Transform::Average { by, .. }) =
            one.kind
            && by == Number::SCALE
            && matches!(one.kind, Kind::Operation(Transform::Scale { .. }))
        {
            reader.fault(
                one.at,
                "Divided by one, nothing changes: nothing can trigger the rule.",
                "Write another `by`.",
            );
        }
    }
}

/// The same thing on the same block, by two rules.
fn twice(reader: &Reader<'_>, one: &Standing, earlier: &[Standing]) {
    for other in earlier {
        let same_kind = match (one.kind, other.kind) {
            (Kind::Blank(Empty::Omitted { .. }), Kind::Blank(Empty::Omitted { .. })) => true,
            (one, other) => one == other,
        };
        let same_place = one.on.is_empty() && other.on.is_empty()
            || one
                .on
                .iter()
                .any(|on| other.on.iter().any(|other| other.block == on.block));
        if same_kind && same_place {
            reader.fault(
                one.at,
                format!("The rule says what `{}` says already.", other.rule.id),
                "Let one of them go.",
            );
        }
    }
    let mut blocks: Vec<usize> = one.on.iter().map(|on| on.block).collect();
    let all = blocks.len();
    blocks.sort_unstable();
    blocks.dedup();
    if blocks.len() < all {
        reader.fault(
            one.at,
            "The rule stands on a block twice.",
            "Let each block stand once in `on`.",
        );
    }
}

/// A turn between rules that are one, or that do nothing to the block.
fn unturned(reader: &Reader<'_>, one: &Standing, on: &On, standing: &[Standing]) {
    let Kind::Pattern(Shape::Turned { one: first, other }) = one.kind else {
        return;
    };
    let acts = |rule: usize| {
        standing.get(rule).is_some_and(|rule| {
            let stands = rule.on.iter().any(|place| place.block == on.block);
            stands && matches!(rule.kind, Kind::Operation(_))
        })
    };
    if first == other || !acts(first) || !acts(other) {
        reader.fault(
            on.at,
            "Nothing turns from one rule to another on the block: nothing can trigger the rule there.",
            "Name two rules that stand on the block.",
        );
    }
}

fn never(reader: &Reader<'_>, one: &Standing, on: &On, plan: &Plan) {
    let persons = plan.rows.iter().any(|row| row.persons.is_some());
    let figure = plan.figure.is_some();
    let lacks = match one.kind {
        Kind::Operation(
            Transform::ScalePersons { .. }
            | Transform::Average { .. }
            | Transform::Swap { .. }
            | Transform::StrayPersons { .. },
        )
        | Kind::Blank(Empty::Omitted { .. })
            if !persons =>
        {
            Some("persons")
        }
        Kind::Pattern(_) | Kind::Blank(Empty::Zero | Empty::NothingHere) if figure => Some("rows"),
        Kind::Blank(Empty::Closed | Empty::Implied | Empty::Contradicted)
            if plan.gate.is_none() =>
        {
            Some("a gate")
        }
        Kind::FromRegister
            if plan
                .figure
                .as_ref()
                .is_none_or(|figure| figure.register.is_none()) =>
        {
            Some("a figure in the register")
        }
        _ => None,
    };
    if let Some(lacks) = lacks {
        reader.fault(
            on.at,
            format!("The block has no {lacks}: nothing can trigger the rule there."),
            "Take the block out of `on`.",
        );
    }
    let weighed = match one.kind {
        Kind::Operation(_) => [on.habit, on.slip].iter().any(Option::is_some) || on.mixed.is_some(),
        Kind::Pattern(_) => on.habit.is_some(),
        _ => true,
    };
    if !weighed {
        reader.fault(
            on.at,
            "The rule has no weight here: nothing can trigger it.",
            "Write `habit`, `slip` or both.",
        );
    }
    let among = on.among.map(|(_, weight, _)| weight);
    let weights = [on.habit, on.slip, on.mixed.map(|(weight, _)| weight), among];
    if weights.iter().flatten().any(|weight| *weight >= 0) {
        reader.fault(
            on.at,
            "An error that is likelier than a right answer contradicts the rest.",
            "Write weights below zero.",
        );
    }
    if on.after.is_some_and(|(after, _)| after >= on.block) {
        reader.fault(
            on.at,
            "`after` names a block that is not cleaned before this one.",
            "Name an earlier block.",
        );
    }
}
