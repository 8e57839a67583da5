//! What a mailing says: its texts, a preview, a test.

use ::mail::{
    Field, Template,
    template::{Fault as TextFault, FaultKind, Part, Purpose},
};
use app::{
    fill,
    staff::{
        Role,
        form::Fault,
        rounds::{FieldLine, LetterForm, LetterPage, Preview, TextForm, mailing_path},
    },
};
use axum::{extract::Path, http::StatusCode, response::Response};
use survey::text::Language;

use super::{or_broken, or_response, said, typed};
use crate::{
    mail::{
        Destination, plan, preview,
        versions::{self, Version},
    },
    storage::{Candidate, Mailing, MessageKind, NewMessage, Round, TemplateText},
    web::staff::{Administrator, Asked, Posted, Reader, StaffVisit},
};

/// What letters to chiefs may use; a section and a receipt belong to other letters.
const FIELDS: [(Field, &str); 7] = [
    (Field::Unit, "unit"),
    (Field::Link, "link"),
    (Field::LastDay, "last_day"),
    (Field::Recipient, "recipient"),
    (Field::Sender, "sender"),
    (Field::Region, "region"),
    (Field::Round, "round"),
];
const LANGUAGES: [Language; 2] = [Language::Swedish, Language::English];

/// What became of a form, for the page that is shown after it.
#[derive(Default)]
struct After {
    preview: Option<Preview>,
    told: Option<String>,
    faults: Vec<Fault>,
}

pub(super) async fn show(
    reader: Reader,
    Path(address): Path<(String, String)>,
    asked: Asked,
) -> Response {
    let (round, mailing) = or_response!(reader.mailing_named(&address).await);
    let form = or_broken!(reader, reader.saved_texts(&mailing).await);
    let words = reader.round_words();
    let told = match asked.text("gjort") {
        "sparat" => Some(words.letter_saved.clone()),
        "prov" => Some(fill(&words.test_sent, &[("to", &reader.staff.email)])),
        _ => None,
    };
    let after = After {
        told,
        ..After::default()
    };
    reader.page(reader.letter_page(&round, &mailing, form, after))
}

/// Saves the texts, or only shows them.
pub(super) async fn save(
    reader: Reader,
    Path(address): Path<(String, String)>,
    posted: Posted,
) -> Response {
    let (round, mailing) = or_response!(reader.mailing_named(&address).await);
    let text = |code: &str| TextForm {
        subject: typed(&posted, &format!("amne-{code}")),
        body: typed(&posted, &format!("text-{code}")).replace("\r\n", "\n"),
    };
    let form = LetterForm {
        swedish: text("sv"),
        english: text("en"),
        unit: typed(&posted, "enhet"),
    };
    let faults = reader.letter_faults(&form);
    if !faults.is_empty() {
        let after = After {
            faults,
            ..After::default()
        };
        let html = reader.letter_page(&round, &mailing, form, after);
        return reader.page_with(StatusCode::UNPROCESSABLE_ENTITY, html);
    }
    if posted.text("gor") == "visa" {
        let after = or_broken!(reader, reader.previewed(&round, &mailing, &form).await);
        let status = if after.faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        return reader.page_with(status, reader.letter_page(&round, &mailing, form, after));
    }
    if reader.staff.role < Role::Administrator {
        return reader.notice(StatusCode::FORBIDDEN, app::staff::StaffNotice::Forbidden);
    }
    let template = |language: Language, text: &TextForm| TemplateText {
        language: language.code().to_owned(),
        subject: text.subject.clone(),
        body: text.body.clone(),
        edited_at: reader.now,
    };
    let texts = [
        template(Language::Swedish, &form.swedish),
        template(Language::English, &form.english),
    ];
    let line = or_broken!(reader, reader.new_id());
    let database = &reader.world.shared.database;
    let done = database
        .save_templates(mailing.id, &texts, &reader.actor(), reader.now, line)
        .await;
    or_broken!(reader, done);
    let here = mailing_path(&round.key, mailing.number.get());
    reader.go(&format!("{here}?gjort=sparat"))
}

/// Sends the saved text to whoever asks.
pub(super) async fn test(boss: Administrator, Path(address): Path<(String, String)>) -> Response {
    let (round, mailing) = or_response!(boss.mailing_named(&address).await);
    let shared = &boss.world.shared;
    let database = &shared.database;
    let form = or_broken!(boss, boss.saved_texts(&mailing).await);
    let Ok(recipient) = boss.staff.email.parse() else {
        return boss.bad();
    };
    let (first, others) = written(&form);
    let candidates = or_broken!(boss, database.candidates(&mailing, boss.now).await);
    let message = NewMessage {
        id: or_broken!(boss, boss.new_id()),
        kind: MessageKind::Test,
        round_id: Some(round.id),
        mailing_id: None,
        case_id: candidates.first().map(|candidate| candidate.case_id),
        contact_id: None,
        link_id: None,
        language: first.language.code().to_owned(),
        recipient,
        text: Some(versions::kept(first, &others)),
        due_at: boss.now,
    };
    or_broken!(boss, database.enqueue(&[message], boss.now).await);
    let detail = serde_json::json!({ "number": mailing.number.get() });
    or_broken!(boss, boss.note("mailing.tested", &round.key, &detail).await);
    shared.mail.wake.wake();
    let here = mailing_path(&round.key, mailing.number.get());
    boss.go(&format!("{here}?gjort=prov"))
}

/// The languages that a letter is written in, the survey's own first.
fn written(form: &LetterForm) -> (Version<'_>, Vec<Version<'_>>) {
    fn version(language: Language, text: &TextForm) -> Version<'_> {
        Version {
            language,
            subject: &text.subject,
            body: &text.body,
        }
    }
    let english = (!form.english.is_empty()).then(|| version(Language::English, &form.english));
    let swedish = version(Language::Swedish, &form.swedish);
    (swedish, english.into_iter().collect())
}

impl StaffVisit {
    async fn saved_texts(&self, mailing: &Mailing) -> Result<LetterForm, sqlx::Error> {
        let templates = self.world.shared.database.templates(mailing.id).await?;
        let text = |language: Language| {
            let text = templates
                .iter()
                .find(|text| text.language == language.code());
            text.map(|text| TextForm {
                subject: text.subject.clone(),
                body: text.body.clone(),
            })
            .unwrap_or_default()
        };
        Ok(LetterForm {
            swedish: text(Language::Swedish),
            english: text(Language::English),
            unit: String::new(),
        })
    }

    fn letter_page(
        &self,
        round: &Round,
        mailing: &Mailing,
        form: LetterForm,
        after: After,
    ) -> String {
        let words = self.round_words();
        let frame = self.frame();
        let sends = self.world.shared.mail.destination != Destination::Nowhere;
        LetterPage {
            frame: &frame,
            key: &round.key,
            number: mailing.number.get(),
            pilot: round.pilot,
            started: mailing.started_at.is_some(),
            form,
            fields: FIELDS
                .into_iter()
                .map(|(field, key)| FieldLine {
                    names: field.names().to_vec(),
                    meaning: said(&words.fields, key).to_owned(),
                })
                .collect(),
            preview: after.preview,
            may_change: self.staff.role >= Role::Administrator,
            test_to: sends.then_some(self.staff.email.as_str()),
            told: after.told,
            faults: after.faults,
        }
        .html()
    }

    /// Every fault of both texts, at its field.
    fn letter_faults(&self, form: &LetterForm) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (language, text) in LANGUAGES.into_iter().zip([&form.swedish, &form.english]) {
            // A letter may be in Swedish alone.
            if language != Language::Swedish && text.is_empty() {
                continue;
            }
            let checked = Template::check(&text.subject, &text.body, Purpose::Mailing);
            for fault in checked.err().unwrap_or_default() {
                let part = match fault.part {
                    Part::Subject => "amne",
                    Part::Body => "text",
                };
                let field = format!("{part}-{}", language.code());
                faults.push(Fault::new(field, self.text_fault(&fault)));
            }
        }
        faults
    }

    pub(in crate::web::staff) fn text_fault(&self, fault: &TextFault) -> String {
        let words = self.round_words();
        let plain = |key: &str| said(&words.letter_faults, key).to_owned();
        let said = match &fault.kind {
            FaultKind::Unknown { name, suggestion } => {
                let unknown = fill(&plain("unknown"), &[("name", name)]);
                match suggestion {
                    Some(meant) => {
                        let meant = fill(&plain("suggestion"), &[("name", meant)]);
                        format!("{unknown} {meant}")
                    }
                    None => unknown,
                }
            }
            FaultKind::TooLong(count) => fill(&plain("too_long"), &[("count", &count.to_string())]),
            FaultKind::Unclosed => plain("unclosed"),
            FaultKind::Stray => plain("stray"),
            FaultKind::Control => plain("control"),
            FaultKind::Empty => plain("empty"),
            FaultKind::Lines => plain("lines"),
            FaultKind::NoLink => plain("no_link"),
            FaultKind::LinkInSubject => plain("link_in_subject"),
        };
        let place = fault.place.map(|place| {
            let (line, column) = (place.line.to_string(), place.column.to_string());
            fill(&words.at_place, &[("line", &line), ("column", &column)])
        });
        format!("{}{said}", place.unwrap_or_default())
    }

    async fn previewed(
        &self,
        round: &Round,
        mailing: &Mailing,
        form: &LetterForm,
    ) -> Result<After, sqlx::Error> {
        let shared = &self.world.shared;
        let candidates = shared.database.candidates(mailing, self.now).await?;
        let Some(candidate) = chosen(&candidates, &form.unit, mailing, round, self) else {
            let text = fill(&self.round_words().preview_missing, &[("unit", &form.unit)]);
            return Ok(After {
                faults: vec![Fault::new("enhet", text)],
                ..After::default()
            });
        };
        let (first, others) = written(form);
        let setup = shared.database.round_setup(round.id).await?;
        let composer = &shared.mail.composer;
        let instrument = composer
            .instrument(&shared.database, Some(round.id))
            .await?;
        let dispatch = preview::dispatch(
            round,
            &setup.unwrap_or_default(),
            mailing,
            candidate,
            (first, &others),
            self.now,
        );
        // The texts have been checked: nothing is left that could be missing.
        let rendered = composer.render(&dispatch, instrument.as_deref()).ok();
        Ok(After {
            preview: rendered.map(|rendered| Preview {
                unit: candidate.unit_name.clone(),
                to: dispatch.recipient,
                language: first.language.code(),
                subject: rendered.subject.to_string(),
                parts: rendered
                    .parts
                    .into_iter()
                    .map(|part| (part.language, part.text))
                    .collect(),
            }),
            ..After::default()
        })
    }
}

/// By key, or else by a part of the name; where nothing was asked for, the first that gets the letter.
fn chosen<'c>(
    candidates: &'c [Candidate],
    asked: &str,
    mailing: &Mailing,
    round: &Round,
    visit: &StaffVisit,
) -> Option<&'c Candidate> {
    if asked.is_empty() {
        let lines = plan::plan(mailing, round, candidates, visit.now);
        let first = lines.iter().find(|line| line.gets());
        return first.map(|line| line.candidate).or(candidates.first());
    }
    let asked = asked.to_lowercase();
    let by_key = candidates
        .iter()
        .find(|candidate| candidate.unit_key.to_lowercase() == asked);
    by_key.or_else(|| {
        candidates
            .iter()
            .find(|candidate| candidate.unit_name.to_lowercase().contains(&asked))
    })
}
