//! From the verdicts of a contest to values, ledger and queries.

use super::{
    question_evidence::Facts,
    row::{Meant, PERSONS, POSTS, Row},
    sheet::Sheet,
    verdict::{Candidate, Outcome, Verdict},
};
use crate::{
    answers::Number,
    cleaning::{
        Alternative, Certainty, Change, Evidence, Query, Status, Urgency,
        rules::{
            model::{DECIBAN, Weight},
            plan::{Plan, RowPlan, Transform},
        },
    },
};

/// Beyond ten to one, what is typed is most probably wrong.
const PROBABLY_WRONG: Weight = 10 * DECIBAN;

/// A row that goes to a person.
struct Open<'r> {
    place: usize,
    row: &'r Row<'r>,
    candidates: Vec<Candidate>,
    /// The contest was clear, and the mend may not be made all the same.
    withdrawn: bool,
}

impl Open<'_> {
    /// The likeliest explanation that is not the text itself.
    fn explanation(&self) -> Option<Candidate> {
        self.candidates
            .iter()
            .copied()
            .find(|candidate| candidate.rule.is_some())
    }

    /// How far what is typed lies behind the best.
    fn suspicion(&self) -> Weight {
        let best = self.candidates.first().map_or(0, |best| best.weight);
        self.candidates
            .iter()
            .find(|candidate| candidate.meant == self.row.typed())
            .map_or(0, |typed| best - typed.weight)
    }
}

/// Makes the mends of a contest, but for the rows that would be mended `again`; says how many rows it changed.
pub(super) fn mend(
    sheet: &mut Sheet<'_>,
    plan: &Plan,
    rows: &[Row<'_>],
    outcome: &Outcome,
    again: &[bool],
    facts: &Facts,
) -> usize {
    let mut mended = 0;
    let verdicts = outcome.verdicts.iter().zip(again);
    for ((variables, row), (verdict, again)) in plan.rows.iter().zip(rows).zip(verdicts) {
        if let Verdict::Mend(to, margin) = verdict
            && !again
            && let Some(rule) = to.rule
            && !is_mended(sheet, variables)
            && !is_beyond_full_time(plan, row, rule)
            && may_be_mended(sheet, variables, row, to)
        {
            change(sheet, variables, row, to, rule, *margin, facts);
            mended += 1;
        }
    }
    mended
}

/// Asks about what a contest left open, about what it would mend if it might, and about what an earlier one left open (`earlier`).
pub(super) fn ask(
    sheet: &mut Sheet<'_>,
    plan: &Plan,
    rows: &[Row<'_>],
    outcome: &Outcome,
    earlier: &[Option<Vec<Candidate>>],
    facts: &Facts,
) {
    let mut open = Vec::new();
    for (place, (row, verdict)) in rows.iter().zip(&outcome.verdicts).enumerate() {
        let Some(variables) = plan.rows.get(place) else {
            continue;
        };
        if is_mended(sheet, variables) {
            continue;
        }
        let earlier = earlier.get(place).and_then(Option::as_ref);
        let candidates = match verdict {
            Verdict::Stands => match earlier {
                Some(candidates) => candidates.clone(),
                None => continue,
            },
            Verdict::Mend(to, margin) => vec![*to, Candidate::as_typed(row, to.weight - margin)],
            Verdict::Ask(candidates) => {
                let best_is_typed = candidates
                    .first()
                    .is_some_and(|best| best.meant == row.typed());
                if best_is_typed && is_confirmed(sheet, variables) {
                    continue;
                }
                // Where the question turned is seen no more when all above is mended.
                let turned = |earlier: &&Vec<Candidate>| {
                    let best = earlier.first();
                    best.is_some_and(|best| plan.is_turn(best.rule))
                };
                earlier.filter(turned).unwrap_or(candidates).clone()
            }
        };
        open.push(Open {
            place,
            row,
            candidates,
            withdrawn: matches!(verdict, Verdict::Mend(..)),
        });
    }
    put_queries(sheet, plan, facts, open);
}

/// Whether an earlier round mended the row: that is settled, whatever the question looks like without the error.
fn is_mended(sheet: &Sheet<'_>, variables: &RowPlan) -> bool {
    places(variables)
        .into_iter()
        .flatten()
        .any(|place| sheet.value(place).status == Status::Corrected)
}

fn places(variables: &RowPlan) -> [Option<usize>; 2] {
    [variables.persons, Some(variables.posts)]
}

/// Whether the rule would read more than everyone full time as an average.
fn is_beyond_full_time(plan: &Plan, row: &Row<'_>, rule: usize) -> bool {
    plan.operations
        .iter()
        .any(|operation| match operation.transform {
            Transform::Average { by, .. } => {
                operation.rule == rule
                    && matches!(row.typed()[POSTS], Meant::Is(typed) if typed > by)
            }
            _ => false,
        })
}

fn is_confirmed(sheet: &Sheet<'_>, variables: &RowPlan) -> bool {
    places(variables)
        .into_iter()
        .flatten()
        .any(|place| sheet.confirmed(place))
}

/// Whether every edit passes afterwards, and the chief has not said that it is right as it is.
fn may_be_mended(sheet: &Sheet<'_>, variables: &RowPlan, row: &Row<'_>, to: &Candidate) -> bool {
    let allowed = places(variables)
        .into_iter()
        .enumerate()
        .all(|(column, place)| {
            let meant = to.meant[column];
            match (place, meant) {
                (Some(place), Meant::Is(number)) => {
                    meant == row.typed()[column]
                        || sheet.allows(place, Number::from_millionths(number))
                }
                (_, Meant::Blank) | (None, _) => true,
                (Some(_), Meant::Unknown) => false,
            }
        });
    let somebody = to.meant[PERSONS] != Meant::Is(0) || !to.meant[POSTS].is_positive();
    allowed && somebody && !is_confirmed(sheet, variables)
}

fn change(
    sheet: &mut Sheet<'_>,
    variables: &RowPlan,
    row: &Row<'_>,
    to: &Candidate,
    rule: usize,
    margin: Weight,
    facts: &Facts,
) {
    let certainty = Certainty::Decibans(u32::try_from(margin / DECIBAN).unwrap_or(0));
    for (column, place) in places(variables).into_iter().enumerate() {
        let cell = row.cells[column];
        let (Some(place), Meant::Is(number)) = (place, to.meant[column]) else {
            continue;
        };
        if to.meant[column] == cell.meant && !cell.percent {
            continue;
        }
        let number = Number::from_millionths(number);
        let evidence = facts
            .evidence(sheet, variables, row, rule)
            .with("to", number);
        sheet.set(
            place,
            Some(number),
            Status::Corrected,
            None,
            rule,
            certainty,
            evidence,
        );
    }
}

/// One query for each row, but one for all rows that a habit or a pattern explains.
fn put_queries(sheet: &mut Sheet<'_>, plan: &Plan, facts: &Facts, open: Vec<Open<'_>>) {
    let mut groups: Vec<(usize, bool, Vec<Open<'_>>)> = Vec::new();
    for row in open {
        let Some(explanation) = row.explanation() else {
            continue;
        };
        let (rule, whole) = (explanation.rule.unwrap_or_default(), explanation.whole);
        match groups
            .iter_mut()
            .find(|(known, together, _)| whole && *together && *known == rule)
        {
            Some((_, _, rows)) => rows.push(row),
            None => groups.push((rule, whole, vec![row])),
        }
    }
    for (rule, _, rows) in groups {
        if let Some(query) = query(sheet, plan, facts, rule, &rows) {
            sheet.ask(query);
        }
    }
}

fn query(
    sheet: &Sheet<'_>,
    plan: &Plan,
    facts: &Facts,
    rule: usize,
    rows: &[Open<'_>],
) -> Option<Query> {
    let mut variables = Vec::new();
    for row in rows {
        let best = row.candidates.first().map_or(0, |best| best.weight);
        let near = |candidate: &&Candidate| candidate.weight >= best - plan.offer;
        for (column, place) in places(plan.rows.get(row.place)?).into_iter().enumerate() {
            let cell = row.row.cells[column];
            let in_question = cell.percent
                || row
                    .candidates
                    .iter()
                    .filter(near)
                    .any(|candidate| candidate.meant[column] != cell.meant);
            if let Some(place) = place.filter(|_| in_question) {
                variables.push(sheet.key(place).to_owned());
            }
        }
    }
    let first = rows.first()?;
    let first_plan = plan.rows.get(first.place)?;
    let suspicion = rows.iter().map(Open::suspicion).max().unwrap_or(0);
    Some(Query {
        id: String::new(),
        block: sheet
            .rules
            .blocks
            .get(plan.block)
            .map(|block| block.key.clone())
            .unwrap_or_default(),
        rule: sheet.rule_id(rule).to_owned(),
        variables,
        urgency: if suspicion >= PROBABLY_WRONG {
            Urgency::Hard
        } else {
            Urgency::Soft
        },
        evidence: withdrawn(facts.evidence(sheet, first_plan, first.row, rule), rows),
        alternatives: with_register(sheet, plan, facts, alternatives(sheet, plan, rows)),
        suspicion: suspicion / DECIBAN,
        confirmed: rows.iter().any(|row| {
            plan.rows
                .get(row.place)
                .is_some_and(|variables| is_confirmed(sheet, variables))
        }),
    })
}

fn withdrawn(evidence: Evidence, rows: &[Open<'_>]) -> Evidence {
    match rows.iter().filter(|row| row.withdrawn).count() {
        0 => evidence,
        count => evidence.with(
            Evidence::WITHDRAWN,
            Number::whole(i32::try_from(count).unwrap_or(i32::MAX)),
        ),
    }
}

/// The register's figure is one of the alternatives, where none of them comes to it: as likely as not the very number that
/// cannot be told from the answer.
fn with_register(
    sheet: &Sheet<'_>,
    plan: &Plan,
    facts: &Facts,
    mut alternatives: Vec<Alternative>,
) -> Vec<Alternative> {
    let (Some((rule, register)), Some(row)) = (facts.from_register, plan.rows.first()) else {
        return alternatives;
    };
    let change = Change::to(sheet.key(row.posts), Some(register));
    let comes_to = |one: &Alternative| match one.changes.as_slice() {
        [] => sheet.value(row.posts).number == Some(register),
        changes => changes.contains(&change),
    };
    if alternatives.iter().any(comes_to) {
        return alternatives;
    }
    let cannot_be_told =
        |one: &&mut Alternative| one.changes.iter().any(|change| change.to.is_none());
    let plausibility = alternatives
        .iter_mut()
        .find(cannot_be_told)
        .map_or(0, |one| {
            let half = one.plausibility / 2;
            one.plausibility -= half;
            half
        });
    alternatives.push(Alternative {
        id: sheet.rule_id(rule).to_owned(),
        changes: vec![change],
        plausibility,
    });
    alternatives.sort_by_key(|one| std::cmp::Reverse(one.plausibility));
    alternatives
}

/// One for each rule that explains some of the rows, and the text as typed.
fn alternatives(sheet: &Sheet<'_>, plan: &Plan, rows: &[Open<'_>]) -> Vec<Alternative> {
    let mut weighed: Vec<(Weight, Alternative)> = Vec::new();
    let mut seen: Vec<Option<usize>> = Vec::new();
    for rule in rows
        .iter()
        .flat_map(|row| row.candidates.iter().map(|candidate| candidate.rule))
    {
        if seen.contains(&rule) {
            continue;
        }
        seen.push(rule);
        let mut changes = Vec::new();
        let mut behind = 0;
        for row in rows {
            let best = row.candidates.first().map_or(0, |best| best.weight);
            let Some(meant) = row
                .candidates
                .iter()
                .find(|candidate| candidate.rule == rule)
            else {
                continue;
            };
            behind = behind.max(best - meant.weight);
            let variables = plan.rows.get(row.place).map(places).unwrap_or_default();
            for (column, place) in variables.into_iter().enumerate() {
                let Some(place) =
                    place.filter(|_| meant.meant[column] != row.row.cells[column].meant)
                else {
                    continue;
                };
                let to = meant.meant[column].number().map(Number::from_millionths);
                changes.push(Change {
                    variable: sheet.key(place).to_owned(),
                    to,
                    text: None,
                });
            }
        }
        let id = rule.map_or(Alternative::AS_TYPED, |rule| sheet.rule_id(rule));
        weighed.push((
            behind,
            Alternative {
                id: id.to_owned(),
                changes,
                plausibility: 0,
            },
        ));
    }
    weighed.sort_by_key(|(behind, _)| *behind);
    let odds = |behind: Weight| -> u32 {
        // 1000 · 10^(−n/10): the same on every machine.
        const ODDS: [u32; 31] = [
            1000, 794, 631, 501, 398, 316, 251, 200, 158, 126, 100, 79, 63, 50, 40, 32, 25, 20, 16,
            13, 10, 8, 6, 5, 4, 3, 3, 2, 2, 1, 1,
        ];
        usize::try_from(behind / DECIBAN)
            .ok()
            .and_then(|place| ODDS.get(place))
            .copied()
            .unwrap_or(0)
    };
    let sum: u32 = weighed.iter().map(|(behind, _)| odds(*behind)).sum();
    weighed
        .into_iter()
        .map(|(behind, alternative)| Alternative {
            plausibility: u8::try_from(odds(behind) * 100 / sum.max(1)).unwrap_or(0),
            ..alternative
        })
        .collect()
}
