//! What editors have decided of a case, and the ledger in words.

use leptos::prelude::*;
use survey::cleaning::{Author, Certainty, Entry};

use super::{CleaningPaths, answers::reason_key, case::CasePage, keyed};
use crate::fill;

/// A decision as the page tells it.
#[derive(Clone, Debug)]
pub struct DecisionLine {
    pub number: u32,
    /// What was asked; empty where nothing was.
    pub about: String,
    /// What was decided.
    pub what: String,
    pub reason: String,
    /// What the rules held against it: a sentence each.
    pub overruled: Vec<String>,
    pub who: String,
    pub when: String,
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Holds,
    TakenBack,
    /// It is a taking back, or cannot be taken back again.
    Final,
    /// It does not fit, and why.
    Unfit(String),
}

impl CasePage<'_> {
    pub(super) fn decided(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let items: Vec<_> = self
            .decisions
            .iter()
            .map(|line| self.decision(line))
            .collect();
        let list = if items.is_empty() {
            view! { <p class="empty">{words.decisions_none.clone()}</p> }.into_any()
        } else {
            view! { <ol class="log">{items}</ol> }.into_any()
        };
        view! { <h2 id="beslut">{words.decisions_title.clone()}</h2>{list} }.into_any()
    }

    fn decision(&self, line: &DecisionLine) -> AnyView {
        let words = &self.frame.words.cleaning;
        let number = line.number.to_string();
        let by = fill(
            &words.decided_by,
            &[("who", &line.who), ("when", &line.when)],
        );
        let about = (!line.about.is_empty()).then(|| format!("{}: ", line.about));
        let reason = (!line.reason.is_empty())
            .then(|| view! { <p>{fill(&words.given_reason, &[("reason", &line.reason)])}</p> });
        let overruled = (!line.overruled.is_empty()).then(|| {
            let doubts = line.overruled.join(" ");
            view! { <p>{fill(&words.overruled, &[("doubts", &doubts)])}</p> }
        });
        let state = match &line.standing {
            Standing::Holds | Standing::Final => None,
            Standing::TakenBack => Some(words.undone.clone()),
            Standing::Unfit(why) => Some(why.clone()),
        };
        let state = state.map(|text| view! { <p><strong>{text}</strong></p> });
        let may_undo =
            self.may_decide && matches!(line.standing, Standing::Holds | Standing::Unfit(_));
        let undo = may_undo.then(|| {
            let label = fill(&words.undo_what, &[("number", &number)]);
            let action = format!(
                "{}?{}",
                CleaningPaths(self.round).undo(self.unit_key),
                self.kept()
            );
            view! {
                <form method="post" action=action>
                    <input type="hidden" name="utgava" value=self.edition.to_string()/>
                    <input type="hidden" name="beslut" value=number.clone()/>
                    <button class="b3">{label}</button>
                </form>
            }
        });
        view! {
            <li value=number.clone()>
                <p>{about}{line.what.clone()}</p>
                {reason}
                {overruled}
                <p class="h">{by}</p>
                {state}
                {undo}
            </li>
        }
        .into_any()
    }

    pub(super) fn ledger(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let items: Vec<_> = self
            .cleaned
            .ledger
            .iter()
            .map(|entry| {
                let evidence =
                    self.rules
                        .sentence(&entry.rule, &entry.evidence, self.frame.language);
                view! { <li><p>{self.step(entry)}</p><p class="h">{evidence}</p></li> }
            })
            .collect();
        let list = if items.is_empty() {
            view! { <p class="empty">{words.ledger_none.clone()}</p> }.into_any()
        } else {
            view! { <p>{words.ledger_lead.clone()}</p><ol class="log">{items}</ol> }.into_any()
        };
        view! { <h2 id="liggare">{words.ledger_title.clone()}</h2>{list} }.into_any()
    }

    fn step(&self, entry: &Entry) -> String {
        let words = &self.frame.words.cleaning;
        let before = if entry.before.is_empty() {
            words.as_blank.clone()
        } else {
            fill(
                &words.quoted,
                &[("text", &self.in_words(&entry.variable, &entry.before))],
            )
        };
        let after = match (entry.after, &entry.text, entry.reason) {
            (Some(number), _, _) => self.number(number),
            (None, Some(option), _) => self.chosen(&entry.variable, option),
            (None, None, Some(reason)) => keyed(&words.reasons, reason_key(reason)).to_owned(),
            (None, None, None) => words.missing.clone(),
        };
        let how = match (entry.certainty, &entry.by) {
            (_, Author::Editor(who)) => fill(&words.ledger_by, &[("who", who)]),
            (Certainty::Certain, Author::Rule) => words.ledger_certain.clone(),
            (Certainty::Decided, Author::Rule) => words.ledger_decided.clone(),
            (Certainty::Decibans(decibans), Author::Rule) => fill(
                &words.ledger_decibans,
                &[("odds", &odds(decibans, self.frame.language))],
            ),
        };
        let rule = match entry.by {
            Author::Rule => self.rule_name(&entry.rule),
            Author::Editor(_) => words.editor_rule.clone(),
        };
        fill(
            &words.ledger_step,
            &[
                ("what", &self.label(&entry.variable)),
                ("before", &before),
                ("after", &after),
                ("rule", &rule),
                ("how", &how),
            ],
        )
    }
}

/// How many to one: ten decibans are ten to one, twenty a hundred. Rounded down to one digit, and to no more than a thousand:
/// the weights behind it are no more exact than that.
fn odds(decibans: u32, language: survey::text::Language) -> String {
    /// Tenths of powers of ten, as whole numbers: 10^(n/10).
    const STEPS: [u64; 10] = [1, 1, 1, 1, 2, 3, 3, 5, 6, 7];
    let decibans = decibans.min(30);
    let tens = decibans / 10;
    let step = usize::try_from(decibans % 10)
        .ok()
        .and_then(|place| STEPS.get(place))
        .copied()
        .unwrap_or(1);
    crate::staff::follow_up::count(step * 10_u64.pow(tens), language)
}

#[cfg(test)]
mod tests {
    use survey::text::Language;

    use super::*;

    #[test]
    fn decibans_are_said_as_odds() {
        let sv = |decibans| odds(decibans, Language::Swedish);
        assert_eq!([sv(0), sv(10), sv(20), sv(27)], ["1", "10", "100", "500"]);
        assert_eq!(sv(1_000), "1\u{a0}000");
    }
}
