use super::svg::Svg;

/// A short piece of one of a chart's lines, to stand beside what it means. `class` is that of the line in the chart.
/// It says nothing to screen readers: the text does.
pub fn swatch(class: &str) -> String {
    let mut svg = Svg::default();
    let attributes = [
        ("class", "line swatch"),
        ("width", "32"),
        ("height", "12"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    svg.element("svg", &attributes, |svg| {
        let line = [
            ("class", class),
            ("x1", "0"),
            ("x2", "32"),
            ("y1", "6"),
            ("y2", "6"),
        ];
        svg.empty("line", &line);
    });
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::swatch;

    #[test]
    fn a_swatch_is_drawn_like_the_line_it_stands_for() {
        let swatch = swatch("mark");
        assert!(swatch.contains("<line class=\"mark\""), "{swatch}");
        assert!(swatch.contains("aria-hidden=\"true\""));
    }
}
