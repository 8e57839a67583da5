use std::str::FromStr;

use super::status::UnknownName;

/// What is counted of the cases of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// By [`super::Status`].
    Status,
    /// By [`Reached`]; only eligible cases.
    Reached,
    /// By the section last written on; only what is begun and not handed in.
    StoppedAt,
    /// By the day in Sweden, `2022-04-05`, on which a case was first handed in.
    AnsweredOn,
    /// By bucket of [`WAITED_DAYS`]: from the invitation until first handed in.
    Waited,
    /// By bucket of [`WORKED_MINUTES`]: from the first keystroke until first handed in.
    Worked,
}

/// How far a case has come at least. Whoever answered has also started and opened; an invitation counts where one was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    Invited,
    Opened,
    Started,
    Answered,
}

/// Times from `from` to just before `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// As stored.
    pub key: &'static str,
    pub from: i64,
    /// None: without end.
    pub until: Option<i64>,
}

const fn bucket(key: &'static str, from: i64, until: Option<i64>) -> Bucket {
    Bucket { key, from, until }
}

/// In days of 24 hours.
pub const WAITED_DAYS: [Bucket; 7] = [
    bucket("d0", 0, Some(1)),
    bucket("d1", 1, Some(2)),
    bucket("d2", 2, Some(4)),
    bucket("d4", 4, Some(8)),
    bucket("d8", 8, Some(15)),
    bucket("d15", 15, Some(29)),
    bucket("d29", 29, None),
];

/// In minutes.
pub const WORKED_MINUTES: [Bucket; 7] = [
    bucket("m0", 0, Some(10)),
    bucket("m10", 10, Some(20)),
    bucket("m20", 20, Some(30)),
    bucket("m30", 30, Some(60)),
    bucket("m60", 60, Some(24 * 60)),
    bucket("m1440", 24 * 60, Some(7 * 24 * 60)),
    bucket("m10080", 7 * 24 * 60, None),
];

/// The bucket that the time falls into. Clocks that run backward count as no time.
pub fn bucket_of(buckets: &'static [Bucket], time: i64) -> Option<&'static Bucket> {
    let time = time.max(0);
    buckets
        .iter()
        .find(|bucket| time >= bucket.from && bucket.until.is_none_or(|until| time < until))
}

impl Measure {
    pub const ALL: [Self; 6] = [
        Self::Status,
        Self::Reached,
        Self::StoppedAt,
        Self::AnsweredOn,
        Self::Waited,
        Self::Worked,
    ];

    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Reached => "reached",
            Self::StoppedAt => "stopped_at",
            Self::AnsweredOn => "answered_on",
            Self::Waited => "waited",
            Self::Worked => "worked",
        }
    }
}

impl FromStr for Measure {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|measure| measure.as_str() == text)
            .ok_or(UnknownName)
    }
}

impl Reached {
    /// In the order in which they are reached.
    pub const ALL: [Self; 4] = [Self::Invited, Self::Opened, Self::Started, Self::Answered];

    /// As stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Opened => "opened",
            Self::Started => "started",
            Self::Answered => "answered",
        }
    }
}

impl FromStr for Reached {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|reached| reached.as_str() == text)
            .ok_or(UnknownName)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_name_reads_back() {
        for measure in Measure::ALL {
            assert_eq!(measure.as_str().parse(), Ok(measure));
        }
        for reached in Reached::ALL {
            assert_eq!(reached.as_str().parse(), Ok(reached));
        }
    }

    #[test]
    fn a_bucket_ends_where_the_next_begins() {
        for buckets in [&WAITED_DAYS, &WORKED_MINUTES] {
            for pair in buckets.windows(2) {
                assert_eq!(pair[0].until, Some(pair[1].from));
            }
        }
    }

    proptest! {
        #[test]
        fn any_time_falls_into_one_bucket(time in any::<i64>()) {
            for buckets in [&WAITED_DAYS[..], &WORKED_MINUTES[..]] {
                let holding = buckets.iter().filter(|bucket| {
                    time.max(0) >= bucket.from && bucket.until.is_none_or(|until| time.max(0) < until)
                });
                prop_assert_eq!(holding.count(), 1);
            }
            prop_assert!(bucket_of(&WAITED_DAYS, time).is_some());
        }
    }
}
