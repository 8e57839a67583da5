use std::fmt;
use std::str::FromStr;

/// An e-mail address that any mail server takes: ASCII before the @, and a domain written as the mail system
/// writes it (`xn--…` for letters such as å), in small letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(lettre::Address);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("the address has no @")]
    NoAt,
    #[error("what stands before the @ holds signs that not every mail server takes")]
    LocalPart,
    #[error("what stands after the @ is no domain")]
    Domain,
}

impl Address {
    /// What stands after the @.
    pub fn domain(&self) -> &str {
        self.0.domain()
    }

    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    pub(crate) fn to_lettre(&self) -> lettre::Address {
        self.0.clone()
    }
}

impl FromStr for Address {
    type Err = AddressError;

    /// Space around the address counts for nothing.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let (user, domain) = text.trim().rsplit_once('@').ok_or(AddressError::NoAt)?;
        // Quoted local parts may hold spaces and worse; nobody has one, and what goes wrong with them is a letter lost.
        if !user.is_ascii() || user.contains(['"', '\\']) {
            return Err(AddressError::LocalPart);
        }
        let domain = idna::domain_to_ascii(domain).map_err(|_| AddressError::Domain)?;
        if !domain.contains('.') && domain != "localhost" {
            return Err(AddressError::Domain);
        }
        lettre::Address::new(user, &domain)
            .map(Self)
            .map_err(|error| match error {
                lettre::address::AddressError::InvalidUser => AddressError::LocalPart,
                _ => AddressError::Domain,
            })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_read_as_people_write_it() {
        for (written, means) in [
            (" ada@Example.COM ", "ada@example.com"),
            (
                "ada.exempel@vårdcentralen.se",
                "ada.exempel@xn--vrdcentralen-tcb.se",
            ),
            ("ada+enkät@example.com", ""),
            ("o'hara@example.com", "o'hara@example.com"),
        ] {
            let read = written.parse::<Address>();
            match read {
                Ok(address) => assert_eq!(address.as_str(), means, "{written:?}"),
                Err(error) => assert_eq!((error, means), (AddressError::LocalPart, "")),
            }
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (written, error) in [
            ("ada", AddressError::NoAt),
            ("", AddressError::NoAt),
            ("@example.com", AddressError::LocalPart),
            ("ada exempel@example.com", AddressError::LocalPart),
            ("\"ada exempel\"@example.com", AddressError::LocalPart),
            ("ada@bertil@example.com", AddressError::LocalPart),
            ("ada@", AddressError::Domain),
            ("ada@example", AddressError::Domain),
            ("ada@exa mple.com", AddressError::Domain),
            (
                "ada@example.com\r\nBcc: eve@example.com",
                AddressError::LocalPart,
            ),
            ("ada@example.com>", AddressError::Domain),
        ] {
            assert_eq!(written.parse::<Address>(), Err(error), "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn an_address_never_holds_what_could_end_it(text in ".*@.*") {
            if let Ok(address) = text.parse::<Address>() {
                let plain = |sign: char| sign.is_ascii_graphic() && !"<>,;:\"\\()".contains(sign);
                prop_assert!(address.as_str().chars().all(plain), "{}", address);
            }
        }
    }
}
