//! One form for all that a case asks: saving one answer loses no other, and an editor's own values are looked at as a chief's.

use app::staff::Role;

use crate::colleague::Colleague;
use crate::page::Answered;
use crate::site::Site;

on_both_databases!(all_that_is_chosen_is_saved_at_once,);
on_sqlite!(
    a_fault_in_one_question_loses_nothing_of_the_others,
    the_same_value_is_not_settled_twice_in_one_form,
    a_value_that_the_rules_would_ask_about_is_saved_when_the_editor_is_sure_of_it,
    what_a_value_would_do_is_shown_before_it_is_saved,
    whoever_types_a_value_has_chosen_it,
    a_value_that_stands_already_is_no_change,
    a_value_as_typed_is_no_correction,
    choosing_another_value_keeps_what_is_filled_in,
    the_way_on_follows_the_list_and_its_place,
    who_comes_late_to_a_settled_answer_is_told_so,
);

const CASE: &str = "/admin/rattning/2022/ordinary";

impl Site {
    /// Posts in percent, and fewer listed residents than the register has; the chief stands by both.
    async fn hands_in_two_questions(&self) {
        self.hands_in_percent_and("sv", &[("listed", "3200")]).await;
        self.cleans().await;
    }
}

/// The places on the page of the questions about a variable.
fn place(page: &Answered, variable: &str) -> String {
    let form = page.form();
    let found = form
        .iter()
        .find(|(name, value)| name.starts_with("fraga-") && value.ends_with(variable));
    let (name, _) = found.unwrap_or_else(|| panic!("{variable} is asked about: {}", page.text()));
    name.trim_start_matches("fraga-").to_owned()
}

/// A value that nothing was asked about, with a reason.
fn unasked(value: &str) -> [(String, &str); 2] {
    [
        ("varde-0-".to_owned(), value),
        ("skal-0".to_owned(), "Chefen ringde."),
    ]
}

impl Colleague<'_> {
    /// Sends the form of a page as it stands, with these fields besides.
    async fn fills_in(&self, page: &Answered, more: &[(String, &str)]) -> Answered {
        let mut form = page.form();
        form.remove("beslut");
        for (name, value) in more {
            form.insert(name.clone(), (*value).to_owned());
        }
        let fields: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.post(&format!("{CASE}/beslut"), &fields).await
    }
}

async fn all_that_is_chosen_is_saved_at_once(site: Site) {
    site.hands_in_two_questions().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let (one, other) = (place(&page, "dietitian_fte"), place(&page, "listed"));

    let filled_in = [
        (format!("val-{one}"), "percent"),
        (format!("val-{other}"), "as_typed"),
        (format!("skal-{other}"), "Chefen ringde."),
    ];
    let done = analyst.fills_in(&page, &filled_in).await;

    assert!(done.leads_to().contains("antal=2"), "{}", done.text());
    let page = analyst.get(done.leads_to()).await;
    assert!(page.says("2 beslut är sparade."), "{}", page.text());
    assert!(
        page.says("Inget mer på listan väntar på beslut."),
        "{}",
        page.text()
    );
    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.5"));
    assert_eq!(site.counts("listed").await.as_deref(), Some("3200"));
    site.replays().await;
}

async fn a_fault_in_one_question_loses_nothing_of_the_others(site: Site) {
    site.hands_in_two_questions().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let (one, other) = (place(&page, "dietitian_fte"), place(&page, "listed"));

    let filled_in = [
        (format!("val-{one}"), "percent"),
        (format!("skal-{one}"), "Som i fjol."),
        (format!("val-{other}"), "egna"),
        (format!("varde-{other}-listed"), "två"),
    ];
    let refused = analyst.fills_in(&page, &filled_in).await;

    assert_eq!(refused.status, 422);
    // Both that it cannot be read and that the reason is missing, and where.
    assert!(
        refused.says(&format!("Fråga {other}: ")),
        "{}",
        refused.text()
    );
    assert!(refused.says("går inte att läsa som ett tal"));
    assert!(refused.says("Skriv en motivering."));
    let form = refused.form();
    assert_eq!(form[&format!("val-{one}")], "percent");
    assert_eq!(form[&format!("skal-{one}")], "Som i fjol.");
    assert_eq!(form[&format!("varde-{other}-listed")], "två");
    assert_eq!(site.counts("dietitian_fte").await, None);
}

async fn the_same_value_is_not_settled_twice_in_one_form(site: Site) {
    site.hands_in_two_questions().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(&format!("{CASE}?varde=dietitian_fte")).await;
    let one = place(&page, "dietitian_fte");

    let filled_in = [
        (format!("val-{one}"), "percent"),
        ("varde-0-".to_owned(), "1,25"),
        ("skal-0".to_owned(), "Chefen ringde."),
    ];
    let refused = analyst.fills_in(&page, &filled_in).await;

    assert_eq!(refused.status, 422);
    assert!(
        refused.says(&format!("Värdet är med i fråga {one}.")),
        "{}",
        refused.text()
    );
}

async fn a_value_that_the_rules_would_ask_about_is_saved_when_the_editor_is_sure_of_it(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst
        .get(&format!("{CASE}?varde=gp_specialist_fte"))
        .await;
    let filled_in = unasked("600");

    let doubted = analyst.fills_in(&page, &filled_in).await;

    assert_eq!(doubted.status, 422);
    for said in [
        "Reglerna skulle fråga om de här värdena",
        "Tjänster i procent",
        "kryssa för att de är rätt ändå",
        "+595",
    ] {
        assert!(doubted.says(said), "{said}: {}", doubted.text());
    }
    // Being sure of one value is not being sure of another.
    let sure = ("saker-0".to_owned(), "gp_specialist_fte=600");
    let other = [("varde-0-".to_owned(), "500"), sure.clone()];
    assert_eq!(analyst.fills_in(&doubted, &other).await.status, 422);
    assert_eq!(site.counts("gp_specialist_fte").await.as_deref(), Some("5"));

    let done = analyst.fills_in(&doubted, &[sure]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(
        site.counts("gp_specialist_fte").await.as_deref(),
        Some("600")
    );
    let page = analyst.get(done.leads_to()).await;
    assert!(
        page.says("redaktören svarade att det är rätt ändå. Tjänster i procent"),
        "{}",
        page.text()
    );
}

async fn what_a_value_would_do_is_shown_before_it_is_saved(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let one = place(&page, "dietitian_fte");

    let look = [
        ("gor".to_owned(), "visa"),
        (format!("varde-{one}-dietitian_fte"), "1,25"),
    ];
    let looked = analyst.fills_in(&page, &look).await;

    assert_eq!(looked.status, 200, "{}", looked.text());
    assert!(looked.says("Med dina egna värden:"), "{}", looked.text());
    assert!(looked.says("+1,25"), "{}", looked.text());
    assert!(!looked.says("Skriv en motivering."));
    assert_eq!(looked.form()[&format!("varde-{one}-dietitian_fte")], "1,25");
    assert_eq!(site.counts("dietitian_fte").await, None);

    // Looking is no choice: another alternative may be chosen meanwhile.
    let chosen = [
        look[0].clone(),
        look[1].clone(),
        (format!("val-{one}"), "percent"),
    ];
    let looked = analyst.fills_in(&page, &chosen).await;
    assert!(looked.says("Med dina egna värden:"), "{}", looked.text());

    let nothing = analyst.fills_in(&page, &[("gor".to_owned(), "visa")]).await;
    assert!(
        nothing.says("Skriv minst ett nytt värde"),
        "{}",
        nothing.text()
    );
}

async fn whoever_types_a_value_has_chosen_it(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let one = place(&page, "dietitian_fte");
    let typed = (format!("varde-{one}-dietitian_fte"), "1,25");
    let why = (format!("skal-{one}"), "Chefen ringde.");

    let both = [
        typed.clone(),
        why.clone(),
        (format!("val-{one}"), "percent"),
    ];
    let both = analyst.fills_in(&page, &both).await;
    assert_eq!(both.status, 422);
    assert!(
        both.says("både valt ett alternativ och skrivit egna värden"),
        "{}",
        both.text()
    );

    let done = analyst.fills_in(&page, &[typed, why]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.25"));
}

async fn a_value_that_stands_already_is_no_change(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    for (variable, value, said) in [
        ("gp_specialist_fte", "5,0", "är redan 5."),
        ("gp_specialist_fte", "", "Skriv ett värde för"),
    ] {
        let page = analyst.get(&format!("{CASE}?varde={variable}")).await;
        let filled_in = unasked(value);
        let refused = analyst.fills_in(&page, &filled_in).await;
        assert_eq!(refused.status, 422);
        assert!(refused.says(said), "{}", refused.text());
    }
}

async fn a_value_as_typed_is_no_correction(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let one = place(&page, "dietitian_fte");
    let filled_in = [
        (format!("varde-{one}-dietitian_fte"), "150,0"),
        (format!("skal-{one}"), "Chefen ringde."),
        (format!("saker-{one}"), "dietitian_fte=150"),
    ];

    let done = analyst.fills_in(&page, &filled_in).await;

    assert_eq!(done.status, 303, "{}", done.text());
    let page = analyst.get(done.leads_to()).await;
    assert!(page.says("Rätt som det är skrivet."), "{}", page.text());
    site.replays().await;
}

async fn choosing_another_value_keeps_what_is_filled_in(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let one = place(&page, "dietitian_fte");

    let chosen = [
        ("gor".to_owned(), "valj"),
        ("varde".to_owned(), "need"),
        (format!("val-{one}"), "as_typed"),
        (format!("skal-{one}"), "Chefen ringde."),
    ];
    let chosen = analyst.fills_in(&page, &chosen).await;

    assert_eq!(chosen.status, 200);
    assert!(
        chosen.body.contains("<select id=\"varde-0-\""),
        "{}",
        chosen.body
    );
    let form = chosen.form();
    assert_eq!(form[&format!("val-{one}")], "as_typed");
    assert_eq!(form[&format!("skal-{one}")], "Chefen ringde.");

    // The box is for one value, and another is chosen above it.
    let other = [
        ("varde".to_owned(), "listed"),
        ("varde-0-".to_owned(), "no"),
        ("skal-0".to_owned(), "Chefen ringde."),
    ];
    let refused = analyst.fills_in(&chosen, &other).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.says("du har valt ett annat värde i listan"),
        "{}",
        refused.text()
    );
}

async fn the_way_on_follows_the_list_and_its_place(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let chosen = "region=Region%20Exempel&rad=dietitian";
    let page = analyst.get(&format!("{CASE}?{chosen}")).await;

    assert!(
        page.links()
            .contains(&format!("/admin/rattning/2022?{chosen}")),
        "{:?}",
        page.links()
    );
    assert!(page.says("Det här är den sista på listan."));
    let here = format!("{chosen}&plats=1").replace('&', "&amp;");
    assert!(
        page.body.contains(&format!("{CASE}/beslut?{here}")),
        "{}",
        page.body
    );
    let letter = analyst.get(&format!("{CASE}/brev?{chosen}&plats=1")).await;
    assert!(
        letter.links().contains(&format!("{CASE}?{chosen}&plats=1")),
        "{:?}",
        letter.links()
    );

    let one = place(&page, "dietitian_fte");
    let mut form = page.form();
    form.insert(format!("val-{one}"), "percent".to_owned());
    let fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let done = analyst
        .post(&format!("{CASE}/beslut?{chosen}&plats=1"), &fields)
        .await;
    assert!(
        done.leads_to()
            .starts_with(&format!("{CASE}?{chosen}&plats=1&gjort=beslut")),
        "{}",
        done.leads_to()
    );
    let page = analyst.get(done.leads_to()).await;
    assert!(
        page.says("Inget mer på listan väntar på beslut."),
        "{}",
        page.text()
    );
}

async fn who_comes_late_to_a_settled_answer_is_told_so(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let ada = site.colleague(Role::Analyst).await;
    let bo = site.colleague(Role::Administrator).await;
    let (for_ada, for_bo) = (ada.get(CASE).await, bo.get(CASE).await);
    let one = place(&for_ada, "dietitian_fte");
    let chosen = [(format!("val-{one}"), "percent")];
    assert_eq!(ada.fills_in(&for_ada, &chosen).await.status, 303);

    let late = bo.fills_in(&for_bo, &chosen).await;

    assert_eq!(late.status, 409);
    assert!(late.title().starts_with("Fel:"), "{}", late.title());
    assert!(
        late.says("Inget väntar längre på beslut i svaret."),
        "{}",
        late.text()
    );
    assert!(!late.says("Frågor som fortfarande väntar"));
}
