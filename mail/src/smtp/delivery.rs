use std::error::Error as _;

use lettre::transport::smtp::Error;

/// What became of a letter that was handed to a mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The server has it, and has said so.
    Accepted { response: String },
    /// The server does not take it now.
    Later { reason: String },
    /// The server will never take it.
    Refused { fault: Fault, reason: String },
    /// The whole letter was sent, but no answer came: the server may have it or not. It is sent again with the
    /// same Message-ID.
    Unknown { reason: String },
    /// The server can be used for no letter at present. It says nothing of this one.
    Unavailable { reason: String },
}

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nobody gets mail there.
    Address,
    /// The server would not take this letter, or had no room: the address may be true.
    Other,
}

/// How far a letter had come when something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    Sender,
    Recipient,
    Data,
    /// Some of the content was sent; it may be all.
    Content,
}

/// Characters of what a server says that are kept.
const LONGEST_REASON: usize = 300;

impl Fault {
    /// By the enhanced status of RFC 3463, like `5.1.1`, and, where that says nothing, the reply of RFC 5321.
    pub fn of(status: Option<(u16, u16)>, reply: Option<u16>) -> Self {
        match status {
            // A sender's address that is refused is not the recipient's fault.
            Some((1, 7 | 8)) => Self::Other,
            // No such mailbox, no such host, moved; mailbox closed; no route to the domain.
            Some((1, _) | (2, 1) | (4, 4)) => Self::Address,
            Some((0, _)) | None if matches!(reply, Some(550 | 551 | 553)) => Self::Address,
            _ => Self::Other,
        }
    }
}

impl Delivery {
    pub(super) fn judge(reached: Reached, error: &Error) -> Self {
        let reason = told(error);
        let Some(code) = error.status().map(u16::from) else {
            return match reached {
                Reached::Content => Self::Unknown { reason },
                Reached::Sender => Self::Unavailable { reason },
                Reached::Recipient | Reached::Data => Self::Later { reason },
            };
        };
        match (code, reached) {
            // It closes the connection, or wants to know who we are.
            (421 | 530 | 535 | 538, Reached::Sender) => Self::Unavailable { reason },
            // The sender was refused before anyone knew to whom: the sender is wrong, not the letter.
            (_, Reached::Sender) | (400..=499, _) => Self::Later { reason },
            (_, Reached::Recipient) => {
                let fault = Fault::of(enhanced(&reason), Some(code));
                Self::Refused { fault, reason }
            }
            (_, Reached::Data | Reached::Content) => Self::Refused {
                fault: Fault::Other,
                reason,
            },
        }
    }

    pub(super) fn timed_out(reached: Reached) -> Self {
        let reason = "the server did not answer in time".to_owned();
        match reached {
            Reached::Content => Self::Unknown { reason },
            Reached::Sender => Self::Unavailable { reason },
            Reached::Recipient | Reached::Data => Self::Later { reason },
        }
    }
}

/// What the server said, as one short line.
pub(super) fn told(error: &Error) -> String {
    let said = error.source().map(ToString::to_string);
    match (error.status(), said) {
        (Some(code), Some(said)) => plain(&format!("{code} {said}")),
        (Some(code), None) => code.to_string(),
        (None, _) => plain(&error.to_string()),
    }
}

pub(crate) fn plain(text: &str) -> String {
    text.split(|sign: char| sign.is_control() || sign.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(LONGEST_REASON)
        .collect()
}

/// The enhanced status in what was said, without its class.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    said.split(' ').take(3).find_map(|word| {
        let mut numbers = word.split('.');
        let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
        (class == "5" && numbers.next().is_none())
            .then(|| Some((subject.parse().ok()?, detail.parse().ok()?)))
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_at_fault_only_where_the_server_says_so() {
        for (said, fault) in [
            ("550 5.1.1 no such user", Fault::Address),
            ("550 5.1.10 recipient not found", Fault::Address),
            ("550 unknown", Fault::Address),
            ("550 5.2.1 mailbox disabled", Fault::Address),
            ("552 5.2.2 mailbox full", Fault::Other),
            ("550 5.7.1 blocked by policy", Fault::Other),
            ("550 5.1.8 bad sender", Fault::Other),
            ("554 5.4.4 no route to host", Fault::Address),
            ("554 go away", Fault::Other),
            ("571 10.0.0.1 is listed", Fault::Other),
        ] {
            let code = said[..3].parse().ok();
            assert_eq!(Fault::of(enhanced(said), code), fault, "{said}");
        }
    }

    #[test]
    fn what_a_server_says_becomes_one_short_line() {
        assert_eq!(plain("a\r\n\tb \0 c"), "a b c");
        assert_eq!(plain(&"å".repeat(1000)).chars().count(), LONGEST_REASON);
    }
}
