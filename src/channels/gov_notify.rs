//! GOV.UK Notify and its kin (GC Notify). In: announcements. Out: e-mails by the body's own template, to one list address.
//!
//! Facts from <https://docs.notifications.service.gov.uk/rest-api.html>: a token is made for each request from the key
//! (`name-service-secret`, HS256, valid for 30 seconds); `reference` need not be unique but lists what was sent with it for
//! seven days, so a message is sent only where none is listed, and "absent" counts only after the quiet time.

use crate::channels::answers::{Step, json, silence};
use crate::channels::channel::Platform;
use crate::channels::fit::{self, Rule};
use crate::channels::gov_notify_answers::{claim, listed, refusal};
use crate::channels::{server, text};
use crate::model::announcement::{Announcement, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::record::Fields;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Abilities, Channel, Deed, LookUp, Method, Post, Proof, Request, Response, Secret, SendError, Transport};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json as value};

/// Where GOV.UK Notify answers.
const SERVER: &str = "https://api.notifications.service.gov.uk";
/// Most characters of a message; the service takes two megabytes.
const LIMIT: usize = 100_000;

/// GOV.UK Notify.
pub static PLATFORM: Platform = Platform {
    name: "notify",
    about: "GOV.UK Notify, or a service with its interface such as GC Notify: e-mail by a template of the body's own.",
    fields: &[
        Field::new("server", Shape::Url, "Address of the service, if not GOV.UK's.", "https://api.notification.canada.ca"),
        Field::new("key", Shape::Secret, "API key: name, service and secret in one.", "env:NOTIFY_KEY").required(),
        Field::new("to", Shape::Text, "The one address that gets it: a list.", "news-list@norrvik.example").required(),
        Field::new(
            "template_id",
            Shape::Text,
            "Id of a template with ((subject)), ((body)) and ((link)).",
            "f33517ff-2a88-4f6e-b855-c550268ce08a",
        )
        .required(),
        Field::new("reply_to", Shape::Text, "Id of the reply address in the service.", "8e222534-7f05-4972-86e3-17c5d9f894e2"),
        Field::new("unsubscribe", Shape::Url, "Address of one-click unsubscribing (RFC 8058).", "https://norrvik.example/lists/leave"),
    ],
    abilities: ABILITIES,
    terms: &[
        "GOV.UK Notify serves UK public bodies after an agreement, and sends to others than the team only from a live service. Ask for the service to go live first.",
    ],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Notify::new(settings)),
};

const ABILITIES: Abilities = Abilities { look_up: LookUp::Link, lang: false, ..Abilities::LEAST };

/// A service and its list.
pub struct Notify {
    own: Fields,
    server: String,
    account: String,
}

impl Notify {
    fn new(settings: &ChannelSettings) -> Notify {
        let server = server::of(&settings.own, SERVER).to_owned();
        let account = format!("{server}/{}", settings.own.text("to").unwrap_or_default());
        Notify { own: settings.own.clone(), server, account }
    }

    /// Calls the service with a token made for this call.
    fn call(&self, method: Method, path: &str, body: Option<&Value>, out: &mut dyn Transport) -> Result<(Response, Secret), SendError> {
        let account = |reason: String| SendError::Account { reason };
        let key = out.secret("key").map_err(|error| account(error.to_string()))?;
        let token = claim(&key, out.now().as_second())
            .ok_or_else(|| account("the key is not of the form name-service-secret with two UUIDs".into()))?;
        let step = if method == Method::Post { Step::Post } else { Step::Before };
        let request = Request::new(method, format!("{}{path}", self.server)).bearer(&token);
        let request = body.map_or(request.clone(), |body| request.json(body));
        out.http(&request).map(|response| (response, key)).map_err(|error| silence(error, step))
    }

    /// What was sent with a reference; the newest, if anything.
    fn look(&self, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let path = format!("/v2/notifications?template_type=email&reference={}", utf8_percent_encode(key.as_str(), NON_ALPHANUMERIC));
        let (response, secret) = self.call(Method::Get, &path, None, out)?;
        match response.status {
            200..=299 => listed(&json(&response, Step::Before)?, key.as_str()),
            _ => Err(refusal(&response, Step::Before, &secret, out.now())),
        }
    }
}

impl Channel for Notify {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        ABILITIES
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let count = |text: &str| text::characters(text, LIMIT);
        fit::posts(announcement, &Rule { count: &count, tags: false, thread: false }, |_, text| {
            // Plain mail shows no pictures, so their words stand in the text.
            let alts: Vec<String> = news.images.iter().map(|image| format!("\n\n{}\n{}", image.alt, image.url)).collect();
            let body = format!("{text}{}", alts.concat());
            let mut payload = value!({
                "email_address": self.own.text("to"),
                "template_id": self.own.text("template_id"),
                "personalisation": {"subject": news.card.title, "body": body, "link": news.link},
            });
            if let Some(id) = self.own.text("reply_to") {
                payload["email_reply_to_id"] = value!(id);
            }
            if let Some(address) = self.own.text("unsubscribe") {
                payload["one_click_unsubscribe_url"] = value!(address);
            }
            Post { images: news.images.clone(), ..Post::new(announcement, &body, count(&body), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        if *deed != Deed::New {
            return Err(SendError::Refused { reason: "a message that was sent cannot be changed, answered or taken back".into() });
        }
        if let Some(receipt) = self.look(key, out)? {
            return Ok(Some(receipt));
        }
        let mut body = post.payload.clone();
        body["reference"] = value!(key.as_str());
        let (response, secret) = self.call(Method::Post, "/v2/notifications/email", Some(&body), out)?;
        if response.status != 201 {
            return Err(refusal(&response, Step::Post, &secret, out.now()));
        }
        let id = crate::channels::answers::text(&json(&response, Step::Post)?, "id", Step::Post)?.to_owned();
        Ok(Some(Receipt { id, url: String::new(), version_id: String::new() }))
    }

    fn find(&self, _: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.look(key, out),
            _ => Ok(None),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        let (response, secret) = self.call(Method::Get, "/v2/notifications?template_type=email", None, out)?;
        if !(200..=299).contains(&response.status) {
            return Err(refusal(&response, Step::Before, &secret, out.now()));
        }
        let template = self.own.text("template_id").unwrap_or_default();
        let (response, secret) =
            self.call(Method::Get, &format!("/v2/template/{}", utf8_percent_encode(template, NON_ALPHANUMERIC)), None, out)?;
        let mut proof = Proof { account: self.account.clone(), ..Proof::default() };
        match response.status {
            404 => proof.obstacles.push(format!("The service has no template {template}. Correct `template:`.")),
            200..=299 => {
                let found = json(&response, Step::Before)?;
                let words = format!("{} {}", found["subject"].as_str().unwrap_or_default(), found["body"].as_str().unwrap_or_default());
                let missing: Vec<&str> = ["subject", "body"].into_iter().filter(|name| !words.contains(&format!("(({name}))"))).collect();
                let told =
                    |name: &str| format!("The template does not show (({name})), so it would not be told. Put it into the template.");
                proof.obstacles.extend(missing.into_iter().map(told));
            }
            _ => return Err(refusal(&response, Step::Before, &secret, out.now())),
        }
        Ok(proof)
    }

    /// How many were delivered, of the one that was sent.
    fn measure(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
        let (response, secret) =
            self.call(Method::Get, &format!("/v2/notifications/{}", utf8_percent_encode(&of.id, NON_ALPHANUMERIC)), None, out)?;
        match response.status {
            200..=299 => Ok(vec![("delivered", u64::from(json(&response, Step::Before)?["status"] == "delivered"))]),
            // Kept for seven days.
            404 => Ok(Vec::new()),
            _ => Err(refusal(&response, Step::Before, &secret, out.now())),
        }
    }
}
