//! A condition's text as words and signs.

use std::ops::Range;

use super::expression::Comparison;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'s> {
    pub at: Range<usize>,
    pub is: Sign<'s>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign<'s> {
    /// A name, a key, a number or a keyword: only where it stands can tell.
    Word(&'s str),
    Operator(Comparison),
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    /// No part of the language; the parser says so where it meets it.
    Stray,
}

pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(rest) = source.get(start..) {
        let Some(first) = rest.chars().next() else {
            break;
        };
        if first.is_whitespace() {
            start += first.len_utf8();
            continue;
        }
        let (length, is) = sign(rest, first);
        let at = start..start + length;
        start = at.end;
        tokens.push(Token { at, is });
    }
    tokens
}

fn sign(rest: &str, first: char) -> (usize, Sign<'_>) {
    let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    if let Some(text) = rest.get(..word).filter(|text| !text.is_empty()) {
        return (word, Sign::Word(text));
    }
    let equals_follows = rest
        .get(first.len_utf8()..)
        .is_some_and(|rest| rest.starts_with('='));
    match (first, equals_follows) {
        ('=', true) => (2, Sign::Operator(Comparison::Equal)),
        ('!', true) => (2, Sign::Operator(Comparison::NotEqual)),
        ('<', true) => (2, Sign::Operator(Comparison::AtMost)),
        ('>', true) => (2, Sign::Operator(Comparison::AtLeast)),
        ('<', false) => (1, Sign::Operator(Comparison::Less)),
        ('>', false) => (1, Sign::Operator(Comparison::More)),
        ('(', _) => (1, Sign::Open),
        (')', _) => (1, Sign::Close),
        ('[', _) => (1, Sign::OpenList),
        (']', _) => (1, Sign::CloseList),
        (',', _) => (1, Sign::Comma),
        _ => (first.len_utf8(), Sign::Stray),
    }
}

/// Wider than what keys are made of, so that a misspelt key is one word and one fault.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-')
}
