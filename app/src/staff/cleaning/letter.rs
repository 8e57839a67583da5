//! A letter to the chief about the answer.

use leptos::prelude::*;
use survey::text::Language;

use super::{CleaningPaths, keyed};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, Input, input, summary, textarea},
    },
};

pub struct LetterToChiefPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
    pub unit_key: &'a str,
    pub unit_name: &'a str,
    /// Name and address; or why nobody can be written to.
    pub to: Result<(&'a str, &'a str), NoLetter>,
    /// The letter's identity, so that it is sent once however often the button is pressed.
    pub id: &'a str,
    /// That the survey has.
    pub languages: &'a [Language],
    /// That the chief handed in in.
    pub of_chief: Option<Language>,
    /// Answers can no longer be changed.
    pub closed: bool,
    /// When the chief was written to about the answer before.
    pub written: &'a [String],
    /// Where on which list the case stands: [`super::ListFilter::with_place`].
    pub kept: &'a str,
    pub form: LetterForm,
    pub faults: &'a [Fault],
}

/// As typed.
#[derive(Clone, Debug, Default)]
pub struct LetterForm {
    pub language: Language,
    pub subject: String,
    pub body: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLetter {
    Nobody,
    /// Mail to the address has come back.
    Undeliverable,
    NoLink,
    /// The server sends no mail.
    Nowhere,
}

impl LetterToChiefPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.cleaning;
        let to_case = format!(
            "{}?{}",
            CleaningPaths(self.round).case(self.unit_key),
            self.kept
        );
        let title = fill(&words.letter_title, &[("centre", self.unit_name)]);
        let body = match self.to {
            Ok((name, email)) => self.form(name, email),
            Err(why) => {
                let text = match why {
                    NoLetter::Nobody => &words.letter_nobody,
                    NoLetter::Undeliverable => &words.letter_bounced,
                    NoLetter::NoLink => &words.letter_no_link,
                    NoLetter::Nowhere => &words.letter_nowhere,
                };
                view! { <p class="note">{text.clone()}</p> }.into_any()
            }
        };
        let main = view! {
            {summary(self.frame, self.faults)}
            <p class="back"><a href=to_case>{words.back_to_case.clone()}</a></p>
            <h1>{title.clone()}</h1>
            {body}
        };
        if self.faults.is_empty() {
            self.frame.document(&title, Current::Cleaning, main)
        } else {
            self.frame.faulty_document(&title, Current::Cleaning, main)
        }
    }

    fn path(&self) -> String {
        let letter = CleaningPaths(self.round).letter(self.unit_key);
        format!("{letter}?{}", self.kept)
    }

    /// The ready letter in each language that the survey has.
    fn choose_language(&self) -> Option<AnyView> {
        let words = &self.frame.words.cleaning;
        let told = self.of_chief.map(|language| {
            let text = match language {
                Language::Swedish => &words.letter_in_swedish,
                Language::English => &words.letter_in_english,
            };
            view! { <p>{text.clone()}</p> }
        });
        (self.languages.len() > 1).then(|| {
            let items: Vec<_> = self
                .languages
                .iter()
                .map(|language| {
                    let path = format!("{}&brevsprak={}", self.path(), language.code());
                    let here = (*language == self.form.language).then_some("true");
                    view! { <li><a href=path aria-current=here>{keyed(&words.languages, language.code()).to_owned()}</a></li> }
                })
                .collect();
            view! {
                {told}
                <nav aria-label=words.letter_language.clone()><ul class="tabs">{items}</ul></nav>
            }
            .into_any()
        })
    }

    fn form(&self, name: &str, email: &str) -> AnyView {
        let words = &self.frame.words.cleaning;
        let to = fill(&words.letter_to, &[("name", name), ("email", email)]);
        let subject = Input {
            name: "amne",
            label: &words.letter_subject,
            value: &self.form.subject,
            ..Input::default()
        };
        let hint = if self.closed {
            words.letter_fields_closed.clone()
        } else {
            let field = match self.form.language {
                Language::Swedish => "{länk}",
                Language::English => "{link}",
            };
            fill(&words.letter_fields, &[("field", field)])
        };
        let body = Input {
            name: "text",
            label: &words.letter_body,
            hint: &hint,
            value: &self.form.body,
            ..Input::default()
        };
        let lead = if self.closed {
            view! { <p class="note">{words.letter_closed.clone()}</p> }.into_any()
        } else {
            view! { <p class="in">{words.letter_lead.clone()}</p> }.into_any()
        };
        let written = (!self.written.is_empty()).then(|| {
            let said = [("when", self.written.join(", "))];
            let said = said.each_ref().map(|(name, when)| (*name, when.as_str()));
            view! { <p class="note">{fill(&words.letter_again, &said)}</p> }
        });
        view! {
            {lead}
            {written}
            <p>{to}</p>
            {self.choose_language()}
            <form method="post" action=self.path()>
                <input type="hidden" name="brev" value=self.id.to_owned()/>
                <input type="hidden" name="brevsprak" value=self.form.language.code()/>
                {input(&subject, self.faults)}
                {textarea(&body, 18, self.faults)}
                <p class="go"><button>{words.letter_do.clone()}</button></p>
            </form>
        }
        .into_any()
    }
}
