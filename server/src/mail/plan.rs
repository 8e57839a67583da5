//! Whom a mailing goes to, and why the others are left out: the same for a dry run as for sending.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::eligibility::{ContactFacts, Decision, Facts, LinkFacts, Skip, decide};
use crate::storage::{Addressee, Candidate, Mailing, MessageKind, NewMessage, Round, Timestamp};
use crate::tables::field;

/// A reminder does not follow an invitation closer than this: who came late gets it when so long has passed.
const BREATHER: Duration = Duration::from_hours(48);

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'c> {
    pub candidate: &'c Candidate,
    pub outcome: Outcome<'c>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'c> {
    Gets(&'c Addressee),
    Without(Reason),
}

impl Line<'_> {
    pub const fn gets(&self) -> bool {
        matches!(self.outcome, Outcome::Gets(_))
    }
}

/// How many get the letter, and how many do not for each reason, the most common first.
pub fn summary(lines: &[Line<'_>]) -> (usize, Vec<(Reason, usize)>) {
    let mut without: BTreeMap<Reason, usize> = BTreeMap::new();
    for line in lines {
        if let Outcome::Without(reason) = line.outcome {
            *without.entry(reason).or_default() += 1;
        }
    }
    let mut without: Vec<_> = without.into_iter().collect();
    without.sort_by_key(|(_, count)| Reverse(*count));
    (lines.iter().filter(|line| line.gets()).count(), without)
}

/// A line for each unit, with its reason.
pub fn csv(lines: &[Line<'_>]) -> String {
    let mut csv = String::from("unit,name,region,gets,recipient,reason\n");
    for line in lines {
        let of = line.candidate;
        let (gets, recipient, reason) = match line.outcome {
            Outcome::Gets(addressee) => ("yes", addressee.email.as_str(), ""),
            Outcome::Without(reason) => ("no", "", reason.code()),
        };
        let [key, name, region] = [&of.unit_key, &of.unit_name, &of.region].map(String::as_str);
        let fields = [key, name, region, gets, recipient, reason];
        let fields: Vec<String> = fields.into_iter().map(field).collect();
        csv.push_str(&fields.join(","));
        csv.push('\n');
    }
    csv
}

/// Why a case gets no letter in this mailing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    May(Skip),
    /// It has one of this mailing already.
    HasIt,
    /// There was no invitation to remind of.
    NotInvited,
    /// The register's address cannot be written to.
    BadAddress,
}

impl Reason {
    /// The key of its text.
    pub const fn code(self) -> &'static str {
        match self {
            Self::May(skip) => skip.code(),
            Self::HasIt => "has_it",
            Self::NotInvited => "not_invited",
            Self::BadAddress => "bad_address",
        }
    }
}

/// What would become of every case if the mailing were queued now.
pub fn plan<'c>(
    mailing: &Mailing,
    round: &Round,
    candidates: &'c [Candidate],
    now: Timestamp,
) -> Vec<Line<'c>> {
    candidates
        .iter()
        .map(|candidate| Line {
            candidate,
            outcome: outcome(mailing, round, candidate, now),
        })
        .collect()
}

fn outcome<'c>(
    mailing: &Mailing,
    round: &Round,
    candidate: &'c Candidate,
    now: Timestamp,
) -> Outcome<'c> {
    let addressee = candidate.addressees.first();
    let facts = Facts {
        kind: kind(mailing),
        opens_at: Some(round.opens_at),
        closes_at: Some(round.closes_at),
        paused: false,
        unit_is_gone: candidate.unit_is_gone,
        submitted: candidate.submitted,
        disposition: candidate.disposition,
        link: candidate.link_id.map(|_| LinkFacts { is_revoked: false }),
        contact: addressee.map(|addressee| ContactFacts {
            valid_from: addressee.valid_from,
            valid_to: None,
            is_undeliverable: addressee.is_undeliverable,
        }),
    };
    if let Decision::Skip(skip) = decide(&facts, now) {
        return Outcome::Without(Reason::May(skip));
    }
    let Some(addressee) = addressee else {
        return Outcome::Without(Reason::May(Skip::NoContact));
    };
    let reason = if addressee.has_message {
        Some(Reason::HasIt)
    } else if addressee.email.parse::<mail::Address>().is_err() {
        Some(Reason::BadAddress)
    } else if mailing.number.is_invitation() {
        None
    } else {
        addressee.invited_at.is_none().then_some(Reason::NotInvited)
    };
    reason.map_or(Outcome::Gets(addressee), Outcome::Without)
}

const fn kind(mailing: &Mailing) -> MessageKind {
    if mailing.number.is_invitation() {
        MessageKind::Invitation
    } else {
        MessageKind::Reminder
    }
}

/// The messages of a plan, in `language`.
pub fn messages(
    mailing: &Mailing,
    lines: &[Line<'_>],
    language: &str,
    now: Timestamp,
) -> Vec<NewMessage> {
    lines
        .iter()
        .filter_map(|line| {
            let Outcome::Gets(addressee) = line.outcome else {
                return None;
            };
            Some(NewMessage {
                id: identity(mailing.id, line.candidate.case_id, addressee.contact_id),
                kind: kind(mailing),
                round_id: Some(mailing.round_id),
                mailing_id: Some(mailing.id),
                case_id: Some(line.candidate.case_id),
                contact_id: Some(addressee.contact_id),
                link_id: line.candidate.link_id,
                language: language.to_owned(),
                recipient: addressee.email.parse().ok()?,
                text: None,
                due_at: due_at(mailing, addressee, now),
            })
        })
        .collect()
}

fn due_at(mailing: &Mailing, addressee: &Addressee, now: Timestamp) -> Timestamp {
    match addressee.invited_at {
        Some(invited) if !mailing.number.is_invitation() => now.max(invited.after(BREATHER)),
        _ => now,
    }
}

/// The same letter has the same identity, whichever server queues it.
fn identity(mailing: Uuid, case: Uuid, contact: Uuid) -> Uuid {
    let digest = Sha256::new()
        .chain_update(mailing.as_bytes())
        .chain_update(case.as_bytes())
        .chain_update(contact.as_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Which of a round's mailings are to be queued now, and which are passed over since a later one is due too.
pub fn due(mailings: &[Mailing], now: Timestamp) -> Due<'_> {
    let is_due = |mailing: &&Mailing| mailing.planned_at <= now;
    let invitation = mailings
        .iter()
        .filter(is_due)
        .find(|mailing| mailing.number.is_invitation());
    let waiting = mailings
        .iter()
        .filter(is_due)
        .filter(|mailing| !mailing.number.is_invitation() && mailing.started_at.is_none());
    let mut passed_over: Vec<&Mailing> = waiting.collect();
    passed_over.sort_by_key(|mailing| mailing.number);
    let reminder = passed_over.pop();
    Due {
        invitation,
        reminder,
        passed_over,
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due<'m> {
    /// Also when it has started: for those who came since.
    pub invitation: Option<&'m Mailing>,
    pub reminder: Option<&'m Mailing>,
    pub passed_over: Vec<&'m Mailing>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{DispositionCode, MailingNumber};

    const OPENS: Timestamp = Timestamp::from_millis(0);
    const ROUND: Uuid = Uuid::from_u128(1);

    fn day(day: u64) -> Timestamp {
        OPENS.after(Duration::from_hours(24 * day))
    }

    fn round() -> Round {
        Round {
            id: ROUND,
            key: "r".to_owned(),
            instrument_key: "i".to_owned(),
            instrument_version: "1".to_owned(),
            opens_at: OPENS,
            closes_at: day(71),
            pilot: false,
        }
    }

    fn mailing(number: usize, planned: u64) -> Mailing {
        Mailing {
            id: Uuid::from_u128(10 + number as u128),
            round_id: ROUND,
            number: MailingNumber::ALL[number],
            planned_at: day(planned),
            started_at: None,
        }
    }

    fn chief() -> Addressee {
        Addressee {
            contact_id: Uuid::from_u128(3),
            name: "Kim".to_owned(),
            email: "kim@example.se".to_owned(),
            valid_from: OPENS,
            is_local_head: false,
            is_undeliverable: false,
            invited_at: Some(OPENS),
            has_message: false,
        }
    }

    fn centre() -> Candidate {
        Candidate {
            case_id: Uuid::from_u128(2),
            unit_key: "vc-1".to_owned(),
            unit_name: "Lindens vårdcentral".to_owned(),
            region: "Region Blekinge".to_owned(),
            unit_is_gone: false,
            submitted: false,
            disposition: None,
            link_id: Some(Uuid::from_u128(4)),
            addressees: vec![chief()],
        }
    }

    fn reason(mailing: &Mailing, candidate: &Candidate, now: Timestamp) -> Option<Reason> {
        let candidates = [candidate.clone()];
        match plan(mailing, &round(), &candidates, now)[0].outcome {
            Outcome::Gets(_) => None,
            Outcome::Without(reason) => Some(reason),
        }
    }

    #[test]
    fn a_reminder_goes_to_who_was_invited_and_has_not_answered() {
        let reminder = mailing(1, 14);
        assert_eq!(reason(&reminder, &centre(), day(14)), None);
        let answered = Candidate {
            submitted: true,
            ..centre()
        };
        let told = Some(Reason::May(Skip::Submitted));
        assert_eq!(reason(&reminder, &answered, day(14)), told);
        let refused = Candidate {
            disposition: Some(DispositionCode::Refused),
            ..centre()
        };
        let told = Some(Reason::May(Skip::Refused));
        assert_eq!(reason(&reminder, &refused, day(14)), told);
    }

    #[test]
    fn a_centre_that_came_late_gets_the_invitation_and_the_reminders_that_remain() {
        let with = |invited_at| Candidate {
            addressees: vec![Addressee {
                invited_at,
                ..chief()
            }],
            ..centre()
        };
        let new = with(None);
        assert_eq!(reason(&mailing(0, 0), &new, day(27)), None);
        let told = Some(Reason::NotInvited);
        assert_eq!(reason(&mailing(2, 28), &new, day(28)), told);
        let yesterday = with(Some(day(27)));
        assert_eq!(reason(&mailing(2, 28), &yesterday, day(28)), None);
        assert_eq!(reason(&mailing(3, 42), &yesterday, day(42)), None);
    }

    #[test]
    fn a_reminder_waits_until_two_days_after_the_invitation() {
        let due = |mailing: &Mailing, invited| {
            let candidates = [Candidate {
                addressees: vec![Addressee {
                    invited_at: Some(invited),
                    ..chief()
                }],
                ..centre()
            }];
            let lines = plan(mailing, &round(), &candidates, day(28));
            messages(mailing, &lines, "sv", day(28))[0].due_at
        };
        let reminder = mailing(2, 28);
        assert_eq!(due(&reminder, day(27)), day(29));
        assert_eq!(due(&reminder, day(26)), day(28));
        assert_eq!(due(&reminder, OPENS), day(28));
        let again = mailing(0, 0);
        assert_eq!(due(&again, day(27)), day(28));
    }

    #[test]
    fn nobody_gets_the_same_mailing_twice_and_a_bad_address_is_told() {
        let having = Candidate {
            addressees: vec![Addressee {
                has_message: true,
                ..chief()
            }],
            ..centre()
        };
        let told = Some(Reason::HasIt);
        assert_eq!(reason(&mailing(1, 14), &having, day(14)), told);
        let bad = Candidate {
            addressees: vec![Addressee {
                email: "kim at example.se".to_owned(),
                ..chief()
            }],
            ..centre()
        };
        let told = Some(Reason::BadAddress);
        assert_eq!(reason(&mailing(0, 0), &bad, day(0)), told);
        let nobody = Candidate {
            addressees: Vec::new(),
            ..centre()
        };
        let told = Some(Reason::May(Skip::NoContact));
        assert_eq!(reason(&mailing(0, 0), &nobody, day(0)), told);
    }

    #[test]
    fn after_a_long_stop_only_the_last_reminder_goes_out() {
        let mailings = [0, 1, 2, 3].map(|number| mailing(number, 14 * number as u64));
        let due_now = due(&mailings, day(30));
        assert_eq!(due_now.invitation, Some(&mailings[0]));
        assert_eq!(due_now.reminder, Some(&mailings[2]));
        assert_eq!(due_now.passed_over, [&mailings[1]]);
        let sent = Mailing {
            started_at: Some(day(28)),
            ..mailings[2].clone()
        };
        let due_now = due(std::slice::from_ref(&sent), day(30));
        assert_eq!(due_now.reminder, None);
    }

    #[test]
    fn the_same_letter_has_the_same_identity() {
        let candidates = [centre()];
        let reminder = mailing(1, 14);
        let lines = plan(&reminder, &round(), &candidates, day(14));
        let first = messages(&reminder, &lines, "sv", day(14));
        let again = messages(&reminder, &lines, "sv", day(15));
        assert_eq!(first[0].id, again[0].id);
        assert_eq!(first.len(), 1);
    }
}
