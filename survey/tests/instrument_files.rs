//! The instruments that the product ships.

use survey::instrument::{Asked, Fault, Instrument, load, strata};

const CHIEFS: &str = include_str!("../../instruments/vardcentralschefer-2022.toml");
const MUNICIPALITIES: &str = include_str!("../../instruments/kommuner-2019.toml");

#[expect(clippy::panic, reason = "a test ends where its file does not load")]
fn loaded(source: &str) -> Instrument {
    load(source).unwrap_or_else(|faults| {
        let list: Vec<String> = faults.iter().map(Fault::to_string).collect();
        panic!("the file has faults:\n{}", list.join("\n"))
    })
}

#[test]
fn both_files_load() {
    assert_eq!(loaded(CHIEFS).key, "vardcentralschefer-2022");
    assert_eq!(loaded(MUNICIPALITIES).key, "kommuner-2019");
}

fn numbers(first: u32, last: u32) -> Vec<String> {
    (first..=last).map(|number| number.to_string()).collect()
}

#[test]
fn the_chiefs_of_2022_meet_18_questions_or_21() {
    let strata = strata(&loaded(CHIEFS));

    let labels: Vec<&str> = strata.iter().map(|s| s.label.as_str()).collect();
    assert_eq!(
        labels,
        [
            "municipality_type in [sparse_mixed, dense_mixed, metropolitan] and area_type in [3, 4, 5]",
            "municipality_type in [very_sparse_rural, sparse_rural, near_urban_rural] or area_type in [1, 2]",
        ]
    );
    assert_eq!(strata[0].question_numbers, numbers(1, 18));
    assert_eq!(strata[1].question_numbers, numbers(1, 21));
    assert_eq!([strata[0].count(), strata[1].count()], [18, 21]);
}

#[test]
fn the_chiefs_are_told_which_questions_only_some_meet() {
    let strata = strata(&loaded(CHIEFS));

    let only_some: Vec<(Vec<String>, String)> = strata[1]
        .questions
        .iter()
        .filter_map(|met| match &met.asked {
            Asked::OfAll => None,
            Asked::OnlyWhere(words) => Some((met.numbers.clone(), words.clone()?.sv)),
        })
        .collect();
    let expected = [
        ("8", "Om ja på fråga 7"),
        ("9", "Om ja på fråga 7"),
        ("15", "Om ni svarade dåliga eller mycket dåliga på fråga 14"),
        ("21", "Om ja på fråga 20"),
    ]
    .map(|(number, words)| (vec![number.to_owned()], words.to_owned()));
    assert_eq!(only_some, expected);
}

#[test]
fn every_municipality_meets_the_same_questions() {
    let instrument = loaded(MUNICIPALITIES);
    let strata = strata(&instrument);
    let all: Vec<String> = instrument
        .questions()
        .flat_map(|(_, _, question)| question.numbers.clone())
        .collect();
    assert_eq!(strata.len(), 1);
    assert_eq!(strata[0].label, "everyone");
    assert_eq!(strata[0].question_numbers, all);
}

const PROFESSIONS: [&str; 14] = [
    "gp_specialist",
    "other_specialist",
    "licensed_nonspecialist",
    "unlicensed_physician",
    "district_nurse",
    "specialist_nurse",
    "registered_nurse",
    "assistant_nurse",
    "dietitian",
    "psychosocial",
    "physiotherapist",
    "occupational_therapist",
    "medical_secretary",
    "other_staff",
];

const NEEDED: [&str; 10] = [
    "gp_specialist",
    "other_specialist",
    "district_nurse",
    "specialist_nurse",
    "dietitian",
    "psychosocial",
    "physiotherapist",
    "occupational_therapist",
    "medical_secretary",
    "other_staff",
];

const OTHER_VARIABLES: [&str; 55] = [
    "listed",
    "ownership",
    "st_persons",
    "st_fte",
    "need",
    "need_budget",
    "initiative_funding",
    "initiative_staffing",
    "initiative_continuity",
    "initiative_training",
    "initiative_guidelines",
    "initiative_self_care",
    "initiative_list_cap",
    "initiative_digital",
    "initiative_collaboration",
    "initiative_comment",
    "collab_specialised",
    "collab_school_health",
    "collab_social_services",
    "collab_home_care",
    "collab_care_homes",
    "collab_comment",
    "barrier_roles",
    "barrier_budget",
    "barrier_it",
    "barrier_secrecy",
    "barrier_cost_split",
    "barrier_working_methods",
    "barrier_none",
    "barrier_comment",
    "municipal_physician",
    "municipal_physician_comment",
    "prevention",
    "prevention_funding",
    "prevention_competence",
    "prevention_knowledge",
    "prevention_willingness",
    "prevention_comment",
    "research_studies",
    "research_reporting",
    "research_other",
    "research_none",
    "research_comment",
    "role",
    "role_other",
    "comment",
    "special_conditions",
    "interview",
    "interview_name",
    "interview_email",
    "interview_phone",
    "gp_specialist_persons",
    "gp_specialist_fte",
    "gp_specialist_temp_fte",
    "gp_specialist_need_fte",
];

#[test]
fn the_chiefs_answers_are_stored_under_the_agreed_names() {
    let instrument = loaded(CHIEFS);
    let staffing = PROFESSIONS.iter().flat_map(|profession| {
        ["persons", "fte", "temp_fte"].map(|column| format!("{profession}_{column}"))
    });
    let needs = NEEDED.iter().map(|row| format!("{row}_need_fte"));
    let others = OTHER_VARIABLES.iter().map(|name| (*name).to_owned());
    for name in staffing.chain(needs).chain(others) {
        assert!(instrument.variable(&name).is_some(), "there is no {name}");
    }
}

#[test]
fn only_the_interview_contacts_are_personal_data() {
    let instrument = loaded(CHIEFS);
    let personal: Vec<&str> = instrument
        .variables()
        .iter()
        .filter(|variable| variable.personal)
        .map(|variable| variable.key.as_str())
        .collect();
    assert_eq!(
        personal,
        ["interview_name", "interview_email", "interview_phone"]
    );
}

#[test]
fn every_variable_is_found_by_its_name_and_stands_in_the_order_of_the_questions() {
    for source in [CHIEFS, MUNICIPALITIES] {
        let instrument = loaded(source);
        let variables = instrument.variables();
        for variable in variables {
            let found = instrument.variable(&variable.key);
            assert!(found.is_some_and(|found| std::ptr::eq(found, variable)));
        }
        let places: Vec<_> = variables.iter().map(|v| (v.section, v.question)).collect();
        assert!(places.is_sorted());
        assert!(instrument.variable("no_such_variable").is_none());
    }
}
