//! How a row is weighed by what is ordinary: how many persons, posts for each, and how round the posts are.

use super::ward::{RULES, Ward, rule};
use survey::cleaning::Certainty;

/// Rates for few persons and for many, a weight for each size of a row, and one for each roundness.
fn ward(rules: &[String]) -> Ward {
    let (before, _) = RULES.split_once("none = 0").unwrap();
    let model = r"none = -9
alone = -30

[block.persons]
upto = [1, 10]
weight = [-2, -5, -50]

[[block.rates]]
persons = 3
upto = [0.5, 1]
weight = [-1, -3, -40]
full = -7

[[block.rates]]
persons = 1000
upto = [0.05, 0.5]
weight = [-11, -13, -45]
full = -17

[block.posts]
upto = [0.5, 1]
weight = [-21, -22, -60]

[[block.rounding]]
weight = 0
grid = [-2, -3, -4, -5, -6, -20, -30]
";
    Ward::of(&format!("{before}{model}{}", rules.concat()))
}

fn slip(id: &str, what: &str) -> String {
    rule(
        id,
        &format!("{what}\non = [{{ block = \"staff\", slip = -1 }}]"),
    )
}

/// How much less than its persons alone a row weighs as typed, by a rule that would rather have any other posts there.
fn weight(persons: &str, posts: &str) -> i32 {
    let any = "kind = \"stray_posts\"\nflat = 100";
    let result = ward(&[slip("any", any)]).rows(&[(persons, posts)]);
    99 - result.queries[0].suspicion
}

#[test]
fn posts_are_weighed_by_how_round_they_are() {
    for (posts, roundness) in [
        ("0,5", -3),
        ("0,25", -4),
        ("0,1", -5),
        ("0,05", -6),
        ("0,01", -20),
        ("0,005", -30),
    ] {
        // Up to half a post for each weighs -1.
        assert_eq!(weight("1", posts), -1 + roundness, "{posts}");
    }
    assert_eq!(weight("1", "0,75"), -3 - 4);
    assert_eq!(weight("1", "1,5"), -40 - 3);
}

#[test]
fn a_post_each_has_its_own_weight_however_round() {
    assert_eq!(weight("1", "1"), -7);
}

#[test]
fn posts_for_each_are_weighed_by_how_many_they_are() {
    // The more persons, the more numbers of posts there are: ten decibans for ten.
    assert_eq!(weight("10", "0,5"), -11 - 10 - 3);
    assert_eq!(weight("10", "1"), -13 - 10 - 2);
    assert_eq!(weight("3", "0,5"), -1 - 5 - 3 + 1);
    assert_eq!(weight("4", "0,5"), -13 - 6 - 3);
    assert_eq!(weight("2000", "1"), -11 - 33 - 2);
}

#[test]
fn posts_that_nobody_holds_and_persons_without_posts_are_rare() {
    assert_eq!(weight("1", "0"), -30);
    // That there is nobody weighs -9.
    assert_eq!(weight("0", "0,5") - 9, -21 - 3 - 30);
}

#[test]
fn posts_alone_are_weighed_by_their_size() {
    assert_eq!(weight("", "0,5"), -21 - 3);
    assert_eq!(weight("", "1"), -22 - 2);
    assert_eq!(weight("", "1,5"), -60 - 3);
}

#[test]
fn less_than_no_posts_cannot_be() {
    assert_eq!(weight("1", "-1"), -200 + 2);
}

#[test]
fn less_than_nobody_cannot_be_whatever_else_the_posts_are() {
    let any = "kind = \"stray_posts\"\nflat = 100";
    let result = ward(&[slip("any", any)]).rows(&[("-1", "0,5")]);
    assert!(result.queries.is_empty());
}

#[test]
fn twenty_million_posts_are_too_many_for_one() {
    // So many numbers might have come there that it is 73.2 decibans less likely to be any other, to the next whole one.
    assert_eq!(weight("1", "20000000"), -40 - 2 + 74);
    assert_eq!(weight("20000000", "10000000"), -13 - 73 - 2 + 70);
}

#[test]
fn averages_are_weighed_as_they_are_typed_and_not_by_their_sum() {
    let ward = ward(&[slip("average", "kind = \"average\"\nby = 100")]);
    // Five posts for each of ten weigh -45 -10 -2, and half a post each -13 -3. One row is no proof of an average.
    let result = ward.rows(&[("10", "50")]);
    assert_eq!(result.queries[0].suspicion, 57 - 16 - 1);
    // A full-time post each, which for one is the sum as well.
    let result = ward.rows(&[("1", "100")]);
    assert_eq!(result.ledger[0].certainty, Certainty::Decibans(42 - 7 - 1));
    // Nobody knows of how many: as for four.
    let result = ward.rows(&[("", "50")]);
    assert_eq!(result.queries[0].suspicion, 62 - 16 - 1);
    assert!(ward.rows(&[("", "0")]).queries.is_empty());
}

#[test]
fn numbers_that_stand_for_many_hundredths_of_a_post_are_not_weighed_as_one_of_them() {
    let certainty = |by: &str, posts| {
        let ward = ward(&[slip("units", &format!("kind = \"scale\"\nby = {by}"))]);
        ward.rows(&[("1", posts)]).ledger[0].certainty
    };
    // 0.73 is one of two hundredths, which is 3 decibans; 0.6 is so round that it is meant.
    assert_eq!(
        certainty("40", "29"),
        Certainty::Decibans(42 - 3 - 20 - 1 + 3)
    );
    assert_eq!(certainty("20", "12"), Certainty::Decibans(42 - 3 - 5 - 1));
}
