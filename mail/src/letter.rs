use std::time::SystemTime;

use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, MultiPartBuilder, MultiPartKind, SinglePart};

use crate::{Address, Dkim, HeaderText, MessageId};

/// Someone who writes or gets a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondent {
    /// May be empty.
    pub name: HeaderText,
    pub address: Address,
}

/// A letter, whole. Nothing in it can make a header that is not meant: names and subjects are [`HeaderText`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub message_id: MessageId,
    pub date: SystemTime,
    pub from: Correspondent,
    /// Where answers go, if not to who writes.
    pub reply_to: Option<Correspondent>,
    pub to: Correspondent,
    /// Where mail servers report what became of the letter.
    pub return_path: Address,
    /// The language of the letter, like `sv`.
    pub language: HeaderText,
    pub subject: HeaderText,
    pub text: String,
    pub html: String,
}

/// A letter as it goes over the wire.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub message_id: MessageId,
    pub to: Address,
    pub(crate) envelope: Envelope,
    pub content: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the letter cannot be written as mail: {0}")]
pub struct LetterError(String);

impl Correspondent {
    fn to_lettre(&self) -> Mailbox {
        let name = (!self.name.is_empty()).then(|| self.name.as_str().to_owned());
        Mailbox::new(name, self.address.to_lettre())
    }
}

impl Letter {
    /// The same letter is always written the same, but for a signature's time.
    pub fn seal(&self, dkim: Option<&Dkim>) -> Result<Sealed, LetterError> {
        let envelope = Envelope::new(
            Some(self.return_path.to_lettre()),
            vec![self.to.address.to_lettre()],
        )
        .map_err(|error| LetterError(error.to_string()))?;
        let mut builder = Message::builder()
            .from(self.from.to_lettre())
            .to(self.to.to_lettre())
            .subject(self.subject.as_str())
            .date(self.date)
            .message_id(Some(self.message_id.as_str().to_owned()))
            // Holiday messages and other machines keep quiet then (RFC 3834).
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .raw_header(raw("Content-Language", self.language.as_str()))
            .envelope(envelope.clone());
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.to_lettre());
        }
        let mut message = builder
            .multipart(self.body())
            .map_err(|error| LetterError(error.to_string()))?;
        if let Some(dkim) = dkim {
            dkim.sign(&mut message);
        }
        Ok(Sealed {
            message_id: self.message_id.clone(),
            to: self.to.address.clone(),
            envelope,
            content: message.formatted(),
        })
    }

    fn body(&self) -> MultiPart {
        let identity: String = self
            .message_id
            .as_str()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(40)
            .collect();
        MultiPartBuilder::new()
            .kind(MultiPartKind::Alternative)
            .boundary(format!("letter-{identity}"))
            .singlepart(SinglePart::plain(self.text.clone()))
            .singlepart(SinglePart::html(self.html.clone()))
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::time::Duration;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn letter(name: &str, subject: &str) -> Letter {
        let from: Address = "enkat@example.com".parse().unwrap();
        Letter {
            message_id: MessageId::new(Uuid::from_u64_pair(1, 2), &from),
            date: SystemTime::UNIX_EPOCH + Duration::from_mins(27_500_000),
            return_path: from.clone(),
            from: Correspondent {
                name: HeaderText::clean("Enkäten"),
                address: from,
            },
            reply_to: Some(Correspondent {
                name: HeaderText::clean(name),
                address: "svar@example.com".parse().unwrap(),
            }),
            to: Correspondent {
                name: HeaderText::clean(name),
                address: "ada@example.org".parse().unwrap(),
            },
            language: HeaderText::clean("sv"),
            subject: HeaderText::clean(subject),
            text: "Hej!\n\nSvara här: https://example.com/svara/x".to_owned(),
            html: "<p>Hej!</p>".to_owned(),
        }
    }

    /// The headers as any mail server reads them: a line that begins with white space goes on.
    fn headers(content: &[u8]) -> BTreeMap<String, String> {
        let content = std::str::from_utf8(content).unwrap();
        let (head, _) = content.split_once("\r\n\r\n").unwrap();
        assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "{head:?}");
        let mut headers = BTreeMap::new();
        for line in head
            .replace("\r\n ", " ")
            .replace("\r\n\t", "\t")
            .split("\r\n")
        {
            let (name, value) = line.split_once(':').unwrap();
            let twice = headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
            assert_eq!(twice, None, "{name} stands twice");
        }
        headers
    }

    #[test]
    fn a_letter_says_who_writes_to_whom_and_that_a_machine_sent_it() {
        let sealed = letter("Ada Exempel", "Enkät 2022").seal(None).unwrap();

        let headers = headers(&sealed.content);
        assert_eq!(headers["to"], "\"Ada Exempel\" <ada@example.org>");
        assert_eq!(headers["auto-submitted"], "auto-generated");
        assert_eq!(headers["content-language"], "sv");
        assert_eq!(
            headers["message-id"],
            "<00000000000000010000000000000002@example.com>"
        );
        assert_eq!(headers["date"], "Fri, 15 Apr 2022 05:20:00 +0000");
    }

    #[test]
    fn the_same_letter_is_written_the_same_again() {
        let letter = letter("Ada", "Enkät");
        let (first, second) = (letter.seal(None).unwrap(), letter.seal(None).unwrap());
        assert_eq!(first.content, second.content);
    }

    #[test]
    fn text_and_html_both_arrive_whole() {
        let sealed = letter("Ada", "Enkät").seal(None).unwrap();

        let read = mail_parser::MessageParser::default()
            .parse(&sealed.content)
            .unwrap();

        assert_eq!(read.subject(), Some("Enkät"));
        let text = read.body_text(0).unwrap();
        assert_eq!(
            text.trim_end(),
            "Hej!\r\n\r\nSvara här: https://example.com/svara/x"
        );
        assert_eq!(read.body_html(0).unwrap().trim_end(), "<p>Hej!</p>");
    }

    #[test]
    fn a_signed_letter_carries_its_signature() {
        // 32 bytes of 7, which is no one's key.
        let key = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
        let dkim = Dkim::new("enkat", "example.com", key).unwrap();

        let sealed = letter("Ada", "Enkät").seal(Some(&dkim)).unwrap();

        let signature = &headers(&sealed.content)["dkim-signature"];
        assert!(signature.contains("d=example.com"), "{signature}");
        assert!(signature.contains("s=enkat"), "{signature}");
    }

    const EXPECTED: [&str; 10] = [
        "auto-submitted",
        "content-language",
        "content-type",
        "date",
        "from",
        "message-id",
        "mime-version",
        "reply-to",
        "subject",
        "to",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn no_name_and_no_subject_makes_a_header(
            name in "(\\PC|[\r\n\t\0:;<>\",@])*",
            subject in "([a-zåäö =?_]|[\r\n\t\0:])*(\r?\nBcc: eve@example.com)?",
        ) {
            let sealed = letter(&name, &subject).seal(None).unwrap();

            let found: Vec<_> = headers(&sealed.content).into_keys().collect();
            prop_assert_eq!(found, EXPECTED);
            let read = mail_parser::MessageParser::default().parse(&sealed.content).unwrap();
            let to: Vec<_> = read
                .all_to()
                .flat_map(|to| to.iter())
                .filter_map(mail_parser::Addr::address)
                .collect();
            prop_assert_eq!(to, ["ada@example.org"]);
        }
    }
}
