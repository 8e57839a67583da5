//! Posts typed in percent of a full-time post: 150 for 1,5. The commonest error of 2022
//! (the agency's report, annex 1, "Datahantering efter export av rådata").

use super::{
    Change, Check, Finding, Matter, Mend, MendKind, PercentLimits, matrix::MatrixRules,
    number::to_mend, total,
};
use crate::answers::{Answers, Number};

/// A cell that looks as if it were in percent, or says so with a sign.
struct Suspect {
    variable: String,
    percent: Number,
    /// How many share the posts, where that is known.
    persons: Option<Number>,
    signed: bool,
    /// What may be meant, the likeliest first.
    readings: Vec<Number>,
}

/// Posts in percent. Cells with a percent sign have their hard error already; it gets the mends.
pub(super) fn examine(
    rules: &MatrixRules,
    posts: &[String],
    persons: Option<&str>,
    limits: &PercentLimits,
    answers: &Answers,
    hard: &mut [Finding],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let totals = total::asked_about(rules, answers);
    let bounded = |column: &str| persons.filter(|persons| bounds(rules, persons, column));
    let find = |column: &str, beside| {
        let around = Around {
            persons: bounded(column),
            beside,
            limits,
        };
        suspects(rules, column, around, &totals, answers)
    };
    for column in posts {
        let beside = bounded(column).is_none()
            && posts
                .iter()
                .any(|other| bounded(other).is_some() && !find(other, false).is_empty());
        let suspects = find(column, beside);
        let all = whole_column(&suspects);
        for suspect in suspects {
            let mends = suspect
                .readings
                .iter()
                .map(|to| to_mend(&suspect.variable, *to))
                .chain(all.clone())
                .collect();
            if !suspect.signed {
                let typed = answers.raw(&suspect.variable).trim().to_owned();
                findings.push(Finding {
                    mends,
                    ..Finding::on_field(Matter::PostsInPercent { typed }, suspect.variable)
                });
            } else if let Some(finding) = hard
                .iter_mut()
                .find(|finding| finding.anchor() == suspect.variable)
            {
                finding.mends = mends;
            }
        }
    }
    findings
}

/// Whether `persons` says how many share the posts in `column`. Temps do the work of persons who are not counted beside
/// them; that shows in which columns the other checks compare.
fn bounds(rules: &MatrixRules, persons: &str, column: &str) -> bool {
    let mut compared = rules.checks.iter().filter_map(|check| match check {
        Check::Swapped {
            persons: by, posts, ..
        }
        | Check::PostsExceedPersons { persons: by, posts }
            if by == persons =>
        {
            Some(posts)
        }
        _ => None,
    });
    compared.clone().next().is_none() || compared.any(|posts| posts == column)
}

/// What a column is held against.
#[derive(Clone, Copy)]
struct Around<'a> {
    persons: Option<&'a str>,
    /// A column beside it is in percent.
    beside: bool,
    limits: &'a PercentLimits,
}

/// The cells of a column that look like percent.
fn suspects(
    rules: &MatrixRules,
    column: &str,
    around: Around<'_>,
    totals: &[String],
    answers: &Answers,
) -> Vec<Suspect> {
    let mut found: Vec<Suspect> = rules
        .rows
        .iter()
        .filter_map(|row| {
            let persons = around
                .persons
                .and_then(|persons| rules.number(row, persons, answers))
                .filter(|persons| *persons > Number::ZERO);
            let signed = rules.percent(row, column, answers);
            let percent = signed.or_else(|| {
                rules
                    .number(row, column, answers)
                    .filter(|posts| looks_like_percent(*posts, persons, around))
            })?;
            let variable = MatrixRules::cell(row, column);
            (!totals.contains(&variable)).then_some(Suspect {
                variable,
                percent,
                persons,
                signed: signed.is_some(),
                readings: Vec::new(),
            })
        })
        .collect();
    let together = found
        .iter()
        .any(|suspect| suspect.percent > Number::whole(100));
    for suspect in &mut found {
        suspect.readings = suspect.read(together, around);
        suspect
            .readings
            .retain(|to| rules.accepts(column, &to.to_swedish()) == Some(*to));
    }
    found.retain(|suspect| !suspect.readings.is_empty());
    found
}

/// The likeliest reading of every cell at once.
fn whole_column(suspects: &[Suspect]) -> Option<Mend> {
    (suspects.len() > 1).then(|| Mend {
        kind: MendKind::Column(suspects.len()),
        changes: suspects
            .iter()
            .filter_map(|suspect| {
                Some(Change {
                    variable: suspect.variable.clone(),
                    raw: suspect.readings.first()?.to_swedish(),
                })
            })
            .collect(),
    })
}

impl Suspect {
    /// The percents of all added up, or one percentage for each of several. `together` says that somewhere in the column
    /// they are added up: no one person works 850 %.
    fn read(&self, together: bool, around: Around<'_>) -> Vec<Number> {
        let added = Some(self.percent.divide_by_100()).filter(|_| {
            self.persons
                .is_none_or(|persons| shared(self.percent, persons, around.limits))
        });
        let each = self
            .persons
            .filter(|persons| could_be_each(self.percent, *persons, around.limits))
            .and_then(|persons| self.percent.checked_mul(persons))
            .map(Number::divide_by_100);
        let mut readings: Vec<Number> = if together {
            [added, each].into_iter().flatten().collect()
        } else {
            [each, added].into_iter().flatten().collect()
        };
        if readings.is_empty() {
            readings.push(self.percent.divide_by_100());
        }
        // What would be asked about again is no way out.
        readings.retain(|to| *to > Number::ZERO && !looks_like_percent(*to, self.persons, around));
        readings.dedup();
        readings
    }
}

/// Whether so many posts, by so many persons, are likelier to be percent. Where the persons are not known, only what no
/// profession at one centre reaches, and the round figures that percentages are; the less where a column beside shows that
/// this respondent writes percent.
fn looks_like_percent(posts: Number, persons: Option<Number>, around: Around<'_>) -> bool {
    let limits = around.limits;
    if let Some(persons) = persons {
        posts >= limits.least
            && (shared(posts, persons, limits) || could_be_each(posts, persons, limits))
    } else {
        let round = posts.millionths() % (5 * Number::SCALE) == 0;
        let least = if around.beside {
            limits.beside
        } else {
            limits.round
        };
        posts >= limits.alone || (round && posts >= least)
    }
}

/// Enough percent for each person.
fn shared(percent: Number, persons: Number, limits: &PercentLimits) -> bool {
    times(persons, limits.shared, percent)
}

/// An employment rate for each of several: 75 beside twelve nurses.
fn could_be_each(percent: Number, persons: Number, limits: &PercentLimits) -> bool {
    persons >= Number::whole(2)
        && percent >= limits.average_low
        && percent <= limits.average_high
        && times(persons, limits.apart, percent)
}

/// Whether `number` is at least so many times `persons`.
fn times(persons: Number, times: Number, number: Number) -> bool {
    persons
        .checked_mul(times)
        .is_some_and(|least| number >= least)
}
