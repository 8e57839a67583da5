//! What a column of a region's file may be about.

use std::{borrow::Cow, fmt};

/// A field of the register. Stored and remembered by its [`key`](Field::key).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The sender's lasting identity of the unit: HSA-id or a number of its own.
    Key,
    Name,
    /// Street and number.
    Address,
    /// `123 45`; a place after it is taken as the city where no column gives one.
    PostalCode,
    City,
    Region,
    /// Public or private.
    Ownership,
    /// Code or name.
    Municipality,
    Regso,
    /// Number of listed residents.
    Listed,
    StartedOn,
    ClosedOn,
    /// Whether it is a branch office (filial), which the survey does not count.
    Branch,
    ChiefName,
    /// Given and family name in columns of their own; together they make `ChiefName`.
    ChiefGivenName,
    ChiefFamilyName,
    ChiefEmail,
    LocalHeadName,
    LocalHeadEmail,
    /// A class of the instrument's register, by its key: `municipality_type`.
    Class(String),
}

const CLASS: &str = "class.";

impl Field {
    /// Every field but the classes, in the order a person expects them.
    pub const ALL: [Self; 19] = [
        Self::Key,
        Self::Name,
        Self::Address,
        Self::PostalCode,
        Self::City,
        Self::Region,
        Self::Ownership,
        Self::Municipality,
        Self::Regso,
        Self::Listed,
        Self::StartedOn,
        Self::ClosedOn,
        Self::Branch,
        Self::ChiefName,
        Self::ChiefGivenName,
        Self::ChiefFamilyName,
        Self::ChiefEmail,
        Self::LocalHeadName,
        Self::LocalHeadEmail,
    ];

    /// `chief_email`; a class is `class.municipality_type`.
    pub fn key(&self) -> Cow<'static, str> {
        let key = match self {
            Self::Key => "key",
            Self::Name => "name",
            Self::Address => "address",
            Self::PostalCode => "postal_code",
            Self::City => "city",
            Self::Region => "region",
            Self::Ownership => "ownership",
            Self::Municipality => "municipality",
            Self::Regso => "regso",
            Self::Listed => "listed",
            Self::StartedOn => "started_on",
            Self::ClosedOn => "closed_on",
            Self::Branch => "branch",
            Self::ChiefName => "chief_name",
            Self::ChiefGivenName => "chief_given_name",
            Self::ChiefFamilyName => "chief_family_name",
            Self::ChiefEmail => "chief_email",
            Self::LocalHeadName => "local_head_name",
            Self::LocalHeadEmail => "local_head_email",
            Self::Class(class) => return Cow::Owned(format!("{CLASS}{class}")),
        };
        Cow::Borrowed(key)
    }

    /// The field with this [`key`](Field::key).
    pub fn from_key(key: &str) -> Option<Self> {
        match key.strip_prefix(CLASS) {
            Some("") => None,
            Some(class) => Some(Self::Class(class.to_owned())),
            None => Self::ALL.into_iter().find(|field| field.key() == key),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}
