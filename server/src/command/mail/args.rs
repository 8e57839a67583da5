use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use app::Translations;
use clap::{Args, ValueEnum};
use mail::{Address, Dkim, Smtp, SmtpSettings};

use crate::clock::{Chance, Clock};
use crate::links::Secret;
use crate::mail::{
    Composer, Desk, Origin, Pace, Post, ReportKey, ReportKeyError, Sender, Sending, Worker,
};
use crate::storage::Database;

/// How mail is sent. The mail server's address, which holds a password, is read from `VARDENKAT_SMTP_URL`; the key
/// that delivery reports are handed in with from `VARDENKAT_REPORT_KEY`.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mail")]
pub(in crate::command) struct MailArgs {
    /// Where mail goes; to the mail server where `VARDENKAT_SMTP_URL` names one, else nowhere.
    #[arg(long, value_enum, value_name = "WHERE")]
    mail: Option<Where>,
    /// The survey's public address, which stands in letters.
    #[arg(long, value_name = "URL")]
    origin: Option<Origin>,
    /// Address to send from instead of the round's, which is then where answers go.
    #[arg(long, value_name = "ADDRESS")]
    mail_from: Option<Address>,
    /// Address that mail servers report to; the sender's, where none.
    #[arg(long, value_name = "ADDRESS")]
    mail_return_path: Option<Address>,
    /// Letters to one domain, at most: like 20/s, 100/min or 1000/h.
    #[arg(long, value_name = "PACE", default_value = "20/s")]
    mail_pace: Pace,
    /// Letters under way at once, each on a connection of its own.
    #[arg(long, value_name = "COUNT", default_value = "8", value_parser = clap::value_parser!(u16).range(1..=64))]
    mail_at_once: u16,
    /// Seconds after which a letter that a server was about to send, and did not, may be sent by another.
    #[arg(long, value_name = "SECONDS", default_value = "600", value_parser = clap::value_parser!(u16).range(1..))]
    mail_lease: u16,
    /// Certificates (PEM) of an authority of one's own that the mail server's is checked against.
    #[arg(long, value_name = "FILE")]
    smtp_ca: Option<PathBuf>,
    /// Key to sign letters with (DKIM): RSA in PEM, or 32 bytes of Ed25519 in base64.
    #[arg(long, value_name = "FILE", requires_all = ["dkim_selector", "dkim_domain"])]
    dkim_key: Option<PathBuf>,
    /// Name of that key in the domain.
    #[arg(long, value_name = "NAME")]
    dkim_selector: Option<String>,
    /// Domain that the key belongs to.
    #[arg(long, value_name = "DOMAIN")]
    dkim_domain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Where {
    /// To the mail server that `VARDENKAT_SMTP_URL` names.
    Smtp,
    /// Into the product's own mailbox; nothing leaves the machine.
    Mailbox,
    /// Nowhere: it waits in the outbox.
    Off,
}

#[derive(Debug, thiserror::Error)]
pub(in crate::command) enum MailError {
    #[error("the round {0} has no such mailing")]
    NoMailing(String),
    #[error(transparent)]
    Start(#[from] crate::storage::StartMailingError),
    #[error(transparent)]
    Drain(#[from] crate::mail::DrainError),
    #[error("VARDENKAT_SMTP_URL names no mail server")]
    NoServer,
    #[error("VARDENKAT_SMTP_URL: {0}")]
    Url(#[from] mail::SmtpUrlError),
    #[error(transparent)]
    Setup(#[from] mail::smtp::SmtpSetupError),
    #[error("letters carry links: name the survey's public address with --origin")]
    NoOrigin,
    #[error(transparent)]
    Dkim(#[from] mail::DkimError),
    #[error("VARDENKAT_REPORT_KEY: {0}")]
    ReportKey(#[from] ReportKeyError),
    #[error("{file}: {source}")]
    File { file: PathBuf, source: io::Error },
}

const SMTP_URL: &str = "VARDENKAT_SMTP_URL";
const REPORT_KEY: &str = "VARDENKAT_REPORT_KEY";
const LOOK: Duration = Duration::from_secs(2);

impl MailError {
    pub fn file(file: &Path) -> impl Fn(io::Error) -> Self {
        |source| Self::File {
            file: file.to_owned(),
            source,
        }
    }
}

impl MailArgs {
    /// For the demo: nothing leaves the machine.
    pub fn to_mailbox(origin: Origin) -> Self {
        Self {
            mail: Some(Where::Mailbox),
            origin: Some(origin),
            mail_from: None,
            mail_return_path: None,
            mail_pace: Pace {
                letters: std::num::NonZeroU32::MAX,
                within: Duration::from_secs(1),
            },
            mail_at_once: 4,
            mail_lease: 60,
            smtp_ca: None,
            dkim_key: None,
            dkim_selector: None,
            dkim_domain: None,
        }
    }

    /// Whether it was said where the survey is reached.
    pub fn has_origin(&self) -> bool {
        self.origin.is_some()
    }

    /// What pages use, and the worker, where mail is sent at all. Must be called within the runtime.
    pub fn open(
        &self,
        database: &Database,
        secret: &Secret,
        translations: Translations,
    ) -> Result<(Desk, Option<Worker>), MailError> {
        let post = self.post(database)?;
        let origin = match (&self.origin, &post) {
            (Some(origin), _) => origin.clone(),
            (None, Some(Post::Smtp(_))) => return Err(MailError::NoOrigin),
            (None, _) => Origin::local(),
        };
        let sender = Sender {
            from: self.mail_from.clone(),
            return_path: self.mail_return_path.clone(),
            dkim: self.dkim()?,
        };
        let composer = Composer::new(secret.clone(), origin, sender, translations);
        let mut desk = Desk::to(composer.clone(), post.as_ref());
        if let Ok(key) = env::var(REPORT_KEY) {
            desk.report_key = Some(ReportKey::new(&key)?);
        }
        let worker = post.map(|post| {
            Worker::new(
                database.clone(),
                post,
                composer,
                Clock::of_machine(),
                Chance,
                self.sending(),
                desk.wake.clone(),
            )
        });
        Ok((desk, worker))
    }

    fn sending(&self) -> Sending {
        Sending {
            at_once: usize::from(self.mail_at_once),
            pace: self.mail_pace,
            lease: Duration::from_secs(self.mail_lease.into()),
            look: LOOK,
        }
    }

    fn post(&self, database: &Database) -> Result<Option<Post>, MailError> {
        let url = env::var(SMTP_URL).ok();
        let place = match (self.mail, &url) {
            (Some(place), _) => place,
            (None, Some(_)) => Where::Smtp,
            (None, None) => Where::Off,
        };
        match place {
            Where::Off => Ok(None),
            Where::Mailbox => Ok(Some(Post::Mailbox(database.clone(), Clock::of_machine()))),
            Where::Smtp => {
                let url = url.ok_or(MailError::NoServer)?;
                let mut settings: SmtpSettings = url.parse()?;
                settings.fit_into(self.sending().lease / 2);
                if let Some(file) = &self.smtp_ca {
                    settings.authority = Some(std::fs::read(file).map_err(MailError::file(file))?);
                }
                Ok(Some(Post::Smtp(Smtp::new(settings)?)))
            }
        }
    }

    fn dkim(&self) -> Result<Option<Dkim>, MailError> {
        let (Some(file), Some(selector), Some(domain)) =
            (&self.dkim_key, &self.dkim_selector, &self.dkim_domain)
        else {
            return Ok(None);
        };
        let key = std::fs::read_to_string(file).map_err(MailError::file(file))?;
        Ok(Some(Dkim::new(selector, domain, &key)?))
    }
}
