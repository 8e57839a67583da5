//! Posts in a unit that no rule knows.

use super::ward::{Ward, asked, rule};

fn hours(bounds: &str, more: &[String]) -> Ward {
    let what =
        format!("kind = \"unit\"\nrows = 3\n{bounds}\non = [{{ block = \"staff\", habit = -5 }}]");
    let hours = rule("hours", &what);
    Ward::with(&[&[hours], more].concat())
}

const WEEK: &str = "least = 30\nmost = 45";
const ROUND_WEEK: &str = "least = 30\nmost = 45\nround = true";

#[test]
fn hours_are_hours_where_a_week_of_them_would_be_a_post() {
    for week in [WEEK, ROUND_WEEK] {
        let ward = hours(week, &[]);
        let doubted = |typed: &str| !ward.each(&[typed; 3]).queries.is_empty();
        // Half a post each, up to full time.
        for typed in ["15", "30", "45"] {
            assert!(doubted(typed), "{typed}");
        }
        for typed in ["14", "46"] {
            assert!(!doubted(typed), "{typed}");
        }
        assert!(ward.each(&["30", "30"]).queries.is_empty());
        for typed in [["60", "80", "30"], ["59", "79", "31"]] {
            let [a, b, c] = typed;
            assert_eq!(
                asked(&ward.rows(&[("2", a), ("3", b), ("1", c), ("1", "0")])),
                [["a_fte", "b_fte", "c_fte"]]
            );
        }
    }
}

#[test]
fn a_percent_sign_says_that_the_unit_is_no_hours() {
    for week in [WEEK, ROUND_WEEK] {
        let result = hours(week, &[]).each(&["29", "33", "31", "30 %"]);
        assert!(result.queries.iter().all(|query| query.rule != "hours"));
    }
}

#[test]
fn a_question_beside_the_first_may_be_in_another_unit() {
    let wards = [WEEK, ROUND_WEEK].map(|week| hours(week, &[]));
    let mut given: Vec<(&str, &str)> = ["a", "b", "c", "x"]
        .iter()
        .zip(["29", "33", "31", "32"])
        .flat_map(|(row, posts)| match *row {
            "a" => [("a_persons", "1"), ("a_fte", posts)],
            "b" => [("b_persons", "1"), ("b_fte", posts)],
            "c" => [("c_persons", "1"), ("c_fte", posts)],
            _ => [("x_persons", "1"), ("x_fte", posts)],
        })
        .collect();
    for ward in &wards {
        assert_eq!(asked(&ward.clean(&given)), [["a_fte", "b_fte", "c_fte"]]);
    }
    given.drain(..2);
    for ward in &wards {
        assert!(ward.clean(&given).queries.is_empty());
    }
}

fn suspicion(ward: &Ward, rows: &[(&str, &str)]) -> i32 {
    ward.rows(rows).queries[0].suspicion
}

#[test]
fn an_unknown_unit_weighs_less_the_finer_the_numbers_are_typed() {
    let ward = hours(WEEK, &[]);
    // As typed -60 in each row. The likeliest rate gives a unit of some 36 hours, which is -15.6 in each row.
    let whole = [("1", "29"), ("1", "33"), ("1", "31")];
    assert_eq!(suspicion(&ward, &whole), 180 - 5 - 47);
    let tenths = [("1", "29,1"), ("1", "33,2"), ("1", "31,3")];
    assert_eq!(suspicion(&ward, &tenths), 180 - 5 - 78);
}

#[test]
fn a_unit_that_makes_all_numbers_round_weighs_nothing_unless_a_rule_knows_it() {
    // Half a post, one, and three quarters.
    let typed = [("1", "18"), ("1", "36"), ("1", "27")];
    let ward = hours(ROUND_WEEK, &[]);
    assert_eq!(suspicion(&ward, &typed), 180 - 5);
    assert_eq!(ward.number(&ward.rows(&typed), "a_fte"), "18");
    let other = "kind = \"scale\"\nby = 36\non = [{ block = \"staff\", slip = -99 }]";
    let ward = hours(ROUND_WEEK, &[rule("hours_36", other)]);
    // The best of other weeks leaves each number some hundredths to choose from, which is -3.
    assert_eq!(suspicion(&ward, &typed), 180 - 5 - 9);
    assert_eq!(suspicion(&hours(WEEK, &[]), &typed), 180 - 5 - 47);
}

#[test]
fn a_unit_makes_between_a_third_of_a_post_and_two_of_each_person() {
    let ward = hours("least = 30\nmost = 200\nround = true", &[]);
    // Multiples of 40, and halves of 80, five persons in each row: 160 and three times -7 as typed.
    let forty = [("5", "80"), ("5", "40"), ("5", "120")];
    assert_eq!(suspicion(&ward, &forty), 160 - 5);
    // Multiples of 10, and no quarters of 40. Tenths of 100 are one post to two for each, -10; parts of some 160 are no more
    // than one and less round, -6.
    let hundred = [("1", "140"), ("1", "160"), ("1", "150")];
    assert_eq!(suspicion(&ward, &hundred), 180 - 5 - 18);
}

#[test]
fn half_a_person_is_no_likelier_in_hours() {
    // As typed 2.5 persons weigh -200, and in hours too; the others -60. A unit of 31 is -15 in each row.
    let typed = [("2,5", "60"), ("1", "30"), ("1", "31")];
    assert_eq!(suspicion(&hours(WEEK, &[]), &typed), 120 - 5 - 46);
}

#[test]
fn a_week_that_makes_no_number_round_is_the_one_that_makes_all_ordinary() {
    // As typed -60 in each row, and any of sixty weeks is -18. Whole hours of up to 33 are three hundredths, which is 4.8.
    let ward = hours(ROUND_WEEK, &[]);
    let whole = [("1", "29"), ("1", "27"), ("1", "31")];
    assert_eq!(suspicion(&ward, &whole), 180 - 5 - 18 + 14);
}

#[test]
fn weeks_are_tried_a_quarter_of_an_hour_apart_but_for_those_that_a_rule_knows() {
    // More than 32.5 hours make 3.25 less than a tenth, which is -30, and less than 31.6 make 31.6 more than one post, which
    // is -10. As typed they are -40 and -60.
    let typed = [("1", "3,25"), ("1", "31,6"), ("1", "31,6")];
    let beside = |known: &str| {
        let on = "on = [{ block = \"staff\", slip = -99 }]";
        let known = rule("known", &format!("kind = \"scale\"\nby = {known}\n{on}"));
        suspicion(&hours(ROUND_WEEK, &[known]), &typed)
    };
    assert_eq!(suspicion(&hours(ROUND_WEEK, &[]), &typed), 160 - 5 - 18);
    // A hundredth of 32 is a third of an hour.
    assert_eq!(beside("31.2"), 160 - 5 - 18);
    assert_eq!(beside("32"), 160 - 5 - 18 - 20);
}
