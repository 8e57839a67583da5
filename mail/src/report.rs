//! Delivery reports (RFC 3464): what mail servers write back about a letter.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use uuid::Uuid;

use crate::MessageId;
use crate::smtp::{Fault, plain};

/// What a mail server reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The message that it is about, where the original's Message-ID is ours.
    pub message: Option<Uuid>,
    /// At least one.
    pub recipients: Vec<RecipientReport>,
}

/// What became of the letter to one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientReport {
    /// As the server writes it; it may have forwarded the letter to somewhere else.
    pub recipient: String,
    pub action: Action,
    /// Like `5.1.1`, or empty.
    pub status: String,
    /// What the server that refused it said, as one short line.
    pub diagnostic: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Failed,
    /// It is still being tried.
    Delayed,
    Delivered,
    /// Handed to a server that does not report, or to several addresses.
    PassedOn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    #[error("the mail is {0} bytes long; a report of at most {MAX_BYTES} is read")]
    TooLarge(usize),
    #[error("it is no mail")]
    NoMail,
    #[error("it is a mail, but no delivery report")]
    NoReport,
}

/// A report holds the letter that it is about, and ours are far smaller.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Each of our letters goes to one.
const MAX_RECIPIENTS: usize = 20;

impl Action {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::PassedOn => "passed on",
        }
    }
}

impl RecipientReport {
    /// What the failure is about. Of a report that tells of no failure it says nothing.
    pub fn fault(&self) -> Fault {
        let mut numbers = self.status.split('.').skip(1);
        let mut next = || numbers.next()?.parse().ok();
        let status = next().zip(next());
        // `550 5.1.1 …`, or `smtp; 550 …` without the status.
        let reply = self
            .diagnostic
            .split(|sign: char| !sign.is_ascii_digit())
            .find(|number| number.len() == 3)
            .and_then(|number| number.parse().ok());
        Fault::of(status, reply)
    }
}

/// Reads a mail that may be a delivery report.
pub fn read(content: &[u8]) -> Result<Report, ReportError> {
    if content.len() > MAX_BYTES {
        return Err(ReportError::TooLarge(content.len()));
    }
    let mail = MessageParser::default()
        .parse(content)
        .ok_or(ReportError::NoMail)?;
    let recipients: Vec<_> = mail
        .parts
        .iter()
        .filter(|part| {
            is(
                part,
                "message",
                &["delivery-status", "global-delivery-status"],
            )
        })
        .flat_map(|part| recipients(&String::from_utf8_lossy(part.contents())))
        .take(MAX_RECIPIENTS)
        .collect();
    if recipients.is_empty() {
        return Err(ReportError::NoReport);
    }
    Ok(Report {
        message: original(&mail),
        recipients,
    })
}

fn is(part: &MessagePart<'_>, kind: &str, subtypes: &[&str]) -> bool {
    part.content_type().is_some_and(|content_type| {
        content_type.ctype().eq_ignore_ascii_case(kind)
            && content_type
                .subtype()
                .is_some_and(|found| subtypes.iter().any(|one| found.eq_ignore_ascii_case(one)))
    })
}

/// The message that the report is about: by the letter it carries, whole or only its headers; else by what it answers.
fn original(mail: &Message<'_>) -> Option<Uuid> {
    let carried = mail.parts.iter().find_map(|part| match &part.body {
        PartType::Message(letter) => MessageId::read(letter.message_id()?),
        _ if is(part, "text", &["rfc822-headers"]) || is(part, "message", &["global-headers"]) => {
            let headers = MessageParser::default().parse_headers(part.contents())?;
            MessageId::read(headers.message_id()?)
        }
        _ => None,
    });
    carried.or_else(|| {
        [mail.in_reply_to(), mail.references()]
            .into_iter()
            .filter_map(|header| header.as_text_list())
            .flatten()
            .find_map(|id| MessageId::read(id))
    })
}

/// Blocks of fields, an empty line between them. The first tells of the letter; each of the others of a recipient.
fn recipients(text: &str) -> Vec<RecipientReport> {
    let text = text.replace("\r\n", "\n");
    let mut found = Vec::new();
    for block in text.split("\n\n") {
        let fields = fields(block);
        let field = |name: &str| {
            fields
                .iter()
                .find(|(found, _)| found.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.as_str())
        };
        let recipient = field("final-recipient").or_else(|| field("original-recipient"));
        let action = field("action").and_then(action);
        if let (Some(recipient), Some(action)) = (recipient, action) {
            found.push(RecipientReport {
                recipient: plain(after_type(recipient).trim_matches(['<', '>'])),
                action,
                status: status(field("status").unwrap_or_default()),
                diagnostic: plain(after_type(field("diagnostic-code").unwrap_or_default())),
            });
        }
    }
    found
}

/// Name and value; a line that begins with white space goes on.
fn fields(block: &str) -> Vec<(&str, String)> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for line in block.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            fields.push((name.trim(), value.trim().to_owned()));
        }
    }
    fields
}

/// `rfc822; ada@example.com`, `smtp; 550 …`
fn after_type(value: &str) -> &str {
    value
        .split_once(';')
        .map_or(value, |(_, value)| value)
        .trim()
}

fn action(value: &str) -> Option<Action> {
    let word = value.split_whitespace().next()?;
    [
        ("failed", Action::Failed),
        ("delayed", Action::Delayed),
        ("delivered", Action::Delivered),
        ("relayed", Action::PassedOn),
        ("expanded", Action::PassedOn),
    ]
    .into_iter()
    .find_map(|(name, action)| word.eq_ignore_ascii_case(name).then_some(action))
}

/// `5.1.1`; a comment after it, and anything else that is not one, is left out.
fn status(value: &str) -> String {
    let word = value.split([' ', '\t', '(']).next().unwrap_or_default();
    let numbers: Vec<_> = word.split('.').collect();
    let sound = numbers.len() == 3
        && numbers.iter().all(|number| {
            (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
        });
    if sound {
        word.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests;
