//! The document around every staff page.

use leptos::prelude::*;
use survey::text::Language;

use super::{Role, StaffWords, words::area_words};
use crate::{Words, fill};

area_words! {
    FrameWords from "frame" {
        brand, skip, navigation, follow_up, register, reports, rounds, cleaning, data, tables, log, accounts, mailbox,
        signed_in, sign_out, error_prefix, error_summary, language_other, footer,
        forbidden_title, forbidden, missing_title, missing, error_title, error, bad_title, bad,
        cross_site_title, cross_site, to_start,
        page_of, previous, next
    } tables { roles }
}

/// Who is signed in.
#[derive(Clone, Copy, Debug)]
pub struct WhoIsThere<'a> {
    pub name: &'a str,
    pub role: Role,
}

/// What every staff page says around its own matter.
#[derive(Clone, Copy, Debug)]
pub struct StaffFrame<'a> {
    pub words: &'static StaffWords,
    /// The product's other texts: dates, checks.
    pub common: &'static Words,
    pub language: Language,
    /// The style sheet's address.
    pub style: &'a str,
    /// Nobody on the pages for signing in, and on those that a link opens.
    pub who: Option<WhoIsThere<'a>>,
}

/// Where in the navigation a page belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Current {
    FollowUp,
    Register,
    Reports,
    Rounds,
    Cleaning,
    Data,
    Tables,
    Log,
    Accounts,
    Mailbox,
    /// In none of them.
    Elsewhere,
}

impl Current {
    const SHOWN: [Self; 10] = [
        Self::FollowUp,
        Self::Register,
        Self::Reports,
        Self::Rounds,
        Self::Cleaning,
        Self::Data,
        Self::Tables,
        Self::Log,
        Self::Accounts,
        Self::Mailbox,
    ];

    fn path(self) -> &'static str {
        match self {
            Self::FollowUp | Self::Elsewhere => "/admin",
            Self::Register => "/admin/register",
            Self::Reports => "/admin/rapporter",
            Self::Rounds => "/admin/omgangar",
            Self::Cleaning => "/admin/rattning",
            Self::Data => "/admin/data",
            Self::Tables => "/admin/tabeller",
            Self::Log => "/admin/logg",
            Self::Accounts => "/admin/konton",
            Self::Mailbox => "/admin/brevlada",
        }
    }

    /// Who may open it; others are not shown the way.
    fn least(self) -> Role {
        match self {
            Self::Data => Role::Analyst,
            Self::Log | Self::Accounts | Self::Mailbox => Role::Administrator,
            _ => Role::Reader,
        }
    }

    fn label(self, words: &StaffWords) -> &str {
        let words = &words.frame;
        match self {
            Self::FollowUp | Self::Elsewhere => &words.follow_up,
            Self::Register => &words.register,
            Self::Reports => &words.reports,
            Self::Rounds => &words.rounds,
            Self::Cleaning => &words.cleaning,
            Self::Data => &words.data,
            Self::Tables => &words.tables,
            Self::Log => &words.log,
            Self::Accounts => &words.accounts,
            Self::Mailbox => &words.mailbox,
        }
    }
}

impl StaffFrame<'_> {
    /// Renders a whole document.
    pub fn document(&self, title: &str, current: Current, main: impl IntoView) -> String {
        self.render("", title, current, main)
    }

    /// Renders a document with something to mend in it: its title says so first.
    pub fn faulty_document(&self, title: &str, current: Current, main: impl IntoView) -> String {
        self.render(&self.words.frame.error_prefix, title, current, main)
    }

    /// The role in words.
    pub fn role(&self, role: Role) -> &'static str {
        self.words
            .frame
            .roles
            .get(role.name())
            .map_or(role.name(), String::as_str)
    }

    fn render(&self, prefix: &str, title: &str, current: Current, main: impl IntoView) -> String {
        let words = &self.words.frame;
        let other = match self.language {
            Language::Swedish => Language::English,
            Language::English => Language::Swedish,
        };
        let brand = match self.who {
            Some(_) => view! { <a href="/admin">{words.brand.clone()}</a> }.into_any(),
            None => words.brand.clone().into_any(),
        };
        let who = self.who.map(|who| {
            let said = fill(
                &words.signed_in,
                &[("name", who.name), ("role", self.role(who.role))],
            );
            view! {
                <div class="who">
                    <p>{said}</p>
                    <form method="post" action="/admin/logga-ut"><button class="b3">{words.sign_out.clone()}</button></form>
                </div>
            }
        });
        let navigation = self.who.map(|who| {
            let items: Vec<_> = Current::SHOWN
                .into_iter()
                .filter(|place| place.least() <= who.role)
                .map(|place| {
                    let here = (place == current).then_some("page");
                    view! { <li><a href=place.path() aria-current=here>{place.label(self.words).to_owned()}</a></li> }
                })
                .collect();
            view! { <nav class="main-nav" aria-label=words.navigation.clone()><ul>{items}</ul></nav> }
        });
        // Somebody with a region's link is none of those who work with the survey.
        let footer = self
            .who
            .map(|_| view! { <footer><p>{words.footer.clone()}</p></footer> });
        let body = view! {
            <a class="sk" href="#m">{words.skip.clone()}</a>
            <header>
                <p class="brand">{brand}</p>
                {who}
                <a href=format!("?sprak={}", other.code()) lang=other.code() hreflang=other.code()>{words.language_other.clone()}</a>
            </header>
            {navigation}
            <main id="m" tabindex="-1">{main.into_view()}</main>
            {footer}
        };
        let head = view! {
            <meta charset="utf-8"/>
            <title>{format!("{prefix}{title} – {}", words.brand)}</title>
            <meta name="viewport" content="width=device-width,initial-scale=1"/>
            <meta name="robots" content="noindex"/>
            <meta name="color-scheme" content="light dark"/>
            <link rel="icon" href="data:,"/>
            <link rel="stylesheet" href=self.style.to_owned()/>
        };
        format!(
            "<!doctype html><html lang=\"{}\" class=\"staff\"><head>{}</head><body>{}</body></html>",
            self.language.code(),
            head.to_html(),
            body.to_html()
        )
    }
}
