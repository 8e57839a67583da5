//! The contest between readings of a whole question and of its cells.

use crate::cleaning::rules::{
    model::Weight,
    plan::{Habit, Plan},
};

use super::{
    pattern::Found,
    row::{Choice, Meant, Row, STYLES},
};

/// What may be meant in a row, with the weight of the best hypothesis that says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub meant: [Meant; 2],
    pub weight: Weight,
    /// The rule that makes it so, by place in the set; none where it is as typed.
    pub rule: Option<usize>,
    /// It is the habit of the whole question.
    pub whole: bool,
    /// It may be offered, and not be taken.
    pub asks: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Verdict {
    Stands,
    /// To the first candidate; so much better than any other.
    Mend(Candidate, Weight),
    /// The likeliest first.
    Ask(Vec<Candidate>),
}

#[derive(Debug)]
pub(super) struct Outcome {
    /// One per row.
    pub verdicts: Vec<Verdict>,
    /// The operation that the whole question was found to be under.
    pub habit: Option<usize>,
}

/// Hypotheses this far behind the best say nothing that could matter.
const HOPELESS: Weight = 4_000;

#[derive(Clone, Copy)]
enum Source<'c> {
    AsTyped,
    Habit(&'c Habit, Weight),
    Pattern(&'c Found),
}

/// What a choice costs under a source; none where the source does not allow it.
fn cost(plan: &Plan, source: Source<'_>, row: &Row, choice: &Choice) -> Option<Weight> {
    match source {
        Source::AsTyped => choice.slip,
        Source::Pattern(_) => None,
        Source::Habit(habit, _) => {
            if choice.operation == Some(habit.operation) {
                return Some(habit.mixed.unwrap_or(0));
            }
            if let Some(mixed) = habit.mixed {
                return choice.slip.map(|slip| slip + mixed);
            }
            let exception = if !row.changed_by(habit.operation) {
                0
            } else if row.group == 0 {
                plan.exception
            } else {
                plan.apart
            };
            choice.slip.map(|slip| slip + exception)
        }
    }
}

/// The best that a source can say of a row.
fn best(plan: &Plan, source: Source<'_>, place: usize, row: &Row, style: usize) -> Weight {
    if let Source::Pattern(found) = source
        && let Some(Some((_, fit))) = found.rows.get(place)
    {
        return fit.get(style).copied().unwrap_or(0);
    }
    let source = match source {
        Source::Pattern(_) => Source::AsTyped,
        other => other,
    };
    row.choices
        .iter()
        .filter_map(|choice| Some(cost(plan, source, row, choice)? + choice.fit.get(style)?))
        .max()
        .unwrap_or(0)
}

/// Holds the contest. `earlier` says which earlier blocks were found to be in percent, by place of the plan.
pub(super) fn hold(plan: &Plan, rows: &[Row], patterns: &[Found], earlier: &[bool]) -> Outcome {
    let habits = plan.habits.iter().map(|habit| {
        let gain = habit
            .after
            .filter(|(plan, _)| earlier.get(*plan).copied().unwrap_or(false))
            .map_or(0, |(_, gain)| gain);
        Source::Habit(habit, habit.weight + gain)
    });
    let sources = std::iter::once(Source::AsTyped)
        .chain(habits.filter(|source| applies(*source, rows)))
        .chain(patterns.iter().map(Source::Pattern));
    let mut totals: Vec<(Source<'_>, usize, Weight)> = Vec::new();
    for source in sources {
        let prior = match source {
            Source::AsTyped => 0,
            Source::Habit(_, weight) => weight,
            Source::Pattern(found) => found.weight,
        };
        for (style, (rarity, _)) in plan.model.styles.iter().take(STYLES).enumerate() {
            let fits: Weight = rows
                .iter()
                .enumerate()
                .map(|(place, row)| best(plan, source, place, row, style))
                .sum();
            totals.push((source, style, prior + rarity + fits));
        }
    }
    let leader = totals.iter().map(|(_, _, total)| *total).max().unwrap_or(0);
    let winner = totals.iter().find(|(_, _, total)| *total == leader);
    let habit = match winner {
        Some((Source::Habit(habit, _), _, _)) => Some(habit.operation),
        _ => None,
    };
    totals.retain(|(_, _, total)| *total > leader - HOPELESS);
    let verdicts = rows
        .iter()
        .enumerate()
        .map(|(place, row)| verdict(plan, row, candidates(plan, place, row, &totals)))
        .collect();
    Outcome { verdicts, habit }
}

fn applies(source: Source<'_>, rows: &[Row]) -> bool {
    match source {
        Source::Habit(habit, _) => rows.iter().any(|row| row.changed_by(habit.operation)),
        _ => true,
    }
}

fn candidates(
    plan: &Plan,
    place: usize,
    row: &Row,
    totals: &[(Source<'_>, usize, Weight)],
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |new: Candidate| match found.iter_mut().find(|old| old.meant == new.meant) {
        Some(old) if old.weight < new.weight => *old = new,
        Some(_) => {}
        None => found.push(new),
    };
    for (source, style, total) in totals {
        let others = total - best(plan, *source, place, row, *style);
        if let Source::Pattern(pattern) = source
            && let Some(Some((meant, fit))) = pattern.rows.get(place)
        {
            add(Candidate {
                meant: *meant,
                weight: others + fit.get(*style).copied().unwrap_or(0),
                rule: (*meant != row.typed()).then_some(pattern.rule),
                whole: true,
                asks: pattern.asks,
            });
            continue;
        }
        let (source, operation) = match source {
            Source::Pattern(_) => (Source::AsTyped, None),
            Source::Habit(habit, _) => (*source, Some(habit.operation)),
            Source::AsTyped => (*source, None),
        };
        for choice in &row.choices {
            if let (Some(cost), Some(fit)) =
                (cost(plan, source, row, choice), choice.fit.get(*style))
            {
                let by = choice
                    .operation
                    .and_then(|operation| plan.operations.get(operation));
                add(Candidate {
                    meant: choice.meant,
                    weight: others + fit + cost,
                    rule: by.map(|by| by.rule),
                    asks: by.is_some_and(|by| by.asks),
                    whole: operation.is_some() && choice.operation == operation,
                });
            }
        }
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.weight));
    found
}

fn verdict(plan: &Plan, row: &Row, mut candidates: Vec<Candidate>) -> Verdict {
    let Some(first) = candidates.first().copied() else {
        return Verdict::Stands;
    };
    let margin = candidates.get(1).map_or(plan.mend.max(plan.ask), |second| {
        first.weight - second.weight
    });
    let stands = first.meant == row.typed() && !row.cells.iter().any(|cell| cell.percent);
    if stands && margin >= plan.ask {
        return Verdict::Stands;
    }
    if !stands && !first.asks && !first.meant.contains(&Meant::Unknown) && margin >= plan.mend {
        return Verdict::Mend(first, margin);
    }
    candidates.retain(|candidate| {
        candidate.meant == row.typed() || candidate.weight >= first.weight - plan.offer
    });
    Verdict::Ask(candidates)
}
