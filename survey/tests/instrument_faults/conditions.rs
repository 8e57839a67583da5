use survey::instrument::{load, strata};

use crate::support::{HEAD, SECTION, expect_body, expect_questions, loaded, yes_no};

/// A question with a condition about an answer, in words too.
fn asked(key: &str, number: &str, when: &str) -> String {
    yes_no(key, number, &format!("when = {when}\nwhen_text = \"Om\""))
}

#[test]
fn a_condition_may_ask_about_earlier_answers_and_the_register() {
    let source = format!(
        "{HEAD}{SECTION}{}{}",
        yes_no("a", "1", ""),
        asked(
            "b",
            "2",
            "\"a == yes and register.area in [1] or register.listed > 8000\""
        )
    );
    let question = &loaded(&source).sections[0].questions[1];
    let when = question.when.as_ref().unwrap();
    assert_eq!(when.names(), ["a", "register.area", "register.listed"]);
}

#[test]
fn faults_inside_a_condition_are_told_where_they_stand_in_the_file() {
    let with = |when: &str| format!("{}{}", yes_no("need", "1", ""), asked("b", "2", when));
    expect_questions(&with("\"▸nedd == yes\""), &[("`nedd`", "`need`")]);
    expect_questions(&with("'▸nedd == yes'"), &[("`nedd`", "`need`")]);
    expect_questions(
        &with("\"\"\"\n  ▸nedd == yes\"\"\""),
        &[("`nedd`", "`need`")],
    );
    expect_questions(&with("\"need == ▸yess\""), &[("`yess`", "`yes`")]);
    expect_questions(
        &with("\"register.▸aera == 1\"").replace("register.▸", "▸register."),
        &[("`register.aera`", "`register.area`")],
    );
    expect_questions(&with("\"need ▸> yes\""), &[("no order", "need in [")]);
}

#[test]
fn where_the_string_has_escapes_its_beginning_is_told() {
    let with = format!(
        "{}{}",
        yes_no("need", "1", ""),
        asked("b", "2", "▸\"need\\u0020== yess\"")
    );
    expect_questions(&with, &[("`yess`", "`yes`")]);
}

#[test]
fn two_faults_in_one_condition_are_both_told() {
    let with = format!(
        "{}{}",
        yes_no("need", "1", ""),
        asked("b", "2", "\"need == ▸yess or need == ▸noo\"")
    );
    expect_questions(&with, &[("`yess`", "`yes`"), ("`noo`", "`no`")]);
}

#[test]
fn a_condition_about_a_later_answer_is_a_forward_reference() {
    let source = format!(
        "{}{}",
        asked("a", "1", "\"▸b == yes\""),
        yes_no("b", "2", "")
    );
    expect_questions(
        &source,
        &[(
            "`b` is answered in the question `b`, which does not come earlier (a forward reference)",
            "Move that question up",
        )],
    );
}

#[test]
fn a_lead_asks_about_earlier_answers_only() {
    let source = yes_no(
        "a",
        "1",
        "lead = [ { when = \"▸a == yes\", text = \"L\" } ]",
    );
    expect_questions(
        &source,
        &[("does not come earlier", "Move that question up")],
    );
}

#[test]
fn a_section_asks_about_earlier_sections_only() {
    let source = format!("{SECTION}{}", yes_no("a", "1", "")).replace(
        "title = \"Ett\"\n",
        "title = \"Ett\"\nwhen = \"▸a == yes\"\n",
    );
    expect_body(
        &source,
        &[("closes a loop: a → a", "earlier questions only")],
    );
    let later = format!(
        "{SECTION}when = \"▸b == yes\"\n{}[[section]]\nkey = \"two\"\ntitle = \"Två\"\n{}",
        yes_no("a", "1", ""),
        yes_no("b", "2", "")
    );
    expect_body(
        &later,
        &[(
            "`b` is answered in the question `b`",
            "Move that question up",
        )],
    );
}

#[test]
fn questions_that_ask_about_each_other_are_a_loop() {
    let itself = asked("a", "1", "\"▸a == yes\"");
    expect_questions(
        &itself,
        &[("closes a loop: a → a.", "earlier questions only")],
    );

    let two = format!(
        "{}{}",
        asked("a", "1", "\"▸b == yes\""),
        asked("b", "2", "\"a == yes\"")
    );
    expect_questions(
        &two,
        &[("closes a loop: a → b → a.", "earlier questions only")],
    );

    let three = format!(
        "{}{}{}",
        asked("a", "1", "\"▸c == yes\""),
        asked("b", "2", "\"a == yes\""),
        asked("c", "3", "\"b == yes\"")
    );
    expect_questions(
        &three,
        &[("closes a loop: a → c → b → a.", "earlier questions only")],
    );
}

#[test]
fn a_condition_about_an_answer_is_also_given_in_words() {
    let source = format!(
        "{}{}",
        yes_no("a", "1", ""),
        yes_no("b", "2", "when = ▸\"a == yes\"")
    );
    expect_questions(
        &source,
        &[("has no `when_text`", "when_text = { sv = \"…\" }")],
    );
    let register = yes_no("a", "1", "when = \"register.area == 1\"");
    loaded(&format!("{HEAD}{SECTION}{register}"));
    let words_only = yes_no("a", "1", "when_text = ▸\"Om\"");
    expect_questions(
        &words_only,
        &[("`when_text` and no `when`", "take `when_text` away")],
    );
}

#[test]
fn personal_data_steers_nothing() {
    let contact = "[[section.question]]\nkey = \"c\"\nnumber = \"1\"\ntype = \"contact\"\ntext = \"T\"\nwording = \"assumed\"\n\
                   fields = [ { key = \"email\", label = \"E\", kind = \"email\" } ]\n";
    let source = format!("{contact}{}", asked("b", "2", "\"answered(▸c_email)\""));
    expect_questions(&source, &[("`c_email` is personal data", "another answer")]);
}

#[test]
fn an_empty_condition_and_one_that_is_no_text_are_told() {
    expect_questions(
        &yes_no("a", "1", "when = ▸\"\""),
        &[("`when` is empty", "when = ")],
    );
    expect_questions(
        &yes_no("a", "1", "when = ▸true"),
        &[("`when` should be a string", "when = ")],
    );
}

#[test]
fn a_comparison_that_can_never_hold_is_told() {
    let number = "[[section.question]]\nkey = \"n\"\nnumber = \"1\"\ntype = \"number\"\ntext = \"T\"\nwording = \"assumed\"\nwhole = true\nmax = 10\n";
    let source = format!("{number}{}", asked("b", "2", "\"▸n > 10\""));
    expect_questions(&source, &[("can never hold", "from 0 to 10")]);
}

#[test]
fn a_question_whose_condition_never_holds_is_reached_by_nobody() {
    let source = format!(
        "{}{}",
        yes_no("a", "1", ""),
        asked("b", "2", "▸\"a == yes and a == no\"")
    );
    expect_questions(
        &source,
        &[(
            "Nobody can reach the question `b`: its condition never holds",
            "",
        )],
    );
}

#[test]
fn a_question_that_contradicts_what_it_asks_about_is_reached_by_nobody() {
    let source = format!(
        "{}{}{}",
        yes_no("a", "1", ""),
        asked("b", "2", "\"a == yes\""),
        asked("c", "3", "▸\"b == yes and a == no\"")
    );
    expect_questions(
        &source,
        &[(
            "Nobody can reach the question `c`: its conditions never hold together",
            "",
        )],
    );
}

#[test]
fn a_question_that_contradicts_its_section_is_reached_by_nobody() {
    let source = format!(
        "{SECTION}when = \"register.area == 1\"\n{}",
        yes_no("a", "1", "when = ▸\"register.area == 2\"")
    );
    expect_body(&source, &[("Nobody can reach the question `a`", "")]);
}

#[test]
fn a_section_that_never_opens_is_one_fault() {
    let source = format!(
        "{SECTION}when = ▸\"register.area == 1 and register.area == 2\"\n{}{}",
        yes_no("a", "1", ""),
        yes_no("b", "2", "")
    );
    expect_body(&source, &[("Nobody can reach the section `one`", "")]);
}

#[test]
fn only_the_first_of_a_chain_that_nobody_reaches_is_told() {
    let source = format!(
        "{}{}",
        yes_no(
            "a",
            "1",
            "when = ▸\"register.area == 1 and register.area == 2\""
        ),
        asked("b", "2", "\"a == yes\"")
    );
    expect_questions(&source, &[("Nobody can reach the question `a`", "")]);
}

#[test]
fn either_of_two_answers_may_come_from_questions_that_exclude_each_other() {
    let source = format!(
        "{HEAD}{SECTION}{}{}{}",
        yes_no("a", "1", "when = \"register.area == 1\""),
        yes_no("b", "2", "when = \"register.area == 2\""),
        asked("c", "3", "\"a == yes or b == yes\"")
    );
    loaded(&source);
}

#[test]
fn a_stratum_never_meets_what_follows_from_a_question_it_does_not_meet() {
    let source = format!(
        "{HEAD}{SECTION}{}{}{}",
        yes_no("a", "1", ""),
        yes_no("b", "2", "when = \"register.area == 1\""),
        asked("c", "3", "\"b == yes\"")
    );
    let strata = strata(&loaded(&source));
    let found: Vec<(&str, usize)> = strata
        .iter()
        .map(|s| (s.label.as_str(), s.count()))
        .collect();
    assert_eq!(found, [("area in [2]", 1), ("area in [1]", 3)]);
}

#[test]
fn numbers_in_the_register_make_strata_on_both_sides_of_their_limits() {
    let source = format!(
        "{HEAD}{SECTION}{}{}",
        yes_no("a", "1", ""),
        yes_no("b", "2", "when = \"register.listed > 8000.5\"")
    );
    let strata = strata(&loaded(&source));
    let found: Vec<(&str, usize)> = strata
        .iter()
        .map(|s| (s.label.as_str(), s.count()))
        .collect();
    assert_eq!(
        found,
        [
            ("listed in [< 8000.5, 8000.5]", 1),
            ("listed in [> 8000.5]", 2)
        ]
    );
}

#[test]
fn a_question_asked_where_another_is_answered_may_be_met() {
    let source = format!(
        "{HEAD}{SECTION}{}{}",
        yes_no("a", "1", ""),
        asked("b", "2", "\"answered(a)\"")
    );
    let strata = strata(&loaded(&source));
    assert_eq!(strata.len(), 1);
    assert_eq!(strata[0].question_numbers, ["1", "2"]);
}

#[test]
fn faults_elsewhere_do_not_hide_faults_in_conditions() {
    let source = format!(
        "{HEAD}{SECTION}{}{}",
        yes_no("need", "1", "colour = 1"),
        asked("b", "2", "\"nedd == yes\"")
    );
    assert_eq!(load(&source).unwrap_err().len(), 2);
}

#[test]
fn a_condition_does_not_repeat_the_fault_of_the_question_it_asks_about() {
    let unknown_type = yes_no("a", "1", "").replace("type = \"choice\"", "type = ▸\"choise\"");
    let unknown_scale = yes_no("a", "1", "").replace(
        "options = [ { key = \"yes\", label = \"Ja\" }, { key = \"no\", label = \"Nej\" } ]",
        "scale = ▸\"truth\"",
    );
    for first in [unknown_type, unknown_scale] {
        let source = format!("{first}{}", asked("b", "2", "\"a == yes\""));
        expect_questions(&source, &[("`", "")]);
    }
}
