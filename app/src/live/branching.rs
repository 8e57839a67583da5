//! Shows and hides what depends on an answer on the same page.

use survey::{
    answers::{Answers, TICKED},
    condition::{Condition, Fact, Truth},
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::dom::{Form, all, by_id};

pub(super) fn update(form: &Form) {
    let answers = form.answers();
    for element in all(&form.element, "[data-when]") {
        let Some(condition) = element
            .get_attribute("data-when")
            .and_then(|source| Condition::parse_trusted(&source))
        else {
            continue;
        };
        // A name that is no field here was decided by the server when it wrote the page.
        if condition
            .names()
            .iter()
            .any(|name| by_id::<HtmlElement>(name).is_none())
        {
            continue;
        }
        let shown = condition.holds(&|name: &str| fact(&answers, name)) == Truth::True;
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            element.set_hidden(!shown);
        }
    }
}

/// A field's text as the branching sees it. The field's own type says how to read it.
fn fact(answers: &Answers, name: &str) -> Fact {
    let raw = answers.raw(name).trim();
    let Some(field) = by_id::<HtmlElement>(name) else {
        return Fact::Missing;
    };
    let kind = field
        .dyn_ref::<HtmlInputElement>()
        .map(HtmlInputElement::type_)
        .unwrap_or_default();
    match kind.as_str() {
        "checkbox" => Fact::Flag(raw == TICKED),
        _ if raw.is_empty() => Fact::Missing,
        "radio" => Fact::Choice(raw.to_owned()),
        _ => match field.get_attribute("inputmode").as_deref() {
            Some(mode @ ("numeric" | "decimal")) => {
                survey::answers::read_number(raw, mode == "numeric")
                    .map_or(Fact::Missing, Fact::Number)
            }
            _ => Fact::Text(raw.to_owned()),
        },
    }
}
