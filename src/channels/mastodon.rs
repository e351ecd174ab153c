//! Mastodon and servers with its API. In: announcements. Out: statuses, posted, edited, answered, deleted, found again.
//!
//! Facts from <https://docs.joinmastodon.org/methods/statuses/>. A repeat with the same `Idempotency-Key` gives the first
//! status for an hour on Mastodon itself; other servers ignore the key, so an unknown outcome is always looked up by the
//! link among the account's own statuses (`mastodon_find`).

use crate::channels::answers::{Step, json, refusal, silence, text as field};
use crate::channels::channel::Platform;
use crate::channels::fit::{self, Rule};
use crate::channels::server;
use crate::channels::{mastodon_find, mastodon_prove, text};
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Body, Channel, Counter, Dedupe, Deed, Delete, Edit, LookUp, Method, Part, Pictures, Post, Preview, Proof, Reply, Request,
    Response, Secret, SendError, Transport,
};
use serde_json::{Value, json};
use std::sync::Mutex;

/// Most pictures of a status (`max_media_attachments`).
const PICTURES: usize = 4;
/// Characters of a picture's words (`description_limit`): longer ones would have the whole post refused.
const ALT: usize = 1500;
/// How often a picture that is still being worked on is asked for.
const POLLS: usize = 30;
/// Characters of a status where the server's own limit is not in the settings.
const LIMIT: usize = 500;

/// Mastodon and compatible servers.
pub static PLATFORM: Platform = Platform {
    name: "mastodon",
    about: "A Mastodon account, or one on a server with Mastodon's API such as GoToSocial, Pleroma, Pixelfed or snac.",
    fields: &[
        Field::new("server", Shape::Url, "Address of the server.", "https://social.example.se").required(),
        Field::new(
            "token",
            Shape::Secret,
            "Access token with write:statuses, write:media, read:statuses and profile.",
            "env:FEDIVERSE_TOKEN",
        )
        .required(),
        Field::new("handle", Shape::Text, "Name of the account; needed where two channels share a server.", "norrvik"),
        Field::new("limit", Shape::Count, "Characters that the server allows, if not 500.", "500"),
        Field::new("always_picture", Shape::Flag, "Gives the card to a post without a picture of its own, as Pixelfed needs it.", "true"),
        Field::new("visibility", Shape::Word(&["public", "unlisted", "private", "direct"]), "Who sees the posts.", "public"),
    ],
    abilities: ABILITIES,
    terms: &[],
    hosts: |own| server::hosts(own, ""),
    open: |settings, _| Box::new(Mastodon::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::Header,
    edit: Edit::Full,
    delete: Delete::Yes,
    reply: Reply::Native,
    pictures: Pictures::UpTo(PICTURES as u32),
    alt: true,
    lang: true,
    preview: Preview::Scraped,
    counter: Counter::Graphemes,
    ..Abilities::LEAST
};

/// A configured account.
pub struct Mastodon {
    server: String,
    account: String,
    limit: usize,
    visibility: String,
    always_picture: bool,
    account_id: Mutex<Option<String>>,
}

impl Mastodon {
    fn new(settings: &ChannelSettings) -> Mastodon {
        let own = |name: &str| settings.own.text(name);
        let server = server::of(&settings.own, "").to_owned();
        let account = own("handle").map_or_else(|| server.clone(), |handle| format!("{server}/@{}", handle.trim_start_matches('@')));
        let limit = settings.own.count("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LIMIT);
        let visibility = own("visibility").unwrap_or("public").to_owned();
        Mastodon { server, account, limit, visibility, always_picture: settings.own.flag("always_picture"), account_id: Mutex::new(None) }
    }

    /// Calls the API with the account's token.
    pub(crate) fn call(&self, method: Method, path: &str, body: Body, out: &mut dyn Transport) -> Result<(Response, Secret), SendError> {
        self.call_with(method, path, body, None, out)
    }

    fn call_with(
        &self,
        method: Method,
        path: &str,
        body: Body,
        key: Option<&Key>,
        out: &mut dyn Transport,
    ) -> Result<(Response, Secret), SendError> {
        let token = out.secret("token").map_err(|error| SendError::Account { reason: error.to_string() })?;
        let headers = key.map(|key| ("idempotency-key", key.to_string())).into_iter().collect();
        let request = Request { url: format!("{}{path}", self.server), headers, body, ..Request::new(method, "") }.bearer(&token);
        let writes = matches!(method, Method::Put | Method::Delete) || key.is_some();
        let step = if writes { Step::Post } else { Step::Before };
        out.http(&request).map(|response| (response, token)).map_err(|error| silence(error, step))
    }

    /// The account's id on its server, asked for once.
    pub(crate) fn account_id(&self, out: &mut dyn Transport) -> Result<String, SendError> {
        let mut known = self.account_id.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(id) = known.as_ref() {
            return Ok(id.clone());
        }
        let (response, token) = self.call(Method::Get, "/api/v1/accounts/verify_credentials", Body::Empty, out)?;
        let value = accepted(&response, Step::Before, &token)?;
        let id = field(&value, "id", Step::Before)?.to_owned();
        *known = Some(id.clone());
        Ok(id)
    }

    fn make(&self, post: &Post, parent: Option<&Receipt>, key: &Key, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let mut body = post.payload.clone();
        let media = post.images.iter().map(|image| self.upload(image, out)).collect::<Result<Vec<_>, _>>()?;
        if !media.is_empty() {
            body["media_ids"] = json!(media);
        }
        if let Some(parent) = parent {
            body["in_reply_to_id"] = json!(parent.id);
        }
        let (response, token) = self.call_with(Method::Post, "/api/v1/statuses", as_json(&body), Some(key), out)?;
        receipt(&accepted(&response, Step::Post, &token)?)
    }

    /// Uploads a picture with its words and waits until the server has worked on it.
    fn upload(&self, image: &Image, out: &mut dyn Transport) -> Result<String, SendError> {
        let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
        let name = image.path().name().to_owned();
        let file = Part { name: "file", file: Some((name, image.media_type)), bytes };
        let words: String = image.alt.chars().take(ALT).collect();
        let alt = Part { name: "description", file: None, bytes: words.into_bytes() };
        let (response, token) = self.call(Method::Post, "/api/v2/media", Body::Multipart(vec![file, alt]), out)?;
        let value = accepted(&response, Step::Before, &token)?;
        let id = field(&value, "id", Step::Before)?.to_owned();
        let mut pending = response.status == 202;
        for _ in 0..POLLS {
            if !pending {
                return Ok(id);
            }
            let (response, token) = self.call(Method::Get, &format!("/api/v1/media/{id}"), Body::Empty, out)?;
            accepted(&response, Step::Before, &token)?;
            pending = response.status == 206;
        }
        let reason = format!("the server is still working on {}", image.path().as_str());
        if pending { Err(SendError::Retry { after: None, reason }) } else { Ok(id) }
    }

    /// Puts a new text in place; pictures stay, unless the status has none yet.
    fn edit(&self, post: &Post, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let path = format!("/api/v1/statuses/{}", of.id);
        let (response, token) = self.call(Method::Get, &path, Body::Empty, out)?;
        let status = accepted(&response, Step::Before, &token)?;
        let present = status["media_attachments"].as_array().into_iter().flatten().filter_map(|media| media["id"].as_str());
        let mut media: Vec<String> = present.map(str::to_owned).collect();
        if media.is_empty() {
            media = post.images.iter().map(|image| self.upload(image, out)).collect::<Result<_, _>>()?;
        }
        let mut body = post.payload.clone();
        if let Some(fields) = body.as_object_mut() {
            fields.remove("visibility");
        }
        if !media.is_empty() {
            body["media_ids"] = json!(media);
        }
        let (response, token) = self.call(Method::Put, &path, as_json(&body), out)?;
        receipt(&accepted(&response, Step::Post, &token)?)
    }

    /// Deletes; a status that is not there any more is deleted, but a server that keeps showing it has refused.
    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let (response, token) = self.call(Method::Delete, &format!("/api/v1/statuses/{}", of.id), Body::Empty, out)?;
        match response.status {
            200..=299 => Ok(of.clone()),
            404 | 405 | 410 => match mastodon_find::is_gone(self, of, out)? {
                true => Ok(of.clone()),
                false => {
                    Err(SendError::Refused { reason: format!("{} the server does not delete posts through its API", response.status) })
                }
            },
            _ => Err(refusal(&response, Step::Post, Some(&token))),
        }
    }
}

impl Channel for Mastodon {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let rule = Rule { count: &|text| text::mastodon(text, self.limit), tags: true, thread: true };
        fit::posts(announcement, &rule, |part, status| {
            let payload = json!({"status": status, "language": news.lang.primary(), "visibility": self.visibility});
            let shown = if news.images.is_empty() && self.always_picture { news.drawn.get(..1).unwrap_or_default() } else { &news.images };
            let images: Vec<Image> = shown.iter().take(if part == 0 { PICTURES } else { 0 }).cloned().collect();
            Post { images, ..Post::new(announcement, &status, text::mastodon(&status, self.limit), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.make(post, None, key, out),
            Deed::Reply { to, .. } => self.make(post, Some(to), key, out),
            Deed::Edit(of) => self.edit(post, of, out),
            Deed::Delete(of) => self.delete(of, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        mastodon_find::find(self, post, deed, out)
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        mastodon_prove::prove(self, self.limit, self.always_picture, out)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        mastodon_prove::measure(self, of, out)
    }
}

/// The value of a good answer, or what a bad one means.
pub(crate) fn accepted(response: &Response, step: Step, token: &Secret) -> Result<Value, SendError> {
    match response.status {
        200..=299 => json(response, step),
        _ => Err(refusal(response, step, Some(token))),
    }
}

/// Where a status is.
pub(crate) fn receipt(status: &Value) -> Result<Receipt, SendError> {
    let id = field(status, "id", Step::Post)?.to_owned();
    let url = status["url"].as_str().or(status["uri"].as_str()).unwrap_or_default().to_owned();
    Ok(Receipt { id, url, version_id: String::new() })
}

fn as_json(value: &Value) -> Body {
    Body::Bytes("application/json", value.to_string().into_bytes())
}
