//! In: what the Mastodon stand-in keeps. Out: the JSON and HTML that a real server makes of it.

use crate::channels::text;
use crate::rehearsal::mastodon::{Media, State, Status};
use serde_json::{Value, json};

/// A status as the API shows it.
pub fn status(status: &Status, state: &State, base: &str) -> Value {
    let url = format!("{base}/mastodon/@{}/{}", status.account, status.id);
    let media: Vec<Value> = status.media.iter().filter_map(|id| state.media.get(id)).map(|found| media(found, base, true)).collect();
    json!({
        "id": status.id.to_string(),
        "created_at": format!("{:.3}", status.at),
        "edited_at": status.edited.map(|at| format!("{at:.3}")),
        "in_reply_to_id": status.parent.map(|id| id.to_string()),
        "in_reply_to_account_id": status.parent.and_then(|id| state.statuses.get(&id)).map(|parent| account_id(&parent.account)),
        "sensitive": false,
        "spoiler_text": "",
        "visibility": status.visibility,
        "language": status.lang,
        "uri": url,
        "url": url,
        "content": content(&status.text, base),
        "account": account(&status.account, base),
        "media_attachments": media,
        "card": null,
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
    })
}

/// An account as the API shows it.
pub fn account(name: &str, base: &str) -> Value {
    json!({"id": account_id(name), "username": name, "acct": name, "display_name": name, "url": format!("{base}/mastodon/@{name}"), "bot": true})
}

/// The id of an account: a number, as on real servers, the same for the same name.
pub fn account_id(name: &str) -> String {
    let number = name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (100_000_000_000_000_000 + number % 1_000_000_000_000).to_string()
}

/// A picture as the API shows it; without an address while it is being worked on.
pub fn media(media: &Media, base: &str, ready: bool) -> Value {
    let url = ready.then(|| format!("{base}/files/{}", media.file));
    json!({"id": media.id.to_string(), "type": "image", "url": url, "preview_url": url, "description": media.alt, "meta": {}})
}

/// The HTML that a server makes of a text: paragraphs, lines, links with their scheme hidden and their end cut, hashtags.
pub fn content(source: &str, base: &str) -> String {
    let marked = source.trim().split("\n\n").map(|paragraph| format!("<p>{}</p>", inline(paragraph, base)));
    marked.collect()
}

fn inline(source: &str, base: &str) -> String {
    let mut spans: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    spans.extend(text::links(source).into_iter().map(|at| (at.clone(), link(&source[at]))));
    spans.extend(text::hashtags(source).into_iter().map(|at| (at.clone(), hashtag(&source[at.start + 1..at.end], base))));
    spans.sort_by_key(|(at, _)| at.start);
    let mut out = String::new();
    let mut last = 0;
    for (at, html) in spans {
        out.push_str(&escaped(&source[last..at.start]).replace('\n', "<br />"));
        out.push_str(&html);
        last = at.end;
    }
    out.push_str(&escaped(&source[last..]).replace('\n', "<br />"));
    out
}

fn link(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let cut = rest.char_indices().nth(30).map_or(rest.len(), |(at, _)| at);
    let class = if cut < rest.len() { "ellipsis" } else { "" };
    format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">{scheme}://</span><span class=\"{class}\">{}</span><span class=\"invisible\">{}</span></a>",
        escaped(url),
        escaped(&rest[..cut]),
        escaped(&rest[cut..])
    )
}

fn hashtag(tag: &str, base: &str) -> String {
    format!(
        "<a href=\"{base}/mastodon/tags/{}\" class=\"mention hashtag\" rel=\"tag\">#<span>{}</span></a>",
        escaped(&tag.to_lowercase()),
        escaped(tag)
    )
}

/// Text for HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
