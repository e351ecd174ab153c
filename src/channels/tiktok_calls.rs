//! In: calls of TikTok's interface. Out: their data, or what a refusal means; a token that has ended is renewed once.
//!
//! Every answer is `{"data":…,"error":{"code","message","log_id"}}`, and only the code `ok` is a success, whatever the status:
//! <https://developers.tiktok.com/doc/tiktok-api-v2-error-handling>. Tokens:
//! <https://developers.tiktok.com/doc/oauth-user-access-token-management>; both may change when they are renewed, and the new
//! ones are kept before they are used.

use crate::channels::answers::{Step, json, refusal, silence};
use crate::model::transport::{Method, Request, Response, Secret, SendError, Transport};
use serde_json::Value;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Longest stretch of a server's words that is kept.
const WORDS: usize = 200;
/// The limits of calls are by the minute, those of posts by the day.
const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// One account's way to TikTok.
pub struct Calls {
    server: String,
    renewed: Mutex<Option<Secret>>,
}

impl Calls {
    /// To a server.
    pub fn new(server: &str) -> Calls {
        Calls { server: server.trim_end_matches('/').to_owned(), renewed: Mutex::default() }
    }

    /// Calls, and gives the data of a good answer.
    pub fn post(&self, path: &str, body: &Value, step: Step, out: &mut dyn Transport) -> Result<Value, SendError> {
        let held = self.renewed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let token = held.map_or_else(|| secret("token", out), Ok)?;
        let response = self.call(path, body, &token, step, out)?;
        if code(&response) != "access_token_invalid" {
            return data(&response, step, &token);
        }
        let SendError::Account { reason } = sorted(&response, step, &token) else { unreachable!("an invalid token is the account's") };
        let token = self.renew(&reason, out)?;
        let response = self.call(path, body, &token, step, out)?;
        data(&response, step, &token)
    }

    fn call(&self, path: &str, body: &Value, token: &Secret, step: Step, out: &mut dyn Transport) -> Result<Response, SendError> {
        let body = crate::model::transport::Body::Bytes("application/json; charset=UTF-8", body.to_string().into_bytes());
        let request = Request { body, ..Request::new(Method::Post, format!("{}{path}", self.server)) };
        out.http(&request.bearer(token)).map_err(|error| silence(error, step))
    }

    /// Whether there is what renewing takes.
    pub fn can_renew(&self, out: &mut dyn Transport) -> bool {
        ["refresh", "client_key", "client_secret"].iter().all(|name| out.secret(name).is_ok())
    }

    /// Puts a new token in place of one that has ended. `ended` is what TikTok said of it.
    fn renew(&self, ended: &str, out: &mut dyn Transport) -> Result<Secret, SendError> {
        let stuck = |why: String| SendError::Account { reason: format!("{ended}; it cannot be renewed: {why}") };
        let mut known = |name| secret(name, out).map_err(|error| stuck(error.to_string()));
        let (refresh, key, password) = (known("refresh")?, known("client_key")?, known("client_secret")?);
        // The old refresh token may be worthless once it was used, so it must be certain that a new one can be kept.
        out.rotate("refresh", &refresh).map_err(|error| stuck(error.to_string()))?;
        let fields = [
            ("client_key", key.expose()),
            ("client_secret", password.expose()),
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose()),
        ];
        let request = Request::new(Method::Post, format!("{}/v2/oauth/token/", self.server)).form(fields);
        let response = out.http(&request).map_err(|error| silence(error, Step::Before))?;
        if response.status >= 500 {
            return Err(SendError::Retry { after: None, reason: format!("{} while the token was renewed", response.status) });
        }
        let answer: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let Some(token) = answer["access_token"].as_str().map(Secret::new) else {
            let said = ["error", "error_description"].iter().filter_map(|name| answer[*name].as_str()).collect::<Vec<_>>().join(": ");
            return Err(stuck([&refresh, &key, &password].iter().fold(said, |said, secret| without(&said, secret))));
        };
        if let Some(refresh) = answer["refresh_token"].as_str() {
            out.rotate("refresh", &Secret::new(refresh)).map_err(|error| stuck(error.to_string()))?;
        }
        out.rotate("token", &token).map_err(|error| stuck(error.to_string()))?;
        *self.renewed.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        Ok(token)
    }
}

fn secret(name: &str, out: &mut dyn Transport) -> Result<Secret, SendError> {
    out.secret(name).map_err(|error| SendError::Account { reason: error.to_string() })
}

fn data(response: &Response, step: Step, token: &Secret) -> Result<Value, SendError> {
    match code(response).as_str() {
        "ok" => Ok(json(response, step)?["data"].take()),
        _ => Err(sorted(response, step, token)),
    }
}

/// `error.code` of an answer.
fn code(response: &Response) -> String {
    let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    value["error"]["code"].as_str().unwrap_or_default().to_owned()
}

/// What an answer that is no success means.
fn sorted(response: &Response, step: Step, token: &Secret) -> SendError {
    let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let error = &value["error"];
    let Some(code) = error["code"].as_str() else {
        return match response.status {
            200..=299 => silence(crate::model::transport::CallError::Lost("an answer without `error.code`".into()), step),
            _ => refusal(response, step, Some(token)),
        };
    };
    let reason = without(&format!("{} {code} {}", response.status, error["message"].as_str().unwrap_or_default()), token);
    let named = response.header("retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
    match code {
        "access_token_invalid" | "scope_not_authorized" | "scope_permission_missed" => SendError::Account { reason },
        // What is wrong with the app is wrong with every post; nothing is lost while a person mends it.
        "url_ownership_unverified" | "unaudited_client_can_only_post_to_private_accounts" | "spam_risk_user_banned_from_posting" => {
            SendError::Account { reason }
        }
        "rate_limit_exceeded" => SendError::Retry { after: Some(named.unwrap_or(MINUTE).min(DAY)), reason },
        // The posts, drafts or users of a day are used up: nothing was made, and tomorrow there is room.
        "spam_risk_too_many_posts" | "spam_risk_too_many_pending_share" | "reached_active_user_cap" => {
            SendError::Retry { after: Some(DAY), reason }
        }
        "internal_error" => fault(step, reason),
        _ if response.status >= 500 => fault(step, reason),
        _ => SendError::Refused { reason },
    }
}

fn fault(step: Step, reason: String) -> SendError {
    match step {
        Step::Before => SendError::Retry { after: None, reason },
        Step::Post => SendError::Unknown { reason },
    }
}

/// Words on one line, not too many, without a secret.
fn without(words: &str, secret: &Secret) -> String {
    let words = if secret.expose().is_empty() { words.to_owned() } else { words.replace(secret.expose(), "…") };
    words.trim_end().chars().map(|c| if c.is_control() { ' ' } else { c }).take(WORDS).collect()
}
