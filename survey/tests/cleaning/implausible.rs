//! However large or small a number is: what cannot be right never stands unasked.

use super::support::{cleaned, put, staffed, status};
use survey::{
    answers::{Number, read_number},
    cleaning::{Raw, Status},
};

const SIZES: [&str; 27] = [
    "0,01", "0,05", "0,25", "1", "1,5", "3", "7", "8,5", "12", "20", "33", "60", "72", "77", "90",
    "113", "150", "200", "300", "450", "601", "750", "1000", "1500", "2000", "2500", "4000",
];

fn ordinary() -> Raw {
    staffed(&[("4", "3,5"), ("3", "2"), ("6", "4,5"), ("3", "2,2")])
}

fn number(text: &str) -> Number {
    read_number(text, false).unwrap()
}

/// The texts that stand as typed though nothing like them can be right.
fn unasked(variable: &str, beside: &[(&str, &str)], least: Number) -> Vec<&'static str> {
    SIZES
        .into_iter()
        .filter(|text| number(text) > least)
        .filter(|text| {
            let mut raw = ordinary();
            for (variable, typed) in beside {
                put(&mut raw, variable, typed);
            }
            put(&mut raw, variable, text);
            status(&cleaned(&raw), variable) == Status::AsAnswered
        })
        .collect()
}

#[test]
fn more_than_two_posts_a_person_never_stand_unasked() {
    for persons in ["1", "2", "3", "5", "8", "12", "20", "40"] {
        let beside = [("dietitian_persons", persons)];
        let least = number(persons).checked_add(number(persons)).unwrap();
        let left = unasked("dietitian_fte", &beside, least);
        assert!(left.is_empty(), "for {persons}: {left:?}");
    }
}

#[test]
fn persons_who_share_next_to_no_posts_never_stand_unasked() {
    for posts in ["0,5", "1", "3", "5", "10"] {
        let beside = [("dietitian_fte", posts)];
        let left: Vec<_> = unasked("dietitian_persons", &beside, Number::whole(100))
            .into_iter()
            .collect();
        assert!(left.is_empty(), "for {posts}: {left:?}");
    }
}

#[test]
fn so_many_temporary_posts_never_stand_unasked() {
    let left = unasked("dietitian_temp_fte", &[], Number::whole(60));
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn so_many_needed_posts_never_stand_unasked() {
    let left = unasked("dietitian_need_fte", &[("need", "yes")], Number::whole(60));
    assert!(left.is_empty(), "{left:?}");
}
