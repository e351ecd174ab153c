//! In: what delivery needs from the outside. Out: the traits it goes through, so that a test can play every crash,
//! lost answer and race.

use crate::model::announcement::{Announcement, Card, Image, Key};
use crate::model::finding::Checked;
use crate::model::lang::Lang;
use crate::model::ledger::Receipt;
use jiff::Timestamp;
use std::time::Duration;

// One import for whoever implements a channel, a store or a way out.
pub use crate::model::abilities::{Abilities, Counter, Dedupe, Delete, Edit, LookUp, Pictures, Preview, Reply, Token};
pub use crate::model::state::{Repair, StateError, StateStore};
pub use crate::model::wire::{Body, CallError, Kit, Mail, MailAnswer, MailStage, Method, Part, Request, Response, Secret};

/// Speaks with a program: starts `argv`, hands its first line to `lines`, writes what that gives back (one line or
/// several) and hands it the next answer line, until it gives back nothing. Then, or when the time is up, the program's
/// whole group is ended.
pub trait Speak: Send + Sync {
    /// Speaks with a program that gets no secrets.
    fn speak(&self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError>;
}

/// What a talk over a WebSocket does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Talk {
    /// Sends a message.
    Say(String),
    /// Sends several, one behind the other.
    SayAll(Vec<String>),
    /// Waits for the next one.
    Listen,
    /// Ends.
    Done,
}

/// The way out for channels: HTTP, WebSocket, mail, plugin programs, folders for people.
pub trait Transport {
    /// Sends a request and waits for the answer.
    fn http(&mut self, request: &Request) -> Result<Response, CallError>;

    /// Speaks with a plugin: starts `argv`, hears its hello line, writes each line and reads one answer line for each;
    /// `secrets` go in by name after hello, never through arguments or environment. Ends the program's whole group.
    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError>;

    /// Speaks over a WebSocket: opens `url`, sends what `lines` gives back for nothing, hands it each text message and sends
    /// what that gives back, until `lines` says that it is done.
    fn socket(&mut self, url: &str, lines: &mut dyn FnMut(Option<&str>) -> Talk, limit: Duration) -> Result<(), CallError> {
        let _ = (url, lines, limit);
        Err(CallError::NotSent("there is no way to a WebSocket here".into()))
    }

    /// Hands a message to a mail server.
    fn mail(&mut self, mail: &Mail) -> Result<MailAnswer, CallError> {
        let _ = mail;
        Err(CallError::NotSent("there is no way to a mail server here".into()))
    }

    /// Puts a kit into the folder for those who post by hand, in place of an earlier one for the same deed; gives its path
    /// below the site's root.
    fn hand_over(&mut self, kit: &Kit, images: &[Image]) -> Result<String, CallError> {
        let _ = (kit, images);
        Err(CallError::NotSent("there is no folder for kits here".into()))
    }

    /// What an earlier step or attempt of the present deed has noted: the id of a container, of an upload.
    fn noted(&self, name: &str) -> Option<String> {
        let _ = name;
        None
    }

    /// Notes something about the present deed in the ledger, durable when it returns.
    fn note(&mut self, name: &str, value: &str) -> Result<(), CallError> {
        let _ = (name, value);
        Ok(())
    }

    /// Keeps a secret that the platform has put in place of an earlier one.
    fn rotate(&mut self, name: &str, value: &Secret) -> Result<(), CallError> {
        let _ = (name, value);
        Ok(())
    }

    /// The clock, for signatures that carry the time.
    fn now(&mut self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    /// A secret's value.
    fn secret(&mut self, name: &str) -> Result<Secret, CallError>;

    /// A text from the platform without the secrets that were given out, however it writes them: for all that is kept or
    /// said.
    fn without_secrets(&self, text: &str) -> String {
        text.to_owned()
    }

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
    /// A person must do the rest: press the button, post by hand, pass a check of the platform.
    #[error("a person is needed: {reason}")]
    Person {
        /// What is to be done, and where.
        reason: String,
    },
    /// The token or account is not accepted: the channel stops, a person is needed.
    #[error("account not accepted: {reason}")]
    Account {
        /// What the platform said.
        reason: String,
    },
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
    /// What the platform charges for it, where it does.
    pub cost: Option<Cost>,
    /// The exact body as JSON, remote ids left out: what the plan shows and what the ledger hashes.
    pub payload: serde_json::Value,
}

impl Post {
    /// A post of an announcement: no card, no pictures, no cost.
    pub fn new(announcement: &Announcement, text: impl Into<String>, counted: Counted, payload: serde_json::Value) -> Post {
        Post {
            announcement: announcement.clone(),
            part: 0,
            text: text.into(),
            counted,
            link: announcement.news.link.clone(),
            lang: announcement.news.lang,
            card: None,
            images: Vec::new(),
            cost: None,
            payload,
        }
    }
}

/// What a platform charges for one post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Cost {
    /// In millionths of the currency.
    pub micros: u64,
    /// ISO 4217, such as `USD`.
    pub currency: &'static str,
}

/// What a harmless call has proven about an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Proof {
    /// The account as the platform calls it; empty where nothing can be asked.
    pub account: String,
    /// When the token ends, if that is known.
    pub expires: Option<Timestamp>,
    /// Limits that the platform told, and what else was seen: sentences.
    pub seen: Vec<String>,
    /// What is in the way: sentences with the remedy.
    pub obstacles: Vec<String>,
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
    /// Proves the credentials with calls that change nothing.
    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let _ = out;
        Ok(Proof::default())
    }
    /// How often a post was seen, liked, shared, answered: counts by their standard names (`views`, `likes`, `reposts`,
    /// `replies`, `clicks` …). Empty where the platform tells nothing.
    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let _ = (of, out);
        Ok(Vec::new())
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
    /// Waits, at most until the run is asked to end.
    fn wait(&mut self, time: Duration);
    /// Whether the run was asked to end: nothing begins any more.
    fn is_called_off(&mut self) -> bool {
        false
    }
}
