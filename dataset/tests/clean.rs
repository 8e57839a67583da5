//! A file from elsewhere, cleaned.

#![expect(
    clippy::unwrap_used,
    reason = "a test ends where what it builds on is not there"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use dataset::{CleanError, Files, Summary, clean};
use survey::{
    cleaning::RuleSet,
    instrument::{Instrument, load},
};

static CHIEFS: LazyLock<Instrument> = LazyLock::new(|| {
    load(include_str!(
        "../../instruments/vardcentralschefer-2022.toml"
    ))
    .unwrap()
});

static RULES: LazyLock<RuleSet> = LazyLock::new(|| {
    let text = include_str!("../../instruments/vardcentralschefer-2022.cleaning.toml");
    RuleSet::load(text, &CHIEFS).unwrap()
});

struct Room(PathBuf);

impl Room {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "vardenkat-dataset-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn clean(
        &self,
        input: &str,
        register: Option<&str>,
        workers: usize,
    ) -> Result<Summary, CleanError> {
        let file = self.0.join("observed.csv");
        fs::write(&file, input).unwrap();
        let register = register.map(|text| {
            let file = self.0.join("register.csv");
            fs::write(&file, text).unwrap();
            file
        });
        let files = Files {
            input: file,
            output: self.0.join("out"),
            register,
        };
        clean(&RULES, &CHIEFS, &files, workers, |_| {})
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join("out").join(name)).unwrap()
    }

    fn fault(&self, input: &str) -> String {
        let error = self.clean(input, None, 1).unwrap_err();
        let left: Vec<_> = fs::read_dir(self.0.join("out"))
            .map(|entries| entries.map(|entry| entry.unwrap().file_name()).collect())
            .unwrap_or_default();
        assert!(left.is_empty(), "{left:?} was written");
        error.to_string().replace(&self.0.display().to_string(), "")
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const HEAD: &str = "id,region,gp_specialist_persons,gp_specialist_fte,district_nurse_persons,district_nurse_fte,assistant_nurse_persons,assistant_nurse_fte,need,gp_specialist_need_fte,listed\n";

#[test]
fn every_column_comes_back_with_clean_numbers() {
    let room = Room::new();
    let input = format!("{HEAD}a,Skåne,4,\"3,5\",6,425,2,\"1,5\",0,,8 500\n");
    let summary = room.clean(&input, None, 2).unwrap();
    assert_eq!(summary.rows, 1);
    assert_eq!(
        room.read("cleaned.csv"),
        format!("{HEAD}a,Skåne,4,3.5,6,4.25,2,1.5,0,0,8500\n")
    );
    assert_eq!(room.read("flags.csv"), "id,column,rule\n");
    assert!(
        room.read("ledger.csv")
            .contains("a,district_nurse_fte,425,4.25,corrected,percent,3,")
    );
}

#[test]
fn cells_for_review_are_flagged_and_stand_as_typed() {
    let room = Room::new();
    let input = format!("{HEAD}a,,4,\"3,5\",3,4,2,\"1,5\",1,2-3,\n");
    room.clean(&input, None, 1).unwrap();
    let flags = room.read("flags.csv");
    assert!(flags.contains("a,district_nurse_fte,swapped\n"), "{flags}");
    assert!(
        flags.contains("a,gp_specialist_need_fte,range\n"),
        "{flags}"
    );
    assert!(
        room.read("cleaned.csv")
            .contains("a,,4,3.5,3,4,2,1.5,1,,\n")
    );
}

#[test]
fn semicolons_and_a_byte_order_mark_are_read() {
    let room = Room::new();
    let input = "\u{feff}id;gp_specialist_persons;gp_specialist_fte\r\na;4;3,5\r\n";
    room.clean(input, None, 1).unwrap();
    assert_eq!(
        room.read("cleaned.csv"),
        "id,gp_specialist_persons,gp_specialist_fte\na,4,3.5\n"
    );
}

#[test]
fn a_missing_figure_comes_from_the_register() {
    let room = Room::new();
    let input = "id,listed\na,\nb,7000\n";
    room.clean(input, Some("id,listed\na,8123\n"), 1).unwrap();
    assert_eq!(room.read("cleaned.csv"), "id,listed\na,8123\nb,7000\n");
}

#[test]
fn the_output_is_the_same_however_many_work() {
    let rows = (0..2000).map(|unit| {
        let persons = 1 + unit % 9;
        let (posts, need) = (persons * 70, unit % 30);
        format!("u{unit},,{persons},{posts},2,150,3,2,1,{need},\n")
    });
    let input: String = std::iter::once(HEAD.to_owned()).chain(rows).collect();
    let (one, other) = (Room::new(), Room::new());
    one.clean(&input, None, 1).unwrap();
    other.clean(&input, None, 3).unwrap();
    for file in ["cleaned.csv", "flags.csv", "ledger.csv"] {
        assert_eq!(one.read(file), other.read(file), "{file}");
    }
}

#[test]
fn the_order_of_rows_and_columns_does_not_matter() {
    let (one, other) = (Room::new(), Room::new());
    one.clean(
        "id,gp_specialist_persons,gp_specialist_fte\na,4,350\nb,2,15\n",
        None,
        1,
    )
    .unwrap();
    other
        .clean(
            "gp_specialist_fte,id,gp_specialist_persons\n15,b,2\n350,a,4\n",
            None,
            1,
        )
        .unwrap();
    assert_eq!(
        one.read("cleaned.csv"),
        "id,gp_specialist_persons,gp_specialist_fte\na,4,3.5\nb,2,1.5\n"
    );
    assert_eq!(
        other.read("cleaned.csv"),
        "gp_specialist_fte,id,gp_specialist_persons\n1.5,b,2\n3.5,a,4\n"
    );
}

#[test]
fn a_faulty_file_is_told_and_nothing_is_written() {
    let room = Room::new();
    assert_eq!(
        room.fault("name,listed\na,1\n"),
        "/observed.csv, row 1, column id: The column is missing."
    );
    assert_eq!(
        room.fault("id,listed,listed\na,1,2\n"),
        "/observed.csv, row 1, column listed: The column stands twice."
    );
    assert_eq!(
        room.fault("id,colour\na,red\n"),
        "/observed.csv, row 1: No column is a number of `vardcentralschefer-2022`."
    );
    assert_eq!(
        room.fault("id,listed\na,1\nb\n"),
        "/observed.csv, row 3: The row has 1 fields, and the header 2."
    );
    assert_eq!(
        room.fault("id,listed\na,1\na,2\n"),
        "/observed.csv, row 3, column id: The unit stands twice."
    );
    assert_eq!(
        room.fault("id,listed\n,1\n"),
        "/observed.csv, row 2, column id: The unit has no identity."
    );
}

#[test]
fn text_that_is_not_utf_8_is_told() {
    let room = Room::new();
    let file = room.0.join("observed.csv");
    fs::write(&file, b"id,listed\na,1\nb,\xe5\n").unwrap();
    let files = Files {
        input: file,
        output: room.0.join("out"),
        register: None,
    };
    let error = clean(&RULES, &CHIEFS, &files, 1, |_| {}).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("row 3, column 2: The text is not UTF-8."),
        "{error}"
    );
}

#[test]
fn what_stood_there_before_a_fault_stands_there_still() {
    let room = Room::new();
    room.clean("id,listed\na,7000\n", None, 1).unwrap();
    assert!(room.clean("id,listed\na,1\nb\n", None, 1).is_err());
    assert_eq!(room.read("cleaned.csv"), "id,listed\na,7000\n");
    assert!(!Path::new(&room.0.join("out/cleaned.csv.part")).exists());
}
