//! Final dispositions as AAPOR's *Standard Definitions* (9th edition, 2016) has them for internet surveys of
//! specifically named persons, as far as a total survey of a register meets them.
//!
//! The register tells who is eligible, so a unit that is silent is a non-contact and not one of unknown eligibility.
//! Only mail that comes back leaves open whether the unit is still there.

use super::status::Status;

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Disposition {
    /// 1.1
    Complete,
    /// 1.2
    Partial,
    /// 2.11
    Refusal,
    /// 2.1121: opened the questionnaire and answered nothing.
    LoggedOn,
    /// 2.12: began and left too much unanswered.
    BreakOff,
    /// 2.20: eligible, and nothing was heard.
    NoAnswer,
    /// 2.20: staff has found no way to reach anybody.
    Unreachable,
    /// 3.30: mail came back.
    Undelivered,
    /// 4: closed before the survey began.
    ClosedBeforeStart,
    /// 4: a branch of a unit that answers for it.
    BranchOffice,
    /// 4: opened after the survey began.
    OpenedAfterStart,
    /// The round is open, and the case has not been decided.
    Pending,
}

/// The letters of AAPOR's formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// I
    Interview,
    /// P
    Partial,
    /// R: refusals and break-offs
    Refusal,
    /// NC
    NonContact,
    /// U: unknown whether eligible
    Unknown,
    /// Leaves every denominator.
    NotEligible,
}

impl Disposition {
    /// The disposition of a case. Until the round has closed, whatever may still be answered is pending.
    pub const fn of(status: Status, closed: bool) -> Self {
        match status {
            Status::Complete | Status::Reopened => Self::Complete,
            Status::Refused => Self::Refusal,
            Status::Unreachable => Self::Unreachable,
            Status::ClosedBeforeStart => Self::ClosedBeforeStart,
            Status::BranchOffice => Self::BranchOffice,
            Status::OpenedAfterStart => Self::OpenedAfterStart,
            Status::Bounced => Self::Undelivered,
            _ if !closed => Self::Pending,
            Status::Partial => Self::Partial,
            Status::Started => Self::BreakOff,
            Status::Opened => Self::LoggedOn,
            Status::Invited | Status::NotInvited => Self::NoAnswer,
        }
    }

    /// AAPOR's number; none while pending.
    pub const fn code(self) -> Option<&'static str> {
        Some(match self {
            Self::Complete => "1.1",
            Self::Partial => "1.2",
            Self::Refusal => "2.11",
            Self::LoggedOn => "2.1121",
            Self::BreakOff => "2.12",
            Self::NoAnswer | Self::Unreachable => "2.20",
            Self::Undelivered => "3.30",
            Self::ClosedBeforeStart | Self::BranchOffice | Self::OpenedAfterStart => "4",
            Self::Pending => return None,
        })
    }

    /// Where the formulas count it. What is pending counts as not yet heard of.
    pub const fn class(self) -> Class {
        match self {
            Self::Complete => Class::Interview,
            Self::Partial => Class::Partial,
            Self::Refusal | Self::LoggedOn | Self::BreakOff => Class::Refusal,
            Self::NoAnswer | Self::Unreachable | Self::Pending => Class::NonContact,
            Self::Undelivered => Class::Unknown,
            Self::ClosedBeforeStart | Self::BranchOffice | Self::OpenedAfterStart => {
                Class::NotEligible
            }
        }
    }
}

impl Class {
    /// The letters of the formulas, in their order.
    pub const ALL: [Self; 6] = [
        Self::Interview,
        Self::Partial,
        Self::Refusal,
        Self::NonContact,
        Self::Unknown,
        Self::NotEligible,
    ];

    /// As the formulas write it; none for what is in no formula.
    pub const fn letter(self) -> Option<&'static str> {
        Some(match self {
            Self::Interview => "I",
            Self::Partial => "P",
            Self::Refusal => "R",
            Self::NonContact => "NC",
            Self::Unknown => "U",
            Self::NotEligible => return None,
        })
    }

    /// Where the cases stand that are counted so.
    pub fn statuses(self, closed: bool) -> Vec<Status> {
        Status::ALL
            .into_iter()
            .filter(|status| Disposition::of(*status, closed).class() == self)
            .collect()
    }
}

/// How many cases came out how: what the formulas are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// I
    pub complete: u64,
    /// P
    pub partial: u64,
    /// R
    pub refused: u64,
    /// NC
    pub not_reached: u64,
    /// U
    pub unknown: u64,
    pub not_eligible: u64,
}

impl Outcomes {
    /// Counts cases by where they stand.
    pub fn count(statuses: impl IntoIterator<Item = (Status, u64)>, closed: bool) -> Self {
        let mut outcomes = Self::default();
        for (status, n) in statuses {
            *outcomes.of(Disposition::of(status, closed).class()) += n;
        }
        outcomes
    }

    /// How many are counted so.
    pub const fn get(&self, class: Class) -> u64 {
        match class {
            Class::Interview => self.complete,
            Class::Partial => self.partial,
            Class::Refusal => self.refused,
            Class::NonContact => self.not_reached,
            Class::Unknown => self.unknown,
            Class::NotEligible => self.not_eligible,
        }
    }

    const fn of(&mut self, class: Class) -> &mut u64 {
        match class {
            Class::Interview => &mut self.complete,
            Class::Partial => &mut self.partial,
            Class::Refusal => &mut self.refused,
            Class::NonContact => &mut self.not_reached,
            Class::Unknown => &mut self.unknown,
            Class::NotEligible => &mut self.not_eligible,
        }
    }

    /// I + P + R + NC
    pub const fn eligible(&self) -> u64 {
        self.complete + self.partial + self.refused + self.not_reached
    }

    /// Everything that is not known to be not eligible.
    pub const fn register(&self) -> u64 {
        self.eligible() + self.unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_begun_is_decided_when_the_round_closes() {
        for (status, after) in [
            (Status::Partial, Disposition::Partial),
            (Status::Started, Disposition::BreakOff),
            (Status::Opened, Disposition::LoggedOn),
            (Status::Invited, Disposition::NoAnswer),
        ] {
            assert_eq!(Disposition::of(status, false), Disposition::Pending);
            assert_eq!(Disposition::of(status, true), after);
        }
    }

    #[test]
    fn only_what_the_survey_never_was_for_leaves_the_denominator() {
        for status in Status::ALL {
            let class = Disposition::of(status, true).class();
            assert_eq!(class == Class::NotEligible, !status.is_eligible());
        }
    }

    #[test]
    fn every_status_has_one_class_and_each_class_tells_its_own() {
        for closed in [false, true] {
            let mut listed: Vec<Status> = Class::ALL
                .into_iter()
                .flat_map(|class| class.statuses(closed))
                .collect();
            listed.sort_unstable();
            assert_eq!(listed, Status::ALL);
            let outcomes = Outcomes::count(Status::ALL.map(|status| (status, 1)), closed);
            for class in Class::ALL {
                let count = u64::try_from(class.statuses(closed).len()).unwrap();
                assert_eq!(outcomes.get(class), count);
            }
        }
    }

    #[test]
    fn every_case_is_counted_once() {
        let one_of_each = Status::ALL.map(|status| (status, 1));
        let outcomes = Outcomes::count(one_of_each, true);
        assert_eq!(outcomes.register() + outcomes.not_eligible, 13);
        assert_eq!((outcomes.complete, outcomes.not_eligible), (2, 3));
    }
}
