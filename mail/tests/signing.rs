//! Signatures (DKIM, RFC 6376 and RFC 8463), verified as whoever gets the letter would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use data_encoding::BASE64;
use mail::{Address, Correspondent, Dkim, HeaderText, Letter, MessageId};
use ring::digest::{SHA256, digest};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use uuid::Uuid;

/// No one's key.
const SEED: [u8; 32] = [7; 32];

fn signed(name: &str, subject: &str) -> String {
    let from: Address = "enkat@example.com".parse().unwrap();
    let named = |address: Address| Correspondent {
        name: HeaderText::clean(name),
        address,
    };
    let letter = Letter {
        message_id: MessageId::new(Uuid::from_u128(7), &from),
        date: SystemTime::UNIX_EPOCH + Duration::from_mins(27_500_000),
        return_path: from.clone(),
        from: named(from),
        reply_to: Some(named("svar@example.com".parse().unwrap())),
        to: named("ake@example.org".parse().unwrap()),
        language: HeaderText::clean("sv, en"),
        subject: HeaderText::clean(subject),
        text: "Hej  Åke! \n\nSvara här:\nhttps://example.com/svara/x\n\n\n".to_owned(),
        html: "<p>Hej\tÅke!</p>\n\n".to_owned(),
    };
    let dkim = Dkim::new("enkat", "example.com", &BASE64.encode(&SEED)).unwrap();
    String::from_utf8(letter.seal(Some(&dkim)).unwrap().content).unwrap()
}

/// Long enough to be folded.
fn usual() -> String {
    let subject = "Påminnelse till Åkerbärets vårdcentral i Örnsköldsvik ";
    signed("Åke Ängström", &subject.repeat(3))
}

/// White space as one space, none at the ends.
fn relaxed(text: &str) -> String {
    let words: Vec<&str> = text
        .split([' ', '\t', '\r', '\n'])
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn relaxed_body(body: &str) -> String {
    let mut lines: Vec<String> = body
        .split("\r\n")
        .map(|line| {
            let told = relaxed(line);
            let indented = line.starts_with([' ', '\t']) && !told.is_empty();
            format!("{}{told}", if indented { " " } else { "" })
        })
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
        .iter()
        .flat_map(|line| [line.as_str(), "\r\n"])
        .collect()
}

/// Name in small letters, and value; in the order in which they stand.
fn headers(head: &str) -> Vec<(String, String)> {
    head.replace("\r\n ", " ")
        .replace("\r\n\t", " ")
        .split("\r\n")
        .map(|line| line.split_once(':').unwrap())
        .map(|(name, value)| (name.trim().to_lowercase(), relaxed(value)))
        .collect()
}

/// Whether the signature is right for the letter as it arrived.
fn verifies(letter: &str) -> bool {
    let (head, body) = letter.split_once("\r\n\r\n").unwrap();
    let headers = headers(head);
    let value = |name: &str| {
        let found = headers
            .iter()
            .rfind(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    };
    let signature = value("dkim-signature").unwrap();
    let tags: HashMap<&str, String> = signature
        .split(';')
        .filter_map(|tag| tag.trim().split_once('='))
        .map(|(name, value)| (name, value.split_whitespace().collect()))
        .collect();
    assert_eq!(
        (&*tags["a"], &*tags["c"]),
        ("ed25519-sha256", "relaxed/relaxed")
    );
    assert_eq!((&*tags["d"], &*tags["s"]), ("example.com", "enkat"));
    let decoded = |tag: &str| BASE64.decode(tags[tag].as_bytes()).unwrap();

    let body = digest(&SHA256, relaxed_body(body).as_bytes());
    if decoded("bh") != body.as_ref() {
        return false;
    }
    // The last tag is the signature itself, which is left out.
    let (before, _) = signature.rsplit_once(" b=").unwrap();
    let covered: String = tags["h"]
        .split(':')
        .map(str::to_lowercase)
        .filter_map(|name| Some(format!("{name}:{}\r\n", value(&name)?)))
        .chain([format!("dkim-signature:{before} b=")])
        .collect();
    let key = Ed25519KeyPair::from_seed_unchecked(&SEED).unwrap();
    let key = UnparsedPublicKey::new(&ED25519, key.public_key().as_ref().to_vec());
    let hash = digest(&SHA256, covered.as_bytes());
    key.verify(hash.as_ref(), &decoded("b")).is_ok()
}

#[test]
fn a_signature_is_right_for_the_letter_and_for_no_other() {
    let letter = usual();
    assert!(verifies(&letter), "{letter}");
    for (truth, lie) in [
        ("From: ", "From: Nej "),
        ("\r\nTo: ", "\r\nTo: Nej "),
        ("Reply-To: ", "Reply-To: Nej "),
        ("Subject: ", "Subject: Nej "),
        ("Date: ", "Date: Nej "),
        ("\r\n\r\n", "\r\n\r\nNej\r\n"),
    ] {
        let changed = letter.replacen(truth, lie, 1);
        assert_ne!(changed, letter, "{truth}");
        assert!(!verifies(&changed), "{truth}");
    }
}

#[test]
fn a_server_on_the_way_that_folds_lines_otherwise_does_no_harm() {
    let letter = usual();
    let unfolded = letter.replacen("\r\n =?", " =?", 1);
    assert_ne!(unfolded, letter, "the subject was not folded");
    assert!(verifies(&unfolded));
}

#[test]
fn the_longest_names_and_subject_can_be_signed() {
    let longest = "😀".repeat(HeaderText::MAX_CHARS);
    assert!(verifies(&signed(&longest, &longest)));
}
