//! Rows of a region's file, and what is wrong with them.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use register::{Field, Severity, Unit};
use support::{checked, faults, from_region};

fn unit(csv: &str) -> Unit {
    let checked = checked(csv);
    assert_eq!(checked.faulty, [], "{:?}", checked.faults);
    checked.rows[0].unit.clone()
}

fn get(unit: &Unit, field: &Field) -> String {
    unit.get(field).unwrap_or_default().into_owned()
}

#[test]
fn a_whole_row_becomes_a_unit_in_the_registers_own_writing() {
    let unit = unit(
        "HSA-id;Vårdcentral;Gatuadress;Postnr;Postort;Region;Driftsform;Kommunkod;RegSO;Antal listade;Startdatum;Nedlagd;Filial;Verksamhetschef;E-post verksamhetschef;Lokal chef;E-post lokal chef;Kommuntyp;Områdestyp\n\
         SE2321-1A; Åsens   vårdcentral ;Storgatan 1;24512;Staffanstorp;skåne;Privat;1230;1230r001;8 500;2001-02-03;20231231;nej;Eva  Ek;Eva.Ek@Example.se;Bo By;bo@example.se;Storstadskommuner;2\n",
    );
    for (field, value) in [
        (Field::Key, "SE2321-1A"),
        (Field::Name, "Åsens vårdcentral"),
        (Field::Address, "Storgatan 1"),
        (Field::PostalCode, "245 12"),
        (Field::City, "Staffanstorp"),
        (Field::Region, "Region Skåne"),
        (Field::Ownership, "private"),
        (Field::Municipality, "1230"),
        (Field::Regso, "1230R001"),
        (Field::Listed, "8500"),
        (Field::StartedOn, "2001-02-03"),
        (Field::ClosedOn, "2023-12-31"),
        (Field::Branch, ""),
        (Field::ChiefName, "Eva Ek"),
        (Field::ChiefEmail, "Eva.Ek@example.se"),
        (Field::LocalHeadName, "Bo By"),
        (Field::LocalHeadEmail, "bo@example.se"),
        (Field::Class("municipality_type".to_owned()), "metropolitan"),
        (Field::Class("area_type".to_owned()), "2"),
    ] {
        assert_eq!(get(&unit, &field), value, "{field}");
    }
    let mut copy = Unit::default();
    for field in Field::ALL
        .into_iter()
        .chain(unit.classes.keys().cloned().map(Field::Class))
    {
        copy.set(&field, unit.get(&field).as_deref());
    }
    assert_eq!(copy, unit);
}

#[test]
fn the_region_comes_from_its_column_the_sender_or_the_municipality() {
    let region = |csv, sender| from_region(csv, sender).rows[0].unit.region.clone();
    assert_eq!(
        region("Namn;Region\nÅsen;VGR\n", None),
        "Västra Götalandsregionen"
    );
    assert_eq!(
        region("Namn;Ort\nÅsen;Lund\n", Some("Skåne")),
        "Region Skåne"
    );
    assert_eq!(
        region("Namn;Region\nÅsen;Sydväst\n", Some("Skåne")),
        "Region Skåne"
    );
    assert_eq!(region("Namn;Kommun\nÅsen;Lund\n", None), "Region Skåne");
}

#[test]
fn a_row_that_cannot_be_taken_says_why_and_where() {
    let checked = checked(
        "Namn;Region;Ort\n;Skåne;Lund\nÅsen;;Lund\nBerg;Norge;Oslo\n=1+1;Skåne;Lund\nSumma;Skåne;\nDal;Skåne;Lund\n",
    );
    assert_eq!(
        faults(&checked),
        [
            "2 name_missing",
            "3 region_missing",
            "4 region_unknown",
            "5 looks_like_formula",
            "6 sum"
        ]
    );
    assert_eq!(checked.rows.len(), 1);
    assert_eq!(checked.faulty.len(), 5);
    let fault = &checked.faults_of(4)[0];
    assert_eq!(fault.problem.severity(), Severity::Error);
    assert_eq!(fault.value, "Norge");
    let column = fault.column.as_ref().unwrap();
    assert_eq!(
        (column.letters(), &*column.title),
        ("B".to_owned(), "Region")
    );
    assert!(checked.faults_of(7).is_empty());
}

#[test]
fn columns_are_lettered_as_in_excel() {
    for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
        let column = register::ColumnRef {
            index,
            title: String::new(),
        };
        assert_eq!(column.letters(), letters);
    }
}

#[test]
fn a_regions_file_tells_of_no_other_region() {
    let checked = from_region("Namn;Region\nÅsen;Skåne\nBerg;Halland\n", Some("Skåne"));
    assert_eq!(faults(&checked), ["3 outside_scope"]);
}

#[test]
fn a_wrong_value_is_left_out_and_the_row_is_taken() {
    let checked = checked(
        "Namn;Region;Postnr;Driftsform;Kommun;RegSO;Listade;Start;Nedlagd;Filial;E-post chef;Kommuntyp\n\
         Åsen;Skåne;12;kanske;Atlantis;x;många;i våras;2022-02-30;delvis;ring oss;Öken\n\
         Berg;Skåne;22222;Privat;Umeå;1281R001;10;2022-05-01;2022-04-01;ja;eva@example.se;Storstadskommuner\n",
    );
    assert_eq!(
        faults(&checked),
        [
            "2 branch_unknown",
            "2 municipality_unknown",
            "2 postal_code_invalid",
            "2 ownership_unknown",
            "2 regso_invalid",
            "2 listed_invalid",
            "2 date_invalid",
            "2 date_invalid",
            "2 class_unknown",
            "2 email_invalid",
            "3 municipality_elsewhere",
            "3 closed_before_started",
        ]
    );
    assert_eq!(checked.rows.len(), 2);
    let first = &checked.rows[0].unit;
    assert_eq!(first.chief.email, None);
    assert_eq!(first.listed, None);
    assert_eq!(checked.rows[1].unit.municipality, None);
}

#[test]
fn the_chiefs_address_is_found_in_whatever_the_cell_holds() {
    let checked = checked(
        "Namn;Region;Chef;E-post chef\n\
         A;Skåne;Eva Ek;eva.ek @example.se\n\
         B;Skåne;Eva Ek;eva@example.se; \n\
         C;Skåne;Eva Ek;eva@example.se, bo@example.se\n\
         D;Skåne;Eva Ek;\n\
         E;Skåne;Eva Ek <eva@example.se>;\n\
         F;Skåne;Eva Ek;åsa.öberg@example.se\n\
         G;Skåne;Eva Ek;-\n",
    );
    let emails: Vec<&str> = checked
        .rows
        .iter()
        .map(|row| {
            row.unit
                .chief
                .email
                .as_ref()
                .map_or("", |email| email.as_str())
        })
        .collect();
    assert_eq!(
        emails,
        [
            "eva.ek@example.se",
            "eva@example.se",
            "eva@example.se",
            "",
            "eva@example.se",
            "",
            ""
        ]
    );
    assert_eq!(
        faults(&checked),
        [
            "2 email_mended",
            "4 several_emails",
            "5 chief_email_missing",
            "7 email_letters",
            "8 chief_email_missing",
        ]
    );
    assert_eq!(checked.rows[2].further_emails[0].as_str(), "bo@example.se");
    assert_eq!(checked.rows[4].unit.chief.name, "Eva Ek");
    assert_eq!(
        checked.faults_of(7)[0].problem.to_string(),
        "the e-mail address has letters other than a-z, which hardly any mail server takes; should it be asa.oberg@example.se?"
    );
}

#[test]
fn a_chief_in_two_columns_is_one_name() {
    let unit = unit("Namn;Region;Chefens förnamn;Chefens efternamn\nÅsen;Skåne;Eva;Ek\n");
    assert_eq!(unit.chief.name, "Eva Ek");
}

#[test]
fn branch_offices_are_known_by_column_or_name() {
    let checked = checked(
        "Namn;Region;Filial\nÅsen;Skåne;ja\nBergs vc filial Dal;Skåne;\nDals filial;Skåne;nej\nEka;Skåne;\n",
    );
    let branches: Vec<(bool, bool)> = checked
        .rows
        .iter()
        .map(|row| (row.unit.branch, row.tells_branch))
        .collect();
    assert_eq!(
        branches,
        [(true, true), (true, true), (false, true), (false, false)]
    );
    assert_eq!(faults(&checked), ["3 branch_by_name"]);
}

#[test]
fn the_same_row_twice_counts_once() {
    let checked = checked("HSA-id;Namn;Region\n1;Åsen;Skåne\n1;Åsen;Skåne\n");
    assert_eq!((checked.rows.len(), checked.repeated), (1, 1));
    assert_eq!(faults(&checked), ["3 same_row_twice"]);
}

#[test]
fn rows_that_contradict_each_other_are_left_to_a_person() {
    let checked = checked(
        "HSA-id;Namn;Gatuadress;Region;Listade\n\
         1;Åsen;Storgatan 1;Skåne;10\n\
         1;Åsen;Storgatan 1;Skåne;20\n\
         ;Åsen;Storgatan 1;Skåne;10\n\
         2;Åsen;Storgatan 1;Skåne;10\n\
         3;Åsen;Storgatan 1;Halland;10\n",
    );
    assert_eq!(
        faults(&checked),
        ["3 key_twice", "4 unit_twice", "5 nearly_same_name"]
    );
    assert_eq!(checked.rows.len(), 3);
}

#[test]
fn nearly_the_same_name_in_the_same_place_is_worth_a_look() {
    let checked = checked(
        "Namn;Region;Postnr;Ort\n\
         Åsens vårdcentral;Skåne;22222;Lund\n\
         Vårdcentralen Åsen;Skåne;22223;Lund\n\
         Kirsebergs vårdcentral;Skåne;21220;Malmö\n\
         Kirsebrgs vårdcentral;Skåne;21220;Malmö\n\
         Capio Citykliniken 1;Skåne;21111;Malmö\n\
         Capio Citykliniken 2;Skåne;21111;Malmö\n\
         Åsens vårdcentral filial;Skåne;22222;Lund\n",
    );
    let near: Vec<String> = faults(&checked)
        .into_iter()
        .filter(|fault| fault.ends_with("nearly_same_name"))
        .collect();
    assert_eq!(near, ["3 nearly_same_name", "5 nearly_same_name"]);
    assert_eq!(checked.rows.len(), 7);
}

#[test]
fn rows_that_say_nothing_and_headings_that_come_again_are_passed_over() {
    let checked = checked(
        "Namn;Region;Kommentar\nÅsen;Skåne;\n;;slut på sidan\nNamn;Region;Kommentar\nBerg;Skåne;\n",
    );
    assert_eq!(checked.rows.len(), 2);
    assert_eq!(checked.faults, []);
}
