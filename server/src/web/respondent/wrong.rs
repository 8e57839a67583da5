//! "Fel mottagare?": kept for the administrator.

use app::respondent::{Notice, WrongFault, WrongForm, WrongKind, WrongPage};
use axum::{body::Bytes, extract::rejection::BytesRejection, http::StatusCode, response::Response};
use validator::{ValidateEmail, ValidateLength};

use super::{form::fields, visit::Visit};
use crate::{
    clock::NoChance,
    storage::{NewReport, ReportError, ReportKind, StoredText, StoredTextError},
};

const LONGEST_NAME: usize = 200;
const LONGEST_EMAIL: usize = 254;
const LONGEST_NOTE: usize = 2_000;

pub(crate) async fn show(visit: Visit) -> Response {
    let frame = visit.frame();
    visit.page(
        WrongPage {
            frame: &frame,
            form: WrongForm::default(),
            faults: Vec::new(),
            thanked: false,
        }
        .html(),
    )
}

/// Why a report could not be kept.
#[derive(Debug, thiserror::Error)]
enum KeepError {
    #[error(transparent)]
    Text(#[from] StoredTextError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Report(#[from] ReportError),
}

pub(crate) async fn report(visit: Visit, body: Result<Bytes, BytesRejection>) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return visit.notice(rejection.status(), &Notice::Bad),
    };
    let Ok(mut fields) = fields(&body) else {
        return visit.bad();
    };
    let mut take = |name: &str| fields.remove(name).unwrap_or_default().trim().to_owned();
    let form = WrongForm {
        kind: WrongKind::from_name(&take("kind")),
        name: take("name"),
        email: take("email"),
        note: take("note"),
    };
    if !fields.is_empty() {
        return visit.bad();
    }
    let frame = visit.frame();
    let Some(kind) = form.kind.filter(|_| faults(&form).is_empty()) else {
        let faults = faults(&form);
        return visit.page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            WrongPage {
                frame: &frame,
                form,
                faults,
                thanked: false,
            }
            .html(),
        );
    };
    match visit.keep_report(kind, &form).await {
        Ok(()) => visit.page(
            WrongPage {
                frame: &frame,
                form,
                faults: Vec::new(),
                thanked: true,
            }
            .html(),
        ),
        Err(KeepError::Report(ReportError::TooMany)) => {
            visit.notice(StatusCode::TOO_MANY_REQUESTS, &Notice::TooMany)
        }
        Err(KeepError::Report(ReportError::Refused(refusal))) => visit.refused(refusal),
        Err(KeepError::Text(_)) => visit.bad(),
        Err(error) => visit.broken(&error),
    }
}

fn faults(form: &WrongForm) -> Vec<WrongFault> {
    let mut faults = Vec::new();
    if form.kind.is_none() {
        faults.push(WrongFault::KindMissing);
    }
    if form.kind == Some(WrongKind::NewChief) && form.name.is_empty() && form.email.is_empty() {
        faults.push(WrongFault::WhoMissing);
    }
    if !form.email.is_empty() && !form.email.validate_email() {
        faults.push(WrongFault::EmailInvalid);
    }
    for (field, text, most) in [
        ("name", &form.name, LONGEST_NAME),
        ("email", &form.email, LONGEST_EMAIL),
        ("note", &form.note, LONGEST_NOTE),
    ] {
        if !text.validate_length(None, u64::try_from(most).ok(), None) {
            faults.push(WrongFault::TooLong { field, most });
        }
    }
    faults
}

impl Visit {
    async fn keep_report(&self, kind: WrongKind, form: &WrongForm) -> Result<(), KeepError> {
        let kind = match kind {
            WrongKind::NewChief => ReportKind::NewChief,
            WrongKind::Closed => ReportKind::Closed,
            WrongKind::Other => ReportKind::Other,
        };
        let new = NewReport {
            id: self.world.shared.chance.id(self.now)?,
            kind,
            name: StoredText::new(form.name.clone())?,
            email: StoredText::new(form.email.clone())?,
            note: StoredText::new(form.note.clone())?,
        };
        Ok(self
            .world
            .shared
            .database
            .report(self.link, new, self.now)
            .await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(kind: WrongKind, name: &str, email: &str) -> WrongForm {
        WrongForm {
            kind: Some(kind),
            name: name.to_owned(),
            email: email.to_owned(),
            note: String::new(),
        }
    }

    #[test]
    fn a_new_chief_needs_a_name_or_an_address() {
        assert_eq!(
            faults(&form(WrongKind::NewChief, "", "")),
            [WrongFault::WhoMissing]
        );
        assert_eq!(faults(&form(WrongKind::NewChief, "Kim Ek", "")), []);
        assert_eq!(faults(&form(WrongKind::Closed, "", "")), []);
    }

    #[test]
    fn an_address_must_be_one() {
        assert_eq!(
            faults(&form(WrongKind::NewChief, "", "kim.ek")),
            [WrongFault::EmailInvalid]
        );
        assert_eq!(
            faults(&form(WrongKind::NewChief, "", "kim.ek@example.se")),
            []
        );
    }
}
