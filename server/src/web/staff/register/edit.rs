//! A unit's facts, changed by hand.

use app::{
    fill,
    staff::{
        form::Fault,
        register::{EditPage, FactChoice, keyed, unit_path},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};

use super::{LONGEST, labels::is_day_or_nothing, or_broken, stored};
use crate::{
    storage::{
        StoredText,
        register::{Column, EditError, Field, UnitSheet},
    },
    web::staff::{Administrator, Posted, StaffVisit},
};

/// The columns that are typed as texts.
const TYPED: [Column; 9] = [
    Column::Name,
    Column::Address,
    Column::PostalCode,
    Column::City,
    Column::Region,
    Column::Municipality,
    Column::Regso,
    Column::StartedOn,
    Column::ClosedOn,
];

pub(super) async fn show(administrator: Administrator, Path(key): Path<String>) -> Response {
    let sheet = match administrator.world.shared.database.unit_sheet(&key).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => return administrator.missing(),
        Err(error) => return administrator.broken(&error),
    };
    let held = |field: &Field| sheet.unit.get(field).unwrap_or_default().to_owned();
    match edit_page(&administrator, &sheet, &held, Vec::new()).await {
        Ok(html) => administrator.page(html),
        Err(error) => administrator.broken(&error),
    }
}

/// Every class that a questionnaire knows and no class file gives this unit, with its values.
async fn open_classes(
    visit: &StaffVisit,
    sheet: &UnitSheet,
) -> Result<Vec<register::ClassList>, sqlx::Error> {
    let database = &visit.world.shared.database;
    let classes = database.classes_by_code().await?;
    let mut lists = crate::intake::class_lists(database).await?;
    lists.retain(|list| !classes.derive(&sheet.unit, &list.key));
    Ok(lists)
}

async fn edit_page(
    visit: &StaffVisit,
    sheet: &UnitSheet,
    text: &(dyn Fn(&Field) -> String + Sync),
    faults: Vec<Fault>,
) -> Result<String, sqlx::Error> {
    let words = visit.words();
    let texts = TYPED
        .map(Field::Column)
        .into_iter()
        .chain([Field::Class("listed".to_owned())])
        .map(|field| (field.to_string(), visit.field(&field), text(&field)))
        .collect();
    let choice = |field: Field, label: String, values: Vec<(String, String)>| FactChoice {
        field: field.to_string(),
        label,
        chosen: text(&field),
        values: std::iter::once((String::new(), "–".to_owned()))
            .chain(values)
            .collect(),
    };
    let ownership = Field::Column(Column::Ownership);
    let branch = Field::Column(Column::Branch);
    let ownerships = words.ownerships.clone().into_iter().collect();
    let yes = vec![("true".to_owned(), words.yes.clone())];
    let (ownership_label, branch_label) = (visit.field(&ownership), visit.field(&branch));
    let mut choices = vec![
        choice(ownership, ownership_label, ownerships),
        choice(branch, branch_label, yes),
    ];
    for list in open_classes(visit, sheet).await? {
        let label = visit.class(&list.key);
        let values = list.values.into_iter().map(|value| {
            let label = value.labels.into_iter().next();
            (value.key.clone(), label.unwrap_or(value.key))
        });
        choices.push(choice(Field::Class(list.key), label, values.collect()));
    }
    let frame = visit.frame();
    let page = EditPage {
        frame: &frame,
        key: &sheet.unit.key,
        name: sheet.unit.column(Column::Name),
        texts,
        choices,
        faults,
    };
    Ok(page.html())
}

pub(super) async fn edit(
    administrator: Administrator,
    Path(key): Path<String>,
    posted: Posted,
) -> Response {
    let database = &administrator.world.shared.database;
    let sheet = match database.unit_sheet(&key).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => return administrator.missing(),
        Err(error) => return administrator.broken(&error),
    };
    let lists = or_broken!(administrator, open_classes(&administrator, &sheet).await);
    let mut fields: Vec<(Field, StoredText)> = Vec::new();
    let known = TYPED
        .into_iter()
        .chain([Column::Ownership, Column::Branch])
        .map(Field::Column)
        .chain([Field::Class("listed".to_owned())])
        .chain(lists.iter().map(|list| Field::Class(list.key.clone())));
    for field in known {
        let text = posted.text(&field.to_string()).to_owned();
        let allowed = match &field {
            Field::Column(Column::Ownership) => ["", "public", "private"].contains(&text.as_str()),
            Field::Column(Column::Branch) => ["", "true"].contains(&text.as_str()),
            Field::Class(class) => {
                lists
                    .iter()
                    .find(|list| list.key == *class)
                    .is_none_or(|list| {
                        text.is_empty() || list.values.iter().any(|value| value.key == text)
                    })
            }
            _ => true,
        };
        if !allowed {
            return administrator.bad();
        }
        fields.push((field, stored!(administrator, text)));
    }
    let faults = edit_faults(&administrator, &fields);
    if !faults.is_empty() {
        let typed = |field: &Field| posted.text(&field.to_string()).to_owned();
        return match edit_page(&administrator, &sheet, &typed, faults).await {
            Ok(html) => administrator.page_with(StatusCode::UNPROCESSABLE_ENTITY, html),
            Err(error) => administrator.broken(&error),
        };
    }
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let edited = database
        .edit_unit(&key, &fields, &actor, now, &mut || ids.next_id())
        .await;
    match edited {
        Ok(0) => administrator.go(&format!("{}?gjort=inget", unit_path(&key))),
        Ok(_) => administrator.go(&format!("{}?gjort=sparat", unit_path(&key))),
        Err(EditError::UnknownUnit(_)) => administrator.missing(),
        Err(EditError::NoName | EditError::NotEditable(_)) => administrator.bad(),
        Err(error @ EditError::Database(_)) => administrator.broken(&error),
    }
}

fn edit_faults(visit: &StaffVisit, fields: &[(Field, StoredText)]) -> Vec<Fault> {
    let words = visit.words();
    let mut faults = Vec::new();
    for (field, text) in fields {
        let (name, text) = (field.to_string(), text.as_str());
        if *field == Field::Column(Column::Name) && text.is_empty() {
            faults.push(Fault::new(name, &words.name_missing));
        } else if matches!(field, Field::Column(Column::StartedOn | Column::ClosedOn))
            && !is_day_or_nothing(text)
        {
            faults.push(Fault::new(name, &words.date_invalid));
        } else if *field == Field::Class("listed".to_owned())
            && !text.is_empty()
            && text.parse::<u32>().is_err()
        {
            faults.push(Fault::new(name, keyed(&words.problems, "listed_invalid")));
        } else if text.chars().count() > LONGEST {
            let most = LONGEST.to_string();
            faults.push(Fault::new(name, fill(&words.too_long, &[("most", &most)])));
        }
    }
    faults
}
