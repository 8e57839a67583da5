use app::staff::{
    form::Fault,
    sign_in::{CodePage, SetUpPage, Step},
};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde_json::json;

use super::{SignInError, safe};
use crate::{
    staff::{CodeSecret, Qr, Shown},
    storage::{Actor, Credentials},
    web::staff::{
        Asked, Posted,
        door::{Guest, with_cookies},
        midway::{Midway, Next},
    },
};

pub(in crate::web::staff) async fn show_set_up(midway: Midway, asked: Asked) -> Response {
    show_code_step(&midway, Next::SetUp, safe(asked.text("till")))
}

pub(in crate::web::staff) async fn show_code(midway: Midway, asked: Asked) -> Response {
    show_code_step(&midway, Next::Code, safe(asked.text("till")))
}

fn show_code_step(midway: &Midway, here: Next, back: &str) -> Response {
    midway
        .elsewhere(here, back)
        .unwrap_or_else(|| midway.code_page(here, StatusCode::OK, back, &[]))
}

pub(in crate::web::staff) async fn set_up(midway: Midway, posted: Posted) -> Response {
    take_code(midway, Next::SetUp, &posted).await
}

pub(in crate::web::staff) async fn code(midway: Midway, posted: Posted) -> Response {
    take_code(midway, Next::Code, &posted).await
}

async fn take_code(midway: Midway, here: Next, posted: &Posted) -> Response {
    let back = safe(posted.text("till"));
    if let Some(elsewhere) = midway.elsewhere(here, back) {
        return elsewhere;
    }
    let guest = &midway.guest;
    let attempt = guest.attempt(Shown::Code, &midway.credentials.staff.email);
    if let Err(until) = guest.knock(&attempt).await {
        let faults = [Fault::new("code", guest.too_many(until))];
        return midway.code_page(here, StatusCode::TOO_MANY_REQUESTS, back, &faults);
    }
    match midway.use_code(posted.text("code")).await {
        Ok(true) => {}
        Ok(false) => {
            let text = guest.frame().words.sign_in.code_wrong.clone();
            let faults = [Fault::new("code", text)];
            return midway.code_page(here, StatusCode::UNPROCESSABLE_ENTITY, back, &faults);
        }
        Err(error) => return guest.broken(&error),
    }
    guest.succeeded(&attempt);
    let known = attempt.device.is_some();
    match guest
        .let_in(&midway.credentials, known, "password and code")
        .await
    {
        Ok(cookies) => with_cookies(Redirect::to(back).into_response(), cookies),
        Err(error) => guest.broken(&error),
    }
}

impl Midway {
    fn code_secret(&self) -> CodeSecret {
        CodeSecret::of(
            &self.guest.world.shared.secret,
            self.credentials.staff.id,
            self.credentials.code_generation,
        )
    }

    fn code_page(&self, here: Next, status: StatusCode, back: &str, faults: &[Fault]) -> Response {
        let frame = self.guest.frame();
        let step = Step {
            frame: &frame,
            back,
            faults,
        };
        let html = if here == Next::SetUp {
            let secret = self.code_secret();
            let address = secret.address(&self.credentials.staff.email);
            let qr = match Qr::of(&address) {
                Ok(qr) => qr,
                Err(error) => return self.guest.broken(&error),
            };
            SetUpPage {
                step,
                qr: (qr.size, &qr.path),
                key: &secret.letters(),
                address: &address,
            }
            .html()
        } else {
            CodePage { step }.html()
        };
        (status, Html(html)).into_response()
    }

    async fn use_code(&self, typed: &str) -> Result<bool, SignInError> {
        let Credentials {
            staff,
            code_generation,
            code_step,
            ..
        } = &self.credentials;
        let Guest { world, now, .. } = &self.guest;
        let found = self.code_secret().find(typed, *now, *code_step);
        let used = match found {
            Some(step) => {
                let database = &world.shared.database;
                database.use_code(staff.id, *code_generation, step).await?
            }
            None => false,
        };
        if !used {
            self.guest.note_refused(&staff.email, "code")?;
        } else if !staff.code_set_up {
            let actor = Actor::Staff(staff.email.clone());
            let id = world.shared.chance.id(*now)?;
            let (action, detail) = ("staff.code_set_up", json!({}));
            let database = &world.shared.database;
            database
                .note(&actor, action, &staff.email, &detail, *now, id)
                .await?;
        }
        Ok(used)
    }
}
