//! The contest between readings of a whole question and of its cells.

use super::{
    pattern::Found,
    row::{Cell, Choice, Fit, Meant, PERSONS, POSTS, Row, apply},
    verdict::{Candidate, Outcome, verdict},
};
use crate::cleaning::rules::{
    model::{IMPOSSIBLE, STYLES, Weight},
    plan::{Habit, Plan},
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

/// What must be known of the rows to weigh a hypothesis, looked up once.
struct Lanes<'r> {
    rows: &'r [Row],
    /// The best that slips can say of each row; as typed is one of them.
    slips: Vec<Fit>,
    /// By row, then by operation: what it says, and whether that is something else than what is typed.
    operations: Vec<(Fit, bool)>,
    width: usize,
}

impl<'r> Lanes<'r> {
    fn of(plan: &Plan, rows: &'r [Row]) -> Self {
        let width = plan.operations.len();
        let mut operations = vec![([IMPOSSIBLE; STYLES], false); rows.len() * width];
        let mut slips = Vec::with_capacity(rows.len());
        for (place, row) in rows.iter().enumerate() {
            let mut best = [IMPOSSIBLE * 2; STYLES];
            for choice in &row.choices {
                if let Some(slip) = choice.slip {
                    for (best, fit) in best.iter_mut().zip(choice.fit) {
                        *best = (*best).max(fit + slip);
                    }
                }
                if let Some(slot) = choice
                    .operation
                    .and_then(|operation| operations.get_mut(place * width + operation))
                {
                    *slot = (choice.fit, choice.meant != row.typed());
                }
            }
            slips.push(best);
        }
        Self {
            rows,
            slips,
            operations,
            width,
        }
    }

    fn operation(&self, place: usize, operation: usize) -> (Fit, bool) {
        self.operations
            .get(place * self.width + operation)
            .copied()
            .unwrap_or(([IMPOSSIBLE; STYLES], false))
    }

    /// In how many rows an operation makes something else of what is typed.
    fn changes(&self, operation: usize) -> usize {
        (0..self.rows.len())
            .filter(|place| self.operation(*place, operation).1)
            .count()
    }

    fn slip(&self, place: usize, style: usize) -> Weight {
        self.slips
            .get(place)
            .and_then(|fit| fit.get(style))
            .copied()
            .unwrap_or(0)
    }

    /// What it costs a row that it does not follow a habit.
    fn exception(&self, plan: &Plan, habit: &Habit, place: usize) -> Weight {
        if let Some(mixed) = habit.mixed {
            return mixed;
        }
        match self.rows.get(place) {
            Some(row) if self.operation(place, habit.operation).1 => {
                if row.group == 0 {
                    plan.exception
                } else {
                    plan.apart
                }
            }
            _ => 0,
        }
    }

    /// The best that a source can say of a row.
    fn best(&self, plan: &Plan, source: Source<'_>, place: usize, style: usize) -> Weight {
        if let Some((_, _, fit)) = source.pattern(place) {
            return fit.get(style).copied().unwrap_or(0);
        }
        let slip = self.slip(place, style);
        let Some(habit) = source.habit() else {
            return slip;
        };
        let (fit, _) = self.operation(place, habit.operation);
        let follows = fit.get(style).copied().unwrap_or(0) + habit.mixed.unwrap_or(0);
        follows.max(slip + self.exception(plan, habit, place))
    }

    fn total(&self, plan: &Plan, source: Source<'_>, style: usize) -> Weight {
        let fits: Weight = (0..self.rows.len())
            .map(|place| self.best(plan, source, place, style))
            .sum();
        source.prior() + fits
    }
}

/// Holds the contest. `earlier` says which earlier blocks were found to be in percent, by place of the plan.
pub(super) fn hold(plan: &Plan, rows: &[Row], patterns: &[Found], earlier: &[bool]) -> Outcome {
    let lanes = Lanes::of(plan, rows);
    let habits: Vec<(&Habit, Weight)> = plan
        .habits
        .iter()
        .filter(|habit| lanes.changes(habit.operation) >= FEWEST)
        .map(|habit| {
            let gain = habit
                .after
                .filter(|(plan, _)| earlier.get(*plan).copied().unwrap_or(false))
                .map_or(0, |(_, gain)| gain);
            (habit, habit.weight + gain)
        })
        .collect();
    let joined = joined(plan, rows, &habits, patterns);
    let sources = std::iter::once(Source::AsTyped)
        .chain(
            habits
                .iter()
                .map(|(habit, weight)| Source::Habit(habit, *weight)),
        )
        .chain(patterns.iter().map(Source::Pattern))
        .chain(
            joined
                .iter()
                .map(|(habit, weight, found)| Source::Both(habit, *weight, found)),
        );
    let mut hypotheses: Vec<Hypothesis<'_>> = Vec::with_capacity(2 * STYLES * plan.habits.len());
    for source in sources {
        for (style, (rarity, _)) in plan.model.styles.iter().take(STYLES).enumerate() {
            hypotheses.push(Hypothesis {
                source,
                style,
                total: rarity + lanes.total(plan, source, style),
            });
        }
    }
    let leader = hypotheses.iter().map(|one| one.total).max().unwrap_or(0);
    let habit = hypotheses
        .iter()
        .find(|one| one.total == leader)
        .and_then(|winner| winner.source.habit())
        .map(|habit| habit.operation);
    // No row of a hypothesis that is further behind can be a rival; what is typed is weighed all the same.
    let hopeless = leader - plan.mend.max(plan.offer);
    hypotheses.retain(|one| one.total >= hopeless || matches!(one.source, Source::AsTyped));
    let verdicts = rows
        .iter()
        .enumerate()
        .map(|(place, row)| verdict(plan, row, candidates(plan, &lanes, place, row, &hypotheses)))
        .collect();
    let mut outcome = Outcome { verdicts, habit };
    outcome.doubt_unclear_habit(rows);
    outcome
}

/// Patterns that speak of one row alone, with each habit in the others: a total in the first row, and all in percent.
fn joined<'c>(
    plan: &Plan,
    rows: &[Row],
    habits: &[(&'c Habit, Weight)],
    patterns: &[Found],
) -> Vec<(&'c Habit, Weight, Found)> {
    let mut joined = Vec::new();
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
            let mut both = found.clone();
            let mut cells = row.cells;
            for (column, cell) in cells.iter_mut().enumerate() {
                cell.meant = meant[column];
            }
            if meant[PERSONS] == Meant::Unknown {
                cells[PERSONS] = Cell::NONE;
            }
            if meant[POSTS] != Meant::Unknown
                && let Some(slot) = both.rows.get_mut(place)
            {
                *slot = plan
                    .operations
                    .get(habit.operation)
                    .and_then(|operation| apply(plan, operation, &cells))
                    .map(|says| (says.meant.map(or_unknown), says.fit));
            }
            joined.push((*habit, *weight, both));
        }
    }
    joined
}

fn or_unknown(meant: Meant) -> Meant {
    match meant {
        Meant::Blank => Meant::Unknown,
        known => known,
    }
}

fn candidates(
    plan: &Plan,
    lanes: &Lanes<'_>,
    place: usize,
    row: &Row,
    hypotheses: &[Hypothesis<'_>],
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::with_capacity(row.choices.len() + 1);
    let mut add = |new: Candidate| match found.iter_mut().find(|old| old.meant == new.meant) {
        Some(old) if old.weight < new.weight => *old = new,
        Some(_) => {}
        None => found.push(new),
    };
    for one in hypotheses {
        let others = one.total - lanes.best(plan, one.source, place, one.style);
        if let Some((pattern, meant, fit)) = one.source.pattern(place) {
            add(Candidate {
                meant,
                weight: others + fit.get(one.style).copied().unwrap_or(0),
                blur: Weight::MAX,
                rule: (meant != row.typed()).then_some(pattern.rule),
                whole: true,
                asks: pattern.asks,
            });
            continue;
        }
        for choice in &row.choices {
            let Some((cost, whole)) = cost(plan, lanes, one.source, place, choice) else {
                continue;
            };
            let by = choice
                .operation
                .and_then(|operation| plan.operations.get(operation));
            add(Candidate {
                meant: choice.meant,
                weight: others + cost + choice.fit.get(one.style).copied().unwrap_or(0),
                blur: choice.blur.get(one.style).copied().unwrap_or(Weight::MAX),
                rule: by.map(|by| by.rule),
                whole,
                asks: by.is_some_and(|by| by.asks),
            });
        }
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.weight));
    found
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
        return choice.slip.map(|slip| (slip, false));
    };
    if choice.operation == Some(habit.operation) {
        return Some((habit.mixed.unwrap_or(0), true));
    }
    let exception = lanes.exception(plan, habit, place);
    choice.slip.map(|slip| (slip + exception, false))
}
