//! What a file would do, and doing it.

use std::{collections::BTreeSet, sync::Arc};

use app::{
    fill,
    staff::register::{
        ChangedField, ChangedLine, ChiefLine, Count, PreviewPage, RowLine, Shown, UnitLine,
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use register::{Change, Contact, Fault, Severity, Unit, Unsure};

use super::{
    labels::ClassLabels,
    mapping::mapping_page,
    or_broken,
    steps::{Opened, path, query},
};
use crate::{
    intake::{self, Preview},
    storage::register::{AcceptError, Acceptance, UnitRef},
    web::staff::{Administrator, Asked, Posted, StaffVisit},
};

/// Lines of a list among others, and of one alone.
const BEGINNING: usize = 20;
const ON_A_PAGE: usize = 200;

pub(super) async fn show(
    administrator: Administrator,
    Path(id): Path<String>,
    asked: Asked,
) -> Response {
    let opened = match administrator.open_file(&id, &asked).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let Some(Ok(mapping)) = opened.mapping() else {
        // Somebody has decided otherwise meanwhile.
        return administrator.page(mapping_page(&administrator, &opened, Vec::new()));
    };
    match administrator.preview_of(&opened, mapping).await {
        Ok(preview) => administrator.page(preview_page(
            &administrator,
            &opened,
            &preview,
            &asked,
            false,
        )),
        Err(response) => response,
    }
}

pub(super) async fn accept(
    administrator: Administrator,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let options = super::steps::options(|name| posted.text(name).to_owned());
    let opened = match administrator.open_file_with(&id, options).await {
        Ok(opened) => opened,
        Err(response) => return response,
    };
    let Some(Ok(mapping)) = opened.mapping() else {
        return administrator.page(mapping_page(&administrator, &opened, Vec::new()));
    };
    let preview = match administrator.preview_of(&opened, mapping).await {
        Ok(preview) => preview,
        Err(response) => return response,
    };
    // A preview that was made anew since the page was shown is shown first.
    if preview.plan.fingerprint.to_string() != posted.text("granskad") {
        return stale(&administrator, &opened, &preview);
    }
    let relieved: BTreeSet<String> = (0..preview.plan.chiefs.len())
        .map(|n| posted.text(&format!("chef{n}")).to_owned())
        .filter(|id| !id.is_empty())
        .collect();
    let acceptance = Acceptance {
        upload: Some(opened.upload.id),
        sender: opened.upload.sender.clone(),
        file_name: opened.upload.file_name.clone(),
        file_hash: intake::file_hash(&opened.upload.content),
        checked: Arc::clone(&preview.checked),
        scope: preview.scope,
        relieved,
        previewed: Some(preview.plan.fingerprint),
    };
    let mut ids = or_broken!(administrator, administrator.ids());
    let (actor, now) = (administrator.actor(), administrator.now);
    let accepted = administrator
        .world
        .shared
        .database
        .accept_import(&acceptance, &actor, now, &mut || ids.next_id())
        .await;
    match accepted {
        Ok(import) => {
            administrator.forget_file(opened.upload.id);
            administrator.go(&format!("/admin/register/import?gjort={}", import.id))
        }
        Err(AcceptError::Stale(now)) => {
            administrator.forget_previews(opened.upload.id);
            let (known, plan) = *now;
            let preview = Preview {
                checked: acceptance.checked,
                known,
                plan,
                scope: acceptance.scope,
            };
            stale(&administrator, &opened, &preview)
        }
        Err(AcceptError::NotWaiting) => administrator.file_expired(),
        Err(AcceptError::NothingToDo) => {
            let html = preview_page(&administrator, &opened, &preview, &Asked::default(), false);
            administrator.page_with(StatusCode::CONFLICT, html)
        }
        Err(error) => administrator.broken(&error),
    }
}

/// The preview as it is now, where the register changed since it was seen.
fn stale(visit: &StaffVisit, opened: &Opened, preview: &Preview) -> Response {
    let html = preview_page(visit, opened, preview, &Asked::default(), true);
    visit.page_with(StatusCode::CONFLICT, html)
}

fn preview_page(
    visit: &StaffVisit,
    opened: &Opened,
    preview: &Preview,
    asked: &Asked,
    stale: bool,
) -> String {
    let drawn = Drawn {
        visit,
        preview,
        labels: ClassLabels::of(&opened.lists, visit.language),
    };
    let summary = preview.plan.summary;
    let remarks = drawn.faults(|severity| severity != Severity::Error).count();
    let counts = [
        ("nya", summary.new),
        ("andrade", summary.changed),
        ("borttagna", summary.gone),
        ("oforandrade", summary.unchanged),
        ("fel", summary.faulty),
        ("anmarkningar", remarks),
        ("oklara", summary.unclear),
        ("filialer", summary.branches),
    ];
    let lists = [
        "nya",
        "andrade",
        "borttagna",
        "fel",
        "oklara",
        "anmarkningar",
    ];
    let alone = lists.into_iter().find(|list| *list == asked.text("lista"));
    let (shown, alone) = if let Some(list) = alone {
        let lines = match list {
            // A row may have several faults.
            "fel" => drawn.faults(|severity| severity == Severity::Error).count(),
            _ => counts
                .iter()
                .find(|(name, _)| *name == list)
                .map_or(0, |(_, n)| *n),
        };
        let pages = lines.div_ceil(ON_A_PAGE).max(1);
        let page = usize::try_from(asked.page()).unwrap_or(1).min(pages);
        let shown = drawn.list(list, (page - 1) * ON_A_PAGE, ON_A_PAGE);
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (vec![shown], Some((list, small(page), small(pages))))
    } else {
        let some = |list: &&str| counts.iter().any(|(name, n)| name == list && *n > 0);
        let shown = lists.into_iter().filter(some);
        (
            shown.map(|list| drawn.list(list, 0, BEGINNING)).collect(),
            None,
        )
    };
    let frame = visit.frame();
    let page = PreviewPage {
        frame: &frame,
        path: &path(opened.upload.id),
        file_name: &opened.upload.file_name,
        sender: &opened.upload.sender,
        counts: counts.map(|(list, n)| Count { list, n }).into(),
        shown,
        alone,
        chiefs: drawn.chiefs(),
        carried: vec![
            ("granskad", preview.plan.fingerprint.to_string()),
            ("blad", opened.options.sheet.clone().unwrap_or_default()),
            (
                "rubrik",
                opened
                    .options
                    .heading_row
                    .map(|row| row.to_string())
                    .unwrap_or_default(),
            ),
            ("tillagg", u8::from(opened.options.additions).to_string()),
        ],
        query: &query(&opened.options),
        stale,
        faulty: summary.faulty,
        nothing: summary.new + summary.changed + summary.gone == 0
            && preview.plan.chiefs.is_empty(),
    };
    page.html()
}

/// A preview as it is drawn.
struct Drawn<'a> {
    visit: &'a StaffVisit,
    preview: &'a Preview,
    labels: ClassLabels,
}

impl Drawn<'_> {
    fn list(&self, list: &str, from: usize, most: usize) -> Shown {
        let plan = &self.preview.plan;
        match list {
            "nya" => Shown::New(
                plan.new
                    .iter()
                    .skip(from)
                    .take(most)
                    .map(|row| {
                        let row = &self.preview.checked.rows[*row];
                        unit_line(&row.unit, None, Some(row.number))
                    })
                    .collect(),
            ),
            "andrade" => Shown::Changed(
                plan.changed
                    .iter()
                    .skip(from)
                    .take(most)
                    .map(|one| {
                        let unit = &self.preview.known.units[one.known].unit;
                        ChangedLine {
                            key: unit.key.clone().unwrap_or_default(),
                            row: self.preview.checked.rows[one.row].number,
                            name: unit.name.clone(),
                            back: one.back,
                            fields: one.fields.iter().map(|change| self.field(change)).collect(),
                        }
                    })
                    .collect(),
            ),
            "borttagna" => Shown::Gone(
                plan.gone
                    .iter()
                    .skip(from)
                    .take(most)
                    .map(|place| {
                        let unit = &self.preview.known.units[*place].unit;
                        unit_line(unit, unit.key.clone(), None)
                    })
                    .collect(),
            ),
            "fel" => Shown::Faulty(self.rows(from, most, |severity| severity == Severity::Error)),
            "oklara" => Shown::Unclear(
                plan.unclear
                    .iter()
                    .skip(from)
                    .take(most)
                    .map(|unclear| {
                        let row = &self.preview.checked.rows[unclear.row];
                        RowLine {
                            row: row.number,
                            column: String::new(),
                            value: row.unit.name.clone(),
                            reason: self.unsure(&unclear.why),
                        }
                    })
                    .collect(),
            ),
            _ => Shown::Remarks(self.rows(from, most, |severity| severity != Severity::Error)),
        }
    }

    fn faults(&self, of: impl Fn(Severity) -> bool) -> impl Iterator<Item = &Fault> {
        let faults = self.preview.checked.faults.iter();
        faults.filter(move |fault| of(fault.problem.severity()))
    }

    fn rows(&self, from: usize, most: usize, of: impl Fn(Severity) -> bool) -> Vec<RowLine> {
        self.faults(of)
            .skip(from)
            .take(most)
            .map(|fault| RowLine {
                row: fault.row,
                column: fault.column.as_ref().map_or_else(String::new, |column| {
                    format!("{} {}", column.letters(), column.title)
                        .trim()
                        .to_owned()
                }),
                value: fault.value.clone(),
                reason: self.visit.problem(&fault.problem),
            })
            .collect()
    }

    fn field(&self, change: &Change) -> ChangedField {
        let shown = |text: &Option<String>| {
            let text = text.as_deref()?;
            Some(match &change.field {
                register::Field::Ownership => {
                    app::staff::register::keyed(&self.visit.words().ownerships, text).to_owned()
                }
                register::Field::Branch => self.visit.words().yes.clone(),
                register::Field::Class(class) => self.labels.label(class, text).to_owned(),
                _ => text.to_owned(),
            })
        };
        ChangedField {
            label: self.visit.file_field(&change.field),
            before: shown(&change.before).unwrap_or_default(),
            after: shown(&change.after).unwrap_or_default(),
        }
    }

    fn unsure(&self, why: &Unsure) -> String {
        let words = self.visit.words();
        let name = |place: &usize| {
            let unit = &self.preview.known.units[*place].unit;
            format!(
                "{} ({})",
                unit.name,
                unit.key.as_deref().unwrap_or_default()
            )
        };
        match why {
            Unsure::Several(places) => {
                let units = places.iter().map(name).collect::<Vec<_>>().join(", ");
                fill(&words.several_units, &[("units", &units)])
            }
            Unsure::OutsideScope(place) => fill(&words.other_scope, &[("units", &name(place))]),
        }
    }

    fn chiefs(&self) -> Vec<ChiefLine> {
        let unit = |place: &UnitRef| match place {
            UnitRef::Known(place) => self.preview.known.units[*place].unit.name.clone(),
            UnitRef::Row(row) => self.preview.checked.rows[*row].unit.name.clone(),
        };
        self.preview
            .plan
            .chiefs
            .iter()
            .map(|chief| ChiefLine {
                id: chief.id.clone(),
                name: chief.chief.name.clone(),
                email: email(&chief.chief),
                units: chief.local_heads.len() + chief.missing.len(),
                heads: chief
                    .local_heads
                    .iter()
                    .map(|(place, head)| (unit(place), who(head)))
                    .collect(),
                missing: chief.missing.iter().map(unit).collect(),
            })
            .collect()
    }
}

fn unit_line(unit: &Unit, key: Option<String>, row: Option<u32>) -> UnitLine {
    UnitLine {
        key,
        row,
        name: unit.name.clone(),
        place: unit.city.clone(),
        region: unit.region.clone(),
        chief: who(&unit.chief),
        branch: unit.branch,
    }
}

fn email(contact: &Contact) -> String {
    contact
        .email
        .as_ref()
        .map(|email| email.as_str().to_owned())
        .unwrap_or_default()
}

fn who(contact: &Contact) -> String {
    [contact.name.clone(), email(contact)]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}
