use std::fmt;
use std::str::FromStr;

/// What a change in the register is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The unit came into the register. What it held then is told as JSON.
    Unit,
    Column(Column),
    /// A register field that branching may ask about.
    Class(String),
    /// The contact came into the register. What it held then is told as JSON.
    Contact,
    ContactName,
    /// When the contact held no more, in milliseconds.
    ContactUntil,
    /// When mail to the contact came back for good, in milliseconds.
    ContactUndeliverable,
}

impl Field {
    /// Whether follow-up counts units by it.
    pub(super) const fn divides(&self) -> bool {
        matches!(
            self,
            Self::Class(_) | Self::Column(Column::Region | Column::Ownership)
        )
    }
}

/// A column of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Its lasting identity; a file may bring the sender's own.
    Key,
    Name,
    Address,
    PostalCode,
    City,
    Region,
    Ownership,
    Municipality,
    Regso,
    StartedOn,
    ClosedOn,
    /// `true` or nothing.
    Branch,
    /// When the register stopped knowing it, in milliseconds.
    GoneAt,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the register has no field {0}")]
pub struct NoSuchField(pub String);

impl Column {
    pub const ALL: [Self; 13] = [
        Self::Key,
        Self::Name,
        Self::Address,
        Self::PostalCode,
        Self::City,
        Self::Region,
        Self::Ownership,
        Self::Municipality,
        Self::Regso,
        Self::StartedOn,
        Self::ClosedOn,
        Self::Branch,
        Self::GoneAt,
    ];

    /// The name in storage.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Name => "name",
            Self::Address => "address",
            Self::PostalCode => "postal_code",
            Self::City => "city",
            Self::Region => "region",
            Self::Ownership => "ownership",
            Self::Municipality => "municipality",
            Self::Regso => "regso",
            Self::StartedOn => "started_on",
            Self::ClosedOn => "closed_on",
            Self::Branch => "branch",
            Self::GoneAt => "gone_at",
        }
    }

    /// Whether the column holds a text rather than nothing where nothing is known.
    pub(super) const fn is_never_null(self) -> bool {
        matches!(
            self,
            Self::Key | Self::Name | Self::Address | Self::PostalCode | Self::City | Self::Region
        )
    }
}

impl Field {
    /// How the names of a unit's classes begin.
    pub(in crate::storage) const CLASS: &str = "class.";
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("unit"),
            Self::Column(column) => f.write_str(column.name()),
            Self::Class(class) => write!(f, "{}{class}", Self::CLASS),
            Self::Contact => f.write_str("contact"),
            Self::ContactName => f.write_str("contact.name"),
            Self::ContactUntil => f.write_str("contact.valid_to"),
            Self::ContactUndeliverable => f.write_str("contact.undeliverable_at"),
        }
    }
}

impl FromStr for Field {
    type Err = NoSuchField;

    fn from_str(text: &str) -> Result<Self, NoSuchField> {
        if let Some(class) = text.strip_prefix(Self::CLASS) {
            return Ok(Self::Class(class.to_owned()));
        }
        let whole = [
            Self::Unit,
            Self::Contact,
            Self::ContactName,
            Self::ContactUntil,
            Self::ContactUndeliverable,
        ];
        let columns = Column::ALL.into_iter().map(Self::Column);
        whole
            .into_iter()
            .chain(columns)
            .find(|field| field.to_string() == text)
            .ok_or_else(|| NoSuchField(text.to_owned()))
    }
}

impl TryFrom<String> for Field {
    type Error = NoSuchField;

    fn try_from(text: String) -> Result<Self, NoSuchField> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_as_it_was_written() {
        let columns = Column::ALL.into_iter().map(Field::Column);
        let fields = [
            Field::Unit,
            Field::Class("area_type".to_owned()),
            Field::Contact,
            Field::ContactName,
            Field::ContactUntil,
            Field::ContactUndeliverable,
        ];
        for field in fields.into_iter().chain(columns) {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
    }

    #[test]
    fn a_field_that_is_none_is_refused() {
        assert_eq!(
            "shoe_size".parse::<Field>(),
            Err(NoSuchField("shoe_size".to_owned()))
        );
    }
}
