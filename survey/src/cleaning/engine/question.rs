//! A block of rows: persons and posts, or posts alone.

use crate::cleaning::{
    engine::{
        blank, contest, pattern,
        question_evidence::Facts,
        row::{Cell, Choice, Meant, Row},
        settle,
        sheet::Sheet,
        verdict::{Candidate, Outcome, Verdict},
    },
    rules::plan::{Plan, RowPlan},
};
use crate::submission::State;

/// Rounds after which a question is asked about as it stands.
const MOST_ROUNDS: usize = 4;

/// Cleans the block; says whether the whole question was found to be in percent, as it was given or when something else
/// was mended. `stores` are room to work in, whatever is in them.
pub(super) fn clean(
    sheet: &mut Sheet<'_>,
    plan: &Plan,
    in_percent: &[bool],
    stores: &mut [Vec<Choice>; 2],
) -> bool {
    blank::nothing_here(sheet, plan);
    let mut percent = false;
    let mut earlier: Option<Facts> = None;
    let mut open: Vec<Option<Vec<Candidate>>> = vec![None; plan.rows.len()];
    let [store, store_again] = stores;
    for round in 1..=MOST_ROUNDS {
        let answered = blank::in_answered_questions(sheet, plan);
        let given = plan
            .rows
            .iter()
            .map(|row| (cells(sheet, &answered, row), row.group));
        let rows = Row::all(plan, given, store);
        if rows
            .iter()
            .all(|row| row.typed() == [Meant::Blank, Meant::Blank])
        {
            break;
        }
        let found = pattern::find(plan, &rows);
        let outcome = contest::hold(plan, &rows, &found, in_percent);
        let habit = outcome.habit.and_then(|habit| plan.operations.get(habit));
        percent |= habit.is_some_and(|habit| habit.transform.of_percent());
        let facts = Facts::of(plan, &rows, &outcome).with_earlier(earlier.as_ref());
        // What is mended may make clear what was not: cleaning goes on until it would change nothing more.
        let again = mended_again(plan, &rows, &outcome, in_percent, store_again);
        for (open, left) in open.iter_mut().zip(left_open(plan, &outcome)) {
            *open = open.take().or(left);
        }
        let mended = settle::mend(sheet, plan, &rows, &outcome, &again, &facts);
        if mended == 0 || round == MOST_ROUNDS {
            settle::ask(sheet, plan, &rows, &outcome, &open, &facts);
            blank::fill(sheet, plan, &rows);
            break;
        }
        earlier = Some(facts);
    }
    percent
}

/// Of rows that an error of the whole question left open while it is mended in others, what was thought of them: they look
/// like any other once the others are mended.
fn left_open(plan: &Plan, outcome: &Outcome) -> impl Iterator<Item = Option<Vec<Candidate>>> {
    let mended = |rule: Option<usize>| {
        outcome
            .verdicts
            .iter()
            .any(|verdict| matches!(verdict, Verdict::Mend(to, _) if to.whole && to.rule == rule))
    };
    outcome.verdicts.iter().map(move |verdict| match verdict {
        Verdict::Ask(candidates) => {
            let best = candidates.first()?;
            let unknown = best.whole && best.meant.contains(&Meant::Unknown);
            (unknown && mended(best.rule) || plan.is_turn(best.rule)).then(|| candidates.clone())
        }
        Verdict::Stands | Verdict::Mend(..) => None,
    })
}

/// Which rows would be mended once more if they were given as they are mended: what is certain only until it is done is not
/// certain.
fn mended_again(
    plan: &Plan,
    rows: &[Row<'_>],
    outcome: &Outcome,
    in_percent: &[bool],
    store: &mut Vec<Choice>,
) -> Vec<bool> {
    let mends = |verdict: &Verdict| matches!(verdict, Verdict::Mend(..));
    if !outcome.verdicts.iter().any(mends) {
        return vec![false; rows.len()];
    }
    let given = |(row, verdict): (&Row<'_>, &Verdict)| match verdict {
        Verdict::Mend(to, _) => (row.cells_as(to.meant), row.group),
        Verdict::Stands | Verdict::Ask(_) => (row.cells, row.group),
    };
    let rows = Row::all(plan, rows.iter().zip(&outcome.verdicts).map(given), store);
    let found = pattern::find(plan, &rows);
    let second = contest::hold(plan, &rows, &found, in_percent);
    let both = outcome.verdicts.iter().zip(&second.verdicts);
    both.map(|(first, second)| mends(first) && mends(second))
        .collect()
}

fn cells(sheet: &Sheet<'_>, answered: &[bool], row: &RowPlan) -> [Cell; 2] {
    let mut cells = [
        row.persons.map_or(Cell::NONE, |place| cell(sheet, place)),
        cell(sheet, row.posts),
    ];
    let places = [row.persons, Some(row.posts)];
    for (column, place) in places.into_iter().enumerate() {
        let Some(place) = place else {
            continue;
        };
        let nobody = !cells[1 - column].meant.is_positive();
        let answered = answered.get(place).copied().unwrap_or(false);
        if nobody && answered && blank::is_blank(sheet, place) {
            cells[column].meant = Meant::Is(0);
            cells[column].zero = true;
        }
    }
    cells
}

fn cell(sheet: &Sheet<'_>, place: usize) -> Cell {
    if let Some(State::NothingHere) = sheet.raw.given().get(place).map(|given| given.state) {
        return Cell {
            meant: Meant::Is(0),
            ..Cell::NONE
        };
    }
    match sheet.numeral(place) {
        Some(numeral) => Cell {
            meant: Meant::Is(numeral.value.millionths()),
            percent: numeral.percent,
            leading_zero: numeral.leading_zero,
            zero: false,
        },
        None => Cell::NONE,
    }
}
