use std::fmt::Write as _;

use super::svg::{Svg, percent_of};

/// A share that grows day by day, over the days from the first to the last. The axis goes from nought to a hundred percent.
#[derive(Clone)]
pub struct LineChart<'a> {
    /// Of the element; its title and description have ids made from it.
    pub id: &'a str,
    pub title: &'a str,
    /// What the line does, for those who do not see it.
    pub description: &'a str,
    /// Days on the axis, at least 1.
    pub days: u32,
    /// At the end of a day, counted from 1, and in tenths of a percent.
    pub points: &'a [(u32, u64)],
    /// Another line to compare with, in the same way.
    pub compared: &'a [(u32, u64)],
    pub ticks: &'a [Tick],
    pub marks: &'a [Mark],
    /// How `50 %` is written here.
    pub percent: &'a dyn Fn(u64) -> String,
}

/// A label below the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Days from the beginning.
    pub at: u32,
    pub label: String,
}

/// A line across the chart with a few letters above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Days from the beginning.
    pub at: u32,
    pub label: String,
}

/// Room for the marks' letters, and below them for the label of the whole.
const TOP: u32 = 40;
const PLOT: u32 = 200;
const BOTTOM: u32 = 28;
const WHOLE: u64 = 1000;
const GRID: [u64; 5] = [0, 25, 50, 75, 100];

impl LineChart<'_> {
    /// The chart. Its texts are placed by percent and keep their size; only the line itself is stretched.
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
            self.marks(svg);
            self.lines(svg);
            self.ticks(svg);
        });
        svg.finish()
    }

    fn grid(&self, svg: &mut Svg) {
        for percent in GRID {
            let from_bottom = u64::from(PLOT) * percent / 100;
            let y = u64::from(TOP + PLOT) - from_bottom;
            let (line, label) = (y.to_string(), (y - 4).to_string());
            let class = if percent == 0 { "axis" } else { "grid" };
            svg.empty(
                "line",
                &[
                    ("class", class),
                    ("x1", "0"),
                    ("x2", "100%"),
                    ("y1", &line),
                    ("y2", &line),
                ],
            );
            if percent > 0 {
                svg.element("text", &[("x", "0"), ("y", &label)], |svg| {
                    svg.text(&(self.percent)(percent));
                });
            }
        }
    }

    fn marks(&self, svg: &mut Svg) {
        let bottom = (TOP + PLOT).to_string();
        for mark in self.marks {
            let x = self.across(mark.at);
            svg.empty(
                "line",
                &[
                    ("class", "mark"),
                    ("x1", &x),
                    ("x2", &x),
                    ("y1", "16"),
                    ("y2", &bottom),
                ],
            );
            let text = [
                ("x", x.as_str()),
                ("y", "12"),
                ("text-anchor", self.anchor(mark.at)),
            ];
            svg.element("text", &text, |svg| svg.text(&mark.label));
        }
    }

    fn lines(&self, svg: &mut Svg) {
        let (y, height) = (TOP.to_string(), PLOT.to_string());
        let view = format!("0 0 {} {WHOLE}", self.days.max(1));
        let plot = [
            ("y", y.as_str()),
            ("width", "100%"),
            ("height", &height),
            ("viewBox", &view),
            ("preserveAspectRatio", "none"),
        ];
        svg.element("svg", &plot, |svg| {
            if !self.compared.is_empty() {
                line(svg, "whole", self.compared);
            }
            line(svg, "path", self.points);
        });
    }

    fn ticks(&self, svg: &mut Svg) {
        let y = (TOP + PLOT + 20).to_string();
        for tick in self.ticks {
            let x = self.across(tick.at);
            let text = [
                ("x", x.as_str()),
                ("y", &y),
                ("text-anchor", self.anchor(tick.at)),
            ];
            svg.element("text", &text, |svg| svg.text(&tick.label));
        }
    }

    fn across(&self, day: u32) -> String {
        percent_of(u64::from(day.min(self.days)), u64::from(self.days.max(1)))
    }

    /// Labels at either end stay within the chart.
    fn anchor(&self, day: u32) -> &'static str {
        let (day, days) = (u64::from(day), u64::from(self.days));
        if day * 10 <= days {
            "start"
        } else if day * 10 >= days * 9 {
            "end"
        } else {
            "middle"
        }
    }
}

fn line(svg: &mut Svg, class: &str, points: &[(u32, u64)]) {
    let mut path = format!("M0 {WHOLE}");
    for (day, tenths) in points {
        let _ = write!(path, "L{day} {}", WHOLE.saturating_sub(*tenths));
    }
    let path = [
        ("class", class),
        ("d", path.as_str()),
        ("fill", "none"),
        ("vector-effect", "non-scaling-stroke"),
    ];
    svg.empty("path", &path);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: &[(u32, u64)]) -> String {
        compared(points, &[])
    }

    fn compared(points: &[(u32, u64)], compared: &[(u32, u64)]) -> String {
        LineChart {
            id: "tid",
            title: "Svar över tid",
            description: "Linjen stiger.",
            days: 10,
            points,
            compared,
            ticks: &[Tick {
                at: 0,
                label: "3 okt".to_owned(),
            }],
            marks: &[Mark {
                at: 5,
                label: "P1".to_owned(),
            }],
            percent: &|percent| format!("{percent} %"),
        }
        .svg()
    }

    #[test]
    fn the_line_begins_at_nothing_and_goes_up_as_shares_grow() {
        let svg = chart(&[(1, 100), (2, 640)]);
        assert!(svg.contains("d=\"M0 1000L1 900L2 360\""), "{svg}");
    }

    #[test]
    fn a_line_to_compare_with_is_drawn_behind_and_only_where_there_is_one() {
        assert!(!chart(&[(1, 100)]).contains("whole"));
        let svg = compared(&[(1, 100)], &[(1, 200)]);
        let behind = svg.find("class=\"whole\" d=\"M0 1000L1 800\"").unwrap();
        assert!(behind < svg.find("class=\"path\"").unwrap());
    }

    #[test]
    fn it_has_a_name_and_a_description() {
        let svg = chart(&[]);
        assert!(svg.contains("role=\"img\" aria-labelledby=\"tid-t tid-d\""));
        assert!(svg.contains("<title id=\"tid-t\">Svar över tid</title>"));
        assert!(svg.contains("<desc id=\"tid-d\">Linjen stiger.</desc>"));
    }

    #[test]
    fn marks_stand_on_their_day_and_labels_stay_within() {
        let svg = chart(&[]);
        assert!(svg.contains("class=\"mark\" x1=\"50.00%\""), "{svg}");
        assert!(svg.contains("text-anchor=\"start\">3 okt"), "{svg}");
    }
}
