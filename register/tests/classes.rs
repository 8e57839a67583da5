//! Files that give municipalities and areas their classes.

mod support;

use register::{ClassProblem, Codes, quiet, read_classes};
use support::{classes, table};

fn entry(code: &str, value: &str) -> (String, String) {
    (code.to_owned(), value.to_owned())
}

#[test]
fn a_class_file_is_read_with_headings_or_without_by_keys_or_labels() {
    for csv in [
        "Kommunkod;Kommun;Kommuntyp\n0180;Stockholm;Storstadskommuner\n1230;Staffanstorp;metropolitan\n",
        "Kommuntyp 2017\n\nkod;typ\n180;storstadskommuner\n1230;Storstadskommuner\n",
        "Stockholm,Storstadskommuner\nStaffanstorp,Storstadskommuner\n",
    ] {
        let file = read_classes(&table(csv), &classes()[0], Codes::Municipality, &mut quiet);
        assert_eq!(file.faults, [], "{csv}");
        assert_eq!(
            file.entries,
            [entry("0180", "metropolitan"), entry("1230", "metropolitan")]
        );
    }
}

#[test]
fn areas_have_their_codes_and_a_label_may_be_cut_short() {
    let file = read_classes(
        &table("RegSO;Områdestyp\n0180R001;1\n0180R002;Områdestyp 2\n0180R003;Områdestyp\n"),
        &classes()[1],
        Codes::Regso,
        &mut quiet,
    );
    assert_eq!(
        file.entries,
        [entry("0180R001", "1"), entry("0180R002", "2")]
    );
    assert!(matches!(
        file.faults[0].problem,
        ClassProblem::ValueUnknown { .. }
    ));
}

#[test]
fn what_contradicts_or_is_unknown_is_told_by_row() {
    let file = read_classes(
        &table(
            "kod;typ\n0180;Storstadskommuner\n0180;Täta blandade kommuner\n0180;metropolitan\n9999;metropolitan\n1230;öken\n1231;\n=1;metropolitan\n",
        ),
        &classes()[0],
        Codes::Municipality,
        &mut quiet,
    );
    assert_eq!(file.entries, [entry("0180", "metropolitan")]);
    let told: Vec<(u32, &ClassProblem)> = file
        .faults
        .iter()
        .map(|fault| (fault.row, &fault.problem))
        .collect();
    let allowed = vec![
        "Täta blandade kommuner".to_owned(),
        "Storstadskommuner".to_owned(),
    ];
    assert_eq!(
        told,
        [
            (
                3,
                &ClassProblem::OtherValue {
                    first: 2,
                    value: "metropolitan".to_owned()
                }
            ),
            (5, &ClassProblem::CodeUnknown),
            (6, &ClassProblem::ValueUnknown { allowed }),
            (7, &ClassProblem::Incomplete),
            (8, &ClassProblem::Cell),
        ]
    );
}
