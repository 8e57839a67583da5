//! What came back, read as a browser without JavaScript would.

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

/// `name=value&…`, every character outside letters and digits escaped.
pub fn encode(fields: &[(&str, &str)]) -> String {
    let escaped = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(*name), escaped(*value)))
        .collect::<Vec<_>>()
        .join("&")
}

impl Answered {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Where a redirect after a post leads; nowhere for any other answer.
    pub fn leads_to(&self) -> &str {
        if self.status == 303 {
            self.header("location")
        } else {
            ""
        }
    }

    /// The page without tags, with entities read.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut rest = self.body.as_str();
        while let Some((before, tag)) = rest.split_once('<') {
            text.push_str(before);
            rest = tag.split_once('>').map_or("", |(_, after)| after);
        }
        unescape(&text)
    }

    pub fn says(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    pub fn title(&self) -> &str {
        between(&self.body, "<title>", "</title>")
    }

    /// Whether this is a whole page in Swedish.
    pub fn is_swedish_page(&self) -> bool {
        self.header("content-type").starts_with("text/html")
            && self.body.starts_with("<!doctype html><html lang=\"sv\">")
            && !between(&self.body, "<h1>", "</h1>").is_empty()
    }

    /// What pressing a button in the page's form would send, but for the button itself.
    pub fn form(&self) -> BTreeMap<String, String> {
        let mut fields = BTreeMap::new();
        for tag in self.tags("input") {
            let Some(name) = tag.attribute("name") else {
                continue;
            };
            let value = tag.attribute("value").unwrap_or_default();
            let kind = tag.attribute("type").unwrap_or_default();
            let sent = match kind.as_str() {
                "radio" | "checkbox" => tag.has("checked"),
                _ => true,
            };
            if sent {
                fields.insert(name, value);
            }
        }
        for tag in self.tags("textarea") {
            if let Some(name) = tag.attribute("name") {
                let text = tag.after.split_once("</textarea>").unwrap().0;
                // A browser leaves out a line break that comes first.
                let text = text.strip_prefix('\n').unwrap_or(text);
                fields.insert(name, unescape(text));
            }
        }
        fields
    }

    /// The values of the page's buttons named `do`, in order.
    pub fn buttons(&self) -> Vec<String> {
        self.tags("button")
            .into_iter()
            .filter(|tag| tag.attribute("name").as_deref() == Some("do"))
            .filter_map(|tag| tag.attribute("value"))
            .collect()
    }

    /// Addresses that the page links to.
    pub fn links(&self) -> Vec<String> {
        self.tags("a")
            .into_iter()
            .filter_map(|tag| tag.attribute("href"))
            .collect()
    }

    pub fn has_id(&self, id: &str) -> bool {
        self.body.contains(&format!("id=\"{id}\""))
    }

    fn tags(&self, name: &str) -> Vec<Tag<'_>> {
        let opening = format!("<{name}");
        self.body
            .split(opening.as_str())
            .skip(1)
            .filter(|rest| rest.starts_with([' ', '>']))
            .filter_map(|rest| rest.split_once('>'))
            .map(|(inner, after)| Tag { inner, after })
            .collect()
    }
}

struct Tag<'p> {
    inner: &'p str,
    after: &'p str,
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> Option<String> {
        let (_, rest) = self.inner.split_once(&format!(" {name}=\""))?;
        let (value, _) = rest.split_once('"')?;
        Some(unescape(value))
    }

    fn has(&self, name: &str) -> bool {
        self.inner
            .split(' ')
            .any(|part| part == name || part.starts_with(&format!("{name}=")))
    }
}

/// What stands between the first `open` and the `close` after it.
pub fn between<'t>(text: &'t str, open: &str, close: &str) -> &'t str {
    text.split_once(open)
        .and_then(|(_, rest)| rest.split_once(close))
        .map_or("", |(inner, _)| inner)
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
