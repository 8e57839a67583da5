use leptos::prelude::*;

use super::{RoundState, round_path};
use crate::staff::{
    Current, StaffFrame,
    register::tables::{Cell, table},
};

pub struct RoundsPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub rounds: Vec<RoundLine>,
    pub may_change: bool,
}

pub struct RoundLine {
    pub key: String,
    pub state: RoundState,
    pub pilot: bool,
    pub first_day: String,
    pub last_day: String,
    pub units: u64,
}

impl RoundsPage<'_> {
    pub fn html(self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(self) -> String {
        let words = &self.frame.words.rounds;
        let none = self.rounds.is_empty();
        let rows: Vec<Vec<Cell>> = self
            .rounds
            .into_iter()
            .map(|round| {
                let pilot = round
                    .pilot
                    .then(|| view! { " "<strong class="tag">{words.pilot.clone()}</strong> });
                vec![
                    Cell::View(
                        view! { <a href=round_path(&round.key)>{round.key.clone()}</a>{pilot} }
                            .into_any(),
                    ),
                    round.state.said(words).into(),
                    round.first_day.into(),
                    round.last_day.into(),
                    round.units.to_string().into(),
                ]
            })
            .collect();
        let headings = [
            words.round.as_str(),
            &words.state,
            &words.first_day,
            &words.last_day,
            &words.units,
        ];
        let found = if none {
            view! { <p class="empty">{words.none.clone()}</p> }.into_any()
        } else {
            table(&words.caption, &headings, rows)
        };
        let create = self.may_change.then(|| {
            view! { <p class="go"><a class="btn" href="/admin/omgangar/ny">{words.create.clone()}</a></p> }
        });
        let main = view! {
            <h1>{words.title.clone()}</h1>
            <p class="in">{words.lead.clone()}</p>
            {found}
            {create}
        };
        self.frame.document(&words.title, Current::Rounds, main)
    }
}
