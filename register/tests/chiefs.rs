//! One chief over many centres.

mod support;

use register::{Unit, chiefs_of_many};
use support::checked;

fn units(csv: &str) -> Vec<Unit> {
    checked(csv).rows.into_iter().map(|row| row.unit).collect()
}

const HEADINGS: &str = "Namn;Region;Chef;E-post chef;E-post lokal chef;Filial\n";

#[test]
fn local_heads_are_proposed_for_a_chief_of_five_and_missing_addresses_are_listed() {
    let units = units(&format!(
        "{HEADINGS}A;Skåne;Eva Ek;eva@example.se;a@example.se;\nB;Skåne;Eva Ek;EVA@example.se;;\nC;Skåne;Eva  Ek;eva@example.se;c@example.se;\nD;Skåne;E Ek;eva@example.se;eva@example.se;\nE;Skåne;Eva Ek;;;\nF;Skåne;Bo By;bo@example.se;;\n"
    ));
    let chiefs = chiefs_of_many(&units, 4);
    assert_eq!(chiefs.len(), 1);
    let eva = &chiefs[0];
    assert_eq!(eva.chief.name, "Eva Ek");
    assert_eq!(eva.units, [0, 1, 2, 3, 4]);
    let heads: Vec<(usize, &str)> = eva
        .local_heads
        .iter()
        .map(|(unit, email)| (*unit, email.as_str()))
        .collect();
    assert_eq!(heads, [(0, "a@example.se"), (2, "c@example.se")]);
    // The chief's own address is no local head's.
    assert_eq!(eva.missing, [1, 3, 4]);
}

#[test]
fn four_centres_are_not_too_many_and_branch_offices_do_not_count() {
    let units = units(&format!(
        "{HEADINGS}A;Skåne;Eva Ek;eva@example.se;;\nB;Skåne;Eva Ek;eva@example.se;;\nC;Skåne;Eva Ek;eva@example.se;;\nD;Skåne;Eva Ek;eva@example.se;;\nE;Skåne;Eva Ek;eva@example.se;;ja\n"
    ));
    assert_eq!(chiefs_of_many(&units, 4), []);
    assert_eq!(chiefs_of_many(&units, 3).len(), 1);
}

#[test]
fn namesakes_with_addresses_of_their_own_are_two_persons() {
    let units = units(&format!(
        "{HEADINGS}A;Skåne;Eva Ek;eva1@example.se;;\nB;Skåne;Eva Ek;eva1@example.se;;\nC;Skåne;Eva Ek;eva2@example.se;;\nD;Halland;Eva Ek;;;\nE;Skåne;Eva Ek;;;\n"
    ));
    let groups: Vec<Vec<usize>> = chiefs_of_many(&units, 0)
        .into_iter()
        .map(|chief| chief.units)
        .collect();
    // Without an address nobody knows which of the two it is.
    assert_eq!(groups.len(), 4);
    assert_eq!(groups[0], [0, 1]);
}
