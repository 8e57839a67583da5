//! One page of questions.

use leptos::prelude::*;
use survey::{
    answers::Answers,
    checks::{Confirmed, Finding, Rules},
    instrument::Instrument,
    register::Register,
    route::Page,
};

use super::question::{self, Sheet, parting};
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
    /// It was just saved, and cannot be left like this.
    pub refused: bool,
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
        let sheet = Sheet::new(self);
        let questions: Vec<_> = self
            .page
            .questions
            .iter()
            .map(|routed| question::view(&sheet, routed))
            .collect();
        let lead = self
            .lead
            .as_ref()
            .map(|lead| view! { <p class="in">{lead.clone()}</p> });
        let s = &words.section;
        let main = view! {
            <p class="back"><a href=self.back.clone()>{words.common.back.clone()}</a></p>
            {self.errors(&sheet)}
            {self.clashing()}
            {self.asked(&sheet)}
            <p class="place">{self.place()}</p>
            <h1>{self.title.clone()}</h1>
            {lead}
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
                data-live=self.live(&sheet).written()
            >
                <input type="hidden" name="page" value=self.page_id.clone()/>
                <input type="hidden" name="base" value=self.base.clone()/>
                <input type="hidden" name="seen" value=self.seen()/>
                <button class="default" name="do" value="next" tabindex="-1" aria-hidden="true">{words.common.save_continue.clone()}</button>
                {questions}
                <Live/>
                <p id="st" role="status" class="ss"></p>
                <div id="asks" role="status" class="vh"></div>
                <div class="go">
                    <button name="do" value="next">{words.common.save_continue.clone()}</button>
                    <a href=frame.path("")>{words.common.to_overview.clone()}</a>
                </div>
            </form>
        };
        let survey = self.instrument.title.get(frame.language);
        let head = Head {
            title: format!("{} – {survey}", self.title),
            faulty: self.hard().next().is_some(),
            typed_on: true,
        };
        frame.document(head, main)
    }

    fn hard(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_hard())
    }

    fn soft(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| !finding.is_hard())
    }

    fn label(&self, variable: &str) -> String {
        question::label(self.instrument, self.frame.language, variable)
    }

    /// What the island is told.
    fn live(&self, sheet: &Sheet<'_>) -> LivePage {
        let words = &self.frame.words.section;
        let rules = self
            .page
            .questions
            .iter()
            .flat_map(|routed| Rules::of(routed.question, self.register))
            .collect();
        let confirmed = self
            .noted
            .iter()
            .map(|noted| Confirmed {
                rule: noted.finding.matter.rule().to_owned(),
                scope: noted.finding.anchor().to_owned(),
                about: noted.finding.about(self.answers),
            })
            .collect();
        LivePage {
            rules,
            words: sheet.words.live(),
            confirmed,
            left: words.free_text_left.clone(),
            over: words.free_text_over.clone(),
        }
    }

    /// The soft checks that the page shows, so that pressing on once more means "go on anyway".
    fn seen(&self) -> String {
        let seen: Vec<String> = self
            .soft()
            .map(|finding| crate::soft::seen(finding, self.answers))
            .collect();
        seen.join("\n")
    }

    /// "Avsnitt 2 av 5, sida 1 av 2".
    fn place(&self) -> String {
        let words = &self.frame.words.common;
        let of = |template: &str, (number, count): (usize, usize)| {
            let (number, count) = (number.to_string(), count.to_string());
            fill(template, &[("number", &number), ("count", &count)])
        };
        let section = of(&words.section_of, self.section);
        if self.page_number.1 > 1 {
            format!("{section}, {}", of(&words.page_of, self.page_number))
        } else {
            section
        }
    }

    fn errors(&self, sheet: &Sheet<'_>) -> Option<AnyView> {
        let words = &self.frame.words.section;
        self.hard().next()?;
        let items: Vec<_> = self
            .hard()
            .map(|finding| {
                let text = sheet
                    .words
                    .sentence(finding, |variable| self.label(variable));
                let label = self.label(finding.anchor());
                view! { <li><a href=format!("#{}", finding.anchor())>{label.clone()}{parting(&label)}{text}</a></li> }
            })
            .collect();
        // Only an answer to a saving takes the focus; whoever comes back to the page reads it in peace.
        let role = self.refused.then_some("alert");
        Some(
            view! {
                <div class="sum-e" role=role tabindex="-1" id="fel" autofocus=self.refused>
                    <h2>{words.error_summary.clone()}</h2>
                    <p>{words.error_kept.clone()}</p>
                    <ul>{items}</ul>
                </div>
            }
            .into_any(),
        )
    }

    fn clashing(&self) -> Option<AnyView> {
        self.clashes.first()?;
        let items: Vec<_> = self
            .clashes
            .iter()
            .map(|clash| view! { <li><a href=format!("#{}", clash.variable)>{self.label(&clash.variable)}</a></li> })
            .collect();
        let heading = self.frame.words.section.clash_summary.clone();
        Some(view! { <div class="sum-s"><h2>{heading}</h2><ul>{items}</ul></div> }.into_any())
    }

    fn asked(&self, sheet: &Sheet<'_>) -> Option<AnyView> {
        let words = &self.frame.words.section;
        let heading = match (self.hard().count(), self.soft().count()) {
            (0, 1) => words.soft_summary_one.clone(),
            (0, count @ 2..) => fill(&words.soft_summary, &[("count", &count.to_string())]),
            _ => return None,
        };
        let items: Vec<_> = self
            .soft()
            .map(|finding| {
                let text = sheet
                    .words
                    .sentence(finding, |variable| self.label(variable));
                let label = self.label(finding.anchor());
                view! { <li><a href=format!("#{}", finding.anchor())>{label.clone()}</a>{parting(&label)}{text}</li> }
            })
            .collect();
        Some(
            view! {
                <div class="sum-s" id="fragor" tabindex="-1">
                    <h2>{heading}</h2>
                    <p>{words.soft_explain.clone()}</p>
                    <ul>{items}</ul>
                </div>
            }
            .into_any(),
        )
    }
}
