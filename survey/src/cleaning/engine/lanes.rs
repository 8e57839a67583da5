//! What must be known of the rows of a question to weigh a hypothesis about it, looked up once.

use super::row::{Choice, Row};
use crate::cleaning::rules::{
    model::{Fit, IMPOSSIBLE, STYLES, Weight},
    plan::{Habit, Plan},
};

pub(super) struct Lanes<'r> {
    rows: &'r [Row<'r>],
    /// The best that slips can say of each row; as typed is one of them.
    slips: Vec<Fit>,
    /// The best that slips can say that is something else than what is typed.
    changes: Vec<Fit>,
    /// No more than this can be said of a row and all below it, by slips or operations.
    most: Vec<Fit>,
    /// By row, then by operation: what it says, and whether that is something else than what is typed.
    operations: Vec<(Fit, bool)>,
    width: usize,
    /// What each operation gains by what was found in an earlier block.
    gains: Vec<Weight>,
}

/// Less than anything that a row can weigh.
const NOTHING: Fit = [IMPOSSIBLE * 2; STYLES];

impl<'r> Lanes<'r> {
    /// `earlier` says which earlier blocks were found to be in percent, by place of the plan.
    pub fn of(plan: &Plan, rows: &'r [Row<'r>], earlier: &[bool]) -> Self {
        let width = plan.operations.len();
        let mut lanes = Self {
            rows,
            slips: Vec::with_capacity(rows.len()),
            changes: Vec::with_capacity(rows.len()),
            most: Vec::with_capacity(rows.len()),
            operations: vec![([IMPOSSIBLE; STYLES], false); rows.len() * width],
            width,
            gains: gains(plan, earlier),
        };
        for (place, row) in rows.iter().enumerate() {
            let typed = row.typed();
            let (mut best, mut best_change, mut most) = (NOTHING, NOTHING, NOTHING);
            for choice in row.choices {
                let changes = choice.meant != typed;
                most = higher(most, choice.fit);
                if let Some(slip) = lanes.cost_of_slip(choice) {
                    let weight = choice.fit.map(|fit| fit + slip);
                    best = higher(best, weight);
                    if changes {
                        best_change = higher(best_change, weight);
                    }
                }
                if let Some(slot) = choice
                    .operation
                    .and_then(|operation| lanes.operations.get_mut(place * width + operation))
                {
                    *slot = (choice.fit, changes);
                }
            }
            lanes.slips.push(best);
            lanes.changes.push(best_change);
            lanes.most.push(higher(most, best));
        }
        let mut below = [0; STYLES];
        for most in lanes.most.iter_mut().rev() {
            for (below, most) in below.iter_mut().zip(most) {
                *below += *most;
                *most = *below;
            }
        }
        lanes
    }

    pub fn operation(&self, place: usize, operation: usize) -> (Fit, bool) {
        self.operations
            .get(place * self.width + operation)
            .copied()
            .unwrap_or(([IMPOSSIBLE; STYLES], false))
    }

    /// Whether an operation makes something else of what is typed in so many rows.
    pub fn is_changed_by(&self, operation: usize, rows: usize) -> bool {
        let changed = (0..self.rows.len()).filter(|place| self.operation(*place, operation).1);
        changed.take(rows).count() == rows
    }

    pub fn gain(&self, operation: usize) -> Weight {
        self.gains.get(operation).copied().unwrap_or(0)
    }

    /// What a choice costs as a slip in one cell; none where it is made of whole questions only.
    pub fn cost_of_slip(&self, choice: &Choice) -> Option<Weight> {
        let gain = choice.operation.map_or(0, |operation| self.gain(operation));
        choice.slip.map(|slip| slip + gain)
    }

    pub fn slip(&self, place: usize) -> Fit {
        self.slips.get(place).copied().unwrap_or(NOTHING)
    }

    /// No more than this can be said of the row at `place` and all below it, by slips or operations.
    pub fn most(&self, place: usize) -> Fit {
        self.most.get(place).copied().unwrap_or([0; STYLES])
    }

    pub fn change(&self, place: usize) -> Fit {
        self.changes.get(place).copied().unwrap_or(NOTHING)
    }

    /// What it costs a row that it does not follow a habit.
    pub fn exception(&self, plan: &Plan, habit: &Habit, place: usize) -> Weight {
        if habit.mixed.is_some() && habit.among.is_none() {
            return self.either(habit, place);
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

    /// What it costs a row to follow a habit that others do not: nothing where it means the same as what they do.
    pub fn either(&self, habit: &Habit, place: usize) -> Weight {
        let mixed = habit.mixed.unwrap_or(0);
        match (habit.among, self.rows.get(place)) {
            (Some(among), Some(row)) if row.agree(habit.operation, among) => 0,
            (None, _) if !self.operation(place, habit.operation).1 => 0,
            _ => mixed,
        }
    }

    /// The best that can be said of a row under a habit.
    pub fn under(&self, plan: &Plan, habit: &Habit, place: usize) -> Fit {
        if self.rows.get(place).is_none_or(Row::is_plain) {
            return self.slip(place);
        }
        let (mut fit, _) = self.operation(place, habit.operation);
        if let Some(among) = habit.among {
            fit = higher(fit, self.operation(place, among).0);
        }
        let either = self.either(habit, place);
        let exception = self.exception(plan, habit, place);
        higher(
            fit.map(|weight| weight + either),
            self.slip(place).map(|weight| weight + exception),
        )
    }
}

/// Whoever answered one question in percent is likelier to answer the next so, in all its cells or in one.
fn gains(plan: &Plan, earlier: &[bool]) -> Vec<Weight> {
    let mut gains = vec![0; plan.operations.len()];
    for habit in &plan.habits {
        if let Some((after, gain)) = habit.after
            && earlier.get(after).copied().unwrap_or(false)
            && let Some(slot) = gains.get_mut(habit.operation)
        {
            *slot = gain;
        }
    }
    gains
}

fn higher(mut one: Fit, other: Fit) -> Fit {
    for (one, other) in one.iter_mut().zip(other) {
        *one = (*one).max(other);
    }
    one
}
