//! In: a post and what is to be done with it. Out: the files of its kit, in plain words, and the sentence that tells of it.

use crate::model::announcement::{Event, Key};
use crate::model::transport::{Deed, Kit, Post};
use std::fmt::Write;

/// How many digits of a key are enough to name it.
const DIGITS: usize = 12;

/// The kit of a deed.
pub fn kit((network, place): (&str, &str), post: &Post, deed: &Deed, key: &Key) -> Kit {
    let (task, of) = match deed {
        Deed::New => ("post", None),
        Deed::Reply { to, .. } => ("reply", Some(to)),
        Deed::Edit(of) => ("edit", Some(of)),
        Deed::Delete(of) => ("delete", Some(of)),
    };
    let of = of.map(|receipt| if receipt.url.is_empty() { receipt.id.clone() } else { receipt.url.clone() });
    let mut texts = vec![("checklist.md".to_owned(), checklist((network, place), post, (task, of.as_deref()), key))];
    if task != "delete" {
        texts.push(("text.txt".into(), format!("{}\n", post.text)));
        texts.push(("link.txt".into(), format!("{}\n", post.link)));
        if !post.images.is_empty() {
            texts.push(("alt.txt".into(), words(post)));
        }
    }
    Kit {
        folder: folder(post, task, key),
        texts,
        task,
        of,
        channel: post.announcement.channel.clone(),
        lang: post.lang.to_string(),
        text: post.text.clone(),
    }
}

/// What the ledger and the person who runs it are told.
pub fn told(kit: &Kit, place: &str, key: &Key) -> String {
    let url = if kit.task == "delete" { kit.of.as_deref().filter(|of| of.starts_with("http")).unwrap_or("URL") } else { "URL" };
    format!("it is posted by hand; everything for it lies in {place}. When it is done: promulgate resolve {} --posted {url}", short(key))
}

/// The first post of a record has the plain folder; every further deed one of its own.
fn folder(post: &Post, task: &str, key: &Key) -> String {
    let news = &post.announcement.news;
    let plain = format!("{}/{}.{}", news.record, post.announcement.channel, news.lang);
    match task == "post" && news.event == Event::Published && post.part == 0 {
        true => plain,
        false => format!("{plain}.{}-{}", news.event, &key.as_str()[..8]),
    }
}

fn short(key: &Key) -> &str {
    &key.as_str()[..DIGITS]
}

fn words(post: &Post) -> String {
    let mut out = String::new();
    for (at, image) in post.images.iter().enumerate() {
        let _ = writeln!(out, "picture-{}-{}:\n{}\n", at + 1, image.path().name(), image.alt);
    }
    out
}

fn checklist((network, place): (&str, &str), post: &Post, (task, of): (&str, Option<&str>), key: &Key) -> String {
    let title = &post.announcement.news.card.title;
    let of = of.unwrap_or("the earlier post");
    let mut steps: Vec<String> = Vec::new();
    let head = match task {
        "post" => "Post this",
        "reply" => "Post this below what was posted earlier",
        "edit" => "Change what was posted earlier",
        _ => "Take away what was posted earlier",
    };
    steps.push(format!("Open the page first and look that it is there: <{}>", post.link));
    steps.push(format!("Open {}: {place}", opened(network)));
    match task {
        "delete" => steps.push(format!("Take away this post, for everybody: {of}")),
        "edit" => steps.push(format!("Find this post and replace its whole text by `text.txt`, letter by letter: {of}")),
        "reply" => steps.push(format!("Answer this post, or quote it where nothing can be answered, with the text of `text.txt`: {of}")),
        _ => steps.push("Copy the text of `text.txt` as it is. The link stands in it; `link.txt` has it alone.".into()),
    }
    if task != "delete" && !post.images.is_empty() {
        steps.push("Add one picture of this folder. Copy its words from `alt.txt` where the app asks for a description; where it does not, leave the picture out unless it is the card with the title.".into());
    }
    if task != "delete" {
        steps.push("Read it once more as a reader would. Then press the button.".into());
    }
    let address = if task == "delete" && of.starts_with("http") { of } else { "URL" };
    let mut close = format!("Say that it is done:\n\n       promulgate resolve {} --posted {address}\n", short(key));
    if address == "URL" {
        close.push_str(
            "\n   URL is the address of the post (in the app: share, copy link). Where a post has none, use the address of the channel.",
        );
    }
    steps.push(close);
    let mut out = format!("# {head}\n\n*{title}* ({}, {})\n\n", post.announcement.news.event, post.lang);
    for (at, step) in steps.iter().enumerate() {
        let _ = writeln!(out, "{}. [ ] {}", at + 1, step.trim_end());
    }
    let _ = writeln!(out, "\nIf it must not be posted, leave it: nothing goes out by itself.");
    out
}

fn opened(network: &str) -> &'static str {
    match network {
        "whatsapp-channel" => "the channel in WhatsApp (Updates)",
        "signal" => "the group in Signal",
        "youtube" => "the channel on YouTube (Create, then Post)",
        _ => "the place where it is posted",
    }
}
