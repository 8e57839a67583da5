//! The moment of a data cut, as addresses, names of files and the command line have it: a whole second, by the clock in Sweden.

use dataset::export::Cut;
use jiff::{Zoned, civil::DateTime, tz::TimeZone};

use crate::{
    clock::{ZONE, in_sweden},
    storage::Timestamp,
};

const SECOND: i64 = 1_000;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    #[error("{0} is no moment: write it as 2022-06-16T09:00")]
    Unreadable(String),
    #[error("{0} has not been yet")]
    Future(String),
}

/// The cut that holds everything there is: the last whole second.
pub fn now(now: Timestamp) -> Timestamp {
    Timestamp::from_millis(now.millis().div_euclid(SECOND) * SECOND)
}

/// Reads a moment that has been. Where clocks go back and an hour comes twice, the first is meant unless the text tells its
/// difference from UTC.
pub fn moment(text: &str, now: Timestamp) -> Result<Timestamp, MomentError> {
    let text = text.trim();
    let read = text
        .parse::<jiff::Timestamp>()
        .ok()
        .or_else(|| in_zone(text.parse().ok().filter(|_| text.contains(['T', ' ']))?));
    let moment = read
        .map(|read| self::now(Timestamp::from_millis(read.as_millisecond())))
        .ok_or_else(|| MomentError::Unreadable(text.to_owned()))?;
    if moment > now {
        return Err(MomentError::Future(text.to_owned()));
    }
    Ok(moment)
}

/// As an address has it, so that [`moment`] reads the very same: `2022-06-16T09:00`.
pub fn written(moment: Timestamp) -> String {
    with(moment, "%Y-%m-%dT%H:%M", ":%S", "%:z")
}

/// The moment in each of its forms.
pub(super) fn cut(moment: Timestamp) -> Cut {
    Cut {
        seconds: moment.millis().div_euclid(SECOND),
        written: with(moment, "%Y-%m-%d %H:%M", ":%S", " %:z"),
        compact: with(moment, "%Y%m%dT%H%M", "%S", "%z"),
    }
}

fn with(moment: Timestamp, minute: &str, second: &str, offset: &str) -> String {
    let local = in_sweden(moment);
    let mut form = minute.to_owned();
    if local.second() != 0 {
        form.push_str(second);
    }
    // The second of two hours with the same name.
    if in_zone(local.datetime()) != Some(local.timestamp()) {
        form.push_str(offset);
    }
    local.strftime(&form).to_string()
}

/// `2022-06-16T09:00:00+02:00`
pub(super) fn iso(moment: Timestamp) -> String {
    let local: Zoned = in_sweden(moment);
    local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn in_zone(local: DateTime) -> Option<jiff::Timestamp> {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    Some(local.to_zoned(zone).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 2030.
    const LATER: Timestamp = Timestamp::from_millis(1_900_000_000_000);

    #[test]
    fn a_moment_is_read_by_the_clock_in_sweden() {
        let read = moment("2022-06-16T09:00", LATER).unwrap();
        assert_eq!(read.millis(), 1_655_362_800_000);
        assert_eq!(moment("2022-06-16 09:00:00", LATER), Ok(read));
        assert_eq!(moment("2022-06-16T07:00:00Z", LATER), Ok(read));
        assert_eq!(written(read), "2022-06-16T09:00");
        assert_eq!(cut(read).compact, "20220616T0900");
        assert_eq!(cut(read).written, "2022-06-16 09:00");
        let later = Timestamp::from_millis(read.millis() + 31_999);
        assert_eq!(written(now(later)), "2022-06-16T09:00:31");
        assert_eq!(cut(now(later)).compact, "20220616T090031");
    }

    #[test]
    fn what_is_no_moment_or_has_not_been_is_refused() {
        for text in ["", "i går", "2022-06-16", "2022-02-30T10:00", "09:00"] {
            assert!(
                matches!(moment(text, LATER), Err(MomentError::Unreadable(_))),
                "{text}"
            );
        }
        assert!(matches!(
            moment("2031-01-01T00:00", LATER),
            Err(MomentError::Future(_))
        ));
        let just = moment("2022-06-16T09:00", LATER).unwrap();
        assert_eq!(moment("2022-06-16T09:00", just), Ok(just));
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_apart() {
        let first = moment("2022-10-30T02:30", LATER).unwrap();
        let second = Timestamp::from_millis(first.millis() + 3_600_000);
        assert_eq!(written(second), "2022-10-30T02:30+01:00");
        assert_ne!(cut(first).compact, cut(second).compact);
    }

    proptest! {
        #[test]
        fn every_second_is_read_as_it_was_written(seconds in 1_500_000_000_i64..1_900_000_000) {
            let at = Timestamp::from_millis(seconds * 1_000);
            prop_assert_eq!(moment(&written(at), LATER), Ok(at));
        }
    }
}
