use std::fmt::Write as _;

use super::{
    plot::{Plot, WHOLE, line},
    svg::{Svg, percent_of},
};

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
    /// What the axes are called.
    pub up: &'a str,
    pub across: &'a str,
    /// Below the axis, at its beginning and its end.
    pub from: &'a str,
    pub to: &'a str,
    /// How `50 %` is written here.
    pub percent: &'a dyn Fn(u64) -> String,
}

impl Curve<'_> {
    pub fn svg(&self) -> String {
        let plot = Plot {
            id: self.id,
            title: self.title,
            description: self.description,
            // Room for the name of the axis, and below it for the label of the whole.
            top: 40,
            height: 180,
            // Where the curve is low.
            labels: "end",
            percent: self.percent,
        };
        plot.svg(|svg| {
            self.enough(&plot, svg);
            self.path(&plot, svg);
            plot.heading(svg, self.up);
            plot.label(svg, "0", "start", self.from);
            plot.label(svg, "50%", "middle", self.across);
            plot.label(svg, "100%", "end", self.to);
        })
    }

    fn enough(&self, plot: &Plot<'_>, svg: &mut Svg) {
        let wide = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        if let Some(step) = self.enough {
            let x = percent_of(wide(step), wide(self.left.len()));
            plot.mark(svg, &x, "24");
        }
    }

    fn path(&self, plot: &Plot<'_>, svg: &mut Svg) {
        let mut path = "M0 0".to_owned();
        for (step, left) in (1..).zip(self.left) {
            let _ = write!(path, "L{step} {}", WHOLE.saturating_sub(*left));
        }
        plot.stretched(svg, self.left.len(), |svg| line(svg, "path", &path));
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
            up: "Kvar",
            across: "Avgjorda frågor",
            from: "0",
            to: "2",
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
    fn its_axes_have_names() {
        let svg = curve(&[400, 0], None);
        assert!(svg.contains(">Kvar</text>"), "{svg}");
        assert!(svg.contains("text-anchor=\"middle\">Avgjorda frågor</text>"));
    }

    #[test]
    fn it_has_a_name_and_a_description() {
        let svg = curve(&[], None);
        assert!(svg.contains("role=\"img\" aria-labelledby=\"kvar-t kvar-d\""));
        assert!(svg.contains("<title id=\"kvar-t\">Kvar att vinna</title>"));
    }
}
