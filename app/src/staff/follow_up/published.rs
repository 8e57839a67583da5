//! The tables as they are published, and the files that hold them. Their counts lead to the units behind them.

use leptos::prelude::*;
use survey::statistics::{CrossTable, Dimension, RateRow, RateTable, Slice};

use super::{
    RoundChoice, RoundHead, RoundPaths, lower,
    number::share,
    parts::{Pieces, pilot_note, rounds},
};
use crate::{
    fill,
    staff::{Current, StaffFrame},
};

pub struct PublishedPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub round: &'a RoundHead,
    pub rounds: &'a [RoundChoice],
    pub tables: Vec<TableShown<'a>>,
    /// The workbook's file.
    pub workbook: &'a str,
    /// When the figures were taken, written out.
    pub taken: &'a str,
    pub may_download: bool,
}

/// A table, and the file that holds it.
pub enum TableShown<'a> {
    Rates(&'a RateTable, String),
    Crossed(&'a CrossTable, String),
}

impl PublishedPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| self.render())
    }

    fn render(&self) -> String {
        let words = &self.frame.words.follow_up;
        let lead = fill(&words.tables_lead, &[("date", self.taken)]);
        let paths = RoundPaths(&self.round.key);
        let files = if self.may_download {
            let workbook = paths.table_file(self.workbook);
            view! {
                <p><a class="btn" href=workbook download>{words.tables_xlsx.clone()}</a></p>
                <p class="h">{words.tables_logged.clone()}</p>
            }
            .into_any()
        } else {
            view! { <p class="h">{words.tables_role.clone()}</p> }.into_any()
        };
        let tables: Vec<_> = self.tables.iter().map(|table| self.table(table)).collect();
        let title = format!("{}: {}", words.tables_title, self.round.key);
        let main = view! {
            <h1>{title.clone()}</h1>
            {rounds(words, self.rounds, &self.round.key, |round| RoundPaths(round).tables())}
            {pilot_note(words, self.round.pilot)}
            <p class="in">{lead}</p>
            <p>{self.frame.words.rates.notes_definition.clone()}</p>
            {files}
            {tables}
        };
        self.frame.document(&title, Current::Tables, main)
    }

    fn table(&self, shown: &TableShown<'_>) -> AnyView {
        let (language, rates) = (self.frame.language, &self.frame.words.rates);
        match shown {
            TableShown::Rates(table, file) => {
                let label = table.dimension.label.get(language);
                let title = fill(&rates.by, &[("dimension", &lower(label))]);
                let rows: Vec<_> = table.rows.iter().map(|row| (row, Vec::new())).collect();
                let total = (&table.total, Vec::new());
                self.drawn(&title, file, &table.dimension, &[], &rows, &total)
            }
            TableShown::Crossed(table, file) => {
                let outer = table.outer.label.get(language);
                let inner = table.inner.label.get(language);
                let title = fill(
                    &rates.crossed,
                    &[("inner", &lower(inner)), ("outer", &lower(outer))],
                );
                let headings: Vec<String> = table
                    .total
                    .inner
                    .iter()
                    .flat_map(|inner| {
                        let category = inner.category.label.get(language);
                        [&rates.among_answered, &rates.among_all]
                            .map(|text| fill(text, &[("category", category)]))
                    })
                    .collect();
                let cells = |row: &survey::statistics::CrossRow| {
                    row.inner
                        .iter()
                        .flat_map(|inner| [inner.among_answered, inner.among_all])
                        .map(|ratio| share(ratio, language))
                        .collect::<Vec<_>>()
                };
                let rows: Vec<_> = table
                    .rows
                    .iter()
                    .map(|row| (&row.row, cells(row)))
                    .collect();
                let total = (&table.total.row, cells(&table.total));
                self.drawn(&title, file, &table.outer, &headings, &rows, &total)
            }
        }
    }

    fn drawn(
        &self,
        title: &str,
        file: &str,
        dimension: &Dimension,
        more: &[String],
        rows: &[(&RateRow, Vec<String>)],
        total: &(&RateRow, Vec<String>),
    ) -> AnyView {
        let pieces = Pieces::new(self.frame, &self.round.key);
        let (words, rates) = (pieces.words, pieces.rates);
        let first = dimension.label.get(pieces.language);
        let headings: Vec<String> = [
            &rates.answered,
            &rates.not_answered,
            &rates.row_total,
            &words.share_heading,
        ]
        .into_iter()
        .cloned()
        .chain(more.iter().cloned())
        .collect();
        let heads: Vec<_> = headings
            .iter()
            .map(|heading| view! { <th scope="col" class="num">{heading.clone()}</th> })
            .collect();
        let line =
            |(row, more): &(&RateRow, Vec<String>)| line(&pieces, dimension, row, more, &headings);
        let body: Vec<_> = rows.iter().map(line).collect();
        let foot = line(total);
        let download = self.may_download.then(|| {
            let path = RoundPaths(&self.round.key).table_file(file);
            let label = fill(&words.tables_csv, &[("table", title)]);
            view! { <p><a href=path download>{label}</a></p> }
        });
        view! {
            <h2>{title.to_owned()}</h2>
            {download}
            <table class="t cards">
                <caption class="vh">{title.to_owned()}</caption>
                <thead><tr><th scope="col">{first.to_owned()}</th>{heads}</tr></thead>
                <tbody>{body}</tbody>
                <tfoot>{foot}</tfoot>
            </table>
        }
        .into_any()
    }
}

fn line(
    pieces: &Pieces<'_>,
    dimension: &Dimension,
    row: &RateRow,
    more: &[String],
    headings: &[String],
) -> AnyView {
    let category = row.category.as_ref();
    let label = category.map_or(pieces.rates.total.as_str(), |category| {
        category.label.get(pieces.language)
    });
    let group = category.map(|category| (dimension.key.as_str(), category.key.as_str()));
    let numbers = [
        (row.answered, Slice::Answered),
        (row.not_answered, Slice::NotAnswered),
        (row.total, Slice::Eligible),
    ]
    .map(|(n, slice)| pieces.linked_in(n, group, &slice));
    let shares = std::iter::once(pieces.share(row.rate.share)).chain(more.iter().cloned());
    let cells: Vec<_> = numbers
        .into_iter()
        .chain(shares.map(IntoAny::into_any))
        .zip(headings)
        .map(|(text, heading)| view! { <td class="num" data-l=heading.clone()>{text}</td> })
        .collect();
    view! { <tr><th scope="row">{label.to_owned()}</th>{cells}</tr> }.into_any()
}
