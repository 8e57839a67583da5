//! One page of questions: shown, and saved.

use app::{
    respondent::{FROM_CHECK, SectionPage},
    seen,
};
use axum::{
    body::Bytes,
    extract::{Path, RawQuery, rejection::BytesRejection},
    http::StatusCode,
    response::Response,
};
use survey::{
    checks::{Change, Finding},
    instrument::Variable,
    route::{Page, Route},
};
use uuid::Uuid;

use super::{
    button::{Button, NoButton},
    form::{FormError, SectionForm, variables_on},
    visit::Visit,
};
use crate::{
    clock::NoChance,
    storage::{
        AppendError, Appended, ConfirmError, NewRevision, Outcome, RevisionNumber, StoredText,
        StoredTextError,
    },
};

/// "Granska svaren".
const CHECK: &str = "/granska";

/// Where a page stands on the route.
struct Place<'r, 'i> {
    section: usize,
    page: usize,
    at: &'r Page<'i>,
}

fn place<'r, 'i>(route: &'r Route<'i>, section: &str, page: usize) -> Option<Place<'r, 'i>> {
    let (index, routed) = route.section(section)?;
    let page = page.checked_sub(1)?;
    Some(Place {
        section: index,
        page,
        at: routed.pages.get(page)?,
    })
}

/// From where somebody came to a page, and whither the page leads back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Errand {
    /// To answer, page after page.
    Answer,
    /// To change something while the answers are checked.
    Change,
}

impl Errand {
    fn of(visit: &Visit, query: Option<&str>) -> Self {
        let changing = query.is_some_and(|query| query.split('&').any(|one| one == FROM_CHECK));
        if changing && visit.only_section().is_none() {
            Self::Change
        } else {
            Self::Answer
        }
    }

    fn address(self, section: &str, page: usize) -> String {
        match self {
            Self::Answer => format!("/avsnitt/{section}/{page}"),
            Self::Change => format!("/avsnitt/{section}/{page}?{FROM_CHECK}"),
        }
    }
}

/// A section's address without a page: its first.
pub(crate) async fn first(
    visit: Visit,
    Path((_, section)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    if visit.route().section(&section).is_none() {
        return visit.missing();
    }
    let errand = Errand::of(&visit, query.as_deref());
    visit.go(&errand.address(&section, 1))
}

pub(crate) async fn show(
    visit: Visit,
    Path((_, section, page)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
) -> Response {
    if let Some(refused) = visit.barred() {
        return refused;
    }
    let Ok(page) = page.parse() else {
        return visit.missing();
    };
    let errand = Errand::of(&visit, query.as_deref());
    let page_id = match visit.world.shared.chance.id(visit.now) {
        Ok(id) => id,
        Err(error) => return visit.broken(&error),
    };
    render(&visit, &section, page, errand, page_id, StatusCode::OK)
}

fn render(
    visit: &Visit,
    section: &str,
    page: usize,
    errand: Errand,
    page_id: Uuid,
    status: StatusCode,
) -> Response {
    let route = visit.route();
    let Some(place) = place(&route, section, page) else {
        return visit.missing();
    };
    let Some(routed) = route.sections.get(place.section) else {
        return visit.missing();
    };
    let examined = visit.examine(place.at.questions.iter().map(|routed| routed.question));
    let variables = variables_on(visit, &route, place.at);
    let clashes = visit.clashes(|variable| variables.iter().any(|one| one.key == variable));
    let frame = visit.frame();
    let html = SectionPage {
        frame: &frame,
        instrument: &visit.instrument,
        register: &visit.register,
        answers: &visit.answers,
        section: (place.section + 1, route.sections.len()),
        page_number: (place.page + 1, routed.pages.len()),
        title: routed.section.title.get(visit.language).to_owned(),
        lead: routed
            .section
            .lead
            .as_ref()
            .filter(|_| place.page == 0)
            .map(|lead| lead.get(visit.language).to_owned()),
        page: place.at,
        findings: examined.open,
        noted: examined.noted,
        clashes,
        refused: status == StatusCode::UNPROCESSABLE_ENTITY,
        action: format!("{}{}", visit.base, errand.address(section, page)),
        back: format!("{}{}", visit.base, before(&route, &place, errand)),
        page_id: page_id.to_string(),
        base: visit.case.latest().to_string(),
        case_key: visit.case.case.id.simple().to_string(),
    }
    .html();
    visit.page_with(status, html)
}

fn before(route: &Route<'_>, place: &Place<'_, '_>, errand: Errand) -> String {
    let section = |index: usize| route.sections.get(index);
    if place.page > 0 {
        section(place.section)
            .map(|routed| errand.address(&routed.section.key, place.page))
            .unwrap_or_default()
    } else if errand == Errand::Change {
        CHECK.to_owned()
    } else {
        place
            .section
            .checked_sub(1)
            .and_then(section)
            .map(|routed| errand.address(&routed.section.key, routed.pages.len()))
            .unwrap_or_default()
    }
}

/// What comes next; a colleague who is done comes back to where the link leads.
fn after(visit: &Visit, route: &Route<'_>, section: &str, page: usize, errand: Errand) -> String {
    let Some((index, routed)) = route.section(section) else {
        return String::new();
    };
    if page < routed.pages.len() {
        return errand.address(section, page + 1);
    }
    route
        .sections
        .get(index + 1)
        .filter(|_| errand == Errand::Answer)
        .map_or_else(
            || visit.only_section().map_or(CHECK, |_| "").to_owned(),
            |next| errand.address(&next.section.key, 1),
        )
}

/// Why a page could not be saved.
#[derive(Debug, thiserror::Error)]
pub(super) enum SaveError {
    #[error(transparent)]
    Form(#[from] FormError),
    #[error(transparent)]
    Text(#[from] StoredTextError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Confirm(#[from] ConfirmError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Button(#[from] NoButton),
}

impl SaveError {
    pub(super) fn answer(&self, visit: &Visit) -> Response {
        match self {
            Self::Form(_)
            | Self::Text(_)
            | Self::Button(_)
            | Self::Append(AppendError::ChangeReused) => visit.bad(),
            Self::Append(AppendError::Refused(refusal))
            | Self::Confirm(ConfirmError::Refused(refusal)) => visit.refused(*refusal),
            Self::Append(AppendError::UnknownLink) | Self::Confirm(ConfirmError::UnknownLink) => {
                visit.missing()
            }
            Self::Append(_) | Self::Confirm(_) | Self::Chance(_) => visit.broken(self),
        }
    }
}

pub(crate) async fn save(
    visit: Visit,
    Path((_, section, page)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    if let Some(refused) = visit.barred() {
        return refused;
    }
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return visit.notice(rejection.status(), &app::respondent::Notice::Bad),
    };
    let Ok(page) = page.parse::<usize>() else {
        return visit.missing();
    };
    let taken = {
        let route = visit.route();
        let Some(place) = place(&route, &section, page) else {
            return visit.missing();
        };
        read(&body, &variables_on(&visit, &route, place.at))
    };
    let (mut form, button) = match taken {
        Ok(taken) => taken,
        Err(error) => return error.answer(&visit),
    };
    button.spare_open_conflicts(&visit, &mut form);
    let errand = Errand::of(&visit, query.as_deref());
    let own = errand.address(&section, page);
    let fresh_clash = match visit.write(&form).await {
        Ok(appended) => appended.iter().any(|one| matches!(&one.outcome, Outcome::Conflict { mine, .. } if mine.received_at == visit.now)),
        Err(error) => return error.answer(&visit),
    };
    let visit = match visit.again().await {
        Ok(visit) => visit,
        Err(response) => return response,
    };
    let route = visit.route();
    let Some(place) = place(&route, &section, page) else {
        return visit.go("");
    };
    if button != Button::GoOn {
        let questions = place.at.questions.iter().map(|routed| routed.question);
        return match visit.grant(&form, button, questions).await {
            Ok(anchor) => visit.go(&format!("{own}#{anchor}")),
            Err(error) => error.answer(&visit),
        };
    }
    let examined = visit.examine(place.at.questions.iter().map(|routed| routed.question));
    if examined.open.iter().any(Finding::is_hard) {
        return render(
            &visit,
            &section,
            page,
            errand,
            form.page,
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    }
    if fresh_clash {
        return visit.go(&own);
    }
    // A reason says "Stämmer" also where its button was not pressed: Enter in its field goes on.
    let (reasoned, rest): (Vec<Finding>, Vec<Finding>) = examined
        .open
        .into_iter()
        .partition(|finding| form.reason(finding).is_some());
    for finding in &reasoned {
        if let Err(error) = visit.keep(&form, finding).await {
            return error.answer(&visit);
        }
    }
    // A soft check never blocks: whoever has seen it goes on.
    let unseen = rest
        .iter()
        .any(|finding| !form.seen.contains(&seen(finding, &visit.answers)));
    if unseen {
        visit.go(&format!("{own}#fragor"))
    } else {
        visit.go(&after(&visit, &route, &section, page, errand))
    }
}

/// Everything that can be wrong with a form is found before anything of it is kept.
fn read(body: &[u8], variables: &[&Variable]) -> Result<(SectionForm, Button), SaveError> {
    let form = SectionForm::read(body, variables)?;
    let button = Button::read(&form.button, variables)?;
    Ok((form, button))
}

impl Visit {
    /// Keeps everything on the form as typed.
    async fn write(&self, form: &SectionForm) -> Result<Vec<Appended>, SaveError> {
        let changes: Vec<Change> = form
            .typed
            .iter()
            .map(|(variable, raw)| Change {
                variable: variable.clone(),
                raw: raw.clone(),
            })
            .collect();
        self.append(&changes, form.page, form.base).await
    }

    pub(super) async fn append(
        &self,
        changes: &[Change],
        page: Uuid,
        base: RevisionNumber,
    ) -> Result<Vec<Appended>, SaveError> {
        let revisions = changes
            .iter()
            .map(|change| {
                Ok(NewRevision {
                    variable: change.variable.clone(),
                    raw: StoredText::new(change.raw.clone())?,
                    typed_at: self.now,
                    page,
                    change: self.world.shared.chance.id(self.now)?,
                    base,
                    personal: self
                        .instrument
                        .variable(&change.variable)
                        .is_some_and(|variable| variable.personal),
                })
            })
            .collect::<Result<Vec<_>, SaveError>>()?;
        let written = self.written(&revisions);
        Ok(self
            .world
            .shared
            .database
            .append_written(self.link, revisions, written, self.now)
            .await?)
    }
}
