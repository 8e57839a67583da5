//! Which number of posts is meant by a number in another unit.

use super::ward::{Ward, rule};
use survey::cleaning::Certainty;

/// One person's posts, typed so many times too large.
fn units(by: &str) -> Ward {
    let on = "on = [{ block = \"staff\", slip = -20 }]";
    Ward::with(&[rule("units", &format!("kind = \"scale\"\nby = {by}\n{on}"))])
}

fn posts(by: &str, typed: &str) -> String {
    let ward = units(by);
    ward.number(&ward.each(&[typed]), "a_fte")
}

#[test]
fn the_roundest_number_that_would_be_typed_so_is_meant() {
    for (by, typed, meant) in [
        // Whole hours: 28.5 up to 29.5 hours are 0.7125 up to 0.7375 posts.
        ("40", "29", "0.73"),
        ("40", "30", "0.75"),
        ("40", "20", "0.5"),
        ("40", "40", "1"),
        ("37", "28", "0.75"),
        ("37", "26", "0.7"),
        // Halves and tenths of hours, and hundredths.
        ("40", "28,5", "0.71"),
        ("40", "28,9", "0.7225"),
        ("38.25", "57,38", "1.5"),
        ("38.25", "57,37", "1.5"),
        ("38.25", "57,36", "1.499607"),
        ("12", "7", "0.6"),
        ("11", "3", "0.25"),
    ] {
        assert_eq!(posts(by, typed), meant, "{typed} / {by}");
    }
}

#[test]
fn few_to_a_post_and_shifts_of_the_decimal_sign_are_divided_and_not_rounded() {
    for (by, typed, meant) in [
        ("5", "3", "0.6"),
        ("10", "7,5", "0.75"),
        ("100", "72,5", "0.725"),
        ("1000", "725", "0.725"),
    ] {
        assert_eq!(posts(by, typed), meant, "{typed} / {by}");
    }
}

#[test]
fn whole_hours_stand_for_more_than_one_number_of_posts_which_speaks_for_them() {
    let certainty = |by: &str, typed: &str| units(by).each(&[typed]).ledger[0].certainty;
    // As typed -60, and -20 for the slip. 19.5 up to 20.5 hours are two hundredths of a post, and 3 decibans.
    assert_eq!(certainty("40", "20"), Certainty::Decibans(60 - 20 + 3));
    assert_eq!(certainty("40", "20,4"), Certainty::Decibans(60 - 20));
    // Four hundredths, and 6 decibans. A full-time post each has its own weight.
    assert_eq!(certainty("40", "40"), Certainty::Decibans(60 - 20));
    assert_eq!(certainty("25", "15"), Certainty::Decibans(60 - 20 + 6));
}

#[test]
fn what_is_more_than_nothing_is_never_rounded_to_nothing() {
    let on = "on = [{ block = \"staff\", slip = -20 }]";
    let swapped = format!("kind = \"swap\"\nby = 40\n{on}");
    let ward = Ward::with(&[rule("swapped", &swapped)]);
    // There are no parts of persons; and less than half a hundredth of an hour is what might be lost in rounding.
    let result = ward.rows(&[("0,005", "1")]);
    assert_eq!(ward.number(&result, "a_persons"), "1");
    assert_eq!(ward.number(&result, "a_fte"), "0.000125");
}
