//! What is kept stays as it is.

use server::storage::{
    ConnectError, Database, Location, NewConfirmation, NewReport, NewRevision, ReportKind,
};

use crate::support::world::{DURING, Page, World, new_id, submission, text};

on_both_databases!(
    what_was_answered_can_neither_be_changed_nor_deleted,
    many_servers_may_start_at_once_on_what_is_there,
    everything_is_there_after_a_restart,
);

const APPEND_ONLY: [&str; 7] = [
    "revision",
    "personal_revision",
    "confirmation",
    "submission",
    "personal_submission",
    "reopening",
    "report",
];

/// A case with a row in each of those tables.
async fn answered_in_every_way(world: &World) -> uuid::Uuid {
    let link = world.a_link().await;
    let page = Page::blank();
    let personal = NewRevision {
        personal: true,
        ..page.types("contact_name", "Ada")
    };
    world
        .save_all(link, vec![page.types("listed", "8500"), personal])
        .await;
    let confirmation = NewConfirmation {
        id: new_id(),
        rule: "unusual".to_owned(),
        scope: "listed".to_owned(),
        about: text("8500"),
        reason: text(""),
    };
    let report = NewReport {
        id: new_id(),
        kind: ReportKind::Other,
        name: text(""),
        email: text(""),
        note: text("?"),
    };
    let database = &world.database;
    database.confirm(link, confirmation, DURING).await.unwrap();
    database.report(link, report, DURING).await.unwrap();
    let new = submission(&world.view(link).await, 1);
    database.submit(link, new, DURING).await.unwrap();
    database.reopen(link, DURING).await.unwrap();
    link
}

async fn what_was_answered_can_neither_be_changed_nor_deleted(world: World) {
    let link = answered_in_every_way(&world).await;
    let before = world.view(link).await;

    for table in APPEND_ONLY {
        let rows = format!("SELECT count(*) FROM {table}");
        assert_eq!(world.number(&rows).await, 1, "{table}");
        let column = if table == "personal_submission" {
            "submission_id"
        } else {
            "case_id"
        };
        for statement in [
            format!("UPDATE {table} SET {column} = {column}"),
            format!("DELETE FROM {table}"),
        ] {
            let refused = world.execute(&statement).await.unwrap_err().to_string();
            let why = format!("{table} is append-only");
            assert!(refused.contains(&why), "{statement}: {refused}");
        }
    }

    assert_eq!(world.view(link).await, before);
}

async fn many_servers_may_start_at_once_on_what_is_there(world: World) {
    let link = world.a_link().await;
    let starting: Vec<_> = (0..6)
        .map(|_| {
            let location = world.location.clone();
            tokio::spawn(async move { Database::connect(&location).await })
        })
        .collect();

    for each in starting {
        let database = each.await.unwrap().unwrap();
        assert!(database.load_case(link).await.unwrap().is_some());
        database.close().await;
    }
}

async fn everything_is_there_after_a_restart(world: World) {
    let link = answered_in_every_way(&world).await;
    let before = world.view(link).await;
    world.database.close().await;

    let database = Database::connect(&world.location).await.unwrap();

    assert_eq!(database.load_case(link).await.unwrap(), Some(before));
    database.close().await;
}

async fn start_at_once(location: Location) {
    let starting: Vec<_> = (0..6)
        .map(|_| {
            let location = location.clone();
            tokio::spawn(async move { Database::connect(&location).await })
        })
        .collect();
    for each in starting {
        let database = each.await.unwrap().unwrap();
        assert_eq!(database.rounds().await.unwrap(), []);
        database.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_servers_may_start_at_once_on_an_empty_directory() {
    let directory = tempfile::tempdir().unwrap();
    start_at_once(Location::Directory(directory.path().join("new"))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_servers_may_start_at_once_on_an_empty_postgresql() {
    let url = crate::support::postgres::fresh_database().await;
    start_at_once(Location::Postgres(url)).await;
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_not_repeated() {
    let location = Location::Postgres("postgres://ada:secret@host:port/x".to_owned());
    let error = Database::connect(&location).await.unwrap_err();
    assert!(matches!(error, ConnectError::Address(_)));
    assert!(!error.to_string().contains("secret"));
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    std::fs::write(&file, "").unwrap();
    let error = Database::connect(&Location::Directory(file.join("data")))
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::Directory { .. }), "{error:?}");
}
