//! What is to be said about the answers of a case, as they stand.

use app::respondent::{Clash, Noted};
use survey::{
    checks::{Confirmed, Finding, examine, settle},
    instrument::Question,
};

use super::visit::Visit;
use crate::storage::Confirmation;

fn said(confirmation: &Confirmation) -> Confirmed {
    Confirmed {
        rule: confirmation.rule.clone(),
        scope: confirmation.scope.clone(),
        about: confirmation.about.clone(),
    }
}

/// Findings that are open, and soft checks that were answered with "Stämmer".
pub(super) struct Examined {
    pub open: Vec<Finding>,
    pub noted: Vec<Noted>,
}

impl Visit {
    pub(super) fn examine<'q>(&self, questions: impl Iterator<Item = &'q Question>) -> Examined {
        let confirmed: Vec<Confirmed> = self.case.confirmations.iter().map(said).collect();
        let findings = questions
            .flat_map(|question| examine(question, &self.register, &self.answers))
            .collect();
        let settled = settle(findings, &self.answers, &confirmed);
        let noted = settled
            .confirmed
            .into_iter()
            .map(|finding| Noted {
                reason: self.reason(&finding),
                finding,
            })
            .collect();
        Examined {
            open: settled.open,
            noted,
        }
    }

    /// The latest reason that was given for these very texts.
    fn reason(&self, finding: &Finding) -> String {
        self.case
            .confirmations
            .iter()
            .rev()
            .find(|confirmation| finding.is_confirmed(&self.answers, &[said(confirmation)]))
            .map(|confirmation| confirmation.reason.clone())
            .unwrap_or_default()
    }

    /// Fields that were changed elsewhere, with both texts.
    pub(super) fn clashes(&self, shown: impl Fn(&str) -> bool) -> Vec<Clash> {
        let mut clashes: Vec<Clash> = Vec::new();
        for contested in self
            .case
            .answers
            .all_conflicts()
            .chain(self.case.personal.all_conflicts())
            .filter(|contested| shown(&contested.variable))
        {
            let clash = Clash {
                variable: contested.variable.clone(),
                mine: contested.raw.clone(),
                theirs: self.answers.raw(&contested.variable).to_owned(),
            };
            // One at a time for each field; the latest is the likeliest to matter.
            clashes.retain(|other| other.variable != clash.variable);
            clashes.push(clash);
        }
        clashes
    }
}
