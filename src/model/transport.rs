//! In: what delivery needs from the outside. Out: the traits it goes through, so that a test can play every crash,
//! lost answer and race.

use crate::model::announcement::{Announcement, Card, Image, Key};
use crate::model::finding::Checked;
use crate::model::lang::Lang;
use crate::model::ledger::{Ledger, Line, Receipt};
use crate::model::record::RecordId;
use jiff::Timestamp;
use std::time::Duration;

/// A value that never shows itself: its `Debug` prints nothing, it has no `Display` and is not serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Secret {
        Secret(value.into())
    }

    /// The value, for the one header or body that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

/// A part of a multipart body.
#[derive(Debug, Clone)]
pub struct Part {
    /// Field name.
    pub name: &'static str,
    /// File name and media type; none for a plain field.
    pub file: Option<(String, &'static str)>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub enum Body {
    /// None.
    Empty,
    /// Bytes with their media type.
    Bytes(&'static str, Vec<u8>),
    /// A form with files.
    Multipart(Vec<Part>),
}

/// A request to a platform. Redirects are never followed.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The full address.
    pub url: String,
    /// Headers; values with secrets in [`Request::bearer`].
    pub headers: Vec<(&'static str, String)>,
    /// `Authorization: Bearer …`.
    pub bearer: Option<Secret>,
    /// The body.
    pub body: Body,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: Method, url: impl Into<String>) -> Request {
        Request { method, url: url.into(), headers: Vec::new(), bearer: None, body: Body::Empty }
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, at most 4 MiB.
    pub body: Vec<u8>,
}

impl Response {
    /// The first value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A call that gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// It certainly never arrived: the name does not resolve, nothing listens, the program cannot start.
    #[error("{0}")]
    NotSent(String),
    /// It may have arrived: the answer was lost, cut, late or unreadable.
    #[error("{0}")]
    Lost(String),
}

/// Speaks with a program: starts `argv`, hands its first line to `lines`, writes what that gives back (one line or
/// several) and hands it the next answer line, until it gives back nothing. Then, or when the time is up, the program's
/// whole group is ended.
pub trait Speak: Send + Sync {
    /// Speaks with a program that gets no secrets.
    fn speak(&self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError>;
}

/// The way out for channels: HTTP and plugin programs.
pub trait Transport {
    /// Sends a request and waits for the answer.
    fn http(&mut self, request: &Request) -> Result<Response, CallError>;

    /// Speaks with a plugin: starts `argv`, hears its hello line, writes each line and reads one answer line for each;
    /// `secrets` go in by name after hello, never through arguments or environment. Ends the program's whole group.
    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError>;

    /// A secret's value.
    fn secret(&mut self, name: &str) -> Result<Secret, CallError>;

    /// The bytes of a picture.
    fn image(&mut self, image: &Image) -> Result<Vec<u8>, CallError>;

    /// Whether the world is told. If not, plugins get no secrets and are told that it is a rehearsal.
    fn in_earnest(&self) -> bool {
        false
    }
}

/// Why a post was not sent, sorted by what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It certainly is not there; may be tried again, after the time if one is given.
    #[error("not sent: {reason}")]
    Retry {
        /// Wait so long at least.
        after: Option<Duration>,
        /// What the platform or network said, without secrets.
        reason: String,
    },
    /// Nobody knows whether it is there: look it up, never repeat it blindly.
    #[error("outcome unknown: {reason}")]
    Unknown {
        /// What was seen.
        reason: String,
    },
    /// The platform says never.
    #[error("refused: {reason}")]
    Refused {
        /// What the platform said.
        reason: String,
    },
    /// The token or account is not accepted: the channel stops, a person is needed.
    #[error("account not accepted: {reason}")]
    Account {
        /// What the platform said.
        reason: String,
    },
}

/// How a channel can be asked whether a post is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookUp {
    /// By an id that we chose before sending: the answer is certain at once.
    OwnId,
    /// By the link among the account's posts: "absent" counts only after the quiet time.
    Link,
    /// Not at all: an unknown outcome waits for a person.
    None,
}

/// What a channel can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// How a post is looked up.
    pub look_up: LookUp,
    /// Whether an edit is seen by readers.
    pub edit: bool,
    /// Whether a post can be deleted.
    pub delete: bool,
    /// Whether a post can be answered below.
    pub reply: bool,
}

/// How long a text is by its network's own rule.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Counted {
    /// Units used.
    pub used: usize,
    /// Units allowed.
    pub limit: usize,
    /// The unit, such as `graphemes`.
    pub unit: &'static str,
}

/// What is done with a post, remote ids in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A new post.
    New,
    /// A reply.
    Reply {
        /// The post replied to.
        to: Receipt,
        /// The first post of the thread.
        root: Receipt,
    },
    /// A new text for a post.
    Edit(Receipt),
    /// A post taken away.
    Delete(Receipt),
}

/// A text as one network will get it.
#[derive(Debug, Clone)]
pub struct Post {
    /// The record, for look-ups and webhooks.
    pub announcement: Announcement,
    /// Which part of a thread, from 0.
    pub part: usize,
    /// The exact text.
    pub text: String,
    /// Its length by the network's rule.
    pub counted: Counted,
    /// Full address of the page.
    pub link: String,
    /// Language of the text.
    pub lang: Lang,
    /// The preview under the link, where the network lets us supply it.
    pub card: Option<Card>,
    /// Pictures that the network will get.
    pub images: Vec<Image>,
    /// The exact body as JSON, remote ids left out: what the plan shows and what the ledger hashes.
    pub payload: serde_json::Value,
}

/// One configured account on a platform. Composing is pure; sending and finding go through the transport.
pub trait Channel: Send + Sync {
    /// The account's identity, part of every key: the server and user, the address of the hook.
    fn account(&self) -> &str;
    /// What it can do.
    fn abilities(&self) -> Abilities;
    /// The exact posts of an announcement, fitted by the network's rules; findings where nothing fits.
    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>>;
    /// Sends one post.
    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError>;
    /// Looks a post up: `Some` if the deed is done (the post is there, edited, or gone). `Retry` if the look-up failed,
    /// `Unknown` if what it shows leaves the question to a person.
    fn find(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError>;
}

/// What was mended while the state was read, for the person who runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The file.
    pub path: String,
    /// What was found and done, a sentence.
    pub what: String,
}

/// A state store that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Another run holds the lock.
    #[error("another run is publishing ({holder})")]
    Locked {
        /// What is known about it.
        holder: String,
    },
    /// The ledger is shorter than its own count says: nothing may be posted until it is restored.
    #[error("the ledger was cut or lost: {0}")]
    Truncated(String),
    /// A line in the middle of a file cannot be read: nothing may be posted until it is restored.
    #[error("{path}, line {line}, was changed or damaged: {what}")]
    Damaged {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// Reading or writing failed.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
}

/// Where the ledger lives. All methods are durable when they return; the lock is held from `load` until it is dropped.
pub trait StateStore {
    /// The ledger, and what had to be mended.
    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError>;
    /// Appends lines of one record.
    fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError>;
    /// Appends lines of many records; a store may make this cheaper than one by one.
    fn append_all(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        batch.iter().try_for_each(|(record, lines)| self.append(record, lines))
    }
    /// Notes that a channel's baseline has been taken.
    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError>;
    /// A small note beside the ledger, by its name; none where none was kept.
    fn note(&mut self, name: &str) -> Result<Option<String>, StateError> {
        let _ = name;
        Ok(None)
    }
    /// Keeps a note in place of an earlier one of its name. A note may be lost without harm, the ledger may not.
    fn keep(&mut self, name: &str, text: &str) -> Result<(), StateError> {
        let _ = (name, text);
        Ok(())
    }
}

/// A page that must be live before it is told about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LivePage {
    /// Its full address.
    pub url: String,
    /// SHA-256 of the bytes just built, in hex.
    pub sha256: String,
}

/// Looks whether the public sees what was just built.
pub trait LiveCheck {
    /// One look: nothing if the page answers with the expected bytes, else what was seen instead, a sentence.
    fn look(&mut self, page: &LivePage) -> Result<(), String>;
}

/// Time for delivery: what it is, and waiting.
pub trait Clock {
    /// The present.
    fn now(&mut self) -> Timestamp;
    /// Waits.
    fn wait(&mut self, time: Duration);
}
