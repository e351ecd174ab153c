//! A webhook. In: announcements. Out: signed JSON to an address of the body's own.
//!
//! Contract `webhook/1`: `POST` of `{"v":1,"do":…,"key":…,…}` with `Idempotency-Key: KEY` and
//! `Promulgate-Signature: v1=HEX`, the HMAC-SHA256 (RFC 2104) of `KEY.BODY` with the shared secret. A receiver that
//! remembers keys is safe from replays and repeats: the same message always carries the same key and bytes. Any 2xx means
//! that it was taken; where nobody knows, a person decides, since a hook cannot be asked.

use crate::channels::answers::{Step, refusal, silence};
use crate::channels::channel::Platform;
use crate::channels::fit::{self, Rule};
use crate::channels::text;
use crate::model::announcement::{Announcement, Key, hex};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Body, Channel, Counted, Counter, Deed, Delete, Edit, Method, Pictures, Post, Preview, Reply, Request, SendError, Transport,
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

/// A webhook.
pub static PLATFORM: Platform = Platform {
    name: "webhook",
    about: "A program of the body's own that takes signed JSON over HTTPS.",
    fields: &[
        Field::new("url", Shape::Url, "Where the messages go.", "https://intranet.example.se/hooks/promulgate").required(),
        Field::new("secret", Shape::Secret, "Shared secret of the signature.", "env:WEBHOOK_SECRET").required(),
        Field::new("limit", Shape::Count, "Most characters of the text, if there is a limit.", "1000"),
    ],
    abilities: ABILITIES,
    terms: &[],
    hosts: |own| vec![own.text("url").unwrap_or_default().to_owned()],
    open: |settings, _| Box::new(Webhook::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    pictures: Pictures::Any,
    edit: Edit::Full,
    delete: Delete::Yes,
    reply: Reply::Native,
    alt: true,
    lang: true,
    preview: Preview::Supplied,
    counter: Counter::Graphemes,
    ..Abilities::LEAST
};

struct Webhook {
    url: String,
    account: String,
    limit: usize,
}

impl Webhook {
    fn new(settings: &ChannelSettings) -> Webhook {
        let url = settings.own.text("url").unwrap_or_default().to_owned();
        // The query of a hook's address is often a secret; the account is shown and written down.
        let account = url.split(['?', '#']).next().unwrap_or_default().to_owned();
        let limit = settings.own.count("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(100_000);
        Webhook { url, account, limit }
    }
}

impl Channel for Webhook {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let count = |text: &str| text::plain(text, self.limit);
        fit::posts(announcement, &Rule { count: &count, tags: false, thread: false }, |_, text| {
            let payload = payload(announcement, &text, &count(&text));
            let (card, images) = (Some(news.card.clone()), news.images.clone());
            Post { card, images, ..Post::new(announcement, &text, count(&text), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let secret = out.secret("secret").map_err(|error| SendError::Account { reason: error.to_string() })?;
        let body = message(post, deed, key).to_string();
        let headers = vec![("idempotency-key", key.to_string()), ("promulgate-signature", signature(secret.expose(), key.as_str(), &body))];
        let body = Body::Bytes("application/json", body.into_bytes());
        let request = Request { headers, body, ..Request::new(Method::Post, &self.url) };
        let response = out.http(&request).map_err(|error| silence(error, Step::Post))?;
        match response.status {
            200..=299 => Ok(Some(Receipt { id: key.to_string(), url: String::new(), version_id: String::new() })),
            _ => Err(refusal(&response, Step::Post, Some(&secret))),
        }
    }

    fn find(&self, _post: &Post, _deed: &Deed, _key: &Key, _out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        Err(SendError::Unknown { reason: "a webhook cannot be asked what it has taken".into() })
    }
}

fn payload(announcement: &Announcement, text: &str, counted: &Counted) -> Value {
    let news = &announcement.news;
    let images: Vec<Value> =
        news.images.iter().map(|image| json!({"file": image.path().as_str(), "type": image.media_type, "alt": image.alt})).collect();
    json!({
        "v": 1,
        "channel": announcement.channel,
        "record": news.record,
        "kind": news.kind,
        "event": news.event,
        "version": news.version,
        "at": news.at.timestamp().to_string(),
        "lang": news.lang,
        "link": news.link,
        "text": text,
        "characters": counted.used,
        "hashtags": news.hashtags,
        "card": news.card,
        "images": images,
        "urgent": news.urgent,
    })
}

/// The payload with what is known only when it is sent: the key, the deed and the message it refers to.
fn message(post: &Post, deed: &Deed, key: &Key) -> Value {
    let mut message = post.payload.clone();
    message["key"] = json!(key);
    let (name, target) = match deed {
        Deed::New => ("post", None),
        Deed::Reply { to, .. } => ("reply", Some(to)),
        Deed::Edit(of) => ("edit", Some(of)),
        Deed::Delete(of) => ("delete", Some(of)),
    };
    message["do"] = json!(name);
    if let Some(target) = target {
        message["of"] = json!(target.id);
    }
    message
}

/// The signature header of a message.
pub fn signature(secret: &str, key: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(key.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    format!("v1={}", hex(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_plain_hmac_sha256() {
        // Checked with `printf 'abc.{"v":1}' | openssl dgst -sha256 -hmac s3cret`.
        assert_eq!(signature("s3cret", "abc", r#"{"v":1}"#), SIGNED);
    }

    const SIGNED: &str = "v1=e4eaa06d1cbdc85b636253fb12db6ed33f3c36bbd309747213b3f50b014e7fcb";
}
