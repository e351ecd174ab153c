//! X. In: announcements. Out: posts, edited within half an hour where the account pays for it, answered where X lets it,
//! deleted, found again by the link.
//!
//! Facts from <https://docs.x.com/x-api/posts/create-post> and the pages around it, 2026-08. X remembers no keys of ours:
//! a repeat of the same words is refused as a duplicate, which means that the first one is there, and it is looked for.

use crate::channels::answers::{Step, text as field};
use crate::channels::channel::Platform;
use crate::channels::fit::{self, Rule};
use crate::channels::said::never;
use crate::channels::server;
use crate::channels::x_calls::Api;
use crate::channels::{text, weighted, x_find, x_media};
use crate::model::announcement::{Announcement, Image, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Channel, Cost, Counter, Dedupe, Deed, Delete, Edit, LookUp, Method, Pictures, Post, Preview, Proof, Reply, Request,
    SendError, Token, Transport,
};
use serde_json::{Value, json};

/// X's own server, for calls, tokens and pictures.
pub const SERVER: &str = "https://api.x.com";
/// Prices of 2026-04-20 in millionths of a dollar: a post with a link, and one without.
const WITH_LINK: u64 = 200_000;
const WITHOUT_LINK: u64 = 15_000;
/// Minutes in which an account with Premium can change a post.
const EDITABLE: u32 = 30;
const PICTURES: usize = 4;
/// Largest picture in bytes.
const PICTURE_BYTES: u64 = 5 * 1024 * 1024;

/// X.
pub static PLATFORM: Platform = Platform {
    name: "x",
    about: "An account on X.",
    fields: &[
        Field::new("handle", Shape::Text, "Name of the account.", "norrvik").required(),
        Field::new(
            "auth",
            Shape::Word(&["oauth1", "oauth2"]),
            "How we sign in: with four lasting keys, or with a refresh token.",
            "oauth1",
        ),
        Field::new("consumer_key", Shape::Secret, "OAuth 1.0a: the app's API key.", "env:X_CONSUMER_KEY"),
        Field::new("consumer_secret", Shape::Secret, "OAuth 1.0a: the app's API key secret.", "env:X_CONSUMER_SECRET"),
        Field::new("token", Shape::Secret, "OAuth 1.0a: the account's access token.", "env:X_TOKEN"),
        Field::new("token_secret", Shape::Secret, "OAuth 1.0a: the account's access token secret.", "env:X_TOKEN_SECRET"),
        Field::new("client_id", Shape::Text, "OAuth 2: the app's client id.", "dGVzdC1jbGllbnQ"),
        Field::new("client_secret", Shape::Secret, "OAuth 2: the app's client secret, if it has one.", "env:X_CLIENT_SECRET"),
        Field::new("refresh_token", Shape::Secret, "OAuth 2: the refresh token; each works once, the next one is kept.", "file:x-refresh"),
        Field::new("premium", Shape::Flag, "Whether the account has X Premium, so that posts can be edited for 30 minutes.", "true"),
        Field::new("replies", Shape::Flag, "Whether X lets this app reply to the account's own posts.", "true"),
        Field::new("server", Shape::Url, "Address of the server, if not X's own.", "https://api.x.com"),
    ],
    abilities: ABILITIES,
    terms: &[
        "X asks governments to use the Enterprise tier of its API: settle that with X before the first post, or have a person post by hand.",
        "An account that posts by itself must say so: switch on the Automated label in the account's settings, name the operator in its bio and link the account of the people who manage it.",
        "The same post over several accounts is not allowed: give each account its own records, or its own words under `announce: text`.",
    ],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(X::new(settings)),
};

const ABILITIES: Abilities = Abilities {
    look_up: LookUp::Link,
    dedupe: Dedupe::RejectWithoutId,
    edit: Edit::None,
    delete: Delete::Yes,
    reply: Reply::Restricted,
    pictures: Pictures::UpTo(PICTURES as u32),
    alt: true,
    preview: Preview::Scraped,
    counter: Counter::Weighted,
    ..Abilities::LEAST
};

/// A configured account.
pub struct X {
    pub(crate) api: Api,
    handle: String,
    account: String,
    abilities: Abilities,
}

impl X {
    fn new(settings: &ChannelSettings) -> X {
        let own = &settings.own;
        let api = Api::new(settings);
        let handle = own.text("handle").unwrap_or_default().trim_start_matches('@').to_owned();
        let abilities = Abilities {
            edit: if own.flag("premium") { Edit::Within(EDITABLE) } else { Edit::None },
            reply: if own.flag("replies") { Reply::Native } else { Reply::Restricted },
            token: if api.rotates() { Token::Rotating } else { Token::Lasting },
            ..ABILITIES
        };
        X { account: format!("{}/{handle}", api.server), api, handle, abilities }
    }

    /// Where readers see a post.
    pub(crate) fn receipt(&self, id: &str) -> Receipt {
        Receipt { id: id.to_owned(), url: format!("https://x.com/{}/status/{id}", self.handle), version_id: String::new() }
    }

    fn make(&self, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let mut body = post.payload.clone();
        let media = x_media::upload(&self.api, &post.images, out)?;
        if !media.is_empty() {
            body["media"] = json!({"media_ids": media});
        }
        match deed {
            Deed::Reply { to, .. } => body["reply"] = json!({"in_reply_to_tweet_id": to.id}),
            Deed::Edit(of) => body["edit_options"] = json!({"previous_post_id": of.id}),
            Deed::New | Deed::Delete(_) => {}
        }
        let request = Request::new(Method::Post, self.api.url("/2/tweets")).json(&body);
        let answer = self.api.call(request, Step::Post, out)?;
        if answer.is_duplicate() {
            return match x_find::find(self, post, deed, out)? {
                Some(receipt) => Ok(Some(receipt)),
                None => Err(SendError::Unknown { reason: "X calls it a duplicate, and its first post is not to be seen".into() }),
            };
        }
        if matches!(deed, Deed::Reply { .. }) {
            answer.reply_barred()?;
        }
        let value = answer.accepted(Step::Post)?;
        Ok(Some(self.receipt(field(&value["data"], "id", Step::Post)?)))
    }

    /// Deletes; a post that is not there any more is deleted. Deleting one version of an edited post deletes all.
    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let request = Request::new(Method::Delete, self.api.url(&format!("/2/tweets/{}", of.id)));
        let answer = self.api.call(request, Step::Post, out)?;
        if answer.status() == 404 {
            return Ok(Some(of.clone()));
        }
        let value = answer.accepted(Step::Post)?;
        match value["data"]["deleted"].as_bool() {
            Some(true) => Ok(Some(of.clone())),
            _ if x_find::is_gone(self, of, out)? => Ok(Some(of.clone())),
            _ => Err(never("X has not deleted the post")),
        }
    }
}

impl Channel for X {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        self.abilities
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let rule = Rule { count: &weighted::count, tags: true, thread: self.abilities.replies() };
        fit::posts(announcement, &rule, |part, words| {
            let words: String = words.chars().filter(|c| !weighted::is_forbidden(*c)).collect();
            let fits = |image: &&Image| {
                image.len().is_none_or(|length| length <= PICTURE_BYTES)
                    && matches!(image.media_type, "image/png" | "image/jpeg" | "image/webp")
            };
            let images = news.images.iter().filter(fits).take(if part == 0 { PICTURES } else { 0 }).cloned().collect();
            let linked = !text::links(&words).is_empty() || !weighted::links(&words).is_empty();
            let micros = if linked { WITH_LINK } else { WITHOUT_LINK };
            let payload = json!({"text": words});
            Post {
                images,
                cost: Some(Cost { micros, currency: "USD" }),
                ..Post::new(announcement, &words, weighted::count(&words), payload)
            }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::Delete(of) => self.delete(of, out),
            Deed::Edit(_) if self.abilities.edit == Edit::None => {
                Err(never("only accounts with X Premium can edit; set `premium: true` if this one has it"))
            }
            Deed::Reply { .. } if !self.abilities.replies() => Err(never("X lets few apps reply; set `replies: true` if this one may")),
            _ => self.make(post, deed, out),
        }
    }

    fn find(&self, post: &Post, deed: &Deed, _key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        x_find::find(self, post, deed, out)
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let answer = self.api.call(Request::new(Method::Get, self.api.url("/2/users/me")), Step::Before, out)?;
        let left =
            answer.header("x-rate-limit-remaining").map(|left| format!("{left} more such calls are allowed in this quarter of an hour."));
        let value = answer.accepted(Step::Before)?;
        let name = field(&value["data"], "username", Step::Before)?;
        let mut seen: Vec<String> = left.into_iter().collect();
        seen.push("A post with a link costs 0.20 USD, one without 0.015 USD (prices of 2026-04-20).".into());
        let obstacle =
            format!("The keys are those of @{name}, not of @{}: correct `handle`, or make keys for the right account.", self.handle);
        let wrong = !name.eq_ignore_ascii_case(&self.handle);
        Ok(Proof { account: format!("@{name}"), expires: None, seen, obstacles: wrong.then_some(obstacle).into_iter().collect() })
    }

    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let request = Request::new(Method::Get, self.api.url(&format!("/2/tweets?ids={}&tweet.fields=public_metrics", of.id)));
        let value: Value = self.api.call(request, Step::Before, out)?.accepted(Step::Before)?;
        let counts = &value["data"][0]["public_metrics"];
        let names = [
            ("views", "impression_count"),
            ("likes", "like_count"),
            ("reposts", "retweet_count"),
            ("reposts", "repost_count"),
            ("replies", "reply_count"),
            ("quotes", "quote_count"),
            ("saves", "bookmark_count"),
        ];
        Ok(names.into_iter().filter_map(|(name, field)| Some((name, counts[field].as_u64()?))).collect())
    }
}
