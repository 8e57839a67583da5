//! A value that the rules did not ask about.

use leptos::prelude::*;

use super::{
    CleaningPaths,
    case::CasePage,
    query::{field_of, reason_of, value_of},
};
use crate::staff::form::{Input, input, select, textarea};

impl CasePage<'_> {
    /// The form for a value that nothing was asked about: place 0 among the page's forms.
    pub(super) fn own_form(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let typed = self.form.filter(|form| form.query.is_empty());
        let (chosen, value) = typed
            .and_then(|form| form.values.first_key_value())
            .map_or(("", ""), |(variable, value)| {
                (variable.as_str(), value.as_str())
            });
        let mut options = vec![(String::new(), words.own_which_missing.clone())];
        options.extend(self.numbers().map(|key| (key.to_owned(), self.label(key))));
        let (which, to, reason) = (field_of(0), value_of(0, ""), reason_of(0));
        let which = Input {
            name: &which,
            label: &words.own_which,
            value: chosen,
            ..Input::default()
        };
        let to = Input {
            name: &to,
            label: &words.cleaned,
            hint: &words.own_values_hint,
            value,
            mode: Some("decimal"),
            class: "code",
            ..Input::default()
        };
        let reason = Input {
            name: &reason,
            label: &words.reason,
            value: typed.map_or("", |form| form.reason.as_str()),
            ..Input::default()
        };
        view! {
            <h2 id="egen">{words.own_title.clone()}</h2>
            <p>{words.own_lead.clone()}</p>
            <form method="post" action=CleaningPaths(self.round).decide(self.unit_key)>
                <input type="hidden" name="utgava" value=self.edition.to_string()/>
                <input type="hidden" name="plats" value="0"/>
                {select(&which, &options, self.faults)}
                {input(&to, self.faults)}
                {textarea(&reason, 2, self.faults)}
                <p class="go"><button class="b2">{words.own_do.clone()}</button></p>
            </form>
        }
        .into_any()
    }
}
