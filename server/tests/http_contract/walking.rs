//! From the link to the receipt with nothing but links and forms.

use crate::site::{Chief, Site};

on_both_databases!(the_whole_way_works_by_forms_alone);
on_sqlite!(
    the_rural_way_has_the_rural_section,
    a_follow_up_comes_without_javascript_when_its_answer_is_saved,
    the_way_may_be_walked_blank,
    whoever_comes_back_goes_on_where_they_left_off,
    whoever_changes_something_while_checking_comes_back_to_checking,
);

/// What a chief types, by the page it is typed on.
const ORDINARY: &[(&str, &[(&str, &str)])] = &[
    (
        "/avsnitt/om-vardcentralen/1",
        &[("listed", "8\u{a0}500"), ("ownership", "public")],
    ),
    (
        "/avsnitt/bemanning/1",
        &[
            ("gp_specialist_persons", "6"),
            ("gp_specialist_fte", "4,5"),
            ("gp_specialist_temp_fte", "½"),
            ("dietitian_none", "1"),
            ("st_persons", "2"),
            ("st_fte", "2"),
        ],
    ),
    (
        "/avsnitt/bemanning/2",
        &[
            ("need", "yes"),
            ("gp_specialist_need_fte", "1.5"),
            ("need_budget", "partly"),
        ],
    ),
    (
        "/avsnitt/omstallning/1",
        &[("initiative_funding", "very"), ("barrier_roles", "1")],
    ),
    ("/avsnitt/omstallning/2", &[("prevention", "good")]),
    (
        "/avsnitt/avslutning/1",
        &[
            ("role", "unit_manager"),
            ("comment", "Tack för att ni frågar."),
        ],
    ),
];

/// Follows the first section's link, then every form's answer, until the answers are to be checked.
pub async fn walk(chief: &Chief<'_>, typed: &[(&str, &[(&str, &str)])]) -> Vec<String> {
    let start = chief.get("").await;
    let own = chief.path("");
    let mut next = start
        .links()
        .into_iter()
        .find(|link| link.contains("/avsnitt/"))
        .unwrap();
    let mut walked = Vec::new();
    while !next.ends_with("/granska") {
        assert!(walked.len() < 30, "going in circles: {walked:#?}");
        let here = next.strip_prefix(&own).unwrap().to_owned();
        let page = chief.get(&here).await;
        if page.status == 303 {
            next = page.leads_to().to_owned();
            continue;
        }
        let here = here.split('#').next().unwrap().to_owned();
        assert_eq!(page.status, 200, "{here}");
        let fields = typed
            .iter()
            .find(|(at, _)| *at == here)
            .map_or(&[][..], |(_, fields)| fields);
        let sent = chief.press(&here, &page, fields, "next").await;
        assert_eq!(sent.status, 303, "{here}: {}", sent.text());
        sent.leads_to().clone_into(&mut next);
        walked.push(here);
    }
    walked
}

async fn the_whole_way_works_by_forms_alone(site: Site) {
    let chief = site.chief();
    let walked = walk(&chief, ORDINARY).await;
    let pages: Vec<_> = ORDINARY.iter().map(|(page, _)| *page).collect();
    assert_eq!(walked, pages);

    let check = chief.get("/granska").await;
    for said in [
        "8\u{a0}500",
        "4,5",
        "½",
        "Delvis",
        "Tack för att ni frågar.",
    ] {
        assert!(check.says(said), "{said}: {}", check.text());
    }
    let submit = format!("action=\"{}\"", chief.path("/skicka"));
    assert!(check.body.contains(&submit));
    let receipt = chief.post("/skicka", &[]).await.leads_to().to_owned();
    let receipt = site.get(&receipt).await;
    assert_eq!(receipt.status, 200);
    for said in ["Kvittonummer", "4,5", "Tack för att ni frågar."] {
        assert!(receipt.says(said), "{said}");
    }
}

async fn the_rural_way_has_the_rural_section(site: Site) {
    const RURAL: &str = "/avsnitt/sarskilda-forutsattningar/1";
    let typed: &[(&str, &[(&str, &str)])] = &[(
        RURAL,
        &[("special_conditions", "Långa avstånd"), ("interview", "no")],
    )];
    let chief = site.rural_chief();
    let walked = walk(&chief, typed).await;
    assert_eq!(walked.last().map(String::as_str), Some(RURAL));
    assert!(
        chief
            .get(RURAL)
            .await
            .says("Er vårdcentral ligger i en landsbygdskommun.")
    );
    assert!(chief.get("/granska").await.says("Långa avstånd"));
}

async fn a_follow_up_comes_without_javascript_when_its_answer_is_saved(site: Site) {
    const PAGE: &str = "/avsnitt/bemanning/2";
    let chief = site.chief();
    let page = chief.get(PAGE).await;
    assert!(
        page.says("Om ja på fråga 7"),
        "its condition stands there in words"
    );
    let typed = [("need", "yes"), ("dietitian_need_fte", "0,5")];
    chief.press(PAGE, &page, &typed, "next").await;
    assert_eq!(chief.get(PAGE).await.form()["dietitian_need_fte"], "0,5");
    assert!(chief.get("/granska").await.says("0,5"));
    chief.types("need", "no").await;
    assert!(!chief.get("/granska").await.says("0,5"));
}

async fn the_way_may_be_walked_blank(site: Site) {
    let chief = site.chief();
    walk(&chief, &[]).await;
    let check = chief.get("/granska").await;
    assert!(check.says("Inte besvarad"));
    let submitted = chief.post("/skicka", &[]).await;
    assert_eq!(submitted.leads_to(), chief.path("/kvitto"));
}

async fn whoever_comes_back_goes_on_where_they_left_off(site: Site) {
    let chief = site.chief();
    let goes_on = async |rest: &str| {
        let start = chief.get("").await;
        let before = start.body.split("\" class=\"btn\"").next().unwrap();
        assert_eq!(before.rsplit('"').next().unwrap(), chief.path(rest));
    };
    chief.types("listed", "8500").await;
    chief.types("ownership", "public").await;
    goes_on("/avsnitt/bemanning/1").await;
    // On the second page of a section, of which the first is filled in.
    chief.types("st_persons", "0").await;
    chief.types("gp_specialist_persons", "4").await;
    chief.types("gp_specialist_need_fte", "2").await;
    goes_on("/avsnitt/bemanning/2").await;
    // What was skipped comes when the rest is done.
    chief.types("need", "no").await;
    chief.types("need", "").await;
    chief.types("role", "unit_manager").await;
    goes_on("/avsnitt/bemanning/2").await;
}

async fn whoever_changes_something_while_checking_comes_back_to_checking(site: Site) {
    const STAFFING: &str = "/avsnitt/bemanning/1";
    let chief = site.chief();
    chief.types("gp_specialist_fte", "många").await;
    let check = chief.get("/granska").await;
    let change = chief.path("/avsnitt/bemanning?granska");
    assert!(check.links().contains(&change), "{:?}", check.links());
    let here = format!("{STAFFING}?granska");
    assert_eq!(site.get(&change).await.leads_to(), chief.path(&here));

    let page = chief.get(&here).await;
    assert!(
        page.links().contains(&chief.path("/granska")),
        "back leads there too"
    );
    let faulty = chief.press(&here, &page, &[], "next").await;
    assert_eq!(faulty.status, 422);
    assert!(
        faulty
            .body
            .contains(&format!("action=\"{}\"", chief.path(&here)))
    );
    let asked = chief
        .press(&here, &page, &[("gp_specialist_fte", "150")], "next")
        .await;
    assert_eq!(asked.leads_to(), chief.path(&format!("{here}#fragor")));
    let page = chief.get(&here).await;
    let saved = chief.press(&here, &page, &[], "next").await;
    let second = "/avsnitt/bemanning/2?granska";
    assert_eq!(saved.leads_to(), chief.path(second));
    let page = chief.get(second).await;
    let saved = chief.press(second, &page, &[], "next").await;
    assert_eq!(saved.leads_to(), chief.path("/granska"));
}
