//! The answers read back: for checking before submission, and on the receipt.

use leptos::prelude::*;
use survey::{
    answers::{Answers, TICKED},
    instrument::{Body, Instrument, NumberMatrix, Question},
    route::{Presence, RoutedSection},
};

use super::question::{number, option_label};
use crate::{Frame, fill};

pub(super) struct Reading<'a> {
    pub frame: &'a Frame<'a>,
    pub instrument: &'a Instrument,
    pub answers: &'a Answers,
}

impl Reading<'_> {
    /// All questions of a section that are asked.
    pub fn section(&self, section: &RoutedSection<'_>) -> AnyView {
        let questions: Vec<_> = section
            .pages
            .iter()
            .flat_map(|page| &page.questions)
            .filter(|routed| routed.presence == Presence::Asked)
            .map(|routed| self.question(routed.question))
            .collect();
        view! { <div class="sl">{questions}</div> }.into_any()
    }

    fn question(&self, question: &Question) -> AnyView {
        let title = format!(
            "{} {}",
            number(&question.numbers),
            self.frame.text(&question.text)
        );
        let answer = match &question.body {
            Body::Number(_) | Body::Text(_) => self.text(&question.key),
            Body::Choice { options } => {
                let specify = options
                    .iter()
                    .find(|option| option.key == self.answers.raw(&question.key))
                    .and_then(|option| option.specify.as_ref());
                let specified = specify.map(|field| self.text(&field.variable));
                view! { {self.chosen(&question.key)}{specified} }.into_any()
            }
            Body::Choices { options, .. } => {
                let ticked: Vec<_> = options
                    .iter()
                    .filter(|option| self.answers.raw(&option.variable) == TICKED)
                    .map(|option| view! { <li>{self.frame.text(&option.label)}</li> })
                    .collect();
                if ticked.is_empty() {
                    self.blank()
                } else {
                    view! { <ul>{ticked}</ul> }.into_any()
                }
            }
            Body::ChoiceMatrix { rows, .. } => {
                let lines: Vec<_> = rows
                    .iter()
                    .map(|row| {
                        let comment = row.comment.as_ref().filter(|variable| !self.answers.raw(variable).is_empty()).map(|variable| self.text(variable));
                        view! { <dt>{self.frame.text(&row.label)}</dt><dd>{self.chosen(&row.variable)}{comment}</dd> }
                    })
                    .collect();
                view! { <dl>{lines}</dl> }.into_any()
            }
            Body::NumberMatrix(matrix) => self.matrix(matrix),
            Body::Contact { fields } => {
                let lines: Vec<_> = fields.iter().map(|field| view! { <dt>{self.frame.text(&field.label)}</dt><dd>{self.text(&field.variable)}</dd> }).collect();
                view! { <dl>{lines}</dl> }.into_any()
            }
        };
        let comment = question
            .comment
            .as_ref()
            .filter(|comment| !self.answers.raw(&comment.variable).is_empty())
            .map(|comment| view! { <p class="h">{self.frame.words.section.comment.clone()}</p>{self.text(&comment.variable)} });
        view! { <section class="sq"><h3>{title}</h3>{answer}{comment}</section> }.into_any()
    }

    fn blank(&self) -> AnyView {
        view! { <p class="h">{self.frame.words.common.not_answered.clone()}</p> }.into_any()
    }

    fn text(&self, variable: &str) -> AnyView {
        let raw = self.answers.raw(variable);
        if raw.trim().is_empty() {
            self.blank()
        } else {
            view! { <p class="typed">{raw.to_owned()}</p> }.into_any()
        }
    }

    fn chosen(&self, variable: &str) -> AnyView {
        let raw = self.answers.raw(variable);
        if raw.is_empty() {
            return self.blank();
        }
        let label = option_label(self.instrument, self.frame.language, variable, raw)
            .unwrap_or_else(|| raw.to_owned());
        view! { <p>{label}</p> }.into_any()
    }

    fn matrix(&self, matrix: &NumberMatrix) -> AnyView {
        let common = &self.frame.words.common;
        let heads: Vec<_> = matrix
            .columns
            .iter()
            .map(|column| view! { <th scope="col">{self.frame.text(&column.label)}</th> })
            .collect();
        let span = matrix.columns.len().to_string();
        let rows: Vec<_> = matrix
            .rows
            .iter()
            .map(|row| {
                let absent = matrix.absent_variable(row).is_some_and(|variable| self.answers.raw(&variable) == TICKED);
                let cells = if absent {
                    view! { <td colspan=span.clone()>{common.nothing_here.clone()}</td> }.into_any()
                } else {
                    let cells: Vec<_> = matrix
                        .columns
                        .iter()
                        .map(|column| {
                            let raw = self.answers.raw(&NumberMatrix::cell(row, column));
                            let shown = if raw.is_empty() { view! { <span class="h">"–"<span class="vh">{common.not_answered.clone()}</span></span> }.into_any() } else { raw.to_owned().into_any() };
                            view! { <td data-l=self.frame.text(&column.label)>{shown}</td> }
                        })
                        .collect();
                    cells.into_any()
                };
                view! { <tr><th scope="row">{self.frame.text(&row.label)}</th>{cells}</tr> }
            })
            .collect();
        view! {
            <table class="rt">
                <thead><tr><th scope="col">{self.frame.text(&matrix.row_heading)}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }

    /// The title of a section, as "Avsnitt 2: Bemanning".
    pub fn section_title(&self, section: &RoutedSection<'_>) -> String {
        self.frame.text(&section.section.title)
    }
}

/// How many of the asked questions have no answer at all.
pub(super) fn blank_questions(
    instrument: &Instrument,
    sections: &[RoutedSection<'_>],
    answers: &Answers,
) -> usize {
    sections
        .iter()
        .flat_map(|section| section.pages.iter().flat_map(|page| &page.questions))
        .filter(|routed| routed.presence == Presence::Asked)
        .filter(|routed| {
            instrument
                .variables()
                .iter()
                .filter(|variable| std::ptr::eq(instrument.question_of(variable), routed.question))
                .all(|variable| answers.raw(&variable.key).trim().is_empty())
        })
        .count()
}

/// A date in a sentence.
pub(super) fn dated(template: &str, date: &str) -> String {
    fill(template, &[("date", date)])
}
