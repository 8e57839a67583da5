//! The register, rounds and links.

use server::storage::{
    CreateRoundError, LinkError, OpenCasesError, Refusal, RegisterError, Standing, Timestamp,
};

use crate::support::world::{CLOSES, DURING, OPENS, World, new_id, round, unit};

on_both_databases!(
    the_whole_country_goes_in_and_each_unit_gets_a_link,
    a_unit_that_joins_later_gets_its_link_then,
    a_key_that_is_there_already_is_refused_with_all_its_company,
    a_round_has_a_key_of_its_own,
    a_round_must_close_after_it_opens,
    the_instrument_is_pinned_to_the_round,
    a_link_leads_to_its_unit,
    an_unknown_link_leads_nowhere,
    a_replaced_link_says_so_and_the_new_one_goes_on,
);

async fn the_whole_country_goes_in_and_each_unit_gets_a_link(world: World) {
    let links = world.open_round(1183).await;

    assert_eq!(links.len(), 1183);
    assert!(links.is_sorted_by(|one, next| one.unit_key < next.unit_key));
    assert_eq!(links[0].unit_name, "Vårdcentral vc-0001");
    assert_eq!(links[0].region, "Region Exempel");
    assert_eq!(links[0].classes["area_type"], "1");
    assert_eq!(world.number("SELECT count(*) FROM contact").await, 1183);
    assert_eq!(world.number("SELECT count(*) FROM unit_class").await, 2366);
}

async fn a_unit_that_joins_later_gets_its_link_then(world: World) {
    let before = world.open_round(2).await;
    let round = world.database.round("2022").await.unwrap().unwrap();

    world
        .database
        .insert_register(&[unit("vc-0003")])
        .await
        .unwrap();
    let opened = world
        .database
        .open_cases(round.id, DURING, &mut new_id)
        .await
        .unwrap();

    let after = world.database.links_of_round(round.id).await.unwrap();
    assert_eq!(opened, 1);
    assert_eq!(after[..2], before);
    assert_eq!(after[2].unit_key, "vc-0003");
}

async fn a_key_that_is_there_already_is_refused_with_all_its_company(world: World) {
    world.open_round(1).await;

    let refused = world
        .database
        .insert_register(&[unit("vc-0002"), unit("vc-0001")])
        .await;

    assert!(matches!(refused, Err(RegisterError::Duplicate)));
    assert_eq!(world.number("SELECT count(*) FROM unit").await, 1);
}

async fn a_round_has_a_key_of_its_own(world: World) {
    world.database.create_round(&round("2022")).await.unwrap();

    let refused = world.database.create_round(&round("2022")).await;

    assert!(matches!(refused, Err(CreateRoundError::Exists)));
    assert_eq!(world.database.rounds().await.unwrap().len(), 1);
}

async fn a_round_must_close_after_it_opens(world: World) {
    let mut round = round("2022");
    round.round.closes_at = round.round.opens_at;

    let refused = world.database.create_round(&round).await;

    assert!(matches!(
        refused,
        Err(CreateRoundError::ClosesBeforeItOpens)
    ));
    assert_eq!(world.database.rounds().await.unwrap(), []);
}

async fn the_instrument_is_pinned_to_the_round(world: World) {
    let new = round("2022");
    world.database.create_round(&new).await.unwrap();

    let source = world.database.instrument_source(new.round.id).await;

    assert_eq!(source.unwrap(), Some(new.instrument_source));
    assert_eq!(world.database.round("2022").await.unwrap(), Some(new.round));
    assert_eq!(
        world.database.instrument_source(new_id()).await.unwrap(),
        None
    );
    let unknown = world
        .database
        .open_cases(new_id(), OPENS, &mut new_id)
        .await;
    assert!(matches!(unknown, Err(OpenCasesError::UnknownRound)));
}

async fn a_link_leads_to_its_unit(world: World) {
    let links = world.open_round(2).await;

    let view = world.view(links[1].link_id).await;

    assert_eq!(view.unit.key, "vc-0002");
    assert_eq!(view.unit.classes, links[1].classes);
    assert_eq!(view.unit.ownership.as_deref(), Some("public"));
    assert_eq!(view.round.key, "2022");
    assert_eq!(view.link.created_at, OPENS);
    assert!(view.answers.is_empty() && view.personal.is_empty());
    assert_eq!(view.submission, None);
    assert_eq!(view.standing(DURING), Standing::Open);
    assert_eq!(view.standing(CLOSES), Standing::Refused(Refusal::Closed));
    let before = Timestamp::from_millis(OPENS.millis() - 1);
    assert_eq!(
        view.standing(before),
        Standing::Refused(Refusal::NotYetOpen)
    );
}

async fn an_unknown_link_leads_nowhere(world: World) {
    world.open_round(1).await;
    assert_eq!(world.database.load_case(new_id()).await.unwrap(), None);
}

async fn a_replaced_link_says_so_and_the_new_one_goes_on(world: World) {
    let old = world.a_link().await;
    let page = crate::support::world::Page::blank();
    world.save(old, page.types("listed", "8500")).await;

    let new = new_id();
    world.database.replace_link(old, new, DURING).await.unwrap();

    let (old_view, new_view) = (world.view(old).await, world.view(new).await);
    assert_eq!(
        old_view.standing(DURING),
        Standing::Refused(Refusal::Revoked)
    );
    assert_eq!(new_view.standing(DURING), Standing::Open);
    assert_eq!(new_view.answers.raw("listed"), "8500");
    let links = world
        .database
        .links_of_round(new_view.round.id)
        .await
        .unwrap();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].link_id, new);
    let again = world.database.revoke_link(old, DURING).await;
    assert!(matches!(again, Err(LinkError::Unknown)));
}
