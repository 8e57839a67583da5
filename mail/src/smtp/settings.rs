use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// How to reach the SMTP server. Neither name nor password is ever shown.
#[derive(Clone)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub(super) credentials: Option<Credentials>,
    /// Certificates in PEM of an authority of one's own, trusted besides the public ones.
    pub authority: Option<Vec<u8>>,
    /// How long a connection may take to be ready.
    pub connecting: Duration,
    /// How long the server may take over one letter, from the first command to the last answer.
    pub sending: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte.
    Implicit,
    /// After STARTTLS; a server that does not offer it gets nothing.
    StartTls,
    /// Not at all, which is for this machine only.
    Unencrypted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlError {
    #[error(
        "an SMTP address looks like smtps://name:password@host:465 or smtp+starttls://name:password@host:587"
    )]
    Form,
    #[error("the SMTP address must begin with smtps://, smtp+starttls:// or smtp://")]
    Scheme,
    #[error("smtp:// sends everything unencrypted, so it is for this machine only (localhost)")]
    Unencrypted,
}

impl SmtpSettings {
    const CONNECTING: Duration = Duration::from_secs(30);
    const SENDING: Duration = Duration::from_mins(2);

    /// Shortens the waits so that handing a letter over takes less than `time`, whatever the server does: at worst a
    /// connection is made, found closed, and made anew.
    pub fn fit_into(&mut self, time: Duration) {
        self.connecting = self.connecting.min(time / 10);
        self.sending = self.sending.min(time / 4);
    }
}

impl FromStr for SmtpSettings {
    type Err = SmtpUrlError;

    /// Reads `smtps://`, `smtp+starttls://` or, to this machine only, `smtp://`. What is special in names and
    /// passwords is written with percent signs.
    fn from_str(text: &str) -> Result<Self, SmtpUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| SmtpUrlError::Form)?;
        let (tls, port) = match url.scheme() {
            "smtps" => (Tls::Implicit, 465),
            "smtp+starttls" => (Tls::StartTls, 587),
            "smtp" => (Tls::Unencrypted, 25),
            _ => return Err(SmtpUrlError::Scheme),
        };
        let host = url.host().ok_or(SmtpUrlError::Form)?;
        let more =
            !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some();
        if more {
            return Err(SmtpUrlError::Form);
        }
        if tls == Tls::Unencrypted && !is_this_machine(&host) {
            return Err(SmtpUrlError::Unencrypted);
        }
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (name, Some(password)) if !name.is_empty() => {
                Some(Credentials::new(decoded(name)?, decoded(password)?))
            }
            _ => return Err(SmtpUrlError::Form),
        };
        Ok(Self {
            host: match host {
                Host::Ipv6(address) => address.to_string(),
                other => other.to_string(),
            },
            port: url.port().unwrap_or(port),
            tls,
            credentials,
            authority: None,
            connecting: Self::CONNECTING,
            sending: Self::SENDING,
        })
    }
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

fn decoded(text: &str) -> Result<String, SmtpUrlError> {
    let text = percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| SmtpUrlError::Form)?;
    Ok(text.into_owned())
}

/// Hosts of schemes that are not the web's are kept as text, so an address of numbers is looked for in it.
fn is_this_machine(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            *name == "localhost"
                || name
                    .parse()
                    .is_ok_and(|address: IpAddr| address.is_loopback())
        }
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, u16, Tls, bool), SmtpUrlError> {
        let settings: SmtpSettings = text.parse()?;
        let named = settings.credentials.is_some();
        Ok((settings.host, settings.port, settings.tls, named))
    }

    #[test]
    fn an_address_says_how_to_encrypt() {
        let host = || "mail.example.com".to_owned();
        assert_eq!(
            read("smtps://enkat:p%40ss@mail.example.com"),
            Ok((host(), 465, Tls::Implicit, true))
        );
        assert_eq!(
            read("smtp+starttls://mail.example.com:2525"),
            Ok((host(), 2525, Tls::StartTls, false))
        );
    }

    #[test]
    fn only_this_machine_is_spoken_to_unencrypted() {
        for near in [
            "smtp://localhost",
            "smtp://127.0.0.1:2525",
            "smtp://[::1]:2525",
        ] {
            assert!(read(near).is_ok(), "{near}");
        }
        for far in [
            "smtp://mail.example.com",
            "smtp://10.0.0.1",
            "smtp://localhost.example.com",
        ] {
            assert_eq!(read(far), Err(SmtpUrlError::Unencrypted), "{far}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_rather_than_left_out() {
        for odd in [
            "mail.example.com",
            "smtps://",
            "smtps://name@mail.example.com",
            "smtps://:password@mail.example.com",
            "smtps://mail.example.com/path",
            "smtps://mail.example.com?tls=none",
            "smtps://na%FFme:password@mail.example.com",
        ] {
            assert!(matches!(read(odd), Err(SmtpUrlError::Form)), "{odd}");
        }
        assert_eq!(read("https://mail.example.com"), Err(SmtpUrlError::Scheme));
    }

    #[test]
    fn name_and_password_are_never_shown() {
        let settings: SmtpSettings = "smtps://enkat:hemligt@mail.example.com".parse().unwrap();
        let shown = format!("{settings:?}");
        assert!(
            !shown.contains("enkat") && !shown.contains("hemligt"),
            "{shown}"
        );
    }
}
