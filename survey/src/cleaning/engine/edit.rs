//! Hard edits, run again on everything that stands.

use super::sheet::Sheet;
use crate::{
    cleaning::{Alternative, Change, Evidence, Query, Status, Urgency},
    instrument::VariableKind,
};

/// Asks about every number that the instrument does not let stand.
pub(super) fn examine(sheet: &mut Sheet<'_>) {
    let Some(rule) = sheet.rules.roles.bounds else {
        return;
    };
    for place in 0..sheet.instrument.variables().len() {
        let value = sheet.value(place);
        let Some(number) = value.number else {
            continue;
        };
        let numeric = matches!(
            sheet
                .instrument
                .variables()
                .get(place)
                .map(|variable| &variable.kind),
            Some(VariableKind::Number(_))
        );
        if !numeric || value.status == Status::AwaitingDecision || sheet.allows(place, number) {
            continue;
        }
        let variable = sheet.key(place).to_owned();
        sheet.ask(Query {
            id: String::new(),
            block: sheet.block_of(place),
            rule: sheet.rule_id(rule).to_owned(),
            urgency: Urgency::Hard,
            evidence: Evidence::default().with("typed", sheet.raw.typed(place).trim()),
            alternatives: vec![Alternative {
                id: Alternative::UNKNOWN.to_owned(),
                changes: vec![Change::to(&variable, None)],
                plausibility: 100,
            }],
            variables: vec![variable],
            suspicion: 20,
            confirmed: false,
        });
    }
}
