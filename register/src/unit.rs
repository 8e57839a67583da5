//! A unit as a file tells of it and as the register knows it: the same shape, so that the two can be compared.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    field::Field,
    values::{Date, Email, Ownership},
};

/// Texts are in the register's own writing: trimmed, one space between words, postal code `123 45`, the region's canonical
/// name ([`Region::name`](crate::values::Region::name)). An empty text or `None`: not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    pub key: Option<String>,
    pub name: String,
    pub address: String,
    pub postal_code: String,
    pub city: String,
    pub region: String,
    pub ownership: Option<Ownership>,
    /// Four digits.
    pub municipality: Option<String>,
    pub regso: Option<String>,
    /// Listed residents.
    pub listed: Option<u32>,
    pub started_on: Option<Date>,
    pub closed_on: Option<Date>,
    pub branch: bool,
    pub chief: Contact,
    pub local_head: Contact,
    /// Values of the instrument's classes by their keys.
    pub classes: BTreeMap<String, String>,
}

/// A person who may be written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Empty: not told.
    pub name: String,
    pub email: Option<Email>,
}

impl Contact {
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.email.is_none()
    }
}

impl Unit {
    /// The field as the register stores it, `None` where not told. Branch is `true` or nothing.
    pub fn get(&self, field: &Field) -> Option<Cow<'_, str>> {
        let told = |text: &'_ str| (!text.is_empty()).then_some(());
        let text: &str = match field {
            Field::Key => self.key.as_deref()?,
            Field::Name => &self.name,
            Field::Address => &self.address,
            Field::PostalCode => &self.postal_code,
            Field::City => &self.city,
            Field::Region => &self.region,
            Field::Ownership => self.ownership?.key(),
            Field::Municipality => self.municipality.as_deref()?,
            Field::Regso => self.regso.as_deref()?,
            Field::Listed => return self.listed.map(|listed| listed.to_string().into()),
            Field::StartedOn => return self.started_on.map(|date| date.to_string().into()),
            Field::ClosedOn => return self.closed_on.map(|date| date.to_string().into()),
            Field::Branch => return self.branch.then_some(Cow::Borrowed("true")),
            Field::ChiefName => &self.chief.name,
            Field::ChiefEmail => self.chief.email.as_ref()?.as_str(),
            Field::LocalHeadName => &self.local_head.name,
            Field::LocalHeadEmail => self.local_head.email.as_ref()?.as_str(),
            Field::ChiefGivenName | Field::ChiefFamilyName => return None,
            Field::Class(class) => self.classes.get(class)?,
        };
        told(text).map(|()| Cow::Borrowed(text))
    }

    /// The opposite of [`get`](Unit::get). What cannot be read is left as not told.
    pub fn set(&mut self, field: &Field, value: Option<&str>) {
        let owned = || value.map(str::to_owned);
        let text = || owned().unwrap_or_default();
        match field {
            Field::Key => self.key = owned(),
            Field::Name => self.name = text(),
            Field::Address => self.address = text(),
            Field::PostalCode => self.postal_code = text(),
            Field::City => self.city = text(),
            Field::Region => self.region = text(),
            Field::Ownership => self.ownership = value.and_then(Ownership::from_key),
            Field::Municipality => self.municipality = owned(),
            Field::Regso => self.regso = owned(),
            Field::Listed => self.listed = value.and_then(|text| text.parse().ok()),
            Field::StartedOn => self.started_on = value.and_then(Date::from_iso),
            Field::ClosedOn => self.closed_on = value.and_then(Date::from_iso),
            Field::Branch => self.branch = value == Some("true"),
            Field::ChiefName => self.chief.name = text(),
            Field::ChiefEmail => self.chief.email = value.and_then(Email::parse),
            Field::LocalHeadName => self.local_head.name = text(),
            Field::LocalHeadEmail => self.local_head.email = value.and_then(Email::parse),
            Field::ChiefGivenName | Field::ChiefFamilyName => {}
            Field::Class(class) => match value {
                Some(value) => {
                    self.classes.insert(class.clone(), value.to_owned());
                }
                None => {
                    self.classes.remove(class);
                }
            },
        }
    }
}
