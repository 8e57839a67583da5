use super::{Clinic, Condition, Kind, Scope, condition, number, numbers};
use crate::condition::{Reach, constant, satisfiable};

fn reach(sources: &[&str]) -> Reach {
    let conditions: Vec<Condition> = sources.iter().map(|source| condition(source)).collect();
    satisfiable(&conditions.iter().collect::<Vec<_>>(), &Clinic)
}

#[test]
fn answers_that_make_all_conditions_true_are_found() {
    for sources in [
        &[][..],
        &["need == yes", "listed > 8000"],
        &["listed > 7", "listed < 9"],
        &["share > 1", "share < 1.000002"],
        &["listed > 39999"],
        &["need != yes", "need != no or barrier_it"],
        &["not answered(comment)", "not answered(need)"],
        &["answered(comment)"],
        &["prevention not in [very_good, good, bad]"],
        &["register.residents > 0 and register.residents < 0.000002"],
    ] {
        assert_eq!(reach(sources), Reach::Reachable, "{sources:?}");
    }
}

#[test]
fn contradictions_are_found_also_across_conditions() {
    for sources in [
        &["need == yes", "need == no"][..],
        &["listed > 7", "listed < 8"],
        &["share > 1", "share < 1.000001"],
        &["not answered(need)", "need == yes"],
        &["barrier_it and not barrier_it"],
        &["need != yes and need != no"],
        &[
            "listed > 100 or need == yes",
            "listed <= 100",
            "not need == yes",
        ],
        &["need == yes", "not (need == yes or barrier_it)"],
    ] {
        assert_eq!(reach(sources), Reach::Unreachable, "{sources:?}");
    }
}

struct Wide;

impl Scope for Wide {
    fn kind(&self, name: &str) -> Option<Kind> {
        name.starts_with('x').then(|| numbers(true, "0", "100"))
    }

    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

fn wide(source: &str) -> Condition {
    Condition::parse(source, &Wide).unwrap()
}

#[test]
fn too_many_combinations_are_undecided_and_not_tried_for_ever() {
    let all: Vec<String> = (0..20).map(|n| format!("x{n} == 50")).collect();
    let tangled = wide(&format!("not (not ({}))", all.join(" and ")));
    assert_eq!(satisfiable(&[&tangled], &Wide), Reach::Undecided);
    assert_eq!(
        satisfiable(&[&wide(&all.join(" and "))], &Wide),
        Reach::Reachable
    );
    let apart = wide("x90 > 50 and x90 < 50");
    assert_eq!(satisfiable(&[&tangled, &apart], &Wide), Reach::Unreachable);
}

#[test]
fn names_that_the_scope_does_not_know_are_undecided() {
    let condition = Condition::parse_trusted("weather == fair").unwrap();
    assert_eq!(satisfiable(&[&condition], &Clinic), Reach::Undecided);
    assert!(!constant(&condition, &Clinic));
}

#[test]
fn what_is_true_whatever_is_answered_is_constant() {
    for source in [
        "answered(need) or not answered(need)",
        "not (answered(need) and not answered(need))",
    ] {
        assert!(constant(&condition(source), &Clinic), "{source}");
    }
    for source in [
        "listed >= 0",
        "need == yes or need == no",
        "barrier_it or not barrier_it",
        "answered(comment)",
    ] {
        assert!(!constant(&condition(source), &Clinic), "{source}");
    }
}

#[test]
fn bounds_of_whole_numbers_are_those_that_can_be_answered() {
    struct Between;
    impl Scope for Between {
        fn kind(&self, _name: &str) -> Option<Kind> {
            Some(Kind::Number {
                whole: true,
                min: number("0.5"),
                max: number("2.5"),
            })
        }

        fn names(&self) -> Vec<String> {
            vec!["n".to_owned()]
        }
    }
    assert!(Condition::parse("n < 1", &Between).is_err());
    assert!(Condition::parse("n > 2", &Between).is_err());
    let ends = Condition::parse("n == 1 or n == 2", &Between).unwrap();
    assert_eq!(satisfiable(&[&ends], &Between), Reach::Reachable);
    let neither = Condition::parse("n != 1 and n != 2", &Between).unwrap();
    assert_eq!(satisfiable(&[&neither], &Between), Reach::Unreachable);
}
