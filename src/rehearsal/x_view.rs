//! In: a post on X's stand-in. Out: how X shows it: links made short, signs of markup escaped, fields only where asked for.

use crate::channels::text;
use crate::rehearsal::boards::Posted;
use serde_json::{Value, json as value};

/// The ids of a post, the oldest first: each edit makes a new one.
pub fn ids(post: &Posted) -> impl DoubleEndedIterator<Item = &str> {
    let edits: Vec<&str> = post.more["ids"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if edits.is_empty() { vec![post.id.as_str()].into_iter() } else { edits.into_iter() }
}

/// The number of an account.
pub fn account_id(name: &str) -> String {
    name.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)) % 1_000_000_007).to_string()
}

/// A post with the fields asked for.
pub fn shown<F: AsRef<str>>(post: &Posted, fields: &[F]) -> Value {
    let wants = |name: &str| fields.iter().any(|field| field.as_ref() == name);
    let (mut text, mut urls) = (String::new(), Vec::new());
    let mut at = 0;
    for link in text::links(&post.text) {
        let short = format!("https://t.co/{:010}", link.start + urls.len() * 1000);
        text.push_str(&escaped(&post.text[at..link.start]));
        text.push_str(&short);
        urls.push(value!({"url": short, "expanded_url": &post.text[link.clone()], "display_url": "…"}));
        at = link.end;
    }
    text.push_str(&escaped(&post.text[at..]));
    let all: Vec<&str> = ids(post).collect();
    let mut shown = value!({"id": all.last(), "text": text, "edit_history_tweet_ids": all});
    if wants("entities") && !urls.is_empty() {
        shown["entities"] = value!({"urls": urls});
    }
    if wants("created_at") {
        shown["created_at"] = value!(post.at.to_string());
    }
    if let Some(parent) = post.parent.as_ref().filter(|_| wants("referenced_tweets")) {
        shown["referenced_tweets"] = value!([{"type": "replied_to", "id": parent}]);
    }
    if wants("public_metrics") {
        shown["public_metrics"] = value!({"retweet_count": 3, "reply_count": 1, "like_count": 12, "quote_count": 0, "bookmark_count": 2, "impression_count": 840});
    }
    shown
}

/// The error for a post that is not there.
pub fn missing(id: &str) -> Value {
    let detail = format!("Could not find tweet with id: [{id}].");
    value!({"resource_type": "tweet", "title": "Not Found Error", "detail": detail, "type": "https://api.x.com/2/problems/resource-not-found"})
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
