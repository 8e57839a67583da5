//! Mail that comes back after it was taken.

use std::sync::Arc;
use std::time::Duration;

use server::clock::{Chance, Clock};
use server::mail::record;
use server::storage::{DeliveryOutcome, MessageState};

use super::fieldwork::{Chief, Fieldwork};
use crate::support::world::World;

on_both_databases!(
    a_report_of_a_wrong_address_reaches_the_message_and_the_contact,
    a_report_without_the_letter_is_tied_to_the_last_one_sent_there,
    a_delay_is_noted_and_changes_nothing,
    a_report_about_no_letter_of_ours_is_kept_and_changes_nothing,
);

fn report(message_id: &str, recipient: &str, action: &str, status: &str) -> Vec<u8> {
    format!(
        "From: MAILER-DAEMON@mx.example.org\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; 550 {status} no\r\n\r\n\
         --b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--b--\r\n"
    )
    .into_bytes()
}

async fn comes_back(work: &Fieldwork, content: &[u8]) -> Vec<DeliveryOutcome> {
    let clock = Clock::Set(Arc::clone(&work.clock));
    record(work.database(), content, &clock, Chance)
        .await
        .unwrap()
}

async fn sent(world: World) -> Fieldwork {
    let work = Fieldwork::with(world, 2).await;
    work.queue().await;
    work.worker().drain().await.unwrap();
    work.passes(Duration::from_mins(1));
    work
}

fn message_id(work: &Fieldwork, chief: &Chief) -> String {
    let taken = work.office.taken();
    let taken = taken.into_iter().find(|one| one.recipient == chief.email);
    taken.unwrap().message_id
}

const UNDELIVERABLE: &str = "SELECT count(*) FROM contact WHERE undeliverable_at IS NOT NULL";

async fn a_report_of_a_wrong_address_reaches_the_message_and_the_contact(world: World) {
    let work = sent(world).await;
    let chief = &work.chiefs[0];
    // The server had forwarded the letter.
    let content = report(
        &message_id(&work, chief),
        "elsewhere@example.org",
        "failed",
        "5.1.1",
    );

    let outcomes = comes_back(&work, &content).await;
    assert!(matches!(outcomes[..], [DeliveryOutcome::Bounced(_)]));

    assert_eq!(
        work.state(chief).await,
        (MessageState::Bounced, "550 5.1.1 no".to_owned())
    );
    assert_eq!(work.events(chief).await, ["sent", "bounced"]);
    assert_eq!(work.world.number(UNDELIVERABLE).await, 1);
    assert_eq!(work.state(&work.chiefs[1]).await.0, MessageState::Sent);

    assert_eq!(comes_back(&work, &content).await, [DeliveryOutcome::Known]);
    assert_eq!(work.events(chief).await, ["sent", "bounced"]);
}

async fn a_report_without_the_letter_is_tied_to_the_last_one_sent_there(world: World) {
    let work = sent(world).await;
    let chief = &work.chiefs[1];
    let content = report(
        "<theirs@example.org>",
        &chief.email.to_uppercase(),
        "failed",
        "5.2.2",
    );

    comes_back(&work, &content).await;

    // The address differs in its capital letters: before the @ they may mean something.
    assert_eq!(work.state(chief).await.0, MessageState::Sent);
    let content = report("<theirs@example.org>", &chief.email, "failed", "5.2.2");
    comes_back(&work, &content).await;
    assert_eq!(work.state(chief).await.0, MessageState::Bounced);
    assert_eq!(work.world.number(UNDELIVERABLE).await, 0);
}

async fn a_delay_is_noted_and_changes_nothing(world: World) {
    let work = sent(world).await;
    let chief = &work.chiefs[0];
    let content = report(&message_id(&work, chief), &chief.email, "delayed", "4.4.1");

    let outcomes = comes_back(&work, &content).await;

    assert!(matches!(outcomes[..], [DeliveryOutcome::Noted(_)]));
    assert_eq!(work.state(chief).await.0, MessageState::Sent);
    assert_eq!(work.events(chief).await, ["sent", "delayed"]);
}

async fn a_report_about_no_letter_of_ours_is_kept_and_changes_nothing(world: World) {
    let work = sent(world).await;
    let strange = "<00000000000000000000000000000001@example.org>";
    let content = report(strange, "nobody@example.org", "failed", "5.1.1");

    assert_eq!(
        comes_back(&work, &content).await,
        [DeliveryOutcome::Strange]
    );
    let kept = "SELECT count(*) FROM delivery_report WHERE message_id IS NULL";
    assert_eq!(work.world.number(kept).await, 1);
    assert_eq!(work.world.number(UNDELIVERABLE).await, 0);
}
