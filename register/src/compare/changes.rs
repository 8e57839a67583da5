//! What a row says otherwise than the register.

use crate::{field::Field, plain::plain, rows::Row, unit::Unit};

use super::Change;

/// Fields that a row may change, besides branch and the classes.
const FIELDS: [Field; 16] = [
    Field::Key,
    Field::Name,
    Field::Address,
    Field::PostalCode,
    Field::City,
    Field::Region,
    Field::Ownership,
    Field::Municipality,
    Field::Regso,
    Field::Listed,
    Field::StartedOn,
    Field::ClosedOn,
    Field::ChiefName,
    Field::ChiefEmail,
    Field::LocalHeadName,
    Field::LocalHeadEmail,
];

pub(super) fn between(known: &Unit, row: &Row) -> Vec<Change> {
    let unit = &row.unit;
    let mut changes: Vec<Change> = FIELDS
        .into_iter()
        .chain(unit.classes.keys().cloned().map(Field::Class))
        .filter_map(|field| told(known, unit, field))
        .collect();
    if row.tells_branch && known.branch != unit.branch {
        changes.push(change(known, unit, Field::Branch));
    }
    for (email, name) in [
        (Field::ChiefEmail, Field::ChiefName),
        (Field::LocalHeadEmail, Field::LocalHeadName),
    ] {
        let new_address = changes.iter().any(|change| change.field == email);
        let stale = known.get(&name).is_some() && unit.get(&name).is_none();
        if new_address && known.get(&email).is_some() && stale {
            changes.push(change(known, unit, name));
        }
    }
    changes
}

fn told(known: &Unit, unit: &Unit, field: Field) -> Option<Change> {
    let after = unit.get(&field)?;
    let same = known.get(&field).is_some_and(|before| match field {
        Field::Key => plain(&before) == plain(&after),
        Field::ChiefEmail | Field::LocalHeadEmail => before.eq_ignore_ascii_case(&after),
        _ => before == after,
    });
    (!same).then(|| change(known, unit, field))
}

fn change(known: &Unit, unit: &Unit, field: Field) -> Change {
    let text = |unit: &Unit| unit.get(&field).map(std::borrow::Cow::into_owned);
    Change {
        before: text(known),
        after: text(unit),
        field,
    }
}
