//! In: a method of VK's API with its fields. Out: its `response`, or what its `error` means
//! (<https://dev.vk.com/reference/errors>).

use crate::channels::answers::{Step, refusal, silence};
use crate::channels::said::{account, never, said, unknown, wait};
use crate::model::transport::{Method, Request, SendError, Transport};
use serde_json::Value;

/// The version that every call names.
pub(crate) const VERSION: &str = "5.199";
/// Waits in seconds: too many a second, too much of one kind, a daily limit.
const MOMENT: u64 = 1;
const FLOOD: u64 = 15 * 60;
const LONG: u64 = 60 * 60;

/// The way to a server.
pub(crate) struct Api {
    pub(crate) server: String,
}

impl Api {
    /// Calls a method; gives its `response`.
    pub(crate) fn call(&self, method: &str, fields: &[(&str, &str)], step: Step, out: &mut dyn Transport) -> Result<Value, SendError> {
        let token = out.secret("token").map_err(|error| account(error.to_string()))?;
        let all = fields.iter().copied().chain([("v", VERSION), ("access_token", token.expose())]);
        let request = Request::new(Method::Post, format!("{}/method/{method}", self.server)).form(all);
        let response = out.http(&request).map_err(|error| silence(error, step))?;
        if !(200..=299).contains(&response.status) {
            return Err(refusal(&response, step, Some(&token)));
        }
        let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        if let Some(code) = value["error"]["error_code"].as_i64() {
            let words = format!("VK's error {code}: {}", value["error"]["error_msg"].as_str().unwrap_or_default());
            return Err(meaning(code, said(&words, &[&token]), step));
        }
        match value.get("response") {
            Some(answer) => Ok(answer.clone()),
            None => Err(nobody_knows("an answer without `response`".into(), step)),
        }
    }
}

fn nobody_knows(words: String, step: Step) -> SendError {
    match step {
        Step::Post => unknown(words),
        Step::Before => SendError::Retry { after: None, reason: words },
    }
}

fn meaning(code: i64, words: String, step: Step) -> SendError {
    match code {
        1 | 10 => nobody_knows(words, step),
        6 => wait(MOMENT, words),
        9 => wait(FLOOD, words),
        29 => wait(LONG, words),
        4 | 5 | 7 | 18 | 27 | 28 | 1116 | 3610 => account(words),
        14 => SendError::Person {
            reason: format!(
                "{words}; VK wants to see that a person is there: sign in to VK as the owner of the token, post something by hand, then let this post be tried again"
            ),
        },
        17 => SendError::Person {
            reason: format!(
                "{words}; VK wants the owner of the token to confirm who they are: sign in to VK in a browser, then let this post be tried again"
            ),
        },
        _ => never(words),
    }
}
