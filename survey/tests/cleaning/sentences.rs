//! What an editor reads about what a rule found.

use super::support::{RULES, cleaned, given, staffed};
use survey::{
    checks::Confirmed,
    cleaning::{Confirmation, Raw},
    text::Language,
};

/// Of the ledger, then of what is asked, each sentence once.
fn sentences(raw: &Raw, language: Language) -> Vec<String> {
    let result = cleaned(raw);
    let done = result
        .ledger
        .iter()
        .map(|entry| (&entry.rule, &entry.evidence));
    let asked = result
        .queries
        .iter()
        .map(|query| (&query.rule, &query.evidence));
    let mut sentences = Vec::new();
    for (rule, evidence) in done.chain(asked) {
        let sentence = RULES.sentence(rule, evidence, language);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    sentences
}

/// But for that a text reads as a number.
fn swedish(raw: &Raw) -> Vec<String> {
    let mut sentences = sentences(raw, Language::Swedish);
    sentences.retain(|sentence| !sentence.starts_with("Texten läses"));
    sentences
}

const ORDINARY: [(&str, &str); 5] = [
    ("5", "4,1"),
    ("6", "4,5"),
    ("4", "3,2"),
    ("4", "3,3"),
    ("4", "2,9"),
];

fn with(row: (&str, &str)) -> Raw {
    staffed(&[&ORDINARY[..], &[row]].concat())
}

#[test]
fn one_row_in_percent_is_told_by_what_it_comes_to() {
    assert_eq!(
        swedish(&with(("2", "150"))),
        [
            "”150”, läst som procent av en heltid, blir 1,5. Det är rimligare på den raden.",
            "Rutan är tom men frågan är besvarad för andra yrkeskategorier. Värdet är noll.",
        ]
    );
}

#[test]
fn one_row_with_its_columns_swapped_is_told_by_what_it_comes_to() {
    assert_eq!(
        swedish(&with(("1,5", "2")))[0],
        "”1,5” i personer bredvid ”2” i tjänster är ovanligt. Ombytta blir personerna 2 och tjänsterna 1,5."
    );
}

#[test]
fn swapped_columns_are_counted_where_they_make_a_difference() {
    let rows = [
        ("4,1", "5"),
        ("4,5", "6"),
        ("1", "1"),
        ("3,3", "4"),
        ("2", "2"),
    ];
    assert_eq!(
        swedish(&staffed(&rows))[0],
        "I 3 av de 3 rader där personer och tjänster skiljer sig åt är tjänsterna fler eller personerna inte hela. Med \
         ombytta kolumner ger svaret 82 % sysselsättningsgrad."
    );
}

#[test]
fn averages_are_counted_with_those_of_one_person() {
    let rows = [
        ("5", "0,8"),
        ("14", "0,8"),
        ("9", "0,75"),
        ("1", "0,5"),
        ("1", "1"),
        ("3", "0,65"),
    ];
    assert_eq!(
        swedish(&staffed(&rows))[0],
        "6 av 6 rutor är högst 1 oavsett antalet personer, vilket som summa ger 13 % sysselsättningsgrad. Lästa som tjänst \
         per person ger de 76 %."
    );
}

#[test]
fn what_all_rows_share_is_no_range() {
    let raw = staffed(&[
        ("1", "36"),
        ("2", "72"),
        ("3", "108"),
        ("4", "144"),
        ("1", "36"),
    ]);
    let sentences = swedish(&raw);
    assert!(
        !sentences.iter().any(|one| one.contains("mellan 36 och 36")),
        "{sentences:?}"
    );
}

#[test]
fn an_english_reader_has_english_numbers() {
    assert_eq!(
        sentences(&with(("2", "150")), Language::English)[0],
        "“150”, read as percent of a full-time post, comes to 1.5. That is more plausible in that row."
    );
    let percent = [("4", "350"), ("2", "150"), ("6", "425"), ("3", "220")];
    assert_eq!(
        sentences(&staffed(&percent), Language::English)[0],
        "4 of 4 posts lie between 70.8 and 87.5 times the number of people. Read as percent the answer gives an employment \
         rate of 76%."
    );
}

#[test]
fn a_row_that_may_be_a_sum_is_not_said_to_be_the_first() {
    let rows = [
        ("5", "4,1"),
        ("6", "4,5"),
        ("4", "3,2"),
        ("4", "3,3"),
        ("4", "2,9"),
        ("23", "18"),
    ];
    assert!(
        swedish(&staffed(&rows)).contains(
            &"”23” personer och ”18” tjänster ser ut att vara summan av de andra raderna, eller att gälla hela vårdcentralen."
                .to_owned()
        )
    );
}

#[test]
fn where_the_persons_are_not_known_there_is_a_sentence_all_the_same() {
    let raw = given(&[("gp_specialist_temp_fte", "75")]);
    for sentence in swedish(&raw) {
        assert!(
            sentence.ends_with(['.', '?']) && !sentence.contains(['{', '}']),
            "{sentence}"
        );
    }
}

#[test]
fn what_is_asked_about_is_told_with_all_that_spoke_for_it_before_the_rest_was_mended() {
    let mut raw = staffed(&[("4", "350"), ("2", "150"), ("6", "425"), ("3", "220")]);
    raw.confirmations.push(Confirmation {
        confirmed: Confirmed {
            rule: "posts_in_percent".to_owned(),
            scope: "gp_specialist_fte".to_owned(),
            about: "gp_specialist_fte=350".to_owned(),
        },
        reason: String::new(),
    });
    let result = cleaned(&raw);
    let query = &result.queries[0];
    assert_eq!(query.variables, ["gp_specialist_fte"]);
    let sentence = RULES.sentence(&query.rule, &query.evidence, Language::Swedish);
    assert!(sentence.starts_with("4 av 4 tjänster"), "{sentence}");
}

#[test]
fn residents_are_not_held_against_less_than_one_employee() {
    // Half a post, of nobody knows how many.
    let half = given(&[("gp_specialist_fte", "0,5"), ("listed", "8,5")]);
    let sentences = swedish(&half);
    assert!(
        sentences.iter().any(|one| one.contains("listade"))
            && !sentences.iter().any(|one| one.contains(" 0 anställda")),
        "{sentences:?}"
    );
}
