//! The days of a round, counted up.

use std::collections::BTreeMap;

use app::staff::{
    Tick,
    follow_up::{Day, MailingShown, Timeline},
};
use jiff::{Span, civil::Date};
use survey::statistics::{Group, Ratio};

use super::{super::StaffVisit, last_moment};
use crate::{
    clock::in_sweden,
    storage::{Mailing, Round, Timestamp},
};

/// Labels below the axis.
const TICKS: u32 = 3;
/// Letters of a month's name below the axis.
const LETTERS: usize = 3;
/// A round as long as this is shown to this day. No survey is.
const MOST_DAYS: usize = 3660;

/// The days of the cases that are shown; beside all cases of the round, where those are others.
pub(super) fn timeline(
    visit: &StaffVisit,
    round: &Round,
    shown: &Group,
    whole: Option<&Group>,
    mailings: &[Mailing],
) -> Timeline {
    let sent = |mailing: &Mailing| day_of(mailing.started_at.unwrap_or(mailing.planned_at));
    let answers = answers(shown);
    let of_whole = whole.map(self::answers);
    let all = of_whole.as_ref().unwrap_or(&answers);
    let opens = day_of(round.opens_at);
    let first = all
        .keys()
        .copied()
        .chain(mailings.iter().map(sent))
        .fold(opens, Date::min);
    let last = all
        .keys()
        .copied()
        .fold(day_of(last_moment(round)), Date::max);
    let today = day_of(visit.now).min(last);
    let days: Vec<Day> = counted_up(&answers, first, today)
        .map(|(day, answered, total)| Day {
            key: day.to_string(),
            date: written(visit, day),
            answered,
            total,
        })
        .collect();
    let whole = whole.zip(of_whole.as_ref()).map(|(whole, answers)| {
        let eligible = whole.statuses.eligible();
        counted_up(answers, first, today)
            .map(|(_, _, total)| Ratio::new(total, eligible))
            .collect()
    });
    let length = between(first, last) + 1;
    let ticks = (0..=TICKS)
        .map(|tick| {
            let at = (length - 1) * tick / TICKS;
            Tick {
                at,
                label: short(visit, first.saturating_add(Span::new().days(i64::from(at)))),
            }
        })
        .collect();
    let mailings = mailings
        .iter()
        .filter(|mailing| sent(mailing) <= last)
        .map(|mailing| MailingShown {
            number: mailing.number.get(),
            at: between(first, sent(mailing)),
            date: written(visit, sent(mailing)),
            sent: mailing.started_at.is_some(),
        })
        .collect();
    Timeline {
        days,
        whole: whole.unwrap_or_default(),
        length,
        ticks,
        mailings,
        from: written(visit, first),
        to: written(visit, today),
    }
}

fn answers(group: &Group) -> BTreeMap<Date, u64> {
    group
        .answered_on
        .iter()
        .filter_map(|(day, n)| Some((day.parse().ok()?, *n)))
        .collect()
}

/// Each day with its answers, and with those up to and including it.
fn counted_up(
    answers: &BTreeMap<Date, u64>,
    first: Date,
    last: Date,
) -> impl Iterator<Item = (Date, u64, u64)> {
    first
        .series(Span::new().days(1))
        .take(MOST_DAYS)
        .take_while(move |day| *day <= last)
        .scan(0, |total, day| {
            let answered = answers.get(&day).copied().unwrap_or_default();
            *total += answered;
            Some((day, answered, *total))
        })
}

fn day_of(moment: Timestamp) -> Date {
    in_sweden(moment).date()
}

/// Whole days from one to the other; none where it comes before.
fn between(first: Date, last: Date) -> u32 {
    let days = last.since(first).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or_default()
}

fn written(visit: &StaffVisit, day: Date) -> String {
    let common = visit.frame().common;
    common.date(day.year(), day.month(), day.day())
}

/// `5 apr`
fn short(visit: &StaffVisit, day: Date) -> String {
    let months = &visit.frame().common.date.months;
    let month: String = usize::try_from(day.month() - 1)
        .ok()
        .and_then(|month| months.get(month))
        .map(|name| name.chars().take(LETTERS).collect())
        .unwrap_or_default();
    format!("{} {month}", day.day())
}
