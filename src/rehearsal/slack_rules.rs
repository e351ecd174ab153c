//! In: a message for Slack. Out: whether its fields are the documented ones, and the text as Slack keeps and shows it.

use crate::channels::text;
use serde_json::Value;

/// Fields of a webhook's message, of a bot's, of an update.
pub(super) const HOOK: &[&str] = &["text", "blocks", "unfurl_links"];
pub(super) const BOT: &[&str] = &["channel", "text", "blocks", "unfurl_links", "thread_ts", "metadata"];
pub(super) const UPDATE: &[&str] = &["channel", "ts", "text", "blocks"];

/// The word of the refusal, if there is one.
pub(super) fn checked(message: &Value, names: &[&str]) -> Result<(), String> {
    let fields = message.as_object().ok_or("invalid_json")?;
    if !fields.keys().all(|name| names.contains(&name.as_str())) {
        return Err("invalid_arguments".into());
    }
    let text = message["text"].as_str().filter(|text| !text.is_empty()).ok_or("no_text")?;
    if text.chars().count() > 40_000 {
        return Err("msg_too_long".into());
    }
    if bare(text) {
        return Err("invalid_arguments".into());
    }
    let metadata = &message["metadata"];
    if !metadata.is_null() && (!metadata["event_type"].is_string() || !metadata["event_payload"].is_object()) {
        return Err("invalid_metadata_format".into());
    }
    let fine = |block: &Value| match block["type"].as_str() {
        Some("section") => block["text"]["text"].as_str().is_some_and(|text| (1..=3000).contains(&text.chars().count()) && !bare(text)),
        Some("image") => {
            let address = block["image_url"].as_str().is_some_and(|url| url.starts_with("https://"));
            address && block["alt_text"].as_str().is_some_and(|alt| (1..=2000).contains(&alt.chars().count()))
        }
        _ => false,
    };
    match message["blocks"].as_array().is_none_or(|blocks| blocks.len() <= 50 && blocks.iter().all(fine)) {
        true => Ok(()),
        false => Err("invalid_blocks".into()),
    }
}

/// Whether a text has a sign that must be escaped.
fn bare(text: &str) -> bool {
    let known = ["&amp;", "&lt;", "&gt;"].iter().fold(text.to_owned(), |text, sign| text.replace(sign, ""));
    known.contains(['&', '<', '>'])
}

/// A text as it is kept: links between brackets.
pub(super) fn kept(text: &str) -> String {
    let mut out = text.to_owned();
    for link in text::links(text).into_iter().rev() {
        out.insert(link.end, '>');
        out.insert(link.start, '<');
    }
    out
}

/// A text as its readers see it.
pub(super) fn plain(text: &str) -> String {
    text.replace(['<', '>'], "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The signs of a text escaped.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The pictures of a message: Slack fetches them; their words are here.
pub(super) fn pictures(message: &Value) -> Vec<(String, String)> {
    let blocks = message["blocks"].as_array().into_iter().flatten();
    blocks
        .filter(|block| block["type"] == "image")
        .map(|block| (String::new(), block["alt_text"].as_str().unwrap_or_default().to_owned()))
        .collect()
}
