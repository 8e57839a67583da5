//! Files that are accepted.

use server::storage::register::{AcceptError, Acceptance, Column, Field, Source, Upload};

use super::{FIRST, SENDER, after, chief, staff};
use crate::support::world::{DURING, OPENS, World, new_id, text};

on_both_databases!(
    the_first_file_fills_the_register,
    the_same_file_again_changes_nothing,
    a_changed_name_is_one_line_in_the_history,
    a_centre_that_the_file_leaves_out_is_gone_and_comes_back,
    one_regions_file_says_nothing_of_other_regions,
    a_preview_that_is_no_longer_true_is_not_carried_out,
    a_file_is_accepted_once,
    a_late_centre_gets_its_case_and_what_it_counts_as,
);

async fn the_first_file_fills_the_register(world: World) {
    let import = world.import(FIRST, DURING).await;

    assert_eq!((import.summary.new, import.summary.changed), (2, 0));
    let sheet = world.sheet("a1").await;
    assert_eq!(sheet.unit.column(Column::Name), "Åsens vårdcentral");
    assert_eq!(sheet.unit.column(Column::Region), "Region Stockholm");
    assert_eq!(sheet.unit.column(Column::Municipality), "0180");
    assert_eq!(chief(&sheet), ("Ada Alm", "ada@example.se"));
    let history = world.database.history_of_unit(sheet.unit.id).await.unwrap();
    assert_eq!(history.len(), 2);
    assert!(history.iter().all(|line| line.actor == "kim@example.se"));
    assert!(
        history
            .iter()
            .all(|line| line.file_name.as_deref() == Some("register.csv"))
    );
    assert_eq!(world.database.imports().await.unwrap(), [import]);
    let audited = "SELECT count(*) FROM audit WHERE action = 'register.imported'";
    assert_eq!(world.number(audited).await, 1);
}

async fn the_same_file_again_changes_nothing(world: World) {
    world.import(FIRST, DURING).await;

    let again = world.acceptance(FIRST, SENDER).await;

    let refused = world.accept(&again, after(1)).await;
    assert!(matches!(refused, Err(AcceptError::NothingToDo)));
    assert_eq!(
        world.number("SELECT count(*) FROM register_import").await,
        1
    );
    assert_eq!(
        world.number("SELECT count(*) FROM register_change").await,
        4
    );
}

async fn a_changed_name_is_one_line_in_the_history(world: World) {
    world.import(FIRST, DURING).await;
    let before = world.sheet("a1").await;

    let import = world
        .import(
            &FIRST.replace("Åsens vårdcentral", "Åsens hälsocentral"),
            after(1),
        )
        .await;

    assert_eq!(import.summary.changed, 1);
    let sheet = world.sheet("a1").await;
    assert_eq!(sheet.unit.id, before.unit.id);
    let history = world.database.history_of_unit(sheet.unit.id).await.unwrap();
    let latest = &history[0];
    assert_eq!(latest.source, Source::Import(import.id));
    assert_eq!(latest.change.field, Field::Column(Column::Name));
    assert_eq!(latest.change.before.as_deref(), Some("Åsens vårdcentral"));
    assert_eq!(latest.change.after.as_deref(), Some("Åsens hälsocentral"));
    assert_eq!(history.len(), 3);
}

async fn a_centre_that_the_file_leaves_out_is_gone_and_comes_back(world: World) {
    world.import(FIRST, DURING).await;
    let kept = world.sheet("a2").await.unit.id;
    let only_first = FIRST.lines().next().unwrap();

    let import = world.import(only_first, after(1)).await;

    assert_eq!(import.summary.gone, 1);
    let gone = world.sheet("a2").await;
    assert!(!gone.unit.column(Column::GoneAt).is_empty());
    let back = world.import(FIRST, after(2)).await;
    assert_eq!(back.summary.changed, 1);
    let sheet = world.sheet("a2").await;
    assert_eq!(sheet.unit.column(Column::GoneAt), "");
    assert_eq!(sheet.unit.id, kept);
}

async fn one_regions_file_says_nothing_of_other_regions(world: World) {
    world.import(FIRST, DURING).await;
    let elsewhere = "s1;Södra vårdcentralen;Torget 1;211 22;Malmö;1280;;Eva Ek;eva@example.se\n";

    let acceptance = world.acceptance(elsewhere, "Region Skåne").await;
    let import = world.accept(&acceptance, after(1)).await.unwrap();

    assert_eq!((import.summary.new, import.summary.gone), (1, 0));
    assert_eq!(
        world
            .number("SELECT count(*) FROM unit WHERE gone_at IS NULL")
            .await,
        3
    );
}

async fn a_preview_that_is_no_longer_true_is_not_carried_out(world: World) {
    world.import(FIRST, DURING).await;
    let renamed = FIRST.replace("Bergets", "Nya Bergets");
    let previewed = world.acceptance(&renamed, SENDER).await;

    let name = (Field::Column(Column::Name), text("Bergets hälsocentral"));
    world
        .database
        .edit_unit("a2", &[name], &staff(), after(1), &mut new_id)
        .await
        .unwrap();
    let refused = world.accept(&previewed, after(2)).await;

    let Err(AcceptError::Stale(now)) = refused else {
        panic!("expected a stale preview, got {refused:?}")
    };
    let (_, plan) = *now;
    assert_eq!(
        plan.changed[0].fields[0].before.as_deref(),
        Some("Bergets hälsocentral")
    );
    assert_eq!(
        world.sheet("a2").await.unit.column(Column::Name),
        "Bergets hälsocentral"
    );
    let seen = Acceptance {
        previewed: Some(plan.fingerprint),
        ..previewed
    };
    world.accept(&seen, after(3)).await.unwrap();
    assert_eq!(
        world.sheet("a2").await.unit.column(Column::Name),
        "Nya Bergets vårdcentral"
    );
}

async fn a_file_is_accepted_once(world: World) {
    let upload = Upload {
        id: new_id(),
        sender: SENDER.to_owned(),
        file_name: "register.csv".to_owned(),
        content: b"x".to_vec(),
        uploaded_at: DURING,
        uploaded_by: "kim@example.se".to_owned(),
    };
    world.database.keep_upload(&upload).await.unwrap();
    let acceptance = Acceptance {
        upload: Some(upload.id),
        ..world.acceptance(FIRST, SENDER).await
    };

    world.accept(&acceptance, after(1)).await.unwrap();
    let again = world.accept(&acceptance, after(2)).await;

    assert!(matches!(again, Err(AcceptError::NotWaiting)));
    assert_eq!(
        world.number("SELECT count(*) FROM register_upload").await,
        0
    );
}

async fn a_late_centre_gets_its_case_and_what_it_counts_as(world: World) {
    world.import(FIRST, OPENS).await;
    world.a_round().await;

    let late = format!(
        "{FIRST}a3;Cederns filial;Torget 3;111 44;Cedern;0182;;Dag Dal;dag@example.se\n\
         a4;Dalens vårdcentral;Torget 4;111 55;Dalen;0182;;Dan Dal;dan@example.se\n"
    );
    world.import(&late, after(1)).await;

    let cases = world.sheet("a4").await.cases;
    assert_eq!(cases.len(), 1);
    assert_eq!(cases[0].dispositions, []);
    let branch = world.sheet("a3").await.cases;
    assert_eq!(branch[0].dispositions[0].code.name(), "branch_office");
    let links = "SELECT count(*) FROM link WHERE revoked_at IS NULL";
    assert_eq!(world.number(links).await, 4);
}
