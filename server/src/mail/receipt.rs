//! The receipt, as a letter to whoever leads the unit.

use app::Translations;
use mail::Field;
use survey::text::Language;
use uuid::Uuid;

use super::texts;
use crate::storage::{Case, MessageKind, NewMessage, Timestamp};

/// What somebody is thanked for.
#[derive(Clone, Copy, Debug)]
pub struct Thanks<'a> {
    /// Of the submission.
    pub id: Uuid,
    pub receipt: &'a str,
    pub case: &'a Case,
    /// The link that it is handed in by.
    pub link: Uuid,
    pub language: Language,
}

/// The receipt to whoever leads the unit now, once for each submission; none where nobody can be written to.
pub fn thanks(
    translations: Translations,
    thanks: &Thanks<'_>,
    (contact, email): (Uuid, &str),
    now: Timestamp,
) -> Option<NewMessage> {
    let recipient = email.parse::<mail::Address>().ok()?;
    let text = texts::of_receipt(translations, thanks.language)?;
    Some(NewMessage {
        id: identity(thanks.id),
        kind: MessageKind::Receipt,
        round_id: Some(thanks.case.round_id),
        mailing_id: None,
        case_id: Some(thanks.case.id),
        contact_id: Some(contact),
        link_id: Some(thanks.link),
        language: thanks.language.code().to_owned(),
        recipient,
        text: Some((
            with_receipt(text.subject, thanks.receipt),
            with_receipt(text.body, thanks.receipt),
        )),
        due_at: now,
    })
}

/// A later submission has another number: this one's is written in when the letter is queued.
fn with_receipt(text: &str, receipt: &str) -> String {
    Field::Receipt
        .names()
        .iter()
        .fold(text.to_owned(), |text, name| {
            text.replace(&format!("{{{name}}}"), receipt)
        })
}

/// Never that of another letter: identities of submissions are of another version.
fn identity(submission: Uuid) -> Uuid {
    uuid::Builder::from_custom_bytes(*submission.as_bytes()).into_uuid()
}
