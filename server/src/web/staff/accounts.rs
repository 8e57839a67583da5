//! Accounts: added, given another role, reset, ended. By administrators.

use std::str::FromStr;

use app::{
    fill,
    staff::{
        Role,
        accounts::{
            Account, AccountPage, AccountState, AccountsPage, EndAccountPage, InitialPasswordPage,
            NewAccountPage,
        },
        form::Fault,
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use uuid::Uuid;
use validator::{ValidateEmail, ValidateLength};

use super::{Administrator, Asked, Posted};
use crate::{
    clock::NoChance,
    staff::{HashError, InitialPassword},
    storage::{NewStaff, Staff, StaffError},
};

const LONGEST_NAME: u64 = 200;
const LONGEST_EMAIL: u64 = 254;

#[derive(Debug, thiserror::Error)]
enum AccountError {
    #[error(transparent)]
    Staff(#[from] StaffError),
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error(transparent)]
    Chance(#[from] NoChance),
}

impl Administrator {
    fn account(&self, staff: &Staff) -> Account {
        let state = match staff.ended_at {
            Some(ended) => AccountState::Ended {
                date: self.date(ended),
            },
            None if staff.initial || !staff.code_set_up => AccountState::Waiting,
            None => AccountState::Active,
        };
        Account {
            id: staff.id.to_string(),
            name: staff.name.clone(),
            email: staff.email.clone(),
            role: staff.role,
            created: self.date(staff.created_at),
            state,
        }
    }

    /// The account that an address names, unless it has ended.
    async fn named(&self, id: &str) -> Result<Staff, Response> {
        let id = Uuid::from_str(id).map_err(|_| self.missing())?;
        let found = self.world.shared.database.credentials_of(id).await;
        match found {
            Ok(Some(credentials)) => Ok(credentials.staff),
            Ok(None) => Err(self.missing()),
            Err(error) => Err(self.broken(&error)),
        }
    }

    fn account_page(
        &self,
        staff: &Staff,
        status: StatusCode,
        saved: bool,
        faults: &[Fault],
    ) -> Response {
        let frame = self.frame();
        let page = AccountPage {
            frame: &frame,
            account: self.account(staff),
            saved,
            faults,
        };
        self.page_with(status, page.html())
    }

    /// What to answer where an account could not be changed.
    fn refused(&self, staff: &Staff, error: &AccountError) -> Response {
        match error {
            AccountError::Staff(StaffError::LastAdministrator) => {
                let text = self.frame().words.accounts.last_administrator.clone();
                let faults = [Fault::new("role", text)];
                self.account_page(staff, StatusCode::CONFLICT, false, &faults)
            }
            AccountError::Staff(StaffError::Unknown) => self.missing(),
            error => self.broken(error),
        }
    }
}

pub(super) async fn list(boss: Administrator, asked: Asked) -> Response {
    let staff = match boss.world.shared.database.staff().await {
        Ok(staff) => staff,
        Err(error) => return boss.broken(&error),
    };
    let frame = boss.frame();
    let page = AccountsPage {
        frame: &frame,
        accounts: staff.iter().map(|staff| boss.account(staff)).collect(),
        ended: asked.text("klart") == "avslutat",
    };
    boss.page(page.html())
}

pub(super) async fn new(boss: Administrator) -> Response {
    let frame = boss.frame();
    let page = NewAccountPage {
        frame: &frame,
        name: "",
        email: "",
        role: "",
        faults: &[],
    };
    boss.page(page.html())
}

pub(super) async fn add(boss: Administrator, posted: Posted) -> Response {
    let (name, email) = (posted.text("name"), posted.text("email").to_lowercase());
    let role = posted.text("role");
    let frame = boss.frame();
    let words = &frame.words.accounts;
    let mut faults = Vec::new();
    let too_long = |most: u64| fill(&words.too_long, &[("most", &most.to_string())]);
    if name.is_empty() || name.contains(char::is_control) {
        faults.push(Fault::new("name", words.name_missing.clone()));
    } else if !name.validate_length(None, Some(LONGEST_NAME), None) {
        faults.push(Fault::new("name", too_long(LONGEST_NAME)));
    }
    if !email.validate_email() || !email.validate_length(None, Some(LONGEST_EMAIL), None) {
        faults.push(Fault::new("email", words.email_invalid.clone()));
    }
    let parsed = role.parse::<Role>();
    if parsed.is_err() {
        faults.push(Fault::new("role", words.role_missing.clone()));
    }
    if let (Ok(role), true) = (&parsed, faults.is_empty()) {
        match boss.add_account(name, &email, *role).await {
            Ok(password) => {
                let page = InitialPasswordPage {
                    frame: &frame,
                    name,
                    email: &email,
                    password: password.as_str(),
                };
                return boss.page(page.html());
            }
            Err(AccountError::Staff(StaffError::Exists)) => {
                faults.push(Fault::new("email", words.exists.clone()));
            }
            Err(error) => return boss.broken(&error),
        }
    }
    let page = NewAccountPage {
        frame: &frame,
        name,
        email: &email,
        role,
        faults: &faults,
    };
    boss.page_with(StatusCode::UNPROCESSABLE_ENTITY, page.html())
}

impl Administrator {
    async fn initial_password(&self) -> Result<(InitialPassword, String), AccountError> {
        let shared = &self.world.shared;
        let password = InitialPassword::from_chance(shared.chance.bytes()?);
        let salt = shared.chance.bytes()?;
        let kept = shared.door.hasher.hash(password.typed(), salt).await?;
        Ok((password, kept))
    }

    async fn add_account(
        &self,
        name: &str,
        email: &str,
        role: Role,
    ) -> Result<InitialPassword, AccountError> {
        let (password, kept) = self.initial_password().await?;
        let new = NewStaff {
            id: self.new_id()?,
            email: email.to_owned(),
            name: name.to_owned(),
            role,
            password: Some(kept),
        };
        self.world
            .shared
            .database
            .add_staff(&new, &self.actor(), self.now, self.new_id()?)
            .await?;
        Ok(password)
    }

    async fn reset_account(&self, staff: &Staff) -> Result<InitialPassword, AccountError> {
        let (password, kept) = self.initial_password().await?;
        self.world
            .shared
            .database
            .reset_staff(staff.id, &kept, &self.actor(), self.now, self.new_id()?)
            .await?;
        Ok(password)
    }

    async fn give_role(&self, staff: &Staff, role: Role) -> Result<(), AccountError> {
        let database = &self.world.shared.database;
        let entry = self.new_id()?;
        Ok(database
            .change_role(staff.id, role, &self.actor(), self.now, entry)
            .await?)
    }

    async fn end_account(&self, staff: &Staff) -> Result<(), AccountError> {
        let database = &self.world.shared.database;
        let entry = self.new_id()?;
        Ok(database
            .end_staff(staff.id, &self.actor(), self.now, entry)
            .await?)
    }
}

pub(super) async fn show(boss: Administrator, Path(id): Path<String>, asked: Asked) -> Response {
    match boss.named(&id).await {
        Ok(staff) => {
            let saved = asked.text("klart") == "roll";
            boss.account_page(&staff, StatusCode::OK, saved, &[])
        }
        Err(response) => response,
    }
}

pub(super) async fn change_role(
    boss: Administrator,
    Path(id): Path<String>,
    posted: Posted,
) -> Response {
    let staff = match boss.named(&id).await {
        Ok(staff) => staff,
        Err(response) => return response,
    };
    let Ok(role) = posted.text("role").parse::<Role>() else {
        return boss.bad();
    };
    match boss.give_role(&staff, role).await {
        Ok(()) => boss.go(&format!("/admin/konton/{}?klart=roll", staff.id)),
        Err(error) => boss.refused(&staff, &error),
    }
}

pub(super) async fn reset(boss: Administrator, Path(id): Path<String>) -> Response {
    let staff = match boss.named(&id).await {
        Ok(staff) => staff,
        Err(response) => return response,
    };
    match boss.reset_account(&staff).await {
        Ok(password) => {
            let frame = boss.frame();
            let page = InitialPasswordPage {
                frame: &frame,
                name: &staff.name,
                email: &staff.email,
                password: password.as_str(),
            };
            boss.page(page.html())
        }
        Err(error) => boss.refused(&staff, &error),
    }
}

pub(super) async fn ask_end(boss: Administrator, Path(id): Path<String>) -> Response {
    match boss.named(&id).await {
        Ok(staff) => {
            let frame = boss.frame();
            let page = EndAccountPage {
                frame: &frame,
                account: boss.account(&staff),
            };
            boss.page(page.html())
        }
        Err(response) => response,
    }
}

pub(super) async fn end(boss: Administrator, Path(id): Path<String>) -> Response {
    let staff = match boss.named(&id).await {
        Ok(staff) => staff,
        Err(response) => return response,
    };
    match boss.end_account(&staff).await {
        Ok(()) => boss.go("/admin/konton?klart=avslutat"),
        Err(error) => boss.refused(&staff, &error),
    }
}
