//! Deciding, and taking back.

use std::collections::BTreeMap;

use app::{
    fill,
    staff::{
        cleaning::{
            CaseForm, CleaningPaths, ListFilter, PLACE, Press, QueryForm, VALUE, field_of, value_of,
        },
        form::Fault,
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use survey::dictionary::Dictionary;

use super::{AskedCase, case::Said, form::form, intent::Intents, shown, steps::Step};
use crate::{
    cleaning::{decided, undone},
    storage::{DecisionBody, StoredText, StoredTextError},
    web::staff::{Analyst, Asked as Address, Posted},
};

pub(super) async fn decide(
    analyst: Analyst,
    Path(path): Path<(String, String)>,
    address: Address,
    posted: Posted,
) -> Response {
    match analyst.take(&path, &address, &posted).await {
        Ok(response) | Err(response) => response,
    }
}

pub(super) async fn undo(
    analyst: Analyst,
    Path(path): Path<(String, String)>,
    address: Address,
    posted: Posted,
) -> Response {
    let asked = match analyst.case_asked(&path).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    if !is_current(&asked, &posted) {
        return analyst.overtaken(&path, &address, &posted).await;
    }
    let number = posted.text("beslut").parse().unwrap_or_default();
    let Ok((taken_back, standing)) = undone(&asked.case.decisions, number) else {
        return analyst.bad();
    };
    let step = Step {
        query: taken_back.query.clone(),
        undoes: Some(number),
        body: DecisionBody {
            rule: taken_back.body.rule.clone(),
            ..DecisionBody::default()
        },
        reason: StoredText::default(),
    };
    let kept = async {
        let mut steps = analyst.steps(&asked).await?;
        steps
            .take_back(step, &standing)
            .map_err(|error| analyst.broken(&error))?;
        analyst.keep(steps).await
    };
    match kept.await {
        Ok(true) => analyst.go(&back(&path, &address, "angrat")),
        Ok(false) => analyst.overtaken(&path, &address, &posted).await,
        Err(response) => response,
    }
}

impl Analyst {
    async fn take(
        &self,
        path: &(String, String),
        address: &Address,
        posted: &Posted,
    ) -> Result<Response, Response> {
        let asked = self.case_asked(path).await?;
        if !is_current(&asked, posted) {
            return Ok(self.overtaken(path, address, posted).await);
        }
        let raw = asked.raw().map_err(|error| self.broken(&error))?;
        let mut form = form(&asked.edition, posted);
        let press = Press::from_key(posted.text(Press::FIELD));
        if press == Press::Choose {
            let variable = posted.text(VALUE).to_owned();
            form.own.values = BTreeMap::from([(variable, String::new())]);
        }
        let intents = self.intents(&asked, &raw, &form);
        let (status, faults) = match press {
            Press::Choose => (StatusCode::OK, Vec::new()),
            Press::Look => (StatusCode::OK, self.looked(&form, &intents)),
            Press::Save => {
                let mut faults = intents.faults.clone();
                faults.extend(self.other_than_chosen(&asked, posted));
                if faults.is_empty() && intents.wanted.is_empty() {
                    faults.push(self.nothing_chosen(&asked));
                }
                if faults.is_empty() {
                    return self.save(&asked, path, address, posted, intents).await;
                }
                (StatusCode::UNPROCESSABLE_ENTITY, faults)
            }
        };
        let said = Said {
            form: Some(form),
            own: intents.own,
            faults,
            ..Said::of(address)
        };
        Ok(self.case_page(&asked, status, said).await)
    }

    /// Of a form that is only looked at: the values that cannot be read. What is missing is not missed yet.
    fn looked(&self, form: &CaseForm, intents: &Intents) -> Vec<Fault> {
        let words = &self.frame().words.cleaning;
        let mut faults = intents.faults.clone();
        faults.retain(|fault| fault.field.starts_with("varde-"));
        let typed = form.asked.iter().chain([&form.own]);
        if faults.is_empty() && typed.flat_map(QueryForm::typed).next().is_none() {
            let field = if form.asked.is_empty() {
                VALUE.to_owned()
            } else {
                format!("{}-egna", field_of(1))
            };
            faults.push(Fault::new(field, words.own_missing.clone()));
        }
        faults
    }

    /// A value that is typed for something else than what is chosen in the list above it.
    fn other_than_chosen(&self, asked: &AskedCase, posted: &Posted) -> Option<Fault> {
        let words = &self.frame().words.cleaning;
        let (field, chosen) = (posted.text(&field_of(0)), posted.text(VALUE));
        let is_other = !chosen.is_empty() && !field.is_empty() && chosen != field;
        let is_typed = !posted.text(&value_of(0, "")).is_empty();
        (is_other && is_typed).then(|| {
            let dictionary = Dictionary::of(&asked.ready.instrument);
            let what = shown::label(self, &dictionary, field);
            Fault::new(VALUE, fill(&words.own_other_chosen, &[("what", &what)]))
        })
    }

    fn nothing_chosen(&self, asked: &AskedCase) -> Fault {
        let words = &self.frame().words.cleaning;
        match asked.edition.cleaned.queries.len() {
            0 => Fault::new(VALUE, words.own_which_missing.clone()),
            1 => Fault::new(field_of(1), words.choose_one.clone()),
            _ => Fault::new(field_of(1), words.nothing_chosen.clone()),
        }
    }

    /// All that is wanted, or nothing of it: where somebody comes between, the editor is shown what became of the case.
    async fn save(
        &self,
        asked: &AskedCase,
        path: &(String, String),
        address: &Address,
        posted: &Posted,
        intents: Intents,
    ) -> Result<Response, Response> {
        let mut steps = self.steps(asked).await?;
        let raw = asked.raw().map_err(|error| self.broken(&error))?;
        let count = intents.wanted.len();
        for intent in intents.wanted {
            let cleaned = steps.cleaned();
            let (query, body) = decided(&asked.ready.instrument, &raw, cleaned, intent.wish)
                .map_err(|error| {
                    tracing::debug!(%error, "a decision could not be read");
                    self.bad()
                })?;
            let reason = StoredText::new(intent.reason).map_err(|_: StoredTextError| self.bad())?;
            let step = Step {
                query,
                undoes: None,
                body: DecisionBody {
                    doubts: intent.doubts,
                    ..body
                },
                reason,
            };
            steps.decide(step).map_err(|error| self.broken(&error))?;
        }
        if self.keep(steps).await? {
            let back = back(path, address, "beslut");
            Ok(self.go(&format!("{back}&antal={count}")))
        } else {
            Ok(self.overtaken(path, address, posted).await)
        }
    }
}

/// The case, at the same place of the same list.
pub(super) fn back((round, unit): &(String, String), address: &Address, done: &str) -> String {
    let case = CleaningPaths(round).case(unit);
    format!("{case}?{}&gjort={done}", kept(address))
}

/// The place on a list that an address tells.
pub(super) fn kept(address: &Address) -> String {
    let place = address.text(PLACE).parse().unwrap_or(1);
    ListFilter::read(|name| address.text(name)).with_place(place)
}

/// Whether the editor saw what stands now.
fn is_current(asked: &AskedCase, posted: &Posted) -> bool {
    posted.text("utgava") == asked.edition.number.to_string() && !asked.is_overtaken()
}
