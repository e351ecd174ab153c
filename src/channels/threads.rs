//! Threads. In: announcements. Out: posts and replies, deleted, found again.
//!
//! Facts from <https://developers.facebook.com/docs/threads/posts/>. A text carries its link as `link_attachment`, of which
//! Threads makes a card; with the record's own pictures, several as a carousel, the link stands in the text alone. There is
//! no editing.

use crate::channels::channel::Platform;
use crate::channels::containers::{CHILDREN, Press, Published, Standing, nowhere};
use crate::channels::fit::{self, Rule};
use crate::channels::graph::{Graph, Pass, id_of, insight, word};
use crate::channels::meta_token as renewing;
use crate::channels::own_posts::{Listed, Search};
use crate::channels::server;
use crate::channels::{meta_pictures as pictures, text};
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Counter, Dedupe, Deed, Delete, LookUp, Pictures, Post, Preview, Proof, Reply, SendError, Token, Transport,
};
use serde_json::{Value, json};

const SERVER: &str = "https://graph.threads.net";
const VERSION: &str = "v1.0";
const GRANT: &str = "th_refresh_token";
/// Pictures of a carousel.
const PICTURES: usize = 20;

/// Threads.
pub static PLATFORM: Platform = Platform {
    name: "threads",
    about: "An account on Threads.",
    fields: &[
        Field::new("user", Shape::Text, "Id of the account, digits.", "25025320000000000").required(),
        Field::new(
            "token",
            Shape::Secret,
            "Access token with threads_basic, _content_publish, _manage_replies, _read_replies and threads_delete.",
            "file:secrets/threads",
        )
        .required(),
        Field::new("version", Shape::Text, "Version of the API, if not the one that this program was tested with.", VERSION),
        Field::new("server", Shape::Url, "Address of the API, if not Meta's own.", SERVER),
    ],
    abilities: ABILITIES,
    terms: &[],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Threads::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::TwoStep,
    delete: Delete::Yes,
    reply: Reply::Native,
    pictures: Pictures::UpTo(PICTURES as u32),
    alt: true,
    preview: Preview::Scraped,
    counter: Counter::Characters,
    token: Token::Rotating,
    public_pictures: true,
    ..Abilities::LEAST
};

/// A configured account.
struct Threads {
    graph: Graph,
    user: String,
    renewal: String,
}

impl Threads {
    fn new(settings: &ChannelSettings) -> Threads {
        let own = |name: &str| settings.own.text(name);
        let server = server::of(&settings.own, SERVER);
        let graph = Graph::new(server, own("version").unwrap_or(VERSION), Pass::Parameter);
        Threads { graph, user: own("user").unwrap_or_default().trim().to_owned(), renewal: format!("{server}/refresh_access_token") }
    }

    fn press(&self) -> Press<'_> {
        Press { graph: &self.graph, user: &self.user, make: "threads", publish: "threads_publish", status: ("status", "error_message") }
    }

    fn publish(&self, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let mut body = post.payload.clone();
        if let Deed::Reply { to, .. } = deed {
            body["reply_to_id"] = json!(id_of(to)?);
        }
        match self.press().run(&body, out)? {
            Published::Now(id) => {
                // The post is there: where readers see it is worth a question, and nothing more.
                let url = self.graph.get(&id, &[("fields", "id,permalink")], out).map(|thread| word(&thread, "permalink"));
                Ok(Receipt { id, url: url.unwrap_or_default(), version_id: String::new() })
            }
            Published::Before => Ok(self.among_own(post, deed, out).ok().flatten().unwrap_or_else(nowhere)),
        }
    }

    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        match self.graph.delete(id_of(of)?, out) {
            Ok(_) => Ok(of.clone()),
            Err(trouble) if trouble.is_missing() => Ok(of.clone()),
            Err(trouble) => Err(trouble.error),
        }
    }

    /// Looks through the own threads, or through the own replies.
    fn among_own(&self, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let (list, parent) = match deed {
            Deed::Reply { to, .. } => ("replies", Some(id_of(to)?)),
            _ => ("threads", None),
        };
        let fields =
            if parent.is_some() { "id,text,permalink,timestamp,replied_to" } else { "id,text,permalink,timestamp,link_attachment_url" };
        let mut search = Search::new(post, deed);
        let found = self.graph.walk(&format!("{}/{list}", self.user), fields, out, &mut |entry| {
            let answers = entry["replied_to"]["id"].as_str();
            let id = entry["id"].as_str().filter(|_| answers == parent)?.to_owned();
            let receipt = Receipt { id, url: word(entry, "permalink"), version_id: String::new() };
            let links = entry["link_attachment_url"].as_str().into_iter().map(str::to_owned).collect();
            search.look(&Listed { receipt, text: word(entry, "text"), links, parent: None })
        })?;
        found.map_or_else(|| search.verdict(), |receipt| Ok(Some(receipt)))
    }

    fn is_gone(&self, of: &Receipt, out: &mut dyn Transport) -> Result<bool, SendError> {
        match self.graph.get(id_of(of)?, &[("fields", "id")], out) {
            Ok(_) => Ok(false),
            Err(trouble) if trouble.is_missing() => Ok(true),
            Err(trouble) => Err(trouble.error),
        }
    }
}

impl Channel for Threads {
    fn account(&self) -> &str {
        &self.user
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let shown = pictures::for_threads(news, PICTURES);
        fit::posts(announcement, &Rule { count: &text::threads, tags: true, thread: true }, |part, text| {
            let images = if part == 0 { shown.clone() } else { Vec::new() };
            let payload = match images.as_slice() {
                [] if part == 0 => json!({"media_type": "TEXT", "text": text, "link_attachment": news.link}),
                [] => json!({"media_type": "TEXT", "text": text}),
                [image] => json!({"media_type": "IMAGE", "text": text, "image_url": image.url, "alt_text": pictures::alt(&image.alt)}),
                several => json!({"media_type": "CAROUSEL", CHILDREN: several.iter().map(item).collect::<Vec<_>>(), "text": text}),
            };
            Post { images, ..Post::new(announcement, &text, text::threads(&text), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        if let Deed::Edit(_) = deed {
            return Err(SendError::Refused { reason: "the interface of Threads changes no posts".into() });
        }
        self.graph.pace(post.announcement.news.urgent, out)?;
        self.graph.renew(&self.renewal, GRANT, out)?;
        match deed {
            Deed::Delete(of) => self.delete(of, out),
            _ => self.publish(post, deed, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let published = match deed {
            Deed::Edit(_) => return Ok(None),
            Deed::Delete(of) => return Ok(self.is_gone(of, out)?.then(|| of.clone())),
            Deed::New | Deed::Reply { .. } => self.press().look(out)?,
        };
        match published {
            Some(Standing::Published) => Ok(Some(self.among_own(post, deed, out)?.unwrap_or_else(nowhere))),
            Some(_) => Ok(None),
            None => self.among_own(post, deed, out),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let me = self.graph.get(&self.user, &[("fields", "id,username")], out)?;
        let mut proof = Proof { account: format!("@{}", word(&me, "username")), ..Proof::default() };
        let fields = "quota_usage,config,reply_quota_usage,reply_config";
        let limit = self.graph.get(&format!("{}/threads_publishing_limit", self.user), &[("fields", fields)], out)?;
        let told = |used: &str, config: &str| {
            let limit: &Value = &limit["data"][0];
            Some((limit[used].as_u64()?, limit[config]["quota_total"].as_u64()?))
        };
        for (what, numbers) in [("posts", told("quota_usage", "config")), ("replies", told("reply_quota_usage", "reply_config"))] {
            let Some((used, most)) = numbers else { continue };
            proof.seen.push(format!("{used} of the {most} {what} that Threads allows in 24 hours are used."));
            if used >= most {
                proof.obstacles.push(format!("The {what} that Threads allows in 24 hours are used up; what is new waits."));
            }
        }
        renewing::tell(&self.graph.renew(&self.renewal, GRANT, out)?, &mut proof, out.now());
        Ok(proof)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let names = ["views", "likes", "replies", "reposts", "quotes", "shares"];
        let answer = self.graph.get(&format!("{}/insights", id_of(of)?), &[("metric", &names.join(","))], out)?;
        Ok(names.into_iter().filter_map(|name| Some((name, insight(&answer, name)?))).collect())
    }
}

/// What the container of one picture of a carousel is made of; the words are the carousel's.
fn item(image: &Image) -> Value {
    json!({"media_type": "IMAGE", "image_url": image.url, "alt_text": pictures::alt(&image.alt), "is_carousel_item": true})
}
