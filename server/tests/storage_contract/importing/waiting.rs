//! What is kept of a file before it is accepted.

use std::collections::BTreeMap;

use server::storage::register::Upload;

use super::{SENDER, after};
use crate::support::world::{DURING, World, new_id};

on_both_databases!(
    a_file_that_nobody_takes_up_is_gone_after_a_day,
    headings_are_remembered_per_sender,
);

async fn a_file_that_nobody_takes_up_is_gone_after_a_day(world: World) {
    let day = 24 * 60 * 60;
    let upload = |now| Upload {
        id: new_id(),
        sender: SENDER.to_owned(),
        file_name: "register.csv".to_owned(),
        content: b"hemligt".to_vec(),
        uploaded_at: now,
        uploaded_by: "kim@example.se".to_owned(),
    };
    let first = upload(DURING);
    world.database.keep_upload(&first).await.unwrap();

    assert_eq!(
        world
            .database
            .upload(first.id, after(day - 1))
            .await
            .unwrap(),
        Some(first.clone())
    );
    assert_eq!(
        world.database.upload(first.id, after(day)).await.unwrap(),
        None
    );
    world
        .database
        .keep_upload(&upload(after(day)))
        .await
        .unwrap();

    assert_eq!(
        world.number("SELECT count(*) FROM register_upload").await,
        1
    );
}

async fn headings_are_remembered_per_sender(world: World) {
    let mapping = BTreeMap::from([("namn".to_owned(), "name".to_owned())]);
    world
        .database
        .remember_mapping(SENDER, &mapping)
        .await
        .unwrap();
    let changed = BTreeMap::from([("namn".to_owned(), String::new())]);
    world
        .database
        .remember_mapping("Region Skåne", &changed)
        .await
        .unwrap();

    assert_eq!(
        world.database.remembered_mapping(SENDER).await.unwrap(),
        mapping
    );
    world
        .database
        .remember_mapping(SENDER, &changed)
        .await
        .unwrap();
    assert_eq!(
        world.database.remembered_mapping(SENDER).await.unwrap(),
        changed
    );
}
