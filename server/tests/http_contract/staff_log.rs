//! Whatever staff does leaves a line in the log, and the log tells of it in words.

use app::staff::Role;

use crate::colleague::Colleague;
use crate::page::{Answered, between};
use crate::site::{Site, Typed};

on_both_databases!(everything_that_staff_does_leaves_a_line_in_words);
on_sqlite!(what_was_refused_leaves_no_line);

const FILES: &str = "/admin/register/import";
const UNIT: &str = "/admin/register/enheter/ordinary";
const ROUND: &str = "/admin/omgangar/var";
const LINKS: &str = "/admin/uppfoljning/2022/regionlankar";
const MULTIPART: &str = "multipart/form-data; boundary=x";

fn multipart(field: &str, value: &str, file: &str) -> String {
    format!(
        "--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"fil.csv\"\r\n\r\n{file}\r\n--x--\r\n"
    )
}

/// The rows of the log's table, cell by cell.
async fn log(boss: &Colleague<'_>) -> Vec<Vec<String>> {
    let page = boss.get("/admin/logg").await;
    let body = between(&page.body, "<tbody>", "</tbody>").to_owned();
    body.split("<tr>")
        .skip(1)
        .map(|row| {
            row.split("<t")
                .skip(1)
                .map(|cell| between(cell, ">", "</t").to_owned())
                .collect()
        })
        .collect()
}

/// Somebody does something, and another reads of it in the log's newest line.
struct Watched<'s> {
    boss: Colleague<'s>,
    other: Colleague<'s>,
}

impl Watched<'_> {
    async fn tells(&self, answered: &Answered, said: &str) {
        assert!(
            [200, 303].contains(&answered.status),
            "{said}: {} {}",
            answered.status,
            answered.text()
        );
        let newest = log(&self.other).await.swap_remove(0);
        assert_eq!(newest[2], said, "{newest:?}");
        assert_eq!(newest[1], self.boss.email, "{said}");
        assert!(!newest[3].is_empty(), "{said} tells what it is about");
        // A key that has no words, an identity, or a time in milliseconds.
        for cell in &newest {
            let bare = cell.split([' ', ',']).any(|word| {
                word.contains('_') || word.len() == 36 && word.matches('-').count() == 4
            });
            let name = ["<", "example.se", ".csv", ".xlsx"]
                .iter()
                .any(|known| cell.contains(known));
            assert!(!bare || name, "{said}: {cell}");
            assert!(!cell.contains("164") || !cell.contains("00000"), "{cell}");
        }
        self.boss.site.wait();
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one walk through all that staff do, in the order they do it"
)]
async fn everything_that_staff_does_leaves_a_line_in_words(site: Site) {
    let watched = Watched {
        boss: site.colleague(Role::Administrator).await,
        other: site.colleague(Role::Administrator).await,
    };
    let boss = &watched.boss;
    site.wait();

    let ada = [
        ("name", "Ada Ås"),
        ("email", "ada@example.se"),
        ("role", "reader"),
    ];
    watched
        .tells(&boss.post("/admin/konton", &ada).await, "Lade till konto")
        .await;
    let all = site.database.staff().await.unwrap();
    let ada = all.iter().find(|one| one.email == "ada@example.se");
    let account = format!("/admin/konton/{}", ada.unwrap().id);
    for (path, fields, said) in [
        ("roll", vec![("role", "analyst")], "Ändrade roll"),
        ("aterstall", vec![], "Återställde inloggning"),
        ("avsluta", vec![], "Avslutade konto"),
    ] {
        let done = boss.post(&format!("{account}/{path}"), &fields).await;
        watched.tells(&done, said).await;
    }

    let sent = boss
        .post_body(
            FILES,
            MULTIPART,
            multipart(
                "sender",
                "Region Stockholm",
                "Enhet;Ort\nÅsens vårdcentral;Åsen\n",
            ),
        )
        .await;
    watched.tells(&sent, "Skickade in en fil").await;
    let file = sent.leads_to().to_owned();
    let columns = [("k0", "name"), ("k1", "city"), ("rubrik", "1")];
    watched
        .tells(&boss.post(&file, &columns).await, "Valde kolumner i en fil")
        .await;
    let gone = boss.post(&format!("{file}/slang"), &[]).await;
    watched.tells(&gone, "Slängde en fil som väntade").await;
    let classes = multipart(
        "kind",
        "municipality_type",
        "Kommun;Typ\n0180;metropolitan\n",
    );
    let loaded = boss
        .post_body("/admin/register/klasser", MULTIPART, classes)
        .await;
    watched.tells(&loaded, "Läste in en klassfil").await;

    let edited = [
        ("name", "Nya namnet"),
        ("region", "Region Exempel"),
        ("ownership", "private"),
    ];
    let done = boss.post(&format!("{UNIT}/redigera"), &edited).await;
    watched.tells(&done, "Ändrade en enhet").await;
    let chief = [("name", "Bo Ek"), ("email", "bo@example.se")];
    let done = boss.post(&format!("{UNIT}/person/chief"), &chief).await;
    watched.tells(&done, "Bytte mottagare").await;
    let sheet = site.database.unit_sheet("ordinary").await.unwrap().unwrap();
    let case = sheet.cases[0].id.to_string();
    let (code, note) = (format!("kod-{case}"), format!("not-{case}"));
    let refused = [
        ("case", case.as_str()),
        (&code, "refused"),
        (&note, "Ringde"),
    ];
    let done = boss.post(&format!("{UNIT}/utfall"), &refused).await;
    watched
        .tells(&done, "Bestämde vad en enhet räknas som")
        .await;

    let round = [
        ("nyckel", "var"),
        ("enkat", "vardcentralschefer-2022"),
        ("oppnar", "2022-03-10"),
        ("sista", "2022-05-31"),
        ("slag", ""),
        ("urval", ""),
        ("avsandare", "Enkätgruppen"),
        ("adress", "enkat@example.se"),
    ];
    watched
        .tells(
            &boss.post("/admin/omgangar", &round).await,
            "Skapade omgång",
        )
        .await;
    let mailing = format!("{ROUND}/utskick");
    let days = ["10", "17", "24", "30", "31"].map(|day| format!("2022-03-{day}T09:00"));
    let dates: Vec<(String, &str)> = (0..)
        .map(|n: u8| format!("m{n}"))
        .zip(days.each_ref().map(String::as_str))
        .collect();
    let dates: Vec<(&str, &str)> = dates
        .iter()
        .map(|(name, day)| (name.as_str(), *day))
        .collect();
    watched
        .tells(&boss.post(&mailing, &dates).await, "Planerade utskick")
        .await;
    let letter = [
        ("amne-sv", "Till {enhet}"),
        ("text-sv", "Svara:\n\n{länk}"),
        ("amne-en", "Your answer"),
        ("text-en", "Answer:\n\n{link}"),
    ];
    let invitation = format!("{mailing}/0");
    watched
        .tells(&boss.post(&invitation, &letter).await, "Skrev brev")
        .await;
    let test = boss
        .post(&format!("{invitation}/prov"), &[("provsprak", "sv")])
        .await;
    watched.tells(&test, "Skickade ett provbrev").await;
    let plan = boss.get(&format!("{invitation}/plan.csv")).await;
    watched.tells(&plan, "Laddade ned plan för utskick").await;
    for (paused, said) in [("1", "Pausade utskick"), ("0", "Fortsatte utskick")] {
        let done = boss
            .post(&format!("{mailing}/paus"), &[("paus", paused)])
            .await;
        watched.tells(&done, said).await;
    }
    let queued = boss.post(&format!("{invitation}/skicka"), &[]).await;
    watched.tells(&queued, "Ställde utskick i kö").await;
    site.wait();
    watched
        .tells(
            &boss.post(&format!("{ROUND}/stang"), &[]).await,
            "Ändrade omgång",
        )
        .await;

    let made = boss.post(LINKS, &[("region", "Region Exempel")]).await;
    watched.tells(&made, "Skapade länk till region").await;
    let links = boss.get(LINKS).await;
    let link = between(&links.body, "/regionlankar/", "/aterkalla").to_owned();
    let revoked = boss.post(&format!("{LINKS}/{link}/aterkalla"), &[]).await;
    watched
        .tells(&revoked, "Återkallade länk till region")
        .await;
    let file = "/admin/tabeller/2022/response_rate_by_region.csv";
    let table = boss.get(file).await;
    watched.tells(&table, "Hämtade tabell").await;

    let told = [
        ("kind", "other"),
        ("name", ""),
        ("email", ""),
        ("note", "Hej"),
    ];
    site.neighbour().post("/fel-mottagare", &told).await;
    let reports = boss.get("/admin/rapporter").await;
    let report = reports
        .links()
        .into_iter()
        .find(|link| link.starts_with("/admin/rapporter/"))
        .unwrap();
    let done = boss
        .post(&format!("{report}/avsluta"), &[("note", "Ringde")])
        .await;
    watched
        .tells(&done, "Avslutade en rapport utan åtgärd")
        .await;
    watched
        .tells(&boss.post("/admin/logga-ut", &[]).await, "Loggade ut")
        .await;
}

async fn what_was_refused_leaves_no_line(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    site.chief().autosave(&[Typed::new("listed", "8500")]).await;
    let before = log(&boss).await;

    boss.post("/admin/konton", &[("name", "Ada")]).await;
    boss.post(&format!("{UNIT}/redigera"), &[("name", "")])
        .await;
    boss.post("/admin/omgangar", &[("nyckel", "")]).await;

    assert_eq!(log(&boss).await, before);
}
