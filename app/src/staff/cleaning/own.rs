//! Values of the editor's own: the fields for them, and the form for one that the rules did not ask about.

use leptos::prelude::*;
use survey::instrument::{Variable, VariableKind};

use super::{
    case::CasePage,
    form::{Press, field_of, reason_of, value_of},
};
use crate::{
    fill,
    staff::form::{Input, input, select, textarea},
};

/// In the address: the variable that a value of the editor's own is for.
pub const VALUE: &str = "varde";

impl CasePage<'_> {
    /// First which value, then what it is: each kind has a field of its own. Place 0 in the form.
    pub(super) fn own_form(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let field = match self.chosen_value() {
            Some((variable, value, reason)) => self.give(variable, value, reason),
            None => ().into_any(),
        };
        view! {
            <h2 id="egen">{words.own_title.clone()}</h2>
            <p>{words.own_lead.clone()}</p>
            {self.choose_value()}
            {field}
        }
        .into_any()
    }

    /// The variable that is chosen, with what was typed for it and why.
    fn chosen_value(&self) -> Option<(&Variable, &str, &str)> {
        let filled_in = self.form.map(|form| &form.own);
        let (key, value) = filled_in
            .and_then(|own| own.values.first_key_value())
            .filter(|(key, _)| !key.is_empty())
            .map_or((self.value, ""), |(key, value)| (key, value));
        let variable = self.instrument.variable(key)?;
        let reason = filled_in.map_or("", |own| own.reason.as_str());
        (is_given(variable) && self.was_asked(variable)).then_some((variable, value, reason))
    }

    fn choose_value(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let chosen = self.chosen_value();
        let chosen = chosen.map_or("", |(variable, _, _)| variable.key.as_str());
        let variables = self.instrument.variables().iter();
        let mut options = vec![(String::new(), words.own_which_missing.clone())];
        options.extend(
            variables
                .filter(|variable| is_given(variable) && self.was_asked(variable))
                .filter(|variable| variable.key == chosen || !self.is_in_question(&variable.key))
                .map(|variable| (variable.key.clone(), self.label(&variable.key))),
        );
        let which = Input {
            name: VALUE,
            label: &words.own_which,
            value: chosen,
            ..Input::default()
        };
        view! {
            {select(&which, &options, self.faults)}
            <p class="go">{self.without_saving(Press::Choose, &words.own_choose)}</p>
        }
        .into_any()
    }

    fn give(&self, variable: &Variable, value: &str, reason: &str) -> AnyView {
        let words = &self.frame.words.cleaning;
        let key = &variable.key;
        let (to, why) = (value_of(0, ""), reason_of(0));
        let label = fill(&words.own_value, &[("what", &self.label(key))]);
        let why = Input {
            name: &why,
            label: &words.reason,
            hint: &words.own_reason_hint,
            value: reason,
            ..Input::default()
        };
        view! {
            <div class="box">
                <input type="hidden" name=field_of(0) value=key.clone()/>
                <p>{words.own_stands.clone()}": "{self.cell(key)}</p>
                {self.value_field(key, &to, &label, &self.range(variable), value)}
                {self.preview(0, "", self.form.map(|form| &form.own))}
                {textarea(&why, 2, self.faults)}
                <p class="go">
                    <button>{words.own_do.clone()}</button>
                    {self.without_saving(Press::Look, &words.own_look)}
                </p>
            </div>
        }
        .into_any()
    }

    /// A field for a value: a list where the questionnaire has options to choose from, a line to type a number in otherwise.
    pub(super) fn value_field(
        &self,
        variable: &str,
        name: &str,
        label: &str,
        hint: &str,
        value: &str,
    ) -> AnyView {
        let words = &self.frame.words.cleaning;
        let field = Input {
            name,
            label,
            hint,
            value,
            ..Input::default()
        };
        let kind = self.instrument.variable(variable).map(|one| &one.kind);
        if let Some(VariableKind::Choice(keys)) = kind {
            let mut options = vec![(String::new(), words.own_unchanged.clone())];
            options.extend(
                keys.iter()
                    .map(|key| (key.clone(), self.chosen(variable, key))),
            );
            return select(&field, &options, self.faults);
        }
        let number = Input {
            mode: Some("decimal"),
            class: "code",
            ..field
        };
        input(&number, self.faults)
    }

    /// Whether an editor may give the variable a value.
    pub(super) fn may_be_given(&self, variable: &str) -> bool {
        self.instrument.variable(variable).is_some_and(is_given)
    }

    /// Whether a question on the page is about it already.
    fn is_in_question(&self, variable: &str) -> bool {
        let mut asked = self
            .cleaned
            .queries
            .iter()
            .flat_map(|query| &query.variables);
        asked.any(|asked| asked == variable)
    }

    fn range(&self, variable: &Variable) -> String {
        let words = &self.frame.words.cleaning;
        match &variable.kind {
            VariableKind::Number(field) => {
                let (least, most) = (self.number(field.min), self.number(field.max));
                fill(&words.own_limits, &[("least", &least), ("most", &most)])
            }
            _ => String::new(),
        }
    }
}

/// Numbers and choices. Boxes, texts and personal data are the chief's alone.
fn is_given(variable: &Variable) -> bool {
    let kind = matches!(
        variable.kind,
        VariableKind::Number(_) | VariableKind::Choice(_)
    );
    kind && !variable.personal
}
