//! In: posts and things that stand-ins accept. Out: what is there now, kept whole in the journal.
//!
//! Most stand-ins need no more than this: posts by network and id, each change a whole new value, and named things (a
//! container, an upload, a token that was replaced).

use crate::rehearsal::shared::Shared;
use crate::rehearsal::world::Change;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// A post on a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Posted {
    /// The platform.
    pub network: String,
    /// Who posted it.
    pub account: String,
    /// Its id.
    pub id: String,
    /// The id of the post that it answers.
    pub parent: Option<String>,
    /// Its text as its readers see it.
    pub text: String,
    /// Its language, where the network has a field for it.
    pub lang: Option<String>,
    /// The preview under the link, where the post brought one: address, title, description.
    pub card: Option<(String, String, String)>,
    /// Pictures: file and alt text.
    pub images: Vec<(String, String)>,
    /// The key it was sent with, where the network takes one.
    pub key: Option<String>,
    /// When it was posted.
    pub at: Timestamp,
    /// When its text was last changed.
    pub edited: Option<Timestamp>,
    /// Whether it was taken away.
    pub deleted: bool,
    /// What else the network keeps of it.
    pub more: Value,
}

impl Posted {
    /// A new post without anything around its text.
    pub fn new(network: &str, account: &str, id: impl Into<String>, text: impl Into<String>) -> Posted {
        Posted {
            network: network.into(),
            account: account.into(),
            id: id.into(),
            parent: None,
            text: text.into(),
            lang: None,
            card: None,
            images: Vec::new(),
            key: None,
            at: Timestamp::now(),
            edited: None,
            deleted: false,
            more: Value::Null,
        }
    }
}

/// All boards.
#[derive(Default)]
pub struct State {
    posts: BTreeMap<(String, String), Posted>,
    things: BTreeMap<(String, String), Value>,
    count: u64,
}

impl State {
    /// Takes a change in.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Posted(post) => {
                self.count += 1;
                self.posts.insert((post.network.clone(), post.id.clone()), post.clone());
            }
            Change::Thing { network, name, value } => {
                self.count += 1;
                self.things.insert((network.clone(), name.clone()), value.clone());
            }
            _ => {}
        }
    }

    /// Every post of every network, deleted ones too.
    pub fn all(&self) -> impl Iterator<Item = &Posted> {
        self.posts.values()
    }

    /// Posts of a network that are there, the newest first.
    pub fn of(&self, network: &str) -> Vec<&Posted> {
        let mut posts: Vec<&Posted> = self.posts.values().filter(|post| post.network == network && !post.deleted).collect();
        posts.sort_by(|a, b| (b.at, &b.id).cmp(&(a.at, &a.id)));
        posts
    }

    /// A post that is there.
    pub fn get(&self, network: &str, id: &str) -> Option<&Posted> {
        self.posts.get(&(network.to_owned(), id.to_owned())).filter(|post| !post.deleted)
    }

    /// The post that came with a key, deleted or not.
    pub fn by_key(&self, network: &str, key: &str) -> Option<&Posted> {
        self.posts.values().find(|post| post.network == network && post.key.as_deref() == Some(key))
    }

    /// Forgets every key, as a server does whose cache is emptied.
    pub fn forget_keys(&mut self) {
        self.posts.values_mut().for_each(|post| post.key = None);
    }

    /// A thing of a network.
    pub fn thing(&self, network: &str, name: &str) -> Option<&Value> {
        self.things.get(&(network.to_owned(), name.to_owned()))
    }

    /// The things of a network whose names begin so, in the order of their names.
    pub fn things_of<'s>(&'s self, network: &'s str, prefix: &'s str) -> impl Iterator<Item = &'s Value> {
        let from = (network.to_owned(), prefix.to_owned());
        let own = move |((of, name), _): &(&(String, String), &Value)| of == network && name.starts_with(prefix);
        self.things.range(from..).take_while(own).map(|(_, value)| value)
    }

    /// A number that no post and no thing has been given yet.
    pub fn next(&self) -> u64 {
        self.count + 1
    }
}

impl Shared {
    /// Makes a post, or its new value, durable.
    pub fn put(&self, post: Posted) -> std::io::Result<()> {
        self.world().commit(Change::Posted(post))
    }

    /// Makes a thing durable.
    pub fn keep_thing(&self, network: &str, name: &str, value: Value) -> std::io::Result<()> {
        self.world().commit(Change::Thing { network: network.into(), name: name.into(), value })
    }

    /// Keeps a picture and gives the name of its file.
    pub fn keep_picture(&self, bytes: &[u8]) -> std::io::Result<String> {
        let name = crate::rehearsal::cid::of_blob(bytes);
        self.world().keep(&name, bytes)?;
        Ok(name)
    }
}
