//! What is wrong with a rule set, and what the loader says about it.

use survey::cleaning::RuleSet;

use super::support::{CHIEFS, RULES_TEXT};

/// The faults of the chiefs' rules with one text in the place of another.
fn faults(from: &str, to: &str) -> Vec<String> {
    let source = RULES_TEXT.replacen(from, to, 1);
    assert_ne!(source, RULES_TEXT, "`{from}` does not stand in the file");
    RuleSet::load(&source, &CHIEFS)
        .err()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn assert_fault(from: &str, to: &str, says: &str) {
    let faults = faults(from, to);
    assert!(
        faults.iter().any(|fault| fault.contains(says)),
        "no fault says `{says}`: {faults:?}"
    );
}

#[test]
fn the_chiefs_rules_have_none() {
    let loaded = RuleSet::load(RULES_TEXT, &CHIEFS);
    assert!(loaded.is_ok(), "{:?}", loaded.err());
}

#[test]
fn unknown_questions_columns_variables_and_blocks() {
    assert_fault(
        "question = \"staffing\"",
        "question = \"stafing\"",
        "Did you mean `staffing`?",
    );
    assert_fault("posts = \"fte\"", "posts = \"ftes\"", "no column `ftes`");
    assert_fault(
        "variable = \"listed\"",
        "variable = \"liste\"",
        "no variable `liste`",
    );
    assert_fault(
        "register = \"listed\"",
        "register = \"area_type\"",
        "no number `area_type`",
    );
    assert_fault(
        "{ block = \"temps\" }",
        "{ block = \"temp\" }",
        "no block `temp`",
    );
    assert_fault("open = \"yes\"", "open = \"ja\"", "no option `ja`");
}

#[test]
fn the_same_thing_said_twice() {
    assert_fault("by = 38.25", "by = 40", "says what `hours_40` says already");
    assert_fault("id = \"hours_37\"", "id = \"hours_40\"", "already used");
}

#[test]
fn what_can_never_happen() {
    assert_fault("by = 165", "by = 1", "nothing can trigger");
    assert_fault(
        "least = 4\nmost = 104",
        "least = 200\nmost = 104",
        "nothing can trigger",
    );
    assert_fault(
        "least = 30\nmost = 45",
        "least = 50\nmost = 45",
        "nothing can trigger",
    );
    assert_fault(
        "least = 30\nmost = 45",
        "least = 0\nmost = 45",
        "`least` is not larger than 1",
    );
    assert_fault(
        "on = [{ block = \"permanent\", habit = -34 }]",
        "on = [{ block = \"permanent\" }]",
        "no weight here",
    );
    assert_fault(
        "on = [{ block = \"permanent\", habit = -20 }]",
        "on = [{ block = \"temps\", habit = -20 }]",
        "has no persons",
    );
}

#[test]
fn what_contradicts_the_rest() {
    assert_fault("mend = 15", "mend = 1", "less certain");
    assert_fault("habit = -34 }", "habit = 3 }", "contradicts");
    assert_fault("\"vet ej\"", "\"inga\"", "both none and unknown");
    assert_fault("zero = [\"-\"", "zero = [\"0\"", "read as a number already");
}

#[test]
fn steps_that_hold_nothing() {
    assert_fault("upto = [1, 2, 3,", "upto = [1, 3, 2,", "does not ascend");
    assert_fault("weight = [-8, -8.5,", "weight = [-8.5,", "bounds and");
}

#[test]
fn a_place_in_a_sentence_that_nothing_fills() {
    assert_fault(
        "Texten läses som {to}.",
        "Texten läses som {tal}.",
        "nothing fills",
    );
}

#[test]
fn every_rule_has_a_test() {
    let rules = RULES_TEXT.split("\n[[rule]]\n").skip(1);
    let bare: Vec<&str> = rules
        .filter(|rule| !rule.contains("[[rule.test]]"))
        .filter_map(|rule| rule.lines().next())
        .collect();
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn every_rule_is_told_to_those_who_use_the_data() {
    const TOLD: &str = include_str!("../../../docs/cleaning.md");
    let ids = RULES_TEXT.split("\n[[rule]]\nid = \"").skip(1);
    let untold: Vec<&str> = ids
        .filter_map(|rule| rule.split('"').next())
        .filter(|id| !TOLD.contains(&format!("`{id}`")))
        .collect();
    assert!(untold.is_empty(), "{untold:?}");
}

#[test]
fn a_test_that_fails_says_what_became_of_it() {
    // Stands under the last rule, which takes the number of listed from the register.
    let told = |test: &str| {
        let source = format!("{RULES_TEXT}\n[[rule.test]]\n{test}\n");
        let faults = RuleSet::load(&source, &CHIEFS).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let register = "given = { gp_specialist_persons = \"3\" }\nregister = { listed = \"8500\" }\n";
    let failed = told(&format!("{register}expected = {{ listed = \"85\" }}"));
    assert_eq!(failed.len(), 1);
    assert!(failed[0].contains("becomes `8500`"), "{}", failed[0]);
    let idle = told("given = { listed = \"8500\" }\nexpected = { listed = \"8500\" }");
    assert!(idle[0].contains("that rule does nothing"), "{}", idle[0]);
    let state = "states = { listed = \"nothing_hear\" }\nexpected = { listed = \"\" }";
    let unknown = told(&format!("given = {{}}\n{state}"));
    assert!(unknown[0].contains("nothing_here"), "{}", unknown[0]);
}

#[test]
fn a_key_that_nobody_knows() {
    assert_fault(
        "severity = \"hard\"",
        "severety = \"hard\"",
        "Did you mean `severity`?",
    );
}

#[test]
fn rules_for_another_instrument() {
    assert_fault(
        "instrument = \"vardcentralschefer-2022\"",
        "instrument = \"kommuner-2023\"",
        "The rules are for",
    );
}

#[test]
fn every_fault_has_its_line() {
    let faults = faults("by = 165\nseverity", "by = 1\nseverity");
    let line = RULES_TEXT[..RULES_TEXT.find("id = \"hours_month\"").unwrap()]
        .lines()
        .count();
    assert!(faults[0].starts_with(&format!("{line}:")), "{}", faults[0]);
}

#[test]
fn a_turn_to_a_rule_that_does_not_stand_above() {
    assert_fault(
        "other = \"average_percent\"",
        "other = \"average_fraction\"",
        "There is no rule `average_fraction` above this one.",
    );
}

#[test]
fn a_turn_from_a_rule_to_itself_or_to_one_that_does_nothing_to_the_question() {
    for other in ["percent", "reading"] {
        assert_fault(
            "other = \"average_percent\"",
            &format!("other = \"{other}\""),
            "nothing can trigger the rule",
        );
    }
}
