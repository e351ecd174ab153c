//! In: what happened to a record. Out: one message for one event of one record in one language to one channel.

use crate::model::date::Instant;
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use crate::model::route::SafePath;
use crate::model::source::Asset;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// What happened to a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// It appeared.
    Published,
    /// It changed in substance: a material revision, or a new entry of an alert's or update's timeline.
    Updated,
    /// Something in it was wrong and has been put right.
    Corrected,
    /// A newer decision replaced it.
    Superseded,
    /// It was taken back.
    Withdrawn,
    /// The alert or disruption is over.
    Resolved,
    /// Its date is near.
    Reminder,
    /// Its text was taken out for good: every post made of it is deleted, whatever `on:` says.
    Erased,
}

impl Event {
    /// The events that a channel may choose, in the order in which they can happen.
    pub const ALL: [Event; 7] =
        [Event::Published, Event::Updated, Event::Corrected, Event::Superseded, Event::Withdrawn, Event::Resolved, Event::Reminder];

    /// The word in settings, ledger and messages.
    pub fn name(self) -> &'static str {
        match self {
            Event::Published => "published",
            Event::Updated => "updated",
            Event::Corrected => "corrected",
            Event::Superseded => "superseded",
            Event::Withdrawn => "withdrawn",
            Event::Resolved => "resolved",
            Event::Reminder => "reminder",
            Event::Erased => "erased",
        }
    }
}

impl FromStr for Event {
    type Err = ();
    fn from_str(text: &str) -> Result<Event, ()> {
        Event::ALL.into_iter().find(|event| event.name() == text).ok_or(())
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The identity of an announcement: hex SHA-256 of channel, account, record, language, version and event, and never of
/// its text, so that a new wording never posts twice.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// The key of one event of one record in one language on one account. `version` tells events of one name apart:
    /// the date of the revision, the instant of the timeline entry, the id of the correction.
    pub fn of(platform: &str, account: &str, record: &RecordId, lang: Lang, version: &str, event: Event) -> Key {
        let identity = format!("post/v1\n{platform}\n{account}\n{record}\n{lang}\n{version}\n{event}");
        Key(hex(&Sha256::digest(identity.as_bytes())))
    }

    /// The key of a part of a thread; part 0 is the announcement itself.
    pub fn part(&self, part: usize) -> Key {
        match part {
            0 => self.clone(),
            _ => Key(hex(&Sha256::digest(format!("part/v1\n{}\n{part}", self.0).as_bytes()))),
        }
    }

    /// The key of taking a post away so that this announcement can stand in its place; `part` counts the old parts.
    pub fn removal(&self, part: usize) -> Key {
        Key(hex(&Sha256::digest(format!("removal/v1\n{}\n{part}", self.0).as_bytes())))
    }

    /// The key of what this announcement does about another post of its record, besides the one that it is about.
    pub fn about(&self, other: &Key) -> Key {
        Key(hex(&Sha256::digest(format!("about/v1\n{}\n{}", self.0, other.0).as_bytes())))
    }

    /// 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first 8 bytes as a number, for identifiers that a platform wants short.
    pub fn number(&self) -> u64 {
        u64::from_str_radix(&self.0[..16], 16).expect("a key is 64 hex digits")
    }
}

impl FromStr for Key {
    type Err = String;
    fn from_str(text: &str) -> Result<Key, String> {
        let fits = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if fits { Ok(Key(text.to_owned())) } else { Err(format!("`{text}` is not the key of an announcement (64 hex digits).")) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}…)", &self.0[..8])
    }
}

/// Bytes as lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A picture that goes with a post.
#[derive(Debug, Clone)]
pub struct Image {
    /// Where its bytes are.
    pub file: ImageFile,
    /// Media type, such as `image/png`.
    pub media_type: &'static str,
    /// Words for those who do not see it.
    pub alt: String,
    /// Its full address on the public site, for platforms that fetch it there.
    pub url: String,
    /// Width and height in pixels, where they are known.
    pub size: Option<(u32, u32)>,
}

/// Where the bytes of a picture are.
#[derive(Debug, Clone)]
pub enum ImageFile {
    /// A file of the site as it was written.
    Source(Asset),
    /// A file of the finished site, such as a card.
    Finished(SafePath),
}

impl Image {
    /// Its path: below the site's root, or below the finished site.
    pub fn path(&self) -> &SafePath {
        match &self.file {
            ImageFile::Source(asset) => &asset.path,
            ImageFile::Finished(path) => path,
        }
    }

    /// Length in bytes, where it is known before it is read.
    pub fn len(&self) -> Option<u64> {
        match &self.file {
            ImageFile::Source(asset) => Some(asset.len()),
            ImageFile::Finished(_) => None,
        }
    }

    /// Whether it is known to have no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }
}

/// The preview that stands under a link, for networks that do not fetch one themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Title of the page.
    pub title: String,
    /// Its summary.
    pub description: String,
}

/// What is told, before a network's rules are applied to it.
#[derive(Debug, Clone)]
pub struct News {
    /// The record.
    pub record: RecordId,
    /// Its kind's name.
    pub kind: &'static str,
    /// The language.
    pub lang: Lang,
    /// What happened.
    pub event: Event,
    /// Tells events of one name apart; part of the key.
    pub version: String,
    /// When it happened, as the files say; never the clock.
    pub at: Instant,
    /// Full address of the page.
    pub link: String,
    /// Whole texts with the link in them, the longest first, each one fit to be posted as it stands. A channel takes
    /// the first that its network's counting rule allows.
    pub wordings: Vec<String>,
    /// Hashtags without `#`, added where they fit and the network uses them.
    pub hashtags: Vec<String>,
    /// The preview under the link.
    pub card: Card,
    /// Pictures that the record wants to go with its posts.
    pub images: Vec<Image>,
    /// The record's cards as they were drawn, each with all its words as alt text: for networks that show a picture under
    /// a link or take no post without one. Empty where the site draws none.
    pub drawn: Vec<Image>,
    /// Alerts go first and never wait behind others.
    pub urgent: bool,
}

/// What to do on the channel. Targets are keys: their remote ids are looked up when it is delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A new post.
    Post,
    /// A reply below the post of `to`; `root` is the first post of the thread.
    Reply {
        /// The post replied to.
        to: Key,
        /// The first post of the thread.
        root: Key,
    },
    /// A new text in place of the post of `of`.
    Edit {
        /// The post that is edited.
        of: Key,
    },
    /// Every post made of the record is deleted, and nothing takes its place.
    Remove,
    /// The post of `of` is deleted and a new one made.
    Replace {
        /// The post that is deleted.
        of: Key,
    },
}

/// One message for one event of one record in one language to one channel.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// Its identity.
    pub key: Key,
    /// The channel's name in the settings.
    pub channel: String,
    /// What is told.
    pub news: News,
    /// What to do.
    pub act: Act,
}
