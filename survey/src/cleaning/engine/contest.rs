//! The contest between readings of a whole question and of its cells.

use super::{
    lanes::Lanes,
    pattern::Found,
    row::{Cell, Choice, Meant, PERSONS, POSTS, Row, apply},
    verdict::{Candidate, Outcome, Verdict, verdict},
};
use crate::{
    answers::Number,
    cleaning::rules::{
        model::{Fit, STYLES, Weight},
        plan::{Habit, Plan},
    },
};

/// What shows in fewer rows is no habit but a slip.
const FEWEST: usize = 2;

/// A hypothesis about the whole question.
#[derive(Clone, Copy)]
enum Source<'c> {
    AsTyped,
    Habit(&'c Habit, Weight),
    Pattern(&'c Found),
    /// What the pattern says of one row, with a habit in all others.
    Both(&'c Habit, Weight, &'c Found),
}

impl<'c> Source<'c> {
    fn habit(self) -> Option<&'c Habit> {
        match self {
            Self::Habit(habit, _) | Self::Both(habit, ..) => Some(habit),
            Self::AsTyped | Self::Pattern(_) => None,
        }
    }

    /// What the question as a whole is under.
    fn operation(self) -> Option<usize> {
        match self {
            Self::Habit(habit, _) | Self::Both(habit, ..) => Some(habit.operation),
            Self::Pattern(found) => found.turn.map(|turn| turn.one),
            Self::AsTyped => None,
        }
    }

    /// The pattern, with what it says of a row.
    fn pattern(self, place: usize) -> Option<(&'c Found, [Meant; 2], Fit)> {
        let (Self::Pattern(found) | Self::Both(_, _, found)) = self else {
            return None;
        };
        let (meant, fit) = found.rows.get(place).copied().flatten()?;
        Some((found, meant, fit))
    }

    fn prior(self) -> Weight {
        match self {
            Self::AsTyped => 0,
            Self::Habit(_, weight) => weight,
            Self::Pattern(found) => found.weight,
            Self::Both(_, weight, found) => weight + found.weight,
        }
    }
}

/// A source with a style of rounding, and the weight of the best that it can say of every row.
#[derive(Clone, Copy)]
struct Hypothesis<'c> {
    source: Source<'c>,
    style: usize,
    total: Weight,
}

impl Hypothesis<'_> {
    /// No row of a hypothesis that is further behind can be a rival; what is typed is weighed all the same.
    fn is_weighed(&self, hopeless: Weight) -> bool {
        self.total >= hopeless || matches!(self.source, Source::AsTyped)
    }
}

/// The best that a source can say of a row.
fn best(plan: &Plan, lanes: &Lanes<'_>, source: Source<'_>, place: usize) -> Fit {
    if let Some((_, _, fit)) = source.pattern(place) {
        return fit;
    }
    match source.habit() {
        Some(habit) => lanes.under(plan, habit, place),
        None => lanes.slip(place),
    }
}

/// Holds the contest. `earlier` says which earlier blocks were found to be in percent, by place of the plan.
pub(super) fn hold(plan: &Plan, rows: &[Row<'_>], patterns: &[Found], earlier: &[bool]) -> Outcome {
    let lanes = Lanes::of(plan, rows, earlier);
    let habits: Vec<(&Habit, Weight)> = plan
        .habits
        .iter()
        .filter(|habit| lanes.is_changed_by(habit.operation, FEWEST))
        .map(|habit| (habit, habit.weight + lanes.gain(habit.operation)))
        .collect();
    let (with_habits, with_slips) = joined(plan, &lanes, rows, &habits, patterns);
    let sources = std::iter::once(Source::AsTyped)
        .chain(
            habits
                .iter()
                .map(|(habit, weight)| Source::Habit(habit, *weight)),
        )
        .chain(patterns.iter().chain(&with_slips).map(Source::Pattern))
        .chain(
            with_habits
                .iter()
                .map(|(habit, weight, found)| Source::Both(habit, *weight, found)),
        );
    let mut hypotheses: Vec<Hypothesis<'_>> = Vec::new();
    let behind = plan.mend.max(plan.offer);
    let mut leader = Weight::MIN;
    for source in sources {
        let Some(totals) = totals(
            plan,
            &lanes,
            rows.len(),
            source,
            leader.saturating_sub(behind),
        ) else {
            continue;
        };
        for (style, total) in totals
            .into_iter()
            .enumerate()
            .take(plan.model.styles.rarities.len())
        {
            leader = leader.max(total);
            let one = Hypothesis {
                source,
                style,
                total,
            };
            if one.is_weighed(leader.saturating_sub(behind)) {
                hypotheses.push(one);
            }
        }
    }
    let habit = hypotheses
        .iter()
        .find(|one| one.total == leader)
        .and_then(|winner| winner.source.operation());
    let hopeless = leader.saturating_sub(behind);
    hypotheses.retain(|one| one.is_weighed(hopeless));
    let verdicts = rows
        .iter()
        .enumerate()
        .map(|(place, row)| {
            let weighed = || verdict(plan, row, candidates(plan, &lanes, place, row, &hypotheses));
            if stands(plan, &lanes, place, row, &hypotheses) {
                debug_assert!(
                    matches!(weighed(), Verdict::Stands),
                    "a short cut leads astray"
                );
                Verdict::Stands
            } else {
                weighed()
            }
        })
        .collect();
    Outcome { verdicts, habit }
}

/// What a source says of all rows, in each style; none for a habit that can no longer reach `hopeless` in any.
fn totals(
    plan: &Plan,
    lanes: &Lanes<'_>,
    rows: usize,
    source: Source<'_>,
    hopeless: Weight,
) -> Option<Fit> {
    let mut totals = [Weight::MIN; STYLES];
    for (total, rarity) in totals.iter_mut().zip(&plan.model.styles.rarities) {
        *total = rarity + source.prior();
    }
    for place in 0..rows {
        let most = lanes.most(place);
        let reaches = |(total, most): (&Weight, Weight)| total.saturating_add(most) >= hopeless;
        if matches!(source, Source::Habit(..)) && !totals.iter().zip(most).any(reaches) {
            return None;
        }
        let fit = best(plan, lanes, source, place);
        for (total, weight) in totals.iter_mut().zip(fit) {
            *total = total.saturating_add(weight);
        }
    }
    Some(totals)
}

/// Patterns that speak of one row alone, with each habit in the others, and with a slip in that row itself: a total in
/// the first row, and all in percent.
fn joined<'c>(
    plan: &Plan,
    lanes: &Lanes<'_>,
    rows: &[Row<'_>],
    habits: &[(&'c Habit, Weight)],
    patterns: &[Found],
) -> (Vec<(&'c Habit, Weight, Found)>, Vec<Found>) {
    let (mut with_habits, mut with_slips) = (Vec::new(), Vec::new());
    for found in patterns {
        let mut says = found
            .rows
            .iter()
            .enumerate()
            .filter_map(|(place, says)| says.map(|(meant, _)| (place, meant)));
        let (Some((place, meant)), None) = (says.next(), says.next()) else {
            continue;
        };
        let Some(row) = rows.get(place) else {
            continue;
        };
        for (habit, weight) in habits {
            with_habits.push((
                *habit,
                *weight,
                under(plan, habit.operation, found, place, row, meant),
            ));
        }
        for (place_of, operation) in plan.operations.iter().enumerate() {
            if operation.transform.is_stray() {
                continue;
            }
            if let Some(slip) = operation.slip {
                let mut one = under(plan, place_of, found, place, row, meant);
                one.weight += slip + lanes.gain(place_of);
                with_slips.push(one);
            }
        }
    }
    (with_habits, with_slips)
}

/// What a pattern says of a row, after what an operation makes of it.
fn under(
    plan: &Plan,
    operation: usize,
    found: &Found,
    place: usize,
    row: &Row<'_>,
    meant: [Meant; 2],
) -> Found {
    let mut under = found.clone();
    let mut cells = row.cells;
    for (cell, meant) in cells.iter_mut().zip(meant) {
        cell.meant = meant;
    }
    if meant[PERSONS] == Meant::Unknown {
        cells[PERSONS] = Cell::NONE;
    }
    if meant[POSTS] != Meant::Unknown
        && let Some(slot) = under.rows.get_mut(place)
    {
        *slot = plan
            .operations
            .get(operation)
            .and_then(|operation| {
                let beside = plan.model.beside(cells[PERSONS].meant.number());
                apply(&beside, operation, &cells)
            })
            .map(|says| (says.meant.map(or_unknown), says.fit));
    }
    under
}

fn or_unknown(meant: Meant) -> Meant {
    match meant {
        Meant::Blank => Meant::Unknown,
        known => known,
    }
}

/// Whether what is typed leads by enough, without weighing everything else that may be meant.
fn stands(
    plan: &Plan,
    lanes: &Lanes<'_>,
    place: usize,
    row: &Row<'_>,
    hypotheses: &[Hypothesis<'_>],
) -> bool {
    if row.cells.iter().any(|cell| cell.percent) {
        return false;
    }
    if row.is_plain()
        && hypotheses
            .iter()
            .all(|one| one.source.pattern(place).is_none())
    {
        return true;
    }
    let typed = row.typed();
    let as_typed = row.choices.first().map_or([0; STYLES], |choice| choice.fit);
    let (mut leads, mut rival) = (Weight::MIN, Weight::MIN);
    for one in hypotheses {
        let at = |fit: Fit| fit.get(one.style).copied().unwrap_or(0);
        let others = one.total - at(best(plan, lanes, one.source, place));
        if let Some((_, meant, fit)) = one.source.pattern(place) {
            let side = if meant == typed {
                &mut leads
            } else {
                &mut rival
            };
            *side = (*side).max(others + at(fit));
            continue;
        }
        let mut exception = 0;
        if let Some(habit) = one.source.habit() {
            exception = lanes.exception(plan, habit, place);
            for operation in std::iter::once(habit.operation).chain(habit.among) {
                let (fit, changes) = lanes.operation(place, operation);
                let side = if changes { &mut rival } else { &mut leads };
                *side = (*side).max(others + lanes.either(habit, place) + at(fit));
            }
        }
        leads = leads.max(others + exception + at(as_typed));
        rival = rival.max(others + exception + at(lanes.change(place)));
    }
    leads >= rival.saturating_add(plan.ask)
}

fn candidates(
    plan: &Plan,
    lanes: &Lanes<'_>,
    place: usize,
    row: &Row<'_>,
    hypotheses: &[Hypothesis<'_>],
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::with_capacity(row.choices.len() + 1);
    let mut add = |new: Candidate| match found.iter_mut().find(|old| old.meant == new.meant) {
        Some(old) if old.weight < new.weight => *old = new,
        Some(_) => {}
        None => found.push(new),
    };
    for one in hypotheses {
        let fit = best(plan, lanes, one.source, place);
        let others = one.total - fit.get(one.style).copied().unwrap_or(0);
        if let Some((pattern, meant, fit)) = one.source.pattern(place) {
            let (rule, asks) = pattern.says_of(plan, row, meant);
            add(Candidate {
                meant,
                weight: others + fit.get(one.style).copied().unwrap_or(0),
                rule: (meant != row.typed()).then_some(rule),
                whole: true,
                asks,
            });
            continue;
        }
        for choice in row.choices {
            let Some((cost, whole)) = cost(plan, lanes, one.source, place, choice) else {
                continue;
            };
            let by = choice
                .operation
                .and_then(|operation| plan.operations.get(operation));
            add(Candidate {
                meant: choice.meant,
                weight: others + cost + choice.fit.get(one.style).copied().unwrap_or(0),
                rule: by.map(|by| by.rule),
                whole,
                asks: by.is_some_and(|by| {
                    by.asks || by.transform.is_average() && !is_alike(one.source, whole, choice)
                }),
            });
        }
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.weight));
    found
}

/// Whether a sum and an average are told apart by the whole question, or are the same. What one row says is not enough.
fn is_alike(source: Source<'_>, whole: bool, choice: &Choice) -> bool {
    let all = source.habit().is_some_and(|habit| habit.mixed.is_none());
    whole && all || choice.meant[PERSONS] == Meant::Is(Number::SCALE)
}

/// What a choice costs under a source, and whether it is what the source says of the whole question; none where the
/// source does not allow it.
fn cost(
    plan: &Plan,
    lanes: &Lanes<'_>,
    source: Source<'_>,
    place: usize,
    choice: &Choice,
) -> Option<(Weight, bool)> {
    let Some(habit) = source.habit() else {
        return lanes.cost_of_slip(choice).map(|slip| (slip, false));
    };
    let follows = |operation: usize| choice.operation == Some(operation);
    if follows(habit.operation) || habit.among.is_some_and(follows) {
        return Some((lanes.either(habit, place), true));
    }
    let exception = lanes.exception(plan, habit, place);
    lanes
        .cost_of_slip(choice)
        .map(|slip| (slip + exception, false))
}
