//! What editors said to the rules.

use std::collections::BTreeSet;

use survey::{
    cleaning::{Author, Choice, Entry, Unfit},
    statistics::Verdict,
};

use crate::storage::Earlier;

/// What the decisions that hold in a case say to its rules: answers to what a rule asked, and values that an editor put in
/// the place of what a rule had made, unasked. `ledger` and `unfit` are those of the case's edition.
pub fn verdicts(decisions: &[Earlier], ledger: &[Entry], unfit: &[Unfit]) -> Vec<Verdict> {
    let mut said = Vec::new();
    let mut overruled = BTreeSet::new();
    let holds = |decision: &&Earlier| {
        let name = decision.number.to_string();
        !unfit.iter().any(|unfit| unfit.decision() == name)
    };
    for decision in Earlier::not_undone(decisions).filter(holds) {
        let body = &decision.body;
        if !body.rule.is_empty() {
            said.push(Verdict {
                rule: body.rule.clone(),
                withdrawn: body.evidence.is_withdrawn(),
                accepted: body.as_proposed,
            });
        } else if let Some(Choice::Values(changes)) = &body.choice {
            let made = changes.iter().filter_map(|change| {
                ledger
                    .iter()
                    .rfind(|entry| entry.by == Author::Rule && entry.variable == change.variable)
            });
            // However often it is changed, a mend is overruled once.
            for entry in made {
                if overruled.insert((entry.rule.as_str(), entry.variable.as_str())) {
                    said.push(Verdict {
                        rule: entry.rule.clone(),
                        withdrawn: false,
                        accepted: false,
                    });
                }
            }
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use survey::{
        answers::Number,
        cleaning::{Certainty, Change, Evidence, Status},
    };
    use uuid::Uuid;

    use super::*;
    use crate::storage::{DecisionBody, Timestamp};

    fn decision(number: u32, body: DecisionBody) -> Earlier {
        Earlier {
            id: Uuid::nil(),
            case_id: Uuid::nil(),
            number,
            edition: 1,
            query: String::new(),
            undoes: None,
            body,
            reason: String::new(),
            at: Timestamp::from_millis(0),
            actor: "ada@example.se".to_owned(),
        }
    }

    fn answered(rule: &str, as_proposed: bool) -> DecisionBody {
        DecisionBody {
            choice: Some(Choice::Keep),
            rule: rule.to_owned(),
            as_proposed,
            ..DecisionBody::default()
        }
    }

    fn unasked(variable: &str) -> DecisionBody {
        let change = Change::to(variable, Some(Number::whole(2)));
        DecisionBody {
            choice: Some(Choice::Values(vec![change])),
            ..DecisionBody::default()
        }
    }

    fn mend(variable: &str, rule: &str) -> Entry {
        Entry {
            variable: variable.to_owned(),
            before: "150".to_owned(),
            after: Some(Number::whole(1)),
            text: None,
            status: Status::Corrected,
            reason: None,
            rule: rule.to_owned(),
            version: "1".to_owned(),
            certainty: Certainty::Certain,
            evidence: Evidence::default(),
            by: Author::Rule,
        }
    }

    fn said(decisions: &[Earlier]) -> Vec<(String, bool)> {
        let ledger = [mend("dietitian_fte", "percent")];
        let unfit = [Unfit::TypedSince {
            decision: "9".to_owned(),
            variable: "dietitian_fte".to_owned(),
        }];
        verdicts(decisions, &ledger, &unfit)
            .into_iter()
            .map(|verdict| (verdict.rule, verdict.accepted))
            .collect()
    }

    #[test]
    fn keeping_what_is_typed_refuses_what_the_rule_proposed() {
        let decisions = [
            decision(1, answered("percent", true)),
            decision(2, answered("swapped", false)),
        ];
        let expected = [("percent".to_owned(), true), ("swapped".to_owned(), false)];
        assert_eq!(said(&decisions), expected);
    }

    #[test]
    fn a_value_in_the_place_of_a_mend_refuses_it_once() {
        let decisions = [
            decision(1, unasked("dietitian_fte")),
            decision(2, unasked("dietitian_fte")),
        ];
        assert_eq!(said(&decisions), [("percent".to_owned(), false)]);
    }

    #[test]
    fn a_value_that_no_rule_had_made_says_nothing_about_a_rule() {
        assert_eq!(said(&[decision(1, unasked("listed"))]), []);
    }

    #[test]
    fn what_was_taken_back_or_no_longer_fits_says_nothing() {
        let taking_back = Earlier {
            undoes: Some(1),
            ..decision(2, DecisionBody::default())
        };
        let decisions = [
            decision(1, answered("percent", true)),
            taking_back,
            decision(9, answered("percent", true)),
        ];
        assert_eq!(said(&decisions), []);
    }
}
