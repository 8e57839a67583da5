//! One question, one answer, to a provider: by TLS, with an end in sight.

use std::{io, net::IpAddr, sync::Arc, time::Duration};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request,
    body::Bytes,
    client::conn::http1,
    header,
    rt::{Read, Write},
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::{
    TlsConnector,
    rustls::{self, ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};
use url::{Host, Url};

const PATIENCE: Duration = Duration::from_secs(10);
/// Bytes.
const LARGEST: usize = 512 * 1024;

/// Who this server is to the provider.
pub(super) struct Credentials {
    pub id: String,
    pub secret: String,
}

pub(super) struct Client(TlsConnector);

#[derive(Debug, thiserror::Error)]
#[error("TLS cannot be set up: {0}")]
pub struct ClientError(#[from] rustls::Error);

#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("the address cannot be asked")]
    Address,
    #[error("no answer within {} seconds", PATIENCE.as_secs())]
    Slow,
    #[error("cannot connect: {0}")]
    Connect(#[from] io::Error),
    #[error(transparent)]
    Http(#[from] hyper::Error),
    #[error("the answer's status is {0}")]
    Status(u16),
    #[error("the answer cannot be read to its end: {0}")]
    Body(Box<dyn std::error::Error + Send + Sync>),
}

/// Whether what is said there stays between the two: by TLS, or within this machine.
pub(super) fn is_safe(address: &Url) -> bool {
    match (address.scheme(), address.host()) {
        ("https", Some(_)) => true,
        ("http", Some(Host::Domain(name))) => name == "localhost",
        ("http", Some(Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(Host::Ipv6(address))) => address.is_loopback(),
        _ => false,
    }
}

impl Client {
    pub fn new() -> Result<Self, ClientError> {
        let mut roots = RootCertStore::empty();
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        // An organisation's own authority is known to the machine. What of it cannot be read vouches for nobody.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(TlsConnector::from(Arc::new(config))))
    }

    pub async fn get(&self, address: &Url) -> Result<Bytes, HttpError> {
        self.ask(address, Method::GET, String::new(), None).await
    }

    /// Posts a form.
    pub async fn post(
        &self,
        address: &Url,
        form: String,
        authorization: Option<String>,
    ) -> Result<Bytes, HttpError> {
        self.ask(address, Method::POST, form, authorization).await
    }

    async fn ask(
        &self,
        address: &Url,
        method: Method,
        form: String,
        authorization: Option<String>,
    ) -> Result<Bytes, HttpError> {
        let host = address.host().ok_or(HttpError::Address)?;
        let port = address.port_or_known_default().ok_or(HttpError::Address)?;
        let mut request = Request::builder()
            .method(&method)
            .uri(&address[url::Position::BeforePath..url::Position::AfterQuery])
            .header(
                header::HOST,
                &address[url::Position::BeforeHost..url::Position::AfterPort],
            )
            .header(header::ACCEPT, "application/json");
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(authorization) = authorization {
            request = request.header(header::AUTHORIZATION, authorization);
        }
        let request = request
            .body(Full::new(Bytes::from(form)))
            .map_err(|_| HttpError::Address)?;
        let answer = async {
            let (stream, name) = match host {
                Host::Domain(name) => (
                    TcpStream::connect((name, port)).await?,
                    ServerName::try_from(name.to_owned()).map_err(|_| HttpError::Address)?,
                ),
                Host::Ipv4(ip) => by_number(ip.into(), port).await?,
                Host::Ipv6(ip) => by_number(ip.into(), port).await?,
            };
            if address.scheme() == "https" {
                let stream = self.0.connect(name, stream).await?;
                exchange(TokioIo::new(stream), request).await
            } else {
                exchange(TokioIo::new(stream), request).await
            }
        };
        tokio::time::timeout(PATIENCE, answer)
            .await
            .map_err(|_| HttpError::Slow)?
    }
}

async fn by_number(ip: IpAddr, port: u16) -> Result<(TcpStream, ServerName<'static>), HttpError> {
    Ok((TcpStream::connect((ip, port)).await?, ServerName::from(ip)))
}

async fn exchange<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Bytes, HttpError>
where
    S: Read + Write + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(stream).await?;
    // Ends by itself when the sender is gone.
    tokio::spawn(connection);
    let answer = sender.send_request(request).await?;
    let status = answer.status();
    if !status.is_success() {
        return Err(HttpError::Status(status.as_u16()));
    }
    let body = Limited::new(answer.into_body(), LARGEST);
    Ok(body.collect().await.map_err(HttpError::Body)?.to_bytes())
}
