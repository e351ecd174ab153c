//! Bluesky and other AT Protocol servers. In: announcements. Out: records whose keys were chosen before they were sent.
//!
//! Facts from <https://docs.bsky.app> and the server's source. The record key is derived from the event (`tid`), and
//! `putRecord` with `swapRecord: null` writes only where nothing is, so a repeat can never double a post and a look-up is
//! certain at once. An edited record keeps showing its first version in the app, so edits are not offered.

use crate::channels::answers::{Step, json, refusal, silence, text as field};
use crate::channels::bluesky_record::{self as record, Fitted};
use crate::channels::channel::Platform;
use crate::channels::fit::{self, Rule};
use crate::channels::server;
use crate::channels::{bluesky_view, text, tid};
use crate::model::announcement::{Announcement, Image, ImageFile, Key, News};
use crate::model::finding::{Checked, Findings};
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Body, Channel, Counter, Dedupe, Deed, Delete, Edit, LookUp, Method, Pictures, Post, Preview, Proof, Reply, Request,
    Response, Secret, SendError, Token, Transport,
};
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};

/// Bluesky's own server.
const SERVER: &str = "https://bsky.social";
const POSTS: &str = "app.bsky.feed.post";
/// Largest picture of a card and of a post, in bytes (lexicons `app.bsky.embed.external` and `images`).
const THUMB_BYTES: u64 = 1_000_000;
const PICTURE_BYTES: u64 = 2_000_000;
const PICTURES: usize = 4;

/// Bluesky.
pub static PLATFORM: Platform = Platform {
    name: "bluesky",
    about: "A Bluesky account, or one on another AT Protocol server.",
    fields: &[
        Field::new("handle", Shape::Text, "The account's handle or DID.", "norrvik.example").required(),
        Field::new("password", Shape::Secret, "App password of the account, not its main one.", "env:BLUESKY_PASSWORD").required(),
        Field::new("server", Shape::Url, "Address of the server, if not Bluesky's own.", "https://bsky.social"),
        Field::new(
            "view",
            Shape::Url,
            "Address that tells how often posts were liked, if not Bluesky's own.",
            "https://public.api.bsky.app",
        ),
        Field::new(
            "pictures",
            Shape::Word(&["card", "post"]),
            "Whether a picture stands on the card, or in the post with its alt text.",
            "card",
        ),
    ],
    abilities: ABILITIES,
    terms: &[],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Bluesky::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::OwnId,
    dedupe: Dedupe::ClientId,
    edit: Edit::Hidden,
    delete: Delete::Yes,
    reply: Reply::Native,
    pictures: Pictures::UpTo(PICTURES as u32),
    alt: true,
    lang: true,
    preview: Preview::Supplied,
    counter: Counter::Graphemes,
    token: Token::Session,
    ..Abilities::LEAST
};

/// An open session.
#[derive(Clone)]
struct Session {
    token: Secret,
    did: String,
    handle: String,
}

/// A configured account.
struct Bluesky {
    server: String,
    view: String,
    handle: String,
    account: String,
    pictures_in_post: bool,
    session: Mutex<Option<Session>>,
}

impl Bluesky {
    fn new(settings: &ChannelSettings) -> Bluesky {
        let own = |name: &str| settings.own.text(name);
        let server = server::of(&settings.own, SERVER).to_owned();
        let handle = own("handle").unwrap_or_default().trim_start_matches('@').to_owned();
        let account = format!("{server}/{handle}");
        let view = own("view").unwrap_or(bluesky_view::VIEW).trim_end_matches('/').to_owned();
        Bluesky { server, view, handle, account, pictures_in_post: own("pictures") == Some("post"), session: Mutex::new(None) }
    }

    fn request(&self, method: Method, call: &str, body: Body) -> Request {
        Request { body, ..Request::new(method, format!("{}/xrpc/{call}", self.server)) }
    }

    /// The session, opened once: servers allow few a day.
    fn session(&self, out: &mut dyn Transport) -> Result<Session, SendError> {
        let mut open = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(session) = open.as_ref() {
            return Ok(session.clone());
        }
        let password = out.secret("password").map_err(|error| SendError::Account { reason: error.to_string() })?;
        let body = as_json(&json!({"identifier": self.handle, "password": password.expose()}));
        let request = self.request(Method::Post, "com.atproto.server.createSession", body);
        let response = out.http(&request).map_err(|error| silence(error, Step::Before))?;
        if response.status == 400 {
            // Here 400 means a handle that is none, or a second factor that an app password would not ask for.
            let SendError::Refused { reason } = refusal(&response, Step::Before, Some(&password)) else { unreachable!("400 is a refusal") };
            return Err(SendError::Account { reason });
        }
        let value = accepted(&response, Step::Before, &password)?;
        let token = Secret::new(field(&value, "accessJwt", Step::Before)?);
        let handle = value["handle"].as_str().unwrap_or(&self.handle).to_owned();
        let session = Session { token, did: field(&value, "did", Step::Before)?.to_owned(), handle };
        *open = Some(session.clone());
        Ok(session)
    }

    /// Calls with the session; one that has ended is opened anew, once.
    fn call(&self, step: Step, out: &mut dyn Transport, make: &dyn Fn(&Session) -> Request) -> Result<(Response, Session), SendError> {
        for last in [false, true] {
            let session = self.session(out)?;
            let request = make(&session).bearer(&session.token);
            let response = out.http(&request).map_err(|error| silence(error, step))?;
            if last || !session_ended(&response) {
                return Ok((response, session));
            }
            *self.session.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
        unreachable!("the second round returns")
    }

    fn upload(&self, image: &Image, out: &mut dyn Transport) -> Result<Value, SendError> {
        let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
        let make = |_: &Session| self.request(Method::Post, "com.atproto.repo.uploadBlob", Body::Bytes(image.media_type, bytes.clone()));
        let (response, session) = self.call(Step::Before, out, &make)?;
        Ok(accepted(&response, Step::Before, &session.token)?["blob"].take())
    }

    /// The picture of the card. News never waits for a card that is not drawn yet or came out too large.
    fn thumb(&self, image: &Image, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
        let drawn = matches!(image.file, ImageFile::Finished(_));
        if drawn && !out.image(image).is_ok_and(|bytes| bytes.len() as u64 <= THUMB_BYTES) {
            return Ok(None);
        }
        self.upload(image, out).map(Some)
    }

    /// The whole record: pictures uploaded, the thread it belongs to named.
    fn complete(&self, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Value, SendError> {
        let mut value = post.payload["record"].clone();
        if self.pictures_in_post && !post.images.is_empty() {
            let pictures =
                post.images.iter().map(|image| Ok((self.upload(image, out)?, image.alt.clone()))).collect::<Result<Vec<_>, SendError>>()?;
            value = record::with_pictures(value, pictures);
        } else if let Some(image) = post.images.first()
            && let Some(blob) = self.thumb(image, out)?
        {
            value = record::with_thumb(value, blob);
        }
        match deed {
            Deed::Reply { to, root } => Ok(record::in_reply(value, to, root)),
            _ => Ok(value),
        }
    }

    fn put(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let value = self.complete(post, deed, out)?;
        let rkey = rkey(post, key);
        let make = |session: &Session| {
            let body = json!({"repo": session.did, "collection": POSTS, "rkey": rkey, "swapRecord": null, "record": value});
            self.request(Method::Post, "com.atproto.repo.putRecord", as_json(&body))
        };
        let (response, session) = self.call(Step::Post, out, &make)?;
        if error_of(&response) == "InvalidSwap" {
            // This very announcement is there already, in words of an earlier day: its key is its identity.
            return self.read(&rkey, out);
        }
        let value = accepted(&response, Step::Post, &session.token)?;
        receipt(&value).map(Some)
    }

    fn read(&self, rkey: &str, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let make = |session: &Session| {
            let query = format!("com.atproto.repo.getRecord?repo={}&collection={POSTS}&rkey={rkey}", session.did);
            self.request(Method::Get, &query, Body::Empty)
        };
        let (response, session) = self.call(Step::Before, out, &make)?;
        if error_of(&response) == "RecordNotFound" {
            return Ok(None);
        }
        receipt(&accepted(&response, Step::Before, &session.token)?).map(Some)
    }

    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let make = |session: &Session| {
            let body = json!({"repo": session.did, "collection": POSTS, "rkey": last_part(&of.id)});
            self.request(Method::Post, "com.atproto.repo.deleteRecord", as_json(&body))
        };
        let (response, session) = self.call(Step::Post, out, &make)?;
        accepted(&response, Step::Post, &session.token).map(|_| Some(of.clone()))
    }
}

impl Bluesky {
    /// One part as it is sent; the picture and the card stand on the first, the link on all.
    fn post(&self, announcement: &Announcement, part: usize, fitted: &Fitted) -> Post {
        let news = &announcement.news;
        let (most, bytes) = if self.pictures_in_post { (PICTURES, PICTURE_BYTES) } else { (1, THUMB_BYTES) };
        let shown = match part {
            0 if news.images.is_empty() && !self.pictures_in_post => og_card(news),
            0 => &news.images,
            _ => &[],
        };
        let images: Vec<Image> =
            shown.iter().filter(|image| image.len().is_none_or(|length| length <= bytes)).take(most).cloned().collect();
        let payload = json!({"collection": POSTS, "rkey": tid::of(news.at.timestamp(), &announcement.key.part(part)), "record": record::record(news, fitted)});
        Post {
            part,
            card: (!self.pictures_in_post || images.is_empty()).then(|| news.card.clone()),
            images,
            ..Post::new(announcement, &fitted.text, text::bluesky(&fitted.text), payload)
        }
    }
}

impl Channel for Bluesky {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        match self.pictures_in_post {
            true => ABILITIES,
            // The one picture of the card.
            false => Abilities { pictures: Pictures::UpTo(1), ..ABILITIES },
        }
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let rule = Rule { count: &text::bluesky, tags: true, thread: true };
        let fitted = match fit::texts(announcement, &rule) {
            Ok(texts) => texts.into_iter().map(|text| Fitted { text, shown: news.link.clone() }).collect(),
            // Where only the link is too long, it is shown short: the facet carries all of it.
            Err(finding) => match record::with_short_link(news) {
                Some(fitted) => vec![fitted],
                None => return Checked::new(Vec::new(), Findings::from_iter([finding])),
            },
        };
        let posts = fitted.into_iter().enumerate().map(|(part, fitted)| self.post(announcement, part, &fitted));
        posts.collect::<Vec<_>>().into()
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New | Deed::Reply { .. } => self.put(post, deed, key, out),
            Deed::Delete(of) => self.delete(of, out),
            Deed::Edit(_) => Err(SendError::Refused { reason: "Bluesky shows no edits; use `correct_by: reply` or `replace`".into() }),
        }
    }

    fn find(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New | Deed::Reply { .. } => self.read(&rkey(post, key), out),
            Deed::Delete(of) => Ok(self.read(last_part(&of.id), out)?.is_none().then(|| of.clone())),
            Deed::Edit(_) => Ok(None),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let session = self.session(out)?;
        let seen = vec![format!("The account is {}.", session.did)];
        Ok(Proof { account: format!("@{}", session.handle), seen, ..Proof::default() })
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        bluesky_view::counts(&self.view, of, out)
    }
}

/// The card drawn for links, the only one of its shape.
fn og_card(news: &News) -> &[Image] {
    let wide = |image: &Image| image.size.is_some_and(|(width, height)| width > height);
    let at = news.drawn.iter().position(wide);
    at.map_or(&[], |at| &news.drawn[at..=at])
}

fn rkey(post: &Post, key: &Key) -> String {
    tid::of(post.announcement.news.at.timestamp(), key)
}

fn last_part(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or_default()
}

fn error_of(response: &Response) -> String {
    let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    if response.status < 400 { String::new() } else { value["error"].as_str().unwrap_or_default().to_owned() }
}

/// Servers say 400 here, not 401 (atproto, `packages/pds/src/auth-verifier.ts`).
fn session_ended(response: &Response) -> bool {
    response.status == 401 || matches!(error_of(response).as_str(), "ExpiredToken" | "InvalidToken")
}

fn accepted(response: &Response, step: Step, secret: &Secret) -> Result<Value, SendError> {
    match response.status {
        200..=299 if response.body.is_empty() => Ok(Value::Null),
        200..=299 => json(response, step),
        400 if session_ended(response) => match refusal(response, step, Some(secret)) {
            SendError::Refused { reason } => Err(SendError::Account { reason }),
            other => Err(other),
        },
        _ => Err(refusal(response, step, Some(secret))),
    }
}

fn receipt(value: &Value) -> Result<Receipt, SendError> {
    let uri = field(value, "uri", Step::Post)?;
    let cid = field(value, "cid", Step::Post)?;
    Ok(Receipt { id: uri.to_owned(), url: record::page(uri), version_id: cid.to_owned() })
}

fn as_json(value: &Value) -> Body {
    Body::Bytes("application/json", value.to_string().into_bytes())
}
