//! One question: why it is asked, what may be meant, and what to choose.

use leptos::prelude::*;
use survey::cleaning::{Query, Urgency};

use super::{
    CleaningWords,
    address::anchor,
    alternative::MOST_SHOWN,
    case::CasePage,
    form::{Preview, QueryForm, field_of, query_of, reason_of, sure_field, value_of},
};
use crate::{
    fill,
    staff::form::{Input, textarea},
};

impl CasePage<'_> {
    pub(super) fn query(&self, place: usize, query: &Query) -> AnyView {
        let words = &self.frame.words.cleaning;
        let id = anchor(&query.id);
        let number = place + 1;
        let heading = fill(
            &words.query_number,
            &[
                ("number", &number.to_string()),
                ("rule", &self.rule_name(&query.rule)),
                (
                    "what",
                    &about(words, query, |variable| self.label(variable)),
                ),
            ],
        );
        let evidence = self
            .rules
            .sentence(&query.rule, &query.evidence, self.frame.language);
        let answer = if self.may_decide {
            self.choices(number, query)
        } else {
            self.list_of_alternatives(place, query)
        };
        view! {
            <section class="box wide-box" id=id.clone() aria-labelledby=format!("{id}-h")>
                <h3 id=format!("{id}-h")>{heading}</h3>
                <p>{evidence}</p>
                {self.in_question(query)}
                {self.confirmation(query)}
                <p class="h">{self.standing(query)}</p>
                {answer}
            </section>
        }
        .into_any()
    }

    /// Whether the values count as long as nobody has decided.
    fn standing(&self, query: &Query) -> String {
        let words = &self.frame.words.cleaning;
        let is_missing = query.variables.iter().all(|variable| {
            self.cleaned
                .value(self.instrument, variable)
                .is_none_or(|value| value.number.is_none() && value.text.is_none())
        });
        match query.urgency {
            _ if is_missing => words.query_missing.clone(),
            Urgency::Hard => words.query_hard.clone(),
            Urgency::Soft => words.query_soft.clone(),
        }
    }

    /// What stands there, as typed.
    fn in_question(&self, query: &Query) -> AnyView {
        let words = &self.frame.words.cleaning;
        let items: Vec<_> = query
            .variables
            .iter()
            .map(|variable| {
                let typed = self.typed_in_words(variable);
                let typed = if typed.is_empty() {
                    words.blank.clone()
                } else {
                    fill(&words.quoted, &[("text", &typed)])
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
        let said: Vec<_> = query
            .variables
            .iter()
            .filter_map(|variable| self.raw.stands_by(self.instrument, variable))
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

    fn choices(&self, number: usize, query: &Query) -> AnyView {
        let words = &self.frame.words.cleaning;
        let filled_in = self.form.and_then(|form| form.of(&query.id));
        let chosen = filled_in.map_or("", |form| form.choice.as_str());
        let is_own = filled_in.is_some_and(QueryForm::is_own);
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
                            <span>{self.alternative_name(alternative, query)}</span>
                        </label>
                        <div class="said" id=format!("{id}-d")>{said}</div>
                    </div>
                }
            })
            .collect();
        let own = format!("{field}-egna");
        let legend = fill(&words.alternatives, &[("number", &number.to_string())]);
        view! {
            <input type="hidden" name=query_of(number) value=query.id.clone()/>
            <fieldset aria-describedby=described>
                <legend>{legend}</legend>
                {error}
                {options}
                <div class="alternative">
                    <label class="c" for=own.clone()>
                        <input type="radio" id=own.clone() name=field.clone() value=QueryForm::OWN checked=is_own/>
                        <span>{words.own_values.clone()}</span>
                    </label>
                    {self.own_values(number, query, filled_in)}
                </div>
            </fieldset>
            {self.reason(number, filled_in)}
        }
        .into_any()
    }

    fn reason(&self, number: usize, filled_in: Option<&QueryForm>) -> AnyView {
        let words = &self.frame.words.cleaning;
        let name = reason_of(number);
        let label = fill(&words.reason_of, &[("number", &number.to_string())]);
        let reason = Input {
            name: &name,
            label: &label,
            hint: &words.reason_hint,
            value: filled_in.map_or("", |form| form.reason.as_str()),
            ..Input::default()
        };
        textarea(&reason, 2, self.faults)
    }

    fn own_values(&self, number: usize, query: &Query, filled_in: Option<&QueryForm>) -> AnyView {
        let words = &self.frame.words.cleaning;
        let fields: Vec<_> = query
            .variables
            .iter()
            .filter(|variable| self.may_be_given(variable))
            .map(|variable| {
                let name = value_of(number, variable);
                let value = filled_in
                    .and_then(|form| form.values.get(variable))
                    .map_or("", String::as_str);
                let label = fill(&words.own_value, &[("what", &self.label(variable))]);
                self.value_field(variable, &name, &label, "", value)
            })
            .collect();
        let open = filled_in.is_some_and(|form| form.is_own() || form.typed().next().is_some());
        view! {
            <details class="said" open=open>
                <summary>{words.own_values_hint.clone()}</summary>
                {fields}
            </details>
            {self.preview(number, &query.id, filled_in)}
        }
        .into_any()
    }

    /// What the editor's own values would do, and what the rules hold against them.
    pub(super) fn preview(
        &self,
        number: usize,
        query: &str,
        filled_in: Option<&QueryForm>,
    ) -> Option<AnyView> {
        let words = &self.frame.words.cleaning;
        let preview = self.previews.iter().find(|one| one.query == query)?;
        let doubts = (!preview.doubts.is_empty()).then(|| self.doubts(number, preview, filled_in));
        Some(
            view! {
                <div class="said" id=format!("verkan-{number}") tabindex="-1" autofocus=self.faults.is_empty()>
                    <p><strong>{words.own_effect.clone()}</strong></p>
                    {self.effects_said(&preview.effects)}
                    {doubts}
                </div>
            }
            .into_any(),
        )
    }

    fn doubts(&self, number: usize, preview: &Preview, filled_in: Option<&QueryForm>) -> AnyView {
        let words = &self.frame.words.cleaning;
        let name = sure_field(number);
        let wrong = self.faults.iter().find(|fault| fault.field == name);
        let error = wrong.map(|fault| {
            view! { <p class="e" id=format!("{name}-e")>{fault.text.clone()}</p> }
        });
        let said: Vec<_> = preview
            .doubts
            .iter()
            .map(|doubt| view! { <li>{doubt.clone()}</li> })
            .collect();
        let is_sure = filled_in.is_some_and(|form| form.sure == preview.sure);
        view! {
            <div class="note">
                <p><strong>{words.doubts.clone()}</strong></p>
                <ul>{said}</ul>
                {error}
                <label class="c" for=name.clone()>
                    <input type="checkbox" id=name.clone() name=name.clone() value=preview.sure.clone() checked=is_sure
                        aria-invalid=wrong.map(|_| "true") aria-describedby=wrong.map(|_| format!("{name}-e"))/>
                    <span>{words.doubts_sure.clone()}</span>
                </label>
            </div>
        }
        .into_any()
    }

    fn list_of_alternatives(&self, place: usize, query: &Query) -> AnyView {
        let words = &self.frame.words.cleaning;
        let number = (place + 1).to_string();
        let items: Vec<_> = query
            .alternatives
            .iter()
            .enumerate()
            .map(|(number, alternative)| {
                let said = self.alternative(place, number, query, alternative);
                view! { <li><p><strong>{self.alternative_name(alternative, query)}</strong></p>{said}</li> }
            })
            .collect();
        view! {
            <h4>{fill(&words.alternatives, &[("number", &number)])}</h4>
            <ul class="plain">{items}</ul>
        }
        .into_any()
    }
}

/// What a question is about, so that several of one rule are told apart: the first value by its label, and how many there are
/// besides.
pub fn about(words: &CleaningWords, query: &Query, label: impl Fn(&str) -> String) -> String {
    let what = label(query.variables.first().map_or("", String::as_str));
    match query.variables.len() {
        0 | 1 => what,
        several => fill(
            &words.query_and_more,
            &[("what", &what), ("count", &(several - 1).to_string())],
        ),
    }
}
