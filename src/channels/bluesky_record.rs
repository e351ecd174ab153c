//! In: a text with its link, language and card. Out: the `app.bsky.feed.post` record of it, the same bytes every time.
//!
//! Bluesky links nothing by itself: each link and hashtag needs a facet with its place in UTF-8 bytes
//! (lexicon `app.bsky.richtext.facet`).

use crate::channels::text;
use crate::model::announcement::News;
use crate::model::ledger::Receipt;
use serde_json::{Value, json};

/// Most characters of a link that is shown shortened.
const SHOWN: usize = 40;

/// A text for Bluesky and where its page's link is in it.
pub(crate) struct Fitted {
    /// The text.
    pub(crate) text: String,
    /// What stands for the link, in full or shortened.
    pub(crate) shown: String,
}

/// The longest wording that fits with the link shown short.
pub(crate) fn with_short_link(news: &News) -> Option<Fitted> {
    let fits = |candidate: &str| text::fits(&text::bluesky(candidate));
    let shown = shortened(&news.link);
    let wording = news.wordings.iter().map(|wording| wording.replace(&news.link, &shown)).find(|wording| fits(wording))?;
    Some(Fitted { text: text::with_tags(&wording, &news.hashtags, &fits), shown })
}

/// An address as readers are used to see it: without its scheme, its end cut. The facet carries all of it.
fn shortened(link: &str) -> String {
    let bare = link.split_once("://").map_or(link, |(_, rest)| rest);
    match bare.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &bare[..end]),
        None => bare.to_owned(),
    }
}

/// The record, without what only the server knows: picture blobs and the posts it answers.
pub(crate) fn record(news: &News, fitted: &Fitted) -> Value {
    json!({
        "$type": "app.bsky.feed.post",
        "text": fitted.text,
        "createdAt": created_at(news),
        "langs": [news.lang.as_str()],
        "facets": facets(&fitted.text, &fitted.shown, &news.link),
        "embed": {
            "$type": "app.bsky.embed.external",
            "external": {"uri": news.link, "title": news.card.title, "description": news.card.description},
        },
    })
}

/// When it happened, as the files say: the record stays the same whenever it is sent.
fn created_at(news: &News) -> String {
    format!("{:.3}", news.at.timestamp())
}

fn facets(text: &str, shown: &str, link: &str) -> Value {
    let mut facets: Vec<(usize, Value)> = Vec::new();
    let mut add = |start: usize, end: usize, feature: Value| {
        facets.push((start, json!({"index": {"byteStart": start, "byteEnd": end}, "features": [feature]})));
    };
    let own = text.rfind(shown).map(|start| start..start + shown.len());
    if let Some(own) = &own {
        add(own.start, own.end, json!({"$type": "app.bsky.richtext.facet#link", "uri": link}));
    }
    let overlaps = |other: &std::ops::Range<usize>| own.as_ref().is_some_and(|own| other.start < own.end && own.start < other.end);
    for other in text::links(text).into_iter().filter(|other| !overlaps(other)) {
        let uri = &text[other.clone()];
        add(other.start, other.end, json!({"$type": "app.bsky.richtext.facet#link", "uri": uri}));
    }
    for tag in text::hashtags(text).into_iter().filter(|tag| !overlaps(tag)) {
        let name = &text[tag.start + 1..tag.end];
        add(tag.start, tag.end, json!({"$type": "app.bsky.richtext.facet#tag", "tag": name}));
    }
    facets.sort_by_key(|(start, _)| *start);
    facets.into_iter().map(|(_, facet)| facet).collect()
}

/// The record as an answer to another.
pub(crate) fn in_reply(mut record: Value, to: &Receipt, root: &Receipt) -> Value {
    let reference = |receipt: &Receipt| json!({"uri": receipt.id, "cid": receipt.version_id});
    record["reply"] = json!({"root": reference(root), "parent": reference(to)});
    record
}

/// The record with a picture on the card under the link.
pub(crate) fn with_thumb(mut record: Value, blob: Value) -> Value {
    record["embed"]["external"]["thumb"] = blob;
    record
}

/// The record with pictures in place of the card.
pub(crate) fn with_pictures(mut record: Value, pictures: Vec<(Value, String)>) -> Value {
    let images: Vec<Value> = pictures.into_iter().map(|(blob, alt)| json!({"image": blob, "alt": alt})).collect();
    record["embed"] = json!({"$type": "app.bsky.embed.images", "images": images});
    record
}

/// Where readers see a record.
pub(crate) fn page(uri: &str) -> String {
    let mut parts = uri.trim_start_matches("at://").split('/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(did), Some(_), Some(rkey)) => format!("https://bsky.app/profile/{did}/post/{rkey}"),
        _ => String::new(),
    }
}
