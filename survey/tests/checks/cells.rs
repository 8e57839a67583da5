//! Hard errors in the cells of the table, and the answers beside it.

use survey::{answers::Answers, checks::examine, register::Register};

use crate::support::{question, staffing, told};

#[test]
fn what_cannot_be_read_or_is_out_of_bounds_is_a_hard_error_in_its_cell() {
    for (row, expected) in [
        ("dietitian två", "not_a_number dietitian_persons"),
        ("dietitian 1,5", "not_whole dietitian_persons"),
        ("dietitian 2001", "too_large dietitian_persons"),
        ("dietitian - -1", "negative dietitian_fte"),
        ("dietitian - 100_001", "too_large dietitian_fte"),
    ] {
        let findings = staffing(row);
        assert_eq!(told(&findings), [expected], "{row}");
        assert!(findings[0].is_hard());
    }
}

#[test]
fn figures_in_a_row_that_does_not_exist_contradict_it() {
    let mut answers = crate::support::table("dietitian 2 1,5 abc");
    answers.set("dietitian_none", "1");
    let findings = examine(question("staffing"), &Register::default(), &answers);
    assert_eq!(told(&findings), ["absent_but_answered dietitian_persons"]);
    assert_eq!(
        findings[0].variables,
        ["dietitian_persons", "dietitian_fte", "dietitian_temp_fte"]
    );
}

#[test]
fn zeros_in_a_row_that_does_not_exist_agree_with_it() {
    let mut answers = crate::support::table("dietitian 0 0,0 0");
    answers.set("dietitian_none", "1");
    assert!(examine(question("staffing"), &Register::default(), &answers).is_empty());
}

fn barriers(ticked: &[&str]) -> Vec<String> {
    let answers: Answers = ticked
        .iter()
        .map(|key| (format!("barrier_{key}"), "1"))
        .collect();
    told(&examine(
        question("barriers"),
        &Register::default(),
        &answers,
    ))
}

#[test]
fn at_most_three_barriers_and_none_stands_alone() {
    assert!(barriers(&["roles", "budget", "it"]).is_empty());
    assert!(barriers(&["none"]).is_empty());
    assert_eq!(
        barriers(&["roles", "budget", "it", "secrecy"]),
        ["too_many_boxes barrier_roles"]
    );
    assert_eq!(
        barriers(&["roles", "none"]),
        ["exclusive_box barrier_roles"]
    );
}

#[test]
fn an_option_that_is_not_there_is_a_hard_error() {
    let answers: Answers = [("need", "maybe")].into_iter().collect();
    assert_eq!(
        told(&examine(question("need"), &Register::default(), &answers)),
        ["not_an_option need"]
    );
    let answers: Answers = [
        ("initiative_funding", "huge"),
        ("initiative_digital", "very"),
    ]
    .into_iter()
    .collect();
    assert_eq!(
        told(&examine(
            question("initiatives"),
            &Register::default(),
            &answers
        )),
        ["not_an_option initiative_funding"]
    );
}

#[test]
fn a_text_is_counted_as_it_was_typed() {
    let examined = |text: String| {
        let answers: Answers = [("comment", text)].into_iter().collect();
        told(&examine(
            question("comment"),
            &Register::default(),
            &answers,
        ))
    };
    assert!(examined("å".repeat(4000)).is_empty());
    assert!(examined("a\r\n".repeat(2000)).is_empty());
    assert_eq!(examined("a".repeat(4001)), ["too_long comment"]);
}

#[test]
fn an_address_without_an_at_or_a_domain_is_a_slip() {
    let examined = |text: &str| {
        let answers: Answers = [("interview_email", text)].into_iter().collect();
        told(&examine(
            question("interview_contact"),
            &Register::default(),
            &answers,
        ))
    };
    for good in [
        "",
        " chef@region.example ",
        "anna.å@vård.example",
        "a+b@c.d.example",
    ] {
        assert!(examined(good).is_empty(), "{good}");
    }
    for bad in [
        "chef",
        "chef@",
        "@region.example",
        "chef@region",
        "a b@c.example",
        "a@b@c.example",
        "a@b..example",
    ] {
        assert_eq!(examined(bad), ["not_an_email interview_email"], "{bad}");
    }
}
