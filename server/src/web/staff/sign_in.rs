//! Signing in with a password and a code, and signing out.

use app::{
    fill,
    staff::{
        StaffFrame,
        form::Fault,
        sign_in::{ChoosePasswordPage, CodePage, SetUpPage, SignInPage, Step},
    },
};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use data_encoding::BASE32_NOPAD;
use serde_json::json;

use super::{
    Asked, Posted, Reader,
    door::{Guest, with_cookies},
    midway::{self, Midway, Next},
    session::{SESSION_COOKIE, SIGN_IN, cookie, cookie_to_set, hash},
};
use crate::{
    clock::{NoChance, in_sweden},
    staff::{Attempt, CodeSecret, HashError, Password, PasswordFault, Qr, Shown},
    storage::{Actor, Credentials, NewSession, SESSION_MOST, StaffError, Timestamp},
};

/// Why signing in could not go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum SignInError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Qr(#[from] crate::staff::QrError),
    #[error(transparent)]
    Provider(#[from] crate::provider::ProviderError),
}

/// A page of ours to go back to, or the start page: never an address elsewhere.
pub(super) fn safe(back: &str) -> &str {
    let ours = back == "/admin" || back.starts_with("/admin/") || back.starts_with("/admin?");
    let plain = back
        .bytes()
        .all(|sign| sign.is_ascii_graphic() && sign != b'\\');
    if ours && plain && !back.starts_with(SIGN_IN) {
        back
    } else {
        "/admin"
    }
}

impl Guest {
    pub(super) fn frame(&self) -> StaffFrame<'_> {
        self.world.staff_frame(self.language)
    }

    pub(super) fn sign_in_page(
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

    fn too_many(&self, until: Timestamp) -> String {
        let local = in_sweden(Timestamp::from_millis(until.millis() + 59_999));
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        fill(&self.frame().words.sign_in.too_many, &[("time", &time)])
    }
}

pub(super) async fn show(guest: Guest, asked: Asked) -> Response {
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

impl Guest {
    async fn is_signed_in(&self) -> bool {
        let Some(hash) = cookie(&self.headers, SESSION_COOKIE).and_then(|token| hash(&token))
        else {
            return false;
        };
        let session = self.world.shared.database.session(&hash, self.now).await;
        matches!(session, Ok(Some(_)))
    }
}

pub(super) async fn password(guest: Guest, posted: Posted) -> Response {
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

    /// Tells the log of a failure, after the answer: writing takes time, and would tell that there is such an account.
    fn note_refused(&self, email: &str, what: &'static str) -> Result<(), NoChance> {
        let id = self.world.shared.chance.id(self.now)?;
        let (world, now, email) = (self.world.clone(), self.now, email.to_owned());
        tokio::spawn(async move {
            let (actor, detail) = (Actor::Server, json!({ "how": what }));
            let database = &world.shared.database;
            let action = "session.refused";
            let noted = database
                .note(&actor, action, &email, &detail, now, id)
                .await;
            if let Err(error) = noted {
                tracing::error!(%error, "a refused sign-in could not be logged");
            }
        });
        Ok(())
    }
}

impl Midway {
    /// On to the step that this account is at, where it is not this one.
    fn elsewhere(&self, here: Next, back: &str) -> Option<Response> {
        let next = Next::of(&self.credentials);
        (next != here).then(|| midway::to(next, back))
    }

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
}

pub(super) async fn show_choose(midway: Midway, asked: Asked) -> Response {
    let back = safe(asked.text("till"));
    midway
        .elsewhere(Next::Password, back)
        .unwrap_or_else(|| midway.choose_page(StatusCode::OK, back, &[]))
}

pub(super) async fn choose(midway: Midway, posted: Posted) -> Response {
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

pub(super) async fn show_set_up(midway: Midway, asked: Asked) -> Response {
    show_code_step(&midway, Next::SetUp, safe(asked.text("till")))
}

pub(super) async fn show_code(midway: Midway, asked: Asked) -> Response {
    show_code_step(&midway, Next::Code, safe(asked.text("till")))
}

fn show_code_step(midway: &Midway, here: Next, back: &str) -> Response {
    midway
        .elsewhere(here, back)
        .unwrap_or_else(|| midway.code_page(here, StatusCode::OK, back, &[]))
}

pub(super) async fn set_up(midway: Midway, posted: Posted) -> Response {
    take_code(midway, Next::SetUp, &posted).await
}

pub(super) async fn code(midway: Midway, posted: Posted) -> Response {
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

impl Guest {
    /// Begins a session, and ends the one that this browser had. Gives the cookies to set.
    pub(super) async fn let_in(
        &self,
        credentials: &Credentials,
        known_device: bool,
        how: &str,
    ) -> Result<Vec<String>, SignInError> {
        let shared = &self.world.shared;
        let (database, chance, now) = (&shared.database, shared.chance, self.now);
        let before = cookie(&self.headers, SESSION_COOKIE).and_then(|token| hash(&token));
        if let Some(before) = before
            && let Some(session) = database.session(&before, now).await?
        {
            let email = &session.staff.email;
            database
                .end_session(session.id, email, now, chance.id(now)?)
                .await?;
        }
        let token = BASE32_NOPAD
            .encode(&chance.bytes::<32>()?)
            .to_ascii_lowercase();
        let Some(token_hash) = hash(&token) else {
            return Err(SignInError::Staff(StaffError::Unknown));
        };
        let new = NewSession {
            id: chance.id(now)?,
            staff: credentials.staff.id,
            token_hash,
        };
        let email = &credentials.staff.email;
        database
            .begin_session(&new, email, how, now, chance.id(now)?)
            .await?;
        let most = SESSION_MOST.as_secs();
        let mut cookies = vec![
            cookie_to_set(&self.headers, SESSION_COOKIE, &token, most),
            midway::forget(self),
        ];
        if !known_device {
            cookies.push(self.device_cookie(email, chance.bytes()?));
        }
        Ok(cookies)
    }
}

pub(super) async fn sign_out(guest: Guest, reader: Reader) -> Response {
    let shared = &reader.world.shared;
    let entry = match reader.new_id() {
        Ok(entry) => entry,
        Err(error) => return reader.broken(&error),
    };
    let ended = shared
        .database
        .end_session(reader.session, &reader.staff.email, reader.now, entry)
        .await;
    if let Err(error) = ended {
        return reader.broken(&error);
    }
    let gone = cookie_to_set(&guest.headers, SESSION_COOKIE, "", 0);
    let response = Redirect::to(&format!("{SIGN_IN}?laget=utloggad")).into_response();
    with_cookies(response, [gone])
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn signing_in_leads_back_to_our_own_pages_and_nowhere_else() {
        assert_eq!(safe("/admin/logg?sida=2"), "/admin/logg?sida=2");
        assert_eq!(safe("/admin"), "/admin");
        for elsewhere in [
            "",
            "https://evil.example/admin",
            "//evil.example/admin",
            "/\\evil.example",
            "/admin\\..",
            "/administer",
            "/admin/logga-in",
            "/admin/\r\nset-cookie: a=b",
            "/svara/x",
        ] {
            assert_eq!(safe(elsewhere), "/admin", "{elsewhere:?}");
        }
    }
}
