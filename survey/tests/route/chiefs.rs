//! The ways through the chiefs' questionnaire of 2022.

use survey::{
    register::Register,
    route::{Route, route, variables_of},
};

use crate::support::{CHIEFS, answers, chief, loaded, numbers, ordinary, rural};

const YES_TO_ALL: [(&str, &str); 3] =
    [("need", "yes"), ("prevention", "bad"), ("interview", "yes")];

fn way(register: &Register, given: &[(&str, &str)]) -> Route<'static> {
    route(&CHIEFS, register, &answers(given))
}

fn up_to(last: u32) -> Vec<u32> {
    (1..=last).collect()
}

fn without(left_out: &[u32], mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.retain(|number| !left_out.contains(number));
    numbers
}

#[test]
fn an_ordinary_chief_meets_18_questions() {
    assert_eq!(numbers(&way(&ordinary(), &YES_TO_ALL)), up_to(18));
}

#[test]
fn rural_chiefs_meet_21() {
    for municipality_type in ["very_sparse_rural", "sparse_rural", "near_urban_rural"] {
        let register = chief(municipality_type, "5");
        assert_eq!(numbers(&way(&register, &YES_TO_ALL)), up_to(21));
    }
}

#[test]
fn so_do_chiefs_in_areas_with_socioeconomic_challenges() {
    for area_type in ["1", "2"] {
        let register = chief("metropolitan", area_type);
        assert_eq!(numbers(&way(&register, &YES_TO_ALL)), up_to(21));
    }
    for area_type in ["3", "4", "5"] {
        let register = chief("metropolitan", area_type);
        assert_eq!(numbers(&way(&register, &YES_TO_ALL)), up_to(18));
    }
}

#[test]
fn one_class_is_enough_where_the_register_lacks_the_other() {
    let only = |field, value| Register::read(&CHIEFS, [(field, value)]);
    assert_eq!(
        numbers(&way(&only("area_type", "1"), &YES_TO_ALL)),
        up_to(21)
    );
    assert_eq!(
        numbers(&way(
            &only("municipality_type", " sparse_rural "),
            &YES_TO_ALL
        )),
        up_to(21)
    );
    assert_eq!(
        numbers(&way(&only("area_type", "unknown"), &YES_TO_ALL)),
        up_to(18)
    );
}

#[test]
fn who_needs_nobody_is_not_asked_how_many() {
    let yes = way(&ordinary(), &[("need", "yes")]);
    assert_eq!(numbers(&yes), without(&[15], up_to(18)));
    assert!(yes.asks("gp_specialist_need_fte") && yes.asks("need_budget"));

    for given in [&[("need", "no")][..], &[], &[("need", "perhaps")]] {
        let no = way(&ordinary(), given);
        assert_eq!(numbers(&no), without(&[8, 9, 15], up_to(18)));
        assert!(!no.asks("gp_specialist_need_fte") && !no.asks("need_budget"));
    }
}

#[test]
fn only_who_lacks_the_conditions_for_prevention_is_asked_what_hinders() {
    for (answer, asked) in [
        ("very_good", false),
        ("good", false),
        ("bad", true),
        ("very_bad", true),
    ] {
        let way = way(&ordinary(), &[("prevention", answer)]);
        assert_eq!(numbers(&way).contains(&15), asked, "{answer}");
        // The comment goes with its question.
        assert_eq!(way.asks("prevention_funding"), asked);
        assert_eq!(way.asks("prevention_comment"), asked);
    }
}

#[test]
fn only_who_will_be_interviewed_is_asked_for_an_address() {
    let yes = way(&rural(), &[("interview", "yes")]);
    assert!(yes.asks("interview_email"));
    let no = way(&rural(), &[("interview", "no")]);
    assert!(!no.asks("interview_email"));
    // Typed before the register changed: kept, but not asked.
    let ordinary = way(&ordinary(), &[("interview", "yes")]);
    assert!(!ordinary.asks("interview") && !ordinary.asks("interview_email"));
}

#[test]
fn another_position_is_told_only_where_it_is_another() {
    assert!(way(&ordinary(), &[("role", "other")]).asks("role_other"));
    assert!(
        !way(
            &ordinary(),
            &[("role", "unit_manager"), ("role_other", "x")]
        )
        .asks("role_other")
    );
    assert!(!way(&ordinary(), &[]).asks("role_other"));
}

#[test]
fn sections_are_numbered_as_this_respondent_meets_them() {
    let keys = |route: &Route<'_>| -> Vec<String> {
        route
            .sections
            .iter()
            .map(|routed| routed.section.key.clone())
            .collect()
    };
    let ordinary = way(&ordinary(), &[]);
    assert_eq!(
        keys(&ordinary),
        ["om-vardcentralen", "bemanning", "omstallning", "avslutning"]
    );
    assert!(ordinary.section("sarskilda-forutsattningar").is_none());
    let rural = way(&rural(), &[]);
    let (place, section) = rural.section("sarskilda-forutsattningar").unwrap();
    assert_eq!((place, section.index), (4, 4));
}

#[test]
fn every_variable_belongs_to_one_question_in_the_order_of_the_questionnaire() {
    let municipalities = loaded(include_str!("../../../instruments/kommuner-2019.toml"));
    for instrument in [&*CHIEFS, &municipalities] {
        let by_question: Vec<&str> = instrument
            .questions()
            .flat_map(|(section, question, _)| variables_of(instrument, section, question))
            .map(|variable| variable.key.as_str())
            .collect();
        let all: Vec<&str> = instrument
            .variables()
            .iter()
            .map(|variable| variable.key.as_str())
            .collect();
        assert_eq!(by_question, all);
    }
}
