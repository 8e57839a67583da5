//! What a chief has said "Stämmer" to stays as it is.

use std::collections::BTreeSet;

use proptest::prelude::*;
use survey::checks::{Confirmed, Finding, MendKind, Settled, settle};

use crate::support::{mend_of, mended, staffing, table, told};

/// The chief says "Stämmer" to what is asked at these cells.
fn confirming(lines: &str, cells: &[&str]) -> Settled {
    let typed = table(lines);
    let findings = staffing(lines);
    let said: Vec<Confirmed> = findings
        .iter()
        .filter(|finding| !finding.is_hard() && cells.contains(&finding.anchor()))
        .map(|finding| Confirmed {
            rule: finding.matter.rule().to_owned(),
            scope: finding.anchor().to_owned(),
            about: finding.about(&typed),
        })
        .collect();
    assert_eq!(said.len(), cells.len());
    settle(findings, &typed, &said)
}

#[test]
fn a_mend_of_the_whole_column_leaves_a_confirmed_row_alone() {
    let lines = "gp_specialist 9 90\nregistered_nurse 10 850\ndietitian 2 150";
    assert_eq!(
        told(&staffing(lines))[0],
        "posts_in_percent gp_specialist_fte: to 0,9, to 8,1, column of 3"
    );

    let settled = confirming(lines, &["gp_specialist_fte"]);
    assert_eq!(
        told(&settled.open),
        [
            "posts_in_percent registered_nurse_fte: to 8,5, column of 2",
            "posts_in_percent dietitian_fte: to 1,5, column of 2",
        ]
    );

    let mend = mend_of(&settled.open, |kind| *kind == MendKind::Column(2));
    assert_eq!(
        mended(&table(lines), &mend),
        table("gp_specialist 9 90\nregistered_nurse 10 8,5\ndietitian 2 1,5")
    );
}

#[test]
fn where_one_row_is_left_there_is_no_column_to_mend() {
    let settled = confirming(
        "registered_nurse 10 850\ndietitian 2 150",
        &["dietitian_fte"],
    );
    assert_eq!(
        told(&settled.open),
        ["posts_in_percent registered_nurse_fte: to 8,5"]
    );
}

#[test]
fn a_percent_sign_cannot_be_confirmed_but_its_column_spares_who_was() {
    let settled = confirming(
        "registered_nurse 10 850\ndietitian 1 50_%\npsychosocial 2 150",
        &["psychosocial_fte"],
    );
    assert_eq!(
        told(&settled.open),
        [
            "percent_sign dietitian_fte: to 0,5, column of 2",
            "posts_in_percent registered_nurse_fte: to 8,5, column of 2",
        ]
    );
}

#[test]
fn swapping_all_rows_leaves_a_confirmed_row_alone() {
    let lines = "gp_specialist 4 5\ndistrict_nurse 6 8\nregistered_nurse 2 3";
    let settled = confirming(lines, &["district_nurse_fte"]);
    let mend = mend_of(&settled.open, |kind| *kind == MendKind::SwapAll(2));
    assert_eq!(
        mended(&table(lines), &mend),
        table("gp_specialist 5 4\ndistrict_nurse 6 8\nregistered_nurse 3 2")
    );
}

#[test]
fn a_confirmed_row_whose_text_changes_is_mended_with_the_others_again() {
    let before = "registered_nurse 10 850\ndietitian 2 150";
    let finding = &staffing(before)[1];
    let said = [Confirmed {
        rule: finding.matter.rule().to_owned(),
        scope: finding.anchor().to_owned(),
        about: finding.about(&table(before)),
    }];
    let after = "registered_nurse 10 850\ndietitian 2 160";
    let settled = settle(staffing(after), &table(after), &said);
    assert_eq!(settled.confirmed, []);
    assert_eq!(settled.open, staffing(after));
}

proptest! {
    /// Whatever was confirmed, no mend that is offered touches it, and the rows that were not are all still asked about.
    #[test]
    fn nothing_that_was_confirmed_is_in_a_mend(
        rows in prop::collection::vec((1..15_i64, prop::sample::select(vec!["75", "150", "850", "3", "5", "20"])), 4),
        said in prop::collection::vec(any::<bool>(), 4),
    ) {
        const ROWS: [&str; 4] = ["district_nurse", "registered_nurse", "dietitian", "psychosocial"];
        let lines: Vec<String> = rows
            .iter()
            .zip(ROWS)
            .map(|((persons, posts), row)| format!("{row} {persons} {posts}"))
            .collect();
        let lines = lines.join("\n");
        let cells: Vec<String> = staffing(&lines)
            .iter()
            .zip(said)
            .filter(|(_, said)| *said)
            .map(|(finding, _)| finding.anchor().to_owned())
            .collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();

        let settled = confirming(&lines, &cells);
        let spared: BTreeSet<&String> = settled.confirmed.iter().flat_map(|finding| &finding.variables).collect();
        for finding in &settled.open {
            for change in finding.mends.iter().flat_map(|mend| &mend.changes) {
                prop_assert!(!spared.contains(&change.variable), "{finding:?}");
            }
        }
        let anchors = |findings: &[Finding]| findings.iter().map(|finding| finding.anchor().to_owned()).collect::<BTreeSet<_>>();
        let asked = anchors(&staffing(&lines));
        prop_assert_eq!(&anchors(&settled.open) | &anchors(&settled.confirmed), asked);
    }
}
