//! Persons and posts in each other's column, and more posts than persons.

use super::{
    Change, Check, Finding, Matter, Mend, MendKind, Scope, SwapLimits, matrix::MatrixRules,
};
use crate::answers::{Answers, Number};

/// A row in which there are more posts than persons.
struct Row {
    persons_cell: String,
    posts_cell: String,
    persons: Number,
    posts: Number,
    /// The row the other way round, where it reads as an ordinary one.
    swap: Option<[Change; 2]>,
}

/// The rows of two columns, held against each other.
struct Pairs {
    exceeding: Vec<Row>,
    /// Rows with fewer posts than persons, as they should be.
    ordinary: usize,
    outnumber: usize,
}

impl Row {
    /// Half a person is nobody: the number belongs in the other column.
    fn is_certain(&self) -> bool {
        !self.persons.is_whole()
    }

    fn one_mend(&self) -> Option<Mend> {
        self.swap.as_ref().map(|changes| Mend {
            kind: MendKind::Swap,
            changes: changes.to_vec(),
        })
    }

    fn finding(&self, matter: Matter, mends: Vec<Mend>) -> Finding {
        Finding {
            matter,
            scope: Scope::Row,
            variables: vec![self.posts_cell.clone(), self.persons_cell.clone()],
            mends,
        }
    }
}

/// Whether the other way round it is an ordinary row: whole persons, with a tenth of a post each where decimals already
/// give the swap away, and else with so many that it is likelier than a slip of the pen.
fn reads_swapped(persons: Number, posts: Number, limits: &SwapLimits) -> bool {
    let times = if persons.is_whole() {
        limits.whole
    } else {
        limits.parts
    };
    posts.is_whole()
        && persons > Number::ZERO
        && persons.checked_mul(times).is_none_or(|most| posts <= most)
}

/// `number` as it may stand in `column`: as typed where that still reads the same.
fn moved(rules: &MatrixRules, column: &str, typed: &str, number: Number) -> Option<String> {
    [typed.to_owned(), number.to_swedish()]
        .into_iter()
        .find(|raw| rules.accepts(column, raw) == Some(number))
}

impl Pairs {
    fn of(
        rules: &MatrixRules,
        [persons, posts]: [&str; 2],
        limits: &SwapLimits,
        answers: &Answers,
    ) -> Self {
        let mut pairs = Self {
            exceeding: Vec::new(),
            ordinary: 0,
            outnumber: limits.outnumber,
        };
        for row in &rules.rows {
            let (Some(heads), Some(work)) = (
                rules.number(row, persons, answers),
                rules.number(row, posts, answers),
            ) else {
                continue;
            };
            if work < heads {
                pairs.ordinary += 1;
            }
            if work <= heads {
                continue;
            }
            let persons_cell = MatrixRules::cell(row, persons);
            let posts_cell = MatrixRules::cell(row, posts);
            let swap = reads_swapped(heads, work, limits)
                .then(|| {
                    let typed = |cell: &str| answers.raw(cell).trim().to_owned();
                    Some([
                        Change {
                            variable: persons_cell.clone(),
                            raw: moved(rules, persons, &typed(&posts_cell), work)?,
                        },
                        Change {
                            variable: posts_cell.clone(),
                            raw: moved(rules, posts, &typed(&persons_cell), heads)?,
                        },
                    ])
                })
                .flatten();
            pairs.exceeding.push(Row {
                persons_cell,
                posts_cell,
                persons: heads,
                posts: work,
                swap,
            });
        }
        pairs
    }

    /// The rows that are asked about as swapped: those that certainly are, and all that may be where the columns
    /// as wholes look swapped. Whole numbers in one row alone may as well be a slip of the pen.
    fn swapped(&self) -> Vec<&Row> {
        let plausible = || self.exceeding.iter().filter(|row| row.swap.is_some());
        let count = plausible().count();
        let columns = count > 1 && self.ordinary.saturating_mul(self.outnumber) <= count;
        plausible()
            .filter(|row| columns || row.is_certain())
            .collect()
    }
}

/// Rows to swap. A hard error that the swap would mend gets the mend too.
pub(super) fn swapped(
    rules: &MatrixRules,
    columns: [&str; 2],
    limits: &SwapLimits,
    answers: &Answers,
    hard: &mut [Finding],
) -> Vec<Finding> {
    let pairs = Pairs::of(rules, columns, limits, answers);
    let rows = pairs.swapped();
    let all = (rows.len() > 1).then(|| Mend {
        kind: MendKind::SwapAll(rows.len()),
        changes: rows
            .iter()
            .filter_map(|row| row.swap.as_ref())
            .flatten()
            .cloned()
            .collect(),
    });
    let mut findings = Vec::new();
    for row in rows {
        let mends: Vec<Mend> = row.one_mend().into_iter().chain(all.clone()).collect();
        if let Some(finding) = hard.iter_mut().find(|finding| {
            matches!(finding.matter, Matter::NotWhole { .. })
                && finding.anchor() == row.persons_cell
        }) {
            finding.mends.clone_from(&mends);
        }
        let matter = Matter::Swapped {
            persons: answers.raw(&row.persons_cell).trim().to_owned(),
            posts: answers.raw(&row.posts_cell).trim().to_owned(),
        };
        findings.push(row.finding(matter, mends));
    }
    findings
}

pub(super) fn exceeding(
    rules: &MatrixRules,
    persons: &str,
    posts: &str,
    answers: &Answers,
) -> Vec<Finding> {
    // The row the other way round is offered by the same limits as where it is asked about.
    let limits = rules
        .checks
        .iter()
        .find_map(|check| match check {
            Check::Swapped { limits, .. } => Some(*limits),
            _ => None,
        })
        .unwrap_or_default();
    Pairs::of(rules, [persons, posts], &limits, answers)
        .exceeding
        .iter()
        .map(|row| {
            let matter = Matter::PostsExceedPersons {
                persons: row.persons.to_swedish(),
                posts: row.posts.to_swedish(),
            };
            row.finding(matter, row.one_mend().into_iter().collect())
        })
        .collect()
}
