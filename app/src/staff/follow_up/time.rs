//! Answers day by day.

use leptos::prelude::*;
use survey::statistics::{Group, Ratio, Slice};

use super::{number::percent, parts::Pieces};
use crate::{
    fill,
    staff::chart::{LineChart, Mark, Tick},
};

/// The days of a round, for the axis and the table.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// From the first day to today, or to the last day where that has passed.
    pub days: Vec<Day>,
    /// Where one group's days are shown: the share of all cases that had answered by the end of each day. Else empty.
    pub whole: Vec<Ratio>,
    /// Days on the axis: to the last day on which answers are taken.
    pub length: u32,
    pub ticks: Vec<Tick>,
    pub mailings: Vec<MailingShown>,
    /// The first and the last day that is counted, written out.
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug)]
pub struct Day {
    /// `2022-04-05`
    pub key: String,
    /// Written out.
    pub date: String,
    pub answered: u64,
    /// Up to and including the day.
    pub total: u64,
}

#[derive(Clone, Debug)]
pub struct MailingShown {
    /// 0 is the invitation.
    pub number: u8,
    /// Days from the first.
    pub at: u32,
    pub date: String,
    pub sent: bool,
}

pub(super) fn section(pieces: &Pieces<'_>, all: &Group, timeline: &Timeline) -> AnyView {
    let words = pieces.words;
    let (answered, eligible) = (all.statuses.answered(), all.statuses.eligible());
    if answered == 0 || timeline.days.is_empty() {
        return view! {
            <h2>{words.time.clone()}</h2>
            <p class="empty">{words.time_none.clone()}</p>
            {mailings(pieces, timeline)}
        }
        .into_any();
    }
    let says = fill(
        &words.time_says,
        &[
            ("date", &timeline.to),
            ("answered", &pieces.count(answered)),
            ("all", &pieces.count(eligible)),
            ("share", &pieces.share(Ratio::new(answered, eligible))),
        ],
    );
    let description = fill(
        &words.time_desc,
        &[("from", &timeline.from), ("to", &timeline.to)],
    );
    let points = points(
        timeline
            .days
            .iter()
            .map(|day| Ratio::new(day.total, eligible)),
    );
    let compared = self::points(timeline.whole.iter().copied());
    let beside = (!compared.is_empty()).then(|| format!(" {}", words.time_compared));
    let beside = beside.unwrap_or_default();
    let marks: Vec<Mark> = timeline
        .mailings
        .iter()
        .map(|mailing| Mark {
            at: mailing.at,
            label: letters(pieces, mailing.number),
        })
        .collect();
    let language = pieces.language;
    let chart = LineChart {
        id: "over-tid",
        title: &words.time,
        description: &format!("{description} {says}{beside}"),
        days: timeline.length,
        points: &points,
        compared: &compared,
        ticks: &timeline.ticks,
        marks: &marks,
        percent: &|whole| percent(whole, language),
    }
    .svg();
    view! {
        <h2>{words.time.clone()}</h2>
        <p>{says}{beside}</p>
        <div class="chart" inner_html=chart></div>
        {mailings(pieces, timeline)}
        <details>
            <summary>{words.time_table.clone()}</summary>
            {table(pieces, timeline, eligible)}
        </details>
    }
    .into_any()
}

/// At the end of each day, counted from 1.
fn points(shares: impl Iterator<Item = Ratio>) -> Vec<(u32, u64)> {
    (1..)
        .zip(shares)
        .filter_map(|(day, share)| Some((day, share.tenths_of_percent()?)))
        .collect()
}

fn table(pieces: &Pieces<'_>, timeline: &Timeline, eligible: u64) -> AnyView {
    let words = pieces.words;
    let whole = timeline.whole.iter().map(Some);
    let rows: Vec<_> = timeline
        .days
        .iter()
        .zip(whole.chain(std::iter::repeat(None)))
        .filter(|(day, _)| day.answered > 0)
        .map(|(day, whole)| {
            let total = pieces.linked(day.total, &Slice::AnsweredBy(day.key.clone()));
            let whole = whole.map(|whole| {
                view! { <td class="num" data-l=words.whole.clone()>{pieces.share(*whole)}</td> }
            });
            let new = pieces.linked(day.answered, &Slice::AnsweredOn(day.key.clone()));
            let share = pieces.share(Ratio::new(day.total, eligible));
            view! {
                <tr>
                    <th scope="row">{day.date.clone()}</th>
                    <td class="num" data-l=words.day_new.clone()>{new}</td>
                    <td class="num" data-l=words.day_total.clone()>{total}</td>
                    <td class="num" data-l=words.share_heading.clone()>{share}</td>
                    {whole}
                </tr>
            }
        })
        .collect();
    let whole = (!timeline.whole.is_empty())
        .then(|| view! { <th scope="col" class="num">{words.whole.clone()}</th> });
    view! {
        <table class="t cards">
            <caption>{words.time_caption.clone()}</caption>
            <thead><tr>
                <th scope="col">{words.day.clone()}</th>
                <th scope="col" class="num">{words.day_new.clone()}</th>
                <th scope="col" class="num">{words.day_total.clone()}</th>
                <th scope="col" class="num">{words.share_heading.clone()}</th>
                {whole}
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// What the letters above the chart stand for, and when.
fn mailings(pieces: &Pieces<'_>, timeline: &Timeline) -> Option<AnyView> {
    let words = pieces.words;
    (!timeline.mailings.is_empty()).then(|| {
        let items: Vec<_> = timeline
            .mailings
            .iter()
            .map(|mailing| {
                let text = if mailing.number == 0 {
                    &words.mailing_invitation
                } else {
                    &words.mailing_reminder
                };
                let number = mailing.number.to_string();
                let said = fill(text, &[("number", &number), ("date", &mailing.date)]);
                let said = if mailing.sent {
                    said
                } else {
                    fill(&words.mailing_planned, &[("mailing", &said)])
                };
                view! { <li>{said}</li> }
            })
            .collect();
        view! {
            <h3>{words.mailings.clone()}</h3>
            <ul class="plain marks">{items}</ul>
        }
        .into_any()
    })
}

fn letters(pieces: &Pieces<'_>, number: u8) -> String {
    if number == 0 {
        pieces.words.mark_invitation.clone()
    } else {
        fill(
            &pieces.words.mark_reminder,
            &[("number", &number.to_string())],
        )
    }
}
