//! Signing in with a password and a code, and signing out.

mod choose;
mod code;
mod enter;
mod password;

pub(super) use choose::{choose, show_choose};
pub(super) use code::{code, set_up, show_code, show_set_up};
pub(super) use enter::sign_out;
pub(super) use password::{password, show};

use app::{fill, staff::StaffFrame};
use axum::response::Response;
use serde_json::json;

use super::{
    door::Guest,
    midway::{self, Midway, Next},
    session::SIGN_IN,
};
use crate::{
    clock::{NoChance, in_sweden},
    staff::HashError,
    storage::{Actor, StaffError, Timestamp},
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

    fn too_many(&self, until: Timestamp) -> String {
        let local = in_sweden(Timestamp::from_millis(until.millis() + 59_999));
        let time = format!("{:02}:{:02}", local.hour(), local.minute());
        fill(&self.frame().words.sign_in.too_many, &[("time", &time)])
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
