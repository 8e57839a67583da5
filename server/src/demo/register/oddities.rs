//! Units whose names and chiefs try the product's design.

use super::{DemoUnit, Ownership, words::line};

const HALLAND: &str = "13";
const VARMLAND: &str = "17";
const VASTERBOTTEN: &str = "24";
/// The survey goes to the head of operations for four centres and fewer; one more shows the difference.
const CENTRES_OF_ONE_CHIEF: usize = 5;

pub(super) fn add(units: &mut [DemoUnit]) {
    rename(units, HALLAND, Ownership::Public, line("long name"));
    rename(units, VARMLAND, Ownership::Private, line("letters name"));
    share_chief(units, VASTERBOTTEN);
}

fn rename(units: &mut [DemoUnit], region: &str, ownership: Ownership, name: &str) {
    if let Some(unit) = of(units, region, ownership).next() {
        name.clone_into(&mut unit.name);
    }
}

fn share_chief(units: &mut [DemoUnit], region: &str) {
    let mut centres = of(units, region, Ownership::Public);
    if let Some(first) = centres.next() {
        for unit in centres.take(CENTRES_OF_ONE_CHIEF - 1) {
            unit.chief_name.clone_from(&first.chief_name);
            unit.chief_email.clone_from(&first.chief_email);
        }
    }
}

fn of<'a>(
    units: &'a mut [DemoUnit],
    region: &str,
    ownership: Ownership,
) -> impl Iterator<Item = &'a mut DemoUnit> {
    units
        .iter_mut()
        .filter(move |unit| unit.region.code == region && unit.ownership == ownership)
}
