//! Texts with named fields, like `Hej {mottagare}!`, checked when they are written so that nothing can go wrong
//! when they are sent.

mod check;
mod field;
mod html;
mod parse;

pub use check::{Fault, FaultKind, Part, Purpose};
pub use field::Field;

use crate::HeaderText;
use parse::Piece;

/// A checked text. Rendering it cannot fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    subject: Vec<Piece>,
    body: Vec<Piece>,
}

/// What stands where the fields are. All of it is text: markup in it is shown, not obeyed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    pub unit: String,
    /// An address that begins with `https://` or `http://`.
    pub link: String,
    pub last_day: String,
    pub recipient: String,
    pub sender: String,
    pub region: String,
    pub round: String,
    pub section: String,
    pub receipt: String,
}

/// What the HTML says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dress<'a> {
    /// The language, like `sv`.
    pub language: &'a str,
    /// What stands on the button, where the link has a line of its own.
    pub button: &'a str,
    /// Says, above everything, that this language follows below.
    pub below: &'a str,
}

/// A letter's text in one language, with what is filled in.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    pub template: &'a Template,
    pub values: &'a Values,
    pub dress: Dress<'a>,
}

/// A letter's text, ready to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub subject: HeaderText,
    /// The stretches of the text, each in one language; an empty line stands between them.
    pub parts: Vec<Stretch>,
    /// A whole document.
    pub html: String,
}

/// Lines in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Like `sv`.
    pub language: String,
    /// Lines end with `\n`.
    pub text: String,
}

/// Between the languages of a plain text.
const RULE: &str = "----------------------------------------";

impl Template {
    /// Checks the text. Every fault is told at once, in the order in which they stand.
    pub fn check(subject: &str, body: &str, purpose: Purpose) -> Result<Self, Vec<Fault>> {
        check::check(subject, body, purpose)
    }

    pub fn render(&self, values: &Values, dress: Dress<'_>) -> Rendered {
        let version = Version {
            template: self,
            values,
            dress,
        };
        render(version, &[])
    }

    /// The fields that the text uses, each once.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = self
            .subject
            .iter()
            .chain(&self.body)
            .filter_map(|piece| match piece {
                Piece::Field(field) => Some(*field),
                Piece::Text(_) => None,
            })
            .collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }
}

/// One letter in several languages: the first has the subject, and each of the others follows with its own as a heading.
pub fn render(first: Version<'_>, others: &[Version<'_>]) -> Rendered {
    let stretch = |dress: Dress<'_>, text: String| Stretch {
        language: dress.language.to_owned(),
        text,
    };
    let own = Filled::of(first);
    let others: Vec<Filled<'_>> = others.iter().copied().map(Filled::of).collect();
    let mut parts: Vec<Stretch> = others
        .iter()
        .map(|other| stretch(other.dress, other.dress.below.to_owned()))
        .collect();
    parts.push(stretch(own.dress, filled(own.body, &own.values)));
    parts.extend(others.iter().map(|other| {
        let text = filled(other.body, &other.values);
        stretch(
            other.dress,
            format!("{RULE}\n\n{}\n\n{text}", other.subject),
        )
    }));
    let html = html::document(&own, &others);
    Rendered {
        subject: own.subject,
        parts,
        html,
    }
}

impl Rendered {
    /// The whole plain text.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.parts.iter().map(|part| part.text.as_str()).collect();
        texts.join("\n\n")
    }
}

/// A version whose subject is written.
struct Filled<'a> {
    subject: HeaderText,
    body: &'a [Piece],
    values: Values,
    dress: Dress<'a>,
}

impl<'a> Filled<'a> {
    fn of(version: Version<'a>) -> Self {
        let values = version.values.on_one_line();
        Self {
            subject: HeaderText::clean(&filled(&version.template.subject, &values)),
            body: &version.template.body,
            values,
            dress: version.dress,
        }
    }
}

impl Values {
    pub fn get(&self, field: Field) -> &str {
        match field {
            Field::Unit => &self.unit,
            Field::Link => &self.link,
            Field::LastDay => &self.last_day,
            Field::Recipient => &self.recipient,
            Field::Sender => &self.sender,
            Field::Region => &self.region,
            Field::Round => &self.round,
            Field::Section => &self.section,
            Field::Receipt => &self.receipt,
        }
    }

    /// A register may hold line breaks; in a letter they could pass for paragraphs of the author's.
    fn on_one_line(&self) -> Self {
        let line = |text: &str| HeaderText::clean(text).to_string();
        Self {
            unit: line(&self.unit),
            link: self.link.split_whitespace().collect(),
            last_day: line(&self.last_day),
            recipient: line(&self.recipient),
            sender: line(&self.sender),
            region: line(&self.region),
            round: line(&self.round),
            section: line(&self.section),
            receipt: line(&self.receipt),
        }
    }
}

fn filled(pieces: &[Piece], values: &Values) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Field(field) => values.get(*field),
        })
        .collect()
}

#[cfg(test)]
mod tests;
