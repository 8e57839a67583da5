//! Changing a unit by hand: its facts, and who holds a role.

use leptos::prelude::*;

use super::{keyed, unit_path};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, Input, input, select, summary},
    },
};

/// The facts of a unit, as typed.
pub struct EditPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub name: &'a str,
    /// Field, label, text; in order.
    pub texts: Vec<(String, String, String)>,
    pub choices: Vec<FactChoice>,
    pub faults: Vec<Fault>,
}

/// A fact that has one of some values.
pub struct FactChoice {
    pub field: String,
    pub label: String,
    pub chosen: String,
    /// Value and label.
    pub values: Vec<(String, String)>,
}

/// Who holds a role of a unit, as typed.
pub struct PersonPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub unit: &'a str,
    /// `chief` or `local_head`.
    pub kind: &'static str,
    pub name: &'a str,
    pub email: &'a str,
    pub nobody: bool,
    /// Mail to whoever it is now has come back.
    pub undeliverable: bool,
    pub faults: Vec<Fault>,
}

fn document(frame: &StaffFrame<'_>, faults: &[Fault], title: &str, main: impl IntoView) -> String {
    if faults.is_empty() {
        frame.document(title, Current::Register, main)
    } else {
        frame.faulty_document(title, Current::Register, main)
    }
}

impl EditPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.register;
        let path = unit_path(self.key);
        let title = fill(&words.edit_title, &[("unit", self.name)]);
        let texts: Vec<_> = self
            .texts
            .iter()
            .map(|(field, label, text)| {
                let field = Input {
                    name: field,
                    label,
                    value: text,
                    ..Input::default()
                };
                input(&field, &self.faults)
            })
            .collect();
        let choices: Vec<_> = self
            .choices
            .iter()
            .map(|choice| {
                let field = Input {
                    name: &choice.field,
                    label: &choice.label,
                    value: &choice.chosen,
                    ..Input::default()
                };
                select(&field, &choice.values, &self.faults)
            })
            .collect();
        let main = view! {
            <p class="back"><a href=path.clone()>{self.name.to_owned()}</a></p>
            {summary(self.frame, &self.faults)}
            <h1>{title.clone()}</h1>
            <p>{words.edit_lead.clone()}</p>
            <form method="post" novalidate action=format!("{path}/redigera")>
                {texts}
                {choices}
                <p class="go"><button>{words.save.clone()}</button><a href=path.clone()>{words.cancel.clone()}</a></p>
            </form>
        };
        document(self.frame, &self.faults, &title, main)
    }
}

impl PersonPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.register;
        let path = unit_path(self.key);
        let (title, lead) = if self.kind == "local_head" {
            (&words.person_title_head, &words.person_lead_head)
        } else {
            (&words.person_title_chief, &words.person_lead_chief)
        };
        let title = fill(title, &[("unit", self.unit)]);
        let name = Input {
            name: "name",
            label: &words.person_name,
            value: self.name,
            ..Input::default()
        };
        let email = Input {
            name: "email",
            label: &words.person_email,
            value: self.email,
            kind: "email",
            ..Input::default()
        };
        let role = keyed(&words.kinds, self.kind);
        let main = view! {
            <p class="back"><a href=path.clone()>{self.unit.to_owned()}</a></p>
            {summary(self.frame, &self.faults)}
            <h1>{title.clone()}</h1>
            <p>{lead.clone()}</p>
            {self.undeliverable.then(|| view! { <p class="note">{words.person_undeliverable.clone()}</p> })}
            <form method="post" novalidate action=format!("{path}/person/{}", self.kind)>
                {input(&name, &self.faults)}
                {input(&email, &self.faults)}
                <div class="f">
                    <label class="c"><input type="checkbox" name="nobody" value="1" checked=self.nobody aria-describedby="nobody-h"/> {fill(&words.person_nobody, &[("role", role)])}</label>
                    <p class="h" id="nobody-h">{words.person_nobody_hint.clone()}</p>
                </div>
                <p class="go"><button>{words.save.clone()}</button><a href=path.clone()>{words.cancel.clone()}</a></p>
            </form>
        };
        document(self.frame, &self.faults, &title, main)
    }
}
