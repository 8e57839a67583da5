use proptest::prelude::*;

use super::{super::Number, number};

fn half_to_even(numerator: i128, denominator: i128) -> Option<Number> {
    let (numerator, denominator) = if denominator < 0 {
        (-numerator, -denominator)
    } else {
        (numerator, denominator)
    };
    let floor = numerator.div_euclid(denominator);
    let twice = 2 * numerator.rem_euclid(denominator);
    let up = twice > denominator || (twice == denominator && floor.rem_euclid(2) == 1);
    i64::try_from(floor + i128::from(up))
        .ok()
        .map(Number::from_millionths)
}

fn millionths() -> impl Strategy<Value = i64> {
    prop_oneof![
        any::<i64>(),
        -5_000_000_i64..5_000_000,
        (-50_000_i64..50_000).prop_map(|n| n * 500_000),
        Just(i64::MIN),
        Just(i64::MAX),
        Just(0),
    ]
}

#[test]
fn posts_per_person_come_out_as_on_paper() {
    assert_eq!(
        number("7.5").checked_div(number("10")),
        Some(number("0.75"))
    );
    assert_eq!(
        number("1").checked_div(number("3")),
        Some(number("0.333333"))
    );
    assert_eq!(
        number("2").checked_div(number("3")),
        Some(number("0.666667"))
    );
    assert_eq!(number("1").checked_div(Number::ZERO), None);
    assert_eq!(
        number("1.5").checked_mul(number("-2.5")),
        Some(number("-3.75"))
    );
    assert_eq!(number("150").divide_by_100(), number("1.5"));
}

#[test]
fn what_does_not_fit_is_none_and_never_wraps() {
    assert_eq!(Number::MAX.checked_add(number("0.000001")), None);
    assert_eq!(Number::MIN.checked_sub(number("0.000001")), None);
    assert_eq!(Number::MAX.checked_mul(number("2")), None);
    assert_eq!(Number::MIN.checked_div(number("-1")), None);
    assert_eq!(Number::MIN.checked_floor(), None);
    assert_eq!(Number::MAX.checked_ceil(), None);
}

#[test]
fn whole_neighbours_lie_on_either_side() {
    assert_eq!(number("1.5").checked_floor(), Some(number("1")));
    assert_eq!(number("1.5").checked_ceil(), Some(number("2")));
    assert_eq!(number("-1.5").checked_floor(), Some(number("-2")));
    assert_eq!(number("-1.5").checked_ceil(), Some(number("-1")));
    assert_eq!(number("3").checked_floor(), number("3").checked_ceil());
}

#[test]
fn numbers_are_ordered_by_size() {
    let mut numbers = ["10", "-2", "9.5", "9.25"].map(number);
    numbers.sort();
    assert_eq!(numbers, ["-2", "9.25", "9.5", "10"].map(number));
}

proptest! {
    #[test]
    fn arithmetic_agrees_with_exact_fractions(left in millionths(), right in millionths()) {
        let (a, b) = (Number::from_millionths(left), Number::from_millionths(right));
        let (left, right) = (i128::from(left), i128::from(right));
        prop_assert_eq!(a.checked_add(b), half_to_even(left + right, 1));
        prop_assert_eq!(a.checked_sub(b), half_to_even(left - right, 1));
        prop_assert_eq!(a.checked_mul(b), half_to_even(left * right, 1_000_000));
        let quotient = if right == 0 { None } else { half_to_even(left * 1_000_000, right) };
        prop_assert_eq!(a.checked_div(b), quotient);
        prop_assert_eq!(Some(a.divide_by_100()), half_to_even(left, 100));
    }
}
