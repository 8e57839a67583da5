//! The list of what is to be settled: what it shows, and where its links lead.

use app::staff::Role;
use server::clock::Chance;
use server::storage::register::{Column, Field};
use server::storage::{Actor, StoredText, Timestamp};

use crate::page::Answered;
use crate::site::Site;

on_both_databases!(figures_are_those_of_the_region_and_the_profession_that_is_chosen,);
on_sqlite!(
    the_list_is_in_order_of_the_figure_that_it_shows,
    what_may_change_is_told_of_the_region_and_the_profession_that_is_chosen,
    each_list_tells_how_many_it_has,
    the_curve_has_a_sentence_names_a_legend_and_a_table,
    a_page_beyond_the_last_is_the_last,
    what_there_is_not_is_said_with_the_way_to_everything,
    the_file_of_figures_is_named_like_the_others_and_comes_for_excel_too,
    links_to_a_case_carry_the_place_in_the_list_and_lead_back_to_it,
    the_way_on_from_a_row_is_to_the_next_row_and_its_question,
    what_was_left_blank_beside_an_answer_has_a_list_of_its_own,
);

const LIST: &str = "/admin/rattning/2022";
const FIGURES: &str = "/admin/rattning/2022/matt";

impl Site {
    /// Beside two dietitians with 150 posts, occupational therapists with persons and no posts.
    async fn hands_in_percent_and_a_blank(&self) {
        let chief = self.chief();
        chief.types("occupational_therapist_persons", "2").await;
        self.hands_in_percent().await;
    }
}

impl Site {
    /// Besides, a centre in another region with ten dietitians on nine posts, and a post too many in percent.
    async fn hands_in_in_two_regions(&self) {
        let at = Timestamp::from_millis(self.now());
        let region = (
            Field::Column(Column::Region),
            StoredText::new("Region Annan").unwrap(),
        );
        let mut new_id = || Chance.id(at).unwrap();
        self.database
            .edit_unit("neighbour", &[region], &Actor::CommandLine, at, &mut new_id)
            .await
            .unwrap();
        self.hands_in_percent().await;
        let chief = self.neighbour();
        for (variable, typed) in [
            ("listed", "9000"),
            ("district_nurse_persons", "6"),
            ("district_nurse_fte", "5,5"),
            ("dietitian_persons", "10"),
            ("dietitian_fte", "9"),
            ("psychosocial_persons", "1"),
            ("psychosocial_fte", "75"),
        ] {
            chief.types(variable, typed).await;
        }
        self.stands_by(&chief).await;
        let receipt = chief.post("/skicka", &[]).await;
        assert!(receipt.leads_to().contains("/kvitto"), "{}", receipt.text());
        assert_eq!(self.cleans().await, 2);
    }
}

impl Answered {
    /// What stands in a column of the page's tables, by what narrow windows call it.
    fn column(&self, name: &str) -> Vec<String> {
        let cell = format!("data-l=\"{name}\"");
        let cells = self.body.split(&cell).skip(1);
        cells
            .filter_map(|rest| Some(rest.split_once('>')?.1.split_once('<')?.0.to_owned()))
            .collect()
    }

    /// Where the links to questions go.
    fn questions(&self) -> Vec<String> {
        let links = self.links().into_iter();
        links.filter(|link| link.contains("#f-")).collect()
    }
}

async fn links_to_a_case_carry_the_place_in_the_list_and_lead_back_to_it(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    let plain = analyst.get(LIST).await;
    let links = plain.questions();
    assert!(!links.is_empty());
    for link in links {
        assert!(
            link.starts_with(&format!("{LIST}/ordinary?plats=1#f-")),
            "{link}"
        );
    }

    let chosen = "region=Region%20Exempel&rad=dietitian&stopp=100";
    let list = analyst.get(&format!("{LIST}?{chosen}")).await;
    let links = list.questions();
    assert!(!links.is_empty(), "{}", list.text());
    for link in &links {
        let carried = format!("{LIST}/ordinary?{chosen}&plats=1#f-");
        assert!(link.starts_with(&carried), "{link}");
    }
    assert_eq!(analyst.get(&links[0]).await.status, 200);
}

async fn the_way_on_from_a_row_is_to_the_next_row_and_its_question(site: Site) {
    site.hands_in_in_two_regions().await;
    let analyst = site.colleague(Role::Analyst).await;
    let rows = analyst.get(LIST).await.questions();
    assert!(rows.len() > 1, "{rows:?}");
    for (row, next) in rows.iter().zip(&rows[1..]) {
        assert_ne!(
            row.split_once('?').unwrap().0,
            next.split_once('?').unwrap().0
        );
        let page = analyst.get(row).await;
        assert!(page.links().contains(next), "{next}: {:?}", page.links());
    }
    let last = analyst.get(rows.last().unwrap()).await;
    assert!(last.says("Det här är den sista på listan."));
}

async fn what_was_left_blank_beside_an_answer_has_a_list_of_its_own(site: Site) {
    site.hands_in_percent_and_a_blank().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    let list = analyst.get(LIST).await;
    let first = list.text();
    assert!(list.says("Tjänster i procent"), "{first}");
    assert!(
        !list
            .questions()
            .iter()
            .any(|link| link.contains("occupational")),
        "{first}"
    );

    let missing = analyst.get(&format!("{LIST}?visa=saknade")).await;
    for said in ["Arbetsterapeuter", "Rutan är tom men raden är ifylld (”2”)"] {
        assert!(missing.says(said), "{said}: {}", missing.text());
    }
    assert!(!missing.says("räknas med"), "{}", missing.text());
    let links = missing.questions();
    assert_eq!(links.len(), 1, "{links:?}");
    assert!(links[0].starts_with(&format!("{LIST}/ordinary?visa=saknade&plats=1#f-")));
}

async fn the_list_is_in_order_of_the_figure_that_it_shows(site: Site) {
    site.hands_in_in_two_regions().await;
    let analyst = site.colleague(Role::Analyst).await;

    for part in ["", "?region=Region%20Annan", "?rad=dietitian"] {
        let list = analyst.get(&format!("{LIST}{part}")).await;
        assert!(
            list.says("Listan är ordnad efter sammanvägd ändring"),
            "{part}"
        );
        let shown = list.column("Sammanvägd ändring");
        let weighed: Vec<f64> = shown
            .iter()
            .map(|share| {
                share
                    .trim_end_matches("\u{a0}%")
                    .replace(',', ".")
                    .parse()
                    .unwrap()
            })
            .collect();
        assert!(!weighed.is_empty(), "{}", list.text());
        assert!(
            weighed.is_sorted_by(|one, next| one >= next),
            "{part}: {shown:?}"
        );
    }
    let all = analyst.get(LIST).await;
    assert!(all.column("Sammanvägd ändring").len() > 1, "{}", all.text());
    assert!(all.says("plus genomsnittet när varje yrkeskategori räknas för sig."));
    let region = analyst.get(&format!("{LIST}?region=Region%20Annan")).await;
    assert!(region.says("den troliga ändringen av summorna i Region Annan, plus"));
    let row = analyst.get(&format!("{LIST}?rad=dietitian")).await;
    assert!(row.says("de troliga ändringarna av summorna för dietister i riket, hoplagda."));
}

async fn what_may_change_is_told_of_the_region_and_the_profession_that_is_chosen(site: Site) {
    site.hands_in_in_two_regions().await;
    let analyst = site.colleague(Role::Analyst).await;
    let list = async |part: &str| analyst.get(&format!("{LIST}{part}")).await;

    let all = list("").await;
    for said in ["Riket: ", "Regionen: ", "Dietister i riket: "] {
        assert!(all.says(said), "{said}: {}", all.text());
    }
    let region = list("?region=Region%20Exempel").await;
    // The region has no dietitians but those that are kept out.
    for said in ["Regionen: ", "Dietister i regionen: 100\u{a0}%"] {
        assert!(region.says(said), "{said}: {}", region.text());
    }
    assert!(!region.says("Riket: "), "{}", region.text());
    assert!(!region.says("Dietister i riket: "));
    let row = list("?rad=dietitian").await;
    for said in ["Dietister i riket: ", "Dietister i regionen: 100\u{a0}%"] {
        assert!(row.says(said), "{said}: {}", row.text());
    }
    assert!(!row.says("Regionen: "), "{}", row.text());
    assert!(!row.says("Psykologer i riket"));
    let both = list("?rad=dietitian&region=Region%20Exempel").await;
    assert!(
        both.says("Dietister i regionen: 100\u{a0}%"),
        "{}",
        both.text()
    );
    assert!(!both.says("Dietister i riket: "));
}

async fn figures_are_those_of_the_region_and_the_profession_that_is_chosen(site: Site) {
    site.hands_in_in_two_regions().await;
    let analyst = site.colleague(Role::Analyst).await;
    let sums = async |part: &str| {
        let page = analyst.get(&format!("{FIGURES}{part}")).await;
        let lines: Vec<String> = page.column("Summa, alla");
        let units = page.column("Mäts i");
        assert_eq!(lines.len(), units.len());
        let posts = units
            .iter()
            .position(|unit| unit == "heltidstjänster")
            .unwrap();
        (lines[posts].clone(), page)
    };

    // 5 + 4,5 in the one region, 5,5 + 9 in the other; 150 and 75 are kept out.
    let (country, page) = sums("").await;
    assert_eq!(country, "24", "{}", page.text());
    assert!(page.says("Måtten gäller 2 svar i riket."));
    let (region, page) = sums("?region=Region%20Annan").await;
    assert_eq!(region, "14,5", "{}", page.text());
    for said in [
        "Måtten gäller 1 svar i Region Annan.",
        "Med och utan rättade enheter i Region Annan",
        "Summorna steg för steg i Region Annan",
        "Mäts i heltidstjänster.",
        "89,5",
    ] {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    let (row, page) = sums("?rad=dietitian").await;
    assert_eq!(row, "9", "{}", page.text());
    assert!(page.says("för dietister i riket"));
    assert!(page.says("Tabellen över regler räknar hela svar."));
    // A profession is not what is asked for by itself.
    assert!(!page.says("Listade"), "{}", page.text());
    let (both, page) = sums("?rad=dietitian&region=Region%20Exempel").await;
    assert_eq!(both, "0", "{}", page.text());
    assert!(page.says("för dietister i Region Exempel"));
    // The way back keeps the choice.
    let back = format!("{LIST}?region=Region%20Exempel&rad=dietitian");
    assert!(page.links().contains(&back), "{:?}", page.links());
}

async fn each_list_tells_how_many_it_has(site: Site) {
    site.hands_in_percent_and_a_blank().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    let list = analyst.get(LIST).await;
    for said in [
        "2 frågor i 1 svar väntar på beslut: 1 kan ändra en summa och 1 gäller värden som saknas.",
        "Väntar på beslut (1)",
        "Saknade värden (1)",
        "Avgjorda (0)",
        "Beslut som inte längre passar (0)",
    ] {
        assert!(list.says(said), "{said}: {}", list.text());
    }
    assert!(list.links().contains(&format!("{LIST}?visa=saknade")));
    let nurses = analyst.get(&format!("{LIST}?rad=district_nurse")).await;
    assert!(nurses.says("Saknade värden (0)"), "{}", nurses.text());
}

async fn the_curve_has_a_sentence_names_a_legend_and_a_table(site: Site) {
    site.hands_in_in_two_regions().await;
    let analyst = site.colleague(Role::Analyst).await;

    let list = analyst.get(LIST).await;
    let text = list.text();
    let says = "Alla 2 frågor behövs för att nå 90\u{a0}% av det som finns att vinna.";
    assert!(text.contains(says), "{text}");
    for said in [
        "Avgjorda frågor</text>",
        "Kvar att vinna</text>",
        "Det som är kvar att vinna när frågorna avgörs uppifrån i listan</li>",
        "Visa som tabell</summary>",
    ] {
        assert!(list.body.contains(said), "{said}: {text}");
    }
    let left = list.column("Kvar att vinna");
    assert_eq!(
        left.first().map(String::as_str),
        Some("100\u{a0}%"),
        "{text}"
    );
    assert_eq!(left.last().map(String::as_str), Some("0\u{a0}%"), "{text}");
}

async fn a_page_beyond_the_last_is_the_last(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    for page in ["99", "4294967295", "0", "-1", "x"] {
        let list = analyst.get(&format!("{LIST}?sida={page}")).await;
        assert_eq!(list.questions().len(), 1, "{page}: {}", list.text());
        assert!(!list.body.contains("sida="), "{page}");
    }
}

async fn what_there_is_not_is_said_with_the_way_to_everything(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    for (part, said) in [
        (
            "region=Region%20%3Cb%3E",
            "ingen region som heter ”Region <b>”",
        ),
        ("rad=piloter", "ingen rad som heter ”piloter”"),
        ("regel=gissning", "ingen regel som heter ”gissning”"),
    ] {
        let list = analyst.get(&format!("{LIST}?{part}")).await;
        assert!(list.says(said), "{}", list.text());
        assert!(list.links().contains(&LIST.to_owned()), "{part}");
        assert!(!list.says("Ingenting passar urvalet"));
    }
    for (part, said) in [
        (
            "region=Region%20Norr",
            "ingen region som heter ”Region Norr”",
        ),
        ("rad=piloter", "ingen rad som heter ”piloter”"),
    ] {
        let page = analyst.get(&format!("{FIGURES}?{part}")).await;
        assert!(page.says(said), "{}", page.text());
        assert!(page.links().contains(&FIGURES.to_owned()), "{part}");
    }
    // A rule that there is and that has asked nothing is no fault.
    let quiet = analyst.get(&format!("{LIST}?regel=swapped")).await;
    assert!(quiet.says("Ingenting passar urvalet"), "{}", quiet.text());
}

async fn the_file_of_figures_is_named_like_the_others_and_comes_for_excel_too(site: Site) {
    site.hands_in_in_two_regions().await;
    let analyst = site.colleague(Role::Analyst).await;

    let page = analyst.get(FIGURES).await;
    let links = ["csv", "csv-excel"].map(|format| format!("{FIGURES}.csv?format={format}"));
    for link in &links {
        assert!(page.links().contains(link), "{:?}", page.links());
    }
    let [program, excel] = [analyst.get(&links[0]).await, analyst.get(&links[1]).await];
    let name = |file: &Answered| file.header("content-disposition").to_owned();
    let begins = "attachment; filename=\"vardcentralschefer-2022_2022_rattningsmatt_regler-";
    assert!(name(&program).starts_with(begins), "{}", name(&program));
    assert!(name(&excel).ends_with("_excel.csv\""), "{}", name(&excel));

    let columns = "round,rules,cut,part,region,total,rule,measure,unit,value\n";
    assert!(program.body.starts_with(columns), "{}", program.body);
    for line in [
        ",total,,staffing.fte,,cleaned,full-time posts,24\n",
        ",total,Region Annan,staffing.fte,,cleaned,full-time posts,14.5\n",
        ",total,Region Exempel,staffing.persons,,typed,people,13\n",
    ] {
        assert!(program.body.contains(line), "{line}: {}", program.body);
    }
    let begins = "\u{feff}round;rules;cut;";
    assert!(excel.body.starts_with(begins), "{}", excel.body);
    let line = ";total;Region Annan;staffing.fte;;cleaned;full-time posts;14,5\r\n";
    assert!(excel.body.contains(line), "{}", excel.body);
    for wrong in ["xlsx", "pdf"] {
        let refused = analyst.get(&format!("{FIGURES}.csv?format={wrong}")).await;
        assert_eq!(refused.status, 400, "{wrong}");
    }
}
