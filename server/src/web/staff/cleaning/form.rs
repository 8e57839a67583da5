//! What an editor typed into the form of a question, and what must be mended in it.

use std::collections::BTreeMap;

use app::{
    fill,
    staff::{
        cleaning::{QueryForm, VALUE, field_of, reason_of, value_of},
        form::Fault,
    },
};
use axum::response::Response;
use survey::{
    answers::{Number, Unreadable, read_number},
    cleaning::{Change, Query, Raw},
    dictionary::Dictionary,
    instrument::{NumberField, VariableKind},
};

use super::{AskedCase, shown};
use crate::{
    cleaning::{Wish, decided},
    storage::{DecisionBody, Edition},
    web::staff::{Analyst, Posted},
};

/// Characters of a reason.
const LONGEST: usize = 2_000;

/// A form that cannot be taken.
pub(super) enum Refused {
    Faults(QueryForm, Vec<Fault>),
    Response(Box<Response>),
}

impl From<Response> for Refused {
    fn from(response: Response) -> Self {
        Self::Response(Box::new(response))
    }
}

impl Analyst {
    /// What the form says, or what must be mended in it.
    pub(super) fn read(
        &self,
        asked: &AskedCase,
        raw: &Raw,
        form: &QueryForm,
        posted: &Posted,
    ) -> Result<(String, DecisionBody), Refused> {
        let words = &self.frame().words.cleaning;
        let place: usize = posted.text("plats").parse().unwrap_or_default();
        let cleaned = &asked.edition.cleaned;
        let queries = &cleaned.queries;
        let mut faults = Vec::new();
        let wish = if form.query.is_empty() {
            self.unasked(asked, form, &mut faults)
        } else {
            let query = queries.iter().find(|query| query.id == form.query);
            let query = query.ok_or_else(|| self.bad())?;
            self.asked_for(asked, query, place, form, &mut faults)
        };
        let reason = reason_of(place);
        if form.reason.chars().count() > LONGEST {
            let text = fill(&words.too_long, &[("most", &LONGEST.to_string())]);
            faults.push(Fault::new(&reason, text));
        }
        let Some(wish) = wish else {
            return Err(Refused::Faults(form.clone(), faults));
        };
        let (query, body) =
            decided(&asked.ready.instrument, raw, cleaned, wish).map_err(|error| {
                tracing::debug!(%error, "a decision could not be read");
                self.bad()
            })?;
        if !body.as_proposed && form.reason.is_empty() {
            faults.push(Fault::new(reason, words.reason_missing.clone()));
        }
        if faults.is_empty() {
            Ok((query, body))
        } else {
            Err(Refused::Faults(form.clone(), faults))
        }
    }

    fn asked_for(
        &self,
        asked: &AskedCase,
        query: &Query,
        place: usize,
        form: &QueryForm,
        faults: &mut Vec<Fault>,
    ) -> Option<Wish> {
        let words = &self.frame().words.cleaning;
        if form.choice.is_empty() {
            faults.push(Fault::new(field_of(place), words.choose_one.clone()));
            return None;
        }
        if form.choice != QueryForm::OWN {
            return Some(Wish::Alternative {
                query: query.id.clone(),
                alternative: form.choice.clone(),
            });
        }
        let mut changes = Vec::new();
        for (variable, typed) in form.values.iter().filter(|(_, typed)| !typed.is_empty()) {
            match self.value(asked, variable, typed) {
                Ok(change) => changes.push(change),
                Err(text) => faults.push(Fault::new(value_of(place, variable), text)),
            }
        }
        if !faults.is_empty() {
            return None;
        }
        if changes.is_empty() {
            faults.push(Fault::new(field_of(place), words.own_missing.clone()));
            return None;
        }
        Some(Wish::Values {
            query: query.id.clone(),
            changes,
        })
    }

    fn unasked(
        &self,
        asked: &AskedCase,
        form: &QueryForm,
        faults: &mut Vec<Fault>,
    ) -> Option<Wish> {
        let words = &self.frame().words.cleaning;
        let (variable, typed) = form.values.first_key_value()?;
        if variable.is_empty() {
            faults.push(Fault::new(VALUE, words.own_which_missing.clone()));
            return None;
        }
        match self.value(asked, variable, typed) {
            Ok(change) => Some(Wish::Unasked(change)),
            Err(text) => {
                faults.push(Fault::new(value_of(0, ""), text));
                None
            }
        }
    }

    /// What a variable becomes; or what is wrong with what was typed for it.
    fn value(&self, asked: &AskedCase, variable: &str, typed: &str) -> Result<Change, String> {
        let words = &self.frame().words.cleaning;
        match asked
            .ready
            .instrument
            .variable(variable)
            .map(|one| &one.kind)
        {
            Some(VariableKind::Choice(options)) => match options.iter().find(|one| *one == typed) {
                Some(option) => Ok(Change {
                    variable: variable.to_owned(),
                    to: None,
                    text: Some(option.clone()),
                }),
                None => Err(words.own_option_missing.clone()),
            },
            _ => self
                .number(asked, variable, typed)
                .map(|to| Change::to(variable, Some(to))),
        }
    }

    /// A number that the questionnaire allows there; or what is wrong with it.
    fn number(&self, asked: &AskedCase, variable: &str, typed: &str) -> Result<Number, String> {
        let words = &self.frame().words.cleaning;
        let instrument = &asked.ready.instrument;
        let unreadable = || fill(&words.own_unreadable, &[("typed", typed)]);
        let Some(VariableKind::Number(field)) = instrument.variable(variable).map(|one| &one.kind)
        else {
            return Err(unreadable());
        };
        let number = read_number(typed, field.whole).map_err(|why| match why {
            Unreadable::NotWhole(_) => fill(&words.own_whole, &[("typed", typed)]),
            _ => unreadable(),
        })?;
        if within(field, number) {
            return Ok(number);
        }
        let dictionary = Dictionary::of(instrument);
        let what = shown::label(self, &dictionary, variable);
        let (least, most) = (field.min.to_swedish(), field.max.to_swedish());
        Err(fill(
            &words.own_range,
            &[("what", &what), ("least", &least), ("most", &most)],
        ))
    }
}

/// The form as it was typed.
pub(super) fn form(seen: &Edition, posted: &Posted) -> QueryForm {
    let place: usize = posted.text("plats").parse().unwrap_or_default();
    let reason = posted.text(&reason_of(place)).replace('\0', "\u{fffd}");
    let query = posted.text("fraga").to_owned();
    let variables: Vec<String> = seen
        .cleaned
        .queries
        .iter()
        .find(|one| one.id == query)
        .map(|one| one.variables.clone())
        .unwrap_or_default();
    let values: BTreeMap<String, String> = if query.is_empty() {
        let variable = posted.text(&field_of(0)).to_owned();
        BTreeMap::from([(variable, posted.text(&value_of(0, "")).to_owned())])
    } else {
        variables
            .into_iter()
            .map(|variable| {
                let typed = posted.text(&value_of(place, &variable)).to_owned();
                (variable, typed)
            })
            .collect()
    };
    QueryForm {
        choice: posted.text(&field_of(place)).to_owned(),
        query,
        values,
        reason,
    }
}

fn within(field: &NumberField, number: Number) -> bool {
    number >= field.min && number <= field.max
}
