use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::delivery::{Delivery, Reached, plain, told};
use super::settings::{SmtpSettings, Tls};
use crate::Sealed;

/// A mail server, with the connections to it that are kept open. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct Smtp {
    shared: Arc<Shared>,
}

struct Shared {
    settings: SmtpSettings,
    tls: Option<TlsParameters>,
    hello: ClientId,
    parked: Mutex<Vec<Parked>>,
}

struct Parked {
    connection: AsyncSmtpConnection,
    since: Instant,
}

#[derive(Debug, thiserror::Error)]
pub enum SmtpSetupError {
    #[error("the certificates of the mail server's authority cannot be read")]
    Authority,
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}

/// A connection that waits for a letter. What is to be asked right before sending is asked while one holds it.
pub struct Ready {
    smtp: Smtp,
    connection: AsyncSmtpConnection,
    /// Made for this letter: the server cannot have closed it meanwhile.
    fresh: bool,
}

/// Idle for longer than this, a connection is asked whether it still is one.
const TRUSTED: Duration = Duration::from_secs(2);
/// Longest wait for an answer that nothing hangs on.
const ASKING: Duration = Duration::from_secs(5);

impl Smtp {
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpSetupError> {
        let tls = match settings.tls {
            Tls::Unencrypted => None,
            Tls::Implicit | Tls::StartTls => Some(parameters(&settings)?),
        };
        Ok(Self {
            shared: Arc::new(Shared {
                settings,
                tls,
                hello: ClientId::default(),
                parked: Mutex::default(),
            }),
        })
    }

    pub fn settings(&self) -> &SmtpSettings {
        &self.shared.settings
    }

    /// A connection on which a letter can be sent at once; or [`Delivery::Unavailable`].
    pub async fn ready(&self) -> Result<Ready, Delivery> {
        if let Some(mut parked) = self.take() {
            let is_trusted = parked.since.elapsed() < TRUSTED;
            if is_trusted || self.is_alive(&mut parked.connection).await {
                return Ok(Ready {
                    smtp: self.clone(),
                    connection: parked.connection,
                    fresh: false,
                });
            }
            // The others have waited for longer still.
            self.forget();
        }
        self.fresh().await
    }

    /// Takes leave of the server on every connection that waits.
    pub async fn rest(&self) {
        while let Some(mut parked) = self.take() {
            // Whether it answers does not matter any more.
            drop(timeout(self.asking(), parked.connection.quit()).await);
        }
    }

    async fn is_alive(&self, connection: &mut AsyncSmtpConnection) -> bool {
        let asked = timeout(self.asking(), connection.test_connected()).await;
        asked.unwrap_or(false)
    }

    fn asking(&self) -> Duration {
        ASKING.min(self.shared.settings.connecting)
    }

    fn forget(&self) {
        while self.take().is_some() {}
    }

    fn take(&self) -> Option<Parked> {
        let mut parked = self
            .shared
            .parked
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        parked.pop()
    }

    fn park(&self, connection: AsyncSmtpConnection) {
        let mut parked = self
            .shared
            .parked
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        parked.push(Parked {
            connection,
            since: Instant::now(),
        });
    }

    async fn fresh(&self) -> Result<Ready, Delivery> {
        let connected = timeout(self.shared.settings.connecting, self.connect()).await;
        match connected {
            Ok(Ok(connection)) => Ok(Ready {
                smtp: self.clone(),
                connection,
                fresh: true,
            }),
            Ok(Err(reason)) => Err(Delivery::Unavailable { reason }),
            Err(_) => Err(Delivery::Unavailable {
                reason: "the server did not answer in time".to_owned(),
            }),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, String> {
        let Shared {
            settings,
            tls,
            hello,
            ..
        } = &*self.shared;
        let place = (settings.host.as_str(), settings.port);
        let mut connection = if settings.tls == Tls::Implicit {
            let tls = tls.clone();
            AsyncSmtpConnection::connect_tokio1(place, None, hello, tls, None)
                .await
                .map_err(|error| told(&error))?
        } else {
            let stream = TcpStream::connect(place)
                .await
                .map_err(|error| plain(&error.to_string()))?;
            // The content's last line follows as a packet of its own, which must not wait for the others' arrival.
            stream
                .set_nodelay(true)
                .map_err(|error| plain(&error.to_string()))?;
            AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello)
                .await
                .map_err(|error| told(&error))?
        };
        if let (Tls::StartTls, Some(tls)) = (settings.tls, tls) {
            connection
                .starttls(tls.clone(), hello)
                .await
                .map_err(|error| told(&error))?;
        }
        if let Some(credentials) = &settings.credentials {
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], credentials)
                .await
                .map_err(|error| told(&error))?;
        }
        Ok(connection)
    }
}

impl Ready {
    /// Sends the letter. The connection is kept for the next one, where it still is good.
    pub async fn send(self, letter: &Sealed) -> Delivery {
        let (smtp, fresh) = (self.smtp.clone(), self.fresh);
        let (reached, delivery) = self.attempt(letter).await;
        // The server had closed the connection while it waited; of this letter it has heard nothing.
        let was_closed = !fresh
            && reached == Reached::Sender
            && matches!(delivery, Delivery::Unavailable { .. });
        if !was_closed {
            return delivery;
        }
        match smtp.fresh().await {
            Ok(ready) => ready.attempt(letter).await.1,
            Err(unavailable) => unavailable,
        }
    }

    /// Sends nothing, and keeps the connection for the next letter.
    pub fn withdraw(self) {
        self.smtp.park(self.connection);
    }

    async fn attempt(mut self, letter: &Sealed) -> (Reached, Delivery) {
        let patience = self.smtp.settings().sending;
        let mut reached = Reached::Sender;
        let talk = talk(&mut self.connection, letter, &mut reached);
        let delivery = match timeout(patience, talk).await {
            Ok(Ok(response)) => accepted(&response),
            Ok(Err(error)) => {
                let delivery = Delivery::judge(reached, &error);
                if error.status().is_some_and(|code| u16::from(code) != 421)
                    && matches!(
                        timeout(ASKING, self.connection.command(Rset)).await,
                        Ok(Ok(_))
                    )
                {
                    self.withdraw();
                }
                return (reached, delivery);
            }
            Err(_) => return (reached, Delivery::timed_out(reached)),
        };
        self.withdraw();
        (reached, delivery)
    }
}

/// Command by command, so that it is known how far the letter came.
async fn talk(
    connection: &mut AsyncSmtpConnection,
    letter: &Sealed,
    reached: &mut Reached,
) -> Result<Response, Error> {
    let sender = letter.envelope.from().cloned();
    connection.command(Mail::new(sender, Vec::new())).await?;
    *reached = Reached::Recipient;
    for recipient in letter.envelope.to() {
        connection
            .command(Rcpt::new(recipient.clone(), Vec::new()))
            .await?;
    }
    *reached = Reached::Data;
    connection.command(Data).await?;
    *reached = Reached::Content;
    connection.message(&letter.content).await
}

fn accepted(response: &Response) -> Delivery {
    let said = response.message().collect::<Vec<_>>().join(" ");
    let said = plain(&format!("{} {said}", response.code()));
    if response.code().severity == Severity::PositiveCompletion {
        Delivery::Accepted { response: said }
    } else {
        Delivery::Unknown { reason: said }
    }
}

fn parameters(settings: &SmtpSettings) -> Result<TlsParameters, SmtpSetupError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.authority {
        let authority = Certificate::from_pem(pem).map_err(|_| SmtpSetupError::Authority)?;
        builder = builder.add_root_certificate(authority);
    }
    builder
        .build()
        .map_err(|error| SmtpSetupError::Tls(told(&error)))
}
