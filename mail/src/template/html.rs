//! HTML from what the author wrote as plain text: paragraphs, lists, and the link as something to press.

use super::field::Field;
use super::parse::Piece;
use super::{Filled, Values};

/// A stretch of a line.
enum Inline<'a> {
    Text(&'a str),
    Link(&'a str),
}

type Line<'a> = Vec<Inline<'a>>;

const BODY: &str = "margin:0;padding:16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Arial,sans-serif;color:#1a1a1a;background:#fff";
const COLUMN: &str = "max-width:600px";
const BUTTON: &str = "display:inline-block;padding:12px 24px;border-radius:4px;background:#00557f;color:#fff;font-weight:bold;text-decoration:none";
const PLAIN_LINK: &str = "color:#00557f;word-break:break-all";

const RULE: &str = "margin:32px 0;border:0;border-top:1px solid #767676";

pub(super) fn document(first: &Filled<'_>, others: &[Filled<'_>]) -> String {
    let mut html = String::from("<!DOCTYPE html>\n<html lang=\"");
    escape(&mut html, first.dress.language);
    html.push_str("\"><head><meta charset=\"utf-8\"><title>");
    escape(&mut html, first.subject.as_str());
    put(
        &mut html,
        &[
            "</title></head>\n<body style=\"",
            BODY,
            "\"><div style=\"",
            COLUMN,
            "\">\n",
        ],
    );
    for other in others {
        html.push_str("<p lang=\"");
        escape(&mut html, other.dress.language);
        html.push_str("\">");
        escape(&mut html, other.dress.below);
        html.push_str("</p>\n");
    }
    write_body(&mut html, first);
    for other in others {
        put(&mut html, &["<hr style=\"", RULE, "\">\n<div lang=\""]);
        escape(&mut html, other.dress.language);
        html.push_str("\">\n<h2>");
        escape(&mut html, other.subject.as_str());
        html.push_str("</h2>\n");
        write_body(&mut html, other);
        html.push_str("</div>\n");
    }
    html.push_str("</div></body></html>\n");
    html
}

fn write_body(html: &mut String, version: &Filled<'_>) {
    let lines = lines(version.body, &version.values);
    for block in lines.split(is_blank) {
        write_block(html, block, version.dress.button);
    }
}

fn lines<'a>(body: &'a [Piece], values: &'a Values) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    let mut line: Line<'a> = Vec::new();
    for piece in body {
        match piece {
            Piece::Text(text) => {
                for (number, part) in text.split('\n').enumerate() {
                    if number > 0 {
                        lines.push(std::mem::take(&mut line));
                    }
                    if !part.is_empty() {
                        line.push(Inline::Text(part));
                    }
                }
            }
            Piece::Field(Field::Link) if is_address(&values.link) => {
                line.push(Inline::Link(&values.link));
            }
            Piece::Field(field) => line.push(Inline::Text(values.get(*field))),
        }
    }
    lines.push(line);
    lines
}

/// Nothing else is made something to press: `javascript:` least of all.
fn is_address(link: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| link.starts_with(scheme))
}

fn is_blank(line: &Line<'_>) -> bool {
    line.iter()
        .all(|inline| matches!(inline, Inline::Text(text) if text.trim().is_empty()))
}

/// Lines between two blank ones: a paragraph, a list, or one after the other.
fn write_block(html: &mut String, block: &[Line<'_>], button: &str) {
    for run in block.chunk_by(|one, next| kind(one) == kind(next)) {
        match run.first().map(kind) {
            None => {}
            Some(Kind::Item) => {
                html.push_str("<ul>\n");
                for line in run {
                    html.push_str("<li>");
                    write_inlines(html, line, true);
                    html.push_str("</li>\n");
                }
                html.push_str("</ul>\n");
            }
            Some(Kind::Button) => run.iter().for_each(|line| write_button(html, line, button)),
            Some(Kind::Prose) => {
                html.push_str("<p>");
                for (number, line) in run.iter().enumerate() {
                    if number > 0 {
                        html.push_str("<br>\n");
                    }
                    write_inlines(html, line, false);
                }
                html.push_str("</p>\n");
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Prose,
    Item,
    /// The link has the line to itself.
    Button,
}

fn kind(line: &Line<'_>) -> Kind {
    let mut inked = line
        .iter()
        .filter(|inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty()));
    match (inked.next(), inked.next()) {
        (Some(Inline::Link(_)), None) => Kind::Button,
        (Some(Inline::Text(text)), _) if item(text).is_some() => Kind::Item,
        _ => Kind::Prose,
    }
}

/// What stands after the mark of a list.
fn item(text: &str) -> Option<&str> {
    let text = text.trim_start();
    ["- ", "• ", "* ", "– "]
        .into_iter()
        .find_map(|mark| text.strip_prefix(mark))
}

fn write_button(html: &mut String, line: &Line<'_>, button: &str) {
    for inline in line {
        if let Inline::Link(link) = inline {
            put(html, &["<p><a style=\"", BUTTON, "\" href=\""]);
            escape(html, link);
            html.push_str("\">");
            escape(html, button);
            html.push_str("</a></p>\n<p>");
            write_link(html, link);
            html.push_str("</p>\n");
        }
    }
}

fn write_link(html: &mut String, link: &str) {
    put(html, &["<a style=\"", PLAIN_LINK, "\" href=\""]);
    escape(html, link);
    html.push_str("\">");
    escape(html, link);
    html.push_str("</a>");
}

fn write_inlines(html: &mut String, line: &Line<'_>, is_item: bool) {
    let mut marked = is_item;
    for inline in line {
        match inline {
            Inline::Link(address) => write_link(html, address),
            Inline::Text(text) => {
                let text = if marked {
                    item(text).unwrap_or(text)
                } else {
                    text
                };
                marked &= text.trim().is_empty();
                escape(html, text);
            }
        }
    }
}

fn put(html: &mut String, parts: &[&str]) {
    for part in parts {
        html.push_str(part);
    }
}

fn escape(html: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            // Nothing that a browser would take for the end of the line, or worse.
            sign if sign.is_control() && sign != '\t' => html.push('\u{fffd}'),
            sign => html.push(sign),
        }
    }
}
