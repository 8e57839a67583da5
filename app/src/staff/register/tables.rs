//! Tables that become cards on a narrow window.

use leptos::prelude::*;

/// What stands in one cell.
pub enum Cell {
    Text(String),
    View(AnyView),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<AnyView> for Cell {
    fn from(view: AnyView) -> Self {
        Self::View(view)
    }
}

impl Cell {
    fn view(self) -> AnyView {
        match self {
            Self::Text(text) => text.into_any(),
            Self::View(view) => view,
        }
    }
}

/// A table with a caption; the first cell of each row is its heading.
pub fn table(caption: &str, headings: &[&str], rows: Vec<Vec<Cell>>) -> AnyView {
    let heads: Vec<_> = headings
        .iter()
        .map(|heading| view! { <th scope="col">{(*heading).to_owned()}</th> })
        .collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|cells| {
            let cells: Vec<AnyView> = cells
                .into_iter()
                .zip(headings)
                .enumerate()
                .map(|(place, (cell, heading))| {
                    let cell = cell.view();
                    if place == 0 {
                        view! { <th scope="row">{cell}</th> }.into_any()
                    } else {
                        view! { <td data-l=(*heading).to_owned()>{cell}</td> }.into_any()
                    }
                })
                .collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="wide">
            <table class="t cards">
                <caption>{caption.to_owned()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Pairs of what and what of it; pairs without a value are left out.
pub fn facts(pairs: Vec<(String, Cell)>) -> AnyView {
    let pairs: Vec<_> = pairs
        .into_iter()
        .map(|(label, cell)| view! { <dt>{label}</dt><dd>{cell.view()}</dd> })
        .collect();
    view! { <dl class="facts">{pairs}</dl> }.into_any()
}
