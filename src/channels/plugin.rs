//! A plugin: a program of anyone's that speaks `channel/1` (`protocol`). In: announcements. Out: what the program makes of
//! them. It is started anew for each question, gets its secrets on standard input and only in earnest, and is ended with
//! its whole group when its time is up.

use crate::channels::channel::Platform;
use crate::channels::protocol::{
    Answer, Ask, Composed, ComposedPost, Fault, Found, Hello, Picture, Remote, Secrets, Told, VERSION, Welcome, Written,
};
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::{Checked, Finding, Severity};
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::record::Value as FieldValue;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, CallError, Channel, Counted, Deed, Delete, Edit, LookUp, Pictures, Post, Reply, SendError, Speak, Transport,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// How long a plugin may take to say hello, to compose and to look, and to send.
const THINK: Duration = Duration::from_secs(5);
const SEND: Duration = Duration::from_secs(30);
/// Pictures go along while the line stays well below 1 MiB.
const PICTURE_BYTES: usize = 600_000;

/// A plugin program.
pub static PLATFORM: Platform = Platform {
    name: "plugin",
    about: "A small program, in any language, that speaks `channel/1` (see docs/channels.md).",
    fields: &[
        Field::new("command", Shape::List(&Shape::Text), "The program and its arguments; no shell is involved.", "[./plugins/press-desk]")
            .required(),
        Field::new(
            "account",
            Shape::Text,
            "Whom the program posts as; part of what keeps a post from being made twice.",
            "press-desk@norrvik.example",
        ),
        Field::new(
            "secrets",
            Shape::Named(&Shape::Secret),
            "Secrets that the program may have, by the names it asks for.",
            "{ token: env:PRESS_TOKEN }",
        ),
        Field::new("settings", Shape::Anything, "Anything the program wants to know.", "{ desk: news }"),
    ],
    abilities: Abilities::LEAST,
    terms: &[],
    hosts: |_| Vec::new(),
    open: |settings, speak| Box::new(Plugin::new(settings, speak)),
};

struct Plugin {
    argv: Vec<String>,
    account: String,
    settings: Value,
    granted: Vec<String>,
    speak: Arc<dyn Speak>,
    hello: OnceLock<Result<Hello, String>>,
    composed: Mutex<BTreeMap<String, Result<ComposedPost, String>>>,
}

impl Plugin {
    fn new(settings: &ChannelSettings, speak: &Arc<dyn Speak>) -> Plugin {
        let argv: Vec<String> = settings.own.texts("command").map(str::to_owned).collect();
        let own = match settings.own.get("settings") {
            Some(FieldValue::Any(value)) => value.clone(),
            _ => json!({}),
        };
        Plugin {
            account: settings.own.text("account").map_or_else(|| argv.join(" "), str::to_owned),
            argv,
            settings: own,
            granted: settings.secrets.keys().cloned().collect(),
            speak: Arc::clone(speak),
            hello: OnceLock::new(),
            composed: Mutex::default(),
        }
    }

    /// What the program said first, asked once.
    fn hello(&self) -> Result<&Hello, String> {
        let asked = self.hello.get_or_init(|| {
            let mut heard = None;
            let mut lines = |line: &str| {
                heard = Some(read_hello(line));
                None
            };
            let spoken = self.speak.speak(&self.argv, &mut lines, THINK).map_err(|error| error.to_string());
            heard.unwrap_or_else(|| Err(spoken.err().unwrap_or_else(|| "it said nothing".into())))
        });
        asked.as_ref().map_err(Clone::clone)
    }

    fn can(&self, ability: &str) -> bool {
        self.hello().is_ok_and(|hello| hello.can.iter().any(|word| word == ability))
    }

    fn welcome(&self, mode: &str) -> String {
        line(&Welcome { v: VERSION, mode: mode.to_owned(), settings: self.settings.clone() })
    }

    /// Asks for the post of an announcement; the same question is asked once.
    fn ask_post(&self, announcement: &Announcement) -> Result<ComposedPost, String> {
        let question = line(&Ask::Compose { announcement: told(announcement) });
        let mut known = self.composed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = known.get(&question) {
            return answer.clone();
        }
        let mut talk = Talk::new(vec![self.welcome("rehearse"), question.clone()]);
        let spoken = self.speak.speak(&self.argv, &mut |line| talk.next(line), THINK);
        let answer = talk.answer::<Composed>(spoken).map_err(|error| error.to_string()).and_then(|composed| only_post(composed.posts));
        known.insert(question, answer.clone());
        answer
    }

    /// Asks in earnest, or in rehearsal without secrets.
    fn ask<T: DeserializeOwned>(&self, ask: &Ask, limit: Duration, out: &mut dyn Transport) -> Result<T, SendError> {
        let hello = self.hello().map_err(|reason| SendError::Retry { after: None, reason })?.clone();
        let mut lines = vec![self.welcome(if out.in_earnest() { "send" } else { "rehearse" })];
        if out.in_earnest() {
            lines.push(line(&self.secrets(&hello, out)?));
        }
        lines.push(line(ask));
        let mut talk = Talk::new(lines);
        let spoken = out.plugin(&self.argv, &mut |line| talk.next(line), limit);
        talk.answer(spoken)
    }

    fn secrets(&self, hello: &Hello, out: &mut dyn Transport) -> Result<Secrets, SendError> {
        let mut secrets = BTreeMap::new();
        for name in &hello.needs.secrets {
            if !self.granted.contains(name) {
                return Err(SendError::Account {
                    reason: format!("the plugin asks for the secret `{name}`, which the settings do not give it"),
                });
            }
            let secret = out.secret(name).map_err(|error| SendError::Account { reason: error.to_string() })?;
            secrets.insert(name.clone(), secret.expose().to_owned());
        }
        Ok(Secrets { secrets })
    }

    fn written(&self, post: &Post, out: Option<&mut dyn Transport>) -> Result<Written, SendError> {
        let mut images: Vec<Picture> = post.images.iter().map(picture).collect();
        if let Some(out) = out.filter(|_| self.can("images")) {
            let mut left = PICTURE_BYTES;
            for (image, picture) in post.images.iter().zip(&mut images) {
                let bytes = out.image(image).map_err(|error| SendError::Retry { after: None, reason: error.to_string() })?;
                if bytes.len() <= left {
                    left -= bytes.len();
                    picture.data = STANDARD.encode(bytes);
                }
            }
        }
        Ok(Written {
            text: post.text.clone(),
            link: post.link.clone(),
            lang: post.lang.to_string(),
            images,
            extra: post.payload["extra"].clone(),
        })
    }
}

impl Channel for Plugin {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        Abilities {
            look_up: if self.can("find") { LookUp::Link } else { LookUp::None },
            edit: if self.can("edit") { Edit::Full } else { Edit::None },
            delete: if self.can("delete") { Delete::Yes } else { Delete::None },
            reply: if self.can("reply") { Reply::Native } else { Reply::None },
            pictures: self.hello().ok().and_then(|hello| hello.limits.images).map_or(Pictures::None, |most| Pictures::UpTo(most as u32)),
            lang: true,
            ..Abilities::LEAST
        }
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        match self.hello().and_then(|_| self.ask_post(announcement)) {
            Ok(composed) => vec![self.post(announcement, composed)].into(),
            Err(reason) => Checked::new(Vec::new(), [silent(announcement, &reason)].into_iter().collect()),
        }
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let (deed, of) = deed_of(deed);
        let post = self.written(post, Some(&mut *out))?;
        let remote: Remote = self.ask(&Ask::Send { key: key.to_string(), deed: deed.into(), of, post }, SEND, out)?;
        Ok(Some(receipt(remote)))
    }

    fn find(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let (deed, of) = deed_of(deed);
        let post = self.written(post, None)?;
        let found: Found = self.ask(&Ask::Find { key: key.to_string(), deed: deed.into(), of, post }, SEND, out)?;
        Ok(found.found.map(receipt))
    }
}

impl Plugin {
    fn post(&self, announcement: &Announcement, composed: ComposedPost) -> Post {
        let news = &announcement.news;
        let images = match self.hello().ok().and_then(|hello| hello.limits.images) {
            Some(most) => news.images.iter().take(most).cloned().collect(),
            None => Vec::new(),
        };
        let mut payload = json!({"text": composed.text, "link": news.link, "lang": news.lang});
        if !composed.extra.is_null() {
            payload["extra"] = composed.extra;
        }
        let counted = Counted { used: composed.used, limit: composed.limit, unit: self.unit() };
        Post { images, ..Post::new(announcement, composed.text, counted, payload) }
    }

    fn unit(&self) -> &'static str {
        match self.hello().map(|hello| hello.limits.unit.trim_end_matches('s').to_owned()).as_deref() {
            Ok("grapheme") => "graphemes",
            Ok("byte") => "bytes",
            _ => "characters",
        }
    }
}

/// What we say, and the answer that comes back.
struct Talk {
    lines: Option<Vec<String>>,
    answer: Option<String>,
}

impl Talk {
    fn new(lines: Vec<String>) -> Talk {
        Talk { lines: Some(lines), answer: None }
    }

    /// The hello is answered with all our lines at once; the next line is the answer.
    fn next(&mut self, line: &str) -> Option<String> {
        match self.lines.take() {
            Some(lines) => Some(lines.join("\n")),
            None => {
                self.answer = Some(line.to_owned());
                None
            }
        }
    }

    /// What came of it. An answer outweighs how the program ended afterwards.
    fn answer<T: DeserializeOwned>(self, spoken: Result<(), CallError>) -> Result<T, SendError> {
        let Some(answer) = self.answer else {
            return Err(match spoken {
                Err(CallError::NotSent(reason)) => SendError::Retry { after: None, reason },
                Err(CallError::Lost(reason)) => SendError::Unknown { reason },
                Ok(()) if self.lines.is_some() => SendError::Retry { after: None, reason: "the plugin said nothing".into() },
                Ok(()) => SendError::Unknown { reason: "the plugin ended without an answer".into() },
            });
        };
        match serde_json::from_str(&answer) {
            Ok(Answer::Ok(value)) => Ok(value),
            Ok(Answer::Err(fault)) => Err(fault_of(fault)),
            Err(_) => Err(SendError::Unknown { reason: "the plugin's answer is not one of channel/1".into() }),
        }
    }
}

fn fault_of(fault: Fault) -> SendError {
    let reason = fault.message;
    match fault.kind.as_str() {
        "auth" => SendError::Account { reason },
        "rate-limited" | "unreachable" => SendError::Retry { after: fault.retry_after.map(Duration::from_secs), reason },
        "rejected" => SendError::Refused { reason },
        _ => SendError::Unknown { reason },
    }
}

/// Checks the protocol and the version before anything else, so that an old plugin reads a clear sentence.
fn read_hello(line: &str) -> Result<Hello, String> {
    let value: Value = serde_json::from_str(line).map_err(|_| "its first line is not JSON".to_owned())?;
    if value["protocol"] != "channel" {
        return Err("its first line is not a hello of the protocol `channel`".into());
    }
    let versions = value["versions"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !versions.iter().any(|version| version == VERSION) {
        return Err(format!("it does not speak version {VERSION} of the protocol, the only one known here"));
    }
    serde_json::from_value(value).map_err(|error| format!("its hello cannot be read: {error}"))
}

fn only_post(mut posts: Vec<ComposedPost>) -> Result<ComposedPost, String> {
    match (posts.pop(), posts.is_empty()) {
        (Some(post), true) if post.used <= post.limit => Ok(post),
        (Some(post), true) => Err(format!("its text is {} long where {} are allowed", post.used, post.limit)),
        _ => Err("it did not give exactly one post".into()),
    }
}

fn silent(announcement: &Announcement, reason: &str) -> Finding {
    Finding {
        code: "plugin-fault",
        severity: Severity::Error,
        place: None,
        message: format!("The plugin of the channel {} gives no text for {}: {reason}.", announcement.channel, announcement.news.record),
        help: "Run the program by hand: its first line must be the hello of channel/1, see docs/channels.md.".into(),
    }
}

fn told(announcement: &Announcement) -> Told {
    let news = &announcement.news;
    Told {
        record: news.record.to_string(),
        kind: news.kind.to_owned(),
        event: news.event.name().to_owned(),
        at: news.at.timestamp().to_string(),
        lang: news.lang.to_string(),
        link: news.link.clone(),
        wordings: news.wordings.clone(),
        hashtags: news.hashtags.clone(),
        title: news.card.title.clone(),
        description: news.card.description.clone(),
        images: news.images.iter().map(picture).collect(),
        urgent: news.urgent,
    }
}

fn picture(image: &Image) -> Picture {
    Picture { name: image.path().name().to_owned(), media_type: image.media_type.to_owned(), alt: image.alt.clone(), data: String::new() }
}

fn deed_of(deed: &Deed) -> (&'static str, Option<Remote>) {
    let remote = |receipt: &Receipt| Some(Remote { id: receipt.id.clone(), url: receipt.url.clone() });
    match deed {
        Deed::New => ("post", None),
        Deed::Reply { to, .. } => ("reply", remote(to)),
        Deed::Edit(of) => ("edit", remote(of)),
        Deed::Delete(of) => ("delete", remote(of)),
    }
}

fn receipt(remote: Remote) -> Receipt {
    Receipt { id: remote.id, url: remote.url, version_id: String::new() }
}

fn line(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("wire types have string keys only")
}
