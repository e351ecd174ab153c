//! In: what the stand-ins keep. Out: every post as its readers see it, whatever its network.

use crate::rehearsal::bluesky::Entry;
use crate::rehearsal::boards::Posted;
use crate::rehearsal::hook::Taken;
use crate::rehearsal::mastodon::{State, Status};
use crate::rehearsal::mastodon_view::{content, escaped};
use crate::rehearsal::world::World;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

/// A post as its readers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WallPost {
    /// The platform, such as `mastodon`.
    pub network: String,
    /// Who posted it.
    pub account: String,
    /// Its id on its network.
    pub id: String,
    /// The id of the post that it answers.
    pub parent: Option<String>,
    /// Its text.
    pub text: String,
    /// Its text with links, as safe HTML.
    #[serde(skip)]
    pub html: String,
    /// Language of the text.
    pub lang: String,
    /// Full addresses that it links to.
    pub links: Vec<String>,
    /// The preview under the link: address, title, description.
    pub card: Option<(String, String, String)>,
    /// Pictures: file and alt text.
    pub images: Vec<(String, String)>,
    /// When it was posted.
    pub at: Timestamp,
    /// Whether its text was changed.
    pub edited: bool,
    /// Whether it was taken away.
    pub deleted: bool,
}

/// Every post, the oldest first.
pub fn posts(world: &World, base: &str) -> Vec<WallPost> {
    let statuses = world.mastodon.statuses.values().map(|status| of_status(status, &world.mastodon, base));
    let records = world.bluesky.records.values().map(of_record);
    let messages = world.hooks.taken.iter().map(|taken| of_message(taken, base));
    let others = world.boards.all().map(|post| of_board(post, base));
    let mut posts: Vec<WallPost> = statuses.chain(records).chain(messages).chain(others).collect();
    posts.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    posts
}

fn of_board(post: &Posted, base: &str) -> WallPost {
    WallPost {
        network: post.network.clone(),
        account: post.account.clone(),
        id: post.id.clone(),
        parent: post.parent.clone(),
        html: content(&post.text, base),
        links: links_in(&post.text),
        text: post.text.clone(),
        lang: post.lang.clone().unwrap_or_default(),
        card: post.card.clone(),
        images: post.images.clone(),
        at: post.at,
        edited: post.edited.is_some(),
        deleted: post.deleted,
    }
}

fn links_in(text: &str) -> Vec<String> {
    crate::channels::text::links(text).into_iter().map(|at| text[at].to_owned()).collect()
}

fn of_status(status: &Status, state: &State, base: &str) -> WallPost {
    let pictures = status.media.iter().filter_map(|id| state.media.get(id));
    WallPost {
        network: "mastodon".into(),
        account: format!("@{}", status.account),
        id: status.id.to_string(),
        parent: status.parent.map(|id| id.to_string()),
        html: content(&status.text, base),
        links: links_in(&status.text),
        text: status.text.clone(),
        lang: status.lang.clone().unwrap_or_default(),
        card: None,
        images: pictures.map(|media| (media.file.clone(), media.alt.clone())).collect(),
        at: status.at,
        edited: status.edited.is_some(),
        deleted: status.deleted,
    }
}

fn of_record(entry: &Entry) -> WallPost {
    let record = &entry.record;
    let text = record["text"].as_str().unwrap_or_default();
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let external = &record["embed"]["external"];
    let file = |blob: &Value| words(&blob["ref"]["$link"]);
    let mut images: Vec<(String, String)> = Vec::new();
    images.extend(external["thumb"].is_object().then(|| (file(&external["thumb"]), String::new())));
    let pictures = record["embed"]["images"].as_array().into_iter().flatten();
    images.extend(pictures.map(|image| (file(&image["image"]), words(&image["alt"]))));
    WallPost {
        network: "bluesky".into(),
        account: format!("@{}", entry.handle),
        id: entry.rkey.clone(),
        parent: record["reply"]["parent"]["uri"].as_str().and_then(|uri| uri.rsplit('/').next()).map(str::to_owned),
        html: with_facets(text, &record["facets"]),
        links: facet_links(&record["facets"]),
        text: text.to_owned(),
        lang: words(&record["langs"][0]),
        card: external.is_object().then(|| (words(&external["uri"]), words(&external["title"]), words(&external["description"]))),
        images,
        at: entry.at,
        edited: entry.edited,
        deleted: entry.deleted,
    }
}

fn facet_links(facets: &Value) -> Vec<String> {
    facets.as_array().into_iter().flatten().filter_map(|facet| facet["features"][0]["uri"].as_str()).map(str::to_owned).collect()
}

/// A text with what its facets make of it; nothing else becomes a link.
fn with_facets(text: &str, facets: &Value) -> String {
    let mut out = String::from("<p>");
    let mut last = 0;
    for facet in facets.as_array().into_iter().flatten() {
        let at = |name: &str| facet["index"][name].as_u64().map_or(0, |number| number as usize);
        let (start, end) = (at("byteStart"), at("byteEnd"));
        let (Some(before), Some(marked)) = (text.get(last..start), text.get(start..end)) else { continue };
        out.push_str(&escaped(before));
        match facet["features"][0]["uri"].as_str().filter(|uri| uri.starts_with("http")) {
            Some(uri) => out.push_str(&format!("<a href=\"{}\">{}</a>", escaped(uri), escaped(marked))),
            None => out.push_str(&format!("<span class=\"tag\">{}</span>", escaped(marked))),
        }
        last = end;
    }
    out.push_str(&escaped(&text[last..]));
    out.push_str("</p>");
    out.replace('\n', "<br>")
}

fn of_message(taken: &Taken, base: &str) -> WallPost {
    let words = |name: &str| taken.body[name].as_str().unwrap_or_default().to_owned();
    let card = &taken.body["card"];
    let text = words("text");
    WallPost {
        network: "webhook".into(),
        account: taken.name.clone(),
        id: taken.key.clone(),
        parent: taken.body["of"].as_str().map(str::to_owned),
        html: content(&text, base),
        links: vec![words("link")],
        text,
        lang: words("lang"),
        card: card["title"]
            .as_str()
            .map(|title| (words("link"), title.to_owned(), card["description"].as_str().unwrap_or_default().to_owned())),
        images: Vec::new(),
        at: taken.at,
        edited: taken.body["do"] == "edit",
        deleted: taken.body["do"] == "delete",
    }
}
