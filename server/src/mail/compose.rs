//! What a letter says, made at the moment of sending: the personal link is in no table.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use app::Translations;
use mail::template::{self, Dress, Fault, Purpose};
use mail::{
    Address, Correspondent, Dkim, HeaderText, Letter, LetterError, MessageId, Rendered, Sealed,
    Template, Values,
};
use survey::instrument::{self, Instrument};
use survey::text::Language;
use uuid::Uuid;

use super::versions;
use crate::clock::in_sweden;
use crate::links::{Secret, Token};
use crate::storage::{Database, Dispatch, MessageKind, Timestamp};

/// The survey's public address, like `https://enkat.example.se`, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the survey's public address looks like https://enkat.example.se")]
pub struct OriginError;

/// Who writes.
#[derive(Clone, Debug, Default)]
pub struct Sender {
    /// In place of the round's address, where the mail server sends for one address only. The round's is then
    /// where answers go.
    pub from: Option<Address>,
    /// Where mail servers report what became of letters; the one who writes, where none.
    pub return_path: Option<Address>,
    pub dkim: Option<Dkim>,
}

/// Writes letters.
#[derive(Clone)]
pub struct Composer {
    shared: Arc<Shared>,
}

struct Shared {
    secret: Secret,
    origin: Origin,
    sender: Sender,
    translations: Translations,
    /// Each round's instrument, read once; none where it cannot be read.
    instruments: Mutex<HashMap<Uuid, Option<Arc<Instrument>>>>,
}

/// Why there is no letter. All of it is for an administrator to mend.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    #[error("the recipient's address is none: {0}")]
    Recipient(mail::AddressError),
    #[error("the round has no sender's address")]
    NoSender,
    #[error("the message has no text")]
    NoText,
    #[error("the text has {} faults", .0.len())]
    Text(Vec<Fault>),
    #[error(transparent)]
    Letter(#[from] LetterError),
}

impl Origin {
    /// This machine, where nothing else was told.
    pub fn local() -> Self {
        Self("http://127.0.0.1:3000".to_owned())
    }

    /// A server without a proxy before it.
    pub fn of(address: SocketAddr) -> Self {
        Self(format!("http://{address}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The personal address that a link is reached by.
    pub fn link(&self, secret: &Secret, link: Uuid) -> String {
        format!("{}/svara/{}", self.0, Token::issue(secret, link).as_str())
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let origin = text.trim().trim_end_matches('/');
        let host = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"))
            .ok_or(OriginError)?;
        let plain = |sign: char| sign.is_ascii_graphic() && !"\"'<>?#@\\".contains(sign);
        if host.is_empty() || !host.chars().all(plain) {
            return Err(OriginError);
        }
        Ok(Self(origin.to_owned()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Composer {
    pub fn new(secret: Secret, origin: Origin, sender: Sender, translations: Translations) -> Self {
        Self {
            shared: Arc::new(Shared {
                secret,
                origin,
                sender,
                translations,
                instruments: Mutex::default(),
            }),
        }
    }

    pub fn origin(&self) -> &Origin {
        &self.shared.origin
    }

    /// The letter, sealed, with its subject.
    pub fn compose(
        &self,
        dispatch: &Dispatch,
        instrument: Option<&Instrument>,
    ) -> Result<(HeaderText, Sealed), ComposeError> {
        let sender = &self.shared.sender;
        let to: Address = dispatch
            .recipient
            .parse()
            .map_err(ComposeError::Recipient)?;
        let of_round = address_of(dispatch, instrument);
        let from = sender.from.clone().or_else(|| of_round.clone());
        let from = from.ok_or(ComposeError::NoSender)?;
        let name = name_of(dispatch, instrument, language(&dispatch.language));
        let name = HeaderText::clean(&name);
        let named = |address: Address| Correspondent {
            name: name.clone(),
            address,
        };
        let rendered = self.render(dispatch, instrument)?;
        let text = rendered.text();
        let letter = Letter {
            message_id: MessageId::new(dispatch.id, &from),
            date: system_time(dispatch.queued_at),
            return_path: sender.return_path.clone().unwrap_or_else(|| from.clone()),
            reply_to: of_round.filter(|address| *address != from).map(&named),
            from: named(from),
            to: Correspondent {
                name: HeaderText::clean(dispatch.contact_name.as_deref().unwrap_or_default()),
                address: to,
            },
            language: HeaderText::clean(&languages(dispatch)),
            subject: rendered.subject.clone(),
            text,
            html: rendered.html,
        };
        let sealed = letter.seal(sender.dkim.as_ref())?;
        Ok((rendered.subject, sealed))
    }

    /// What the letter says, in every language that it is written in.
    pub fn render(
        &self,
        dispatch: &Dispatch,
        instrument: Option<&Instrument>,
    ) -> Result<Rendered, ComposeError> {
        let written = versions::of(dispatch)
            .into_iter()
            .enumerate()
            .map(|(place, version)| {
                let language = version.language;
                let template = Template::check(version.subject, version.body, Purpose::Letter)
                    .map_err(ComposeError::Text)?;
                let mut values = self.values(dispatch, instrument, language);
                // Whoever reads another language than the pages have by themselves is led to pages in it.
                let led = place > 0 || language != Language::default();
                if led && !values.link.is_empty() {
                    values.link = format!("{}?sprak={}", values.link, language.code());
                }
                Ok((language, template, values))
            })
            .collect::<Result<Vec<_>, ComposeError>>()?;
        let versions: Vec<template::Version<'_>> = written
            .iter()
            .map(|(language, template, values)| template::Version {
                template,
                values,
                dress: self.dress(*language),
            })
            .collect();
        let (first, others) = versions.split_first().ok_or(ComposeError::NoText)?;
        let mut rendered = template::render(*first, others);
        rendered.subject = self.marked(dispatch, &rendered.subject);
        Ok(rendered)
    }

    /// The subject, with what the recipient must know before reading: that it is a rehearsal, or a trial of the text.
    fn marked(&self, dispatch: &Dispatch, subject: &HeaderText) -> HeaderText {
        let words = &self
            .shared
            .translations
            .staff(language(&dispatch.language))
            .letters;
        let mark = |is: bool, mark| if is { mark } else { "" };
        HeaderText::clean(&format!(
            "{}{}{subject}",
            mark(dispatch.kind == MessageKind::Test, words.test.as_str()),
            mark(dispatch.pilot == Some(true), words.pilot.as_str()),
        ))
    }

    /// What stands around the text of a letter in this language.
    fn dress(&self, language: Language) -> Dress<'static> {
        let letters = &self.shared.translations.staff(language).letters;
        Dress {
            language: language.code(),
            button: &letters.button,
            below: &letters.below,
        }
    }

    fn values(
        &self,
        dispatch: &Dispatch,
        instrument: Option<&Instrument>,
        language: Language,
    ) -> Values {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let section = dispatch.link_section.as_ref().and_then(|key| {
            let sections = &instrument?.sections;
            let section = sections.iter().find(|section| section.key == *key)?;
            Some(section.title.get(language).to_owned())
        });
        Values {
            unit: text(&dispatch.unit_name),
            link: dispatch
                .link_id
                .or_else(|| (dispatch.kind == MessageKind::Test).then(Uuid::nil))
                .map(|link| self.shared.origin.link(&self.shared.secret, link))
                .unwrap_or_default(),
            last_day: dispatch
                .closes_at
                .map(|closes_at| self.last_day(closes_at, language))
                .unwrap_or_default(),
            recipient: text(&dispatch.contact_name),
            sender: name_of(dispatch, instrument, language),
            region: text(&dispatch.region),
            round: instrument
                .map(|instrument| instrument.title.get(language).to_owned())
                .or_else(|| dispatch.round_key.clone())
                .unwrap_or_default(),
            section: section.unwrap_or_default(),
            receipt: String::new(),
        }
    }

    /// The last day on which answers are taken, as people write it.
    pub fn last_day(&self, closes_at: Timestamp, language: Language) -> String {
        let last = in_sweden(closes_at.before(Duration::from_millis(1)));
        let words = self.shared.translations.of(language);
        words.date(last.year(), last.month(), last.day())
    }

    /// The instrument of the message's round.
    pub async fn instrument(
        &self,
        database: &Database,
        round: Option<Uuid>,
    ) -> Result<Option<Arc<Instrument>>, sqlx::Error> {
        let Some(round) = round else {
            return Ok(None);
        };
        let known = |shared: &Shared| {
            let instruments = shared.instruments.lock();
            instruments
                .unwrap_or_else(PoisonError::into_inner)
                .get(&round)
                .cloned()
        };
        if let Some(known) = known(&self.shared) {
            return Ok(known);
        }
        let source = database.instrument_source(round).await?;
        let read = source.and_then(|source| instrument::load(&source).ok().map(Arc::new));
        let instruments = self.shared.instruments.lock();
        instruments
            .unwrap_or_else(PoisonError::into_inner)
            .insert(round, read.clone());
        Ok(read)
    }
}

/// The round's own sender, or else the organisation that the instrument names.
fn address_of(dispatch: &Dispatch, instrument: Option<&Instrument>) -> Option<Address> {
    let read = |address: &str| address.parse().ok();
    let of_round = dispatch.sender_address.as_deref().and_then(read);
    of_round.or_else(|| read(&instrument?.sender.email))
}

fn name_of(dispatch: &Dispatch, instrument: Option<&Instrument>, language: Language) -> String {
    let of_round = dispatch.sender_name.clone().filter(|name| !name.is_empty());
    of_round
        .or_else(|| Some(instrument?.sender.name.get(language).to_owned()))
        .unwrap_or_default()
}

/// As the header has them: `sv, en`.
fn languages(dispatch: &Dispatch) -> String {
    let codes: Vec<&str> = versions::of(dispatch)
        .iter()
        .map(|version| version.language.code())
        .collect();
    codes.join(", ")
}

/// The survey's own language, where the message's is none that it has.
fn language(code: &str) -> Language {
    Language::from_code(code).unwrap_or_default()
}

fn system_time(moment: Timestamp) -> SystemTime {
    let millis = u64::try_from(moment.millis()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}
