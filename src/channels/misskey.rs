//! Misskey, Sharkey, Firefish and their kin. In: announcements. Out: notes, answered, deleted, found again.
//!
//! Facts from <https://misskey-hub.net/en/docs/for-developers/api/>: every call is a POST with the token as the field `i`.
//! There is no key against repeats and no edit, so an unknown outcome is looked up among the account's own notes. The words
//! of a picture are its file's `comment`.

use crate::channels::answers::{Step, json, silence, text as field};
use crate::channels::channel::Platform;
use crate::channels::chat::{Hunt, refused, secret, value};
use crate::channels::fit::{self, Rule};
use crate::channels::server;
use crate::channels::text;
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Body, Channel, Counter, Deed, Delete, LookUp, Method, Part, Pictures, Post, Preview, Proof, Reply, Request, Response,
    Secret, SendError, Transport,
};
use serde_json::{Value, json as value_of};

/// Characters of a note where the settings name no other limit.
const LIMIT: usize = 3000;
/// Pictures of a note.
const PICTURES: usize = 16;
/// Characters of a picture's words.
const ALT: usize = 512;
/// Notes a page, and pages read back: 1,000 notes.
const PAGE: usize = 100;
const PAGES: usize = 10;

/// Misskey.
pub static PLATFORM: Platform = Platform {
    name: "misskey",
    about: "An account on Misskey, or on a server with its API such as Sharkey or Firefish.",
    fields: &[
        Field::new("server", Shape::Url, "Address of the server.", "https://misskey.example.se").required(),
        Field::new("token", Shape::Secret, "Token with read:account, write:notes and write:drive.", "env:MISSKEY_TOKEN").required(),
        Field::new("handle", Shape::Text, "Name of the account; needed where two channels share a server.", "norrvik"),
        Field::new("limit", Shape::Count, "Characters that the server allows, if not 3,000.", "3000"),
        Field::new("visibility", Shape::Word(&["public", "home", "followers"]), "Who sees the notes.", "public"),
    ],
    abilities: ABILITIES,
    terms: &[],
    hosts: |own| server::hosts(own, ""),
    open: |settings, _| Box::new(Misskey::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    delete: Delete::Yes,
    reply: Reply::Native,
    pictures: Pictures::UpTo(PICTURES as u32),
    alt: true,
    preview: Preview::Scraped,
    counter: Counter::Characters,
    ..Abilities::LEAST
};

struct Misskey {
    server: String,
    account: String,
    limit: usize,
    visibility: String,
}

impl Misskey {
    fn new(settings: &ChannelSettings) -> Misskey {
        let own = |name: &str| settings.own.text(name);
        let server = server::of(&settings.own, "").to_owned();
        let account = own("handle").map_or_else(|| server.clone(), |handle| format!("{server}/@{}", handle.trim_start_matches('@')));
        let limit = settings.own.count("limit").and_then(|limit| usize::try_from(limit).ok()).unwrap_or(LIMIT);
        Misskey { server, account, limit, visibility: own("visibility").unwrap_or("public").to_owned() }
    }

    /// Calls an endpoint with the token among the fields.
    fn call(&self, path: &str, fields: &Value, step: Step, out: &mut dyn Transport) -> Result<(Response, Secret), SendError> {
        let token = secret(out, "token")?;
        let mut body = fields.clone();
        body["i"] = value_of!(token.expose());
        let request = Request::new(Method::Post, format!("{}/api/{path}", self.server)).json(&body);
        out.http(&request).map(|response| (response, token)).map_err(|error| silence(error, step))
    }

    fn ask(&self, path: &str, fields: &Value, out: &mut dyn Transport) -> Result<Value, SendError> {
        let (response, token) = self.call(path, fields, Step::Before, out)?;
        accepted(&response, Step::Before, &token)
    }

    fn make(&self, post: &Post, parent: Option<&Receipt>, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let mut files = Vec::new();
        for (at, image) in post.images.iter().enumerate() {
            files.push(self.upload(image, &format!("file-{}", at + 1), out)?);
        }
        let mut note = post.payload.clone();
        if !files.is_empty() {
            note["fileIds"] = value_of!(files);
        }
        if let Some(parent) = parent {
            note["replyId"] = value_of!(parent.id);
        }
        let (response, token) = self.call("notes/create", &note, Step::Post, out)?;
        let value = accepted(&response, Step::Post, &token)?;
        self.receipt(&value["createdNote"])
    }

    fn receipt(&self, note: &Value) -> Result<Receipt, SendError> {
        let id = field(note, "id", Step::Post)?.to_owned();
        Ok(Receipt { url: format!("{}/notes/{id}", self.server), id, version_id: String::new() })
    }

    /// Puts a picture with its words into the account's drive; one that is noted is there already.
    fn upload(&self, image: &Image, note: &str, out: &mut dyn Transport) -> Result<String, SendError> {
        if let Some(id) = out.noted(note) {
            return Ok(id);
        }
        let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
        let token = secret(out, "token")?;
        let plain = |name, text: &str| Part { name, file: None, bytes: text.as_bytes().to_vec() };
        let (name, alt) = (image.path().name(), image.alt.chars().take(ALT).collect::<String>());
        let mut parts = vec![plain("i", token.expose()), plain("name", name), plain("force", "true")];
        parts.extend((!alt.is_empty()).then(|| plain("comment", &alt)));
        parts.push(Part { name: "file", file: Some((name.to_owned(), image.media_type)), bytes });
        let request = Request::new(Method::Post, format!("{}/api/drive/files/create", self.server));
        let response = out.http(&Request { body: Body::Multipart(parts), ..request }).map_err(|error| silence(error, Step::Before))?;
        let value = accepted(&response, Step::Before, &token)?;
        let id = field(&value, "id", Step::Before)?.to_owned();
        out.note(note, &id).map_err(|error| silence(error, Step::Before))?;
        Ok(id)
    }

    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let (response, token) = self.call("notes/delete", &value_of!({"noteId": of.id}), Step::Post, out)?;
        match code(&response) {
            "" | "NO_SUCH_NOTE" => Ok(of.clone()),
            _ => Err(fault(&response, Step::Post, &token)),
        }
    }

    fn note(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
        let (response, token) = self.call("notes/show", &value_of!({"noteId": of.id}), Step::Before, out)?;
        match code(&response) {
            "NO_SUCH_NOTE" => Ok(None),
            _ => accepted(&response, Step::Before, &token).map(Some),
        }
    }

    fn search(&self, post: &Post, parent: Option<&str>, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let me = field(&self.ask("i", &value_of!({}), out)?, "id", Step::Before)?.to_owned();
        let mut hunt = Hunt::new(post, parent);
        let mut fields = value_of!({"userId": me, "limit": PAGE, "withReplies": true, "withRenotes": false});
        for _ in 0..PAGES {
            let page = self.ask("users/notes", &fields, out)?;
            let notes: &[Value] = page.as_array().map_or(&[], Vec::as_slice);
            for note in notes {
                let receipt = self.receipt(note)?;
                if let Some(found) = hunt.look(note["text"].as_str().unwrap_or_default(), note["replyId"].as_str(), &receipt) {
                    return Ok(Some(found));
                }
            }
            match notes.last().filter(|_| notes.len() == PAGE) {
                Some(last) => fields["untilId"] = last["id"].clone(),
                None => break,
            }
        }
        hunt.end()
    }
}

impl Channel for Misskey {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let count = |words: &str| text::characters(words, self.limit);
        fit::posts(announcement, &Rule { count: &count, tags: true, thread: true }, |part, words| {
            let images = announcement.news.images.iter().take(if part == 0 { PICTURES } else { 0 }).cloned().collect();
            let payload = value_of!({"text": words, "visibility": self.visibility});
            Post { images, ..Post::new(announcement, &words, count(&words), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.make(post, None, out),
            Deed::Reply { to, .. } => self.make(post, Some(to), out),
            Deed::Delete(of) => self.delete(of, out),
            Deed::Edit(_) => Err(SendError::Refused { reason: "Misskey edits no notes; use `correct_by: reply` or `replace`".into() }),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.search(post, None, out),
            Deed::Reply { to, .. } => self.search(post, Some(&to.id), out),
            Deed::Delete(of) => Ok(self.note(of, out)?.is_none().then(|| of.clone())),
            Deed::Edit(_) => Ok(None),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let me = self.ask("i", &value_of!({}), out)?;
        let mut proof = Proof { account: format!("@{}", me["username"].as_str().unwrap_or_default()), ..Proof::default() };
        let meta = self.ask("meta", &value_of!({"detail": false}), out)?;
        if let Some(limit) = meta["maxNoteTextLength"].as_u64() {
            proof.seen.push(format!("The server allows {limit} characters."));
            if limit < self.limit as u64 {
                proof.obstacles.push(format!("The settings allow {} characters, the server {limit}; write `limit: {limit}`.", self.limit));
            }
        }
        if me["isSilenced"] == true || me["isSuspended"] == true {
            proof.obstacles.push("The server has silenced or suspended the account; ask its moderators.".into());
        }
        Ok(proof)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let Some(note) = self.note(of, out)? else { return Ok(Vec::new()) };
        let likes = note["reactions"].as_object().into_iter().flatten().filter_map(|(_, count)| count.as_u64()).sum();
        let count = |name: &str| note[name].as_u64().unwrap_or_default();
        Ok(vec![("likes", likes), ("reposts", count("renoteCount")), ("replies", count("repliesCount"))])
    }
}

/// The code in a bad answer.
fn code(response: &Response) -> &'static str {
    let known = ["NO_SUCH_NOTE", "NO_SUCH_REPLY_TARGET", "RATE_LIMIT_EXCEEDED", "NO_SUCH_FILE"];
    let said = value(response)["error"]["code"].as_str().unwrap_or_default().to_owned();
    match response.status {
        200..=299 => "",
        _ => known.into_iter().find(|code| *code == said).unwrap_or("OTHER"),
    }
}

fn accepted(response: &Response, step: Step, token: &Secret) -> Result<Value, SendError> {
    match response.status {
        204 => Ok(Value::Null),
        200..=299 => json(response, step),
        _ => Err(fault(response, step, token)),
    }
}

/// What a bad answer means: `{"error":{"message","code","id","kind"}}`.
fn fault(response: &Response, step: Step, token: &Secret) -> SendError {
    let said = value(response);
    let words = [&said["error"]["code"], &said["error"]["message"]].map(|word| word.as_str().unwrap_or_default()).join(" ");
    // A note that waits for its moment, a token without the right: 400 is never an account's fault, 401 and 403 always.
    refused(response, words.trim(), step, token)
}
