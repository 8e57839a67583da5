//! The units behind a number.

use app::staff::follow_up::{BehindPage, UnitLine};
use axum::{extract::Path, response::Response};
use jiff::civil::Date;
use survey::statistics::Slice;

use super::{
    super::{Asked as Query, Reader, StaffVisit},
    group,
};
use crate::storage::{CaseLine, CasesBehind, ListPage};

const ON_A_PAGE: u32 = 50;

pub(super) async fn show(reader: Reader, Path(key): Path<String>, query: Query) -> Response {
    match page(&reader, &key, &query).await {
        Ok(response) | Err(response) => response,
    }
}

async fn page(reader: &Reader, key: &str, query: &Query) -> Result<Response, Response> {
    let asked = reader.round_asked(key).await?;
    let slice = slice(query.text("urval")).ok_or_else(|| reader.missing())?;
    let dimensions = asked.dimensions(reader);
    let group = group(query, &dimensions).map_err(|()| reader.missing())?;
    let behind = CasesBehind {
        group: group
            .as_ref()
            .map(|(dimension, category)| (dimension.key.clone(), category.clone())),
        slice: slice.clone(),
    };
    let number = query.page();
    let list = ListPage {
        number,
        size: ON_A_PAGE,
    };
    let database = &reader.world.shared.database;
    let found = database
        .cases_behind(asked.round.id, &behind, list, reader.now)
        .await
        .map_err(|error| reader.broken(&error))?;
    let units: Vec<UnitLine> = found
        .cases
        .into_iter()
        .map(|case| line(reader, case))
        .collect();
    let name = group
        .as_ref()
        .map(|(dimension, category)| dimension.category(category).label);
    let pages = found.count.div_ceil(u64::from(ON_A_PAGE)).max(1);
    let page = BehindPage {
        frame: &reader.frame(),
        round: &asked.round.key,
        pilot: asked.round.pilot,
        slice: &slice,
        group: group
            .as_ref()
            .zip(name.as_ref())
            .map(|((dimension, category), name)| {
                (
                    dimension.key.as_str(),
                    category.as_str(),
                    name.get(reader.language),
                )
            }),
        sections: &asked.sections(reader),
        day: &day(reader, &slice),
        units: &units,
        total: found.count,
        page: number,
        pages: u32::try_from(pages).unwrap_or(u32::MAX),
    };
    Ok(reader.page(page.html()))
}

/// What the address asks for; everyone where it asks for nothing.
fn slice(text: &str) -> Option<Slice> {
    if text.is_empty() {
        return Some(Slice::default());
    }
    // PostgreSQL takes no such character, and no section has it.
    text.parse().ok().filter(|_| !text.contains('\0'))
}

fn line(visit: &StaffVisit, case: CaseLine) -> UnitLine {
    let date = |moment: Option<_>| moment.map(|moment| visit.date(moment));
    UnitLine {
        bounced: case.is_bounced(),
        key: case.unit_key,
        name: case.unit_name,
        city: case.city,
        region: case.region,
        status: case.status,
        mailed: date(case.mailed_at),
        answered: date(case.submitted_at.or(case.answered_at)),
        started: date(case.started_at),
        opened: date(case.opened_at),
        chief: case.chief_name,
        email: case.chief_email,
    }
}

/// The day of a slice written out; as it stands where it is none.
fn day(visit: &StaffVisit, slice: &Slice) -> String {
    let (Slice::AnsweredOn(day) | Slice::AnsweredBy(day)) = slice else {
        return String::new();
    };
    day.parse::<Date>().map_or_else(
        |_| day.clone(),
        |day| {
            let common = visit.frame().common;
            common.date(day.year(), day.month(), day.day())
        },
    )
}
