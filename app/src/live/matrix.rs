//! Matrices while they are typed in: sums, travel like in a spreadsheet, paste of a block, rows that do not exist.

use survey::{
    answers::Number,
    checks::{Change, MatrixRules, Rules},
};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{
    dom::{Form, all, by_id, change, target, write},
    ids,
};

fn matrices(form: &Form) -> impl Iterator<Item = &MatrixRules> {
    form.page.rules.iter().filter_map(|rules| match rules {
        Rules::Matrix(rules) => Some(rules),
        _ => None,
    })
}

pub(super) fn sums(form: &Form) {
    let answers = form.answers();
    let put = |id: &str, text: &str| {
        if let Some(element) = by_id::<HtmlElement>(id)
            && element.text_content().as_deref() != Some(text)
        {
            element.set_text_content(Some(text));
        }
    };
    for rules in matrices(form) {
        let sums = rules.sums(&answers);
        for (column, sum) in rules.columns.iter().zip(&sums.columns) {
            put(
                &ids::sum(&rules.question, &column.key),
                &sum.map(Number::to_swedish).unwrap_or_default(),
            );
        }
        let percent = sums
            .quotient
            .map(|percent| format!("{}\u{a0}%", percent.to_swedish()))
            .unwrap_or_default();
        put(&ids::quotient(&rules.question), &percent);
    }
}

/// Rests the rows that were said not to exist before the page woke. What stands in one of them all the same stays, to be
/// seen and mended.
pub(super) fn rest(form: &Form) {
    for rules in matrices(form) {
        let Some(absent) = &rules.absent else {
            continue;
        };
        let input = |row: &str, key: &str| by_id::<HtmlInputElement>(&MatrixRules::cell(row, key));
        for row in &rules.rows {
            if input(row, absent).is_none_or(|flag| !flag.checked()) {
                continue;
            }
            for cell in rules
                .columns
                .iter()
                .filter_map(|column| input(row, &column.key))
            {
                cell.set_read_only(cell.value().is_empty());
            }
        }
    }
}

/// "Vi har ingen av denna yrkesgrupp" empties the row and rests it; unticking gives it back as it was.
pub(super) fn absence(form: &Form, flag: &HtmlInputElement) {
    let Some((rules, row)) = matrices(form).find_map(|rules| {
        let absent = rules.absent.as_ref()?;
        let row = rules
            .rows
            .iter()
            .find(|row| MatrixRules::cell(row, absent) == flag.name())?;
        Some((rules, row))
    }) else {
        return;
    };
    for column in &rules.columns {
        let variable = MatrixRules::cell(row, &column.key);
        let Some(cell) = by_id::<HtmlInputElement>(&variable) else {
            continue;
        };
        cell.set_read_only(flag.checked());
        if flag.checked() {
            let typed = cell.value();
            if !typed.is_empty() {
                let _ = cell.set_attribute("data-was", &typed);
                change(&Change {
                    variable,
                    raw: String::new(),
                });
            }
        } else if let Some(was) = cell.get_attribute("data-was") {
            let _ = cell.remove_attribute("data-was");
            change(&Change { variable, raw: was });
        }
    }
}

/// The cells of the matrix that `cell` stands in, row by row, and the place of `cell` among them.
fn grid(cell: &HtmlInputElement) -> Option<(Vec<Vec<HtmlInputElement>>, usize, usize)> {
    let table = cell.closest("table[data-matrix]").ok().flatten()?;
    let rows: Vec<Vec<HtmlInputElement>> = all(&table, "tbody tr")
        .iter()
        .map(|row| {
            all(row, "input[type=text][id]")
                .into_iter()
                .filter(is_cell)
                .filter_map(|input| input.dyn_into().ok())
                .collect()
        })
        .collect();
    let (row, column) = rows.iter().enumerate().find_map(|(index, cells)| {
        Some((
            index,
            cells.iter().position(|other| other.id() == cell.id())?,
        ))
    })?;
    Some((rows, row, column))
}

fn is_cell(input: &Element) -> bool {
    input
        .parent_element()
        .is_some_and(|parent| parent.tag_name() == "TD")
}

/// Enter and the arrows move up and down; left and right move at the ends of the text.
pub(super) fn travel(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let Some(cell) = target::<HtmlInputElement>(event.unchecked_ref::<Event>())
        .filter(|input| input.type_() == "text" && is_cell(input))
    else {
        return;
    };
    let Some((rows, row, column)) = grid(&cell) else {
        return;
    };
    let at = |edge: u32| {
        cell.selection_start().ok().flatten() == Some(edge)
            && cell.selection_end().ok().flatten() == Some(edge)
    };
    let length = u32::try_from(cell.value().encode_utf16().count()).unwrap_or(u32::MAX);
    let to = match event.key().as_str() {
        "Enter" if event.shift_key() => row.checked_sub(1).map(|row| (row, column)),
        "Enter" | "ArrowDown" => Some((row + 1, column)),
        "ArrowUp" => row.checked_sub(1).map(|row| (row, column)),
        "ArrowLeft" if at(0) => column.checked_sub(1).map(|column| (row, column)),
        "ArrowRight" if at(length) => Some((row, column + 1)),
        _ => return,
    };
    if let Some(next) = to.and_then(|(row, column)| rows.get(row)?.get(column)) {
        event.prevent_default();
        let _ = next.focus();
        next.select();
    } else if event.key() == "Enter" {
        // At the last row Enter stays: it must not send the form by mistake.
        event.prevent_default();
    }
}

/// A block from a spreadsheet fills the cells from here, rightwards and down. What does not fit is left out of nothing:
/// a single value is pasted by the browser as usual.
pub(super) fn paste(event: &ClipboardEvent) {
    let Some(cell) = target::<HtmlInputElement>(event.unchecked_ref::<Event>())
        .filter(|input| input.type_() == "text" && is_cell(input))
    else {
        return;
    };
    let Some(text) = event
        .clipboard_data()
        .and_then(|data| data.get_data("text/plain").ok())
    else {
        return;
    };
    let block: Vec<Vec<&str>> = text
        .trim_end_matches(['\r', '\n'])
        .lines()
        .map(|line| line.split('\t').map(str::trim).collect())
        .collect();
    if block.len() < 2 && block.first().is_none_or(|line| line.len() < 2) {
        return;
    }
    let Some((rows, row, column)) = grid(&cell) else {
        return;
    };
    event.prevent_default();
    for (cells, values) in rows.iter().skip(row).zip(&block) {
        for (cell, value) in cells.iter().skip(column).zip(values) {
            if !cell.read_only() {
                write(cell, value);
            }
        }
    }
}
