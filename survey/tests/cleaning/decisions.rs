//! What editors and chiefs have said.

use super::support::{
    CHIEFS, asked_by, cleaned, decided, mended_by, put, registered, staffed, status, value,
};
use survey::{
    answers::Number,
    checks::Confirmed,
    cleaning::{
        Author, Basis, Certainty, Change, Choice, Confirmation, Decision, Query, Raw, Status,
        Unfit, replay,
    },
};

fn unclear() -> Raw {
    staffed(&[("4", "3,5"), ("3", "4"), ("6", "4,5"), ("3", "2,2")])
}

fn decision(raw: &Raw, query: &Query, choice: Choice, at: i64) -> Decision {
    Decision {
        id: format!("d{at}"),
        query: query.id.clone(),
        choice,
        basis: query
            .variables
            .iter()
            .map(|variable| Basis {
                variable: variable.clone(),
                typed: raw.typed(CHIEFS.place_of(variable).unwrap()).to_owned(),
            })
            .collect(),
        by: "editor@example.se".to_owned(),
        at,
    }
}

fn pick(query: &Query, id: &str) -> Choice {
    let alternative = query
        .alternatives
        .iter()
        .find(|alternative| alternative.id == id)
        .unwrap();
    Choice::Alternative {
        id: id.to_owned(),
        changes: alternative.changes.clone(),
    }
}

#[test]
fn an_editor_takes_what_the_register_says() {
    let mut raw = unclear();
    put(&mut raw, "listed", "240");
    let raw = registered(raw, "3150");
    let result = cleaned(&raw);
    let query = result
        .queries
        .iter()
        .find(|query| query.variables == ["listed"])
        .unwrap();
    let choice = decision(&raw, query, pick(query, "listed_from_register"), 1);
    let result = decided(&raw, &[choice]);
    assert_eq!(value(&result, "listed"), "3150");
    assert_eq!(asked_by(&result, "listed"), None);
}

#[test]
fn an_alternative_is_applied_and_asked_about_no_more() {
    let raw = unclear();
    let query = cleaned(&raw).queries.remove(0);
    let choice = decision(&raw, &query, pick(&query, "swapped"), 1);
    let result = decided(&raw, &[choice]);
    assert_eq!(value(&result, "licensed_nonspecialist_persons"), "4");
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "3");
    assert_eq!(
        status(&result, "licensed_nonspecialist_fte"),
        Status::Corrected
    );
    assert!(result.queries.is_empty() && result.unfit.is_empty());
    let entry = result.ledger.last().unwrap();
    assert_eq!(entry.certainty, Certainty::Decided);
    assert_eq!(entry.by, Author::Editor("editor@example.se".to_owned()));
}

#[test]
fn the_answer_can_be_kept_as_typed() {
    let raw = unclear();
    let query = cleaned(&raw).queries.remove(0);
    let result = decided(&raw, &[decision(&raw, &query, Choice::Keep, 1)]);
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "4");
    assert_eq!(
        status(&result, "licensed_nonspecialist_fte"),
        Status::AsAnswered
    );
    assert!(result.queries.is_empty());
}

#[test]
fn the_last_decision_counts_in_whatever_order_they_come() {
    let raw = unclear();
    let query = cleaned(&raw).queries.remove(0);
    let first = decision(&raw, &query, pick(&query, "swapped"), 1);
    let typed = Choice::Values(vec![Change::to(
        "licensed_nonspecialist_fte",
        Number::parse_plain("2.75"),
    )]);
    let last = decision(&raw, &query, typed, 2);
    let one = decided(&raw, &[first.clone(), last.clone()]);
    let other = decided(&raw, &[last, first]);
    assert_eq!(one, other);
    assert_eq!(value(&one, "licensed_nonspecialist_fte"), "2.75");
    assert_eq!(value(&one, "licensed_nonspecialist_persons"), "3");
}

#[test]
fn a_decision_about_other_texts_comes_back_to_the_list() {
    let raw = unclear();
    let query = cleaned(&raw).queries.remove(0);
    let old = decision(&raw, &query, pick(&query, "swapped"), 1);
    let now = staffed(&[("4", "3,5"), ("3", "5"), ("6", "4,5"), ("3", "2,2")]);
    let result = decided(&now, &[old]);
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "5");
    assert!(matches!(&result.unfit[..], [Unfit::TypedSince { decision, .. }] if decision == "d1"));
    assert!(asked_by(&result, "licensed_nonspecialist_fte").is_some());
}

#[test]
fn a_value_that_the_instrument_forbids_is_refused() {
    let raw = unclear();
    let query = cleaned(&raw).queries.remove(0);
    let half = Choice::Values(vec![Change::to(
        "licensed_nonspecialist_persons",
        Number::parse_plain("2.5"),
    )]);
    let result = decided(&raw, &[decision(&raw, &query, half, 1)]);
    assert!(matches!(&result.unfit[..], [Unfit::Forbidden { .. }]));
}

#[test]
fn a_mend_can_be_undone() {
    let raw = staffed(&[("4", "350"), ("2", "150"), ("6", "425"), ("3", "220")]);
    assert_eq!(
        mended_by(&cleaned(&raw), "gp_specialist_fte"),
        Some("percent")
    );
    let keep = Decision {
        id: "d1".to_owned(),
        query: String::new(),
        choice: Choice::Keep,
        basis: vec![Basis {
            variable: "gp_specialist_fte".to_owned(),
            typed: "350".to_owned(),
        }],
        by: "editor@example.se".to_owned(),
        at: 1,
    };
    let result = decided(&raw, &[keep]);
    assert_eq!(value(&result, "gp_specialist_fte"), "350");
    assert_eq!(value(&result, "district_nurse_fte"), "4.25");
}

#[test]
fn what_the_chief_stands_by_is_never_mended_only_asked_about() {
    let mut raw = staffed(&[("4", "350"), ("2", "150"), ("6", "425"), ("3", "220")]);
    raw.confirmations.push(Confirmation {
        confirmed: Confirmed {
            rule: "posts_in_percent".to_owned(),
            scope: "gp_specialist_fte".to_owned(),
            about: "gp_specialist_fte=350".to_owned(),
        },
        reason: "Så är det.".to_owned(),
    });
    let result = cleaned(&raw);
    assert_eq!(value(&result, "gp_specialist_fte"), "350");
    let query = &result.queries[0];
    assert!(query.confirmed && query.variables == ["gp_specialist_fte"]);
    assert_eq!(value(&result, "district_nurse_fte"), "4.25");
}

#[test]
fn the_chief_stands_by_a_value_as_long_as_the_texts_are_those_it_was_said_about() {
    let mut raw = staffed(&[("4", "350"), ("2", "150")]);
    raw.confirmations.push(Confirmation {
        confirmed: Confirmed {
            rule: "posts_in_percent".to_owned(),
            scope: "gp_specialist_fte".to_owned(),
            about: "gp_specialist_persons=4; gp_specialist_fte=350".to_owned(),
        },
        reason: "Så är det.".to_owned(),
    });
    let said = |raw: &Raw, variable| {
        let said = raw.stands_by(&CHIEFS, variable);
        said.map(|said| said.reason.clone())
    };
    assert_eq!(
        said(&raw, "gp_specialist_fte").as_deref(),
        Some("Så är det.")
    );
    // It is about the posts alone, though the persons are part of it.
    assert_eq!(said(&raw, "gp_specialist_persons"), None);
    raw.set(CHIEFS.place_of("gp_specialist_persons").unwrap(), "5");
    assert_eq!(said(&raw, "gp_specialist_fte"), None);
}

#[test]
fn decisions_are_part_of_the_replay() {
    let raw = unclear();
    let query = cleaned(&raw).queries.remove(0);
    let result = decided(&raw, &[decision(&raw, &query, pick(&query, "swapped"), 1)]);
    assert_eq!(replay(&CHIEFS, &raw, &result.ledger), result.values);
}

fn about(variable: &str, typed: &str, choice: Choice) -> Decision {
    Decision {
        id: "d1".to_owned(),
        query: String::new(),
        choice,
        basis: vec![Basis {
            variable: variable.to_owned(),
            typed: typed.to_owned(),
        }],
        by: "editor@example.se".to_owned(),
        at: 1,
    }
}

#[test]
fn an_answer_on_need_is_decided_among_its_options() {
    let raw = super::support::given(&[("need", "no"), ("dietitian_need_fte", "0,5")]);
    let decide = |option: &str| {
        let change = Change {
            variable: "need".to_owned(),
            to: None,
            text: Some(option.to_owned()),
        };
        decided(&raw, &[about("need", "no", Choice::Values(vec![change]))])
    };
    let open = decide("yes");
    assert_eq!(value(&open, "need"), "yes");
    assert!(open.queries.is_empty());
    assert!(matches!(
        &decide("perhaps").unfit[..],
        [Unfit::Forbidden { .. }]
    ));
}

#[test]
fn a_value_can_be_declared_missing() {
    let raw = unclear();
    let missing = Choice::Values(vec![Change::to("licensed_nonspecialist_fte", None)]);
    let result = decided(&raw, &[about("licensed_nonspecialist_fte", "4", missing)]);
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "");
    assert_eq!(
        status(&result, "licensed_nonspecialist_fte"),
        Status::Missing
    );
    assert!(result.unfit.is_empty());
}

#[test]
fn what_is_not_decided_is_still_asked_about() {
    let raw = unclear();
    let one = about("licensed_nonspecialist_fte", "4", Choice::Keep);
    let result = decided(&raw, &[one]);
    assert_eq!(asked_by(&result, "licensed_nonspecialist_fte"), None);
    assert_eq!(
        asked_by(&result, "licensed_nonspecialist_persons"),
        Some("swapped")
    );

    let posts = Change::to("licensed_nonspecialist_fte", Number::parse_plain("2.5"));
    let typed = about(
        "licensed_nonspecialist_fte",
        "4",
        Choice::Values(vec![posts]),
    );
    let result = decided(&raw, &[typed]);
    assert_eq!(asked_by(&result, "licensed_nonspecialist_fte"), None);
    assert_eq!(
        asked_by(&result, "licensed_nonspecialist_persons"),
        Some("swapped")
    );
}

#[test]
fn a_mended_percentage_that_is_kept_is_what_the_sign_says() {
    let raw = staffed(&[("4", "350 %"), ("2", "1,5"), ("6", "4,25"), ("3", "ca 2,2")]);
    let keep = |variable: &str, typed: &str| decided(&raw, &[about(variable, typed, Choice::Keep)]);
    let result = keep("gp_specialist_fte", "350 %");
    assert_eq!(value(&result, "gp_specialist_fte"), "3.5");
    let result = keep("registered_nurse_fte", "ca 2,2");
    assert_eq!(value(&result, "registered_nurse_fte"), "2.2");
    assert_eq!(status(&result, "registered_nurse_fte"), Status::AsAnswered);
}

#[test]
fn a_text_that_cannot_be_read_is_missing_when_it_is_kept() {
    let raw = staffed(&[("4", "massor"), ("2", "1,5"), ("6", "4,25")]);
    let keep = about("gp_specialist_fte", "massor", Choice::Keep);
    let result = decided(&raw, &[keep]);
    assert_eq!(status(&result, "gp_specialist_fte"), Status::Missing);
    assert_eq!(value(&result, "gp_specialist_fte"), "");
}

#[test]
fn the_ledger_says_what_was_typed_before_a_decision() {
    let raw = staffed(&[("4", "3,5"), ("3", "4,0"), ("6", "4,5"), ("3", "2,2")]);
    let query = cleaned(&raw).queries.remove(0);
    let choice = decision(&raw, &query, pick(&query, "swapped"), 1);
    let result = decided(&raw, &[choice]);
    let entry = result.ledger.last().unwrap();
    assert_eq!(entry.variable, "licensed_nonspecialist_fte");
    assert_eq!(
        (entry.before.as_str(), entry.after),
        ("4,0", Number::parse_plain("3"))
    );
}
