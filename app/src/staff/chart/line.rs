use std::fmt::Write as _;

use super::{
    plot::{Plot, WHOLE, line},
    svg::{Svg, percent_of},
};

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

impl LineChart<'_> {
    pub fn svg(&self) -> String {
        let plot = Plot {
            id: self.id,
            title: self.title,
            description: self.description,
            // Room for the marks' letters, and below them for the label of the whole.
            top: 40,
            height: 200,
            labels: "start",
            percent: self.percent,
        };
        plot.svg(|svg| {
            self.marks(&plot, svg);
            self.lines(&plot, svg);
            self.ticks(&plot, svg);
        })
    }

    fn marks(&self, plot: &Plot<'_>, svg: &mut Svg) {
        for mark in self.marks {
            let x = self.across(mark.at);
            plot.mark(svg, &x, "16");
            let text = [
                ("x", x.as_str()),
                ("y", "12"),
                ("text-anchor", self.anchor(mark.at)),
            ];
            svg.element("text", &text, |svg| svg.text(&mark.label));
        }
    }

    fn lines(&self, plot: &Plot<'_>, svg: &mut Svg) {
        let days = usize::try_from(self.days).unwrap_or(usize::MAX);
        plot.stretched(svg, days, |svg| {
            if !self.compared.is_empty() {
                line(svg, "whole", &path(self.compared));
            }
            line(svg, "path", &path(self.points));
        });
    }

    fn ticks(&self, plot: &Plot<'_>, svg: &mut Svg) {
        for tick in self.ticks {
            let x = self.across(tick.at);
            plot.label(svg, &x, self.anchor(tick.at), &tick.label);
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

fn path(points: &[(u32, u64)]) -> String {
    let mut path = format!("M0 {WHOLE}");
    for (day, tenths) in points {
        let _ = write!(path, "L{day} {}", WHOLE.saturating_sub(*tenths));
    }
    path
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
