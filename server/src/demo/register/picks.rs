//! The centres whose links the demo shows. None of them has answered, so that their chiefs have it all to do.

use super::{AreaType, DemoUnit, Ownership};

/// A centre whose chief gets the shorter questionnaire: neither rural nor in area type 1 or 2.
pub fn ordinary(units: &[DemoUnit]) -> Option<&DemoUnit> {
    first(units, |unit| {
        !unit.municipality_type.is_rural() && !unit.area_type.is_challenged()
    })
}

/// A rural centre outside area types 1 and 2.
pub fn rural(units: &[DemoUnit]) -> Option<&DemoUnit> {
    first(units, |unit| {
        unit.municipality_type.is_rural() && !unit.area_type.is_challenged()
    })
}

/// A centre in area type 1 that is not rural.
pub fn socioeconomic(units: &[DemoUnit]) -> Option<&DemoUnit> {
    first(units, |unit| {
        !unit.municipality_type.is_rural() && unit.area_type == AreaType::LargeChallenges
    })
}

/// A rural centre in area type 1 or 2.
pub fn rural_and_socioeconomic(units: &[DemoUnit]) -> Option<&DemoUnit> {
    first(units, |unit| {
        unit.municipality_type.is_rural() && unit.area_type.is_challenged()
    })
}

fn first(units: &[DemoUnit], is_wanted: impl Fn(&DemoUnit) -> bool) -> Option<&DemoUnit> {
    units
        .iter()
        .find(|unit| !unit.answered && unit.ownership == Ownership::Public && is_wanted(unit))
}
