//! What may be meant, in words: what becomes of the values, how likely it is, and what it does to the totals.

use leptos::prelude::*;
use survey::{
    cleaning::{Alternative, Change, Query},
    statistics::Share,
};

use super::{case::CasePage, left::lower, numbers::share};
use crate::fill;

/// What an alternative would do to one total.
#[derive(Clone, Debug)]
pub struct EffectShown {
    pub total: String,
    /// With its sign, as a reader writes it.
    pub change: String,
    pub country: Option<Share>,
    pub region: Option<Share>,
    /// The row that moves most, of the country's.
    pub row: Option<(String, Share)>,
}

/// With more changes than this they are folded away.
pub(super) const MOST_SHOWN: usize = 6;
/// As many changes are told in the name of an alternative.
const MOST_NAMED: usize = 2;

impl CasePage<'_> {
    /// What becomes of the values where that is soon said, and how plausible it is where there are several to choose from.
    pub(super) fn alternative_name(&self, alternative: &Alternative, query: &Query) -> String {
        let words = &self.frame.words.cleaning;
        let name = match alternative.id.as_str() {
            Alternative::AS_TYPED if self.is_all_blank(query) => words.left_blank.clone(),
            Alternative::AS_TYPED => words.as_typed.clone(),
            Alternative::UNKNOWN => words.unknown.clone(),
            _ if is_soon_said(alternative) => {
                let changes: Vec<String> = alternative
                    .changes
                    .iter()
                    .map(|change| self.change(change))
                    .collect();
                changes.join("; ")
            }
            rule => self.many_changes(alternative, rule),
        };
        if query.alternatives.len() == 1 {
            return name;
        }
        let plausibility = match alternative.plausibility {
            0 => words.least_likely.clone(),
            1..=99 => alternative.plausibility.to_string(),
            _ => words.most_likely.clone(),
        };
        fill(
            &words.plausibility,
            &[("alternative", &name), ("percent", &plausibility)],
        )
    }

    fn many_changes(&self, alternative: &Alternative, rule: &str) -> String {
        let words = &self.frame.words.cleaning;
        let count = alternative.changes.len().to_string();
        let is_missing = |change: &Change| change.to.is_none() && change.text.is_none();
        let text = match alternative.changes.len() {
            0 => return self.rule_name(rule),
            _ if alternative.changes.iter().all(is_missing) => &words.changes_missing,
            _ => &words.changes_named,
        };
        fill(text, &[("count", &count), ("rule", &self.rule_name(rule))])
    }

    fn is_all_blank(&self, query: &Query) -> bool {
        query
            .variables
            .iter()
            .all(|variable| self.typed(variable).is_empty())
    }

    /// What the alternative makes of the values, and what that does to the totals.
    pub(super) fn alternative(
        &self,
        query_place: usize,
        place: usize,
        query: &Query,
        alternative: &Alternative,
    ) -> AnyView {
        let words = &self.frame.words.cleaning;
        let changes: Vec<_> = alternative
            .changes
            .iter()
            .map(|change| view! { <li>{self.change(change)}</li> })
            .collect();
        let is_rule = !matches!(
            alternative.id.as_str(),
            Alternative::AS_TYPED | Alternative::UNKNOWN
        );
        let changes = if changes.is_empty() {
            ().into_any()
        } else if is_rule && is_soon_said(alternative) {
            // The name says what becomes of them; here is why.
            view! { <p>{self.rule_name(&alternative.id)}</p> }.into_any()
        } else if changes.len() > MOST_SHOWN && query.variables.len() > MOST_SHOWN {
            let label = fill(&words.changes, &[("count", &changes.len().to_string())]);
            view! { <details><summary>{label}</summary><ul>{changes}</ul></details> }.into_any()
        } else {
            view! { <ul>{changes}</ul> }.into_any()
        };
        let effects = self
            .effects
            .get(query_place)
            .and_then(|of_query| of_query.get(place))
            .map(Vec::as_slice)
            .unwrap_or_default();
        view! { {changes}{self.effects_said(effects)} }.into_any()
    }

    /// On each total that moves.
    pub(super) fn effects_said(&self, effects: &[EffectShown]) -> AnyView {
        let words = &self.frame.words.cleaning;
        if effects.is_empty() {
            return view! { <p>{words.effect_none.clone()}</p> }.into_any();
        }
        let lines: Vec<_> = effects
            .iter()
            .map(|effect| view! { <p>{self.effect(effect)}</p> })
            .collect();
        lines.into_any()
    }

    pub(super) fn change(&self, change: &Change) -> String {
        let words = &self.frame.words.cleaning;
        let to = match (&change.text, change.to) {
            (Some(option), _) => self.chosen(&change.variable, option),
            (None, Some(number)) => self.number(number),
            (None, None) => words.missing.clone(),
        };
        let typed = self.typed_in_words(&change.variable);
        let from = if typed.is_empty() {
            words.blank.clone()
        } else {
            typed
        };
        let label = self.label(&change.variable);
        fill(
            &words.change,
            &[("what", &label), ("from", &from), ("to", &to)],
        )
    }

    fn effect(&self, effect: &EffectShown) -> String {
        let words = &self.frame.words.cleaning;
        let part = |text: &str, moved: Option<Share>| {
            moved.map(|moved| fill(text, &[("share", &share(moved, self.frame.language))]))
        };
        let row = effect.row.as_ref().map(|(row, moved)| {
            let moved = share(*moved, self.frame.language);
            fill(
                &words.effect_row_says,
                &[("share", &moved), ("row", &lower(row))],
            )
        });
        let parts: Vec<String> = [
            part(&words.effect_country_says, effect.country),
            part(&words.effect_region_says, effect.region),
            row,
        ]
        .into_iter()
        .flatten()
        .collect();
        fill(
            &words.effect,
            &[
                ("total", &lower(&effect.total)),
                ("change", &effect.change),
                ("shares", &parts.join(", ")),
            ],
        )
    }
}

fn is_soon_said(alternative: &Alternative) -> bool {
    (1..=MOST_NAMED).contains(&alternative.changes.len())
}
