use std::{fmt, str::FromStr};

use super::{Bucket, Measure, Reached, Status, WAITED_DAYS, WORKED_MINUTES, status::UnknownName};

/// The cases behind a number on a follow-up page. Reads from and writes to an address: `status.complete`,
/// `statuses.invited,opened`, `stopped_at.staffing`, `not_answered`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Slice {
    #[default]
    All,
    /// Those that the survey is for.
    Eligible,
    Answered,
    /// Eligible and not answered.
    NotAnswered,
    Status(Status),
    /// Any of these.
    Statuses(Vec<Status>),
    Reached(Reached),
    /// By the section's key.
    StoppedAt(String),
    /// By the day in Sweden, `2022-04-05`.
    AnsweredOn(String),
    /// Up to and including that day.
    AnsweredBy(String),
    Waited(&'static Bucket),
    Worked(&'static Bucket),
}

/// Before the names of [`Slice::Statuses`].
const STATUSES: &str = "statuses";
/// Before the day of [`Slice::AnsweredBy`].
const ANSWERED_BY: &str = "answered_by";

impl Slice {
    /// The cases that a measure counts under a value.
    pub fn of(measure: Measure, value: &str) -> Result<Self, UnknownName> {
        let bucket = |buckets: &'static [Bucket]| {
            buckets
                .iter()
                .find(|bucket| bucket.key == value)
                .ok_or(UnknownName)
        };
        Ok(match measure {
            Measure::Status => Self::Status(value.parse()?),
            Measure::Reached => Self::Reached(value.parse()?),
            Measure::StoppedAt => Self::StoppedAt(value.to_owned()),
            Measure::AnsweredOn => Self::AnsweredOn(value.to_owned()),
            Measure::Waited => Self::Waited(bucket(&WAITED_DAYS)?),
            Measure::Worked => Self::Worked(bucket(&WORKED_MINUTES)?),
        })
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (measure, value) = match self {
            Self::All => return f.write_str("all"),
            Self::Eligible => return f.write_str("eligible"),
            Self::Answered => return f.write_str("answered"),
            Self::NotAnswered => return f.write_str("not_answered"),
            Self::Status(status) => (Measure::Status, status.as_str()),
            Self::Statuses(statuses) => {
                let names: Vec<&str> = statuses.iter().map(|status| status.as_str()).collect();
                return write!(f, "{STATUSES}.{}", names.join(","));
            }
            Self::Reached(reached) => (Measure::Reached, reached.as_str()),
            Self::StoppedAt(section) => (Measure::StoppedAt, section.as_str()),
            Self::AnsweredOn(day) => (Measure::AnsweredOn, day.as_str()),
            Self::AnsweredBy(day) => return write!(f, "{ANSWERED_BY}.{day}"),
            Self::Waited(bucket) => (Measure::Waited, bucket.key),
            Self::Worked(bucket) => (Measure::Worked, bucket.key),
        };
        write!(f, "{}.{value}", measure.as_str())
    }
}

impl FromStr for Slice {
    type Err = UnknownName;

    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "all" => Ok(Self::All),
            "eligible" => Ok(Self::Eligible),
            "answered" => Ok(Self::Answered),
            "not_answered" => Ok(Self::NotAnswered),
            _ => {
                let (measure, value) = text.split_once('.').ok_or(UnknownName)?;
                match measure {
                    STATUSES => {
                        let statuses: Result<_, _> = value.split(',').map(str::parse).collect();
                        Ok(Self::Statuses(statuses?))
                    }
                    ANSWERED_BY => Ok(Self::AnsweredBy(value.to_owned())),
                    _ => Self::of(measure.parse()?, value),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slice_reads_back_from_its_address() {
        let mut slices = vec![
            Slice::All,
            Slice::Eligible,
            Slice::Answered,
            Slice::NotAnswered,
            Slice::StoppedAt("staffing".to_owned()),
            Slice::AnsweredOn("2022-04-05".to_owned()),
            Slice::AnsweredBy("2022-04-05".to_owned()),
            Slice::Statuses(vec![Status::Invited, Status::Opened]),
        ];
        slices.extend(Status::ALL.map(Slice::Status));
        slices.extend(Reached::ALL.map(Slice::Reached));
        slices.extend(WAITED_DAYS.iter().map(Slice::Waited));
        slices.extend(WORKED_MINUTES.iter().map(Slice::Worked));
        for slice in slices {
            assert_eq!(slice.to_string().parse(), Ok(slice));
        }
        assert_eq!("status.nothing".parse::<Slice>(), Err(UnknownName));
        assert_eq!("statuses.".parse::<Slice>(), Err(UnknownName));
        assert_eq!("everything".parse::<Slice>(), Err(UnknownName));
    }
}
