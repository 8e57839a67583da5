//! How what is left to gain falls as questions are settled: a sentence, the curve, and its numbers.

use leptos::prelude::*;

use super::{LeftShown, numbers::share};
use crate::{
    fill,
    staff::{
        StaffFrame,
        chart::{Curve, swatch},
        follow_up::{count, percent},
    },
};

/// Of what there is to gain, in tenths of a percent. The sentence tells how many questions give so much.
const MOST_OF_IT: u64 = 900;
const WHOLE: u64 = 1_000;
/// Lines of the table, about.
const LINES: usize = 10;

impl LeftShown {
    /// Nothing where no question can change anything.
    pub(super) fn gain(&self, frame: &StaffFrame<'_>) -> Option<AnyView> {
        let words = &frame.words.cleaning;
        (self.most > 0).then(|| {
            let says = self.gained(frame);
            let stop = (self.stop_after > 0).then(|| {
                let text = fill(
                    &words.gain_stop,
                    &[("share", &share(self.stop_at, frame.language))],
                );
                view! { <li><span inner_html=swatch("mark")></span>" "{text}</li> }
            });
            view! {
                <h3>{words.left_chart.clone()}</h3>
                <p>{says}</p>
                <div class="chart" inner_html=self.chart(frame)></div>
                <ul class="plain legend">
                    <li><span inner_html=swatch("path")></span>" "{words.gain_line.clone()}</li>
                    {stop}
                </ul>
                <details>
                    <summary>{words.gain_table.clone()}</summary>
                    {self.numbers(frame)}
                </details>
            }
            .into_any()
        })
    }

    /// How much the first few of the questions give.
    fn gained(&self, frame: &StaffFrame<'_>) -> String {
        let words = &frame.words.cleaning;
        let gained = |left: &u64| WHOLE.saturating_sub(*left);
        let enough = self
            .curve
            .iter()
            .map(gained)
            .position(|part| part >= MOST_OF_IT);
        let first = enough.unwrap_or(self.curve.len().saturating_sub(1));
        let part = self.curve.get(first).map_or(0, gained);
        let (text, part) = match (self.curve.len(), first) {
            (1, _) => (&words.gain_only, part),
            (_, 0) => (&words.gain_one, part),
            (all, _) if first + 1 == all => (&words.gain_all, MOST_OF_IT),
            _ => (&words.gain_some, part),
        };
        fill(
            text,
            &[
                ("first", &count(wide(first + 1), frame.language)),
                ("count", &count(self.queries, frame.language)),
                ("part", &percent(part / 10, frame.language)),
            ],
        )
    }

    fn chart(&self, frame: &StaffFrame<'_>) -> String {
        let words = &frame.words.cleaning;
        Curve {
            id: "kvar-bild",
            title: &words.left_chart,
            description: &format!(
                "{} {} {}",
                words.left_desc,
                self.gained(frame),
                self.stop(frame)
            ),
            left: &self.curve,
            enough: (self.stop_after > 0).then_some(self.stop_after),
            up: &words.gain_up,
            across: &words.gain_across,
            from: &count(0, frame.language),
            to: &count(self.queries, frame.language),
            percent: &|whole| percent(whole, frame.language),
        }
        .svg()
    }

    fn numbers(&self, frame: &StaffFrame<'_>) -> AnyView {
        let words = &frame.words.cleaning;
        let rows: Vec<_> = steps(self.curve.len())
            .into_iter()
            .map(|step| {
                let before = step.checked_sub(1).and_then(|last| self.curve.get(last));
                // A thousandth is a thousand millionths.
                let left = before.copied().unwrap_or(WHOLE) * 1_000;
                view! {
                    <tr>
                        <th scope="row" class="num">{count(wide(step), frame.language)}</th>
                        <td class="num" data-l=words.gain_up.clone()>{share(left, frame.language)}</td>
                    </tr>
                }
            })
            .collect();
        view! {
            <table class="t">
                <caption>{words.left_chart.clone()}</caption>
                <thead><tr>
                    <th scope="col" class="num">{words.gain_across.clone()}</th>
                    <th scope="col" class="num">{words.gain_up.clone()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }
}

/// Nought, the last, and even steps between: ones, twos, fives, tens, twenties …
fn steps(last: usize) -> Vec<usize> {
    let step = (0..usize::MAX.ilog10())
        .flat_map(|power| [1, 2, 5].map(|one| one * 10_usize.pow(power)))
        .find(|step| last <= step.saturating_mul(LINES))
        .unwrap_or(usize::MAX);
    let mut steps: Vec<usize> = (0..last).step_by(step).collect();
    steps.push(last);
    steps
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::steps;

    #[test]
    fn the_table_has_some_ten_lines_however_long_the_list_is() {
        assert_eq!(steps(0), [0]);
        assert_eq!(steps(3), [0, 1, 2, 3]);
        assert_eq!(steps(12), [0, 2, 4, 6, 8, 10, 12]);
        assert_eq!(steps(155), [0, 20, 40, 60, 80, 100, 120, 140, 155]);
        assert!(steps(123_456).len() <= 11);
    }
}
