//! Soft checks while typing: the amber boxes inside the cells, and what their buttons do.

use std::collections::BTreeMap;

use leptos::{mount::mount_to, prelude::*};
use survey::{
    answers::Answers,
    checks::{Confirmed, Finding, Rules, Settled, settle},
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::dom::{Form, all, by_id, change, focus};
use crate::soft::{Wish, reason_field, soft_box};

/// What is asked now, and what has been answered on this page.
pub(super) struct Questions {
    confirmed: Vec<Confirmed>,
    /// Given on this page, by the field they stand at.
    reasons: BTreeMap<String, String>,
    shown: Vec<Finding>,
    /// The same, as the form tells the server; nothing before the first change.
    told: Option<String>,
}

/// A leptos view that lives until its node is removed.
fn put(place: &HtmlElement, form: &Form, finding: &Finding) {
    place.set_inner_html("");
    let Ok(element) = document().create_element("div") else {
        return;
    };
    let _ = element.set_attribute("class", "w");
    let _ = place.append_child(&element);
    let Ok(element) = element.dyn_into::<HtmlElement>() else {
        return;
    };
    let (words, finding) = (form.page.words.clone(), finding.clone());
    mount_to(element, move || soft_box(&words, &finding, str::to_owned)).forget();
}

impl Questions {
    /// Those that were confirmed when the page was written are not asked again.
    pub fn new(confirmed: Vec<Confirmed>) -> Self {
        Self {
            confirmed,
            reasons: BTreeMap::new(),
            shown: Vec::new(),
            told: None,
        }
    }

    fn find(&self, form: &Form, answers: &Answers) -> Settled {
        let findings = form
            .page
            .rules
            .iter()
            .flat_map(|rules: &Rules| rules.examine(answers))
            .filter(|finding| !finding.is_hard())
            .collect();
        settle(findings, answers, &self.confirmed)
    }

    /// Brings the boxes up to date with the fields. A box that still asks the same is left alone, with its focus.
    pub fn ask(&mut self, form: &Form) {
        let answers = form.answers();
        let Settled { confirmed, open } = self.find(form, &answers);
        for place in all(&form.element, "[data-at]") {
            let Ok(place) = place.dyn_into::<HtmlElement>() else {
                continue;
            };
            let anchor = place.get_attribute("data-at").unwrap_or_default();
            if confirmed.iter().any(|finding| finding.anchor() == anchor) {
                self.note(&place, form, &anchor);
                continue;
            }
            for stale in all(&place, ".ok") {
                stale.remove();
            }
            let before = self.shown.iter().find(|finding| finding.anchor() == anchor);
            match open.iter().find(|finding| finding.anchor() == anchor) {
                Some(finding) if before != Some(finding) => {
                    put(&place, form, finding);
                    describe(&anchor, true);
                    say(&form.page.words.sentence(finding, str::to_owned));
                }
                // Only what the island could have asked: errors and clashes from the server stay until it answers again.
                None if place.query_selector(".w:not(.c)").ok().flatten().is_some() => {
                    for stale in all(&place, ".w:not(.c)") {
                        stale.remove();
                    }
                    describe(&anchor, false);
                }
                Some(_) | None => {}
            }
        }
        let told: Vec<String> = open
            .iter()
            .map(|finding| crate::soft::seen(finding, &answers))
            .collect();
        self.told = Some(told.join("\n"));
        self.shown = open;
    }

    /// "Noterat: det stämmer", where the box was.
    fn note(&self, place: &HtmlElement, form: &Form, anchor: &str) {
        if place.query_selector(".ok").ok().flatten().is_some() {
            return;
        }
        place.set_inner_html("");
        describe(anchor, false);
        if let Ok(said) = document().create_element("p") {
            let _ = said.set_attribute("class", "ok");
            let reason = self.reasons.get(anchor).map_or("", String::as_str);
            said.set_text_content(Some(&format!("{} {reason}", form.page.words.noted)));
            let _ = place.append_child(&said);
        }
    }

    /// Whoever goes on acting has seen what is asked, and need not be stopped by it when the page is saved. What comes up
    /// as the page is left has been seen by nobody.
    pub fn seen(&self, form: &Form) {
        if let Some(told) = &self.told
            && let Some(field) = all(&form.element, "input[name=seen]")
                .first()
                .and_then(|input| input.clone().dyn_into::<HtmlInputElement>().ok())
        {
            field.set_value(told);
        }
    }

    /// Does what a button asks. True if it was the island's to do.
    pub fn answer(&mut self, form: &Form, value: &str) -> bool {
        let answers = form.answers();
        let found = self.find(form, &answers).open;
        let of = |rule: &str, anchor: &str| {
            found
                .iter()
                .find(|finding| finding.matter.rule() == rule && finding.anchor() == anchor)
        };
        match Wish::parse(value) {
            Some(Wish::Mend { rule, anchor, mend }) => {
                let Some(mend) = of(&rule, &anchor).and_then(|finding| finding.mends.get(mend))
                else {
                    return false;
                };
                mend.changes.iter().for_each(change);
                focus(&anchor);
                true
            }
            Some(Wish::Keep { rule, anchor }) => {
                let Some(finding) = of(&rule, &anchor) else {
                    return false;
                };
                let field = reason_field(&rule, &anchor);
                let reason = all(&form.element, &format!("input[name=\"{field}\"]"))
                    .first()
                    .and_then(|input| Some(input.dyn_ref::<HtmlInputElement>()?.value()))
                    .unwrap_or_default();
                let about = finding.about(&answers);
                form.say(
                    &format!("confirm:{rule}:{anchor}"),
                    &format!("{about}\n{reason}"),
                );
                self.reasons.insert(anchor.clone(), reason);
                self.confirmed.push(Confirmed {
                    rule,
                    scope: anchor.clone(),
                    about,
                });
                say(&form.page.words.noted);
                focus(&anchor);
                true
            }
            None => false,
        }
    }
}

/// Ties the box to its field for screen readers.
fn describe(anchor: &str, asked: bool) {
    let Some(field) = by_id::<HtmlElement>(anchor) else {
        return;
    };
    let own = format!("{anchor}-s");
    let ids = field.get_attribute("aria-describedby").unwrap_or_default();
    let mut ids: Vec<&str> = ids.split_whitespace().filter(|id| *id != own).collect();
    if asked {
        ids.push(&own);
    }
    let _ = if ids.is_empty() {
        field.remove_attribute("aria-describedby")
    } else {
        field.set_attribute("aria-describedby", &ids.join(" "))
    };
}

/// Tells it politely, apart from the line that tells what is saved.
fn say(text: &str) {
    if let Some(status) = by_id::<HtmlElement>("asks") {
        status.set_text_content(Some(text));
    }
}
