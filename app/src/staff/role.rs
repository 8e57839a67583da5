//! What a person on the staff may do.

/// Ordered: each may all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Sees lists, tables and charts.
    Reader,
    /// May also download data.
    Analyst,
    /// May also change things.
    Administrator,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no role {0}; roles are reader, analyst and administrator")]
pub struct UnknownRole(pub String);

impl Role {
    pub const ALL: [Self; 3] = [Self::Reader, Self::Analyst, Self::Administrator];

    /// The name in forms, storage and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Analyst => "analyst",
            Self::Administrator => "administrator",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.name() == name)
            .ok_or_else(|| UnknownRole(name.to_owned()))
    }
}

impl TryFrom<String> for Role {
    type Error = UnknownRole;

    fn try_from(name: String) -> Result<Self, UnknownRole> {
        name.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn an_administrator_may_what_an_analyst_may_and_an_analyst_what_a_reader_may() {
        assert!(Role::Reader < Role::Analyst);
        assert!(Role::Analyst < Role::Administrator);
    }

    #[test]
    fn every_role_is_read_back_from_its_name() {
        for role in Role::ALL {
            assert_eq!(role.name().parse(), Ok(role));
        }
        assert!("owner".parse::<Role>().is_err());
    }
}
