//! What stands on a page, asked or waiting.

use crate::support::{CHIEFS, pages, small, when, yes_no};

#[test]
fn a_question_that_another_on_its_page_may_bring_waits_there() {
    let instrument = small(&(yes_no("a", "") + &yes_no("b", &when("a == yes"))));
    assert_eq!(pages(&instrument, &[]), "a (b)");
    assert_eq!(pages(&instrument, &[("a", "no")]), "a (b)");
    assert_eq!(pages(&instrument, &[("a", "yes")]), "a b");
}

#[test]
fn a_chain_on_one_page_waits_as_a_whole() {
    let chain = yes_no("a", "") + &yes_no("b", &when("a == yes")) + &yes_no("c", &when("b == yes"));
    let instrument = small(&chain);
    assert_eq!(pages(&instrument, &[]), "a (b) (c)");
    assert_eq!(pages(&instrument, &[("a", "yes")]), "a b (c)");
    assert_eq!(pages(&instrument, &[("a", "yes"), ("b", "yes")]), "a b c");
    // An answer to a question that is no longer asked brings nothing.
    assert_eq!(
        pages(&instrument, &[("a", "no"), ("b", "yes")]),
        "a (b) (c)"
    );
}

#[test]
fn what_an_earlier_page_decides_is_there_or_is_not() {
    let instrument = small(
        &(yes_no("a", "")
            + &yes_no("b", &format!("new_page = true\n{}", when("a == yes")))
            + &yes_no("c", "")),
    );
    assert_eq!(pages(&instrument, &[]), "a | c");
    assert_eq!(pages(&instrument, &[("a", "yes")]), "a | b c");
}

#[test]
fn nothing_waits_where_an_earlier_page_has_said_no() {
    let instrument = small(
        &(yes_no("a", "")
            + &yes_no("b", "new_page = true")
            + &yes_no("c", &when("a == yes and b == yes"))),
    );
    assert_eq!(pages(&instrument, &[("a", "no")]), "a | b");
    assert_eq!(pages(&instrument, &[("a", "yes")]), "a | b (c)");
}

#[test]
fn a_question_that_any_answer_brings_waits_for_one() {
    let instrument = small(
        &(yes_no("a", "")
            + &yes_no("b", "")
            + &yes_no("c", &when("answered(a) and not answered(b)"))),
    );
    assert_eq!(pages(&instrument, &[]), "a b (c)");
    assert_eq!(pages(&instrument, &[("a", "no")]), "a b c");
    assert_eq!(pages(&instrument, &[("a", "no"), ("b", "no")]), "a b (c)");
}

#[test]
fn the_chiefs_pages_are_short() {
    assert_eq!(
        pages(&CHIEFS, &[]),
        "listed ownership | staffing st_physicians | need (need_posts) (need_budget) | \
         initiatives collaboration barriers municipal_physician | prevention (prevention_obstacles) research | \
         role comment"
    );
}
