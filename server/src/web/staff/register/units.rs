//! The list of units, one unit, and what its cases count as.

use app::staff::{
    Role,
    form::Fault,
    register::{
        CaseBox, DispositionLine, Fact, ListLine, ListPage, PersonLine, StatusTab, UnitPage, keyed,
        unit_path,
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use uuid::Uuid;

use super::{or_broken, stored};
use crate::{
    storage::{
        DispositionCode, DispositionError, Timestamp,
        register::{Column, Field, UnitFilter, UnitSheet, UnitStatus},
    },
    web::staff::{Administrator, Asked, Posted, Reader, StaffVisit},
};

const ON_A_PAGE: u32 = 50;

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
    let labels = or_broken!(reader, reader.class_labels().await);
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
                let (class, label) = (reader.class(field), labels.label(field, value));
                // Some labels begin with what they are labels of.
                let said = if label.starts_with(&class) {
                    label.to_owned()
                } else {
                    format!("{class}: {label}")
                };
                (format!("{field}:{value}"), said)
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
    let labels = visit.class_labels().await?;
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
                value: visit.shown(&labels, &field, Some(text)),
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
            .map(|changed| visit.history_line(&labels, changed))
            .collect(),
        may_change: visit.staff.role >= Role::Administrator,
        told,
        faults,
    };
    Ok(page.html())
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
