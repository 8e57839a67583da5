use leptos::prelude::*;

use super::{back, mailing_path, mailings_path, pilot_notice};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, Input, done, input, summary, textarea},
        register::tables::{Cell, table},
    },
};

pub struct LetterPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub number: u8,
    pub pilot: bool,
    pub started: bool,
    pub form: LetterForm,
    /// What may stand in braces.
    pub fields: Vec<FieldLine>,
    pub preview: Option<Preview>,
    pub may_change: bool,
    /// Where a test goes; none where mail goes nowhere.
    pub test_to: Option<&'a str>,
    pub told: Option<String>,
    pub faults: Vec<Fault>,
}

/// As typed.
#[derive(Clone, Debug, Default)]
pub struct LetterForm {
    pub swedish: TextForm,
    pub english: TextForm,
    /// The key or a part of the name of the unit to preview for.
    pub unit: String,
}

#[derive(Clone, Debug, Default)]
pub struct TextForm {
    pub subject: String,
    pub body: String,
}

impl TextForm {
    pub fn is_empty(&self) -> bool {
        self.subject.trim().is_empty() && self.body.trim().is_empty()
    }
}

pub struct FieldLine {
    /// Both languages' names.
    pub names: Vec<String>,
    pub meaning: String,
}

pub struct Preview {
    pub unit: String,
    pub to: String,
    /// Of the subject.
    pub language: &'static str,
    pub subject: String,
    /// Stretches of the text, each with its language.
    pub parts: Vec<(String, String)>,
}

impl LetterPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let (frame, faults) = (self.frame, self.faults.as_slice());
        let words = &frame.words.rounds;
        let title = fill(
            &words.letter_title,
            &[("letter", words.letter(self.number)), ("round", self.key)],
        );
        let started = self
            .started
            .then(|| view! { <p class="note">{words.letter_started.clone()}</p> });
        let rows = self
            .fields
            .iter()
            .map(|field| {
                let names: Vec<_> = field
                    .names
                    .iter()
                    .map(|name| view! { <code>{format!("{{{name}}}")}</code>" " })
                    .collect();
                vec![
                    Cell::View(names.into_any()),
                    Cell::from(field.meaning.clone()),
                ]
            })
            .collect();
        let main = view! {
            {summary(frame, faults)}
            {back(mailings_path(self.key), &words.back_to_mailings, self.key)}
            {self.told.as_deref().map(done)}
            <h1>{title.clone()}</h1>
            {pilot_notice(words, self.pilot)}
            <p class="in">{words.letter_lead.clone()}</p>
            {started}
            {self.preview.as_ref().map(|preview| self.previewed(preview))}
            {self.texts()}
            {self.may_change.then(|| self.test())}
            <h2>{words.fields_title.clone()}</h2>
            <p>{words.fields_lead.clone()}</p>
            {table(&words.fields_title, &[words.fields_title.as_str(), &words.detail], rows)}
        };
        if faults.is_empty() {
            frame.document(&title, Current::Rounds, main)
        } else {
            frame.faulty_document(&title, Current::Rounds, main)
        }
    }

    fn previewed(&self, preview: &Preview) -> AnyView {
        let words = &self.frame.words.rounds;
        let title = fill(&words.preview_title, &[("unit", &preview.unit)]);
        let to = fill(&words.preview_to, &[("to", &preview.to)]);
        let parts: Vec<_> = preview
            .parts
            .iter()
            .map(|(language, text)| {
                view! { <p class="letter-text" lang=language.clone()>{text.clone()}</p> }
            })
            .collect();
        view! {
            <section class="letter" aria-labelledby="visning">
                <h2 id="visning">{title}</h2>
                <p>{to}" "{words.preview_lead.clone()}</p>
                <p lang=preview.language><strong>{preview.subject.clone()}</strong></p>
                {parts}
            </section>
        }
        .into_any()
    }

    fn texts(&self) -> AnyView {
        let words = &self.frame.words.rounds;
        let text = |code: &str, heading: &str, form: &TextForm| {
            let (subject, body) = (format!("amne-{code}"), format!("text-{code}"));
            // In a list of faults a label must say of which language it is.
            let said = |label: &str| format!("{label} ({})", heading.to_lowercase());
            view! {
                <fieldset>
                    <legend class="vh">{heading.to_owned()}</legend>
                    {input(
                        &Input { name: &subject, label: &said(&words.subject), value: &form.subject, ..Input::default() },
                        &self.faults,
                    )}
                    {textarea(
                        &Input { name: &body, label: &said(&words.body), value: &form.body, ..Input::default() },
                        18,
                        &self.faults,
                    )}
                </fieldset>
            }
        };
        let save = self
            .may_change
            .then(|| view! { <p class="go"><button name="gor" value="spara">{words.save_letter.clone()}</button></p> });
        view! {
            <form method="post" action=mailing_path(self.key, self.number) novalidate>
                {text("sv", &words.in_swedish, &self.form.swedish)}
                {text("en", &words.in_english, &self.form.english)}
                {save}
                <div class="filters"><div class="row">
                    {input(
                        &Input {
                            name: "enhet",
                            label: &words.preview_unit,
                            hint: &words.preview_unit_hint,
                            value: &self.form.unit,
                            ..Input::default()
                        },
                        &self.faults,
                    )}
                    <div class="go"><button class="b2" name="gor" value="visa">{words.preview_do.clone()}</button></div>
                </div></div>
            </form>
        }
        .into_any()
    }

    fn test(&self) -> AnyView {
        let words = &self.frame.words.rounds;
        let form = match self.test_to {
            None => view! { <p>{words.test_nowhere.clone()}</p> }.into_any(),
            Some(to) => {
                let lead = fill(&words.test_lead, &[("to", to)]);
                let action = format!("{}/prov", mailing_path(self.key, self.number));
                view! {
                    <p>{lead}</p>
                    <form method="post" action=action>
                        <p class="go"><button class="b2">{words.test_do.clone()}</button></p>
                    </form>
                }
                .into_any()
            }
        };
        view! { <h2>{words.test_title.clone()}</h2>{form} }.into_any()
    }
}
