//! Rounds, their mailings, and the letters that were sent.

mod create;
mod letter;
mod list;
mod mailbox;
mod mailings;
mod messages;
mod plan;
mod round;

pub use create::{NewRoundPage, RoundForm};
pub use letter::{FieldLine, LetterForm, LetterPage, Preview, TextForm};
pub use list::{RoundLine, RoundsPage};
pub use mailbox::{BoxLine, BoxedLetterPage, MailboxPage};
pub use mailings::{Counts, Destination, MailingLine, MailingsPage};
pub use messages::{EventLine, MessageLine, MessagePage, MessagesPage};
pub use plan::{PlanGroup, PlanLine, PlanPage};
pub use round::{ConfirmPage, RoundPage, RoundState};

use leptos::prelude::*;

use super::words::area_words;
use crate::fill;

area_words! {
    RoundsWords from "rounds" {
        title, lead, create, none, caption, round, state, first_day, last_day, units, pilot, pilot_notice,
        create_title, create_lead, key, key_hint, instrument, opens, opens_hint, closes, closes_hint, kind,
        kind_hint, kind_real, selection, selection_hint, sender_name, sender_name_hint, sender_address,
        sender_address_hint, create_do, cancel, created, round_title, facts, every_unit,
        to_mailings, change_title, change_lead, change_lead_opened, change_do, saved, open_now, open_title,
        open_lead, open_do, close_now, close_title, close_lead, close_do, turned,
        mailings_title, mailings_lead, mailings_none, mailing, when, queued, sent, tried, bounced, skipped,
        planned_at, planned_late, started_at, paused_notice, pause, pause_lead, resume, paused, resumed, dates_title, dates_lead,
        dates_do, nowhere, to_mailbox, dry_run, send_now, show_messages, receipts,
        letter_title, letter_lead, letter_started, subject, body, in_swedish, in_english, fields_title, fields_lead,
        save_letter, letter_saved, preview_unit, preview_unit_hint, preview_do, preview_title,
        preview_to, preview_lead, preview_missing, test_title, test_lead, test_do, test_sent, test_nowhere, at_place,
        plan_title, plan_lead, plan_caption, plan_gets, plan_all, plan_units, plan_csv, unit, region, recipient,
        outcome, plan_none, send_title, send_title_one, send_lead, send_none, send_do, send_done, send_before,
        messages_title, messages_caption, messages_none, filter_state, all, search, search_hint, show, attempts,
        note, message_title, events, at, event, detail, events_none, back_to_round, back_to_mailings,
        back_to_rounds, back_to_messages, box_title, box_lead, box_none, box_caption, received, box_back, to, source
    } tables { states, letters, fields, faults, letter_faults, reasons, message_states, event_names, kinds }
}

/// A round's page.
pub fn round_path(key: &str) -> String {
    format!("/admin/omgangar/{key}")
}

/// The page of a round's mailings.
pub fn mailings_path(key: &str) -> String {
    format!("/admin/omgangar/{key}/utskick")
}

/// The page of one mailing.
pub fn mailing_path(key: &str, number: u8) -> String {
    format!("/admin/omgangar/{key}/utskick/{number}")
}

impl RoundsWords {
    /// What a mailing is called: 0 is the invitation.
    pub fn letter(&self, number: u8) -> &str {
        self.letters
            .get(&number.to_string())
            .map_or("", String::as_str)
    }
}

/// What a reader must not miss: the answers of this round count for nothing.
fn pilot_notice(words: &RoundsWords, pilot: bool) -> Option<AnyView> {
    pilot.then(|| {
        view! { <p class="note"><strong>{words.pilot.clone()}.</strong>" "{words.pilot_notice.clone()}</p> }.into_any()
    })
}

/// The way back.
fn back(address: String, text: &str, round: &str) -> AnyView {
    let text = fill(text, &[("round", round)]);
    view! { <p class="back"><a href=address>{text}</a></p> }.into_any()
}

#[cfg(test)]
mod tests {
    use survey::text::Language;

    use super::RoundsWords;
    use crate::staff::words::AreaWords;

    #[test]
    fn both_languages_have_every_text() {
        let sv = RoundsWords::load(Language::Swedish).unwrap();
        let en = RoundsWords::load(Language::English).unwrap();
        for (sv, en) in [
            (&sv.states, &en.states),
            (&sv.letters, &en.letters),
            (&sv.fields, &en.fields),
            (&sv.faults, &en.faults),
            (&sv.letter_faults, &en.letter_faults),
            (&sv.reasons, &en.reasons),
            (&sv.message_states, &en.message_states),
            (&sv.event_names, &en.event_names),
            (&sv.kinds, &en.kinds),
        ] {
            assert_eq!(sv.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        }
    }
}
