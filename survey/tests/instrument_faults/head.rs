use survey::text::Language;

use crate::support::{HEAD, SECTION, expect, expect_body, loaded, yes_no};

/// The head with something changed, and a section without faults after it.
fn head(from: &str, to: &str) -> String {
    assert!(HEAD.contains(from), "{from}");
    format!(
        "{}{SECTION}{}",
        HEAD.replacen(from, to, 1),
        yes_no("need", "1", "")
    )
}

#[test]
fn a_missing_key_is_told_at_the_table_that_lacks_it() {
    expect(
        &format!("▸{}", head("version = \"1\"\n", "")),
        &[("The file lacks `version`", "version = \"1\"")],
    );
    expect(
        &head("[texts]\npurpose = \"a\"", "▸[texts]"),
        &[("[texts] lacks `purpose`", "purpose = { sv = \"…\" }")],
    );
}

#[test]
fn a_misspelt_key_is_one_fault_that_names_the_right_one() {
    expect(
        &head("why_you = \"b\"", "▸why_yuo = \"b\""),
        &[("no key `why_yuo`", "Did you mean `why_you`?")],
    );
    expect(
        &head("email = ", "▸e_mail = "),
        &[("no key `e_mail`", "Did you mean `email`?")],
    );
}

#[test]
fn an_unknown_key_unlike_any_other_gets_the_list() {
    expect(
        &head("email = ", "▸colour = \"x\", email = "),
        &[(
            "no key `colour`",
            "Write one of `contact`, `email`, `name`, `phone`.",
        )],
    );
}

#[test]
fn a_value_of_the_wrong_type_is_told_with_an_example() {
    expect(
        &head("version = \"1\"", "version = ▸1"),
        &[(
            "`version` should be a string, and is an integer.",
            "version = \"1\"",
        )],
    );
    expect(
        &head("thanks = \"i\"", "thanks = ▸[]"),
        &[("`thanks` should be a text, and is a list.", "thanks = { sv")],
    );
    expect(
        &head("languages = [\"sv\"]", "languages = ▸\"sv\""),
        &[("should be a list of strings", "languages = [")],
    );
}

#[test]
fn several_faults_are_told_together_in_the_order_of_the_file() {
    expect(
        &head("version = \"1\"", "version = ▸1")
            .replace("thanks = \"i\"", "thanks = ▸\" \"")
            .replace("email = \"fraga@example.se\"", "email = ▸\"fraga\""),
        &[
            ("`version`", ""),
            ("`fraga` is no e-mail address", ""),
            ("`thanks` is empty", ""),
        ],
    );
}

#[test]
fn keys_keep_to_their_letters() {
    expect(
        &head("key = \"small\"", "key = ▸\"Small_1\""),
        &[("`Small_1` cannot be a key", "a-z, 0-9 and -")],
    );
    expect(
        &head("key = \"area\"", "key = ▸\"1area\""),
        &[("`1area` cannot be a key", "beginning with a letter")],
    );
}

#[test]
fn languages_are_known_once_each_and_swedish_is_first() {
    expect(
        &head("[\"sv\"]", "[\"sv\", ▸\"se\"]"),
        &[("language `se` is not known", "Did you mean `sv`?")],
    );
    expect(
        &head("[\"sv\"]", "[\"sv\", ▸\"sv\"]"),
        &[("language `sv` is already used at line 3, column 14", "once")],
    );
    let english_first = head("[\"sv\"]", "[\"en\"]");
    let faults = survey::instrument::load(&english_first).unwrap_err();
    assert_eq!(
        faults[0].to_string(),
        "3:14: Swedish is not the first language. Write `languages = [\"sv\", \"en\"]`."
    );
}

#[test]
fn every_text_stands_in_every_language() {
    let both = |text: &str| {
        head("[\"sv\"]", "[\"sv\", \"en\"]")
            .lines()
            .map(|line| match line.split_once(" = \"") {
                Some((key, value))
                    if line.len() < 40
                        && !["key", "version", "note", "number", "type", "wording"]
                            .contains(&key) =>
                {
                    let value = value.trim_end_matches('"');
                    format!("{key} = {{ sv = \"{value}\", en = \"{value}\" }}\n")
                }
                _ => format!("{line}\n"),
            })
            .collect::<String>()
            .replace(
                "name = \"Myndigheten\", contact = \"Fråga oss\"",
                "name = { sv = \"M\", en = \"M\" }, contact = { sv = \"F\", en = \"F\" }",
            )
            .replace("label = \"Ja\"", "label = { sv = \"Ja\", en = \"Yes\" }")
            .replace("label = \"Nej\"", "label = { sv = \"Nej\", en = \"No\" }")
            .replace("label = \"Ett\"", "label = { sv = \"Ett\", en = \"One\" }")
            .replace("label = \"Två\"", "label = { sv = \"Två\", en = \"Two\" }")
            .replace(
                "label = \"Områdestyp\"",
                "label = { sv = \"Områdestyp\", en = \"Area\" }",
            )
            .replace(
                "label = \"Listade\"",
                "label = { sv = \"Listade\", en = \"Listed\" }",
            )
            .replace("thanks = { sv = \"i\", en = \"i\" }", text)
    };
    let instrument = loaded(&both("thanks = { sv = \"Tack\", en = \"Thanks\" }"));
    assert_eq!(instrument.texts.thanks.get(Language::English), "Thanks");

    expect(
        &both("thanks = ▸{ sv = \"Tack\" }"),
        &[("The text lacks `en`", "en = \"…\"")],
    );
    expect(
        &both("thanks = ▸\"Tack\""),
        &[(
            "`thanks` has one language only",
            "thanks = { sv = \"…\", en = \"…\" }",
        )],
    );
    expect(
        &both("thanks = { sv = \"Tack\", en = ▸\"\" }"),
        &[("`en` is empty", "en = \"…\"")],
    );
    expect(
        &both("thanks = { sv = \"Tack\", en = \"Thanks\", ▸de = \"Danke\" }"),
        &[("no key `de`", "`en`")],
    );
}

#[test]
fn a_register_field_says_what_it_holds() {
    expect(
        &head("kind = \"number\"", "kind = ▸\"numbr\""),
        &[("`kind` cannot be `numbr`", "Did you mean `number`?")],
    );
    expect(
        &head("kind = \"number\"", "kind = \"number\", ▸values = []"),
        &[("no key `values`", "")],
    );
    expect(
        &head("key = \"2\"", "key = ▸\"1\""),
        &[("value key `1` is already used at line 8", "")],
    );
    expect(
        &head("key = \"listed\"", "key = ▸\"area\""),
        &[(
            "register field `area` is already used at line 8, column 11",
            "",
        )],
    );
}

#[test]
fn a_scale_is_there_and_is_used() {
    let with_scale = |name: &str| {
        let scale = "[scale.▸truth]\noptions = [ { key = \"true\", label = \"Sant\" } ]\n";
        let question = yes_no("need", "1", "").replace(
            "options = [ { key = \"yes\", label = \"Ja\" }, { key = \"no\", label = \"Nej\" } ]",
            name,
        );
        format!("{scale}{SECTION}{question}")
    };
    loaded(&format!(
        "{HEAD}{}",
        with_scale("scale = \"truth\"").replace('▸', "")
    ));
    expect_body(
        &with_scale("scale = ▸\"trut\""),
        &[
            ("No question uses the scale `truth`", "take it away"),
            ("There is no scale `trut`", "Did you mean `truth`?"),
        ],
    );
    expect_body(
        &with_scale("scale = \"truth\"\noptions = ▸[]").replacen('▸', "", 1),
        &[("both `options` and `scale`", "one of them")],
    );
}

#[test]
fn a_file_has_sections_and_a_section_has_questions() {
    expect(
        &format!("▸{HEAD}"),
        &[("The file lacks `section`", "[[section]]")],
    );
    expect_body(
        "▸[[section]]\nkey = \"one\"\ntitle = \"Ett\"\n",
        &[("The section lacks `question`", "[[section.question]]")],
    );
    let second =
        format!("{SECTION}{}", yes_no("more", "2", "")).replace("key = \"one\"", "key = ▸\"one\"");
    expect_body(
        &format!("{SECTION}{}{second}", yes_no("need", "1", "")),
        &[(
            "section key `one` is already used at line 24, column 7",
            "once",
        )],
    );
}
