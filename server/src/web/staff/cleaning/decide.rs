//! Deciding, and taking back.

use std::collections::BTreeMap;

use app::{
    fill,
    staff::{
        cleaning::{CleaningPaths, QueryForm, field_of, reason_of, value_of},
        form::Fault,
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use survey::{
    answers::{Number, Unreadable, read_number},
    cleaning::{Alternative, Change, Decision, Query, Raw},
    dictionary::Dictionary,
    instrument::{NumberField, VariableKind},
};

use super::{AskedCase, case::Said, shown};
use crate::{
    cleaning::{self, Wish, decided, next, undone},
    storage::{
        DecideError, DecisionBody, Earlier, Edition, NewDecision, StoredText, StoredTextError,
        Timestamp,
    },
    web::staff::{Analyst, Posted},
};

/// Characters of a reason.
const LONGEST: usize = 2_000;

/// A form that cannot be taken.
enum Refused {
    Faults(QueryForm, Vec<Fault>),
    Response(Response),
}

impl From<Response> for Refused {
    fn from(response: Response) -> Self {
        Self::Response(response)
    }
}

pub(super) async fn decide(
    analyst: Analyst,
    Path(path): Path<(String, String)>,
    posted: Posted,
) -> Response {
    let asked = match analyst.case_asked(&path).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    match analyst.take(&asked, &posted).await {
        Ok(response) | Err(Refused::Response(response)) => response,
        Err(Refused::Faults(form, faults)) => {
            let said = Said {
                form: Some(form),
                faults,
                ..Said::default()
            };
            analyst
                .case_page(&asked, StatusCode::UNPROCESSABLE_ENTITY, said)
                .await
        }
    }
}

pub(super) async fn undo(
    analyst: Analyst,
    Path(path): Path<(String, String)>,
    posted: Posted,
) -> Response {
    let asked = match analyst.case_asked(&path).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    if !is_current(&asked, &posted) {
        return analyst.overtaken(&path, &posted).await;
    }
    let number = posted.text("beslut").parse().unwrap_or_default();
    let Ok((taken_back, standing)) = undone(&asked.case.decisions, number) else {
        return analyst.bad();
    };
    let kept = Kept {
        query: taken_back.query.clone(),
        undoes: Some(number),
        body: DecisionBody {
            rule: taken_back.body.rule.clone(),
            ..DecisionBody::default()
        },
        reason: StoredText::default(),
    };
    match analyst.keep(&asked, kept, |_| standing).await {
        Ok(true) => analyst.go(&analyst.back(&asked, "angrat")),
        Ok(false) => analyst.overtaken(&path, &posted).await,
        Err(response) => response,
    }
}

/// What is to be kept of a decision.
struct Kept {
    query: String,
    undoes: Option<u32>,
    body: DecisionBody,
    reason: StoredText,
}

impl Analyst {
    async fn take(&self, asked: &AskedCase, posted: &Posted) -> Result<Response, Refused> {
        let path = (asked.round.key.clone(), asked.case.unit_key.clone());
        if !is_current(asked, posted) {
            return Ok(self.overtaken(&path, posted).await);
        }
        let form = form(&asked.edition, posted);
        let raw = cleaning::raw(
            &asked.ready.instrument,
            &asked.case.snapshot,
            &asked.edition.known,
        )
        .map_err(|error| self.broken(&error))?;
        let (query, body) = self.read(asked, &raw, &form, posted)?;
        let reason =
            StoredText::new(form.reason.clone()).map_err(|_: StoredTextError| self.bad())?;
        let kept = Kept {
            query,
            undoes: None,
            body,
            reason,
        };
        let with_it = |new: Decision| {
            let mut standing = Earlier::standing(&asked.case.decisions);
            standing.push(new);
            standing
        };
        if self.keep(asked, kept, with_it).await? {
            Ok(self.go(&self.back(asked, "beslut")))
        } else {
            Ok(self.overtaken(&path, posted).await)
        }
    }

    /// What the form says, or what must be mended in it.
    fn read(
        &self,
        asked: &AskedCase,
        raw: &Raw,
        form: &QueryForm,
        posted: &Posted,
    ) -> Result<(String, DecisionBody), Refused> {
        let words = &self.frame().words.cleaning;
        let place: usize = posted.text("plats").parse().unwrap_or_default();
        let queries = &asked.edition.cleaned.queries;
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
            decided(&asked.ready.instrument, raw, queries, wish).map_err(|error| {
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
            match self.number(asked, variable, typed) {
                Ok(to) => changes.push(change(variable, to)),
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
            faults.push(Fault::new(field_of(0), words.own_which_missing.clone()));
            return None;
        }
        match self.number(asked, variable, typed) {
            Ok(to) => Some(Wish::Unasked(change(variable, to))),
            Err(text) => {
                faults.push(Fault::new(value_of(0, ""), text));
                None
            }
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

    /// Keeps a decision with the edition that it leads to; `standing` gives the decisions that hold then. Whether it was kept:
    /// somebody else may have been first.
    async fn keep(
        &self,
        asked: &AskedCase,
        kept: Kept,
        standing: impl FnOnce(Decision) -> Vec<Decision>,
    ) -> Result<bool, Response> {
        let shared = &self.world.shared;
        let (database, actor) = (&shared.database, self.actor());
        let case = &asked.case;
        let last = case.decisions.last();
        let number = last.map_or(0, |last| last.number) + 1;
        // A clock that was set back must not put this decision before the ones it follows.
        let after = |last: &Earlier| Timestamp::from_millis(last.at.millis().saturating_add(1));
        let at = last.map_or(self.now, |last| self.now.max(after(last)));
        let id = || self.new_id().map_err(|error| self.broken(&error));
        let decision = Decision {
            id: number.to_string(),
            query: kept.query.clone(),
            choice: kept
                .body
                .choice
                .clone()
                .unwrap_or(survey::cleaning::Choice::Keep),
            basis: kept.body.basis.clone(),
            by: actor.to_string(),
            at: at.millis(),
        };
        let edition = next(
            &asked.ready,
            asked
                .ready
                .kept(database, shared.chance, &actor, self.now)
                .await
                .map_err(|error| self.broken(&error))?,
            case,
            &standing(decision),
            number,
            id()?,
        )
        .map_err(|error| self.broken(&error))?;
        let new = NewDecision {
            id: id()?,
            number,
            query: kept.query,
            undoes: kept.undoes,
            body: kept.body,
            reason: kept.reason,
            at,
            audit_id: id()?,
            unit_key: case.unit_key.clone(),
            round_key: asked.round.key.clone(),
        };
        match database.decide(&new, &edition, &actor).await {
            Ok(()) => Ok(true),
            Err(DecideError::Stale) => Ok(false),
            Err(DecideError::Database(error)) => Err(self.broken(&error)),
        }
    }

    /// The case as it stands now, with what others did, and with what this editor had chosen.
    async fn overtaken(&self, path: &(String, String), posted: &Posted) -> Response {
        let shared = &self.world.shared;
        let asked = match self.case_asked(path).await {
            Ok(asked) => asked,
            Err(response) => return response,
        };
        let number = posted.text("utgava").parse().unwrap_or_default();
        let seen = shared.database.edition(asked.case.case_id, number).await;
        let seen = match seen {
            Ok(Some(seen)) => seen,
            Ok(None) => return self.bad(),
            Err(error) => return self.broken(&error),
        };
        // What the chief handed in meanwhile is cleaned now, so that the editor sees it.
        let cleaned = cleaning::clean_case(
            &shared.database,
            &asked.ready,
            asked.case.case_id,
            &self.actor(),
            self.now,
            shared.chance,
        )
        .await;
        if let Err(error) = cleaned {
            return self.broken(&error);
        }
        let asked = match self.case_asked(path).await {
            Ok(asked) => asked,
            Err(response) => return response,
        };
        let form = form(&seen, posted);
        let chosen = self.chosen(&asked, &seen, &form, posted);
        let said = Said {
            form: Some(form),
            seen: Some((seen, chosen)),
            ..Said::default()
        };
        self.case_page(&asked, StatusCode::CONFLICT, said).await
    }

    /// What an editor had chosen, in words.
    fn chosen(
        &self,
        asked: &AskedCase,
        seen: &Edition,
        form: &QueryForm,
        posted: &Posted,
    ) -> Vec<String> {
        let words = &self.frame().words.cleaning;
        let dictionary = Dictionary::of(&asked.ready.instrument);
        let undoing = posted.text("beslut");
        if !undoing.is_empty() {
            return vec![fill(&words.undo_what, &[("number", undoing)])];
        }
        let queries = &seen.cleaned.queries;
        let query = queries.iter().find(|query| query.id == form.query);
        let mut chosen = Vec::new();
        if let Some(query) = query {
            let rule = self.rule_named(&asked.ready, &query.rule);
            let choice = match form.choice.as_str() {
                QueryForm::OWN => words.own_values.clone(),
                Alternative::AS_TYPED => words.as_typed.clone(),
                Alternative::UNKNOWN => words.unknown.clone(),
                rule => self.rule_named(&asked.ready, rule),
            };
            chosen.push(format!("{rule}: {choice}"));
        }
        if query.is_none() || form.choice == QueryForm::OWN {
            let typed = form.values.iter().filter(|(_, typed)| !typed.is_empty());
            chosen.extend(typed.map(|(variable, typed)| {
                format!("{}: {typed}", shown::label(self, &dictionary, variable))
            }));
        }
        if !form.reason.is_empty() {
            chosen.push(fill(&words.given_reason, &[("reason", &form.reason)]));
        }
        chosen
    }

    fn back(&self, asked: &AskedCase, done: &str) -> String {
        let case = CleaningPaths(&asked.round.key).case(&asked.case.unit_key);
        format!("{case}?gjort={done}")
    }
}

/// Whether the editor saw what stands now.
fn is_current(asked: &AskedCase, posted: &Posted) -> bool {
    posted.text("utgava") == asked.edition.number.to_string() && !asked.is_overtaken()
}

/// The form as it was typed.
fn form(seen: &Edition, posted: &Posted) -> QueryForm {
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

fn change(variable: &str, to: Number) -> Change {
    Change {
        variable: variable.to_owned(),
        to: Some(to),
    }
}

fn within(field: &NumberField, number: Number) -> bool {
    number >= field.min && number <= field.max
}
