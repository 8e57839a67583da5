//! Numbers in rows and columns: a real table with a label for every cell, and on narrow screens a card per row. What is seen
//! at a cell names its column, beside the heading of its row; what is heard names both.

use leptos::prelude::*;
use survey::{
    answers::Number,
    checks::MatrixRules,
    instrument::{NumberMatrix, Question},
};

use super::question::{Sheet, heading, hint, hint_id};
use crate::live::ids;

pub(super) fn view(sheet: &Sheet<'_>, question: &Question, matrix: &NumberMatrix) -> AnyView {
    let key = &question.key;
    let words = &sheet.frame.words.section;
    let several = matrix.columns.len() > 1 && matrix.rows.len() > 1;
    let heads: Vec<_> = matrix
        .columns
        .iter()
        .map(|column| {
            let number = column.number.as_ref().map(|number| view! { <span class="n">{format!("{number}.")}</span>" " });
            view! { <th scope="col" role="columnheader">{number}{sheet.frame.text(&column.label)}</th> }
        })
        .collect();
    let absent_head = matrix.absent.as_ref().map(|_| view! { <th scope="col" role="columnheader">{sheet.frame.words.common.nothing_here.clone()}</th> });
    let column_texts: Vec<_> = matrix
        .columns
        .iter()
        .filter_map(|column| {
            let text = column.text.as_ref()?;
            Some(view! { <li>{column.number.as_ref().map(|number| view! { <span class="n">{format!("{number}.")}</span>" " })}{sheet.frame.text(text)}</li> })
        })
        .collect();
    let column_texts =
        (!column_texts.is_empty()).then(|| view! { <ul class="cols">{column_texts}</ul> });
    let rows: Vec<_> = matrix
        .rows
        .iter()
        .map(|row| row_view(sheet, matrix, row))
        .collect();
    let rules = MatrixRules::new(key, matrix, &[]);
    let sums = rules.sums(sheet.answers);
    let foot = matrix.sums.then(|| {
        let cells: Vec<_> = matrix
            .columns
            .iter()
            .zip(&sums.columns)
            .map(|(column, sum)| {
                view! {
                    <td role="cell">
                        <span class="cl">{sheet.frame.text(&column.label)}</span>
                        <output id=ids::sum(key, &column.key)>{sum.map(Number::to_swedish)}</output>
                    </td>
                }
            })
            .collect();
        let rest = matrix.absent.as_ref().map(|_| view! { <td role="cell"></td> });
        view! { <tfoot role="rowgroup"><tr role="row"><th scope="row" role="rowheader">{words.sum.clone()}</th>{cells}{rest}</tr></tfoot> }
    });
    let quotient = matrix.quotient.as_ref().map(|quotient| {
        let percent = sums.quotient.map(|percent| format!("{}\u{a0}%", percent.to_swedish()));
        view! { <p class="quot">{sheet.frame.text(&quotient.label)}": "<output id=ids::quotient(key)>{percent}</output></p> }
    });
    let paste = several.then(|| view! { <p class="h js">{words.cards_hint.clone()}</p> });
    view! {
        <div role="group" aria-labelledby=format!("{key}-l") aria-describedby=hint_id(question)>
            <h2 class="l" id=format!("{key}-l")>{heading(sheet, question)}</h2>
            {hint(sheet, question)}
            {column_texts}
            {paste}
            <table class="st" role="table" aria-labelledby=format!("{key}-l") data-matrix=key.clone()>
                <thead role="rowgroup">
                    <tr role="row"><th scope="col" role="columnheader">{sheet.frame.text(&matrix.row_heading)}</th>{heads}{absent_head}</tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
                {foot}
            </table>
            {quotient}
        </div>
    }
    .into_any()
}

fn row_view(
    sheet: &Sheet<'_>,
    matrix: &NumberMatrix,
    row: &survey::instrument::MatrixRow,
) -> AnyView {
    let row_label = sheet.frame.text(&row.label);
    let absent = matrix.absent_variable(row);
    let is_absent = absent.as_ref().is_some_and(|absent| sheet.ticked(absent));
    let cells: Vec<_> = matrix
        .columns
        .iter()
        .map(|column| {
            let id = NumberMatrix::cell(row, column);
            let label = sheet.frame.text(&column.label);
            view! {
                <td role="cell">
                    <label for=id.clone()>{label.clone()}</label>
                    <input
                        aria-label=format!("{label}, {row_label}")
                        id=id.clone()
                        name=id.clone()
                        type="text"
                        inputmode=if column.field.whole { "numeric" } else { "decimal" }
                        autocomplete="off"
                        value=sheet.value(&id)
                        aria-invalid=sheet.is_wrong(&id).then_some("true")
                        aria-describedby=sheet.described_by(&id, None)
                    />
                    <div class="r" data-at=id.clone()>{sheet.remarks(&id)}</div>
                </td>
            }
        })
        .collect();
    let absent = absent.zip(matrix.absent.as_ref()).map(|(id, absent)| {
        let label = sheet.frame.text(&absent.label);
        view! {
            <td role="cell" class="ab">
                <input type="checkbox" id=id.clone() name=id.clone() value="1" checked=is_absent aria-label=format!("{label}, {row_label}")/>
                <label for=id>{label}</label>
            </td>
        }
    });
    let hint = row
        .hint
        .as_ref()
        .map(|hint| view! { <span class="h">{sheet.frame.text(hint)}</span> });
    view! { <tr role="row"><th scope="row" role="rowheader">{row_label.clone()}{hint}</th>{cells}{absent}</tr> }.into_any()
}
