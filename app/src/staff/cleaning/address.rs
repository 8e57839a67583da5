//! Where the pages of a round's cleaning are.

use super::{super::follow_up::encoded, ListFilter};

/// A round's pages of cleaning.
#[derive(Clone, Copy, Debug)]
pub struct CleaningPaths<'a>(pub &'a str);

impl CleaningPaths<'_> {
    pub fn list(self) -> String {
        format!("/admin/rattning/{}", encoded(self.0))
    }

    /// Where one was in the list.
    pub fn list_at(self, filter: &ListFilter) -> String {
        filter.after(self.list())
    }

    pub fn clean_new(self) -> String {
        format!("{}/ratta-nya", self.list())
    }

    pub fn figures(self) -> String {
        format!("{}/matt", self.list())
    }

    /// The figures of the same part of what is published.
    pub fn figures_of(self, filter: &ListFilter) -> String {
        match filter.part_query() {
            query if query.is_empty() => self.figures(),
            query => format!("{}?{query}", self.figures()),
        }
    }

    /// `format`: how the file is written.
    pub fn figures_file(self, format: &str) -> String {
        format!("{}/matt.csv?format={format}", self.list())
    }

    pub fn case(self, unit: &str) -> String {
        format!("{}/{}", self.list(), encoded(unit))
    }

    /// The case, come to from that place in the list.
    pub fn case_from(self, unit: &str, filter: &ListFilter) -> String {
        filter.after(self.case(unit))
    }

    /// A question of the case, come to from that place on the list, from 1.
    pub fn question(self, unit: &str, filter: &ListFilter, place: usize, query: &str) -> String {
        let case = self.case(unit);
        format!("{case}?{}#{}", filter.with_place(place), anchor(query))
    }

    pub fn decide(self, unit: &str) -> String {
        format!("{}/beslut", self.case(unit))
    }

    pub fn undo(self, unit: &str) -> String {
        format!("{}/angra", self.case(unit))
    }

    pub fn letter(self, unit: &str) -> String {
        format!("{}/brev", self.case(unit))
    }
}

/// The id of a query's place on a page, from its own identity.
pub fn anchor(query: &str) -> String {
    let plain = |sign: char| {
        if sign.is_ascii_alphanumeric() {
            sign
        } else {
            '-'
        }
    };
    format!("f-{}", query.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_whose_key_is_odd_has_a_page_all_the_same() {
        let paths = CleaningPaths("2022");
        assert_eq!(paths.case("vc 1/2"), "/admin/rattning/2022/vc%201%2F2");
        assert_eq!(anchor("staffing/percent/a_fte"), "f-staffing-percent-a-fte");
    }
}
