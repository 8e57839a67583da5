//! The list of what is to be settled: what it shows, and where its links lead.

use app::staff::Role;

use crate::page::Answered;
use crate::site::Site;

on_sqlite!(
    links_to_a_case_carry_the_place_in_the_list_and_lead_back_to_it,
    what_was_left_blank_beside_an_answer_has_a_list_of_its_own,
);

const LIST: &str = "/admin/rattning/2022";

impl Site {
    /// Beside two dietitians with 150 posts, occupational therapists with persons and no posts.
    async fn hands_in_percent_and_a_blank(&self) {
        let chief = self.chief();
        chief.types("occupational_therapist_persons", "2").await;
        self.hands_in_percent().await;
    }
}

impl Answered {
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
        assert!(link.starts_with(&format!("{LIST}/ordinary#f-")), "{link}");
    }

    let chosen = "region=Region%20Exempel&rad=dietitian&stopp=100";
    let list = analyst.get(&format!("{LIST}?{chosen}")).await;
    let links = list.questions();
    assert!(!links.is_empty(), "{}", list.text());
    for link in &links {
        let carried = format!("{LIST}/ordinary?{chosen}#f-");
        assert!(link.starts_with(&carried), "{link}");
    }
    assert_eq!(analyst.get(&links[0]).await.status, 200);
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
    assert!(links[0].starts_with(&format!("{LIST}/ordinary?visa=saknade#f-")));
}
