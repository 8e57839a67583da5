//! What holds of every finding and of every mend it offers, whatever was typed.

use std::collections::BTreeSet;

use proptest::prelude::*;
use survey::{
    answers::{Answers, Number},
    checks::{
        Check, ColumnRule, Finding, MatrixRules, MendKind, PercentLimits, Rules, SwapLimits,
        TotalLimits,
    },
    register::Register,
};

use crate::support::{mended, question, register};

fn typed() -> impl Strategy<Value = String> {
    let common = prop::sample::select(vec![
        "",
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "10",
        "12",
        "20",
        "25",
        "40",
        "75",
        "100",
        "150",
        "850",
        "1500",
        "2000",
        "2001",
        "100000",
        "200000",
        "0,1",
        "0,5",
        "½",
        "1,5",
        "1,75",
        "10,75",
        "1.500",
        "2.000",
        "8,000",
        "8 500",
        "62,5",
        "50 %",
        "150%",
        "-50 %",
        "1500 %",
        "-1",
        "abc",
        " 7 ",
        "9223372036854",
        "9223372036854 %",
        "0,000001",
        "0,000049",
        "20,00001",
    ]);
    prop_oneof![
        6 => common.prop_map(str::to_owned),
        2 => (0..20_000_i64).prop_map(|n| Number::from_millionths(n * 50_000).to_swedish()),
        1 => any::<i64>().prop_map(|n| Number::from_millionths(n).to_swedish()),
    ]
}

fn column(key: &str, whole: bool, min: i32, max: i32) -> ColumnRule {
    ColumnRule {
        key: key.to_owned(),
        whole,
        min: Number::whole(min),
        max: Number::whole(max),
    }
}

/// A matrix no reasonable questionnaire has: tight bounds, and posts that must be whole.
fn awkward(whole_posts: bool, checks: usize) -> Rules {
    let (persons, posts) = ("persons".to_owned(), "fte".to_owned());
    let mut all = vec![
        Check::PostsInPercent {
            posts: vec![posts.clone(), "temp_fte".to_owned()],
            persons: Some(persons.clone()),
            limits: PercentLimits::default(),
        },
        Check::Swapped {
            persons: persons.clone(),
            posts: posts.clone(),
            limits: SwapLimits::default(),
        },
        Check::PostsExceedPersons {
            posts: posts.clone(),
            persons: persons.clone(),
        },
        Check::TotalInFirstRow {
            columns: vec![persons, posts],
            limits: TotalLimits::default(),
        },
    ];
    all.rotate_left(checks % 4);
    all.truncate(1 + checks / 4);
    Rules::Matrix(MatrixRules {
        question: "awkward".to_owned(),
        rows: ["gp_specialist", "district_nurse", "dietitian"]
            .map(str::to_owned)
            .to_vec(),
        columns: vec![
            column("persons", true, 1, 12),
            column("fte", whole_posts, -3, 40),
            column("temp_fte", whole_posts, 1, 200),
        ],
        absent: None,
        checks: all,
        quotient: None,
    })
}

fn staffing() -> Rules {
    Rules::of(question("staffing"), &Register::default()).remove(0)
}

fn hard(findings: &[Finding]) -> BTreeSet<(&'static str, String)> {
    findings
        .iter()
        .filter(|finding| finding.is_hard())
        .map(|finding| (finding.matter.rule(), finding.anchor().to_owned()))
        .collect()
}

fn keeps_its_promises(rules: &Rules, answers: &Answers) -> Result<(), TestCaseError> {
    let findings = rules.examine(answers);
    let hard_before = hard(&findings);
    for finding in &findings {
        let rule = finding.matter.rule();
        if rule == "posts_in_percent" {
            prop_assert!(matches!(
                finding.mends.first().map(|mend| &mend.kind),
                Some(MendKind::To(_))
            ));
        }
        for mend in &finding.mends {
            let after = mended(answers, mend);
            prop_assert_ne!(&after, answers, "{:?} changes nothing", mend);
            let again = rules.examine(&after);
            let created: Vec<_> = hard(&again).difference(&hard_before).cloned().collect();
            prop_assert!(created.is_empty(), "{mend:?} makes {created:?}");
            let changed = |variable: &String| {
                mend.changes
                    .iter()
                    .any(|change| change.variable == *variable)
            };
            for other in again.iter().filter(|other| other.matter.rule() == rule) {
                prop_assert!(
                    !other.variables.iter().any(changed),
                    "{mend:?} is asked about again: {other:?}"
                );
                prop_assert_ne!(other.anchor(), finding.anchor());
            }
        }
    }
    Ok(())
}

const STAFFED: [&str; 8] = [
    "gp_specialist",
    "district_nurse",
    "registered_nurse",
    "assistant_nurse",
    "dietitian",
    "psychosocial",
    "physiotherapist",
    "medical_secretary",
];

fn cells(rows: &'static [&'static str]) -> impl Strategy<Value = Answers> {
    prop::collection::vec((typed(), typed(), typed(), 0..12), rows.len()).prop_map(move |cells| {
        let mut answers = Answers::default();
        for ((persons, posts, temps, absent), row) in cells.into_iter().zip(rows) {
            answers.set(format!("{row}_persons"), persons);
            answers.set(format!("{row}_fte"), posts);
            answers.set(format!("{row}_temp_fte"), temps);
            if absent == 0 {
                answers.set(format!("{row}_none"), "1");
            }
        }
        answers
    })
}

/// A table whose first row is the sum of the others, in persons or posts or both.
fn with_total() -> impl Strategy<Value = Answers> {
    let row = (1..9_i64, 0..20_i64);
    (prop::collection::vec(row, 7), any::<[bool; 2]>()).prop_map(|(rows, total)| {
        let mut answers = Answers::default();
        let mut sums = [0, 0];
        for ((persons, tenths), row) in rows.into_iter().zip(&STAFFED[1..]) {
            let posts = persons * tenths * Number::SCALE / 10;
            answers.set(format!("{row}_persons"), persons.to_string());
            answers.set(
                format!("{row}_fte"),
                Number::from_millionths(posts).to_swedish(),
            );
            sums[0] += persons * Number::SCALE;
            sums[1] += posts;
        }
        for ((sum, is_total), column) in sums.into_iter().zip(total).zip(["persons", "fte"]) {
            let first = Number::from_millionths(if is_total { sum } else { sum / 10 });
            answers.set(format!("{}_{column}", STAFFED[0]), first.to_swedish());
        }
        answers
    })
}

proptest! {
    #[test]
    fn a_mend_of_the_staffing_table_settles_its_question_and_breaks_nothing(answers in cells(&STAFFED)) {
        keeps_its_promises(&staffing(), &answers)?;
    }

    #[test]
    fn so_does_a_mend_of_a_table_with_totals(answers in with_total()) {
        keeps_its_promises(&staffing(), &answers)?;
    }

    #[test]
    fn so_does_a_mend_where_bounds_are_tight(
        answers in cells(&STAFFED[..5]),
        whole in any::<bool>(),
        checks in 0..16_usize,
    ) {
        keeps_its_promises(&awkward(whole, checks), &answers)?;
    }

    #[test]
    fn so_does_a_mend_of_the_listed_residents(
        typed in typed(),
        figure in 0..60_000_u32,
        strictest in any::<bool>(),
    ) {
        let mut rules = Rules::of(question("listed"), &register(&figure.to_string())).remove(0);
        if let (Rules::Number(rules), true) = (&mut rules, strictest) {
            rules.register = rules.register.map(|(figure, _)| (figure, Number::whole(1)));
        }
        let answers: Answers = [("listed", typed)].into_iter().collect();
        keeps_its_promises(&rules, &answers)?;
    }

    #[test]
    fn what_travels_to_the_browser_finds_the_same(answers in cells(&STAFFED)) {
        let rules = staffing();
        let travelled: Rules = serde_json::from_str(&serde_json::to_string(&rules).unwrap()).unwrap();
        prop_assert_eq!(travelled.examine(&answers), rules.examine(&answers));
    }
}
