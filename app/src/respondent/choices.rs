//! Radio buttons, boxes to tick, and scales in rows.

use leptos::prelude::*;
use survey::instrument::{Choice, ChoicesOption, Question, Row, RowComment};

use super::question::{Asks, Sheet, heading, hint, hint_id, text_field};
use crate::fill;

pub(super) fn single(sheet: &Sheet<'_>, question: &Question, options: &[Choice]) -> AnyView {
    let name = question.key.clone();
    let chosen = sheet.value(&name);
    let described = sheet.described_by(&name, hint_id(question));
    let items: Vec<_> = options
        .iter()
        .enumerate()
        .map(|(index, option)| {
            // The first option carries the variable's own id, so that links from a summary land on it.
            let id = if index == 0 { name.clone() } else { format!("{name}-{}", option.key) };
            let specify = option.specify.as_ref().map(|field| {
                view! { <div class="cond" data-when=format!("{name} == {}", option.key)>{text_field(sheet, field, Asks::Detail)}</div> }
            });
            view! {
                <div class="o">
                    <input type="radio" id=id.clone() name=name.clone() value=option.key.clone() checked=chosen == option.key/>
                    <label for=id>{sheet.frame.text(&option.label)}</label>
                </div>
                {specify}
            }
        })
        .collect();
    view! {
        <fieldset aria-describedby=described>
            <legend class="l">{heading(sheet, question)}</legend>
            {hint(sheet, question)}
            {sheet.remarks(&name)}
            {items}
            {clear(sheet, &name, &sheet.frame.text(&question.text))}
        </fieldset>
    }
    .into_any()
}

/// A radio button cannot be unticked; this can.
fn clear(sheet: &Sheet<'_>, variable: &str, of: &str) -> AnyView {
    let nothing = sheet.value(variable).is_empty();
    view! { <button class="b3" name="do" hidden=nothing value=format!("clear:{variable}")>{sheet.frame.words.section.clear.clone()}<span class="vh">", "{of.to_owned()}</span></button> }
        .into_any()
}

pub(super) fn several(
    sheet: &Sheet<'_>,
    question: &Question,
    options: &[ChoicesOption],
    most: Option<usize>,
) -> AnyView {
    let words = &sheet.frame.words.section;
    let limit = most.map_or_else(
        || words.choose_any.clone(),
        |most| fill(&words.choose_most, &[("most", &most.to_string())]),
    );
    let limit_id = format!("{}-m", question.key);
    let said = options
        .iter()
        .filter_map(|option| sheet.described_by(&option.variable, None));
    let described: Vec<String> = hint_id(question)
        .into_iter()
        .chain([limit_id.clone()])
        .chain(said)
        .collect();
    let remarks: Vec<_> = options
        .iter()
        .flat_map(|option| sheet.remarks(&option.variable))
        .collect();
    let items: Vec<_> = options
        .iter()
        .map(|option| {
            let id = option.variable.clone();
            view! {
                <div class="o">
                    <input
                        type="checkbox"
                        id=id.clone()
                        name=id.clone()
                        value="1"
                        checked=sheet.ticked(&id)
                        aria-invalid=sheet.is_wrong(&id).then_some("true")
                        data-exclusive=option.exclusive
                    />
                    <label for=id>{sheet.frame.text(&option.label)}</label>
                </div>
            }
        })
        .collect();
    view! {
        <fieldset aria-describedby=described.join(" ")>
            <legend class="l">{heading(sheet, question)}</legend>
            {hint(sheet, question)}
            <p class="h" id=limit_id>{limit}</p>
            {remarks}
            {items}
        </fieldset>
    }
    .into_any()
}

/// One radiogroup per statement, with the option's text at every button on narrow screens.
pub(super) fn scale(
    sheet: &Sheet<'_>,
    question: &Question,
    rows: &[Row],
    options: &[Choice],
    row_comment: Option<&RowComment>,
) -> AnyView {
    let key = &question.key;
    let count = options.len();
    let heads: Vec<_> = options
        .iter()
        .map(|option| view! { <span>{sheet.frame.text(&option.label)}</span> })
        .collect();
    let lines: Vec<_> = rows
        .iter()
        .map(|row| {
            let name = row.variable.clone();
            let chosen = sheet.value(&name);
            let label_id = format!("{name}-l");
            let radios: Vec<_> = options
                .iter()
                .enumerate()
                .map(|(index, option)| {
                    let id = if index == 0 { name.clone() } else { format!("{name}-{}", option.key) };
                    view! {
                        <label>
                            <input type="radio" id=id name=name.clone() value=option.key.clone() checked=chosen == option.key/>
                            <span>{sheet.frame.text(&option.label)}</span>
                        </label>
                    }
                })
                .collect();
            let label = sheet.frame.text(&row.label);
            let comment = row.comment.as_ref().zip(row_comment).map(|(variable, comment)| {
                let text = fill(&sheet.frame.words.section.row_comment, &[("label", comment.label.get(sheet.language())), ("row", &label)]);
                view! {
                    <div class="rc">
                        <label class="h" for=variable.clone()>{text}</label>
                        {sheet.remarks(variable)}
                        <input id=variable.clone() name=variable.clone() type="text" autocomplete="off" value=sheet.value(variable) data-most=comment.most.to_string() aria-invalid=sheet.is_wrong(variable).then_some("true") aria-describedby=sheet.described_by(variable, None)/>
                    </div>
                }
            });
            view! {
                <div class="lr" role="radiogroup" aria-labelledby=label_id.clone() aria-describedby=sheet.described_by(&name, None)>
                    <span id=label_id.clone() class="lt">{label.clone()}</span>
                    {radios}
                    {clear(sheet, &name, &label)}
                </div>
                {sheet.remarks(&name)}
                {comment}
            }
        })
        .collect();
    view! {
        <div role="group" aria-labelledby=format!("{key}-l") aria-describedby=hint_id(question)>
            <h2 class="l" id=format!("{key}-l")>{heading(sheet, question)}</h2>
            {hint(sheet, question)}
            <div class=format!("lk lk{count}")>
                <div class="lr lh" aria-hidden="true"><span></span>{heads}</div>
                {lines}
            </div>
        </div>
    }
    .into_any()
}
