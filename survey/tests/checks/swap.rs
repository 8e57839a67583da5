//! Persons and posts in each other's column, and more posts than persons.

use proptest::prelude::*;
use survey::{
    answers::{Answers, Number},
    checks::{Confirmed, Matter, MendKind, examine},
    register::Register,
};

use crate::support::{mend_of, mended, question, staffing, table, told};

#[test]
fn persons_with_decimals_beside_whole_posts_are_swapped() {
    let lines = "registered_nurse 10,75 12\nassistant_nurse 4 3,5";
    assert_eq!(
        told(&staffing(lines)),
        [
            "not_whole registered_nurse_persons: swap",
            "swapped registered_nurse_fte: swap",
        ]
    );

    let mend = mend_of(&staffing(lines), |kind| *kind == MendKind::Swap);
    let after = mended(&table(lines), &mend);
    assert_eq!(after.raw("registered_nurse_persons"), "12");
    assert_eq!(after.raw("registered_nurse_fte"), "10,75");
    assert!(examine(question("staffing"), &Register::default(), &after).is_empty());
}

#[test]
fn the_question_says_what_stands_there_as_typed() {
    let findings = staffing("dietitian ½ 1");
    let swapped = findings.iter().find(|finding| !finding.is_hard()).unwrap();
    assert_eq!(
        swapped.matter,
        Matter::Swapped {
            persons: "½".to_owned(),
            posts: "1".to_owned()
        }
    );
}

#[test]
fn a_whole_table_swapped_is_mended_by_one_click() {
    let lines = "gp_specialist    3,5  4
                 district_nurse   5    6
                 registered_nurse 1    1
                 dietitian        0,25 1";
    let findings = staffing(lines);
    let soft: Vec<_> = findings
        .iter()
        .filter(|finding| !finding.is_hard())
        .cloned()
        .collect();
    assert_eq!(
        told(&soft),
        [
            "swapped gp_specialist_fte: swap, swap 3 rows",
            "swapped district_nurse_fte: swap, swap 3 rows",
            "swapped dietitian_fte: swap, swap 3 rows",
        ]
    );

    let mend = mend_of(&findings, |kind| *kind == MendKind::SwapAll(3));
    let after = mended(&table(lines), &mend);
    assert_eq!(
        after,
        table(
            "gp_specialist    4 3,5
             district_nurse   6 5
             registered_nurse 1 1
             dietitian        1 0,25"
        )
    );
}

#[test]
fn whole_numbers_in_every_row_are_swapped_too() {
    assert_eq!(
        told(&staffing("gp_specialist 4 5\ndistrict_nurse 6 8")),
        [
            "swapped gp_specialist_fte: swap, swap 2 rows",
            "swapped district_nurse_fte: swap, swap 2 rows",
        ]
    );
}

#[test]
fn whole_numbers_in_one_row_are_stated_with_the_swap_beside() {
    let lines = "gp_specialist 2 3\ndistrict_nurse 6 5,5\nregistered_nurse 4 3";
    assert_eq!(
        told(&staffing(lines)),
        ["posts_exceed_persons gp_specialist_fte: swap"]
    );
}

#[test]
fn two_slips_among_ordinary_rows_are_not_a_swapped_column() {
    let lines = "gp_specialist 2 3\ndistrict_nurse 6 5,5\nregistered_nurse 1 2\ndietitian 1 1";
    assert_eq!(
        told(&staffing(lines)),
        [
            "posts_exceed_persons gp_specialist_fte: swap",
            "posts_exceed_persons registered_nurse_fte: swap",
        ]
    );
}

#[test]
fn more_posts_than_persons_stand_alone_where_a_swap_makes_no_sense() {
    for row in ["dietitian 2 2,5", "dietitian 1 4", "dietitian 0 1"] {
        assert_eq!(
            told(&staffing(row)),
            ["posts_exceed_persons dietitian_fte"],
            "{row}"
        );
    }
}

#[test]
fn a_row_that_is_wrong_both_ways_is_only_told_its_hard_error() {
    assert_eq!(
        told(&staffing("dietitian 1,5 1,75")),
        ["not_whole dietitian_persons"]
    );
}

#[test]
fn the_one_row_of_st_physicians_can_be_swapped() {
    let answers: Answers = [("st_persons", "2,8"), ("st_fte", "3")]
        .into_iter()
        .collect();
    assert_eq!(
        told(&examine(
            question("st_physicians"),
            &Register::default(),
            &answers
        )),
        ["not_whole st_persons: swap", "swapped st_fte: swap"]
    );
}

#[test]
fn a_text_that_would_read_otherwise_in_the_other_column_is_rewritten() {
    // "2.000" is two posts, but two thousand persons.
    let lines = "dietitian 1,5 2.000";
    let mend = mend_of(&staffing(lines), |kind| *kind == MendKind::Swap);
    let after = mended(&table(lines), &mend);
    assert_eq!(after.raw("dietitian_persons"), "2");
    assert_eq!(after.raw("dietitian_fte"), "1,5");
}

#[test]
fn what_was_confirmed_is_not_asked_again_until_it_changes() {
    let typed = table("dietitian 2 2,5");
    let finding = staffing("dietitian 2 2,5").remove(0);
    let confirmed = Confirmed {
        rule: finding.matter.rule().to_owned(),
        scope: finding.anchor().to_owned(),
        about: finding.about(&typed),
    };
    assert!(finding.is_confirmed(&typed, std::slice::from_ref(&confirmed)));

    let changed = table("dietitian 2 2,6");
    let again = staffing("dietitian 2 2,6").remove(0);
    assert!(!again.is_confirmed(&changed, &[confirmed]));
}

#[test]
fn a_row_that_was_confirmed_alone_is_not_asked_about_again_for_its_neighbours() {
    let alone = "gp_specialist 2 3";
    let finding = staffing(alone).remove(0);
    let confirmed = [Confirmed {
        rule: finding.matter.rule().to_owned(),
        scope: finding.anchor().to_owned(),
        about: finding.about(&table(alone)),
    }];

    let later = "gp_specialist 2 3\ndietitian 1 2";
    let open: Vec<_> = staffing(later)
        .into_iter()
        .filter(|finding| !finding.is_confirmed(&table(later), &confirmed))
        .collect();
    assert_eq!(told(&open), ["swapped dietitian_fte: swap, swap 2 rows"]);
}

const ROWS: [&str; 5] = [
    "gp_specialist",
    "district_nurse",
    "registered_nurse",
    "assistant_nurse",
    "physiotherapist",
];

proptest! {
    /// Whoever swaps the columns gets the table back by one click.
    #[test]
    fn one_click_gives_every_row_back(centre in prop::collection::vec((1..20_i64, 2..=4_i64), 5)) {
        let quarters = |(persons, quarters): &(i64, i64)| {
            Number::from_millionths(persons * quarters * Number::SCALE / 4)
        };
        prop_assume!(centre.iter().filter(|(_, quarters)| *quarters < 4).count() > 1);
        let mut right = Answers::default();
        let mut swapped = Answers::default();
        for (line, row) in centre.iter().zip(ROWS) {
            let (persons, posts) = (line.0.to_string(), quarters(line).to_swedish());
            right.set(format!("{row}_persons"), &persons);
            right.set(format!("{row}_fte"), &posts);
            swapped.set(format!("{row}_persons"), posts);
            swapped.set(format!("{row}_fte"), persons);
        }
        let findings = examine(question("staffing"), &Register::default(), &swapped);
        let mend = mend_of(&findings, |kind| matches!(kind, MendKind::SwapAll(_)));
        prop_assert_eq!(mended(&swapped, &mend), right);
    }
}
