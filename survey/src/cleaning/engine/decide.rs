//! What editors have decided, put in the place of what rules say.

use super::sheet::Sheet;
use crate::cleaning::{
    Author, Certainty, Change, Choice, Decision, Evidence, Reason, Status, Unfit, Value,
    cleaned::one_as_typed, reading::Read,
};
use crate::instrument::VariableKind;

/// Applies the decisions in the order they were made. Those that no longer fit are returned to the list.
pub(super) fn apply(sheet: &mut Sheet<'_>, decisions: &[Decision]) {
    let mut ordered: Vec<&Decision> = decisions.iter().collect();
    ordered.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
    for decision in ordered {
        match unfit(sheet, decision) {
            Some(unfit) => sheet.cleaned.unfit.push(unfit),
            None => put(sheet, decision),
        }
    }
}

fn changes(decision: &Decision) -> &[Change] {
    match &decision.choice {
        Choice::Keep => &[],
        Choice::Alternative { changes, .. } | Choice::Values(changes) => changes,
    }
}

fn unfit(sheet: &Sheet<'_>, decision: &Decision) -> Option<Unfit> {
    let named = || decision.id.clone();
    for basis in &decision.basis {
        let variable = basis.variable.clone();
        let Some(place) = sheet.instrument.place_of(&basis.variable) else {
            return Some(Unfit::UnknownVariable {
                decision: named(),
                variable,
            });
        };
        if sheet.raw.typed(place) != basis.typed {
            return Some(Unfit::TypedSince {
                decision: named(),
                variable,
            });
        }
    }
    for change in changes(decision) {
        let variable = change.variable.clone();
        let Some(place) = sheet.instrument.place_of(&change.variable) else {
            return Some(Unfit::UnknownVariable {
                decision: named(),
                variable,
            });
        };
        let options = sheet
            .instrument
            .variables()
            .get(place)
            .map(|variable| &variable.kind);
        let allowed = match (change.to, &change.text, options) {
            (Some(number), None, _) => sheet.allows(place, number),
            (None, Some(text), Some(VariableKind::Choice(options))) => options.contains(text),
            (None, None, _) => true,
            _ => false,
        };
        if !allowed {
            return Some(Unfit::Forbidden {
                decision: named(),
                variable,
            });
        }
    }
    None
}

fn put(sheet: &mut Sheet<'_>, decision: &Decision) {
    let changes = changes(decision);
    for change in changes {
        if let Some(place) = sheet.instrument.place_of(&change.variable) {
            let missing = change.to.is_none() && change.text.is_none();
            let status = if missing {
                Status::Missing
            } else if is_as_typed(sheet, place, change) {
                Status::AsAnswered
            } else {
                Status::Corrected
            };
            let reason = missing.then_some(Reason::Unknown);
            write(sheet, decision, place, change.clone(), status, reason);
        }
    }
    for basis in &decision.basis {
        if changes
            .iter()
            .any(|change| change.variable == basis.variable)
        {
            continue;
        }
        if let Some(place) = sheet.instrument.place_of(&basis.variable) {
            keep(sheet, decision, place);
        }
    }
    let decided = |variable: &String| {
        decision
            .basis
            .iter()
            .any(|basis| basis.variable == *variable)
            || changes.iter().any(|change| change.variable == *variable)
    };
    for query in &mut sheet.cleaned.queries {
        query.variables.retain(|variable| !decided(variable));
    }
    sheet
        .cleaned
        .queries
        .retain(|query| !query.variables.is_empty());
}

/// The text as typed is right: whatever a rule made of it is undone.
fn keep(sheet: &mut Sheet<'_>, decision: &Decision, place: usize) {
    let Some(typed) = typed(sheet, place) else {
        return;
    };
    if sheet.value(place).status == Status::ZeroByRule {
        return;
    }
    let change = Change {
        variable: sheet.key(place).to_owned(),
        to: typed.number,
        text: typed.text,
    };
    let (status, reason) = match (change.to, &change.text) {
        (None, None) => (Status::Missing, typed.reason),
        _ => (Status::AsAnswered, None),
    };
    write(sheet, decision, place, change, status, reason);
}

/// Whether a value that an editor gave is the one that the chief typed: nothing was corrected then.
fn is_as_typed(sheet: &Sheet<'_>, place: usize, change: &Change) -> bool {
    typed(sheet, place).is_some_and(|typed| typed.number == change.to && typed.text == change.text)
}

/// The text as typed, as it is read with the rules' words.
fn typed(sheet: &Sheet<'_>, place: usize) -> Option<Value> {
    let whole = sheet.is_whole(place);
    let read = match sheet.rules.words.read(sheet.raw.typed(place), whole) {
        Read::Number(numeral) if numeral.percent => Some(numeral.value.divide_by_100()),
        Read::Number(numeral) => Some(numeral.value),
        _ => None,
    };
    let variable = sheet.instrument.variables().get(place)?;
    let typed = one_as_typed(variable, sheet.raw.given().get(place)?);
    Some(Value {
        number: read.or(typed.number),
        ..typed
    })
}

fn write(
    sheet: &mut Sheet<'_>,
    decision: &Decision,
    place: usize,
    change: Change,
    status: Status,
    reason: Option<Reason>,
) {
    sheet.write(
        place,
        change,
        status,
        reason,
        Decision::RULE.to_owned(),
        Certainty::Decided,
        Evidence::default(),
        Author::Editor(decision.by.clone()),
    );
}
