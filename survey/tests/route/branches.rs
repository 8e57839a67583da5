//! What a condition knows of an answer.

use crate::support::{pages, small, when, yes_no};

const BOXES: &str = "[[section.question]]\nkey = \"boxes\"\nnumber = \"1\"\ntype = \"choices\"\ntext = \"T\"\nwording = \"assumed\"\n\
    options = [ { key = \"a\", label = \"A\" }, { key = \"b\", label = \"B\" } ]\n";

const NUMBERS: &str = "[[section.question]]\nkey = \"numbers\"\nnumber = \"1\"\ntype = \"number_matrix\"\ntext = \"T\"\nwording = \"assumed\"\n\
    row_heading = \"R\"\nrows = [ { key = \"x\", label = \"X\" }, { key = \"y\", label = \"Y\" } ]\n\
    columns = [ { key = \"n\", label = \"N\", whole = true, min = 0, max = 9 } ]\nabsent = { key = \"none\", label = \"Ingen\" }\n";

const COUNT: &str = "[[section.question]]\nkey = \"count\"\nnumber = \"1\"\ntype = \"number\"\ntext = \"T\"\nwording = \"assumed\"\n\
    whole = true\nmin = 0\nmax = 90000\n";

/// Whether `condition` brings the next page's question.
fn brings(question: &str, condition: &str, given: &[(&str, &str)]) -> bool {
    let more = format!("new_page = true\n{}", when(condition));
    let instrument = small(&(question.to_owned() + &yes_no("next", &more)));
    pages(&instrument, given).ends_with("next")
}

#[test]
fn an_unticked_box_is_a_no_only_where_another_is_ticked() {
    assert!(brings(BOXES, "not boxes_a", &[("boxes_b", "1")]));
    assert!(!brings(BOXES, "not boxes_a", &[]));
    assert!(!brings(BOXES, "not boxes_a", &[("boxes_a", "1")]));
    assert!(brings(BOXES, "answered(boxes_a)", &[("boxes_b", "1")]));
    assert!(!brings(BOXES, "answered(boxes_a)", &[]));
}

#[test]
fn an_unticked_nothing_here_is_a_no_only_where_its_row_is_answered() {
    assert!(brings(NUMBERS, "not x_none", &[("x_n", "2")]));
    assert!(!brings(NUMBERS, "not x_none", &[("y_n", "2")]));
    assert!(brings(NUMBERS, "x_none", &[("x_none", "1")]));
}

#[test]
fn a_cell_of_a_row_that_does_not_exist_is_not_answered() {
    assert!(brings(NUMBERS, "x_n > 1", &[("x_n", "2")]));
    assert!(!brings(
        NUMBERS,
        "x_n > 1",
        &[("x_n", "2"), ("x_none", "1")]
    ));
}

#[test]
fn what_is_blank_or_cannot_be_read_is_not_answered() {
    for typed in ["", "  ", "många", "1,5"] {
        let given = [("count", typed)];
        assert!(brings(COUNT, "not answered(count)", &given), "{typed}");
        assert!(!brings(COUNT, "count > 0", &given), "{typed}");
        assert!(!brings(COUNT, "not count > 0", &given), "{typed}");
    }
    assert!(brings(COUNT, "count > 8000", &[("count", "8 500")]));
}

#[test]
fn a_section_may_depend_on_an_answer_before_it() {
    let sections = yes_no("a", "")
        + "[[section]]\nkey = \"second\"\ntitle = \"Två\"\nwhen = \"a == yes\"\n"
        + &yes_no("b", "")
        + &yes_no("c", &when("b == yes"));
    let instrument = small(&sections);
    assert_eq!(pages(&instrument, &[("b", "yes")]), "a");
    assert_eq!(pages(&instrument, &[("a", "yes")]), "a | b (c)");
    assert_eq!(pages(&instrument, &[("a", "yes"), ("b", "yes")]), "a | b c");
}
