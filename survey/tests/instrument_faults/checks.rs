use crate::support::{HEAD, SECTION, expect_questions, loaded, question, yes_no};

fn number(check: &str) -> String {
    format!(
        "{}whole = true\nmax = 9\n[[section.question.check]]\n{check}\n",
        question("listed", "1", "number")
    )
}

fn matrix(check: &str) -> String {
    format!(
        "{}row_heading = \"Yrke\"\nrows = [ {{ key = \"doctor\", label = \"Läkare\" }} ]\n\
         columns = [ {{ key = \"persons\", label = \"P\", whole = true, max = 5 }}, {{ key = \"fte\", label = \"T\", whole = false, max = 5 }} ]\n\
         [[section.question.check]]\n{check}\n",
        question("staff", "1", "number_matrix")
    )
}

#[test]
fn checks_without_faults_are_kept_in_order() {
    let checks = "rule = \"posts_in_percent\"\nposts = [\"fte\"]\npersons = \"persons\"\n[[section.question.check]]\n\
                  rule = \"swapped\"\npersons = \"persons\"\nposts = \"fte\"\n[[section.question.check]]\n\
                  rule = \"posts_exceed_persons\"\npersons = \"persons\"\nposts = \"fte\"\n[[section.question.check]]\n\
                  rule = \"total_in_first_row\"\ncolumns = [\"persons\"]";
    let instrument = loaded(&format!("{HEAD}{SECTION}{}", matrix(checks)));
    assert_eq!(instrument.sections[0].questions[0].checks.len(), 4);
}

#[test]
fn percent_may_be_asked_about_without_persons_beside() {
    loaded(&format!(
        "{HEAD}{SECTION}{}",
        matrix("rule = \"posts_in_percent\"\nposts = [\"fte\"]")
    ));
}

#[test]
fn a_check_stands_on_the_type_of_question_it_is_for() {
    expect_questions(
        &number("rule = ▸\"swapped\"\npersons = \"a\"\nposts = \"b\""),
        &[("does not fit this type of question", "type `number_matrix`")],
    );
    expect_questions(
        &matrix("rule = ▸\"unusual\"\nlow = 1\nhigh = 2"),
        &[("does not fit this type of question", "type `number`")],
    );
    expect_questions(
        &yes_no(
            "need",
            "1",
            "check = [ { rule = ▸\"unusual\", low = 1, high = 2 } ]",
        ),
        &[("does not fit this type of question", "type `number`")],
    );
}

#[test]
fn an_unknown_rule_is_one_fault() {
    expect_questions(
        &number("rule = ▸\"unusal\"\nlow = 1\nhigh = 2"),
        &[("`rule` cannot be `unusal`", "Did you mean `unusual`?")],
    );
    expect_questions(
        &number("low = 1").replace("[[section.question.check]]", "▸[[section.question.check]]"),
        &[("The check lacks `rule`", "rule = \"unusual\"")],
    );
}

#[test]
fn a_check_names_columns_that_are_there_and_differ() {
    expect_questions(
        &matrix("rule = \"swapped\"\npersons = ▸\"person\"\nposts = \"fte\""),
        &[("no column `person`", "Did you mean `persons`?")],
    );
    expect_questions(
        &matrix("rule = \"total_in_first_row\"\ncolumns = [\"persons\", ▸\"sum\"]"),
        &[("no column `sum`", "Write one of `persons`, `fte`.")],
    );
    expect_questions(
        &matrix("rule = \"swapped\"\npersons = \"fte\"\nposts = \"fte\"")
            .replace("[[section.question.check]]", "▸[[section.question.check]]"),
        &[("the same column for posts and for persons", "two columns")],
    );
}

#[test]
fn a_check_against_the_register_names_a_number_there() {
    let check = |field: &str, factor: &str| {
        number(&format!(
            "rule = \"far_from_register\"\nfield = {field}\nfactor = {factor}"
        ))
    };
    loaded(&format!("{HEAD}{SECTION}{}", check("\"listed\"", "1.5")));
    expect_questions(
        &check("▸\"listd\"", "2"),
        &[("no register field `listd`", "Did you mean `listed`?")],
    );
    expect_questions(
        &check("▸\"area\"", "2"),
        &[("`area` is a class, not a number", "`listed`")],
    );
    expect_questions(
        &check("\"listed\"", "▸1"),
        &[("`factor` is not larger than 1", "factor = 2")],
    );
}

#[test]
fn what_is_usual_has_a_low_end_and_a_high_end() {
    expect_questions(
        &number("rule = \"unusual\"\nlow = ▸3\nhigh = 2"),
        &[("`low` is larger than `high`", "at most")],
    );
    expect_questions(
        &number("rule = \"unusual\"\nlow = 3")
            .replace("[[section.question.check]]", "▸[[section.question.check]]"),
        &[("The check lacks `high`", "high = 40000")],
    );
}
