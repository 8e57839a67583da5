//! What an editor filled in on the page of a case, as it was typed.

use std::collections::BTreeMap;

use app::staff::cleaning::{
    CaseForm, QueryForm, field_of, query_of, reason_of, sure_field, value_of,
};

use crate::{storage::Edition, web::staff::Posted};

/// The form as it was typed. `seen` is the edition that the page showed.
pub(super) fn form(seen: &Edition, posted: &Posted) -> CaseForm {
    let queries = &seen.cleaned.queries;
    let asked = (1..=queries.len())
        .map(|place| {
            let id = posted.text(&query_of(place));
            let Some(query) = queries.iter().find(|query| query.id == id) else {
                return QueryForm::default();
            };
            let typed = |variable: &String| {
                let typed = posted.text(&value_of(place, variable)).to_owned();
                (variable.clone(), typed)
            };
            let values = query.variables.iter().map(typed).collect();
            filled_in(posted, place, id, values)
        })
        .collect();
    let variable = posted.text(&field_of(0)).to_owned();
    let value = posted.text(&value_of(0, "")).to_owned();
    let own = QueryForm {
        choice: String::new(),
        ..filled_in(posted, 0, "", BTreeMap::from([(variable, value)]))
    };
    CaseForm { asked, own }
}

fn filled_in(
    posted: &Posted,
    place: usize,
    query: &str,
    values: BTreeMap<String, String>,
) -> QueryForm {
    QueryForm {
        query: query.to_owned(),
        choice: posted.text(&field_of(place)).to_owned(),
        values,
        // PostgreSQL takes no such character.
        reason: posted.text(&reason_of(place)).replace('\0', "\u{fffd}"),
        sure: posted.text(&sure_field(place)).to_owned(),
    }
}
