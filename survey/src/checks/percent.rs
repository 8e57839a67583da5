//! Posts typed in percent of a full-time post: 150 for 1,5. The commonest error of 2022
//! (the agency's report, annex 1, "Datahantering efter export av rådata").

use super::{
    Change, Check, Finding, Matter, Mend, MendKind, matrix::MatrixRules, number::to_mend, total,
};
use crate::answers::{Answers, Number};

/// A cell that looks as if it were in percent, or says so with a sign.
struct Suspect {
    variable: String,
    percent: Number,
    /// How many share the posts, where that is known.
    persons: Option<Number>,
    /// Whether a column beside it is in percent.
    beside: bool,
    signed: bool,
    /// What may be meant, the likeliest first.
    readings: Vec<Number>,
}

/// Posts in percent. Cells with a percent sign have their hard error already; it gets the mends.
pub(super) fn examine(
    rules: &MatrixRules,
    posts: &[String],
    persons: Option<&str>,
    answers: &Answers,
    hard: &mut [Finding],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let totals = total::asked_about(rules, answers);
    let bounded = |column: &str| persons.filter(|persons| bounds(rules, persons, column));
    let find =
        |column: &str, beside| suspects(rules, column, bounded(column), beside, &totals, answers);
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
        Check::Swapped { persons: by, posts }
        | Check::PostsExceedPersons { persons: by, posts }
            if by == persons =>
        {
            Some(posts)
        }
        _ => None,
    });
    compared.clone().next().is_none() || compared.any(|posts| posts == column)
}

/// The cells of a column that look like percent. `beside` says that a column beside it is in percent.
fn suspects(
    rules: &MatrixRules,
    column: &str,
    persons: Option<&str>,
    beside: bool,
    totals: &[String],
    answers: &Answers,
) -> Vec<Suspect> {
    let mut found: Vec<Suspect> = rules
        .rows
        .iter()
        .filter_map(|row| {
            let persons = persons
                .and_then(|persons| rules.number(row, persons, answers))
                .filter(|persons| *persons > Number::ZERO);
            let signed = rules.percent(row, column, answers);
            let percent = signed.or_else(|| {
                rules
                    .number(row, column, answers)
                    .filter(|posts| looks_like_percent(*posts, persons, beside))
            })?;
            let variable = MatrixRules::cell(row, column);
            (!totals.contains(&variable)).then_some(Suspect {
                variable,
                percent,
                persons,
                beside,
                signed: signed.is_some(),
                readings: Vec::new(),
            })
        })
        .collect();
    let together = found
        .iter()
        .any(|suspect| suspect.percent > Number::whole(100));
    for suspect in &mut found {
        suspect.readings = suspect.read(together);
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
    fn read(&self, together: bool) -> Vec<Number> {
        let added = Some(self.percent.divide_by_100()).filter(|_| {
            self.persons
                .is_none_or(|persons| shared(self.percent, persons))
        });
        let each = self
            .persons
            .filter(|persons| could_be_each(self.percent, *persons))
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
        readings
            .retain(|to| *to > Number::ZERO && !looks_like_percent(*to, self.persons, self.beside));
        readings.dedup();
        readings
    }
}

/// Whether so many posts, by so many persons, are likelier to be percent. Where the persons are not known, only what no
/// profession at one centre reaches, and from 20 the round figures that percentages are; from 10 where a column beside
/// shows that this respondent writes percent.
fn looks_like_percent(posts: Number, persons: Option<Number>, beside: bool) -> bool {
    if let Some(persons) = persons {
        posts >= Number::whole(5) && (shared(posts, persons) || could_be_each(posts, persons))
    } else {
        let round = posts.millionths() % (5 * Number::SCALE) == 0;
        let least = Number::whole(if beside { 10 } else { 20 });
        posts >= Number::whole(40) || (round && posts >= least)
    }
}

/// At least ten percent for each person.
fn shared(percent: Number, persons: Number) -> bool {
    percent.millionths() >= persons.millionths().saturating_mul(10)
}

/// An employment rate for each of several: 75 beside twelve nurses. Fewer than three posts per person may as well be
/// persons and posts swapped.
fn could_be_each(percent: Number, persons: Number) -> bool {
    persons >= Number::whole(2)
        && percent >= Number::whole(40)
        && percent <= Number::whole(100)
        && percent.millionths() >= persons.millionths().saturating_mul(3)
}
