//! A Telegram channel. In: announcements. Out: messages of a bot that administers the channel, edited, answered, deleted
//! within two days.
//!
//! Facts from <https://core.telegram.org/bots/api>. Bots cannot read a channel's history, so after a lost answer a person
//! must look. Editing and deleting may be repeated without harm. The token stands in the address, which is shown nowhere.

use crate::channels::channel::Platform;
use crate::channels::described::with_words;
use crate::channels::fit::{self, Rule};
use crate::channels::said::never;
use crate::channels::server;
use crate::channels::telegram_calls::{Api, Call};
use crate::channels::text;
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Counted, Counter, Deed, Delete, Edit, Pictures, Post, Preview, Proof, Reply, SendError, Transport,
};
use serde_json::{Value, json};

/// Telegram's own server.
pub(crate) const SERVER: &str = "https://api.telegram.org";
/// UTF-16 units of a text, and of the words under pictures.
const LIMIT: usize = 4096;
const CAPTION: usize = 1024;
const PICTURES: usize = 10;
/// Largest picture in bytes, largest sum of its sides, largest ratio of them.
const PICTURE_BYTES: u64 = 10 * 1024 * 1024;
const SIDES: u32 = 10_000;
const RATIO: u32 = 20;
/// Minutes in which a bot can delete its message.
const DELETABLE: u32 = 48 * 60;
/// The mark of a message with pictures, before the numbers of its other messages.
const PHOTO: &str = "photo";

/// A Telegram channel.
pub static PLATFORM: Platform = Platform {
    name: "telegram",
    about: "A Telegram channel that a bot of the body administers.",
    fields: &[
        Field::new("account", Shape::Text, "The channel: its public name, or its number beginning with -100.", "\"@norrvik\"").required(),
        Field::new("token", Shape::Secret, "The bot's token from @BotFather.", "env:TELEGRAM_TOKEN").required(),
        Field::new("silent", Shape::Flag, "Whether messages that are not urgent arrive without a sound.", "true"),
        Field::new("server", Shape::Url, "Address of the server, if not Telegram's own.", "https://api.telegram.org"),
    ],
    abilities: ABILITIES,
    terms: &[
        "The bot must be an administrator of the channel with the rights to post, edit and delete messages: add it in the channel's settings.",
    ],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Telegram::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    edit: Edit::Text,
    delete: Delete::Within(DELETABLE),
    reply: Reply::Native,
    preview: Preview::Scraped,
    pictures: Pictures::UpTo(PICTURES as u32),
    counter: Counter::Utf16,
    ..Abilities::LEAST
};

struct Telegram {
    api: Api,
    chat: String,
    account: String,
    silent: bool,
}

impl Telegram {
    fn new(settings: &ChannelSettings) -> Telegram {
        let server = server::of(&settings.own, SERVER).to_owned();
        let chat = settings.own.text("account").unwrap_or_default().to_owned();
        Telegram { account: format!("{server}/{chat}"), api: Api { server }, chat, silent: settings.own.flag("silent") }
    }

    fn payload(&self, announcement: &Announcement, text: &str, pictures: bool) -> Value {
        let silent = self.silent && !announcement.news.urgent;
        match pictures {
            true => json!({"chat_id": self.chat, "caption": text, "caption_entities": entities(text), "disable_notification": silent}),
            false => json!({
                "chat_id": self.chat,
                "text": text,
                "entities": entities(text),
                "link_preview_options": {"url": announcement.news.link},
                "disable_notification": silent,
            }),
        }
    }

    fn make(&self, post: &Post, to: Option<&Receipt>, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let mut body = post.payload.clone();
        if let Some(to) = to {
            body["reply_parameters"] = json!({"message_id": number(to)?});
        }
        let result = match post.images.as_slice() {
            [] => self.api.call(&Call::once("sendMessage", &body), out)?,
            [one] => self.api.call(&Call::with_pictures("sendPhoto", body, &["photo"], std::slice::from_ref(one), out)?, out)?,
            many => self.album(body, many, out)?,
        };
        let messages = result.as_array().map_or_else(|| vec![result.clone()], Clone::clone);
        let ids: Vec<i64> = messages.iter().filter_map(|message| message["message_id"].as_i64()).collect();
        let (first, rest) = ids.split_first().ok_or_else(|| SendError::Unknown { reason: "an answer without `message_id`".into() })?;
        let rest: String = rest.iter().map(|id| format!(" {id}")).collect();
        let version_id = if post.images.is_empty() { String::new() } else { format!("{PHOTO}{rest}") };
        Ok(Receipt { id: first.to_string(), url: address(&messages[0]["chat"], *first), version_id })
    }

    /// Several pictures are messages of their own; the first carries the words.
    fn album(&self, mut body: Value, images: &[Image], out: &mut dyn Transport) -> Result<Value, SendError> {
        let names: Vec<&'static str> = ALBUM.iter().copied().take(images.len()).collect();
        let mut media: Vec<Value> = names.iter().map(|name| json!({"type": "photo", "media": format!("attach://{name}")})).collect();
        for field in ["caption", "caption_entities"] {
            media[0][field] = body[field].take();
            body.as_object_mut().map(|fields| fields.shift_remove(field));
        }
        body["media"] = json!(media);
        self.api.call(&Call::with_pictures("sendMediaGroup", body, &names, images, out)?, out)
    }

    fn edit(&self, post: &Post, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let text = post.text.as_str();
        let mut body = json!({"chat_id": self.chat, "message_id": number(of)?});
        let method = if is_photo(of) {
            body["caption"] = json!(text);
            body["caption_entities"] = entities(text);
            "editMessageCaption"
        } else {
            body["text"] = json!(text);
            body["entities"] = entities(text);
            body["link_preview_options"] = json!({"url": post.link});
            "editMessageText"
        };
        self.api.call(&Call::again(method, &body, "message is not modified"), out).map(|_| of.clone())
    }

    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let others = of.version_id.split(' ').skip(1).filter_map(|id| id.parse().ok());
        let ids: Vec<i64> = std::iter::once(number(of)?).chain(others).collect();
        for id in ids {
            let body = json!({"chat_id": self.chat, "message_id": id});
            self.api.call(&Call::again("deleteMessage", &body, "message to delete not found"), out)?;
        }
        Ok(of.clone())
    }
}

/// The names of the files of an album.
const ALBUM: [&str; PICTURES] = ["photo0", "photo1", "photo2", "photo3", "photo4", "photo5", "photo6", "photo7", "photo8", "photo9"];

impl Channel for Telegram {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let fit_for = |image: &&Image| {
            let sides = image.size.is_none_or(|(w, h)| w + h <= SIDES && w.max(h) <= RATIO * w.min(h).max(1));
            sides && image.len().is_none_or(|length| length <= PICTURE_BYTES)
        };
        let own: Vec<Image> = news.images.iter().filter(fit_for).take(PICTURES).cloned().collect();
        // An alert says all it has to say; only what has time gives up words for its pictures.
        let whole = news.wordings.first().is_none_or(|words| text::fits(&text::utf16(words, CAPTION)));
        let any = news.wordings.iter().any(|words| text::fits(&text::utf16(words, CAPTION)));
        let images = if any && (whole || !news.urgent) { own } else { Vec::new() };
        let limit = if images.is_empty() { LIMIT } else { CAPTION };
        let count = |text: &str| -> Counted { text::utf16(text, limit) };
        fit::posts(announcement, &Rule { count: &count, tags: true, thread: true }, |part, words| {
            let images = if part == 0 { images.clone() } else { Vec::new() };
            let words = with_words(&words, &images, &|words| text::fits(&count(words)));
            let payload = self.payload(announcement, &words, !images.is_empty());
            Post { images, ..Post::new(announcement, &words, count(&words), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.make(post, None, out),
            Deed::Reply { to, .. } => self.make(post, Some(to), out),
            Deed::Edit(of) => self.edit(post, of, out),
            Deed::Delete(of) => self.delete(of, out),
        }
        .map(Some)
    }

    fn find(&self, _post: &Post, _deed: &Deed, _key: &Key, _out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        Err(SendError::Unknown { reason: "a bot cannot read what is in its channel".into() })
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let me = self.api.call(&Call::look("getMe", &json!({})), out)?;
        let body = json!({"chat_id": self.chat, "user_id": me["id"]});
        let member = self.api.call(&Call::look("getChatMember", &body), out)?;
        let mut proof = Proof { account: format!("@{}", me["username"].as_str().unwrap_or_default()), ..Proof::default() };
        let status = member["status"].as_str().unwrap_or_default();
        if !matches!(status, "administrator" | "creator") {
            proof.obstacles.push(format!("The bot is no administrator of {}: make it one in the channel's settings.", self.chat));
            return Ok(proof);
        }
        for (right, what) in [("can_post_messages", "post"), ("can_edit_messages", "edit"), ("can_delete_messages", "delete")] {
            if status == "administrator" && member[right] != true {
                proof
                    .obstacles
                    .push(format!("The bot may not {what} messages in {}: give it that right in the channel's settings.", self.chat));
            }
        }
        Ok(proof)
    }
}

/// Links and hashtags, where they lie in UTF-16 units. Without a mode of markup, every other character is itself.
pub(crate) fn entities(text: &str) -> Value {
    let units = |text: &str| text.encode_utf16().count();
    let entity = |kind: &'static str| {
        move |range: std::ops::Range<usize>| {
            (range.start, json!({"type": kind, "offset": units(&text[..range.start]), "length": units(&text[range])}))
        }
    };
    let links = text::links(text).into_iter().map(entity("url"));
    let mut all: Vec<(usize, Value)> = links.chain(text::hashtags(text).into_iter().map(entity("hashtag"))).collect();
    all.sort_by_key(|(at, _)| *at);
    Value::Array(all.into_iter().map(|(_, entity)| entity).collect())
}

fn is_photo(of: &Receipt) -> bool {
    of.version_id.split(' ').next() == Some(PHOTO)
}

fn number(of: &Receipt) -> Result<i64, SendError> {
    of.id.parse().map_err(|_| never("the ledger's id of the post is no number of a message"))
}

/// Where readers see a message: by the channel's name, or among its members.
fn address(chat: &Value, id: i64) -> String {
    match (chat["username"].as_str(), chat["id"].as_i64().map(|id| id.to_string())) {
        (Some(name), _) => format!("https://t.me/{name}/{id}"),
        (None, Some(chat)) => chat.strip_prefix("-100").map_or_else(String::new, |chat| format!("https://t.me/c/{chat}/{id}")),
        (None, None) => String::new(),
    }
}
