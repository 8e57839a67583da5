//! What an editor decides of a case: pure.

use survey::{
    cleaning::{Alternative, Basis, Change, Choice, Cleaned, Decision, Evidence, Query, Raw},
    instrument::Instrument,
};

use crate::storage::{DecisionBody, Earlier};

/// What an editor wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// An alternative of an open query; as typed is one of them.
    Alternative { query: String, alternative: String },
    /// Values of the editor's own for variables of an open query.
    Values { query: String, changes: Vec<Change> },
    /// A value that nothing was asked about.
    Unasked(Change),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    #[error("nothing of the kind is asked")]
    Query,
    #[error("the query has no such alternative")]
    Alternative,
    #[error("there is no such variable in question")]
    Variable,
    #[error("there is no such decision to take back")]
    Decision,
}

/// The query that a wish answers, and what is kept of the decision.
pub fn decided(
    instrument: &Instrument,
    raw: &Raw,
    cleaned: &Cleaned,
    wish: Wish,
) -> Result<(String, DecisionBody), Unknown> {
    let asked = |id: &str| {
        let mut queries = cleaned.queries.iter();
        queries.find(|query| query.id == id).ok_or(Unknown::Query)
    };
    match wish {
        Wish::Alternative { query, alternative } => {
            let query = asked(&query)?;
            let place = query
                .alternatives
                .iter()
                .position(|one| one.id == alternative)
                .ok_or(Unknown::Alternative)?;
            let chosen = &query.alternatives[place];
            let choice = if chosen.id == Alternative::AS_TYPED {
                Choice::Keep
            } else {
                // What was decided before of some of the values is not in question any more. Others may change though they are
                // not in question: posts that are needed after a no.
                let in_question = |change: &&Change| {
                    query.variables.contains(&change.variable)
                        || !is_decided(instrument, cleaned, &change.variable)
                };
                Choice::Alternative {
                    id: chosen.id.clone(),
                    changes: chosen.changes.iter().filter(in_question).cloned().collect(),
                }
            };
            Ok((
                query.id.clone(),
                body(instrument, raw, query, choice, place == 0),
            ))
        }
        Wish::Values { query, changes } => {
            let query = asked(&query)?;
            let known = |change: &Change| query.variables.contains(&change.variable);
            if changes.is_empty() || !changes.iter().all(known) {
                return Err(Unknown::Variable);
            }
            let choice = Choice::Values(changes);
            Ok((
                query.id.clone(),
                body(instrument, raw, query, choice, false),
            ))
        }
        Wish::Unasked(change) => {
            let basis = basis(instrument, raw, &change.variable).ok_or(Unknown::Variable)?;
            let query = format!("{UNASKED}{}", change.variable);
            let body = DecisionBody {
                choice: Some(Choice::Values(vec![change])),
                basis: vec![basis],
                rule: String::new(),
                evidence: Evidence::default(),
                as_proposed: false,
                doubts: Vec::new(),
            };
            Ok((query, body))
        }
    }
}

fn is_decided(instrument: &Instrument, cleaned: &Cleaned, variable: &str) -> bool {
    cleaned
        .value(instrument, variable)
        .is_some_and(|value| value.rule.as_deref() == Some(Decision::RULE))
}

/// Begins the name of what an editor decided unasked.
const UNASKED: &str = "unasked/";

fn body(
    instrument: &Instrument,
    raw: &Raw,
    query: &Query,
    choice: Choice,
    as_proposed: bool,
) -> DecisionBody {
    let changed = match &choice {
        Choice::Keep => &[][..],
        Choice::Alternative { changes, .. } | Choice::Values(changes) => changes,
    };
    let beside = changed
        .iter()
        .map(|change| &change.variable)
        .filter(|variable| !query.variables.contains(variable));
    DecisionBody {
        basis: query
            .variables
            .iter()
            .chain(beside)
            .filter_map(|variable| basis(instrument, raw, variable))
            .collect(),
        choice: Some(choice),
        rule: query.rule.clone(),
        evidence: query.evidence.clone(),
        as_proposed,
        doubts: Vec::new(),
    }
}

fn basis(instrument: &Instrument, raw: &Raw, variable: &str) -> Option<Basis> {
    let place = instrument.place_of(variable)?;
    Some(Basis {
        variable: variable.to_owned(),
        typed: raw.typed(place).to_owned(),
    })
}

/// The decision that is taken back, and the decisions that stand without it.
pub fn undone(all: &[Earlier], number: u32) -> Result<(&Earlier, Vec<Decision>), Unknown> {
    let taken_back = Earlier::not_undone(all)
        .find(|one| one.number == number)
        .ok_or(Unknown::Decision)?;
    let name = number.to_string();
    let mut standing = Earlier::standing(all);
    standing.retain(|decision| decision.id != name);
    Ok((taken_back, standing))
}

#[cfg(test)]
mod tests {
    use survey::{cleaning::Value, instrument};

    use super::*;

    const SOURCE: &str = include_str!("../../../instruments/vardcentralschefer-2022.toml");

    fn query() -> Query {
        let json = serde_json::json!({
            "id": "permanent/percent/dietitian_fte",
            "block": "permanent",
            "rule": "percent",
            "variables": ["dietitian_fte"],
            "urgency": "hard",
            "evidence": {},
            "alternatives": [
                {
                    "id": "percent",
                    "changes": [
                        { "variable": "dietitian_fte", "to": 1_500_000 },
                        { "variable": "dietitian_persons", "to": 2_000_000 },
                    ],
                    "plausibility": 99,
                },
                { "id": "as_typed", "changes": [], "plausibility": 1 },
            ],
            "suspicion": 20,
            "confirmed": false,
        });
        serde_json::from_value(json).unwrap()
    }

    fn decide(wish: Wish) -> Result<(String, DecisionBody), Unknown> {
        let instrument = instrument::load(SOURCE).unwrap();
        let mut raw = Raw::blank(&instrument);
        raw.set(instrument.place_of("dietitian_fte").unwrap(), "150");
        let missing = serde_json::json!({ "number": null, "status": "missing" });
        let mut values: Vec<Value> =
            vec![serde_json::from_value(missing).unwrap(); instrument.variables().len()];
        let persons = instrument.place_of("dietitian_persons").unwrap();
        values[persons].rule = Some(Decision::RULE.to_owned());
        let cleaned = Cleaned {
            values,
            queries: vec![query(), contradiction()],
            ..Cleaned::default()
        };
        decided(&instrument, &raw, &cleaned, wish)
    }

    /// Posts are needed, and the answer whether any are is no.
    fn contradiction() -> Query {
        let json = serde_json::json!({
            "id": "need/need_contradicted/need",
            "block": "need",
            "rule": "need_contradicted",
            "variables": ["need"],
            "urgency": "soft",
            "evidence": {},
            "alternatives": [
                {
                    "id": "need_contradicted_closed",
                    "changes": [{ "variable": "dietitian_need_fte", "to": 0 }],
                    "plausibility": 20,
                },
            ],
            "suspicion": 0,
            "confirmed": false,
        });
        serde_json::from_value(json).unwrap()
    }

    fn chosen(alternative: &str) -> Result<(String, DecisionBody), Unknown> {
        decide(Wish::Alternative {
            query: query().id,
            alternative: alternative.to_owned(),
        })
    }

    #[test]
    fn the_first_alternative_is_what_the_rules_proposed() {
        let (id, body) = chosen("percent").unwrap();
        assert_eq!(id, query().id);
        assert!(body.as_proposed);
        assert_eq!(body.basis[0].typed, "150");
    }

    #[test]
    fn an_alternative_leaves_alone_what_was_decided_before() {
        let (_, body) = chosen("percent").unwrap();
        let Some(Choice::Alternative { changes, .. }) = body.choice else {
            panic!("an alternative was chosen")
        };
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].variable, "dietitian_fte");
    }

    #[test]
    fn an_alternative_may_change_what_is_not_in_question_itself() {
        let (_, body) = decide(Wish::Alternative {
            query: contradiction().id,
            alternative: "need_contradicted_closed".to_owned(),
        })
        .unwrap();
        let Some(Choice::Alternative { changes, .. }) = body.choice else {
            panic!("an alternative was chosen")
        };
        assert_eq!(changes[0].variable, "dietitian_need_fte");
        // It is about both, so that either being typed anew brings the question back.
        assert_eq!(body.basis.len(), 2);
    }

    #[test]
    fn as_typed_keeps_what_was_typed() {
        let (_, body) = chosen("as_typed").unwrap();
        assert_eq!(body.choice, Some(Choice::Keep));
        assert!(!body.as_proposed);
    }

    #[test]
    fn what_is_not_asked_cannot_be_answered() {
        assert_eq!(chosen("swapped"), Err(Unknown::Alternative));
        let elsewhere = Wish::Alternative {
            query: "permanent/percent/other_fte".to_owned(),
            alternative: "percent".to_owned(),
        };
        assert_eq!(decide(elsewhere), Err(Unknown::Query));
        let nothing = Wish::Values {
            query: query().id,
            changes: Vec::new(),
        };
        assert_eq!(decide(nothing), Err(Unknown::Variable));
        assert_eq!(undone(&[], 1).map(|_| ()), Err(Unknown::Decision));
    }
}
