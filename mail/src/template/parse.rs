use super::check::{FaultKind, Place};
use super::field::Field;

/// A stretch of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Field(Field),
}

/// Takes the text apart: `{name}` is a field, `{{` and `}}` are the braces themselves.
pub(super) fn parse(source: &str) -> (Vec<Piece>, Vec<(Place, FaultKind)>) {
    let source = source.replace("\r\n", "\n").replace('\r', "\n");
    let mut pieces = Vec::new();
    let mut faults = Vec::new();
    let mut text = String::new();
    let mut place = Place::START;
    let mut rest = source.as_str();
    while let Some(sign) = rest.chars().next() {
        let taken = match sign {
            '{' | '}' if rest[1..].starts_with(sign) => {
                text.push(sign);
                2
            }
            '{' => {
                let end = rest
                    .find(['}', '\n'])
                    .filter(|&end| rest[end..].starts_with('}'));
                if let Some(end) = end {
                    if !text.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut text)));
                    }
                    match field(rest[1..end].trim()) {
                        Ok(field) => pieces.push(Piece::Field(field)),
                        Err(fault) => faults.push((place, fault)),
                    }
                    end + 1
                } else {
                    faults.push((place, FaultKind::Unclosed));
                    1
                }
            }
            '}' => {
                faults.push((place, FaultKind::Stray));
                1
            }
            '\n' | '\t' => {
                text.push(sign);
                1
            }
            sign if sign.is_control() => {
                faults.push((place, FaultKind::Control));
                sign.len_utf8()
            }
            sign => {
                text.push(sign);
                sign.len_utf8()
            }
        };
        let (passed, left) = rest.split_at(taken);
        place = place.after(passed);
        rest = left;
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    (pieces, faults)
}

fn field(name: &str) -> Result<Field, FaultKind> {
    Field::named(name).ok_or_else(|| FaultKind::Unknown {
        name: name.to_owned(),
        suggestion: Field::suggestion(name),
    })
}
