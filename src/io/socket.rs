//! In: an address and what is to be said there. Out: a talk over a WebSocket, or why there was none.
//!
//! Nothing counts as sent before the first message is on its way: the connection, the certificate check and the handshake
//! come before that. Each talk has one limit of time for all of it, a message is at most 4 MiB, no redirect is followed,
//! and errors name the host only. The certificates are those that the system trusts.

use crate::io::http::{host, is_loopback};
use crate::io::trust;
use crate::model::transport::{CallError, Talk};
use std::io::{Error, ErrorKind, Read, Result as Done, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket, client_tls_with_config};

/// Most bytes of a message.
const MESSAGE: usize = 4 * 1024 * 1024;
const CONNECT: Duration = Duration::from_secs(10);

/// How far a talk may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everywhere.
    World,
    /// Addresses of this machine; everything else is refused before a socket is opened.
    Loopback,
}

/// Opens `url` (`ws://` or `wss://`), sends what `lines` gives back for nothing, hands it each text message and sends what
/// that gives back, until it is done.
pub fn talk(url: &str, lines: &mut dyn FnMut(Option<&str>) -> Talk, limit: Duration, reach: Reach) -> Result<(), CallError> {
    let not_sent = |reason: String| CallError::NotSent(format!("{}: {reason}", host(url)));
    if reach == Reach::Loopback && !is_loopback(url) {
        return Err(CallError::NotSent(format!("{} is not on this machine", host(url))));
    }
    let end = Instant::now() + limit;
    let stream = connect(url, end, reach).map_err(|error| not_sent(words(&error)))?;
    let config = WebSocketConfig::default().max_message_size(Some(MESSAGE)).max_frame_size(Some(MESSAGE));
    let (mut socket, _) = client_tls_with_config(url, stream, Some(config), None).map_err(|error| not_sent(refused(&error)))?;
    let mut said = false;
    let ended = converse(&mut socket, lines, &mut said);
    let _ = socket.close(None).and_then(|()| socket.flush());
    ended.map_err(|error| {
        let reason = format!("{}: {}", host(url), broken(&error));
        if said { CallError::Lost(reason) } else { CallError::NotSent(reason) }
    })
}

type Socket = WebSocket<MaybeTlsStream<Timed>>;

fn converse(socket: &mut Socket, lines: &mut dyn FnMut(Option<&str>) -> Talk, said: &mut bool) -> tungstenite::Result<()> {
    let mut next = lines(None);
    loop {
        match next {
            Talk::Done => return Ok(()),
            Talk::Listen => {}
            Talk::Say(text) => say(socket, vec![text], said)?,
            Talk::SayAll(texts) => say(socket, texts, said)?,
        }
        let heard = loop {
            match socket.read()? {
                Message::Text(text) => break text,
                Message::Close(_) => return Err(tungstenite::Error::ConnectionClosed),
                _ => {}
            }
        };
        next = lines(Some(heard.as_str()));
    }
}

fn say(socket: &mut Socket, texts: Vec<String>, said: &mut bool) -> tungstenite::Result<()> {
    *said = true;
    texts.into_iter().try_for_each(|text| socket.send(Message::text(text)))
}

/// A connection whose every read and write ends in time.
struct Timed {
    stream: TcpStream,
    end: Instant,
}

impl Timed {
    fn left(&self) -> Done<Option<Duration>> {
        left(self.end).map(Some)
    }
}

impl Read for Timed {
    fn read(&mut self, into: &mut [u8]) -> Done<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(into)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> Done<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> Done<()> {
        self.stream.flush()
    }
}

fn left(end: Instant) -> Done<Duration> {
    let left = end.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
}

fn connect(address: &str, end: Instant, reach: Reach) -> Done<Timed> {
    let url = url::Url::parse(address).map_err(|_| Error::other("the address cannot be read"))?;
    if !matches!(url.scheme(), "ws" | "wss") {
        return Err(Error::other("not an address of a WebSocket (ws:// or wss://)"));
    }
    let addresses: Vec<SocketAddr> = url.socket_addrs(|| None)?;
    let mut last = Error::other("the name has no address");
    for address in addresses.iter().filter(|address| reach == Reach::World || address.ip().is_loopback()) {
        match TcpStream::connect_timeout(address, left(end)?.min(CONNECT)) {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                return Ok(Timed { stream, end });
            }
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// What went wrong before the talk: never the address, which an error of the library may repeat.
fn refused<H: tungstenite::handshake::HandshakeRole>(error: &tungstenite::HandshakeError<H>) -> String {
    match error {
        tungstenite::HandshakeError::Failure(error) => broken(error),
        tungstenite::HandshakeError::Interrupted(_) => "no answer in time".into(),
    }
}

fn broken(error: &tungstenite::Error) -> String {
    match error {
        tungstenite::Error::Io(error) => words(error),
        tungstenite::Error::Http(answer) => format!("{} in place of a WebSocket", answer.status().as_u16()),
        tungstenite::Error::Tls(error) => trust::told(format!("the connection is not safe: {error}"), trust::BY_FILE),
        tungstenite::Error::Capacity(_) => "the message is larger than 4 MiB".into(),
        tungstenite::Error::ConnectionClosed | tungstenite::Error::AlreadyClosed => "the connection was closed".into(),
        tungstenite::Error::Url(_) => "the address cannot be used".into(),
        _ => "the WebSocket was cut off".into(),
    }
}

fn words(error: &Error) -> String {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => "no answer in time".into(),
        _ => trust::told(error.to_string(), trust::BY_FILE),
    }
}
