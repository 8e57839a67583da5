//! What is said about a finding, and the amber box that asks: the same on the server and in the browser.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use survey::{
    answers::Answers,
    checks::{Finding, Matter, Mend, MendKind},
};

use crate::fill;

/// The words that boxes and errors need, small enough to travel with a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoftWords {
    pub finding: BTreeMap<String, String>,
    pub mend: BTreeMap<String, String>,
    pub keep: String,
    pub confirm: String,
    pub reason: String,
    pub noted: String,
}

impl SoftWords {
    /// The sentence for a finding. `label` tells what an option is called.
    pub fn sentence(&self, finding: &Finding, label: impl Fn(&str) -> String) -> String {
        let mut values = finding.matter.arguments();
        if let Matter::ExclusiveBox { option } = &finding.matter {
            values = vec![("option", label(option))];
        }
        let readings: Vec<&str> = finding
            .mends
            .iter()
            .filter_map(|mend| match &mend.kind {
                MendKind::To(to) => Some(to.as_str()),
                _ => None,
            })
            .collect();
        let rule = finding.matter.rule();
        // "1 heltidstjänst", but "2 eller 1,5 heltidstjänster".
        let Some(template) = readings
            .last()
            .filter(|last| **last == "1")
            .and_then(|_| self.finding.get(&format!("{rule}_one")))
            .or_else(|| self.finding.get(rule))
        else {
            return String::new();
        };
        let or = format!(" {} ", self.mend.get("or").map_or("", String::as_str));
        values.push(("readings", readings.join(&or)));
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        fill(template, &values)
    }

    pub fn button(&self, mend: &Mend) -> String {
        let values = mend.kind.arguments();
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.mend
            .get(mend.kind.name())
            .map(|template| fill(template, &values))
            .unwrap_or_default()
    }
}

/// What a button in a box asks for, as its `value`: read back by [`Wish::parse`] on the server and in the island.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    Mend {
        rule: String,
        anchor: String,
        mend: usize,
    },
    Keep {
        rule: String,
        anchor: String,
    },
}

impl Wish {
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (verb, rule, anchor, mend) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next());
        let (rule, anchor) = (rule.to_owned(), anchor.to_owned());
        match (verb, mend, parts.next()) {
            ("mend", Some(mend), None) => Some(Self::Mend {
                rule,
                anchor,
                mend: mend.parse().ok()?,
            }),
            ("keep", None, None) => Some(Self::Keep { rule, anchor }),
            _ => None,
        }
    }

    pub fn value(&self) -> String {
        match self {
            Self::Mend { rule, anchor, mend } => format!("mend:{rule}:{anchor}:{mend}"),
            Self::Keep { rule, anchor } => format!("keep:{rule}:{anchor}"),
        }
    }
}

/// The field in which the reason for "Stämmer" is written.
pub fn reason_field(rule: &str, anchor: &str) -> String {
    format!("reason:{rule}:{anchor}")
}

/// How a page remembers which soft checks it has shown: pressing on once more means "go on anyway".
pub fn seen(finding: &Finding, answers: &Answers) -> String {
    format!("{} {}", finding.matter.rule(), finding.about(answers))
}

/// The amber box: what looks unusual, a button per mend, and "Stämmer" with a reason. Never blocks.
pub fn soft_box<L: Fn(&str) -> String>(
    words: &SoftWords,
    finding: &Finding,
    label: L,
) -> impl IntoView + use<L> {
    let (rule, anchor) = (
        finding.matter.rule().to_owned(),
        finding.anchor().to_owned(),
    );
    let sentence = words.sentence(finding, label);
    let mends: Vec<_> = finding
        .mends
        .iter()
        .enumerate()
        .map(|(index, mend)| {
            let value = Wish::Mend {
                rule: rule.clone(),
                anchor: anchor.clone(),
                mend: index,
            }
            .value();
            view! { <button class="b2" name="do" value=value>{words.button(mend)}</button> }
        })
        .collect();
    let keep = Wish::Keep {
        rule: rule.clone(),
        anchor: anchor.clone(),
    }
    .value();
    let field = reason_field(&rule, &anchor);
    view! {
        <p id=format!("{anchor}-s")>{sentence}</p>
        {mends}
        <details class="why">
            <summary>{words.keep.clone()}</summary>
            <label><span>{words.reason.clone()}</span><input type="text" name=field autocomplete="off"/></label>
            <button class="b2" name="do" value=keep>{words.confirm.clone()}</button>
        </details>
    }
}
