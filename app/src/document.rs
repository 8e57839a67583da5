//! The document around every page: head, header, footer, and what the browser loads.

use leptos::prelude::*;
use survey::text::{Language, Text};

use crate::{Words, fill};

/// What the browser needs besides the page. Style and script stand in the page: one round trip, and it is usable.
#[derive(Clone, Debug)]
pub struct Assets {
    pub style: &'static str,
    /// The plain script that keeps and sends every keystroke.
    pub script: &'static str,
    /// Absent where the program was built without islands: everything else works.
    pub wasm: Option<WasmAssets>,
}

#[derive(Clone, Debug)]
pub struct WasmAssets {
    /// The plain script that fetches the other two once the page is painted.
    pub wake: &'static str,
    pub script: String,
    pub module: String,
}

/// What every page says around its own matter.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    pub words: &'static Words,
    pub language: Language,
    pub assets: &'a Assets,
    /// The organisation that asks.
    pub sender: Option<&'a Text>,
    pub email: Option<&'a str>,
    /// Whose answers these are.
    pub unit: Option<&'a str>,
    /// The personal link's path, `/svara/…`; absent where no one is known.
    pub base: Option<&'a str>,
}

/// One page: its title, and whether it can be typed on. Such a page saves by itself, and has the island.
pub(crate) struct Head {
    pub title: String,
    pub faulty: bool,
    pub typed_on: bool,
}

impl Frame<'_> {
    pub(crate) fn text(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// The address of a page under the personal link.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("{}{rest}", self.base.unwrap_or_default())
    }

    /// Renders a whole document.
    pub(crate) fn document(&self, head: Head, main: impl IntoView) -> String {
        let words = self.words;
        let prefix = if head.faulty {
            words.common.error_prefix.as_str()
        } else {
            ""
        };
        let title = format!("{prefix}{}", head.title);
        let other = match self.language {
            Language::Swedish => Language::English,
            Language::English => Language::Swedish,
        };
        let sender = self.sender.map(|sender| self.text(sender));
        let home = self.path("");
        let brand = match (&sender, self.base) {
            (Some(sender), Some(_)) => view! { <a href=home>{sender.clone()}</a> }.into_any(),
            (Some(sender), None) => sender.clone().into_any(),
            (None, _) => "Vårdenkät".into_any(),
        };
        let unit = self.unit.map(
            |unit| view! { <p class="u">{fill(&words.common.for_unit, &[("unit", unit)])}</p> },
        );
        let language = self.base.is_some().then(|| {
            view! { <a href=format!("?sprak={}", other.code()) lang=other.code() hreflang=other.code()>{words.common.language_other.clone()}</a> }
        });
        let footer = self.base.map(|_| {
            let link =
                |rest: &str, label: &str| view! { <a href=self.path(rest)>{label.to_owned()}</a> };
            view! {
                {link("/om/tillganglighet", &words.common.footer_accessibility)}
                {link("/om/personuppgifter", &words.common.footer_privacy)}
                {link("/om/kakor", &words.common.footer_cookies)}
            }
        });
        let contact = self
            .email
            .map(|email| view! { <a href=format!("mailto:{email}")>{email.to_owned()}</a> });
        let scripts = head.typed_on.then(|| {
            let wake = self.assets.wasm.as_ref().map(|wasm| {
                view! {
                    <script
                        type="module"
                        id="wake"
                        data-js=wasm.script.clone()
                        data-wasm=wasm.module.clone()
                        inner_html=wasm.wake
                    ></script>
                }
            });
            view! {
                <script type="module" inner_html=self.assets.script></script>
                {wake}
            }
        });
        let body = view! {
            <a class="sk" href="#m">{words.common.skip.clone()}</a>
            <header><div><p class="brand">{brand}</p>{unit}</div>{language}</header>
            <main id="m">{main.into_view()}</main>
            <footer>{footer}{contact}</footer>
            {scripts}
        };
        let head = view! {
            <meta charset="utf-8"/>
            <title>{title}</title>
            <meta name="viewport" content="width=device-width,initial-scale=1"/>
            <meta name="description" content=head.title/>
            <meta name="robots" content="noindex"/>
            <meta name="referrer" content="no-referrer"/>
            <meta name="color-scheme" content="light dark"/>
            <link rel="icon" href="data:,"/>
            <style inner_html=self.assets.style></style>
        };
        format!(
            "<!doctype html><html lang=\"{}\"><head>{}</head><body>{}</body></html>",
            self.language.code(),
            head.to_html(),
            body.to_html()
        )
    }
}

/// Paragraphs from a text: blank lines part them.
pub(crate) fn paragraphs(text: &str) -> Vec<AnyView> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| view! { <p>{text.to_owned()}</p> }.into_any())
        .collect()
}

/// What stands in a `<textarea>`, as HTML. Leptos writes such children as they are, so a text with a tag in it would become
/// one. The browser swallows the first line break.
pub(crate) fn textarea_text(text: &str) -> String {
    format!("\n{}", text.replace('&', "&amp;").replace('<', "&lt;"))
}
