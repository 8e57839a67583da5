//! Files of classes.

use std::collections::BTreeMap;

use server::storage::register::{ClassKind, Source};

use super::{FIRST, after, staff};
use crate::support::world::{DURING, OPENS, World, new_id};

on_both_databases!(
    a_class_file_gives_and_changes_classes,
    a_class_file_goes_before_what_a_region_says,
);

fn entries(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(code, value)| ((*code).to_owned(), (*value).to_owned()))
        .collect()
}

async fn a_class_file_gives_and_changes_classes(world: World) {
    world.import(FIRST, DURING).await;
    let load = async |kind, pairs: &[(&str, &str)], now| {
        world
            .database
            .load_classes(
                kind,
                &entries(pairs),
                "klasser.csv",
                &staff(),
                now,
                &mut new_id,
            )
            .await
            .unwrap()
    };

    let types = [("0180", "metropolitan"), ("0181", "dense_mixed")];
    assert_eq!(load(ClassKind::MunicipalityType, &types, after(1)).await, 2);
    assert_eq!(
        load(ClassKind::AreaType, &[("0180R001", "4")], after(2)).await,
        1
    );
    let types = [("0180", "metropolitan"), ("0181", "sparse_mixed")];
    assert_eq!(load(ClassKind::MunicipalityType, &types, after(3)).await, 1);

    let sheet = world.sheet("a1").await;
    assert_eq!(sheet.unit.classes["municipality_type"], "metropolitan");
    assert_eq!(sheet.unit.classes["area_type"], "4");
    let other = world.sheet("a2").await;
    assert_eq!(other.unit.classes["municipality_type"], "sparse_mixed");
    let history = world.database.history_of_unit(other.unit.id).await.unwrap();
    assert_eq!(history[0].source, Source::Classes);
    assert_eq!(history[0].change.before.as_deref(), Some("dense_mixed"));
    let loaded = world.database.loaded_classes().await.unwrap();
    assert_eq!(
        loaded.iter().map(|file| file.codes).collect::<Vec<_>>(),
        [2, 1]
    );
}

async fn a_class_file_goes_before_what_a_region_says(world: World) {
    let types = entries(&[("0180", "metropolitan"), ("0181", "sparse_mixed")]);
    world
        .database
        .load_classes(
            ClassKind::MunicipalityType,
            &types,
            "k.csv",
            &staff(),
            OPENS,
            &mut new_id,
        )
        .await
        .unwrap();

    world.import(FIRST, DURING).await;
    assert_eq!(
        world.sheet("a1").await.unit.classes["municipality_type"],
        "metropolitan"
    );
    world
        .import(&FIRST.replace(";0180;", ";0181;"), after(1))
        .await;

    assert_eq!(
        world.sheet("a1").await.unit.classes["municipality_type"],
        "sparse_mixed"
    );
}
