use leptos::prelude::*;

use crate::staff::{
    Current, StaffFrame,
    form::{Fault, Input, input, select, summary, textarea},
};

pub struct NewRoundPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub form: RoundForm,
    /// Questionnaires that the program carries.
    pub instruments: Vec<String>,
    pub faults: Vec<Fault>,
}

/// As typed.
#[derive(Clone, Debug, Default)]
pub struct RoundForm {
    pub key: String,
    pub instrument: String,
    pub opens: String,
    pub last_day: String,
    pub kind: String,
    pub selection: String,
    pub sender_name: String,
    pub sender_address: String,
}

impl NewRoundPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let (frame, form, faults) = (self.frame, &self.form, self.faults.as_slice());
        let words = &frame.words.rounds;
        let field = |name, label, hint, value, kind| {
            input(
                &Input {
                    name,
                    label,
                    hint,
                    value,
                    kind,
                    ..Input::default()
                },
                faults,
            )
        };
        let instruments: Vec<_> = self
            .instruments
            .iter()
            .map(|key| (key.clone(), key.clone()))
            .collect();
        let kinds = [
            (String::new(), words.kind_real.clone()),
            ("pilot".to_owned(), words.pilot.clone()),
        ];
        let main = view! {
            {summary(frame, faults)}
            <p class="back"><a href="/admin/omgangar">{words.back_to_rounds.clone()}</a></p>
            <h1>{words.create_title.clone()}</h1>
            <p class="in">{words.create_lead.clone()}</p>
            <form method="post" action="/admin/omgangar" novalidate>
                {field("nyckel", &words.key, &words.key_hint, &form.key, "text")}
                {select(
                    &Input { name: "enkat", label: &words.instrument, value: &form.instrument, ..Input::default() },
                    &instruments,
                    faults,
                )}
                {field("oppnar", &words.opens, &words.opens_hint, &form.opens, "date")}
                {field("sista", &words.closes, &words.closes_hint, &form.last_day, "date")}
                {select(
                    &Input { name: "slag", label: &words.kind, hint: &words.kind_hint, value: &form.kind, ..Input::default() },
                    &kinds,
                    faults,
                )}
                {textarea(
                    &Input { name: "urval", label: &words.selection, hint: &words.selection_hint, value: &form.selection, ..Input::default() },
                    3,
                    faults,
                )}
                {field("avsandare", &words.sender_name, &words.sender_name_hint, &form.sender_name, "text")}
                {field("adress", &words.sender_address, &words.sender_address_hint, &form.sender_address, "email")}
                <p class="go"><button>{words.create_do.clone()}</button><a href="/admin/omgangar">{words.cancel.clone()}</a></p>
            </form>
        };
        if faults.is_empty() {
            frame.document(&words.create_title, Current::Rounds, main)
        } else {
            frame.faulty_document(&words.create_title, Current::Rounds, main)
        }
    }
}
