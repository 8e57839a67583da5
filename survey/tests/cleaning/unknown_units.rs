//! Units that nobody can be sure of, and numbers that several units explain.

use super::support::{CHIEFS, ROWS, RULES_TEXT, asked_by, cleaned, posts, put, staffed, value};
use survey::cleaning::{Cleaned, RuleSet, Urgency, Value, clean};

fn asked(result: &Cleaned, rows: usize) -> Vec<Option<&str>> {
    ROWS.iter()
        .take(rows)
        .map(|row| asked_by(result, &format!("{row}_fte")))
        .collect()
}

#[test]
fn hours_of_a_week_that_no_agreement_has_are_asked_about() {
    // 36 hours: two posts, half a post, one, five and a half, one and a half.
    let typed = [
        ("3", "72"),
        ("1", "18"),
        ("1", "36"),
        ("8", "198"),
        ("2", "54"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(posts(&result, 5), ["72", "18", "36", "198", "54"]);
    assert_eq!(asked(&result, 5), [Some("hours_other"); 5]);
    assert_eq!(result.queries.len(), 1);
}

#[test]
fn what_a_hard_rule_asks_about_is_kept_out_of_totals_and_what_a_soft_one_asks_about_counts() {
    let raw = staffed(&[
        ("3", "72"),
        ("1", "18"),
        ("1", "36"),
        ("8", "198"),
        ("2", "54"),
    ]);
    let hours = RULES_TEXT.find("id = \"hours_other\"").unwrap();
    let (before, after) = RULES_TEXT.split_at(hours);
    let softened = after.replacen("severity = \"hard\"", "severity = \"soft\"", 1);
    let soft = RuleSet::load(&format!("{before}{softened}"), &CHIEFS).unwrap();
    let held = |result: &Cleaned| {
        let value = result.value(&CHIEFS, "gp_specialist_fte").unwrap();
        (result.queries[0].urgency, value.counted().is_none())
    };
    assert_eq!(held(&cleaned(&raw)), (Urgency::Hard, true));
    let counted = clean(&soft, &CHIEFS, &raw, &[]);
    assert_eq!(held(&counted), (Urgency::Soft, false));
}

#[test]
fn hours_that_make_no_round_posts_by_any_week_are_asked_about() {
    let typed = [
        ("2", "61"),
        ("7", "200"),
        ("1", "7"),
        ("2", "52"),
        ("1", "15"),
        ("2", "19"),
        ("1", "20"),
        ("3", "31"),
    ];
    let result = cleaned(&staffed(&typed));
    let as_typed = typed.map(|(_, posts)| posts);
    assert_eq!(posts(&result, 8), as_typed);
    assert!(asked(&result, 8).iter().all(Option::is_some));
}

#[test]
fn hours_of_a_forty_hour_week_in_tenths_of_a_post_are_certain() {
    let typed = [
        ("3", "96"),
        ("1", "28"),
        ("2", "56"),
        ("2", "72"),
        ("1", "20"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(posts(&result, 5), ["2.4", "0.7", "1.4", "1.8", "0.5"]);
    assert!(result.queries.is_empty());
}

#[test]
fn hours_a_year_are_asked_about() {
    let typed = [
        ("4", "5600"),
        ("1", "1400"),
        ("6", "7900"),
        ("3", "3500"),
        ("2", "2600"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(asked(&result, 5), [Some("unknown_unit"); 5]);
    let counted = |row: &str| {
        result
            .value(&CHIEFS, &format!("{row}_fte"))
            .and_then(Value::counted)
    };
    assert_eq!(counted("gp_specialist"), None);
}

#[test]
fn hours_a_month_of_a_month_that_is_not_known_are_asked_about() {
    // 160 hours.
    let typed = [
        ("4", "400"),
        ("2", "160"),
        ("2", "240"),
        ("3", "320"),
        ("1", "80"),
        ("1", "80"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(asked(&result, 6), [Some("hours_other_month"); 6]);
}

#[test]
fn full_time_in_percent_is_no_unknown_unit() {
    let typed = [
        ("2", "200"),
        ("4", "400"),
        ("5", "500"),
        ("1", "100"),
        ("3", "280"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(posts(&result, 5), ["2", "4", "5", "1", "2.8"]);
}

#[test]
fn percent_signs_leave_no_doubt_about_the_unit() {
    let typed = [
        ("5", "364 %"),
        ("1", "68 %"),
        ("3", "241 %"),
        ("6", "401 %"),
        ("4", "257 %"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(posts(&result, 5), ["3.64", "0.68", "2.41", "4.01", "2.57"]);
}

#[test]
fn a_digit_too_many_where_all_count_in_halves_is_no_lost_decimal_sign() {
    let halves = |typed| {
        staffed(&[
            ("4", "2,5"),
            ("3", "0,5"),
            ("6", "4"),
            ("7", "4,5"),
            ("8", "6,5"),
            ("7", typed),
            ("2", "0,5"),
        ])
    };
    let result = cleaned(&halves("52"));
    assert_eq!(value(&result, "psychosocial_fte"), "52");
    assert!(asked_by(&result, "psychosocial_fte").is_some());
    let result = cleaned(&halves("35"));
    assert_eq!(value(&result, "psychosocial_fte"), "3.5");
}

#[test]
fn a_digit_that_may_be_typed_twice_is_no_lost_decimal_sign() {
    let posts = |typed| {
        staffed(&[
            ("5", "3,2"),
            ("2", "1,25"),
            ("7", "4,95"),
            ("5", typed),
            ("1", "0,4"),
        ])
    };
    for typed in ["33,5", "33", "44"] {
        let result = cleaned(&posts(typed));
        assert!(
            asked_by(&result, "registered_nurse_fte").is_some(),
            "{typed}"
        );
    }
    let result = cleaned(&posts("32"));
    assert_eq!(value(&result, "registered_nurse_fte"), "3.2");
}

#[test]
fn hours_that_two_weeks_make_round_are_asked_about() {
    // 42 hours: 2.1, 0.9, 2.5, 0.1, 1.1 and 2.3 posts. By 38.25 they are 2.3, 1, 2.75, 0.1, 1.2 and 2.52.
    let typed = [
        ("3", "88"),
        ("2", "38"),
        ("3", "105"),
        ("1", "4"),
        ("2", "46"),
        ("3", "96,5"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(value(&result, "gp_specialist_fte"), "88");
    assert_eq!(asked(&result, 6), [Some("hours_other"); 6]);
}

#[test]
fn hours_of_each_person_are_not_taken_for_hours_together() {
    let typed = [
        ("1", "40"),
        ("5", "26"),
        ("1", "16"),
        ("1", "30"),
        ("2", "22"),
        ("1", "30"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(value(&result, "licensed_nonspecialist_fte"), "26");
    assert!(asked_by(&result, "licensed_nonspecialist_fte").is_some());
    assert!(asked_by(&result, "assistant_nurse_fte").is_some());
}

#[test]
fn averages_below_percent_are_asked_about() {
    let typed = [
        ("5", "340"),
        ("3", "160"),
        ("7", "430"),
        ("4", "75"),
        ("6", "80"),
        ("5", "70"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(posts(&result, 3), ["3.4", "1.6", "4.3"]);
    assert!(asked(&result, 6)[3..].iter().all(Option::is_some));
}

#[test]
fn physicians_in_training_may_be_counted_finer_than_all_others() {
    let mut raw = staffed(&[
        ("4", "2,5"),
        ("3", "1,5"),
        ("6", "4"),
        ("7", "4,5"),
        ("8", "6,5"),
        ("2", "0,5"),
    ]);
    put(&mut raw, "st_persons", "6,45");
    put(&mut raw, "st_fte", "7");
    let result = cleaned(&raw);
    assert_eq!(value(&result, "st_persons"), "7");
    assert_eq!(value(&result, "st_fte"), "6.45");
}

#[test]
fn one_post_of_temps_is_in_percent_where_all_else_is() {
    let percent = |temps| {
        let mut raw = staffed(&[("4", "350"), ("6", "425"), ("2", "150"), ("3", "240")]);
        put(&mut raw, "gp_specialist_temp_fte", temps);
        cleaned(&raw)
    };
    assert_eq!(value(&percent("60"), "gp_specialist_temp_fte"), "0.6");

    let mut raw = staffed(&[("4", "3,5"), ("6", "4,25"), ("2", "1,5"), ("3", "2,4")]);
    put(&mut raw, "gp_specialist_temp_fte", "60");
    let result = cleaned(&raw);
    assert_eq!(value(&result, "gp_specialist_temp_fte"), "60");
    assert!(asked_by(&result, "gp_specialist_temp_fte").is_some());
}

#[test]
fn whole_posts_may_be_the_persons_where_nobody_has_said_how_many_they_are() {
    let typed = [
        ("", "5"),
        ("", "1"),
        ("", "6"),
        ("", "3"),
        ("", "5"),
        ("", "2"),
        ("", "4"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(asked(&result, 7), [Some("copied_posts"); 7]);

    let typed = [
        ("", "4,2"),
        ("", "0,8"),
        ("", "4,6"),
        ("", "3"),
        ("", "4,5"),
        ("", "2"),
        ("", "3,3"),
    ];
    assert!(cleaned(&staffed(&typed)).queries.is_empty());
}

#[test]
fn percent_in_the_column_for_people_is_asked_about() {
    let typed = [
        ("300", "2,4"),
        ("100", "0,8"),
        ("400", "3,1"),
        ("200", "1,5"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(value(&result, "gp_specialist_persons"), "300");
    assert_eq!(
        asked_by(&result, "gp_specialist_persons"),
        Some("persons_in_percent")
    );
}

#[test]
fn working_days_of_a_year_are_no_hours_of_a_month() {
    let typed = [
        ("2", "396"),
        ("3", "363"),
        ("5", "561"),
        ("1", "66"),
        ("1", "198"),
        ("1", "132"),
        ("1", "88"),
    ];
    let result = cleaned(&staffed(&typed));
    assert_eq!(posts(&result, 7), typed.map(|(_, posts)| posts));
    assert!(asked(&result, 7).iter().all(Option::is_some));
}

#[test]
fn agency_staff_may_be_ordered_by_the_hour() {
    let mut raw = staffed(&[("4", "3,5"), ("6", "4,25"), ("2", "1,5"), ("3", "2,4")]);
    put(&mut raw, "gp_specialist_temp_fte", "40");
    put(&mut raw, "district_nurse_temp_fte", "20");
    let result = cleaned(&raw);
    assert_eq!(value(&result, "gp_specialist_temp_fte"), "40");
    assert!(asked_by(&result, "gp_specialist_temp_fte").is_some());
}

#[test]
fn a_nought_too_many_among_people_is_no_swap() {
    let result = cleaned(&staffed(&[
        ("3", "2,1"),
        ("1", "0,2"),
        ("2", "1,1"),
        ("1", "0,8"),
        ("2", "1,7"),
        ("10", "1"),
    ]));
    assert_eq!(value(&result, "psychosocial_fte"), "1");
    assert!(asked_by(&result, "psychosocial_persons").is_some());
}
