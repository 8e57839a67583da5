//! `vardenkat instrument`, run as an author of questionnaires runs it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::{Command, Output};

const CHIEFS: &str = include_str!("../../instruments/vardcentralschefer-2022.toml");

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn vardenkat(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vardenkat"))
        .args(words)
        .output()
        .unwrap()
}

#[test]
fn a_questionnaire_is_shown_as_each_stratum_meets_it() {
    let shown = vardenkat(&["instrument", "show", "vardcentralschefer-2022"]);
    assert!(shown.status.success());
    let shown = out(&shown);
    let counts: Vec<&str> = shown
        .lines()
        .filter_map(|line| line.split_once(" questions: "))
        .map(|(count, _)| count)
        .collect();
    assert_eq!(counts, ["18", "21"], "{shown}");
    assert!(shown.contains("[Om ja på fråga 20]"), "{shown}");
}

#[test]
fn a_faulty_questionnaire_is_told_fault_by_fault_with_places_and_what_would_be_right() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("faulty.toml");
    fs::write(&path, CHIEFS).unwrap();
    let path = path.to_str().unwrap();
    assert!(vardenkat(&["instrument", "check", path]).status.success());

    let faulty = CHIEFS
        .replace("when = \"need == yes\"", "when = \"needs == yes\"")
        .replace("scale = \"obstacle\"", "scale = \"obstacel\"");
    fs::write(path, &faulty).unwrap();
    let refused = vardenkat(&["instrument", "check", path]);
    assert_eq!(refused.status.code(), Some(1));
    let told = err(&refused);
    for (wrong, right) in [("needs == yes", "`need`"), ("\"obstacel\"", "obstacle")] {
        let line = faulty
            .lines()
            .position(|line| line.contains(wrong))
            .unwrap()
            + 1;
        let here = format!("{path}:{line}:");
        let found = told.lines().find(|told| told.starts_with(&here));
        assert!(
            found.is_some_and(|told| told.contains(right)),
            "{here} {told}"
        );
    }

    fs::write(path, b"key = \"a\"\ntitle = \"F\xf6r\"").unwrap();
    let refused = vardenkat(&["instrument", "check", path]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        err(&refused).starts_with(&format!("{path}:2:11: ")),
        "{}",
        err(&refused)
    );
    assert_eq!(
        vardenkat(&["instrument", "check", "nowhere.toml"])
            .status
            .code(),
        Some(1)
    );
}
