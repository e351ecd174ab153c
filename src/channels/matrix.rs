//! A room on Matrix. In: announcements. Out: events under transaction ids of our own, edited, answered, redacted.
//!
//! Facts from the client-server API, <https://spec.matrix.org/latest/client-server-api/>. A server gives the first event for
//! a transaction id that it remembers, by device and for a time that nobody promises; so every event carries its key in the
//! field `org.promulgate.key`, and a look-up reads the room for it. A token must be that of one lasting device.

use crate::channels::answers::{Step, json, silence, text as field};
use crate::channels::channel::Platform;
use crate::channels::chat::{patient, refused, secret, value};
use crate::channels::fit::{self, Rule};
use crate::channels::server;
use crate::channels::{matrix_event as event, matrix_find, text};
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Body, Channel, Counter, Dedupe, Deed, Delete, Edit, LookUp, Method, Pictures, Post, Preview, Proof, Reply, Request,
    Response, Secret, SendError, Transport,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json as value_of};

/// Most bytes of a text: it stands up to four times in an event of 65,536 bytes, once as HTML.
const LIMIT: usize = 10_000;

/// Matrix.
pub static PLATFORM: Platform = Platform {
    name: "matrix",
    about: "A room on a Matrix server.",
    fields: &[
        Field::new("server", Shape::Url, "Address of the homeserver's client API.", "https://matrix.example.se").required(),
        Field::new("room", Shape::Text, "Id of the room, not an alias.", "!Norrvik:matrix.example.se").required(),
        Field::new("token", Shape::Secret, "Access token of the account, made once for a device that stays.", "env:MATRIX_TOKEN")
            .required(),
        Field::new("message", Shape::Word(&["text", "notice"]), "Whether posts are messages or notices of a bot.", "text"),
    ],
    abilities: ABILITIES,
    terms: &[],
    hosts: |own| server::hosts(own, ""),
    open: |settings, _| Box::new(Matrix::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::Header,
    edit: Edit::Text,
    delete: Delete::Yes,
    reply: Reply::Native,
    pictures: Pictures::Any,
    alt: true,
    preview: Preview::Scraped,
    counter: Counter::Bytes,
    ..Abilities::LEAST
};

/// A configured room.
pub(crate) struct Matrix {
    server: String,
    pub(crate) room: String,
    account: String,
    message: &'static str,
}

impl Matrix {
    fn new(settings: &ChannelSettings) -> Matrix {
        let own = |name: &str| settings.own.text(name).unwrap_or_default();
        let server = server::of(&settings.own, "").to_owned();
        let account = format!("{server}/{}", own("room"));
        let message = if own("message") == "notice" { "m.notice" } else { "m.text" };
        Matrix { server, room: own("room").to_owned(), account, message }
    }

    /// Calls the API: `path` follows `/_matrix/`.
    pub(crate) fn call(&self, method: Method, path: &str, body: Body, out: &mut dyn Transport) -> Result<(Response, Secret), SendError> {
        let token = secret(out, "token")?;
        let step = if method == Method::Put { Step::Post } else { Step::Before };
        let request = Request { body, ..Request::new(method, format!("{}/_matrix/{path}", self.server)) }.bearer(&token);
        out.http(&request).map(|response| (response, token)).map_err(|error| silence(error, step))
    }

    /// Puts an event into the room under a transaction id; gives its id.
    fn put(&self, content: &Value, transaction: &str, out: &mut dyn Transport) -> Result<String, SendError> {
        let path = format!("client/v3/rooms/{}/send/m.room.message/{transaction}", encoded(&self.room));
        let (response, token) = self.call(Method::Put, &path, as_json(content), out)?;
        Ok(field(&accepted(&response, Step::Post, &token)?, "event_id", Step::Post)?.to_owned())
    }

    /// The pictures of a post, each an event of its own before the text, made once whatever was cut off.
    fn pictures(&self, post: &Post, key: &Key, out: &mut dyn Transport) -> Result<Vec<String>, SendError> {
        let mut ids = Vec::new();
        for (at, image) in post.images.iter().enumerate() {
            let own = format!("{key}.{}", at + 1);
            let note = format!("picture-{}", at + 1);
            if let Some(id) = out.noted(&note) {
                ids.push(id);
                continue;
            }
            // An upload that was noted has perhaps become an event already, longer ago than servers remember.
            let uploaded = out.noted(&format!("upload-{}", at + 1));
            let there = if uploaded.is_some() { matrix_find::with_key(self, &own, out)? } else { None };
            let id = match there {
                Some(id) => id,
                None => {
                    let address = match uploaded {
                        Some(address) => address,
                        None => self.upload(image, &format!("upload-{}", at + 1), out)?,
                    };
                    self.put(&event::picture(image, &address, &own), &own, out).map_err(of_picture)?
                }
            };
            out.note(&note, &id).map_err(|error| silence(error, Step::Before))?;
            ids.push(id);
        }
        Ok(ids)
    }

    fn upload(&self, image: &Image, note: &str, out: &mut dyn Transport) -> Result<String, SendError> {
        let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
        let path = format!("media/v3/upload?filename={}", encoded(image.path().name()));
        let (response, token) = self.call(Method::Post, &path, Body::Bytes(image.media_type, bytes), out)?;
        let address = field(&accepted(&response, Step::Before, &token)?, "content_uri", Step::Before)?.to_owned();
        out.note(note, &address).map_err(|error| silence(error, Step::Before))?;
        Ok(address)
    }

    fn make(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let pictures = self.pictures(post, key, out)?;
        let content = event::message(post, deed, key);
        let id = self.put(&content, key.as_str(), out)?;
        Ok(self.receipt(&id, &pictures))
    }

    /// Where an event is; the ids of its pictures go along, so that they can be taken away with it.
    pub(crate) fn receipt(&self, id: &str, pictures: &[String]) -> Receipt {
        let url = format!("https://matrix.to/#/{}/{}", encoded(&self.room), encoded(id));
        Receipt { id: id.to_owned(), url, version_id: pictures.join(" ") }
    }

    fn redact(&self, of: &Receipt, key: &Key, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let events = of.version_id.split_whitespace().chain([of.id.as_str()]);
        for (at, id) in events.enumerate() {
            // Synapse tells transactions of one room apart by their ids alone, not by what they do.
            let path = format!("client/v3/rooms/{}/redact/{}/{key}.redact.{at}", encoded(&self.room), encoded(id));
            let (response, token) = self.call(Method::Put, &path, as_json(&value_of!({})), out)?;
            if response.status != 404 {
                accepted(&response, Step::Post, &token)?;
            }
        }
        Ok(of.clone())
    }
}

impl Channel for Matrix {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let count = |words: &str| text::bytes(words, LIMIT);
        fit::posts(announcement, &Rule { count: &count, tags: false, thread: true }, |part, words| {
            let images = if part == 0 { announcement.news.images.clone() } else { Vec::new() };
            Post { images, ..Post::new(announcement, &words, count(&words), event::content(self.message, &words)) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New | Deed::Reply { .. } => self.make(post, deed, key, out),
            Deed::Edit(of) => self.put(&event::message(post, deed, key), key.as_str(), out).map(|_| of.clone()),
            Deed::Delete(of) => self.redact(of, key, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        matrix_find::find(self, post, deed, key, out)
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let (response, token) = self.call(Method::Get, "client/v3/account/whoami", Body::Empty, out)?;
        let me = accepted(&response, Step::Before, &token)?;
        let mut proof = Proof { account: field(&me, "user_id", Step::Before)?.to_owned(), ..Proof::default() };
        match me["device_id"].as_str() {
            Some(device) => proof.seen.push(format!("The token belongs to the device {device}.")),
            None => proof
                .obstacles
                .push("The token belongs to no device, so the server may not recognise a repeated message; make one by logging in.".into()),
        }
        let (response, token) = self.call(Method::Get, "client/v3/joined_rooms", Body::Empty, out)?;
        let rooms = accepted(&response, Step::Before, &token)?;
        if !rooms["joined_rooms"].as_array().is_some_and(|rooms| rooms.iter().any(|room| *room == *self.room)) {
            proof.obstacles.push(format!("The account is not in the room {}; invite it and let it join.", self.room));
        }
        Ok(proof)
    }
}

/// A picture whose outcome nobody knows leaves the text unposted: the attempt is repeated, and its transaction id and the
/// room tell whether the picture is there.
fn of_picture(error: SendError) -> SendError {
    match error {
        SendError::Unknown { reason } => SendError::Retry { after: None, reason },
        other => other,
    }
}

/// The value of a good answer, or what a bad one means (section "Standard error response" of the API).
pub(crate) fn accepted(response: &Response, step: Step, token: &Secret) -> Result<Value, SendError> {
    if (200..300).contains(&response.status) {
        return json(response, step);
    }
    let said = value(response);
    let words = [&said["errcode"], &said["error"]].map(|word| word.as_str().unwrap_or_default()).join(" ");
    let milliseconds = said["retry_after_ms"].as_f64();
    Err(patient(refused(response, words.trim(), step, token), response, milliseconds.map(|time| time / 1000.0)))
}

/// A part of a path.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn as_json(value: &Value) -> Body {
    Body::Bytes("application/json", value.to_string().into_bytes())
}
