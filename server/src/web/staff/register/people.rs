//! Who holds a role of a unit, changed by hand.

use app::{
    fill,
    staff::{
        form::Fault,
        register::{PersonPage, unit_path},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use validator::ValidateEmail;

use super::{LONGEST, or_broken, stored};
use crate::{
    storage::register::{Column, ContactKind, EditError, Successor},
    web::staff::{Administrator, Posted, StaffVisit},
};

fn kind_of(kind: &str) -> Option<ContactKind> {
    ContactKind::try_from(kind.to_owned()).ok()
}

pub(super) async fn show(
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
        undeliverable: holder.is_some_and(|person| person.undeliverable_at.is_some()),
        faults: Vec::new(),
    };
    administrator.page(page.html())
}

pub(super) async fn change(
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
            undeliverable: holder.is_some_and(|person| person.undeliverable_at.is_some()),
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
