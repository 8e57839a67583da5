use std::fmt;

use uuid::Uuid;

use crate::Address;

/// The Message-ID of a message: made from its identity and the sender's domain, so that a letter that is sent
/// again carries the same one, and a delivery report tells which message it is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId(String);

impl MessageId {
    #[must_use]
    pub fn new(message: Uuid, sender: &Address) -> Self {
        Self(format!("<{}@{}>", message.simple(), sender.domain()))
    }

    /// With its angle brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identity of the message, where `text` is a Message-ID of ours. The domain is not looked at: mail servers
    /// keep it, and the identity alone cannot be guessed.
    #[must_use]
    pub fn read(text: &str) -> Option<Uuid> {
        let bare = text.trim().trim_start_matches('<').trim_end_matches('>');
        let (identity, _) = bare.split_once('@')?;
        (identity.len() == uuid::fmt::Simple::LENGTH)
            .then(|| Uuid::try_parse(identity).ok())
            .flatten()
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_message_always_gets_the_same_message_id_and_is_found_again_by_it() {
        let message = Uuid::from_u64_pair(7, 9);
        let sender = "enkat@example.com".parse().unwrap();

        let first = MessageId::new(message, &sender);

        assert_eq!(first, MessageId::new(message, &sender));
        assert_eq!(
            first.as_str(),
            "<00000000000000070000000000000009@example.com>"
        );
        assert_eq!(MessageId::read(first.as_str()), Some(message));
    }

    #[test]
    fn a_message_id_of_others_is_not_ours() {
        for other in [
            "",
            "<>",
            "<@>",
            "<abc@example.com>",
            "0@0",
            "<CAF=_=å@mail.example.com>",
        ] {
            assert_eq!(MessageId::read(other), None, "{other:?}");
        }
    }
}
