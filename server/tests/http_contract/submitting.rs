//! Handing in: a picture that never changes, of what was asked.

use serde_json::Value;

use crate::site::{CLOSES, Chief, Site};

on_both_databases!(
    a_submission_never_changes_and_a_second_one_stands_beside_it,
    submitting_twice_gives_one_submission_and_says_so,
    answers_off_the_route_are_no_part_of_a_submission,
);
on_sqlite!(
    what_is_submitted_cannot_be_changed_until_it_is_opened,
    opening_twice_is_opening_once,
    what_was_never_submitted_has_no_receipt_and_cannot_be_opened,
    after_the_round_has_closed_the_receipt_is_shown_but_not_opened,
    blank_nothing_here_and_not_asked_are_three_things,
);

const SECTION: &str = "/avsnitt/om-vardcentralen/1";

/// What a submission says of one variable.
async fn entry(chief: &Chief<'_>, variable: &str) -> Value {
    let snapshot: Value = serde_json::from_str(&chief.submitted().await.snapshot).unwrap();
    snapshot
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["variable"] == variable)
        .unwrap_or_else(|| panic!("{variable} is not in the snapshot"))
        .clone()
}

fn receipt_number(page: &crate::page::Answered) -> String {
    let text = page.body.split("<dd>").nth(1).unwrap();
    text.split("</dd>").next().unwrap().to_owned()
}

async fn submitting_twice_gives_one_submission_and_says_so(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    assert_eq!(
        chief.post("/skicka", &[]).await.leads_to(),
        chief.path("/kvitto")
    );
    let once = site.picture().await;
    let receipt = chief.get("/kvitto").await;
    assert!(receipt.says("Tack, svaren är inskickade"));
    assert!(receipt.says("10 mars 2022 kl. 14:32"), "{}", receipt.text());

    site.wait();
    let again = chief.post("/skicka", &[]).await;
    assert_eq!(again.leads_to(), chief.path("/kvitto?redan"));
    assert_eq!(site.picture().await, once);
    let page = chief.get("/kvitto?redan").await;
    assert!(page.says("Svaren var redan inskickade"));
    assert_eq!(receipt_number(&page), receipt_number(&receipt));
    assert!(chief.get("").await.says(&receipt_number(&receipt)));
}

async fn a_submission_never_changes_and_a_second_one_stands_beside_it(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    chief.post("/skicka", &[]).await;
    let first = site.rows("submission").await;
    let first_receipt = receipt_number(&chief.get("/kvitto").await);

    site.wait();
    assert_eq!(chief.post("/oppna", &[]).await.leads_to(), chief.path(""));
    chief.types("listed", "8600").await;
    assert_eq!(site.rows("submission").await, first);
    assert!(chief.get("/kvitto").await.says("8500"));

    site.wait();
    assert_eq!(
        chief.post("/skicka", &[]).await.leads_to(),
        chief.path("/kvitto")
    );
    let both = site.rows("submission").await;
    assert_eq!(both.len(), 2);
    assert!(both.contains(&first[0]));
    let receipt = chief.get("/kvitto").await;
    assert!(receipt.says("8600"));
    assert_ne!(receipt_number(&receipt), first_receipt);
    assert_eq!(entry(&chief, "listed").await["value"], "8600");
}

async fn answers_off_the_route_are_no_part_of_a_submission(site: Site) {
    let chief = site.chief();
    chief.types("need", "yes").await;
    chief.types("district_nurse_need_fte", "2,5").await;
    chief.types("need", "no").await;
    chief.post("/skicka", &[]).await;
    let off = entry(&chief, "district_nurse_need_fte").await;
    assert_eq!(off["state"], "not_asked");
    assert!(!chief.submitted().await.snapshot.contains("2,5"));
    assert_eq!(chief.raw("district_nurse_need_fte").await, "2,5");
    // A question for rural centres only, answered by none.
    assert_eq!(
        entry(&chief, "special_conditions").await["state"],
        "not_asked"
    );
}

async fn what_is_submitted_cannot_be_changed_until_it_is_opened(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    let open = chief.get(SECTION).await;
    chief.post("/skicka", &[]).await;
    let before = site.picture().await;

    let typed = [("listed", "9000")];
    let saved = chief.press(SECTION, &open, &typed, "next").await;
    assert_eq!(saved.status, 409);
    assert!(saved.is_swedish_page());
    assert!(saved.says("Öppna svaren igen från kvittot"));
    let change = crate::site::Typed::new("listed", "9000");
    assert_eq!(chief.autosave(&[change]).await.status, 409);
    assert_eq!(site.picture().await, before);

    chief.post("/oppna", &[]).await;
    let saved = chief.press(SECTION, &open, &typed, "next").await;
    assert_eq!(saved.status, 303);
    assert_eq!(chief.raw("listed").await, "9000");
}

async fn opening_twice_is_opening_once(site: Site) {
    let chief = site.chief();
    chief.post("/skicka", &[]).await;
    chief.post("/oppna", &[]).await;
    let before = site.picture().await;
    assert_eq!(chief.post("/oppna", &[]).await.leads_to(), chief.path(""));
    assert_eq!(site.picture().await, before);
}

async fn what_was_never_submitted_has_no_receipt_and_cannot_be_opened(site: Site) {
    let chief = site.chief();
    let before = site.picture().await;
    assert_eq!(chief.get("/kvitto").await.leads_to(), chief.path(""));
    assert_eq!(chief.post("/oppna", &[]).await.leads_to(), chief.path(""));
    assert_eq!(site.picture().await, before);
}

async fn after_the_round_has_closed_the_receipt_is_shown_but_not_opened(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8500").await;
    chief.post("/skicka", &[]).await;
    let before = site.picture().await;
    site.set_clock(CLOSES);
    let receipt = chief.get("/kvitto").await;
    assert_eq!(receipt.status, 200);
    assert!(receipt.says("8500"));
    assert!(!receipt.body.contains("/oppna"));
    let opened = chief.post("/oppna", &[]).await;
    assert_eq!(opened.status, 403);
    assert!(opened.is_swedish_page());
    assert_eq!(site.picture().await, before);
}

async fn blank_nothing_here_and_not_asked_are_three_things(site: Site) {
    let chief = site.chief();
    chief.types("dietitian_none", "1").await;
    chief.types("psychosocial_persons", "0").await;
    chief.post("/skicka", &[]).await;
    assert_eq!(
        entry(&chief, "dietitian_persons").await["state"],
        "nothing_here"
    );
    assert_eq!(entry(&chief, "psychosocial_persons").await["value"], "0");
    assert_eq!(
        entry(&chief, "physiotherapist_persons").await["state"],
        "blank"
    );
    assert_eq!(
        entry(&chief, "prevention_funding").await["state"],
        "not_asked"
    );
}
