//! What an editor meets whom somebody else was before.

use app::{
    fill,
    staff::cleaning::{CaseForm, QueryForm},
};
use axum::{http::StatusCode, response::Response};
use survey::dictionary::Dictionary;

use super::{AskedCase, case::Said, form::form, shown};
use crate::{
    cleaning,
    storage::Edition,
    web::staff::{Analyst, Asked as Address, Posted},
};

impl Analyst {
    /// The case as it stands now, with what others did, and with what this editor had chosen.
    pub(super) async fn overtaken(
        &self,
        path: &(String, String),
        address: &Address,
        posted: &Posted,
    ) -> Response {
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
            undoing: !posted.text("beslut").is_empty(),
            ..Said::of(address)
        };
        self.case_page(&asked, StatusCode::CONFLICT, said).await
    }

    /// What an editor had chosen, in words.
    fn chosen(
        &self,
        asked: &AskedCase,
        seen: &Edition,
        form: &CaseForm,
        posted: &Posted,
    ) -> Vec<String> {
        let words = &self.frame().words.cleaning;
        let dictionary = Dictionary::of(&asked.ready.instrument);
        let undoing = posted.text("beslut");
        if !undoing.is_empty() {
            return vec![fill(&words.undo_what, &[("number", undoing)])];
        }
        let mut chosen = Vec::new();
        let filled_in = |form: &&QueryForm| form.is_filled_in();
        for form in form.asked.iter().chain([&form.own]).filter(filled_in) {
            let mut queries = seen.cleaned.queries.iter();
            let query = queries.find(|query| query.id == form.query);
            if let Some(query) = query.filter(|_| !form.is_own()) {
                let mut alternatives = query.alternatives.iter();
                let changes = alternatives.find(|one| one.id == form.choice);
                let choice = match changes {
                    None => words.as_typed.clone(),
                    Some(one) if one.changes.is_empty() => words.as_typed.clone(),
                    Some(one) => shown::changed(self, &dictionary, &one.changes),
                };
                let first = query.variables.first().map_or("", String::as_str);
                let rule = self.rule_named(&asked.ready, &query.rule);
                let what = shown::label(self, &dictionary, first);
                chosen.push(format!("{rule}, {what}: {choice}"));
            }
            chosen.extend(form.typed().map(|(variable, typed)| {
                format!("{}: {typed}", shown::label(self, &dictionary, variable))
            }));
            if !form.reason.is_empty() {
                chosen.push(fill(&words.given_reason, &[("reason", &form.reason)]));
            }
        }
        chosen
    }
}
