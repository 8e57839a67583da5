//! "Granska svaren": everything read back, what is open, and the button that submits.

use leptos::prelude::*;
use survey::{answers::Answers, checks::Finding, instrument::Instrument, route::Route};

use super::{
    Noted,
    answered::{Reading, blank_questions, dated},
    question::{label, parting},
};
use crate::{Frame, document::Head, fill};

/// In the address of a page of questions: it was opened to change something, and leads back here.
pub const FROM_CHECK: &str = "granska";

pub struct CheckPage<'a> {
    pub frame: &'a Frame<'a>,
    pub instrument: &'a Instrument,
    pub answers: &'a Answers,
    pub route: &'a Route<'a>,
    /// Open findings with the address where each is mended.
    pub open: Vec<(Finding, String)>,
    pub noted: Vec<Noted>,
    pub closes: String,
    /// The case is submitted, and nothing has changed since.
    pub unchanged: bool,
    /// The chief pressed submit although hard errors remain.
    pub refused: bool,
}

impl CheckPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.check;
        let soft_words = frame.words.soft_words();
        let labels = |variable: &str| label(self.instrument, frame.language, variable);
        let list = |hard: bool| -> Vec<_> {
            self.open
                .iter()
                .filter(|(finding, _)| finding.is_hard() == hard)
                .map(|(finding, path)| {
                    let label = labels(finding.anchor());
                    view! { <li><a href=path.clone()>{label.clone()}</a>{parting(&label)}{soft_words.sentence(finding, labels)}</li> }
                })
                .collect()
        };
        let (hard, soft) = (list(true), list(false));
        let stuck = !hard.is_empty();
        let role = self.refused.then_some("alert");
        let hard = stuck.then(|| view! { <div class="sum-e" role=role tabindex="-1" id="fel" autofocus=self.refused><h2>{words.open_hard.clone()}</h2><ul>{hard}</ul></div> });
        let soft = (!soft.is_empty()).then(|| view! { <div class="sum-s"><h2>{words.open_soft.clone()}</h2><p>{words.open_soft_lead.clone()}</p><ul>{soft}</ul></div> });
        let noted: Vec<_> = self
            .noted
            .iter()
            .map(|noted| {
                let said = if noted.reason.is_empty() { words.confirmed_bare.clone() } else { fill(&words.confirmed, &[("reason", &noted.reason)]) };
                let label = labels(noted.finding.anchor());
                view! { <li>{label.clone()}{parting(&label)}{soft_words.sentence(&noted.finding, labels)}" "<strong>{said}</strong></li> }
            })
            .collect();
        let noted = (!noted.is_empty()).then(|| view! { <ul class="h">{noted}</ul> });
        let blank = match blank_questions(self.instrument, &self.route.sections, self.answers) {
            0 => None,
            1 => Some(words.blank_count_one.clone()),
            count => Some(fill(&words.blank_count, &[("count", &count.to_string())])),
        };
        let reading = Reading {
            frame,
            instrument: self.instrument,
            answers: self.answers,
        };
        let sections: Vec<_> = self
            .route
            .sections
            .iter()
            .map(|section| {
                let title = reading.section_title(section);
                let path = frame.path(&format!("/avsnitt/{}?{FROM_CHECK}", section.section.key));
                let what = fill(&words.change_what, &[("section", &title)]);
                view! {
                    <section>
                        <div class="hd"><h2>{title}</h2><a href=path aria-label=what>{words.change.clone()}</a></div>
                        {reading.section(section)}
                    </section>
                }
            })
            .collect();
        let submit = if self.unchanged {
            view! { <p class="sum-ok">{words.nothing_changed.clone()}" "<a href=frame.path("/kvitto")>{frame.words.start.see_receipt.clone()}</a></p> }.into_any()
        } else {
            view! {
                <form method="post" action=frame.path("/skicka")>
                    <p>{dated(&words.submit_lead, &self.closes)}</p>
                    <div class="go"><button>{words.submit.clone()}</button><a href=frame.path("")>{frame.words.common.to_overview.clone()}</a></div>
                </form>
            }
            .into_any()
        };
        let main = view! {
            <p class="back"><a href=frame.path("")>{frame.words.common.to_overview.clone()}</a></p>
            <h1>{words.title.clone()}</h1>
            <p class="in">{words.lead.clone()}</p>
            {hard}
            {soft}
            {noted}
            {blank.map(|blank| view! { <p>{blank}</p> })}
            {sections}
            {submit}
        };
        let title = format!(
            "{} – {}",
            words.title,
            self.instrument.title.get(frame.language)
        );
        frame.document(
            Head {
                title,
                faulty: self.refused && stuck,
                typed_on: false,
            },
            main,
        )
    }
}
