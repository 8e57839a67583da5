//! Decisions in words.

use app::{
    fill,
    staff::cleaning::{
        DecisionLine, EffectShown, Preview, Standing, amount, number as written, sure_of,
    },
};
use survey::{
    answers::Number,
    cleaning::{Change, Choice, Doubt, Query, Unfit},
    dictionary::Dictionary,
    statistics::{Unit, effects},
};

use super::{AskedCase, intent::OwnValues, list::unfit_of, ranking::OpenQuestions};
use crate::{cleaning::Ready, storage::Earlier, web::staff::StaffVisit};

/// What was chosen.
pub(super) fn choice(
    visit: &StaffVisit,
    ready: &Ready,
    dictionary: &Dictionary,
    decision: &Earlier,
) -> String {
    let words = &visit.frame().words.cleaning;
    if let Some(undoes) = decision.undoes {
        return fill(&words.did_undo, &[("number", &undoes.to_string())]);
    }
    match &decision.body.choice {
        None | Some(Choice::Keep) => words.did_keep.clone(),
        Some(Choice::Alternative { id, changes }) => {
            let name = if id == survey::cleaning::Alternative::UNKNOWN {
                words.unknown.clone()
            } else {
                visit.rule_named(ready, id)
            };
            let changes = changed(visit, dictionary, changes);
            fill(
                &words.did_alternative,
                &[("alternative", &name), ("changes", &changes)],
            )
        }
        Some(Choice::Values(changes)) => {
            let changes = changed(visit, dictionary, changes);
            fill(&words.did_values, &[("changes", &changes)])
        }
    }
}

pub(super) fn changed(visit: &StaffVisit, dictionary: &Dictionary, changes: &[Change]) -> String {
    let parts: Vec<String> = changes
        .iter()
        .map(|change| {
            let label = label(visit, dictionary, &change.variable);
            format!("{label} {}", to(visit, dictionary, change))
        })
        .collect();
    // Labels and Swedish numbers have commas in them.
    parts.join("; ")
}

/// Why a decision does not fit.
pub(super) fn unfit(visit: &StaffVisit, dictionary: &Dictionary, unfit: &Unfit) -> String {
    let words = &visit.frame().words.cleaning;
    let (text, variable) = match unfit {
        Unfit::TypedSince { variable, .. } => (&words.unfit_typed_since, variable),
        Unfit::UnknownVariable { variable, .. } => (&words.unfit_unknown, variable),
        Unfit::Forbidden { variable, .. } => (&words.unfit_forbidden, variable),
    };
    fill(text, &[("what", &label(visit, dictionary, variable))])
}

/// Every decision about a case, the latest last.
pub(super) fn lines(
    visit: &StaffVisit,
    ready: &Ready,
    dictionary: &Dictionary,
    decisions: &[Earlier],
    unfit_ones: &[Unfit],
) -> Vec<DecisionLine> {
    decisions
        .iter()
        .map(|decision| {
            let undone = decisions
                .iter()
                .any(|other| other.undoes == Some(decision.number));
            let standing = match unfit_of(unfit_ones, decision.number) {
                _ if decision.undoes.is_some() => Standing::Final,
                _ if undone => Standing::TakenBack,
                Some(why) => Standing::Unfit(unfit(visit, dictionary, why)),
                None => Standing::Holds,
            };
            let what = choice(visit, ready, dictionary, decision);
            let rule = &decision.body.rule;
            let about = visit.rule_named(ready, rule);
            DecisionLine {
                number: decision.number,
                // An alternative that has the name of what was asked says it itself.
                about: if rule.is_empty() || what.starts_with(&about) {
                    String::new()
                } else {
                    about
                },
                what,
                reason: decision.reason.clone(),
                overruled: doubts_said(visit, ready, &decision.body.doubts),
                who: decision.actor.clone(),
                when: visit.moment(decision.at),
                standing,
            }
        })
        .collect()
}

/// What each alternative of each query would do to the totals.
pub(super) fn effects_of(
    visit: &StaffVisit,
    open: &OpenQuestions,
    unit: &Unit<'_>,
    queries: &[Query],
) -> Vec<Vec<Vec<EffectShown>>> {
    queries
        .iter()
        .map(|query| {
            query
                .alternatives
                .iter()
                .map(|one| moved(visit, open, unit, &query.variables, &one.changes))
                .collect()
        })
        .collect()
}

/// What values of the editor's own would do, and what speaks against them.
pub(super) fn preview(
    visit: &StaffVisit,
    ready: &Ready,
    open: &OpenQuestions,
    unit: &Unit<'_>,
    own: &OwnValues,
) -> Preview {
    Preview {
        query: own.query.clone(),
        effects: moved(visit, open, unit, &own.variables, &own.changes),
        doubts: doubts_said(visit, ready, &own.doubts),
        sure: sure_of(&own.changes),
    }
}

fn doubts_said(visit: &StaffVisit, ready: &Ready, doubts: &[Doubt]) -> Vec<String> {
    let said = |doubt: &Doubt| {
        let rules = &ready.rules;
        let sentence = rules.sentence(&doubt.rule, &doubt.evidence, visit.language);
        format!("{}: {sentence}", visit.rule_named(ready, &doubt.rule))
    };
    doubts.iter().map(said).collect()
}

fn moved(
    visit: &StaffVisit,
    open: &OpenQuestions,
    unit: &Unit<'_>,
    variables: &[String],
    changes: &[Change],
) -> Vec<EffectShown> {
    let shown = |effect: survey::statistics::Effect| {
        let plus = if effect.change > 0 { "+" } else { "" };
        EffectShown {
            total: open.totals.list[effect.total]
                .label
                .get(visit.language)
                .to_owned(),
            change: format!("{plus}{}", amount(effect.change, visit.language)),
            country: effect.country,
            region: effect.region,
            row: effect.row.and_then(|row| {
                let cell = open.totals.list[effect.total].cells.get(row.figure.cell?)?;
                Some((cell.label.get(visit.language).to_owned(), row.share))
            }),
        }
    };
    effects(&open.totals, &open.sums, unit, variables, changes)
        .into_iter()
        .map(shown)
        .collect()
}

/// What a change makes of its variable.
pub(super) fn value(visit: &StaffVisit, asked: &AskedCase, change: &Change) -> String {
    to(visit, &Dictionary::of(&asked.ready.instrument), change)
}

fn to(visit: &StaffVisit, dictionary: &Dictionary, change: &Change) -> String {
    match (&change.text, change.to) {
        (Some(option), _) => option_named(visit, dictionary, &change.variable, option),
        (None, Some(to)) => number(visit, to),
        (None, None) => visit.frame().words.cleaning.missing.clone(),
    }
}

pub(super) fn label(visit: &StaffVisit, dictionary: &Dictionary, variable: &str) -> String {
    dictionary.item(variable).map_or_else(
        || variable.to_owned(),
        |item| item.label.get(visit.language).to_owned(),
    )
}

/// An option in its own words.
fn option_named(
    visit: &StaffVisit,
    dictionary: &Dictionary,
    variable: &str,
    option: &str,
) -> String {
    let label = dictionary
        .item(variable)
        .and_then(|item| item.option(option));
    label.map_or_else(
        || option.to_owned(),
        |label| label.get(visit.language).to_owned(),
    )
}

pub(super) fn number(visit: &StaffVisit, number: Number) -> String {
    written(number, visit.language)
}
