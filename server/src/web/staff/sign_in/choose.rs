use app::{
    fill,
    staff::{
        form::Fault,
        sign_in::{ChoosePasswordPage, Step},
    },
};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

use super::{SignInError, safe};
use crate::{
    staff::{Password, PasswordFault},
    storage::Credentials,
    web::staff::{
        Asked, Posted,
        midway::{self, Midway, Next},
    },
};

pub(in crate::web::staff) async fn show_choose(midway: Midway, asked: Asked) -> Response {
    let back = safe(asked.text("till"));
    midway
        .elsewhere(Next::Password, back)
        .unwrap_or_else(|| midway.choose_page(StatusCode::OK, back, &[]))
}

pub(in crate::web::staff) async fn choose(midway: Midway, posted: Posted) -> Response {
    let back = safe(posted.text("till"));
    if let Some(elsewhere) = midway.elsewhere(Next::Password, back) {
        return elsewhere;
    }
    let frame = midway.guest.frame();
    let words = &frame.words.sign_in;
    let typed = posted.verbatim("password");
    let staff = &midway.credentials.staff;
    let unfit = |field, text: String| {
        let faults = [Fault::new(field, text)];
        midway.choose_page(StatusCode::UNPROCESSABLE_ENTITY, back, &faults)
    };
    let password = match Password::choose(typed, &staff.email, &staff.name) {
        Ok(password) => password,
        Err(fault) => {
            let number = |template: &str, place: &str, count: usize| {
                fill(template, &[(place, &count.to_string())])
            };
            let text = match fault {
                PasswordFault::TooShort => {
                    number(&words.choose_too_short, "least", Password::LEAST)
                }
                PasswordFault::TooLong => number(&words.choose_too_long, "most", Password::MOST),
                PasswordFault::Obvious => words.choose_obvious.clone(),
            };
            return unfit("password", text);
        }
    };
    if posted.verbatim("again") != typed {
        return unfit("again", words.choose_differs.clone());
    }
    match midway.keep_password(password).await {
        Ok(Some(credentials)) => midway::onward(&midway.guest, &credentials, back),
        Ok(None) => unfit("password", words.choose_same.clone()),
        Err(error) => midway.guest.broken(&error),
    }
}

impl Midway {
    fn choose_page(&self, status: StatusCode, back: &str, faults: &[Fault]) -> Response {
        let frame = self.guest.frame();
        let page = ChoosePasswordPage {
            step: Step {
                frame: &frame,
                back,
                faults,
            },
            email: &self.credentials.staff.email,
            least: Password::LEAST,
        };
        (status, Html(page.html())).into_response()
    }

    /// The account as it is afterwards; none where the password is the one that was to be changed.
    async fn keep_password(&self, password: Password) -> Result<Option<Credentials>, SignInError> {
        let shared = &self.guest.world.shared;
        let hasher = &shared.door.hasher;
        let before = self.credentials.password.clone();
        if hasher.verify(password.clone(), before).await? {
            return Ok(None);
        }
        let kept = hasher.hash(password, shared.chance.bytes()?).await?;
        let (id, now) = (self.credentials.staff.id, self.guest.now);
        let entry = shared.chance.id(now)?;
        shared
            .database
            .choose_password(id, &kept, now, entry)
            .await?;
        Ok(shared.database.credentials_of(id).await?)
    }
}
