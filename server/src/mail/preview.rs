//! What a letter would be made from, without there being one.

use uuid::Uuid;

use super::versions::{Version, kept};
use crate::storage::{Candidate, Dispatch, Mailing, MessageKind, Round, RoundSetup, Timestamp};

/// The letter to a case, with a link that leads nowhere.
pub fn dispatch(
    round: &Round,
    setup: &RoundSetup,
    mailing: &Mailing,
    candidate: &Candidate,
    (first, others): (Version<'_>, &[Version<'_>]),
    now: Timestamp,
) -> Dispatch {
    let (subject, body) = kept(first, others);
    let addressee = candidate.addressees.first();
    Dispatch {
        id: Uuid::nil(),
        kind: if mailing.number.is_invitation() {
            MessageKind::Invitation
        } else {
            MessageKind::Reminder
        },
        language: first.language.code().to_owned(),
        recipient: addressee.map_or_else(String::new, |addressee| addressee.email.clone()),
        queued_at: now,
        subject: Some(subject),
        body: Some(body),
        template_subject: None,
        template_body: None,
        other_language: None,
        other_subject: None,
        other_body: None,
        round_id: Some(round.id),
        round_key: Some(round.key.clone()),
        opens_at: Some(round.opens_at),
        closes_at: Some(round.closes_at),
        mail_paused_at: None,
        pilot: Some(round.pilot),
        sender_name: Some(setup.sender_name.clone()),
        sender_address: Some(setup.sender_address.clone()),
        unit_name: Some(candidate.unit_name.clone()),
        region: Some(candidate.region.clone()),
        unit_gone_at: None,
        submitted_at: None,
        disposition: None,
        link_id: Some(Uuid::nil()),
        link_revoked_at: None,
        link_section: None,
        contact_id: None,
        contact_name: addressee.map(|addressee| addressee.name.clone()),
        valid_from: None,
        valid_to: None,
        undeliverable_at: None,
    }
}
