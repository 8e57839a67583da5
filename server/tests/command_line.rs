//! The program itself, run as an operator runs it, on a directory with the demo.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const ROUND: &str = "vardcentralschefer-2022";

/// Published: Myndigheten för vård- och omsorgsanalys, 2022 survey, appendix 1, Tabell 7, percent in 2022.
const REGIONS: [(&str, &str); 22] = [
    ("Region Kronoberg", "34"),
    ("Region Dalarna", "43"),
    ("Region Västmanland", "46"),
    ("Region Kalmar", "49"),
    ("Region Västerbotten", "58"),
    ("Västra Götalandsregionen", "60"),
    ("Region Jönköping", "60"),
    ("Region Norrbotten", "62"),
    ("Region Sörmland", "62"),
    ("Region Jämtland Härjedalen", "64"),
    ("Region Västernorrland", "65"),
    ("Region Gävleborg", "65"),
    ("Region Örebro", "66"),
    ("Region Blekinge", "67"),
    ("Region Gotland", "67"),
    ("Region Stockholm", "68"),
    ("Region Östergötland", "69"),
    ("Region Uppsala", "69"),
    ("Region Halland", "71"),
    ("Region Skåne", "73"),
    ("Region Värmland", "86"),
    ("Totalsumma", "64"),
];

/// Tabell 8.
const MUNICIPALITY_TYPES: &str = "\
group,answered,not_answered,total,response_rate_pct
Mycket glesa landsbygdskommuner,11,9,20,55
Glesa landsbygdskommuner,88,35,123,72
Tätortsnära landsbygdskommuner,104,49,153,68
Glesa blandade kommuner,60,30,90,67
Täta blandade kommuner,272,174,446,61
Storstadskommuner,223,128,351,64
Totalsumma,758,425,1183,64
";

/// Tabell 9.
const AREA_TYPES: &str = "\
group,answered,not_answered,total,response_rate_pct
1,41,34,75,55
2,94,47,141,67
3,228,134,362,63
4,348,186,534,65
5,47,24,71,66
Totalsumma,758,425,1183,64
";

struct Demo(TempDir);

impl Demo {
    fn at(stage: &str) -> Self {
        let demo = Self(tempfile::tempdir().unwrap());
        let made = demo.run(&["demo", "--fill-only", "--round", stage]);
        assert!(made.status.success(), "{}", err(&made));
        demo
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// Runs a command on the demo's database.
    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_vardenkat"))
            .args(words)
            .arg("--data")
            .arg(self.path("data"))
            .output()
            .unwrap()
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(directory: &Path, name: &str) -> String {
    fs::read_to_string(directory.join(name)).unwrap()
}

#[test]
fn the_published_tables_come_out_of_the_demo() {
    let demo = Demo::at("open");
    let tables = demo.path("tables");
    let words = ["tables", "--round", ROUND, "--output"];
    let words: Vec<&str> = words.into_iter().chain(tables.to_str()).collect();
    let made = demo.run(&words);
    assert!(made.status.success(), "{}", err(&made));

    let name = "response_rate_by_municipality_type.csv";
    assert_eq!(read(&tables, name), MUNICIPALITY_TYPES);
    assert_eq!(read(&tables, "response_rate_by_area_type.csv"), AREA_TYPES);

    let regions = read(&tables, "response_rate_by_region.csv");
    let rates: BTreeMap<&str, &str> = regions
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[0], cells[4])
        })
        .collect();
    assert_eq!(rates, BTreeMap::from(REGIONS));
    assert!(regions.ends_with("Totalsumma,758,425,1183,64\n"));

    let ownership = read(&tables, "response_rate_by_ownership.csv");
    for table in [&regions, &ownership] {
        let headings = table.lines().next().unwrap();
        assert_eq!(
            headings,
            "group,answered,not_answered,total,response_rate_pct"
        );
    }
    assert!(ownership.ends_with("Totalsumma,758,425,1183,64\n"));
    let private = ownership.lines().find(|line| line.starts_with("Privat"));
    // 47 percent of those who answered are private.
    let answered: u32 = private.unwrap().split(',').nth(1).unwrap().parse().unwrap();
    assert_eq!((answered * 100 + 379) / 758, 47);

    let words: Vec<&str> = words.into_iter().chain(["--format", "xlsx"]).collect();
    let made = demo.run(&words);
    assert!(made.status.success(), "{}", err(&made));
    let workbook = fs::read(tables.join("response_rates.xlsx")).unwrap();
    for (sheet, expected) in [
        ("Kommuntyp", MUNICIPALITY_TYPES),
        ("Områdestyp", AREA_TYPES),
        ("Region", regions.as_str()),
        ("Driftsform", ownership.as_str()),
    ] {
        let numbers = |line: &str| line.split_once(',').unwrap().1.to_owned();
        let expected: Vec<String> = expected.lines().skip(1).map(numbers).collect();
        assert_eq!(sheet_numbers(&workbook, sheet), expected, "{sheet}");
    }
    let crossed = read(&tables, "response_rate_by_ownership_and_region.csv");
    let rows = sheet_numbers(&workbook, "Driftsform, region");
    assert_eq!(rows.len(), 22);
    for (row, line) in rows.iter().zip(crossed.lines().skip(1)) {
        assert!(line.ends_with(&format!(",{row}")), "{row} is not {line}");
    }
}

/// The numbers of a sheet's rows, below its headings.
fn sheet_numbers(workbook: &[u8], sheet: &str) -> Vec<String> {
    let limits = register::Limits::default();
    let table = register::read(workbook, Some(sheet), &limits, &mut |_| ()).unwrap();
    table
        .rows()
        .map(|row| row.cells().skip(1).map(str::to_owned).collect::<Vec<_>>())
        .filter(|cells| {
            cells
                .first()
                .is_some_and(|cell| cell.parse::<u32>().is_ok())
        })
        .map(|cells| cells.join(","))
        .collect()
}

#[test]
fn an_account_is_added_listed_reset_and_ended() {
    let demo = Demo::at("not-open");
    let user = |verb, rest: &[&str]| {
        let words = ["user", verb, "--email", "Kim.Ek@Exempel.se"];
        demo.run(
            &words
                .into_iter()
                .chain(rest.iter().copied())
                .collect::<Vec<_>>(),
        )
    };
    let who = ["--name", "Kim Ek", "--role", "analyst"];

    let added = user("add", &who);
    assert!(added.status.success(), "{}", err(&added));
    let told = out(&added);
    assert!(
        told.contains("Added kim.ek@exempel.se as analyst."),
        "{told}"
    );
    let password = told.split("first sign-in: ").nth(1).unwrap();
    assert_eq!(password.lines().next().unwrap().len(), 19, "{told}");
    let listed = out(&demo.run(&["user", "list"]));
    let line = "kim.ek@exempel.se\tanalyst\tKim Ek\thas not signed in";
    assert!(listed.contains(line), "{listed}");

    let again = user("add", &who);
    assert!(!again.status.success());
    assert!(err(&again).contains("an account with this e-mail address already"));
    let role = user("add", &["--name", "Kim Ek", "--role", "owner"]);
    assert!(
        err(&role).contains("reader, analyst and administrator"),
        "{}",
        err(&role)
    );
    let code = user("code", &[]);
    assert!(
        err(&code).contains("the demo's own accounts only"),
        "{}",
        err(&code)
    );

    assert!(out(&user("reset", &[])).contains("first sign-in: "));
    assert_eq!(out(&user("end", &[])), "Ended kim.ek@exempel.se.\n");
    assert!(out(&demo.run(&["user", "list"])).contains("Kim Ek\tended"));
}

#[test]
fn the_demo_prints_how_staff_sign_in() {
    let demo = Demo::at("just-opened");
    let mut serving = Command::new(env!("CARGO_BIN_EXE_vardenkat"))
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(demo.path("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    let told: Vec<String> = lines
        .map(|line| line.unwrap())
        .take_while(|line| !line.starts_with("Stop with"))
        .collect();
    serving.kill().unwrap();
    serving.wait().unwrap();

    let told = told.join("\n");
    assert!(
        told.contains("Staff sign in on http://127.0.0.1:"),
        "{told}"
    );
    let accounts = read(&demo.path("data"), "demo-accounts.csv");
    for account in accounts.lines().skip(1) {
        let cells: Vec<&str> = account.split(',').collect();
        let line = told.lines().find(|line| line.contains(cells[0])).unwrap();
        assert!(line.ends_with(cells[2]), "{line}");
    }
    assert_eq!(accounts.lines().count(), 4);
    let code = demo.run(&["user", "code", "--email", "reader@demo.example"]);
    assert_eq!(out(&code).trim().len(), 6, "{}", err(&code));
}

#[test]
fn the_answers_come_as_files_and_the_same_cut_gives_the_same_bytes() {
    let demo = Demo::at("open");
    let cut = jiff::Zoned::now()
        .in_tz("Europe/Stockholm")
        .unwrap()
        .strftime("%Y-%m-%dT%H:%M:%S")
        .to_string();
    let export = |directory: &str, kind: &str, format: &str| {
        let output = demo.path(directory);
        let words = ["data", "export", "--round", ROUND, "--cut", &cut];
        let words = words
            .into_iter()
            .chain(["--kind", kind, "--format", format]);
        let words: Vec<&str> = words.chain(["--output"]).chain(output.to_str()).collect();
        let made = demo.run(&words);
        assert!(made.status.success(), "{}", err(&made));
        fs::read(out(&made).trim()).unwrap()
    };
    let raw = export("one", "raw", "csv");
    let text = String::from_utf8(raw.clone()).unwrap();
    assert!(text.starts_with("id,register_region,"), "{text}");
    for personal in ["interview_name", "interview_email", "interview_phone"] {
        assert!(!text.contains(personal), "{personal}");
    }
    assert!(raw == export("two", "raw", "csv"));
    assert!(export("one", "raw", "csv-excel").starts_with("\u{feff}id;".as_bytes()));
    assert!(export("one", "cleaned", "csv").starts_with(b"id,"));
    assert!(export("one", "both", "xlsx") == export("two", "both", "xlsx"));
    let names = fs::read_dir(demo.path("one")).unwrap();
    assert_eq!(names.count(), 4, "nothing is left half written");

    let codebook = demo.path("codebook");
    let words = ["data", "codebook", "--round", ROUND, "--output"];
    let words: Vec<&str> = words.into_iter().chain(codebook.to_str()).collect();
    let made = demo.run(&words);
    assert!(made.status.success(), "{}", err(&made));
    assert!(read(&codebook, &format!("{ROUND}_kodbok_v1.csv")).starts_with("variable,"));
}

#[test]
fn a_cut_that_has_not_been_or_is_no_moment_is_refused_and_nothing_is_written() {
    let demo = Demo::at("not-open");
    let output = demo.path("data-files");
    for cut in ["2099-01-01T00:00", "yesterday"] {
        let words = [
            "data", "export", "--round", ROUND, "--kind", "raw", "--cut", cut,
        ];
        let words: Vec<&str> = words
            .into_iter()
            .chain(["--output"])
            .chain(output.to_str())
            .collect();
        let refused = demo.run(&words);
        assert!(!refused.status.success(), "{cut}");
        assert!(err(&refused).contains(cut), "{}", err(&refused));
    }
    assert!(!output.exists());
}

#[test]
fn a_round_is_made_planned_opened_and_closed_by_its_key() {
    let demo = Demo::at("just-opened");
    let made = demo.run(&[
        "round",
        "create",
        "--instrument",
        ROUND,
        "--key",
        "pilot-1",
        "--opens",
        "2031-03-01",
        "--closes",
        "2031-05-31",
        "--pilot",
        "--select",
        "register.area_type in [1]",
    ]);
    assert!(made.status.success(), "{}", err(&made));
    let listed = out(&demo.run(&["round", "list"]));
    assert!(listed.contains("pilot-1"), "{listed}");

    // The 75 centres of area type 1, and not the others.
    let plan = out(&demo.run(&["mail", "plan", "pilot-1", "--mailing", "0", "--csv"]));
    assert_eq!(plan.lines().count(), 76, "{plan}");

    for verb in ["open", "close"] {
        let done = demo.run(&["round", verb, "pilot-1"]);
        assert!(done.status.success(), "{verb}: {}", err(&done));
    }
    let status = demo.run(&["mail", "status", "pilot-1"]);
    assert!(status.status.success(), "{}", err(&status));
}

#[test]
fn a_condition_that_asks_for_what_the_register_has_not_is_refused() {
    let demo = Demo::at("not-open");
    let refused = demo.run(&[
        "round",
        "create",
        "--instrument",
        ROUND,
        "--key",
        "wrong",
        "--opens",
        "2031-03-01",
        "--closes",
        "2031-05-31",
        "--select",
        "register.colour in [1]",
    ]);
    assert!(!refused.status.success());
    assert!(
        err(&refused).contains("register.colour"),
        "{}",
        err(&refused)
    );
    assert!(!out(&demo.run(&["round", "list"])).contains("wrong"));
}

#[test]
fn a_dry_run_tells_what_a_file_would_change_and_changes_nothing() {
    let demo = Demo::at("just-opened");
    let file = demo.path("blekinge.csv");
    fs::write(
        &file,
        "Lista från regionen\r\n\r\nVårdcentral;Verksamhetschef;E-post\r\nNya vårdcentralen;Kim Ek; kim.ek@example.se \r\n;Utan Namn;\r\n",
    )
    .unwrap();
    let file = file.to_str().unwrap();
    let words = [
        "register",
        "import",
        file,
        "--sender",
        "Region Blekinge",
        "--additions",
        "--dry-run",
    ];
    let told = out(&demo.run(&words));
    assert!(told.contains("Nya vårdcentralen"), "{told}");
    // Faulty: the row without a name, as a text editor counts.
    assert!(told.contains('5'), "{told}");
    assert_eq!(told, out(&demo.run(&words)), "nothing was changed");
}

#[test]
fn a_dry_run_needs_no_sender_and_an_import_needs_one_of_the_regions() {
    let demo = Demo::at("just-opened");
    let file = demo.path("blekinge.csv");
    let content = "Vårdcentral;Region;E-post chef\nNya vårdcentralen;Blekinge;kim.ek@example.se\n";
    fs::write(&file, content).unwrap();
    let file = file.to_str().unwrap();

    let dry = demo.run(&["register", "import", file, "--dry-run"]);
    assert!(dry.status.success(), "{}", err(&dry));
    let told = out(&dry);
    assert!(told.contains("1 new"), "{told}");
    assert!(
        told.ends_with("Nothing was changed: this was a dry run.\n"),
        "{told}"
    );

    let nobody = demo.run(&["register", "import", file]);
    assert!(err(&nobody).contains("--sender"), "{}", err(&nobody));
    let stranger = demo.run(&["register", "import", file, "--sender", "Region Blekinggge"]);
    assert!(!stranger.status.success());
    assert!(
        err(&stranger).contains("none of the 21 regions"),
        "{}",
        err(&stranger)
    );

    // As the region is called by others.
    let words = ["--sender", "Landstinget Blekinge", "--additions"];
    let done = demo.run(&[&["register", "import", file][..], &words].concat());
    assert!(done.status.success(), "{}", err(&done));
    let history = out(&demo.run(&["register", "history"]));
    let newest = history.lines().take(2).collect::<Vec<_>>().join("\n");
    assert!(
        newest.contains("Nya vårdcentralen") && newest.contains("(file blekinge.csv)"),
        "{newest}"
    );
}
