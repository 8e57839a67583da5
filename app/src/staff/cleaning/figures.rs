//! Process figures: what the rules did, and how the totals went from what was typed to what is published.

use leptos::prelude::*;
use survey::statistics::{Millionths, RuleCount};

use super::{
    CleaningPaths, ListFilter, RowChoice, Unknown,
    left::{lower, place},
    numbers::amount,
};
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
    /// What the round is called.
    pub name: &'a str,
    pub units: u64,
    /// The part of what is published that is shown.
    pub filter: &'a ListFilter,
    /// What the address asks for and is not to be had.
    pub unknown: Option<&'a Unknown>,
    pub regions: &'a [String],
    pub in_rows: Option<&'a RowChoice>,
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
    /// What it is measured in; empty where the questionnaire does not say.
    pub unit: String,
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
        let title = format!("{}: {}", words.figures_title, self.name);
        let shown = match self.unknown {
            Some(unknown) => unknown.says(self.frame, paths.figures()),
            None => self.shown(),
        };
        let main = view! {
            <p class="back"><a href=paths.list_at(self.filter)>{words.to_list.clone()}</a></p>
            <h1>{title.clone()}</h1>
            <p class="in">{words.figures_lead.clone()}</p>
            {self.downloads()}
            {shown}
        };
        self.frame.document(&title, Current::Cleaning, main)
    }

    fn shown(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let region = place(words, &self.filter.region, "");
        let units = fill(
            &words.figures_units,
            &[("count", &self.count(self.units)), ("where", &region)],
        );
        let totals: Vec<_> = self
            .totals
            .iter()
            .map(|total| self.passage(total))
            .collect();
        view! {
            {self.choose_part()}
            <p>{units}</p>
            {self.rules()}
            {self.with_and_without()}
            <h2>{self.here(&words.totals_title)}</h2>
            <p>{words.totals_lead.clone()}</p>
            {totals}
        }
        .into_any()
    }

    fn downloads(&self) -> Option<AnyView> {
        let words = &self.frame.words.cleaning;
        let file = |format| CleaningPaths(self.round).figures_file(format);
        self.may_download.then(|| {
            view! {
                <p>{words.figures_scope.clone()}</p>
                <ul>
                    <li><a href=file("csv") download="">{words.figures_csv.clone()}</a></li>
                    <li><a href=file("csv-excel") download="">{words.figures_excel.clone()}</a></li>
                </ul>
            }
            .into_any()
        })
    }

    /// `Summorna steg för steg för dietister i Region Skåne`
    fn here(&self, text: &str) -> String {
        let words = &self.frame.words.cleaning;
        fill(
            &words.figures_where,
            &[("what", text), ("where", &self.place())],
        )
    }

    fn place(&self) -> String {
        let key = &self.filter.row;
        let rows = self.in_rows.into_iter().flat_map(|choice| &choice.rows);
        let row = rows
            .filter(|(known, _)| known == key)
            .map(|(_, label)| label.as_str())
            .next();
        let words = &self.frame.words.cleaning;
        place(words, &self.filter.region, row.unwrap_or_default())
    }

    fn count(&self, n: u64) -> String {
        count(n, self.frame.language)
    }

    fn amount(&self, sum: Millionths) -> String {
        amount(sum, self.frame.language)
    }

    fn choose_part(&self) -> AnyView {
        let words = &self.frame.words.cleaning;
        let field = |name, label, value| Input {
            name,
            label,
            value,
            ..Input::default()
        };
        let mut regions = vec![(String::new(), words.whole_country.clone())];
        regions.extend(self.regions.iter().map(|one| (one.clone(), one.clone())));
        let in_rows = self.in_rows.map(|in_rows| {
            let mut rows = vec![(String::new(), words.all_rows.clone())];
            rows.extend_from_slice(&in_rows.rows);
            select(
                &field("rad", &in_rows.heading, &self.filter.row),
                &rows,
                &[],
            )
        });
        view! {
            <form class="filters" method="get" action=CleaningPaths(self.round).figures()>
                <h2>{words.choose_part.clone()}</h2>
                <div class="row">
                    {select(&field("region", &words.region, &self.filter.region), &regions, &[])}
                    {in_rows}
                    <div class="go"><button class="b2">{words.show.clone()}</button></div>
                </div>
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
        let place = if self.filter.region.is_empty() {
            &words.whole_country
        } else {
            &self.filter.region
        };
        let all_rows =
            (!self.filter.row.is_empty()).then(|| view! { <p>{words.rules_all_rows.clone()}</p> });
        let caption = fill(&words.rules_caption, &[("place", place)]);
        if rows.is_empty() {
            return view! { <p class="empty">{words.empty.clone()}</p> }.into_any();
        }
        view! {
            <p>{words.rules_lead.clone()}</p>
            {all_rows}
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
                view! {
                    <tr>
                        <th scope="row">{total.label.clone()}</th>
                        <td data-l=words.measured_in.clone()>{total.unit.clone()}</td>
                        {cells}
                    </tr>
                }
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
                <caption>{self.here(&words.with_without)}</caption>
                <thead><tr>
                    <th scope="col">{words.total.clone()}</th>
                    <th scope="col">{words.measured_in.clone()}</th>
                    {heads}
                </tr></thead>
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
        let text = if total.unit.is_empty() {
            &words.total_caption
        } else {
            &words.total_caption_in
        };
        let caption = fill(
            text,
            &[
                ("total", &self.here(&total.label)),
                ("unit", &lower(&total.unit)),
            ],
        );
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
