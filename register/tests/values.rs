//! What cells say.

use proptest::prelude::*;
use register::values::{
    Date, Email, Ownership, Region, name_tells_branch, read_addresses, read_count,
    read_municipality, read_postal, read_regso, read_yes,
};

#[test]
fn the_21_regions_are_known_in_their_spellings() {
    assert_eq!(Region::all().count(), 21);
    for region in Region::all() {
        assert_eq!(Region::parse(region.name()), Some(region));
        assert_eq!(Region::parse(region.code()), Some(region));
        assert_eq!(Region::from_code(region.code()), Some(region));
    }
    for (text, name) in [
        ("stockholm", "Region Stockholm"),
        ("Stockholms läns landsting", "Region Stockholm"),
        ("SLL", "Region Stockholm"),
        ("1", "Region Stockholm"),
        ("01 Stockholm", "Region Stockholm"),
        ("Södermanland", "Region Sörmland"),
        ("Landstinget Sörmland", "Region Sörmland"),
        ("REGION JÖNKÖPINGS LÄN", "Region Jönköping"),
        ("Jonkopings lan", "Region Jönköping"),
        ("Region Kalmar län", "Region Kalmar"),
        ("Region Örebro län", "Region Örebro"),
        ("VGR", "Västra Götalandsregionen"),
        ("Västra Götaland", "Västra Götalandsregionen"),
        ("Region Jämtland/Härjedalen", "Region Jämtland Härjedalen"),
        ("Jämtlands län", "Region Jämtland Härjedalen"),
    ] {
        assert_eq!(Region::parse(text).map(Region::name), Some(name), "{text}");
    }
    for text in ["", "Region", "Norge", "02", "26", "01 Skåne", "Region Syd"] {
        assert_eq!(Region::parse(text), None, "{text}");
    }
}

#[test]
fn municipalities_are_known_by_code_or_name() {
    for (text, code) in [
        ("0180", "0180"),
        ("180", "0180"),
        ("0180 Stockholm", "0180"),
        ("Stockholm", "0180"),
        ("Stockholms kommun", "0180"),
        ("Göteborgs stad", "1480"),
        ("göteborg", "1480"),
        ("GOTEBORG", "1480"),
        ("Upplands-Bro", "0139"),
        ("Upplands Bro", "0139"),
        ("Habo", "0643"),
        ("Håbo", "0305"),
        ("Borås", "1490"),
        ("2584", "2584"),
    ] {
        assert_eq!(read_municipality(text).as_deref(), Some(code), "{text}");
    }
    for text in ["", "9999", "18", "01800", "Oslo"] {
        assert_eq!(read_municipality(text), None, "{text}");
    }
}

#[test]
fn every_municipality_lies_in_a_region_and_there_are_290() {
    let codes: Vec<String> = (0..10_000)
        .filter_map(|code| read_municipality(&format!("{code:04}")))
        .collect();
    assert_eq!(codes.len(), 290);
    assert!(
        codes
            .iter()
            .all(|code| Region::of_municipality(code).is_some())
    );
}

#[test]
fn counts_are_read_as_people_write_them() {
    for (text, count) in [
        ("8500", 8500),
        ("8 500", 8500),
        ("8\u{a0}500", 8500),
        ("8\u{202f}500", 8500),
        ("8.500", 8500),
        ("8,500", 8500),
        ("8500,0", 8500),
        ("8500.00", 8500),
        ("8.500,0", 8500),
        ("12'345", 12345),
        ("1.234.567", 1_234_567),
        ("0", 0),
    ] {
        assert_eq!(read_count(text), Some(count), "{text}");
    }
    for text in [
        "",
        "-1",
        "8,5",
        "8500,5",
        "ca 8500",
        "1.23.456",
        "8.500.0",
        "12345678901",
        ",0",
        ".",
        "8500 st",
    ] {
        assert_eq!(read_count(text), None, "{text}");
    }
}

#[test]
fn postal_codes_are_read_with_and_without_a_place() {
    let read = |text| read_postal(text).map(|postal| (postal.code, postal.place));
    let code = |place: Option<&str>| Some(("123 45".to_owned(), place.map(str::to_owned)));
    for text in [
        "12345",
        "123 45",
        "SE-123 45",
        "S 12345",
        " 123\u{a0}45 ",
        "1 2 3 4 5",
    ] {
        assert_eq!(read(text), code(None), "{text}");
    }
    assert_eq!(read("123 45 Umeå"), code(Some("Umeå")));
    assert_eq!(read("12345, Umeå"), code(Some("Umeå")));
    for text in [
        "",
        "1234",
        "123456",
        "023 45",
        "Umeå",
        "123 45 2 tr",
        "SE12",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn dates_are_read_as_written_in_sweden_and_by_excel() {
    for text in [
        "2022-04-05",
        "2022/4/5",
        "20220405",
        "2022-04-05 00:00:00",
        "2022-04-05T12:30",
        "5/4 2022",
        "5.4.2022",
        "5 april 2022",
        "5 apr. 2022",
        "05-04-2022",
    ] {
        let date = Date::parse(text).map(|date| date.to_string());
        assert_eq!(date.as_deref(), Some("2022-04-05"), "{text}");
    }
    for text in [
        "",
        "2022",
        "2022-13-01",
        "2022-02-30",
        "220405",
        "31/4 2022",
        "1899-12-31",
        "i våras",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
    assert!(Date::new(2024, 2, 29).is_some());
    assert!(Date::new(2023, 2, 29).is_none());
}

#[test]
fn ownership_and_branches_are_told_by_words() {
    for text in ["Privat", "privat regi", "AB", "Extern"] {
        assert_eq!(Ownership::parse(text), Some(Ownership::Private), "{text}");
    }
    for text in ["Offentlig", "Region", "egen regi", "Landstinget"] {
        assert_eq!(Ownership::parse(text), Some(Ownership::Public), "{text}");
    }
    assert_eq!(Ownership::parse("kanske"), None);
    assert_eq!(read_yes("Ja"), Some(true));
    assert_eq!(read_yes("Huvudenhet"), Some(false));
    assert_eq!(read_yes("vet ej"), None);
    assert!(name_tells_branch("Åsens vårdcentral, filial Berg"));
    assert!(!name_tells_branch("Filialgatans vårdcentral"));
}

#[test]
fn regso_codes_are_mended_where_only_writing_is_wrong() {
    for text in ["0180R001", "0180r001", "0180 R 001", "180R001"] {
        assert_eq!(read_regso(text).as_deref(), Some("0180R001"), "{text}");
    }
    for text in ["", "0180", "0180A001", "0180R01", "åäöR001"] {
        assert_eq!(read_regso(text), None, "{text}");
    }
}

#[test]
fn addresses_are_read_as_people_paste_them() {
    for (cell, expected) in [
        ("eva.ek@example.se", &["eva.ek@example.se"][..]),
        (" Eva.Ek@Example.SE ", &["Eva.Ek@example.se"]),
        ("eva.ek @example.se", &["eva.ek@example.se"]),
        ("eva.ek@ example .se", &["eva.ek@example.se"]),
        ("mailto:eva.ek@example.se", &["eva.ek@example.se"]),
        ("Eva Ek <eva.ek@example.se>", &["eva.ek@example.se"]),
        ("<eva.ek@example.se>;", &["eva.ek@example.se"]),
        ("eva.ek@example.se.", &["eva.ek@example.se"]),
        ("Eva Ek, eva.ek@example.se", &["eva.ek@example.se"]),
        ("eva\u{200b}.ek@example.se", &["eva.ek@example.se"]),
        (
            "eva.ek@example.se; bo@example.se",
            &["eva.ek@example.se", "bo@example.se"],
        ),
        (
            "eva.ek@example.se/bo@example.se",
            &["eva.ek@example.se", "bo@example.se"],
        ),
        (
            "eva.ek@example.se bo@example.se\nEVA.EK@example.se",
            &["eva.ek@example.se", "bo@example.se"],
        ),
    ] {
        let valid: Vec<String> = read_addresses(cell)
            .valid
            .iter()
            .map(Email::to_string)
            .collect();
        assert_eq!(valid, expected, "{cell}");
    }
}

#[test]
fn what_is_no_address_is_none() {
    for text in [
        "",
        "eva",
        "eva@",
        "@example.se",
        "eva@example",
        "eva@@example.se",
        "eva@example..se",
        "eva@-example.se",
        ".eva@example.se",
        "eva@example.s",
        "eva@example.123",
        "åsa@example.se",
        "eva@exämple.se",
        "eva@example.se\r\nBcc: x@example.se",
        "eva ek@example.se",
        "\"eva\"@example.se",
    ] {
        assert_eq!(Email::parse(text), None, "{text:?}");
    }
    let invalid = read_addresses("ring växeln").invalid;
    assert_eq!(invalid.len(), 1);
    assert!(read_addresses("-").valid.is_empty());
}

proptest! {
    #[test]
    fn an_address_never_holds_what_a_mail_header_would_break_on(text in ".{0,60}") {
        for email in read_addresses(&text).valid {
            let clean = |c: char| c.is_ascii_graphic() && !"<>()[]\",;: \r\n".contains(c);
            prop_assert!(email.as_str().chars().all(clean));
            prop_assert_eq!(Email::parse(email.as_str()), Some(email.clone()));
            prop_assert!(!email.domain().is_empty());
        }
    }

    #[test]
    fn values_read_anything_without_a_panic_and_write_what_they_read(text in "\\PC{0,30}") {
        read_count(&text);
        read_municipality(&text);
        Ownership::parse(&text);
        Region::parse(&text);
        if let Some(date) = Date::parse(&text) {
            prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
        }
        if let Some(postal) = read_postal(&text) {
            let again = read_postal(&postal.code).map(|postal| postal.code);
            prop_assert_eq!(again, Some(postal.code));
        }
        if let Some(regso) = read_regso(&text) {
            prop_assert_eq!(read_regso(&regso), Some(regso));
        }
    }

    #[test]
    fn a_day_is_read_back_from_its_iso_writing(year in 1900_u16..2200, month in 1_u8..13, day in 1_u8..29) {
        let date = Date::new(year, month, day).unwrap();
        prop_assert_eq!(Date::from_iso(&date.to_string()), Some(date));
    }
}
