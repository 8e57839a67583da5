//! Days and hours as staff writes them: Swedish ones.

use std::time::Duration;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::clock::{ZONE, in_sweden};
use crate::storage::Timestamp;

/// Days from the opening to the invitation and to each reminder.
pub const MAILING_DAYS: [i64; 5] = [0, 14, 28, 42, 56];
/// Letters go out when people come to work.
const MORNING: Time = Time::constant(8, 0, 0, 0);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no day: write it as 2022-03-01, or with a time as 2022-03-01T08:00")]
pub struct DateError(String);

/// A day's first moment, or that time of it.
pub fn from(text: &str) -> Result<Timestamp, DateError> {
    read(text, Time::midnight())
}

/// The first moment after a day, or that time of it.
pub fn until(text: &str) -> Result<Timestamp, DateError> {
    match text.trim().parse::<Date>() {
        Ok(last) => last
            .tomorrow()
            .ok()
            .and_then(|next| moment(next.to_datetime(Time::midnight())))
            .ok_or_else(|| DateError(text.to_owned())),
        Err(_) => from(text),
    }
}

/// That day's morning, or that time of it.
pub fn morning(text: &str) -> Result<Timestamp, DateError> {
    read(text, MORNING)
}

/// Several mornings with commas between.
pub fn mornings(text: &str) -> Result<Vec<Timestamp>, DateError> {
    text.split(',').map(morning).collect()
}

/// When the mailings of a round go out, where nobody says anything else: each on the same weekday.
pub fn usual(opens_at: Timestamp) -> Vec<Timestamp> {
    let first = in_sweden(opens_at).date();
    MAILING_DAYS
        .iter()
        .filter_map(|days| {
            let day = first
                .checked_add(jiff::Span::new().try_days(*days).ok()?)
                .ok()?;
            moment(day.to_datetime(MORNING))
        })
        .map(|morning| morning.max(opens_at))
        .collect()
}

/// As a field for a day has it.
pub fn day(moment: Timestamp) -> String {
    in_sweden(moment).date().to_string()
}

/// The last day on which answers are taken, as a field has it.
pub fn last_day(closes_at: Timestamp) -> String {
    day(closes_at.before(Duration::from_millis(1)))
}

/// As a field for a day and a time has it.
pub fn minute(moment: Timestamp) -> String {
    in_sweden(moment).strftime("%Y-%m-%dT%H:%M").to_string()
}

fn read(text: &str, otherwise: Time) -> Result<Timestamp, DateError> {
    let text = text.trim();
    let written = text
        .parse::<Date>()
        .map(|day| day.to_datetime(otherwise))
        .ok()
        .filter(|_| !text.contains(['T', ' ']))
        .or_else(|| text.parse::<DateTime>().ok());
    written
        .and_then(moment)
        .ok_or_else(|| DateError(text.to_owned()))
}

fn moment(local: DateTime) -> Option<Timestamp> {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let there = local.to_zoned(zone).ok()?;
    Some(Timestamp::from_millis(there.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_from_its_midnight_to_the_next_in_sweden() {
        assert_eq!(from("2022-03-01").unwrap().millis(), 1_646_089_200_000);
        assert_eq!(until("2022-04-15").unwrap().millis(), 1_650_060_000_000);
        assert_eq!(last_day(until("2022-04-15").unwrap()), "2022-04-15");
        assert_eq!(
            minute(from("2022-03-01 08:30").unwrap()),
            "2022-03-01T08:30"
        );
        for wrong in ["", "2022-02-30", "1 mars", "2022-03-01T25:00"] {
            assert!(from(wrong).is_err(), "{wrong}");
            assert!(until(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn mailings_go_out_in_the_morning_of_every_other_week_also_when_clocks_change() {
        let told: Vec<String> = usual(from("2022-03-01").unwrap())
            .into_iter()
            .map(minute)
            .collect();
        assert_eq!(
            told,
            [
                "2022-03-01T08:00",
                "2022-03-15T08:00",
                "2022-03-29T08:00",
                "2022-04-12T08:00",
                "2022-04-26T08:00"
            ]
        );
    }

    #[test]
    fn no_letter_goes_out_before_the_round_opens() {
        let opens = from("2022-03-01T12:00").unwrap();
        assert_eq!(usual(opens)[0], opens);
    }
}
