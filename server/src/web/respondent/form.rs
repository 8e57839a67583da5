//! A posted form, read strictly: UTF-8, each field once, none that the page did not have.

use std::{collections::BTreeMap, str::FromStr};

use app::reason_field;
use percent_encoding::percent_decode_str;
use survey::{
    checks::Finding,
    instrument::{Variable, VariableKind},
    route::{Page, Route, variables_of},
};
use uuid::Uuid;

use super::visit::Visit;
use crate::storage::{RevisionNumber, StoredText, StoredTextError};

/// Why a form cannot be taken. Nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::web) enum FormError {
    #[error("the form is not UTF-8")]
    Encoding,
    #[error("the field {0} came twice")]
    Twice(String),
    #[error("the page has no field {0}")]
    Unknown(String),
    #[error("the form does not say which page it was")]
    NoPage,
    #[error(transparent)]
    Text(#[from] StoredTextError),
}

/// Reads `name=value&…` into its fields.
pub(in crate::web) fn fields(body: &[u8]) -> Result<BTreeMap<String, String>, FormError> {
    let body = std::str::from_utf8(body).map_err(|_| FormError::Encoding)?;
    let mut fields = BTreeMap::new();
    for pair in body.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decode(name)?, decode(value)?);
        if fields.insert(name.clone(), value).is_some() {
            return Err(FormError::Twice(name));
        }
    }
    Ok(fields)
}

fn decode(text: &str) -> Result<String, FormError> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced)
        .decode_utf8()
        .map_err(|_| FormError::Encoding)?;
    // Browsers send line breaks as CR LF; the page shows and saves them as LF.
    Ok(decoded.replace("\r\n", "\n"))
}

/// A page of questions as posted.
#[derive(Debug)]
pub(super) struct SectionForm {
    /// Names the page that was open.
    pub page: Uuid,
    pub base: RevisionNumber,
    pub typed: Vec<(String, String)>,
    /// Soft checks that the page had shown.
    pub seen: Vec<String>,
    /// The button that was pressed.
    pub button: String,
    /// Reasons for "Stämmer", by their fields' names.
    pub reasons: BTreeMap<String, StoredText>,
}

/// The variables that stand on a page.
pub(super) fn variables_on<'v>(
    visit: &'v Visit,
    route: &Route<'v>,
    page: &Page<'v>,
) -> Vec<&'v Variable> {
    let Some(section) = route
        .sections
        .iter()
        .find(|section| section.pages.iter().any(|other| std::ptr::eq(other, page)))
    else {
        return Vec::new();
    };
    page.questions
        .iter()
        .filter_map(|routed| {
            section
                .section
                .questions
                .iter()
                .position(|question| std::ptr::eq(question, routed.question))
        })
        .flat_map(|place| variables_of(&visit.instrument, section.index, place))
        .collect()
}

impl SectionForm {
    pub fn read(body: &[u8], variables: &[&Variable]) -> Result<Self, FormError> {
        let mut fields = fields(body)?;
        let page = fields
            .remove("page")
            .and_then(|page| Uuid::from_str(&page).ok())
            .ok_or(FormError::NoPage)?;
        let base = fields
            .remove("base")
            .and_then(|base| base.parse().ok())
            .ok_or(FormError::NoPage)?;
        let seen = fields
            .remove("seen")
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect();
        let button = fields.remove("do").unwrap_or_default();
        let mut typed = Vec::new();
        for variable in variables {
            match fields.remove(&variable.key) {
                Some(text) => typed.push((variable.key.clone(), text)),
                // A box or a choice that is not ticked is not sent at all.
                None if matches!(
                    variable.kind,
                    VariableKind::Flag | VariableKind::Absent | VariableKind::Choice(_)
                ) =>
                {
                    typed.push((variable.key.clone(), String::new()));
                }
                None => {}
            }
        }
        let reasons = fields
            .extract_if(.., |name, _| is_reason(name, variables))
            .map(|(name, reason)| Ok((name, StoredText::new(reason)?)))
            .collect::<Result<_, FormError>>()?;
        match fields.into_keys().next() {
            Some(unknown) => Err(FormError::Unknown(unknown)),
            None => Ok(Self {
                page,
                base,
                typed,
                seen,
                button,
                reasons,
            }),
        }
    }
}

impl SectionForm {
    /// The reason that was written for standing by what the finding is about.
    pub fn reason(&self, finding: &Finding) -> Option<&StoredText> {
        self.reasons
            .get(&reason_field(finding.matter.rule(), finding.anchor()))
            .filter(|reason| !reason.as_str().trim().is_empty())
    }
}

/// Whether this is the field for a reason at one of the page's own fields.
fn is_reason(name: &str, variables: &[&Variable]) -> bool {
    name.strip_prefix("reason:")
        .and_then(|rest| rest.split_once(':'))
        .is_some_and(|(_, anchor)| variables.iter().any(|variable| variable.key == anchor))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_and_line_breaks_arrive_as_typed() {
        let fields = fields(b"a=%C3%A5+b&c=1%0D%0A2").unwrap();
        assert_eq!(fields["a"], "å b");
        assert_eq!(fields["c"], "1\n2");
    }

    #[test]
    fn latin_1_is_refused_rather_than_mangled() {
        assert_eq!(fields(b"a=%E5"), Err(FormError::Encoding));
        assert_eq!(fields(b"a=\xe5"), Err(FormError::Encoding));
    }

    #[test]
    fn a_field_that_comes_twice_is_refused() {
        assert_eq!(fields(b"a=1&a=2"), Err(FormError::Twice("a".to_owned())));
    }

    #[test]
    fn a_field_that_the_page_did_not_have_is_refused() {
        let body = b"page=00000000-0000-0000-0000-000000000001&base=0&stranger=1";
        assert_eq!(
            SectionForm::read(body, &[]).unwrap_err(),
            FormError::Unknown("stranger".to_owned())
        );
    }

    proptest! {
        #[test]
        fn no_body_whatever_makes_it_panic(body: Vec<u8>) {
            let _ = SectionForm::read(&body, &[]);
        }
    }
}
