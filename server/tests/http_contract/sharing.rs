//! A chief asks a colleague to fill in one section: a link that leads there and nowhere else, until it is taken back.

use server::storage::MessageKind;
use uuid::Uuid;

use crate::site::{Chief, Site, Typed};

on_both_databases!(
    a_colleague_fills_in_the_section_and_the_chief_submits,
    a_link_that_is_taken_back_leads_nowhere_and_what_was_filled_in_stays,
);
on_sqlite!(
    a_colleague_sees_nothing_but_the_section,
    a_colleague_can_write_to_nothing_else,
    a_colleague_can_neither_submit_nor_give_links,
    a_colleague_with_an_address_gets_a_letter_with_the_link,
    what_is_missing_in_the_form_is_asked_for_and_nothing_is_lost,
    when_the_answers_are_handed_in_the_colleague_is_told,
    whoever_gives_links_and_takes_them_back_comes_to_an_end,
);

const STAFFING: &str = "/avsnitt/bemanning/1";
const ABOUT: &str = "/avsnitt/om-vardcentralen/1";

const FORM: [(&str, &str); 3] = [("avsnitt", "bemanning"), ("namn", "Kim Ek"), ("epost", "")];

async fn given_link(chief: &Chief<'_>) -> Uuid {
    let given = chief.post("/dela", &FORM).await;
    assert_eq!(given.leads_to(), chief.path("/dela?skapad"));
    let case = chief.view().await.case.id;
    let given = chief.site.database.delegations(case).await.unwrap();
    let open = given.iter().find(|one| one.revoked_at.is_none()).unwrap();
    assert_eq!(open.holder, "Kim Ek");
    open.link_id
}

async fn a_colleague_fills_in_the_section_and_the_chief_submits(site: Site) {
    let chief = site.chief();
    let colleague = site.holder_of(given_link(&chief).await);
    let start = colleague.get("").await;
    assert!(start.says("Kim Ek"), "{}", start.text());
    assert!(
        start
            .links()
            .contains(&colleague.path("/avsnitt/bemanning"))
    );

    colleague.types("gp_specialist_persons", "3").await;
    let on = colleague
        .fill_in(STAFFING, &[("gp_specialist_fte", "2,5")], "next")
        .await;
    assert!(on.leads_to().starts_with(&colleague.path("")));
    assert_eq!(chief.raw("gp_specialist_persons").await, "3");
    assert_eq!(chief.raw("gp_specialist_fte").await, "2,5");

    let submitted = chief.post("/skicka", &[]).await;
    assert_eq!(submitted.leads_to(), chief.path("/kvitto"));
    assert!(chief.submitted().await.snapshot.contains("2,5"));
}

async fn a_link_that_is_taken_back_leads_nowhere_and_what_was_filled_in_stays(site: Site) {
    let chief = site.chief();
    let link = given_link(&chief).await;
    let colleague = site.holder_of(link);
    colleague.types("gp_specialist_persons", "3").await;
    let taken = chief.post(&format!("/dela/{link}/ta-tillbaka"), &[]).await;
    assert_eq!(taken.leads_to(), chief.path("/dela"));
    assert_eq!(colleague.get("").await.status, 410);
    assert_eq!(colleague.get(STAFFING).await.status, 410);
    let late = [Typed::new("gp_specialist_persons", "4")];
    assert_eq!(colleague.autosave(&late).await.status, 410);
    assert_eq!(chief.raw("gp_specialist_persons").await, "3");
    assert!(chief.get("/dela").await.says("Tillbakatagen"));
}

async fn a_colleague_sees_nothing_but_the_section(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8512").await;
    let colleague = site.holder_of(given_link(&chief).await);
    for closed in [
        ABOUT,
        "/granska",
        "/kvitto",
        "/utskrift",
        "/fel-mottagare",
        "/dela",
        "/avsnitt/avslutning/1",
        "/nagot-annat",
    ] {
        let page = colleague.get(closed).await;
        assert_eq!(page.status, 404, "{closed}");
        assert!(!page.says("8512"));
    }
    let page = colleague.get(STAFFING).await;
    assert_eq!(page.status, 200);
    assert!(!page.says("8512"));
    assert!(page.says("Avsnitt 1 av 1"), "{}", page.text());
}

async fn a_colleague_can_write_to_nothing_else(site: Site) {
    let chief = site.chief();
    chief.types("listed", "8512").await;
    let colleague = site.holder_of(given_link(&chief).await);
    let typed = [Typed::new("listed", "1")];
    assert_eq!(colleague.autosave(&typed).await.status, 400);
    let posted = colleague.post(ABOUT, &[("listed", "1")]).await;
    assert_eq!(posted.status, 404);
    assert_eq!(chief.raw("listed").await, "8512");
}

async fn a_colleague_can_neither_submit_nor_give_links(site: Site) {
    let chief = site.chief();
    let colleague = site.holder_of(given_link(&chief).await);
    for (path, fields) in [
        ("/skicka", &[][..]),
        ("/oppna", &[]),
        ("/dela", &FORM),
        ("/fel-mottagare", &[("kind", "closed")]),
    ] {
        assert_eq!(colleague.post(path, fields).await.status, 404, "{path}");
    }
    assert!(chief.view().await.submission.is_none());
}

async fn a_colleague_with_an_address_gets_a_letter_with_the_link(site: Site) {
    let chief = site.chief();
    let form = [FORM[0], FORM[1], ("epost", "kim.ek@example.se")];
    let given = chief.post("/dela", &form).await;
    assert_eq!(given.leads_to(), chief.path("/dela?skickad"));
    let view = chief.view().await;
    let filter = server::storage::MessageFilter {
        case: Some(view.case.id),
        ..Default::default()
    };
    let queued = site.database.messages(&filter, 0, 10).await.unwrap();
    assert_eq!(queued.total, 1);
    assert_eq!(queued.messages[0].kind, MessageKind::Letter);
    assert_eq!(queued.messages[0].recipient, "kim.ek@example.se");
}

async fn what_is_missing_in_the_form_is_asked_for_and_nothing_is_lost(site: Site) {
    let chief = site.chief();
    let form = [("avsnitt", ""), ("namn", "Kim Ek"), ("epost", "kim.ek")];
    let page = chief.post("/dela", &form).await;
    assert_eq!(page.status, 422);
    assert!(page.says("Välj ett avsnitt"));
    assert!(page.says("Skriv e-postadressen som namn@exempel.se"));
    assert_eq!(page.form()["namn"], "Kim Ek");
    let case = chief.view().await.case.id;
    assert!(site.database.delegations(case).await.unwrap().is_empty());
}

async fn when_the_answers_are_handed_in_the_colleague_is_told(site: Site) {
    let chief = site.chief();
    let colleague = site.holder_of(given_link(&chief).await);
    chief.post("/skicka", &[]).await;
    let page = colleague.get("").await;
    assert_eq!(page.status, 409);
    assert!(!page.links().contains(&colleague.path("/kvitto")));
}

async fn whoever_gives_links_and_takes_them_back_comes_to_an_end(site: Site) {
    let chief = site.chief();
    for _ in 0..60 {
        let link = given_link(&chief).await;
        chief.post(&format!("/dela/{link}/ta-tillbaka"), &[]).await;
    }
    let refused = chief.post("/dela", &FORM).await;
    assert_eq!(refused.status, 422);
    let case = chief.view().await.case.id;
    assert_eq!(site.database.delegations(case).await.unwrap().len(), 60);
}
