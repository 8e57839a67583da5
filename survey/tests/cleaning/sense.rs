//! Rules that make no sense, by a ward's small rule set: what is said twice, can never happen or contradicts the rest.

use super::ward::{RULES, Ward, rule, ward_faults};

/// A block of posts behind a gate, one of posts alone, and a figure.
const MORE: &str = r#"
[[block]]
key = "needed"
name = { sv = "Behov", en = "Need" }
kind = "posts"
parts = [{ question = "needed", posts = "more" }]
gate = { variable = "need", open = "yes", closed = "no" }
mend = 15
ask = 3
offer = 12
exception = -20
apart = -3
hint = -20
none = 0

[block.posts]
upto = [1]
weight = [0, -10]

[[block.rounding]]
weight = 0
grid = [0, 0, 0, 0, 0, 0, 0]

[[block]]
key = "beds"
name = { sv = "Platser", en = "Beds" }
kind = "figure"
variable = "beds"
register = "beds"
staff = "staff"
mend = 15
ask = 3
offer = 12

[block.size]
upto = [100]
weight = [0, -10]

[block.per_person]
upto = [10]
weight = [0, -10]

[block.to_register]
upto = [2]
weight = [0, -10]
"#;

fn faults(rules: &[String]) -> Vec<String> {
    ward_faults(&format!("{RULES}{MORE}{}", rules.concat()))
}

fn changed(from: &str, to: &str) -> Vec<String> {
    let source = format!("{RULES}{MORE}{}", fine());
    assert!(
        source.contains(from),
        "`{from}` does not stand in the rules"
    );
    ward_faults(&source.replacen(from, to, 1))
}

fn fine() -> String {
    rule(
        "zero",
        "kind = \"blank_zero\"\non = [{ block = \"staff\" }]",
    )
}

fn assert_says(faults: &[String], says: &str) {
    assert!(
        faults.iter().any(|fault| fault.contains(says)),
        "no fault says `{says}`: {faults:?}"
    );
}

#[test]
fn the_wards_rules_make_sense() {
    assert_eq!(faults(&[fine()]), [""; 0]);
}

#[test]
fn two_rules_that_say_the_same_of_the_same_answers() {
    let on = |block: &str| format!("on = [{{ block = \"{block}\" }}]");
    let zero = |id: &str, block: &str| rule(id, &format!("kind = \"blank_zero\"\n{}", on(block)));
    let twice = faults(&[zero("one", "staff"), zero("two", "staff")]);
    assert_eq!(twice.len(), 1);
    assert_says(&twice, "The rule says what `one` says already");
    assert_eq!(
        faults(&[zero("one", "staff"), zero("two", "needed")]),
        [""; 0]
    );

    let reading = |id: &str| rule(id, "kind = \"reading\"");
    assert_says(
        &faults(&[reading("one"), reading("two")]),
        "what `one` says already",
    );
    assert_eq!(
        faults(&[reading("one"), rule("two", "kind = \"unknown\"")]),
        [""; 0]
    );

    let omitted = |id: &str, ask: &str| {
        rule(
            id,
            &format!("kind = \"omitted\"\nask = {ask}\n{}", on("staff")),
        )
    };
    assert_says(
        &faults(&[omitted("one", "true"), omitted("two", "false")]),
        "what `one` says already",
    );
}

#[test]
fn a_rule_that_stands_on_a_block_twice() {
    let on = "kind = \"blank_zero\"\non = [{ block = \"staff\" }, { block = \"staff\" }]";
    assert_says(&faults(&[rule("zero", on)]), "stands on a block twice");
}

#[test]
fn a_rule_on_a_block_that_lacks_what_it_is_about() {
    for (what, block, lacks) in [
        ("kind = \"omitted\"\nask = true", "needed", "no persons"),
        ("kind = \"blank_zero\"", "beds", "no rows"),
        ("kind = \"nothing_here\"", "beds", "no rows"),
        ("kind = \"closed\"", "staff", "no a gate"),
        ("kind = \"implied\"", "staff", "no a gate"),
        ("kind = \"contradicted\"", "staff", "no a gate"),
        (
            "kind = \"from_register\"",
            "staff",
            "no a figure in the register",
        ),
    ] {
        let rule = |block: &str| rule("r", &format!("{what}\non = [{{ block = \"{block}\" }}]"));
        assert_says(&faults(&[rule(block)]), lacks);
        assert_eq!(faults(&[rule(other_than(block, what))]), [""; 0], "{what}");
    }
    for (what, block) in [
        ("kind = \"scale_persons\"\nby = 100", "needed"),
        ("kind = \"average\"\nby = 100", "needed"),
        ("kind = \"swap\"\nby = 100", "needed"),
        ("kind = \"stray_persons\"\nflat = -5\nparts = -18", "needed"),
    ] {
        let rule = |block: &str| {
            rule(
                "r",
                &format!("{what}\non = [{{ block = \"{block}\", slip = -20 }}]"),
            )
        };
        assert_says(&faults(&[rule(block)]), "no persons");
        assert_eq!(faults(&[rule("staff")]), [""; 0], "{what}");
    }
    let shifted = "kind = \"shifted\"\nrows = 3\non = [{ block = \"beds\", habit = -20 }]";
    assert_says(&faults(&[rule("r", shifted)]), "no rows");
    let without = changed("register = \"beds\"\nstaff", "staff");
    assert_eq!(without, [""; 0]);
}

fn other_than(block: &str, what: &str) -> &'static str {
    match block {
        _ if what.contains("from_register") => "beds",
        "staff" => "needed",
        _ => "staff",
    }
}

#[test]
fn a_rule_without_a_weight_can_never_happen() {
    let scale = |on: &str| {
        let what = format!("kind = \"scale\"\nby = 100\non = [{{ block = \"staff\"{on} }}]");
        faults(&[rule("r", &what)])
    };
    assert_says(&scale(""), "no weight here");
    for weights in [", habit = -9", ", slip = -9", ", mixed = -9, either = -1"] {
        assert_eq!(scale(weights), [""; 0], "{weights}");
    }
    for weights in [", habit = 0", ", slip = 0", ", mixed = 0, either = -1"] {
        assert_says(&scale(weights), "likelier than a right answer");
    }
    let shifted = "kind = \"shifted\"\nrows = 3\non = [{ block = \"staff\" }]";
    assert_says(&faults(&[rule("r", shifted)]), "no weight here");
}

#[test]
fn a_habit_cannot_come_after_a_later_block_or_its_own() {
    let after = |block: &str, after: &str| {
        faults(&[rule(
            "r",
            &format!(
                "kind = \"scale\"\nby = 100\non = [{{ block = \"{block}\", habit = -9, after = \"{after}\", gain = 5 }}]"
            ),
        )])
    };
    assert_eq!(after("needed", "staff"), [""; 0]);
    assert_says(&after("staff", "staff"), "not cleaned before");
    assert_says(&after("staff", "needed"), "not cleaned before");
    assert_says(&after("needed", "nowhere"), "no block `nowhere`");
}

#[test]
fn numbers_that_a_rule_cannot_have() {
    let on = "on = [{ block = \"staff\", habit = -9 }]";
    let one = |what: &str| faults(&[rule("r", &format!("{what}\n{on}"))]);
    assert_says(&one("kind = \"scale\"\nby = 0"), "not above zero");
    assert_says(&one("kind = \"scale\"\nby = 1"), "nothing changes");
    assert_eq!(one("kind = \"average\"\nby = 1"), [""; 0]);
    assert_eq!(one("kind = \"swap\"\nby = 1"), [""; 0]);

    let unit = |least: &str, most: &str| {
        one(&format!(
            "kind = \"unit\"\nrows = 3\nleast = {least}\nmost = {most}"
        ))
    };
    assert_says(&unit("1", "30"), "`least` is not larger than 1");
    assert_eq!(unit("1.1", "30"), [""; 0]);
    assert_eq!(unit("30", "30"), [""; 0]);
    assert_says(&unit("31", "30"), "`least` is larger than `most`");

    let rows = |rows: &str| one(&format!("kind = \"shifted\"\nrows = {rows}"));
    assert_eq!(rows("300"), [""; 0]);
    assert_ne!(rows("301"), [""; 0]);
}

#[test]
fn weights_and_steps_that_no_table_can_have() {
    assert_eq!(changed("alone = -30", "alone = -100"), [""; 0]);
    assert_says(&changed("alone = -30", "alone = -100.01"), "is no weight");
    assert_says(&changed("alone = -30", "alone = 100.01"), "is no weight");
    let rates = "upto = [0.1, 1, 2, 10]\nweight = [-30, 0, -10, -40, -60]\nfull";
    assert_says(
        &changed(
            rates,
            "upto = [0.1, 1, 1, 10]\nweight = [-30, 0, -10, -40, -60]\nfull",
        ),
        "does not ascend",
    );
    let missing = changed(
        rates,
        "upto = [0.1, 1, 2, 10]\nweight = [-30, 0, -10, -40]\nfull",
    );
    assert_says(&missing, "4 bounds and 4 weights");

    let more = "[[block.rates]]\npersons = 1000\nupto = [1]\nweight = [0, -10]\nfull = 0\n\n";
    let first = "[[block.rates]]\npersons = 1000\nupto = [0.1,";
    assert_says(
        &changed(first, &format!("{more}{first}")),
        "they never count",
    );
    let fewer = more.replace("1000", "999");
    assert_eq!(changed(first, &format!("{fewer}{first}")), [""; 0]);

    let style = "[[block.rounding]]\nweight = 0\ngrid = [0, 0, 0, 0, 0, 0, 0]\n";
    assert_eq!(changed(style, &style.repeat(3)), [""; 0]);
    assert_says(&changed(style, &style.repeat(4)), "There are 4 styles");
    let short = style.replace("0, 0]", "0]");
    assert_says(&changed(style, &short), "`grid` has 6 weights");
}

#[test]
fn thresholds_that_contradict_each_other() {
    assert_eq!(changed("mend = 15\nask = 3", "mend = 3\nask = 3"), [""; 0]);
    assert_eq!(changed("mend = 15\nask = 3", "mend = 15\nask = 0"), [""; 0]);
    assert_says(
        &changed("mend = 15\nask = 3", "mend = 2\nask = 3"),
        "less certain",
    );
    assert_says(
        &changed("mend = 15\nask = 3", "mend = 15\nask = -1"),
        "less certain",
    );
}

#[test]
fn questions_columns_and_answers_that_are_not_there() {
    let part = "{ question = \"interns\", persons = \"persons\", posts = \"fte\" }";
    let with = |to: &str| changed(part, to);
    assert_says(
        &with("{ question = \"need\", persons = \"persons\", posts = \"fte\" }"),
        "no matrix of numbers `need`",
    );
    assert_says(
        &with("{ question = \"interns\", persons = \"fte\", posts = \"fte\" }"),
        "the same column for posts and for persons",
    );
    let gone = with("{ question = \"interns\", persons = \"person\", posts = \"person\" }");
    assert_says(&gone, "no column `person`");
    assert!(gone.iter().all(|fault| !fault.contains("the same column")));
    assert_says(
        &changed("closed = \"no\"", "closed = \"yes\""),
        "opens and closes",
    );
    assert_says(
        &changed("closed = \"no\"", "closed = \"nej\""),
        "no option `nej`",
    );
    assert_says(
        &changed("variable = \"need\"", "variable = \"beds\""),
        "that is a choice",
    );
    assert_says(
        &changed("variable = \"beds\"", "variable = \"need\""),
        "that is a number",
    );
    assert_says(
        &changed("staff = \"staff\"", "staff = \"beds\""),
        "no block `beds` before",
    );
    assert_eq!(changed("staff = \"staff\"", "staff = \"needed\""), [""; 0]);
}

#[test]
fn words_that_say_nothing_or_two_things() {
    assert_says(
        &changed("zero = [\"inga\"]", "zero = [\"inga\", \"INGA\"]"),
        "says nothing new",
    );
    assert_says(
        &changed("zero = [\"inga\"]", "zero = [\"\"]"),
        "says nothing new",
    );
    assert_says(
        &changed("zero = [\"inga\"]", "zero = [\"Vet ej\"]"),
        "both none and unknown",
    );
    assert_says(
        &changed("unknown = [\"vet ej\"]", "unknown = [\"12\"]"),
        "a number already",
    );
    assert_says(&changed("\"nov\", \"dec\"", "\"nov\""), "has 11 months");
}

#[test]
fn tests_in_the_file_that_test_nothing_or_fail() {
    let tested = |test: &str| faults(&[fine(), format!("\n[[rule.test]]\n{test}\n")]);
    assert_eq!(
        tested("given = { a_persons = \"1\" }\nexpected = { b_persons = \"0\" }"),
        [""; 0]
    );
    assert_says(
        &tested("given = { a_persons = \"1\" }\nexpected = {}"),
        "expects nothing",
    );
    let nowhere = tested("given = { z = \"1\" }\nexpected = {}");
    assert_says(&nowhere, "no variable `z`");
    assert_eq!(nowhere.len(), 1);
    assert_says(
        &tested("given = { a_persons = \"1\" }\nexpected = { z = \"0\" }"),
        "no variable `z`",
    );
    assert_says(
        &tested("given = { a_persons = \"1\" }\nexpected = { a_persons = \"2\" }"),
        "`a_persons` becomes `1`",
    );
    assert_says(
        &tested("given = { a_persons = 1 }\nexpected = { a_persons = \"1\" }"),
        "a string",
    );
}

#[test]
fn a_gate_has_an_answer_that_opens_and_one_that_closes() {
    let ward = Ward::of(&format!("{RULES}{MORE}{}", fine()));
    let gate = |variable| ward.rules.gate(ward.instrument.place_of(variable).unwrap());
    assert_eq!(gate("need"), Some(("yes", "no")));
    assert_eq!(gate("beds"), None);
    let needed = &ward.rules.blocks[1];
    assert_eq!(needed.variables, ["need", "a_more", "b_more", "c_more"]);
}
