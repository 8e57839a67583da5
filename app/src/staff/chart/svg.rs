use std::fmt::Write as _;

/// Markup that is written from the front. Attributes and texts are escaped.
#[derive(Debug, Default)]
pub(super) struct Svg(String);

impl Svg {
    /// An element with what stands in it.
    pub fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Self),
    ) {
        self.opening(name, attributes);
        self.0.push('>');
        inner(self);
        let _ = write!(self.0, "</{name}>");
    }

    /// An element with nothing in it.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.opening(name, attributes);
        self.0.push_str("/>");
    }

    pub fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                other => self.0.push(other),
            }
        }
    }

    pub fn finish(self) -> String {
        self.0
    }

    fn opening(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.0, "<{name}");
        for (attribute, value) in attributes {
            let _ = write!(self.0, " {attribute}=\"");
            self.text(value);
            self.0.push('"');
        }
    }
}

/// `12.34%` of parts of a whole; nought where there is no whole.
pub(super) fn percent_of(part: u64, whole: u64) -> String {
    let hundredths = (u128::from(part) * 10_000)
        .checked_div(u128::from(whole))
        .unwrap_or(0);
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_in_cannot_become_markup() {
        let mut svg = Svg::default();
        svg.element("text", &[("id", "\"><script>")], |svg| svg.text("<b>&"));
        assert_eq!(
            svg.finish(),
            "<text id=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;</text>"
        );
    }

    #[test]
    fn shares_are_written_as_a_style_takes_them() {
        assert_eq!(percent_of(1, 3), "33.33%");
        assert_eq!(percent_of(5, 5), "100.00%");
        assert_eq!(percent_of(1, 0), "0.00%");
    }
}
