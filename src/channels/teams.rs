//! Microsoft Teams, by a workflow's address. In: announcements. Out: Adaptive Cards in a channel.
//!
//! Facts from <https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using> and
//! <https://adaptivecards.io>. A workflow queues what it is given: 202 is all that anyone ever learns. Nothing can be edited,
//! answered, taken away or looked up, and the address is the secret.

use crate::channels::answers::{Step, refusal, silence};
use crate::channels::channel::Platform;
use crate::channels::chat::secret;
use crate::channels::fit::{self, Rule};
use crate::channels::text;
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Abilities, Channel, Counted, Counter, Deed, Method, Pictures, Post, Preview, Request, SendError, Transport};
use serde_json::{Value, json};

/// Most bytes of a message.
const LIMIT: usize = 28 * 1024;

/// Microsoft Teams.
pub static PLATFORM: Platform = Platform {
    name: "teams",
    about: "A channel on Microsoft Teams, by the address of a Power Automate workflow.",
    fields: &[
        Field::new("url", Shape::Secret, "Address of the workflow: whoever knows it can post.", "env:TEAMS_WORKFLOW").required(),
        Field::new("account", Shape::Text, "Identity of the posts; keeps them its own when the channel is renamed.", "norrvik-staff"),
    ],
    abilities: ABILITIES,
    terms: &["A workflow belongs to the person who made it and ends with their account: give it a second owner."],
    hosts: |_| Vec::new(),
    open: |settings, _| Box::new(Teams::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    pictures: Pictures::Any,
    alt: true,
    lang: true,
    preview: Preview::None,
    counter: Counter::Bytes,
    public_pictures: true,
    ..Abilities::LEAST
};

struct Teams {
    account: String,
}

impl Teams {
    fn new(settings: &ChannelSettings) -> Teams {
        Teams { account: settings.own.text("account").unwrap_or(&settings.name).to_owned() }
    }
}

impl Channel for Teams {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let images: Vec<Image> = news.images.iter().filter(|image| image.url.starts_with("http")).cloned().collect();
        let make = |words: &str| message(words, news.lang.primary(), &images);
        let count = |words: &str| Counted { used: make(words).to_string().len(), limit: LIMIT, unit: "bytes" };
        fit::posts(announcement, &Rule { count: &count, tags: false, thread: false }, |_, words| Post {
            images: images.clone(),
            ..Post::new(announcement, &words, count(&words), make(&words))
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        if *deed != Deed::New {
            return Err(SendError::Refused { reason: "what a workflow has posted to Teams can only be followed by a new post".into() });
        }
        let url = secret(out, "url")?;
        let request = Request::new(Method::Post, url.expose()).json(&post.payload);
        let response = out.http(&request).map_err(|error| silence(error, Step::Post))?;
        match response.status {
            200..=299 => Ok(Some(Receipt { id: key.to_string(), url: String::new(), version_id: String::new() })),
            // The workflow was deleted or switched off.
            404 | 410 => Err(SendError::Account { reason: format!("{} the workflow is not there", response.status) }),
            _ => Err(refusal(&response, Step::Post, Some(&url))),
        }
    }

    fn find(&self, _post: &Post, _deed: &Deed, _key: &Key, _out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        Err(SendError::Unknown { reason: "a workflow cannot be asked what it has posted".into() })
    }
}

fn message(words: &str, lang: &str, images: &[Image]) -> Value {
    let mut body: Vec<Value> =
        words.split("\n\n").map(|paragraph| json!({"type": "TextBlock", "text": markdown(paragraph), "wrap": true})).collect();
    body.extend(images.iter().map(|image| json!({"type": "Image", "url": image.url, "altText": image.alt})));
    let card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": lang,
        "body": body,
        "msteams": {"width": "Full"},
    });
    json!({"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card}]})
}

/// Words as the Markdown of cards: lines stay lines, signs stay signs, links lead somewhere.
fn markdown(words: &str) -> String {
    let escape = |words: &str| {
        let marked = words.chars().flat_map(|c| [Some('\\').filter(|_| "\\*_[]`".contains(c)), Some(c)]);
        marked.flatten().collect::<String>().replace('\n', "\n\n")
    };
    let mut out = String::new();
    let mut last = 0;
    for link in text::links(words) {
        let address = &words[link.clone()];
        out.push_str(&escape(&words[last..link.start]));
        out.push_str(&format!("[{}]({})", escape(address), address.replace('(', "%28").replace(')', "%29")));
        last = link.end;
    }
    out.push_str(&escape(&words[last..]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stay_signs_and_links_lead_somewhere() {
        assert_eq!(
            markdown("*7* a_b\nhttps://norrvik.example/a_b/"),
            "\\*7\\* a\\_b\n\n[https://norrvik.example/a\\_b/](https://norrvik.example/a_b/)"
        );
    }
}
