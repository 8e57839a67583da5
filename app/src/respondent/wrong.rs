//! "Fel mottagare?": whoever got the link can say who should answer, or that the unit has closed.

use leptos::prelude::*;

use crate::{
    Frame,
    document::{Head, textarea_text},
    fill,
};

pub struct WrongPage<'a> {
    pub frame: &'a Frame<'a>,
    pub form: WrongForm,
    pub faults: Vec<WrongFault>,
    /// It has been received.
    pub thanked: bool,
}

/// The form as typed.
#[derive(Clone, Debug, Default)]
pub struct WrongForm {
    pub kind: Option<WrongKind>,
    pub name: String,
    pub email: String,
    pub note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongKind {
    NewChief,
    Closed,
    Other,
}

impl WrongKind {
    pub const ALL: [Self; 3] = [Self::NewChief, Self::Closed, Self::Other];

    /// The name in forms and storage.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewChief => "new_chief",
            Self::Closed => "closed",
            Self::Other => "other",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What must be mended in the form before it can be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongFault {
    KindMissing,
    /// A new chief needs a name or an address.
    WhoMissing,
    EmailInvalid,
    /// A field is longer than so many characters.
    TooLong {
        field: &'static str,
        most: usize,
    },
}

impl WrongFault {
    fn field(self) -> &'static str {
        match self {
            Self::KindMissing => "kind",
            Self::WhoMissing => "name",
            Self::EmailInvalid => "email",
            Self::TooLong { field, .. } => field,
        }
    }
}

impl WrongPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let frame = self.frame;
        let words = &frame.words.wrong;
        let title = if self.thanked {
            &words.thanks_title
        } else {
            &words.title
        };
        let head = Head {
            title: title.clone(),
            faulty: !self.faults.is_empty(),
            typed_on: false,
        };
        let back = view! { <p class="back"><a href=frame.path("")>{frame.words.notice.to_start.clone()}</a></p> };
        if self.thanked {
            return frame.document(
                head,
                view! { {back}<h1>{title.clone()}</h1><p class="in">{words.thanks.clone()}</p> },
            );
        }
        let sentence = |fault: &WrongFault| match fault {
            WrongFault::KindMissing => words.kind_missing.clone(),
            WrongFault::WhoMissing => words.who_missing.clone(),
            WrongFault::EmailInvalid => words.email_invalid.clone(),
            WrongFault::TooLong { most, .. } => {
                fill(&words.too_long, &[("most", &most.to_string())])
            }
        };
        let summary = (!self.faults.is_empty()).then(|| {
            let items: Vec<_> = self.faults.iter().map(|fault| view! { <li><a href=format!("#{}", fault.field())>{sentence(fault)}</a></li> }).collect();
            view! { <div class="sum-e" role="alert" tabindex="-1" id="fel" autofocus><h2>{frame.words.section.error_summary.clone()}</h2><ul>{items}</ul></div> }
        });
        let errors = |field: &str| -> (Vec<AnyView>, Option<String>) {
            let said: Vec<AnyView> = self
                .faults
                .iter()
                .filter(|fault| fault.field() == field)
                .map(|fault| {
                    view! { <p class="e" id=format!("{field}-e")>{sentence(fault)}</p> }.into_any()
                })
                .collect();
            let id = (!said.is_empty()).then(|| format!("{field}-e"));
            (said, id)
        };
        let kinds: Vec<_> = WrongKind::ALL
            .into_iter()
            .enumerate()
            .map(|(index, kind)| {
                let label = match kind {
                    WrongKind::NewChief => &words.kind_new_chief,
                    WrongKind::Closed => &words.kind_closed,
                    WrongKind::Other => &words.kind_other,
                };
                let id = if index == 0 { "kind".to_owned() } else { format!("kind-{}", kind.name()) };
                view! {
                    <div class="o">
                        <input type="radio" id=id.clone() name="kind" value=kind.name() checked=self.form.kind == Some(kind)/>
                        <label for=id>{label.clone()}</label>
                    </div>
                }
            })
            .collect();
        let line = |field: &'static str, label: &str, value: &str, token: &'static str| {
            let (said, described) = errors(field);
            view! {
                <div class="f">
                    <label class="l2" for=field>{label.to_owned()}</label>
                    {said}
                    <input type="text" id=field name=field value=value.to_owned() autocomplete=token aria-invalid=described.is_some().then_some("true") aria-describedby=described/>
                </div>
            }
        };
        let (kind_errors, kind_described) = errors("kind");
        let (note_errors, note_described) = errors("note");
        let main = view! {
            {back}
            {summary}
            <h1>{title.clone()}</h1>
            <p class="in">{words.lead.clone()}</p>
            <form method="post" action=frame.path("/fel-mottagare") novalidate>
                <fieldset aria-describedby=kind_described><legend class="l">{words.kind.clone()}</legend>{kind_errors}{kinds}</fieldset>
                {line("name", &words.name, &self.form.name, "off")}
                {line("email", &words.email, &self.form.email, "off")}
                <div class="f">
                    <label class="l2" for="note">{words.note.clone()}</label>
                    {note_errors}
                    <textarea id="note" name="note" rows="3" aria-describedby=note_described inner_html=textarea_text(&self.form.note)></textarea>
                </div>
                <div class="go"><button>{words.send.clone()}</button></div>
            </form>
        };
        frame.document(head, main)
    }
}
