//! What a file would change in the register.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use proptest::prelude::*;
use register::{
    Because, Change, Checked, Comparison, Field, KnownUnit, Scope, Unit, Unsure, compare, quiet,
    values::Region,
};
use support::{checked, from_region};

fn known(csv: &str) -> Vec<KnownUnit> {
    let checked = checked(csv);
    assert!(checked.faulty.is_empty(), "{:?}", checked.faults);
    checked
        .rows
        .into_iter()
        .enumerate()
        .map(|(index, row)| {
            let mut unit = row.unit;
            unit.key.get_or_insert_with(|| format!("made-{index}"));
            KnownUnit { unit, gone: false }
        })
        .collect()
}

fn compared(known: &[KnownUnit], checked: &Checked) -> Comparison {
    compare(known, checked, Scope::Country, &mut quiet)
}

fn change(field: Field, before: &str, after: &str) -> Change {
    let told = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Change {
        field,
        before: told(before),
        after: told(after),
    }
}

/// What accepting writes.
fn accepted(known: &[KnownUnit], checked: &Checked, comparison: &Comparison) -> Vec<KnownUnit> {
    let mut after = known.to_vec();
    for changed in &comparison.changed {
        after[changed.known].unit.apply(&changed.changes);
        after[changed.known].gone = false;
    }
    for gone in &comparison.gone {
        after[*gone].gone = true;
    }
    for new in &comparison.new {
        let row = &checked.rows[new.row];
        let mut unit = row.unit.clone();
        unit.key
            .get_or_insert_with(|| format!("new-{}", row.number));
        after.push(KnownUnit { unit, gone: false });
    }
    after
}

const REGISTER: &str = "HSA-id;Namn;Gatuadress;Postnr;Ort;Region;Listade;Chef;E-post chef\n\
    1;Åsens vårdcentral;Storgatan 1;22222;Lund;Skåne;8000;Eva Ek;eva@example.se\n\
    2;Bergs vårdcentral;Lillgatan 2;21111;Malmö;Skåne;7000;Bo By;bo@example.se\n\
    3;Centrum;Torget 3;30101;Halmstad;Halland;6000;Li Lo;li@example.se\n";

#[test]
fn what_is_changed_new_and_gone_is_told_field_by_field() {
    let known = known(REGISTER);
    let file = checked(
        "HSA-id;Namn;Ort;Region;Listade;Chef;E-post chef\n\
         1;Åsens vårdcentral;Lund;Skåne;8100;Per Pil;per@example.se\n\
         3;Centrum;Halmstad;Halland;6000;Li Lo;LI@example.se\n\
         4;Dals vårdcentral;Eslöv;Skåne;500;;\n",
    );
    let comparison = compared(&known, &file);
    assert_eq!(comparison.changed.len(), 1);
    let changed = &comparison.changed[0];
    assert_eq!(
        (changed.row, changed.known, changed.because),
        (0, 0, Because::SameKey)
    );
    assert_eq!(
        changed.changes,
        [
            change(Field::Listed, "8000", "8100"),
            change(Field::ChiefName, "Eva Ek", "Per Pil"),
            change(Field::ChiefEmail, "eva@example.se", "per@example.se"),
        ]
    );
    assert_eq!(comparison.unchanged.len(), 1);
    assert_eq!(comparison.new[0].row, 2);
    assert_eq!(comparison.gone, [1]);
    assert_eq!(comparison.unclear, []);
}

#[test]
fn an_empty_cell_says_nothing_but_a_new_address_takes_the_old_name_with_it() {
    let known = known(REGISTER);
    let file = checked(
        "HSA-id;Namn;Region;Listade;Chef;E-post chef\n1;Åsens vårdcentral;Skåne;;;\n2;Bergs vårdcentral;Skåne;;;ny@example.se\n3;Centrum;Halland;;Li Lo;\n",
    );
    let comparison = compared(&known, &file);
    assert_eq!(comparison.unchanged.len(), 2);
    assert_eq!(
        comparison.changed[0].changes,
        [
            change(Field::ChiefEmail, "bo@example.se", "ny@example.se"),
            change(Field::ChiefName, "Bo By", ""),
        ]
    );
}

#[test]
fn a_unit_without_a_key_is_known_by_its_name_and_region() {
    let known = known(REGISTER);
    let file = checked("Namn;Region;Listade\nÅSENS VÅRDCENTRAL;Skåne;8000\nCentrum;Skåne;1\n");
    let comparison = compared(&known, &file);
    assert_eq!(comparison.changed[0].because, Because::SameNameAndRegion);
    assert_eq!(comparison.changed[0].known, 0);
    // Centrum of Skåne is not Centrum of Halland.
    assert_eq!(comparison.new[0].row, 1);
    assert_eq!(comparison.gone, [1, 2]);
}

#[test]
fn a_new_name_at_the_same_address_is_likely_the_same_unit() {
    let known = known(REGISTER);
    let file =
        checked("HSA-id;Namn;Gatuadress;Postnr;Region\n9;Hälsoringen;Storgatan 1;222 22;Skåne\n");
    let comparison = compared(&known, &file);
    let changed = &comparison.changed[0];
    assert_eq!((changed.known, changed.because), (0, Because::SameAddress));
    assert_eq!(
        changed.changes,
        [
            change(Field::Key, "1", "9"),
            change(Field::Name, "Åsens vårdcentral", "Hälsoringen")
        ]
    );
}

#[test]
fn nearly_the_same_name_at_the_same_postal_code_is_likely_the_same_unit() {
    let known = known(REGISTER);
    let file =
        checked("Namn;Gatuadress;Postnr;Region\nVårdcentralen Åsen;Nya vägen 7;222 22;Skåne\n");
    let changed = &compared(&known, &file).changed[0];
    assert_eq!((changed.known, changed.because), (0, Because::SimilarName));
}

#[test]
fn what_may_be_several_is_left_to_a_person_and_nothing_is_gone_for_it() {
    let known = known(
        "HSA-id;Namn;Gatuadress;Postnr;Region\n1;Åsen;Storgatan 1;22222;Skåne\n2;Åsen;Lillgatan 2;23333;Skåne\n3;Dalen;Torget 1;24444;Skåne\n4;Eken;Torget 1;24444;Skåne\n",
    );
    let file =
        checked("Namn;Gatuadress;Postnr;Region\nÅsen;;;Skåne\nFuruhälsan;Torget 1;24444;Skåne\n");
    let comparison = compared(&known, &file);
    assert_eq!(comparison.unclear.len(), 2);
    assert_eq!(comparison.unclear[0].why, Unsure::Several(vec![0, 1]));
    assert_eq!(comparison.unclear[1].why, Unsure::Several(vec![2, 3]));
    assert_eq!((comparison.new.len(), comparison.gone.len()), (0, 0));
}

#[test]
fn namesakes_are_told_apart_by_where_they_lie() {
    let known = known(
        "HSA-id;Namn;Gatuadress;Postnr;Region\n1;Åsen;Storgatan 1;22222;Skåne\n2;Åsen;Lillgatan 2;23333;Skåne\n",
    );
    let file = checked(
        "Namn;Gatuadress;Postnr;Region\nÅsen;Lillgatan 2;23333;Skåne\nÅsen;Nygatan 3;22222;Skåne\n",
    );
    let comparison = compared(&known, &file);
    assert_eq!(comparison.unchanged[0].known, 1);
    assert_eq!(comparison.changed[0].known, 0);
}

#[test]
fn a_regions_file_says_nothing_of_other_regions() {
    let known = known(REGISTER);
    let skane = Region::parse("Skåne").unwrap();
    let file = from_region(
        "HSA-id;Namn\n1;Åsens vårdcentral\n3;Centrum\n",
        Some("Skåne"),
    );
    let comparison = compare(&known, &file, Scope::Region(skane), &mut quiet);
    assert_eq!(comparison.gone, [1]);
    assert_eq!(comparison.unclear[0].why, Unsure::OutsideScope(2));
}

#[test]
fn additions_make_nothing_gone() {
    let known = known(REGISTER);
    let file = checked("HSA-id;Namn;Region\n9;Nya;Skåne\n");
    let comparison = compare(&known, &file, Scope::Additions, &mut quiet);
    assert_eq!((comparison.new.len(), comparison.gone.len()), (1, 0));
}

#[test]
fn a_unit_whose_row_is_faulty_is_not_gone() {
    let known = known(REGISTER);
    let file = checked("HSA-id;Namn;Region\n1;;Skåne\n;Bergs vårdcentral;Norge\n");
    assert_eq!(file.faulty.len(), 2);
    assert_eq!(compared(&known, &file).gone, [2]);
}

#[test]
fn a_unit_that_was_gone_comes_back() {
    let mut known = known(REGISTER);
    known[0].gone = true;
    let comparison = compared(&known, &checked(REGISTER));
    assert_eq!(comparison.unchanged.len(), 2);
    assert!(comparison.changed[0].back);
    assert_eq!(comparison.changed[0].changes, []);
}

#[test]
fn a_branch_office_stays_one_unless_the_file_says_otherwise() {
    let known = known("HSA-id;Namn;Region;Filial\n1;Åsen;Skåne;ja\n");
    let silent = checked("HSA-id;Namn;Region\n1;Åsen;Skåne\n");
    assert_eq!(compared(&known, &silent).unchanged.len(), 1);
    let told = checked("HSA-id;Namn;Region;Filial\n1;Åsen;Skåne;nej\n");
    assert_eq!(
        compared(&known, &told).changed[0].changes,
        [change(Field::Branch, "true", "")]
    );
}

/// Units as a register may know them: few names, so that they meet.
fn units() -> impl Strategy<Value = Vec<Unit>> {
    let unit = (
        prop::sample::select(vec![
            "Åsen",
            "Bergs vårdcentral",
            "Vårdcentralen Berg",
            "Dal 1",
            "Dal 2",
        ]),
        prop::sample::select(vec!["", "Storgatan 1", "Torget 2"]),
        prop::sample::select(vec!["", "222 22", "233 33"]),
        prop::sample::select(vec!["Region Skåne", "Region Halland"]),
        prop::option::of(1_u32..99_999),
        prop::sample::select(vec!["", "eva@example.se", "bo@example.se"]),
        any::<bool>(),
    );
    prop::collection::vec(unit, 0..25).prop_map(|units| {
        units
            .into_iter()
            .enumerate()
            .map(
                |(index, (name, address, postal, region, listed, email, branch))| {
                    let mut unit = Unit {
                        key: Some(format!("vc-{index:04}")),
                        name: name.to_owned(),
                        address: address.to_owned(),
                        postal_code: postal.to_owned(),
                        region: region.to_owned(),
                        listed,
                        branch,
                        ..Unit::default()
                    };
                    unit.set(
                        &Field::ChiefEmail,
                        Some(email).filter(|email| !email.is_empty()),
                    );
                    unit
                },
            )
            .collect()
    })
}

fn exported(units: &[Unit], with_keys: bool) -> String {
    let mut csv = "HSA-id;Namn;Gatuadress;Postnr;Region;Listade;E-post chef;Filial\n".to_owned();
    for unit in units {
        let get = |field| unit.get(&field).unwrap_or_default().into_owned();
        let key = if with_keys {
            get(Field::Key)
        } else {
            String::new()
        };
        csv += &[
            key,
            get(Field::Name),
            get(Field::Address),
            get(Field::PostalCode),
            get(Field::Region),
            get(Field::Listed),
            get(Field::ChiefEmail),
            (if unit.branch { "ja" } else { "nej" }).to_owned(),
        ]
        .join(";");
        csv += "\n";
    }
    csv
}

fn registered(units: Vec<Unit>) -> Vec<KnownUnit> {
    units
        .into_iter()
        .map(|unit| KnownUnit { unit, gone: false })
        .collect()
}

/// A comparison by keys and row numbers, so that the order of rows does not show.
fn in_order(comparison: &Comparison, checked: &Checked) -> Vec<String> {
    let row = |row: usize| &checked.rows[row].unit.key;
    let mut told: Vec<String> = comparison
        .new
        .iter()
        .map(|new| format!("new {:?}", row(new.row)))
        .chain(comparison.changed.iter().map(|changed| {
            format!(
                "{:?} {} {:?}",
                row(changed.row),
                changed.known,
                changed.changes
            )
        }))
        .chain(
            comparison
                .unchanged
                .iter()
                .map(|pair| format!("{:?} {}", row(pair.row), pair.known)),
        )
        .chain(
            comparison
                .unclear
                .iter()
                .map(|unclear| format!("{:?} {:?}", row(unclear.row), unclear.why)),
        )
        .chain(comparison.gone.iter().map(|gone| format!("gone {gone}")))
        .collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_register_differs_in_nothing_from_its_own_export(units in units()) {
        let known = registered(units.clone());
        let file = checked(&exported(&units, true));
        let comparison = compared(&known, &file);
        prop_assert_eq!(comparison.unchanged.len(), known.len());
        prop_assert!(comparison.changed.is_empty() && comparison.new.is_empty());
        prop_assert!(comparison.gone.is_empty() && comparison.unclear.is_empty());
    }

    #[test]
    fn an_accepted_file_changes_nothing_when_it_comes_again(
        before in units(), after in units(), country in any::<bool>(),
    ) {
        let known = registered(before);
        let file = checked(&exported(&after, true));
        let scope = if country { Scope::Country } else { Scope::Additions };
        let first = compare(&known, &file, scope, &mut quiet);
        let stored = accepted(&known, &file, &first);
        let again = compare(&stored, &file, scope, &mut quiet);
        prop_assert!(again.new.is_empty() && again.changed.is_empty() && again.gone.is_empty(), "{again:?}");
    }

    #[test]
    fn the_order_of_rows_does_not_matter(before in units(), after in units(), turn in 0_usize..25) {
        let known = registered(before);
        let mut turned = after.clone();
        turned.reverse();
        if !turned.is_empty() {
            let turn = turn % turned.len();
            turned.rotate_left(turn);
        }
        let (one, other) = (checked(&exported(&after, true)), checked(&exported(&turned, true)));
        prop_assert_eq!(
            in_order(&compared(&known, &one), &one),
            in_order(&compared(&known, &other), &other)
        );
    }

    #[test]
    fn every_row_and_every_unit_is_accounted_for_once(before in units(), after in units(), with_keys in any::<bool>()) {
        let known = registered(before);
        let file = checked(&exported(&after, with_keys));
        let comparison = compared(&known, &file);
        let mut rows: Vec<usize> = comparison.new.iter().map(|new| new.row)
            .chain(comparison.changed.iter().map(|changed| changed.row))
            .chain(comparison.unchanged.iter().map(|pair| pair.row))
            .chain(comparison.unclear.iter().map(|unclear| unclear.row))
            .collect();
        rows.sort_unstable();
        prop_assert_eq!(rows, (0..file.rows.len()).collect::<Vec<_>>());
        let mut units: Vec<usize> = comparison.changed.iter().map(|changed| changed.known)
            .chain(comparison.unchanged.iter().map(|pair| pair.known))
            .chain(comparison.gone.iter().copied())
            .collect();
        let count = units.len();
        units.sort_unstable();
        units.dedup();
        prop_assert_eq!(units.len(), count);
    }
}
