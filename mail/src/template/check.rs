use super::Template;
use super::field::Field;
use super::parse::{Piece, parse};
use crate::HeaderText;

/// What a text is for, which decides what it must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// An invitation or a reminder: without the link nobody can answer.
    Mailing,
    /// Anything else.
    Letter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Subject,
    Body,
}

/// Where something stands; lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// What must be mended before a text can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub part: Part,
    /// None where something is missing altogether.
    pub place: Option<Place>,
    pub kind: FaultKind,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    #[error("there is no field {{{name}}}")]
    Unknown {
        name: String,
        /// The field that was probably meant.
        suggestion: Option<&'static str>,
    },
    #[error("the brace is never closed on its line; write {{{{ for the sign itself")]
    Unclosed,
    #[error("the brace closes nothing; write }}}} for the sign itself")]
    Stray,
    #[error("there is a control character")]
    Control,
    #[error("there is nothing")]
    Empty,
    #[error("a subject is one line")]
    Lines,
    #[error("the text is {0} characters long, which is too much")]
    TooLong(usize),
    #[error("the link is missing")]
    NoLink,
    /// Mail servers write subjects in their logs.
    #[error("the link must not stand in the subject")]
    LinkInSubject,
}

/// Characters. Longer than any letter that somebody reads.
const LONGEST_BODY: usize = 20_000;
/// Leaves room for what the fields say.
const LONGEST_SUBJECT: usize = HeaderText::MAX_CHARS / 2;

impl Place {
    pub(super) const START: Self = Self { line: 1, column: 1 };

    pub(super) fn after(self, passed: &str) -> Self {
        passed.chars().fold(self, |place, sign| match sign {
            '\n' => Self {
                line: place.line + 1,
                column: 1,
            },
            _ => Self {
                line: place.line,
                column: place.column + 1,
            },
        })
    }
}

pub(super) fn check(subject: &str, body: &str, purpose: Purpose) -> Result<Template, Vec<Fault>> {
    let mut faults = Vec::new();
    let subject = checked(Part::Subject, subject.trim(), LONGEST_SUBJECT, &mut faults);
    let body = checked(Part::Body, body.trim(), LONGEST_BODY, &mut faults);
    let whole = |part, kind| Fault {
        part,
        place: None,
        kind,
    };
    if is_one_line(&subject) {
        if uses(&subject, Field::Link) {
            faults.push(whole(Part::Subject, FaultKind::LinkInSubject));
        }
    } else {
        faults.push(whole(Part::Subject, FaultKind::Lines));
    }
    if purpose == Purpose::Mailing && !uses(&body, Field::Link) {
        faults.push(whole(Part::Body, FaultKind::NoLink));
    }
    if faults.is_empty() {
        Ok(Template { subject, body })
    } else {
        faults.sort_by_key(|fault| fault.part);
        Err(faults)
    }
}

fn checked(part: Part, source: &str, longest: usize, faults: &mut Vec<Fault>) -> Vec<Piece> {
    let (pieces, found) = parse(source);
    faults.extend(found.into_iter().map(|(place, kind)| Fault {
        part,
        place: Some(place),
        kind,
    }));
    let length = source.chars().count();
    let whole = if length == 0 {
        Some(FaultKind::Empty)
    } else if length > longest {
        Some(FaultKind::TooLong(length))
    } else {
        None
    };
    faults.extend(whole.map(|kind| Fault {
        part,
        place: None,
        kind,
    }));
    pieces
}

fn uses(pieces: &[Piece], field: Field) -> bool {
    pieces.contains(&Piece::Field(field))
}

fn is_one_line(pieces: &[Piece]) -> bool {
    !pieces
        .iter()
        .any(|piece| matches!(piece, Piece::Text(text) if text.contains('\n')))
}
