//! Editors and the answers that rules could not settle.

use std::sync::{Arc, atomic::AtomicI64};

use app::staff::Role;
use server::cleaning::{self, RuleBook};
use server::clock::{Chance, Clock};
use server::instruments;
use server::storage::register::{ContactKind, Field, Successor};
use server::storage::{Actor, AuditFilter, Earlier, NewConfirmation, StoredText, Timestamp};
use survey::{
    answers::Answers,
    checks,
    cleaning::{Status, replay},
    instrument,
    register::Register,
};

use crate::colleague::Colleague;
use crate::page::Answered;
use crate::site::{CLOSES, Chief, MINUTE, NOW, Site};

on_both_databases!(
    an_answer_in_percent_that_the_chief_stands_by_is_decided_and_taken_back,
    of_two_editors_the_later_sees_what_the_earlier_did,
);
on_sqlite!(
    what_is_left_to_gain_is_told_of_a_region_and_of_a_profession,
    what_editors_refuse_is_counted_by_rule_and_region,
    what_is_new_is_cleaned_at_the_press_of_a_button_and_nothing_by_looking,
    values_of_the_editors_own_are_read_and_faults_told_at_their_field,
    a_value_that_nothing_was_asked_about_is_changed,
    a_decision_survives_new_rules_and_comes_back_when_the_answer_is_another,
    a_change_in_the_register_is_cleaned_anew_and_decisions_stand,
    an_answer_that_is_chosen_from_a_list_is_changed_too,
    a_reader_looks_and_decides_nothing,
    the_chief_is_written_to_with_the_question_and_the_link,
    a_chief_who_answers_in_english_is_written_to_in_english,
    after_the_last_day_the_letter_asks_for_a_reply_and_has_no_link,
    nobody_is_written_to_who_cannot_be,
    an_answer_that_is_handed_in_anew_brings_the_question_back,
    the_figures_tell_what_was_typed_changed_and_kept_out,
    what_is_no_round_or_answer_is_not_found,
);

const LIST: &str = "/admin/rattning/2022";
const CASE: &str = "/admin/rattning/2022/ordinary";
const REASON: &str = "Vi har dubbla tjänster i höst.";

fn now() -> Timestamp {
    Timestamp::from_millis(NOW)
}

impl Site {
    /// The ordinary chief hands in two dietitians with 150 posts, and stands by it.
    pub async fn hands_in_percent(&self) {
        self.hands_in_percent_in("sv").await;
    }

    async fn hands_in_percent_in(&self, language: &str) {
        self.hands_in_percent_and(language, &[]).await;
    }

    /// The same, with answers besides or instead.
    pub async fn hands_in_percent_and(&self, language: &str, more: &[(&str, &str)]) {
        let chief = self.chief();
        for (variable, typed) in [
            ("listed", "8500"),
            ("gp_specialist_persons", "6"),
            ("gp_specialist_fte", "5"),
            ("district_nurse_persons", "5"),
            ("district_nurse_fte", "4,5"),
            ("dietitian_persons", "2"),
            ("dietitian_fte", "150"),
        ] {
            chief.types(variable, typed).await;
        }
        for (variable, typed) in more {
            chief.types(variable, typed).await;
        }
        self.stands_by_it().await;
        let receipt = chief.post(&format!("/skicka?sprak={language}"), &[]).await;
        assert!(receipt.leads_to().contains("/kvitto"), "{}", receipt.text());
    }

    /// What the mailbox holds about an answer: whole letters.
    async fn letters_about_answers(&self) -> Vec<String> {
        let (letters, _) = self.database.mailbox("", 0, 1000).await.unwrap();
        let mut about = Vec::new();
        for letter in letters {
            let whole = self
                .database
                .boxed_letter(letter.id)
                .await
                .unwrap()
                .unwrap();
            let subject = &whole.subject;
            if subject.contains("fråga om ert svar")
                || subject.contains("question about your answer")
            {
                about.push(String::from_utf8(whole.content).unwrap());
            }
        }
        about
    }

    /// "Stämmer" to everything that is asked about the staffing.
    pub async fn stands_by_it(&self) {
        self.stands_by(&self.chief()).await;
    }

    pub async fn stands_by(&self, chief: &Chief<'_>) {
        let instrument = instruments::asking(include_str!(
            "../../../instruments/vardcentralschefer-2022.toml"
        ))
        .unwrap();
        let view = chief.view().await;
        let answers: Answers = instrument
            .variables()
            .iter()
            .map(|variable| {
                (
                    variable.key.clone(),
                    view.answers.raw(&variable.key).to_owned(),
                )
            })
            .collect();
        for (_, _, question) in instrument.questions() {
            for finding in checks::examine(question, &Register::default(), &answers) {
                let new = NewConfirmation {
                    id: Chance.id(now()).unwrap(),
                    rule: finding.matter.rule().to_owned(),
                    scope: finding.anchor().to_owned(),
                    about: StoredText::new(finding.about(&answers)).unwrap(),
                    reason: StoredText::new(REASON).unwrap(),
                };
                self.database.confirm(chief.link, new, now()).await.unwrap();
            }
        }
    }

    pub async fn cleans(&self) -> u32 {
        self.cleans_by(&RuleBook::default()).await
    }

    async fn cleans_by(&self, rules: &RuleBook) -> u32 {
        let round = self.database.round("2022").await.unwrap().unwrap();
        let clock = Clock::Set(Arc::new(AtomicI64::new(self.now())));
        cleaning::clean_round(
            &self.database,
            rules,
            &round,
            &Actor::Server,
            &clock,
            Chance,
        )
        .await
        .unwrap()
    }

    async fn has_a_chief(&self, email: &str) {
        let at = Timestamp::from_millis(NOW - 1_440 * MINUTE);
        let successor = Successor {
            name: StoredText::new("Kim Ek").unwrap(),
            email: StoredText::new(email).unwrap(),
        };
        let mut new_id = || Chance.id(at).unwrap();
        self.database
            .succeed(
                "ordinary",
                ContactKind::Chief,
                Some(&successor),
                &Actor::CommandLine,
                at,
                &mut new_id,
            )
            .await
            .unwrap();
    }

    /// The number that counts now.
    pub async fn counts(&self, variable: &str) -> Option<String> {
        let round = self.database.round("2022").await.unwrap().unwrap();
        let editions = self
            .database
            .editions_of_round(round.id, None)
            .await
            .unwrap();
        let source = self.database.instrument_source(round.id).await.unwrap();
        let instrument = instrument::load(&source.unwrap()).unwrap();
        let place = instrument.place_of(variable).unwrap();
        let counted = editions[0].values[place].counted();
        counted.map(survey::answers::Number::to_plain)
    }

    /// What is kept is what the rules give again of the same answer and the same decisions, and what the ledger leads to.
    pub async fn replays(&self) {
        let round = self.database.round("2022").await.unwrap().unwrap();
        let ready = RuleBook::default().of_round(&self.database, round.id).await;
        let ready = ready.unwrap().unwrap();
        let case = self.chief().view().await.case.id;
        let case = self.database.case_to_clean(case).await.unwrap().unwrap();
        let edition = case.edition.unwrap();
        let raw = cleaning::raw(&ready.instrument, &case.snapshot, &edition.known).unwrap();
        let standing = Earlier::standing(&case.decisions);
        let again = (ready.clean)(&ready.rules, &ready.instrument, &raw, &standing);
        assert_eq!(again, edition.cleaned);
        let replayed = replay(&ready.instrument, &raw, &edition.cleaned.ledger);
        for (value, kept) in replayed.iter().zip(&edition.cleaned.values) {
            if kept.status != Status::AwaitingDecision {
                assert_eq!((value.number, value.status), (kept.number, kept.status));
            }
        }
    }

    async fn logged(&self) -> Vec<String> {
        let log = self
            .database
            .audit_log(&AuditFilter::default(), 0, 50)
            .await;
        let mut actions: Vec<String> = log
            .unwrap()
            .entries
            .into_iter()
            .map(|entry| entry.action)
            .filter(|action| action.starts_with("cleaning."))
            .collect();
        actions.sort();
        actions
    }
}

/// What the form on the page needs to answer the question about dietitians' posts, and the question's place on the page.
pub fn question(page: &Answered) -> (Vec<(String, String)>, String) {
    let hidden = |text: &str, name: &str| {
        let (_, rest) = text.split_once(&format!("name=\"{name}"))?;
        let (left, rest) = rest.split_once("\" value=\"")?;
        Some((left.to_owned(), rest.split_once('"')?.0.to_owned()))
    };
    let (_, edition) = hidden(&page.body, "utgava").expect("the page has a form");
    let asked = page.body.split("<section").find_map(|section| {
        hidden(section, "fraga-").filter(|(_, query)| query.ends_with("dietitian_fte"))
    });
    let (place, query) = asked.expect("the question is asked");
    let fields = vec![
        ("utgava".to_owned(), edition),
        (format!("fraga-{place}"), query),
    ];
    (fields, place)
}

impl Colleague<'_> {
    /// Answers the question that a page asks, with these fields besides; `{}` in a name is the question's place.
    async fn answers(&self, page: &Answered, more: &[(&str, &str)]) -> Answered {
        let (mut fields, place) = question(page);
        let more = more
            .iter()
            .map(|(name, value)| (name.replace("{}", &place), (*value).to_owned()));
        fields.extend(more);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.post(&format!("{CASE}/beslut"), &fields).await
    }

    async fn undoes(&self, edition: &str, number: &str) -> Answered {
        let fields = [("utgava", edition), ("beslut", number)];
        self.post(&format!("{CASE}/angra"), &fields).await
    }
}

async fn an_answer_in_percent_that_the_chief_stands_by_is_decided_and_taken_back(site: Site) {
    site.hands_in_percent().await;
    assert_eq!(site.cleans().await, 1);
    let analyst = site.colleague(Role::Analyst).await;

    let list = analyst.get(LIST).await;
    assert!(list.says("Vårdcentralen ordinary"), "{}", list.text());
    assert!(list.says("Tjänster i procent"));
    assert!(list.says("chefen har svarat Stämmer"));
    assert!(
        list.says("Dietister i riket: 100\u{a0}% (anställda, heltidstjänster)"),
        "{}",
        list.text()
    );
    let page = analyst.get(CASE).await;
    for said in ["Stämmer", REASON, "150 → 1,5", "hålls utanför"] {
        assert!(page.says(said), "{said}: {}", page.text());
    }

    let done = analyst.answers(&page, &[("val-{}", "percent")]).await;

    assert!(
        done.leads_to().starts_with(CASE) && done.leads_to().contains("gjort=beslut"),
        "{}",
        done.text()
    );
    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.5"));
    site.replays().await;
    let page = analyst.get(done.leads_to()).await;
    for said in [
        "Beslutet är sparat",
        &analyst.email,
        "”150” blev 1,5",
        "Ångra beslut 1",
    ] {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    let decided = analyst.get(&format!("{LIST}?visa=avgjorda")).await;
    assert!(decided.says(&analyst.email));

    let undone = analyst.undoes("2", "1").await;

    assert!(undone.leads_to().contains("gjort=angrat"));
    let page = analyst.get(CASE).await;
    assert!(page.says("Beslutet är återtaget"));
    site.replays().await;
    question(&page);
    assert_eq!(site.counts("dietitian_fte").await, None);
    assert_eq!(analyst.undoes("3", "1").await.status, 400);
    assert_eq!(
        site.logged().await,
        [
            "cleaning.decided",
            "cleaning.rules_added",
            "cleaning.undone"
        ]
    );
}

async fn what_is_left_to_gain_is_told_of_a_region_and_of_a_profession(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    let region = analyst
        .get(&format!("{LIST}?region=Region%20Exempel"))
        .await;
    assert!(
        region.says("någon av summorna i Region Exempel"),
        "{}",
        region.text()
    );
    // Choosing where to stop keeps what else was chosen.
    assert!(
        region
            .body
            .contains("name=\"region\" value=\"Region Exempel\"")
    );
    let profession = analyst.get(&format!("{LIST}?rad=dietitian")).await;
    assert!(
        profession.says("någon av summorna för dietister i riket"),
        "{}",
        profession.text()
    );
    assert!(profession.says("Vårdcentralen ordinary"));
    let other = analyst.get(&format!("{LIST}?rad=physiotherapist")).await;
    assert!(
        other.says("inget mer att avgöra för fysioterapeuter i riket"),
        "{}",
        other.text()
    );
    assert!(!other.says("Vårdcentralen ordinary"));
}

async fn what_editors_refuse_is_counted_by_rule_and_region(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let line = async |measure: &str| {
        let file = analyst.get("/admin/rattning/2022/matt.csv").await;
        let measure = format!(",rule,Region Exempel,,percent,{measure},");
        let line = file.body.lines().find(|line| line.contains(&measure));
        let line = line.unwrap_or_else(|| panic!("{measure}: {}", file.body));
        line.rsplit_once(',').unwrap().1.to_owned()
    };
    // The chief stands by it, so that the rule does not mend.
    assert_eq!(line("triggered").await, "1");
    assert_eq!(line("withdrawn").await, "1");

    let page = analyst.get(CASE).await;
    let kept = [("val-{}", "as_typed"), ("skal-{}", "Chefen ringde.")];
    assert_eq!(analyst.answers(&page, &kept).await.status, 303);
    site.wait();

    assert_eq!(line("refused").await, "1");
    assert_eq!(line("withdrawn").await, "1");
    assert_eq!(line("open").await, "0");
    assert_eq!(analyst.undoes("2", "1").await.status, 303);
    site.wait();
    assert_eq!(line("refused").await, "0");
    assert_eq!(line("open").await, "1");
}

async fn of_two_editors_the_later_sees_what_the_earlier_did(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let ada = site.colleague(Role::Analyst).await;
    let bo = site.colleague(Role::Administrator).await;
    let (for_ada, for_bo) = (ada.get(CASE).await, bo.get(CASE).await);
    let done = ada.answers(&for_ada, &[("val-{}", "percent")]).await;
    assert_eq!(done.status, 303);

    let chosen = [("val-{}", "as_typed"), ("skal-{}", "Chefen ringde.")];
    let late = bo.answers(&for_bo, &chosen).await;

    assert_eq!(late.status, 409);
    for said in [
        "Någon annan hann före",
        &ada.email,
        "Rätt som det är skrivet",
        "Chefen ringde.",
    ] {
        assert!(late.says(said), "{said}: {}", late.text());
    }
    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.5"));
    let page = bo.get(CASE).await;
    assert!(!page.says("Chefen ringde."));
}

async fn what_is_new_is_cleaned_at_the_press_of_a_button_and_nothing_by_looking(site: Site) {
    site.hands_in_percent().await;
    let analyst = site.colleague(Role::Analyst).await;

    assert!(analyst.get(LIST).await.says("Rätta nya svar (1)"));
    assert!(analyst.get(LIST).await.says("Rätta nya svar (1)"));
    let done = analyst.post(&format!("{LIST}/ratta-nya"), &[]).await;
    assert_eq!(done.leads_to(), format!("{LIST}?rattade=1"));
    let list = analyst.get(done.leads_to()).await;
    assert!(list.says("Ett svar är rättat"));
    assert!(!list.says("Rätta nya svar"));
    let again = analyst.post(&format!("{LIST}/ratta-nya"), &[]).await;
    assert!(
        analyst
            .get(again.leads_to())
            .await
            .says("Alla svar var redan rättade")
    );
    assert_eq!(
        site.logged().await,
        ["cleaning.rules_added", "cleaning.run"]
    );
}

async fn values_of_the_editors_own_are_read_and_faults_told_at_their_field(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;

    let nothing = analyst.answers(&page, &[]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.says("Välj ett alternativ."));

    let typed = "varde-{}-dietitian_fte";
    let own = [
        ("val-{}", "egna"),
        ("skal-{}", "Chefen ringde."),
        (typed, "en och annan"),
    ];
    let unreadable = analyst.answers(&page, &own).await;
    assert_eq!(unreadable.status, 422);
    assert!(unreadable.says("”en och annan” går inte att läsa som ett tal"));
    assert!(unreadable.body.contains("value=\"en och annan\""));
    assert!(unreadable.says("Chefen ringde."));

    let unexplained = [("val-{}", "egna"), (typed, "1,25")];
    let unexplained = analyst.answers(&page, &unexplained).await;
    assert_eq!(unexplained.status, 422);
    assert!(unexplained.says("Skriv en motivering"));

    let own = [
        ("val-{}", "egna"),
        ("skal-{}", "Chefen ringde."),
        (typed, "1 ¼"),
    ];
    let done = analyst.answers(&page, &own).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.25"));
}

async fn a_value_that_nothing_was_asked_about_is_changed(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    let fields = [
        ("utgava", "1"),
        ("val-0", "gp_specialist_persons"),
        ("varde-0-", "7"),
        ("skal-0", "Chefen ringde."),
    ];
    let done = analyst.post(&format!("{CASE}/beslut"), &fields).await;

    assert_eq!(done.status, 303, "{}", done.text());
    let counts = site.counts("gp_specialist_persons").await;
    assert_eq!(counts.as_deref(), Some("7"));
    assert!(analyst.get(CASE).await.says("Chefen ringde."));
}

/// The next version, that wants to be somewhat surer.
fn newer_rules(instrument: &str) -> Option<String> {
    const CERTAIN: &str = "mend = 15";
    let source = instruments::rules(instrument)?;
    assert!(source.contains(CERTAIN));
    let newer =
        source
            .replacen(CERTAIN, "mend = 16", 1)
            .replacen("version = \"", "version = \"newer-", 1);
    Some(newer)
}

async fn a_decision_survives_new_rules_and_comes_back_when_the_answer_is_another(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let done = analyst.answers(
        &page,
        &[("val-{}", "percent"), ("skal-{}", "Chefen ringde.")],
    );
    assert_eq!(done.await.status, 303);
    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.5"));

    let newer = RuleBook::new(newer_rules, survey::cleaning::clean);
    assert_eq!(site.cleans_by(&newer).await, 1);
    assert_eq!(site.cleans_by(&newer).await, 0);

    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.5"));
    let case = site.chief().view().await.case.id;
    let edition = site.database.last_edition(case).await.unwrap().unwrap();
    assert_eq!((edition.number, edition.decided), (3, 1));
    let decided = edition
        .cleaned
        .ledger
        .iter()
        .find(|entry| entry.rule == "decision");
    assert!(decided.unwrap().version.starts_with("newer-"));
    assert!(edition.cleaned.unfit.is_empty());

    let chief = site.chief();
    chief.post("/oppna", &[]).await;
    chief.types("dietitian_fte", "175").await;
    site.stands_by_it().await;
    chief.post("/skicka", &[]).await;
    assert_eq!(site.cleans_by(&newer).await, 1);
    let edition = site.database.last_edition(case).await.unwrap().unwrap();
    assert_eq!(edition.cleaned.unfit.len(), 1);
    assert!(
        edition
            .cleaned
            .queries
            .iter()
            .any(|query| query.variables.contains(&"dietitian_fte".to_owned()))
    );
}

async fn a_change_in_the_register_is_cleaned_anew_and_decisions_stand(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let done = analyst.answers(
        &page,
        &[("val-{}", "percent"), ("skal-{}", "Chefen ringde.")],
    );
    assert_eq!(done.await.status, 303);
    assert_eq!(site.cleans().await, 0);

    site.wait();
    let figure = (
        Field::Class("listed".to_owned()),
        StoredText::new("85000").unwrap(),
    );
    let mut new_id = || Chance.id(now()).unwrap();
    let at = Timestamp::from_millis(site.now());
    site.database
        .edit_unit("ordinary", &[figure], &Actor::CommandLine, at, &mut new_id)
        .await
        .unwrap();

    assert_eq!(site.cleans().await, 1);
    assert_eq!(site.cleans().await, 0);
    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.5"));
    // 8 500 against 85 000 is a factor of ten.
    let list = analyst.get(LIST).await;
    assert!(list.says("Ovanligt antal listade"), "{}", list.text());
    site.replays().await;
}

async fn an_answer_that_is_chosen_from_a_list_is_changed_too(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    let page = analyst.get(CASE).await;
    assert!(
        page.body.contains("<option value=\"need\""),
        "{}",
        page.body
    );
    assert!(!page.body.contains("name=\"varde-0-\""));
    let chosen = analyst.get(&format!("{CASE}?varde=need")).await;
    assert!(
        chosen.body.contains("<select id=\"varde-0-\""),
        "{}",
        chosen.body
    );
    assert!(chosen.body.contains("<option value=\"no\""));
    let fields = |value| {
        [
            ("utgava", "1"),
            ("val-0", "need"),
            ("varde-0-", value),
            ("skal-0", "Chefen ringde."),
        ]
    };
    for nothing in ["", "kanske"] {
        let refused = analyst
            .post(&format!("{CASE}/beslut"), &fields(nothing))
            .await;
        assert_eq!(refused.status, 422);
        assert!(refused.says("Välj ett av svaren i listan."));
        assert!(refused.says("Chefen ringde."));
    }
    let done = analyst.post(&format!("{CASE}/beslut"), &fields("no")).await;

    assert_eq!(done.status, 303, "{}", done.text());
    let page = analyst.get(CASE).await;
    assert!(page.says("blev Nej. Redaktörens beslut"), "{}", page.text());
    site.replays().await;
}

async fn a_reader_looks_and_decides_nothing(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let reader = site.colleague(Role::Reader).await;

    for path in [LIST, CASE, "/admin/rattning/2022/matt"] {
        let seen = reader.get(path).await;
        assert_eq!(seen.status, 200, "{path}");
        assert!(!seen.says("Spara beslutet"), "{path}");
    }
    assert_eq!(
        reader.answers(&page, &[("val-{}", "percent")]).await.status,
        403
    );
    assert_eq!(reader.undoes("1", "1").await.status, 403);
    assert_eq!(reader.get(&format!("{CASE}/brev")).await.status, 403);
    assert_eq!(reader.get(&format!("{LIST}/matt.csv")).await.status, 403);
    assert_eq!(
        reader.post(&format!("{LIST}/ratta-nya"), &[]).await.status,
        403
    );
}

async fn the_chief_is_written_to_with_the_question_and_the_link(site: Site) {
    site.has_a_chief("ada@example.se").await;
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    let page = analyst.get(&format!("{CASE}/brev")).await;
    assert!(page.says("Kim Ek, ada@example.se"), "{}", page.text());
    let mut form = page.form();
    assert!(form["text"].contains("{länk}"));
    form.insert("text".to_owned(), "Hej!".to_owned());
    let fields: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    let without = analyst.post(&format!("{CASE}/brev"), &fields).await;
    assert_eq!(without.status, 422, "{}", without.text());

    let form = page.form();
    let fields: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    for _ in 0..2 {
        let sent = analyst.post(&format!("{CASE}/brev"), &fields).await;
        let to = sent.leads_to();
        assert!(
            to.starts_with(CASE) && to.contains("gjort=brev"),
            "{}",
            sent.text()
        );
    }
    site.mail_goes_out().await;

    let letters = site.letters().await;
    let about: Vec<_> = letters
        .iter()
        .filter(|(_, subject)| subject.contains("En fråga om ert svar"))
        .collect();
    assert_eq!(about.len(), 1);
    assert_eq!(about[0].0, "ada@example.se");
    assert!(analyst.get(CASE).await.says("Brev till chefen om svaret"));
    assert!(site.logged().await.contains(&"cleaning.letter".to_owned()));
}

async fn nobody_is_written_to_who_cannot_be(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(&format!("{CASE}/brev")).await;
    assert!(
        page.says("Enheten har ingen kontakt som gäller nu"),
        "{}",
        page.text()
    );
}

impl Colleague<'_> {
    /// Sends the ready letter as it is.
    async fn writes(&self, page: &Answered) -> Answered {
        let form = page.form();
        let fields: Vec<(&str, &str)> =
            form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        self.post(&format!("{CASE}/brev"), &fields).await
    }
}

async fn a_chief_who_answers_in_english_is_written_to_in_english(site: Site) {
    site.has_a_chief("ada@example.se").await;
    site.hands_in_percent_in("en").await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;

    let page = analyst.get(&format!("{CASE}/brev")).await;
    assert!(
        page.says("Chefen skickade in svaret på engelska"),
        "{}",
        page.text()
    );
    assert!(page.form()["text"].contains("you typed “150”. Did you mean 1.5?"));
    // The field is named as the letter has it.
    assert!(page.says("{link} måste finnas med"), "{}", page.text());
    assert!(
        page.form()["text"].starts_with("Dear {recipient}"),
        "{}",
        page.form()["text"]
    );
    // The editor may choose the other language all the same.
    let swedish = analyst.get(&format!("{CASE}/brev?brevsprak=sv")).await;
    let text = &swedish.form()["text"];
    for said in [
        "Dietister: ni skrev ”150”. Menade ni 1,5?",
        &format!("I enkäten svarade ni att det stämmer: ”{REASON}”"),
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(swedish.form()["text"].starts_with("Hej {mottagare}"));
    assert_eq!(analyst.writes(&page).await.status, 303);
    site.mail_goes_out().await;

    let again = analyst.get(&format!("{CASE}/brev")).await;
    assert!(
        again.says("Brev om svaret är redan skickade:"),
        "{}",
        again.text()
    );
    let letters = site.letters_about_answers().await;
    assert_eq!(letters.len(), 1);
    for said in ["Content-Language: en", "Kind regards", "?sprak=3Den"] {
        assert!(letters[0].contains(said), "{said}: {}", letters[0]);
    }
}

async fn after_the_last_day_the_letter_asks_for_a_reply_and_has_no_link(site: Site) {
    site.has_a_chief("ada@example.se").await;
    site.hands_in_percent().await;
    site.cleans().await;
    site.set_clock(CLOSES);
    let analyst = site.colleague(Role::Analyst).await;

    let page = analyst.get(&format!("{CASE}/brev")).await;
    assert!(page.says("Omgången är stängd"), "{}", page.text());
    assert!(page.says("chefen svarar på brevet"));
    assert!(!page.form()["text"].contains("{länk}"));
    assert_eq!(analyst.writes(&page).await.status, 303);
    site.mail_goes_out().await;

    let letters = site.letters_about_answers().await;
    assert_eq!(letters.len(), 1);
    assert!(!letters[0].contains("/svara/"), "{}", letters[0]);
    // The reply is entered as a decision.
    let own = [
        ("val-{}", "egna"),
        ("skal-{}", "Chefen svarade på brevet."),
        ("varde-{}-dietitian_fte", "1,5"),
    ];
    let case = analyst.get(CASE).await;
    assert_eq!(analyst.answers(&case, &own).await.status, 303);
    assert_eq!(site.counts("dietitian_fte").await.as_deref(), Some("1.5"));
}

async fn an_answer_that_is_handed_in_anew_brings_the_question_back(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get(CASE).await;
    let done = analyst.answers(&page, &[("val-{}", "percent")]).await;
    assert_eq!(done.status, 303);

    site.wait();
    let chief = site.chief();
    chief.post("/oppna", &[]).await;
    chief.types("dietitian_fte", "175").await;
    site.stands_by_it().await;
    chief.post("/skicka", &[]).await;
    assert_eq!(site.cleans().await, 1);

    let page = analyst.get(CASE).await;
    assert!(page.says("Beslutet gäller inte längre"), "{}", page.text());
    question(&page);
    let returned = analyst.get(&format!("{LIST}?visa=tillbaka")).await;
    assert!(returned.says("chefen har skrivit något annat"));
    // Taking it back ends it.
    assert_eq!(analyst.undoes("3", "1").await.status, 303);
    let returned = analyst.get(&format!("{LIST}?visa=tillbaka")).await;
    assert!(returned.says("Ingenting passar urvalet"));
}

async fn the_figures_tell_what_was_typed_changed_and_kept_out(site: Site) {
    site.hands_in_percent().await;
    site.cleans().await;
    let analyst = site.colleague(Role::Analyst).await;
    let page = analyst.get("/admin/rattning/2022/matt").await;
    // 5 + 4,5 + 150 posts as typed, of which 150 are kept out.
    for said in [
        "159,5",
        "9,5",
        "Hålls utanför tills det är avgjort",
        "Tjänster i procent",
    ] {
        assert!(page.says(said), "{said}: {}", page.text());
    }
    let file = analyst.get("/admin/rattning/2022/matt.csv").await;
    assert!(file.header("content-type").starts_with("text/csv"));
    for line in [
        ",total,,staffing.fte,,typed,full-time posts,159.5",
        ",total,,staffing.fte,,held,full-time posts,150",
        ",total,,staffing.fte,,cleaned,full-time posts,9.5",
        ",rule,Region Exempel,,percent,open,questions,1",
    ] {
        assert!(
            file.body.lines().any(|one| one.ends_with(line)),
            "{line}: {}",
            file.body
        );
    }
}

async fn what_is_no_round_or_answer_is_not_found(site: Site) {
    let analyst = site.colleague(Role::Analyst).await;
    for path in [
        "/admin/rattning/annan",
        "/admin/rattning/2022/annan",
        // Nobody has answered there.
        "/admin/rattning/2022/rural",
        "/admin/rattning/2022/rural/brev",
        "/admin/rattning/%00/%00",
    ] {
        assert_eq!(analyst.get(path).await.status, 404, "{path}");
    }
    assert_eq!(analyst.get("/admin/rattning").await.leads_to(), LIST);
}
