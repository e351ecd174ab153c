//! In: what stand-ins accept. Out: the state they answer from, which no `kill -9` can lose.
//!
//! Each change is one JSON line, appended and synced before the stand-in answers, and read again at the start. A torn last
//! line was never answered, so it is cut off. Pictures are files named by the hash of their bytes.

use crate::rehearsal::{bluesky, boards, hook, mastodon};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Something that a stand-in has accepted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Change {
    /// A status was posted.
    Status(mastodon::Status),
    /// A status has a new text.
    StatusEdited {
        /// Which.
        id: u64,
        /// Its text.
        text: String,
        /// Its language.
        lang: Option<String>,
        /// Its pictures.
        media: Vec<u64>,
        /// When.
        at: Timestamp,
    },
    /// A status was deleted.
    StatusDeleted {
        /// Which.
        id: u64,
    },
    /// A picture was uploaded.
    Media(mastodon::Media),
    /// A record was written.
    Record(bluesky::Entry),
    /// A record was deleted.
    RecordDeleted {
        /// Whose.
        did: String,
        /// Which.
        rkey: String,
    },
    /// A blob was uploaded.
    Blob {
        /// Hash of its bytes.
        cid: String,
        /// Media type.
        media_type: String,
        /// Length in bytes.
        size: usize,
    },
    /// A post on a board: made, changed or taken away.
    Posted(boards::Posted),
    /// A thing of a board.
    Thing {
        /// The platform.
        network: String,
        /// Its name.
        name: String,
        /// What it is now.
        value: Value,
    },
    /// A hook took a message.
    Hook {
        /// The hook's name.
        name: String,
        /// Its idempotency key.
        key: String,
        /// What was sent.
        body: Value,
        /// When.
        at: Timestamp,
    },
}

/// Everything the stand-ins know.
pub struct World {
    folder: PathBuf,
    journal: File,
    /// The Mastodon server.
    pub mastodon: mastodon::State,
    /// The Bluesky server.
    pub bluesky: bluesky::State,
    /// The hooks.
    pub hooks: hook::State,
    /// All other networks.
    pub boards: boards::State,
}

impl World {
    /// The state as the last run left it.
    pub fn open(folder: &Path) -> std::io::Result<World> {
        std::fs::create_dir_all(folder.join("files"))?;
        let mut journal = OpenOptions::new().read(true).append(true).create(true).open(folder.join("stand-ins.jsonl"))?;
        let mut text = Vec::new();
        journal.read_to_end(&mut text)?;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        journal.set_len(whole as u64)?;
        journal.seek(std::io::SeekFrom::End(0))?;
        journal.sync_all()?;
        File::open(folder)?.sync_all()?;
        let mut world = World {
            folder: folder.to_owned(),
            journal,
            mastodon: Default::default(),
            bluesky: Default::default(),
            hooks: Default::default(),
            boards: Default::default(),
        };
        for line in text[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            world.apply(&serde_json::from_slice(line).map_err(std::io::Error::other)?);
        }
        Ok(world)
    }

    /// Makes a change durable, then true.
    pub fn commit(&mut self, change: Change) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(&change).map_err(std::io::Error::other)?;
        line.push(b'\n');
        self.journal.write_all(&line)?;
        self.journal.sync_data()?;
        self.apply(&change);
        Ok(())
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Status(_) | Change::StatusEdited { .. } | Change::StatusDeleted { .. } | Change::Media(_) => {
                self.mastodon.apply(change)
            }
            Change::Record(_) | Change::RecordDeleted { .. } | Change::Blob { .. } => self.bluesky.apply(change),
            Change::Hook { .. } => self.hooks.apply(change),
            Change::Posted(_) | Change::Thing { .. } => self.boards.apply(change),
        }
    }

    /// Where the journal lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps the bytes of a picture under their hash.
    pub fn keep(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let path = self.folder.join("files").join(name);
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        File::open(self.folder.join("files"))?.sync_all()
    }

    /// The bytes of a picture.
    pub fn kept(&self, name: &str) -> Option<Vec<u8>> {
        let safe = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        safe.then(|| std::fs::read(self.folder.join("files").join(name)).ok()).flatten()
    }
}
