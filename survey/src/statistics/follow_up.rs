//! What a follow-up page shows, made from tallies alone: its size follows the number of groups, not of cases.

use std::collections::BTreeMap;

use super::{
    Definition, Dimension, Measure, Outcomes, Rate, Reached, Status, WAITED_DAYS, WORKED_MINUTES,
};

/// How many cases of a group a measure has this value for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// [`Dimension::key`], or [`Dimension::ALL`].
    pub dimension: String,
    /// [`super::Category::key`].
    pub category: String,
    pub measure: Measure,
    pub value: String,
    pub n: u64,
}

/// Every group of a round with its counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowUp {
    groups: BTreeMap<String, BTreeMap<String, Group>>,
    empty: Group,
}

/// What is counted of one group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub statuses: StatusCounts,
    reached: BTreeMap<Reached, u64>,
    /// Begun and not handed in, by the key of the section last written on.
    pub stopped_at: BTreeMap<String, u64>,
    /// First handed in, by day in Sweden: `2022-04-05`.
    pub answered_on: BTreeMap<String, u64>,
    waited: BTreeMap<String, u64>,
    worked: BTreeMap<String, u64>,
}

/// Cases by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts([u64; Status::ALL.len()]);

impl FollowUp {
    pub fn of(tallies: impl IntoIterator<Item = Tally>) -> Self {
        let mut follow_up = Self::default();
        for tally in tallies.into_iter().filter(|tally| tally.n > 0) {
            follow_up
                .groups
                .entry(tally.dimension)
                .or_default()
                .entry(tally.category)
                .or_default()
                .count(tally.measure, tally.value, tally.n);
        }
        follow_up
    }

    /// All cases of the round.
    pub fn all(&self) -> &Group {
        self.group(Dimension::ALL, "")
    }

    /// One group; an empty one where no case belongs to it.
    pub fn group(&self, dimension: &str, category: &str) -> &Group {
        self.groups
            .get(dimension)
            .and_then(|groups| groups.get(category))
            .unwrap_or(&self.empty)
    }

    /// The keys of a dimension's categories that have cases, in their own order.
    pub fn categories(&self, dimension: &str) -> impl Iterator<Item = &str> {
        self.groups
            .get(dimension)
            .into_iter()
            .flat_map(|groups| groups.keys().map(String::as_str))
    }
}

impl Group {
    fn count(&mut self, measure: Measure, value: String, n: u64) {
        match measure {
            Measure::Status => {
                if let Ok(status) = value.parse() {
                    self.statuses.add(status, n);
                }
            }
            Measure::Reached => {
                if let Ok(reached) = value.parse() {
                    *self.reached.entry(reached).or_default() += n;
                }
            }
            Measure::StoppedAt => *self.stopped_at.entry(value).or_default() += n,
            Measure::AnsweredOn => *self.answered_on.entry(value).or_default() += n,
            Measure::Waited => *self.waited.entry(value).or_default() += n,
            Measure::Worked => *self.worked.entry(value).or_default() += n,
        }
    }

    /// Eligible cases that came so far at least.
    pub fn reached(&self, reached: Reached) -> u64 {
        self.reached.get(&reached).copied().unwrap_or_default()
    }

    /// From invitation to submission: cases by bucket, in the order of [`WAITED_DAYS`].
    pub fn waited(&self) -> [u64; WAITED_DAYS.len()] {
        WAITED_DAYS.map(|bucket| self.waited.get(bucket.key).copied().unwrap_or_default())
    }

    /// From first keystroke to submission: cases by bucket, in the order of [`WORKED_MINUTES`].
    pub fn worked(&self) -> [u64; WORKED_MINUTES.len()] {
        WORKED_MINUTES.map(|bucket| self.worked.get(bucket.key).copied().unwrap_or_default())
    }

    /// The dispositions so far, or the final ones of a closed round.
    pub fn outcomes(&self, closed: bool) -> Outcomes {
        Outcomes::count(self.statuses.iter(), closed)
    }

    pub fn rate(&self, definition: Definition, closed: bool) -> Rate {
        definition.rate(&self.outcomes(closed))
    }
}

impl StatusCounts {
    pub const fn get(&self, status: Status) -> u64 {
        // `Status::ALL` stands in the order of the variants; a test holds it to that.
        self.0[status as usize]
    }

    pub const fn add(&mut self, status: Status, n: u64) {
        self.0[status as usize] += n;
    }

    pub fn iter(&self) -> impl Iterator<Item = (Status, u64)> {
        Status::ALL.into_iter().zip(self.0)
    }

    fn sum(&self, wanted: impl Fn(Status) -> bool) -> u64 {
        self.iter()
            .filter(|(status, _)| wanted(*status))
            .map(|(_, n)| n)
            .sum()
    }

    /// Handed in.
    pub fn answered(&self) -> u64 {
        self.sum(Status::is_answered)
    }

    /// Those that the survey is for.
    pub fn eligible(&self) -> u64 {
        self.sum(Status::is_eligible)
    }

    /// Every case there is.
    pub fn all(&self) -> u64 {
        self.sum(|_| true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_counted_in_its_own_place() {
        for (place, status) in Status::ALL.into_iter().enumerate() {
            let mut counts = StatusCounts::default();
            counts.add(status, 1);
            assert_eq!(counts.get(status), 1);
            assert_eq!(counts.0[place], 1);
        }
    }

    #[test]
    fn tallies_become_groups() {
        let tally = |category: &str, measure, value: &str, n| Tally {
            dimension: if category.is_empty() { "" } else { "region" }.to_owned(),
            category: category.to_owned(),
            measure,
            value: value.to_owned(),
            n,
        };
        let follow_up = FollowUp::of([
            tally("", Measure::Status, "complete", 3),
            tally("", Measure::Status, "invited", 2),
            tally("", Measure::Status, "branch_office", 1),
            tally("", Measure::StoppedAt, "staffing", 4),
            tally("", Measure::Waited, "d2", 3),
            tally("Norr", Measure::Status, "complete", 3),
            tally("Söder", Measure::Status, "invited", 0),
        ]);

        let all = follow_up.all();
        assert_eq!(all.statuses.answered(), 3);
        assert_eq!((all.statuses.eligible(), all.statuses.all()), (5, 6));
        assert_eq!(all.stopped_at["staffing"], 4);
        assert_eq!(all.waited(), [0, 0, 3, 0, 0, 0, 0]);
        assert_eq!(
            all.rate(Definition::Rr1, false).share,
            super::super::Ratio::new(3, 5)
        );
        assert_eq!(follow_up.categories("region").collect::<Vec<_>>(), ["Norr"]);
        assert_eq!(follow_up.group("region", "Öster").statuses.all(), 0);
    }
}
