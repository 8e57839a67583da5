//! The same answers give the same bytes and the same name.

use dataset::export::{Dialect, Format, Kind, Table, codebook_name, file_name};

use crate::made::{about, chiefs, csv, filled, words, xlsx};

#[test]
fn a_file_made_twice_is_the_same_to_the_last_byte() {
    let instrument = chiefs();
    let records: Vec<_> = (0..40)
        .map(|number| {
            filled(
                &instrument,
                &format!("vc-{number:04}"),
                &format!("svar {number}"),
            )
        })
        .collect();
    for kind in Kind::ALL {
        let table = Table::of(&instrument, kind);
        for dialect in [Dialect::Program, Dialect::SwedishExcel] {
            assert_eq!(
                csv(&table, dialect, &records),
                csv(&table, dialect, &records)
            );
        }
        let first = xlsx(&instrument, kind, &records);
        // The time in a packed file goes in steps of two seconds.
        std::thread::sleep(std::time::Duration::from_millis(2_100));
        assert!(first == xlsx(&instrument, kind, &records), "{kind:?}");
    }
}

#[test]
fn a_name_tells_questionnaire_content_rules_and_cut() {
    let (instrument, words) = (chiefs(), words());
    let about = about(&instrument);
    assert_eq!(
        file_name(&words, &about, Kind::Cleaned, Format::Csv),
        "vardcentralschefer-2022_rattade_regler-1_20220616T0900.csv"
    );
    assert_eq!(
        codebook_name(&words, &about, Format::CsvExcel),
        "vardcentralschefer-2022_kodbok_v1_excel.csv"
    );
}

#[test]
fn no_two_contents_have_one_name() {
    let (instrument, words) = (chiefs(), words());
    let mut names = Vec::new();
    for (round, pilot) in [
        ("vardcentralschefer-2022", false),
        ("pilot", true),
        ("pilot", false),
    ] {
        for rules in [
            vec![],
            vec!["1".to_owned()],
            vec!["1".to_owned(), "2".to_owned()],
        ] {
            let mut about = about(&instrument);
            round.clone_into(&mut about.round);
            (about.pilot, about.rule_sets) = (pilot, rules);
            for kind in Kind::ALL {
                for format in Format::ALL {
                    names.push(file_name(&words, &about, kind, format));
                }
            }
        }
    }
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(names.iter().all(|name| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte))
    }));
}
