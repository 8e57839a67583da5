use leptos::prelude::*;

use super::{back, mailing_path, mailings_path, pilot_notice};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::pager,
        register::{
            tables::{Cell, table},
            unit_path,
        },
    },
};

/// A dry run.
pub struct PlanPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub number: u8,
    pub pilot: bool,
    /// Those who get it first, then each reason.
    pub groups: Vec<PlanGroup>,
    /// All of them.
    pub total: usize,
    /// The group that is listed; none where all are.
    pub chosen: Option<String>,
    pub lines: Vec<PlanLine>,
    /// From 1.
    pub page: u32,
    pub pages: u32,
    pub may_send: bool,
    /// As a file, with everybody's address.
    pub may_download: bool,
}

pub struct PlanGroup {
    /// As the address names it.
    pub code: &'static str,
    pub said: String,
    pub count: usize,
}

pub struct PlanLine {
    pub unit_key: String,
    pub unit_name: String,
    pub region: String,
    pub recipient: String,
    pub said: String,
}

impl PlanPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.rounds;
        let here = format!("{}/plan", mailing_path(self.key, self.number));
        let title = fill(
            &words.plan_title,
            &[("letter", words.letter(self.number)), ("round", self.key)],
        );
        let group = |code: Option<&str>, said: &str, count: usize| {
            let address = code.map_or_else(|| here.clone(), |code| format!("{here}?utfall={code}"));
            let current = (self.chosen.as_deref() == code).then_some("true");
            vec![
                Cell::View(
                    view! { <a href=address aria-current=current>{said.to_owned()}</a> }.into_any(),
                ),
                Cell::from(count.to_string()),
            ]
        };
        let groups = self
            .groups
            .iter()
            .map(|one| group(Some(one.code), &one.said, one.count))
            .chain(std::iter::once(group(None, &words.plan_all, self.total)))
            .collect();
        let rows: Vec<Vec<Cell>> = self
            .lines
            .iter()
            .map(|line| {
                vec![
                    Cell::View(
                        view! { <a href=unit_path(&line.unit_key)>{line.unit_name.clone()}</a> }
                            .into_any(),
                    ),
                    line.region.as_str().into(),
                    line.recipient.as_str().into(),
                    line.said.as_str().into(),
                ]
            })
            .collect();
        let headings = [
            words.unit.as_str(),
            &words.region,
            &words.recipient,
            &words.outcome,
        ];
        let found = if rows.is_empty() {
            view! { <p class="empty">{words.plan_none.clone()}</p> }.into_any()
        } else {
            table(&words.plan_units, &headings, rows)
        };
        let download = self.may_download.then(|| {
            view! { <a href=format!("{here}.csv")>{words.plan_csv.clone()}</a> }
        });
        let send = self.may_send.then(|| {
            let address = format!("{}/skicka", mailing_path(self.key, self.number));
            view! { <a href=address>{words.send_now.clone()}</a> }
        });
        let chosen = self.chosen.clone().unwrap_or_default();
        let address = |page: u32| format!("{here}?utfall={chosen}&sida={page}");
        let main = view! {
            {back(mailings_path(self.key), &words.back_to_mailings, self.key)}
            <h1>{title.clone()}</h1>
            {pilot_notice(words, self.pilot)}
            <p class="in">{words.plan_lead.clone()}</p>
            {table(&words.plan_caption, &[words.outcome.as_str(), &words.units], groups)}
            <p class="go">{download}{send}</p>
            {found}
            {pager(self.frame, self.page, self.pages, address)}
        };
        self.frame.document(&title, Current::Rounds, main)
    }
}
