//! A LinkedIn page. In: announcements. Out: posts of an organisation, their words edited, commented on, deleted, found again.
//!
//! Facts from <https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api>. LinkedIn reads no page
//! behind a link here: title, description and picture travel with the post. A repeat of the same words is refused with the
//! address of the first post, which is looked at before it is believed.

use crate::channels::answers::{Step, text as field};
use crate::channels::channel::Platform;
use crate::channels::fit::{self, Rule};
use crate::channels::linkedin_calls::{Api, encoded};
use crate::channels::said::never;
use crate::channels::{linkedin_comments as comments, linkedin_find, linkedin_media, linkedin_proof, little, text};
use crate::model::announcement::{Act, Announcement, Image, Key, News};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Counted, Counter, Dedupe, Deed, Delete, Edit, LookUp, Method, Pictures, Post, Preview, Proof, Reply, Request,
    SendError, Token, Transport,
};
use serde_json::{Value, json};

/// LinkedIn's own servers: for calls, and for tokens.
pub(crate) const SERVER: &str = "https://api.linkedin.com";
pub(crate) const LOGIN: &str = "https://www.linkedin.com";
/// The version of the API that this file was written for.
pub(crate) const VERSION: &str = "202608";
/// Characters of a post. Whether escapes count is not documented, so they do here.
const LIMIT: usize = 3000;
/// Characters of a comment, as the site allows them.
const COMMENT: usize = 1250;
/// Most pictures of a post.
const PICTURES: usize = 20;
const TITLE: usize = 400;
const DESCRIPTION: usize = 4000;
const ALT: usize = 4000;

/// A LinkedIn page.
pub static PLATFORM: Platform = Platform {
    name: "linkedin",
    about: "The page of an organisation on LinkedIn.",
    fields: &[
        Field::new("account", Shape::Text, "Number of the organisation, as in its page's admin address.", "2414183").required(),
        Field::new("token", Shape::Secret, "Access token with w_organization_social and r_organization_social.", "env:LINKEDIN_TOKEN")
            .required(),
        Field::new("version", Shape::Text, "Version of LinkedIn's API, year and month; each lives for a year at least.", "202608"),
        Field::new("expires", Shape::Day, "The day on which the token ends; LinkedIn gives it 60 days.", "2026-11-30"),
        Field::new("client_id", Shape::Text, "The app's client id, so that LinkedIn can be asked when the token ends.", "86vhj2q7ukf83q"),
        Field::new("client_secret", Shape::Secret, "The app's client secret, for the same question.", "env:LINKEDIN_CLIENT_SECRET"),
        Field::new(
            "refresh",
            Shape::Secret,
            "Refresh token, if LinkedIn gives the app such; the access token is renewed by it.",
            "env:LINKEDIN_REFRESH",
        ),
        Field::new("server", Shape::Url, "Address of the server, if not LinkedIn's own.", "https://api.linkedin.com"),
    ],
    abilities: ABILITIES,
    terms: &[
        "Posting as an organisation needs LinkedIn's approval of the app for the Community Management API: apply for it in the developer portal before anything else.",
        "The person who made the token must be an administrator or content administrator of the page; comments need an administrator.",
        "A token ends after 60 days and a person must make a new one: put its last day into `expires`.",
    ],
    hosts: |own| own.text("server").map_or_else(|| vec![SERVER.to_owned(), LOGIN.to_owned()], |server| vec![server.to_owned()]),
    open: |settings, _| Box::new(LinkedIn::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::RejectWithId,
    edit: Edit::Text,
    delete: Delete::Yes,
    reply: Reply::Comment,
    pictures: Pictures::UpTo(PICTURES as u32),
    alt: true,
    preview: Preview::Supplied,
    counter: Counter::Characters,
    token: Token::Ending,
    ..Abilities::LEAST
};

/// A configured page.
pub struct LinkedIn {
    pub(crate) api: Api,
    /// `urn:li:organization:N`.
    pub(crate) author: String,
    account: String,
}

impl LinkedIn {
    fn new(settings: &ChannelSettings) -> LinkedIn {
        let number = settings.own.text("account").unwrap_or_default();
        let author = if number.starts_with("urn:") { number.to_owned() } else { format!("urn:li:organization:{number}") };
        let api = Api::new(settings);
        LinkedIn { account: format!("{}/{author}", api.server), api, author }
    }

    fn make(&self, post: &Post, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let (body, old) = linkedin_media::complete(self, post, out)?;
        let answer = self.api.call(Request::new(Method::Post, self.api.url("/rest/posts")).json(&body), Step::Post, out)?;
        if let Some(urn) = answer.duplicate_of() {
            return linkedin_find::of_duplicate(self, post, &urn, out);
        }
        if let Err(error) = answer.accepted(Step::Post) {
            return Err(match error {
                // Which field it was, LinkedIn says in words only; a post that is refused with fresh pictures stays refused.
                SendError::Refused { reason } if old => {
                    linkedin_media::forget(post, out)?;
                    SendError::Retry { after: None, reason }
                }
                error => error,
            });
        }
        let urn = answer.header("x-restli-id").filter(|urn| is_urn(urn));
        urn.map(receipt).ok_or_else(|| SendError::Unknown { reason: "LinkedIn took the post and did not say where it is".into() })
    }

    fn edit(&self, post: &Post, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        if comments::is_comment(of) {
            return comments::edit(self, post, of, out);
        }
        let body = json!({"patch": {"$set": {"commentary": post.payload["commentary"]}}});
        let request = Request::new(Method::Post, self.api.url(&format!("/rest/posts/{}", encoded(&of.id))));
        let request = request.header("x-restli-method", "PARTIAL_UPDATE").json(&body);
        self.api.call(request, Step::Post, out)?.accepted(Step::Post)?;
        Ok(of.clone())
    }

    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        if comments::is_comment(of) {
            return comments::delete(self, of, out);
        }
        let request = Request::new(Method::Delete, self.api.url(&format!("/rest/posts/{}", encoded(&of.id))));
        let answer = self.api.call(request.header("x-restli-method", "DELETE"), Step::Post, out)?;
        if answer.status() != 404 {
            answer.accepted(Step::Post)?;
        }
        Ok(of.clone())
    }

    fn payload(&self, news: &News, text: &str) -> Value {
        let own = news.images.iter().take(PICTURES).map(|image| json!({"altText": cut(&image.alt, ALT)})).collect::<Vec<_>>();
        let content = match own.len() {
            0 => json!({"article": {
                "source": news.link,
                "title": cut(&news.card.title, TITLE),
                "description": cut(&news.card.description, DESCRIPTION),
            }}),
            1 => json!({"media": own[0]}),
            _ => json!({"multiImage": {"images": own}}),
        };
        json!({
            "author": self.author,
            "commentary": little::commentary(text),
            "visibility": "PUBLIC",
            "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
            "content": content,
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": false,
        })
    }
}

impl Channel for LinkedIn {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        Abilities { token: if self.api.refreshes { Token::Rotating } else { Token::Ending }, ..ABILITIES }
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        // A comment is words alone.
        let comment = matches!(announcement.act, Act::Reply { .. });
        let limit = if comment { COMMENT } else { LIMIT };
        let count = |text: &str| -> Counted { text::characters(&little::commentary(text), limit) };
        fit::posts(announcement, &Rule { count: &count, tags: true, thread: true }, |part, words| {
            let wide = |image: &&Image| image.size.is_some_and(|(width, height)| width > height);
            let images: Vec<Image> = match news.images.is_empty() {
                _ if comment || part > 0 => Vec::new(),
                true => news.drawn.iter().filter(wide).take(1).cloned().collect(),
                false => news.images.iter().take(PICTURES).cloned().collect(),
            };
            let card = news.images.is_empty().then(|| news.card.clone());
            Post { card, images, ..Post::new(announcement, &words, count(&words), self.payload(news, &words)) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.make(post, out),
            Deed::Reply { to, root } => comments::make(self, post, to, root, out),
            Deed::Edit(of) => self.edit(post, of, out),
            Deed::Delete(of) => self.delete(of, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        linkedin_find::find(self, post, deed, out)
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        linkedin_proof::prove(self, out)
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        if comments::is_comment(of) {
            return Ok(Vec::new());
        }
        let list = if of.id.contains(":ugcPost:") { "ugcPosts" } else { "shares" };
        let path = format!(
            "/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity={}&{list}=List({})",
            encoded(&self.author),
            encoded(&of.id)
        );
        let request = Request::new(Method::Get, self.api.url(&path)).header("x-restli-method", "FINDER");
        let value = self.api.call(request, Step::Before, out)?.accepted(Step::Before)?;
        let counts = &value["elements"][0]["totalShareStatistics"];
        let names = [
            ("views", "impressionCount"),
            ("reach", "uniqueImpressionsCount"),
            ("clicks", "clickCount"),
            ("likes", "likeCount"),
            ("replies", "commentCount"),
            ("reposts", "shareCount"),
        ];
        Ok(names.into_iter().filter_map(|(name, field)| Some((name, counts[field].as_u64()?))).collect())
    }
}

/// Where readers see a post.
pub(crate) fn receipt(urn: &str) -> Receipt {
    Receipt { id: urn.to_owned(), url: format!("https://www.linkedin.com/feed/update/{urn}/"), version_id: String::new() }
}

/// Whether a text is the name of a post.
pub(crate) fn is_urn(text: &str) -> bool {
    let number = text.strip_prefix("urn:li:share:").or_else(|| text.strip_prefix("urn:li:ugcPost:"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The author of a post that LinkedIn shows, where it is this page.
pub(crate) fn is_own(channel: &LinkedIn, value: &Value) -> bool {
    field(value, "author", Step::Before).is_ok_and(|author| author == channel.author)
}

/// What a deed that LinkedIn knows nothing of gets for an answer.
pub(crate) fn no_such() -> SendError {
    never("the ledger's id of the post is none of LinkedIn's")
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
