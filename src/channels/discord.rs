//! Discord, by a webhook or by a bot. In: announcements. Out: messages in a channel.
//!
//! Facts from <https://docs.discord.com/developers/resources/webhook> and `resources/message`. A webhook's message is edited
//! and deleted below the webhook's own address and cannot be looked for: a lost answer waits for a person. A bot's message
//! carries a `nonce` that Discord remembers for some minutes, and the channel's history can be read. No message ever calls
//! anyone: `allowed_mentions` is empty.

use crate::channels::answers::{Step, json, silence, text as field};
use crate::channels::channel::Platform;
use crate::channels::chat::{patient, refused, secret, value};
use crate::channels::fit::{self, Rule};
use crate::channels::server;
use crate::channels::{discord_find, text};
use crate::model::announcement::{Announcement, Key};
use crate::model::finding::Checked;
use crate::model::kind::{Field, Shape};
use crate::model::ledger::Receipt;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{
    Abilities, Body, Channel, Counter, Dedupe, Deed, Delete, Edit, LookUp, Method, Part, Pictures, Post, Preview, Proof, Reply, Request,
    Response, Secret, SendError, Transport,
};
use serde_json::{Value, json as value_of};

const SERVER: &str = "https://discord.com";
/// Characters of a message.
const LIMIT: usize = 2000;
/// Names of the files of a message; it takes ten.
const FILES: [&str; 10] =
    ["files[0]", "files[1]", "files[2]", "files[3]", "files[4]", "files[5]", "files[6]", "files[7]", "files[8]", "files[9]"];
/// Characters of a picture's words.
const ALT: usize = 1024;

/// Discord.
pub static PLATFORM: Platform = Platform {
    name: "discord",
    about: "A channel on a Discord server, by a webhook or a bot.",
    fields: &[
        Field::new("mode", Shape::Word(&["webhook", "bot"]), "How messages get there; a bot's can be looked up.", "bot").required(),
        Field::new("url", Shape::Secret, "Address of the webhook (mode `webhook`): whoever knows it can post.", "env:DISCORD_WEBHOOK")
            .needed_where("mode", "webhook"),
        Field::new("token", Shape::Secret, "Token of the bot (mode `bot`).", "env:DISCORD_TOKEN").needed_where("mode", "bot"),
        Field::new("channel", Shape::Text, "Id of the channel (mode `bot`).", "1288000000000000001").needed_where("mode", "bot"),
        Field::new("guild", Shape::Text, "Id of the server, for addresses of messages.", "1288000000000000000"),
        Field::new(
            "account",
            Shape::Text,
            "Identity of the webhook's posts; keeps them its own when the channel is renamed.",
            "norrvik-news",
        ),
        Field::new("server", Shape::Url, "Address of the API, if not Discord's own.", "https://discord.com"),
    ],
    abilities: BY_HOOK,
    terms: &[],
    hosts: |own| server::hosts(own, SERVER),
    open: |settings, _| Box::new(Discord::new(settings)),
};

const BY_HOOK: Abilities = Abilities {
    edit: Edit::Text,
    delete: Delete::Yes,
    pictures: Pictures::UpTo(FILES.len() as u32),
    alt: true,
    preview: Preview::Scraped,
    counter: Counter::Characters,
    ..Abilities::LEAST
};
const BY_BOT: Abilities = Abilities { look_up: LookUp::Link, dedupe: Dedupe::ClientId, reply: Reply::Native, ..BY_HOOK };

/// A configured channel.
pub(crate) struct Discord {
    server: String,
    pub(crate) channel: String,
    guild: Option<String>,
    account: String,
    bot: bool,
}

impl Discord {
    fn new(settings: &ChannelSettings) -> Discord {
        let own = |name: &str| settings.own.text(name);
        let bot = own("mode") == Some("bot");
        let channel = own("channel").unwrap_or_default().to_owned();
        let account = match (bot, own("account")) {
            (true, _) => format!("channel/{channel}"),
            (false, name) => format!("webhook/{}", name.unwrap_or(&settings.name)),
        };
        let server = server::of(&settings.own, SERVER).to_owned();
        Discord { server, channel, guild: own("guild").map(str::to_owned), account, bot }
    }

    /// Calls the API: `path` follows the channel's messages, or the webhook's. The address of a webhook is its secret.
    pub(crate) fn call(&self, method: Method, path: &str, body: Body, out: &mut dyn Transport) -> Result<(Response, Secret), SendError> {
        let step = if method == Method::Get { Step::Before } else { Step::Post };
        let (request, hidden) = if self.bot {
            let token = secret(out, "token")?;
            let url = format!("{}/api/v10/channels/{}/messages{path}", self.server, self.channel);
            (Request::new(method, url).secret("authorization", Secret::new(format!("Bot {}", token.expose()))), token)
        } else {
            let hook = secret(out, "url")?;
            // A thread is named in the query, and stays there.
            let (base, query) = hook.expose().split_once('?').unwrap_or((hook.expose(), ""));
            let path = if path.is_empty() { "?wait=true".to_owned() } else { format!("/messages{path}") };
            let (path, own) = path.split_once('?').unwrap_or((&path, ""));
            let query = [own, query].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("&");
            let mark = if query.is_empty() { "" } else { "?" };
            let url = format!("{}{path}{mark}{query}", base.trim_end_matches('/'));
            let token = base.rsplit('/').next().unwrap_or_default().to_owned();
            (Request::new(method, url), Secret::new(token))
        };
        out.http(&Request { body, ..request }).map(|response| (response, hidden)).map_err(|error| silence(error, step))
    }

    fn get(&self, path: &str, out: &mut dyn Transport) -> Result<Value, SendError> {
        let token = secret(out, "token")?;
        let authorization = Secret::new(format!("Bot {}", token.expose()));
        let request = Request::new(Method::Get, format!("{}/api/v10{path}", self.server)).secret("authorization", authorization);
        accepted(&out.http(&request).map_err(|error| silence(error, Step::Before))?, Step::Before, &token)
    }

    /// The id of the bot.
    pub(crate) fn me(&self, out: &mut dyn Transport) -> Result<String, SendError> {
        Ok(field(&self.get("/users/@me", out)?, "id", Step::Before)?.to_owned())
    }

    fn make(&self, post: &Post, parent: Option<&Receipt>, key: &Key, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let mut message = post.payload.clone();
        if self.bot {
            message["nonce"] = value_of!(&key.as_str()[..25]);
            message["enforce_nonce"] = value_of!(true);
        }
        if let Some(parent) = parent {
            // Where the parent has been deleted, the message is better than none.
            message["message_reference"] = value_of!({"message_id": parent.id, "fail_if_not_exists": false});
        }
        let mut parts = Vec::new();
        for (image, name) in post.images.iter().zip(FILES) {
            let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
            parts.push(Part { name, file: Some((image.path().name().to_owned(), image.media_type)), bytes });
        }
        let body = if parts.is_empty() {
            as_json(&message)
        } else {
            parts.insert(0, Part { name: "payload_json", file: None, bytes: message.to_string().into_bytes() });
            Body::Multipart(parts)
        };
        let (response, token) = self.call(Method::Post, "", body, out)?;
        self.receipt(&accepted(&response, Step::Post, &token)?)
    }

    /// Where a message is.
    pub(crate) fn receipt(&self, message: &Value) -> Result<Receipt, SendError> {
        let id = field(message, "id", Step::Post)?.to_owned();
        let channel = message["channel_id"].as_str().unwrap_or(&self.channel);
        let url = self.guild.as_ref().map(|guild| format!("https://discord.com/channels/{guild}/{channel}/{id}"));
        Ok(Receipt { id, url: url.unwrap_or_default(), version_id: String::new() })
    }

    fn edit(&self, post: &Post, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let body = value_of!({"content": post.text, "allowed_mentions": {"parse": []}});
        let (response, token) = self.call(Method::Patch, &format!("/{}", of.id), as_json(&body), out)?;
        accepted(&response, Step::Post, &token).map(|_| of.clone())
    }

    fn delete(&self, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
        let (response, token) = self.call(Method::Delete, &format!("/{}", of.id), Body::Empty, out)?;
        match response.status {
            200..=299 => Ok(of.clone()),
            _ if code(&response) == UNKNOWN_MESSAGE => Ok(of.clone()),
            _ => accepted(&response, Step::Post, &token).map(|_| of.clone()),
        }
    }
}

impl Channel for Discord {
    fn account(&self) -> &str {
        &self.account
    }

    fn abilities(&self) -> Abilities {
        if self.bot { BY_BOT } else { BY_HOOK }
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let count = |words: &str| text::characters(words, LIMIT);
        fit::posts(announcement, &Rule { count: &count, tags: false, thread: self.bot }, |part, words| {
            let images: Vec<_> = announcement.news.images.iter().take(if part == 0 { FILES.len() } else { 0 }).cloned().collect();
            let mut payload = value_of!({"content": words, "allowed_mentions": {"parse": []}});
            let attached = images.iter().enumerate().map(|(at, image)| {
                let description: String = image.alt.chars().take(ALT).collect();
                value_of!({"id": at, "filename": image.path().name(), "description": description})
            });
            if !images.is_empty() {
                payload["attachments"] = attached.collect();
            }
            Post { images, ..Post::new(announcement, &words, count(&words), payload) }
        })
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        match deed {
            Deed::New => self.make(post, None, key, out),
            Deed::Reply { to, .. } if self.bot => self.make(post, Some(to), key, out),
            Deed::Reply { .. } => {
                Err(SendError::Refused { reason: "a webhook on Discord cannot answer a message; use `mode: bot`".into() })
            }
            Deed::Edit(of) => self.edit(post, of, out),
            Deed::Delete(of) => self.delete(of, out),
        }
        .map(Some)
    }

    fn find(&self, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let made = matches!(deed, Deed::New | Deed::Reply { .. });
        match made && !self.bot {
            true => Err(SendError::Unknown { reason: "a webhook on Discord cannot be asked what it has taken".into() }),
            false => discord_find::find(self, post, deed, key, out),
        }
    }

    fn prove(&self, out: &mut dyn Transport) -> Result<Proof, SendError> {
        if !self.bot {
            let hook = secret(out, "url")?;
            let (base, _) = hook.expose().split_once('?').unwrap_or((hook.expose(), ""));
            let token = Secret::new(base.rsplit('/').next().unwrap_or_default());
            let response = out.http(&Request::new(Method::Get, base)).map_err(|error| silence(error, Step::Before))?;
            let found = accepted(&response, Step::Before, &token)?;
            let account = found["name"].as_str().unwrap_or_default().to_owned();
            let seen = vec![format!("The webhook posts to channel {}.", found["channel_id"].as_str().unwrap_or("?"))];
            return Ok(Proof { account, seen, ..Proof::default() });
        }
        let me = self.get("/users/@me", out)?;
        let mut proof = Proof { account: me["username"].as_str().unwrap_or_default().to_owned(), ..Proof::default() };
        match self.get(&format!("/channels/{}", self.channel), out) {
            Ok(channel) => proof.seen.push(format!("It sees the channel {}.", channel["name"].as_str().unwrap_or(&self.channel))),
            Err(SendError::Account { .. } | SendError::Refused { .. }) => proof.obstacles.push(format!(
                "The bot does not see the channel {}; let it view the channel, send messages and read their history.",
                self.channel
            )),
            Err(error) => return Err(error),
        }
        Ok(proof)
    }
}

/// JSON error codes of <https://docs.discord.com/developers/topics/opcodes-and-status-codes>.
pub(crate) const UNKNOWN_MESSAGE: u64 = 10008;
const UNKNOWN_WEBHOOK: u64 = 10015;
const UNKNOWN_CHANNEL: u64 = 10003;

/// The code in a bad answer.
pub(crate) fn code(response: &Response) -> u64 {
    if response.status < 400 { 0 } else { value(response)["code"].as_u64().unwrap_or_default() }
}

/// The value of a good answer, or what a bad one means.
pub(crate) fn accepted(response: &Response, step: Step, hidden: &Secret) -> Result<Value, SendError> {
    if (200..300).contains(&response.status) {
        return json(response, step);
    }
    let said = value(response);
    let error = refused(response, said["message"].as_str().unwrap_or_default(), step, hidden);
    match (error, code(response)) {
        (SendError::Refused { reason }, UNKNOWN_WEBHOOK | UNKNOWN_CHANNEL) => Err(SendError::Account { reason }),
        // The body counts parts of a second; a gateway before Discord answers without one.
        (error, _) => {
            let told = ["x-ratelimit-reset-after", "retry-after"].into_iter().find_map(|name| response.header(name)?.trim().parse().ok());
            Err(patient(error, response, said["retry_after"].as_f64().or(told)))
        }
    }
}

fn as_json(value: &Value) -> Body {
    Body::Bytes("application/json", value.to_string().into_bytes())
}
