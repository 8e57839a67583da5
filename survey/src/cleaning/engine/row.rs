//! One row of a block: what is typed, and everything that may be meant.

use crate::{
    answers::Number,
    cleaning::rules::{
        model::{Beside, Fit, IMPOSSIBLE, Model, ROUND, STYLES, Weight, quotient, thinness},
        plan::{Operation, Plan, Transform},
    },
};

const SCALE: i64 = Number::SCALE;
const HUNDREDTH: i64 = SCALE / 100;

/// Persons and posts of a row.
pub(super) const PERSONS: usize = 0;
pub(super) const POSTS: usize = 1;

/// What a cell holds, or is taken to mean. Numbers in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// Left blank, or not asked about.
    Blank,
    Is(i64),
    /// Something else than what is typed, and no telling what.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub meant: Meant,
    pub percent: bool,
    pub leading_zero: bool,
    /// Blank beside answers to the same question: stands for zero.
    pub zero: bool,
}

/// A way to understand a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub meant: [Meant; 2],
    /// The operation, by place in the plan; none where it is as typed.
    pub operation: Option<usize>,
    pub fit: Fit,
    /// What the operation costs as a slip in this cell alone; none where it is made of whole questions only.
    pub slip: Option<Weight>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'c> {
    pub cells: [Cell; 2],
    /// The question that it belongs to, from 0: habits are a question's, and often those beside it.
    pub group: usize,
    /// The first is as typed.
    pub choices: &'c [Choice],
}

impl Cell {
    pub const NONE: Self = Self {
        meant: Meant::Blank,
        percent: false,
        leading_zero: false,
        zero: false,
    };
}

impl Meant {
    pub fn number(self) -> Option<i64> {
        match self {
            Self::Is(number) => Some(number),
            Self::Blank | Self::Unknown => None,
        }
    }

    pub fn is_positive(self) -> bool {
        self.number().is_some_and(|number| number > 0)
    }
}

/// The text itself hints at what is meant, by a percent sign or a leading zero, and this reading does not heed it.
fn unheeded(plan: &Plan, fit: Fit, unheeded: bool) -> Fit {
    if unheeded {
        fit.map(|weight| weight + plan.hint)
    } else {
        fit
    }
}

/// A question beside the first is not always rounded as that one is: the common style is as good.
fn apart(group: usize, fit: Fit) -> Fit {
    let [common, ..] = fit;
    if group == 0 {
        fit
    } else {
        fit.map(|weight| weight.max(common))
    }
}

/// How ordinary a row with such cells is.
pub(super) fn ordinary(model: &Model, [persons, posts]: [Meant; 2]) -> Fit {
    match (persons, posts) {
        (Meant::Is(persons), Meant::Is(posts)) => model.beside(Some(persons)).posts(posts),
        (Meant::Is(persons), _) => [model.persons(persons); STYLES],
        (_, Meant::Is(posts)) => model.posts(posts),
        _ => [0; STYLES],
    }
}

impl<'c> Row<'c> {
    /// Rows of persons and posts, or of posts alone, each with its group and with everything that the plan's operations
    /// make of it. `store` keeps the choices of all of them.
    pub fn all(
        plan: &Plan,
        rows: impl ExactSizeIterator<Item = ([Cell; 2], usize)>,
        store: &'c mut Vec<Choice>,
    ) -> Vec<Self> {
        store.clear();
        store.reserve(rows.len() * (1 + plan.operations.len()));
        let mut kept = Vec::with_capacity(rows.len());
        for (cells, group) in rows {
            let from = store.len();
            choose(plan, cells, group, store);
            kept.push((cells, group, from..store.len()));
        }
        let store: &'c [Choice] = store;
        let with_choices = kept.into_iter().map(|(cells, group, range)| Self {
            cells,
            group,
            choices: store.get(range).unwrap_or_default(),
        });
        with_choices.collect()
    }

    pub fn typed(&self) -> [Meant; 2] {
        self.cells.map(|cell| cell.meant)
    }

    /// Nothing else than what is typed may be meant.
    pub fn is_plain(&self) -> bool {
        self.choices.len() == 1
    }

    /// The cells as if this were what is typed.
    pub fn cells_as(&self, meant: [Meant; 2]) -> [Cell; 2] {
        [PERSONS, POSTS].map(|column| {
            let cell = self.cells[column];
            if cell.meant == meant[column] && !cell.percent {
                cell
            } else {
                Cell {
                    meant: meant[column],
                    ..Cell::NONE
                }
            }
        })
    }

    /// What an operation makes of the row, where it makes something of it.
    pub fn choice(&self, operation: usize) -> Option<&Choice> {
        self.choices
            .iter()
            .find(|choice| choice.operation == Some(operation))
    }

    pub fn meaning(&self, operation: usize) -> Option<[Meant; 2]> {
        self.choice(operation).map(|choice| choice.meant)
    }

    /// Whether two operations make the same of the row.
    pub fn agree(&self, one: usize, other: usize) -> bool {
        self.meaning(one) == self.meaning(other)
    }

    /// Whether the text says by a leading zero that a decimal sign is lost behind it, and this is something else: "05" is a
    /// half, and not five hundredths.
    pub fn defies_leading_zero(&self, meant: [Meant; 2]) -> bool {
        let is_part = |posts: i64| (SCALE / 10..SCALE).contains(&posts);
        self.cells[POSTS].leading_zero && !meant[POSTS].number().is_some_and(is_part)
    }
}

/// Adds everything that may be meant in a row.
fn choose(plan: &Plan, cells: [Cell; 2], group: usize, store: &mut Vec<Choice>) {
    let typed = cells.map(|cell| cell.meant);
    let in_percent = cells.iter().any(|cell| cell.percent);
    let lost_separator = cells[POSTS].leading_zero;
    let as_typed = if in_percent {
        [IMPOSSIBLE; STYLES]
    } else {
        unheeded(plan, ordinary(&plan.model, typed), lost_separator)
    };
    store.push(Choice {
        meant: typed,
        operation: None,
        fit: apart(group, as_typed),
        slip: Some(0),
    });
    if !typed.iter().any(|meant| meant.is_positive()) {
        return;
    }
    let beside = plan.model.beside(typed[PERSONS].number());
    for (place, operation) in plan.operations.iter().enumerate() {
        let transform = operation.transform;
        if in_percent && !transform.of_percent() && !transform.is_stray() {
            continue;
        }
        let Some(Says { meant, fit }) = apply(&beside, operation, &cells) else {
            continue;
        };
        let unheard =
            in_percent && transform.is_stray() || lost_separator && !transform.finds_separator();
        let fit = apart(group, unheeded(plan, fit, unheard));
        if fit.iter().any(|weight| *weight > IMPOSSIBLE / 2) {
            store.push(Choice {
                meant,
                operation: Some(place),
                fit,
                slip: operation.slip,
            });
        }
    }
}

/// What an operation makes of a row.
pub(super) struct Says {
    pub meant: [Meant; 2],
    pub fit: Fit,
}

/// What an operation makes of `cells`, `beside` the persons there; none where it makes nothing of them.
#[expect(
    clippy::inline_always,
    reason = "most of the time goes to it: some twenty times a row, and what it gives is handed over by memory if it is a call"
)]
#[inline(always)]
pub(super) fn apply(beside: &Beside<'_>, operation: &Operation, cells: &[Cell; 2]) -> Option<Says> {
    let model = beside.model;
    let [persons, posts] = cells.map(|cell| cell.meant);
    match operation.transform {
        Transform::Scale { by, .. } => {
            let typed = posts.number().filter(|posts| *posts > 0)?;
            if cells[PERSONS].percent {
                return None;
            }
            Some(rounded(beside, typed, by))
        }
        Transform::ScalePersons { by } => {
            let typed = persons.number().filter(|persons| *persons > 0)?;
            let meant = [Meant::Is(quotient(typed, by)), posts];
            Some(Says {
                meant,
                fit: ordinary(model, meant),
            })
        }
        Transform::Average { by, .. } => {
            let typed = posts.number()?;
            let Some(heads) = persons.number() else {
                let average = quotient(typed, by);
                let fit = model.lone_average(average);
                return (typed > 0).then_some(Says {
                    meant: [persons, Meant::Unknown],
                    fit,
                });
            };
            if heads <= 0 || typed <= 0 || heads % SCALE != 0 || cells[PERSONS].percent {
                return None;
            }
            let exact = quotient(typed, by);
            let average = if is_exact(by) {
                exact
            } else {
                roundest(exact, slack(typed, by))
            };
            let meant = [persons, Meant::Is(average.checked_mul(heads / SCALE)?)];
            let fit = model.average(heads, average);
            Some(Says { meant, fit })
        }
        Transform::Swap { by, .. } => {
            let (left, right) = (persons.number()?, posts.number()?);
            if left <= 0 || right <= 0 || cells[POSTS].percent {
                return None;
            }
            Some(rounded(&model.beside(Some(right)), left, by))
        }
        Transform::Repeated => {
            let posts = without_repetition(posts.number()?)?;
            Some(Says {
                meant: [persons, Meant::Is(posts)],
                fit: beside.posts(posts),
            })
        }
        Transform::StrayPosts {
            least,
            most,
            whole,
            flat,
            within,
        } => {
            let typed = posts.number()?;
            if typed < least || typed > most || (whole && typed % SCALE != 0) {
                return None;
            }
            if typed == 0 && !persons.is_positive() {
                return None;
            }
            let meant = [persons, Meant::Unknown];
            let ordinary_number = match persons.number() {
                Some(persons) => typed <= persons,
                None => model.sizes.at(typed) > model.alone,
            };
            let rarity = flat - thinness(typed) + if ordinary_number { within } else { 0 };
            let fit = ordinary(model, meant).map(|fit| fit + rarity);
            Some(Says { meant, fit })
        }
        Transform::StrayPersons { flat, parts } => {
            let typed = persons.number()?;
            if typed == 0 && !posts.is_positive() {
                return None;
            }
            let meant = [Meant::Unknown, posts];
            let rarity = flat - thinness(typed) + if typed % SCALE == 0 { 0 } else { parts };
            let fit = ordinary(model, meant).map(|fit| fit + rarity);
            Some(Says { meant, fit })
        }
    }
}

/// The step of what was typed: halves of it are lost in rounding.
pub(super) fn step_of(typed: i64) -> i64 {
    [SCALE, SCALE / 2, SCALE / 10]
        .into_iter()
        .find(|step| typed % step == 0)
        .unwrap_or(HUNDREDTH)
}

/// `typed / by` posts. What was typed is rounded, so the roundest number that would be typed so is meant: 57,38 hours
/// of a week of 38,25 are 1.5 posts. But whoever counts in hundredths may mean any other that would be typed so.
pub(super) fn rounded(beside: &Beside<'_>, typed: i64, by: i64) -> Says {
    let persons = beside.persons.map_or(Meant::Blank, Meant::Is);
    let exact = quotient(typed, by);
    if is_exact(by) {
        return Says {
            meant: [persons, Meant::Is(exact)],
            fit: beside.posts(exact),
        };
    }
    let slack = slack(typed, by);
    let posts = roundest(exact, slack);
    let mut fit = beside.posts(posts);
    let others = 2 * slack / HUNDREDTH;
    if others > 1 && beside.persons != Some(posts) {
        let ahead = beside.model.ahead_of_hundredths(posts, others);
        for (fit, ahead) in fit.iter_mut().zip(ahead) {
            *fit -= ahead.min(0);
        }
    }
    Says {
        meant: [persons, Meant::Is(posts)],
        fit,
    }
}

/// The roundest number that is no further than `slack` from `exact`.
fn roundest(exact: i64, slack: i64) -> i64 {
    ROUND
        .iter()
        .filter(|step| exact >= **step / 2)
        .map(|step| (exact + step / 2) / step * step)
        .find(|round| (round - exact).abs() <= slack)
        .unwrap_or(exact)
}

/// What may be lost in rounding. Quotients are rounded down, so a millionth on either side may be missing.
fn slack(typed: i64, by: i64) -> i64 {
    quotient(step_of(typed) / 2, by) + 2
}

/// A shift of the decimal sign, or so few to a post that nothing is rounded.
fn is_exact(by: i64) -> bool {
    by <= 10 * SCALE || SHIFTS.contains(&by)
}

const SHIFTS: [i64; 8] = {
    let mut shifts = [100 * SCALE; 8];
    let mut place = 1;
    while place < shifts.len() {
        shifts[place] = shifts[place - 1] * 10;
        place += 1;
    }
    shifts
};

/// Of two equal whole digits beside each other, the leftmost such, only one: 33,5 was to be 3,5.
pub(super) fn without_repetition(typed: i64) -> Option<i64> {
    let digits = typed.checked_ilog10()?;
    (SCALE.ilog10()..digits).rev().find_map(|place| {
        let unit = 10_i64.checked_pow(place)?;
        let (above, here) = (typed / unit / 10, typed / unit);
        (above % 10 == here % 10).then(|| above * unit + typed % unit)
    })
}
