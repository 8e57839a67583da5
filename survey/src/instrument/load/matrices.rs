//! Questions with rows: the same scale for each, or numbers in columns.

use super::{
    bodies::{keys_of, number_field, plain_options, prefix},
    questions::{Context, LONGEST_TEXT, VariableDraft},
    reader::{At, Table},
    values::{Syntax, Unique},
    words::{did_you_mean, shown},
};
use crate::instrument::{
    Absent, Body, Column, MatrixRow, NumberMatrix, Quotient, Row, RowComment, VariableKind,
};

const ROWS: &str = "rows = [ { key = \"funding\", label = { … } }, … ]";
const COLUMNS: &str =
    "columns = [ { key = \"persons\", label = { … }, whole = true, max = 500 }, … ]";

/// More columns than this fit on no screen.
const MOST_COLUMNS: usize = 20;

pub(super) fn choices<'a>(
    table: &mut Table<'a>,
    key: At<&'a str>,
    context: &Context<'a>,
) -> (Body, Vec<VariableDraft>) {
    let prefix = prefix(table, key);
    let options = plain_options(table, context);
    let row_comment = table
        .table("row_comment", "The row comment")
        .map(|mut comment| {
            let read = RowComment {
                key: comment
                    .key("key", Syntax::Word, "key = \"comment\"")
                    .value
                    .to_owned(),
                label: comment.text("label"),
                most: comment.count("max", "max = 1000", LONGEST_TEXT).value,
            };
            comment.finish();
            read
        });
    let mut unique = Unique::new("row key");
    let mut rows = Vec::new();
    let mut variables = Vec::new();
    let mut comments = Vec::new();
    for mut row in table.some_tables("rows", "The row", ROWS) {
        let reader = row.reader;
        let key = row.key("key", Syntax::Word, "key = \"funding\"");
        let label = row.text("label");
        row.finish();
        if !unique.claim(reader, key) {
            continue;
        }
        let variable = format!("{prefix}_{}", key.value);
        variables.push(VariableDraft::new(
            variable.clone(),
            key.at,
            VariableKind::Choice(keys_of(&options)),
        ));
        let comment = row_comment.as_ref().map(|comment| {
            let name = format!("{variable}_{}", comment.key);
            let kind = VariableKind::Text { most: comment.most };
            comments.push(VariableDraft::new(name.clone(), key.at, kind));
            name
        });
        rows.push(Row {
            variable,
            key: key.value.to_owned(),
            label,
            comment,
        });
    }
    variables.append(&mut comments);
    let body = Body::ChoiceMatrix {
        rows,
        options,
        row_comment,
    };
    (body, variables)
}

pub(super) fn numbers<'a>(
    table: &mut Table<'a>,
    context: &mut Context<'a>,
) -> (Body, Vec<VariableDraft>) {
    let row_heading = table.text("row_heading");
    let columns = columns(table, context);
    let absent = table.table("absent", "`absent`").map(|mut absent| {
        let key = absent.key("key", Syntax::Word, "key = \"none\"");
        let label = absent.text("label");
        absent.finish();
        if columns.iter().any(|column| column.key == key.value) {
            context.reader.fault(
                key.at,
                format!("`absent` has the key of the column `{}`.", key.value),
                "Choose another key.",
            );
        }
        Absent {
            key: key.value.to_owned(),
            label,
        }
    });
    let sums = table.flag("sums");
    let quotient = quotient(table, &columns);
    let mut matrix = NumberMatrix {
        row_heading,
        rows: Vec::new(),
        columns,
        absent,
        sums,
        quotient,
    };
    let variables = rows(table, &mut matrix);
    (Body::NumberMatrix(matrix), variables)
}

fn columns<'a>(table: &mut Table<'a>, context: &mut Context<'a>) -> Vec<Column> {
    let mut unique = Unique::new("column key");
    let mut columns = Vec::new();
    let tables = table.some_tables("columns", "The column", COLUMNS);
    if let Some(first_too_many) = tables.get(MOST_COLUMNS) {
        context.reader.fault(
            first_too_many.at,
            format!("`columns` has {} entries.", tables.len()),
            format!("Write at most {MOST_COLUMNS}."),
        );
    }
    for mut column in tables.into_iter().take(MOST_COLUMNS) {
        let key = column.key("key", Syntax::Word, "key = \"persons\"");
        let number = context.column_number(&mut column);
        let label = column.text("label");
        let text = column.text_if_any("text");
        let field = number_field(&mut column);
        column.finish();
        if unique.claim(context.reader, key) {
            columns.push(Column {
                key: key.value.to_owned(),
                number,
                label,
                text,
                field,
            });
        }
    }
    columns
}

fn quotient(table: &mut Table<'_>, columns: &[Column]) -> Option<Quotient> {
    let mut quotient = table.table("quotient", "`quotient`")?;
    let numerator = quotient.string("numerator", "numerator = \"fte\"");
    let denominator = quotient.string("denominator", "denominator = \"persons\"");
    let label = quotient.text("label");
    column_exists(&quotient, numerator, columns);
    column_exists(&quotient, denominator, columns);
    if numerator.value == denominator.value && !numerator.value.is_empty() {
        quotient.reader.fault(
            denominator.at,
            "`numerator` and `denominator` are the same column.",
            "Name two columns.",
        );
    }
    quotient.finish();
    Some(Quotient {
        numerator: numerator.value.to_owned(),
        denominator: denominator.value.to_owned(),
        label,
    })
}

/// A fault where the matrix has no column of that name.
pub(super) fn column_exists(table: &Table<'_>, name: At<&str>, columns: &[Column]) {
    let known = columns.iter().map(|column| column.key.as_str());
    if !name.value.is_empty() && !known.clone().any(|key| key == name.value) {
        table.reader.fault(
            name.at,
            format!("The question has no column `{}`.", shown(name.value)),
            did_you_mean(name.value, known),
        );
    }
}

/// Row by row: its cells, then the flag that says there is no such row.
fn rows(table: &mut Table<'_>, matrix: &mut NumberMatrix) -> Vec<VariableDraft> {
    let mut unique = Unique::new("row key");
    let mut variables = Vec::new();
    for mut row in table.some_tables("rows", "The row", ROWS) {
        let reader = row.reader;
        let key = row.key("key", Syntax::Name, "key = \"dietitian\"");
        let read = MatrixRow {
            key: key.value.to_owned(),
            label: row.text("label"),
            hint: row.text_if_any("hint"),
        };
        row.finish();
        if !unique.claim(reader, key) {
            continue;
        }
        for column in &matrix.columns {
            let kind = VariableKind::Number(column.field.clone());
            let cell = NumberMatrix::cell(&read, column);
            variables.push(VariableDraft::new(cell, key.at, kind));
        }
        if let Some(absent) = matrix.absent_variable(&read) {
            variables.push(VariableDraft::new(absent, key.at, VariableKind::Absent));
        }
        matrix.rows.push(read);
    }
    variables
}
