//! Instagram, professional accounts. In: announcements. Out: pictures with captions, commented on, found again.
//!
//! Facts from <https://developers.facebook.com/docs/instagram-platform/content-publishing/>. There is no post without a
//! picture: the record's own JPEGs where their shape is allowed, several as a carousel, else its card. Instagram fetches
//! them from the public site and shows a carousel in the shape of its first picture.
//! Captions cannot be edited, and deleting through the interface is not documented for every account, so it is not offered.

use crate::channels::answers::{Step, text as field};
use crate::channels::channel::Platform;
use crate::channels::containers::{CHILDREN, Press, Published, Standing, nowhere};
use crate::channels::fit::{self, Rule};
use crate::channels::graph::{Graph, Pass, id_of, insight, word};
use crate::channels::meta_token as renewing;
use crate::channels::own_posts::{Listed, Search};
use crate::channels::{meta_pictures as pictures, text};
use crate::model::announcement::{Act, Announcement, Image, Key};
use crate::model::finding::{Checked, Findings};
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Counted, Counter, Dedupe, Deed, LookUp, Pictures, Post, Proof, Reply, SendError, Token, Transport,
};
use serde_json::{Value, json};

const SERVER: &str = "https://graph.instagram.com";
const FACEBOOK: &str = "https://graph.facebook.com";
const VERSION: &str = "v25.0";
/// Characters and hashtags of a caption.
const CAPTION: usize = 2_200;
const HASHTAGS: usize = 30;
/// Pictures of a carousel.
const PICTURES: usize = 10;
/// Characters of a comment.
const COMMENT: usize = 300;

/// Instagram.
pub static PLATFORM: Platform = Platform {
    name: "instagram",
    about: "A professional account on Instagram; every post has a picture.",
    fields: &[
        Field::new("user", Shape::Text, "Id of the account, digits.", "17841400000000000").required(),
        Field::new(
            "token",
            Shape::Secret,
            "Access token with instagram_business_basic, _content_publish and _manage_comments.",
            "file:secrets/instagram",
        )
        .required(),
        Field::new(
            "login",
            Shape::Word(&["instagram", "facebook"]),
            "Whether the token comes from Instagram Login (60 days, renewed by us) or Facebook Login.",
            "instagram",
        ),
        Field::new("version", Shape::Text, "Version of the Graph API, if not the one that this program was tested with.", "v25.0"),
        Field::new("server", Shape::Url, "Address of the Graph API, if not Meta's own.", SERVER),
    ],
    abilities: ABILITIES,
    terms: &[
        "Only professional accounts can be posted to through the interface; switch the account in its settings.",
        "Meta can ask for the Page Publishing Authorization of a linked Page, which a person must pass; do it before the first post.",
    ],
    hosts: |own| vec![server(own.text("server"), own.text("login")).to_owned()],
    open: |settings, _| Box::new(Instagram::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::TwoStep,
    reply: Reply::Comment,
    pictures: Pictures::UpTo(PICTURES as u32),
    alt: true,
    counter: Counter::Characters,
    token: Token::Rotating,
    public_pictures: true,
    ..Abilities::LEAST
};

fn server<'s>(own: Option<&'s str>, login: Option<&str>) -> &'s str {
    own.unwrap_or(if login == Some("facebook") { FACEBOOK } else { SERVER })
}

/// A configured account.
struct Instagram {
    graph: Graph,
    user: String,
    /// Where the token is renewed; tokens of Facebook Login have no such place.
    renewal: Option<String>,
}

impl Instagram {
    fn new(settings: &ChannelSettings) -> Instagram {
        let own = |name: &str| settings.own.text(name);
        let server = server(own("server"), own("login")).trim_end_matches('/');
        let renewal = (own("login") != Some("facebook")).then(|| format!("{server}/refresh_access_token"));
        let graph = Graph::new(server, own("version").unwrap_or(VERSION), Pass::Header);
        Instagram { graph, user: own("user").unwrap_or_default().trim().to_owned(), renewal }
    }

    fn press(&self) -> Press<'_> {
        Press { graph: &self.graph, user: &self.user, make: "media", publish: "media_publish", status: ("status_code", "status") }
    }

    fn publish(&self, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        match self.press().run(&post.payload, out)? {
            Published::Now(id) => {
                // The post is there: where readers see it is worth a question, and nothing more.
                let url = self.graph.get(&id, &[("fields", "permalink")], out).map(|media| word(&media, "permalink"));
                Ok(Receipt { id, url: url.unwrap_or_default(), version_id: String::new() })
            }
            Published::Before => Ok(self.among_own(post, deed, out).ok().flatten().unwrap_or_else(nowhere)),
        }
    }

    fn comment(&self, post: &Post, root: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let path = format!("{}/comments", id_of(root)?);
        let answer = self.graph.post(&path, &post.payload, Step::Post, out)?;
        Ok(Receipt { id: field(&answer, "id", Step::Post)?.to_owned(), url: root.url.clone(), version_id: String::new() })
    }

    fn among_own(&self, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        self.search((&format!("{}/media", self.user), "id,caption,permalink,timestamp", "caption"), (post, deed), out)
    }

    /// Looks through a list for the words of a post.
    fn search(
        &self,
        (path, fields, words): (&str, &str, &str),
        (post, deed): (&Post, &Deed),
        out: &mut dyn Transport,
    ) -> Result<Option<Receipt>, SendError> {
        let mut search = Search::new(post, deed);
        let found = self.graph.walk(path, fields, out, &mut |entry| {
            let stranger = entry["from"]["id"].as_str().is_some_and(|id| id != self.user);
            let id = entry["id"].as_str().filter(|_| !stranger)?.to_owned();
            let receipt = Receipt { id, url: word(entry, "permalink"), version_id: String::new() };
            search.look(&Listed { receipt, text: word(entry, words), links: Vec::new(), parent: None })
        })?;
        found.map_or_else(|| search.verdict(), |receipt| Ok(Some(receipt)))
    }
}

impl Channel for Instagram {
    fn account(&self) -> &str {
        &self.user
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let count = |text: &str| caption(text);
        if let Act::Reply { .. } | Act::Edit { .. } = announcement.act {
            let count = |text: &str| text::characters(text, COMMENT);
            return fit::posts(announcement, &Rule { count: &count, tags: false, thread: false }, |_, text| {
                Post::new(announcement, &text, count(&text), json!({"message": text}))
            });
        }
        let images = pictures::for_instagram(&announcement.news, PICTURES);
        if images.is_empty() {
            return Checked::new(Vec::new(), Findings::from_iter([pictures::none(announcement, "Instagram")]));
        }
        fit::posts(announcement, &Rule { count: &count, tags: true, thread: false }, |_, text| Post {
            images: images.clone(),
            ..Post::new(announcement, &text, count(&text), body(&images, &text))
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        if let Deed::Edit(_) | Deed::Delete(_) = deed {
            return Err(SendError::Refused { reason: "Instagram's interface changes and removes no posts".into() });
        }
        self.graph.pace(post.announcement.news.urgent, out)?;
        if let Some(url) = &self.renewal {
            self.graph.renew(url, "ig_refresh_token", out)?;
        }
        match deed {
            Deed::Reply { root, .. } => self.comment(post, root, out),
            _ => self.publish(post, deed, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => match self.press().look(out)? {
                Some(Standing::Published) => Ok(Some(self.among_own(post, deed, out)?.unwrap_or_else(nowhere))),
                Some(_) => Ok(None),
                None => self.among_own(post, deed, out),
            },
            Deed::Reply { root, .. } => {
                let list = format!("{}/comments", id_of(root)?);
                let found = self.search((&list, "id,text,timestamp,from", "text"), (post, deed), out)?;
                Ok(found.map(|receipt| Receipt { url: root.url.clone(), ..receipt }))
            }
            Deed::Edit(_) | Deed::Delete(_) => Ok(None),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let me = self.graph.get(&self.user, &[("fields", "id,username")], out)?;
        let mut proof = Proof { account: format!("@{}", word(&me, "username")), ..Proof::default() };
        let limit = self.graph.get(&format!("{}/content_publishing_limit", self.user), &[("fields", "quota_usage,config")], out)?;
        let used = limit["data"][0]["quota_usage"].as_u64().unwrap_or_default();
        if let Some(most) = limit["data"][0]["config"]["quota_total"].as_u64() {
            proof.seen.push(format!("{used} of the {most} posts that Instagram allows in 24 hours are used."));
            if used >= most {
                proof.obstacles.push("The posts that Instagram allows in 24 hours are used up; what is new waits.".into());
            }
        }
        if let Some(url) = &self.renewal {
            renewing::tell(&self.graph.renew(url, "ig_refresh_token", out)?, &mut proof, out.now());
        }
        Ok(proof)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let names = [
            ("views", "views"),
            ("reach", "reach"),
            ("likes", "likes"),
            ("replies", "comments"),
            ("reposts", "shares"),
            ("saves", "saved"),
        ];
        let metric = names.map(|(_, theirs)| theirs).join(",");
        let answer = self.graph.get(&format!("{}/insights", id_of(of)?), &[("metric", &metric)], out)?;
        Ok(names.into_iter().filter_map(|(ours, theirs)| Some((ours, insight(&answer, theirs)?))).collect())
    }
}

/// What the container of a post is made of; a picture of a carousel has its own, which has no caption.
fn body(images: &[Image], caption: &str) -> Value {
    match images {
        [image] => json!({"image_url": image.url, "caption": caption, "alt_text": pictures::alt(&image.alt)}),
        several => {
            let item = |image: &Image| json!({"image_url": image.url, "alt_text": pictures::alt(&image.alt), "is_carousel_item": true});
            json!({"media_type": "CAROUSEL", CHILDREN: several.iter().map(item).collect::<Vec<_>>(), "caption": caption})
        }
    }
}

/// A caption's length, or its hashtags where they are the tighter limit.
fn caption(text: &str) -> Counted {
    let tags = text::hashtags(text).len();
    match tags > HASHTAGS {
        true => Counted { used: tags, limit: HASHTAGS, unit: "hashtags" },
        false => text::characters(text, CAPTION),
    }
}
