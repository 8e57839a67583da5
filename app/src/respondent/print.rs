//! The blank questionnaire on paper, for gathering the figures before starting.

use leptos::prelude::*;
use survey::{
    condition::{Fact, Truth},
    instrument::{Body, Column, Instrument, NumberMatrix, Question},
    register::Register,
    text::Text,
};

use super::question::number;
use crate::{
    Frame,
    document::{Head, paragraphs},
    fill,
};

pub struct PrintPage<'a> {
    pub frame: &'a Frame<'a>,
    pub instrument: &'a Instrument,
    pub register: &'a Register,
}

impl PrintPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    /// Every question that this respondent could meet, whatever is answered on the way.
    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.print;
        let facts = |name: &str| {
            name.strip_prefix("register.")
                .map_or(Fact::Missing, |field| self.register.fact(field))
        };
        let possible = |when: Option<&survey::condition::Condition>| {
            when.is_none_or(|when| when.holds(&facts) != Truth::False)
        };
        let sections: Vec<_> = self
            .instrument
            .sections
            .iter()
            .filter(|section| possible(section.when.as_ref()))
            .map(|section| {
                let questions: Vec<_> = section
                    .questions
                    .iter()
                    .filter(|question| possible(question.when.as_ref()))
                    .map(|question| self.question(question))
                    .collect();
                let lead = section
                    .lead
                    .as_ref()
                    .map(|lead| view! { <p>{frame.text(lead)}</p> });
                view! { <section><h2>{frame.text(&section.title)}</h2>{lead}{questions}</section> }
            })
            .collect();
        let main = view! {
            <p class="back"><a href=frame.path("")>{frame.words.notice.to_start.clone()}</a></p>
            <h1>{frame.text(&self.instrument.title)}</h1>
            <p class="in">{words.lead.clone()}</p>
            {sections}
        };
        let title = format!(
            "{} – {}",
            words.title,
            self.instrument.title.get(frame.language)
        );
        frame.document(
            Head {
                title,
                faulty: false,
                typed_on: false,
            },
            main,
        )
    }

    fn question(&self, question: &Question) -> AnyView {
        let frame = self.frame;
        let facts = |name: &str| {
            name.strip_prefix("register.")
                .map_or(Fact::Missing, |field| self.register.fact(field))
        };
        let leads: Vec<_> = question
            .leads
            .iter()
            .filter(|lead| {
                lead.when
                    .as_ref()
                    .is_none_or(|when| when.holds(&facts) == Truth::True)
            })
            .flat_map(|lead| paragraphs(lead.text.get(frame.language)))
            .collect();
        let when = question
            .when_text
            .as_ref()
            .map(|text| view! { <p class="when">{frame.text(text)}</p> });
        let hint = question
            .hint
            .as_ref()
            .map(|hint| view! { <p class="h">{frame.text(hint)}</p> });
        let boxes = |labels: Vec<String>| {
            let items: Vec<_> = labels
                .into_iter()
                .map(|label| view! { <li>{label}</li> })
                .collect();
            view! { <ul class="bx">{items}</ul> }.into_any()
        };
        let lines = |count: usize| {
            (0..count)
                .map(|_| view! { <div class="ln"></div> })
                .collect::<Vec<_>>()
                .into_any()
        };
        let body = match &question.body {
            Body::Number(_) => lines(1),
            Body::Text(field) => lines(if field.long { 6 } else { 1 }),
            Body::Choice { options } => {
                let details: Vec<_> = options
                    .iter()
                    .filter_map(|option| option.specify.as_ref()?.label.as_ref())
                    .map(|label| view! { <p>{frame.text(label)}</p><div class="ln"></div> })
                    .collect();
                let options = options
                    .iter()
                    .map(|option| frame.text(&option.label))
                    .collect();
                view! { {boxes(options)}{details} }.into_any()
            }
            Body::Choices { options, most } => {
                let words = &frame.words.section;
                let limit = most.map_or_else(
                    || words.choose_any.clone(),
                    |most| fill(&words.choose_most, &[("most", &most.to_string())]),
                );
                let options = options
                    .iter()
                    .map(|option| frame.text(&option.label))
                    .collect();
                view! { <p class="h">{limit}</p>{boxes(options)} }.into_any()
            }
            Body::ChoiceMatrix { rows, options, .. } => Self::grid(
                rows.iter().map(|row| frame.text(&row.label)).collect(),
                &options
                    .iter()
                    .map(|option| (frame.text(&option.label), Some("☐")))
                    .collect::<Vec<_>>(),
            ),
            Body::NumberMatrix(matrix) => self.numbers(matrix),
            Body::Contact { fields } => {
                let items: Vec<_> = fields
                    .iter()
                    .map(|field| view! { <p>{frame.text(&field.label)}</p><div class="ln"></div> })
                    .collect();
                items.into_any()
            }
        };
        let comment = question.comment.as_ref().map(|comment| {
            let label = comment.label.as_ref();
            let label = label.map_or_else(
                || frame.words.section.comment.clone(),
                |label| frame.text(label),
            );
            view! { <p class="h">{label}</p><div class="ln"></div> }
        });
        view! {
            <div class="q">
                {when}
                {leads}
                <h3>{number(&question.numbers)}" "{frame.text(&question.text)}</h3>
                {hint}
                {body}
                {comment}
            </div>
        }
        .into_any()
    }

    /// What each column asks, and room for the figures.
    fn numbers(&self, matrix: &NumberMatrix) -> AnyView {
        let frame = self.frame;
        let numbered = |column: &Column, text: &Text| match &column.number {
            Some(number) => format!("{number}. {}", frame.text(text)),
            None => frame.text(text),
        };
        let texts: Vec<_> = matrix
            .columns
            .iter()
            .filter_map(|column| Some(numbered(column, column.text.as_ref()?)))
            .map(|text| view! { <p>{text}</p> })
            .collect();
        let absent = matrix
            .absent
            .as_ref()
            .map(|_| (frame.words.common.nothing_here.clone(), Some("☐")));
        let heads: Vec<_> = matrix
            .columns
            .iter()
            .map(|column| (numbered(column, &column.label), None))
            .chain(absent)
            .collect();
        let rows = matrix
            .rows
            .iter()
            .map(|row| frame.text(&row.label))
            .collect();
        view! { {texts}{Self::grid(rows, &heads)} }.into_any()
    }

    /// A table to fill in: each column with its heading and what stands in its cells.
    fn grid(rows: Vec<String>, columns: &[(String, Option<&'static str>)]) -> AnyView {
        let heads: Vec<_> = columns
            .iter()
            .map(|(column, _)| view! { <th scope="col">{column.clone()}</th> })
            .collect();
        let rows: Vec<_> = rows
            .into_iter()
            .map(|row| {
                let cells: Vec<_> = columns
                    .iter()
                    .map(|(column, mark)| view! { <td data-l=column.clone()>{*mark}</td> })
                    .collect();
                view! { <tr><th scope="row">{row}</th>{cells}</tr> }
            })
            .collect();
        view! { <table class="rt gr"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table> }.into_any()
    }
}
