//! How sure a mend is, and what a question to an editor says of each thing that may be meant.

use super::ward::{Ward, asked, offered, rule};
use survey::{
    checks::Confirmed,
    cleaning::{Certainty, Cleaned, Confirmation, Urgency, clean},
    submission::State,
};

fn percent(weights: &str) -> String {
    let on = format!("on = [{{ block = \"staff\", {weights} }}]");
    rule(
        "percent",
        &format!("kind = \"scale\"\nby = 100\npercent = true\n{on}"),
    )
}

fn tenfold(slip: &str) -> Ward {
    let on = format!("on = [{{ block = \"staff\", slip = {slip} }}]");
    Ward::with(&[rule("tenfold", &format!("kind = \"scale\"\nby = 10\n{on}"))])
}

#[test]
fn a_mend_is_as_certain_as_it_is_more_plausible_than_what_is_typed() {
    let ward = Ward::with(&[percent("slip = -20")]);
    let result = ward.each(&["50"]);
    assert_eq!(ward.number(&result, "a_fte"), "0.5");
    let entry = &result.ledger[0];
    assert_eq!(entry.variable, "a_fte");
    assert_eq!(entry.certainty, Certainty::Decibans(40));
    assert_eq!(
        result
            .ledger
            .iter()
            .filter(|entry| entry.variable == "a_persons")
            .count(),
        0
    );
}

#[test]
fn what_may_be_meant_is_offered_with_its_odds() {
    // 1.5 posts for one weigh -10, and 0.15 what the slip weighs: so many decibans apart.
    for (slip, says, suspicion) in [
        ("-12", ["as_typed 61 %", "tenfold 38 %, a_fte = 0.15"], 0),
        ("-10", ["as_typed 50 %", "tenfold 50 %, a_fte = 0.15"], 0),
        ("-7", ["tenfold 66 %, a_fte = 0.15", "as_typed 33 %"], 3),
    ] {
        let result = tenfold(slip).each(&["1,5"]);
        let query = &result.queries[0];
        assert_eq!(offered(query), says, "{slip}");
        assert_eq!(query.suspicion, suspicion, "{slip}");
        assert_eq!(query.variables, ["a_fte"]);
    }
}

#[test]
fn what_is_ten_to_one_wrong_is_kept_out_of_totals_until_it_is_decided() {
    // Five posts for one weigh -40.
    for (slip, urgency, counted) in [
        ("-30", Urgency::Hard, false),
        ("-30.01", Urgency::Soft, true),
    ] {
        let ward = tenfold(slip);
        let result = ward.each(&["5"]);
        assert_eq!(result.queries[0].urgency, urgency, "{slip}");
        assert_eq!(
            ward.value(&result, "a_fte").counted().is_some(),
            counted,
            "{slip}"
        );
    }
}

#[test]
fn what_is_a_thousand_to_one_and_may_not_be_mended_is_offered_alone() {
    let only_asks = rule(
        "tenfold",
        "kind = \"scale\"\nby = 10\nasks = true\non = [{ block = \"staff\", slip = -8 }]",
    );
    let result = Ward::with(&[only_asks]).each(&["5"]);
    let query = &result.queries[0];
    assert_eq!(
        offered(query),
        ["tenfold 100 %, a_fte = 0.5", "as_typed 0 %"]
    );
    assert_eq!(query.suspicion, 32);
}

#[test]
fn a_habit_is_asked_about_once_and_each_slip_by_itself() {
    let halved =
        |what: &str| Ward::with(&[rule("halved", &format!("kind = \"scale\"\nby = 2\n{what}"))]);
    let typed = ["1,5", "1,6", "1,7"];
    let habit = halved("on = [{ block = \"staff\", habit = -25 }]");
    assert_eq!(asked(&habit.each(&typed)), [["a_fte", "b_fte", "c_fte"]]);
    let slips = halved("on = [{ block = \"staff\", slip = -8 }]");
    assert_eq!(
        asked(&slips.each(&typed)),
        [["a_fte"], ["b_fte"], ["c_fte"]]
    );
}

/// Posts for one person that the chief says are right.
fn confirmed(ward: &Ward, posts: &str) -> Cleaned {
    let mut raw = ward.raw(&[("a_persons", "1"), ("a_fte", posts)]);
    raw.confirmations.push(Confirmation {
        confirmed: Confirmed {
            rule: "tenfold".to_owned(),
            scope: "a_fte".to_owned(),
            about: format!("a_fte={posts}"),
        },
        reason: "Så är det.".to_owned(),
    });
    clean(&ward.rules, &ward.instrument, &raw, &[])
}

#[test]
fn what_the_chief_stands_by_is_not_asked_about_where_it_is_the_most_plausible() {
    let ward = tenfold("-12");
    assert_eq!(asked(&ward.each(&["1,5"])), [["a_fte"]]);
    assert!(confirmed(&ward, "1,5").queries.is_empty());
    let ward = tenfold("-7");
    let result = confirmed(&ward, "1,5");
    assert_eq!(asked(&result), [["a_fte"]]);
    assert!(result.queries[0].confirmed);
    assert!(!ward.each(&["1,5"]).queries[0].confirmed);
}

#[test]
fn what_the_instrument_forbids_is_offered_and_not_made_a_mend() {
    let swap = rule(
        "swapped",
        "kind = \"swap\"\nby = 1\non = [{ block = \"staff\", slip = -20 }]",
    );
    let many = "upto = [9999]\nweight = [0, -90]";
    let ward = Ward::changed("upto = [1000]\nweight = [0, -90]", many, &[swap]);
    // There can be no more than 2 000 persons.
    let result = ward.rows(&[("900", "1900")]);
    assert!(result.queries.is_empty());
    assert_eq!(ward.number(&result, "a_persons"), "1900");
    let result = ward.rows(&[("1000", "2100")]);
    assert_eq!(ward.number(&result, "a_persons"), "1000");
    assert_eq!(asked(&result), [["a_persons", "a_fte"]]);
}

#[test]
fn posts_that_nobody_holds_are_not_mended() {
    let ward = Ward::with(&[percent("slip = -20")]);
    let result = ward.rows(&[("0", "80")]);
    assert_eq!(ward.number(&result, "a_fte"), "80");
    assert_eq!(asked(&result), [["a_fte"]]);
    assert_eq!(
        offered(&result.queries[0]),
        ["percent 100 %, a_fte = 0.8", "as_typed 0 %"]
    );
}

#[test]
fn posts_of_those_who_do_not_exist_are_not_mended_either() {
    let ward = Ward::with(&[percent("slip = -20")]);
    let mut raw = ward.raw(&[("a_fte", "80")]);
    let persons = ward.instrument.place_of("a_persons").unwrap();
    raw.silence(persons, State::NothingHere);
    let result = clean(&ward.rules, &ward.instrument, &raw, &[]);
    assert_eq!(ward.number(&result, "a_fte"), "80");
    assert_eq!(asked(&result), [["a_fte"]]);
}

#[test]
fn of_two_rules_that_say_the_same_as_surely_the_first_in_the_file_is_named() {
    let average = |id| {
        let on = "on = [{ block = \"staff\", slip = -20 }]";
        rule(id, &format!("kind = \"average\"\nby = 100\n{on}"))
    };
    let named = |rules: [String; 2]| Ward::with(&rules).each(&["50"]).ledger[0].rule.clone();
    assert_eq!(
        named([percent("slip = -20"), average("average")]),
        "percent"
    );
    assert_eq!(
        named([average("average"), percent("slip = -20")]),
        "average"
    );
}
