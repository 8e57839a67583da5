//! Posts typed in percent.

use proptest::prelude::*;
use survey::{
    answers::{Answers, Number},
    checks::{MendKind, examine},
    register::Register,
};

use crate::support::{mend_of, mended, question, staffing, table, told};

#[test]
fn one_and_a_half_post_typed_as_150_is_asked_about() {
    assert_eq!(
        told(&staffing("dietitian 2 150")),
        ["posts_in_percent dietitian_fte: to 1,5"]
    );
}

#[test]
fn percentages_of_one_person_are_read_as_a_part_of_a_post() {
    for (typed, meant) in [
        ("75", "0,75"),
        ("100", "1"),
        ("20", "0,2"),
        ("62,5", "0,625"),
    ] {
        assert_eq!(
            told(&staffing(&format!("dietitian 1 {typed}"))),
            [format!("posts_in_percent dietitian_fte: to {meant}")]
        );
    }
}

#[test]
fn more_percent_than_a_person_can_work_is_asked_about_too() {
    assert_eq!(
        told(&staffing("dietitian 1 150")),
        ["posts_in_percent dietitian_fte: to 1,5"]
    );
    assert_eq!(
        told(&staffing("dietitian 1 850")),
        ["posts_in_percent dietitian_fte: to 8,5"]
    );
}

#[test]
fn an_average_percentage_beside_many_persons_is_read_per_person() {
    assert_eq!(
        told(&staffing("registered_nurse 12 75")),
        ["posts_in_percent registered_nurse_fte: to 9"]
    );
}

#[test]
fn where_both_fit_both_are_offered_the_likelier_first() {
    // Four persons who share 75 % are fewer than four who work 75 % each.
    assert_eq!(
        told(&staffing("physiotherapist 4 75")),
        ["posts_in_percent physiotherapist_fte: to 3, to 0,75"]
    );
    // But another row shows that this chief adds the percentages up.
    assert_eq!(
        told(&staffing("physiotherapist 4 75\nregistered_nurse 10 850")),
        [
            "posts_in_percent registered_nurse_fte: to 8,5, column of 2",
            "posts_in_percent physiotherapist_fte: to 0,75, to 3, column of 2",
        ]
    );
}

#[test]
fn a_whole_column_in_percent_is_mended_by_one_click() {
    let typed = table(
        "gp_specialist    4 350 100
         district_nurse   6 525 -
         registered_nurse 1 100 50
         dietitian        1 40  -
         psychosocial     2 150 0",
    );
    let findings = examine(question("staffing"), &Register::default(), &typed);
    let mend = mend_of(&findings, |kind| *kind == MendKind::Column(5));
    let after = mended(&typed, &mend);

    let posts = |row: &str| after.raw(&format!("{row}_fte")).to_owned();
    assert_eq!(posts("gp_specialist"), "3,5");
    assert_eq!(posts("district_nurse"), "5,25");
    assert_eq!(posts("registered_nurse"), "1");
    assert_eq!(posts("dietitian"), "0,4");
    assert_eq!(posts("psychosocial"), "1,5");
    // Temps are a column of their own.
    assert_eq!(
        told(&examine(question("staffing"), &Register::default(), &after)),
        [
            "posts_in_percent gp_specialist_temp_fte: to 1, column of 2",
            "posts_in_percent registered_nurse_temp_fte: to 0,5, column of 2",
        ]
    );
}

#[test]
fn a_percent_sign_is_a_hard_error_with_the_same_ways_out() {
    assert_eq!(
        told(&staffing("dietitian 1 50_%\nphysiotherapist 4 75%")),
        [
            "percent_sign dietitian_fte: to 0,5, column of 2",
            "percent_sign physiotherapist_fte: to 3, to 0,75, column of 2",
        ]
    );
    assert_eq!(
        told(&staffing("dietitian 50%")),
        ["percent_sign dietitian_persons"]
    );
    assert_eq!(
        told(&staffing("dietitian 1 -50%")),
        ["percent_sign dietitian_fte"]
    );
}

#[test]
fn without_persons_only_what_no_centre_has_is_asked_about() {
    assert_eq!(
        told(&staffing("dietitian - 150\nassistant_nurse 0 75")),
        [
            "posts_in_percent assistant_nurse_fte: to 0,75, column of 2",
            "posts_in_percent dietitian_fte: to 1,5, column of 2",
        ]
    );
    assert!(staffing("district_nurse - 18,5\nregistered_nurse - 22").is_empty());
}

#[test]
fn temps_are_not_held_against_the_permanent_staff() {
    assert!(staffing("gp_specialist 1 1 12\nregistered_nurse 0 0 3\ndietitian - - 1,5").is_empty());
    assert_eq!(
        told(&staffing("gp_specialist 1 1 150")),
        ["posts_in_percent gp_specialist_temp_fte: to 1,5"]
    );
}

#[test]
fn who_writes_permanent_posts_in_percent_is_asked_about_a_tenth_of_a_temp_too() {
    assert_eq!(
        told(&staffing("gp_specialist 4 350 10\ndietitian 0 0 15")),
        [
            "posts_in_percent gp_specialist_fte: to 3,5",
            "posts_in_percent gp_specialist_temp_fte: to 0,1, column of 2",
            "posts_in_percent dietitian_temp_fte: to 0,15, column of 2",
        ]
    );
    // Five temps, or twelve, are no percentage that anybody writes; nor are ten where the other posts are right.
    assert_eq!(
        told(&staffing("gp_specialist 4 350 5\ndietitian 0 0 12")),
        ["posts_in_percent gp_specialist_fte: to 3,5"]
    );
    assert!(staffing("gp_specialist 4 3,5 10").is_empty());
}

#[test]
fn a_need_in_percent_is_asked_about() {
    let answers: Answers = [
        ("gp_specialist_need_fte", "200"),
        ("dietitian_need_fte", "50"),
    ]
    .into_iter()
    .collect();
    assert_eq!(
        told(&examine(
            question("need_posts"),
            &Register::default(),
            &answers
        )),
        [
            "posts_in_percent gp_specialist_need_fte: to 2, column of 2",
            "posts_in_percent dietitian_need_fte: to 0,5, column of 2",
        ]
    );
}

#[test]
fn what_is_no_percentage_either_is_left_to_the_other_checks() {
    // Eight posts of one person: a slip of the pen, but which?
    assert_eq!(
        told(&staffing("dietitian 1 8")),
        ["posts_exceed_persons dietitian_fte"]
    );
}

const ROWS: [&str; 6] = [
    "district_nurse",
    "registered_nurse",
    "assistant_nurse",
    "psychosocial",
    "physiotherapist",
    "medical_secretary",
];

proptest! {
    /// Whoever adds percentages up for every profession gets the whole column right by one click.
    #[test]
    fn one_click_gives_every_post_back(
        centre in prop::collection::vec((1..25_i64, prop::sample::select(vec![50, 60, 75, 80, 90, 100_i64])), 2..=6),
    ) {
        prop_assume!(centre.iter().any(|(persons, rate)| persons * rate > 100));
        let mut typed = Answers::default();
        for ((persons, rate), row) in centre.iter().zip(ROWS) {
            typed.set(format!("{row}_persons"), persons.to_string());
            typed.set(format!("{row}_fte"), (persons * rate).to_string());
        }
        let findings = examine(question("staffing"), &Register::default(), &typed);
        prop_assert_eq!(findings.len(), centre.len());

        let mend = mend_of(&findings, |kind| matches!(kind, MendKind::Column(_)));
        let after = mended(&typed, &mend);
        for ((persons, rate), row) in centre.iter().zip(ROWS) {
            let meant = Number::from_millionths(persons * rate * Number::SCALE / 100);
            prop_assert_eq!(after.raw(&format!("{row}_fte")), meant.to_swedish());
        }
        prop_assert!(examine(question("staffing"), &Register::default(), &after).is_empty());
    }
}
