//! One centre's answer with what to decide.

use leptos::prelude::*;
use survey::{
    answers::Number,
    cleaning::{Cleaned, Raw, RuleSet},
    dictionary::Dictionary,
    instrument::Instrument,
};

use super::{
    CleaningPaths, EffectShown, ListFilter,
    decisions::DecisionLine,
    form::{CaseForm, Press, Preview},
    numbers::number as written,
};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, done, summary},
        register::{
            tables::{Cell, facts},
            unit_path,
        },
    },
};

pub struct CasePage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
    pub unit_key: &'a str,
    pub unit_name: &'a str,
    pub region: &'a str,
    pub submitted: &'a str,
    /// The chief has the answers open again.
    pub reopened: bool,
    pub edition: u32,
    pub cleaned_at: &'a str,
    pub version: &'a str,
    pub instrument: &'a Instrument,
    pub dictionary: &'a Dictionary,
    pub rules: &'a RuleSet,
    pub raw: &'a Raw,
    pub cleaned: &'a Cleaned,
    /// The register's facts: label and value.
    pub register: &'a [(String, String)],
    /// By query and alternative.
    pub effects: &'a [Vec<Vec<EffectShown>>],
    pub earlier: &'a [Earlier<'a>],
    pub decisions: &'a [DecisionLine],
    /// When the chief was written to.
    pub letters: &'a [String],
    pub may_decide: bool,
    /// The variable that a value of the editor's own is for; empty or unknown: none is chosen yet.
    pub value: &'a str,
    pub form: Option<&'a CaseForm>,
    /// Of values of the editor's own.
    pub previews: &'a [Preview],
    pub faults: &'a [Fault],
    pub stale: Option<&'a Stale>,
    pub told: Option<&'a str>,
    /// What the editor has chosen of the list.
    pub list: &'a ListFilter,
    /// From 1: where the case stands on the list, or stood before it was settled.
    pub place: usize,
    pub next: Next,
}

/// What the same centre's answer came to in an earlier round.
pub struct Earlier<'a> {
    pub round: &'a str,
    pub instrument: &'a Instrument,
    pub cleaned: &'a Cleaned,
}

/// The case had changed since its editor looked.
pub struct Stale {
    /// What others decided meanwhile.
    pub decisions: Vec<DecisionLine>,
    /// The chief handed in again.
    pub submitted_again: bool,
    /// What this editor had chosen, in words.
    pub chosen: Vec<String>,
    /// What was wanted was to take a decision back.
    pub undoing: bool,
}

/// What comes after the case on the list.
pub enum Next {
    Case {
        unit_key: String,
        unit_name: String,
        /// On the list, from 1.
        place: usize,
        /// The identity of the question that stands there.
        query: String,
    },
    /// There are others, before it.
    Last,
    Nothing,
}

impl CasePage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.cleaning;
        let paths = CleaningPaths(self.round);
        let title = fill(&words.of_round, &[("centre", self.unit_name)]);
        let to_list = paths.list_at(self.list);
        let main = view! {
            {summary(self.frame, self.faults)}
            {self.told.map(done)}
            <p class="back"><a href=to_list>{words.back.clone()}</a></p>
            <h1>{title.clone()}</h1>
            {self.stale.map(|stale| self.stale(stale))}
            {self.head()}
            {self.to_fill_in()}
            {self.decided()}
            {self.ledger()}
        };
        if self.faults.is_empty() && self.stale.is_none() {
            self.frame.document(&title, Current::Cleaning, main)
        } else {
            self.frame.faulty_document(&title, Current::Cleaning, main)
        }
    }

    /// All that can be decided in one form: whatever button is pressed, nothing that is filled in is lost.
    fn to_fill_in(&self) -> AnyView {
        let all = view! { {self.queries()}{self.onward()}{self.answers()} };
        if !self.may_decide {
            return all.into_any();
        }
        view! {
            <form method="post" action=self.action() class="decide">
                <input type="hidden" name="utgava" value=self.edition.to_string()/>
                {all}
                {self.own_form()}
            </form>
        }
        .into_any()
    }

    fn action(&self) -> String {
        let decide = CleaningPaths(self.round).decide(self.unit_key);
        format!("{decide}?{}", self.kept())
    }

    /// A button that sends the form and saves nothing.
    pub(super) fn without_saving(&self, press: Press, label: &str) -> AnyView {
        // What is looked at takes the focus itself, which an address that leads to a place would prevent.
        let action = match press {
            Press::Choose => Some(format!("{}#egen", self.action())),
            Press::Look | Press::Save => None,
        };
        view! {
            <button class="b2" name=Press::FIELD value=press.key() formaction=action>{label.to_owned()}</button>
        }
        .into_any()
    }

    /// What an address must say for the editor to stay at the same place of the same list.
    pub(super) fn kept(&self) -> String {
        self.list.with_place(self.place)
    }

    fn head(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let mut pairs = vec![
            (words.round.clone(), Cell::from(self.round)),
            (words.region.clone(), Cell::from(self.region)),
            (words.submitted.clone(), Cell::from(self.submitted)),
        ];
        pairs.extend(
            self.register
                .iter()
                .map(|(label, value)| (label.clone(), Cell::from(value.clone()))),
        );
        let reopened = self
            .reopened
            .then(|| view! { <p class="note">{words.reopened.clone()}</p> });
        let edition = fill(
            &words.edition,
            &[
                ("number", &self.edition.to_string()),
                ("when", self.cleaned_at),
                ("version", self.version),
            ],
        );
        let letters = (!self.letters.is_empty()).then(|| {
            let said = fill(
                &words.letters_written,
                &[("when", &self.letters.join(", "))],
            );
            view! { <p>{said}</p> }
        });
        let letter = self.may_decide.then(|| {
            let path = CleaningPaths(self.round).letter(self.unit_key);
            let path = format!("{path}?{}", self.kept());
            view! { " · " <a href=path>{words.to_letter.clone()}</a> }
        });
        view! {
            {reopened}
            <h2>{words.register_title.clone()}</h2>
            {facts(pairs)}
            <p class="h">{edition}</p>
            {letters}
            <p><a href=unit_path(self.unit_key)>{words.to_register.clone()}</a>{letter}</p>
        }
        .into_any()
    }

    fn queries(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        if self.cleaned.queries.is_empty() {
            return view! {
                <h2 id="fragor">{words.queries_title.clone()}</h2>
                <p class="empty">{words.queries_none.clone()}</p>
            }
            .into_any();
        }
        let queries: Vec<_> = self
            .cleaned
            .queries
            .iter()
            .enumerate()
            .map(|(place, query)| self.query(place, query))
            .collect();
        let heading = format!("{} ({})", words.queries_title, queries.len());
        let lead = if self.may_decide {
            &words.queries_lead
        } else {
            &words.read_only
        };
        view! {
            <h2 id="fragor">{heading}</h2>
            <p>{lead.clone()}</p>
            {queries}
            {self.may_decide.then(|| self.save())}
        }
        .into_any()
    }

    fn save(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let several = self.cleaned.queries.len() > 1;
        let label = if several {
            &words.decide_all
        } else {
            &words.decide
        };
        let hint = several.then(|| view! { <p class="h">{words.decide_hint.clone()}</p> });
        view! {
            {hint}
            <p class="go">
                <button>{label.clone()}</button>
                {self.without_saving(Press::Look, &words.own_look)}
            </p>
        }
        .into_any()
    }

    fn onward(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        match &self.next {
            Next::Case {
                unit_key,
                unit_name,
                place,
                query,
            } => {
                let path = CleaningPaths(self.round).question(unit_key, self.list, *place, query);
                let label = fill(&words.next, &[("centre", unit_name)]);
                view! { <p><a href=path rel="next">{label}</a></p> }.into_any()
            }
            Next::Last => view! { <p>{words.next_none.clone()}</p> }.into_any(),
            Next::Nothing => view! { <p>{words.next_empty.clone()}</p> }.into_any(),
        }
    }

    fn stale(&self, stale: &Stale) -> AnyView {
        let words = &self.frame.words.cleaning;
        let lines: Vec<_> = stale
            .decisions
            .iter()
            .map(|line| {
                let by = fill(
                    &words.decided_by,
                    &[("who", &line.who), ("when", &line.when)],
                );
                let about = (!line.about.is_empty()).then(|| format!("{}: ", line.about));
                view! { <li>{about}{line.what.clone()}" ("{by}")"</li> }
            })
            .collect();
        let again = stale
            .submitted_again
            .then(|| view! { <p>{words.stale_submission.clone()}</p> });
        let chosen: Vec<_> = stale
            .chosen
            .iter()
            .map(|text| view! { <li>{text.clone()}</li> })
            .collect();
        let kept = if self.cleaned.queries.is_empty() {
            &words.stale_settled
        } else {
            &words.stale_kept
        };
        let kept = (!stale.undoing).then(|| view! { <p>{kept.clone()}</p> });
        view! {
            <div class="sum-e" role="alert" tabindex="-1" id="andrat" autofocus>
                <h2>{words.stale_title.clone()}</h2>
                <p>{words.stale_lead.clone()}</p>
                {again}
                <ul>{lines}</ul>
                <p>{words.stale_chosen.clone()}</p>
                <ul>{chosen}</ul>
                {kept}
            </div>
        }
        .into_any()
    }

    /// What tells the variable from the others: column and row.
    pub(super) fn label(&self, variable: &str) -> String {
        self.dictionary.item(variable).map_or_else(
            || variable.to_owned(),
            |item| item.label.get(self.frame.language).to_owned(),
        )
    }

    /// An option in its own words.
    pub(super) fn chosen(&self, variable: &str, key: &str) -> String {
        let item = self.dictionary.item(variable);
        item.and_then(|item| item.option(key)).map_or_else(
            || key.to_owned(),
            |label| label.get(self.frame.language).to_owned(),
        )
    }

    pub(super) fn typed(&self, variable: &str) -> &str {
        self.instrument
            .place_of(variable)
            .map_or("", |place| self.raw.typed(place))
            .trim()
    }

    pub(super) fn rule_name(&self, rule: &str) -> String {
        rule_name(self.frame, self.rules, rule)
    }

    pub(super) fn number(&self, number: Number) -> String {
        written(number, self.frame.language)
    }
}

/// What editors call the rule.
pub fn rule_name(frame: &StaffFrame<'_>, rules: &RuleSet, rule: &str) -> String {
    match rules.rule(rule) {
        Some(known) => known.name.get(frame.language).to_owned(),
        None if rule == "decision" || rule.is_empty() => frame.words.cleaning.editor_rule.clone(),
        None => gate_name(frame, rules, rule).unwrap_or_else(|| rule.to_owned()),
    }
}

/// What the two ends of a contradiction are called: the numbers hold, or the answer that says that there are none.
fn gate_name(frame: &StaffFrame<'_>, rules: &RuleSet, alternative: &str) -> Option<String> {
    let words = &frame.words.cleaning;
    let ends = [("_open", &words.gate_open), ("_closed", &words.gate_closed)];
    ends.into_iter().find_map(|(end, name)| {
        let rule = alternative.strip_suffix(end)?;
        rules.rule(rule).map(|_| name.clone())
    })
}
