//! What was answered with "Stämmer", and what is left to ask.

use super::{Change, Confirmed, Finding, Mend, MendKind};
use crate::answers::Answers;

/// Findings apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Answered with "Stämmer", as the texts stand.
    pub confirmed: Vec<Finding>,
    /// Still to mend or to ask about. Their mends leave alone what was confirmed.
    pub open: Vec<Finding>,
}

/// Parts `findings` by what the respondent has said "Stämmer" to.
pub fn settle(findings: Vec<Finding>, answers: &Answers, said: &[Confirmed]) -> Settled {
    let (confirmed, mut open): (Vec<Finding>, Vec<Finding>) = findings
        .into_iter()
        .partition(|finding| finding.is_confirmed(answers, said));
    for finding in &mut open {
        finding.mends = std::mem::take(&mut finding.mends)
            .into_iter()
            .filter_map(|mend| mend.sparing(&confirmed))
            .collect();
    }
    Settled { confirmed, open }
}

impl Mend {
    /// The same without the rows that stand as they are. A mend of several that has only one left is none:
    /// that one has its own.
    fn sparing(self, confirmed: &[Finding]) -> Option<Self> {
        let stands = |change: &Change| {
            confirmed
                .iter()
                .any(|finding| finding.variables.contains(&change.variable))
        };
        // A swap changes two cells, and half of it would be worse than none.
        let of_one = match self.kind {
            MendKind::Column(_) => 1,
            MendKind::SwapAll(_) => 2,
            MendKind::To(_) | MendKind::Swap | MendKind::Clear => return Some(self),
        };
        let changes: Vec<Change> = self
            .changes
            .chunks(of_one)
            .filter(|changes| !changes.iter().any(stands))
            .flatten()
            .cloned()
            .collect();
        let count = changes.len() / of_one;
        let kind = match self.kind {
            MendKind::SwapAll(_) => MendKind::SwapAll(count),
            _ => MendKind::Column(count),
        };
        (count > 1).then_some(Self { kind, changes })
    }
}
