//! What the stand-ins share: the state behind a lock, answers in JSON, limits in fixed windows, mishaps around writes.

use crate::rehearsal::mishaps::{Mishap, Mishaps};
use crate::rehearsal::world::World;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What every handler gets.
#[derive(Clone)]
pub struct Shared {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    mishaps: Mutex<Mishaps>,
    windows: Mutex<BTreeMap<String, (i64, u64)>>,
    secrets: Mutex<BTreeMap<String, String>>,
    base: String,
}

impl Shared {
    /// The state, reached below `base`, such as `http://127.0.0.1:4300`.
    pub fn new(world: World, mishaps: Mishaps, base: String) -> Shared {
        let (world, mishaps) = (Mutex::new(world), Mutex::new(mishaps));
        Shared { inner: Arc::new(Inner { world, mishaps, windows: Mutex::default(), secrets: Mutex::default(), base }) }
    }

    /// Agrees on a secret with a channel, for platforms that are never sent theirs.
    pub fn agree(&self, channel: &str, secret: &str) {
        self.inner.secrets.lock().unwrap_or_else(PoisonError::into_inner).insert(channel.to_owned(), secret.to_owned());
    }

    /// The secret that was agreed on with a channel.
    pub fn agreed(&self, channel: &str) -> Option<String> {
        self.inner.secrets.lock().unwrap_or_else(PoisonError::into_inner).get(channel).cloned()
    }

    /// The state, locked.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.inner.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What goes wrong, locked.
    pub fn mishaps(&self) -> MutexGuard<'_, Mishaps> {
        self.inner.mishaps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the stand-ins are reached.
    pub fn base(&self) -> &str {
        &self.inner.base
    }

    /// Adds a line to the transcript; one that cannot be written is no reason to fail a rehearsal.
    pub fn write_down(&self, line: &Value) {
        let path = self.world().folder().join("transcript.jsonl");
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        let _ = file.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
    }

    /// Takes points from a window of so many seconds; gives what is left, negative if it was not allowed, and the second
    /// at which the window ends.
    pub fn take(&self, (name, who): (&str, &str), (limit, seconds): (u64, i64), points: u64) -> (i64, i64) {
        let now = jiff::Timestamp::now().as_second();
        let window = now / seconds;
        let reset = (window + 1) * seconds;
        if !self.mishaps().limited() {
            return (limit as i64, reset);
        }
        let mut windows = self.inner.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let used = windows.entry(format!("{name} {who}")).or_insert((window, 0));
        if used.0 != window {
            *used = (window, 0);
        }
        if used.1 + points > limit {
            return (-1, reset);
        }
        used.1 += points;
        ((limit - used.1) as i64, reset)
    }
}

/// The text behind `Authorization: Bearer`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// An answer in JSON.
pub fn json(status: u16, value: Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// The answers of one network to what goes wrong.
pub struct Troubles {
    /// 429 with its headers.
    pub too_many: fn(&Shared) -> Response,
    /// A token that is not accepted.
    pub unauthorised: fn() -> Response,
    /// A session that has ended.
    pub expired: fn() -> Response,
    /// A fault of the server.
    pub failed: fn() -> Response,
    /// Whether a request makes, changes or removes a post.
    pub writes: fn(&Method, &str) -> bool,
}

/// Lets the next mishap happen to a write.
pub async fn around(shared: Shared, troubles: &'static Troubles, request: Request, next: Next) -> Response {
    if !(troubles.writes)(request.method(), request.uri().path()) {
        return next.run(request).await;
    }
    let mishap = shared.mishaps().draw();
    match mishap {
        None => next.run(request).await,
        Some(Mishap::TooMany) => (troubles.too_many)(&shared),
        Some(Mishap::Unauthorised) => (troubles.unauthorised)(),
        Some(Mishap::Expired) => (troubles.expired)(),
        Some(Mishap::FailFirst) => (troubles.failed)(),
        Some(Mishap::Delay(time)) => {
            // What has arrived is worked on to its end, whether or not whoever sent it still waits.
            let late = tokio::spawn(async move {
                tokio::time::sleep(time).await;
                next.run(request).await
            });
            late.await.unwrap_or_else(|_| (troubles.failed)())
        }
        Some(Mishap::ForgetKeys) => {
            shared.world().mastodon.forget_keys();
            shared.world().boards.forget_keys();
            next.run(request).await
        }
        Some(Mishap::AcceptThenFail) => {
            next.run(request).await;
            (troubles.failed)()
        }
        Some(Mishap::AcceptThenCut) => {
            next.run(request).await;
            cut()
        }
    }
}

/// An answer whose body breaks off: the connection is closed before the reader has it.
pub fn cut() -> Response {
    let broken = tokio_stream::once(Err::<Vec<u8>, _>(std::io::Error::other("cut off")));
    Response::new(Body::from_stream(broken))
}
