//! From words and signs to an [`Expression`].

use std::ops::Range;

use super::{
    expression::{Comparison, Expression, Literal},
    fault::{Stop, Why},
    lex::{Sign, Token, tokens},
};

/// The deepest that parentheses and `not`s may nest.
pub const DEEPEST: usize = 64;

/// The most words and signs that a condition may have.
pub const LONGEST: usize = 2_000;

/// Whether a condition could not use `name` as a name, since it is a word of the language.
pub fn is_reserved(name: &str) -> bool {
    matches!(name, "and" | "or" | "not" | "in")
}

/// A word and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Word<'s> {
    pub at: Range<usize>,
    pub text: &'s str,
}

/// The smallest conditions, with the places that typing needs for its faults.
#[derive(Debug)]
pub(super) enum Atom<'s> {
    Flag(Word<'s>),
    Answered(Word<'s>),
    Compare {
        name: Word<'s>,
        how: Comparison,
        how_at: Range<usize>,
        with: Word<'s>,
    },
    Member {
        name: Word<'s>,
        negated: bool,
        of: Vec<Word<'s>>,
        list_at: Range<usize>,
    },
}

/// Parses `source`, showing each atom to `watch` as it is met.
pub(super) fn parse(source: &str, watch: &mut dyn FnMut(&Atom<'_>)) -> Result<Expression, Stop> {
    let mut parser = Parser {
        tokens: tokens(source),
        next: 0,
        end: source.len(),
        depth: 0,
        watch,
    };
    if parser.tokens.is_empty() {
        return Err(parser.stop(Why::Empty));
    }
    if let Some(beyond) = parser.tokens.get(LONGEST) {
        return Err(Stop {
            at: beyond.at.start..source.len(),
            why: Why::TooLong,
        });
    }
    let expression = parser.any()?;
    match parser.peek() {
        None => Ok(expression),
        Some(Sign::Close) => Err(parser.stop(Why::NeverOpened)),
        Some(_) => Err(parser.stop(Why::Trailing)),
    }
}

struct Parser<'s, 'w> {
    tokens: Vec<Token<'s>>,
    next: usize,
    end: usize,
    depth: usize,
    watch: &'w mut dyn FnMut(&Atom<'_>),
}

impl<'s> Parser<'s, '_> {
    fn any(&mut self) -> Result<Expression, Stop> {
        let mut parts = vec![self.all()?];
        while self.take_word("or") {
            parts.push(self.all()?);
        }
        Ok(alone(parts, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, Stop> {
        let mut parts = vec![self.not()?];
        while self.take_word("and") {
            parts.push(self.not()?);
        }
        Ok(alone(parts, Expression::All))
    }

    fn not(&mut self) -> Result<Expression, Stop> {
        if self.peek() != Some(Sign::Word("not")) {
            return self.primary();
        }
        self.deeper()?;
        self.next += 1;
        let part = self.not()?;
        self.depth -= 1;
        Ok(Expression::Not(Box::new(part)))
    }

    fn primary(&mut self) -> Result<Expression, Stop> {
        if self.peek() == Some(Sign::Open) {
            self.deeper()?;
            let open = self.here();
            self.next += 1;
            let inside = self.any()?;
            self.close(Sign::Close, open)?;
            self.depth -= 1;
            return Ok(inside);
        }
        let name = match self.peek() {
            Some(Sign::Word(text)) if !is_reserved(text) => self.word(Why::NoCondition)?,
            _ => return Err(self.stop(Why::NoCondition)),
        };
        let atom = if name.text == "answered" && self.peek() == Some(Sign::Open) {
            self.answered()?
        } else {
            self.about(name)?
        };
        (self.watch)(&atom);
        Ok(atom.into())
    }

    fn answered(&mut self) -> Result<Atom<'s>, Stop> {
        let open = self.here();
        self.next += 1;
        let name = self.word(Why::NoName)?;
        self.close(Sign::Close, open)?;
        Ok(Atom::Answered(name))
    }

    fn about(&mut self, name: Word<'s>) -> Result<Atom<'s>, Stop> {
        if let Some(Sign::Operator(how)) = self.peek() {
            let how_at = self.here();
            self.next += 1;
            let with = self.word(Why::NoOperand)?;
            return Ok(Atom::Compare {
                name,
                how,
                how_at,
                with,
            });
        }
        let negated = self.peek() == Some(Sign::Word("not"))
            && self.sign_at(self.next + 1) == Some(Sign::Word("in"));
        if negated {
            self.next += 1;
        }
        if !self.take_word("in") {
            return match self.peek() {
                None | Some(Sign::Close | Sign::Word("and" | "or")) => Ok(Atom::Flag(name)),
                Some(_) => Err(self.stop(Why::Trailing)),
            };
        }
        let (of, list_at) = self.list()?;
        Ok(Atom::Member {
            name,
            negated,
            of,
            list_at,
        })
    }

    fn list(&mut self) -> Result<(Vec<Word<'s>>, Range<usize>), Stop> {
        let open = self.here();
        if self.peek() != Some(Sign::OpenList) {
            return Err(self.stop(Why::NoList));
        }
        self.next += 1;
        if self.peek() == Some(Sign::CloseList) {
            let at = open.start..self.here().end;
            return Err(Stop {
                at,
                why: Why::EmptyList,
            });
        }
        let mut words = vec![self.word(Why::NoOperand)?];
        while self.peek() == Some(Sign::Comma) {
            self.next += 1;
            words.push(self.word(Why::NoOperand)?);
        }
        let end = self.here().end;
        self.close(Sign::CloseList, open.clone())?;
        Ok((words, open.start..end))
    }

    fn deeper(&mut self) -> Result<(), Stop> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.stop(Why::TooDeep));
        }
        Ok(())
    }

    fn close(&mut self, sign: Sign<'_>, open: Range<usize>) -> Result<(), Stop> {
        match self.peek() {
            Some(found) if found == sign => {
                self.next += 1;
                Ok(())
            }
            Some(_) if sign == Sign::CloseList => Err(self.stop(Why::InsideList)),
            Some(_) => Err(self.stop(Why::Trailing)),
            None => Err(Stop {
                at: open,
                why: Why::NeverClosed,
            }),
        }
    }

    fn word(&mut self, missing: Why) -> Result<Word<'s>, Stop> {
        let Some(Sign::Word(text)) = self.peek() else {
            return Err(self.stop(missing));
        };
        let at = self.here();
        self.next += 1;
        Ok(Word { at, text })
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(Sign::Word(word));
        if found {
            self.next += 1;
        }
        found
    }

    fn peek(&self) -> Option<Sign<'s>> {
        self.sign_at(self.next)
    }

    fn sign_at(&self, index: usize) -> Option<Sign<'s>> {
        self.tokens.get(index).map(|token| token.is)
    }

    fn here(&self) -> Range<usize> {
        self.tokens
            .get(self.next)
            .map_or(self.end..self.end, |token| token.at.clone())
    }

    fn stop(&self, why: Why) -> Stop {
        Stop {
            at: self.here(),
            why,
        }
    }
}

fn alone(mut parts: Vec<Expression>, several: fn(Vec<Expression>) -> Expression) -> Expression {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            several(parts)
        }
        None => several(parts),
    }
}

impl From<Atom<'_>> for Expression {
    fn from(atom: Atom<'_>) -> Self {
        match atom {
            Atom::Flag(name) => Self::Flag(name.text.to_owned()),
            Atom::Answered(name) => Self::Answered(name.text.to_owned()),
            Atom::Compare {
                name, how, with, ..
            } => Self::Compare {
                name: name.text.to_owned(),
                how,
                with: Literal::new(with.text),
            },
            Atom::Member {
                name, negated, of, ..
            } => Self::Member {
                name: name.text.to_owned(),
                negated,
                of: of.iter().map(|word| Literal::new(word.text)).collect(),
            },
        }
    }
}
