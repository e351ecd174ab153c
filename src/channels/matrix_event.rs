//! In: a text, a picture, what is to be done with it. Out: the content of a Matrix event.
//!
//! Facts from <https://spec.matrix.org/latest/client-server-api/#instant-messaging>: `m.text` with HTML beside it, `m.image`
//! whose `body` is shown for the picture when it differs from `filename`, `m.replace`, `m.thread`. `m.mentions` is empty, so
//! that no text ever calls a room.

use crate::channels::chat::escaped;
use crate::channels::text;
use crate::model::announcement::{Image, Key};
use crate::model::transport::{Deed, Post};
use serde_json::{Value, json};

/// The field that names the announcement.
pub(crate) const KEY: &str = "org.promulgate.key";

/// The content of a text.
pub(crate) fn content(message: &str, words: &str) -> Value {
    json!({
        "msgtype": message,
        "body": words,
        "format": "org.matrix.custom.html",
        "formatted_body": html(words),
        "m.mentions": {},
    })
}

/// The event of a text: new, in a thread, or in place of another.
pub(crate) fn message(post: &Post, deed: &Deed, key: &Key) -> Value {
    let mut event = post.payload.clone();
    match deed {
        Deed::Reply { to, root } => {
            event["m.relates_to"] = json!({
                "rel_type": "m.thread",
                "event_id": root.id,
                "is_falling_back": true,
                "m.in_reply_to": {"event_id": to.id},
            });
        }
        Deed::Edit(of) => {
            event["m.new_content"] = post.payload.clone();
            // Clients that know no edits show the whole text as a message of its own, marked by the asterisk.
            event["body"] = json!(format!("* {}", post.text));
            event["formatted_body"] = json!(format!("* {}", html(&post.text)));
            event["m.relates_to"] = json!({"rel_type": "m.replace", "event_id": of.id});
        }
        Deed::New | Deed::Delete(_) => {}
    }
    event[KEY] = json!(key);
    event
}

/// The event of a picture at a content address of the server.
pub(crate) fn picture(image: &Image, address: &str, key: &str) -> Value {
    let mut info = json!({"mimetype": image.media_type});
    if let Some(length) = image.len() {
        info["size"] = json!(length);
    }
    if let Some((width, height)) = image.size {
        info["w"] = json!(width);
        info["h"] = json!(height);
    }
    let body = if image.alt.is_empty() { image.path().name() } else { &image.alt };
    json!({"msgtype": "m.image", "body": body, "filename": image.path().name(), "url": address, "info": info, "m.mentions": {}, KEY: key})
}

/// A text as HTML: paragraphs, lines, links.
fn html(words: &str) -> String {
    let mut out = String::new();
    let mut last = 0;
    for link in text::links(words) {
        let address = escaped(&words[link.clone()]);
        out.push_str(&escaped(&words[last..link.start]));
        out.push_str(&format!("<a href=\"{address}\">{address}</a>"));
        last = link.end;
    }
    out.push_str(&escaped(&words[last..]));
    let paragraphs = out.split("\n\n").map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>")));
    paragraphs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_and_its_links_lead_somewhere() {
        let made = html("Buss <7> & tåg\nnu\n\nhttps://norrvik.example/?a=1&b=2");
        let link = "https://norrvik.example/?a=1&amp;b=2";
        assert_eq!(made, format!("<p>Buss &lt;7&gt; &amp; tåg<br>nu</p><p><a href=\"{link}\">{link}</a></p>"));
    }
}
