//! A browser's half of HTTP/1.1, no more than these tests need: one connection that is kept open.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

pub struct Wire(BufReader<TcpStream>);

pub struct Received {
    pub status: u16,
    /// As it travelled: compressed, where the server chose to.
    pub body: Vec<u8>,
}

impl Wire {
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Asks for a page as browsers do, willing to take it compressed.
    pub async fn get(&mut self, path: &str) -> io::Result<Received> {
        let head = format!("GET {path} HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\n\r\n");
        self.exchange(head.as_bytes()).await
    }

    pub async fn post(&mut self, path: &str, kind: &str, body: &str) -> io::Result<Received> {
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.exchange(request.as_bytes()).await
    }

    async fn exchange(&mut self, request: &[u8]) -> io::Result<Received> {
        self.0.get_mut().write_all(request).await?;
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(first))?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line().await?.to_ascii_lowercase();
            match line.split_once(": ") {
                Some(("content-length", value)) => {
                    length = value.parse().map_err(io::Error::other)?;
                }
                Some(("transfer-encoding", _)) => chunked = true,
                Some(_) => {}
                None => break,
            }
        }
        let mut body = Vec::new();
        if chunked {
            while self.chunk(&mut body).await? {}
        } else {
            self.take(length, &mut body).await?;
        }
        Ok(Received { status, body })
    }

    /// Whether more chunks follow.
    async fn chunk(&mut self, body: &mut Vec<u8>) -> io::Result<bool> {
        let size = usize::from_str_radix(&self.line().await?, 16).map_err(io::Error::other)?;
        self.take(size, body).await?;
        self.line().await?;
        Ok(size > 0)
    }

    async fn take(&mut self, length: usize, body: &mut Vec<u8>) -> io::Result<()> {
        let from = body.len();
        body.resize(from + length, 0);
        self.0.read_exact(&mut body[from..]).await?;
        Ok(())
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.0.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_owned())
    }
}
