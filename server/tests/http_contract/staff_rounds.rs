//! Rounds and mailings, on the pages of those who run the survey.

use app::staff::Role;
use server::clock::Chance;
use server::storage::register::{ContactKind, Successor};
use server::storage::{Actor, StoredText, Timestamp};

use crate::colleague::Colleague;
use crate::page::Answered;
use crate::site::{MINUTE, NOW, Site};

on_both_databases!(
    a_round_is_made_and_its_invitation_sent_to_those_who_may_get_it,
    chiefs_who_submit_get_one_receipt_for_each_submission,
    mailings_are_moved_but_never_out_of_order,
);
on_sqlite!(
    what_is_wrong_with_a_new_round_is_told_at_its_field,
    a_selection_decides_who_is_asked,
    a_text_with_faults_is_told_where_they_stand_and_not_saved,
    a_letter_is_previewed_for_any_unit_and_nothing_is_saved,
    a_test_goes_to_whoever_asks_and_is_marked,
    a_pilot_says_so_on_every_page_and_in_every_subject,
    a_dry_run_counts_and_lists_and_sends_nothing,
    a_pause_holds_what_is_queued,
    a_round_is_closed_and_opened_again_by_a_later_last_day,
    a_round_that_has_opened_keeps_its_opening,
    a_reader_looks_but_changes_nothing,
    what_is_no_round_or_mailing_is_not_found,
);

const DAY: i64 = 24 * 60 * MINUTE;
const ROUNDS: &str = "/admin/omgangar";
const HERE: &str = "/admin/omgangar/var";
const MAILINGS: &str = "/admin/omgangar/var/utskick";
const INVITATION: &str = "/admin/omgangar/var/utskick/0";

/// A round that opened this morning, at 00:00.
const ROUND: [(&str, &str); 8] = [
    ("nyckel", "var"),
    ("enkat", "vardcentralschefer-2022"),
    ("oppnar", "2022-03-10"),
    ("sista", "2022-05-31"),
    ("slag", ""),
    ("urval", ""),
    ("avsandare", "Enkätgruppen"),
    ("adress", "enkat@example.se"),
];

fn but<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    ROUND
        .into_iter()
        .map(|(name, value)| {
            let other = changes.iter().find(|(field, _)| *field == name);
            other.copied().unwrap_or((name, value))
        })
        .collect()
}

impl Site {
    /// Gives the unit a chief.
    async fn has_chief(&self, unit: &str, email: &str) {
        let now = Timestamp::from_millis(NOW - DAY);
        let successor = Successor {
            name: StoredText::new("Kim Ek").unwrap(),
            email: StoredText::new(email).unwrap(),
        };
        let mut new_id = || Chance.id(now).unwrap();
        self.database
            .succeed(
                unit,
                ContactKind::Chief,
                Some(&successor),
                &Actor::CommandLine,
                now,
                &mut new_id,
            )
            .await
            .unwrap();
    }
}

impl Colleague<'_> {
    async fn makes(&self, changes: &[(&str, &str)]) -> Answered {
        self.post(ROUNDS, &but(changes)).await
    }

    /// The address in the last letter to somebody, as far as it names who it is for.
    async fn link_in_letter_to(&self, email: &str) -> String {
        let (letters, _) = self.site.database.mailbox(email, 0, 1).await.unwrap();
        let path = format!("/admin/brevlada/{}", letters[0].id);
        let letter = self.get(&path).await;
        assert_eq!(letter.status, 200);
        letter
            .links()
            .into_iter()
            .find_map(|link| Some(link.split_once("/svara/")?.1.to_owned()))
            .unwrap()
    }
}

async fn a_round_is_made_and_its_invitation_sent_to_those_who_may_get_it(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    site.has_chief("ordinary", "ada@example.se").await;
    site.has_chief("rural", "bo@example.se").await;

    let made = boss.makes(&[]).await;
    assert_eq!(made.leads_to(), format!("{HERE}?gjort=skapad"));
    let page = boss.get(made.leads_to()).await;
    assert!(page.says("Omgången är skapad"));
    assert!(page.says("Enkätgruppen <enkat@example.se>"));
    assert!(boss.get(ROUNDS).await.says("31 maj 2022"));
    let mailings = boss.get(MAILINGS).await;
    assert!(mailings.says("Planerat 10 mars 2022 kl. 08:00"));
    assert!(mailings.says("Planerat 5 maj 2022 kl. 08:00"));

    let asked = boss.get(&format!("{INVITATION}/skicka")).await;
    assert!(asked.says("Skicka inbjudan nu till 2 mottagare?"));
    let sent = boss.post(&format!("{INVITATION}/skicka"), &[]).await;
    assert!(boss.get(sent.leads_to()).await.says("2 brev är i kö."));
    let again = boss.post(&format!("{INVITATION}/skicka"), &[]).await;
    assert!(boss.get(again.leads_to()).await.says("redan påbörjat"));
    site.mail_goes_out().await;

    let subject = |unit: &str| format!("Enkät till Vårdcentralen {unit}: svara senast 31 maj 2022");
    let expected = [("ada", "ordinary"), ("bo", "rural")]
        .map(|(who, unit)| (format!("{who}@example.se"), subject(unit)));
    assert_eq!(site.letters().await, expected);
    let letters = boss.get(&format!("{INVITATION}/brev?lage=sent")).await;
    assert!(letters.says("2 brev"));
    let one = letters
        .links()
        .into_iter()
        .find(|link| link.contains("/brev/"))
        .unwrap();
    assert!(boss.get(&one).await.says("Skickat"));
    let token = boss.link_in_letter_to("ada@example.se").await;
    let start = site.get(&format!("/svara/{token}")).await;
    assert!(start.says("Vårdcentralen ordinary"));
}

async fn chiefs_who_submit_get_one_receipt_for_each_submission(site: Site) {
    site.has_chief("ordinary", "ada@example.se").await;
    // A new chief has a new link.
    let links = site
        .database
        .links_of_round(site.database.round("2022").await.unwrap().unwrap().id)
        .await
        .unwrap();
    let link = links
        .iter()
        .find(|link| link.unit_key == "ordinary")
        .unwrap()
        .link_id;
    let chief = site.holder_of(link);
    chief.types("listed", "8500").await;
    chief.post("/skicka", &[]).await;
    chief.post("/skicka", &[]).await;
    site.mail_goes_out().await;
    assert_eq!(site.letters().await.len(), 1);

    site.wait();
    chief.post("/oppna", &[]).await;
    chief.types("listed", "8600").await;
    chief.post("/skicka", &[]).await;
    site.mail_goes_out().await;

    let letters = site.letters().await;
    let thanks = "Tack, vi har fått svaret från Vårdcentralen ordinary";
    let expected = ("ada@example.se".to_owned(), thanks.to_owned());
    assert_eq!(letters, [expected.clone(), expected]);
    let (boxed, _) = site.database.mailbox("ada", 0, 2).await.unwrap();
    let mut numbers = Vec::new();
    for letter in boxed {
        let letter = site.database.boxed_letter(letter.id).await.unwrap();
        let text = mail::read::text(&letter.unwrap().content).unwrap();
        let number = text.split_once("Kvittonumret är ").unwrap().1;
        numbers.push(number.split_once('.').unwrap().0.to_owned());
    }
    assert_ne!(numbers[0], numbers[1]);
    assert!(chief.get("/kvitto").await.says(&numbers[0]));
}

async fn mailings_are_moved_but_never_out_of_order(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    boss.makes(&[]).await;
    let dates = |second: &'static str| {
        [
            ("m0", "2022-03-10T08:00"),
            ("m1", "2022-03-24T08:00"),
            ("m2", second),
            ("m3", "2022-04-21T08:00"),
            ("m4", "2022-05-05T08:00"),
        ]
    };

    let early = boss.post(MAILINGS, &dates("2022-03-20T08:00")).await;
    assert_eq!(early.status, 422);
    assert!(early.says("Utskicket måste ligga efter det förra."));
    assert!(early.body.contains("2022-03-20T08:00"), "as typed");
    let nonsense = boss.post(MAILINGS, &dates("i april")).await;
    assert!(nonsense.says("Skriv dag och klockslag"));

    let moved = boss.post(MAILINGS, &dates("2022-04-08T09:30")).await;
    assert!(
        boss.get(moved.leads_to())
            .await
            .says("8 april 2022 kl. 09:30")
    );
    site.mail_goes_out().await;
    let mut late = dates("2022-04-08T09:30");
    late[4].1 = "2022-06-01T08:00";
    boss.post(MAILINGS, &late).await;
    let started = boss.get(MAILINGS).await;
    assert!(started.says("Påbörjat 10 mars 2022"));
    assert!(started.says("1 juni 2022 kl. 08:00, efter sista dagen: skickas inte"));
    assert!(!started.form().contains_key("m0"));
}

async fn what_is_wrong_with_a_new_round_is_told_at_its_field(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    for (changes, told) in [
        (&[("nyckel", "Vår 2022")][..], "Skriv en nyckel"),
        (&[("nyckel", "2022")], "Det finns redan en omgång"),
        (&[("oppnar", "i mars")], "Skriv ett datum"),
        (&[("sista", "2022-03-09")], "efter öppningsdagen"),
        (&[("adress", "enkät")], "Skriv en e-postadress"),
        (&[("enkat", "okand")], "Välj en annan"),
        (
            &[("urval", "register.area_typ == 1")],
            "Did you mean `register.area_type`?",
        ),
    ] {
        let page = boss.makes(changes).await;
        assert_eq!(page.status, 422, "{told}");
        assert!(page.title().starts_with("Fel: "), "{}", page.title());
        assert!(page.says(told), "{}", page.text());
    }
    assert_eq!(site.database.rounds().await.unwrap().len(), 1);
}

async fn a_selection_decides_who_is_asked(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    boss.makes(&[("urval", "register.area_type  ==  3")]).await;
    let round = site.database.round("var").await.unwrap().unwrap();
    let links = site.database.links_of_round(round.id).await.unwrap();
    let units: Vec<_> = links.iter().map(|link| link.unit_key.as_str()).collect();
    assert_eq!(units, ["rural"]);
    assert!(boss.get(HERE).await.says("register.area_type == 3"));
}

fn letter<'a>(subject: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("amne-sv", subject),
        ("text-sv", body),
        ("amne-en", "To {health_centre}"),
        ("text-en", "Please answer:\n\n{link}"),
    ]
}

async fn a_text_with_faults_is_told_where_they_stand_and_not_saved(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    boss.makes(&[]).await;
    let page = boss
        .post(
            INVITATION,
            &letter("Hej", "Hej!\r\n\r\nTill {vardcentral}."),
        )
        .await;
    assert_eq!(page.status, 422);
    let told = "Rad 3, tecken 6: Det finns inget fält som heter vardcentral. Menar du vårdcentral?";
    assert!(page.says(told), "{}", page.text());
    assert!(page.says("Länken saknas."));
    assert!(page.form()["text-sv"].contains("Till {vardcentral}."));
    let saved = boss.get(INVITATION).await;
    assert!(saved.form()["amne-sv"].contains("svara senast"));

    let done = boss
        .post(INVITATION, &letter("Hej {enhet}", "Svara:\n\n{länk}"))
        .await;
    let saved = boss.get(done.leads_to()).await;
    assert!(saved.says("Texterna är sparade."));
    assert_eq!(saved.form()["amne-sv"], "Hej {enhet}");
}

async fn a_letter_is_previewed_for_any_unit_and_nothing_is_saved(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    site.has_chief("rural", "bo@example.se").await;
    boss.makes(&[]).await;
    let mut form = letter("Hej {enhet}", "Svara före {sista_dag}:\n\n{länk}");
    form.extend([("gor", "visa"), ("enhet", "RUR"), ("sprak", "sv")]);
    let page = boss.post(INVITATION, &form).await;
    assert_eq!(page.status, 200);
    assert!(page.says("Så ser brevet ut för Vårdcentralen rural"));
    assert!(page.says("Hej Vårdcentralen rural"));
    assert!(page.says("Svara före 31 maj 2022:"));
    assert!(page.says("bo@example.se"));
    let token = page.body.split_once("/svara/").unwrap().1;
    let token: String = token
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    assert_eq!(site.get(&format!("/svara/{token}")).await.status, 404);

    form.retain(|(name, _)| *name != "enhet");
    form.push(("enhet", "finns inte"));
    let page = boss.post(INVITATION, &form).await;
    assert!(page.says("Ingen enhet i omgången passar ”finns inte”."));
    let saved = boss.get(INVITATION).await;
    assert!(saved.form()["amne-sv"].contains("svara senast"));
}

async fn a_test_goes_to_whoever_asks_and_is_marked(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    site.has_chief("ordinary", "ada@example.se").await;
    boss.makes(&[("oppnar", "2022-03-11")]).await;
    let asked = boss
        .post(&format!("{INVITATION}/prov"), &[("provsprak", "en")])
        .await;
    assert!(boss.get(asked.leads_to()).await.says(&boss.email));
    site.mail_goes_out().await;
    let letters = site.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].0, boss.email);
    assert!(letters[0].1.starts_with("[Test] "), "{}", letters[0].1);
    let token = boss.link_in_letter_to(&boss.email).await;
    assert_eq!(site.get(&format!("/svara/{token}")).await.status, 404);
}

async fn a_pilot_says_so_on_every_page_and_in_every_subject(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    site.has_chief("ordinary", "ada@example.se").await;
    boss.makes(&[("slag", "pilot")]).await;
    for page in ["", "/utskick", "/utskick/0", "/utskick/0/plan", "/stang"] {
        let page = boss.get(&format!("{HERE}{page}")).await;
        assert!(page.says("räknas aldrig in i resultatet"));
    }
    site.mail_goes_out().await;
    let letters = site.letters().await;
    assert!(
        letters[0].1.starts_with("[Pilot] Enkät till"),
        "{letters:?}"
    );
}

async fn a_dry_run_counts_and_lists_and_sends_nothing(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    site.has_chief("ordinary", "ada@example.se").await;
    boss.makes(&[]).await;
    let plan = boss.get(&format!("{INVITATION}/plan")).await;
    assert!(plan.says("ada@example.se"));
    assert!(plan.says("Ingen kontaktperson"));
    let without = boss
        .get(&format!("{INVITATION}/plan?utfall=no_contact"))
        .await;
    assert!(without.says("Vårdcentralen rural") && !without.says("ada@example.se"));
    let csv = boss.get(&format!("{INVITATION}/plan.csv")).await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert_eq!(
        csv.body,
        "unit,name,region,gets,recipient,reason\n\
         neighbour,Vårdcentralen neighbour,Region Exempel,no,,no_contact\n\
         ordinary,Vårdcentralen ordinary,Region Exempel,yes,ada@example.se,\n\
         rural,Vårdcentralen rural,Region Exempel,no,,no_contact\n"
    );
    let reminder = boss.get(&format!("{MAILINGS}/1/plan")).await;
    assert!(reminder.says("Har inte fått inbjudan"));
    let asked = boss.get(&format!("{MAILINGS}/1/skicka")).await;
    assert!(asked.says("Just nu finns ingen att skicka till."));
    assert!(site.letters().await.is_empty());
}

async fn a_pause_holds_what_is_queued(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    site.has_chief("ordinary", "ada@example.se").await;
    boss.makes(&[]).await;
    let pause = format!("{MAILINGS}/paus");
    let paused = boss.post(&pause, &[("paus", "1")]).await;
    assert!(boss.get(paused.leads_to()).await.says("pausade sedan"));
    site.mail_goes_out().await;
    assert!(site.letters().await.is_empty());
    boss.post(&pause, &[("paus", "0")]).await;
    site.set_clock(NOW + DAY);
    site.mail_goes_out().await;
    assert_eq!(site.letters().await.len(), 1);
}

async fn a_round_is_closed_and_opened_again_by_a_later_last_day(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    boss.makes(&[]).await;
    assert!(
        boss.get(&format!("{HERE}/stang"))
            .await
            .says("Stäng var nu?")
    );
    let closed = boss.post(&format!("{HERE}/stang"), &[]).await;
    let page = boss.get(closed.leads_to()).await;
    assert!(page.says("Stängd"));
    assert!(page.says("10 mars 2022 kl. 14:32"), "{}", page.text());
    let change = |last: &'static str| {
        [
            ("sista", last),
            ("avsandare", "Nya gruppen"),
            ("adress", "ny@example.se"),
        ]
    };
    boss.post(HERE, &change("2022-03-10")).await;
    assert!(boss.get(HERE).await.says("10 mars 2022 kl. 14:32"));
    boss.post(HERE, &change("2022-06-01")).await;
    let page = boss.get(HERE).await;
    assert!(page.says("1 juni 2022") && page.says("Öppen"));
    assert!(page.says("Nya gruppen <ny@example.se>"));
}

async fn a_round_that_has_opened_keeps_its_opening(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    boss.makes(&[("oppnar", "2022-03-12")]).await;
    assert!(boss.get(HERE).await.says("Inte öppen än"));
    boss.post(&format!("{HERE}/oppna"), &[]).await;
    let opened = boss.get(HERE).await;
    assert!(opened.says("10 mars 2022 kl. 14:32"));
    assert!(!opened.form().contains_key("oppnar"));
    site.wait();
    let change = [
        ("oppnar", "2022-04-01"),
        ("sista", "2022-05-31"),
        ("avsandare", ""),
        ("adress", ""),
    ];
    boss.post(HERE, &change).await;
    assert!(boss.get(HERE).await.says("10 mars 2022 kl. 14:32"));
}

async fn a_reader_looks_but_changes_nothing(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    boss.makes(&[]).await;
    let reader = site.colleague(Role::Reader).await;
    for path in [ROUNDS, HERE, MAILINGS, INVITATION] {
        let page = reader.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.says("Spara"), "{path}");
    }
    let text = letter("Hej", "{länk}");
    for (path, form) in [
        (ROUNDS.to_owned(), but(&[("nyckel", "annan")])),
        (HERE.to_owned(), but(&[])),
        (MAILINGS.to_owned(), Vec::new()),
        (INVITATION.to_owned(), text),
        (format!("{MAILINGS}/paus"), vec![("paus", "1")]),
        (format!("{INVITATION}/skicka"), Vec::new()),
        (format!("{INVITATION}/prov"), vec![("provsprak", "sv")]),
        (format!("{HERE}/stang"), Vec::new()),
    ] {
        assert_eq!(reader.post(&path, &form).await.status, 403, "{path}");
    }
    assert_eq!(reader.get("/admin/brevlada").await.status, 403);
}

async fn what_is_no_round_or_mailing_is_not_found(site: Site) {
    let boss = site.colleague(Role::Administrator).await;
    boss.makes(&[]).await;
    for path in [
        "/admin/omgangar/finns-inte",
        "/admin/omgangar/finns-inte/utskick",
        "/admin/omgangar/var/utskick/5",
        "/admin/omgangar/var/utskick/x/plan",
        "/admin/omgangar/var/utskick/0/brev/x",
        "/admin/brevlada/x",
    ] {
        assert_eq!(boss.get(path).await.status, 404, "{path}");
    }
}
