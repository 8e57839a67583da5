//! The list of units.

use leptos::prelude::*;

use super::{
    tables::{Cell, table},
    unit_path,
};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        follow_up::count,
        form::{Input, done, input, pager, select},
    },
};

pub struct ListPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub search: &'a str,
    pub region: &'a str,
    /// `field:value`; empty: all.
    pub class: &'a str,
    pub tabs: [StatusTab; 3],
    pub regions: Vec<String>,
    /// Value and label.
    pub classes: Vec<(String, String)>,
    pub lines: Vec<ListLine>,
    pub total: u32,
    /// From 1.
    pub page: u32,
    pub pages: u32,
    /// The address of another page of the same list.
    pub address: &'a dyn Fn(u32) -> String,
    /// What was just done.
    pub told: Option<String>,
    pub may_change: bool,
}

/// Present units, branch offices, gone ones.
pub struct StatusTab {
    pub name: &'static str,
    pub address: String,
    pub count: u32,
    pub chosen: bool,
}

pub struct ListLine {
    pub key: String,
    pub name: String,
    pub city: String,
    pub region: String,
    pub ownership: String,
    /// Name and address.
    pub contact: Option<(String, String)>,
    pub undeliverable: bool,
}

impl ListPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.register;
        let told = self.told.as_deref().map(done);
        let changing = self.may_change.then(|| {
            view! {
                <a class="btn" href="/admin/register/import">{words.add_file.clone()}</a>
                <a href="/admin/register/klasser">{words.class_files.clone()}</a>
            }
        });
        let links = view! {
            <p class="go">{changing}<a href="/admin/register/historik">{words.history.clone()}</a></p>
        };
        let tabs: Vec<_> = self
            .tabs
            .iter()
            .map(|tab| {
                let label = match tab.name {
                    "branch" => &words.tab_branch,
                    "gone" => &words.tab_gone,
                    _ => &words.tab_present,
                };
                let label = format!("{label} ({})", count(tab.count.into(), self.frame.language));
                let here = tab.chosen.then_some("true");
                view! { <li><a href=tab.address.clone() aria-current=here>{label}</a></li> }
            })
            .collect();
        let found = match self.total {
            1 => words.found_one.clone(),
            n => fill(
                &words.found,
                &[("n", &count(n.into(), self.frame.language))],
            ),
        };
        let list = if self.lines.is_empty() {
            let nothing = self.tabs.iter().all(|tab| tab.count == 0);
            let text = if nothing {
                &words.register_empty
            } else {
                &words.nothing_found
            };
            view! { <p class="empty">{text.clone()}</p> }.into_any()
        } else {
            let headings = [
                words.unit.as_str(),
                words.place.as_str(),
                words.region.as_str(),
                words.ownership.as_str(),
                words.contact.as_str(),
            ];
            table(
                &found,
                &headings,
                self.lines.iter().map(|line| self.cells(line)).collect(),
            )
        };
        let status = self
            .tabs
            .iter()
            .find(|tab| tab.chosen)
            .map_or("present", |tab| tab.name);
        let main = view! {
            <h1>{words.units_title.clone()}</h1>
            {told}
            <p class="in">{words.units_lead.clone()}</p>
            {links}
            <form class="filters" method="get" action="/admin/register" role="search">
                <input type="hidden" name="status" value=status/>
                {self.filters()}
            </form>
            <ul class="tabs">{tabs}</ul>
            {list}
            {pager(frame, self.page, self.pages, self.address)}
        };
        frame.document(&words.units_title, Current::Register, main)
    }

    fn filters(&self) -> AnyView {
        let words = &self.frame.words.register;
        let search = Input {
            name: "sok",
            label: &words.search,
            hint: &words.search_hint,
            value: self.search,
            kind: "search",
            ..Input::default()
        };
        let region = Input {
            name: "region",
            label: &words.region,
            value: self.region,
            ..Input::default()
        };
        let class = Input {
            name: "klass",
            label: &words.class,
            value: self.class,
            ..Input::default()
        };
        let all = (String::new(), words.all.clone());
        let regions: Vec<_> = std::iter::once(all.clone())
            .chain(
                self.regions
                    .iter()
                    .map(|region| (region.clone(), region.clone())),
            )
            .collect();
        let classes: Vec<_> = std::iter::once(all)
            .chain(self.classes.iter().cloned())
            .collect();
        let class = (classes.len() > 1).then(|| select(&class, &classes, &[]));
        view! {
            <div class="row">
                {input(&search, &[])}
                {select(&region, &regions, &[])}
                {class}
                <p class="go"><button>{words.show.clone()}</button></p>
            </div>
        }
        .into_any()
    }

    fn cells(&self, line: &ListLine) -> Vec<Cell> {
        let words = &self.frame.words.register;
        let contact = match &line.contact {
            Some((name, email)) => {
                let back = line.undeliverable.then(
                    || view! { " " <span class="tag t1">{words.undeliverable.clone()}</span> },
                );
                view! { {name.clone()}<br/>{email.clone()}{back} }.into_any()
            }
            None => view! { <span class="tag t1">{words.no_contact.clone()}</span> }.into_any(),
        };
        let name = if line.name.is_empty() {
            &line.key
        } else {
            &line.name
        };
        vec![
            view! { <a href=unit_path(&line.key)>{name.clone()}</a> }
                .into_any()
                .into(),
            line.city.clone().into(),
            line.region.clone().into(),
            line.ownership.clone().into(),
            contact.into(),
        ]
    }
}
