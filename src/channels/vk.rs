//! A VK community. In: announcements. Out: posts on its wall, edited, commented on, deleted, found again by the link.
//!
//! Facts from <https://dev.vk.com/method/wall.post> and the pages around it, version 5.199. Every answer has the status 200;
//! a refusal is an `error` in the body (`vk_calls`).

use crate::channels::answers::{Step, silence};
use crate::channels::channel::Platform;
use crate::channels::described::with_words;
use crate::channels::fit::{self, Rule};
use crate::channels::said::{never, unknown};
use crate::channels::server;
use crate::channels::vk_calls::Api;
use crate::channels::{text, vk_find, vk_photos};
use crate::model::announcement::{Act, Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Counted, Counter, Dedupe, Deed, Delete, Edit, LookUp, Pictures, Post, Preview, Proof, Reply, SendError, Transport,
};
use serde_json::{Value, json};

/// VK's own server.
pub(crate) const SERVER: &str = "https://api.vk.com";
/// Characters of a post and of a comment: what another publisher keeps to; VK names no limit.
const LIMIT: usize = 2048;
/// Pictures of a post; one more attachment is the link.
const PICTURES: usize = 9;
const PICTURE_BYTES: u64 = 50 * 1024 * 1024;

/// A VK community.
pub static PLATFORM: Platform = Platform {
    name: "vk",
    about: "The wall of a VK community.",
    fields: &[
        Field::new("account", Shape::Text, "Number of the community.", "\"22822305\"").required(),
        Field::new("token", Shape::Secret, "Access token with the rights wall, photos and groups.", "env:VK_TOKEN").required(),
        Field::new("server", Shape::Url, "Address of the server, if not VK's own.", "https://api.vk.com"),
    ],
    abilities: ABILITIES,
    terms: &[
        "VK grants the right `wall` to an app only in exceptional cases: ask developer support (devsupport@corp.vk.com) for it before anything else.",
    ],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Vk::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::ClientId,
    edit: Edit::Full,
    delete: Delete::Yes,
    reply: Reply::Comment,
    preview: Preview::Scraped,
    pictures: Pictures::UpTo(PICTURES as u32),
    counter: Counter::Characters,
    ..Abilities::LEAST
};

/// A configured community.
pub struct Vk {
    pub(crate) api: Api,
    /// Its number.
    pub(crate) group: String,
    account: String,
}

impl Vk {
    fn new(settings: &ChannelSettings) -> Vk {
        let server = server::of(&settings.own, SERVER).to_owned();
        let group = settings.own.text("account").unwrap_or_default().trim_start_matches('-').to_owned();
        Vk { account: format!("{server}/club{group}"), api: Api { server }, group }
    }

    /// The owner of the wall, as VK names it.
    pub(crate) fn owner(&self) -> String {
        format!("-{}", self.group)
    }

    /// Where readers see a post, or a comment below it.
    pub(crate) fn receipt(&self, place: &Place) -> Receipt {
        let (owner, post) = (self.owner(), &place.post);
        match &place.comment {
            None => Receipt { id: post.clone(), url: format!("https://vk.com/wall{owner}_{post}"), version_id: String::new() },
            Some(comment) => Receipt {
                id: format!("{post}/{comment}"),
                url: format!("https://vk.com/wall{owner}_{post}?reply={comment}"),
                version_id: String::new(),
            },
        }
    }

    fn make(&self, post: &Post, key: &Key, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let photos = vk_photos::upload(self, &post.images, out)?;
        let link = post.payload["attachments"].as_str().unwrap_or_default();
        let attachments = photos.iter().map(String::as_str).chain(Some(link)).filter(|one| !one.is_empty()).collect::<Vec<_>>().join(",");
        let (owner, guid) = (self.owner(), guid(key));
        let fields = [
            ("owner_id", owner.as_str()),
            ("from_group", "1"),
            ("message", &post.text),
            ("attachments", &attachments),
            ("guid", &guid),
            ("signed", "0"),
        ];
        let value = self.api.call("wall.post", &fields, Step::Post, out)?;
        self.made(&value, "post_id", |id| Place { post: id, comment: None })
    }

    fn comment(&self, post: &Post, to: &Receipt, key: &Key, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let place = Place::of(to)?;
        let (owner, guid) = (self.owner(), guid(key));
        let mut fields = vec![
            ("owner_id", owner.as_str()),
            ("post_id", &place.post),
            ("from_group", &self.group),
            ("message", &post.text),
            ("guid", &guid),
        ];
        fields.extend(place.comment.as_deref().map(|comment| ("reply_to_comment", comment)));
        let value = self.api.call("wall.createComment", &fields, Step::Post, out)?;
        self.made(&value, "comment_id", |id| Place { post: place.post.clone(), comment: Some(id) })
    }

    fn made(&self, value: &Value, field: &str, place: impl Fn(String) -> Place) -> Result<Receipt, SendError> {
        let id = value[field].as_u64().ok_or_else(|| unknown(format!("an answer without `{field}`")))?;
        Ok(self.receipt(&place(id.to_string())))
    }

    /// Other words for a post; what hangs on it must be sent along, or it is lost.
    fn edit(&self, post: &Post, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let (place, owner) = (Place::of(of)?, self.owner());
        if let Some(comment) = &place.comment {
            let fields = [("owner_id", owner.as_str()), ("comment_id", comment), ("message", &post.text)];
            self.api.call("wall.editComment", &fields, Step::Post, out)?;
            return Ok(of.clone());
        }
        let present = vk_find::read(self, &place, out)?.ok_or_else(|| never("the post is not there any more"))?;
        let mut attachments = vk_find::photos(&present);
        attachments.extend(post.payload["attachments"].as_str().map(str::to_owned));
        let attachments = attachments.join(",");
        let fields = [("owner_id", owner.as_str()), ("post_id", &place.post), ("message", &post.text), ("attachments", &attachments)];
        self.api.call("wall.edit", &fields, Step::Post, out)?;
        Ok(of.clone())
    }

    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let (place, owner) = (Place::of(of)?, self.owner());
        let (method, field, id) = match &place.comment {
            None => ("wall.delete", "post_id", &place.post),
            Some(comment) => ("wall.deleteComment", "comment_id", comment),
        };
        match self.api.call(method, &[("owner_id", owner.as_str()), (field, id)], Step::Post, out) {
            Err(SendError::Refused { reason }) => match vk_find::shown(self, &place, out)? {
                None => Ok(of.clone()),
                Some(_) => Err(never(reason)),
            },
            answer => answer.map(|_| of.clone()),
        }
    }
}

impl Channel for Vk {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let count = |text: &str| -> Counted { text::characters(text, LIMIT) };
        // Below a post stand words alone.
        let comment = matches!(announcement.act, Act::Reply { .. });
        fit::posts(announcement, &Rule { count: &count, tags: true, thread: true }, |part, words| {
            let fit_for = |image: &&Image| {
                part == 0
                    && !comment
                    && matches!(image.media_type, "image/jpeg" | "image/png" | "image/gif")
                    && image.len().is_none_or(|length| length <= PICTURE_BYTES)
            };
            let images: Vec<Image> = news.images.iter().filter(fit_for).take(PICTURES).cloned().collect();
            let words = with_words(&words, &images, &|words| text::fits(&count(words)));
            let payload = json!({"owner_id": self.owner(), "from_group": 1, "message": words, "attachments": news.link, "signed": 0});
            Post { images, ..Post::new(announcement, &words, count(&words), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.make(post, key, out),
            Deed::Reply { to, .. } => self.comment(post, to, key, out),
            Deed::Edit(of) => self.edit(post, of, out),
            Deed::Delete(of) => self.delete(of, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        vk_find::find(self, post, deed, out)
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let groups = self.api.call("groups.getById", &[("group_id", self.group.as_str()), ("fields", "can_post")], Step::Before, out)?;
        let group = groups["groups"].get(0).or(groups.get(0)).cloned().unwrap_or_default();
        let people = self.api.call("users.get", &[], Step::Before, out)?;
        let mut proof = Proof { account: group["name"].as_str().unwrap_or_default().to_owned(), ..Proof::default() };
        if let Some(person) = people.get(0) {
            let name = |field: &str| person[field].as_str().unwrap_or_default().to_owned();
            proof.seen.push(format!("The token is that of {} {}.", name("first_name"), name("last_name")));
        }
        if group["can_post"] == 0 {
            proof
                .obstacles
                .push("The owner of the token may not post on the community's wall: make them an editor or administrator.".into());
        }
        Ok(proof)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let place = Place::of(of)?;
        if place.comment.is_some() {
            return Ok(Vec::new());
        }
        let post = vk_find::read(self, &place, out)?.unwrap_or_default();
        let names = [("views", "views"), ("likes", "likes"), ("reposts", "reposts"), ("replies", "comments")];
        Ok(names.into_iter().filter_map(|(name, field)| Some((name, post[field]["count"].as_u64()?))).collect())
    }
}

/// A post on the wall, or a comment below it.
pub(crate) struct Place {
    pub(crate) post: String,
    pub(crate) comment: Option<String>,
}

impl Place {
    pub(crate) fn of(receipt: &Receipt) -> Result<Place, SendError> {
        let (post, comment) = receipt.id.split_once('/').map_or((receipt.id.as_str(), None), |(post, comment)| (post, Some(comment)));
        let number = |id: &str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        if !number(post) || !comment.is_none_or(number) {
            return Err(never("the ledger's id of the post is none of VK's"));
        }
        Ok(Place { post: post.to_owned(), comment: comment.map(str::to_owned) })
    }
}

/// The same at every attempt, so that VK can tell a repeat.
fn guid(key: &Key) -> String {
    key.as_str()[..32].to_owned()
}

/// What no answer to a step before the post means.
pub(crate) fn lost(error: crate::model::transport::CallError) -> SendError {
    silence(error, Step::Before)
}
