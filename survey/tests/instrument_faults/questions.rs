use survey::instrument::{Body, VariableKind};

use crate::support::{HEAD, SECTION, expect_questions, loaded, question, yes_no};

const MATRIX: &str = r#"row_heading = "Yrke"
rows = [ { key = "doctor", label = "Läkare" }, { key = "nurse", label = "Sköterska", hint = "Alla" } ]
columns = [ { key = "persons", label = "Personer", whole = true, max = 500 }, { key = "fte", label = "Tjänster", whole = false, max = 500 } ]
absent = { key = "none", label = "Finns inte" }
"#;

fn keys(questions: &str) -> Vec<String> {
    let instrument = loaded(&format!("{HEAD}{SECTION}{questions}"));
    let keys = instrument.variables().iter();
    keys.map(|variable| variable.key.clone()).collect()
}

#[test]
fn the_variables_stand_in_the_order_of_the_questionnaire() {
    let choice = yes_no(
        "role",
        "1",
        "comment = { key = \"role_why\", label = \"Varför\", max = 100 }",
    )
    .replace(
        "label = \"Nej\" }",
        "label = \"Nej\", specify = { key = \"role_other\", label = \"Ange\", max = 50 } }",
    );
    assert_eq!(keys(&choice), ["role", "role_other", "role_why"]);

    let matrix = format!("{}{MATRIX}", question("staff", "1", "number_matrix"));
    assert_eq!(
        keys(&matrix),
        [
            "doctor_persons",
            "doctor_fte",
            "doctor_none",
            "nurse_persons",
            "nurse_fte",
            "nurse_none"
        ]
    );

    let rows = "rows = [ { key = \"a\", label = \"A\" }, { key = \"b\", label = \"B\" } ]\n\
                options = [ { key = \"yes\", label = \"Ja\" } ]\nprefix = \"p\"\n\
                row_comment = { key = \"why\", label = \"Varför\", max = 100 }\n\
                comment = { key = \"rest\", label = \"Övrigt\", max = 100 }\n";
    let rows = format!("{}{rows}", question("rows", "1", "choice_matrix"));
    assert_eq!(keys(&rows), ["p_a", "p_b", "p_a_why", "p_b_why", "rest"]);
}

#[test]
fn the_prefix_is_the_key_where_none_is_given() {
    let options = "options = [ { key = \"it\", label = \"It\" }, { key = \"none\", label = \"Inga\", exclusive = true } ]\n";
    assert_eq!(
        keys(&format!("{}{options}", question("barrier", "1", "choices"))),
        ["barrier_it", "barrier_none"]
    );
    assert_eq!(
        keys(&format!(
            "{}prefix = \"hinder\"\n{options}",
            question("barrier", "1", "choices")
        )),
        ["hinder_it", "hinder_none"]
    );
}

#[test]
fn contact_details_are_personal_data() {
    let fields = "fields = [ { key = \"email\", label = \"E-post\", kind = \"email\" } ]\nprefix = \"interview\"\n";
    let source = format!(
        "{HEAD}{SECTION}{}{fields}",
        question("contact", "1", "contact")
    );
    let instrument = loaded(&source);
    let email = instrument.variable("interview_email").unwrap();
    assert!(email.personal);
    assert!(matches!(email.kind, VariableKind::Contact(_)));
}

#[test]
fn the_columns_of_a_matrix_may_carry_the_numbers() {
    let matrix = format!("{}{MATRIX}", question("staff", "", "number_matrix"))
        .replace("number = \"\"\n", "")
        .replace("key = \"persons\",", "key = \"persons\", number = \"3\",")
        .replace("key = \"fte\",", "key = \"fte\", number = \"4\",");
    let instrument = loaded(&format!("{HEAD}{SECTION}{matrix}"));
    assert_eq!(instrument.sections[0].questions[0].numbers, ["3", "4"]);

    let twice = matrix.replace("number = \"4\"", "number = ▸\"3\"");
    expect_questions(
        &twice,
        &[("question number `3` is already used at line 33", "once")],
    );
    let both = matrix.replace("key = \"staff\"\n", "key = \"staff\"\nnumber = ▸\"9\"\n");
    expect_questions(
        &both,
        &[("its columns have numbers too", "Take away `number`")],
    );
    let some = format!("▸{matrix}").replace(" number = \"4\",", "");
    expect_questions(&some, &[("Some columns", "every column")]);
}

#[test]
fn a_question_without_a_number_is_told() {
    let unnumbered = yes_no("need", "1", "").replace("number = \"1\"\n", "");
    expect_questions(
        &format!("▸{unnumbered}"),
        &[("The question lacks `number`", "number = \"1\"")],
    );
}

#[test]
fn a_question_key_or_number_used_twice_names_both_places() {
    let first = yes_no("need", "1", "");
    let same_key = yes_no("need", "2", "").replace("key = \"need\"", "key = ▸\"need\"");
    expect_questions(
        &format!("{first}{same_key}"),
        &[(
            "question key `need` is already used at line 27, column 7",
            "once",
        )],
    );
    let same_number = yes_no("more", "1", "").replace("number = \"1\"", "number = ▸\"1\"");
    expect_questions(
        &format!("{first}{same_number}"),
        &[(
            "question number `1` is already used at line 28, column 10",
            "once",
        )],
    );
}

#[test]
fn a_variable_made_twice_names_both_places() {
    let first = yes_no("barrier_it", "1", "");
    let choices = format!(
        "{}options = [ {{ key = ▸\"it\", label = \"It\" }} ]\n",
        question("barrier", "2", "choices")
    );
    expect_questions(
        &format!("{first}{choices}"),
        &[(
            "variable `barrier_it` is already used at line 27, column 7",
            "once",
        )],
    );
}

#[test]
fn options_rows_and_columns_have_keys_of_their_own() {
    let options = yes_no("need", "1", "").replace("key = \"no\"", "key = ▸\"yes\"");
    expect_questions(
        &options,
        &[(
            "option key `yes` is already used at line 32, column 21",
            "once",
        )],
    );
    let matrix = format!("{}{MATRIX}", question("staff", "1", "number_matrix"));
    let rows = matrix.replace("key = \"nurse\"", "key = ▸\"doctor\"");
    expect_questions(
        &rows,
        &[("row key `doctor` is already used at line 33", "once")],
    );
    let columns = matrix.replace("key = \"fte\"", "key = ▸\"persons\"");
    expect_questions(
        &columns,
        &[("column key `persons` is already used at line 34", "once")],
    );
    let absent = matrix.replace("key = \"none\"", "key = ▸\"fte\"");
    let faults =
        survey::instrument::load(&format!("{HEAD}{SECTION}{absent}").replace('▸', "")).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| fault.wrong == "`absent` has the key of the column `fte`.")
    );
}

#[test]
fn a_quotient_names_two_columns_that_are_there() {
    let with = |quotient: &str| {
        format!(
            "{}{MATRIX}quotient = {{ {quotient}, label = \"Grad\" }}\n",
            question("staff", "1", "number_matrix")
        )
    };
    loaded(&format!(
        "{HEAD}{SECTION}{}",
        with("numerator = \"fte\", denominator = \"persons\"")
    ));
    expect_questions(
        &with("numerator = ▸\"ftes\", denominator = \"persons\""),
        &[("no column `ftes`", "Did you mean `fte`?")],
    );
    expect_questions(
        &with("numerator = \"fte\", denominator = ▸\"fte\""),
        &[("the same column", "two columns")],
    );
}

#[test]
fn an_unknown_type_is_one_fault() {
    let source = yes_no("need", "1", "").replace("type = \"choice\"", "type = ▸\"choise\"");
    expect_questions(
        &source,
        &[("`type` cannot be `choise`", "Did you mean `choice`?")],
    );
    let matrix = format!("{}{MATRIX}", question("staff", "1", "number_matrix"))
        .replace("number = \"1\"\n", "")
        .replace("\"number_matrix\"", "▸\"numbers\"");
    expect_questions(&matrix, &[("`type` cannot be `numbers`", "`number`")]);
}

#[test]
fn keys_of_another_type_are_unknown() {
    let source = yes_no("need", "1", "▸sums = true");
    expect_questions(&source, &[("The question has no key `sums`", "")]);
}

#[test]
fn words_of_the_condition_language_name_no_variable() {
    let source = yes_no("not", "1", "").replace("key = \"not\"", "key = ▸\"not\"");
    expect_questions(
        &source,
        &[("`not` is a word of the condition language", "another key")],
    );
}

#[test]
fn a_number_has_bounds_that_leave_room() {
    let number = |keys: &str| format!("{}{keys}\n", question("listed", "1", "number"));
    let instrument = loaded(&format!(
        "{HEAD}{SECTION}{}",
        number("whole = false\nmax = 1.5")
    ));
    let Body::Number(field) = &instrument.sections[0].questions[0].body else {
        panic!("a number");
    };
    assert_eq!(
        (field.min.to_plain(), field.max.to_plain()),
        ("0".to_owned(), "1.5".to_owned())
    );

    expect_questions(
        &number("whole = true\nmin = ▸10\nmax = 9"),
        &[("`min` is larger than `max`", "at most")],
    );
    expect_questions(
        &number("whole = true\nmax = ▸-1"),
        &[("`max` is less than 0", "at most")],
    );
    expect_questions(
        &number("whole = true\nmax = ▸1.5"),
        &[("whole number has decimals", "whole = false")],
    );
    expect_questions(
        &number("whole = true\nmax = ▸\"9\""),
        &[("`max` should be a number, and is a string", "max = 1000")],
    );
    expect_questions(
        &number("whole = ▸1\nmax = 9"),
        &[("`whole` should be true or false", "whole = true")],
    );
    for unholdable in ["1e3", "nan", "inf", "0.0000001", "99999999999999"] {
        expect_questions(
            &number(&format!("whole = false\nmax = ▸{unholdable}")),
            &[("cannot be held exactly", "six decimals")],
        );
    }
}

#[test]
fn at_most_so_many_is_no_more_than_can_be_ticked_together() {
    let choices = |max: &str| {
        format!(
            "{}options = [ {{ key = \"a\", label = \"A\" }}, {{ key = \"b\", label = \"B\" }}, {{ key = \"none\", label = \"Inga\", exclusive = true }} ]\nmax = {max}\n",
            question("barrier", "1", "choices")
        )
    };
    loaded(&format!("{HEAD}{SECTION}{}", choices("2")));
    expect_questions(
        &choices("▸3"),
        &[("only 2 options can be ticked together", "at most 2")],
    );
    expect_questions(&choices("▸0"), &[("`max` should be", "max = 3")]);
}

#[test]
fn leads_are_one_text_or_several_with_conditions() {
    let one = yes_no("need", "1", "lead = \"Först\"");
    let several = yes_no(
        "need",
        "1",
        "lead = [ { when = \"register.area == 1\", text = \"Ett\" }, { text = \"Alla\" } ]",
    );
    for (source, conditions) in [(one, vec![false]), (several, vec![true, false])] {
        let instrument = loaded(&format!("{HEAD}{SECTION}{source}"));
        let leads = &instrument.sections[0].questions[0].leads;
        let found: Vec<bool> = leads.iter().map(|lead| lead.when.is_some()).collect();
        assert_eq!(found, conditions);
    }
    expect_questions(
        &yes_no("need", "1", "lead = [ ▸{ when = \"register.area == 1\" } ]"),
        &[("The lead lacks `text`", "text = {")],
    );
}

#[test]
fn empty_lists_are_told() {
    let source = yes_no("need", "1", "").replace(
        "options = [ { key = \"yes\", label = \"Ja\" }, { key = \"no\", label = \"Nej\" } ]",
        "options = ▸[]",
    );
    expect_questions(&source, &[("`options` is empty", "options = [ {")]);
}

#[test]
fn numbers_may_be_written_in_every_way_that_toml_knows() {
    for (written, read) in [
        ("1_000", "1000"),
        ("0x10", "16"),
        ("+7", "7"),
        ("2.50", "2.5"),
        ("1_0.5", "10.5"),
    ] {
        let source = format!(
            "{}whole = false\nmax = {written}\n",
            question("listed", "1", "number")
        );
        let instrument = loaded(&format!("{HEAD}{SECTION}{source}"));
        let Body::Number(field) = &instrument.sections[0].questions[0].body else {
            panic!("a number");
        };
        assert_eq!(field.max.to_plain(), read);
    }
}

#[test]
fn a_file_with_other_line_ends_has_the_same_texts_and_places() {
    let long =
        yes_no("need", "1", "").replace("text = \"T\"", "text = \"\"\"\nEtt.\n\nTvå.\n\"\"\"");
    let source = format!("{HEAD}{SECTION}{long}");
    let windows = source.replace('\n', "\r\n");
    for source in [&source, &windows] {
        assert_eq!(
            loaded(source).sections[0].questions[0].text.sv,
            "Ett.\n\nTvå."
        );
    }
    let places = |source: &str| {
        let wrong = source.replace("wording", "wordin");
        let faults = survey::instrument::load(&wrong).unwrap_err();
        faults.iter().map(|fault| fault.place).collect::<Vec<_>>()
    };
    assert_eq!(places(&source), places(&windows));
}
