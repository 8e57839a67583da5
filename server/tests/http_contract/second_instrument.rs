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
async fn its_follow_up_is_asked_only_where_there_is_no_shared_vision() {
    const FOLLOW_UP: &str = "2a. Arbetar ni tillsammans med regionen";
    let site = Site::asking(MUNICIPALITIES).await;
    let chief = site.chief();
    for (vision, asked) in [("yes", false), ("no", true), ("", false)] {
        chief.types("vision", vision).await;
        let check = chief.get("/granska").await;
        assert_eq!(check.says(FOLLOW_UP), asked, "{vision}");
    }
    assert!(chief.get("/utskrift").await.says(FOLLOW_UP));
}

#[tokio::test]
async fn a_balance_is_answered_for_each_profession_with_a_comment_beside() {
    let typed: &[(&str, &[(&str, &str)])] = &[(
        "/avsnitt/kompetensforsorjning/1",
        &[
            ("balance_specialist_nurse", "shortage"),
            (
                "balance_specialist_nurse_comment",
                "Särskilt på landsbygden.",
            ),
            ("measures", "Vi utbildar egna."),
        ],
    )];
    let site = Site::asking(MUNICIPALITIES).await;
    let chief = site.chief();
    walk(&chief, typed).await;
    chief.post("/skicka", &[]).await;
    let receipt = chief.get("/kvitto").await;
    for said in [
        "SpecialistsjuksköterskaBristSärskilt på landsbygden.",
        "Vi utbildar egna.",
    ] {
        assert!(receipt.says(said), "{}", receipt.text());
    }
}
