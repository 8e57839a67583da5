//! The pieces that forms and lists are made of: labels above fields, faults said at the top and at the field.

use leptos::prelude::*;

use super::StaffFrame;
use crate::{document::textarea_text, fill};

/// What must be mended, at which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name, which is its id too.
    pub field: String,
    /// A whole sentence that says what to do.
    pub text: String,
}

impl Fault {
    pub fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            text: text.into(),
        }
    }
}

/// One line to type in.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    pub name: &'a str,
    pub label: &'a str,
    /// One sentence below the label; empty: none.
    pub hint: &'a str,
    pub value: &'a str,
    /// The type attribute: text, email, password, date, search, number.
    pub kind: &'static str,
    pub autocomplete: &'static str,
    /// Which keyboard a phone shows: numeric, decimal.
    pub mode: Option<&'static str>,
    pub class: &'static str,
}

impl Default for Input<'_> {
    fn default() -> Self {
        Self {
            name: "",
            label: "",
            hint: "",
            value: "",
            kind: "text",
            autocomplete: "off",
            mode: None,
            class: "",
        }
    }
}

/// The list of faults above the page's heading; nothing where there are none.
pub fn summary(frame: &StaffFrame<'_>, faults: &[Fault]) -> Option<AnyView> {
    (!faults.is_empty()).then(|| {
        let items: Vec<_> = faults
            .iter()
            .map(|fault| view! { <li><a href=format!("#{}", fault.field)>{fault.text.clone()}</a></li> })
            .collect();
        view! {
            <div class="sum-e" role="alert" tabindex="-1" id="fel" autofocus>
                <h2>{frame.words.frame.error_summary.clone()}</h2>
                <ul>{items}</ul>
            </div>
        }
        .into_any()
    })
}

/// What a field says besides its label: the hint and its faults, and the ids that tie them to it.
struct Said {
    view: AnyView,
    described: Option<String>,
    faulty: Option<&'static str>,
}

fn said(name: &str, hint: &str, faults: &[Fault]) -> Said {
    let errors: Vec<_> = faults
        .iter()
        .filter(|fault| fault.field == name)
        .map(|fault| fault.text.clone())
        .collect();
    let wrong = !errors.is_empty();
    let ids = [
        (!hint.is_empty()).then(|| format!("{name}-h")),
        wrong.then(|| format!("{name}-e")),
    ];
    let described: Vec<String> = ids.into_iter().flatten().collect();
    let hint = (!hint.is_empty())
        .then(|| view! { <p class="h" id=format!("{name}-h")>{hint.to_owned()}</p> });
    let error = wrong.then(|| view! { <p class="e" id=format!("{name}-e")>{errors.join(" ")}</p> });
    Said {
        view: view! { {hint}{error} }.into_any(),
        described: (!described.is_empty()).then(|| described.join(" ")),
        faulty: wrong.then_some("true"),
    }
}

/// One line to type in, with its label.
pub fn input(field: &Input<'_>, faults: &[Fault]) -> AnyView {
    let said = said(field.name, field.hint, faults);
    view! {
        <div class="f">
            <label class="l2" for=field.name.to_owned()>{field.label.to_owned()}</label>
            {said.view}
            <input
                type=field.kind
                id=field.name.to_owned()
                name=field.name.to_owned()
                value=field.value.to_owned()
                autocomplete=field.autocomplete
                inputmode=field.mode
                class=(!field.class.is_empty()).then_some(field.class)
                aria-invalid=said.faulty
                aria-describedby=said.described
            />
        </div>
    }
    .into_any()
}

/// Several lines to type in.
pub fn textarea(field: &Input<'_>, rows: u16, faults: &[Fault]) -> AnyView {
    let said = said(field.name, field.hint, faults);
    view! {
        <div class="f">
            <label class="l2" for=field.name.to_owned()>{field.label.to_owned()}</label>
            {said.view}
            <textarea
                id=field.name.to_owned()
                name=field.name.to_owned()
                rows=rows.to_string()
                aria-invalid=said.faulty
                aria-describedby=said.described
                inner_html=textarea_text(field.value)
            ></textarea>
        </div>
    }
    .into_any()
}

/// A choice from a list of `(value, label)`; `field.value` is the chosen one.
pub fn select(field: &Input<'_>, options: &[(String, String)], faults: &[Fault]) -> AnyView {
    let said = said(field.name, field.hint, faults);
    let options: Vec<_> = options
        .iter()
        .map(|(value, label)| {
            let chosen = value == field.value;
            view! { <option value=value.clone() selected=chosen>{label.clone()}</option> }
        })
        .collect();
    view! {
        <div class="f">
            <label class="l2" for=field.name.to_owned()>{field.label.to_owned()}</label>
            {said.view}
            <select
                id=field.name.to_owned()
                name=field.name.to_owned()
                aria-invalid=said.faulty
                aria-describedby=said.described
            >
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// What was done, after a form: said politely and seen at once. It has the focus, so that the way on begins there.
pub fn done(text: &str) -> AnyView {
    view! { <div class="sum-ok" role="status" tabindex="-1" autofocus><p>{text.to_owned()}</p></div> }
        .into_any()
}

/// Ways to the neighbouring pages of a long list; nothing where one page holds it. Pages count from 1.
pub fn pager(
    frame: &StaffFrame<'_>,
    page: u32,
    pages: u32,
    address: impl Fn(u32) -> String,
) -> Option<AnyView> {
    (pages > 1).then(|| {
        let words = &frame.words.frame;
        let here = fill(
            &words.page_of,
            &[("page", &page.to_string()), ("pages", &pages.to_string())],
        );
        let previous = (page > 1).then(|| {
            view! { <a rel="prev" href=address(page - 1)>{words.previous.clone()}</a> }
        });
        let next = (page < pages).then(|| {
            view! { <a rel="next" href=address(page + 1)>{words.next.clone()}</a> }
        });
        view! { <nav class="pager" aria-label=here.clone()>{previous}<span>{here.clone()}</span>{next}</nav> }
            .into_any()
    })
}
