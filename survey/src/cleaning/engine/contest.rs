//! The contest between readings of a whole question and of its cells.

use super::{
    pattern::Found,
    row::{Choice, Fit, Meant, Row, STYLES},
};
use crate::cleaning::rules::{
    model::{IMPOSSIBLE, Weight},
    plan::{Habit, Plan},
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

/// What shows in fewer rows is no habit but a slip.
const FEWEST: usize = 2;

/// A hypothesis about the whole question.
#[derive(Clone, Copy)]
enum Source<'c> {
    AsTyped,
    Habit(&'c Habit, Weight),
    Pattern(&'c Found),
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
        match source {
            Source::AsTyped => self.slip(place, style),
            Source::Pattern(found) => match found.rows.get(place) {
                Some(Some((_, fit))) => fit.get(style).copied().unwrap_or(0),
                _ => self.slip(place, style),
            },
            Source::Habit(habit, _) => {
                let (fit, _) = self.operation(place, habit.operation);
                let follows = fit.get(style).copied().unwrap_or(0) + habit.mixed.unwrap_or(0);
                follows.max(self.slip(place, style) + self.exception(plan, habit, place))
            }
        }
    }

    fn total(&self, plan: &Plan, source: Source<'_>, style: usize) -> Weight {
        let prior = match source {
            Source::AsTyped => 0,
            Source::Habit(_, weight) => weight,
            Source::Pattern(found) => found.weight,
        };
        let fits: Weight = (0..self.rows.len())
            .map(|place| self.best(plan, source, place, style))
            .sum();
        prior + fits
    }
}

/// Holds the contest. `earlier` says which earlier blocks were found to be in percent, by place of the plan.
pub(super) fn hold(plan: &Plan, rows: &[Row], patterns: &[Found], earlier: &[bool]) -> Outcome {
    let lanes = Lanes::of(plan, rows);
    let habits = plan
        .habits
        .iter()
        .filter(|habit| lanes.changes(habit.operation) >= FEWEST)
        .map(|habit| {
            let gain = habit
                .after
                .filter(|(plan, _)| earlier.get(*plan).copied().unwrap_or(false))
                .map_or(0, |(_, gain)| gain);
            Source::Habit(habit, habit.weight + gain)
        });
    let sources = std::iter::once(Source::AsTyped)
        .chain(habits)
        .chain(patterns.iter().map(Source::Pattern));
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
        .and_then(|winner| match winner.source {
            Source::Habit(habit, _) => Some(habit.operation),
            _ => None,
        });
    // No row of a hypothesis that is further behind can be a rival; what is typed is weighed all the same.
    let hopeless = leader - plan.mend.max(plan.offer);
    hypotheses.retain(|one| one.total >= hopeless || matches!(one.source, Source::AsTyped));
    let verdicts = rows
        .iter()
        .enumerate()
        .map(|(place, row)| verdict(plan, row, candidates(plan, &lanes, place, row, &hypotheses)))
        .collect();
    Outcome { verdicts, habit }
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
        if let Source::Pattern(pattern) = one.source
            && let Some(Some((meant, fit))) = pattern.rows.get(place)
        {
            add(Candidate {
                meant: *meant,
                weight: others + fit.get(one.style).copied().unwrap_or(0),
                rule: (*meant != row.typed()).then_some(pattern.rule),
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
    let Source::Habit(habit, _) = source else {
        return choice.slip.map(|slip| (slip, false));
    };
    if choice.operation == Some(habit.operation) {
        return Some((habit.mixed.unwrap_or(0), true));
    }
    let exception = lanes.exception(plan, habit, place);
    choice.slip.map(|slip| (slip + exception, false))
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
