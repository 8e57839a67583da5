//! What accepting a file would do, before anything is written.

use leptos::prelude::*;

use super::{
    tables::{Cell, table},
    unit_path,
};
use crate::{
    fill,
    staff::{Current, StaffFrame, follow_up, form::pager},
};

pub struct PreviewPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    /// The file's own address.
    pub path: &'a str,
    pub file_name: &'a str,
    pub sender: &'a str,
    pub counts: Vec<Count>,
    /// What of it is shown, and on which page of how many.
    pub shown: Vec<Shown>,
    pub alone: Option<(&'static str, u32, u32)>,
    pub chiefs: Vec<ChiefLine>,
    /// Fields that the form carries along.
    pub carried: Vec<(&'static str, String)>,
    /// What stands after `?`, without the list.
    pub query: &'a str,
    /// Whether the register changed since the preview was shown last.
    pub stale: bool,
    pub faulty: usize,
    pub nothing: bool,
}

/// How many of one kind, with the list's name in addresses.
pub struct Count {
    pub list: &'static str,
    pub n: usize,
}

/// A list, whole or its beginning.
pub enum Shown {
    New(Vec<UnitLine>),
    Changed(Vec<ChangedLine>),
    Gone(Vec<UnitLine>),
    Faulty(Vec<RowLine>),
    Remarks(Vec<RowLine>),
    Unclear(Vec<RowLine>),
}

pub struct UnitLine {
    /// Of a unit that is known.
    pub key: Option<String>,
    pub row: Option<u32>,
    pub name: String,
    pub place: String,
    pub region: String,
    pub chief: String,
    pub branch: bool,
}

pub struct ChangedLine {
    pub key: String,
    pub row: u32,
    pub name: String,
    pub back: bool,
    pub fields: Vec<ChangedField>,
}

pub struct ChangedField {
    pub label: String,
    pub before: String,
    pub after: String,
}

pub struct RowLine {
    pub row: u32,
    pub column: String,
    pub value: String,
    pub reason: String,
}

pub struct ChiefLine {
    pub id: String,
    pub name: String,
    pub email: String,
    pub units: usize,
    /// Unit and who would get its mail.
    pub heads: Vec<(String, String)>,
    pub missing: Vec<String>,
}

impl Shown {
    const fn list(&self) -> &'static str {
        match self {
            Self::New(_) => "nya",
            Self::Changed(_) => "andrade",
            Self::Gone(_) => "borttagna",
            Self::Faulty(_) => "fel",
            Self::Remarks(_) => "anmarkningar",
            Self::Unclear(_) => "oklara",
        }
    }
}

impl PreviewPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.register;
        let stale = self
            .stale
            .then(|| view! { <div class="sum-s" role="alert"><p>{words.stale.clone()}</p></div> });
        let lead = fill(
            &words.preview_lead,
            &[("file", self.file_name), ("sender", self.sender)],
        );
        let shown: Vec<_> = self.shown.iter().map(|shown| self.list(shown)).collect();
        let pages = self.alone.and_then(|(list, page, pages)| {
            pager(frame, page, pages, |page| {
                format!(
                    "{}/granska?{}&lista={list}&sida={page}",
                    self.path, self.query
                )
            })
        });
        let back = self.alone.map(|_| {
            let address = format!("{}/granska?{}", self.path, self.query);
            view! { <p><a href=address>{words.back_to_preview.clone()}</a></p> }
        });
        let change = format!("{}?{}", self.path, self.query);
        let main = view! {
            <p class="back"><a href=change>{words.change_mapping.clone()}</a></p>
            <h1>{words.preview_title.clone()}</h1>
            {stale}
            <p class="in">{lead}</p>
            {self.counts()}
            {back}
            {shown}
            {pages}
            {self.accept()}
        };
        frame.document(&words.preview_title, Current::Register, main)
    }

    fn label(&self, list: &str) -> &str {
        let words = &self.frame.words.register;
        match list {
            "nya" => &words.count_new,
            "andrade" => &words.count_changed,
            "borttagna" => &words.count_gone,
            "fel" => &words.count_faulty,
            "anmarkningar" => &words.count_remarks,
            "oklara" => &words.count_unclear,
            "filialer" => &words.count_branches,
            _ => &words.count_unchanged,
        }
    }

    /// `40 000` in Swedish.
    fn grouped(&self, n: usize) -> String {
        let n = u64::try_from(n).unwrap_or(u64::MAX);
        follow_up::count(n, self.frame.language)
    }

    fn counts(&self) -> AnyView {
        let items: Vec<_> = self
            .counts
            .iter()
            .map(|count| view! { <dt>{self.label(count.list).to_owned()}</dt><dd>{self.grouped(count.n)}</dd> })
            .collect();
        view! { <dl class="facts counts">{items}</dl> }.into_any()
    }

    fn list(&self, shown: &Shown) -> AnyView {
        let words = &self.frame.words.register;
        let (title, lines) = match shown {
            Shown::New(lines) => (&words.rows_new, self.units(&words.rows_new, lines)),
            Shown::Gone(lines) => (&words.rows_gone, self.units(&words.rows_gone, lines)),
            Shown::Changed(lines) => (&words.rows_changed, self.changed(lines)),
            Shown::Faulty(lines) => (&words.rows_faulty, self.rows(&words.rows_faulty, lines)),
            Shown::Remarks(lines) => (&words.rows_remarks, self.rows(&words.rows_remarks, lines)),
            Shown::Unclear(lines) => (&words.rows_unclear, self.rows(&words.rows_unclear, lines)),
        };
        let list = shown.list();
        let n = self
            .counts
            .iter()
            .find(|count| count.list == list)
            .map_or(0, |count| count.n);
        let drawn = match shown {
            Shown::New(lines) | Shown::Gone(lines) => lines.len(),
            Shown::Changed(lines) => lines.len(),
            Shown::Faulty(lines) | Shown::Remarks(lines) | Shown::Unclear(lines) => lines.len(),
        };
        let all = (self.alone.is_none() && drawn < n).then(|| {
            let address = format!("{}/granska?{}&lista={list}", self.path, self.query);
            let label = fill(
                &words.show_all,
                &[("n", &self.grouped(n)), ("what", &title.to_lowercase())],
            );
            view! { <p><a href=address>{label}</a></p> }
        });
        view! { <h2 id=list>{title.clone()}</h2>{lines}{all} }.into_any()
    }

    fn units(&self, caption: &str, lines: &[UnitLine]) -> AnyView {
        let words = &self.frame.words.register;
        let headings = [
            words.unit.as_str(),
            words.place.as_str(),
            words.region.as_str(),
            words.contact.as_str(),
        ];
        let rows = lines
            .iter()
            .map(|line| {
                let row = line.row.map(|row| {
                    let row = fill(&words.row, &[("row", &row.to_string())]);
                    view! { " " <span class="h">{row}</span> }
                });
                let branch = line
                    .branch
                    .then(|| view! { " " <span class="tag">{words.branch.clone()}</span> });
                let name = match &line.key {
                    Some(key) => {
                        view! { <a href=unit_path(key)>{line.name.clone()}</a> }.into_any()
                    }
                    None => line.name.clone().into_any(),
                };
                vec![
                    view! { {name}{row}{branch} }.into_any().into(),
                    line.place.as_str().into(),
                    line.region.as_str().into(),
                    line.chief.as_str().into(),
                ]
            })
            .collect();
        table(caption, &headings, rows)
    }

    fn changed(&self, lines: &[ChangedLine]) -> AnyView {
        let words = &self.frame.words.register;
        let headings = [
            words.unit.as_str(),
            words.what.as_str(),
            words.before.as_str(),
            words.after.as_str(),
        ];
        let rows = lines
            .iter()
            .flat_map(|line| {
                let unit = || {
                    let row = fill(&words.row, &[("row", &line.row.to_string())]);
                    Cell::from(
                        view! { <a href=unit_path(&line.key)>{line.name.clone()}</a> " " <span class="h">{row}</span> }
                            .into_any(),
                    )
                };
                let back = line
                    .back
                    .then(|| vec![unit(), words.was_gone.as_str().into(), "".into(), "".into()]);
                let fields = line.fields.iter().map(move |field| {
                    vec![
                        unit(),
                        field.label.as_str().into(),
                        field.before.as_str().into(),
                        field.after.as_str().into(),
                    ]
                });
                back.into_iter().chain(fields)
            })
            .collect();
        table(&words.rows_changed, &headings, rows)
    }

    fn rows(&self, caption: &str, lines: &[RowLine]) -> AnyView {
        let words = &self.frame.words.register;
        let row = fill(&words.row, &[("row", "")]);
        let column = fill(&words.column, &[("column", "")]);
        let headings = [
            row.trim(),
            column.trim(),
            words.value.as_str(),
            words.reason.as_str(),
        ];
        let rows = lines
            .iter()
            .map(|line| {
                vec![
                    line.row.to_string().into(),
                    line.column.as_str().into(),
                    line.value.as_str().into(),
                    line.reason.as_str().into(),
                ]
            })
            .collect();
        table(caption, &headings, rows)
    }

    fn accept(&self) -> AnyView {
        let words = &self.frame.words.register;
        let discard = view! {
            <form method="post" action=format!("{}/slang", self.path)><p class="go"><button class="b2">{words.discard.clone()}</button></p></form>
        };
        if self.nothing {
            return view! { <p class="note">{words.nothing_to_do.clone()}</p>{discard} }.into_any();
        }
        let carried: Vec<_> = self
            .carried
            .iter()
            .map(|(name, value)| view! { <input type="hidden" name=*name value=value.clone()/> })
            .collect();
        let faulty = (self.faulty > 0).then(|| {
            let text = fill(&words.accept_faulty, &[("n", &self.faulty.to_string())]);
            view! { <p class="note">{text}</p> }
        });
        view! {
            <form method="post" action=format!("{}/importera", self.path)>
                {carried}
                {self.chiefs()}
                <h2>{words.accept.clone()}</h2>
                <p>{words.accept_lead.clone()}</p>
                {faulty}
                <p class="go"><button>{words.accept.clone()}</button></p>
            </form>
            {discard}
        }
        .into_any()
    }

    fn chiefs(&self) -> Option<AnyView> {
        let words = &self.frame.words.register;
        (!self.chiefs.is_empty()).then(|| {
            let chiefs: Vec<_> = self.chiefs.iter().zip(0..).map(|(chief, n): (_, u32)| self.chief(chief, n)).collect();
            view! { <h2 id="chefer">{words.chiefs_heading.clone()}</h2><p>{words.chiefs_lead.clone()}</p>{chiefs} }
                .into_any()
        })
    }

    fn chief(&self, chief: &ChiefLine, n: u32) -> AnyView {
        let words = &self.frame.words.register;
        let who = if chief.email.is_empty() {
            &chief.name
        } else {
            &chief.email
        };
        let title = fill(
            &words.chief_of,
            &[
                (
                    "name",
                    if chief.name.is_empty() {
                        who
                    } else {
                        &chief.name
                    },
                ),
                ("n", &chief.units.to_string()),
            ],
        );
        let heads: Vec<_> = chief
            .heads
            .iter()
            .map(|(unit, head)| view! { <li>{format!("{unit}: {head}")}</li> })
            .collect();
        let missing: Vec<_> = chief
            .missing
            .iter()
            .map(|unit| view! { <li>{unit.clone()}</li> })
            .collect();
        let missing = (!missing.is_empty())
            .then(|| view! { <p>{words.chief_missing.clone()}</p><ul>{missing}</ul> });
        let offer = (!heads.is_empty()).then(|| {
            let label = fill(&words.chief_relieve, &[("n", &chief.heads.len().to_string())]);
            view! {
                <p>{words.chief_heads.clone()}</p>
                <ul>{heads}</ul>
                <label class="c"><input type="checkbox" name=format!("chef{n}") value=chief.id.clone()/> {label}</label>
            }
        });
        view! { <section class="box"><h3>{title}</h3><p class="h">{chief.email.clone()}</p>{offer}{missing}</section> }.into_any()
    }
}
