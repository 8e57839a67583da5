//! A chief asks colleagues for help with sections.

use app::respondent::{Notice, ShareFault, ShareForm, SharePage, Shared, SharedLink};
use axum::{
    body::Bytes,
    extract::{Path, RawQuery, rejection::BytesRejection},
    http::StatusCode,
    response::Response,
};
use uuid::Uuid;
use validator::{ValidateEmail, ValidateLength};

use super::{form::fields, visit::Visit};
use crate::{
    clock::NoChance,
    mail::texts,
    storage::{DelegateError, MessageKind, NewDelegation, NewMessage, StoredText, StoredTextError},
};

const LONGEST_NAME: usize = 200;
const LONGEST_EMAIL: usize = 254;
const MAILED: &str = "skickad";
const MADE: &str = "skapad";

/// Why a link could not be given.
#[derive(Debug, thiserror::Error)]
enum GiveError {
    #[error(transparent)]
    Text(#[from] StoredTextError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Delegate(#[from] DelegateError),
}

pub(crate) async fn show(visit: Visit, RawQuery(query): RawQuery) -> Response {
    if let Some(refused) = visit.barred() {
        return refused;
    }
    let done = match query.as_deref() {
        Some(MAILED) => Some(Shared::Mailed),
        Some(MADE) => Some(Shared::Made),
        _ => None,
    };
    visit
        .sharing(StatusCode::OK, ShareForm::default(), Vec::new(), done)
        .await
}

pub(crate) async fn give(visit: Visit, body: Result<Bytes, BytesRejection>) -> Response {
    if let Some(refused) = visit.barred() {
        return refused;
    }
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return visit.notice(rejection.status(), &Notice::Bad),
    };
    let Ok(mut fields) = fields(&body) else {
        return visit.bad();
    };
    let mut take = |name: &str| fields.remove(name).unwrap_or_default().trim().to_owned();
    let form = ShareForm {
        section: take("avsnitt"),
        holder: take("namn"),
        email: take("epost"),
    };
    if !fields.is_empty() {
        return visit.bad();
    }
    let known = visit.route().section(&form.section).is_some();
    let faults = faults(&form, known);
    if !faults.is_empty() {
        return visit
            .sharing(StatusCode::UNPROCESSABLE_ENTITY, form, faults, None)
            .await;
    }
    match visit.give(&form).await {
        Ok(()) if form.email.is_empty() => visit.go(&format!("/dela?{MADE}")),
        Ok(()) => {
            visit.world.shared.mail.wake.wake();
            visit.go(&format!("/dela?{MAILED}"))
        }
        Err(GiveError::Delegate(DelegateError::TooMany)) => {
            let faults = vec![ShareFault::TooMany];
            visit
                .sharing(StatusCode::UNPROCESSABLE_ENTITY, form, faults, None)
                .await
        }
        Err(GiveError::Delegate(DelegateError::Refused(refusal))) => visit.refused(refusal),
        Err(GiveError::Text(_)) => visit.bad(),
        Err(error) => visit.broken(&error),
    }
}

pub(crate) async fn take_back(visit: Visit, Path((_, link)): Path<(String, String)>) -> Response {
    let Ok(link) = link.parse::<Uuid>() else {
        return visit.missing();
    };
    let entry = match visit.world.shared.chance.id(visit.now) {
        Ok(entry) => entry,
        Err(error) => return visit.broken(&error),
    };
    let database = &visit.world.shared.database;
    match database
        .revoke_delegation(visit.link, link, visit.now, entry)
        .await
    {
        // Taken back twice is taken back.
        Ok(()) | Err(DelegateError::UnknownLink) => visit.go("/dela"),
        Err(DelegateError::Refused(refusal)) => visit.refused(refusal),
        Err(error) => visit.broken(&error),
    }
}

fn faults(form: &ShareForm, known: bool) -> Vec<ShareFault> {
    let mut faults = Vec::new();
    if !known {
        faults.push(ShareFault::SectionMissing);
    }
    if form.holder.is_empty() {
        faults.push(ShareFault::HolderMissing);
    }
    for (field, text, most) in [
        ("namn", &form.holder, LONGEST_NAME),
        ("epost", &form.email, LONGEST_EMAIL),
    ] {
        if !text.validate_length(None, u64::try_from(most).ok(), None) {
            faults.push(ShareFault::TooLong { field, most });
        }
    }
    if !form.email.is_empty()
        && (!form.email.validate_email() || form.email.parse::<mail::Address>().is_err())
    {
        faults.push(ShareFault::EmailInvalid);
    }
    faults
}

impl Visit {
    async fn sharing(
        &self,
        status: StatusCode,
        form: ShareForm,
        faults: Vec<ShareFault>,
        done: Option<Shared>,
    ) -> Response {
        let given = match self
            .world
            .shared
            .database
            .delegations(self.case.case.id)
            .await
        {
            Ok(given) => given,
            Err(error) => return self.broken(&error),
        };
        let title = |key: &str| {
            let section = self.instrument.section(key);
            section.map_or_else(
                || key.to_owned(),
                |(_, section)| section.title.get(self.language).to_owned(),
            )
        };
        let origin = self.world.shared.mail.composer.origin();
        let given = given
            .into_iter()
            .map(|one| SharedLink {
                id: one.link_id.to_string(),
                section: title(&one.section),
                address: one
                    .revoked_at
                    .is_none()
                    .then(|| origin.link(&self.world.shared.secret, one.link_id)),
                holder: one.holder,
            })
            .collect();
        let sections = self
            .route()
            .sections
            .iter()
            .map(|routed| (routed.section.key.clone(), title(&routed.section.key)))
            .collect();
        let frame = self.frame();
        let page = SharePage {
            frame: &frame,
            sections,
            given,
            form,
            faults,
            done,
        };
        self.page_with(status, page.html())
    }

    async fn give(&self, form: &ShareForm) -> Result<(), GiveError> {
        let chance = self.world.shared.chance;
        let link_id = chance.id(self.now)?;
        let text = texts::to_colleague(self.world.words(), self.language);
        let letter = match (form.email.parse::<mail::Address>(), text) {
            (Ok(recipient), Some(text)) => Some(NewMessage {
                id: chance.id(self.now)?,
                kind: MessageKind::Letter,
                round_id: Some(self.case.round.id),
                mailing_id: None,
                case_id: Some(self.case.case.id),
                contact_id: None,
                link_id: Some(link_id),
                language: self.language.code().to_owned(),
                recipient,
                text: Some((text.subject.to_owned(), text.body.to_owned())),
                due_at: self.now,
            }),
            _ => None,
        };
        let new = NewDelegation {
            link_id,
            section: form.section.clone(),
            holder: StoredText::new(form.holder.clone())?,
            letter,
            audit_id: chance.id(self.now)?,
        };
        Ok(self
            .world
            .shared
            .database
            .delegate(self.link, new, self.now)
            .await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(holder: &str, email: &str) -> ShareForm {
        ShareForm {
            section: "bemanning".to_owned(),
            holder: holder.to_owned(),
            email: email.to_owned(),
        }
    }

    #[test]
    fn a_colleague_has_a_name_and_perhaps_an_address() {
        assert_eq!(faults(&form("Kim Ek", ""), true), []);
        assert_eq!(faults(&form("Kim Ek", "kim.ek@example.se"), true), []);
        assert_eq!(faults(&form("", ""), true), [ShareFault::HolderMissing]);
        assert_eq!(
            faults(&form("Kim Ek", "kim.ek"), true),
            [ShareFault::EmailInvalid]
        );
        assert_eq!(
            faults(&form("Kim Ek", ""), false),
            [ShareFault::SectionMissing]
        );
    }
}
