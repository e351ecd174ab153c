//! The words of `channel/1`, the protocol between Promulgate and plugin programs: one JSON object a line, UTF-8, at most
//! 1 MiB. In and out: plain wire types that borrow nothing from the model, so that a renamed field inside never breaks a
//! plugin. `docs/channels.md` is the specification, `tests/channels/plugin/` its golden transcripts.
//!
//! Unknown fields are ignored both ways; a new ability is a word in `can`; `v` changes only when a field's meaning does.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The version spoken here.
pub const VERSION: u32 = 1;

/// What a plugin says first. This line is frozen for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Always `channel`.
    pub protocol: String,
    /// Versions that the plugin speaks.
    pub versions: Vec<u32>,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// What it cannot do without.
    #[serde(default)]
    pub needs: Needs,
    /// What its network allows.
    #[serde(default)]
    pub limits: Limits,
    /// What it can do besides composing and sending: `find`, `edit`, `delete`, `reply`, `images`.
    #[serde(default)]
    pub can: Vec<String>,
}

/// What a plugin cannot do without.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// Names of secrets.
    #[serde(default)]
    pub secrets: Vec<String>,
    /// Hosts that it speaks with.
    #[serde(default)]
    pub hosts: Vec<String>,
}

/// What a plugin's network allows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Most units of a text.
    pub text: Option<usize>,
    /// The unit, such as `grapheme`.
    #[serde(default)]
    pub unit: String,
    /// What a link counts, if not its length.
    pub url: Option<usize>,
    /// Most pictures.
    pub images: Option<usize>,
}

/// Our answer to a hello.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Welcome {
    /// The version spoken from here on.
    pub v: u32,
    /// `rehearse` or `send`.
    pub mode: String,
    /// The plugin's own settings.
    pub settings: Value,
}

/// The secrets that were asked for and granted; sent only in mode `send`.
#[derive(Serialize, Deserialize)]
pub struct Secrets {
    /// Values by name.
    pub secrets: BTreeMap<String, String>,
}

/// What is asked of a plugin.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum Ask {
    /// The posts of an announcement.
    Compose {
        /// What is told.
        announcement: Told,
    },
    /// To post.
    Send {
        /// Identity of the announcement: never post twice with the same one.
        key: String,
        /// `post`, `reply`, `edit` or `delete`.
        deed: String,
        /// The post that a reply, edit or deletion is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        of: Option<Remote>,
        /// What to post.
        post: Written,
    },
    /// Whether it was posted.
    Find {
        /// Identity of the announcement.
        key: String,
        /// What was to be done.
        deed: String,
        /// The post that it was about.
        #[serde(skip_serializing_if = "Option::is_none")]
        of: Option<Remote>,
        /// The post.
        post: Written,
    },
}

/// What is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Told {
    /// The record's id.
    pub record: String,
    /// Its kind.
    pub kind: String,
    /// What happened.
    pub event: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// Language.
    pub lang: String,
    /// Full address of the page.
    pub link: String,
    /// Whole texts, the longest first.
    pub wordings: Vec<String>,
    /// Hashtags without `#`.
    pub hashtags: Vec<String>,
    /// Title of the page.
    pub title: String,
    /// Its summary.
    pub description: String,
    /// Pictures.
    pub images: Vec<Picture>,
    /// Whether it is an alert.
    pub urgent: bool,
}

/// A picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Picture {
    /// Name of the file.
    pub name: String,
    /// Media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Words for those who do not see it.
    pub alt: String,
    /// The bytes in Base64; only when sending, and only for a plugin that can `images`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub data: String,
}

/// A post as it will be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Written {
    /// The exact text.
    pub text: String,
    /// Full address of the page.
    pub link: String,
    /// Language.
    pub lang: String,
    /// Pictures.
    pub images: Vec<Picture>,
    /// What the plugin added when it composed.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub extra: Value,
}

/// An answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer<T> {
    /// It is done.
    Ok(T),
    /// It is not.
    Err(Fault),
}

/// The answer to `compose`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Composed {
    /// The posts; one, as long as threads are not asked for.
    pub posts: Vec<ComposedPost>,
}

/// A composed post.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ComposedPost {
    /// The exact text.
    pub text: String,
    /// How long it is by the network's rule.
    pub used: usize,
    /// How long it may be.
    pub limit: usize,
    /// Anything that the plugin wants back when it sends.
    #[serde(default)]
    pub extra: Value,
}

/// Where a post is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remote {
    /// The network's id.
    pub id: String,
    /// Where readers see it.
    #[serde(default)]
    pub url: String,
}

/// The answer to `find`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Found {
    /// Where it is, if it is.
    pub found: Option<Remote>,
}

/// Why something was not done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fault {
    /// `auth`, `rate-limited`, `rejected`, `unreachable` or `unknown`.
    pub kind: String,
    /// Seconds to wait.
    #[serde(default)]
    pub retry_after: Option<u64>,
    /// A sentence for people.
    #[serde(default)]
    pub message: String,
}
