//! A Viber channel. In: announcements. Out: posts of its owner, once and for all.
//!
//! Facts from <https://developers.viber.com/docs/tools/channels-post-api/>. The interface can post and nothing more: no
//! edits, no deletion, no replies, no look-up. Every answer has the status 200; the outcome is a number in the body.

use crate::channels::answers::{Step, silence};
use crate::channels::channel::Platform;
use crate::channels::described::with_words;
use crate::channels::fit::{self, Rule};
use crate::channels::said::{account, never, said, unknown, wait};
use crate::channels::server;
use crate::channels::text;
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Counted, Counter, Deed, Method, Pictures, Post, Preview, Proof, Request, Response, Secret, SendError, Transport,
};
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};

/// Viber's own server.
pub(crate) const SERVER: &str = "https://chatapi.viber.com";
/// Characters of a text, and of the words with a picture as Viber's bots have them.
const LIMIT: usize = 7000;
const CAPTION: usize = 768;
/// Bytes of a whole request, of which some are kept for what stands around the text.
const BODY: usize = 30 * 1024;
const AROUND: usize = 1024;
const PICTURE_BYTES: u64 = 1024 * 1024;
/// A wait where there are too many requests, in seconds.
const PAUSE: u64 = 120;

/// A Viber channel.
pub static PLATFORM: Platform = Platform {
    name: "viber",
    about: "A Viber channel, by its Channels Post API.",
    fields: &[
        Field::new("account", Shape::Text, "Name of the channel.", "norrvik").required(),
        Field::new("token", Shape::Secret, "The channel's token, from its Developer Tools.", "env:VIBER_TOKEN").required(),
        Field::new("server", Shape::Url, "Address of the server, if not Viber's own.", "https://chatapi.viber.com"),
    ],
    abilities: ABILITIES,
    terms: &[
        "Viber takes posts only after a webhook was set once for the channel: set it by hand with `set_webhook`, as the manual shows.",
    ],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Viber::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    pictures: Pictures::UpTo(1),
    preview: Preview::Scraped,
    counter: Counter::Characters,
    public_pictures: true,
    ..Abilities::LEAST
};

struct Viber {
    server: String,
    account: String,
    owner: Mutex<Option<String>>,
}

impl Viber {
    fn new(settings: &ChannelSettings) -> Viber {
        let server = server::of(&settings.own, SERVER).to_owned();
        let account = format!("{server}/{}", settings.own.text("account").unwrap_or_default());
        Viber { server, account, owner: Mutex::new(None) }
    }

    fn call(&self, path: &str, body: &Value, step: Step, out: &mut dyn Transport) -> Result<Value, SendError> {
        let token = out.secret("token").map_err(|error| account(error.to_string()))?;
        let mut body = body.clone();
        body["auth_token"] = json!(token.expose());
        let request = Request::new(Method::Post, format!("{}{path}", self.server)).json(&body);
        let response = out.http(&request).map_err(|error| silence(error, step))?;
        outcome(&response, step, &token)
    }

    /// The channel's owner, in whose name it posts; asked for once.
    fn owner(&self, out: &mut dyn Transport) -> Result<String, SendError> {
        let mut known = self.owner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(id) = known.as_ref() {
            return Ok(id.clone());
        }
        let info = self.call("/pa/get_account_info", &json!({}), Step::Before, out)?;
        let id = owner_of(&info).ok_or_else(|| account("Viber names no super administrator of the channel, in whose name it posts"))?;
        *known = Some(id.clone());
        Ok(id)
    }
}

impl Channel for Viber {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let jpeg = |image: &&Image| {
            image.media_type == "image/jpeg"
                && image.url.starts_with("https://")
                && image.len().is_none_or(|length| length <= PICTURE_BYTES)
        };
        // One picture at most, and only where it costs no words.
        let brief = news.wordings.first().is_some_and(|words| words.chars().count() <= CAPTION);
        let picture = news.images.iter().find(jpeg).filter(|_| brief);
        let limit = if picture.is_some() { CAPTION } else { LIMIT };
        let count = |text: &str| count(text, limit);
        fit::posts(announcement, &Rule { count: &count, tags: false, thread: false }, |_, words| {
            let images: Vec<Image> = picture.cloned().into_iter().collect();
            let words = with_words(&words, &images, &|words| text::fits(&count(words)));
            let payload = match picture {
                Some(picture) => json!({"type": "picture", "text": words, "media": picture.url}),
                None => json!({"type": "text", "text": words}),
            };
            Post { images, ..Post::new(announcement, &words, count(&words), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        if *deed != Deed::New {
            return Err(never("Viber's interface can neither change, answer nor delete a post"));
        }
        let mut body = post.payload.clone();
        body["from"] = json!(self.owner(out)?);
        let value = self.call("/pa/post", &body, Step::Post, out)?;
        let id = value["message_token"].as_u64().map(|token| token.to_string()).or(value["message_token"].as_str().map(str::to_owned));
        Ok(Some(Receipt { id: id.unwrap_or_default(), url: String::new(), version_id: String::new() }))
    }

    fn find(&self, _post: &Post, _deed: &Deed, _key: &Key, _out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        Err(SendError::Unknown { reason: "Viber cannot be asked what is in a channel".into() })
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let info = self.call("/pa/get_account_info", &json!({}), Step::Before, out)?;
        let mut proof = Proof { account: info["name"].as_str().unwrap_or_default().to_owned(), ..Proof::default() };
        if owner_of(&info).is_none() {
            proof.obstacles.push("Viber names no super administrator of the channel: its owner must make the token anew.".into());
        }
        if info["webhook"].as_str().is_none_or(str::is_empty) {
            proof.obstacles.push("No webhook is set, and Viber takes no posts without one: set it once, as the manual shows.".into());
        }
        Ok(proof)
    }
}

/// Characters; bytes of the whole request instead where they are the tighter limit.
fn count(text: &str, limit: usize) -> Counted {
    let counted = text::characters(text, limit);
    let bytes = json!(text).to_string().len() + AROUND;
    if text::fits(&counted) && bytes > BODY { Counted { used: bytes, limit: BODY, unit: "bytes" } } else { counted }
}

fn owner_of(info: &Value) -> Option<String> {
    let mut members = info["members"].as_array().into_iter().flatten();
    members.find(|member| member["role"] == "superadmin")?["id"].as_str().map(str::to_owned)
}

/// What the number in an answer means (<https://developers.viber.com/docs/api/rest-bot-api/#error-codes>).
fn outcome(response: &Response, step: Step, token: &Secret) -> Result<Value, SendError> {
    let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let nobody_knows = |words: String| match step {
        Step::Post => unknown(words),
        Step::Before => SendError::Retry { after: None, reason: words },
    };
    let Some(status) = value["status"].as_i64() else {
        return Err(match response.status {
            401 | 403 => account(response.status.to_string()),
            429 => wait(PAUSE, "429"),
            400..=407 | 409..=499 => never(response.status.to_string()),
            _ => nobody_knows(format!("{} with an answer that tells nothing", response.status)),
        });
    };
    let words = said(&format!("{status} {}", value["status_message"].as_str().unwrap_or_default()), &[token]);
    match status {
        0 => Ok(value),
        12 => Err(wait(PAUSE, words)),
        1 | 10 => Err(account(format!("{words}; set the channel's webhook once, as the manual shows"))),
        2 | 7 | 8 | 9 | 15 | 18 => Err(account(words)),
        3..=6 | 11 | 13 | 14 | 16 | 17 | 19..=24 => Err(never(words)),
        _ => Err(nobody_knows(words)),
    }
}
