//! Hard errors stop and keep what was typed; soft checks ask once and never stop.

use crate::site::{Site, Typed};

on_both_databases!(a_confirmation_is_kept_with_its_reason);
on_sqlite!(
    what_cannot_be_read_is_kept_named_and_asked_about,
    a_soft_check_asks_once_and_then_lets_go_on,
    a_soft_check_asks_again_when_the_text_changed,
    one_click_mends_one_cell,
    one_click_mends_the_whole_column,
    one_click_swaps_persons_and_posts,
    a_mend_of_what_has_changed_meanwhile_mends_nothing,
    a_reason_written_before_going_on_says_that_it_is_right,
    a_confirmation_holds_until_the_text_changes,
    a_confirmation_sent_again_is_kept_once,
    a_reason_is_told_beside_the_very_texts_it_was_given_for,
    hard_errors_stop_submission_and_soft_ones_do_not,
    enter_in_a_field_saves_and_goes_on,
);

const STAFFING: &str = "/avsnitt/bemanning/1";
const NEXT: &str = "/avsnitt/bemanning/2";
const KEEP: &str = "keep:posts_in_percent:gp_specialist_fte";
const REASON: &str = "reason:posts_in_percent:gp_specialist_fte";

async fn what_cannot_be_read_is_kept_named_and_asked_about(site: Site) {
    let chief = site.chief();
    let typed = [
        ("gp_specialist_persons", "sju \"nästan\" <8>"),
        ("district_nurse_fte", "-2"),
        ("assistant_nurse_persons", "2,5"),
        ("dietitian_fte", "1,5"),
    ];
    let page = chief.fill_in(STAFFING, &typed, "next").await;
    assert_eq!(page.status, 422);
    assert!(page.is_swedish_page());
    assert!(page.title().starts_with("Fel: "));
    let summary = page.body.split("id=\"fel\"").nth(1).unwrap();
    let summary = summary.split("</ul>").next().unwrap();
    for wrong in [
        "gp_specialist_persons",
        "district_nurse_fte",
        "assistant_nurse_persons",
    ] {
        assert!(summary.contains(&format!("href=\"#{wrong}\"")), "{wrong}");
        assert!(page.has_id(wrong) && page.has_id(&format!("{wrong}-e")));
    }
    assert!(!summary.contains("#dietitian_fte"));
    for (name, value) in typed {
        assert_eq!(page.form()[name], value, "typed text stays");
        assert_eq!(chief.raw(name).await, value, "and is kept");
    }

    let mended = [
        ("gp_specialist_persons", "7"),
        ("district_nurse_fte", "2"),
        ("assistant_nurse_persons", "3"),
    ];
    let on = chief.press(STAFFING, &page, &mended, "next").await;
    assert_eq!(on.leads_to(), chief.path(NEXT), "from the same open page");
    assert_eq!(chief.view().await.answers.all_conflicts().count(), 0);
}

async fn a_soft_check_asks_once_and_then_lets_go_on(site: Site) {
    let chief = site.chief();
    let typed = [("gp_specialist_persons", "2"), ("gp_specialist_fte", "150")];
    let stays = chief.fill_in(STAFFING, &typed, "next").await;
    assert_eq!(stays.leads_to(), chief.path(&format!("{STAFFING}#fragor")));
    let page = chief.get(STAFFING).await;
    assert!(page.has_id("fragor"));
    assert!(
        page.says("Du skrev 150. Menade du 1,5 heltidstjänster?"),
        "{}",
        page.text()
    );

    let on = chief.press(STAFFING, &page, &[], "next").await;
    assert_eq!(on.leads_to(), chief.path(NEXT));
    assert_eq!(chief.raw("gp_specialist_fte").await, "150");
    assert!(site.rows("confirmation").await.is_empty());
}

async fn a_soft_check_asks_again_when_the_text_changed(site: Site) {
    let chief = site.chief();
    let typed = [("gp_specialist_persons", "2"), ("gp_specialist_fte", "150")];
    chief.fill_in(STAFFING, &typed, "next").await;
    let changed = [("gp_specialist_fte", "175")];
    let stays = chief.fill_in(STAFFING, &changed, "next").await;
    assert_eq!(stays.leads_to(), chief.path(&format!("{STAFFING}#fragor")));
    let on = chief.fill_in(STAFFING, &[], "next").await;
    assert_eq!(on.leads_to(), chief.path(NEXT));
}

async fn one_click_mends_one_cell(site: Site) {
    let chief = site.chief();
    let typed = [("gp_specialist_persons", "2"), ("gp_specialist_fte", "150")];
    chief.fill_in(STAFFING, &typed, "next").await;
    let page = chief.get(STAFFING).await;
    let mend = "mend:posts_in_percent:gp_specialist_fte:0";
    assert!(page.buttons().iter().any(|button| button == mend));
    let mended = chief.press(STAFFING, &page, &[], mend).await;
    let back = chief.path(&format!("{STAFFING}#gp_specialist_fte"));
    assert_eq!(mended.leads_to(), back);
    assert_eq!(chief.raw("gp_specialist_fte").await, "1,5");
    assert!(!chief.get(STAFFING).await.has_id("fragor"));

    let view = chief.view().await;
    let history: Vec<_> = view.answers.history("gp_specialist_fte").iter().collect();
    assert_eq!(history[0].raw, "150", "what was typed is never overwritten");
}

async fn one_click_mends_the_whole_column(site: Site) {
    let chief = site.chief();
    let typed = [
        ("gp_specialist_persons", "2"),
        ("gp_specialist_fte", "150"),
        ("dietitian_persons", "1"),
        ("dietitian_fte", "75"),
    ];
    chief.fill_in(STAFFING, &typed, "next").await;
    let page = chief.get(STAFFING).await;
    assert!(page.says("Ändra alla 2 i kolumnen"), "{}", page.text());
    let all = page.body.split("Ändra alla 2 i kolumnen").next().unwrap();
    let all = all.rsplit("value=\"").next().unwrap();
    let all = all.split('"').next().unwrap();
    assert_eq!(chief.press(STAFFING, &page, &[], all).await.status, 303);
    assert_eq!(chief.raw("gp_specialist_fte").await, "1,5");
    assert_eq!(chief.raw("dietitian_fte").await, "0,75");
}

async fn one_click_swaps_persons_and_posts(site: Site) {
    let chief = site.chief();
    // By script, as typed halfway: posts where whole persons should stand.
    chief.types("gp_specialist_persons", "4").await;
    chief.types("gp_specialist_fte", "6").await;
    let page = chief.get(STAFFING).await;
    let swap = page
        .buttons()
        .into_iter()
        .find(|button| {
            button.starts_with("mend:swapped:") || button.starts_with("mend:posts_exceed")
        })
        .unwrap_or_else(|| panic!("nothing offers to swap: {:?}", page.buttons()));
    assert_eq!(chief.press(STAFFING, &page, &[], &swap).await.status, 303);
    assert_eq!(chief.raw("gp_specialist_persons").await, "6");
    assert_eq!(chief.raw("gp_specialist_fte").await, "4");
}

async fn a_mend_of_what_has_changed_meanwhile_mends_nothing(site: Site) {
    let chief = site.chief();
    let typed = [("gp_specialist_persons", "2"), ("gp_specialist_fte", "150")];
    chief.fill_in(STAFFING, &typed, "next").await;
    let page = chief.get(STAFFING).await;
    chief.types("gp_specialist_fte", "2").await;
    let mend = "mend:posts_in_percent:gp_specialist_fte:0";
    assert_eq!(chief.press(STAFFING, &page, &[], mend).await.status, 303);
    assert_eq!(chief.raw("gp_specialist_fte").await, "2");
}

async fn a_confirmation_is_kept_with_its_reason(site: Site) {
    let chief = site.chief();
    let typed = [("gp_specialist_persons", "2"), ("gp_specialist_fte", "150")];
    chief.fill_in(STAFFING, &typed, "next").await;
    let page = chief.get(STAFFING).await;
    assert!(page.buttons().iter().any(|button| button == KEEP));
    let why = "Vi är ett \"stort\" sjukhus";
    let kept = chief.press(STAFFING, &page, &[(REASON, why)], KEEP).await;
    assert_eq!(
        kept.leads_to(),
        chief.path(&format!("{STAFFING}#gp_specialist_fte"))
    );

    let confirmations = chief.view().await.confirmations;
    assert_eq!(confirmations.len(), 1);
    assert_eq!(confirmations[0].reason, why);
    assert_eq!(confirmations[0].scope, "gp_specialist_fte");
    let page = chief.get(STAFFING).await;
    assert!(!page.has_id("fragor"));
    assert!(
        page.says(&format!("Noterat: det stämmer. {why}")),
        "{}",
        page.text()
    );
    assert!(chief.get("/granska").await.says(why));
}

async fn a_reason_written_before_going_on_says_that_it_is_right(site: Site) {
    let chief = site.chief();
    let typed = [("gp_specialist_persons", "2"), ("gp_specialist_fte", "150")];
    chief.fill_in(STAFFING, &typed, "next").await;
    let page = chief.get(STAFFING).await;

    // Enter in the reason's field presses the form's first button.
    let went = chief
        .press(STAFFING, &page, &[(REASON, "Vi är många")], "next")
        .await;

    assert_eq!(went.leads_to(), chief.path(NEXT));
    let confirmations = chief.view().await.confirmations;
    assert_eq!(confirmations.len(), 1);
    assert_eq!(confirmations[0].reason, "Vi är många");
}

async fn a_confirmation_holds_until_the_text_changes(site: Site) {
    let chief = site.chief();
    let typed = [("gp_specialist_persons", "2"), ("gp_specialist_fte", "150")];
    chief.fill_in(STAFFING, &typed, "next").await;
    let page = chief.get(STAFFING).await;
    chief.press(STAFFING, &page, &[(REASON, "")], KEEP).await;
    assert!(!chief.get(STAFFING).await.has_id("fragor"));
    chief.types("gp_specialist_fte", "175").await;
    assert!(chief.get(STAFFING).await.has_id("fragor"));
}

async fn a_confirmation_sent_again_is_kept_once(site: Site) {
    let chief = site.chief();
    chief.types("gp_specialist_fte", "150").await;
    let confirmed = [Typed::new(
        "confirm:posts_in_percent:gp_specialist_fte",
        "150\nVi är många",
    )];
    for _ in 0..3 {
        assert_eq!(chief.autosave(&confirmed).await.status, 200);
        site.wait();
    }
    let kept = chief.view().await.confirmations;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].reason, "Vi är många");
    assert_eq!(kept[0].about, "150");
}

async fn a_reason_is_told_beside_the_very_texts_it_was_given_for(site: Site) {
    let chief = site.chief();
    let says = async |row: &str, posts: &str, reason: &str| {
        chief.types(&format!("{row}_persons"), "2").await;
        chief.types(&format!("{row}_fte"), posts).await;
        let page = chief.get(STAFFING).await;
        let keep = page
            .buttons()
            .into_iter()
            .find(|one| one.starts_with("keep:"))
            .unwrap();
        let field = keep.replacen("keep", "reason", 1);
        chief
            .press(STAFFING, &page, &[(&field, reason)], &keep)
            .await;
    };
    says("gp_specialist", "3", "Delad tjänst").await;
    says("gp_specialist", "4", "Delade tjänster").await;
    chief.types("gp_specialist_fte", "3").await;
    assert!(chief.get("/granska").await.says("Stämmer: Delad tjänst"));

    // Beside a second row like it the first is asked about by another rule: its answer holds all the same.
    chief.types("dietitian_persons", "1").await;
    chief.types("dietitian_fte", "2").await;
    let check = chief.get("/granska").await;
    assert!(check.says("bytt plats"), "{}", check.text());
    assert!(check.says("Stämmer: Delad tjänst"), "{}", check.text());
}

async fn hard_errors_stop_submission_and_soft_ones_do_not(site: Site) {
    let chief = site.chief();
    chief.types("gp_specialist_fte", "många").await;
    let before = site.picture().await;
    let refused = chief.post("/skicka", &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.title().starts_with("Fel: "));
    let way = chief.path(&format!("{STAFFING}?granska#gp_specialist_fte"));
    assert!(refused.links().contains(&way), "{:?}", refused.links());
    assert_eq!(site.picture().await, before);

    chief.types("gp_specialist_fte", "150").await;
    assert!(chief.get("/granska").await.says("Svar som ser ovanliga ut"));
    let submitted = chief.post("/skicka", &[]).await;
    assert_eq!(submitted.leads_to(), chief.path("/kvitto"));
}

async fn enter_in_a_field_saves_and_goes_on(site: Site) {
    let chief = site.chief();
    chief.types("gp_specialist_fte", "150").await;
    let page = chief.get(STAFFING).await;
    // A browser presses the form's first button, which must not be a mend or a "Stämmer".
    assert_eq!(page.buttons()[0], "next");
}
