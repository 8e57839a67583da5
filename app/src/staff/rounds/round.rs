use leptos::prelude::*;

use super::{RoundForm, RoundsWords, mailings_path, pilot_notice, round_path};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        form::{Fault, Input, done, input, summary},
        register::tables::{Cell, facts},
    },
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundState {
    Planned,
    Open,
    Closed,
}

impl RoundState {
    pub fn said(self, words: &RoundsWords) -> &str {
        let key = match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Closed => "closed",
        };
        words.states.get(key).map_or(key, String::as_str)
    }
}

pub struct RoundPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub key: &'a str,
    pub state: RoundState,
    pub pilot: bool,
    pub instrument: String,
    pub first_day: String,
    pub last_day: String,
    pub units: u64,
    pub selection: &'a str,
    /// As the instrument has it, where the round has none.
    pub sender: String,
    /// What may be changed, as typed or as it is.
    pub form: RoundForm,
    pub may_change: bool,
    pub told: Option<String>,
    pub faults: Vec<Fault>,
}

impl RoundPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let (frame, faults) = (self.frame, self.faults.as_slice());
        let words = &frame.words.rounds;
        let title = fill(&words.round_title, &[("round", self.key)]);
        let selection = if self.selection.is_empty() {
            words.every_unit.clone().into()
        } else {
            Cell::View(view! { <code>{self.selection.to_owned()}</code> }.into_any())
        };
        let known = facts(vec![
            (words.state.clone(), self.state.said(words).into()),
            (words.first_day.clone(), self.first_day.clone().into()),
            (words.last_day.clone(), self.last_day.clone().into()),
            (words.units.clone(), self.units.to_string().into()),
            (words.selection.clone(), selection),
            (words.instrument.clone(), self.instrument.clone().into()),
            (words.sender_name.clone(), self.sender.clone().into()),
        ]);
        let turn = |way: &str, label: &str| {
            let address = format!("{}/{way}", round_path(self.key));
            view! { <a href=address>{label.to_owned()}</a> }.into_any()
        };
        let turn = match self.state {
            RoundState::Planned => Some(turn("oppna", &words.open_now)),
            RoundState::Open => Some(turn("stang", &words.close_now)),
            RoundState::Closed => None,
        };
        let change = self.may_change.then(|| self.change());
        let main = view! {
            {summary(frame, faults)}
            <p class="back"><a href="/admin/omgangar">{words.back_to_rounds.clone()}</a></p>
            {self.told.as_deref().map(done)}
            <h1>{title.clone()}</h1>
            {pilot_notice(words, self.pilot)}
            <h2>{words.facts.clone()}</h2>
            {known}
            <p class="go">
                <a class="btn" href=mailings_path(self.key)>{words.to_mailings.clone()}</a>
                {turn.filter(|_| self.may_change)}
            </p>
            {change}
        };
        if faults.is_empty() {
            frame.document(&title, Current::Rounds, main)
        } else {
            frame.faulty_document(&title, Current::Rounds, main)
        }
    }

    fn change(&self) -> AnyView {
        let (form, faults) = (&self.form, self.faults.as_slice());
        let words = &self.frame.words.rounds;
        let field = |name, label, hint, value, kind| {
            input(
                &Input {
                    name,
                    label,
                    hint,
                    value,
                    kind,
                    ..Input::default()
                },
                faults,
            )
        };
        let opened = self.state != RoundState::Planned;
        let lead = if opened {
            &words.change_lead_opened
        } else {
            &words.change_lead
        };
        let opens = (!opened).then(|| {
            field(
                "oppnar",
                &words.opens,
                &words.opens_hint,
                &form.opens,
                "date",
            )
        });
        view! {
            <h2>{words.change_title.clone()}</h2>
            <p>{lead.clone()}</p>
            <form method="post" action=round_path(self.key) novalidate>
                {opens}
                {field("sista", &words.closes, &words.closes_hint, &form.last_day, "date")}
                {field("avsandare", &words.sender_name, &words.sender_name_hint, &form.sender_name, "text")}
                {field("adress", &words.sender_address, &words.sender_address_hint, &form.sender_address, "email")}
                <p class="go"><button>{words.change_do.clone()}</button></p>
            </form>
        }
        .into_any()
    }
}

/// Asks once before something that cannot be taken back.
pub struct ConfirmPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub title: String,
    pub lead: String,
    pub pilot: bool,
    /// What the button says; none where there is nothing to do.
    pub button: Option<String>,
    /// Where the form goes.
    pub action: String,
    pub back: String,
}

impl ConfirmPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.rounds;
            let button = self
                .button
                .clone()
                .map(|button| view! { <button class="danger">{button}</button> });
            let main = view! {
                <h1>{self.title.clone()}</h1>
                {pilot_notice(words, self.pilot)}
                <p class="in">{self.lead.clone()}</p>
                <form method="post" action=self.action.clone()>
                    <p class="go">{button}<a href=self.back.clone()>{words.cancel.clone()}</a></p>
                </form>
            };
            self.frame.document(&self.title, Current::Rounds, main)
        })
    }
}
