//! What accepting a plan writes: units, changes, and who leaves and comes.

use std::collections::{BTreeMap, BTreeSet};

use ::register::values::Region;
use ::register::{Checked, Contact, Field as FileField};
use uuid::Uuid;

use super::change::{Change, NewId};
use super::class_entry::{ClassKind, ClassTable};
use super::field::{Column, Field};
use super::known::{Known, KnownRef};
use super::newcomer::{NewUnitRow, stored};
use super::person::{self, Arrival, Arrived, ContactKind, Move};
use super::plan::{Plan, PlannedChange, UnitRef, derived};
use crate::storage::time::Timestamp;

pub(super) struct Work<'a> {
    pub known: &'a Known,
    pub checked: &'a Checked,
    pub plan: &'a Plan,
    pub table: &'a ClassTable,
    pub relieved: &'a BTreeSet<String>,
    pub now: Timestamp,
}

pub(super) struct Written {
    pub units: Vec<NewUnitRow>,
    pub changes: Vec<Change>,
    pub moves: Vec<Move>,
}

impl Work<'_> {
    pub fn out(&self, new_id: NewId<'_>) -> Written {
        let mut written = Written {
            units: Vec::new(),
            changes: Vec::new(),
            moves: Vec::new(),
        };
        let heads = self.local_heads();
        let mut keys = Keys::of(self.known);
        for row in &self.plan.new {
            self.add(
                *row,
                heads.get(&UnitRef::Row(*row)),
                &mut keys,
                &mut written,
                new_id,
            );
        }
        let mut moved: BTreeSet<usize> = BTreeSet::new();
        for one in &self.plan.changed {
            moved.insert(one.known);
            self.change(
                one,
                heads.get(&UnitRef::Known(one.known)),
                &mut written,
                new_id,
            );
        }
        for (place, head) in &heads {
            if let UnitRef::Known(known) = place
                && moved.insert(*known)
            {
                let mut staff = Staff::of(&self.known.refs[*known]);
                staff.replace(ContactKind::LocalHead, head, new_id);
                staff.into(&mut written);
            }
        }
        for place in &self.plan.gone {
            written.changes.push(Change {
                unit_id: self.known.refs[*place].id,
                contact_id: None,
                field: Field::Column(Column::GoneAt),
                before: None,
                after: Some(self.now.millis().to_string()),
            });
        }
        written
    }

    /// The local heads that take over, by unit.
    fn local_heads(&self) -> BTreeMap<UnitRef, Contact> {
        let relieved = |id: &str| self.relieved.contains(id);
        self.plan
            .chiefs
            .iter()
            .filter(|chief| relieved(&chief.id))
            .flat_map(|chief| chief.local_heads.iter().cloned())
            .collect()
    }

    fn add(
        &self,
        row: usize,
        head: Option<&Contact>,
        keys: &mut Keys,
        written: &mut Written,
        new_id: NewId<'_>,
    ) {
        let mut unit = self.checked.rows[row].unit.clone();
        for kind in ClassKind::ALL {
            if let Some(class) = derived(self.table, kind, &unit) {
                let class = class.to_owned();
                unit.classes.insert(kind.field().to_owned(), class);
            }
        }
        let id = new_id();
        let mut staff = Staff {
            unit_id: id,
            present: Vec::new(),
            leaving: Vec::new(),
            arriving: Vec::new(),
            changes: Vec::new(),
        };
        if !unit.chief.is_empty() {
            staff.replace(ContactKind::Chief, &unit.chief, new_id);
        }
        if let Some(head) = head {
            staff.replace(ContactKind::LocalHead, head, new_id);
        }
        staff.into(written);
        let key = unit.key.clone().unwrap_or_else(|| keys.next(&unit.region));
        written.units.push(NewUnitRow { id, unit, key });
    }

    fn change(
        &self,
        one: &PlannedChange,
        head: Option<&Contact>,
        written: &mut Written,
        new_id: NewId<'_>,
    ) {
        let known = &self.known.refs[one.known];
        let mut after = self.known.units[one.known].unit.clone();
        let (mut chief, mut local_head) = (false, false);
        for change in &one.fields {
            after.set(&change.field, change.after.as_deref());
            match &change.field {
                FileField::ChiefName | FileField::ChiefEmail => chief = true,
                FileField::LocalHeadName | FileField::LocalHeadEmail => local_head = true,
                field => {
                    if let Some(field) = stored(field) {
                        written.changes.push(Change {
                            unit_id: known.id,
                            contact_id: None,
                            field,
                            before: change.before.clone(),
                            after: change.after.clone(),
                        });
                    }
                }
            }
        }
        if one.back {
            written.changes.push(Change {
                unit_id: known.id,
                contact_id: None,
                field: Field::Column(Column::GoneAt),
                before: known.gone_at.clone(),
                after: None,
            });
        }
        let mut staff = Staff::of(known);
        if chief {
            staff.replace(ContactKind::Chief, &after.chief, new_id);
        }
        match head {
            Some(head) => staff.replace(ContactKind::LocalHead, head, new_id),
            None if local_head => {
                staff.replace(ContactKind::LocalHead, &after.local_head, new_id);
            }
            None => {}
        }
        staff.into(written);
    }
}

/// What becomes of a unit's people.
struct Staff<'a> {
    unit_id: Uuid,
    present: Vec<&'a person::Person>,
    leaving: Vec<Uuid>,
    arriving: Vec<Arrival>,
    changes: Vec<Change>,
}

impl<'a> Staff<'a> {
    fn of(known: &'a KnownRef) -> Self {
        Self {
            unit_id: known.id,
            present: known.people.iter().collect(),
            leaving: Vec::new(),
            arriving: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// The same address with another name is the same person with the name put right.
    fn replace(&mut self, kind: ContactKind, who: &Contact, new_id: NewId<'_>) {
        let email = who.email.as_ref().map_or("", |email| email.as_str());
        let holder = self.present.iter().find(|person| person.kind == kind);
        if let Some(holder) = holder {
            if holder.email.to_lowercase() == email.to_lowercase() {
                if holder.name != who.name && !who.name.is_empty() {
                    self.changes.push(Change {
                        unit_id: self.unit_id,
                        contact_id: Some(holder.id),
                        field: Field::ContactName,
                        before: Some(holder.name.clone()),
                        after: Some(who.name.clone()),
                    });
                }
                return;
            }
            self.leaving.push(holder.id);
        }
        self.arriving.push(Arrival {
            id: new_id(),
            unit_id: self.unit_id,
            who: Arrived {
                kind,
                name: who.name.clone(),
                email: email.to_owned(),
            },
        });
    }

    fn into(self, written: &mut Written) {
        written.changes.extend(self.changes);
        if !self.leaving.is_empty() || !self.arriving.is_empty() {
            written.moves.push(Move {
                unit_id: self.unit_id,
                present: self.present.into_iter().cloned().collect(),
                leaving: self.leaving,
                arriving: self.arriving,
            });
        }
    }
}

/// Keys for units that come without one: the region's code and a number that none of its units has.
struct Keys(BTreeMap<String, u32>);

impl Keys {
    fn of(known: &Known) -> Self {
        let mut last: BTreeMap<String, u32> = BTreeMap::new();
        for one in &known.units {
            let Some((prefix, number)) =
                one.unit.key.as_deref().and_then(|key| key.split_once('-'))
            else {
                continue;
            };
            if let Ok(number) = number.parse::<u32>() {
                let last = last.entry(prefix.to_owned()).or_default();
                *last = number.max(*last);
            }
        }
        Self(last)
    }

    fn next(&mut self, region: &str) -> String {
        let prefix = Region::parse(region).map_or("00", Region::code);
        let last = self.0.entry(prefix.to_owned()).or_default();
        *last += 1;
        format!("{prefix}-{last:04}")
    }
}
