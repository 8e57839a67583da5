//! A mailing by the command line, as an operator runs it.

use std::process::Command;

use server::storage::Location;

use super::fieldwork::Fieldwork;
use crate::support::world::World;

const CHIEFS: usize = 6;

/// What a command said.
async fn run(work: &Fieldwork, words: &[&str]) -> String {
    let Location::Directory(directory) = &work.world.location else {
        panic!("not SQLite")
    };
    let mut command = Command::new(env!("CARGO_BIN_EXE_vardenkat"));
    command
        .args(words)
        .arg("--data")
        .arg(directory)
        .env("VARDENKAT_SMTP_URL", work.office.url())
        .env_remove("VARDENKAT_SECRET");
    // The mail server works beside it.
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailing_is_planned_sent_and_told_of_by_commands() {
    let work = Fieldwork::with(World::on_sqlite().await, CHIEFS).await;
    work.invitation().await;
    // Commands tell the time by themselves.
    work.world
        .execute("UPDATE round SET opens_at = 0, closes_at = 9000000000000")
        .await
        .unwrap();

    let plan = run(&work, &["mail", "plan", "2022", "--mailing", "0"]).await;
    assert!(plan.contains("6  would get it"), "{plan}");
    assert_eq!(work.office.count(), 0);

    let order = ["mail", "send", "2022", "--mailing", "0"];
    let how = [
        "--origin",
        "https://enkat.example.com",
        "--mail-from",
        "enkat@example.com",
    ];
    let order = [&order[..], &how].concat();
    let sent = run(&work, &order).await;
    assert!(sent.contains("6 letters queued."), "{sent}");
    assert!(
        sent.contains("0 queued, 6 sent, 0 skipped, 0 bounced"),
        "{sent}"
    );
    work.everybody_has_one();

    let again = run(&work, &order).await;
    assert!(again.contains("had started before"), "{again}");
    assert!(again.contains("0 letters queued."), "{again}");
    work.everybody_has_one();

    let status = run(&work, &["mail", "status", "2022"]).await;
    let invitation = status.lines().find(|line| line.starts_with("Invitation"));
    assert!(invitation.unwrap().contains("6 sent"), "{status}");

    let chief = &work.chiefs[0];
    work.submits(chief).await;
    let plan = run(&work, &["mail", "plan", "2022", "--mailing", "1", "--csv"]).await;
    let reasons: Vec<&str> = plan
        .lines()
        .skip(1)
        .map(|line| line.rsplit(',').next().unwrap())
        .collect();
    assert_eq!(reasons[0], "submitted", "{plan}");
    assert_eq!(&reasons[1..], [""; CHIEFS - 1], "{plan}");
}
