use super::{Condition, Fact, Truth, condition, number, truth};

#[test]
fn known_answers_decide() {
    for source in [
        "listed > 8000",
        "listed == 8500.0",
        "listed in [1, 8500]",
        "need == yes",
        "need != no",
        "barrier_it",
        "not barrier_none",
        "register.area_type in [1, 2]",
        "register.area_type not in [4, 5]",
    ] {
        assert_eq!(truth(source), Truth::True, "{source}");
        assert_eq!(truth(&format!("not ({source})")), Truth::False, "{source}");
    }
}

#[test]
fn a_comparison_with_a_missing_answer_is_unknown() {
    for source in [
        "share > 1",
        "share != 1",
        "prevention == bad",
        "prevention not in [bad]",
    ] {
        assert_eq!(truth(source), Truth::Unknown, "{source}");
        assert_eq!(truth(&format!("not {source}")), Truth::Unknown, "{source}");
    }
}

#[test]
fn a_box_that_nobody_touched_is_unknown() {
    assert_eq!(
        condition("barrier_it").holds(&|_: &str| Fact::Missing),
        Truth::Unknown
    );
}

#[test]
fn whether_something_is_answered_is_always_known() {
    assert_eq!(truth("answered(listed)"), Truth::True);
    assert_eq!(truth("answered(comment)"), Truth::False);
    assert_eq!(truth("not answered(prevention)"), Truth::True);
    assert_eq!(truth("answered(barrier_none)"), Truth::True);
}

#[test]
fn what_is_known_decides_over_what_is_not() {
    assert_eq!(truth("need == no and share > 1"), Truth::False);
    assert_eq!(truth("need == yes or share > 1"), Truth::True);
    assert_eq!(truth("need == yes and share > 1"), Truth::Unknown);
    assert_eq!(truth("need == no or share > 1"), Truth::Unknown);
}

#[test]
fn digits_are_a_key_beside_a_choice_and_a_number_beside_a_number() {
    let condition = Condition::parse_trusted("x in [1.0, 2]").unwrap();
    let holds = |fact: Fact| condition.holds(&move |_: &str| fact.clone());
    assert_eq!(holds(Fact::Number(number("1"))), Truth::True);
    assert_eq!(holds(Fact::Choice("1".to_owned())), Truth::False);
    assert_eq!(holds(Fact::Choice("2".to_owned())), Truth::True);
}

#[test]
fn a_fact_of_another_kind_than_asked_about_is_unknown() {
    let holds = |source: &str, fact: Fact| {
        Condition::parse_trusted(source)
            .unwrap()
            .holds(&move |_: &str| fact.clone())
    };
    assert_eq!(holds("x < 5", Fact::Choice("3".to_owned())), Truth::Unknown);
    assert_eq!(holds("x == yes", Fact::Number(number("1"))), Truth::Unknown);
    assert_eq!(
        holds("x == yes", Fact::Text("yes".to_owned())),
        Truth::Unknown
    );
    assert_eq!(holds("x", Fact::Number(number("1"))), Truth::Unknown);
}
