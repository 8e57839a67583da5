//! A letter's text in one language or several, and how a message that has a text of its own keeps them.

use survey::text::Language;

use crate::storage::Dispatch;

/// What a letter says in one language, with fields in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version<'a> {
    pub language: Language,
    pub subject: &'a str,
    pub body: &'a str,
}

/// Begins each further language in a message's own text. A text that somebody types cannot hold it.
const BREAK: char = '\u{c}';

/// Subject and body of a message that is to say all of these, the first one first.
pub fn kept(first: Version<'_>, others: &[Version<'_>]) -> (String, String) {
    let further = others.iter().map(|other| {
        let (code, subject) = (other.language.code(), other.subject.trim());
        format!("{BREAK}{code}\n{subject}\n{}", other.body)
    });
    let body = std::iter::once(first.body.to_owned()).chain(further);
    (first.subject.to_owned(), body.collect())
}

/// What a message says: its own text, or else the mailing's in every language that it is written in. Empty where it has no text.
pub(super) fn of(dispatch: &Dispatch) -> Vec<Version<'_>> {
    let language = Language::from_code(&dispatch.language).unwrap_or_default();
    let version = |language, subject, body| Version {
        language,
        subject,
        body,
    };
    if let (Some(subject), Some(body)) = (&dispatch.subject, &dispatch.body) {
        let mut texts = body.split(BREAK);
        let first = texts.next().map(|body| version(language, subject, body));
        let others = texts.filter_map(|text| {
            let (code, text) = text.split_once('\n')?;
            let (subject, body) = text.split_once('\n')?;
            Some(version(Language::from_code(code)?, subject, body))
        });
        return first.into_iter().chain(others).collect();
    }
    let (Some(subject), Some(body)) = (&dispatch.template_subject, &dispatch.template_body) else {
        return Vec::new();
    };
    let other = || {
        let code = dispatch.other_language.as_deref()?;
        let (subject, body) = (
            dispatch.other_subject.as_deref()?,
            dispatch.other_body.as_deref()?,
        );
        Some(version(Language::from_code(code)?, subject, body))
    };
    std::iter::once(version(language, subject, body))
        .chain(other().filter(|other| !other.body.is_empty()))
        .collect()
}
