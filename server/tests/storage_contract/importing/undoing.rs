//! Imports that are taken back.

use server::storage::register::{Column, Field, UndoError};

use super::{FIRST, after, chief, staff};
use crate::support::world::{DURING, World, new_id, text};

on_both_databases!(
    undoing_gives_every_field_back,
    undoing_is_refused_where_something_later_stands_upon_it,
    an_import_is_undone_once,
);

async fn undoing_gives_every_field_back(world: World) {
    world.import(FIRST, DURING).await;
    let before = (world.sheet("a1").await, world.sheet("a2").await);
    let second = "\
        a1;Åsens hälsocentral;Nygatan 9;111 22;Åsen;0180;0180R001;Cia Ceder;cia@example.se\n\
        a3;Cederns vårdcentral;Torget 3;111 44;Cedern;0182;;Dag Dal;dag@example.se\n";

    let import = world.import(second, after(1)).await;
    assert_eq!(
        (
            import.summary.new,
            import.summary.changed,
            import.summary.gone
        ),
        (1, 1, 1)
    );
    world.undo(&import, after(2)).await.unwrap();

    let now = (world.sheet("a1").await, world.sheet("a2").await);
    assert_eq!((&now.0.unit, &now.1.unit), (&before.0.unit, &before.1.unit));
    assert_eq!(chief(&now.0), ("Ada Alm", "ada@example.se"));
    let brought = world.sheet("a3").await;
    assert!(!brought.unit.column(Column::GoneAt).is_empty());
    assert!(
        brought
            .people
            .iter()
            .all(|person| person.valid_to.is_some())
    );
    let import = world.database.import(import.id).await.unwrap().unwrap();
    assert_eq!(import.undone, Some((after(2), "kim@example.se".to_owned())));
    let undone = "SELECT count(*) FROM register_change WHERE source = 'undo'";
    assert_eq!(world.number(undone).await, 7);
}

async fn undoing_is_refused_where_something_later_stands_upon_it(world: World) {
    world.import(FIRST, DURING).await;
    let changed = FIRST
        .replace("Åsens vårdcentral", "Åsens hälsocentral")
        .replace("Storgatan 1", "Nygatan 9");
    let import = world.import(&changed, after(1)).await;
    let name = (Field::Column(Column::Name), text("Åsens läkarhus"));
    world
        .database
        .edit_unit("a1", &[name], &staff(), after(2), &mut new_id)
        .await
        .unwrap();

    let refused = world.undo(&import, after(3)).await;

    let Err(UndoError::Obstacles(obstacles)) = refused else {
        panic!("expected obstacles, got {refused:?}")
    };
    assert_eq!(obstacles.len(), 1);
    assert_eq!(obstacles[0].unit_key, "a1");
    assert_eq!(obstacles[0].field, Field::Column(Column::Name));
    assert_eq!(obstacles[0].given.as_deref(), Some("Åsens hälsocentral"));
    assert_eq!(obstacles[0].now.as_deref(), Some("Åsens läkarhus"));
    assert_eq!(
        obstacles[0].since,
        Some((after(2), "kim@example.se".to_owned()))
    );
    assert_eq!(
        world.sheet("a1").await.unit.column(Column::Address),
        "Nygatan 9"
    );
}

async fn an_import_is_undone_once(world: World) {
    let import = world.import(FIRST, DURING).await;
    world.undo(&import, after(1)).await.unwrap();

    assert!(matches!(
        world.undo(&import, after(2)).await,
        Err(UndoError::Undone)
    ));
    let unknown = world
        .database
        .undo_import(new_id(), &staff(), after(3), &mut new_id)
        .await;
    assert!(matches!(unknown, Err(UndoError::Unknown)));
}
