//! Who has answered: what the follow-up shows, where its numbers lead, and what leaves it as files.

use app::staff::Role;
use server::demo::register::{self, DemoUnit};
use server::storage::{
    Actor, AuditFilter, DispositionCode, NewRound, NewSubmission, NewUnit, Receipt, RevisionNumber,
    Round, StoredText, Timestamp, Unit,
};
use uuid::Uuid;

use crate::colleague::Colleague;
use crate::page::{Answered, between};
use crate::site::{CLOSES, NOW, OPENS, Site, Typed};

on_sqlite!(
    the_published_tables_come_out_exactly,
    each_number_leads_to_as_many_units_as_it_says,
    a_group_is_followed_over_time_beside_the_whole,
    a_rate_is_named_and_may_be_counted_in_other_ways,
    a_pilot_is_marked_and_never_shown_first,
    the_units_behind_a_number_tell_no_answers,
    what_is_no_round_slice_or_group_is_not_found,
    a_reader_sees_tables_and_downloads_none,
);

/// Tabell 7: the percentages of 2022.
const REGIONS: [(&str, u64); 21] = [
    ("Region Kronoberg", 34),
    ("Region Dalarna", 43),
    ("Region Västmanland", 46),
    ("Region Kalmar", 49),
    ("Region Västerbotten", 58),
    ("Västra Götalandsregionen", 60),
    ("Region Jönköping", 60),
    ("Region Norrbotten", 62),
    ("Region Sörmland", 62),
    ("Region Jämtland Härjedalen", 64),
    ("Region Västernorrland", 65),
    ("Region Gävleborg", 65),
    ("Region Örebro", 66),
    ("Region Blekinge", 67),
    ("Region Gotland", 67),
    ("Region Stockholm", 68),
    ("Region Östergötland", 69),
    ("Region Uppsala", 69),
    ("Region Halland", 71),
    ("Region Skåne", 73),
    ("Region Värmland", 86),
];
/// Tabell 8.
const MUNICIPALITIES: [(&str, [u64; 4]); 7] = [
    ("Mycket glesa landsbygdskommuner", [11, 9, 20, 55]),
    ("Glesa landsbygdskommuner", [88, 35, 123, 72]),
    ("Tätortsnära landsbygdskommuner", [104, 49, 153, 68]),
    ("Glesa blandade kommuner", [60, 30, 90, 67]),
    ("Täta blandade kommuner", [272, 174, 446, 61]),
    ("Storstadskommuner", [223, 128, 351, 64]),
    ("Totalsumma", [758, 425, 1183, 64]),
];
/// Tabell 9.
const AREAS: [(&str, [u64; 4]); 6] = [
    ("1", [41, 34, 75, 55]),
    ("2", [94, 47, 141, 67]),
    ("3", [228, 134, 362, 63]),
    ("4", [348, 186, 534, 65]),
    ("5", [47, 24, 71, 66]),
    ("Totalsumma", [758, 425, 1183, 64]),
];
const SURVEY: &str = "total-2022";
const INSTRUMENT: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");

fn id() -> Uuid {
    Uuid::now_v7()
}

fn new_unit(unit: &DemoUnit) -> NewUnit {
    let class = |field: &str, value: &str| (field.to_owned(), value.to_owned());
    NewUnit {
        unit: Unit {
            id: id(),
            key: unit.key.clone(),
            name: unit.name.clone(),
            address: unit.street.clone(),
            postal_code: unit.postal_code.clone(),
            city: unit.city.clone(),
            region: unit.region.name.to_owned(),
            ownership: Some(unit.ownership.key().to_owned()),
            classes: [
                class("municipality_type", unit.municipality_type.key()),
                class("area_type", unit.area_type.key()),
                class("listed", &unit.listed.to_string()),
            ]
            .into(),
        },
        contacts: Vec::new(),
    }
}

async fn new_round(site: &Site, key: &str, pilot: bool) -> Round {
    let round = Round {
        id: id(),
        key: key.to_owned(),
        instrument_key: "vardcentralschefer-2022".to_owned(),
        instrument_version: "1".to_owned(),
        opens_at: Timestamp::from_millis(OPENS + i64::from(pilot)),
        closes_at: Timestamp::from_millis(CLOSES),
        pilot,
    };
    let new = NewRound {
        round: round.clone(),
        instrument_source: INSTRUMENT.to_owned(),
    };
    site.database.create_round(&new).await.unwrap();
    site.database
        .open_cases(round.id, Timestamp::from_millis(OPENS), &mut id)
        .await
        .unwrap();
    round
}

/// The 1 183 centres of the published survey, of which 758 have answered. The site's own three are branch offices.
async fn total_survey(site: &Site) -> Round {
    let units = register::register();
    let new: Vec<NewUnit> = units.iter().map(new_unit).collect();
    site.database.insert_register(&new).await.unwrap();
    let round = new_round(site, SURVEY, false).await;
    let links = site.database.links_of_round(round.id).await.unwrap();
    for (number, link) in (0_u32..).zip(links) {
        let Some(unit) = units.iter().find(|unit| unit.key == link.unit_key) else {
            let case = site
                .database
                .load_case(link.link_id)
                .await
                .unwrap()
                .unwrap();
            let now = Timestamp::from_millis(NOW);
            site.database
                .set_disposition(
                    case.case.id,
                    DispositionCode::BranchOffice,
                    &StoredText::new("").unwrap(),
                    &Actor::CommandLine,
                    now,
                    &mut id,
                )
                .await
                .unwrap();
            continue;
        };
        if unit.answered {
            let [a, b, c, d] = number.to_be_bytes();
            let new = NewSubmission {
                id: id(),
                receipt: Receipt::from_random([7, a, b, c, d]),
                as_of: RevisionNumber::BLANK,
                snapshot: "{}".to_owned(),
                personal: "{}".to_owned(),
            };
            let at = Timestamp::from_millis(OPENS + i64::from(number) * 600_000);
            site.database.submit(link.link_id, new, at).await.unwrap();
        }
    }
    round
}

/// A table's rows by its caption, each cell as it is read.
fn rows(page: &Answered, caption: &str) -> Vec<Vec<String>> {
    let from = format!("<caption class=\"vh\">{caption}</caption>");
    let table = between(&page.body, &from, "</table>");
    assert!(!table.is_empty(), "no table {caption}");
    let (_, body) = table.split_once("</thead>").unwrap();
    body.split("<tr")
        .skip(1)
        .map(|row| {
            row.split("<t")
                .skip(1)
                .filter(|cell| cell.starts_with("h ") || cell.starts_with("d "))
                .map(plain)
                .collect()
        })
        .collect()
}

/// Of a cell from its own attributes on.
fn plain(cell: &str) -> String {
    let mut text = String::new();
    let mut rest = cell.split_once('>').map_or("", |(_, rest)| rest);
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.replace('\u{a0}', " ").trim().to_owned()
}

fn written([answered, not_answered, total, percent]: [u64; 4]) -> Vec<String> {
    let thousands = |n: u64| {
        if n < 1000 {
            n.to_string()
        } else {
            format!("{} {:03}", n / 1000, n % 1000)
        }
    };
    let mut cells = [answered, not_answered, total].map(thousands).to_vec();
    cells.push(format!("{percent} %"));
    cells
}

async fn the_published_tables_come_out_exactly(site: Site) {
    total_survey(&site).await;
    let analyst = site.colleague(Role::Analyst).await;

    for path in [
        format!("/admin/uppfoljning/{SURVEY}"),
        format!("/admin/tabeller/{SURVEY}"),
    ] {
        let page = analyst.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let municipalities = rows(&page, "Svarsfrekvens per kommuntyp");
        assert_eq!(municipalities.len(), MUNICIPALITIES.len());
        for (row, (name, numbers)) in municipalities.iter().zip(MUNICIPALITIES) {
            assert_eq!(row[0], name);
            assert_eq!(row[1..], written(numbers), "{name}");
        }
        let areas = rows(&page, "Svarsfrekvens per områdestyp");
        assert_eq!(areas.len(), AREAS.len());
        for (row, (name, numbers)) in areas.iter().zip(AREAS) {
            assert_eq!(row[1..], written(numbers), "{name}");
        }
        let regions = rows(&page, "Svarsfrekvens per region");
        assert_eq!(regions.len(), REGIONS.len() + 1);
        for (name, percent) in REGIONS {
            let row = regions.iter().find(|row| row[0] == name).unwrap();
            assert_eq!(row[4], format!("{percent} %"), "{name}");
        }
        assert_eq!(regions.last().unwrap()[1..], written([758, 425, 1183, 64]));
    }

    let path = format!("/admin/tabeller/{SURVEY}");
    let csv = analyst
        .get(&format!("{path}/response_rate_by_municipality_type.csv"))
        .await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let mut expected = vec!["group,answered,not_answered,total,response_rate_pct\n".to_owned()];
    expected.extend(
        MUNICIPALITIES
            .iter()
            .map(|(name, [a, n, t, p])| format!("{name},{a},{n},{t},{p}\n")),
    );
    assert_eq!(csv.body, expected.concat());
    let downloads = AuditFilter {
        action: Some("tables.downloaded".to_owned()),
        ..AuditFilter::default()
    };
    let log = site.database.audit_log(&downloads, 0, 9).await.unwrap();
    assert_eq!(log.total, 1);
    assert_eq!(log.entries[0].actor, analyst.email);
    assert_eq!(log.entries[0].subject, SURVEY);
    assert!(log.entries[0].detail.contains("municipality_type"));
}

async fn each_number_leads_to_as_many_units_as_it_says(site: Site) {
    total_survey(&site).await;
    let reader = site.colleague(Role::Reader).await;

    let dashboard = format!("/admin/uppfoljning/{SURVEY}");
    // Three for each of 21 regions, six kommuntyper, five områdestyper and two driftsformer, and their totals.
    let least = 3 * (21 + 6 + 5 + 2 + 4);
    assert!(follow(&reader, &dashboard).await > least);
    assert!(follow(&reader, &format!("/admin/tabeller/{SURVEY}")).await >= least);
    let one = format!("{dashboard}/grupp?dimension=region&grupp=Region%20Kronoberg");
    assert!(follow(&reader, &one).await > 10);
}

/// Goes where each number of units on a page leads, and tells how many there were.
async fn follow(reader: &Colleague<'_>, page: &str) -> usize {
    let page = reader.get(page).await;
    assert_eq!(page.status, 200);
    let mut followed = 0;
    for link in page.body.split("<a href=\"").skip(1) {
        let (path, rest) = link.split_once('"').unwrap();
        if !path.contains("/enheter?") {
            continue;
        }
        let shown = between(rest, ">", "<").replace('\u{a0}', "");
        let n: u64 = shown
            .parse()
            .unwrap_or_else(|_| panic!("{path} says {shown}"));
        let behind = reader.get(&path.replace("&amp;", "&")).await;
        assert_eq!(behind.status, 200, "{path}");
        let caption = between(&behind.body, "<caption>", "</caption>").replace('\u{a0}', "");
        let expected = if n == 1 {
            "1 enhet".to_owned()
        } else {
            format!("{n} enheter")
        };
        assert_eq!(caption, expected, "{path}");
        followed += 1;
    }
    followed
}

async fn a_group_is_followed_over_time_beside_the_whole(site: Site) {
    total_survey(&site).await;
    let reader = site.colleague(Role::Reader).await;
    let page = reader
        .get(&format!("/admin/uppfoljning/{SURVEY}?matt=rr2"))
        .await;

    for (dimension, name, percent) in [
        ("region", "Region Kronoberg", 34),
        ("municipality_type", "Glesa landsbygdskommuner", 72),
        ("area_type", "Områdestyp 1", 55),
        ("ownership", "Privat", 0),
    ] {
        let way = format!("/grupp?dimension={dimension}&amp;");
        let link = page
            .body
            .split("<a href=\"")
            .skip(1)
            .filter_map(|link| link.split_once("\">"))
            .find(|(path, text)| path.contains(&way) && text.starts_with(name));
        let path = link.unwrap_or_else(|| panic!("no way to {name}")).0;
        let group = reader.get(&path.replace("&amp;", "&")).await;

        assert_eq!(group.status, 200, "{path}");
        assert!(group.says(&format!(": uppföljning av {SURVEY}")), "{name}");
        assert!(group.body.contains(&format!("<h1>{name}")), "{name}");
        if percent > 0 {
            assert!(
                group.says(&format!("Svarsfrekvens: {percent}\u{a0}%")),
                "{name}"
            );
        }
        assert!(group.says("Alla tillsammans: 64\u{a0}%"), "{name}");
        // The way to count that was chosen comes along.
        assert!(group.says("RR2: "), "{name}");
        for line in ["class=\"path\"", "class=\"whole\""] {
            assert_eq!(group.body.matches(line).count(), 1, "{name}: {line}");
        }
        assert!(group.says("Den tunna linjen visar alla tillsammans."));
    }
}

async fn a_rate_is_named_and_may_be_counted_in_other_ways(site: Site) {
    let reader = site.colleague(Role::Reader).await;
    let own = reader.get("/admin/uppfoljning/2022").await;
    assert!(own.says("Som i rapporten: Inskickade svar av alla"));

    let other = reader.get("/admin/uppfoljning/2022?matt=rr6").await;
    assert!(other.says("RR6: Inskickade och delvis besvarade av dem som säkert är aktuella"));
    assert!(other.says("(I + P) / ((I + P) + (R + NC + O))"));
    assert!(other.says("Svarsfrekvens (RR6)"));

    let none = reader.get("/admin/uppfoljning/2022?matt=x").await;
    assert!(none.says("Som i rapporten: Inskickade svar av alla"));
}

async fn a_pilot_is_marked_and_never_shown_first(site: Site) {
    new_round(&site, "2022-pilot", true).await;
    let reader = site.colleague(Role::Reader).await;
    for (path, to) in [
        ("/admin", "/admin/uppfoljning/2022"),
        ("/admin/uppfoljning", "/admin/uppfoljning/2022"),
        ("/admin/tabeller", "/admin/tabeller/2022"),
    ] {
        assert_eq!(reader.get(path).await.leads_to(), to);
        let pilot = reader.get(&format!("{to}-pilot")).await;
        assert!(pilot.says("Den här omgången är en pilot"), "{to}");
        let real = reader.get(to).await;
        assert!(!real.says("Den här omgången är en pilot"), "{to}");
        assert!(real.links().contains(&format!("{to}-pilot")), "{to}");
    }
}

async fn the_units_behind_a_number_tell_no_answers(site: Site) {
    let chief = site.chief();
    chief.autosave(&[Typed::new("listed", "8517")]).await;
    let reader = site.colleague(Role::Reader).await;

    let page = reader
        .get("/admin/uppfoljning/2022/enheter?dimension=region&grupp=Region%20Exempel&urval=reached.started")
        .await;

    assert!(page.says("Har börjat svara: Region Exempel"));
    assert!(page.says("1 enhet"));
    let unit = "/admin/register/enheter/ordinary".to_owned();
    assert!(page.links().contains(&unit));
    assert!(!page.body.contains("8517"));
    assert!(!page.body.contains(&chief.token));
}

async fn what_is_no_round_slice_or_group_is_not_found(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    for path in [
        "/admin/uppfoljning/1999",
        "/admin/uppfoljning/1999/enheter",
        "/admin/uppfoljning/1999/regionlankar",
        "/admin/uppfoljning/2022/enheter?urval=everything",
        "/admin/uppfoljning/2022/enheter?urval=stopped_at.%00",
        "/admin/uppfoljning/2022/enheter?dimension=shoe_size&grupp=43",
        "/admin/uppfoljning/1999/grupp?dimension=region&grupp=Norr",
        "/admin/uppfoljning/2022/grupp",
        "/admin/uppfoljning/2022/grupp?dimension=shoe_size&grupp=43",
        "/admin/uppfoljning/2022/grupp?dimension=region&grupp=%00",
        "/admin/tabeller/1999",
        "/admin/tabeller/2022/secrets.csv",
    ] {
        assert_eq!(boss.get(path).await.status, 404, "{path}");
    }
    // A group that nobody belongs to is no mistake.
    let empty = boss
        .get("/admin/uppfoljning/2022/enheter?dimension=region&grupp=Norr&sida=999")
        .await;
    assert_eq!(empty.status, 200);
    assert!(empty.says("Ingen enhet räknas här"));
    let empty = boss
        .get("/admin/uppfoljning/2022/grupp?dimension=region&grupp=Norr")
        .await;
    assert_eq!(empty.status, 200);
    assert!(empty.says("Ingen har svarat än."));
}

async fn a_reader_sees_tables_and_downloads_none(site: Site) {
    let file = "/admin/tabeller/2022/response_rate_by_region.csv";
    let reader = site.colleague(Role::Reader).await;
    let page = reader.get("/admin/tabeller/2022").await;
    assert_eq!(page.status, 200);
    assert!(!page.links().contains(&file.to_owned()));
    assert_eq!(reader.get(file).await.status, 403);

    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get("/admin/tabeller/2022").await;
    assert!(page.links().contains(&file.to_owned()));
    let got = analyst.get(file).await;
    assert_eq!(
        got.header("content-disposition"),
        "attachment; filename=\"response_rate_by_region.csv\""
    );
}
