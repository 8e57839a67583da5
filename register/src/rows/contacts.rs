//! The persons of a row.

use crate::{
    field::Field,
    plain::tidy,
    unit::{Contact, Unit},
    values::{Email, read_addresses},
};

use super::{Problem, reading::Cells};

impl Cells<'_, '_> {
    /// Fills chief and local head; the answer is the addresses in the chief's cell besides the first.
    pub fn contacts(&mut self, unit: &mut Unit) -> Vec<Email> {
        let empty = self.is_empty(&Field::ChiefEmail);
        let (chief_email, further) = self.emails(&Field::ChiefEmail);
        let (local_email, _) = self.emails(&Field::LocalHeadEmail);
        unit.chief = self.contact(&Field::ChiefName, chief_email);
        if unit.chief.name.is_empty() {
            let given = self.told(&Field::ChiefGivenName).unwrap_or_default();
            let family = self.told(&Field::ChiefFamilyName).unwrap_or_default();
            unit.chief.name = tidy(&format!("{given} {family}"));
        }
        unit.local_head = self.contact(&Field::LocalHeadName, local_email);
        let lacking = unit.chief.email.is_none() && unit.local_head.email.is_none();
        if lacking && empty && !unit.branch {
            self.fault(&Field::ChiefEmail, Problem::ChiefEmailMissing);
        }
        further
    }

    /// A name cell that holds an address too gives it, where no column of its own does.
    fn contact(&mut self, field: &Field, email: Option<Email>) -> Contact {
        let Some(cell) = self.cell(field) else {
            return Contact {
                name: String::new(),
                email,
            };
        };
        if !cell.contains('@') {
            return Contact {
                name: tidy(cell),
                email,
            };
        }
        let name: Vec<&str> = cell
            .split_whitespace()
            .filter(|word| !word.contains('@'))
            .collect();
        Contact {
            name: tidy(&name.join(" ")),
            email: email.or_else(|| read_addresses(cell).valid.into_iter().next()),
        }
    }

    fn emails(&mut self, field: &Field) -> (Option<Email>, Vec<Email>) {
        let Some(cell) = self.cell(field) else {
            return (None, Vec::new());
        };
        let found = read_addresses(cell);
        for invalid in found.invalid {
            let problem = match with_plain_letters(&invalid) {
                Some(suggestion) => Problem::EmailLetters {
                    suggestion: suggestion.to_string(),
                },
                None => Problem::EmailInvalid,
            };
            self.fault_of(field, &invalid, problem);
        }
        let mut valid = found.valid.into_iter();
        let first = valid.next();
        let further: Vec<Email> = valid.collect();
        if let Some(first) = &first {
            if !further.is_empty() {
                self.fault(
                    field,
                    Problem::SeveralEmails {
                        taken: first.to_string(),
                        others: further.iter().map(Email::to_string).collect(),
                    },
                );
            } else if found.mended && !cell.eq_ignore_ascii_case(first.as_str()) {
                self.fault(
                    field,
                    Problem::EmailMended {
                        email: first.to_string(),
                    },
                );
            }
        }
        (first, further)
    }
}

/// `åsa.öberg@…` → `asa.oberg@…`, if that is all that is wrong.
fn with_plain_letters(text: &str) -> Option<Email> {
    if text.is_ascii() {
        return None;
    }
    let letters: String = text
        .chars()
        .flat_map(|c| {
            let plain = if c.is_alphabetic() {
                crate::plain::plain(c.encode_utf8(&mut [0; 4]))
            } else {
                c.to_string()
            };
            plain.chars().collect::<Vec<char>>()
        })
        .collect();
    read_addresses(&letters).valid.into_iter().next()
}
