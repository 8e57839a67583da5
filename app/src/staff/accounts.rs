//! Who may sign in, and what they may do.

use leptos::prelude::*;

use super::{
    Current, Role, StaffFrame,
    form::{Fault, Input, done, input, select, summary},
    words::area_words,
};
use crate::fill;

area_words! {
    AccountsWords from "accounts" {
        title, lead, add, caption, name, email, role, state, change, change_whom, state_active, state_waiting,
        state_ended, created, add_title, add_hint_email, add_save, name_missing, email_invalid, too_long,
        role_missing, exists, initial_title, initial_lead, initial_password, to_accounts, role_save,
        role_saved, reset_title, reset_lead, reset_button, end_title, end_lead, end_button,
        end_question, ended, keep, last_administrator
    }
}

/// An account, in words.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub created: String,
    pub state: AccountState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountState {
    Active,
    /// Has not signed in since it was added or reset.
    Waiting,
    Ended {
        date: String,
    },
}

impl Account {
    fn path(&self, rest: &str) -> String {
        format!("/admin/konton/{}{rest}", self.id)
    }

    fn state(&self, words: &AccountsWords) -> AnyView {
        let (class, text) = match &self.state {
            AccountState::Active => ("tag t2", words.state_active.clone()),
            AccountState::Waiting => ("tag t1", words.state_waiting.clone()),
            AccountState::Ended { date } => ("tag", fill(&words.state_ended, &[("date", date)])),
        };
        view! { <span class=class>{text}</span> }.into_any()
    }
}

fn roles(frame: &StaffFrame<'_>) -> Vec<(String, String)> {
    Role::ALL
        .into_iter()
        .map(|role| (role.name().to_owned(), frame.role(role).to_owned()))
        .collect()
}

pub struct AccountsPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub accounts: Vec<Account>,
    /// An account was just ended.
    pub ended: bool,
}

impl AccountsPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.accounts;
            let rows: Vec<_> = self
                .accounts
                .iter()
                .map(|account| {
                    let change = (!matches!(account.state, AccountState::Ended { .. })).then(|| {
                        let whom = fill(&words.change_whom, &[("name", &account.name)]);
                        view! { <a href=account.path("") aria-label=whom>{words.change.clone()}</a> }
                    });
                    view! {
                        <tr>
                            <th scope="row">{account.name.clone()}</th>
                            <td data-l=words.email.clone()>{account.email.clone()}</td>
                            <td data-l=words.role.clone()>{self.frame.role(account.role)}</td>
                            <td data-l=words.state.clone()>{account.state(words)}</td>
                            <td>{change}</td>
                        </tr>
                    }
                })
                .collect();
            let main = view! {
                {self.ended.then(|| done(&words.ended))}
                <h1>{words.title.clone()}</h1>
                <p class="in">{words.lead.clone()}</p>
                <p><a class="btn" href="/admin/konton/ny">{words.add.clone()}</a></p>
                <table class="t cards">
                    <caption>{words.caption.clone()}</caption>
                    <thead><tr>
                        <th scope="col">{words.name.clone()}</th>
                        <th scope="col">{words.email.clone()}</th>
                        <th scope="col">{words.role.clone()}</th>
                        <th scope="col">{words.state.clone()}</th>
                        <td></td>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            };
            self.frame.document(&words.title, Current::Accounts, main)
        })
    }
}

pub struct NewAccountPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub name: &'a str,
    pub email: &'a str,
    pub role: &'a str,
    pub faults: &'a [Fault],
}

impl NewAccountPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.accounts;
            let mut options = vec![(String::new(), String::new())];
            options.extend(roles(self.frame));
            let main = view! {
                <p class="back"><a href="/admin/konton">{words.to_accounts.clone()}</a></p>
                {summary(self.frame, self.faults)}
                <h1>{words.add_title.clone()}</h1>
                <form method="post" action="/admin/konton" novalidate>
                    {input(&Input { name: "name", label: &words.name, value: self.name, ..Input::default() }, self.faults)}
                    {input(
                        &Input { name: "email", label: &words.email, hint: &words.add_hint_email, value: self.email, kind: "email", ..Input::default() },
                        self.faults,
                    )}
                    {select(&Input { name: "role", label: &words.role, value: self.role, ..Input::default() }, &options, self.faults)}
                    <div class="go"><button>{words.add_save.clone()}</button></div>
                </form>
            };
            if self.faults.is_empty() {
                self.frame.document(&words.add_title, Current::Accounts, main)
            } else {
                self.frame.faulty_document(&words.add_title, Current::Accounts, main)
            }
        })
    }
}

/// The password for the first sign-in, shown once.
pub struct InitialPasswordPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
}

impl InitialPasswordPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.accounts;
            let title = fill(&words.initial_title, &[("name", self.name)]);
            let main = view! {
                <h1>{title.clone()}</h1>
                <p class="in">{words.initial_lead.clone()}</p>
                <dl class="facts">
                    <dt>{words.email.clone()}</dt><dd>{self.email.to_owned()}</dd>
                    <dt>{words.initial_password.clone()}</dt><dd class="secret">{self.password.to_owned()}</dd>
                </dl>
                <p><a href="/admin/konton">{words.to_accounts.clone()}</a></p>
            };
            self.frame.document(&title, Current::Accounts, main)
        })
    }
}

pub struct AccountPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub account: Account,
    /// The role was just changed.
    pub saved: bool,
    pub faults: &'a [Fault],
}

impl AccountPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.accounts;
            let account = &self.account;
            let main = view! {
                <p class="back"><a href="/admin/konton">{words.to_accounts.clone()}</a></p>
                {self.saved.then(|| done(&words.role_saved))}
                {summary(self.frame, self.faults)}
                <h1>{account.name.clone()}</h1>
                <dl class="facts">
                    <dt>{words.email.clone()}</dt><dd>{account.email.clone()}</dd>
                    <dt>{words.created.clone()}</dt><dd>{account.created.clone()}</dd>
                    <dt>{words.state.clone()}</dt><dd>{account.state(words)}</dd>
                </dl>
                <form method="post" action=account.path("/roll")>
                    {select(
                        &Input { name: "role", label: &words.role, value: account.role.name(), ..Input::default() },
                        &roles(self.frame),
                        self.faults,
                    )}
                    <div class="go"><button>{words.role_save.clone()}</button></div>
                </form>
                <h2>{words.reset_title.clone()}</h2>
                <p>{words.reset_lead.clone()}</p>
                <form method="post" action=account.path("/aterstall")>
                    <div class="go"><button class="b2">{words.reset_button.clone()}</button></div>
                </form>
                <h2>{words.end_title.clone()}</h2>
                <p>{words.end_lead.clone()}</p>
                <p><a href=account.path("/avsluta")>{words.end_button.clone()}</a></p>
            };
            if self.faults.is_empty() {
                self.frame.document(&account.name, Current::Accounts, main)
            } else {
                self.frame.faulty_document(&account.name, Current::Accounts, main)
            }
        })
    }
}

/// Asks once more before an account ends.
pub struct EndAccountPage<'a> {
    pub frame: &'a StaffFrame<'a>,
    pub account: Account,
}

impl EndAccountPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.frame.words.accounts;
            let account = &self.account;
            let title = fill(&words.end_question, &[("name", &account.name)]);
            let main = view! {
                <h1>{title.clone()}</h1>
                <p class="in">{words.end_lead.clone()}</p>
                <form method="post" action=account.path("/avsluta")>
                    <div class="go">
                        <button class="danger">{words.end_button.clone()}</button>
                        <a href=account.path("")>{words.keep.clone()}</a>
                    </div>
                </form>
            };
            self.frame.document(&title, Current::Accounts, main)
        })
    }
}
