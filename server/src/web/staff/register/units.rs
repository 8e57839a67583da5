//! The list of units, one unit, and changes by hand.

use app::{
    fill,
    staff::{
        Role,
        form::Fault,
        register::{
            CaseBox, DispositionLine, EditPage, Fact, HistoryLine, ListLine, ListPage, PersonLine,
            PersonPage, StatusTab, UnitPage, keyed, unit_path,
        },
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;
use validator::ValidateEmail;

use super::{labels::is_day_or_nothing, or_broken, stored};
use crate::{
    storage::{
        DispositionCode, DispositionError, StoredText, Timestamp,
        register::{
            Column, ContactKind, EditError, Field, Successor, UnitFilter, UnitSheet, UnitStatus,
        },
    },
    web::staff::{Administrator, Asked, Posted, Reader, StaffVisit},
};

const ON_A_PAGE: u32 = 50;
const LONGEST: usize = 200;

pub(super) async fn list(reader: Reader, asked: Asked) -> Response {
    let status = UnitStatus::from_name(asked.text("status")).unwrap_or_default();
    let (search, region, class) = (asked.text("sok"), asked.text("region"), asked.text("klass"));
    let told = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let filter = UnitFilter {
        search: told(search),
        region: told(region),
        status,
        class: class
            .split_once(':')
            .map(|(field, value)| (field.to_owned(), value.to_owned())),
    };
    let database = &reader.world.shared.database;
    let choices = or_broken!(reader, database.unit_choices().await);
    let page = asked.page();
    let units = or_broken!(
        reader,
        database.list_units(&filter, page - 1, ON_A_PAGE).await
    );
    let words = reader.words();
    let address = |status: UnitStatus, page: u32| {
        let query = [
            ("status", status.name()),
            ("sok", search),
            ("region", region),
            ("klass", class),
        ];
        let query: Vec<String> = query
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .chain((page > 1).then(|| format!("sida={page}")))
            .collect();
        format!("/admin/register?{}", query.join("&"))
    };
    let tab = |of: UnitStatus, count| StatusTab {
        name: of.name(),
        address: address(of, 1),
        count,
        chosen: of == status,
    };
    let frame = reader.frame();
    let page = ListPage {
        frame: &frame,
        search,
        region,
        class,
        tabs: [
            tab(UnitStatus::Present, choices.present),
            tab(UnitStatus::Branch, choices.branches),
            tab(UnitStatus::Gone, choices.gone),
        ],
        regions: choices.regions,
        classes: choices
            .classes
            .iter()
            .map(|(field, value)| {
                (
                    format!("{field}:{value}"),
                    format!("{}: {value}", reader.class(field)),
                )
            })
            .collect(),
        lines: units
            .units
            .into_iter()
            .map(|unit| ListLine {
                ownership: unit
                    .ownership
                    .as_deref()
                    .map(|ownership| keyed(&words.ownerships, ownership).to_owned())
                    .unwrap_or_default(),
                contact: unit.contact_name.zip(unit.contact_email),
                undeliverable: unit.undeliverable_at.is_some(),
                key: unit.key,
                name: unit.name,
                city: unit.city,
                region: unit.region,
            })
            .collect(),
        total: units.total,
        page,
        pages: units.total.div_ceil(ON_A_PAGE),
        address: &|page| address(status, page),
        told: None,
        may_change: reader.staff.role >= Role::Administrator,
    };
    reader.page(page.html())
}

pub(super) async fn show(reader: Reader, Path(key): Path<String>, asked: Asked) -> Response {
    let sheet = match reader.world.shared.database.unit_sheet(&key).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => return reader.missing(),
        Err(error) => return reader.broken(&error),
    };
    let words = reader.words();
    let told = match asked.text("gjort") {
        "sparat" => Some(words.saved.clone()),
        "inget" => Some(words.nothing_changed.clone()),
        _ => None,
    };
    match unit_page(&reader, &sheet, told, Vec::new()).await {
        Ok(html) => reader.page(html),
        Err(error) => reader.broken(&error),
    }
}

async fn unit_page(
    visit: &StaffVisit,
    sheet: &UnitSheet,
    told: Option<String>,
    faults: Vec<Fault>,
) -> Result<String, sqlx::Error> {
    let database = &visit.world.shared.database;
    let history = database.history_of_unit(sheet.unit.id).await?;
    let classes = database.classes_by_code().await?;
    let columns = Column::ALL
        .into_iter()
        .filter(|column| !matches!(column, Column::GoneAt))
        .map(Field::Column);
    let fields = columns.chain(sheet.unit.classes.keys().cloned().map(Field::Class));
    let facts = fields
        .filter_map(|field| {
            let text = sheet.unit.get(&field)?;
            Some(Fact {
                label: visit.field(&field),
                value: visit.shown(&field, Some(text)),
                derived: matches!(&field, Field::Class(class) if classes.derive(&sheet.unit, class)),
            })
        })
        .collect();
    let frame = visit.frame();
    let page = UnitPage {
        frame: &frame,
        key: &sheet.unit.key,
        name: sheet.unit.column(Column::Name),
        gone: sheet
            .unit
            .column(Column::GoneAt)
            .parse()
            .ok()
            .map(|millis| visit.date(Timestamp::from_millis(millis))),
        branch: !sheet.unit.column(Column::Branch).is_empty(),
        facts,
        people: sheet
            .people
            .iter()
            .map(|person| PersonLine {
                name: person.name.clone(),
                email: person.email.clone(),
                kind: person.kind.name(),
                from: visit.date(person.valid_from),
                to: person.valid_to.map(|to| visit.date(to)),
                undeliverable: person.undeliverable_at.is_some(),
            })
            .collect(),
        cases: sheet
            .cases
            .iter()
            .map(|case| CaseBox {
                id: case.id.to_string(),
                round: case.round_key.clone(),
                pilot: case.pilot,
                answered: case.submitted_at.map(|at| visit.moment(at)),
                dispositions: case
                    .dispositions
                    .iter()
                    .map(|made| DispositionLine {
                        code: made.code.name(),
                        note: made.note.clone(),
                        at: visit.moment(made.at),
                        by: made.actor.clone(),
                    })
                    .collect(),
            })
            .collect(),
        history: history
            .iter()
            .map(|changed| HistoryLine {
                at: visit.moment(changed.at),
                by: changed.actor.clone(),
                what: visit.field(&changed.change.field),
                before: visit.shown(&changed.change.field, changed.change.before.as_deref()),
                after: visit.shown(&changed.change.field, changed.change.after.as_deref()),
                source: visit.source(changed),
            })
            .collect(),
        may_change: visit.staff.role >= Role::Administrator,
        told,
        faults,
    };
    Ok(page.html())
}

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

pub(super) async fn show_edit(administrator: Administrator, Path(key): Path<String>) -> Response {
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
    let nothing = (String::new(), "–".to_owned());
    let ownership = Field::Column(Column::Ownership);
    let branch = Field::Column(Column::Branch);
    let mut choices = vec![
        (
            ownership.to_string(),
            visit.field(&ownership),
            text(&ownership),
            std::iter::once(nothing.clone())
                .chain(words.ownerships.clone())
                .collect(),
        ),
        (
            branch.to_string(),
            visit.field(&branch),
            text(&branch),
            vec![nothing.clone(), ("true".to_owned(), words.yes.clone())],
        ),
    ];
    for list in open_classes(visit, sheet).await? {
        let label = visit.class(&list.key);
        let field = Field::Class(list.key);
        let values = list.values.into_iter().map(|value| {
            let label = value
                .labels
                .first()
                .cloned()
                .unwrap_or_else(|| value.key.clone());
            (value.key, label)
        });
        let values = std::iter::once(nothing.clone()).chain(values).collect();
        choices.push((field.to_string(), label, text(&field), values));
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

fn kind_of(kind: &str) -> Option<ContactKind> {
    ContactKind::try_from(kind.to_owned()).ok()
}

pub(super) async fn show_person(
    administrator: Administrator,
    Path((key, kind)): Path<(String, String)>,
) -> Response {
    let Some(kind) = kind_of(&kind) else {
        return administrator.missing();
    };
    let sheet = match administrator.world.shared.database.unit_sheet(&key).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => return administrator.missing(),
        Err(error) => return administrator.broken(&error),
    };
    let holder = sheet
        .people
        .iter()
        .find(|person| person.valid_to.is_none() && person.kind == kind);
    let (name, email) = holder.map_or(("", ""), |person| (&person.name, &person.email));
    let frame = administrator.frame();
    let page = PersonPage {
        frame: &frame,
        key: &key,
        unit: sheet.unit.column(Column::Name),
        kind: kind.name(),
        name,
        email,
        nobody: false,
        faults: Vec::new(),
    };
    administrator.page(page.html())
}

pub(super) async fn change_person(
    administrator: Administrator,
    Path((key, kind)): Path<(String, String)>,
    posted: Posted,
) -> Response {
    let Some(kind) = kind_of(&kind) else {
        return administrator.missing();
    };
    let database = &administrator.world.shared.database;
    let sheet = match database.unit_sheet(&key).await {
        Ok(Some(sheet)) => sheet,
        Ok(None) => return administrator.missing(),
        Err(error) => return administrator.broken(&error),
    };
    let (name, email) = (posted.text("name"), posted.text("email"));
    let nobody = !posted.text("nobody").is_empty();
    let mut faults = person_faults(&administrator, name, email, nobody);
    let holder = sheet
        .people
        .iter()
        .find(|person| person.valid_to.is_none() && person.kind == kind);
    if nobody && holder.is_some_and(|holder| holder.email == email) {
        faults.clear();
    }
    if !faults.is_empty() {
        let frame = administrator.frame();
        let page = PersonPage {
            frame: &frame,
            key: &key,
            unit: sheet.unit.column(Column::Name),
            kind: kind.name(),
            name,
            email,
            nobody,
            faults,
        };
        return administrator.page_with(StatusCode::UNPROCESSABLE_ENTITY, page.html());
    }
    let successor = Successor {
        name: stored!(administrator, name),
        email: stored!(administrator, email),
    };
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let successor = (!nobody).then_some(&successor);
    let done = database
        .succeed(&key, kind, successor, &actor, now, &mut || ids.next_id())
        .await;
    match done {
        Ok(()) => administrator.go(&format!("{}?gjort=sparat#personer", unit_path(&key))),
        Err(EditError::UnknownUnit(_)) => administrator.missing(),
        Err(error) => administrator.broken(&error),
    }
}

/// What is wrong with a person as typed.
pub(super) fn person_faults(
    visit: &StaffVisit,
    name: &str,
    email: &str,
    nobody: bool,
) -> Vec<Fault> {
    let words = visit.words();
    let mut faults = Vec::new();
    if nobody {
        if !email.is_empty() {
            faults.push(Fault::new("email", &words.person_nobody_both));
        }
        return faults;
    }
    if name.chars().count() > LONGEST {
        let most = LONGEST.to_string();
        faults.push(Fault::new(
            "name",
            fill(&words.too_long, &[("most", &most)]),
        ));
    }
    if email.is_empty() {
        faults.push(Fault::new("email", &words.email_missing));
    } else if !email.validate_email() || email.parse::<mail::Address>().is_err() {
        faults.push(Fault::new("email", &words.email_invalid));
    }
    faults
}

pub(super) async fn decide(
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
    let id = posted.text("case");
    let code = posted.text(&format!("kod-{id}")).parse::<DispositionCode>();
    let (Ok(case), Ok(code)) = (id.parse::<Uuid>(), code) else {
        return administrator.bad();
    };
    if sheet.cases.iter().all(|known| known.id != case) {
        return administrator.bad();
    }
    let field = format!("not-{id}");
    let note = posted.text(&field);
    if note.is_empty() {
        let faults = vec![Fault::new(field, &administrator.words().note_missing)];
        return match unit_page(&administrator, &sheet, None, faults).await {
            Ok(html) => administrator.page_with(StatusCode::UNPROCESSABLE_ENTITY, html),
            Err(error) => administrator.broken(&error),
        };
    }
    let note = stored!(administrator, note);
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let decided = database
        .set_disposition(case, code, &note, &actor, now, &mut || ids.next_id())
        .await;
    match decided {
        Ok(()) => administrator.go(&format!("{}?gjort=sparat#omgangar", unit_path(&key))),
        Err(DispositionError::UnknownCase) => administrator.missing(),
        Err(error @ DispositionError::Database(_)) => administrator.broken(&error),
    }
}
