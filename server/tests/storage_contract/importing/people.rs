//! Chiefs and local heads.

use std::collections::BTreeSet;
use std::sync::Arc;

use register::quiet;
use server::storage::register::{AcceptError, ContactKind, Successor, plan};

use super::{FIRST, SENDER, after, chief, staff};
use crate::support::world::{DURING, OPENS, World, new_id, text};

on_both_databases!(
    a_new_chief_ends_the_old_one_and_keeps_the_centre,
    local_heads_relieve_a_chief_of_many_centres,
    a_new_chief_gets_a_link_of_their_own_and_the_old_one_dies,
    an_address_that_is_said_again_is_written_to_again,
);

async fn a_new_chief_ends_the_old_one_and_keeps_the_centre(world: World) {
    world.import(FIRST, DURING).await;
    let before = world.sheet("a1").await;

    let later = FIRST.replace("Ada Alm;ada@example.se", "Cia Ceder;cia@example.se");
    world.import(&later, after(1)).await;

    let sheet = world.sheet("a1").await;
    assert_eq!(sheet.unit, before.unit);
    assert_eq!(chief(&sheet), ("Cia Ceder", "cia@example.se"));
    let old = &sheet.people[1];
    assert_eq!(
        (old.email.as_str(), old.valid_to),
        ("ada@example.se", Some(after(1)))
    );
    assert_eq!(sheet.people[0].valid_from, after(1));
}

async fn local_heads_relieve_a_chief_of_many_centres(world: World) {
    let rows = (1..=5)
        .map(|n| {
            format!(
                "m{n};Vårdcentral {n}{n};Gatan {n};111 2{n};Orten;0180;;Maj Mo;maj@example.se\n"
            )
        })
        .collect::<Vec<String>>()
        .concat();
    let mut acceptance = world.acceptance(&rows, SENDER).await;
    let checked = Arc::get_mut(&mut acceptance.checked).unwrap();
    for row in &mut checked.rows[..4] {
        row.unit.local_head.name = format!("Lokal {}", row.number);
        row.unit.local_head.email =
            register::values::Email::parse(&format!("lokal{}@example.se", row.number));
    }
    let known = world.database.known_units().await.unwrap();
    let classes = world.database.classes_by_code().await.unwrap();
    let plan = plan(&known, checked, acceptance.scope, &classes, &mut quiet);
    assert_eq!(plan.chiefs.len(), 1);
    assert_eq!(
        (
            plan.chiefs[0].local_heads.len(),
            plan.chiefs[0].missing.len()
        ),
        (4, 1)
    );
    acceptance.relieved = BTreeSet::from([plan.chiefs[0].id.clone()]);
    acceptance.previewed = Some(plan.fingerprint);

    world.accept(&acceptance, DURING).await.unwrap();

    let heads = "SELECT count(*) FROM contact WHERE kind = 'local_head'";
    assert_eq!(world.number(heads).await, 4);
    assert_eq!(
        world
            .number("SELECT count(*) FROM contact WHERE kind = 'chief'")
            .await,
        5
    );
    let again = world.acceptance(&rows, SENDER).await;
    assert!(matches!(
        world.accept(&again, after(1)).await,
        Err(AcceptError::NothingToDo)
    ));
}

async fn a_new_chief_gets_a_link_of_their_own_and_the_old_one_dies(world: World) {
    world.import(FIRST, OPENS).await;
    let round = world.a_round().await;
    let before = world.database.links_of_round(round.id).await.unwrap();

    let new = Successor {
        name: text("Cia Ceder"),
        email: text("cia@example.se"),
    };
    world
        .database
        .succeed(
            "a1",
            ContactKind::Chief,
            Some(&new),
            &staff(),
            DURING,
            &mut new_id,
        )
        .await
        .unwrap();

    let links = world.database.links_of_round(round.id).await.unwrap();
    assert_eq!(links.len(), 2);
    assert_ne!(links[0].link_id, before[0].link_id);
    assert_eq!(links[1].link_id, before[1].link_id);
    let held = "SELECT count(*) FROM link JOIN contact ON contact.id = link.contact_id \
                WHERE contact.email = 'cia@example.se'";
    assert_eq!(world.number(held).await, 1);
}

async fn an_address_that_is_said_again_is_written_to_again(world: World) {
    world.import(FIRST, OPENS).await;
    let round = world.a_round().await;
    let links = world.database.links_of_round(round.id).await.unwrap();
    world
        .execute("UPDATE contact SET undeliverable_at = 1 WHERE email = 'ada@example.se'")
        .await
        .unwrap();

    let again = Successor {
        name: text("Ada Alm"),
        email: text("ada@example.se"),
    };
    let kind = ContactKind::Chief;
    world
        .database
        .succeed("a1", kind, Some(&again), &staff(), DURING, &mut new_id)
        .await
        .unwrap();

    let sheet = world.sheet("a1").await;
    assert_eq!(sheet.people.len(), 1);
    assert_eq!(sheet.people[0].undeliverable_at, None);
    let history = world.database.history_of_unit(sheet.unit.id).await.unwrap();
    let latest = &history[0].change;
    assert_eq!(latest.field.to_string(), "contact.undeliverable_at");
    assert_eq!(
        (latest.before.as_deref(), &latest.after),
        (Some("1"), &None)
    );
    let now = world.database.links_of_round(round.id).await.unwrap();
    assert_eq!(now[0].link_id, links[0].link_id);
}
