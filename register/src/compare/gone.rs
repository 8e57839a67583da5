//! Known units that a file should tell of and does not.

use std::collections::HashSet;

use crate::{plain::plain, rows::Checked};

use super::{KnownUnit, Scope, Unclear, Unsure};

/// Whatever a faulty or an unclear row may mean is not gone.
pub(super) fn gone(
    known: &[KnownUnit],
    found: &[bool],
    checked: &Checked,
    unclear: &[Unclear],
    scope: Scope,
) -> Vec<usize> {
    if scope == Scope::Additions {
        return Vec::new();
    }
    let faulty = || checked.faulty.iter().map(|row| &row.unit);
    let keys: HashSet<String> = faulty()
        .filter_map(|unit| unit.key.as_deref().map(plain))
        .collect();
    let names: HashSet<String> = faulty()
        .map(|unit| plain(&unit.name))
        .filter(|name| !name.is_empty())
        .collect();
    let in_question: HashSet<usize> = unclear
        .iter()
        .flat_map(|unclear| match &unclear.why {
            Unsure::Several(several) => several.clone(),
            Unsure::OutsideScope(one) => vec![*one],
        })
        .collect();
    known
        .iter()
        .enumerate()
        .filter(|(index, known)| {
            let unit = &known.unit;
            !known.gone
                && found.get(*index) == Some(&false)
                && scope.covers(unit)
                && !in_question.contains(index)
                && !names.contains(&plain(&unit.name))
                && !unit
                    .key
                    .as_deref()
                    .is_some_and(|key| keys.contains(&plain(key)))
        })
        .map(|(index, _)| index)
        .collect()
}
