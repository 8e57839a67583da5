//! The answers as files: who may have them, what they hold, and that the same cut gives the same bytes.

use std::collections::BTreeMap;

use app::staff::Role;
use server::cleaning;
use server::storage::register::{Column, Field};
use server::storage::{
    Actor, AuditFilter, DispositionCode, Known, Location, NewEdition, NewRound, NewRuleSet,
    NewUnit, Round, StoredText, Timestamp, Unit,
};
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, PgConnection};
use survey::answers::Number;
use survey::cleaning::{Cleaned, Status, Value, replay};
use survey::instrument::{self, Instrument};
use survey::text::Language;
use uuid::Uuid;

use crate::colleague::Colleague;
use crate::page::Answered;
use crate::site::{CLOSES, MINUTE, NOW, OPENS, Site};

on_both_databases!(
    a_cut_gives_the_same_bytes_whatever_happens_later,
    what_was_typed_may_be_had_before_it_is_cleaned,
    a_unit_keeps_the_name_and_the_classes_that_it_had_at_the_cut,
);
on_sqlite!(
    an_analyst_downloads_and_a_reader_does_not,
    a_download_is_logged_with_what_and_which_cut,
    personal_data_is_in_no_file,
    a_pilot_is_never_mixed_with_the_survey,
    a_browser_that_takes_files_compressed_gets_them_whole,
    what_there_is_not_is_not_given,
    a_page_shows_what_a_cut_holds_and_asks_for_that_very_cut,
    the_codebook_is_a_page_and_a_file_in_both_languages,
    many_units_come_in_one_file_and_in_the_order_of_their_keys,
);

const INSTRUMENT: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");
const DATA: &str = "/admin/data/2022";
/// The site's own moment.
const CUT: &str = "2022-03-10T14:32";

fn id() -> Uuid {
    Uuid::now_v7()
}

fn chiefs() -> Instrument {
    instrument::load(INSTRUMENT).unwrap()
}

fn file(kind: &str, format: &str, cut: &str) -> String {
    format!("{DATA}/fil?innehall={kind}&format={format}&snitt={cut}")
}

/// Cleans everything that was handed in to a round, with a change of each unit's values.
async fn clean(site: &Site, round: &str, change: impl Fn(&Instrument, &str, &mut Vec<Value>)) {
    let instrument = chiefs();
    let (actor, now) = (Actor::Server, Timestamp::from_millis(site.now()));
    let rules = NewRuleSet {
        id: id(),
        instrument_key: instrument.key.clone(),
        version: "1".to_owned(),
        source: "version = \"1\"".to_owned(),
        audit_id: id(),
    };
    let rule_set = site
        .database
        .keep_rule_set(&rules, &actor, now)
        .await
        .unwrap();
    let round = site.database.round(round).await.unwrap().unwrap();
    let waiting = site.database.cases_to_clean(round.id, None, &[]).await;
    for case in waiting.unwrap() {
        let input = site.database.case_to_clean(case).await.unwrap().unwrap();
        let raw = cleaning::raw(&instrument, &input.snapshot, &Known::default()).unwrap();
        let mut values = replay(&instrument, &raw, &[]);
        change(&instrument, &input.unit_key, &mut values);
        let edition = NewEdition {
            id: id(),
            case_id: case,
            after: input.edition.map_or(0, |edition| edition.number),
            submission_id: input.submission_id,
            rule_set_id: rule_set,
            decided: 0,
            known: Known::default(),
            cleaned: Cleaned {
                values,
                ..Cleaned::default()
            },
        };
        site.database
            .keep_edition(&edition, &actor, now)
            .await
            .unwrap();
    }
}

fn nothing(_: &Instrument, _: &str, _: &mut Vec<Value>) {}

/// Two chiefs hand in at 14:30, and the answers are cleaned at 14:31.
async fn answered(site: &Site) {
    site.set_clock(NOW - 2 * MINUTE);
    for (chief, listed) in [(site.chief(), "8517"), (site.rural_chief(), "3 100")] {
        chief.types("listed", listed).await;
        chief.types("physiotherapist_persons", "2").await;
        chief.types("physiotherapist_fte", "1,5").await;
        chief.types("comment", "Hej; \"du\"\n=1+1").await;
        let sent = chief.post("/skicka", &[]).await;
        assert_eq!(sent.leads_to(), chief.path("/kvitto"));
    }
    site.wait();
    clean(site, "2022", |instrument, _, values| {
        let place = instrument.place_of("physiotherapist_fte").unwrap();
        values[place] = Value {
            number: Number::parse_plain("1.5"),
            text: None,
            status: Status::Corrected,
            reason: None,
            held: false,
            rule: Some("posts_in_percent".to_owned()),
        };
    })
    .await;
    site.set_clock(NOW);
}

/// The columns of each unit in a CSV for programs that has no line break in a field.
fn rows(csv: &Answered) -> Vec<BTreeMap<String, String>> {
    assert_eq!(csv.status, 200, "{}", csv.text());
    let body = csv.body.replace("\"Hej; \"\"du\"\"\n=1+1\"", "Hej");
    let mut lines = body.lines().map(|line| line.split(',').map(str::to_owned));
    let head: Vec<String> = lines.next().unwrap().collect();
    lines
        .map(|line| head.iter().cloned().zip(line).collect())
        .collect()
}

async fn an_analyst_downloads_and_a_reader_does_not(site: Site) {
    answered(&site).await;
    let reader = site.colleague(Role::Reader).await;
    for path in [
        "/admin/data".to_owned(),
        DATA.to_owned(),
        file("cleaned", "csv", CUT),
        format!("{DATA}/kodbok"),
        format!("{DATA}/kodbok/fil?format=csv"),
    ] {
        assert_eq!(reader.get(&path).await.status, 403, "{path}");
        assert!(
            site.get(&path)
                .await
                .leads_to()
                .starts_with("/admin/logga-in"),
            "{path}"
        );
    }
    assert!(
        !reader
            .get("/admin/uppfoljning/2022")
            .await
            .body
            .contains("/admin/data")
    );

    let analyst = site.colleague(Role::Analyst).await;
    assert_eq!(analyst.get("/admin/data").await.leads_to(), DATA);
    let csv = analyst.get(&file("cleaned", "csv", CUT)).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(
        csv.header("content-disposition"),
        "attachment; filename=\"vardcentralschefer-2022_2022_rattade_regler-1_20220310T1432.csv\""
    );
    let rows = rows(&csv);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["id"], "ordinary");
    assert_eq!(rows[0]["listed"], "8517");
    assert_eq!(rows[0]["register_listed"], "8500");
    assert_eq!(rows[0]["physiotherapist_fte"], "1.5");
    assert_eq!(rows[0]["physiotherapist_fte__status"], "corrected");
    assert_eq!(rows[0]["submitted_at"], "2022-03-10T14:30:00+01:00");
    assert_eq!(rows[1]["id"], "rural");

    let excel = analyst.get(&file("both", "csv-excel", CUT)).await;
    assert!(excel.body.starts_with("\u{feff}id;"));
    assert!(
        excel
            .body
            .contains(";1,5;1,5;answered;corrected;;posts_in_percent;")
    );
    let (status, book) = analyst.download(&file("both", "xlsx", CUT)).await;
    assert_eq!(status, 200);
    assert!(book.starts_with(b"PK"));
}

async fn a_download_is_logged_with_what_and_which_cut(site: Site) {
    answered(&site).await;
    let analyst = site.colleague(Role::Analyst).await;
    analyst.get(&file("raw", "csv", CUT)).await;
    let downloads = AuditFilter {
        action: Some("data.downloaded".to_owned()),
        ..AuditFilter::default()
    };
    let log = site.database.audit_log(&downloads, 0, 9).await.unwrap();
    assert_eq!(log.total, 1);
    let line = &log.entries[0];
    assert_eq!((&*line.actor, &*line.subject), (&*analyst.email, "2022"));
    let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap();
    assert_eq!(detail["kind"], "raw");
    assert_eq!(detail["cut"], CUT);
    assert_eq!(detail["units"], 2);
    assert_eq!(
        detail["file"],
        "vardcentralschefer-2022_2022_inskrivna_regler-1_20220310T1432.csv"
    );
    let boss = site.colleague(Role::Administrator).await;
    assert!(boss.get("/admin/logg").await.says("Hämtade data"));
}

/// Every file at a cut.
async fn all(analyst: &Colleague<'_>, cut: &str) -> Vec<Vec<u8>> {
    let mut files = Vec::new();
    for kind in ["raw", "cleaned", "both"] {
        for format in ["csv", "csv-excel", "xlsx"] {
            let (status, bytes) = analyst.download(&file(kind, format, cut)).await;
            assert_eq!(status, 200, "{kind} {format}");
            files.push(bytes);
        }
    }
    files
}

async fn a_cut_gives_the_same_bytes_whatever_happens_later(site: Site) {
    answered(&site).await;
    let analyst = site.colleague(Role::Analyst).await;
    let before = all(&analyst, CUT).await;
    assert!(before == all(&analyst, CUT).await);

    // A chief changes the answers, a third answers, everything is cleaned once more, and somebody is ruled out.
    site.wait();
    let chief = site.chief();
    chief.post("/oppna", &[]).await;
    chief.types("listed", "8600").await;
    chief.post("/skicka", &[]).await;
    let neighbour = site.neighbour();
    neighbour.types("listed", "9000").await;
    neighbour.post("/skicka", &[]).await;
    clean(&site, "2022", nothing).await;
    let now = Timestamp::from_millis(site.now());
    let case = site.rural_chief().view().await.case.id;
    let note = StoredText::new("").unwrap();
    site.database
        .set_disposition(
            case,
            DispositionCode::Refused,
            &note,
            &Actor::CommandLine,
            now,
            &mut id,
        )
        .await
        .unwrap();
    site.wait();

    assert!(
        before == all(&analyst, CUT).await,
        "an earlier cut has changed"
    );
    let after = analyst.get(&file("cleaned", "csv", "")).await;
    let after = rows(&after);
    let units: Vec<&str> = after.iter().map(|row| row["id"].as_str()).collect();
    assert_eq!(units, ["neighbour", "ordinary", "rural"]);
    assert_eq!(after[1]["listed"], "8600");
    assert_eq!(after[2]["disposition"], "refused");
}

/// Not run by each database alone: the bytes of one are those of the other.
#[tokio::test]
async fn both_databases_give_the_same_bytes() {
    let (one, other) = (Site::on_sqlite().await, Site::on_postgres().await);
    answered(&one).await;
    answered(&other).await;
    let files = all(&one.colleague(Role::Analyst).await, CUT).await;
    assert!(files == all(&other.colleague(Role::Analyst).await, CUT).await);
}

async fn what_was_typed_may_be_had_before_it_is_cleaned(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8 500").await;
    chief.post("/skicka", &[]).await;
    let analyst = site.colleague(Role::Analyst).await;
    let raw = rows(&analyst.get(&file("raw", "csv", "")).await);
    assert_eq!(raw.len(), 1);
    assert_eq!(raw[0]["listed"], "8 500");
    assert_eq!(raw[0]["comment__state"], "blank");
    assert_eq!(
        rows(&analyst.get(&file("cleaned", "csv", "")).await).len(),
        0
    );
    let page = analyst.get(DATA).await;
    assert!(page.says("1 svar har skickats in men är inte rättat än"));
    assert!(page.says("Inga svar är rättade än"));
}

async fn a_unit_keeps_the_name_and_the_classes_that_it_had_at_the_cut(site: Site) {
    answered(&site).await;
    let analyst = site.colleague(Role::Analyst).await;
    site.wait();
    let fields = [
        (Field::Column(Column::Region), "Region Annan"),
        (Field::Column(Column::Ownership), "private"),
        (Field::Class("area_type".to_owned()), "5"),
    ];
    let fields = fields.map(|(field, text)| (field, StoredText::new(text).unwrap()));
    let now = Timestamp::from_millis(site.now());
    let changed = site
        .database
        .edit_unit("ordinary", &fields, &Actor::CommandLine, now, &mut id)
        .await
        .unwrap();
    assert_eq!(changed, 3);
    called(&site, "ordinary", "vc-1").await;
    site.wait();
    let then = rows(&analyst.get(&file("cleaned", "csv", CUT)).await);
    assert_eq!(then[0]["id"], "ordinary");
    assert_eq!(then[0]["register_region"], "Region Exempel");
    assert_eq!(then[0]["register_ownership"], "public");
    assert_eq!(then[0]["register_area_type"], "4");
    let now = rows(&analyst.get(&file("cleaned", "csv", "")).await);
    let changed = now.iter().find(|row| row["id"] == "vc-1").unwrap();
    assert_eq!(changed["register_region"], "Region Annan");
    assert_eq!(changed["register_ownership"], "private");
    assert_eq!(changed["register_area_type"], "5");
}

/// Gives a unit another key, as accepting a file with the sender's own keys does.
async fn called(site: &Site, before: &str, after: &str) {
    const UNIT: &str = "UPDATE unit SET key = $1 WHERE id = $2";
    const CHANGE: &str = "\
        INSERT INTO register_change (id, at, actor, source, unit_id, field, before, after) \
        VALUES ($1, $2, 'test', 'command', $3, 'key', $4, $5)";
    macro_rules! run {
        ($connection:expr) => {{
            let connection = &mut $connection;
            let unit = site.chief().view().await.unit.id;
            let renamed = sqlx::query(UNIT).bind(after).bind(unit);
            renamed.execute(&mut *connection).await.unwrap();
            let told = sqlx::query(CHANGE).bind(id()).bind(site.now()).bind(unit);
            let told = told.bind(before).bind(after);
            told.execute(&mut *connection).await.unwrap();
        }};
    }
    match &site.location {
        Location::Directory(directory) => {
            let url = format!("sqlite://{}/vardenkat.db", directory.display());
            run!(SqliteConnection::connect(&url).await.unwrap());
        }
        Location::Postgres(url) => run!(PgConnection::connect(url).await.unwrap()),
    }
}

async fn personal_data_is_in_no_file(site: Site) {
    let chief = site.rural_chief();
    chief.types("listed", "3100").await;
    chief.types("interview", "yes").await;
    let personal = ["Personliga Namnet", "personlig@example.se", "070-personlig"];
    for (name, text) in ["interview_name", "interview_email", "interview_phone"]
        .into_iter()
        .zip(personal)
    {
        chief.types(name, text).await;
    }
    chief.post("/skicka", &[]).await;
    clean(&site, "2022", nothing).await;
    let analyst = site.colleague(Role::Analyst).await;
    for kind in ["raw", "cleaned", "both"] {
        for format in ["csv", "csv-excel"] {
            let csv = analyst.get(&file(kind, format, "")).await;
            assert!(csv.body.contains("3100"), "{kind} {format}");
            for text in personal
                .into_iter()
                .chain(["interview_name", "Vårdcentralen rural"])
            {
                assert!(!csv.body.contains(text), "{text} in {kind} {format}");
            }
        }
    }
}

async fn a_pilot_is_never_mixed_with_the_survey(site: Site) {
    answered(&site).await;
    let pilot = Round {
        id: id(),
        key: "2022-pilot".to_owned(),
        instrument_key: "vardcentralschefer-2022".to_owned(),
        instrument_version: "1".to_owned(),
        opens_at: Timestamp::from_millis(OPENS),
        closes_at: Timestamp::from_millis(CLOSES),
        pilot: true,
    };
    let new = NewRound {
        round: pilot.clone(),
        instrument_source: INSTRUMENT.to_owned(),
    };
    site.database.create_round(&new).await.unwrap();
    let opens = Timestamp::from_millis(OPENS);
    site.database
        .open_cases(pilot.id, opens, &mut id)
        .await
        .unwrap();
    let links = site.database.links_of_round(pilot.id).await.unwrap();
    let chief = site.holder_of(links[0].link_id);
    chief.types("listed", "1111").await;
    chief.post("/skicka", &[]).await;
    clean(&site, "2022-pilot", nothing).await;

    let analyst = site.colleague(Role::Analyst).await;
    let real = analyst.get(&file("cleaned", "csv", "")).await;
    assert!(!real.body.contains("1111"));
    let path = file("cleaned", "csv", "").replace(DATA, "/admin/data/2022-pilot");
    let rehearsed = analyst.get(&path).await;
    assert_eq!(rows(&rehearsed).len(), 1);
    assert!(rehearsed.header("content-disposition").contains("_pilot_"));
    assert!(
        analyst
            .get("/admin/data/2022-pilot")
            .await
            .says("Den här omgången är en pilot")
    );
}

async fn a_browser_that_takes_files_compressed_gets_them_whole(site: Site) {
    answered(&site).await;
    let analyst = site.colleague(Role::Analyst).await;
    let path = file("both", "csv", CUT);
    let packed = analyst.download_packed(&path).await;
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &*packed, &mut unpacked).unwrap();
    assert!(unpacked == analyst.download(&path).await.1);
}

async fn what_there_is_not_is_not_given(site: Site) {
    answered(&site).await;
    let analyst = site.colleague(Role::Analyst).await;
    for path in [
        file("secrets", "csv", CUT),
        file("raw", "pdf", CUT),
        file("raw", "csv", "g%C3%A5rdagen"),
        file("raw", "csv", "2099-01-01T00:00"),
        format!("{DATA}/kodbok/fil?format=xlsx"),
    ] {
        assert_eq!(analyst.get(&path).await.status, 400, "{path}");
    }
    for path in [
        "/admin/data/2021",
        "/admin/data/2021/fil?innehall=raw&format=csv",
    ] {
        assert_eq!(analyst.get(path).await.status, 404, "{path}");
    }
    let page = analyst.get(&format!("{DATA}?snitt=2099-01-01T00:00")).await;
    assert_eq!(page.status, 422);
    assert!(page.says("Välj en tidpunkt som redan har varit"));
    let page = analyst.get(&format!("{DATA}?snitt=x")).await;
    assert_eq!(page.status, 422);
    assert!(page.says("Skriv en tidpunkt med datum och klockslag"));
    let downloads = AuditFilter {
        action: Some("data.downloaded".to_owned()),
        ..AuditFilter::default()
    };
    assert_eq!(
        site.database
            .audit_log(&downloads, 0, 9)
            .await
            .unwrap()
            .total,
        0
    );
}

async fn a_page_shows_what_a_cut_holds_and_asks_for_that_very_cut(site: Site) {
    answered(&site).await;
    site.set_clock(NOW + 31_250);
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(DATA).await;
    assert_eq!(page.status, 200);
    assert!(page.says("2 hos 2 enheter"), "{}", page.text());
    assert!(page.body.contains("value=\"2022-03-10T14:32:31\""));
    // Before anything was cleaned.
    let earlier = analyst.get(&format!("{DATA}?snitt=2022-03-10T14:30")).await;
    assert!(earlier.says("2 svar har skickats in men är inte rättade än"));
    assert!(earlier.says("Visa nuläget"));
    let earlier = analyst.get(&format!("{DATA}?snitt=2022-03-10T14:29")).await;
    assert!(earlier.says("Det finns inga svar att hämta vid den här tidpunkten"));
}

async fn the_codebook_is_a_page_and_a_file_in_both_languages(site: Site) {
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(&format!("{DATA}/kodbok")).await;
    assert_eq!(page.status, 200);
    for text in [
        "register_municipality_type",
        "physiotherapist_fte",
        "awaiting_decision",
        "Rekonstruerad ur rapporten",
    ] {
        assert!(page.says(text), "{text}");
    }
    assert!(!page.says("interview_email"));
    let english = analyst.get(&format!("{DATA}/kodbok?sprak=en")).await;
    assert!(english.says("Rebuilt from the report"));
    let csv = analyst.get(&format!("{DATA}/kodbok/fil?format=csv")).await;
    assert!(
        csv.body
            .starts_with("variable,question_number,section_sv,section_en,")
    );
    assert_eq!(
        csv.header("content-disposition"),
        "attachment; filename=\"vardcentralschefer-2022_2022_kodbok_v1.csv\""
    );
}

async fn many_units_come_in_one_file_and_in_the_order_of_their_keys(site: Site) {
    // More than are read at a time.
    let unit = |number: u32| NewUnit {
        unit: Unit {
            id: id(),
            // Å before Ö by bytes, and in no order of any language before a.
            key: format!("{}-{number}", ["ö", "å", "Z", "a"][number as usize % 4]),
            ..site_unit()
        },
        contacts: Vec::new(),
    };
    let units: Vec<NewUnit> = (0..210).map(unit).collect();
    site.database.insert_register(&units).await.unwrap();
    let round = site.database.round("2022").await.unwrap().unwrap();
    let opens = Timestamp::from_millis(OPENS);
    site.database
        .open_cases(round.id, opens, &mut id)
        .await
        .unwrap();
    for link in site.database.links_of_round(round.id).await.unwrap() {
        site.holder_of(link.link_id).post("/skicka", &[]).await;
    }
    clean(&site, "2022", nothing).await;
    let analyst = site.colleague(Role::Analyst).await;
    let rows = rows(&analyst.get(&file("cleaned", "csv", "")).await);
    let keys: Vec<&String> = rows.iter().map(|row| &row["id"]).collect();
    assert_eq!(keys.len(), 213);
    assert!(keys.is_sorted());
}

fn site_unit() -> Unit {
    Unit {
        id: id(),
        key: String::new(),
        name: "Vårdcentralen".to_owned(),
        address: String::new(),
        postal_code: String::new(),
        city: String::new(),
        region: "Region Exempel".to_owned(),
        ownership: None,
        classes: BTreeMap::new(),
    }
}

#[test]
fn every_disposition_is_explained_in_the_codebook() {
    let words = dataset::export::Words::load().unwrap();
    let codebook = dataset::export::Codebook::of(&chiefs(), &words);
    let entry = codebook
        .entries
        .iter()
        .find(|entry| entry.name == "disposition")
        .unwrap();
    for code in DispositionCode::ALL {
        let explained = entry.values.iter().any(|value| {
            value.key == code.name() && !value.label.get(Language::Swedish).is_empty()
        });
        assert!(explained, "{code:?}");
    }
}
