//! What each heading of a file means.

use leptos::prelude::*;

use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, summary},
    },
};

pub struct MappingPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    /// The file's own address.
    pub path: &'a str,
    pub file_name: &'a str,
    pub sender: &'a str,
    /// What kind of file it is, in words.
    pub format: String,
    pub rows: usize,
    /// The sheets of an Excel file with several, and the chosen one.
    pub sheets: Vec<String>,
    pub sheet: &'a str,
    /// As a text editor counts; nothing where no row looks like headings.
    pub heading_number: Option<u32>,
    /// As it stands in addresses.
    pub heading_row: Option<usize>,
    pub choices: Vec<HeadingChoice>,
    /// The file's first rows, to choose the headings among.
    pub samples: Vec<RowSample>,
    /// Field and label, in order; the first one leaves the column out.
    pub fields: Vec<(String, String)>,
    pub additions: bool,
    pub faults: Vec<Fault>,
}

pub struct HeadingChoice {
    /// From 0.
    pub column: usize,
    /// As Excel names it.
    pub letters: String,
    pub title: String,
    pub examples: Vec<String>,
    /// The chosen field; empty: left out.
    pub chosen: String,
    pub remembered: bool,
}

pub struct RowSample {
    pub index: usize,
    pub number: u32,
    pub cells: Vec<String>,
}

impl MappingPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.register;
        let about = fill(
            &words.mapping_rows,
            &[
                ("file", self.file_name),
                ("sender", self.sender),
                ("format", &self.format),
                ("rows", &self.rows.to_string()),
            ],
        );
        let form = self.heading_row.map(|row| self.form(row));
        let main = view! {
            <p class="back"><a href="/admin/register/import">{words.files_title.clone()}</a></p>
            {summary(frame, &self.faults)}
            <h1>{words.mapping_title.clone()}</h1>
            <p>{about}</p>
            {form}
            {self.rows()}
        };
        if self.faults.is_empty() {
            frame.document(&words.mapping_title, Current::Register, main)
        } else {
            frame.faulty_document(&words.mapping_title, Current::Register, main)
        }
    }

    fn form(&self, row: usize) -> AnyView {
        let words = &self.frame.words.register;
        let choices: Vec<_> = self
            .choices
            .iter()
            .map(|choice| self.choice(choice))
            .collect();
        let number = self.heading_number.unwrap_or_default().to_string();
        let headings = fill(&words.mapping_headings, &[("row", &number)]);
        view! {
            <p class="in">{words.mapping_lead.clone()}</p>
            <form method="post" action=self.path.to_owned() novalidate>
                <input type="hidden" name="rubrik" value=row.to_string()/>
                <input type="hidden" name="blad" value=self.sheet.to_owned()/>
                <div class="wide">
                    <table class="t cards">
                        <caption>{headings}</caption>
                        <thead><tr>
                            <th scope="col">{words.heading.clone()}</th>
                            <th scope="col">{words.examples.clone()}</th>
                            <th scope="col">{words.means.clone()}</th>
                        </tr></thead>
                        <tbody>{choices}</tbody>
                    </table>
                </div>
                <div class="f">
                    <label class="c"><input type="checkbox" name="additions" value="1" checked=self.additions aria-describedby="additions-h"/> {words.additions.clone()}</label>
                    <p class="h" id="additions-h">{words.additions_hint.clone()}</p>
                </div>
                <p class="go"><button>{words.to_preview.clone()}</button></p>
            </form>
        }
        .into_any()
    }

    fn choice(&self, choice: &HeadingChoice) -> AnyView {
        let words = &self.frame.words.register;
        let id = format!("k{}", choice.column);
        let wrong: Vec<_> = self
            .faults
            .iter()
            .filter(|fault| fault.field == id)
            .map(|fault| fault.text.clone())
            .collect();
        let invalid = (!wrong.is_empty()).then_some("true");
        let described = invalid.map(|_| format!("{id}-e"));
        let error =
            invalid.map(|_| view! { <p class="e" id=format!("{id}-e")>{wrong.join(" ")}</p> });
        let options: Vec<_> = self
            .fields
            .iter()
            .map(|(field, label)| {
                let chosen = *field == choice.chosen;
                view! { <option value=field.clone() selected=chosen>{label.clone()}</option> }
            })
            .collect();
        let title = if choice.title.is_empty() {
            fill(&words.column, &[("column", &choice.letters)])
        } else {
            choice.title.clone()
        };
        let label = format!("{}: {title}", words.means);
        let remembered = choice
            .remembered
            .then(|| view! { " " <span class="tag t2">{words.remembered.clone()}</span> });
        view! {
            <tr>
                <th scope="row">{title}</th>
                <td data-l=words.examples.clone()>{choice.examples.join(" · ")}</td>
                <td data-l=words.means.clone()>
                    {error}
                    <select id=id.clone() name=id aria-label=label aria-invalid=invalid aria-describedby=described>{options}</select>
                    {remembered}
                </td>
            </tr>
        }
        .into_any()
    }

    /// Another sheet, or another row as headings.
    fn rows(&self) -> AnyView {
        let words = &self.frame.words.register;
        let sheets = (self.sheets.len() > 1).then(|| {
            let options: Vec<_> = self
                .sheets
                .iter()
                .map(|sheet| view! { <option value=sheet.clone() selected=sheet == self.sheet>{sheet.clone()}</option> })
                .collect();
            view! {
                <form method="get" action=self.path.to_owned() class="filters">
                    <div class="row">
                        <div class="f"><label class="l2" for="blad">{words.sheet.clone()}</label><select id="blad" name="blad">{options}</select></div>
                        <p class="go"><button class="b2">{words.sheet_choose.clone()}</button></p>
                    </div>
                </form>
            }
        });
        let rows: Vec<_> = self
            .samples
            .iter()
            .map(|row| {
                let chosen = Some(row.index) == self.heading_row;
                let text = row.cells.join(" | ");
                let label = fill(&words.row, &[("row", &row.number.to_string())]);
                view! {
                    <li><label class="c"><input type="radio" name="rubrik" value=row.index.to_string() checked=chosen/> <b>{label}</b> {text}</label></li>
                }
            })
            .collect();
        let chooser = view! {
            <form method="get" action=self.path.to_owned()>
                <input type="hidden" name="blad" value=self.sheet.to_owned()/>
                <fieldset><legend>{words.heading_row.clone()}</legend><ul class="plain">{rows}</ul></fieldset>
                <p class="go"><button class="b2">{words.heading_row_choose.clone()}</button></p>
            </form>
        };
        let chooser = if self.heading_row.is_some() {
            view! { <details><summary>{words.other_heading_row.clone()}</summary>{chooser}</details> }
                .into_any()
        } else {
            view! { <p class="in">{words.heading_row_lead.clone()}</p>{chooser} }.into_any()
        };
        view! { {sheets}{chooser} }.into_any()
    }
}
