use survey::instrument::load;

use crate::support::{HEAD, SECTION, expect, expect_body, loaded, yes_no};

#[test]
fn a_file_without_faults_loads() {
    let instrument = loaded(&format!("{HEAD}{SECTION}{}", yes_no("need", "1", "")));
    assert_eq!(instrument.key, "small");
    assert_eq!(instrument.sections[0].questions[0].key, "need");
}

#[test]
fn a_fault_is_shown_with_line_and_column_first() {
    let source = format!("{HEAD}{SECTION}{}", yes_no("need", "1", ""))
        .replace("title = \"Liten\"", "titel = \"Liten\"");
    let faults = load(&source).unwrap_err();
    assert_eq!(
        faults[0].to_string(),
        "4:1: The file has no key `titel`. Did you mean `title`?"
    );
    assert_eq!(faults.len(), 1);
}

#[test]
fn what_is_no_toml_is_told_where_it_stops_making_sense() {
    expect("key = ▸\n", &[("This is no TOML", "toml.io")]);
    expect("key = \"a\"\n▸key = \"b\"\n", &[("duplicate key", "")]);
}

#[test]
fn every_fault_of_the_syntax_is_told() {
    let faults = load("a = \nb = \nc = 1\n").unwrap_err();
    let lines: Vec<usize> = faults.iter().map(|fault| fault.place.line).collect();
    assert_eq!(lines, [1, 2]);
}

#[test]
fn an_empty_file_lacks_everything() {
    let faults = load("").unwrap_err();
    let wrongs: Vec<&str> = faults.iter().map(|fault| fault.wrong.as_str()).collect();
    for key in [
        "key",
        "version",
        "languages",
        "title",
        "note",
        "sender",
        "texts",
        "section",
    ] {
        let wrong = format!("The file lacks `{key}`.");
        assert!(wrongs.contains(&wrong.as_str()), "{wrong}");
    }
}

#[test]
fn a_file_too_large_is_not_read() {
    let faults = load(&"#".repeat(2_000_000)).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].wrong.contains("2000000 bytes"));
}

#[test]
fn columns_count_characters_and_not_bytes() {
    expect_body(
        &format!(
            "[[section]]\nkey = \"one\"\ntitle = {{ sv = \"Åäö\", ▸en = \"x\" }}\n{}",
            yes_no("need", "1", "")
        ),
        &[("no key `en`", "`sv`")],
    );
}

#[test]
fn deep_nesting_ends_in_faults() {
    for source in [
        "[".repeat(100_000),
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{a=".repeat(100_000)),
        format!("{} = 1", vec!["a"; 100_000].join(".")),
        format!("[{}]", vec!["a"; 100_000].join(".")),
    ] {
        assert!(load(&source).is_err());
    }
}

#[test]
fn the_deepest_that_toml_allows_ends_in_faults_too() {
    let path = vec!["a"; 79].join(".");
    let inline = format!("{{ {path} = ").repeat(79);
    let source = format!("[{path}]\n{path} = {inline}1{}", "}".repeat(79));
    assert!(load(&source).is_err());
}
