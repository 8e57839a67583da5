//! The receipt, as a letter to whoever leads the unit.

use app::Translations;
use mail::Field;
use survey::text::Language;
use uuid::Uuid;

use super::texts;
use crate::storage::{Case, Database, MessageKind, NewMessage, Submission, Timestamp};

/// What somebody is thanked for.
#[derive(Clone, Copy, Debug)]
pub struct Thanks<'a> {
    pub submission: &'a Submission,
    pub case: &'a Case,
    /// The link that it was handed in by.
    pub link: Uuid,
    pub language: Language,
}

/// Queues the receipt to whoever leads the unit now, once for each submission. Tells whether it was queued; it is not
/// where nobody can be written to.
pub async fn thank(
    database: &Database,
    translations: Translations,
    thanks: &Thanks<'_>,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let Some((contact, email)) = database.current_contact(thanks.case.id, now).await? else {
        return Ok(false);
    };
    let (Ok(recipient), Some(text)) = (
        email.parse::<mail::Address>(),
        texts::of_receipt(translations, thanks.language),
    ) else {
        return Ok(false);
    };
    let receipt = thanks.submission.receipt.as_str();
    let message = NewMessage {
        id: identity(thanks.submission.id),
        kind: MessageKind::Receipt,
        round_id: Some(thanks.case.round_id),
        mailing_id: None,
        case_id: Some(thanks.case.id),
        contact_id: Some(contact),
        link_id: Some(thanks.link),
        language: thanks.language.code().to_owned(),
        recipient,
        text: Some((
            with_receipt(text.subject, receipt),
            with_receipt(text.body, receipt),
        )),
        due_at: now,
    };
    Ok(database.enqueue(&[message], now).await? > 0)
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
