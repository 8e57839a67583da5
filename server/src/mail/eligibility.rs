//! Who may get a message, decided from facts alone: the same for a dry run as for the moment of sending.

use crate::storage::{Dispatch, DispositionCode, MessageKind, Timestamp};

/// What the decision is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    pub kind: MessageKind,
    /// Of the round, where the message belongs to one.
    pub opens_at: Option<Timestamp>,
    /// The first moment at which no answers are taken any more.
    pub closes_at: Option<Timestamp>,
    pub paused: bool,
    pub unit_is_gone: bool,
    /// Answers were handed in, whether they were opened again or not: what was handed in counts.
    pub submitted: bool,
    /// What staff decided of the case last.
    pub disposition: Option<DispositionCode>,
    pub link: Option<LinkFacts>,
    pub contact: Option<ContactFacts>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkFacts {
    pub is_revoked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContactFacts {
    pub valid_from: Timestamp,
    /// The first moment at which the contact holds no more.
    pub valid_to: Option<Timestamp>,
    pub is_undeliverable: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Send,
    Hold(Hold),
    Skip(Skip),
}

/// Not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The round's mail is paused.
    Paused,
    /// Until the round opens.
    NotOpen(Timestamp),
}

/// Never. Where several hold, the first counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skip {
    Submitted,
    Refused,
    Unreachable,
    /// Closed, a branch office, or opened too late.
    NotEligible,
    /// The register knows the unit no more.
    UnitGone,
    RoundClosed,
    /// Nobody to send to.
    NoContact,
    /// Somebody else has taken over.
    ContactEnded,
    ContactNotYet,
    /// Mail to the address has come back.
    Undeliverable,
    NoLink,
    LinkRevoked,
}

impl Skip {
    pub const ALL: [Self; 12] = [
        Self::Submitted,
        Self::Refused,
        Self::Unreachable,
        Self::NotEligible,
        Self::UnitGone,
        Self::RoundClosed,
        Self::NoContact,
        Self::ContactEnded,
        Self::ContactNotYet,
        Self::Undeliverable,
        Self::NoLink,
        Self::LinkRevoked,
    ];

    /// The note that a skipped message keeps.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
            Self::NotEligible => "not_eligible",
            Self::UnitGone => "unit_gone",
            Self::RoundClosed => "round_closed",
            Self::NoContact => "no_contact",
            Self::ContactEnded => "contact_ended",
            Self::ContactNotYet => "contact_not_yet",
            Self::Undeliverable => "undeliverable",
            Self::NoLink => "no_link",
            Self::LinkRevoked => "link_revoked",
        }
    }
}

impl Hold {
    /// The note that a held message keeps.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Paused => "paused",
            Self::NotOpen(_) => "not_open",
        }
    }
}

/// Whether the message may be sent now.
pub fn decide(facts: &Facts, now: Timestamp) -> Decision {
    let skip = match facts.kind {
        MessageKind::Invitation | MessageKind::Reminder => of_case(facts)
            .or_else(|| of_round(facts, now))
            .or_else(|| of_contact(facts, now))
            .or_else(|| match facts.link {
                None => Some(Skip::NoLink),
                Some(link) => link.is_revoked.then_some(Skip::LinkRevoked),
            }),
        // Its link is what it is for. One to a chief goes to whoever is chief then; a colleague is no contact.
        MessageKind::Letter => facts
            .link
            .and_then(|link| {
                let revoked = link.is_revoked.then_some(Skip::LinkRevoked);
                revoked.or_else(|| of_round(facts, now))
            })
            .or_else(|| facts.contact.and_then(|_| of_contact(facts, now))),
        // Whoever asked for it gets it.
        MessageKind::Receipt | MessageKind::Test => None,
    };
    if let Some(skip) = skip {
        return Decision::Skip(skip);
    }
    if !facts.kind.is_mailing() {
        return Decision::Send;
    }
    match facts.opens_at {
        _ if facts.paused => Decision::Hold(Hold::Paused),
        Some(opens_at) if now < opens_at => Decision::Hold(Hold::NotOpen(opens_at)),
        _ => Decision::Send,
    }
}

fn of_case(facts: &Facts) -> Option<Skip> {
    if facts.submitted {
        return Some(Skip::Submitted);
    }
    let ruled = match facts.disposition {
        None | Some(DispositionCode::Eligible) => None,
        Some(DispositionCode::Refused) => Some(Skip::Refused),
        Some(DispositionCode::Unreachable) => Some(Skip::Unreachable),
        Some(
            DispositionCode::ClosedBeforeStart
            | DispositionCode::BranchOffice
            | DispositionCode::OpenedAfterStart,
        ) => Some(Skip::NotEligible),
    };
    ruled.or(facts.unit_is_gone.then_some(Skip::UnitGone))
}

fn of_round(facts: &Facts, now: Timestamp) -> Option<Skip> {
    facts
        .closes_at
        .is_some_and(|closes_at| now >= closes_at)
        .then_some(Skip::RoundClosed)
}

fn of_contact(facts: &Facts, now: Timestamp) -> Option<Skip> {
    let Some(contact) = facts.contact else {
        return Some(Skip::NoContact);
    };
    if contact.valid_to.is_some_and(|valid_to| now >= valid_to) {
        Some(Skip::ContactEnded)
    } else if now < contact.valid_from {
        Some(Skip::ContactNotYet)
    } else {
        contact.is_undeliverable.then_some(Skip::Undeliverable)
    }
}

impl Dispatch {
    pub fn facts(&self) -> Facts {
        Facts {
            kind: self.kind,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            paused: self.mail_paused_at.is_some(),
            unit_is_gone: self.unit_gone_at.is_some(),
            submitted: self.submitted_at.is_some(),
            disposition: self.disposition,
            link: self.link_id.map(|_| LinkFacts {
                is_revoked: self.link_revoked_at.is_some(),
            }),
            contact: self.valid_from.map(|valid_from| ContactFacts {
                valid_from,
                valid_to: self.valid_to,
                is_undeliverable: self.undeliverable_at.is_some(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENS: Timestamp = Timestamp::from_millis(100);
    const NOW: Timestamp = Timestamp::from_millis(150);
    const CLOSES: Timestamp = Timestamp::from_millis(200);

    fn awaited(kind: MessageKind) -> Facts {
        Facts {
            kind,
            opens_at: Some(OPENS),
            closes_at: Some(CLOSES),
            paused: false,
            unit_is_gone: false,
            submitted: false,
            disposition: None,
            link: Some(LinkFacts { is_revoked: false }),
            contact: Some(ContactFacts {
                valid_from: OPENS,
                valid_to: None,
                is_undeliverable: false,
            }),
        }
    }

    fn contact(change: impl FnOnce(&mut ContactFacts)) -> Facts {
        let mut facts = awaited(MessageKind::Reminder);
        change(facts.contact.as_mut().unwrap());
        facts
    }

    #[test]
    fn whoever_has_not_answered_gets_a_reminder() {
        assert_eq!(decide(&awaited(MessageKind::Reminder), NOW), Decision::Send);
        let taken_back = Facts {
            disposition: Some(DispositionCode::Eligible),
            ..awaited(MessageKind::Reminder)
        };
        assert_eq!(decide(&taken_back, NOW), Decision::Send);
    }

    #[test]
    fn a_mailing_passes_over_whoever_may_not_get_it_and_says_why() {
        let reminder = awaited(MessageKind::Reminder);
        let ruled = |code| Facts {
            disposition: Some(code),
            ..reminder
        };
        let cases = [
            (
                Facts {
                    submitted: true,
                    ..reminder
                },
                Skip::Submitted,
            ),
            (ruled(DispositionCode::Refused), Skip::Refused),
            (ruled(DispositionCode::Unreachable), Skip::Unreachable),
            (ruled(DispositionCode::ClosedBeforeStart), Skip::NotEligible),
            (ruled(DispositionCode::BranchOffice), Skip::NotEligible),
            (ruled(DispositionCode::OpenedAfterStart), Skip::NotEligible),
            (
                Facts {
                    unit_is_gone: true,
                    ..reminder
                },
                Skip::UnitGone,
            ),
            (
                Facts {
                    closes_at: Some(NOW),
                    ..reminder
                },
                Skip::RoundClosed,
            ),
            (
                Facts {
                    contact: None,
                    ..reminder
                },
                Skip::NoContact,
            ),
            (contact(|one| one.valid_to = Some(NOW)), Skip::ContactEnded),
            (contact(|one| one.valid_from = CLOSES), Skip::ContactNotYet),
            (
                contact(|one| one.is_undeliverable = true),
                Skip::Undeliverable,
            ),
            (
                Facts {
                    link: None,
                    ..reminder
                },
                Skip::NoLink,
            ),
            (
                Facts {
                    link: Some(LinkFacts { is_revoked: true }),
                    ..reminder
                },
                Skip::LinkRevoked,
            ),
        ];
        for (facts, reason) in cases {
            for kind in [MessageKind::Invitation, MessageKind::Reminder] {
                let facts = Facts { kind, ..facts };
                assert_eq!(decide(&facts, NOW), Decision::Skip(reason), "{facts:?}");
            }
        }
    }

    #[test]
    fn a_mailing_waits_while_it_is_paused_and_until_the_round_opens() {
        let invitation = awaited(MessageKind::Invitation);
        let paused = Facts {
            paused: true,
            ..invitation
        };
        assert_eq!(decide(&paused, NOW), Decision::Hold(Hold::Paused));
        let early = Timestamp::from_millis(OPENS.millis() - 1);
        let held = Decision::Hold(Hold::NotOpen(OPENS));
        let known_before = Facts {
            contact: Some(ContactFacts {
                valid_from: early,
                valid_to: None,
                is_undeliverable: false,
            }),
            ..invitation
        };
        assert_eq!(decide(&known_before, early), held);
        assert_eq!(decide(&known_before, OPENS), Decision::Send);
    }

    #[test]
    fn a_receipt_goes_to_who_has_submitted_also_when_the_round_has_closed() {
        let receipt = Facts {
            submitted: true,
            paused: true,
            closes_at: Some(OPENS),
            contact: None,
            ..awaited(MessageKind::Receipt)
        };
        assert_eq!(decide(&receipt, NOW), Decision::Send);
    }

    #[test]
    fn a_letter_with_a_link_goes_nowhere_when_the_link_does_not() {
        let letter = Facts {
            contact: None,
            paused: true,
            ..awaited(MessageKind::Letter)
        };
        assert_eq!(decide(&letter, NOW), Decision::Send);
        let revoked = Facts {
            link: Some(LinkFacts { is_revoked: true }),
            ..letter
        };
        assert_eq!(decide(&revoked, NOW), Decision::Skip(Skip::LinkRevoked));
        assert_eq!(decide(&letter, CLOSES), Decision::Skip(Skip::RoundClosed));
        let without = Facts {
            link: None,
            ..letter
        };
        assert_eq!(decide(&without, CLOSES), Decision::Send);
    }
}
