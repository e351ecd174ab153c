//! In: a request to LinkedIn. Out: the same with token and versions, sent; and what LinkedIn's answers mean.

use crate::channels::answers::{Step, json, silence};
use crate::channels::linkedin::{LOGIN, SERVER, VERSION, is_urn};
use crate::channels::said::{account, never, said, unknown, wait};
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Request, Response, Secret, SendError, Transport};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// A wait where LinkedIn gives none; its limits are those of a day.
const PAUSE: u64 = 30 * 60;

/// The way to LinkedIn's servers.
pub(crate) struct Api {
    pub(crate) server: String,
    pub(crate) login: String,
    pub(crate) client: Option<String>,
    pub(crate) expires: Option<Timestamp>,
    version: String,
}

/// An answer, with the token that its words may not repeat.
pub(crate) struct Answer {
    response: Response,
    token: Secret,
    version: String,
}

impl Api {
    pub(crate) fn new(settings: &ChannelSettings) -> Api {
        let own = |name: &str| settings.own.text(name).map(|text| text.trim_end_matches('/').to_owned());
        Api {
            server: own("server").unwrap_or_else(|| SERVER.into()),
            login: own("server").unwrap_or_else(|| LOGIN.into()),
            client: own("client_id"),
            expires: settings.own.day("expires").map(|day| day.begins(&TimeZone::UTC)),
            version: own("version").unwrap_or_else(|| VERSION.into()),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server)
    }

    /// Sends a request with the page's token.
    pub(crate) fn call(&self, request: Request, step: Step, out: &mut dyn Transport) -> Result<Answer, SendError> {
        let token = out.secret("token").map_err(|error| account(error.to_string()))?;
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
