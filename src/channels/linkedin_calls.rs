//! In: a request to LinkedIn. Out: the same with token and versions, sent; and what LinkedIn's answers mean.
//!
//! Apps that LinkedIn has given refresh tokens get a new access token for one that has ended, and keep it:
//! <https://learn.microsoft.com/linkedin/shared/authentication/programmatic-refresh-tokens>. The refresh token stays what it
//! is for its year, so nothing is lost where the new access token cannot be kept.

use crate::channels::answers::{Step, json, silence};
use crate::channels::linkedin::{LOGIN, SERVER, VERSION, is_urn};
use crate::channels::said::{account, never, said, unknown, wait};
use crate::channels::server;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Method, Request, Response, Secret, SendError, Transport};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::sync::{Mutex, PoisonError};

/// A wait where LinkedIn gives none; its limits are those of a day.
const PAUSE: u64 = 30 * 60;

/// The way to LinkedIn's servers.
pub(crate) struct Api {
    pub(crate) server: String,
    pub(crate) login: String,
    pub(crate) client: Option<String>,
    pub(crate) expires: Option<Timestamp>,
    version: String,
    /// Whether the settings name a refresh token.
    pub(crate) refreshes: bool,
    /// The access token that it gave.
    renewed: Mutex<Option<Secret>>,
}

/// An answer, with the token that its words may not repeat.
pub(crate) struct Answer {
    response: Response,
    token: Secret,
    version: String,
}

impl Api {
    pub(crate) fn new(settings: &ChannelSettings) -> Api {
        let own = |name: &str| settings.own.text(name).map(str::to_owned);
        Api {
            server: server::of(&settings.own, SERVER).to_owned(),
            login: server::of(&settings.own, LOGIN).to_owned(),
            client: own("client_id"),
            expires: settings.own.day("expires").map(|day| day.begins(&TimeZone::UTC)),
            version: own("version").unwrap_or_else(|| VERSION.into()),
            refreshes: settings.secrets.contains_key("refresh"),
            renewed: Mutex::default(),
        }
    }

    /// The access token: the renewed one, else that of the settings.
    pub(crate) fn token(&self, out: &mut dyn Transport) -> Result<Secret, SendError> {
        let held = self.renewed.lock().unwrap_or_else(PoisonError::into_inner).clone();
        held.map_or_else(|| out.secret("token").map_err(|error| account(error.to_string())), Ok)
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server)
    }

    /// Sends a request with the page's token; one that has ended is renewed once where that can be done.
    pub(crate) fn call(&self, request: Request, step: Step, out: &mut dyn Transport) -> Result<Answer, SendError> {
        let token = self.token(out)?;
        let answer = self.send(request.clone(), token, step, out)?;
        if answer.status() != 401 || !self.refreshes {
            return Ok(answer);
        }
        let token = self.renew(&answer.words(), out)?;
        self.send(request, token, step, out)
    }

    /// Asks for a new access token; `ended` is what LinkedIn said of the old one.
    fn renew(&self, ended: &str, out: &mut dyn Transport) -> Result<Secret, SendError> {
        let stuck = |why: String| account(format!("{ended}; it cannot be renewed: {why}"));
        let client = self.client.as_ref().ok_or_else(|| stuck("`client_id` is missing".into()))?;
        let mut known = |name| out.secret(name).map_err(|error| stuck(error.to_string()));
        let (refresh, password) = (known("refresh")?, known("client_secret")?);
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose()),
            ("client_id", client.as_str()),
            ("client_secret", password.expose()),
        ];
        let request = Request::new(Method::Post, format!("{}/oauth/v2/accessToken", self.login)).form(form);
        let response = out.http(&request).map_err(|error| silence(error, Step::Before))?;
        if response.status >= 500 {
            return Err(SendError::Retry { after: None, reason: format!("{} while the token was renewed", response.status) });
        }
        let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let Some(token) = value["access_token"].as_str().map(Secret::new) else {
            let words = ["error", "error_description"].map(|name| value[name].as_str().unwrap_or_default()).join(": ");
            return Err(stuck(said(&words, &[&refresh, &password])));
        };
        if let Some(next) = value["refresh_token"].as_str().filter(|next| *next != refresh.expose()) {
            out.rotate("refresh", &Secret::new(next)).map_err(|error| stuck(error.to_string()))?;
        }
        // Where it cannot be kept the next run asks for another one.
        let _ = out.rotate("token", &token);
        *self.renewed.lock().unwrap_or_else(PoisonError::into_inner) = Some(token.clone());
        Ok(token)
    }

    fn send(&self, request: Request, token: Secret, step: Step, out: &mut dyn Transport) -> Result<Answer, SendError> {
        let request = request.header("linkedin-version", &self.version).header("x-restli-protocol-version", "2.0.0").bearer(&token);
        let response = out.http(&request).map_err(|error| silence(error, step))?;
        Ok(Answer { response, token, version: self.version.clone() })
    }
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.response.status
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.response.header(name)
    }

    fn value(&self) -> Value {
        serde_json::from_slice(&self.response.body).unwrap_or_default()
    }

    fn words(&self) -> String {
        let value = self.value();
        let faults = value["errorDetails"]["inputErrors"].as_array().into_iter().flatten();
        let faults: Vec<&str> = faults.filter_map(|fault| fault["description"].as_str().or(fault["code"].as_str())).collect();
        let words = format!("{} {} {}", self.status(), value["message"].as_str().unwrap_or_default(), faults.join(", "));
        said(&words, &[&self.token])
    }

    /// The post that LinkedIn calls the first of two that are the same.
    pub(crate) fn duplicate_of(&self) -> Option<String> {
        let value = self.value();
        let coded = value["errorDetails"]["inputErrors"].as_array().into_iter().flatten().any(|fault| fault["code"] == "DUPLICATE_POST");
        let text = value["message"].as_str().unwrap_or_default();
        let at = text.find("urn:li:").filter(|_| self.status() == 422 && (coded || text.contains("duplicate")))?;
        let urn: String = text[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == ':').collect();
        is_urn(&urn).then_some(urn)
    }

    /// The value of a good answer (nothing where there is none), or what a bad one means.
    pub(crate) fn accepted(&self, step: Step) -> Result<Value, SendError> {
        let words = self.words();
        match self.status() {
            200..=299 if self.response.body.is_empty() => Ok(Value::Null),
            200..=299 => json(&self.response, step),
            401 | 403 => Err(account(words)),
            426 => Err(account(format!("{words}; version {} of LinkedIn's API is no more: raise `version` in the settings", self.version))),
            429 => Err(wait(self.header("retry-after").and_then(|text| text.trim().parse().ok()).unwrap_or(PAUSE), words)),
            408 | 500.. if step == Step::Post => Err(unknown(words)),
            408 | 500.. => Err(SendError::Retry { after: None, reason: words }),
            _ => Err(never(words)),
        }
    }
}

/// A name as it stands in an address.
pub(crate) fn encoded(urn: &str) -> String {
    utf8_percent_encode(urn, NON_ALPHANUMERIC).to_string()
}
