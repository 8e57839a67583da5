//! Signing in, step by step: address and password; at first a password of one's own and an app for codes; a code.

use leptos::prelude::*;

use super::{
    Current, StaffFrame,
    form::{Fault, Input, done, input, summary},
    words::area_words,
};
use crate::fill;

area_words! {
    SignInWords from "sign_in" {
        title, lead, email, password, go_on, wrong, email_missing, password_missing, too_many, busy, expired,
        provider, provider_failed, provider_unknown,
        choose_title, choose_lead, choose_password, choose_hint, choose_again, choose_too_short,
        choose_too_long, choose_obvious, choose_differs, choose_same, choose_save,
        code_title, code_lead, code, code_hint, code_wrong, code_lost, sign_in,
        set_up_title, set_up_lead, set_up_step_app, set_up_step_scan, set_up_step_type, set_up_qr,
        set_up_key, set_up_open, signed_out
    }
}

/// What every step has.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    pub frame: &'a StaffFrame<'a>,
    /// The page to go to once signed in.
    pub back: &'a str,
    pub faults: &'a [Fault],
}

impl Step<'_> {
    fn document(&self, title: &str, main: impl IntoView) -> String {
        if self.faults.is_empty() {
            self.frame.document(title, Current::Elsewhere, main)
        } else {
            self.frame.faulty_document(title, Current::Elsewhere, main)
        }
    }

    fn form(&self, action: &'static str, fields: impl IntoView, button: &str) -> AnyView {
        view! {
            <form method="post" action=action novalidate>
                <input type="hidden" name="till" value=self.back.to_owned()/>
                {fields.into_view()}
                <div class="go"><button>{button.to_owned()}</button></div>
            </form>
        }
        .into_any()
    }

    fn code_field(&self) -> AnyView {
        let words = &self.frame.words.sign_in;
        let field = Input {
            name: "code",
            label: &words.code,
            hint: &words.code_hint,
            autocomplete: "one-time-code",
            mode: Some("numeric"),
            class: "code",
            ..Input::default()
        };
        input(&field, self.faults)
    }
}

/// The organisation's own sign-in.
pub struct ProviderLink<'a> {
    /// What people call it.
    pub name: &'a str,
    /// Where it begins.
    pub address: String,
}

pub struct SignInPage<'a> {
    pub step: Step<'a>,
    pub email: &'a str,
    /// Signing in elsewhere, where the operator has set that up.
    pub provider: Option<ProviderLink<'a>>,
    pub signed_out: bool,
}

impl SignInPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.step.frame.words.sign_in;
            let fields = view! {
                {input(
                    &Input { name: "email", label: &words.email, value: self.email, kind: "email", autocomplete: "username", ..Input::default() },
                    self.step.faults,
                )}
                {input(
                    &Input { name: "password", label: &words.password, kind: "password", autocomplete: "current-password", ..Input::default() },
                    self.step.faults,
                )}
            };
            let provider = self.provider.as_ref().map(|ProviderLink { name, address }| {
                view! {
                    <p><a class="btn b2" id="provider" href=address.clone()>{fill(&words.provider, &[("name", name)])}</a></p>
                }
            });
            let main = view! {
                {self.signed_out.then(|| done(&words.signed_out))}
                {summary(self.step.frame, self.step.faults)}
                <h1>{words.title.clone()}</h1>
                <p class="in">{words.lead.clone()}</p>
                {provider}
                {self.step.form("/admin/logga-in", fields, &words.go_on)}
            };
            self.step.document(&words.title, main)
        })
    }
}

pub struct ChoosePasswordPage<'a> {
    pub step: Step<'a>,
    /// Whose password it is: for password managers, and to be sure.
    pub email: &'a str,
    /// Characters.
    pub least: usize,
}

impl ChoosePasswordPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.step.frame.words.sign_in;
            let hint = fill(&words.choose_hint, &[("least", &self.least.to_string())]);
            let fields = view! {
                <div class="f">
                    <label class="l2" for="email">{words.email.clone()}</label>
                    <input type="email" id="email" value=self.email.to_owned() autocomplete="username" readonly/>
                </div>
                {input(
                    &Input { name: "password", label: &words.choose_password, hint: &hint, kind: "password", autocomplete: "new-password", ..Input::default() },
                    self.step.faults,
                )}
                {input(
                    &Input { name: "again", label: &words.choose_again, kind: "password", autocomplete: "new-password", ..Input::default() },
                    self.step.faults,
                )}
            };
            let main = view! {
                {summary(self.step.frame, self.step.faults)}
                <h1>{words.choose_title.clone()}</h1>
                <p class="in">{words.choose_lead.clone()}</p>
                {self.step.form("/admin/logga-in/losenord", fields, &words.choose_save)}
            };
            self.step.document(&words.choose_title, main)
        })
    }
}

pub struct CodePage<'a> {
    pub step: Step<'a>,
}

impl CodePage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.step.frame.words.sign_in;
            let main = view! {
                {summary(self.step.frame, self.step.faults)}
                <h1>{words.code_title.clone()}</h1>
                <p class="in">{words.code_lead.clone()}</p>
                {self.step.form("/admin/logga-in/kod", self.step.code_field(), &words.sign_in)}
                <p class="h">{words.code_lost.clone()}</p>
            };
            self.step.document(&words.code_title, main)
        })
    }
}

pub struct SetUpPage<'a> {
    pub step: Step<'a>,
    /// The QR code: its side, and the path of its dark squares.
    pub qr: (usize, &'a str),
    /// The secret, to be typed by hand.
    pub key: &'a str,
    /// The same for an app on this device, as an `otpauth:` address.
    pub address: &'a str,
}

impl SetUpPage<'_> {
    pub fn html(&self) -> String {
        Owner::new().with(|| {
            let words = &self.step.frame.words.sign_in;
            let (size, path) = self.qr;
            let grouped = self
                .key
                .as_bytes()
                .chunks(4)
                .map(String::from_utf8_lossy)
                .collect::<Vec<_>>()
                .join(" ");
            let main = view! {
                {summary(self.step.frame, self.step.faults)}
                <h1>{words.set_up_title.clone()}</h1>
                <p class="in">{words.set_up_lead.clone()}</p>
                <ol>
                    <li>{words.set_up_step_app.clone()}</li>
                    <li>
                        {words.set_up_step_scan.clone()}
                        <svg class="qr" role="img" aria-label=words.set_up_qr.clone() viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
                            <path d=path.to_owned() fill="#000"></path>
                        </svg>
                        <p>{words.set_up_key.clone()}": "<span class="secret">{grouped}</span></p>
                        <p><a href=self.address.to_owned()>{words.set_up_open.clone()}</a></p>
                    </li>
                    <li>{words.set_up_step_type.clone()}</li>
                </ol>
                {self.step.form("/admin/logga-in/ny-kod", self.step.code_field(), &words.sign_in)}
            };
            self.step.document(&words.set_up_title, main)
        })
    }
}
