//! What each rule found, and what became of it.

use std::collections::BTreeMap;

use super::{Process, Processed};
use crate::cleaning::Author;

/// What an editor said to a rule that asked or had mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub rule: String,
    /// Whether the rule would have mended by itself, and its mend was withdrawn.
    pub withdrawn: bool,
    /// Whether it is what the rule held for likeliest.
    pub accepted: bool,
}

/// What became of a rule's findings, in units but for `values`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCount {
    /// Units in which it found something.
    pub triggered: u64,
    /// Units in which it mended something by itself, and so many values.
    pub mended: u64,
    pub values: u64,
    /// Questions that it would have mended, had a check not failed after it or the respondent not stood by the answer; open
    /// or answered.
    pub withdrawn: u64,
    /// Questions of it that are open.
    pub open: u64,
    /// Questions of it that an editor answered as it proposed.
    pub accepted: u64,
    /// That an editor answered otherwise, and mends of it that an editor overruled unasked.
    pub refused: u64,
}

impl Process {
    pub(super) fn count_rules(&mut self, unit: &Processed<'_>) {
        let mut found: BTreeMap<&str, RuleCount> = BTreeMap::new();
        for entry in unit.ledger.iter().filter(|entry| entry.by == Author::Rule) {
            let count = found.entry(&entry.rule).or_default();
            count.mended = 1;
            count.values += 1;
        }
        for query in unit.queries {
            let count = found.entry(&query.rule).or_default();
            count.open += 1;
            count.withdrawn += u64::from(query.evidence.is_withdrawn());
        }
        for verdict in unit.verdicts {
            let count = found.entry(&verdict.rule).or_default();
            count.withdrawn += u64::from(verdict.withdrawn);
            if verdict.accepted {
                count.accepted += 1;
            } else {
                count.refused += 1;
            }
        }
        for (rule, count) in found {
            for region in [Self::COUNTRY, unit.region] {
                let sum = self
                    .rules
                    .entry((rule.to_owned(), region.to_owned()))
                    .or_default();
                sum.triggered += 1;
                sum.mended += count.mended;
                sum.values += count.values;
                sum.withdrawn += count.withdrawn;
                sum.open += count.open;
                sum.accepted += count.accepted;
                sum.refused += count.refused;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::fixture::{SOURCE, process, step, value},
        *,
    };
    use crate::{
        answers::Number,
        cleaning::{Evidence, Query, Status},
        instrument,
        statistics::Totals,
    };

    #[test]
    fn a_rule_is_counted_in_its_region_and_in_the_country() {
        let mended = step("dietitian_fte", "150", "1.5", "percent", &Author::Rule);
        let refused = Verdict {
            rule: "percent".to_owned(),
            withdrawn: false,
            accepted: false,
        };
        let (_, process) = process(&[(
            value(Some("1.5"), Status::Corrected, false),
            vec![mended],
            vec![refused],
        )]);
        for region in ["", "Region Exempel"] {
            let count = process.rules[&("percent".to_owned(), region.to_owned())];
            assert_eq!((count.triggered, count.mended, count.values), (1, 1, 1));
            assert_eq!((count.accepted, count.refused), (0, 1));
        }
    }

    #[test]
    fn a_mend_that_was_withdrawn_is_counted_whether_it_waits_or_is_decided() {
        let question = serde_json::json!({
            "id": "staffing/percent/dietitian_fte",
            "block": "staffing",
            "rule": "percent",
            "variables": ["dietitian_fte"],
            "urgency": "hard",
            "evidence": Evidence::default().with(Evidence::WITHDRAWN, Number::whole(1)),
            "alternatives": [],
            "suspicion": 20,
            "confirmed": true,
        });
        let waiting: Query = serde_json::from_value(question).unwrap();
        let decided = Verdict {
            rule: "percent".to_owned(),
            withdrawn: true,
            accepted: true,
        };
        let instrument = instrument::load(SOURCE).unwrap();
        let totals = Totals::of(&instrument);
        let mut process = Process::none(&totals);
        for (queries, verdicts) in [(vec![waiting], Vec::new()), (Vec::new(), vec![decided])] {
            let unit = Processed {
                region: "Region Exempel",
                values: &[],
                ledger: &[],
                queries: &queries,
                verdicts: &verdicts,
            };
            process.add(&instrument, &totals, &unit);
        }
        let count = process.rules[&("percent".to_owned(), "Region Exempel".to_owned())];
        assert_eq!((count.triggered, count.mended, count.withdrawn), (2, 0, 2));
        assert_eq!((count.open, count.accepted, count.refused), (1, 1, 0));
    }
}
