//! Slack, by an incoming webhook or by an app's bot. In: announcements. Out: messages in a channel.
//!
//! Facts from <https://docs.slack.dev/reference/methods/chat.postMessage> and its neighbours. A webhook's `ok` names no
//! message, so nothing of it can be edited, answered, taken away or looked up. A bot's message carries its key as metadata,
//! and the channel's history shows it. Most refusals of the API come with status 200 (`slack_answer`).

use crate::channels::answers::{Step, refusal, silence, text as field};
use crate::channels::channel::Platform;
use crate::channels::chat::{Hunt, secret};
use crate::channels::fit::{self, Rule};
use crate::channels::server;
use crate::channels::slack_answer::{accepted, escaped, shown};
use crate::channels::text;
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Body, Channel, Counter, Deed, Delete, Edit, LookUp, Method, Pictures, Post, Preview, Proof, Reply, Request, Secret,
    SendError, Transport,
};
use serde_json::{Value, json};

const SERVER: &str = "https://slack.com";
/// Characters of a section; the text of a message may be longer, but is best short.
const LIMIT: usize = 3000;
/// Messages a page, and pages read back.
const PAGE: usize = 200;
const PAGES: usize = 20;
const EVENT: &str = "promulgate_post";

/// Slack.
pub static PLATFORM: Platform = Platform {
    name: "slack",
    about: "A channel on Slack, by an incoming webhook or an app's bot.",
    fields: &[
        Field::new("mode", Shape::Word(&["webhook", "bot"]), "How messages get there; a bot's can be changed and looked up.", "bot")
            .required(),
        Field::new("url", Shape::Secret, "Address of the webhook (mode `webhook`): whoever knows it can post.", "env:SLACK_WEBHOOK")
            .needed_where("mode", "webhook"),
        Field::new("token", Shape::Secret, "Bot token with chat:write and channels:history (mode `bot`).", "env:SLACK_TOKEN")
            .needed_where("mode", "bot"),
        Field::new("channel", Shape::Text, "Id of the channel (mode `bot`).", "C0123456789").needed_where("mode", "bot"),
        Field::new(
            "account",
            Shape::Text,
            "Identity of the webhook's posts; keeps them its own when the channel is renamed.",
            "norrvik-staff",
        ),
        Field::new("server", Shape::Url, "Address of the API, if not Slack's own.", "https://slack.com"),
    ],
    abilities: BY_HOOK,
    terms: &[],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Slack::new(settings)),
};

const BY_HOOK: Abilities = Abilities {
    pictures: Pictures::Any,
    alt: true,
    preview: Preview::Scraped,
    counter: Counter::Characters,
    public_pictures: true,
    ..Abilities::LEAST
};
const BY_BOT: Abilities = Abilities { look_up: LookUp::Link, edit: Edit::Full, delete: Delete::Yes, reply: Reply::Native, ..BY_HOOK };

struct Slack {
    server: String,
    channel: String,
    account: String,
    bot: bool,
}

impl Slack {
    fn new(settings: &ChannelSettings) -> Slack {
        let own = |name: &str| settings.own.text(name);
        let bot = own("mode") == Some("bot");
        let channel = own("channel").unwrap_or_default().to_owned();
        let account = match bot {
            true => format!("channel/{channel}"),
            false => format!("webhook/{}", own("account").unwrap_or(&settings.name)),
        };
        Slack { server: server::of(&settings.own, SERVER).to_owned(), channel, account, bot }
    }

    /// Calls a method that writes, with JSON.
    fn write(&self, method: &str, body: &Value, out: &mut dyn Transport) -> Result<Value, SendError> {
        let token = secret(out, "token")?;
        let request = Request::new(Method::Post, format!("{}/api/{method}", self.server));
        let body = Body::Bytes("application/json; charset=utf-8", body.to_string().into_bytes());
        let request = Request { body, ..request }.bearer(&token);
        accepted(&out.http(&request).map_err(|error| silence(error, Step::Post))?, Step::Post, &token)
    }

    /// Calls a method that reads.
    fn read(&self, method: &str, query: &str, out: &mut dyn Transport) -> Result<Value, SendError> {
        let token = secret(out, "token")?;
        let request = Request::new(Method::Get, format!("{}/api/{method}?channel={}{query}", self.server, self.channel)).bearer(&token);
        accepted(&out.http(&request).map_err(|error| silence(error, Step::Before))?, Step::Before, &token)
    }

    fn by_hook(&self, post: &Post, key: &Key, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let url = secret(out, "url")?;
        let response =
            out.http(&Request::new(Method::Post, url.expose()).json(&post.payload)).map_err(|error| silence(error, Step::Post))?;
        // Its refusals are plain words, such as `no_service`.
        let words: String =
            String::from_utf8_lossy(&response.body).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect();
        match (response.status, &*words) {
            (200, "ok") => Ok(Receipt { id: key.to_string(), url: String::new(), version_id: String::new() }),
            (200..=299, _) => Err(SendError::Unknown { reason: format!("{} with another answer than `ok`", response.status) }),
            (403 | 404 | 410, _) => Err(SendError::Account { reason: format!("{} {words}", response.status) }),
            _ => Err(refusal(&response, Step::Post, Some(&Secret::new(url.expose())))),
        }
    }

    fn make(&self, post: &Post, root: Option<&Receipt>, key: &Key, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let mut message = post.payload.clone();
        message["metadata"] = json!({"event_type": EVENT, "event_payload": {"key": key}});
        if let Some(root) = root {
            message["thread_ts"] = json!(root.id);
        }
        let value = self.write("chat.postMessage", &message, out)?;
        let id = field(&value, "ts", Step::Post)?.to_owned();
        // The message is there, whatever becomes of the question for its address.
        let link = self.read("chat.getPermalink", &format!("&message_ts={id}"), out);
        let url = link.ok().and_then(|value| value["permalink"].as_str().map(str::to_owned)).unwrap_or_default();
        Ok(Receipt { id, url, version_id: String::new() })
    }

    fn change(&self, post: &Post, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let mut message = json!({"channel": self.channel, "ts": of.id, "text": post.payload["text"]});
        if !post.payload["blocks"].is_null() {
            message["blocks"] = post.payload["blocks"].clone();
        }
        self.write("chat.update", &message, out).map(|_| of.clone())
    }

    fn take_away(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        match self.write("chat.delete", &json!({"channel": self.channel, "ts": of.id}), out) {
            Err(SendError::Refused { reason }) if reason.contains("message_not_found") => Ok(of.clone()),
            answer => answer.map(|_| of.clone()),
        }
    }

    /// One message by its id; it may stand in a thread.
    fn message(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
        match self.read("conversations.replies", &format!("&ts={}&limit=1&inclusive=true", of.id), out) {
            Err(SendError::Refused { reason }) if reason.contains("thread_not_found") => Ok(None),
            Err(error) => Err(error),
            Ok(page) => Ok(page["messages"].as_array().into_iter().flatten().find(|message| message["ts"] == *of.id).cloned()),
        }
    }

    fn search(&self, post: &Post, root: Option<&Receipt>, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let me = self.read("auth.test", "", out)?["user_id"].as_str().unwrap_or_default().to_owned();
        let parent = root.map(|root| root.id.as_str());
        let mut hunt = Hunt::new(post, parent);
        let mut cursor = String::new();
        for _ in 0..PAGES {
            let (method, thread) = match parent {
                Some(root) => ("conversations.replies", format!("&ts={root}")),
                None => ("conversations.history", String::new()),
            };
            let next = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
            let page = self.read(method, &format!("{thread}&limit={PAGE}&include_all_metadata=true{next}"), out)?;
            for message in page["messages"].as_array().into_iter().flatten().filter(|message| message["user"] == *me) {
                let receipt = Receipt { id: field(message, "ts", Step::Before)?.to_owned(), url: String::new(), version_id: String::new() };
                if message["metadata"]["event_payload"]["key"] == key.as_str() {
                    return Ok(Some(receipt));
                }
                // The first message of a thread is named as its own.
                let answers = message["thread_ts"].as_str().filter(|thread| *thread != receipt.id);
                if let Some(found) = hunt.look(&shown(message["text"].as_str().unwrap_or_default()), answers, &receipt) {
                    return Ok(Some(found));
                }
            }
            match page["response_metadata"]["next_cursor"].as_str().filter(|next| !next.is_empty()) {
                Some(next) => cursor = next.to_owned(),
                None => break,
            }
        }
        hunt.end()
    }
}

impl Channel for Slack {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        if self.bot { BY_BOT } else { BY_HOOK }
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let images: Vec<Image> = announcement.news.images.iter().filter(|image| image.url.starts_with("http")).cloned().collect();
        let count = |words: &str| text::characters(&escaped(words), LIMIT);
        fit::posts(announcement, &Rule { count: &count, tags: false, thread: self.bot }, |part, words| {
            let images = if part == 0 { images.clone() } else { Vec::new() };
            let mut payload = json!({"text": escaped(&words), "unfurl_links": true});
            if self.bot {
                payload["channel"] = json!(self.channel);
            }
            if !images.is_empty() {
                payload["blocks"] = blocks(&words, &images);
            }
            Post { images, ..Post::new(announcement, &words, count(&words), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New if !self.bot => self.by_hook(post, key, out),
            _ if !self.bot => Err(SendError::Refused { reason: "a webhook on Slack can only post; use `mode: bot`".into() }),
            Deed::New => self.make(post, None, key, out),
            // Threads have one level: every answer stands below the first message.
            Deed::Reply { root, .. } => self.make(post, Some(root), key, out),
            Deed::Edit(of) => self.change(post, of, out),
            Deed::Delete(of) => self.take_away(of, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            _ if !self.bot => Err(SendError::Unknown { reason: "a webhook on Slack cannot be asked what it has taken".into() }),
            Deed::New => self.search(post, None, key, out),
            Deed::Reply { root, .. } => self.search(post, Some(root), key, out),
            Deed::Edit(of) => {
                let message = self.message(of, out)?;
                let same = |message: &Value| message["text"].as_str().is_some_and(|text| shown(text) == post.text);
                Ok(message.filter(same).map(|_| of.clone()))
            }
            Deed::Delete(of) => Ok(self.message(of, out)?.is_none().then(|| of.clone())),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        if !self.bot {
            secret(out, "url")?;
            return Ok(Proof { seen: vec!["A webhook cannot be asked anything without posting.".into()], ..Proof::default() });
        }
        let me = self.read("auth.test", "", out)?;
        let words = |name: &str| me[name].as_str().unwrap_or_default().to_owned();
        let mut proof = Proof { account: format!("{} ({})", words("user"), words("team")), ..Proof::default() };
        match self.read("conversations.history", "&limit=1", out) {
            Ok(_) => proof.seen.push("It reads the channel's history, so lost answers can be settled.".into()),
            Err(SendError::Account { reason } | SendError::Refused { reason }) => proof.obstacles.push(format!(
                "The bot cannot read the channel's history ({reason}); invite it to the channel and give it channels:history."
            )),
            Err(error) => return Err(error),
        }
        Ok(proof)
    }
}

fn blocks(words: &str, images: &[Image]) -> Value {
    let section = json!({"type": "section", "text": {"type": "mrkdwn", "text": escaped(words)}});
    let pictures = images.iter().map(|image| {
        let alt: String = image.alt.chars().take(2000).collect();
        json!({"type": "image", "image_url": image.url, "alt_text": alt})
    });
    std::iter::once(section).chain(pictures).collect()
}
