use super::{Clinic, Condition, faults};

fn only_fault(source: &str) -> (String, String, String) {
    let mut faults = faults(source);
    assert_eq!(faults.len(), 1, "{source}: {faults:?}");
    let fault = faults.remove(0);
    (source[fault.at].to_owned(), fault.wrong, fault.right)
}

#[track_caller]
fn told(source: &str, at: &str, wrong: &str, right: &str) {
    let (found_at, found_wrong, found_right) = only_fault(source);
    assert_eq!(
        (&*found_at, &*found_wrong, &*found_right),
        (at, wrong, right),
        "{source}"
    );
}

#[test]
fn a_misspelt_name_is_told_with_the_nearest_known_one() {
    told(
        "lsited > 5",
        "lsited",
        "Nothing named `lsited` is known here.",
        "Did you mean `listed`?",
    );
    told(
        "area_type == 1",
        "area_type",
        "Nothing named `area_type` is known here.",
        "Did you mean `register.area_type`?",
    );
    told(
        "answered(coment)",
        "coment",
        "Nothing named `coment` is known here.",
        "Did you mean `comment`?",
    );
    told(
        "weather == fair",
        "weather",
        "Nothing named `weather` is known here.",
        "Use a variable of an earlier question, or a field of the register: `register.<field>`.",
    );
}

#[test]
fn a_misspelt_option_is_told_with_the_nearest_one_or_all() {
    told(
        "need == yess",
        "yess",
        "`yess` is not an option of `need`.",
        "Did you mean `yes`?",
    );
    told(
        "prevention in [very-bad]",
        "very-bad",
        "`very-bad` is not an option of `prevention`.",
        "Did you mean `very_bad`?",
    );
    told(
        "need == delvis",
        "delvis",
        "`delvis` is not an option of `need`.",
        "The options are `yes`, `no`.",
    );
    told(
        "register.area_type in [1, 6.5]",
        "6.5",
        "`6.5` is not an option of `register.area_type`.",
        "The options are `1`, `2`, `3`, `4`, `5`.",
    );
}

#[test]
fn comparing_across_types_is_told_with_what_to_write_instead() {
    told(
        "listed == yes",
        "yes",
        "`yes` is not a number, but `listed` is.",
        "Write digits, with a decimal point where there are decimals: `1.5`.",
    );
    told(
        "listed > share",
        "share",
        "`share` is a name, and two names cannot be compared.",
        "Compare `listed` with a number.",
    );
    told(
        "prevention < good",
        "<",
        "The options of `prevention` have no order.",
        "Name the options: `prevention in [very_good, good]`.",
    );
    told(
        "barrier_it == 1",
        "barrier_it == 1",
        "`barrier_it` is ticked or not, and has nothing to compare with.",
        "Write `barrier_it` or `not barrier_it`.",
    );
    told(
        "comment == yes",
        "comment == yes",
        "`comment` is a free text, which cannot be compared.",
        "Write `answered(comment)` or `not answered(comment)`.",
    );
    told(
        "comment in [yes]",
        "comment in [yes]",
        "`comment` is a free text, which cannot be compared.",
        "Write `answered(comment)` or `not answered(comment)`.",
    );
    told(
        "comment",
        "comment",
        "`comment` alone is neither true nor false.",
        "Write `answered(comment)`.",
    );
    told(
        "need",
        "need",
        "`need` alone is neither true nor false.",
        "Compare it: `need == yes`.",
    );
    told(
        "5 < listed",
        "5",
        "`5` is a number, not a name.",
        "Begin the comparison with a name: `listed > 5`, not `5 < listed`.",
    );
}

#[test]
fn comparisons_that_can_never_hold_are_told_with_the_bounds() {
    let bounds = "`listed` is a whole number from 0 to 40000.";
    for source in [
        "listed < 0",
        "listed <= -1",
        "listed > 40000",
        "listed >= 40000.5",
    ] {
        told(
            source,
            source,
            &format!("`{source}` can never hold."),
            bounds,
        );
    }
    told("listed == 1.5", "1.5", "`listed` is never 1.5.", bounds);
    told(
        "listed in [1, 50000]",
        "50000",
        "`listed` is never 50000.",
        bounds,
    );
    told(
        "share == 2.75",
        "2.75",
        "`share` is never 2.75.",
        "`share` is a number from 0 to 2.5.",
    );
    told(
        "need not in [yes, no]",
        "need not in [yes, no]",
        "`need not in [yes, no]` can never hold.",
        "`need` has no other option.",
    );
}

#[test]
fn comparisons_at_the_bounds_are_no_fault() {
    for source in [
        "listed <= 0",
        "listed >= 40000",
        "listed < 0.5",
        "listed > 39999.5",
        "share == 2.5",
        "need != no",
    ] {
        assert!(Condition::parse(source, &Clinic).is_ok(), "{source}");
    }
}

#[test]
fn doubles_in_a_list_are_told_at_the_second() {
    let fault = &faults("need in [yes, no, yes]")[0];
    assert_eq!(
        (fault.at.clone(), &*fault.wrong),
        (18..21, "`yes` stands twice in the list.")
    );
    let fault = &faults("listed in [1, 2, 1.0]")[0];
    assert_eq!(
        (fault.at.clone(), &*fault.wrong),
        (17..20, "`1.0` stands twice in the list.")
    );
}

#[test]
fn broken_texts_are_told_where_they_break() {
    told(
        "",
        "",
        "The condition is empty.",
        "Write a comparison, such as `need == yes`, or leave the condition out.",
    );
    told(
        "need ==",
        "",
        "The condition ends where an option's key or a number should stand.",
        "Write an option's key or a number to compare with.",
    );
    told(
        "need in []",
        "[]",
        "Nothing is ever in an empty list.",
        "Write the keys or numbers between the brackets: `in [a, b]`.",
    );
    told(
        "need in yes",
        "yes",
        "`yes` stands where a list should stand.",
        "Write the keys or numbers in brackets: `in [a, b]`.",
    );
    told(
        "need in [yes",
        "[",
        "`[` is never closed.",
        "Write `]` after the last key or number.",
    );
    told(
        "need in [yes no]",
        "no",
        "`no` stands inside a list.",
        "Put a comma between keys, and `]` after the last.",
    );
    told(
        "(need == yes",
        "(",
        "`(` is never closed.",
        "Write `)` where the group ends.",
    );
    told(
        "need == yes)",
        ")",
        "`)` stands without an opening parenthesis before it.",
        "Take it away, or write `(` where the group begins.",
    );
    told(
        "need == yes barrier_it",
        "barrier_it",
        "`barrier_it` stands where the condition should go on or end.",
        "Join comparisons with `and` or `or`.",
    );
    told(
        "need = yes",
        "=",
        "`=` stands where the condition should go on or end.",
        "Write `==` for equal.",
    );
    told(
        "need == \"yes\"",
        "\"",
        "`\"` stands where an option's key or a number should stand.",
        "Write keys without quotation marks.",
    );
    told(
        "need yes",
        "yes",
        "`yes` stands where the condition should go on or end.",
        "Join comparisons with `and` or `or`.",
    );
    told(
        "listed > 1,5",
        ",",
        "`,` stands where the condition should go on or end.",
        "Write decimals with a point, and lists in brackets: `in [a, b]`.",
    );
    told(
        "and need == yes",
        "and",
        "`and` stands where a comparison should begin.",
        "Begin a comparison with a name, such as `need == yes`.",
    );
    told(
        "answered()",
        ")",
        "`)` stands where a name should stand.",
        "Write one name between the parentheses: `answered(name)`.",
    );
}

#[test]
fn every_fault_of_one_text_is_told_at_once_in_its_order() {
    let found = faults("lsited > 5 and need == yess or barrier_it == 1 )");
    let starts: Vec<usize> = found.iter().map(|fault| fault.at.start).collect();
    assert_eq!(starts, [0, 23, 31, 47]);
}
