//! The question that decides whether a block is asked: "Behöver ni anställa fler?"

use super::{blank, sheet::Sheet};
use crate::cleaning::{
    Alternative, Author, Certainty, Change, Evidence, Query, Reason, Status, Urgency,
    rules::plan::{Gate, Plan},
};

/// Whether nothing behind the gate is asked; then all of it is zero.
pub(super) fn is_closed(sheet: &mut Sheet<'_>, plan: &Plan, gate: &Gate) -> bool {
    let answer = sheet.value(gate.variable).text.clone();
    let behind: Vec<usize> = plan.rows.iter().map(|row| row.posts).collect();
    let filled: Vec<usize> = behind
        .iter()
        .copied()
        .filter(|place| {
            sheet
                .numeral(*place)
                .is_some_and(|numeral| numeral.value > crate::answers::Number::ZERO)
        })
        .collect();
    match answer.as_deref() {
        Some(answer) if answer == gate.closed => {
            if !filled.is_empty()
                && let Some(rule) = gate.contradicted
            {
                ask(sheet, plan, gate, rule, &filled);
                return false;
            }
            if let Some(rule) = gate.zero {
                for place in behind {
                    blank::zero(sheet, place, rule, Some(Reason::NotAsked));
                }
            }
            true
        }
        None if !filled.is_empty() => {
            if let Some(rule) = gate.implied {
                let change = opened(sheet, gate);
                let id = sheet.rule_id(rule).to_owned();
                sheet.write(
                    gate.variable,
                    change,
                    Status::Corrected,
                    None,
                    id,
                    Certainty::Certain,
                    Evidence::default(),
                    Author::Rule,
                );
            }
            false
        }
        _ => false,
    }
}

fn opened(sheet: &Sheet<'_>, gate: &Gate) -> Change {
    Change {
        variable: sheet.key(gate.variable).to_owned(),
        to: None,
        text: Some(gate.open.clone()),
    }
}

fn ask(sheet: &mut Sheet<'_>, plan: &Plan, gate: &Gate, rule: usize, filled: &[usize]) {
    let block = sheet
        .rules
        .blocks
        .get(plan.block)
        .map(|block| block.key.clone())
        .unwrap_or_default();
    let emptied = filled
        .iter()
        .map(|place| Change::to(sheet.key(*place), Some(crate::answers::Number::ZERO)))
        .collect();
    let id = sheet.rule_id(rule).to_owned();
    sheet.ask(Query {
        id: String::new(),
        block,
        rule: id.clone(),
        variables: vec![sheet.key(gate.variable).to_owned()],
        urgency: Urgency::Soft,
        evidence: Evidence::default(),
        alternatives: vec![
            Alternative {
                id: format!("{id}_open"),
                changes: vec![opened(sheet, gate)],
                plausibility: 80,
            },
            Alternative {
                id: format!("{id}_closed"),
                changes: emptied,
                plausibility: 20,
            },
        ],
        suspicion: 0,
        confirmed: false,
    });
}
