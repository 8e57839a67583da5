//! Process figures: what the rules did, and how the totals went from what was typed to what is published.

use leptos::prelude::*;
use survey::statistics::{Millionths, RuleCount};

use super::{CleaningPaths, numbers::amount};
use crate::{
    fill,
    staff::{
        Current, StaffFrame,
        follow_up::count,
        form::{Input, select},
    },
};

pub struct FiguresPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a str,
    pub units: u64,
    /// The region whose rules are shown; empty: the country.
    pub region: &'a str,
    pub regions: &'a [String],
    pub rules: &'a [RuleLine],
    pub totals: &'a [TotalLine],
    pub may_download: bool,
}

pub struct RuleLine {
    pub name: String,
    pub count: RuleCount,
}

pub struct TotalLine {
    pub label: String,
    pub typed: Millionths,
    pub steps: Vec<StepLine>,
    pub held: Millionths,
    pub held_values: u64,
    pub cleaned: Millionths,
    pub units: u64,
    pub uncorrected: Millionths,
    pub uncorrected_units: u64,
}

pub struct StepLine {
    pub rule: String,
    pub change: Millionths,
    pub values: u64,
    pub units: u64,
}

impl FiguresPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.cleaning;
        let paths = CleaningPaths(self.round);
        let title = format!("{}: {}", words.figures_title, self.round);
        let units = fill(&words.figures_units, &[("count", &self.count(self.units))]);
        let download = self.may_download.then(|| {
            view! { <p><a href=paths.figures_file() download="">{words.figures_csv.clone()}</a></p> }
        });
        let totals: Vec<_> = self
            .totals
            .iter()
            .map(|total| self.passage(total))
            .collect();
        let main = view! {
            <p class="back"><a href=paths.list()>{words.to_list.clone()}</a></p>
            <h1>{title.clone()}</h1>
            <p class="in">{words.figures_lead.clone()}</p>
            <p>{units}</p>
            {download}
            {self.choose_region()}
            {self.rules()}
            {self.with_and_without()}
            <h2>{words.totals_title.clone()}</h2>
            <p>{words.totals_lead.clone()}</p>
            {totals}
        };
        self.frame.document(&title, Current::Cleaning, main)
    }

    fn count(&self, n: u64) -> String {
        count(n, self.frame.language)
    }

    fn amount(&self, sum: Millionths) -> String {
        amount(sum, self.frame.language)
    }

    fn choose_region(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let mut options = vec![(String::new(), words.whole_country.clone())];
        options.extend(self.regions.iter().map(|one| (one.clone(), one.clone())));
        let field = Input {
            name: "region",
            label: &words.rules_region,
            value: self.region,
            ..Input::default()
        };
        view! {
            <form method="get" action=CleaningPaths(self.round).figures() class="row">
                {select(&field, &options, &[])}
                <button class="b2">{words.show.clone()}</button>
            </form>
        }
        .into_any()
    }

    fn rules(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let heads = [
            &words.triggered,
            &words.mended,
            &words.mended_values,
            &words.withdrawn,
            &words.open,
            &words.accepted,
            &words.refused,
        ];
        let rows: Vec<_> = self
            .rules
            .iter()
            .map(|line| {
                let of = line.count;
                let numbers = [
                    of.triggered,
                    of.mended,
                    of.values,
                    of.withdrawn,
                    of.open,
                    of.accepted,
                    of.refused,
                ];
                let cells: Vec<_> = heads
                    .iter()
                    .zip(numbers)
                    .map(|(head, n)| {
                        view! { <td class="num" data-l=(*head).clone()>{self.count(n)}</td> }
                    })
                    .collect();
                view! { <tr><th scope="row">{line.name.clone()}</th>{cells}</tr> }
            })
            .collect();
        let heads: Vec<_> = heads
            .iter()
            .map(|head| view! { <th scope="col" class="num">{(*head).clone()}</th> })
            .collect();
        let place = if self.region.is_empty() {
            &words.whole_country
        } else {
            self.region
        };
        let caption = fill(&words.rules_caption, &[("place", place)]);
        if rows.is_empty() {
            return view! { <p class="empty">{words.empty.clone()}</p> }.into_any();
        }
        view! {
            <p>{words.rules_lead.clone()}</p>
            <table class="t cards">
                <caption>{caption}</caption>
                <thead><tr><th scope="col">{words.rule_name.clone()}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }

    fn with_and_without(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let mean = |sum: Millionths, units: u64| {
            sum.checked_div(Millionths::from(units))
                .map_or_else(|| "–".to_owned(), |mean| self.amount(mean))
        };
        let rows: Vec<_> = self
            .totals
            .iter()
            .map(|total| {
                let cells = [
                    (&words.with, self.amount(total.cleaned)),
                    (&words.without, self.amount(total.uncorrected)),
                    (&words.mean_with, mean(total.cleaned, total.units)),
                    (
                        &words.mean_without,
                        mean(total.uncorrected, total.uncorrected_units),
                    ),
                    (&words.held, self.count(total.held_values)),
                ];
                let cells: Vec<_> = cells
                    .into_iter()
                    .map(|(head, text)| view! { <td class="num" data-l=head.clone()>{text}</td> })
                    .collect();
                view! { <tr><th scope="row">{total.label.clone()}</th>{cells}</tr> }
            })
            .collect();
        let heads: Vec<_> = [
            &words.with,
            &words.without,
            &words.mean_with,
            &words.mean_without,
            &words.held,
        ]
        .into_iter()
        .map(|head| view! { <th scope="col" class="num">{head.clone()}</th> })
        .collect();
        view! {
            <h2>{words.with_without.clone()}</h2>
            <p>{words.with_without_lead.clone()}</p>
            <table class="t cards">
                <caption>{words.with_without.clone()}</caption>
                <thead><tr><th scope="col">{words.total.clone()}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="h">{words.held_lead.clone()}</p>
        }
        .into_any()
    }

    fn passage(&self, total: &TotalLine) -> AnyView {
        let words = &self.frame.words.cleaning;
        let mut stands = total.typed;
        let row = |name: &str, change: Option<Millionths>, values: Option<u64>, sum: Millionths| {
            let change = change.map(|change| self.signed(change)).unwrap_or_default();
            let values = values.map(|n| self.count(n)).unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">{name.to_owned()}</th>
                    <td class="num" data-l=words.difference.clone()>{change}</td>
                    <td class="num" data-l=words.values.clone()>{values}</td>
                    <td class="num" data-l=words.sum.clone()>{self.amount(sum)}</td>
                </tr>
            }
        };
        let mut rows = vec![row(&words.step_typed, None, None, stands)];
        for step in &total.steps {
            stands += step.change;
            rows.push(row(
                &step.rule,
                Some(step.change),
                Some(step.values),
                stands,
            ));
        }
        if total.held_values > 0 {
            stands -= total.held;
            rows.push(row(
                &words.step_held,
                Some(-total.held),
                Some(total.held_values),
                stands,
            ));
        }
        rows.push(row(&words.step_cleaned, None, None, total.cleaned));
        let caption = fill(&words.total_caption, &[("total", &total.label)]);
        view! {
            <table class="t cards">
                <caption>{caption}</caption>
                <thead><tr>
                    <th scope="col">{words.step.clone()}</th>
                    <th scope="col" class="num">{words.difference.clone()}</th>
                    <th scope="col" class="num">{words.values.clone()}</th>
                    <th scope="col" class="num">{words.sum.clone()}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    }

    fn signed(&self, change: Millionths) -> String {
        let plus = if change > 0 { "+" } else { "" };
        format!("{plus}{}", self.amount(change))
    }
}
