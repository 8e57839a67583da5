//! The whole answer: as typed, and as cleaned.

use leptos::prelude::*;
use survey::{
    cleaning::{Reason, Status, Value},
    instrument::{Body, MatrixRow, NumberMatrix, Question, Section, Variable, VariableKind},
    submission::State,
};

use super::{case::CasePage, keyed};
use crate::fill;

impl CasePage<'_> {
    pub(super) fn answers(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let sections: Vec<_> = self
            .instrument
            .sections
            .iter()
            .enumerate()
            .map(|(place, section)| self.section(place, section))
            .collect();
        view! {
            <h2 id="svaret">{words.answers_title.clone()}</h2>
            <p>{words.answers_lead.clone()}</p>
            {sections}
        }
        .into_any()
    }

    fn section(&self, place: usize, section: &Section) -> Option<AnyView> {
        let questions: Vec<AnyView> = section
            .questions
            .iter()
            .enumerate()
            .filter_map(|(number, question)| self.question((place, number), question))
            .collect();
        (!questions.is_empty()).then(|| {
            let title = section.title.get(self.frame.language).to_owned();
            view! { <h3>{title}</h3>{questions} }.into_any()
        })
    }

    fn question(&self, place: (usize, usize), question: &Question) -> Option<AnyView> {
        let variables: Vec<&Variable> = self
            .instrument
            .variables()
            .iter()
            .filter(|variable| (variable.section, variable.question) == place)
            .filter(|variable| !variable.personal && self.was_asked(variable))
            .collect();
        if variables.is_empty() {
            return None;
        }
        let numbers = question.numbers.join(", ");
        let text = question.text.get(self.frame.language);
        let caption = if numbers.is_empty() {
            text.to_owned()
        } else {
            format!("{numbers}. {text}")
        };
        match &question.body {
            Body::NumberMatrix(matrix) => Some(self.matrix(&caption, matrix)),
            _ => Some(self.lines(&caption, &variables)),
        }
    }

    pub(super) fn was_asked(&self, variable: &Variable) -> bool {
        self.instrument
            .place_of(&variable.key)
            .and_then(|place| self.raw.given().get(place))
            .is_some_and(|given| given.state != State::NotAsked)
    }

    /// Rows and columns as in the questionnaire.
    fn matrix(&self, caption: &str, matrix: &NumberMatrix) -> AnyView {
        let language = self.frame.language;
        let heads: Vec<_> = matrix
            .columns
            .iter()
            .map(|column| view! { <th scope="col">{column.label.get(language).to_owned()}</th> })
            .collect();
        let rows: Vec<_> = matrix
            .rows
            .iter()
            .map(|row| self.matrix_row(matrix, row))
            .collect();
        view! {
            <table class="t cards answers">
                <caption>{caption.to_owned()}</caption>
                <thead><tr>
                    <th scope="col">{matrix.row_heading.get(language).to_owned()}</th>
                    {heads}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }

    fn matrix_row(&self, matrix: &NumberMatrix, row: &MatrixRow) -> AnyView {
        let language = self.frame.language;
        let cells: Vec<_> = matrix
            .columns
            .iter()
            .map(|column| {
                let variable = NumberMatrix::cell(row, column);
                let label = column.label.get(language).to_owned();
                view! { <td data-l=label>{self.cell(&variable)}</td> }
            })
            .collect();
        view! { <tr><th scope="row">{row.label.get(language).to_owned()}</th>{cells}</tr> }
            .into_any()
    }

    /// One line for each variable of a question that is no table.
    fn lines(&self, caption: &str, variables: &[&Variable]) -> AnyView {
        let words = &self.frame.words.cleaning;
        let rows: Vec<_> = variables
            .iter()
            .filter(|variable| variables.len() == 1 || self.says_something(variable))
            .map(|variable| {
                let label = if variables.len() == 1 {
                    words.typed.clone()
                } else {
                    self.label(&variable.key)
                };
                view! { <tr><th scope="row">{label}</th><td>{self.cell(&variable.key)}</td></tr> }
            })
            .collect();
        if rows.is_empty() {
            let blank = keyed(&words.reasons, "blank").to_owned();
            return view! { <p><strong>{caption.to_owned()}</strong>" "{blank}</p> }.into_any();
        }
        view! {
            <table class="t answers lines">
                <caption>{caption.to_owned()}</caption>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }

    /// Boxes that are not ticked and comments that are not written are no news.
    fn says_something(&self, variable: &Variable) -> bool {
        let quiet = matches!(
            variable.kind,
            VariableKind::Flag | VariableKind::Absent | VariableKind::Text { .. }
        );
        let typed = self.typed(&variable.key);
        !quiet || !(typed.is_empty() || typed == "0")
    }

    /// What was typed, what it became, and why.
    pub(super) fn cell(&self, variable: &str) -> AnyView {
        let words = &self.frame.words.cleaning;
        let typed = self.typed_in_words(variable);
        let earlier: Vec<_> = self
            .earlier
            .iter()
            .filter_map(|earlier| {
                let value = earlier
                    .cleaned
                    .value(earlier.instrument, variable)?
                    .number?;
                Some(fill(
                    &words.earlier,
                    &[("round", earlier.round), ("value", &self.number(value))],
                ))
            })
            .map(|text| view! { <span class="then">{text}</span> })
            .collect();
        let Some(value) = self.cleaned.value(self.instrument, variable) else {
            return view! { {typed}{earlier} }.into_any();
        };
        // What stands as it was answered is shown as it was typed; a box that is left alone is not ticked.
        let shown = if value.status == Status::AsAnswered && !typed.is_empty() {
            typed.clone()
        } else {
            self.shown(variable, value)
        };
        let nothing = typed.is_empty() && value.number.is_none() && value.text.is_none();
        let values = if nothing
            || typed.is_empty() && value.status == Status::AsAnswered
            || is_unchanged(&typed, &shown)
        {
            view! { <span>{shown}</span> }.into_any()
        } else {
            let typed = if typed.is_empty() {
                words.blank.clone()
            } else {
                typed
            };
            view! {
                <span class="was"><span class="vh">{words.typed.clone()}": "</span>{typed}</span>
                <span aria-hidden="true">" → "</span>
                <span class="vh">", "{words.cleaned.clone()}": "</span>
                <strong>{shown}</strong>
            }
            .into_any()
        };
        let status = self.status(value).map(|text| {
            let class = if value.held || value.status == Status::AwaitingDecision {
                "st ask"
            } else {
                "st"
            };
            view! { " " <span class=class>{text}</span> }
        });
        view! { {values}{status}{earlier} }.into_any()
    }

    /// Said where there is something to say.
    fn status(&self, value: &Value) -> Option<String> {
        let words = &self.frame.words.cleaning;
        if matches!(value.status, Status::AsAnswered | Status::Missing) && value.rule.is_none() {
            return None;
        }
        let status = keyed(&words.statuses, value.status.name()).to_owned();
        Some(match &value.rule {
            Some(rule) => format!("{status}: {}", self.rule_name(rule)),
            None => status,
        })
    }

    fn shown(&self, variable: &str, value: &Value) -> String {
        let words = &self.frame.words.cleaning;
        match (value.number, &value.text) {
            (Some(number), _) => self.number(number),
            (None, Some(text)) => self.in_words(variable, text),
            (None, None) => {
                let reason = value.reason.unwrap_or(Reason::Blank);
                keyed(&words.reasons, reason_key(reason)).to_owned()
            }
        }
    }

    /// What was typed or chosen, as the questionnaire said it.
    pub(super) fn typed_in_words(&self, variable: &str) -> String {
        self.in_words(variable, self.typed(variable))
    }

    /// An option by its label, a box by whether it is ticked, and what is typed as it is.
    pub(super) fn in_words(&self, variable: &str, text: &str) -> String {
        let words = &self.frame.words.cleaning;
        let kind = self.instrument.variable(variable).map(|one| &one.kind);
        match (kind, text) {
            (Some(VariableKind::Flag | VariableKind::Absent), "1") => words.ticked.clone(),
            (Some(VariableKind::Flag | VariableKind::Absent), "0") => words.not_ticked.clone(),
            (Some(VariableKind::Choice(_)), key) if !key.is_empty() => self.chosen(variable, key),
            _ => text.to_owned(),
        }
    }
}

pub(super) fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::NothingHere => "nothing_here",
        Reason::NotAsked => "not_asked",
        Reason::Blank => "blank",
        Reason::Unknown => "unknown",
        Reason::Unreadable => "unreadable",
    }
}

/// Whether the text as typed says the same as the cleaned one, but for how the number is written.
fn is_unchanged(typed: &str, shown: &str) -> bool {
    let plain = |text: &str| text.trim().replace(['\u{a0}', ' '], "").replace('.', ",");
    plain(typed) == plain(shown)
}
