use crate::staff::follow_up::encoded;

/// A round's pages of data.
#[derive(Clone, Copy, Debug)]
pub struct DataPaths<'a>(pub &'a str);

impl DataPaths<'_> {
    pub const AREA: &'static str = "/admin/data";

    pub fn page(self) -> String {
        format!("{}/{}", Self::AREA, encoded(self.0))
    }

    /// The page at a data cut.
    pub fn at(self, cut: &str) -> String {
        format!("{}?snitt={}", self.page(), encoded(cut))
    }

    /// Where the form that asks for a file leads.
    pub fn file(self) -> String {
        format!("{}/fil", self.page())
    }

    pub fn codebook(self) -> String {
        format!("{}/kodbok", self.page())
    }

    pub fn codebook_file(self, format: &str) -> String {
        format!("{}/fil?format={}", self.codebook(), encoded(format))
    }
}
