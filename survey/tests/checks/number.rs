//! Listed residents beside the register's figure.

use survey::{answers::Answers, checks::examine, register::Register};

use crate::support::{question, register, told};

fn listed(typed: &str, register: &Register) -> Vec<String> {
    let answers: Answers = [("listed", typed)].into_iter().collect();
    told(&examine(question("listed"), register, &answers))
}

#[test]
fn a_figure_near_the_registers_is_as_it_should_be() {
    for typed in [
        "8500",
        "8 500",
        "8.500",
        "8\u{a0}900",
        "6 000",
        "12 000",
        "",
    ] {
        assert!(listed(typed, &register("8500")).is_empty(), "{typed}");
    }
}

#[test]
fn a_figure_far_from_the_registers_is_asked_about() {
    assert_eq!(
        listed("15 000", &register("8500")),
        ["far_from_register listed"]
    );
    assert_eq!(
        listed("5 000", &register("8500")),
        ["far_from_register listed"]
    );
}

#[test]
fn a_digit_or_three_too_few_or_too_many_can_be_mended() {
    for typed in ["850", "85 000", "8", "8,5", "8500000", "-8500"] {
        let told = listed(typed, &register("8480"));
        assert_eq!(told.len(), 1, "{typed}");
        assert!(
            told[0].ends_with(": to 8\u{a0}500") || told[0].ends_with(": to 8\u{a0}000"),
            "{told:?}"
        );
    }
}

#[test]
fn no_mend_is_guessed_that_is_only_somewhat_nearer() {
    assert_eq!(
        listed("85", &register("1200")),
        ["far_from_register listed"]
    );
}

#[test]
fn the_registers_very_figure_is_not_unusual() {
    assert!(listed("400", &register("400")).is_empty());
}

#[test]
fn a_figure_near_the_registers_may_still_be_unusual() {
    assert_eq!(listed("410", &register("400")), ["unusual listed"]);
    assert_eq!(listed("499", &register("510")), ["unusual listed"]);
    assert_eq!(listed("41 000", &register("38000")), ["unusual listed"]);
    assert!(listed("500", &register("400")).is_empty());
    assert!(listed("40 000", &register("41000")).is_empty());
}

#[test]
fn without_a_register_only_the_unusual_is_asked_about() {
    for register in [Register::default(), register("0"), register("unknown")] {
        assert_eq!(listed("85", &register), ["unusual listed"]);
        assert_eq!(listed("85 000", &register), ["unusual listed"]);
        assert!(listed("500", &register).is_empty());
        assert!(listed("40 000", &register).is_empty());
    }
}

#[test]
fn what_cannot_be_read_is_a_hard_error() {
    assert_eq!(
        listed("cirka 8500", &register("8500")),
        ["not_a_number listed"]
    );
    assert_eq!(
        listed("8,000", &Register::default()),
        ["not_a_number listed"]
    );
    assert_eq!(listed("-5", &Register::default()), ["negative listed"]);
    assert_eq!(
        listed("1 000 001", &Register::default()),
        ["too_large listed"]
    );
}
