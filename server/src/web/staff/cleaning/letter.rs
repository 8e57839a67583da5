//! Writing to the chief.

use ::mail::{
    Template,
    template::{Part, Purpose},
};
use app::{
    fill,
    staff::{
        cleaning::{LetterForm, LetterToChiefPage, NoLetter, number},
        form::Fault,
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use survey::{cleaning::Query, dictionary::Dictionary, text::Language};
use uuid::Uuid;

use super::{
    AskedCase,
    decide::{back, kept},
};
use crate::{
    cleaning::RawError,
    mail::Destination,
    storage::{Correspondence, LetterToChief, MessageKind, NewMessage},
    web::staff::{Analyst, Asked as Address, Posted},
};

/// In the address and the form: the language that the letter is written in.
const WRITTEN_IN: &str = "brevsprak";

pub(super) async fn show(
    analyst: Analyst,
    Path(path): Path<(String, String)>,
    address: Address,
) -> Response {
    let asked = match analyst.case_asked(&path).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    match analyst.whom(&asked).await {
        Ok(to) => {
            let chosen = Language::from_code(address.text(WRITTEN_IN));
            let of_chief = || to.as_ref().ok().and_then(chiefs_language);
            let language = chosen.or_else(of_chief).unwrap_or_default();
            match analyst.ready_letter(&asked, language) {
                Ok(form) => {
                    let to = to.as_ref();
                    analyst
                        .letter((&asked, &address), to, form, &[], StatusCode::OK)
                        .await
                }
                Err(error) => analyst.broken(&error),
            }
        }
        Err(response) => response,
    }
}

fn chiefs_language(whom: &Correspondence) -> Option<Language> {
    whom.language.as_deref().and_then(Language::from_code)
}

pub(super) async fn send(
    analyst: Analyst,
    Path(path): Path<(String, String)>,
    address: Address,
    posted: Posted,
) -> Response {
    match sent(&analyst, &path, &address, &posted).await {
        Ok(response) | Err(response) => response,
    }
}

async fn sent(
    analyst: &Analyst,
    path: &(String, String),
    address: &Address,
    posted: &Posted,
) -> Result<Response, Response> {
    let asked = analyst.case_asked(path).await?;
    let form = LetterForm {
        language: Language::from_code(posted.text(WRITTEN_IN)).unwrap_or_default(),
        subject: posted.text("amne").replace('\0', "\u{fffd}"),
        body: posted
            .text("text")
            .replace('\0', "\u{fffd}")
            .replace("\r\n", "\n"),
    };
    let to = analyst.whom(&asked).await?;
    let whom = match to.as_ref() {
        Ok(whom) => whom,
        Err(why) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(analyst
                .letter((&asked, address), Err(why), form, &[], status)
                .await);
        }
    };
    let faults = analyst.letter_to_chief_faults(&asked, &form);
    if !faults.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(analyst
            .letter((&asked, address), Ok(whom), form, &faults, status)
            .await);
    }
    let recipient = whom.email.parse().map_err(|error| analyst.broken(&error))?;
    let id: Uuid = posted.text("brev").parse().map_err(|_| analyst.bad())?;
    let letter = LetterToChief {
        message: NewMessage {
            id,
            kind: MessageKind::Letter,
            round_id: Some(asked.round.id),
            mailing_id: None,
            case_id: Some(asked.case.case_id),
            contact_id: Some(whom.contact_id),
            // After the last day it would lead to answers that cannot be changed.
            link_id: whom.link_id.filter(|_| !analyst.is_closed(&asked)),
            language: form.language.code().to_owned(),
            recipient,
            text: Some((form.subject, form.body)),
            due_at: analyst.now,
        },
        unit_key: asked.case.unit_key.clone(),
        round_key: asked.round.key.clone(),
        audit_id: analyst.new_id().map_err(|error| analyst.broken(&error))?,
    };
    let shared = &analyst.world.shared;
    shared
        .database
        .write_to_chief(letter, &analyst.actor(), analyst.now)
        .await
        .map_err(|error| analyst.broken(&error))?;
    shared.mail.wake.wake();
    Ok(analyst.go(&back(path, address, "brev")))
}

/// The number that the likeliest alternative makes of a variable.
fn meant(query: &Query, variable: &str, language: Language) -> Option<String> {
    let changes = query.alternatives.first().map(|first| &first.changes)?;
    let change = changes.iter().find(|change| change.variable == variable)?;
    change.to.map(|to| number(to, language))
}

impl Analyst {
    /// Whom to write to; or why nobody can be.
    async fn whom(&self, asked: &AskedCase) -> Result<Result<Correspondence, NoLetter>, Response> {
        let shared = &self.world.shared;
        if shared.mail.destination == Destination::Nowhere {
            return Ok(Err(NoLetter::Nowhere));
        }
        let found = shared
            .database
            .correspondence(asked.case.case_id, self.now)
            .await
            .map_err(|error| self.broken(&error))?;
        Ok(match found {
            None => Err(NoLetter::Nobody),
            Some(whom) if whom.undeliverable => Err(NoLetter::Undeliverable),
            Some(whom) if whom.link_id.is_none() && !self.is_closed(asked) => Err(NoLetter::NoLink),
            Some(whom) => Ok(whom),
        })
    }

    fn is_closed(&self, asked: &AskedCase) -> bool {
        self.now >= asked.round.closes_at
    }

    /// The letter with every open question in it.
    fn ready_letter(&self, asked: &AskedCase, language: Language) -> Result<LetterForm, RawError> {
        let words = &self.world.words().staff(language).cleaning;
        let mut body = words.letter_body_text.trim_start().to_owned();
        let instrument = &asked.ready.instrument;
        let dictionary = Dictionary::of(instrument);
        let raw = asked.raw()?;
        for query in &asked.edition.cleaned.queries {
            let lines: Vec<String> = query
                .variables
                .iter()
                .map(|variable| {
                    let item = dictionary.item(variable);
                    let what = item.map_or(variable.as_str(), |item| item.label.get(language));
                    let place = instrument.place_of(variable);
                    let typed = place.map_or("", |place| raw.typed(place)).trim();
                    let option = item.and_then(|item| item.option(typed));
                    let typed = option.map_or(typed, |label| label.get(language));
                    let meant = meant(query, variable, language);
                    let text = match &meant {
                        _ if typed.is_empty() => &words.letter_blank,
                        Some(_) => &words.letter_meant,
                        None => &words.letter_right,
                    };
                    let to = meant.unwrap_or_default();
                    let asked = fill(text, &[("what", what), ("typed", typed), ("to", &to)]);
                    match raw.stands_by(instrument, variable) {
                        None => asked,
                        Some(said) if said.reason.is_empty() => {
                            format!("{asked} {}", words.letter_confirmed_bare)
                        }
                        Some(said) => {
                            let reason = [("reason", said.reason.as_str())];
                            format!("{asked} {}", fill(&words.letter_confirmed, &reason))
                        }
                    }
                })
                // What the chief typed must not be read as a field of the letter.
                .map(|line| line.replace('{', "{{").replace('}', "}}"))
                .collect();
            body.push_str("\n– ");
            body.push_str(&lines.join("\n  "));
            body.push('\n');
        }
        body.push('\n');
        let end = if self.is_closed(asked) {
            &words.letter_body_end_closed
        } else {
            &words.letter_body_end
        };
        body.push_str(end);
        Ok(LetterForm {
            language,
            subject: words.letter_subject_text.clone(),
            body,
        })
    }

    fn letter_to_chief_faults(&self, asked: &AskedCase, form: &LetterForm) -> Vec<Fault> {
        let purpose = if self.is_closed(asked) {
            Purpose::Letter
        } else {
            Purpose::Mailing
        };
        let checked = Template::check(&form.subject, &form.body, purpose);
        checked
            .err()
            .unwrap_or_default()
            .iter()
            .map(|fault| {
                let field = match fault.part {
                    Part::Subject => "amne",
                    Part::Body => "text",
                };
                Fault::new(field, self.text_fault(fault))
            })
            .collect()
    }

    async fn letter(
        &self,
        (asked, address): (&AskedCase, &Address),
        to: Result<&Correspondence, &NoLetter>,
        form: LetterForm,
        faults: &[Fault],
        status: StatusCode,
    ) -> Response {
        let id = match self.new_id() {
            Ok(id) => id.to_string(),
            Err(error) => return self.broken(&error),
        };
        let database = &self.world.shared.database;
        let written = match database.letters_about(asked.case.case_id).await {
            Ok(written) => written.into_iter().map(|(at, _)| self.moment(at)),
            Err(error) => return self.broken(&error),
        };
        let page = LetterToChiefPage {
            written: &written.collect::<Vec<_>>(),
            frame: &self.frame(),
            round: &asked.round.key,
            unit_key: &asked.case.unit_key,
            unit_name: &asked.case.unit_name,
            to: to
                .map(|whom| (whom.name.as_str(), whom.email.as_str()))
                .map_err(|why| *why),
            id: &id,
            languages: &asked.ready.instrument.languages,
            of_chief: to.ok().and_then(chiefs_language),
            closed: self.is_closed(asked),
            kept: &kept(address),
            form,
            faults,
        };
        self.page_with(status, page.html())
    }
}
