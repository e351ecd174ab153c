//! In: a publish id. Out: what became of it, as
//! <https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status> tells.

use crate::channels::answers::Step;
use crate::channels::tiktok_calls::Calls;
use crate::model::transport::{SendError, Transport};
use serde_json::{Value, json};
use std::time::Duration;

/// How often what is being worked on is asked for in one attempt.
const POLLS: usize = 3;
/// A day's posts are used up.
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What became of a draft or post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is posted; its id is known once TikTok has looked at it.
    Posted(Option<String>),
    /// It waits in the inbox for a person.
    Inbox,
    /// It is being worked on.
    Working,
    /// It came to nothing, and may be tried again: a reason.
    Again(String),
    /// It came to nothing.
    Failed(SendError),
}

/// Asks until there is an end, or often enough.
pub fn ask(calls: &Calls, id: &str, out: &mut dyn Transport) -> Result<Fate, SendError> {
    for _ in 0..POLLS {
        let data = calls.post("/v2/post/publish/status/fetch/", &json!({"publish_id": id}), Step::Before, out)?;
        match fate(&data) {
            Fate::Working => {}
            fate => return Ok(fate),
        }
    }
    Ok(Fate::Working)
}

fn fate(data: &Value) -> Fate {
    match data["status"].as_str() {
        // Spelt as TikTok spells it.
        Some("PUBLISH_COMPLETE") => Fate::Posted(post_id(&data["publicaly_available_post_id"][0])),
        Some("SEND_TO_USER_INBOX") => Fate::Inbox,
        Some("FAILED") => failed(data["fail_reason"].as_str().unwrap_or("no reason")),
        _ => Fate::Working,
    }
}

/// Ids are numbers of 64 bits.
fn post_id(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|id| id.to_string()))
}

fn failed(why: &str) -> Fate {
    let reason = format!("TikTok made nothing of it: {}", why.chars().filter(|c| !c.is_control()).take(100).collect::<String>());
    match why {
        "internal" | "photo_pull_failed" | "video_pull_failed" => Fate::Again(reason),
        "auth_removed" | "spam_risk_user_banned_from_posting" => Fate::Failed(SendError::Account { reason }),
        "spam_risk_too_many_posts" => Fate::Failed(SendError::Retry { after: Some(DAY), reason }),
        _ => Fate::Failed(SendError::Refused { reason }),
    }
}
