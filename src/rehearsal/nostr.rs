//! A stand-in for a Nostr relay. In: messages over a WebSocket. Out: what a strict relay would answer, by
//! <https://github.com/nostr-protocol/nips>: `EVENT` with `OK`, `REQ` with `EVENT` and `EOSE`, `CLOSE`.
//!
//! At `/members` a relay stands that wants a login (NIP-42) for everything; the other one asks for it where a mishap says that
//! the session has ended. It works out every id and checks every signature itself (`nostr_rules`), keeps one event for an address, takes nothing
//! that was asked to be deleted, and writes both sides of each talk into the transcript.

use crate::model::announcement::hex;
use crate::rehearsal::boards::Posted;
use crate::rehearsal::mishaps::Mishap;
use crate::rehearsal::nostr_rules as rules;
use crate::rehearsal::shared::Shared;
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::{Change, World};
use axum::Router;
use axum::extract::State as Extract;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const NETWORK: &str = "nostr";

/// All relays of the settings are this one; the secret key of a channel is made of its name.
pub static STAND_IN: StandIn = StandIn {
    platform: NETWORK,
    name: "Nostr",
    routes,
    door: stand_in::front,
    secrets: |_, channel| vec![("key", hex(&Sha256::digest(format!("rehearsal-{channel}").as_bytes())))],
};

/// The relay.
pub fn routes(shared: &Shared) -> Router {
    Router::new().route("/", get(open)).route("/members", get(members)).with_state(shared.clone())
}

async fn open(Extract(shared): Extract<Shared>, socket: WebSocketUpgrade) -> Response {
    socket.max_message_size(rules::MESSAGE).on_upgrade(move |socket| speak(shared, socket, Guest::default()))
}

async fn members(Extract(shared): Extract<Shared>, socket: WebSocketUpgrade) -> Response {
    let guest = Guest { is_asked: true, ..Guest::default() };
    socket.max_message_size(rules::MESSAGE).on_upgrade(move |socket| speak(shared, socket, guest))
}

/// Who is at the other end of a connection.
#[derive(Default)]
struct Guest {
    /// Whether a login is wanted.
    is_asked: bool,
    /// What the login must answer.
    challenge: String,
    /// Who has logged in.
    who: Option<String>,
}

impl Guest {
    /// Asks for a login.
    fn greet(&mut self, shared: &Shared) -> Value {
        self.is_asked = true;
        self.challenge = hex(&Sha256::digest(format!("{} {}", Timestamp::now(), shared.world().boards.next())))[..32].to_owned();
        json!(["AUTH", self.challenge])
    }

    fn is_stranger(&self) -> bool {
        self.is_asked && self.who.is_none()
    }

    fn log_in(&mut self, event: &Value) -> Vec<Value> {
        let words = rules::login(event, &self.challenge, Timestamp::now().as_second());
        if words.is_ok() {
            self.who = event["pubkey"].as_str().map(str::to_owned);
        }
        vec![json!(["OK", event["id"], words.is_ok(), words.err().unwrap_or_default()])]
    }
}

/// What follows an answer.
enum After {
    /// The talk goes on.
    On,
    /// The connection is cut, the answer never said.
    Cut,
}

async fn speak(shared: Shared, mut socket: WebSocket, mut guest: Guest) {
    if guest.is_asked {
        let greeting = guest.greet(&shared).to_string();
        if socket.send(Message::Text(greeting.into())).await.is_err() {
            return;
        }
    }
    while let Some(Ok(message)) = socket.recv().await {
        let Message::Text(text) = message else { continue };
        let (answers, after, wait) = answer(&shared, &mut guest, text.as_str());
        tokio::time::sleep(wait).await;
        let heard = serde_json::from_str::<Value>(text.as_str()).unwrap_or_else(|_| json!(text.as_str()));
        let line = json!({"at": Timestamp::now(), "platform": NETWORK, "method": "MESSAGE", "path": "/", "body": heard, "answer": answers});
        shared.write_down(&line);
        if matches!(after, After::Cut) {
            return;
        }
        for answer in answers {
            if socket.send(Message::Text(answer.to_string().into())).await.is_err() {
                return;
            }
        }
    }
}

fn answer(shared: &Shared, guest: &mut Guest, text: &str) -> (Vec<Value>, After, std::time::Duration) {
    let at_once = |answers| (answers, After::On, std::time::Duration::ZERO);
    let message: Value = serde_json::from_str(text).unwrap_or_default();
    match message[0].as_str() {
        Some("EVENT") if guest.is_stranger() => {
            at_once(vec![json!(["OK", message[1]["id"], false, "auth-required: only members write here"])])
        }
        Some("REQ") if guest.is_stranger() => at_once(vec![json!(["CLOSED", message[1], "auth-required: only members read here"])]),
        Some("EVENT") if guest.who.as_ref().is_some_and(|who| message[1]["pubkey"] != **who) => {
            at_once(vec![json!(["OK", message[1]["id"], false, "restricted: members write in their own name"])])
        }
        Some("EVENT") => taken(shared, guest, &message[1]),
        Some("REQ") => at_once(asked(shared, &message)),
        Some("AUTH") if guest.is_asked => at_once(guest.log_in(&message[1])),
        Some("CLOSE") => at_once(Vec::new()),
        _ => at_once(vec![json!(["NOTICE", "invalid: EVENT, REQ, CLOSE or AUTH is expected"])]),
    }
}

/// Takes an event, or lets the next mishap happen to it.
fn taken(shared: &Shared, guest: &mut Guest, event: &Value) -> (Vec<Value>, After, std::time::Duration) {
    let mut wait = std::time::Duration::ZERO;
    let ok = |fine: bool, words: &str| vec![json!(["OK", event["id"], fine, words])];
    let mishap = shared.mishaps().draw();
    match mishap {
        Some(Mishap::TooMany) => return (ok(false, "rate-limited: slow down"), After::On, wait),
        Some(Mishap::Unauthorised) => return (ok(false, "restricted: not on the list of this relay"), After::On, wait),
        Some(Mishap::Expired) => {
            guest.who = None;
            let refusal = ok(false, "auth-required: the session has ended");
            return ([vec![guest.greet(shared)], refusal].concat(), After::On, wait);
        }
        Some(Mishap::FailFirst) => return (ok(false, "error: could not reach the database"), After::On, wait),
        Some(Mishap::Delay(time)) => wait = time,
        _ => {}
    }
    let (fine, words) = match keep(shared, event) {
        Ok(words) => (true, words),
        Err(words) => (false, words),
    };
    let cut = matches!(mishap, Some(Mishap::AcceptThenCut | Mishap::AcceptThenFail));
    (ok(fine, &words), if cut { After::Cut } else { After::On }, wait)
}

fn keep(shared: &Shared, event: &Value) -> Result<String, String> {
    rules::checked(event, Timestamp::now().as_second())?;
    let words = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
    let (id, author, address) = (words("id"), words("pubkey"), rules::address(event));
    let mut world = shared.world();
    let there: Vec<&Value> = events(&world).collect();
    if there.iter().any(|old| old["id"] == *id) {
        return Ok("duplicate: already have this event".into());
    }
    if there.iter().any(|old| rules::deletes(old, event)) {
        return Err("blocked: its author has asked for its deletion".into());
    }
    let same = |old: &Value| address.is_some() && rules::address(old) == address;
    if there.iter().any(|old| same(old) && old["created_at"].as_i64() >= event["created_at"].as_i64()) {
        return Err("replaced: have newer event".into());
    }
    let edited = there.iter().any(|old| same(old));
    let over = there.iter().filter(|old| same(old) || rules::deletes(event, old)).filter_map(|old| old["id"].as_str());
    let mut changes: Vec<Change> = over.map(|id| kept(id, Value::Null)).collect();
    if event["kind"] == 5 {
        let targets = rules::targets(event);
        let posts = targets.iter().filter_map(|target| world.boards.get(NETWORK, target)).filter(|post| post.account == author);
        changes.extend(posts.map(|post| Change::Posted(Posted { deleted: true, ..post.clone() })));
    } else if [1, 1111, 30023].iter().any(|kind| event["kind"] == *kind) {
        let own = address.clone().unwrap_or_else(|| id.clone());
        let post =
            Posted { parent: rules::parent(event), lang: rules::label(event), ..Posted::new(NETWORK, &author, own, words("content")) };
        let images = rules::alts(event);
        changes.push(Change::Posted(Posted { images, edited: edited.then(Timestamp::now), ..post }));
    }
    changes.push(kept(&id, event.clone()));
    for change in changes {
        world.commit(change).map_err(|cause| format!("error: {cause}"))?;
    }
    Ok(String::new())
}

fn kept(id: &str, value: Value) -> Change {
    Change::Thing { network: NETWORK.into(), name: format!("event/{id}"), value }
}

/// The events that are there.
fn events(world: &World) -> impl Iterator<Item = &Value> {
    world.boards.things_of(NETWORK, "event/").filter(|event| event.is_object())
}

fn asked(shared: &Shared, message: &Value) -> Vec<Value> {
    let name = &message[1];
    if !name.as_str().is_some_and(|name| (1..=64).contains(&name.len())) || !message[2].is_object() {
        return vec![json!(["CLOSED", name, "invalid: a name of 1 to 64 characters and a filter are expected"])];
    }
    let filter = &message[2];
    let most = filter["limit"].as_u64().unwrap_or(500) as usize;
    let world = shared.world();
    let mut found: Vec<&Value> = events(&world).filter(|event| rules::fits(event, filter)).collect();
    // The newest first, and of one second the lowest id (NIP-01).
    found.sort_by_key(|event| (std::cmp::Reverse(event["created_at"].as_i64()), event["id"].as_str()));
    found.into_iter().take(most).map(|event| json!(["EVENT", name, event])).chain([json!(["EOSE", name])]).collect()
}
