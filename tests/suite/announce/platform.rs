//! An account of a platform in memory, of each class: what it has made, what it shows, and what is still on its way to it.

use super::world::{Class, Policy, QUIET, World};
use promulgate::model::announcement::{Announcement, Key};
use promulgate::model::finding::Checked;
use promulgate::model::ledger::{Line, Receipt};
use promulgate::model::transport::*;
use std::collections::BTreeMap;

/// What is so of one account.
pub struct State_ {
    pub now: i64,
    pub lines: Vec<Line>,
    pub locked: bool,
    /// How often each key made a post.
    pub made: BTreeMap<Key, u32>,
    /// Posts that readers see, by id, and what they say.
    pub shown: BTreeMap<String, String>,
    pub on_the_wire: Vec<Wire>,
    /// Containers, by number.
    pub containers: Vec<Box_>,
}

impl Default for State_ {
    fn default() -> State_ {
        State_ {
            now: 1_763_000_000,
            lines: Vec::new(),
            locked: false,
            made: BTreeMap::new(),
            shown: BTreeMap::new(),
            on_the_wire: Vec::new(),
            containers: Vec::new(),
        }
    }
}

/// A container: what it was made for, and what became of it.
#[derive(Default, Clone, Copy)]
pub struct Box_ {
    published: bool,
    ended: bool,
}

/// A request that arrives at some time.
#[derive(Clone)]
pub struct Wire {
    pub at: i64,
    key: Key,
    deed: Deed,
    text: String,
    container: Option<usize>,
}

pub struct Platform(pub World);

fn receipt(key: &Key) -> Receipt {
    Receipt { id: key.to_string(), url: String::new(), version_id: String::new() }
}

/// What the platform does with a request.
pub fn apply(state: &mut State_, class: Class, wire: &Wire) {
    match &wire.deed {
        Deed::New | Deed::Reply { .. } => {
            // The id is taken only as long as the post is there: what was deleted can come back.
            if class == Class::OwnId && state.shown.contains_key(&receipt(&wire.key).id) {
                return;
            }
            if let Some(container) = wire.container.map(|at| &mut state.containers[at]) {
                if container.published || container.ended {
                    return;
                }
                container.published = true;
            }
            *state.made.entry(wire.key.clone()).or_default() += 1;
            state.shown.insert(receipt(&wire.key).id, wire.text.clone());
        }
        Deed::Edit(of) => drop(state.shown.insert(of.id.clone(), wire.text.clone())),
        Deed::Delete(of) => drop(state.shown.remove(&of.id)),
    }
}

impl Platform {
    pub fn compose_it(announcement: &Announcement) -> Vec<Post> {
        let text = announcement.news.wordings[0].clone();
        let parts = if text.starts_with("two parts") { 2 } else { 1 };
        (0..parts)
            .map(|part| {
                let counted = Counted { used: text.len(), limit: 300, unit: "graphemes" };
                let payload = serde_json::json!({ "text": text, "part": part });
                Post { part, ..Post::new(announcement, format!("{text} {part}"), counted, payload) }
            })
            .collect()
    }

    /// The container of a post: the one that was noted, unless it has ended, or a new one.
    fn container(&self, out: &mut dyn Transport) -> Result<usize, SendError> {
        let world = &self.0;
        if let Some(known) = out.noted("container").and_then(|number| number.parse::<usize>().ok()) {
            // A day later the platform has thrown away what was never published.
            let known_box = world.state().containers[known];
            let ended = known_box.ended || !known_box.published && world.free(2) == 1;
            if !ended {
                return Ok(known);
            }
            world.state().containers[known].ended = true;
        }
        let choice = world.choose(4);
        let retry = |reason: &str| SendError::Retry { after: None, reason: reason.into() };
        match choice {
            1 => return Err(retry("nobody listens")),
            2 => world.kill(),
            _ => {}
        }
        let number = {
            let mut state = world.state();
            state.containers.push(Box_::default());
            state.containers.len() - 1
        };
        world.boundary();
        if choice == 3 {
            // The answer is lost, and the container with it: nobody will ever publish it.
            return Err(retry("the answer was lost"));
        }
        if world.policy != Policy::NoNotes {
            out.note("container", &number.to_string()).map_err(|error| retry(&error.to_string()))?;
        }
        world.boundary();
        if world.choose(2) == 1 {
            world.kill();
        }
        Ok(number)
    }
}

impl Channel for Platform {
    fn account(&self) -> &str {
        self.0.name
    }

    fn abilities(&self) -> Abilities {
        let look_up = match self.0.class {
            // Publishing a container twice makes one post, so its number is an id of our own.
            Class::OwnId | Class::Container => LookUp::OwnId,
            Class::Expiring | Class::Link => LookUp::Link,
            // The unsafe way asks nobody: it takes "not found" for granted.
            Class::Nothing if self.0.policy == Policy::RetryWhenUnknown => LookUp::Link,
            Class::Nothing => LookUp::None,
        };
        Abilities { look_up, edit: Edit::Full, delete: Delete::Yes, reply: Reply::Native, ..Abilities::LEAST }
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        Platform::compose_it(announcement).into()
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let world = &self.0;
        let new = matches!(deed, Deed::New | Deed::Reply { .. });
        let container = if world.class == Class::Container && new { Some(self.container(out)?) } else { None };
        let wire = |at| Wire { at, key: key.clone(), deed: deed.clone(), text: post.text.clone(), container };
        let lost = || Err(SendError::Unknown { reason: "the answer was lost".into() });
        let do_it = || {
            let remembered = || world.class == Class::Expiring && world.state().made.contains_key(key) && world.free(2) == 0;
            if !new || !remembered() {
                apply(&mut world.state(), world.class, &wire(0));
            }
        };
        let later = |seconds: i64| {
            let mut state = world.state();
            let at = state.now + seconds;
            state.on_the_wire.push(wire(at));
        };
        let answer = match deed {
            Deed::New | Deed::Reply { .. } => Some(receipt(key)),
            Deed::Edit(of) => Some(of.clone()),
            Deed::Delete(_) => None,
        };
        world.boundary();
        match world.choose(8) {
            1 => return Err(SendError::Retry { after: None, reason: "nobody listens".into() }),
            2 => return lost(),
            3 => {
                do_it();
                return lost();
            }
            4 => {
                later(QUIET.as_secs() as i64 - 1);
                return lost();
            }
            5 => world.kill(),
            6 => {
                do_it();
                world.kill();
            }
            7 => {
                later(QUIET.as_secs() as i64 + 29);
                world.kill();
            }
            _ => {}
        }
        do_it();
        world.boundary();
        Ok(answer)
    }

    fn find(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let world = &self.0;
        if world.policy == Policy::RetryWhenUnknown && !matches!(world.class, Class::OwnId | Class::Container) {
            return Ok(None);
        }
        world.boundary();
        match world.choose(3) {
            1 => return Err(SendError::Retry { after: None, reason: "nobody listens".into() }),
            2 => world.kill(),
            _ => {}
        }
        let container = out.noted("container").and_then(|number| number.parse::<usize>().ok());
        let state = world.state();
        Ok(match deed {
            Deed::New | Deed::Reply { .. } if world.class == Class::Container => {
                container.is_some_and(|at| state.containers[at].published).then(|| receipt(key))
            }
            Deed::New | Deed::Reply { .. } => state.made.contains_key(key).then(|| receipt(key)),
            Deed::Edit(of) => (state.shown.get(&of.id) == Some(&post.text)).then(|| of.clone()),
            Deed::Delete(of) => (!state.shown.contains_key(&of.id)).then(|| of.clone()),
        })
    }
}
