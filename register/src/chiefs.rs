//! One chief over many centres: a letter for each of ten centres is too much for one person, so their local heads get them.

use std::collections::BTreeMap;

use crate::{
    plain::plain,
    unit::{Contact, Unit},
    values::Email,
};

/// Numbers are places in the list of units given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChiefOfMany {
    /// As most of the units write it.
    pub chief: Contact,
    /// All of the chief's units.
    pub units: Vec<usize>,
    /// Units whose local head can be written to instead.
    pub local_heads: Vec<(usize, Email)>,
    /// Units that lack a local head with an address of their own.
    pub missing: Vec<usize>,
}

/// The chiefs of more than `limit` units that count (no branch offices), most units first. A chief is an e-mail address; units without
/// one go by the chief's name within their region.
pub fn chiefs_of_many<'a>(
    units: impl IntoIterator<Item = &'a Unit>,
    limit: usize,
) -> Vec<ChiefOfMany> {
    let units: Vec<&Unit> = units.into_iter().collect();
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut nameless: Vec<usize> = Vec::new();
    // Whose address a name stands for, as long as it is one.
    let mut address_of: BTreeMap<(String, &str), Option<String>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate().filter(|(_, unit)| !unit.branch) {
        let name = plain(&unit.chief.name);
        if let Some(email) = &unit.chief.email {
            let email = email.folded();
            if !name.is_empty() {
                address_of
                    .entry((name, &unit.region))
                    .and_modify(|known| {
                        if known.as_ref() != Some(&email) {
                            *known = None;
                        }
                    })
                    .or_insert_with(|| Some(email.clone()));
            }
            groups.entry(email).or_default().push(index);
        } else if !name.is_empty() {
            nameless.push(index);
        }
    }
    for index in nameless {
        let unit = units[index];
        let name = plain(&unit.chief.name);
        let group = match address_of.get(&(name.clone(), &unit.region)) {
            Some(Some(email)) => email.clone(),
            // No address has a space.
            _ => format!("{name} {}", unit.region),
        };
        groups.entry(group).or_default().push(index);
    }
    let mut found: Vec<ChiefOfMany> = groups
        .into_values()
        .filter(|group| group.len() > limit)
        .map(|mut group| {
            group.sort_unstable();
            proposal(&units, group)
        })
        .collect();
    found.sort_by_key(|chief| std::cmp::Reverse(chief.units.len()));
    found
}

fn proposal(units: &[&Unit], group: Vec<usize>) -> ChiefOfMany {
    let chief = most_common(group.iter().map(|index| &units[*index].chief));
    let mut local_heads = Vec::new();
    let mut missing = Vec::new();
    for index in &group {
        let own = units[*index]
            .local_head
            .email
            .as_ref()
            .filter(|email| Some(email.folded()) != chief.email.as_ref().map(Email::folded));
        match own {
            Some(email) => local_heads.push((*index, email.clone())),
            None => missing.push(*index),
        }
    }
    ChiefOfMany {
        chief,
        units: group,
        local_heads,
        missing,
    }
}

fn most_common<'a>(contacts: impl Iterator<Item = &'a Contact>) -> Contact {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut email = None;
    for contact in contacts {
        if !contact.name.is_empty() {
            *names.entry(&contact.name).or_default() += 1;
        }
        email = email.or_else(|| contact.email.clone());
    }
    let name = names
        .iter()
        .max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)))
        .map_or("", |(name, _)| *name);
    Contact {
        name: name.to_owned(),
        email,
    }
}
