//! In: an answer of one of Meta's Graph APIs. Out: its fault, sorted by what to do, and how much of its limits is used.
//!
//! `{"error":{"message","type","code","error_subcode","is_transient","fbtrace_id","error_user_msg"}}`; the codes are those of
//! <https://developers.facebook.com/docs/graph-api/guides/error-handling/>,
//! <https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes/> and
//! <https://developers.facebook.com/docs/threads/troubleshooting/>.

use crate::channels::answers::Step;
use crate::model::transport::{Response, Secret, SendError};
use serde_json::Value;
use std::time::Duration;

/// Longest stretch of a server's words that is kept.
const WORDS: usize = 300;
/// The wait where the network names none.
const PAUSE: Duration = Duration::from_secs(300);
/// The wait until a page can be scraped or a container is ready.
const MOMENT: Duration = Duration::from_secs(30);
/// The wait where the posts of a day are used up: the day is a window that moves on.
const HOUR: Duration = Duration::from_secs(3600);
/// The longest wait that is believed.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// Why a call gave no value; the network's own codes are for those who know more of the deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// `code`, 0 where there is none.
    pub code: i64,
    /// `error_subcode`, 0 where there is none.
    pub subcode: i64,
    /// What it means.
    pub error: SendError,
}

impl Trouble {
    /// Whether what was asked for is not there.
    pub fn is_missing(&self) -> bool {
        matches!((self.code, self.subcode), (100, 33) | (803, _))
    }

    /// Whether the app may not do this.
    pub fn is_forbidden(&self) -> bool {
        matches!(self.code, 3 | 10 | 200..=299)
    }
}

impl From<SendError> for Trouble {
    fn from(error: SendError) -> Trouble {
        Trouble { code: 0, subcode: 0, error }
    }
}

impl From<Trouble> for SendError {
    fn from(trouble: Trouble) -> SendError {
        trouble.error
    }
}

/// A fault as an answer tells it.
#[derive(Debug, Clone)]
pub struct Fault {
    /// HTTP status.
    pub status: u16,
    /// `code`.
    pub code: i64,
    /// `error_subcode`.
    pub subcode: i64,
    transient: bool,
    wait: Duration,
    /// The network's words, without the token.
    pub reason: String,
}

impl Fault {
    /// The fault in an answer, if there is one. The words of a fault can repeat the token.
    pub fn of(response: &Response, token: &Secret) -> Option<Fault> {
        let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let error = &value["error"];
        if (200..300).contains(&response.status) && !error.is_object() {
            return None;
        }
        let number = |name: &str| error[name].as_i64().unwrap_or_default();
        let (code, subcode) = (number("code"), number("error_subcode"));
        let said: Vec<&str> = ["message", "error_user_msg"].iter().filter_map(|name| error[*name].as_str()).collect();
        let codes = match (code, subcode) {
            (0, _) => String::new(),
            (_, 0) => format!(" (code {code})"),
            _ => format!(" (code {code}/{subcode})"),
        };
        let reason = format!("{} {}", response.status, said.join(" "));
        let reason = format!("{}{codes}", without(reason.trim_end(), token));
        let wait = wait(response).min(LONGEST);
        Some(Fault { status: response.status, code, subcode, transient: error["is_transient"] == true, wait, reason })
    }

    /// What it means.
    pub fn trouble(self, step: Step) -> Trouble {
        Trouble { code: self.code, subcode: self.subcode, error: self.sorted(step) }
    }

    fn sorted(self, step: Step) -> SendError {
        let reason = self.reason.clone();
        let retry = |after| SendError::Retry { after: Some(after), reason: self.reason.clone() };
        match (self.code, self.subcode) {
            (368, _) | (_, 2_207_051 | 4_279_013) => SendError::Refused { reason },
            (1_390_008 | 1_404_078 | 4_854_002, _) | (_, 1_390_008 | 1_404_078 | 4_854_002) => SendError::Person {
                reason: format!("{reason}; sign in to the account in a browser, do what it asks for, then let it be sent again"),
            },
            (_, 2_207_042) => retry(HOUR),
            // The page cannot be scraped yet, the container is not ready, or too old: nothing was posted.
            (_, 1_609_005 | 2_207_020 | 2_207_027) => retry(MOMENT),
            (102 | 190 | 3 | 10 | 200..=299, _) => SendError::Account { reason },
            (4 | 17 | 32 | 341 | 613 | 80_001..=89_999, _) => retry(self.wait),
            (1 | 2 | -1 | -2, _) | (_, 2_207_001 | 2_207_003 | 2_207_032) => self.again(step),
            _ if self.transient || self.status == 408 || self.status >= 500 => self.again(step),
            (0, _) if matches!(self.status, 401 | 403) => SendError::Account { reason },
            _ if self.status == 429 => retry(self.wait),
            _ => SendError::Refused { reason },
        }
    }

    /// A fault of the network: harmless before the post, unknown in it.
    fn again(self, step: Step) -> SendError {
        match step {
            Step::Before => SendError::Retry { after: None, reason: self.reason },
            Step::Post => SendError::Unknown { reason: self.reason },
        }
    }
}

/// Words on one line, not too many, without the token as it is or as it stands in an address.
fn without(words: &str, token: &Secret) -> String {
    let token = token.expose();
    let encoded: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
    let words = if token.is_empty() { words.to_owned() } else { words.replace(token, "…").replace(&encoded, "…") };
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(WORDS).collect()
}

/// How long to wait: until access is regained, as the headers tell, else `Retry-After`.
fn wait(response: &Response) -> Duration {
    let seconds = response.header("retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
    usage(response).1.or(seconds).unwrap_or(PAUSE)
}

/// The largest share of a limit that is used, in per cent, and when access is regained where it was lost.
pub fn usage(response: &Response) -> (u64, Option<Duration>) {
    let read = |name: &str| response.header(name).and_then(|text| serde_json::from_str::<Value>(text).ok()).unwrap_or_default();
    let business = read("x-business-use-case-usage");
    let entries: Vec<&Value> =
        business.as_object().into_iter().flat_map(|of| of.values()).flat_map(|list| list.as_array().into_iter().flatten()).collect();
    let (app, page) = (read("x-app-usage"), read("x-page-usage"));
    let counts = entries.iter().copied().chain([&app, &page]);
    let percent = counts.flat_map(|of| ["call_count", "total_time", "total_cputime"].iter().filter_map(|name| number(&of[*name]))).max();
    let minutes = entries.iter().filter_map(|of| number(&of["estimated_time_to_regain_access"])).max().filter(|minutes| *minutes > 0);
    (percent.unwrap_or_default(), minutes.map(|minutes| Duration::from_secs(minutes.saturating_mul(60))))
}

/// A count; some are given with decimals.
fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_f64().filter(|number| *number >= 0.0).map(|number| number.ceil() as u64))
}
