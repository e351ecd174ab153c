//! TikTok, photo posts. In: announcements. Out: drafts in the account's inbox, or posts where the app has been audited.
//!
//! Facts from <https://developers.tiktok.com/doc/content-posting-api-reference-photo-post>. A draft is the default: TikTok's
//! rules want a person to approve each post. The publish id is noted as soon as it is known, and its status tells what
//! became of it; where it was lost with the answer, nobody can know. TikTok fetches the pictures from the public site.

use crate::channels::answers::{Step, silence, text as field};
use crate::channels::channel::Platform;
use crate::channels::fit::{self, Rule};
use crate::channels::server;
use crate::channels::tiktok_calls::Calls;
use crate::channels::tiktok_status::{self as status, Fate};
use crate::channels::{atoms, meta_pictures as pictures, text};
use crate::model::announcement::{Act, Announcement, Image, Key, News};
use crate::model::finding::{Checked, Findings};
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Abilities, Channel, Counter, Dedupe, Deed, LookUp, Pictures, Post, Proof, SendError, Token, Transport};
use serde_json::{Value, json};

const SERVER: &str = "https://open.tiktokapis.com";
/// UTF-16 code units of a title and of a description.
const TITLE: usize = 90;
const DESCRIPTION: usize = 4_000;
/// Most pictures of a post.
const PICTURES: usize = 35;
/// Names of the notes: that a draft was asked for (after which earlier one, if any), and its id.
const ASKED: &str = "asked";
const PUBLISH_ID: &str = "publish";
/// There was no earlier one.
const FIRST: &str = "first";

/// TikTok.
pub static PLATFORM: Platform = Platform {
    name: "tiktok",
    about: "An account on TikTok; every post is a picture, and a person finishes it in the app.",
    fields: &[
        Field::new("handle", Shape::Text, "Name of the account.", "norrvik").required(),
        Field::new("token", Shape::Secret, "Access token with video.upload, or video.publish to post directly.", "file:secrets/tiktok")
            .required(),
        Field::new("refresh", Shape::Secret, "Refresh token; the access token lives a day.", "file:secrets/tiktok-refresh"),
        Field::new("client_key", Shape::Secret, "Client key of the app, to renew the token.", "env:TIKTOK_CLIENT_KEY"),
        Field::new("client_secret", Shape::Secret, "Client secret of the app.", "env:TIKTOK_CLIENT_SECRET"),
        Field::new("mode", Shape::Word(&["draft", "direct"]), "Whether a person finishes each post in the app.", "draft"),
        Field::new("privacy", Shape::Word(&["public", "friends", "followers", "self"]), "Who sees what is posted directly.", "public"),
        Field::new("server", Shape::Url, "Address of the interface, if not TikTok's own.", SERVER),
    ],
    abilities: ABILITIES,
    terms: &[
        "TikTok audits an app before it may post in public, and its audit wants a person to see and approve each post; leave `mode: draft` \
         and finish each post in the app.",
        "TikTok fetches pictures only from a domain that is verified for the app; verify the site's address in its developer portal.",
    ],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(TikTok::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::TwoStep,
    pictures: Pictures::UpTo(PICTURES as u32),
    counter: Counter::Utf16,
    token: Token::Rotating,
    public_pictures: true,
    ..Abilities::LEAST
};

/// A configured account.
struct TikTok {
    calls: Calls,
    handle: String,
    /// Who sees a post that is made directly; none for drafts.
    privacy: Option<&'static str>,
}

impl TikTok {
    fn new(settings: &ChannelSettings) -> TikTok {
        let own = |name: &str| settings.own.text(name);
        let level = match own("privacy") {
            Some("friends") => "MUTUAL_FOLLOW_FRIENDS",
            Some("followers") => "FOLLOWER_OF_CREATOR",
            Some("self") => "SELF_ONLY",
            _ => "PUBLIC_TO_EVERYONE",
        };
        TikTok {
            calls: Calls::new(server::of(&settings.own, SERVER)),
            handle: own("handle").unwrap_or_default().trim_start_matches('@').to_owned(),
            privacy: (own("mode") == Some("direct")).then_some(level),
        }
    }

    fn publish(&self, post: &Post, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        if let Trace::Known(id) = trace(out) {
            match status::ask(&self.calls, &id, out)? {
                // That one came to nothing and stays so; what was in its way may be gone.
                Fate::Again(_) | Fate::Failed(SendError::Retry { .. } | SendError::Account { .. }) => {}
                fate => return self.settled(fate, &id),
            }
        }
        self.allowed(out)?;
        let earlier = out.noted(PUBLISH_ID).unwrap_or_else(|| FIRST.to_owned());
        out.note(ASKED, &earlier).map_err(|error| silence(error, Step::Before))?;
        let answer = self.calls.post("/v2/post/publish/content/init/", &post.payload, Step::Post, out)?;
        let id = field(&answer, "publish_id", Step::Post)?.to_owned();
        out.note(PUBLISH_ID, &id).map_err(|error| SendError::Unknown { reason: error.to_string() })?;
        let fate = status::ask(&self.calls, &id, out).map_err(|error| SendError::Unknown { reason: error.to_string() })?;
        self.settled(fate, &id)
    }

    /// What a fate means for an attempt.
    fn settled(&self, fate: Fate, id: &str) -> Result<Receipt, SendError> {
        match fate {
            Fate::Posted(post) => Ok(self.receipt(post, id)),
            Fate::Inbox => Err(SendError::Person { reason: self.finish() }),
            Fate::Working => Err(SendError::Unknown { reason: "TikTok is still working on it".into() }),
            Fate::Again(reason) => Err(SendError::Retry { after: None, reason }),
            Fate::Failed(error) => Err(error),
        }
    }

    fn receipt(&self, post: Option<String>, publish_id: &str) -> Receipt {
        let url = post.as_ref().map(|id| format!("https://www.tiktok.com/@{}/photo/{id}", self.handle));
        Receipt { id: post.unwrap_or_else(|| publish_id.to_owned()), url: url.unwrap_or_default(), version_id: publish_id.to_owned() }
    }

    fn finish(&self) -> String {
        format!(
            "it waits as a draft; open TikTok as @{}, tap the notice in the inbox, check picture and text, post it, then run `promulgate resolve` \
             with its key and `--posted` with its address",
            self.handle
        )
    }

    /// Whether the account lets this app post directly as the settings say.
    fn allowed(&self, out: &mut dyn Transport) -> Result<(), SendError> {
        let Some(level) = self.privacy else { return Ok(()) };
        let info = self.calls.post("/v2/post/publish/creator_info/query/", &json!({}), Step::Before, out)?;
        let options: Vec<&str> = info["privacy_level_options"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        match options.contains(&level) {
            true => Ok(()),
            false => {
                let reason = format!("TikTok does not let this app post as {level}, only as {}", options.join(", "));
                Err(SendError::Account { reason: format!("{reason}; set `mode: draft`, or have the app audited") })
            }
        }
    }

    fn payload(&self, news: &News, description: &str, images: &[Image]) -> Value {
        let mut info = json!({"description": description});
        if let Some(title) = title(news) {
            info["title"] = json!(title);
        }
        if let Some(level) = self.privacy {
            info["privacy_level"] = json!(level);
            for switch in ["disable_comment", "auto_add_music", "brand_content_toggle", "brand_organic_toggle"] {
                info[switch] = json!(false);
            }
        }
        let photos: Vec<&str> = images.iter().map(|image| image.url.as_str()).collect();
        json!({
            "media_type": "PHOTO",
            "post_mode": if self.privacy.is_some() { "DIRECT_POST" } else { "MEDIA_UPLOAD" },
            "post_info": info,
            "source_info": {"source": "PULL_FROM_URL", "photo_images": photos, "photo_cover_index": 0},
        })
    }
}

impl Channel for TikTok {
    fn account(&self) -> &str {
        &self.handle
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        // Nothing can be answered or changed here; who plans so all the same gets a refusal from `send`.
        let images = pictures::for_tiktok(news, PICTURES);
        if images.is_empty() && matches!(announcement.act, Act::Post | Act::Replace { .. }) {
            return Checked::new(Vec::new(), Findings::from_iter([pictures::none(announcement, "TikTok")]));
        }
        let count = |text: &str| text::utf16(text, DESCRIPTION);
        fit::posts(announcement, &Rule { count: &count, tags: true, thread: false }, |_, text| {
            let text = with_alt(&text, &images, news);
            let payload = self.payload(news, &text, &images);
            Post { images: images.clone(), ..Post::new(announcement, &text, count(&text), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.publish(post, out).map(Some),
            _ => Err(SendError::Refused { reason: "TikTok's interface answers, changes and removes no posts".into() }),
        }
    }

    fn find(&self, _post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        if *deed != Deed::New {
            return Ok(None);
        }
        let id = match trace(out) {
            Trace::Known(id) => id,
            Trace::Nothing => return Ok(None),
            Trace::Lost => {
                let reason = format!("TikTok's answer was lost; look into the inbox and the posts of @{} in the app", self.handle);
                return Err(SendError::Unknown { reason });
            }
        };
        match status::ask(&self.calls, &id, out)? {
            Fate::Posted(post) => Ok(Some(self.receipt(post, &id))),
            Fate::Inbox => Err(SendError::Person { reason: self.finish() }),
            Fate::Working => Err(SendError::Retry { after: None, reason: "TikTok is still working on it".into() }),
            // The next attempt asks again and goes on from there.
            Fate::Again(_) | Fate::Failed(_) => Ok(None),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let info = self.calls.post("/v2/post/publish/creator_info/query/", &json!({}), Step::Before, out)?;
        let name = info["creator_username"].as_str().unwrap_or_default();
        let mut proof = Proof { account: format!("@{name}"), ..Proof::default() };
        if name != self.handle {
            proof.obstacles.push(format!("The token is that of @{name}, the settings name @{}; mend one of them.", self.handle));
        }
        let options: Vec<&str> = info["privacy_level_options"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        proof.seen.push(format!("This app may post as {}.", options.join(", ")));
        if self.privacy.is_some_and(|level| !options.contains(&level)) {
            proof.obstacles.push("This app may not post directly as the settings say; set `mode: draft`, or have the app audited.".into());
        }
        if !self.calls.can_renew(out) {
            proof.obstacles.push(
                "The access token lives a day and cannot be renewed; give `refresh`, `client_key` and `client_secret`, the tokens in files.".into(),
            );
        }
        Ok(proof)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        if of.url.is_empty() {
            return Ok(Vec::new());
        }
        let fields = "id,like_count,comment_count,share_count,view_count";
        let body = json!({"filters": {"video_ids": [of.id]}});
        let answer = self.calls.post(&format!("/v2/video/query/?fields={fields}"), &body, Step::Before, out)?;
        let names = [("views", "view_count"), ("likes", "like_count"), ("replies", "comment_count"), ("reposts", "share_count")];
        Ok(names.into_iter().filter_map(|(ours, theirs)| Some((ours, answer["videos"][0][theirs].as_u64()?))).collect())
    }
}

/// What earlier attempts have left.
enum Trace {
    /// Nothing was ever asked for.
    Nothing,
    /// Something was, and no id came back.
    Lost,
    /// The id of the last one.
    Known(String),
}

fn trace(out: &dyn Transport) -> Trace {
    match (out.noted(ASKED), out.noted(PUBLISH_ID)) {
        (None, None) => Trace::Nothing,
        (Some(earlier), Some(id)) if earlier == id => Trace::Lost,
        (Some(_), None) => Trace::Lost,
        (_, Some(id)) => Trace::Known(id),
    }
}

/// The title, whole or ended where that changes nothing; none where it cannot be made short enough.
fn title(news: &News) -> Option<String> {
    let title = news.card.title.as_str();
    let fits = |text: &str| text::fits(&text::utf16(text, TITLE));
    if fits(title) {
        return Some(title.to_owned()).filter(|title| !title.is_empty());
    }
    atoms::cuts(title, news.lang, &[]).into_iter().map(|end| format!("{}…", title[..end].trim_end())).find(|shorter| fits(shorter))
}

/// The text with the words for those who do not see the pictures: TikTok has no field for them. A card's words stand in the
/// text already.
fn with_alt(text: &str, images: &[Image], news: &News) -> String {
    let own = images.iter().filter(|image| news.images.iter().any(|own| own.url == image.url));
    own.filter(|image| !image.alt.trim().is_empty()).fold(text.to_owned(), |text, image| {
        let longer = format!("{text}\n\n[{}]", image.alt.trim());
        if text::fits(&text::utf16(&longer, DESCRIPTION)) { longer } else { text }
    })
}
