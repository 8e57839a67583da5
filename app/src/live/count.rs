//! Tells how much room is left in a text, from four fifths of it. Over-typing is allowed and told, never cut.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use super::dom::{Form, by_id, target};
use crate::fill;

pub(super) fn tell(form: &Form, event: &Event) {
    let Some(field) = target::<HtmlElement>(event) else {
        return;
    };
    let Some(most) = field
        .get_attribute("data-most")
        .and_then(|most| most.parse::<usize>().ok())
    else {
        return;
    };
    let text = match (
        field.dyn_ref::<HtmlTextAreaElement>(),
        field.dyn_ref::<HtmlInputElement>(),
    ) {
        (Some(area), _) => area.value(),
        (None, Some(input)) => input.value(),
        (None, None) => return,
    };
    let Some(place) = by_id::<HtmlElement>(&format!("{}-n", field.id())) else {
        return;
    };
    let length = text.chars().count();
    let said = if length > most {
        fill(&form.page.over, &[("over", &(length - most).to_string())])
    } else if length * 5 >= most * 4 || place.has_attribute("role") {
        fill(&form.page.left, &[("left", &(most - length).to_string())])
    } else {
        return;
    };
    let _ = place.set_attribute("role", "status");
    place.set_text_content(Some(&said));
}
