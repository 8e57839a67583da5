//! Where the numbers of a round lead.

use survey::statistics::{Definition, Slice};

/// A round's pages.
#[derive(Clone, Copy, Debug)]
pub struct RoundPaths<'a>(pub &'a str);

impl RoundPaths<'_> {
    pub fn follow_up(self) -> String {
        format!("/admin/uppfoljning/{}", encoded(self.0))
    }

    /// With the response rate counted in this way.
    pub fn counted(self, definition: Definition) -> String {
        format!("{}?matt={}", self.follow_up(), definition.key())
    }

    /// One group at a glance.
    pub fn group(self, dimension: &str, category: &str, definition: Definition) -> String {
        format!(
            "{}/grupp?dimension={}&grupp={}&matt={}",
            self.follow_up(),
            encoded(dimension),
            encoded(category),
            definition.key()
        )
    }

    pub fn tables(self) -> String {
        format!("/admin/tabeller/{}", encoded(self.0))
    }

    pub fn table_file(self, file: &str) -> String {
        format!("{}/{}", self.tables(), encoded(file))
    }

    pub fn region_links(self) -> String {
        format!("{}/regionlankar", self.follow_up())
    }

    pub fn revoke(self, link: &str) -> String {
        format!("{}/{}/aterkalla", self.region_links(), encoded(link))
    }

    /// The cases behind a number: of a group where one is named by its dimension and category, else of the whole round.
    pub fn behind(self, group: Option<(&str, &str)>, slice: &Slice) -> String {
        let group = group.map_or_else(String::new, |(dimension, category)| {
            format!(
                "dimension={}&grupp={}&",
                encoded(dimension),
                encoded(category)
            )
        });
        format!(
            "{}/enheter?{group}urval={}",
            self.follow_up(),
            encoded(&slice.to_string())
        )
    }
}

/// As an address holds it, whatever it is.
pub fn encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut address = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push('%');
            for half in [byte >> 4, byte & 15] {
                address.push(char::from(DIGITS[usize::from(half)]));
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use survey::statistics::Status;

    use super::*;

    #[test]
    fn a_number_leads_to_its_group_and_slice() {
        let round = RoundPaths("2022");
        assert_eq!(
            round.behind(None, &Slice::Answered),
            "/admin/uppfoljning/2022/enheter?urval=answered"
        );
        assert_eq!(
            round.behind(
                Some(("region", "Region Örebro&urval=all")),
                &Slice::Status(Status::Refused)
            ),
            "/admin/uppfoljning/2022/enheter?dimension=region&grupp=Region%20%C3%96rebro%26urval%3Dall&urval=status.refused"
        );
    }
}
