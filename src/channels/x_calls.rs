//! In: a request to X. Out: the same, signed or with a token, sent; and what X's answers mean.
//!
//! Errors are problem documents (RFC 9457: `type`, `title`, `detail`). A 403 can mean a duplicate, a reply that X does not
//! let us make, or an app without the right to post; each is told apart by its words.

use crate::channels::answers::{Step, json, silence};
use crate::channels::oauth1::{self, Keys};
use crate::channels::said::{account, never, said, unknown, wait};
use crate::channels::server;
use crate::channels::x::SERVER;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Method, Request, Response, Secret, SendError, Transport};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;
use std::sync::{Mutex, PoisonError};

/// A wait where X gives none: one of its windows.
const WINDOW: u64 = 15 * 60;
/// So long before its end an access token is not used any more, in seconds.
const SPARE: i64 = 120;

/// The way to X's server.
pub(crate) struct Api {
    pub(crate) server: String,
    /// The app's client id, where OAuth 2 is used.
    client: Option<String>,
    /// An access token of OAuth 2 and its end.
    access: Mutex<Option<(Secret, Timestamp)>>,
}

/// An answer, with the secrets that its words may not repeat.
pub(crate) struct Answer {
    response: Response,
    secrets: Vec<Secret>,
    now: Timestamp,
}

impl Api {
    pub(crate) fn new(settings: &ChannelSettings) -> Api {
        let own = |name: &str| settings.own.text(name);
        let server = server::of(&settings.own, SERVER).to_owned();
        let client = (own("auth") == Some("oauth2")).then(|| own("client_id").unwrap_or_default().to_owned());
        Api { server, client, access: Mutex::new(None) }
    }

    /// Whether the token is replaced by its use.
    pub(crate) fn rotates(&self) -> bool {
        self.client.is_some()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server)
    }

    /// Sends a request as the account. A token of OAuth 2 that is not accepted is replaced once.
    pub(crate) fn call(&self, request: Request, step: Step, out: &mut dyn Transport) -> Result<Answer, SendError> {
        let Some(client) = &self.client else {
            let keys = Keys::read(out)?;
            let header = oauth1::header(request.method, &request.url, &keys, out.now());
            return send(request.secret("authorization", header), keys.into_secrets(), step, out);
        };
        let token = self.token(client, out)?;
        let answer = send(request.clone().bearer(&token), vec![token], step, out)?;
        if answer.status() != 401 {
            return Ok(answer);
        }
        *self.access.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let token = self.token(client, out)?;
        send(request.bearer(&token), vec![token], step, out)
    }

    /// An access token; a refresh token is spent for it, and the next one is kept before anything else is done.
    fn token(&self, client: &str, out: &mut dyn Transport) -> Result<Secret, SendError> {
        let mut access = self.access.lock().unwrap_or_else(PoisonError::into_inner);
        let now = out.now();
        if let Some((token, ends)) = access.as_ref()
            && now < *ends
        {
            return Ok(token.clone());
        }
        let refresh = out.secret("refresh_token").map_err(|error| account(error.to_string()))?;
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.expose()), ("client_id", client)];
        let mut request = Request::new(Method::Post, self.url("/2/oauth2/token")).form(form);
        let mut secrets = vec![refresh.clone()];
        if let Ok(secret) = out.secret("client_secret") {
            let pair = STANDARD.encode(format!("{client}:{}", secret.expose()));
            request = request.secret("authorization", Secret::new(format!("Basic {pair}")));
            secrets.push(secret);
        }
        let answer = send(request, secrets, Step::Before, out)?;
        if matches!(answer.status(), 400 | 401 | 403) {
            return Err(account(format!("X does not accept the refresh token: {}; authorise the app anew", answer.words())));
        }
        let value = answer.accepted(Step::Before)?;
        let text = |name: &str| value[name].as_str().map(Secret::new).ok_or_else(|| account(format!("X gave no {name}")));
        if let Ok(next) = text("refresh_token") {
            out.rotate("refresh_token", &next).map_err(|error| account(format!("the new refresh token could not be kept: {error}")))?;
        }
        let token = text("access_token")?;
        let life = value["expires_in"].as_i64().unwrap_or(2 * 60 * 60);
        let ends = Timestamp::from_second(now.as_second().saturating_add((life - SPARE).max(0))).unwrap_or(now);
        *access = Some((token.clone(), ends));
        Ok(token)
    }
}

fn send(request: Request, secrets: Vec<Secret>, step: Step, out: &mut dyn Transport) -> Result<Answer, SendError> {
    let response = out.http(&request).map_err(|error| silence(error, step))?;
    Ok(Answer { response, secrets, now: out.now() })
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.response.status
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.response.header(name)
    }

    /// Status and words, without secrets.
    pub(crate) fn words(&self) -> String {
        let value: Value = serde_json::from_slice(&self.response.body).unwrap_or_default();
        let detail = value["errors"][0]["message"].as_str().or(value["errors"][0]["detail"].as_str());
        let words = [value["title"].as_str(), value["detail"].as_str().or(detail), value["error_description"].as_str()];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(": ");
        said(&format!("{} {words}", self.status()), &self.secrets.iter().collect::<Vec<_>>())
    }

    /// The very same text is there already.
    pub(crate) fn is_duplicate(&self) -> bool {
        self.status() == 403 && self.words().contains("duplicate content")
    }

    /// A 403 for a reply: the parent is not visible yet, or X does not let this app reply.
    pub(crate) fn reply_barred(&self) -> Result<(), SendError> {
        let words = self.words();
        match self.status() {
            403 if words.contains("not visible") => Err(wait(5, words)),
            403 if !self.is_account() => Err(never(format!(
                "{words}; X lets this app reply only where it is mentioned: set `replies: false`, so that updates become new posts"
            ))),
            _ => Ok(()),
        }
    }

    fn is_account(&self) -> bool {
        let value: Value = serde_json::from_slice(&self.response.body).unwrap_or_default();
        let kind = value["type"].as_str().unwrap_or_default();
        let words = self.words();
        let kinds =
            ["client-forbidden", "oauth1-permissions", "unsupported-authentication", "not-authorized-for-resource", "client-not-enrolled"];
        kinds.iter().any(|name| kind.ends_with(name)) || ["suspended", "locked", "permissions"].iter().any(|word| words.contains(word))
    }

    /// The value of a good answer, or what a bad one means.
    pub(crate) fn accepted(&self, step: Step) -> Result<Value, SendError> {
        let words = self.words();
        let capped = words.contains("UsageCapExceeded") || words.to_lowercase().contains("credit");
        match self.status() {
            200..=299 => json(&self.response, step),
            401 => Err(account(words)),
            402 => Err(account(format!("{words}; the credit for X's API is used up"))),
            429 if capped => Err(account(format!("{words}; the credit or cap of X's API is used up"))),
            429 => Err(wait(self.pause(), words)),
            403 if self.is_account() => Err(account(words)),
            408 | 500.. if step == Step::Post => Err(unknown(words)),
            408 | 500.. => Err(SendError::Retry { after: None, reason: words }),
            _ => Err(never(words)),
        }
    }

    /// Seconds until the window ends, by X's clock where it tells the time.
    fn pause(&self) -> u64 {
        let number = |name: &str| self.header(name)?.trim().parse::<i64>().ok();
        let told = self.header("date").and_then(|date| jiff::fmt::rfc2822::parse(date).ok()).map(|date| date.timestamp());
        let now = told.unwrap_or(self.now).as_second();
        let wait = number("retry-after").or_else(|| number("x-rate-limit-reset").map(|reset| reset - now));
        wait.and_then(|wait| u64::try_from(wait).ok()).unwrap_or(WINDOW)
    }
}
