//! One source, two uses: the file of cleaning rules says what the questionnaire asks, and from where.

use survey::{
    answers::Answers,
    checks::{Finding, examine},
    cleaning::{Raw, RuleSet, Status, clean},
    instrument::{Instrument, load},
    register::Register,
};

use crate::support::{asking, rules_with, table, told};

fn found(instrument: &Instrument, answers: &Answers) -> Vec<Finding> {
    instrument
        .questions()
        .flat_map(|(_, _, question)| examine(question, &Register::default(), answers))
        .collect()
}

#[test]
fn the_rules_limits_steer_what_is_asked() {
    let answers = table("gp_specialist 1 12 -");
    let instrument = asking(&rules_with("least = 5,", "least = 5.0,"));
    assert_eq!(
        told(&found(&instrument, &answers))[0],
        "posts_in_percent gp_specialist_fte: to 0,12"
    );
    let instrument = asking(&rules_with("least = 5,", "least = 13,"));
    assert!(
        !told(&found(&instrument, &answers))
            .iter()
            .any(|line| line.starts_with("posts_in_percent"))
    );
}

#[test]
fn a_rule_that_asks_nothing_at_entry_leaves_the_question_alone() {
    let instrument = asking(&rules_with(
        "question = \"listed\"\ncheck = \"unusual\"\nlow = 500",
        "question = \"listed\"\ncheck = \"unusual\"\nlow = 5",
    ));
    let answers: Answers = [("listed", "300")].into_iter().collect();
    assert!(found(&instrument, &answers).is_empty());
}

#[test]
fn a_question_that_is_not_there_and_a_limit_that_cannot_be_are_faults() {
    let instrument = load(include_str!(
        "../../../instruments/vardcentralschefer-2022.toml"
    ))
    .unwrap();
    let told = |from: &str, to: &str| -> String {
        RuleSet::load(&rules_with(from, to), &instrument)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let at = "[[rule.entry]]\nquestion = \"staffing\"";
    assert!(
        told(at, "[[rule.entry]]\nquestion = \"stafing\"").contains("Did you mean `staffing`?")
    );
    assert!(told("check = \"unusual\"", "chek = \"unusual\"").contains("check = \"unusual\""));
    assert!(told("least = 5,", "least = 0,").contains("`least` is not above zero"));
    assert!(told("whole = 2.5", "whole = 1").contains("`whole` is not larger than 1"));
    assert!(told("near = 1.3", "near = 0.5").contains("`near` is not larger than 1"));
    assert!(told("average_low = 40", "average_low = 400").contains("no average is asked about"));
    assert!(told("beside = 10 }", "besides = 10 }").contains("beside"));
}

/// What the engine would mend in a whole question is asked about while the chief can still mend it, cell by cell.
#[test]
fn what_cleaning_mends_the_questionnaire_has_asked_about() {
    let instrument = asking(&rules_with("version = \"", "version = \"x"));
    let rules = RuleSet::load(&rules_with("version = \"", "version = \"x"), &instrument).unwrap();
    for lines in [
        "gp_specialist 4 350 -\ndistrict_nurse 6 425 -\nassistant_nurse 2 150 -",
        "gp_specialist 9,4 14 -\ndistrict_nurse 1,45 3 -\nassistant_nurse 5,3 8 -",
        "gp_specialist 6 75 -\ndistrict_nurse 4 60 -\nassistant_nurse 8 70 -",
        "gp_specialist 4 3,5 200\ndistrict_nurse 6 5,25 150\nassistant_nurse 3 2,5 50",
    ] {
        let answers = table(lines);
        let mut raw = Raw::blank(&instrument);
        for (place, variable) in instrument.variables().iter().enumerate() {
            raw.set(place, answers.raw(&variable.key));
        }
        let asked = found(&instrument, &answers);
        let cleaned = clean(&rules, &instrument, &raw, &[]);
        let mended: Vec<&str> = cleaned
            .ledger
            .iter()
            .filter(|entry| entry.status == Status::Corrected)
            .map(|entry| entry.variable.as_str())
            .collect();
        assert!(mended.len() >= 3, "{lines}: {mended:?}");
        for variable in mended {
            assert!(
                asked
                    .iter()
                    .any(|finding| finding.variables.iter().any(|one| one == variable)),
                "{variable} in {lines}: {:?}",
                told(&asked)
            );
        }
    }
}
