use survey::statistics::Ratio;

use super::svg::{Svg, percent_of};

/// A bar as long as the share, from nought to one, to stand beside its number; with `mark`, a line across at another share.
/// It says nothing to screen readers: the number does.
pub fn bar(share: Ratio, mark: Option<Ratio>) -> String {
    let mut svg = Svg::default();
    let attributes = [
        ("class", "bar"),
        ("width", "100%"),
        ("height", "16"),
        ("aria-hidden", "true"),
        ("focusable", "false"),
    ];
    svg.element("svg", &attributes, |svg| {
        rectangle(svg, "room", "100%");
        rectangle(svg, "full", &of(share));
        if let Some(mark) = mark {
            let at = of(mark);
            for class in ["halo", "mark"] {
                let line = [
                    ("class", class),
                    ("x1", &at),
                    ("x2", &at),
                    ("y1", "0"),
                    ("y2", "16"),
                ];
                svg.empty("line", &line);
            }
        }
    });
    svg.finish()
}

fn rectangle(svg: &mut Svg, class: &str, width: &str) {
    let attributes = [
        ("class", class),
        ("y", "2"),
        ("width", width),
        ("height", "12"),
    ];
    svg.empty("rect", &attributes);
}

fn of(share: Ratio) -> String {
    percent_of(share.numerator.min(share.denominator), share.denominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let bar = bar(Ratio::new(1, 4), None);
        assert!(
            bar.contains("class=\"full\" y=\"2\" width=\"25.00%\""),
            "{bar}"
        );
        assert!(!bar.contains("mark"));
    }

    #[test]
    fn a_share_of_nothing_is_an_empty_bar() {
        assert!(bar(Ratio::new(0, 0), None).contains("class=\"full\" y=\"2\" width=\"0.00%\""));
    }
}
