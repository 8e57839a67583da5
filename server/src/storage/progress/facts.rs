//! What is known of a case, and what is counted of it. No database here: facts before, an event, facts after.

use survey::statistics::{
    Measure, Reached, Ruling, Signs, Status, WAITED_DAYS, WORKED_MINUTES, bucket_of,
};

use crate::clock::in_sweden;
use crate::storage::time::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;
const MINUTE: i64 = 60 * 1000;

/// Everything that a case's status and counts are made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    /// The first time that a mail about it was taken by a server.
    pub invited_at: Option<Timestamp>,
    /// The last time.
    pub mailed_at: Option<Timestamp>,
    /// When the last one that came back had been sent, or was refused.
    pub bounced_at: Option<Timestamp>,
    pub opened_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    /// The section last written on.
    pub place: Option<String>,
    /// Enough is answered for a partial interview.
    pub enough: bool,
    /// First and last submission.
    pub answered_at: Option<Timestamp>,
    pub submitted_at: Option<Timestamp>,
    pub reopened: bool,
    pub ruling: Ruling,
}

/// Where somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The section's key.
    pub section: String,
    /// Whether enough is answered for a partial interview, these answers among them.
    pub enough: bool,
}

/// Something that changes what is known of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::storage) enum Event {
    Mailed(Timestamp),
    /// With when the mail that came back had been sent: reports come late, and by then another mail may have been sent to a
    /// better address.
    Bounced(Timestamp),
    Opened(Timestamp),
    /// Something was typed; where, if that is known.
    Wrote(Timestamp, Option<Written>),
    Submitted(Timestamp),
    Reopened,
    Ruled(Ruling),
}

impl Event {
    /// What a line of `message_event` tells of the message's case; most tell nothing.
    pub fn of_mail(event: &str, at: Timestamp) -> Option<Self> {
        match event {
            "sent" => Some(Self::Mailed(at)),
            "bounced" => Some(Self::Bounced(at)),
            _ => None,
        }
    }
}

impl Facts {
    /// What is known after `event`. Mail may be told of in any order; the first and the last time come out the same.
    #[must_use]
    pub fn after(mut self, event: &Event) -> Self {
        match event {
            Event::Mailed(at) => {
                self.invited_at = Some(earlier(self.invited_at, *at));
                self.mailed_at = self.mailed_at.max(Some(*at));
            }
            Event::Bounced(at) => self.bounced_at = self.bounced_at.max(Some(*at)),
            Event::Opened(at) => self.opened_at = Some(earlier(self.opened_at, *at)),
            Event::Wrote(at, written) => {
                self.started_at = Some(earlier(self.started_at, *at));
                if let Some(written) = written {
                    self.place = Some(written.section.clone());
                    self.enough = written.enough;
                }
            }
            Event::Submitted(at) => {
                self.answered_at = Some(earlier(self.answered_at, *at));
                self.submitted_at = self.submitted_at.max(Some(*at));
                self.reopened = false;
            }
            Event::Reopened => self.reopened = true,
            Event::Ruled(ruling) => self.ruling = *ruling,
        }
        self
    }

    pub fn status(&self) -> Status {
        Signs {
            invited: self.invited_at.is_some(),
            bounced: self.bounced_at.is_some() && self.bounced_at >= self.mailed_at,
            opened: self.opened_at.is_some(),
            started: self.started_at.is_some(),
            enough: self.enough,
            submitted: self.answered_at.is_some(),
            reopened: self.reopened,
            ruling: self.ruling,
        }
        .status()
    }

    /// What the case is counted under, wherever it is counted.
    pub fn measures(&self) -> Vec<(Measure, String)> {
        let status = self.status();
        let mut measures = vec![(Measure::Status, status.as_str().to_owned())];
        if !status.is_eligible() {
            return measures;
        }
        let reached = Reached::ALL
            .into_iter()
            .filter(|reached| self.has_reached(*reached))
            .map(|reached| (Measure::Reached, reached.as_str().to_owned()));
        measures.extend(reached);
        match (self.answered_at, &self.place) {
            (Some(answered), _) => {
                measures.push((Measure::AnsweredOn, day(answered)));
                let since =
                    |from: Option<Timestamp>| from.map(|from| answered.millis() - from.millis());
                measures.extend(
                    since(self.invited_at)
                        .and_then(|time| bucket_of(&WAITED_DAYS, time.div_euclid(DAY)))
                        .map(|bucket| (Measure::Waited, bucket.key.to_owned())),
                );
                measures.extend(
                    since(self.started_at)
                        .and_then(|time| bucket_of(&WORKED_MINUTES, time.div_euclid(MINUTE)))
                        .map(|bucket| (Measure::Worked, bucket.key.to_owned())),
                );
            }
            (None, Some(place)) => measures.push((Measure::StoppedAt, place.clone())),
            (None, None) => {}
        }
        measures
    }

    /// Whoever came further was here too; only an invitation must be known by itself.
    fn has_reached(&self, reached: Reached) -> bool {
        let answered = self.answered_at.is_some();
        let started = answered || self.started_at.is_some();
        match reached {
            Reached::Invited => self.invited_at.is_some(),
            Reached::Opened => started || self.opened_at.is_some(),
            Reached::Started => started,
            Reached::Answered => answered,
        }
    }
}

fn earlier(one: Option<Timestamp>, other: Timestamp) -> Timestamp {
    one.map_or(other, |one| one.min(other))
}

/// The day in Sweden: `2022-04-05`.
fn day(at: Timestamp) -> String {
    in_sweden(at).date().to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    fn after(events: &[Event]) -> Facts {
        events.iter().fold(Facts::default(), Facts::after)
    }

    fn counted(facts: &Facts, measure: Measure) -> Vec<String> {
        let measures = facts.measures().into_iter();
        measures
            .filter(|(one, _)| *one == measure)
            .map(|(_, value)| value)
            .collect()
    }

    fn wrote(millis: i64, section: &str) -> Event {
        let written = Written {
            section: section.to_owned(),
            enough: false,
        };
        Event::Wrote(at(millis), Some(written))
    }

    #[test]
    fn a_case_is_counted_where_it_stopped_until_it_is_handed_in() {
        let begun = after(&[wrote(10, "centre"), wrote(20, "staffing")]);
        assert_eq!(begun.status(), Status::Started);
        assert_eq!(counted(&begun, Measure::StoppedAt), ["staffing"]);
        assert_eq!(begun.started_at, Some(at(10)));

        let done = begun.after(&Event::Submitted(at(30)));
        assert_eq!(done.status(), Status::Complete);
        assert!(counted(&done, Measure::StoppedAt).is_empty());
    }

    #[test]
    fn a_late_evening_in_utc_is_the_next_day_in_sweden() {
        // 2022-04-05T22:30Z is half past midnight on the 6th.
        let done = after(&[Event::Submitted(at(1_649_197_800_000))]);
        assert_eq!(counted(&done, Measure::AnsweredOn), ["2022-04-06"]);
    }

    #[test]
    fn handing_in_again_does_not_move_the_day() {
        let done = after(&[
            Event::Submitted(at(0)),
            Event::Reopened,
            Event::Submitted(at(3 * DAY)),
        ]);
        assert_eq!(counted(&done, Measure::AnsweredOn), ["1970-01-01"]);
        assert_eq!(done.submitted_at, Some(at(3 * DAY)));
        assert_eq!(done.status(), Status::Complete);
    }

    #[test]
    fn time_to_answer_is_counted_from_the_first_invitation_and_from_the_first_keystroke() {
        let done = after(&[
            Event::Mailed(at(0)),
            Event::Mailed(at(2 * DAY)),
            wrote(3 * DAY, "centre"),
            Event::Submitted(at(3 * DAY + 25 * MINUTE)),
        ]);
        assert_eq!(counted(&done, Measure::Waited), ["d2"]);
        assert_eq!(counted(&done, Measure::Worked), ["m20"]);
    }

    #[test]
    fn a_mail_that_came_back_is_forgotten_when_the_next_arrives() {
        let back = after(&[Event::Mailed(at(1)), Event::Bounced(at(2))]);
        assert_eq!(back.status(), Status::Bounced);
        assert_eq!(back.after(&Event::Mailed(at(3))).status(), Status::Invited);
    }

    #[test]
    fn what_the_survey_is_not_for_is_counted_by_its_status_alone() {
        let branch = after(&[
            Event::Mailed(at(1)),
            Event::Submitted(at(2)),
            Event::Ruled(Ruling::BranchOffice),
        ]);
        assert_eq!(
            branch.measures(),
            [(Measure::Status, "branch_office".to_owned())]
        );
        let back = branch.after(&Event::Ruled(Ruling::Eligible));
        assert_eq!(back.status(), Status::Complete);
    }

    proptest! {
        #[test]
        fn mail_may_be_told_of_in_any_order(events in prop::collection::vec((any::<bool>(), 0..9_i64), 0..8)) {
            let event = |(came_back, time): &(bool, i64)| if *came_back {
                Event::Bounced(at(*time))
            } else {
                Event::Mailed(at(*time))
            };
            let told: Vec<Event> = events.iter().map(event).collect();
            let backward: Vec<Event> = events.iter().rev().map(event).collect();
            prop_assert_eq!(after(&told), after(&backward));
        }
    }
}
