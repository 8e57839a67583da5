//! What the browser loads, carried inside the program.

use std::{
    borrow::Cow,
    io::Write,
    sync::{Arc, OnceLock},
};

use app::{Assets, WasmAssets};
use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::{BASE64, HEXLOWER};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// What Trunk built: the islands' script and module. Empty where they were not built.
#[derive(RustEmbed)]
#[folder = "../dist"]
struct Dist;

const STYLE: [&str; 4] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/form.css"),
    include_str!("../../style/matrix.css"),
];
/// Of the staff's pages: a sheet of its own, so that it weighs nothing on a chief's page.
const STAFF_STYLE: [&str; 4] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/form.css"),
    include_str!("../../style/staff.css"),
];
const KEEP: &str = include_str!("../../app/script/keep.js");
const WAKE: &str = include_str!("../../app/script/wake.js");

/// Everything the pages need, made once.
#[derive(Debug)]
pub struct Shelf {
    pub page: Assets,
    /// The policy under which the pages' own style and scripts, and nothing else, may run.
    pub policy: HeaderValue,
    /// The address of the style sheet of the staff's pages.
    pub staff_style: String,
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    name: String,
    kind: &'static str,
    plain: Bytes,
    /// Filled in the background: the best compression takes a while.
    brotli: OnceLock<Bytes>,
}

/// The pages' policy cannot be written as a header. Only a mistake in this repository can cause it.
#[derive(Debug, thiserror::Error)]
#[error("the pages' content security policy is not a header value")]
pub struct PolicyError;

impl Shelf {
    pub fn stock() -> Result<Arc<Self>, PolicyError> {
        let style = slim_style(&STYLE.concat());
        let keep = slim_script(KEEP);
        let wake = slim_script(WAKE);
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' '{}' '{}'; style-src '{}'; connect-src 'self'; img-src data:; \
             form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            digest(&keep),
            digest(&wake),
            digest(&style)
        );
        let mut files: Vec<File> = Dist::iter().filter_map(|name| file(&name)).collect();
        let staff_style = staff_style();
        let staff_address = format!("/assets/{}", staff_style.name);
        files.push(staff_style);
        let address = |ending: &str| {
            files
                .iter()
                .find(|file| file.name.ends_with(ending))
                .map(|file| format!("/assets/{}", file.name))
        };
        let wasm = address(".js")
            .zip(address("_bg.wasm"))
            .map(|(script, module)| WasmAssets {
                wake: leak(wake),
                script,
                module,
            });
        let page = Assets {
            style: leak(style),
            script: leak(keep),
            wasm,
        };
        let policy = HeaderValue::from_str(&policy).map_err(|_| PolicyError)?;
        Ok(Arc::new(Self {
            page,
            policy,
            staff_style: staff_address,
            files,
        }))
    }

    /// Compresses what can be, as well as it can be. Takes a while: call it off the runtime.
    pub fn compress(&self) {
        for file in &self.files {
            file.brotli
                .get_or_init(|| brotli(&file.plain).unwrap_or_default());
        }
    }

    pub fn serve(&self, name: &str, headers: &HeaderMap) -> Response {
        let Some(file) = self.files.iter().find(|file| file.name == name) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let accepts_brotli = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.split(',').any(|one| one.trim().starts_with("br")));
        let compressed = file
            .brotli
            .get()
            .filter(|body| accepts_brotli && !body.is_empty());
        let mut response = compressed.unwrap_or(&file.plain).clone().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
        // The name holds a hash of the content.
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        );
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if compressed.is_some() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        response
    }
}

fn staff_style() -> File {
    let style = slim_style(&STAFF_STYLE.concat());
    let hash = HEXLOWER.encode(&Sha256::digest(&style)[..8]);
    File {
        name: format!("staff-{hash}.css"),
        kind: "text/css; charset=utf-8",
        plain: Bytes::from(style),
        brotli: OnceLock::new(),
    }
}

fn file(name: &str) -> Option<File> {
    let kind = match name.rsplit('.').next()? {
        "js" => "text/javascript",
        "wasm" => "application/wasm",
        _ => return None,
    };
    let plain = match Dist::get(name)?.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    Some(File {
        name: name.to_owned(),
        kind,
        plain,
        brotli: OnceLock::new(),
    })
}

fn brotli(plain: &[u8]) -> Option<Bytes> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    writer.write_all(plain).ok()?;
    writer.flush().ok()?;
    Some(writer.into_inner().into())
}

/// It is needed for as long as the program runs.
fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn digest(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text)))
}

/// The style without comments and indentation.
fn slim_style(style: &str) -> String {
    let mut slim = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, comment)) = rest.split_once("/*") {
        slim.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    slim.push_str(rest);
    slim.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
        .replace(" {\n", "{")
        .replace(";\n", ";")
        .replace("\n}", "}")
}

/// The script without comment lines, and without spaces but in texts and between words.
fn slim_script(script: &str) -> String {
    let lines = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut slim = String::with_capacity(script.len());
    for line in lines {
        slim.push_str(&slim_line(line));
        // Elsewhere the end of the line may be the end of the statement.
        if !slim.ends_with([';', '{', ',']) {
            slim.push('\n');
        }
    }
    slim.trim_end().to_owned()
}

fn slim_line(line: &str) -> String {
    let word = |sign: char| sign.is_alphanumeric() || sign == '_' || sign == '$';
    let mut slim = String::with_capacity(line.len());
    let mut quote = None;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match quote {
            Some(end) if sign == end => quote = None,
            None if matches!(sign, '\'' | '"' | '`') => quote = Some(sign),
            _ => {}
        }
        let parts_words = slim.ends_with(word) && signs.peek().is_some_and(|next| word(*next));
        if sign != ' ' || quote.is_some() || parts_words {
            slim.push(sign);
        }
    }
    slim
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_that_saves_is_at_most_three_kilobytes() {
        let size = slim_script(KEEP).len();
        assert!(size <= 3 * 1024, "{size} bytes");
    }

    #[test]
    fn comments_do_not_travel() {
        assert_eq!(
            slim_style("/* why */\na {\n  color: red;\n}\n"),
            "a{color: red;}"
        );
        assert_eq!(slim_script("// why\n  go();\n"), "go();");
    }

    #[test]
    fn spaces_stay_in_texts_and_between_words() {
        assert_eq!(
            slim_script("const a = 'b = c', d = `${a} = b`;"),
            "const a='b = c',d=`${a} = b`;"
        );
    }
}
