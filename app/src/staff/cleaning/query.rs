//! One query with what may be meant, and the form that answers it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use survey::{
    cleaning::{Alternative, Change, Query, Urgency},
    statistics::Share,
};

use super::{CleaningPaths, address::anchor, case::CasePage, left::lower, numbers::share};
use crate::{
    fill,
    staff::form::{Input, textarea},
};

/// What an alternative would do to one total.
#[derive(Clone, Debug)]
pub struct EffectShown {
    pub total: String,
    /// With its sign, as a reader writes it.
    pub change: String,
    pub country: Option<Share>,
    pub region: Option<Share>,
    /// The row that moves most, of the country's.
    pub row: Option<(String, Share)>,
}

/// What an editor had chosen when the page could not take it.
#[derive(Clone, Debug, Default)]
pub struct QueryForm {
    /// The query's identity; empty where the form was that of an unasked value.
    pub query: String,
    /// The chosen alternative, or [`QueryForm::OWN`].
    pub choice: String,
    /// Typed values by variable.
    pub values: BTreeMap<String, String>,
    pub reason: String,
}

impl QueryForm {
    /// Stands for values of the editor's own.
    pub const OWN: &str = "egna";
}

/// The name of the field for the choice in the form of the query at this place, from 1; 0 is the form for an unasked value.
pub fn field_of(place: usize) -> String {
    format!("val-{place}")
}

pub fn reason_of(place: usize) -> String {
    format!("skal-{place}")
}

pub fn value_of(place: usize, variable: &str) -> String {
    format!("varde-{place}-{variable}")
}

/// With more changes than this they are folded away.
const MOST_SHOWN: usize = 6;

impl CasePage<'_> {
    pub(super) fn query(&self, place: usize, query: &Query) -> AnyView {
        let words = &self.frame.words.cleaning;
        let id = anchor(&query.id);
        let number = place + 1;
        let name = self.rule_name(&query.rule);
        let heading = fill(
            &words.query_number,
            &[("number", &number.to_string()), ("rule", &name)],
        );
        let urgency = match query.urgency {
            Urgency::Hard => &words.query_hard,
            Urgency::Soft => &words.query_soft,
        };
        let evidence = self
            .rules
            .sentence(&query.rule, &query.evidence, self.frame.language);
        let answer = if self.may_decide {
            self.form(number, query)
        } else {
            self.list_of_alternatives(place, query)
        };
        view! {
            <section class="box wide-box" id=id.clone() aria-labelledby=format!("{id}-h")>
                <h3 id=format!("{id}-h")>{heading}</h3>
                <p>{evidence}</p>
                {self.in_question(query)}
                {self.confirmation(query)}
                <p class="h">{urgency.clone()}</p>
                {answer}
            </section>
        }
        .into_any()
    }

    /// What stands there, as typed.
    fn in_question(&self, query: &Query) -> AnyView {
        let words = &self.frame.words.cleaning;
        let items: Vec<_> = query
            .variables
            .iter()
            .map(|variable| {
                let typed = self.typed(variable);
                let typed = if typed.is_empty() {
                    words.blank.clone()
                } else {
                    format!("”{typed}”")
                };
                view! { <li>{format!("{}: {typed}", self.label(variable))}</li> }
            })
            .collect();
        if items.len() > MOST_SHOWN {
            let label = format!("{} ({})", words.typed, items.len());
            view! { <details><summary>{label}</summary><ul>{items}</ul></details> }.into_any()
        } else {
            view! { <p>{words.typed.clone()}":"</p><ul>{items}</ul> }.into_any()
        }
    }

    /// What the chief said "Stämmer" to among the variables in question.
    fn confirmation(&self, query: &Query) -> Option<AnyView> {
        let words = &self.frame.words.cleaning;
        let said: Vec<_> = self
            .raw
            .confirmations
            .iter()
            .filter(|one| {
                query.variables.contains(&one.confirmed.scope)
                    && self.still_stands(&one.confirmed.about)
            })
            .map(|one| {
                let text = if one.reason.is_empty() {
                    &words.confirmed_bare
                } else {
                    &words.confirmed_reason
                };
                let what = self.label(&one.confirmed.scope);
                let text = fill(text, &[("what", &what), ("reason", &one.reason)]);
                view! { <p>{text}</p> }
            })
            .collect();
        (!said.is_empty()).then(|| {
            view! { <div class="note"><p><strong>{words.confirmed.clone()}</strong></p>{said}</div> }
                .into_any()
        })
    }

    fn form(&self, number: usize, query: &Query) -> AnyView {
        let words = &self.frame.words.cleaning;
        let typed = self.form.filter(|form| form.query == query.id);
        let chosen = typed.map_or("", |form| form.choice.as_str());
        let field = field_of(number);
        let wrong: Vec<_> = self
            .faults
            .iter()
            .filter(|fault| fault.field == field)
            .map(|fault| fault.text.clone())
            .collect();
        let described = (!wrong.is_empty()).then(|| format!("{field}-e"));
        let error = (!wrong.is_empty()).then(|| {
            view! { <p class="e" id=format!("{field}-e")>{wrong.join(" ")}</p> }
        });
        let options: Vec<_> = query
            .alternatives
            .iter()
            .enumerate()
            .map(|(place, alternative)| {
                let said = self.alternative(number - 1, place, query, alternative);
                // The first carries the id that a fault's link leads to.
                let id = if place == 0 {
                    field.clone()
                } else {
                    format!("{field}-{place}")
                };
                view! {
                    <div class="alternative">
                        <label class="c" for=id.clone()>
                            <input type="radio" id=id.clone() name=field.clone() value=alternative.id.clone()
                                checked=chosen == alternative.id aria-describedby=format!("{id}-d")/>
                            <span>{self.alternative_name(alternative, query.alternatives.len() == 1)}</span>
                        </label>
                        <div class="said" id=format!("{id}-d")>{said}</div>
                    </div>
                }
            })
            .collect();
        let own = format!("{field}-egna");
        let reason = reason_of(number);
        let given = typed.map_or("", |form| form.reason.as_str());
        let reason = Input {
            name: &reason,
            label: &words.reason,
            hint: &words.reason_hint,
            value: given,
            ..Input::default()
        };
        view! {
            <form method="post" action=CleaningPaths(self.round).decide(self.unit_key) class="decide">
                <input type="hidden" name="utgava" value=self.edition.to_string()/>
                <input type="hidden" name="plats" value=number.to_string()/>
                <input type="hidden" name="fraga" value=query.id.clone()/>
                <fieldset aria-describedby=described>
                    <legend>{words.alternatives.clone()}</legend>
                    {error}
                    {options}
                    <div class="alternative">
                        <label class="c" for=own.clone()>
                            <input type="radio" id=own.clone() name=field.clone() value=QueryForm::OWN
                                checked=chosen == QueryForm::OWN/>
                            <span>{words.own_values.clone()}</span>
                        </label>
                        {self.own_values(number, query, typed)}
                    </div>
                </fieldset>
                {textarea(&reason, 2, self.faults)}
                <p class="go"><button>{words.decide.clone()}</button></p>
            </form>
        }
        .into_any()
    }

    fn own_values(&self, number: usize, query: &Query, typed: Option<&QueryForm>) -> AnyView {
        let words = &self.frame.words.cleaning;
        let fields: Vec<_> = query
            .variables
            .iter()
            .filter(|variable| self.may_be_given(variable))
            .map(|variable| {
                let name = value_of(number, variable);
                let value = typed
                    .and_then(|form| form.values.get(variable))
                    .map_or("", String::as_str);
                let label = fill(&words.own_value, &[("what", &self.label(variable))]);
                self.value_field(variable, &name, &label, "", value)
            })
            .collect();
        let open = typed.is_some_and(|form| form.choice == QueryForm::OWN);
        view! {
            <details class="said" open=open>
                <summary>{words.own_values_hint.clone()}</summary>
                {fields}
            </details>
        }
        .into_any()
    }

    fn list_of_alternatives(&self, place: usize, query: &Query) -> AnyView {
        let words = &self.frame.words.cleaning;
        let items: Vec<_> = query
            .alternatives
            .iter()
            .enumerate()
            .map(|(number, alternative)| {
                let said = self.alternative(place, number, query, alternative);
                view! { <li><p><strong>{self.alternative_name(alternative, query.alternatives.len() == 1)}</strong></p>{said}</li> }
            })
            .collect();
        view! {
            <h4>{words.alternatives.clone()}</h4>
            <ul class="plain">{items}</ul>
            <p class="h">{words.read_only.clone()}</p>
        }
        .into_any()
    }

    /// How plausible it is stands there where there are several to choose from.
    fn alternative_name(&self, alternative: &Alternative, alone: bool) -> String {
        let words = &self.frame.words.cleaning;
        let name = match alternative.id.as_str() {
            Alternative::AS_TYPED => words.as_typed.clone(),
            Alternative::UNKNOWN => words.unknown.clone(),
            rule => self.rule_name(rule),
        };
        if alone {
            return name;
        }
        let plausibility = alternative.plausibility.to_string();
        fill(
            &words.plausibility,
            &[("alternative", &name), ("percent", &plausibility)],
        )
    }

    /// What the alternative makes of the values, and what that does to the totals.
    fn alternative(
        &self,
        query_place: usize,
        place: usize,
        query: &Query,
        alternative: &Alternative,
    ) -> AnyView {
        let words = &self.frame.words.cleaning;
        let changes: Vec<_> = alternative
            .changes
            .iter()
            .map(|change| view! { <li>{self.change(change)}</li> })
            .collect();
        let changes = if changes.is_empty() {
            view! { <p>{words.changes_none.clone()}</p> }.into_any()
        } else if changes.len() > MOST_SHOWN && query.variables.len() > MOST_SHOWN {
            let label = fill(&words.changes, &[("count", &changes.len().to_string())]);
            view! { <details><summary>{label}</summary><ul>{changes}</ul></details> }.into_any()
        } else {
            view! { <ul>{changes}</ul> }.into_any()
        };
        let effects = self
            .effects
            .get(query_place)
            .and_then(|of_query| of_query.get(place))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let effects = if effects.is_empty() {
            view! { <p>{words.effect_none.clone()}</p> }.into_any()
        } else {
            let lines: Vec<_> = effects
                .iter()
                .map(|effect| view! { <p>{self.effect(effect)}</p> })
                .collect();
            lines.into_any()
        };
        view! { {changes}{effects} }.into_any()
    }

    fn change(&self, change: &Change) -> String {
        let words = &self.frame.words.cleaning;
        let to = match (&change.text, change.to) {
            (Some(option), _) => self.chosen(&change.variable, option),
            (None, Some(number)) => self.number(number),
            (None, None) => words.missing.clone(),
        };
        let typed = self.typed(&change.variable);
        let from = if typed.is_empty() {
            words.blank.clone()
        } else {
            typed.to_owned()
        };
        let label = self.label(&change.variable);
        fill(
            &words.change,
            &[("what", &label), ("from", &from), ("to", &to)],
        )
    }

    fn effect(&self, effect: &EffectShown) -> String {
        let words = &self.frame.words.cleaning;
        let part = |text: &str, moved: Option<Share>| {
            moved.map(|moved| fill(text, &[("share", &share(moved, self.frame.language))]))
        };
        let row = effect.row.as_ref().map(|(row, moved)| {
            let moved = share(*moved, self.frame.language);
            fill(
                &words.effect_row_says,
                &[("share", &moved), ("row", &lower(row))],
            )
        });
        let parts: Vec<String> = [
            part(&words.effect_country_says, effect.country),
            part(&words.effect_region_says, effect.region),
            row,
        ]
        .into_iter()
        .flatten()
        .collect();
        fill(
            &words.effect,
            &[
                ("total", &lower(&effect.total)),
                ("change", &effect.change),
                ("shares", &parts.join(", ")),
            ],
        )
    }
}
