//! Mail that comes back after it was taken.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use app::Translations;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use server::assets::Shelf;
use server::clock::{Chance, Clock};
use server::mail::{Desk, ReportKey, record};
use server::storage::{DeliveryOutcome, Location, MessageState};
use tower::ServiceExt;

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

const KEY: &str = "en hemlighet som ingen gissar";

/// What the server says to a mail that is handed in.
async fn handed_in(work: &Fieldwork, shown: Option<&str>, content: Vec<u8>) -> StatusCode {
    let translations = Translations::load().unwrap();
    let mut desk = Desk::idle(work.secret.clone(), translations);
    desk.report_key = Some(ReportKey::new(KEY).unwrap());
    let world = server::web::World::new(
        work.database().clone(),
        work.secret.clone(),
        translations,
        Shelf::stock().unwrap(),
        Clock::Set(Arc::clone(&work.clock)),
        Vec::new(),
    );
    let mut request = Request::post("/post/leveransrapport");
    if let Some(shown) = shown {
        request = request.header("authorization", shown);
    }
    let request = request.body(Body::from(content)).unwrap();
    let router = server::web::router(world.with_mail(desk));
    router.oneshot(request).await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_hands_reports_in_with_its_key_and_nobody_without() {
    let work = sent(World::on_sqlite().await).await;
    let chief = &work.chiefs[0];
    let content = report(&message_id(&work, chief), &chief.email, "failed", "5.1.1");

    for wrong in [None, Some("Bearer fel"), Some(KEY), Some("Bearer ")] {
        let status = handed_in(&work, wrong, content.clone()).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{wrong:?}");
    }
    assert_eq!(work.state(chief).await.0, MessageState::Sent);

    let shown = format!("Bearer {KEY}");
    let status = handed_in(&work, Some(&shown), content).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(work.state(chief).await.0, MessageState::Bounced);

    // What is no report is not worth handing in again, and what is too large is not read.
    let holiday = b"Subject: Semester\r\n\r\nHej\r\n".to_vec();
    let status = handed_in(&work, Some(&shown), holiday).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let large = vec![b'a'; mail::report::MAX_BYTES + 1];
    let status = handed_in(&work, Some(&shown), large).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_are_read_from_a_maildir_once() {
    let work = sent(World::on_sqlite().await).await;
    let chief = &work.chiefs[0];
    let content = report(&message_id(&work, chief), &chief.email, "failed", "5.1.1");
    let maildir = tempfile::tempdir().unwrap();
    for folder in ["new", "cur", "tmp"] {
        fs::create_dir(maildir.path().join(folder)).unwrap();
    }
    fs::write(maildir.path().join("new/1.mx"), content).unwrap();
    fs::write(maildir.path().join("new/2.mx"), "Subject: x\r\n\r\nHej\r\n").unwrap();
    let Location::Directory(data) = &work.world.location else {
        panic!("not SQLite")
    };

    let read = || {
        let output = Command::new(env!("CARGO_BIN_EXE_vardenkat"))
            .args(["mail", "reports", "--data"])
            .args([data.as_path(), maildir.path()])
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let told = read();

    assert!(told.starts_with("1 came back, 0 more"), "{told}");
    assert!(
        told.ends_with("1 mails are no delivery reports.\n"),
        "{told}"
    );
    assert_eq!(work.state(chief).await.0, MessageState::Bounced);
    assert!(maildir.path().join("cur/1.mx:2,S").is_file());
    assert!(read().starts_with("0 came back"));
}
