//! What accepting a file would do to the register: the comparison, with classes from class files and with chiefs of many
//! units. The preview shows it, and accepting carries it out.

use std::collections::{BTreeMap, BTreeSet};

use ::register::{
    Change, Changed, Checked, Comparison, Contact, Field, Progress, Scope, Unclear, Unit,
    chiefs_of_many, compare,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::class_entry::{ClassKind, ClassTable};
use super::known::Known;
use super::person::ContactKind;

/// A chief of more units than this is proposed to be relieved by local heads.
pub const UNITS_PER_CHIEF: usize = 4;

/// Numbers are places: `row` in the checked rows, `known` in the known units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub new: Vec<usize>,
    pub changed: Vec<PlannedChange>,
    pub gone: Vec<usize>,
    pub unchanged: usize,
    pub unclear: Vec<Unclear>,
    pub chiefs: Vec<PlannedChief>,
    pub summary: Summary,
    pub fingerprint: Fingerprint,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedChange {
    pub row: usize,
    pub known: usize,
    /// The register had stopped knowing it.
    pub back: bool,
    /// Empty only where a unit that was gone is back as it was.
    pub fields: Vec<Change>,
}

/// A chief whom local heads could relieve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedChief {
    /// What stands in the form for this chief.
    pub id: String,
    pub chief: Contact,
    /// Units whose local head can be written to.
    pub local_heads: Vec<(UnitRef, Contact)>,
    /// Units whose local head has no known address.
    pub missing: Vec<UnitRef>,
}

/// A unit that is known, or that the file brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitRef {
    Known(usize),
    Row(usize),
}

/// How much of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    pub new: usize,
    pub changed: usize,
    pub gone: usize,
    pub unchanged: usize,
    /// Rows that cannot be taken.
    pub faulty: usize,
    /// Rows about which nothing is done because they may mean several units.
    pub unclear: usize,
    /// Rows that tell of branch offices, which do not count.
    pub branches: usize,
}

/// Tells two plans apart: the same only where the same fields get the same texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// Classes that class files give, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classes(pub(super) ClassTable);

impl Classes {
    /// Whether a class file gives this unit this class.
    pub fn derive(&self, unit: &super::sheet::UnitFacts, class: &str) -> bool {
        class.parse::<ClassKind>().is_ok_and(|kind| {
            let code = unit.column(kind.derived_from());
            self.0.class(kind, code).is_some()
        })
    }
}

/// Decides what accepting would do. Takes a second or so for a hundred thousand rows.
pub fn plan(
    known: &Known,
    checked: &Checked,
    scope: Scope,
    classes: &Classes,
    progress: &mut dyn FnMut(Progress),
) -> Plan {
    let comparison = compare(&known.units, checked, scope, progress);
    let Comparison {
        new,
        changed,
        unchanged,
        gone,
        unclear,
    } = comparison;
    let mut same = unchanged.len();
    let mut planned = Vec::with_capacity(changed.len());
    for one in changed {
        let one = settled(known, one, &classes.0);
        if one.fields.is_empty() && !one.back {
            same += 1;
        } else {
            planned.push(one);
        }
    }
    let rows_of_known: BTreeMap<usize, usize> = unchanged
        .iter()
        .map(|pair| (pair.known, pair.row))
        .chain(planned.iter().map(|one| (one.known, one.row)))
        .collect();
    let new: Vec<usize> = new.iter().map(|new| new.row).collect();
    let chiefs = chiefs(known, checked, &rows_of_known, &new, &gone);
    let mut plan = Plan {
        summary: Summary {
            new: new.len(),
            changed: planned.len(),
            gone: gone.len(),
            unchanged: same,
            faulty: checked.faulty.len(),
            unclear: unclear.len(),
            branches: checked.rows.iter().filter(|row| row.unit.branch).count(),
        },
        new,
        changed: planned,
        gone,
        unchanged: same,
        unclear,
        chiefs,
        fingerprint: Fingerprint::default(),
    };
    plan.fingerprint = fingerprint(&plan, known, checked);
    plan
}

/// The class that class files give a unit, where they know its code.
pub(super) fn derived<'t>(table: &'t ClassTable, kind: ClassKind, unit: &Unit) -> Option<&'t str> {
    let code = match kind {
        ClassKind::MunicipalityType => unit.municipality.as_deref()?,
        ClassKind::AreaType => unit.regso.as_deref()?,
    };
    table.class(kind, code)
}

/// A class file goes before what the region says of a class; a local head counts only where one takes the chief's place.
fn settled(known: &Known, changed: Changed, table: &ClassTable) -> PlannedChange {
    let before = &known.units[changed.known].unit;
    let mut fields = changed.changes;
    if known.refs[changed.known]
        .person(ContactKind::LocalHead)
        .is_none()
    {
        fields
            .retain(|change| !matches!(change.field, Field::LocalHeadName | Field::LocalHeadEmail));
    }
    let mut after = before.clone();
    for change in &fields {
        after.set(&change.field, change.after.as_deref());
    }
    for kind in ClassKind::ALL {
        let Some(class) = derived(table, kind, &after) else {
            continue;
        };
        let field = Field::Class(kind.field().to_owned());
        fields.retain(|change| change.field != field);
        let stored = before.get(&field);
        if stored.as_deref() != Some(class) {
            fields.push(Change {
                before: stored.map(std::borrow::Cow::into_owned),
                after: Some(class.to_owned()),
                field,
            });
        }
    }
    PlannedChange {
        row: changed.row,
        known: changed.known,
        back: changed.back,
        fields,
    }
}

/// Chiefs of too many units among those that the file tells of.
fn chiefs(
    known: &Known,
    checked: &Checked,
    rows_of_known: &BTreeMap<usize, usize>,
    new: &[usize],
    gone: &[usize],
) -> Vec<PlannedChief> {
    let gone: BTreeSet<usize> = gone.iter().copied().collect();
    let mut refs = Vec::new();
    let mut units = Vec::new();
    for (place, one) in known.units.iter().enumerate() {
        let row = rows_of_known.get(&place);
        if gone.contains(&place) || (one.gone && row.is_none()) {
            continue;
        }
        refs.push(UnitRef::Known(place));
        units.push(match row {
            Some(row) => merged(&one.unit, &checked.rows[*row].unit),
            None => one.unit.clone(),
        });
    }
    for row in new {
        refs.push(UnitRef::Row(*row));
        units.push(checked.rows[*row].unit.clone());
    }
    let told = |place: usize| match refs[place] {
        UnitRef::Known(known) => rows_of_known.contains_key(&known),
        UnitRef::Row(_) => true,
    };
    let relieved = |place: usize| match refs[place] {
        UnitRef::Known(unit) => known.refs[unit].person(ContactKind::LocalHead).is_some(),
        UnitRef::Row(_) => false,
    };
    chiefs_of_many(&units, UNITS_PER_CHIEF)
        .into_iter()
        .filter(|many| {
            many.units
                .iter()
                .any(|place| told(*place) && !relieved(*place))
        })
        .map(|many| PlannedChief {
            id: many.chief.email.as_ref().map_or_else(
                || many.chief.name.clone(),
                ::register::values::Email::folded,
            ),
            chief: many.chief,
            local_heads: many
                .local_heads
                .into_iter()
                .map(|(place, _)| (refs[place], units[place].local_head.clone()))
                .collect(),
            missing: many.missing.into_iter().map(|place| refs[place]).collect(),
        })
        .collect()
}

/// A unit as it would be, as far as its people go.
fn merged(known: &Unit, told: &Unit) -> Unit {
    let person = |told: &Contact, known: &Contact| {
        if told.is_empty() {
            known.clone()
        } else {
            told.clone()
        }
    };
    Unit {
        chief: person(&told.chief, &known.chief),
        local_head: person(&told.local_head, &known.local_head),
        ..known.clone()
    }
}

fn fingerprint(plan: &Plan, known: &Known, checked: &Checked) -> Fingerprint {
    let mut hash = Sha256::new();
    let mut line = |parts: &[&str]| {
        for part in parts {
            hash.update(part.len().to_le_bytes());
            hash.update(part.as_bytes());
        }
    };
    let key = |place: usize| known.units[place].unit.key.as_deref().unwrap_or_default();
    for row in &plan.new {
        let row = &checked.rows[*row];
        line(&["new", &row.number.to_string()]);
        for field in &Field::ALL {
            line(&[row.unit.get(field).as_deref().unwrap_or_default()]);
        }
    }
    for one in &plan.changed {
        line(&[
            "changed",
            key(one.known),
            if one.back { "back" } else { "" },
        ]);
        for change in &one.fields {
            line(&[
                &change.field.key(),
                change.before.as_deref().unwrap_or_default(),
                change.after.as_deref().unwrap_or_default(),
            ]);
        }
    }
    for place in &plan.gone {
        line(&["gone", key(*place)]);
    }
    for chief in &plan.chiefs {
        line(&["chief", &chief.id, &chief.local_heads.len().to_string()]);
    }
    Fingerprint(hash.finalize().into())
}
