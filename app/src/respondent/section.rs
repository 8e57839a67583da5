//! One page of questions.

use leptos::prelude::*;
use survey::{
    answers::Answers,
    checks::{Finding, Rules},
    instrument::Instrument,
    register::Register,
    route::Page,
};

use super::question::{self, Sheet};
use crate::{
    Frame,
    document::Head,
    fill,
    live::{Live, LivePage},
};

/// A page of a section, with what was typed and what is to be said about it.
pub struct SectionPage<'a> {
    pub frame: &'a Frame<'a>,
    pub instrument: &'a Instrument,
    pub register: &'a Register,
    pub answers: &'a Answers,
    /// The section's place on the route, from 1, and how many there are.
    pub section: (usize, usize),
    /// The page's place in the section, from 1, and how many there are.
    pub page_number: (usize, usize),
    pub title: String,
    pub lead: Option<String>,
    pub page: &'a Page<'a>,
    /// Hard errors are shown only after saving.
    pub findings: Vec<Finding>,
    /// Soft checks answered with "Stämmer".
    pub noted: Vec<Noted>,
    pub clashes: Vec<Clash>,
    /// Where the form goes, and where "Tillbaka" leads.
    pub action: String,
    pub back: String,
    /// Names this open page to the server.
    pub page_id: String,
    /// The newest revision the page shows.
    pub base: String,
    /// Names the case to the browser's own storage; no secret.
    pub case_key: String,
}

/// A soft check that was confirmed, with its reason.
#[derive(Clone, Debug)]
pub struct Noted {
    pub finding: Finding,
    pub reason: String,
}

/// A field that was changed elsewhere.
#[derive(Clone, Debug)]
pub struct Clash {
    pub variable: String,
    pub mine: String,
    pub theirs: String,
}

impl SectionPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = frame.words;
        let hard: Vec<&Finding> = self
            .findings
            .iter()
            .filter(|finding| finding.is_hard())
            .collect();
        let soft: Vec<&Finding> = self
            .findings
            .iter()
            .filter(|finding| !finding.is_hard())
            .collect();
        let sheet = Sheet::new(self);
        let labels = |variable: &str| question::label(self.instrument, frame.language, variable);
        let summary = (!hard.is_empty()).then(|| {
            let items: Vec<_> = hard
                .iter()
                .map(|finding| {
                    let text = sheet.words.sentence(finding, labels);
                    view! { <li><a href=format!("#{}", finding.anchor())>{labels(finding.anchor())}": "{text}</a></li> }
                })
                .collect();
            view! {
                <div class="sum-e" role="alert" tabindex="-1" id="fel">
                    <h2>{words.section.error_summary.clone()}</h2>
                    <p>{words.section.error_kept.clone()}</p>
                    <ul>{items}</ul>
                </div>
            }
        });
        let clashes = (!self.clashes.is_empty()).then(|| {
            let items: Vec<_> = self.clashes.iter().map(|clash| view! { <li><a href=format!("#{}", clash.variable)>{labels(&clash.variable)}</a></li> }).collect();
            view! { <div class="sum-s"><h2>{words.section.clash_summary.clone()}</h2><ul>{items}</ul></div> }
        });
        let asked = (!soft.is_empty() && hard.is_empty()).then(|| {
            let heading = match soft.len() {
                1 => words.section.soft_summary_one.clone(),
                count => fill(&words.section.soft_summary, &[("count", &count.to_string())]),
            };
            let items: Vec<_> = soft
                .iter()
                .map(|finding| view! { <li><a href=format!("#{}", finding.anchor())>{labels(finding.anchor())}</a>": "{sheet.words.sentence(finding, labels)}</li> })
                .collect();
            view! { <div class="sum-s" id="fragor"><h2>{heading}</h2><p>{words.section.soft_explain.clone()}</p><ul>{items}</ul></div> }
        });
        let seen = soft
            .iter()
            .map(|finding| crate::soft::seen(finding, self.answers))
            .collect::<Vec<_>>()
            .join("\n");
        let count = |(number, count): (usize, usize)| {
            [("number", number.to_string()), ("count", count.to_string())]
        };
        let place = count(self.section);
        let mut place = fill(
            &words.common.section_of,
            &[("number", &place[0].1), ("count", &place[1].1)],
        );
        if self.page_number.1 > 1 {
            let page = count(self.page_number);
            place = format!(
                "{place}, {}",
                fill(
                    &words.common.page_of,
                    &[("number", &page[0].1), ("count", &page[1].1)]
                )
            );
        }
        let questions: Vec<_> = self
            .page
            .questions
            .iter()
            .map(|routed| question::view(&sheet, routed))
            .collect();
        let rules: Vec<Rules> = self
            .page
            .questions
            .iter()
            .flat_map(|routed| Rules::of(routed.question, self.register))
            .collect();
        let live = LivePage {
            rules,
            words: sheet.words.live(),
        };
        let s = &words.section;
        let main = view! {
            <p class="back"><a href=self.back.clone()>{words.common.back.clone()}</a></p>
            {summary}
            {clashes}
            {asked}
            <p class="place">{place}</p>
            <h1>{self.title.clone()}</h1>
            {self.lead.as_ref().map(|lead| view! { <p class="in">{lead.clone()}</p> })}
            <form
                id="f"
                method="post"
                action=self.action.clone()
                novalidate
                autocomplete="off"
                data-save=frame.path("/spara")
                data-page=self.page_id.clone()
                data-base=self.base.clone()
                data-key=self.case_key.clone()
                data-idle=s.saved_all.clone()
                data-saved=s.saved.clone()
                data-unsaved=s.unsaved.clone()
                data-offline=s.offline.clone()
                data-refused=s.refused.clone()
                data-tabs=s.two_tabs.clone()
                data-clash=s.clash.clone()
                data-mine=s.clash_mine.clone()
                data-theirs=s.clash_theirs.clone()
                data-empty=s.empty.clone()
            >
                <input type="hidden" name="page" value=self.page_id.clone()/>
                <input type="hidden" name="base" value=self.base.clone()/>
                <input type="hidden" name="seen" value=seen/>
                <button class="default" name="do" value="next" tabindex="-1" aria-hidden="true">{words.common.save_continue.clone()}</button>
                {questions}
                <Live page=live/>
                <p id="st" role="status" class="ss"></p>
                <div class="go">
                    <button name="do" value="next">{words.common.save_continue.clone()}</button>
                    <a href=frame.path("")>{words.common.to_overview.clone()}</a>
                </div>
            </form>
        };
        let title = format!(
            "{} – {}",
            self.title,
            self.instrument.title.get(frame.language)
        );
        frame.document(
            Head {
                title,
                faulty: !hard.is_empty(),
                typed_on: true,
            },
            main,
        )
    }
}
