use std::fmt::Write as _;

use super::svg::{Svg, percent_of};

/// What is left of a whole after each step; all of it before the first. The axis goes from nought to a hundred percent.
#[derive(Clone)]
pub struct Curve<'a> {
    /// Of the element; its title and description have ids made from it.
    pub id: &'a str,
    pub title: &'a str,
    /// What the curve does, for those who do not see it.
    pub description: &'a str,
    /// After each step, in tenths of a percent.
    pub left: &'a [u64],
    /// The step after which it is enough, where that is one of them.
    pub enough: Option<usize>,
    /// Below the axis, at its beginning and its end.
    pub from: &'a str,
    pub to: &'a str,
    /// How `50 %` is written here.
    pub percent: &'a dyn Fn(u64) -> String,
}

const TOP: u32 = 16;
const PLOT: u32 = 180;
const BOTTOM: u32 = 28;
const WHOLE: u64 = 1000;
const GRID: [u64; 5] = [0, 25, 50, 75, 100];

impl Curve<'_> {
    /// The chart. Its texts are placed by percent and keep their size; only the curve itself is stretched.
    pub fn svg(&self) -> String {
        let (title, description) = (format!("{}-t", self.id), format!("{}-d", self.id));
        let height = (TOP + PLOT + BOTTOM).to_string();
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
            self.enough(svg);
            self.path(svg);
            self.ends(svg);
        });
        svg.finish()
    }

    fn grid(&self, svg: &mut Svg) {
        for percent in GRID {
            let y = u64::from(TOP + PLOT) - u64::from(PLOT) * percent / 100;
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
                // At the end, where the curve is low.
                let text = [("x", "100%"), ("y", label.as_str()), ("text-anchor", "end")];
                svg.element("text", &text, |svg| svg.text(&(self.percent)(percent)));
            }
        }
    }

    fn enough(&self, svg: &mut Svg) {
        let Some(step) = self.enough else {
            return;
        };
        let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let x = percent_of(wide(step), wide(self.left.len()));
        let bottom = (TOP + PLOT).to_string();
        let line = [
            ("class", "mark"),
            ("x1", x.as_str()),
            ("x2", x.as_str()),
            ("y1", "0"),
            ("y2", &bottom),
        ];
        svg.empty("line", &line);
    }

    fn path(&self, svg: &mut Svg) {
        let mut path = "M0 0".to_owned();
        for (step, left) in (1..).zip(self.left) {
            let _ = write!(path, "L{step} {}", WHOLE.saturating_sub(*left));
        }
        let (y, height) = (TOP.to_string(), PLOT.to_string());
        let view = format!("0 0 {} {WHOLE}", self.left.len().max(1));
        let plot = [
            ("y", y.as_str()),
            ("width", "100%"),
            ("height", &height),
            ("viewBox", &view),
            ("preserveAspectRatio", "none"),
        ];
        svg.element("svg", &plot, |svg| {
            let path = [
                ("class", "path"),
                ("d", path.as_str()),
                ("fill", "none"),
                ("vector-effect", "non-scaling-stroke"),
            ];
            svg.empty("path", &path);
        });
    }

    fn ends(&self, svg: &mut Svg) {
        let y = (TOP + PLOT + 20).to_string();
        for (x, anchor, label) in [("0", "start", self.from), ("100%", "end", self.to)] {
            let text = [("x", x), ("y", y.as_str()), ("text-anchor", anchor)];
            svg.element("text", &text, |svg| svg.text(label));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(left: &[u64], enough: Option<usize>) -> String {
        Curve {
            id: "kvar",
            title: "Kvar att vinna",
            description: "Linjen faller.",
            left,
            enough,
            from: "Nu",
            to: "Efter 2",
            percent: &|percent| format!("{percent} %"),
        }
        .svg()
    }

    #[test]
    fn it_begins_at_the_whole_and_falls_to_nothing() {
        let svg = curve(&[400, 0], None);
        assert!(svg.contains("d=\"M0 0L1 600L2 1000\""), "{svg}");
        assert!(!svg.contains("class=\"mark\""));
    }

    #[test]
    fn a_line_stands_where_it_is_enough() {
        let svg = curve(&[400, 0], Some(1));
        assert!(svg.contains("class=\"mark\" x1=\"50.00%\""), "{svg}");
    }

    #[test]
    fn it_has_a_name_and_a_description() {
        let svg = curve(&[], None);
        assert!(svg.contains("role=\"img\" aria-labelledby=\"kvar-t kvar-d\""));
        assert!(svg.contains("<title id=\"kvar-t\">Kvar att vinna</title>"));
    }
}
