//! One centre's answer.

use std::sync::Arc;

use app::{
    fill,
    staff::{
        Role,
        cleaning::{
            CaseForm, CasePage, Earlier as EarlierShown, ListFilter, Next, PLACE, Preview, Stale,
            VALUE,
        },
        form::Fault,
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use survey::{
    answers::read_number,
    dictionary::Dictionary,
    instrument::{Instrument, RegisterKind},
    statistics::{Amounts, Unit},
};

use super::{
    AskedCase,
    intent::OwnValues,
    ranking::{Onward, OpenQuestions, scope},
    shown,
};
use crate::{
    cleaning,
    storage::Edition,
    web::staff::{Asked as Address, Reader, StaffVisit},
};

pub(super) async fn show(
    reader: Reader,
    Path(path): Path<(String, String)>,
    address: Address,
) -> Response {
    let asked = match reader.case_asked(&path).await {
        Ok(asked) => asked,
        Err(response) => return response,
    };
    let words = &reader.frame().words.cleaning;
    let told = match address.text("gjort") {
        "beslut" => Some(match address.text("antal").parse::<usize>() {
            Ok(count) if count > 1 => {
                fill(&words.decided_told_many, &[("count", &count.to_string())])
            }
            _ => words.decided_told.clone(),
        }),
        "angrat" => Some(words.undone_told.clone()),
        "brev" => Some(words.letter_told.clone()),
        _ => None,
    };
    let said = Said {
        told,
        ..Said::of(&address)
    };
    reader.case_page(&asked, StatusCode::OK, said).await
}

/// What became of a form, for the page that is shown after it.
#[derive(Default)]
pub(super) struct Said {
    pub told: Option<String>,
    /// The variable that a value of the editor's own is for.
    pub value: String,
    pub form: Option<CaseForm>,
    pub own: Vec<OwnValues>,
    pub faults: Vec<Fault>,
    /// The edition that the editor saw, where it is not the last any more, and what was chosen then.
    pub seen: Option<(Edition, Vec<String>)>,
    /// What was wanted then was to take a decision back.
    pub undoing: bool,
    /// The list that the editor came from.
    pub list: ListFilter,
    /// Where on it the case stood, from 1, where the address says so.
    pub place: Option<usize>,
}

impl Said {
    /// What the address says.
    pub fn of(address: &Address) -> Self {
        Self {
            value: address.text(VALUE).to_owned(),
            list: ListFilter::read(|name| address.text(name)),
            place: address.text(PLACE).parse().ok(),
            ..Self::default()
        }
    }
}

/// What an earlier round came to, with the questionnaire that it asked.
struct Before {
    round: String,
    instrument: Arc<Instrument>,
    edition: Edition,
}

impl StaffVisit {
    pub(super) async fn case_page(
        &self,
        asked: &AskedCase,
        status: StatusCode,
        said: Said,
    ) -> Response {
        match self.case_html(asked, said).await {
            Ok(html) => self.page_with(status, html),
            Err(response) => response,
        }
    }

    async fn case_html(&self, asked: &AskedCase, said: Said) -> Result<String, Response> {
        let AskedCase {
            round,
            ready,
            case,
            edition,
        } = asked;
        let database = &self.world.shared.database;
        let broken = |error| self.broken(&error);
        let snapshot = database.snapshot(edition.submission_id).await;
        let snapshot = snapshot
            .map_err(broken)?
            .map_or_else(|| "[]".to_owned(), |snapshot| snapshot.snapshot);
        let raw = cleaning::raw(&ready.instrument, &snapshot, &edition.known)
            .map_err(|error| self.broken(&error))?;
        let (editions, letters) = tokio::join!(
            database.editions_to_review(round.id),
            database.letters_about(case.case_id),
        );
        let open = OpenQuestions::of(ready, editions.map_err(broken)?, scope(&said.list));
        let unit = Unit {
            region: &case.region,
            amounts: &Amounts::of(&edition.cleaned.values),
            queries: &edition.cleaned.queries,
        };
        let before = self.before(asked).await?;
        let earlier: Vec<EarlierShown<'_>> = before
            .iter()
            .map(|one| EarlierShown {
                round: &one.round,
                instrument: &one.instrument,
                cleaned: &one.edition.cleaned,
            })
            .collect();
        let dictionary = Dictionary::of(&ready.instrument);
        let returned = &edition.cleaned.unfit;
        let decisions = shown::lines(self, ready, &dictionary, &case.decisions, returned);
        let stale = said.seen.map(|(seen, chosen)| Stale {
            chosen,
            undoing: said.undoing,
            decisions: decisions
                .iter()
                .filter(|line| line.number > seen.decided)
                .cloned()
                .collect(),
            submitted_again: seen.submission_id != edition.submission_id,
        });
        let letters: Vec<String> = letters
            .map_err(broken)?
            .into_iter()
            .map(|(at, _)| self.moment(at))
            .collect();
        let onward = open.onward(&said.list, &case.unit_key, said.place);
        let previews: Vec<Preview> = said
            .own
            .iter()
            .map(|own| shown::preview(self, ready, &open, &unit, own))
            .collect();
        Ok(CasePage {
            frame: &self.frame(),
            round: &round.key,
            unit_key: &case.unit_key,
            unit_name: &case.unit_name,
            region: &case.region,
            submitted: &self.moment(case.submitted_at),
            reopened: case.reopened,
            edition: edition.number,
            cleaned_at: &self.moment(edition.at),
            version: &ready.rules.version,
            instrument: &ready.instrument,
            dictionary: &dictionary,
            rules: &ready.rules,
            raw: &raw,
            cleaned: &edition.cleaned,
            register: &self.register_facts(&ready.instrument, edition),
            effects: &shown::effects_of(self, &open, &unit, &edition.cleaned.queries),
            earlier: &earlier,
            decisions: &decisions,
            letters: &letters,
            may_decide: self.staff.role >= Role::Analyst,
            value: &said.value,
            form: said.form.as_ref(),
            previews: &previews,
            faults: &said.faults,
            stale: stale.as_ref(),
            told: said.told.as_deref(),
            list: &said.list,
            place: onward.place,
            next: next(&onward),
        }
        .html())
    }

    /// The register's facts as labels and values.
    fn register_facts(&self, instrument: &Instrument, edition: &Edition) -> Vec<(String, String)> {
        instrument
            .register
            .iter()
            .filter_map(|field| {
                let text = edition.known.register.get(&field.key)?;
                let value = match &field.kind {
                    RegisterKind::Class(values) => values
                        .iter()
                        .find(|value| value.key == *text)
                        .map_or(text.as_str(), |value| value.label.get(self.language))
                        .to_owned(),
                    RegisterKind::Number => read_number(text, false)
                        .map_or_else(|_| text.clone(), |number| shown::number(self, number)),
                };
                Some((field.label.get(self.language).to_owned(), value))
            })
            .collect()
    }

    async fn before(&self, asked: &AskedCase) -> Result<Vec<Before>, Response> {
        let database = &self.world.shared.database;
        let found = database
            .earlier_editions(asked.case.unit_id, asked.round.id)
            .await
            .map_err(|error| self.broken(&error))?;
        let mut before = Vec::new();
        for (key, edition) in found {
            let round = database.round(&key).await;
            let Some(round) = round.map_err(|error| self.broken(&error))? else {
                continue;
            };
            match self.world.instrument(round.id).await {
                Ok(instrument) => before.push(Before {
                    round: key,
                    instrument,
                    edition,
                }),
                // What an old round asked may be beyond this version of the program; the new one is reviewed all the same.
                Err(error) => {
                    tracing::warn!(%error, round = key, "an earlier round cannot be shown");
                }
            }
        }
        Ok(before)
    }
}

fn next(onward: &Onward<'_>) -> Next {
    match onward.next {
        Some((place, next)) => Next::Case {
            unit_key: next.edition.unit_key.clone(),
            unit_name: next.edition.unit_name.clone(),
            place,
            query: next.query.id.clone(),
        },
        None if onward.is_empty => Next::Nothing,
        None => Next::Last,
    }
}
