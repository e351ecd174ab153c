//! Meta's Graph APIs, which Facebook, Instagram and Threads share. In: calls. Out: values, or what a refusal means.
//!
//! Errors as <https://developers.facebook.com/docs/graph-api/guides/error-handling/> lists them, limits as
//! <https://developers.facebook.com/docs/graph-api/overview/rate-limiting/> tells of them. A fault of the network in the
//! post itself means that nobody knows; above 90 % of the calls that are allowed, only what is urgent goes on.

use crate::channels::answers::{Step, json, silence};
use crate::channels::graph_faults::{Fault, Trouble, usage};
use crate::model::ledger::Receipt;
use crate::model::transport::{Body, Method, Part, Request, Response, Secret, SendError, Transport};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// From this share of the allowed calls on, in per cent, we slow down.
const BUSY: u64 = 90;
/// How long, where the network does not say.
const SLOW: Duration = Duration::from_secs(300);
/// Entries a page of a list.
pub const PAGE: &str = "100";
/// Pages read back: far more than a body posts between two runs.
const PAGES: usize = 10;

/// Where a call carries its token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// In `Authorization: Bearer`; bodies are JSON.
    Header,
    /// As the parameter `access_token`; bodies are forms (Threads documents no other way).
    Parameter,
}

/// What came of renewing a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Renewed {
    /// It was, and lives so long from now on.
    For(Duration),
    /// It was not, which does no harm yet: a sentence.
    Not(String),
    /// A renewed one could not be kept: a sentence.
    CannotKeep(String),
}

/// One account's way to a Graph API.
pub struct Graph {
    root: String,
    pass: Pass,
    token: Mutex<Option<Secret>>,
    renewed: Mutex<Option<Renewed>>,
    slow: Mutex<Option<Timestamp>>,
}

impl Graph {
    /// The API of a version, such as `v25.0`, at a server.
    pub fn new(server: &str, version: &str, pass: Pass) -> Graph {
        let root = format!("{}/{}", server.trim_end_matches('/'), version.trim_matches('/'));
        Graph { root, pass, token: Mutex::default(), renewed: Mutex::default(), slow: Mutex::default() }
    }

    /// Reads.
    pub fn get(&self, path: &str, query: &[(&str, &str)], out: &mut dyn Transport) -> Result<Value, Trouble> {
        self.ask(Method::Get, path, query, Step::Before, out)
    }

    /// Removes.
    pub fn delete(&self, path: &str, out: &mut dyn Transport) -> Result<Value, Trouble> {
        let answer = self.ask(Method::Delete, path, &[], Step::Post, out)?;
        match answer["success"] == false {
            true => Err(SendError::Refused { reason: "the network says that it did not remove the post".into() }.into()),
            false => Ok(answer),
        }
    }

    /// Makes or changes something.
    pub fn post(&self, path: &str, body: &Value, step: Step, out: &mut dyn Transport) -> Result<Value, Trouble> {
        let token = self.token(out)?;
        let request = Request::new(Method::Post, format!("{}/{path}", self.root));
        let request = match self.pass {
            Pass::Header => request.json(body).bearer(&token),
            Pass::Parameter => {
                let fields: Vec<(&str, String)> =
                    body.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), plain(value))).collect();
                let token = std::iter::once(("access_token", token.expose()));
                request.form(fields.iter().map(|(name, text)| (*name, text.as_str())).chain(token))
            }
        };
        self.exchange(&request, step, &token, out)
    }

    /// Sends a form with a file.
    pub fn upload(&self, path: &str, parts: Vec<Part>, out: &mut dyn Transport) -> Result<Value, Trouble> {
        let token = self.token(out)?;
        let request = Request { body: Body::Multipart(parts), ..Request::new(Method::Post, format!("{}/{path}", self.root)) };
        self.exchange(&request.bearer(&token), Step::Before, &token, out)
    }

    fn ask(&self, method: Method, path: &str, query: &[(&str, &str)], step: Step, out: &mut dyn Transport) -> Result<Value, Trouble> {
        let token = self.token(out)?;
        let mut pairs: Vec<(&str, &str)> = query.to_vec();
        if self.pass == Pass::Parameter {
            pairs.push(("access_token", token.expose()));
        }
        let request = Request::new(method, address(&format!("{}/{path}", self.root), &pairs));
        let request = if self.pass == Pass::Header { request.bearer(&token) } else { request };
        self.exchange(&request, step, &token, out)
    }

    fn exchange(&self, request: &Request, step: Step, token: &Secret, out: &mut dyn Transport) -> Result<Value, Trouble> {
        let response = out.http(request).map_err(|error| silence(error, step))?;
        self.notice(&response, out);
        match Fault::of(&response, token) {
            Some(fault) => Err(fault.trouble(step)),
            None => Ok(json(&response, step)?),
        }
    }

    /// Remembers that the allowed calls are nearly used up.
    fn notice(&self, response: &Response, out: &mut dyn Transport) {
        let (percent, wait) = usage(response);
        if percent >= BUSY {
            let wait = SignedDuration::try_from(wait.unwrap_or(SLOW)).unwrap_or_default();
            *self.slow.lock().unwrap_or_else(PoisonError::into_inner) = out.now().checked_add(wait).ok();
        }
    }

    /// Holds back what is not urgent while the allowed calls are nearly used up.
    pub fn pace(&self, urgent: bool, out: &mut dyn Transport) -> Result<(), SendError> {
        let slow = *self.slow.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(until) = slow.filter(|_| !urgent) else { return Ok(()) };
        match Duration::try_from(until.duration_since(out.now())) {
            Ok(left) if !left.is_zero() => {
                let reason = format!("more than {BUSY} % of the calls that Meta allows are used up");
                Err(SendError::Retry { after: Some(left), reason })
            }
            _ => Ok(()),
        }
    }

    /// Every entry of a list, page by page, until `look` gives something.
    pub fn walk<T>(
        &self,
        path: &str,
        fields: &str,
        out: &mut dyn Transport,
        look: &mut dyn FnMut(&Value) -> Option<T>,
    ) -> Result<Option<T>, Trouble> {
        let mut after = String::new();
        for _ in 0..PAGES {
            let mut query = vec![("fields", fields), ("limit", PAGE)];
            if !after.is_empty() {
                query.push(("after", &after));
            }
            let page = self.get(path, &query, out)?;
            if let Some(found) = page["data"].as_array().into_iter().flatten().find_map(&mut *look) {
                return Ok(Some(found));
            }
            match page["paging"]["cursors"]["after"].as_str() {
                Some(next) if page["paging"]["next"].is_string() && next != after => after = next.to_owned(),
                _ => break,
            }
        }
        Ok(None)
    }

    /// The token: the renewed one, else the one of the settings.
    pub fn token(&self, out: &mut dyn Transport) -> Result<Secret, SendError> {
        let held = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match held {
            Some(token) => Ok(token),
            None => out.secret("token").map_err(|error| SendError::Account { reason: error.to_string() }),
        }
    }

    /// Renews a token of sixty days, once a run, and keeps the new one before it is used. Whatever goes wrong here, the
    /// token of the settings is still good: it lives on beside the new one.
    pub fn renew(&self, url: &str, grant: &str, out: &mut dyn Transport) -> Result<Renewed, SendError> {
        let known = self.renewed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known {
            return Ok(known);
        }
        let token = self.token(out)?;
        let renewed = self.renewal(url, grant, &token, out);
        *self.renewed.lock().unwrap_or_else(PoisonError::into_inner) = Some(renewed.clone());
        Ok(renewed)
    }

    fn renewal(&self, url: &str, grant: &str, token: &Secret, out: &mut dyn Transport) -> Renewed {
        // To keep the same value again shows whether a new one could be kept.
        if let Err(error) = out.rotate("token", token) {
            return Renewed::CannotKeep(error.to_string());
        }
        let request = Request::new(Method::Get, address(url, &[("grant_type", grant), ("access_token", token.expose())]));
        let response = match out.http(&request) {
            Ok(response) => response,
            Err(error) => return Renewed::Not(error.to_string()),
        };
        if let Some(fault) = Fault::of(&response, token) {
            return Renewed::Not(fault.reason);
        }
        let answer: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let Some(new) = answer["access_token"].as_str().filter(|new| !new.is_empty()).map(Secret::new) else {
            return Renewed::Not("the answer holds no token".into());
        };
        if let Err(error) = out.rotate("token", &new) {
            return Renewed::CannotKeep(error.to_string());
        }
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(new);
        Renewed::For(Duration::from_secs(answer["expires_in"].as_u64().unwrap_or_default()))
    }
}

/// An address with parameters.
fn address(url: &str, query: &[(&str, &str)]) -> String {
    if query.is_empty() {
        return url.to_owned();
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    format!("{url}?{query}")
}

/// A value of a body as a field of a form.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The id in a receipt, for an address; a post that a person recorded by its address has none.
pub fn id_of(of: &Receipt) -> Result<&str, SendError> {
    let plain = !of.id.is_empty() && of.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let place = if of.url.is_empty() { &of.id } else { &of.url };
    plain
        .then_some(of.id.as_str())
        .ok_or_else(|| SendError::Person { reason: format!("{place} was posted by hand; change it there by hand") })
}

/// A count in an answer of `insights`, by name.
pub fn insight(answer: &Value, name: &str) -> Option<u64> {
    let entry = answer["data"].as_array()?.iter().find(|entry| entry["name"] == name)?;
    entry["total_value"]["value"].as_u64().or_else(|| entry["values"][0]["value"].as_u64())
}

/// A text of an entry, or nothing.
pub fn word(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}
