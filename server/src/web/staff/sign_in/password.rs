use app::staff::{
    form::Fault,
    sign_in::{SignInPage, Step},
};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};

use super::{SignInError, safe};
use crate::{
    staff::{Attempt, HashError, Password, Shown},
    storage::Credentials,
    web::staff::{
        Asked, Posted,
        door::Guest,
        midway,
        session::{SESSION_COOKIE, cookie, hash},
    },
};

pub(in crate::web::staff) async fn show(guest: Guest, asked: Asked) -> Response {
    let back = safe(asked.text("till"));
    if guest.is_signed_in().await {
        return Redirect::to(back).into_response();
    }
    let frame = guest.frame();
    let words = &frame.words.sign_in;
    let faults: &[Fault] = &match asked.text("laget") {
        "for-sent" => vec![Fault::new("email", words.expired.clone())],
        _ => Vec::new(),
    };
    let page = SignInPage {
        step: Step {
            frame: &frame,
            back,
            faults,
        },
        email: "",
        provider: guest.provider_link(back),
        signed_out: asked.text("laget") == "utloggad",
    };
    Html(page.html()).into_response()
}

pub(in crate::web::staff) async fn password(guest: Guest, posted: Posted) -> Response {
    let back = safe(posted.text("till"));
    let email = posted.text("email").to_lowercase();
    let typed = posted.verbatim("password");
    let frame = guest.frame();
    let words = &frame.words.sign_in;
    let mut faults = Vec::new();
    if email.is_empty() {
        faults.push(Fault::new("email", words.email_missing.clone()));
    }
    if typed.is_empty() {
        faults.push(Fault::new("password", words.password_missing.clone()));
    }
    if !faults.is_empty() {
        return guest.sign_in_page(StatusCode::UNPROCESSABLE_ENTITY, back, &email, &faults);
    }
    let attempt = guest.attempt(Shown::Password, &email);
    if let Err(until) = guest.knock(&attempt).await {
        let faults = [Fault::new("email", guest.too_many(until))];
        return guest.sign_in_page(StatusCode::TOO_MANY_REQUESTS, back, &email, &faults);
    }
    match guest.check_password(&email, typed, &attempt).await {
        Ok(Some(credentials)) => {
            guest.succeeded(&attempt);
            midway::onward(&guest, &credentials, back)
        }
        Ok(None) => {
            let faults = [Fault::new("email", words.wrong.clone())];
            guest.sign_in_page(StatusCode::UNPROCESSABLE_ENTITY, back, &email, &faults)
        }
        Err(SignInError::Hash(HashError::Busy)) => {
            let faults = [Fault::new("email", words.busy.clone())];
            guest.sign_in_page(StatusCode::SERVICE_UNAVAILABLE, back, &email, &faults)
        }
        Err(error) => guest.broken(&error),
    }
}

impl Guest {
    pub(in crate::web::staff) fn sign_in_page(
        &self,
        status: StatusCode,
        back: &str,
        email: &str,
        faults: &[Fault],
    ) -> Response {
        let frame = self.frame();
        let page = SignInPage {
            step: Step {
                frame: &frame,
                back,
                faults,
            },
            email,
            provider: self.provider_link(back),
            signed_out: false,
        };
        (status, Html(page.html())).into_response()
    }

    async fn is_signed_in(&self) -> bool {
        let Some(hash) = cookie(&self.headers, SESSION_COOKIE).and_then(|token| hash(&token))
        else {
            return false;
        };
        let session = self.world.shared.database.session(&hash, self.now).await;
        matches!(session, Ok(Some(_)))
    }

    /// The account, where the password is right. Takes as long where there is none.
    async fn check_password(
        &self,
        email: &str,
        typed: &str,
        attempt: &Attempt,
    ) -> Result<Option<Credentials>, SignInError> {
        let shared = &self.world.shared;
        let credentials = if email.contains('\0') {
            None
        } else {
            shared.database.credentials(email).await?
        };
        let kept = credentials
            .as_ref()
            .and_then(|known| known.password.clone());
        let right = self
            .hasher(attempt)
            .verify(Password::typed(typed), kept)
            .await?;
        if !right && let Some(known) = &credentials {
            self.note_refused(&known.staff.email, "password")?;
        }
        Ok(credentials.filter(|_| right))
    }
}
