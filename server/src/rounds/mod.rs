//! Making a round: the same for the command line as for the pages.

pub mod dates;

use app::Translations;
use survey::condition::ConditionFault;
use survey::instrument::{self, Instrument};
use survey::text::Language;

use crate::clock::{Chance, Ids, NoChance};
use crate::mail::texts;
use crate::storage::{
    Actor, CreateRoundError, Database, MailingNumber, MailingSetup, NewRound, Planned, Round,
    RoundSetup, Selection, TemplateText, Timestamp,
};

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub key: String,
    /// The instrument's whole file.
    pub instrument: String,
    pub opens_at: Timestamp,
    /// The first moment at which nothing more is taken.
    pub closes_at: Timestamp,
    pub pilot: bool,
    /// A condition over the register; empty: every unit.
    pub selection: String,
    /// Empty: as the instrument has it.
    pub sender_name: String,
    pub sender_address: String,
    /// When the invitation goes out, then the reminders; at most five, each after the one before.
    pub mailings: Vec<Timestamp>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    pub round: Round,
    /// Units that are asked.
    pub cases: usize,
}

#[derive(Debug, thiserror::Error)]
pub enum ProposalError {
    #[error("a round's key is made of small letters, digits and hyphens, at most {MOST_OF_KEY}")]
    Key,
    #[error("the questionnaire has {0} faults; `vardenkat instrument check` tells them")]
    Instrument(usize),
    #[error("the selection cannot be used:{}", told(.0))]
    Selection(Vec<ConditionFault>),
    #[error("{0} is no e-mail address")]
    Sender(String),
    #[error("there are at most five mailings, and each comes after the one before")]
    Mailings,
    #[error("the program has no text for mailing {0}")]
    NoText(u8),
    #[error(transparent)]
    Create(#[from] CreateRoundError),
    #[error(transparent)]
    Chance(#[from] NoChance),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

const MOST_OF_KEY: usize = 64;
/// Words that stand where a key would, in the pages' addresses.
const RESERVED: [&str; 1] = ["ny"];
const LANGUAGES: [Language; 2] = [Language::Swedish, Language::English];

fn told(faults: &[ConditionFault]) -> String {
    let said: Vec<String> = faults
        .iter()
        .map(|fault| format!(" {} {}", fault.wrong, fault.right))
        .collect();
    said.concat()
}

/// Whether a text can be a round's key.
pub fn is_key(text: &str) -> bool {
    let plain = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-';
    (1..=MOST_OF_KEY).contains(&text.len())
        && text.bytes().all(plain)
        && !text.starts_with('-')
        && !RESERVED.contains(&text)
}

/// Makes a round with its cases, its mailings and what they say until somebody changes it.
pub async fn create(
    database: &Database,
    translations: Translations,
    proposal: &Proposal,
    actor: &Actor,
    now: Timestamp,
    chance: Chance,
) -> Result<Created, ProposalError> {
    if !is_key(&proposal.key) {
        return Err(ProposalError::Key);
    }
    let instrument = instrument::load(&proposal.instrument)
        .map_err(|faults| ProposalError::Instrument(faults.len()))?;
    let address = &proposal.sender_address;
    if !address.is_empty() && address.parse::<mail::Address>().is_err() {
        return Err(ProposalError::Sender(address.clone()));
    }
    let setup = RoundSetup {
        sender_name: proposal.sender_name.clone(),
        sender_address: address.clone(),
        selection: selection(database, &proposal.selection, &instrument).await?,
        mail_paused_at: None,
    };
    let mut ids = Ids::new(chance, now)?;
    let mailings = mailings(translations, &proposal.mailings, now, &mut ids)?;
    let new = NewRound {
        round: Round {
            id: ids.next_id(),
            key: proposal.key.clone(),
            instrument_key: instrument.key,
            instrument_version: instrument.version,
            opens_at: proposal.opens_at,
            closes_at: proposal.closes_at,
            pilot: proposal.pilot,
        },
        instrument_source: proposal.instrument.clone(),
    };
    let mut new_id = || ids.next_id();
    let cases = database
        .set_up_round(&new, &setup, &mailings, actor, now, &mut new_id)
        .await?;
    Ok(Created {
        round: new.round,
        cases,
    })
}

/// The selection as it is stored.
async fn selection(
    database: &Database,
    source: &str,
    instrument: &Instrument,
) -> Result<String, ProposalError> {
    if source.trim().is_empty() {
        return Ok(String::new());
    }
    let regions = database.regions().await?;
    Selection::parse(source, instrument, &regions)
        .map(|selection| selection.source().to_owned())
        .map_err(ProposalError::Selection)
}

fn mailings(
    translations: Translations,
    moments: &[Timestamp],
    now: Timestamp,
    ids: &mut Ids,
) -> Result<Vec<MailingSetup>, ProposalError> {
    let sorted = moments.is_sorted_by(|one, next| one < next);
    if moments.len() > MailingNumber::ALL.len() || !sorted {
        return Err(ProposalError::Mailings);
    }
    MailingNumber::ALL
        .into_iter()
        .zip(moments)
        .map(|(number, planned_at)| {
            let text = |language: Language| {
                let text = texts::of_mailing(translations, number, language)?;
                Some(TemplateText {
                    language: language.code().to_owned(),
                    subject: text.subject.to_owned(),
                    body: text.body.to_owned(),
                    edited_at: now,
                })
            };
            let texts: Option<Vec<_>> = LANGUAGES.into_iter().map(text).collect();
            Ok(MailingSetup {
                planned: Planned {
                    id: ids.next_id(),
                    number,
                    planned_at: *planned_at,
                },
                texts: texts.ok_or(ProposalError::NoText(number.get()))?,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_in_addresses_as_it_is() {
        for good in ["2022", "vardcentralschefer-2022", "pilot-a"] {
            assert!(is_key(good), "{good}");
        }
        for bad in ["", "ny", "-a", "Vår", "a/b", "a b", &"a".repeat(65)] {
            assert!(!is_key(bad), "{bad}");
        }
    }
}
