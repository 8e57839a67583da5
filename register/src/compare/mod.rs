//! What a checked file would change in the register. Nothing is decided silently where two answers are possible.

mod changes;
mod gone;
mod identity;

use crate::{
    field::Field,
    progress::{EVERY, Progress, Stage, report},
    rows::Checked,
    unit::Unit,
    values::Region,
};

use identity::Matches;

/// A unit as the register knows it. Identified by its place in the list given to [`compare`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownUnit {
    /// With its key always given.
    pub unit: Unit,
    /// The register stopped knowing it; the file may bring it back.
    pub gone: bool,
}

/// What the file tells of: units outside it are neither changed nor gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    Country,
    /// A region's own file says nothing of other regions.
    Region(Region),
    /// A file with additions only: nothing is gone because it is not there.
    Additions,
}

/// Numbers are places in the lists given: `row` in [`Checked::rows`], `known` in the known units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    pub new: Vec<New>,
    pub changed: Vec<Changed>,
    pub unchanged: Vec<Pair>,
    /// Known units that the file should tell of and does not.
    pub gone: Vec<usize>,
    /// Rows that may mean one of several units, or a unit that is not the sender's; nothing is done about them unless someone decides.
    pub unclear: Vec<Unclear>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub row: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub row: usize,
    pub known: usize,
    pub because: Because,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub row: usize,
    pub known: usize,
    pub because: Because,
    /// Never empty, except where a unit that was gone is back.
    pub changes: Vec<Change>,
    /// The register had stopped knowing it.
    pub back: bool,
}

/// Why a row and a known unit are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    SameKey,
    SameNameAndRegion,
    /// Likely: another name at the same address.
    SameAddress,
    /// Likely: nearly the same name at the same postal code.
    SimilarName,
}

/// `None`: not told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: Field,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    pub row: usize,
    pub why: Unsure,
}

/// Known units in question, at most ten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsure {
    /// Any of these would fit.
    Several(Vec<usize>),
    /// The key belongs to a unit outside what the file tells of.
    OutsideScope(usize),
}

/// Compares. The order of rows does not matter to what is found.
///
/// A cell that is empty says nothing: what the register knows stays. One exception: with a new address of a person comes the person's name
/// or none, since the known name is that of the person before.
pub fn compare(
    known: &[KnownUnit],
    checked: &Checked,
    scope: Scope,
    progress: &mut dyn FnMut(Progress),
) -> Comparison {
    let all = checked.rows.len();
    report(progress, Stage::Comparing, (0, all));
    let Matches {
        pairs,
        new,
        unclear,
    } = identity::matches(known, &checked.rows, scope);
    let mut comparison = Comparison {
        new: new.into_iter().map(|row| New { row }).collect(),
        unclear,
        ..Comparison::default()
    };
    let mut found = vec![false; known.len()];
    for (done, pair) in pairs.into_iter().enumerate() {
        if done % EVERY == 0 {
            report(progress, Stage::Comparing, (done, all));
        }
        let (Some(row), Some(unit)) = (checked.rows.get(pair.row), known.get(pair.known)) else {
            continue;
        };
        found[pair.known] = true;
        let changes = changes::between(&unit.unit, row);
        if changes.is_empty() && !unit.gone {
            comparison.unchanged.push(pair);
        } else {
            comparison.changed.push(Changed {
                row: pair.row,
                known: pair.known,
                because: pair.because,
                changes,
                back: unit.gone,
            });
        }
    }
    comparison.gone = gone::gone(known, &found, checked, &comparison.unclear, scope);
    report(progress, Stage::Comparing, (all, all));
    comparison
}

impl Scope {
    fn covers(self, unit: &Unit) -> bool {
        match self {
            Self::Country | Self::Additions => true,
            Self::Region(region) => unit.region == region.name(),
        }
    }
}

impl Unit {
    /// Makes the changes, as accepting them would.
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            self.set(&change.field, change.after.as_deref());
        }
    }
}
