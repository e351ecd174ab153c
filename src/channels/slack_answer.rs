//! In: an answer of Slack's API, a text as Slack keeps it. Out: what to do, and the text as it was meant.
//!
//! A refusal comes as `200 {"ok":false,"error":"word"}`; the words are those of the errors of `chat.postMessage` and its
//! neighbours. In texts `&`, `<` and `>` are escaped, and a link is kept between angle brackets
//! (<https://docs.slack.dev/messaging/formatting-message-text>).

use crate::channels::answers::{Step, json, text};
use crate::channels::chat::refused;
use crate::model::transport::{Response, Secret, SendError};
use serde_json::Value;

/// A token, a right or a place that only a person can give.
const ACCOUNT: &[&str] = &[
    "access_denied",
    "account_inactive",
    "channel_not_found",
    "ekm_access_denied",
    "enterprise_is_restricted",
    "invalid_auth",
    "is_archived",
    "missing_scope",
    "no_permission",
    "not_allowed_token_type",
    "not_authed",
    "not_in_channel",
    "org_login_required",
    "restricted_action",
    "team_access_not_granted",
    "team_not_found",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
];
/// A fault of Slack's own: nobody knows what was done.
const FAULT: &[&str] = &["fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"];
/// Too many; certainly not posted.
const LIMITED: &[&str] = &["ratelimited", "rate_limited", "message_limit_exceeded"];

/// The value of a good answer, or what a bad one means.
pub(crate) fn accepted(response: &Response, step: Step, token: &Secret) -> Result<Value, SendError> {
    if !(200..300).contains(&response.status) {
        return Err(refused(response, "", step, token));
    }
    let value = json(response, step)?;
    if value["ok"] == true {
        return Ok(value);
    }
    let word = text(&value, "error", step)?;
    let reason = format!("200 {}", word.replace(token.expose(), "…"));
    let as_status = |status: u16| refused(&Response { status, ..response.clone() }, word, step, token);
    Err(match word {
        word if ACCOUNT.contains(&word) => SendError::Account { reason },
        word if FAULT.contains(&word) => as_status(500),
        word if LIMITED.contains(&word) => as_status(429),
        _ => SendError::Refused { reason },
    })
}

/// A text for Slack.
pub(crate) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text as it was before Slack put its links between brackets: `<https://…>`, `<https://…|shown>`.
pub(crate) fn shown(kept: &str) -> String {
    let mut out = String::new();
    let mut rest = kept;
    while let Some((before, link)) = rest.split_once('<') {
        out.push_str(before);
        let (link, after) = link.split_once('>').unwrap_or((link, ""));
        out.push_str(link.split('|').next().unwrap_or_default());
        rest = after;
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> SendError {
        let headers = vec![("retry-after".to_owned(), "30".to_owned())];
        let response = Response { status: 200, headers, body: body.as_bytes().to_vec() };
        accepted(&response, Step::Post, &Secret::new("xoxb-1")).unwrap_err()
    }

    #[test]
    fn a_refusal_with_status_200_is_sorted_by_its_word() {
        let of = |word: &str| answer(&format!("{{\"ok\":false,\"error\":\"{word}\"}}"));
        for word in ["invalid_auth", "token_revoked", "not_in_channel", "channel_not_found"] {
            assert_eq!(of(word), SendError::Account { reason: format!("200 {word}") });
        }
        assert!(matches!(of("ratelimited"), SendError::Retry { after: Some(after), .. } if after.as_secs() == 30));
        assert!(matches!(of("internal_error"), SendError::Unknown { .. }));
        assert!(matches!(of("msg_too_long"), SendError::Refused { .. }));
        assert!(matches!(answer("{\"ok\":false}"), SendError::Unknown { .. }));
        assert!(matches!(answer("<html>"), SendError::Unknown { .. }));
    }

    #[test]
    fn a_text_comes_back_as_it_was_meant() {
        let text = "Linje <7> & 8: https://norrvik.example/?a=1&b=2 nu";
        let kept = "Linje &lt;7&gt; &amp; 8: <https://norrvik.example/?a=1&amp;b=2> nu";
        assert_eq!(shown(kept), text);
        assert_eq!(shown(&escaped("a <b> & c")), "a <b> & c");
    }
}
