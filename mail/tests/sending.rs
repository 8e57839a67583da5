//! What a mail server may do to a letter, and what is known of the letter then.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "support/certificate.rs"]
mod certificate;
#[path = "support/post_office.rs"]
#[allow(dead_code, reason = "other tests ask for the rest")]
mod post_office;

use std::time::{Duration, SystemTime};

use mail::{
    Address, Correspondent, Delivery, Fault, HeaderText, Letter, MessageId, Sealed, Smtp,
    SmtpSettings,
};
use post_office::{Mood, PostOffice, Said, Sealing};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_millis(400);

fn letter(to: &str) -> Sealed {
    let from: Address = "enkat@example.com".parse().unwrap();
    let correspondent = |address: Address| Correspondent {
        name: HeaderText::clean("Ada Exempel"),
        address,
    };
    let letter = Letter {
        message_id: MessageId::new(Uuid::from_u128(7), &from),
        date: SystemTime::UNIX_EPOCH,
        return_path: "studs@example.com".parse().unwrap(),
        reply_to: None,
        from: correspondent(from),
        to: correspondent(to.parse().unwrap()),
        language: HeaderText::clean("sv"),
        subject: HeaderText::clean("Enkät"),
        text: ".Hej!\n.\nÅ".to_owned(),
        html: "<p>Hej!</p>".to_owned(),
    };
    letter.seal(None).unwrap()
}

fn smtp(url: &str) -> Smtp {
    let mut settings: SmtpSettings = url.parse().unwrap();
    settings.connecting = PATIENCE;
    settings.sending = PATIENCE;
    Smtp::new(settings).unwrap()
}

async fn send(smtp: &Smtp, letter: &Sealed) -> Delivery {
    match smtp.ready().await {
        Ok(ready) => ready.send(letter).await,
        Err(delivery) => delivery,
    }
}

/// What becomes of a letter when the server answers so.
async fn when(said: Said, mood: Mood) -> (Delivery, PostOffice) {
    let office = PostOffice::open().await;
    office.when(said, mood);
    let delivery = send(&smtp(&office.url()), &letter("ada@example.org")).await;
    (delivery, office)
}

fn say(reply: &str) -> Mood {
    Mood::Say(reply.to_owned())
}

/// The kind of delivery, for tables.
fn kind(delivery: &Delivery) -> &'static str {
    match delivery {
        Delivery::Accepted { .. } => "accepted",
        Delivery::Later { .. } => "later",
        Delivery::Refused {
            fault: Fault::Address,
            ..
        } => "wrong address",
        Delivery::Refused {
            fault: Fault::Other,
            ..
        } => "refused",
        Delivery::Unknown { .. } => "unknown",
        Delivery::Unavailable { .. } => "unavailable",
    }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let office = PostOffice::open().await;

    let letter = letter("ada@example.org");
    let delivery = send(&smtp(&office.url()), &letter).await;

    let response = "250 2.0.0 taken".to_owned();
    assert_eq!(delivery, Delivery::Accepted { response });
    let taken = office.taken().remove(0);
    assert_eq!(taken.sender, "studs@example.com");
    assert_eq!(taken.recipient, "ada@example.org");
    assert_eq!(taken.message_id, letter.message_id.as_str());
    assert_eq!(
        taken.content.trim_end().as_bytes(),
        letter.content.trim_ascii_end()
    );
}

#[tokio::test]
async fn letters_go_one_after_the_other_on_one_connection() {
    let office = PostOffice::open().await;
    let smtp = smtp(&office.url());
    for _ in 0..3 {
        assert_eq!(
            kind(&send(&smtp, &letter("ada@example.org")).await),
            "accepted"
        );
    }
    smtp.rest().await;

    assert_eq!((office.count(), office.connections()), (3, 1));
    assert_eq!(office.heard().last().map(String::as_str), Some("QUIT"));
}

#[tokio::test]
async fn a_reply_decides_what_becomes_of_the_letter_and_the_connection_lives_on() {
    for (said, reply, expected) in [
        (Said::Recipient, "550 5.1.1 no such user", "wrong address"),
        (Said::Recipient, "552 5.2.2 mailbox full", "refused"),
        (Said::Recipient, "550 5.7.1 we do not like you", "refused"),
        (Said::Recipient, "450 4.2.1 greylisted", "later"),
        (Said::Recipient, "451 4.3.0 try again", "later"),
        (Said::Recipient, "452 4.3.1 no room", "later"),
        // Nobody had been told whom the letter was for: it is not the letter's fault.
        (Said::Sender, "550 5.1.8 bad sender", "later"),
        (Said::Sender, "451 4.3.0 try again", "later"),
        (Said::Data, "451 4.3.0 try again", "later"),
        (Said::Data, "554 5.5.1 no", "refused"),
        (Said::Letter, "451 4.3.0 try again", "later"),
        (Said::Letter, "554 5.7.1 looks like spam", "refused"),
    ] {
        let office = PostOffice::open().await;
        office.when(said, say(reply));
        let smtp = smtp(&office.url());

        let delivery = send(&smtp, &letter("ada@example.org")).await;
        office.feel(|_, _| Mood::Well);
        let next = send(&smtp, &letter("bo@example.org")).await;

        assert_eq!(kind(&delivery), expected, "{reply} to {said:?}");
        assert!(format!("{delivery:?}").contains(reply), "{delivery:?}");
        assert_eq!(kind(&next), "accepted", "after {reply} to {said:?}");
        assert_eq!(office.connections(), 1, "after {reply} to {said:?}");
        assert_eq!(office.count(), 1);
    }
}

#[tokio::test]
async fn where_the_server_hangs_up_or_stalls_decides_what_is_known() {
    for (said, expected) in [
        (Said::Nothing, "unavailable"),
        (Said::Hello, "unavailable"),
        (Said::Sender, "unavailable"),
        (Said::Recipient, "later"),
        (Said::Data, "later"),
        (Said::Letter, "unknown"),
    ] {
        for mood in [Mood::HangUp, Mood::Stall] {
            let (delivery, office) = when(said, mood.clone()).await;
            assert_eq!(kind(&delivery), expected, "{mood:?} after {said:?}");
            assert_eq!(office.count(), 0);
        }
    }
}

#[tokio::test]
async fn a_server_that_takes_a_letter_and_hangs_up_may_have_it_or_not() {
    let (delivery, office) = when(Said::Letter, Mood::TakeAndHangUp).await;
    assert_eq!(kind(&delivery), "unknown");
    assert_eq!(office.count(), 1);
}

#[tokio::test]
async fn a_server_that_turns_everybody_away_says_nothing_of_the_letter() {
    for (said, reply) in [
        (Said::Nothing, "554 no service"),
        (Said::Nothing, "421 busy"),
        (Said::Hello, "421 busy"),
        (Said::Sender, "421 busy"),
        (Said::Sender, "530 5.7.0 sign in first"),
    ] {
        let (delivery, _) = when(said, say(reply)).await;
        assert_eq!(kind(&delivery), "unavailable", "{reply} to {said:?}");
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let delivery = send(&smtp(&url), &letter("ada@example.org")).await;
    assert_eq!(kind(&delivery), "unavailable");
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_costs_no_letter() {
    let office = PostOffice::open().await;
    let smtp = smtp(&office.url());
    assert_eq!(
        kind(&send(&smtp, &letter("ada@example.org")).await),
        "accepted"
    );
    for mood in [Mood::HangUp, say("421 too many letters on this connection")] {
        let connections = office.connections();
        office.feel(move |said, client| {
            if client.connection == connections && said == Said::Sender {
                mood.clone()
            } else {
                Mood::Well
            }
        });
        let delivery = send(&smtp, &letter("bo@example.org")).await;
        assert_eq!(kind(&delivery), "accepted");
        assert_eq!(office.connections(), connections + 1);
    }
    assert_eq!(office.count(), 3);
}

#[tokio::test]
async fn without_starttls_a_server_gets_neither_password_nor_letter() {
    let office = PostOffice::open().await;
    let url = format!("smtp+starttls://enkat:hemligt@{}", office.address);

    let delivery = send(&smtp(&url), &letter("ada@example.org")).await;

    assert_eq!(kind(&delivery), "unavailable");
    let said: Vec<_> = office
        .heard()
        .iter()
        .map(|line| line[..4].to_owned())
        .collect();
    assert!(
        said.iter()
            .all(|verb| ["EHLO", "QUIT"].contains(&verb.as_str())),
        "{said:?}"
    );
}

#[tokio::test]
async fn password_and_letter_go_encrypted_to_a_server_whose_certificate_is_trusted() {
    let (seal, authority) = certificate::for_localhost();
    for (scheme, sealing, first) in [
        ("smtps", Sealing::FromTheStart(seal.clone()), "EHLO AUTH"),
        (
            "smtp+starttls",
            Sealing::WhenAsked(seal),
            "EHLO STAR EHLO AUTH",
        ),
    ] {
        let office = PostOffice::sealing(sealing).await;
        let port = office.address.port();
        let url = format!("{scheme}://enkat:hemligt@localhost:{port}");
        let mut settings: SmtpSettings = url.parse().unwrap();
        settings.authority = Some(authority.clone());
        let letter = letter("ada@example.org");

        let delivery = send(&Smtp::new(settings).unwrap(), &letter).await;

        assert_eq!(kind(&delivery), "accepted", "{scheme}: {delivery:?}");
        let taken = office.taken().remove(0);
        assert_eq!(taken.message_id, letter.message_id.as_str());
        let verbs: Vec<_> = office
            .heard()
            .iter()
            .map(|line| line[..4].to_owned())
            .collect();
        assert!(verbs.join(" ").starts_with(first), "{scheme}: {verbs:?}");
    }
}

#[tokio::test]
async fn a_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_letter() {
    let (seal, _) = certificate::for_localhost();
    for (scheme, sealing) in [
        ("smtps", Sealing::FromTheStart(seal.clone())),
        ("smtp+starttls", Sealing::WhenAsked(seal)),
    ] {
        let office = PostOffice::sealing(sealing).await;
        let port = office.address.port();
        let smtp = smtp(&format!("{scheme}://enkat:hemligt@localhost:{port}"));

        let delivery = send(&smtp, &letter("ada@example.org")).await;

        assert_eq!(kind(&delivery), "unavailable", "{scheme}: {delivery:?}");
        assert_eq!(office.count(), 0);
        let heard = office.heard().concat();
        assert!(
            !heard.contains("AUTH") && !heard.contains("MAIL"),
            "{heard}"
        );
    }
}

#[tokio::test]
async fn a_letter_that_is_withdrawn_is_not_sent_and_the_connection_waits_for_the_next() {
    let office = PostOffice::open().await;
    let smtp = smtp(&office.url());
    let Ok(ready) = smtp.ready().await else {
        panic!("the server answers")
    };
    ready.withdraw();
    assert_eq!(
        kind(&send(&smtp, &letter("ada@example.org")).await),
        "accepted"
    );
    assert_eq!((office.count(), office.connections()), (1, 1));
}
