use survey::instrument::load;

use crate::support::{HEAD, SECTION, expect, expect_body, loaded, question, yes_no};

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

#[test]
fn what_would_not_fit_in_memory_is_refused() {
    let options = "{ key = \"a\", label = \"A\" },".repeat(301);
    let source = yes_no("need", "1", "").replace(
        "{ key = \"yes\", label = \"Ja\" }, { key = \"no\", label = \"Nej\" }",
        &options,
    );
    let faults = load(&format!("{HEAD}{SECTION}{source}")).unwrap_err();
    assert_eq!(faults.len(), 300);
    assert_eq!(
        (faults[299].wrong.as_str(), faults[299].right.as_str()),
        ("`options` has 301 entries.", "Write at most 300.")
    );

    let columns = "{ key = \"c\", label = \"C\", whole = true, max = 1 },".repeat(21);
    let matrix = format!(
        "{}row_heading = \"R\"\nrows = [ {{ key = \"a\", label = \"A\" }} ]\ncolumns = [ {columns} ]\n",
        question("staff", "1", "number_matrix")
    );
    let faults = load(&format!("{HEAD}{SECTION}{matrix}")).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| fault.wrong == "`columns` has 21 entries.")
    );

    let many: Vec<String> = (0..501)
        .map(|at| {
            let section = format!("[[section]]\nkey = \"s{at}\"\ntitle = \"S\"\n");
            let section = if at % 250 == 0 {
                section
            } else {
                String::new()
            };
            format!(
                "{section}{}",
                yes_no(&format!("q{at}"), &at.to_string(), "")
            )
        })
        .collect();
    let faults = load(&format!("{HEAD}{}", many.concat())).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].wrong, "The file has too many questions.");
}

#[test]
fn a_file_of_the_largest_size_ends_in_faults() {
    for bit in [
        "[[section]]\n",
        "[[section]]\n[[section.question]]\n",
        "[[register]]\nkey = \"a\"\n",
        "a.b = 1\n",
        "\"",
        "'''",
        "x = [],",
        "\u{0}",
    ] {
        let source = bit.repeat((1 << 19) / bit.len());
        assert!(load(&source).is_err());
    }
    let scales: Vec<String> = (0..10_000).map(|at| format!("[scale.s{at}]\n")).collect();
    assert!(load(&scales.concat()).is_err());
    let when = format!("when = \"b == yes{}\"", " or b == yes".repeat(30_000));
    let forward = yes_no("a", "1", &when);
    assert!(load(&format!("{HEAD}{SECTION}{forward}{}", yes_no("b", "2", ""))).is_err());
    let deep = yes_no("a", "1", &format!("when = \"{}\"", "(".repeat(300_000)));
    assert!(load(&format!("{HEAD}{SECTION}{deep}")).is_err());
}
