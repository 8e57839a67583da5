//! "Be en kollega om hjälp": links to single sections, given and taken back; and what the colleague meets.

use leptos::prelude::*;

use super::{SectionStatus, Status};
use crate::{Frame, document::Head, fill};

/// Where the chief gives a colleague a link to one section.
pub struct SharePage<'a> {
    pub frame: &'a Frame<'a>,
    /// Key and title of every section on the route.
    pub sections: Vec<(String, String)>,
    pub given: Vec<SharedLink>,
    pub form: ShareForm,
    pub faults: Vec<ShareFault>,
    pub done: Option<Shared>,
}

/// A link that was given.
#[derive(Clone, Debug)]
pub struct SharedLink {
    /// As it stands in addresses.
    pub id: String,
    pub holder: String,
    /// The section's title.
    pub section: String,
    /// The whole address; none where it was taken back.
    pub address: Option<String>,
}

/// The form as typed.
#[derive(Clone, Debug, Default)]
pub struct ShareForm {
    pub section: String,
    pub holder: String,
    pub email: String,
}

/// What has just been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    Mailed,
    Made,
}

/// What must be mended in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareFault {
    SectionMissing,
    HolderMissing,
    EmailInvalid,
    TooLong {
        field: &'static str,
        most: usize,
    },
    /// No more links may be given.
    TooMany,
}

impl ShareFault {
    fn field(self) -> &'static str {
        match self {
            Self::SectionMissing | Self::TooMany => "avsnitt",
            Self::HolderMissing => "namn",
            Self::EmailInvalid => "epost",
            Self::TooLong { field, .. } => field,
        }
    }
}

impl SharePage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn sentence(&self, fault: ShareFault) -> String {
        let words = &self.frame.words.share;
        match fault {
            ShareFault::SectionMissing => words.section_missing.clone(),
            ShareFault::HolderMissing => words.holder_missing.clone(),
            ShareFault::EmailInvalid => words.email_invalid.clone(),
            ShareFault::TooMany => words.too_many.clone(),
            ShareFault::TooLong { most, .. } => {
                fill(&words.too_long, &[("most", &most.to_string())])
            }
        }
    }

    /// The sentences at a field, and what ties them to it.
    fn errors(&self, field: &str) -> (Vec<AnyView>, Option<String>) {
        let said: Vec<AnyView> = self
            .faults
            .iter()
            .filter(|fault| fault.field() == field)
            .map(|fault| {
                view! { <p class="e" id=format!("{field}-e")>{self.sentence(*fault)}</p> }
                    .into_any()
            })
            .collect();
        let id = (!said.is_empty()).then(|| format!("{field}-e"));
        (said, id)
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.share;
        let summary = (!self.faults.is_empty()).then(|| {
            let items: Vec<_> = self
                .faults
                .iter()
                .map(|fault| view! { <li><a href=format!("#{}", fault.field())>{self.sentence(*fault)}</a></li> })
                .collect();
            view! { <div class="sum-e" role="alert" tabindex="-1" id="fel" autofocus><h2>{frame.words.section.error_summary.clone()}</h2><ul>{items}</ul></div> }
        });
        let done = self.done.map(|done| {
            let said = match done {
                Shared::Mailed => &words.mailed,
                Shared::Made => &words.made,
            };
            view! { <div class="sum-ok" role="status"><p>{said.clone()}</p></div> }
        });
        let main = view! {
            <p class="back"><a href=frame.path("")>{frame.words.notice.to_start.clone()}</a></p>
            {summary}
            <h1>{words.title.clone()}</h1>
            {done}
            <p class="in">{words.lead.clone()}</p>
            {self.form()}
            <h2>{words.given.clone()}</h2>
            {self.given()}
        };
        frame.document(
            Head {
                title: words.title.clone(),
                faulty: !self.faults.is_empty(),
                typed_on: false,
            },
            main,
        )
    }

    fn form(&self) -> impl IntoView + use<> {
        let words = &self.frame.words.share;
        let sections: Vec<_> = self
            .sections
            .iter()
            .enumerate()
            .map(|(place, (key, title))| {
                let id = if place == 0 {
                    "avsnitt".to_owned()
                } else {
                    format!("avsnitt-{key}")
                };
                view! {
                    <div class="o">
                        <input type="radio" id=id.clone() name="avsnitt" value=key.clone() checked=self.form.section == *key/>
                        <label for=id>{title.clone()}</label>
                    </div>
                }
            })
            .collect();
        let line = |field: &'static str, label: &str, hint: Option<&str>, value: &str| {
            let (said, described) = self.errors(field);
            let hint = hint.map(|hint| {
                view! { <p class="h" id=format!("{field}-h")>{hint.to_owned()}</p> }
            });
            let ids: Vec<String> = hint
                .is_some()
                .then(|| format!("{field}-h"))
                .into_iter()
                .chain(described.clone())
                .collect();
            view! {
                <div class="f">
                    <label class="l2" for=field>{label.to_owned()}</label>
                    {hint}
                    {said}
                    <input type="text" id=field name=field value=value.to_owned() autocomplete="off"
                        aria-invalid=described.is_some().then_some("true")
                        aria-describedby=(!ids.is_empty()).then(|| ids.join(" "))/>
                </div>
            }
        };
        let (said, described) = self.errors("avsnitt");
        view! {
            <form method="post" action=self.frame.path("/dela") novalidate>
                <fieldset aria-describedby=described><legend class="l">{words.section.clone()}</legend>{said}{sections}</fieldset>
                {line("namn", &words.holder, None, &self.form.holder)}
                {line("epost", &words.email, Some(&words.email_hint), &self.form.email)}
                <div class="go"><button>{words.give.clone()}</button></div>
            </form>
        }
    }

    fn given(&self) -> AnyView {
        let words = &self.frame.words.share;
        if self.given.is_empty() {
            return view! { <p class="h">{words.nobody.clone()}</p> }.into_any();
        }
        let items: Vec<_> = self
            .given
            .iter()
            .map(|link| {
                let what = fill(
                    &words.who_what,
                    &[("holder", &link.holder), ("section", &link.section)],
                );
                let rest = if let Some(address) = &link.address {
                    let id = format!("adress-{}", link.id);
                    let hidden = fill(&words.take_back_what, &[("holder", &link.holder)]);
                    view! {
                        <label class="h" for=id.clone()>{words.copy.clone()}</label>
                        <input type="text" id=id readonly value=address.clone()/>
                        <form method="post" action=self.frame.path(&format!("/dela/{}/ta-tillbaka", link.id))>
                            <button class="b3">{words.take_back.clone()}<span class="vh">" "{hidden}</span></button>
                        </form>
                    }
                    .into_any()
                } else {
                    view! { <p class="h">{words.taken_back.clone()}</p> }.into_any()
                };
                view! { <li class="sh"><p><strong>{what}</strong></p>{rest}</li> }
            })
            .collect();
        view! { <ul class="shl">{items}</ul> }.into_any()
    }
}

/// Where a colleague's link leads.
pub struct HelperPage<'a> {
    pub frame: &'a Frame<'a>,
    pub holder: &'a str,
    pub section: SectionStatus,
    pub closes: String,
}

impl HelperPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.share;
        let title = fill(&words.helper_title, &[("section", &self.section.title)]);
        let done = (self.section.status == Status::Done).then(|| {
            view! { <div class="sum-ok" role="status"><p>{words.helper_done.clone()}</p></div> }
        });
        let main = view! {
            <h1>{title.clone()}</h1>
            {done}
            <p class="in">{fill(&words.helper_lead, &[("holder", self.holder)])}</p>
            <p><strong>{super::answered::dated(&frame.words.start.closes, &self.closes)}</strong></p>
            <p class="go"><a class="btn" href=self.section.path.clone()>{words.helper_begin.clone()}</a></p>
            <p><a href=frame.path("/om/personuppgifter")>{frame.words.start.privacy_more.clone()}</a></p>
        };
        frame.document(
            Head {
                title,
                faulty: false,
                typed_on: false,
            },
            main,
        )
    }
}
