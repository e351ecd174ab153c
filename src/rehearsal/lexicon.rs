//! In: a record that somebody wants to post. Out: what a real server would say against it.
//!
//! Rules of the lexicons `app.bsky.feed.post`, `app.bsky.richtext.facet`, `app.bsky.embed.external` and `images`
//! (github.com/bluesky-social/atproto) and of the syntax pages of <https://atproto.com/specs>. Stricter than the server in
//! one place: facets must lie on character boundaries, since apps show nonsense where they do not.

use crate::channels::text::{BLUESKY_BYTES, BLUESKY_GRAPHEMES, graphemes};
use serde_json::Value;

/// What is wrong with a post.
pub fn fault(record: &Value) -> Option<String> {
    check(record).err()
}

fn check(record: &Value) -> Result<(), String> {
    ensure(record["$type"] == "app.bsky.feed.post", "Record/$type must be app.bsky.feed.post")?;
    let text = record["text"].as_str().ok_or("Record must have the property \"text\"")?;
    ensure(text.len() <= BLUESKY_BYTES, "Record/text must not be longer than 3000 characters")?;
    ensure(graphemes(text) <= BLUESKY_GRAPHEMES, "Record/text must not be longer than 300 graphemes")?;
    let created = record["createdAt"].as_str().ok_or("Record must have the property \"createdAt\"")?;
    ensure(is_datetime(created), "Record/createdAt must be an valid atproto datetime (both RFC-3339 and ISO-8601)")?;
    langs(&record["langs"])?;
    facets(&record["facets"], text)?;
    embed(&record["embed"])?;
    reply(&record["reply"])
}

fn ensure(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

fn array<'v>(value: &'v Value, name: &str) -> Result<&'v [Value], String> {
    match value {
        Value::Null => Ok(&[]),
        Value::Array(items) => Ok(items),
        _ => Err(format!("Record/{name} must be an array")),
    }
}

fn langs(value: &Value) -> Result<(), String> {
    let langs = array(value, "langs")?;
    ensure(langs.len() <= 3, "Record/langs must not have more than 3 elements")?;
    let fit = langs.iter().all(|lang| lang.as_str().is_some_and(is_language));
    ensure(fit, "Record/langs must be well-formed BCP 47 language tags")
}

fn facets(value: &Value, text: &str) -> Result<(), String> {
    let mut last = 0;
    for facet in array(value, "facets")? {
        let at =
            |name: &str| facet["index"][name].as_u64().map(|number| number as usize).ok_or(format!("Record/facets/index must have {name}"));
        let (start, end) = (at("byteStart")?, at("byteEnd")?);
        ensure(start < end && end <= text.len(), "Record/facets/index must lie in the text")?;
        ensure(text.is_char_boundary(start) && text.is_char_boundary(end), "Record/facets/index must lie between characters")?;
        ensure(start >= last, "Record/facets must not overlap")?;
        last = end;
        for feature in array(&facet["features"], "facets/features")? {
            facet_feature(feature)?;
        }
    }
    Ok(())
}

fn facet_feature(feature: &Value) -> Result<(), String> {
    match feature["$type"].as_str() {
        Some("app.bsky.richtext.facet#link") => uri(&feature["uri"], "facets/features/uri"),
        Some("app.bsky.richtext.facet#tag") => {
            let tag = feature["tag"].as_str().unwrap_or_default();
            ensure(
                !tag.is_empty() && tag.len() <= 640 && graphemes(tag) <= 64,
                "Record/facets/features/tag must not be longer than 64 graphemes",
            )
        }
        Some("app.bsky.richtext.facet#mention") => {
            ensure(feature["did"].as_str().is_some_and(|did| did.starts_with("did:")), "Record/facets/features/did must be a valid did")
        }
        _ => Err("Record/facets/features must have a known $type".into()),
    }
}

fn uri(value: &Value, name: &str) -> Result<(), String> {
    let fits = value.as_str().is_some_and(|uri| uri.contains(':') && !uri.contains(char::is_whitespace));
    ensure(fits, &format!("Record/{name} must be a uri"))
}

fn embed(value: &Value) -> Result<(), String> {
    match value["$type"].as_str() {
        None => ensure(value.is_null(), "Record/embed must have a $type"),
        Some("app.bsky.embed.external") => {
            let external = &value["external"];
            uri(&external["uri"], "embed/external/uri")?;
            ensure(
                external["title"].is_string() && external["description"].is_string(),
                "Record/embed/external must have title and description",
            )?;
            if external["thumb"].is_null() { Ok(()) } else { blob(&external["thumb"], 1_000_000) }
        }
        Some("app.bsky.embed.images") => {
            let images = array(&value["images"], "embed/images")?;
            ensure(!images.is_empty() && images.len() <= 4, "Record/embed/images must not have more than 4 elements")?;
            images.iter().try_for_each(|image| {
                ensure(image["alt"].is_string(), "Record/embed/images must have the property \"alt\"")?;
                blob(&image["image"], 2_000_000)
            })
        }
        Some(_) => Ok(()),
    }
}

fn blob(value: &Value, most: u64) -> Result<(), String> {
    let shaped = value["$type"] == "blob"
        && value["ref"]["$link"].is_string()
        && value["mimeType"].as_str().is_some_and(|kind| kind.starts_with("image/"));
    ensure(shaped, "Record/embed must hold the blob of an image")?;
    ensure(value["size"].as_u64().is_some_and(|size| size <= most), "This file is too large")
}

fn reply(value: &Value) -> Result<(), String> {
    let reference = |value: &Value| value["uri"].as_str().is_some_and(|uri| uri.starts_with("at://")) && value["cid"].is_string();
    ensure(
        value.is_null() || reference(&value["root"]) && reference(&value["parent"]),
        "Record/reply must have root and parent with uri and cid",
    )
}

/// AT Protocol's date and time: RFC 3339 and ISO 8601 at once, upper-case `T` and `Z`, a zone but `-00:00`, no year 0.
pub fn is_datetime(text: &str) -> bool {
    let bytes = text.as_bytes();
    let zone = |rest: &str| {
        let shaped =
            rest.len() == 6 && rest.as_bytes()[3] == b':' && rest[1..].bytes().enumerate().all(|(at, b)| at == 2 || b.is_ascii_digit());
        rest == "Z" || shaped && rest.starts_with(['+', '-']) && rest != "-00:00"
    };
    let shape = |at: usize, byte: u8| match at {
        4 | 7 => byte == b'-',
        10 => byte == b'T',
        13 | 16 => byte == b':',
        _ => byte.is_ascii_digit(),
    };
    if !text.is_ascii() || text.len() < 20 || text.len() > 64 || !bytes[..19].iter().enumerate().all(|(at, byte)| shape(at, *byte)) {
        return false;
    }
    let rest = &text[19..];
    let fraction = rest.strip_prefix('.').map(|digits| digits.bytes().take_while(u8::is_ascii_digit).count());
    let rest = match fraction {
        Some(0) => return false,
        Some(digits) => &rest[digits + 1..],
        None => rest,
    };
    // The fraction may have more digits than any clock; the rest must be a time that exists.
    let whole = format!("{}{rest}", &text[..19]);
    zone(rest) && whole.parse::<jiff::Timestamp>().is_ok_and(|at| at >= jiff::Timestamp::constant(-62_167_219_200, 0))
}

/// BCP 47, as loosely as AT Protocol asks for.
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = first.bytes().all(|b| b.is_ascii_alphabetic());
    let first_fits =
        first == "i" || first.eq_ignore_ascii_case("x") || matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase());
    let rest: Vec<&str> = parts.collect();
    let rest_fits = rest.iter().all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    letters && first_fits && rest_fits && (first.len() > 1 || !rest.is_empty())
}

/// The digits of AT Protocol's sortable base 32 (<https://atproto.com/specs/tid>).
const DIGITS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// Whether a text is a TID: 13 digits, the highest bit of the 65 not set.
pub fn is_tid(text: &str) -> bool {
    text.len() == 13 && text.bytes().all(|byte| DIGITS.contains(&byte)) && text.as_bytes()[0] <= b'j'
}

/// A number as a TID.
pub fn tid(number: u64) -> String {
    (0..13).rev().map(|place| char::from(DIGITS[(number >> (place * 5) & 31) as usize])).collect()
}
