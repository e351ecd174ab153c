//! A stand-in for a Mastodon server. In: requests of its API. Out: what the real one would answer, for the calls that are
//! documented at <https://docs.joinmastodon.org/methods/statuses/>, `media`, `accounts` and `instance`.
//!
//! Any token `rehearsal-NAME` is that of the account NAME, whatever follows a dot after it. Posts are limited to 500
//! graphemes, a link counting 23; `Idempotency-Key` is remembered; a picture is worked on for the length of one question.

use crate::channels::text;
use crate::rehearsal::mastodon_view as view;
use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::Change;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State as Extract};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json as value};
use std::collections::{BTreeMap, BTreeSet};

const LIMIT: usize = 500;
/// First id; ids of real servers are about as long.
const FIRST: u64 = 114_000_000_000_000_000;
/// Requests of an account in five minutes.
const REQUESTS: (u64, i64) = (300, 300);
/// How long a key is remembered, in seconds.
const MEMORY: i64 = 3600;

/// A status.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Status {
    /// Its id.
    pub id: u64,
    /// The account that posted it.
    pub account: String,
    /// Its text.
    pub text: String,
    /// Its language.
    pub lang: Option<String>,
    /// Who sees it.
    pub visibility: String,
    /// The status that it answers.
    pub parent: Option<u64>,
    /// Its pictures.
    pub media: Vec<u64>,
    /// The idempotency key it was sent with.
    pub key: Option<String>,
    /// When it was posted.
    pub at: Timestamp,
    /// When its text was last changed.
    #[serde(default)]
    pub edited: Option<Timestamp>,
    /// Whether it was deleted.
    #[serde(default)]
    pub deleted: bool,
}

/// An uploaded picture.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Media {
    /// Its id.
    pub id: u64,
    /// The account that uploaded it.
    pub account: String,
    /// Words for those who do not see it.
    pub alt: String,
    /// Media type.
    pub media_type: String,
    /// Name of the file with its bytes.
    pub file: String,
}

/// What the server knows.
#[derive(Default)]
pub struct State {
    /// Statuses by id, deleted ones too.
    pub statuses: BTreeMap<u64, Status>,
    /// Pictures by id.
    pub media: BTreeMap<u64, Media>,
    keys: BTreeMap<(String, String), (u64, Timestamp)>,
    ready: BTreeSet<u64>,
}

impl State {
    /// Takes a change in.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Status(status) => {
                if let Some(key) = &status.key {
                    self.keys.insert((status.account.clone(), key.clone()), (status.id, status.at));
                }
                // A picture that stands in a status has been worked on, also after a restart.
                self.ready.extend(&status.media);
                self.statuses.insert(status.id, status.clone());
            }
            Change::StatusEdited { id, text, lang, media, at } => {
                if let Some(status) = self.statuses.get_mut(id) {
                    let (text, lang, media) = (text.clone(), lang.clone(), media.clone());
                    *status = Status { text, lang, media, edited: Some(*at), ..status.clone() };
                }
            }
            Change::StatusDeleted { id } => {
                if let Some(status) = self.statuses.get_mut(id) {
                    status.deleted = true;
                }
            }
            Change::Media(media) => {
                self.media.insert(media.id, media.clone());
            }
            _ => {}
        }
    }

    /// Forgets every idempotency key, as a server does whose cache is emptied.
    pub fn forget_keys(&mut self) {
        self.keys.clear();
    }

    /// A status that is still there.
    pub fn live(&self, id: u64) -> Option<&Status> {
        self.statuses.get(&id).filter(|status| !status.deleted)
    }

    fn next_id(&self) -> u64 {
        let last = self.statuses.keys().next_back().max(self.media.keys().next_back());
        last.map_or(FIRST, |id| id + 1)
    }
}

/// Any token `rehearsal-NAME` is that of the account NAME.
pub static STAND_IN: StandIn = StandIn { platform: "mastodon", name: "Mastodon", routes, door: stand_in::front, secrets: stand_in::token };

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let (limits, mishaps) = (shared.clone(), shared.clone());
    Router::new()
        .route("/api/v1/statuses", post(make))
        .route("/api/v1/statuses/{id}", get(read).put(edit).delete(delete))
        .route("/api/v1/statuses/{id}/source", get(source))
        .route("/api/v1/accounts/verify_credentials", get(me))
        .route("/api/v1/accounts/{id}/statuses", get(list))
        .route("/api/v2/media", post(upload))
        .route("/api/v1/media/{id}", get(picture))
        .route("/api/v2/instance", get(instance))
        .route("/{account}/{id}", get(page))
        .layer(DefaultBodyLimit::max(16 * 1024 * 1024))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .layer(from_fn(move |request, next: Next| limited(limits.clone(), request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |shared| with_limits(too_many(), 0, shared.take(("mastodon", ""), REQUESTS, 0).1),
    unauthorised: || unauthorised(),
    expired: || unauthorised(),
    failed: || json(500, value!({"error": "Internal server error"})),
    writes: |method, path| path.contains("/api/v1/statuses") && method != Method::GET,
};

/// Counts requests by account and says on every answer how many are left.
async fn limited(shared: Shared, request: axum::extract::Request, next: Next) -> Response {
    let who = bearer(request.headers()).unwrap_or_default().to_owned();
    let (left, reset) = shared.take(("mastodon", &who), REQUESTS, 1);
    let answer = if left < 0 { too_many() } else { next.run(request).await };
    if answer.headers().contains_key("x-ratelimit-reset") { answer } else { with_limits(answer, left.max(0), reset) }
}

fn with_limits(mut answer: Response, left: i64, reset: i64) -> Response {
    let reset = Timestamp::from_second(reset).unwrap_or_default();
    let fields = [
        ("x-ratelimit-limit", REQUESTS.0.to_string()),
        ("x-ratelimit-remaining", left.to_string()),
        ("x-ratelimit-reset", format!("{reset:.6}")),
    ];
    for (name, text) in fields {
        if let Ok(text) = text.parse() {
            answer.headers_mut().insert(name, text);
        }
    }
    answer
}

fn too_many() -> Response {
    json(429, value!({"error": "Too many requests"}))
}

fn unauthorised() -> Response {
    json(401, value!({"error": "The access token is invalid"}))
}

fn missing() -> Response {
    json(404, value!({"error": "Record not found"}))
}

fn invalid(why: &str) -> Response {
    json(422, value!({"error": format!("Validation failed: {why}")}))
}

fn broken(error: std::io::Error) -> Response {
    json(500, value!({"error": format!("the stand-in cannot write: {error}")}))
}

/// The account behind the token.
fn account(headers: &HeaderMap) -> Result<String, Response> {
    let name = bearer(headers).and_then(|token| token.strip_prefix("rehearsal-")).and_then(|rest| rest.split('.').next());
    name.filter(|name| !name.is_empty()).map(str::to_owned).ok_or_else(unauthorised)
}

/// What a client may send, as JSON or as a form.
#[derive(Default, Deserialize)]
struct Draft {
    #[serde(default)]
    status: String,
    language: Option<String>,
    visibility: Option<String>,
    in_reply_to_id: Option<String>,
    #[serde(default)]
    media_ids: Vec<String>,
}

fn draft(headers: &HeaderMap, body: &Bytes) -> Result<Draft, Response> {
    let form = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let draft: Option<Draft> = if form {
        let mut draft = Draft::default();
        for (name, text) in url::form_urlencoded::parse(body) {
            match name.as_ref() {
                "status" => draft.status = text.into_owned(),
                "language" => draft.language = Some(text.into_owned()),
                "visibility" => draft.visibility = Some(text.into_owned()),
                "in_reply_to_id" => draft.in_reply_to_id = Some(text.into_owned()),
                "media_ids[]" => draft.media_ids.push(text.into_owned()),
                _ => {}
            }
        }
        Some(draft)
    } else {
        serde_json::from_slice(body).ok()
    };
    draft.ok_or_else(|| json(400, value!({"error": "Bad request"})))
}

/// The rules that hold for a new and for an edited text.
fn checked(state: &State, draft: &Draft, account: &str) -> Result<Vec<u64>, Response> {
    let media: Vec<u64> = draft.media_ids.iter().filter_map(|id| id.parse().ok()).collect();
    if draft.status.trim().is_empty() && media.is_empty() {
        return Err(invalid("Text can't be blank"));
    }
    if !text::fits(&text::mastodon(&draft.status, LIMIT)) {
        return Err(invalid("Text character limit of 500 exceeded"));
    }
    if media.len() > 4 {
        return Err(invalid("Cannot attach more than 4 files"));
    }
    let known = |id: &u64| state.media.get(id).is_some_and(|media| media.account == account);
    if media.len() != draft.media_ids.len() || !media.iter().all(known) {
        return Err(json(404, value!({"error": "Record not found"})));
    }
    if !media.iter().all(|id| state.ready.contains(id)) {
        return Err(invalid("Cannot attach files that have not finished processing. Try again in a moment!"));
    }
    Ok(media)
}

async fn make(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    made(&shared, &headers, &body).unwrap_or_else(|refusal| refusal)
}

fn made(shared: &Shared, headers: &HeaderMap, body: &Bytes) -> Result<Response, Response> {
    let account = account(headers)?;
    let draft = draft(headers, body)?;
    let now = Timestamp::now();
    let keyed = shared.mishaps().keyed();
    let key = headers.get("idempotency-key").filter(|_| keyed).and_then(|key| key.to_str().ok()).map(str::to_owned);
    let mut world = shared.world();
    let known = key.as_ref().and_then(|key| world.mastodon.keys.get(&(account.clone(), key.clone())));
    if let Some((id, _)) = known.filter(|(_, at)| now.as_second() - at.as_second() < MEMORY) {
        let first = &world.mastodon.statuses[id];
        return Ok(json(200, view::status(first, &world.mastodon, shared.base())));
    }
    let media = checked(&world.mastodon, &draft, &account)?;
    let parent = match draft.in_reply_to_id.filter(|id| !id.is_empty()) {
        None => None,
        Some(id) => Some(id.parse().ok().and_then(|id| world.mastodon.live(id)).ok_or_else(missing)?.id),
    };
    let status = Status {
        id: world.mastodon.next_id(),
        account,
        text: draft.status,
        lang: draft.language,
        visibility: draft.visibility.unwrap_or_else(|| "public".into()),
        parent,
        media,
        key,
        at: now,
        edited: None,
        deleted: false,
    };
    world.commit(Change::Status(status.clone())).map_err(broken)?;
    Ok(json(200, view::status(&status, &world.mastodon, shared.base())))
}

/// A live status of the account's own.
fn own(state: &State, id: &str, account: &str) -> Result<Status, Response> {
    let status = id.parse().ok().and_then(|id| state.live(id)).filter(|status| status.account == account);
    status.cloned().ok_or_else(missing)
}

async fn read(Extract(shared): Extract<Shared>, Path(id): Path<String>) -> Response {
    let world = shared.world();
    match id.parse().ok().and_then(|id| world.mastodon.live(id)) {
        Some(status) => json(200, view::status(status, &world.mastodon, shared.base())),
        None => missing(),
    }
}

async fn source(Extract(shared): Extract<Shared>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let found = account(&headers).and_then(|account| own(&shared.world().mastodon, &id, &account));
    found.map_or_else(|refusal| refusal, |status| json(200, value!({"id": id, "text": status.text, "spoiler_text": ""})))
}

async fn edit(Extract(shared): Extract<Shared>, headers: HeaderMap, Path(id): Path<String>, body: Bytes) -> Response {
    edited(&shared, &headers, &id, &body).unwrap_or_else(|refusal| refusal)
}

fn edited(shared: &Shared, headers: &HeaderMap, id: &str, body: &Bytes) -> Result<Response, Response> {
    let account = account(headers)?;
    let draft = draft(headers, body)?;
    let mut world = shared.world();
    let status = own(&world.mastodon, id, &account)?;
    let media = checked(&world.mastodon, &draft, &account)?;
    let same = status.text == draft.status && status.media == media && status.lang == draft.language;
    if !same {
        let change =
            Change::StatusEdited { id: status.id, text: draft.status, lang: draft.language.or(status.lang), media, at: Timestamp::now() };
        world.commit(change).map_err(broken)?;
    }
    Ok(json(200, view::status(&world.mastodon.statuses[&status.id], &world.mastodon, shared.base())))
}

async fn delete(Extract(shared): Extract<Shared>, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let deleted = |account: String| {
        let mut world = shared.world();
        let status = own(&world.mastodon, &id, &account)?;
        world.commit(Change::StatusDeleted { id: status.id }).map_err(broken)?;
        let mut answer = view::status(&status, &world.mastodon, shared.base());
        answer["text"] = value!(status.text);
        Ok(json(200, answer))
    };
    account(&headers).and_then(deleted).unwrap_or_else(|refusal| refusal)
}

async fn me(headers: HeaderMap, Extract(shared): Extract<Shared>) -> Response {
    account(&headers).map_or_else(|refusal| refusal, |name| json(200, view::account(&name, shared.base())))
}

async fn list(Extract(shared): Extract<Shared>, Path(id): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    // Pleroma refuses what Mastodon tolerates.
    if query.values().any(String::is_empty) {
        return json(400, value!({"error": "Bad request"}));
    }
    let world = shared.world();
    let below: u64 = query.get("max_id").and_then(|id| id.parse().ok()).unwrap_or(u64::MAX);
    let most: usize = query.get("limit").and_then(|most| most.parse().ok()).unwrap_or(20).clamp(1, 40);
    let own = world
        .mastodon
        .statuses
        .range(..below)
        .rev()
        .map(|(_, status)| status)
        .filter(|status| !status.deleted && view::account_id(&status.account) == id);
    let page: Vec<Value> = own.take(most).map(|status| view::status(status, &world.mastodon, shared.base())).collect();
    json(200, value!(page))
}

async fn upload(Extract(shared): Extract<Shared>, headers: HeaderMap, form: Multipart) -> Response {
    let Ok(account) = account(&headers) else { return unauthorised() };
    match read_form(form).await {
        Some((media_type, bytes, alt)) => uploaded(&shared, account, (media_type, bytes), alt).unwrap_or_else(|refusal| refusal),
        None => invalid("File can't be blank"),
    }
}

async fn read_form(mut form: Multipart) -> Option<(String, Bytes, String)> {
    let (mut file, mut alt) = (None, String::new());
    while let Ok(Some(field)) = form.next_field().await {
        match field.name() {
            Some("file") => {
                let media_type = field.content_type().unwrap_or_default().to_owned();
                file = Some((media_type, field.bytes().await.ok()?));
            }
            Some("description") => alt = field.text().await.ok()?,
            _ => {}
        }
    }
    file.map(|(media_type, bytes)| (media_type, bytes, alt))
}

fn uploaded(shared: &Shared, account: String, (media_type, bytes): (String, Bytes), alt: String) -> Result<Response, Response> {
    if !["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/heif"].contains(&media_type.as_str()) {
        return Err(invalid("File content type is invalid"));
    }
    if alt.chars().count() > 1500 {
        return Err(invalid("Description is too long (maximum is 1500 characters)"));
    }
    let mut world = shared.world();
    let file = crate::rehearsal::cid::of_blob(&bytes);
    world.keep(&file, &bytes).map_err(broken)?;
    let media = Media { id: world.mastodon.next_id(), account, alt, media_type, file };
    world.commit(Change::Media(media.clone())).map_err(broken)?;
    Ok(json(202, view::media(&media, shared.base(), false)))
}

/// A picture is being worked on until it has been asked for once.
async fn picture(Extract(shared): Extract<Shared>, headers: HeaderMap, Path(id): Path<u64>) -> Response {
    let Ok(account) = account(&headers) else { return unauthorised() };
    let mut world = shared.world();
    let Some(media) = world.mastodon.media.get(&id).filter(|media| media.account == account).cloned() else { return missing() };
    let ready = !world.mastodon.ready.insert(id);
    json(if ready { 200 } else { 206 }, view::media(&media, shared.base(), ready))
}

async fn instance() -> Response {
    json(
        200,
        value!({
            "domain": "social.rehearsal.example",
            "title": "Rehearsal",
            "version": "4.5.0",
            "configuration": {
                "statuses": {"max_characters": LIMIT, "max_media_attachments": 4, "characters_reserved_per_url": text::MASTODON_LINK},
                "media_attachments": {"supported_mime_types": ["image/png", "image/jpeg", "image/webp"], "description_limit": 1500, "image_size_limit": 16_777_216},
            },
        }),
    )
}

async fn page(Path((_, id)): Path<(String, String)>) -> Response {
    Redirect::to(&format!("/#mastodon-{id}")).into_response()
}
