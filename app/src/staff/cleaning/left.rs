//! What is left to gain, and when to stop.

use leptos::prelude::*;
use survey::statistics::Share;

use super::{CleaningWords, ListFilter, numbers::share};
use crate::{
    fill,
    staff::{
        StaffFrame,
        follow_up::count,
        form::{Input, select},
    },
};

/// What the open questions may still do to what is published.
#[derive(Clone, Debug, Default)]
pub struct LeftShown {
    /// The part of what is published that it is said of; empty: the country, and every row.
    pub region: String,
    pub row: String,
    pub queries: u64,
    /// The total of that part that they may move most.
    pub total: String,
    pub most: Share,
    pub expected: Share,
    /// After so many of them the rest is not worth asking about.
    pub stop_after: usize,
    /// What "not worth" means here.
    pub stop_at: Share,
    /// What is left after each of them, in tenths of a percent of what there is to gain now.
    pub curve: Vec<u64>,
}

/// What may be chosen for "not worth": millionths.
pub(super) const STOPS: [Share; 5] = [20_000, 10_000, 5_000, 1_000, 100];

impl LeftShown {
    /// The sentence about what the questions that are left may do.
    pub fn says(&self, words: &CleaningWords, frame: &StaffFrame<'_>) -> String {
        let text = if self.queries == 1 {
            &words.left_all_one
        } else {
            &words.left_all
        };
        fill(
            text,
            &[
                ("count", &count(self.queries, frame.language)),
                ("total", &lower(&self.total)),
                ("where", &self.place(words)),
                ("most", &share(self.most, frame.language)),
                ("expected", &share(self.expected, frame.language)),
            ],
        )
    }

    pub(super) fn place(&self, words: &CleaningWords) -> String {
        place(words, &self.region, &self.row)
    }

    pub(super) fn section(
        &self,
        frame: &StaffFrame<'_>,
        action: String,
        filter: &ListFilter,
    ) -> AnyView {
        let words = &frame.words.cleaning;
        if self.queries == 0 {
            let text = fill(&words.left_none, &[("where", &self.place(words))]);
            return view! { <p>{text}</p> }.into_any();
        }
        let options: Vec<(String, String)> = STOPS
            .iter()
            .map(|stop| (stop.to_string(), share(*stop, frame.language)))
            .collect();
        let chosen = self.stop_at.to_string();
        let choose = Input {
            name: "stopp",
            label: &words.stop_label,
            value: &chosen,
            ..Input::default()
        };
        let kept: Vec<_> = [("visa", filter.state.key())]
            .into_iter()
            .chain(filter.chosen())
            .map(|(name, value)| view! { <input type="hidden" name=name value=value.to_owned()/> })
            .collect();
        view! {
            <section aria-labelledby="kvar">
                <h2 id="kvar">{words.left_title.clone()}</h2>
                <p>{self.says(words, frame)}</p>
                <p><strong>{self.stop(frame)}</strong></p>
                <form method="get" action=action class="row">
                    {kept}
                    {select(&choose, &options, &[])}
                    <button class="b2">{words.stop_do.clone()}</button>
                </form>
                {self.gain(frame)}
            </section>
        }
        .into_any()
    }

    pub(super) fn stop(&self, frame: &StaffFrame<'_>) -> String {
        let words = &frame.words.cleaning;
        let text = match self.stop_after {
            0 => &words.stop_now,
            1 => &words.stop_after_one,
            _ => &words.stop_after,
        };
        let after = u64::try_from(self.stop_after).unwrap_or(u64::MAX);
        fill(
            text,
            &[
                ("count", &count(after, frame.language)),
                ("share", &share(self.stop_at, frame.language)),
                ("where", &self.place(words)),
            ],
        )
    }
}

/// The part of what is published that something is said of: `för dietister i Region Skåne`. Empty: the country, every row.
pub(super) fn place(words: &CleaningWords, region: &str, row: &str) -> String {
    let region = if region.is_empty() {
        &words.left_country
    } else {
        region
    };
    let text = if row.is_empty() {
        &words.left_where
    } else {
        &words.left_where_row
    };
    fill(text, &[("region", region), ("row", &lower(row))])
}

/// A label within a sentence: `ST-läkare` keeps its letters.
pub(super) fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next();
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return label.to_owned();
    }
    first
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn a_label_within_a_sentence_begins_with_a_small_letter_unless_it_is_an_abbreviation() {
        assert_eq!(lower("Anställda"), "anställda");
        assert_eq!(lower("ST-läkare"), "ST-läkare");
        assert_eq!(lower(""), "");
    }
}
