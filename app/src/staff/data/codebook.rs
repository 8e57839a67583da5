//! What each column means, to read and to print.

use leptos::prelude::*;

use super::{DataPaths, DataWords};
use crate::{
    fill,
    staff::{Current, StaffFrame},
};

pub struct CodebookPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
    /// Of the questionnaire.
    pub title: &'a str,
    pub version: &'a str,
    pub parts: &'a [CodebookPart],
    pub beside: Legend,
    pub states: Legend,
    pub statuses: Legend,
    pub reasons: Legend,
}

/// A section of the questionnaire.
pub struct CodebookPart {
    pub title: String,
    pub lines: Vec<CodebookLine>,
}

/// A column.
pub struct CodebookLine {
    pub name: String,
    pub number: String,
    /// As asked; empty where the label says it all.
    pub question: String,
    pub label: String,
    /// What kind of cells, with unit and bounds.
    pub holds: String,
    /// Each code with its meaning.
    pub values: Vec<(String, String)>,
    pub asked: String,
    pub wording: String,
}

/// Codes with their meanings.
pub type Legend = Vec<(String, String)>;

impl CodebookPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.data;
        let title = format!("{}: {}", words.codebook_title, self.round);
        let of = fill(
            &words.codebook_of,
            &[("title", self.title), ("version", self.version)],
        );
        let parts: Vec<_> = self.parts.iter().map(|part| self.part(part)).collect();
        let paths = DataPaths(self.round);
        let main = view! {
            <p class="back"><a href=paths.page()>{words.back.clone()}</a></p>
            <h1>{title.clone()}</h1>
            <p class="in">{of}</p>
            <p>{words.codebook_personal.clone()}</p>
            {parts}
            <h2>{words.legend_beside.clone()}</h2>
            <p>{words.legend_beside_lead.clone()}</p>
            {legend(words, &words.legend_beside, &self.beside)}
            <h2>{words.legend_states.clone()}</h2>
            {legend(words, &words.legend_states, &self.states)}
            <h2>{words.legend_statuses.clone()}</h2>
            {legend(words, &words.legend_statuses, &self.statuses)}
            <h2>{words.legend_reasons.clone()}</h2>
            {legend(words, &words.legend_reasons, &self.reasons)}
        };
        self.frame.document(&title, Current::Data, main)
    }

    fn part(&self, part: &CodebookPart) -> AnyView {
        let words = &self.frame.words.data;
        let asks = part.lines.iter().any(|line| !line.wording.is_empty());
        let lines: Vec<_> = part
            .lines
            .iter()
            .map(|line| self.line(line, asks))
            .collect();
        let number = asks.then(|| view! { <th scope="col">{words.number.clone()}</th> });
        let question = asks.then(|| {
            view! {
                <th scope="col">{words.asked.clone()}</th>
                <th scope="col">{words.wording.clone()}</th>
            }
        });
        view! {
            <h2>{part.title.clone()}</h2>
            <table class="t cards">
                <caption class="vh">{part.title.clone()}</caption>
                <thead><tr>
                    <th scope="col">{words.variable.clone()}</th>
                    {number}
                    <th scope="col">{words.label.clone()}</th>
                    <th scope="col">{words.holds.clone()}</th>
                    {question}
                </tr></thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .into_any()
    }

    /// Of what is no question there is no number, nobody asked and no wording.
    fn line(&self, line: &CodebookLine, asks: bool) -> AnyView {
        let words = &self.frame.words.data;
        let question = (!line.question.is_empty() && line.question != line.label)
            .then(|| view! { <p class="h">{line.question.clone()}</p> });
        let values: Vec<_> = line
            .values
            .iter()
            .map(|(code, label)| view! { <li><code>{code.clone()}</code>" "{label.clone()}</li> })
            .collect();
        let values = (!values.is_empty()).then(|| view! { <ul class="plain">{values}</ul> });
        let number =
            asks.then(|| view! { <td data-l=words.number.clone()>{line.number.clone()}</td> });
        let asked = asks.then(|| {
            view! {
                <td data-l=words.asked.clone()>{line.asked.clone()}</td>
                <td data-l=words.wording.clone()>{line.wording.clone()}</td>
            }
        });
        view! {
            <tr>
                <th scope="row"><code>{line.name.clone()}</code></th>
                {number}
                <td data-l=words.label.clone()>{line.label.clone()}{question}</td>
                <td data-l=words.holds.clone()>{line.holds.clone()}{values}</td>
                {asked}
            </tr>
        }
        .into_any()
    }
}

fn legend(words: &DataWords, caption: &str, lines: &Legend) -> AnyView {
    let lines: Vec<_> = lines
        .iter()
        .map(|(code, meaning)| {
            view! {
                <tr>
                    <th scope="row"><code>{code.clone()}</code></th>
                    <td data-l=words.meaning.clone()>{meaning.clone()}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <table class="t cards">
            <caption class="vh">{caption.to_owned()}</caption>
            <thead><tr><th scope="col">{words.code.clone()}</th><th scope="col">{words.meaning.clone()}</th></tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}
