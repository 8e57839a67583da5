//! The groups that cases are counted in: the region, who runs the unit, and every class of the instrument's register.

use std::collections::BTreeMap;

use crate::{
    instrument::{Instrument, RegisterKind},
    text::{Language, Text},
};

/// Which groups a unit belongs to, as an instrument divides them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grouping {
    classes: BTreeMap<String, Vec<String>>,
}

/// A way of dividing the units, with everything that a table of it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    pub key: String,
    pub label: Text,
    /// In the order of a table. What is found beside them follows after.
    pub categories: Vec<Category>,
    pub order: Order,
    /// Those of which the register knows nothing here.
    pub missing: Category,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Empty: not known.
    pub key: String,
    pub label: Text,
}

/// How a table is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The lowest rate first.
    ByRate,
    AsListed,
}

/// What the product itself calls the groups that are no class of an instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub region: Text,
    pub ownership: Text,
    /// By key.
    pub ownerships: BTreeMap<String, Text>,
    pub missing: Text,
}

impl Dimension {
    pub const REGION: &'static str = "region";
    pub const OWNERSHIP: &'static str = "ownership";
    /// Regions divided by ownership.
    pub const REGION_AND_OWNERSHIP: &'static str = "region,ownership";
    /// Every case, whatever its groups. Its only category is the empty one.
    pub const ALL: &'static str = "";

    pub fn region(names: &Names) -> Self {
        Self {
            key: Self::REGION.to_owned(),
            label: names.region.clone(),
            categories: Vec::new(),
            order: Order::ByRate,
            missing: names.missing(),
        }
    }

    pub fn ownership(names: &Names) -> Self {
        let category = |key: &str| Category {
            key: key.to_owned(),
            label: names
                .ownerships
                .get(key)
                .cloned()
                .unwrap_or_else(|| Text::swedish(key)),
        };
        Self {
            key: Self::OWNERSHIP.to_owned(),
            label: names.ownership.clone(),
            categories: OWNERSHIPS.into_iter().map(category).collect(),
            order: Order::AsListed,
            missing: names.missing(),
        }
    }

    /// The category of a crossed dimension.
    pub fn crossed(outer: &str, inner: &str) -> String {
        // The separator of units in ASCII: no name holds one.
        format!("{outer}\u{1f}{inner}")
    }

    /// The category of that key.
    pub fn category(&self, key: &str) -> Category {
        if key.is_empty() {
            return self.missing.clone();
        }
        self.categories
            .iter()
            .find(|category| category.key == key)
            .cloned()
            .unwrap_or_else(|| Category {
                key: key.to_owned(),
                label: Text::swedish(key),
            })
    }
}

impl Names {
    fn missing(&self) -> Category {
        Category {
            key: String::new(),
            label: self.missing.clone(),
        }
    }
}

impl Category {
    /// As a file names it: a class that is known by its number by that, any other by its label.
    pub fn published(&self, language: Language) -> &str {
        let numbered = !self.key.is_empty() && self.key.bytes().all(|byte| byte.is_ascii_digit());
        if numbered {
            &self.key
        } else {
            self.label.get(language)
        }
    }
}

impl Grouping {
    pub fn of(instrument: &Instrument) -> Self {
        let classes = instrument
            .register
            .iter()
            .filter_map(|field| match &field.kind {
                RegisterKind::Class(values) => Some((
                    field.key.clone(),
                    values.iter().map(|value| value.key.clone()).collect(),
                )),
                RegisterKind::Number => None,
            })
            .filter(|(key, _)| !is_own(key))
            .collect();
        Self { classes }
    }

    /// Each dimension with the unit's category there, in the order of their names. A class that the instrument does
    /// not know counts as missing.
    pub fn groups<'a>(
        &self,
        region: &str,
        ownership: Option<&str>,
        class: impl Fn(&str) -> Option<&'a str>,
    ) -> BTreeMap<String, String> {
        let ownership = ownership.unwrap_or_default();
        let mut groups: BTreeMap<String, String> = self
            .classes
            .iter()
            .map(|(key, values)| {
                let value = class(key).map(str::trim).unwrap_or_default();
                let known = values.iter().any(|one| one == value);
                (key.clone(), if known { value } else { "" }.to_owned())
            })
            .collect();
        for (dimension, category) in [
            (Dimension::REGION, region.to_owned()),
            (Dimension::OWNERSHIP, ownership.to_owned()),
            (
                Dimension::REGION_AND_OWNERSHIP,
                Dimension::crossed(region, ownership),
            ),
        ] {
            groups.insert(dimension.to_owned(), category);
        }
        groups
    }
}

/// Whether the register keeps the field beside the classes.
fn is_own(key: &str) -> bool {
    matches!(key, Dimension::REGION | Dimension::OWNERSHIP)
}

/// The dimensions of an instrument: the region, its classes in its order, and who runs the unit.
pub fn dimensions(instrument: &Instrument, names: &Names) -> Vec<Dimension> {
    let classes = instrument.register.iter().filter_map(|field| {
        let RegisterKind::Class(values) = &field.kind else {
            return None;
        };
        let categories = values.iter().map(|value| Category {
            key: value.key.clone(),
            label: value.label.clone(),
        });
        Some(Dimension {
            key: field.key.clone(),
            label: field.label.clone(),
            categories: categories.collect(),
            order: Order::AsListed,
            missing: names.missing(),
        })
    });
    std::iter::once(Dimension::region(names))
        .chain(classes.filter(|dimension| !is_own(&dimension.key)))
        .chain([Dimension::ownership(names)])
        .collect()
}

/// As the register has them, in the order of a table.
const OWNERSHIPS: [&str; 2] = ["public", "private"];
