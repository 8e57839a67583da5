//! What the charts with an axis from nought to a hundred percent stand on.

use super::svg::Svg;

/// The frame of a chart. Its texts are placed by percent and keep their size; only what is drawn by [`Plot::stretched`] is
/// stretched to the window.
pub(super) struct Plot<'a> {
    /// Of the element; its title and description have ids made from it.
    pub id: &'a str,
    pub title: &'a str,
    /// For those who do not see it.
    pub description: &'a str,
    /// Room above, and what the axis itself takes.
    pub top: u32,
    pub height: u32,
    /// Where the axis' labels stand: `start` or `end`.
    pub labels: &'static str,
    /// How `50 %` is written here.
    pub percent: &'a dyn Fn(u64) -> String,
}

/// In tenths of a percent.
pub(super) const WHOLE: u64 = 1000;

const BELOW: u32 = 28;
const GRID: [u64; 5] = [0, 25, 50, 75, 100];

impl Plot<'_> {
    pub fn svg(&self, draw: impl FnOnce(&mut Svg)) -> String {
        let (title, description) = (format!("{}-t", self.id), format!("{}-d", self.id));
        let height = (self.bottom() + BELOW).to_string();
        let labelled = format!("{title} {description}");
        let mut svg = Svg::default();
        let attributes = [
            ("class", "line"),
            ("width", "100%"),
            ("height", &height),
            ("role", "img"),
            ("aria-labelledby", &labelled),
        ];
        svg.element("svg", &attributes, |svg| {
            svg.element("title", &[("id", &title)], |svg| svg.text(self.title));
            svg.element("desc", &[("id", &description)], |svg| {
                svg.text(self.description);
            });
            self.grid(svg);
            draw(svg);
        });
        svg.finish()
    }

    /// A line across the whole chart, from `y` down to the axis.
    pub fn mark(&self, svg: &mut Svg, x: &str, y: &str) {
        let bottom = self.bottom().to_string();
        let line = [
            ("class", "mark"),
            ("x1", x),
            ("x2", x),
            ("y1", y),
            ("y2", &bottom),
        ];
        svg.empty("line", &line);
    }

    /// The name of the axis from nought to a hundred percent, above it.
    pub fn heading(&self, svg: &mut Svg, name: &str) {
        let y = self.top.saturating_sub(28).to_string();
        let text = [("x", "0"), ("y", y.as_str()), ("text-anchor", "start")];
        svg.element("text", &text, |svg| svg.text(name));
    }

    /// A label below the axis.
    pub fn label(&self, svg: &mut Svg, x: &str, anchor: &str, label: &str) {
        let y = (self.bottom() + 20).to_string();
        let text = [("x", x), ("y", y.as_str()), ("text-anchor", anchor)];
        svg.element("text", &text, |svg| svg.text(label));
    }

    /// Room for lines that are `width` wide and [`WHOLE`] high.
    pub fn stretched(&self, svg: &mut Svg, width: usize, draw: impl FnOnce(&mut Svg)) {
        let (y, height) = (self.top.to_string(), self.height.to_string());
        let view = format!("0 0 {} {WHOLE}", width.max(1));
        let plot = [
            ("y", y.as_str()),
            ("width", "100%"),
            ("height", &height),
            ("viewBox", &view),
            ("preserveAspectRatio", "none"),
        ];
        svg.element("svg", &plot, draw);
    }

    fn grid(&self, svg: &mut Svg) {
        let x = if self.labels == "end" { "100%" } else { "0" };
        for percent in GRID {
            let y = u64::from(self.bottom()) - u64::from(self.height) * percent / 100;
            let (line, label) = (y.to_string(), (y - 4).to_string());
            let class = if percent == 0 { "axis" } else { "grid" };
            let across = [
                ("class", class),
                ("x1", "0"),
                ("x2", "100%"),
                ("y1", &line),
                ("y2", &line),
            ];
            svg.empty("line", &across);
            if percent > 0 {
                let text = [("x", x), ("y", &label), ("text-anchor", self.labels)];
                svg.element("text", &text, |svg| svg.text(&(self.percent)(percent)));
            }
        }
    }

    fn bottom(&self) -> u32 {
        self.top + self.height
    }
}

/// A line within [`Plot::stretched`]. It keeps its breadth.
pub(super) fn line(svg: &mut Svg, class: &str, path: &str) {
    let path = [
        ("class", class),
        ("d", path),
        ("fill", "none"),
        ("vector-effect", "non-scaling-stroke"),
    ];
    svg.empty("path", &path);
}
