//! A Facebook Page. In: announcements. Out: posts with a link card or own pictures, edited, commented on, deleted, found.
//!
//! Facts from <https://developers.facebook.com/docs/pages-api/posts/> and the Graph API's reference for version 25.0.
//! Facebook reads the page of the link while it posts, so the page must be live. A post shows a link's card or pictures,
//! not both. Code 506 says that the last post was the same: it is looked up then, and not taken for a fault.

use crate::channels::answers::{Step, silence, text as field};
use crate::channels::channel::Platform;
use crate::channels::facebook_find as find;
use crate::channels::fit::{self, Rule};
use crate::channels::graph::{Graph, Pass, id_of, insight};
use crate::channels::graph_faults::Trouble;
use crate::channels::server;
use crate::channels::text;
use crate::model::announcement::{Act, Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Counter, Dedupe, Deed, Delete, Edit, LookUp, Part, Pictures, Post, Preview, Proof, Reply, SendError, Transport,
};
use serde_json::{Value, json};

const SERVER: &str = "https://graph.facebook.com";
const VERSION: &str = "v25.0";
/// Most characters of a post; not documented, but what the website takes.
const LIMIT: usize = 63_206;
/// Most pictures of a post.
const PICTURES: usize = 10;
/// Largest picture: "less than 4 MB" (error subcode 1366046).
const PICTURE_BYTES: u64 = 4_000_000;

/// Facebook Pages.
pub static PLATFORM: Platform = Platform {
    name: "facebook",
    about: "A Page on Facebook.",
    fields: &[
        Field::new("page", Shape::Text, "Id of the Page, digits.", "104512345678901").required(),
        Field::new(
            "token",
            Shape::Secret,
            "Page access token with pages_manage_posts, pages_read_engagement and pages_manage_engagement.",
            "env:FACEBOOK_PAGE_TOKEN",
        )
        .required(),
        Field::new("version", Shape::Text, "Version of the Graph API, if not the one that this program was tested with.", "v25.0"),
        Field::new("server", Shape::Url, "Address of the Graph API, if not Facebook's own.", SERVER),
    ],
    abilities: ABILITIES,
    terms: &["Meta lets an app post to a Page of somebody else only after its review; ask for the review early, or use an app that \
         belongs to the body itself."],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Facebook::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::RejectWithoutId,
    edit: Edit::Text,
    delete: Delete::Yes,
    reply: Reply::Comment,
    pictures: Pictures::UpTo(PICTURES as u32),
    alt: true,
    preview: Preview::Scraped,
    counter: Counter::Characters,
    ..Abilities::LEAST
};

/// A configured Page.
pub(crate) struct Facebook {
    pub(crate) graph: Graph,
    pub(crate) page: String,
}

impl Facebook {
    fn new(settings: &ChannelSettings) -> Facebook {
        let own = |name: &str| settings.own.text(name);
        let graph = Graph::new(server::of(&settings.own, SERVER), own("version").unwrap_or(VERSION), Pass::Header);
        Facebook { graph, page: own("page").unwrap_or_default().trim().to_owned() }
    }

    fn publish(&self, post: &Post, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let (photos, old) = self.photos(post, out)?;
        let mut body = post.payload.clone();
        if !photos.is_empty() {
            body["attached_media"] = photos.iter().map(|id| json!({"media_fbid": id})).collect();
        }
        match self.graph.post(&format!("{}/feed", self.page), &body, Step::Post, out) {
            Ok(answer) => Ok(receipt(field(&answer, "id", Step::Post)?)),
            Err(trouble) if trouble.code == 506 => self.repeated(post, trouble, out),
            // Pictures that an earlier attempt uploaded do not wait for ever.
            Err(trouble) if old && trouble.code == 100 => {
                (0..photos.len()).try_for_each(|at| out.note(&photo(at), "")).map_err(|error| silence(error, Step::Before))?;
                Err(SendError::Retry { after: None, reason: trouble_words(trouble) })
            }
            Err(trouble) => Err(trouble.error),
        }
    }

    /// The same as the last post: that is this one, if it is to be seen.
    fn repeated(&self, post: &Post, trouble: Trouble, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let reason = trouble_words(trouble);
        match find::find(self, post, &Deed::New, out) {
            Ok(Some(receipt)) => Ok(receipt),
            Ok(None) => Err(SendError::Unknown { reason: format!("{reason}; but no such post is to be seen") }),
            Err(error @ SendError::Account { .. }) => Err(error),
            Err(error) => Err(SendError::Unknown { reason: format!("{reason}; {error}") }),
        }
    }

    /// Uploads the pictures, unpublished; each id is noted, so that none is uploaded twice. Also tells whether one of them is
    /// from an earlier attempt.
    fn photos(&self, post: &Post, out: &mut dyn Transport) -> Result<(Vec<String>, bool), SendError> {
        let (mut ids, mut old) = (Vec::new(), false);
        for (at, image) in post.images.iter().enumerate() {
            if let Some(id) = out.noted(&photo(at)) {
                (old, _) = (true, ids.push(id));
                continue;
            }
            let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
            let words = |name, text: &str| Part { name, file: None, bytes: text.as_bytes().to_vec() };
            let file = Part { name: "source", file: Some((image.path().name().to_owned(), image.media_type)), bytes };
            let parts = vec![words("published", "false"), words("alt_text_custom", &image.alt), file];
            let answer = self.graph.upload(&format!("{}/photos", self.page), parts, out)?;
            let id = field(&answer, "id", Step::Before)?.to_owned();
            out.note(&photo(at), &id).map_err(|error| silence(error, Step::Before))?;
            ids.push(id);
        }
        Ok((ids, old))
    }

    fn comment(&self, post: &Post, root: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let path = format!("{}/comments", id_of(root)?);
        let answer = self.graph.post(&path, &json!({"message": post.text}), Step::Post, out)?;
        Ok(comment(field(&answer, "id", Step::Post)?, root))
    }

    fn edit(&self, post: &Post, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        match self.graph.post(id_of(of)?, &json!({"message": post.text}), Step::Post, out) {
            Ok(_) => Ok(of.clone()),
            Err(trouble) if trouble.is_forbidden() => Err(by_hand(of, trouble)),
            Err(trouble) => Err(trouble.error),
        }
    }

    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        match self.graph.delete(id_of(of)?, out) {
            Ok(_) => Ok(of.clone()),
            Err(trouble) if trouble.is_missing() => Ok(of.clone()),
            Err(trouble) if trouble.is_forbidden() => Err(by_hand(of, trouble)),
            Err(trouble) => Err(trouble.error),
        }
    }
}

impl Channel for Facebook {
    fn account(&self) -> &str {
        &self.page
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let count = |text: &str| text::characters(text, LIMIT);
        let new = matches!(announcement.act, Act::Post | Act::Replace { .. });
        let images: Vec<Image> = news.images.iter().filter(|image| new && is_taken(image)).take(PICTURES).cloned().collect();
        fit::posts(announcement, &Rule { count: &count, tags: new, thread: false }, |_, message| {
            let payload = match new && images.is_empty() {
                true => json!({"message": message, "link": news.link}),
                false => json!({"message": message}),
            };
            Post { images: images.clone(), ..Post::new(announcement, &message, count(&message), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        self.graph.pace(post.announcement.news.urgent, out)?;
        match deed {
            Deed::New => self.publish(post, out),
            Deed::Reply { root, .. } => self.comment(post, root, out),
            Deed::Edit(of) => self.edit(post, of, out),
            Deed::Delete(of) => self.delete(of, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        find::find(self, post, deed, out)
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        find::prove(self, out)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let id = id_of(of)?;
        let fields = "shares,reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)";
        let answer = self.graph.get(id, &[("fields", fields)], out)?;
        // Views come late and not for every post; the rest is worth having without them.
        let views = self.graph.get(&format!("{id}/insights"), &[("metric", "post_media_view")], out).unwrap_or_default();
        let total = |name: &str| answer[name]["summary"]["total_count"].as_u64();
        let counts = [
            ("views", insight(&views, "post_media_view")),
            ("likes", total("reactions")),
            ("reposts", answer["shares"]["count"].as_u64()),
            ("replies", total("comments")),
        ];
        Ok(counts.into_iter().filter_map(|(name, count)| Some((name, count?))).collect())
    }
}

fn is_taken(image: &Image) -> bool {
    matches!(image.media_type, "image/jpeg" | "image/png") && image.len().is_none_or(|length| length < PICTURE_BYTES)
}

/// Facebook lets an app change only posts that it made itself.
fn by_hand(of: &Receipt, trouble: Trouble) -> SendError {
    let reason = trouble_words(trouble);
    SendError::Person { reason: format!("Facebook lets this app not change the post ({reason}); change it by hand at {}", of.url) }
}

/// The network's words in a trouble.
fn trouble_words(trouble: Trouble) -> String {
    match trouble.error {
        SendError::Retry { reason, .. }
        | SendError::Unknown { reason }
        | SendError::Refused { reason }
        | SendError::Person { reason }
        | SendError::Account { reason } => reason,
    }
}

fn photo(at: usize) -> String {
    format!("photo-{at}")
}

/// Where a post is: Facebook leads from its id to its page.
pub(crate) fn receipt(id: &str) -> Receipt {
    Receipt { id: id.to_owned(), url: format!("https://www.facebook.com/{id}"), version_id: String::new() }
}

/// Where a comment below a post is.
pub(crate) fn comment(id: &str, root: &Receipt) -> Receipt {
    let last = id.rsplit('_').next().unwrap_or(id);
    Receipt { id: id.to_owned(), url: format!("{}?comment_id={last}", root.url), version_id: String::new() }
}

/// A list in an answer.
pub(crate) fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}
