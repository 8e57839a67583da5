//! What cleaning made of answers, and what editors decided.

use std::time::Duration;

use server::storage::register::Field;
use server::storage::{
    Actor, DecideError, DecisionBody, DispositionCode, Earlier, EditionError, Known, NewDecision,
    NewEdition, NewRuleSet, Timestamp,
};
use survey::answers::Number;
use survey::cleaning::{
    Author, Basis, Certainty, Choice, Cleaned, Decision, Entry, Evidence, Status, Value,
};
use survey::statistics::Amounts;
use uuid::Uuid;

use crate::support::world::{DURING, Page, World, new_id, submission, text};

on_both_databases!(
    an_edition_is_read_as_it_was_kept,
    the_review_reads_the_numbers_and_the_questions_of_each_last_edition,
    an_edition_follows_upon_the_last_one_or_is_not_kept,
    what_is_handed_in_waits_until_it_is_cleaned_and_again_when_it_is_handed_in_anew,
    new_rules_clean_everything_again,
    what_the_register_says_anew_waits_to_be_cleaned,
    nothing_that_was_begun_before_a_cut_gets_into_it,
    the_same_rules_are_kept_once,
    a_decision_is_kept_with_the_edition_that_it_leads_to,
    of_two_editors_who_saw_the_same_edition_the_later_writes_nothing,
    several_decisions_are_kept_together_or_not_at_all,
    a_decision_upon_an_answer_that_was_handed_in_anew_writes_nothing,
    a_decision_is_taken_back_once,
    decisions_that_stand_are_given_to_the_rules_as_they_were_made,
    nothing_that_was_kept_can_be_changed,
    a_cut_shows_what_stood_then,
    every_decision_is_in_the_log,
);

const LATER: Timestamp = Timestamp::from_millis(1_600_000);

struct Case {
    link: Uuid,
    round: Uuid,
    id: Uuid,
    submission: Uuid,
    rules: Uuid,
}

fn editor(name: &str) -> Actor {
    Actor::Staff(format!("{name}@example.se"))
}

async fn rules(world: &World, version: &str) -> Uuid {
    let new = NewRuleSet {
        id: new_id(),
        instrument_key: "example".to_owned(),
        version: version.to_owned(),
        source: format!("version = \"{version}\""),
        audit_id: new_id(),
    };
    let kept = world.database.keep_rule_set(&new, &Actor::Server, DURING);
    kept.await.unwrap()
}

async fn hand_in(world: &World, link: Uuid, receipt: u8) -> Uuid {
    let new = submission(&world.view(link).await, receipt);
    let id = new.id;
    world.database.submit(link, new, DURING).await.unwrap();
    id
}

/// A case whose answers are handed in and not cleaned.
async fn handed_in(world: &World) -> Case {
    let link = world.a_link().await;
    world
        .save(link, Page::blank().types("listed", "8500"))
        .await;
    let submission = hand_in(world, link, 1).await;
    let view = world.view(link).await;
    Case {
        link,
        round: view.round.id,
        id: view.case.id,
        submission,
        rules: rules(world, "1").await,
    }
}

fn cleaned() -> Cleaned {
    let entry = Entry::from_json();
    Cleaned {
        values: vec![Value {
            number: Some(Number::whole(8500)),
            text: None,
            status: Status::Corrected,
            reason: None,
            held: false,
            rule: Some("thousands".to_owned()),
        }],
        ledger: vec![entry],
        ..Cleaned::default()
    }
}

trait FromJson {
    fn from_json() -> Self;
}

/// Read from JSON, as storage reads it: fields that come later do not matter here.
impl FromJson for Entry {
    fn from_json() -> Self {
        let entry = serde_json::json!({
            "variable": "listed",
            "before": "8,5",
            "after": Number::whole(8500),
            "status": Status::Corrected,
            "rule": "thousands",
            "version": "1",
            "certainty": Certainty::Decibans(27),
            "evidence": Evidence::default().with("register", Number::whole(8400)),
            "by": Author::Rule,
        });
        serde_json::from_value(entry).unwrap()
    }
}

fn edition(case: &Case, after: u32, decided: u32) -> NewEdition {
    NewEdition {
        id: new_id(),
        case_id: case.id,
        after,
        submission_id: case.submission,
        rule_set_id: case.rules,
        decided,
        known: Known {
            register: [("listed".to_owned(), "8400".to_owned())].into(),
            confirmations: Vec::new(),
        },
        cleaned: cleaned(),
    }
}

fn decision(number: u32, undoes: Option<u32>) -> NewDecision {
    let choice = undoes.is_none().then_some(Choice::Keep);
    NewDecision {
        id: new_id(),
        number,
        query: "listed/thousands/listed".to_owned(),
        undoes,
        body: DecisionBody {
            choice,
            basis: vec![Basis {
                variable: "listed".to_owned(),
                typed: "8,5".to_owned(),
            }],
            rule: "thousands".to_owned(),
            evidence: Evidence::default(),
            as_proposed: false,
            doubts: Vec::new(),
        },
        reason: text("Chefen ringde."),
        at: LATER,
        audit_id: new_id(),
        unit_key: "vc-0001".to_owned(),
        round_key: "2022".to_owned(),
    }
}

impl World {
    async fn keeps(&self, new: &NewEdition, at: Timestamp) {
        let kept = self.database.keep_edition(new, &Actor::Server, at).await;
        kept.unwrap();
    }

    async fn decides(&self, case: &Case, who: &str, number: u32, after: u32) -> bool {
        self.answers(case, who, &decision(number, None), after)
            .await
    }

    /// Whether it was kept.
    async fn answers(&self, case: &Case, who: &str, new: &NewDecision, after: u32) -> bool {
        let next = edition(case, after, new.number);
        match self
            .database
            .decide(&[(new.clone(), next)], &editor(who))
            .await
        {
            Ok(()) => true,
            Err(DecideError::Stale) => false,
            Err(error) => panic!("{error}"),
        }
    }

    async fn decisions(&self, case: &Case) -> Vec<Earlier> {
        let input = self.database.case_to_clean(case.id).await.unwrap();
        input.unwrap().decisions
    }

    async fn waiting(&self, case: &Case, rules: Option<Uuid>) -> Vec<Uuid> {
        let waiting = self
            .database
            .cases_to_clean(case.round, rules, &["listed"])
            .await;
        waiting.unwrap()
    }
}

async fn an_edition_is_read_as_it_was_kept(world: World) {
    let case = handed_in(&world).await;
    let new = edition(&case, 0, 0);
    world.keeps(&new, DURING).await;

    let read = world.database.last_edition(case.id).await.unwrap();

    let read = read.unwrap();
    assert_eq!((read.number, read.decided), (1, 0));
    assert_eq!(read.cleaned, new.cleaned);
    assert_eq!(read.known, new.known);
    assert_eq!(read.submission_id, case.submission);
    let round = world.database.editions_of_round(case.round, None).await;
    assert_eq!(round.unwrap()[0].values, new.cleaned.values);
    let ledger = world.database.ledger_of_round(case.round, None).await;
    assert_eq!(ledger.unwrap()[0].entry, new.cleaned.ledger[0]);
    let before = world.texts("SELECT before FROM ledger").await;
    assert_eq!(before, ["8,5"]);
}

async fn the_review_reads_the_numbers_and_the_questions_of_each_last_edition(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    let mut last = edition(&case, 1, 0);
    last.cleaned.values[0].held = true;
    world.keeps(&last, DURING).await;

    let review = world.database.editions_to_review(case.round).await.unwrap();

    assert_eq!(review.len(), 1);
    assert_eq!(
        (review[0].case_id, review[0].region.as_str()),
        (case.id, "Region Exempel")
    );
    assert_eq!(review[0].amounts, Amounts::of(&last.cleaned.values));
    assert_eq!(review[0].queries, last.cleaned.queries);
    let kept = world
        .texts("SELECT amounts FROM cleaning_edition ORDER BY number")
        .await;
    assert_eq!(kept, ["[[0,8500000000,false]]", "[[0,8500000000,true]]"]);
}

async fn an_edition_follows_upon_the_last_one_or_is_not_kept(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;

    for (after, decided) in [(0, 0), (2, 0), (1, 1)] {
        let new = edition(&case, after, decided);
        let kept = world.database.keep_edition(&new, &Actor::Server, DURING);
        assert!(matches!(kept.await, Err(EditionError::Overtaken)));
    }
    let batch = [edition(&case, 0, 0), edition(&case, 1, 0)];
    let kept = world.database.keep_editions(&batch, &Actor::Server, DURING);
    assert_eq!(kept.await.unwrap(), 1);
    assert_eq!(
        world.number("SELECT count(*) FROM cleaning_edition").await,
        2
    );
}

async fn what_is_handed_in_waits_until_it_is_cleaned_and_again_when_it_is_handed_in_anew(
    world: World,
) {
    let case = handed_in(&world).await;
    assert_eq!(world.waiting(&case, Some(case.rules)).await, [case.id]);

    world.keeps(&edition(&case, 0, 0), DURING).await;
    assert!(world.waiting(&case, Some(case.rules)).await.is_empty());

    world.database.reopen(case.link, DURING).await.unwrap();
    assert!(world.waiting(&case, Some(case.rules)).await.is_empty());
    hand_in(&world, case.link, 2).await;
    assert_eq!(world.waiting(&case, Some(case.rules)).await, [case.id]);
    let stale = edition(&case, 1, 0);
    let kept = world.database.keep_edition(&stale, &Actor::Server, DURING);
    assert!(matches!(kept.await, Err(EditionError::Overtaken)));
}

async fn new_rules_clean_everything_again(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    let newer = rules(&world, "2").await;
    assert_eq!(world.waiting(&case, Some(newer)).await, [case.id]);
    assert_eq!(world.waiting(&case, None).await, [case.id]);
}

/// Gives the case's unit another figure in the register.
async fn register_says(world: &World, case: &Case, listed: &str, at: Timestamp) {
    let unit = world.view(case.link).await.unit.key;
    let field = (Field::Class("listed".to_owned()), text(listed));
    let edited = world
        .database
        .edit_unit(&unit, &[field], &Actor::CommandLine, at, &mut new_id)
        .await;
    assert_eq!(edited.unwrap(), 1);
}

async fn what_the_register_says_anew_waits_to_be_cleaned(world: World) {
    let case = handed_in(&world).await;
    register_says(&world, &case, "8400", DURING).await;
    let mut first = edition(&case, 0, 0);
    let known = |listed: &str| [("listed".to_owned(), listed.to_owned())].into();
    first.known.register = known("8400");
    world.keeps(&first, DURING).await;
    assert!(world.waiting(&case, Some(case.rules)).await.is_empty());

    register_says(&world, &case, "8600", LATER).await;

    assert_eq!(world.waiting(&case, Some(case.rules)).await, [case.id]);
    let mut second = edition(&case, 1, 0);
    second.known.register = known("8600");
    world.keeps(&second, LATER).await;
    assert!(world.waiting(&case, Some(case.rules)).await.is_empty());
    // An import that was begun long ago and comes through now.
    register_says(&world, &case, "8700", DURING).await;
    assert_eq!(world.waiting(&case, Some(case.rules)).await, [case.id]);
}

async fn nothing_that_was_begun_before_a_cut_gets_into_it(world: World) {
    let case = handed_in(&world).await;
    register_says(&world, &case, "8400", DURING).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    let cut = async |at| {
        let cut = world.database.data_cut(case.round, at).await.unwrap();
        let rows = world.database.cut_rows(&cut, &cut.cleaned).await.unwrap();
        let raw = world.database.cut_rows(&cut, &cut.handed_in).await.unwrap();
        (rows, raw)
    };
    let before = cut(LATER).await;

    // By their own clocks all of it happened before the cut.
    register_says(&world, &case, "8600", DURING).await;
    world.keeps(&edition(&case, 1, 0), DURING).await;
    world.database.reopen(case.link, DURING).await.unwrap();
    hand_in(&world, case.link, 2).await;
    world
        .database
        .set_disposition(
            case.id,
            DispositionCode::Refused,
            &text(""),
            &Actor::CommandLine,
            DURING,
            &mut new_id,
        )
        .await
        .unwrap();

    assert_eq!(cut(LATER).await, before);
    assert_eq!(before.0[0].classes["listed"], "8400");
    let after = cut(LATER.after(Duration::from_secs(1))).await;
    assert_eq!(after.0[0].classes["listed"], "8600");
    assert_eq!(after.0[0].disposition, DispositionCode::Refused);
    assert!(after.1[0].submitted_at > LATER);
}

async fn the_same_rules_are_kept_once(world: World) {
    let first = rules(&world, "1").await;
    assert_eq!(rules(&world, "1").await, first);
    assert_ne!(rules(&world, "2").await, first);
    assert_eq!(world.number("SELECT count(*) FROM rule_set").await, 2);
    let kept = world.database.rule_set(first).await.unwrap().unwrap();
    assert_eq!(kept.source, "version = \"1\"");
}

async fn a_decision_is_kept_with_the_edition_that_it_leads_to(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;

    assert!(world.decides(&case, "ada", 1, 1).await);

    let decisions = world.decisions(&case).await;
    assert_eq!(decisions.len(), 1);
    assert_eq!((decisions[0].number, decisions[0].edition), (1, 1));
    assert_eq!(decisions[0].body.choice, Some(Choice::Keep));
    assert_eq!(decisions[0].actor, "ada@example.se");
    let last = world.database.last_edition(case.id).await.unwrap().unwrap();
    assert_eq!((last.number, last.decided), (2, 1));
    let count = world.database.cleaning_count(case.round).await.unwrap();
    assert_eq!((count.submitted, count.cleaned, count.decisions), (1, 1, 1));
}

async fn of_two_editors_who_saw_the_same_edition_the_later_writes_nothing(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;

    let ada = [(decision(1, None), edition(&case, 1, 1))];
    let bo = [(decision(1, None), edition(&case, 1, 1))];
    let (who_ada, who_bo) = (editor("ada"), editor("bo"));
    let (one, other) = tokio::join!(
        world.database.decide(&ada, &who_ada),
        world.database.decide(&bo, &who_bo),
    );

    let kept = [one.is_ok(), other.is_ok()];
    assert!(kept[0] != kept[1], "{kept:?}");
    assert!(
        [one, other]
            .into_iter()
            .any(|done| matches!(done, Err(DecideError::Stale)))
    );
    assert_eq!(world.decisions(&case).await.len(), 1);
    assert_eq!(
        world.number("SELECT count(*) FROM cleaning_edition").await,
        2
    );
    // Whoever has seen what the other did may decide.
    assert!(world.decides(&case, "bo", 2, 2).await);
}

async fn several_decisions_are_kept_together_or_not_at_all(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    let step = |number, after| (decision(number, None), edition(&case, after, number));

    // The second does not follow upon the first.
    let broken = [step(1, 1), step(2, 1)];
    let refused = world.database.decide(&broken, &editor("ada")).await;
    assert!(matches!(refused, Err(DecideError::Stale)));
    assert_eq!(world.decisions(&case).await, []);

    let whole = [step(1, 1), step(2, 2)];
    let kept = world.database.decide(&whole, &editor("ada")).await;
    assert!(kept.is_ok(), "{kept:?}");
    assert_eq!(world.decisions(&case).await.len(), 2);
    let last = world.database.last_edition(case.id).await.unwrap().unwrap();
    assert_eq!((last.number, last.decided), (3, 2));
}

async fn a_decision_upon_an_answer_that_was_handed_in_anew_writes_nothing(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    world.database.reopen(case.link, DURING).await.unwrap();
    hand_in(&world, case.link, 2).await;

    assert!(!world.decides(&case, "ada", 1, 1).await);
    assert_eq!(world.decisions(&case).await, []);
}

async fn a_decision_is_taken_back_once(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    assert!(world.decides(&case, "ada", 1, 1).await);

    assert!(world.answers(&case, "bo", &decision(2, Some(1)), 2).await);

    let decisions = world.decisions(&case).await;
    assert_eq!(Earlier::standing(&decisions), []);
    let again = decision(3, Some(1));
    let next = edition(&case, 3, 3);
    let again = world
        .database
        .decide(&[(again, next)], &editor("ada"))
        .await;
    assert!(matches!(again, Err(DecideError::Database(_))));
    assert_eq!(world.decisions(&case).await.len(), 2);
}

async fn decisions_that_stand_are_given_to_the_rules_as_they_were_made(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    for number in 1..=3 {
        assert!(world.decides(&case, "ada", number, number).await);
    }
    assert!(world.answers(&case, "bo", &decision(4, Some(2)), 4).await);

    let standing = Earlier::standing(&world.decisions(&case).await);

    let expected = |number: u32| {
        let made = decision(number, None);
        Decision {
            id: number.to_string(),
            query: made.query,
            choice: Choice::Keep,
            basis: made.body.basis,
            by: "ada@example.se".to_owned(),
            at: LATER.millis(),
        }
    };
    assert_eq!(standing, [expected(1), expected(3)]);
}

async fn nothing_that_was_kept_can_be_changed(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    assert!(world.decides(&case, "ada", 1, 1).await);

    for (table, column) in [
        ("rule_set", "source"),
        ("cleaning_edition", "clean_values"),
        ("ledger", "entry"),
        ("cleaning_decision", "body"),
    ] {
        let changed = world
            .execute(&format!("UPDATE {table} SET {column} = '{{}}'"))
            .await;
        assert!(changed.is_err(), "{table} was changed");
        let deleted = world.execute(&format!("DELETE FROM {table}")).await;
        assert!(deleted.is_err(), "{table} was deleted from");
    }
}

async fn a_cut_shows_what_stood_then(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    assert!(world.decides(&case, "ada", 1, 1).await);

    let at = async |cut| {
        let editions = world.database.editions_of_round(case.round, cut).await;
        let numbers: Vec<u32> = editions.unwrap().iter().map(|one| one.number).collect();
        numbers
    };
    assert_eq!(at(None).await, [2]);
    assert_eq!(at(Some(LATER)).await, [2]);
    assert_eq!(at(Some(DURING)).await, [1]);
    assert!(at(Some(Timestamp::from_millis(0))).await.is_empty());
}

async fn every_decision_is_in_the_log(world: World) {
    let case = handed_in(&world).await;
    world.keeps(&edition(&case, 0, 0), DURING).await;
    assert!(world.decides(&case, "ada", 1, 1).await);
    assert!(world.answers(&case, "bo", &decision(2, Some(1)), 2).await);

    let lines = world
        .texts("SELECT action FROM audit WHERE action LIKE 'cleaning.%'")
        .await;
    assert_eq!(
        lines,
        [
            "cleaning.decided",
            "cleaning.rules_added",
            "cleaning.undone"
        ]
    );
}
