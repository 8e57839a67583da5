//! A mail server on loopback that takes letters, refuses them, stalls and hangs up as it is told.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What a client has just said. The answer depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It has connected.
    Nothing,
    Hello,
    Sender,
    Recipient,
    Data,
    /// The whole letter, with its last dot.
    Letter,
}

/// How to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mood {
    Well,
    /// Well, but not at once.
    Slow(Duration),
    /// With this reply, like `550 5.1.1 no such user`.
    Say(String),
    /// Not at all.
    Stall,
    HangUp,
    /// Keeps the letter, and hangs up without saying so.
    TakeAndHangUp,
}

/// Who asks for an answer.
#[derive(Clone, Copy, Debug)]
pub struct Client<'a> {
    /// From 1, in the order in which they came.
    pub connection: usize,
    /// Whom the letter is for, where that was said.
    pub recipient: &'a str,
}

/// A letter that the server has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub connection: usize,
    pub sender: String,
    pub recipient: String,
    pub message_id: String,
    pub content: String,
}

/// How it encrypts.
#[derive(Clone)]
pub enum Sealing {
    No,
    FromTheStart(TlsAcceptor),
    /// After STARTTLS.
    WhenAsked(TlsAcceptor),
}

trait Line: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Line for T {}

type Moods = Arc<dyn Fn(Said, Client<'_>) -> Mood + Send + Sync>;

/// Runs until the runtime ends.
#[derive(Clone)]
pub struct PostOffice {
    pub address: SocketAddr,
    sealing: Sealing,
    state: Arc<Mutex<State>>,
}

struct State {
    moods: Moods,
    connections: usize,
    taken: Vec<Taken>,
    /// Every line that is no part of a letter.
    heard: Vec<String>,
    forgets: bool,
}

impl PostOffice {
    /// One that takes everything.
    pub async fn open() -> Self {
        Self::sealing(Sealing::No).await
    }

    pub async fn sealing(sealing: Sealing) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let office = Self {
            address: listener.local_addr().unwrap(),
            sealing,
            state: Arc::new(Mutex::new(State {
                moods: Arc::new(|_, _| Mood::Well),
                connections: 0,
                taken: Vec::new(),
                heard: Vec::new(),
                forgets: false,
            })),
        };
        let serving = office.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let office = serving.clone();
                tokio::spawn(async move {
                    // A client that goes away in the middle is what some tests are about.
                    drop(office.serve(stream).await);
                });
            }
        });
        office
    }

    /// From now on, answers thus.
    pub fn feel(&self, moods: impl Fn(Said, Client<'_>) -> Mood + Send + Sync + 'static) {
        self.state().moods = Arc::new(moods);
    }

    /// Answers thus whenever that was said, and well otherwise.
    pub fn when(&self, said: Said, mood: Mood) {
        self.feel(move |now, _| {
            if now == said {
                mood.clone()
            } else {
                Mood::Well
            }
        });
    }

    /// From now on, keeps nothing of what it takes: for measuring.
    pub fn forget_letters(&self) {
        self.state().forgets = true;
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.state().taken.clone()
    }

    pub fn count(&self) -> usize {
        self.state().taken.len()
    }

    pub fn connections(&self) -> usize {
        self.state().connections
    }

    pub fn heard(&self) -> Vec<String> {
        self.state().heard.clone()
    }

    fn hear(&self, line: &str) {
        let mut state = self.state();
        if !state.forgets {
            state.heard.push(line.trim_end().to_owned());
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let connection = {
            let mut state = self.state();
            state.connections += 1;
            state.connections
        };
        let stream: Box<dyn Line> = match &self.sealing {
            Sealing::FromTheStart(seal) => Box::new(seal.accept(stream).await?),
            Sealing::No | Sealing::WhenAsked(_) => Box::new(stream),
        };
        let mut talk = Talk {
            office: self,
            stream: BufReader::new(stream),
            connection,
            sender: String::new(),
            recipient: String::new(),
        };
        talk.answer(Said::Nothing, "220 post office\r\n").await?;
        let mut to_seal = match &self.sealing {
            Sealing::WhenAsked(seal) => Some(seal.clone()),
            Sealing::No | Sealing::FromTheStart(_) => None,
        };
        let mut line = String::new();
        loop {
            line.clear();
            if talk.stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            self.hear(&line);
            let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" | "HELO" => {
                    let offers = if to_seal.is_some() {
                        "250-post office\r\n250-STARTTLS\r\n250 8BITMIME\r\n"
                    } else {
                        "250-post office\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n"
                    };
                    talk.answer(Said::Hello, offers).await?;
                }
                "STAR" if to_seal.is_some() => {
                    talk.say("220 2.0.0 go on\r\n").await?;
                    if let Some(seal) = to_seal.take() {
                        let bare = talk.stream.into_inner();
                        let sealed: Box<dyn Line> = Box::new(seal.accept(bare).await?);
                        talk.stream = BufReader::new(sealed);
                    }
                }
                "AUTH" => talk.say("235 2.7.0 welcome\r\n").await?,
                "MAIL" => {
                    talk.sender = address(&line);
                    talk.answer(Said::Sender, "250 2.1.0 ok\r\n").await?;
                }
                "RCPT" => {
                    talk.recipient = address(&line);
                    talk.answer(Said::Recipient, "250 2.1.5 ok\r\n").await?;
                }
                "DATA" => {
                    if talk.answer(Said::Data, "354 go on\r\n").await? {
                        talk.take_letter().await?;
                    }
                }
                "RSET" | "NOOP" => talk.say("250 2.0.0 ok\r\n").await?,
                "QUIT" => return talk.say("221 2.0.0 bye\r\n").await,
                _ => talk.say("500 5.5.1 what?\r\n").await?,
            }
        }
    }
}

struct Talk<'a> {
    office: &'a PostOffice,
    stream: BufReader<Box<dyn Line>>,
    connection: usize,
    sender: String,
    recipient: String,
}

impl Talk<'_> {
    fn mood(&self, said: Said) -> Mood {
        let moods = Arc::clone(&self.office.state().moods);
        let client = Client {
            connection: self.connection,
            recipient: &self.recipient,
        };
        moods(said, client)
    }

    /// Tells whether it was answered well.
    async fn answer(&mut self, said: Said, well: &str) -> std::io::Result<bool> {
        match self.mood(said) {
            Mood::Well => self.say(well).await.map(|()| true),
            Mood::Slow(pause) => {
                tokio::time::sleep(pause).await;
                self.say(well).await.map(|()| true)
            }
            Mood::Say(reply) => self.say(&format!("{reply}\r\n")).await.map(|()| false),
            Mood::Stall => std::future::pending().await,
            Mood::HangUp | Mood::TakeAndHangUp => Err(std::io::ErrorKind::ConnectionAborted.into()),
        }
    }

    async fn say(&mut self, text: &str) -> std::io::Result<()> {
        self.stream.get_mut().write_all(text.as_bytes()).await
    }

    async fn take_letter(&mut self) -> std::io::Result<()> {
        let mut content = Vec::new();
        loop {
            let from = content.len();
            if self.stream.read_until(b'\n', &mut content).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            match &content[from..] {
                b".\r\n" => {
                    content.truncate(from);
                    break;
                }
                [b'.', ..] => drop(content.remove(from)),
                _ => {}
            }
        }
        let content = String::from_utf8(content).map_err(std::io::Error::other)?;
        let mood = self.mood(Said::Letter);
        if let Mood::Slow(pause) = mood {
            tokio::time::sleep(pause).await;
        }
        if matches!(mood, Mood::Well | Mood::Slow(_) | Mood::TakeAndHangUp) {
            let message_id = content
                .lines()
                .find_map(|line| line.strip_prefix("Message-ID: "))
                .unwrap_or_default()
                .to_owned();
            let taken = Taken {
                connection: self.connection,
                sender: self.sender.clone(),
                recipient: self.recipient.clone(),
                message_id,
                content,
            };
            let mut state = self.office.state();
            if !state.forgets {
                state.taken.push(taken);
            }
        }
        match mood {
            Mood::Well | Mood::Slow(_) => self.say("250 2.0.0 taken\r\n").await,
            Mood::Say(reply) => self.say(&format!("{reply}\r\n")).await,
            Mood::Stall => std::future::pending().await,
            Mood::HangUp | Mood::TakeAndHangUp => Err(std::io::ErrorKind::ConnectionAborted.into()),
        }
    }
}

fn address(line: &str) -> String {
    let from = line.find('<').map_or(0, |place| place + 1);
    let to = line.find('>').unwrap_or(line.len());
    line.get(from..to).unwrap_or_default().to_owned()
}
