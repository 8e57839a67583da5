use super::{Clinic, Condition, condition};
use crate::condition::{DEEPEST, LONGEST};

#[test]
fn a_condition_is_written_back_with_canonical_spaces_and_no_idle_parentheses() {
    for (written, canonical) in [
        ("need==yes", "need == yes"),
        (" ( ( barrier_none ) ) ", "barrier_none"),
        (
            "register.area_type   in[ 1,2 ]",
            "register.area_type in [1, 2]",
        ),
        ("prevention not\nin [bad]", "prevention not in [bad]"),
        (
            "listed>8000 and not answered( comment )",
            "listed > 8000 and not answered(comment)",
        ),
        ("not (need == yes)", "not need == yes"),
        (
            "(need == yes and barrier_it) or barrier_none",
            "need == yes and barrier_it or barrier_none",
        ),
        (
            "need == yes and (barrier_it or barrier_none)",
            "need == yes and (barrier_it or barrier_none)",
        ),
        (
            "not (barrier_it or barrier_none)",
            "not (barrier_it or barrier_none)",
        ),
        ("not not barrier_it", "not not barrier_it"),
        ("share >= 1.50", "share >= 1.50"),
    ] {
        assert_eq!(condition(written).source(), canonical);
        assert_eq!(condition(canonical), condition(written));
    }
}

#[test]
fn not_binds_tighter_than_and_which_binds_tighter_than_or() {
    assert_eq!(
        condition("barrier_it or barrier_none and not barrier_it and need == yes"),
        condition("barrier_it or (barrier_none and (not barrier_it) and (need == yes))"),
    );
    assert_ne!(
        condition("barrier_it or barrier_none and barrier_it"),
        condition("(barrier_it or barrier_none) and barrier_it"),
    );
}

#[test]
fn names_come_once_each_in_the_order_of_the_text() {
    let condition = condition("need == yes or listed > 5 and (answered(comment) or need == no)");
    assert_eq!(condition.names(), ["need", "listed", "comment"]);
}

#[test]
fn the_browser_parses_a_typed_text_to_the_same_condition_without_a_scope() {
    for source in [
        "register.area_type in [1, 2] or need != no",
        "listed < 1000 and not (barrier_it or answered(comment))",
        "prevention not in [bad, very_bad]",
    ] {
        assert_eq!(Condition::parse_trusted(source), Some(condition(source)));
    }
    assert_eq!(Condition::parse_trusted("need =="), None);
    assert_eq!(Condition::parse_trusted("need in []"), None);
}

#[test]
fn words_of_the_language_may_be_keys_of_options() {
    let parsed = Condition::parse_trusted("kind == not and kind not in [in, or]").unwrap();
    assert_eq!(parsed.source(), "kind == not and kind not in [in, or]");
}

#[test]
fn nesting_is_bounded_and_the_deepest_condition_survives_being_written_back() {
    for (open, close) in [("(", ")"), ("not ", "")] {
        let nested =
            |depth: usize| format!("{}barrier_it{}", open.repeat(depth), close.repeat(depth));
        let deepest = condition(&nested(DEEPEST));
        assert_eq!(condition(deepest.source()), deepest);
        let faults = Condition::parse(&nested(DEEPEST + 1), &Clinic).unwrap_err();
        let start = open.len() * DEEPEST;
        assert_eq!(faults[0].at, start..start + open.trim().len());
        assert!(Condition::parse(&nested(1_000_000), &Clinic).is_err());
    }
    let level = "not (barrier_it or barrier_it and ";
    let depth = DEEPEST / 2;
    let mixed = format!("{}barrier_it{}", level.repeat(depth), ")".repeat(depth));
    assert_eq!(condition(condition(&mixed).source()), condition(&mixed));
}

#[test]
fn a_long_condition_is_not_a_deep_one() {
    let long = vec!["barrier_it"; LONGEST / 2].join(" and ");
    assert_eq!(condition(&long).source(), long);
}

#[test]
fn length_is_bounded_so_that_no_file_can_keep_the_checker_busy() {
    let faults = Condition::parse(&vec!["x"; LONGEST + 1].join(" "), &Clinic).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].at, 2 * LONGEST..2 * LONGEST + 1);
}
