//! What a chief does is counted as it happens, and what mail scanners do is not.

use server::storage::Round;
use survey::statistics::{Group, Status};

use crate::site::{Site, Typed};

on_both_databases!(
    a_scanner_that_fetches_the_link_has_not_opened_the_questionnaire,
    whoever_presses_begin_has_opened_it,
    where_somebody_stopped_is_told_by_the_form_and_by_the_script,
);

const CENTRE: &str = "om-vardcentralen";
const STAFFING: &str = "bemanning";

async fn counted(site: &Site) -> Group {
    let round: Round = site.database.round("2022").await.unwrap().unwrap();
    let follow_up = site.database.follow_up(round.id).await.unwrap();
    let all = follow_up.all().clone();
    site.database.recount(round.id).await.unwrap();
    let again = site.database.follow_up(round.id).await.unwrap();
    assert_eq!(again.all(), &all);
    all
}

async fn a_scanner_that_fetches_the_link_has_not_opened_the_questionnaire(site: Site) {
    let chief = site.chief();
    for rest in [
        "",
        "/utskrift",
        "/om/personuppgifter",
        "/fel-mottagare",
        "/avsnitt/om-vardcentralen/1",
        "/borja",
    ] {
        chief.get(rest).await;
    }

    let all = counted(&site).await;

    assert_eq!(all.statuses.get(Status::NotInvited), 3);
}

async fn whoever_presses_begin_has_opened_it(site: Site) {
    let chief = site.chief();

    for _ in 0..2 {
        let begun = chief.post("/borja", &[]).await;
        assert_eq!(
            begun.leads_to(),
            chief.path(&format!("/avsnitt/{CENTRE}/1"))
        );
    }

    assert_eq!(counted(&site).await.statuses.get(Status::Opened), 1);
}

async fn where_somebody_stopped_is_told_by_the_form_and_by_the_script(site: Site) {
    let (chief, neighbour) = (site.chief(), site.neighbour());
    let typed = [Typed::new("listed", "8500")];
    assert_eq!(neighbour.autosave(&typed).await.status, 200);
    let page = format!("/avsnitt/{CENTRE}/1");
    chief.fill_in(&page, &[("listed", "9000")], "next").await;
    let first = counted(&site).await;
    chief.types("gp_specialist_persons", "4").await;
    let second = counted(&site).await;

    assert_eq!(first.statuses.get(Status::Started), 2);
    assert_eq!(first.stopped_at.get(CENTRE), Some(&2));
    assert_eq!(second.stopped_at.get(CENTRE), Some(&1));
    assert_eq!(second.stopped_at.get(STAFFING), Some(&1));
}
