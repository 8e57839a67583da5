//! A region's link shows what it is for, and nothing once it is revoked.

use server::storage::{Actor, AuditFilter, NewRound, RegionLinkError, Round};

use crate::support::world::{CLOSES, DURING, World, new_id, round, unit};

on_both_databases!(
    every_region_of_a_round_gets_one_link,
    a_link_is_made_for_one_region_alone,
    a_revoked_link_is_told_so_and_makes_room_for_a_new_one,
    a_link_is_revoked_in_its_own_round_only,
    making_and_revoking_are_written_in_the_log,
);

const BOSS: &str = "boss@example.se";

async fn two_regions(world: &World, key: &str) -> Round {
    let new: NewRound = round(key);
    world.database.create_round(&new).await.unwrap();
    world
        .database
        .open_cases(new.round.id, DURING, &mut new_id)
        .await
        .unwrap();
    new.round
}

async fn register(world: &World) {
    let mut units = [unit("vc-1"), unit("vc-2"), unit("vc-3")];
    "Norr".clone_into(&mut units[0].unit.region);
    "Söder".clone_into(&mut units[1].unit.region);
    "Söder".clone_into(&mut units[2].unit.region);
    world.database.insert_register(&units).await.unwrap();
}

fn boss() -> Actor {
    Actor::Staff(BOSS.to_owned())
}

async fn made(world: &World, round: &Round, only: Option<&str>) -> Vec<String> {
    let made = world
        .database
        .make_region_links(round, only, &boss(), DURING, &mut new_id)
        .await
        .unwrap();
    made.into_iter().map(|link| link.region).collect()
}

async fn every_region_of_a_round_gets_one_link(world: World) {
    register(&world).await;
    let round = two_regions(&world, "2022").await;

    assert_eq!(made(&world, &round, None).await, ["Norr", "Söder"]);
    assert!(made(&world, &round, None).await.is_empty());

    let links = world.database.region_links(round.id).await.unwrap();
    assert_eq!(links.len(), 2);
    let (found, of) = world
        .database
        .region_link(links[1].id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.region, "Söder");
    assert_eq!(found.revoked_at, None);
    assert_eq!(of, round);
    assert_eq!(world.database.region_link(new_id()).await.unwrap(), None);
}

async fn a_link_is_made_for_one_region_alone(world: World) {
    register(&world).await;
    let round = two_regions(&world, "2022").await;

    assert_eq!(made(&world, &round, Some("Söder")).await, ["Söder"]);
    assert!(made(&world, &round, Some("Väster")).await.is_empty());
    assert_eq!(made(&world, &round, None).await, ["Norr"]);
}

async fn a_revoked_link_is_told_so_and_makes_room_for_a_new_one(world: World) {
    register(&world).await;
    let round = two_regions(&world, "2022").await;
    made(&world, &round, Some("Norr")).await;
    let first = world.database.region_links(round.id).await.unwrap()[0].id;
    let revoke = async || {
        world
            .database
            .revoke_region_link(&round, first, &boss(), CLOSES, new_id())
            .await
    };

    assert_eq!(revoke().await.unwrap().region, "Norr");
    assert!(matches!(revoke().await, Err(RegionLinkError::Unknown)));

    assert!(
        world
            .database
            .region_links(round.id)
            .await
            .unwrap()
            .is_empty()
    );
    let (found, _) = world.database.region_link(first).await.unwrap().unwrap();
    assert_eq!(found.revoked_at, Some(CLOSES));
    assert_eq!(made(&world, &round, None).await, ["Norr", "Söder"]);
}

async fn a_link_is_revoked_in_its_own_round_only(world: World) {
    register(&world).await;
    let (one, other) = (
        two_regions(&world, "2022").await,
        two_regions(&world, "2027").await,
    );
    made(&world, &one, None).await;
    let link = world.database.region_links(one.id).await.unwrap()[0].id;

    let refused = world
        .database
        .revoke_region_link(&other, link, &boss(), DURING, new_id())
        .await;

    assert!(matches!(refused, Err(RegionLinkError::Unknown)));
    assert_eq!(world.database.region_links(one.id).await.unwrap().len(), 2);
}

async fn making_and_revoking_are_written_in_the_log(world: World) {
    register(&world).await;
    let round = two_regions(&world, "2022").await;
    made(&world, &round, Some("Norr")).await;
    let link = world.database.region_links(round.id).await.unwrap()[0].id;
    world
        .database
        .revoke_region_link(&round, link, &boss(), CLOSES, new_id())
        .await
        .unwrap();

    let log = world
        .database
        .audit_log(&AuditFilter::default(), 0, 10)
        .await
        .unwrap();
    let lines: Vec<_> = log
        .entries
        .iter()
        .map(|entry| {
            (
                entry.action.as_str(),
                entry.actor.as_str(),
                entry.subject.as_str(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("region_link.revoked", BOSS, "Norr"),
            ("region_link.made", BOSS, "Norr"),
        ]
    );
    assert_eq!(log.entries[0].detail, r#"{"round":"2022"}"#);
}
