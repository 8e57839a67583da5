use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Clinic, Condition, Fact, Kind, NAMES, Scope, Truth, condition, number};
use crate::condition::{Reach, nearest, satisfiable};

fn atom() -> impl Strategy<Value = String> {
    let listed = (
        prop::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]),
        1..39_999,
    )
        .prop_map(|(how, value)| format!("listed {how} {value}"));
    let share = (prop::sample::select(vec!["<", "<=", ">", ">="]), 1..25)
        .prop_map(|(how, tenths)| format!("share {how} {}.{}", tenths / 10, tenths % 10));
    let prevention = (
        prop::sample::select(vec!["in", "not in"]),
        prop::sample::subsequence(vec!["very_good", "good", "bad", "very_bad"], 1..4),
    )
        .prop_map(|(how, keys)| format!("prevention {how} [{}]", keys.join(",")));
    let area = (prop::sample::select(vec!["==", "!="]), 1..6)
        .prop_map(|(how, key)| format!("register.area_type {how} {key}"));
    let answered =
        prop::sample::select(NAMES.to_vec()).prop_map(|name| format!("answered({name})"));
    let flag = prop::sample::select(vec!["barrier_none", "barrier_it"]).prop_map(str::to_owned);
    prop_oneof![listed, share, prevention, area, answered, flag]
}

fn source() -> impl Strategy<Value = String> {
    atom().prop_recursive(5, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|part| format!("not ({part})")),
            inner.clone().prop_map(|part| format!("({part})")),
            prop::collection::vec(inner.clone(), 2..4).prop_map(|parts| parts.join(" and ")),
            prop::collection::vec(inner, 2..4).prop_map(|parts| parts.join(" or ")),
        ]
    })
}

fn fact(kind: Option<Kind>) -> BoxedStrategy<Fact> {
    let known = match kind {
        Some(Kind::Number { whole: true, .. }) => (0..40_000_i32)
            .prop_map(|value| Fact::Number(number(&value.to_string())))
            .boxed(),
        Some(Kind::Number { whole: false, .. }) => (0..26_i32)
            .prop_map(|tenths| Fact::Number(number(&format!("{}.{}", tenths / 10, tenths % 10))))
            .boxed(),
        Some(Kind::Choice(keys)) => prop::sample::select(keys).prop_map(Fact::Choice).boxed(),
        Some(Kind::Flag) => any::<bool>().prop_map(Fact::Flag).boxed(),
        _ => Just(Fact::Text("Mer tid".to_owned())).boxed(),
    };
    prop_oneof![1 => Just(Fact::Missing), 3 => known].boxed()
}

fn answers() -> impl Strategy<Value = BTreeMap<&'static str, Fact>> {
    NAMES
        .map(|name| fact(Clinic.kind(name)).prop_map(move |fact| (name, fact)))
        .to_vec()
        .prop_map(|facts| facts.into_iter().collect())
}

fn asked(source: &str, answers: &BTreeMap<&str, Fact>) -> Truth {
    condition(source).holds(&|name: &str| answers[name].clone())
}

proptest! {
    #[test]
    fn parse_never_panics_for_any_string(source in ".*") {
        if let Err(faults) = Condition::parse(&source, &Clinic) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                prop_assert!(source.get(fault.at).is_some());
            }
        }
        let _ = Condition::parse_trusted(&source);
    }

    #[test]
    fn parse_never_panics_for_any_jumble_of_its_own_words(
        words in prop::collection::vec(prop::sample::select(vec![
            "need", "listed", "comment", "barrier_it", "yes", "1", "1.5", "and", "or", "not", "in", "answered",
            "(", ")", "[", "]", ",", "==", "<", "=", "é",
        ]), 0..24),
    ) {
        let source = words.join(" ");
        match Condition::parse(&source, &Clinic) {
            Ok(parsed) => prop_assert_eq!(Condition::parse_trusted(&source), Some(parsed)),
            Err(faults) => {
                prop_assert!(!faults.is_empty());
            }
        }
    }

    #[test]
    fn a_condition_written_back_parses_to_itself_typed_or_trusted(source in source()) {
        let parsed = condition(&source);
        prop_assert_eq!(&condition(parsed.source()), &parsed);
        prop_assert_eq!(Condition::parse_trusted(parsed.source()), Some(parsed.clone()));
        prop_assert_eq!(Condition::parse_trusted(&source), Some(parsed));
    }

    #[test]
    fn writing_back_changes_no_meaning(source in source(), answers in answers()) {
        let written = condition(&source).source().to_owned();
        prop_assert_eq!(asked(&written, &answers), asked(&source, &answers));
    }

    #[test]
    fn de_morgan_holds_also_for_what_is_unknown(left in source(), right in source(), answers in answers()) {
        prop_assert_eq!(
            asked(&format!("not (({left}) and ({right}))"), &answers),
            asked(&format!("not ({left}) or not ({right})"), &answers)
        );
        prop_assert_eq!(
            asked(&format!("not (({left}) or ({right}))"), &answers),
            asked(&format!("not ({left}) and not ({right})"), &answers)
        );
    }

    #[test]
    fn denying_twice_is_saying_it(source in source(), answers in answers()) {
        prop_assert_eq!(asked(&format!("not not ({source})"), &answers), asked(&source, &answers));
    }

    #[test]
    fn answering_more_never_overturns_what_was_decided_without_asking_what_is_answered(
        source in source().prop_filter("asks what is answered", |source| !source.contains("answered")),
        answers in answers(),
        hidden in prop::sample::select(NAMES.to_vec()),
    ) {
        let mut fewer = answers.clone();
        fewer.insert(hidden, Fact::Missing);
        let before = asked(&source, &fewer);
        prop_assert!(before == Truth::Unknown || before == asked(&source, &answers));
    }

    #[test]
    fn what_some_answers_make_true_is_never_called_unreachable(source in source(), answers in answers()) {
        let condition = condition(&source);
        if condition.holds(&|name: &str| answers[name].clone()) == Truth::True {
            prop_assert_ne!(satisfiable(&[&condition], &Clinic), Reach::Unreachable);
        }
    }

    #[test]
    fn a_slip_of_one_key_still_finds_the_name(at in 0..6_usize, letter in "[a-z]") {
        let mut slip = "listed".to_owned();
        slip.replace_range(at..=at, &letter);
        prop_assert_eq!(nearest(&slip, NAMES), Some("listed"));
    }
}
