//! What the columns of a region's file are about.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use register::{
    Certainty, Field, Mapping, MappingFault, Remembered, find_headings, heading_key, headings_at,
};
use support::{classes, headings, table};

fn chosen(csv: &str) -> Vec<(usize, String)> {
    headings(csv)
        .chosen()
        .map(|(column, field)| (column, field.key().into_owned()))
        .collect()
}

/// What a single heading is taken for when nothing competes with it.
fn meaning(heading: &str) -> Option<String> {
    let table = table(&format!("{heading};\nx;y\n"));
    headings_at(&table, 0, &Remembered::new(), &classes())
        .unwrap()
        .chosen()
        .map(|(_, field)| field.key().into_owned())
        .next()
}

#[test]
fn headings_in_the_words_of_the_regions_mean_what_they_mean() {
    for (heading, field) in [
        ("Vårdcentral", "name"),
        ("Vårdcentralens namn", "name"),
        ("ENHETSNAMN", "name"),
        ("Enhet", "name"),
        ("Mottagning:", "name"),
        ("Namn", "name"),
        ("HSA-id", "key"),
        ("HSAID", "key"),
        ("Enhets-ID", "key"),
        ("HSA id enhet", "key"),
        ("Gatuadress", "address"),
        ("Besöksadress", "address"),
        ("Postadress", "address"),
        ("Postnr", "postal_code"),
        ("Post-nummer", "postal_code"),
        ("Postort", "city"),
        ("Region", "region"),
        ("Landsting/region", "region"),
        ("Driftsform", "ownership"),
        ("Privat/offentlig", "ownership"),
        ("Privat eller offentlig regi", "ownership"),
        ("Kommun", "municipality"),
        ("Kommunkod", "municipality"),
        ("RegSO", "regso"),
        ("RegSO-kod", "regso"),
        ("Antal listade", "listed"),
        ("Antal listade personer 2025-12-31", "listed"),
        ("Listade patienter", "listed"),
        ("Startdatum", "started_on"),
        ("Nedlagd (datum)", "closed_on"),
        ("Filial", "branch"),
        ("Filial/huvudenhet", "branch"),
        ("Filial (ja/nej)", "branch"),
        ("Verksamhetschef", "chief_name"),
        ("Verksamhetschefens namn", "chief_name"),
        ("Chef", "chief_name"),
        ("Enhetschef", "chief_name"),
        ("E-post verksamhetschef", "chief_email"),
        ("E-postadress till chefen", "chief_email"),
        ("Mejl chef", "chief_email"),
        ("chefsmejl", "chief_email"),
        ("Epost", "chief_email"),
        ("Manager e-mail", "chief_email"),
        ("Lokal chef", "local_head_name"),
        ("E-post lokal chef", "local_head_email"),
        ("Förnamn", "chief_given_name"),
        ("Chefens efternamn", "chief_family_name"),
        ("Kommuntyp", "class.municipality_type"),
        ("OMRÅDESTYP", "class.area_type"),
    ] {
        assert_eq!(meaning(heading).as_deref(), Some(field), "{heading}");
    }
}

#[test]
fn what_the_register_does_not_keep_is_left_alone() {
    for heading in [
        "Telefon chef",
        "Kommentar",
        "Organisationsnummer",
        "Webbplats vårdcentral",
        "Medicinskt ansvarig",
        "Löpnr",
        "Xyz",
    ] {
        assert_eq!(meaning(heading), None, "{heading}");
    }
}

#[test]
fn the_headings_are_found_below_any_preamble() {
    let headings = headings(
        "Region Skåne;;\nVårdcentraler i vårdvalet, uttag 2022-03-01;;\n\nKontakt: Eva;eva@example.se;\nEnhetsnamn;HSA-id;Ort\nÅsen;SE1;Lund\n",
    );
    assert_eq!((headings.row, headings.number), (3, 5));
    assert_eq!(headings.columns[2].examples, ["Lund"]);
}

#[test]
fn a_table_without_headings_is_left_to_the_user() {
    let table = table("Åsen;Lund\nBerg;Umeå\n");
    assert_eq!(find_headings(&table, &Remembered::new(), &classes()), None);
    let pointed_out = headings_at(&table, 0, &Remembered::new(), &classes()).unwrap();
    assert!(pointed_out.chosen().next().is_none());
}

#[test]
fn two_columns_that_may_both_be_meant_are_left_to_the_user() {
    assert_eq!(
        chosen("Vårdcentral;E-post;E-post\na;b;c\n"),
        [(0, "name".to_owned())]
    );
    let headings = headings("Vårdcentral;E-post;E-post\na;b;c\n");
    for column in &headings.columns[1..] {
        assert_eq!(column.suggestions[0].field, Field::ChiefEmail);
    }
}

#[test]
fn a_surer_heading_takes_a_field_from_a_less_sure_one() {
    assert_eq!(
        chosen(
            "Enhet;Enhetschef;E-post enhetschef;Verksamhetschef;E-post verksamhetschef\na;b;c;d;e\n"
        ),
        [
            (0, "name".to_owned()),
            (1, "local_head_name".to_owned()),
            (2, "local_head_email".to_owned()),
            (3, "chief_name".to_owned()),
            (4, "chief_email".to_owned()),
        ]
    );
    assert_eq!(
        chosen("Namn;Kommun;Kommunkod\na;b;c\n"),
        [(0, "name".to_owned()), (2, "municipality".to_owned())]
    );
}

#[test]
fn what_a_sender_meant_last_time_wins_over_every_guess() {
    let remembered = Remembered::from([
        (heading_key("Kontakt 1"), Some(Field::ChiefEmail)),
        (heading_key("E-post"), None),
        (heading_key("ENHET"), Some(Field::Key)),
    ]);
    let table = table("Enhet;Vårdcentral;E-post;Kontakt 1\na;b;c;d\n");
    let headings = find_headings(&table, &remembered, &classes()).unwrap();
    let chosen: Vec<_> = headings.chosen().collect();
    assert_eq!(
        chosen,
        [(0, Field::Key), (1, Field::Name), (3, Field::ChiefEmail)]
    );
    assert_eq!(
        headings.columns[0].suggestions[0].certainty,
        Certainty::Remembered
    );
}

#[test]
fn a_mapping_needs_names_and_a_region_and_each_field_once() {
    let faults = Mapping::new(
        0,
        3,
        [(1, Field::City), (2, Field::City), (7, Field::Key)],
        None,
    );
    assert_eq!(
        faults.unwrap_err(),
        [
            MappingFault::Twice {
                field: Field::City,
                columns: [1, 2]
            },
            MappingFault::NoSuchColumn { column: 7 },
            MappingFault::NameMissing,
            MappingFault::RegionMissing,
        ]
    );
    assert!(Mapping::new(0, 2, [(0, Field::Name), (1, Field::Municipality)], None).is_ok());
    let skane = register::values::Region::parse("Skåne");
    assert!(Mapping::new(0, 1, [(0, Field::Name)], skane).is_ok());
}

#[test]
fn every_field_is_remembered_by_its_key() {
    let class = Field::Class("area_type".to_owned());
    for field in Field::ALL.into_iter().chain([class]) {
        assert_eq!(Field::from_key(&field.key()), Some(field));
    }
    assert_eq!(Field::from_key("class."), None);
    assert_eq!(Field::from_key("colour"), None);
}
