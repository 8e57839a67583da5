//! Files that change the register, and taking them back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use register::{Field as FileField, quiet};
use server::intake::{self, Options};
use server::storage::register::{
    AcceptError, Acceptance, ClassKind, Column, ContactKind, Field, Import, Source, Successor,
    UndoError, UnitSheet, Upload, plan,
};
use server::storage::{Actor, NewRound, Round, Timestamp};

use crate::support::world::{DURING, OPENS, World, new_id, round, text};

on_both_databases!(
    the_first_file_fills_the_register,
    the_same_file_again_changes_nothing,
    a_changed_name_is_one_line_in_the_history,
    a_new_chief_ends_the_old_one_and_keeps_the_centre,
    a_centre_that_the_file_leaves_out_is_gone_and_comes_back,
    one_regions_file_says_nothing_of_other_regions,
    a_preview_that_is_no_longer_true_is_not_carried_out,
    a_file_is_accepted_once,
    undoing_gives_every_field_back,
    undoing_is_refused_where_something_later_stands_upon_it,
    an_import_is_undone_once,
    a_class_file_gives_and_changes_classes,
    a_class_file_goes_before_what_a_region_says,
    local_heads_relieve_a_chief_of_many_centres,
    a_late_centre_gets_its_case_and_what_it_counts_as,
    a_new_chief_gets_a_link_of_their_own_and_the_old_one_dies,
    a_file_that_nobody_takes_up_is_gone_after_a_day,
    headings_are_remembered_per_sender,
);

const HEAD: &str =
    "Nyckel;Vårdcentral;Adress;Postnr;Ort;Kommun;RegSO;Verksamhetschef;E-post verksamhetschef\n";
const FIRST: &str = "\
a1;Åsens vårdcentral;Storgatan 1;111 22;Åsen;0180;0180R001;Ada Alm;ada@example.se\n\
a2;Bergets vårdcentral;Bergsvägen 2;111 33;Berget;0181;;Bo Berg;bo@example.se\n";
const SENDER: &str = "Region Stockholm";

fn staff() -> Actor {
    Actor::Staff("kim@example.se".to_owned())
}

/// A moment some seconds after the round opened.
fn after(seconds: i64) -> Timestamp {
    Timestamp::from_millis(DURING.millis() + seconds * 1_000)
}

impl World {
    async fn acceptance(&self, rows: &str, sender: &str) -> Acceptance {
        let content = format!("{HEAD}{rows}").into_bytes();
        let table = intake::table(&content, None, &mut quiet).unwrap();
        let lists = intake::class_lists(&self.database).await.unwrap();
        let options = Options::default();
        let headings = intake::headings(&table, &options, &BTreeMap::new(), &lists).unwrap();
        let columns = headings
            .columns
            .iter()
            .filter_map(|column| Some((column.index, column.chosen.clone()?)));
        let mapping = intake::mapping(&table, &headings, columns, sender).unwrap();
        assert!(mapping.column(&FileField::ChiefEmail).is_some());
        let known = self.database.known_units().await.unwrap();
        let classes = self.database.classes_by_code().await.unwrap();
        let scope = intake::scope(sender, false);
        let preview = intake::preview(
            &table,
            &mapping,
            &lists,
            scope,
            (known, &classes),
            &mut quiet,
        );
        Acceptance {
            upload: None,
            sender: sender.to_owned(),
            file_name: "register.csv".to_owned(),
            file_hash: intake::file_hash(&content),
            checked: preview.checked,
            scope,
            relieved: BTreeSet::new(),
            previewed: Some(preview.plan.fingerprint),
        }
    }

    async fn accept(&self, acceptance: &Acceptance, now: Timestamp) -> Result<Import, AcceptError> {
        self.database
            .accept_import(acceptance, &staff(), now, &mut new_id)
            .await
    }

    /// Previews and accepts a file.
    async fn import(&self, rows: &str, now: Timestamp) -> Import {
        let acceptance = self.acceptance(rows, SENDER).await;
        self.accept(&acceptance, now).await.unwrap()
    }

    async fn sheet(&self, key: &str) -> UnitSheet {
        self.database.unit_sheet(key).await.unwrap().unwrap()
    }

    async fn undo(&self, import: &Import, now: Timestamp) -> Result<(), UndoError> {
        self.database
            .undo_import(import.id, &staff(), now, &mut new_id)
            .await
    }

    /// A round that opened on the first day of 1970, before every import here.
    async fn a_round(&self) -> Round {
        let NewRound { round, .. } = round("2022");
        let new = NewRound {
            round: round.clone(),
            instrument_source: "key = \"example\"".to_owned(),
        };
        self.database.create_round(&new).await.unwrap();
        self.database
            .open_cases(round.id, OPENS, &mut new_id)
            .await
            .unwrap();
        round
    }
}

fn chief(sheet: &UnitSheet) -> (&str, &str) {
    let chief = sheet
        .people
        .iter()
        .find(|person| person.valid_to.is_none() && person.kind == ContactKind::Chief)
        .unwrap();
    (&chief.name, &chief.email)
}

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

async fn local_heads_relieve_a_chief_of_many_centres(world: World) {
    let rows: String = (1..=5)
        .map(|n| {
            format!(
                "m{n};Vårdcentral {n}{n};Gatan {n};111 2{n};Orten;0180;;Maj Mo;maj@example.se\n"
            )
        })
        .collect();
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
