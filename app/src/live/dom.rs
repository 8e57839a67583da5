//! The page's form as the island sees it, and the events it listens to.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::Duration,
};

use leptos::prelude::{document, set_timeout};
use survey::{
    answers::{Answers, TICKED},
    checks::Change,
};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{
    ClipboardEvent, CustomEvent, CustomEventInit, Element, Event, EventTarget, HtmlElement,
    HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent,
};

use super::{LivePage, branching, count, matrix, questions::Questions};

/// What the island works with.
pub(super) struct Form {
    pub element: HtmlFormElement,
    pub page: LivePage,
}

/// A box that appears between press and release would move what is being clicked, and the click would miss it.
#[derive(Default)]
struct Press {
    held: Cell<bool>,
    /// Something has changed since the press, and has not been asked about.
    waiting: Cell<bool>,
}

pub(super) fn wake() {
    let Some(element) = by_id::<HtmlFormElement>("f") else {
        return;
    };
    let Some(page) = element
        .get_attribute("data-live")
        .and_then(|text| LivePage::read(&text))
    else {
        return;
    };
    if let Some(root) = document().document_element() {
        let _ = root.class_list().add_1("live");
    }
    let form = Rc::new(Form { element, page });
    let questions = Rc::new(RefCell::new(Questions::new(form.page.confirmed.clone())));
    let press = Rc::new(Press::default());

    branching::update(&form);
    matrix::rest(&form);
    matrix::sums(&form);

    {
        let (form, press) = (Rc::clone(&form), Rc::clone(&press));
        let owner = Rc::clone(&form);
        listen(&owner.element, "input", move |event| {
            // A release is not told where something was dragged; who types holds no button.
            press.held.set(false);
            count::tell(&form, &event);
            branching::update(&form);
            matrix::sums(&form);
        });
    }
    watch_mouse(&form, &questions, &press);
    {
        let (form, questions) = (Rc::clone(&form), Rc::clone(&questions));
        let owner = Rc::clone(&form);
        listen(&owner.element, "change", move |event| {
            if let Some(input) = target::<HtmlInputElement>(&event) {
                matrix::absence(&form, &input);
                exclusive(&input);
                reveal_clear(&input);
            }
            branching::update(&form);
            matrix::sums(&form);
            if press.held.get() {
                press.waiting.set(true);
                return;
            }
            // A mend writes from within: what it leaves to ask is asked when it is done.
            if let Ok(mut questions) = questions.try_borrow_mut() {
                questions.ask(&form);
            }
        });
    }
    {
        let (form, questions) = (Rc::clone(&form), Rc::clone(&questions));
        let owner = Rc::clone(&form);
        listen(&owner.element, "click", move |event| {
            let Some(button) = target::<Element>(&event)
                .and_then(|element| element.closest("button[name=do]").ok().flatten())
            else {
                return;
            };
            let value = button.get_attribute("value").unwrap_or_default();
            if questions.borrow_mut().answer(&form, &value) {
                event.prevent_default();
                branching::update(&form);
                matrix::sums(&form);
                questions.borrow_mut().ask(&form);
            }
        });
    }
    {
        let (form, questions) = (Rc::clone(&form), Rc::clone(&questions));
        let owner = Rc::clone(&form);
        listen(&owner.element, "keydown", move |event| {
            questions.borrow().seen(&form);
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                // The browser looks for the next stop before it tells of the change: what is asked must stand there by then.
                if event.key() == "Tab"
                    && let Ok(mut questions) = questions.try_borrow_mut()
                {
                    questions.ask(&form);
                }
                reason(event);
                matrix::travel(event);
            }
        });
    }
    {
        let owner = Rc::clone(&form);
        listen(&owner.element, "paste", move |event| {
            if let Some(event) = event.dyn_ref::<ClipboardEvent>() {
                matrix::paste(event);
            }
        });
    }
}

/// Waits with boxes while a button of the mouse is held.
fn watch_mouse(form: &Rc<Form>, questions: &Rc<RefCell<Questions>>, press: &Rc<Press>) {
    {
        let (form, questions, press) = (Rc::clone(form), Rc::clone(questions), Rc::clone(press));
        listen(&document(), "mousedown", move |_| {
            press.held.set(true);
            questions.borrow().seen(&form);
        });
    }
    {
        let (form, questions, press) = (Rc::clone(form), Rc::clone(questions), Rc::clone(press));
        listen(&document(), "mouseup", move |_| {
            press.held.set(false);
            if press.waiting.take() {
                let (form, questions) = (Rc::clone(&form), Rc::clone(&questions));
                // After the click that this release makes.
                set_timeout(move || questions.borrow_mut().ask(&form), Duration::ZERO);
            }
        });
    }
}

fn listen(target: &EventTarget, event: &str, handle: impl Fn(Event) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(handle);
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    // The page lives as long as the listener.
    closure.forget();
}

pub(super) fn target<T: JsCast>(event: &Event) -> Option<T> {
    event
        .target()
        .and_then(|target| target.dyn_into::<T>().ok())
}

pub(super) fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<T>().ok())
}

pub(super) fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

impl Form {
    /// What stands in the fields now.
    pub fn answers(&self) -> Answers {
        let mut answers = Answers::default();
        for element in all(&self.element, "input[name],textarea[name]") {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                match input.type_().as_str() {
                    "hidden" => {}
                    "radio" | "checkbox" if !input.checked() => {}
                    _ => answers.set(input.name(), input.value()),
                }
            } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                answers.set(area.name(), area.value());
            }
        }
        answers
    }

    /// Hands a saying that is not a field's text to the script that saves.
    pub fn say(&self, name: &str, value: &str) {
        let detail = js_sys::Array::of2(&name.into(), &value.into());
        let init = CustomEventInit::new();
        init.set_detail(&detail);
        if let Ok(event) = CustomEvent::new_with_event_init_dict("keep", &init) {
            let _ = self.element.dispatch_event(&event);
        }
    }
}

/// Writes as if the respondent had typed it, so that it is saved too.
pub(super) fn change(change: &Change) {
    if let Some(input) = by_id::<HtmlInputElement>(&change.variable) {
        write(&input, &change.raw);
    }
}

pub(super) fn write(input: &HtmlInputElement, raw: &str) {
    if input.type_() == "checkbox" {
        input.set_checked(raw == TICKED);
    } else {
        input.set_value(raw);
    }
    for name in ["input", "change"] {
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        if let Ok(event) = Event::new_with_event_init_dict(name, &init) {
            let _ = input.dispatch_event(&event);
        }
    }
}

/// Enter after a reason says "Stämmer"; the form's own button would leave the page.
fn reason(event: &KeyboardEvent) {
    if event.key() != "Enter" {
        return;
    }
    let button = target::<Element>(event)
        .filter(|field| {
            field
                .get_attribute("name")
                .is_some_and(|name| name.starts_with("reason:"))
        })
        .and_then(|field| field.closest("details").ok().flatten())
        .and_then(|details| details.query_selector("button").ok().flatten());
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        button.click();
    }
}

/// A choice can be taken back as soon as it is made.
fn reveal_clear(chosen: &HtmlInputElement) {
    let of_it = format!("button[value=\"clear:{}\"]", chosen.name());
    if chosen.type_() == "radio"
        && let Some(button) = document().query_selector(&of_it).ok().flatten()
    {
        let _ = button.remove_attribute("hidden");
    }
}

pub(super) fn focus(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        let _ = element.focus();
    }
}

/// A box that excludes the others unticks them, and they it.
fn exclusive(changed: &HtmlInputElement) {
    if !changed.checked()
        || !changed.has_attribute("data-exclusive") && changed.type_() != "checkbox"
    {
        return;
    }
    let Some(fieldset) = changed.closest("fieldset").ok().flatten() else {
        return;
    };
    let alone = changed.has_attribute("data-exclusive");
    for other in all(&fieldset, "input[type=checkbox]") {
        if let Some(other) = other.dyn_ref::<HtmlInputElement>()
            && other.name() != changed.name()
            && other.checked()
            && (alone || other.has_attribute("data-exclusive"))
        {
            change(&Change {
                variable: other.id(),
                raw: String::new(),
            });
        }
    }
}
