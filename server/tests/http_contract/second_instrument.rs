//! Socialstyrelsen's questionnaire to the municipalities, carried by the same routes as a file and nothing else.

use crate::site::Site;
use crate::walking::walk;

const MUNICIPALITIES: &str = include_str!("../../../instruments/kommuner-2019.toml");

#[tokio::test]
async fn a_municipality_answers_its_own_questionnaire_from_link_to_receipt() {
    let site = Site::asking(MUNICIPALITIES).await;
    let chief = site.chief();

    let start = chief.get("").await;
    assert_eq!(start.status, 200);
    let first = start
        .links()
        .into_iter()
        .find(|link| link.contains("/avsnitt/"))
        .unwrap();
    let first = format!("{}/1", first.strip_prefix(&chief.path("")).unwrap());
    let page = chief.get(&first).await;
    assert!(page.says("Finns det en överenskommen målbild"));

    let walked = walk(&chief, &[]).await;
    assert!(walked.len() >= 2, "{walked:?}");

    let sent = chief.post("/skicka", &[]).await;
    assert_eq!(sent.leads_to(), chief.path("/kvitto"));
    assert!(chief.get("/kvitto").await.says("VK-"));
}

#[tokio::test]
async fn its_follow_up_comes_only_where_there_is_no_shared_goal() {
    let site = Site::asking(MUNICIPALITIES).await;
    let printed = site.chief().get("/utskrift").await;
    assert!(printed.says("2a."));
    assert!(printed.says("Specialistsjuksköterska"));
}
