//! A bench for the chat platforms: a channel, its stand-in or a real server, and a way out that can break at any step while
//! the notes of the ledger stay. What each platform must do is in `chat_rooms` and `chat_hooks`.

#![allow(clippy::unwrap_used)]

use crate::channels::{PNG, announcement, hosts, open, settings};
use promulgate::io::outside::Outside;
use promulgate::model::announcement::{Image, ImageFile, Key, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::record::Value as FieldValue;
use promulgate::model::route::SafePath;
use promulgate::model::settings::ChannelSettings;
use promulgate::model::source::{Asset, AssetBytes};
use promulgate::model::transport::{CallError, Channel, Deed, Post, Request, Response, Secret, SendError, Talk, Transport};
use promulgate::rehearsal::{Mishap, Mishaps, StandIns, WallPost};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// The notes of one deed, as the ledger keeps them from one attempt to the next.
pub type Notes = BTreeMap<String, String>;

/// A way out that dies after so many requests: the answer to the last is lost, and nothing leaves after it.
pub struct Fragile<'n> {
    pub out: Outside,
    pub notes: &'n mut Notes,
    /// Requests that are still answered; for ever, if nothing is said.
    pub left: Option<usize>,
    dead: bool,
}

impl<'n> Fragile<'n> {
    pub fn new(out: Outside, notes: &'n mut Notes, left: Option<usize>) -> Fragile<'n> {
        Fragile { out, notes, left, dead: false }
    }

    /// Whether the answer to the request that leaves now is lost.
    fn step(&mut self) -> Result<bool, CallError> {
        if self.dead {
            return Err(CallError::NotSent("the power is gone".into()));
        }
        match &mut self.left {
            Some(0) => {
                self.dead = true;
                Ok(true)
            }
            Some(left) => {
                *left -= 1;
                Ok(false)
            }
            None => Ok(false),
        }
    }

    fn lost<T>() -> Result<T, CallError> {
        Err(CallError::Lost("the cable was cut".into()))
    }
}

impl Transport for Fragile<'_> {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        let lost = self.step()?;
        let answer = self.out.http(request)?;
        if lost { Fragile::lost() } else { Ok(answer) }
    }
    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        self.out.plugin(argv, lines, limit)
    }
    fn now(&mut self) -> jiff::Timestamp {
        self.out.now()
    }
    fn socket(&mut self, url: &str, lines: &mut dyn FnMut(Option<&str>) -> Talk, limit: Duration) -> Result<(), CallError> {
        let lost = self.step()?;
        if !lost {
            return self.out.socket(url, lines, limit);
        }
        // What is said arrives, and the answer does not come back.
        let mut first = true;
        self.out.socket(
            url,
            &mut |heard| {
                let next = if first { lines(heard) } else { Talk::Done };
                first = false;
                next
            },
            limit,
        )?;
        Fragile::lost()
    }
    fn noted(&self, name: &str) -> Option<String> {
        self.notes.get(name).filter(|value| !value.is_empty()).cloned()
    }
    fn note(&mut self, name: &str, value: &str) -> Result<(), CallError> {
        if self.dead {
            return Err(CallError::NotSent("the power is gone".into()));
        }
        self.notes.insert(name.into(), value.into());
        Ok(())
    }
    fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
        self.out.secret(name)
    }
    fn image(&mut self, image: &Image) -> Result<Vec<u8>, CallError> {
        self.out.image(image)
    }
}

/// A channel and its stand-in.
pub struct Desk {
    pub stand_ins: StandIns,
    pub settings: ChannelSettings,
    pub channel: Box<dyn Channel>,
    _folder: tempfile::TempDir,
}

impl Desk {
    pub fn new(platform: &str, own: &[(&'static str, &str)], more: Vec<(&'static str, FieldValue)>) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let stand_ins = StandIns::start(folder.path(), None, Mishaps::none().without_limits()).unwrap();
        let mut settings = settings("norrvik", platform, own);
        settings.own.0.extend(more);
        let channel = open(&settings);
        Desk { stand_ins, settings, channel, _folder: folder }
    }

    pub fn out(&self) -> Outside {
        self.stand_ins.outside(Path::new("."), &self.settings, &hosts(&self.settings))
    }

    /// The same way with another secret.
    pub fn out_with(&self, secret: &str) -> Outside {
        let detours = hosts(&self.settings).into_iter().map(|host| (host, self.stand_ins.url(&self.settings.platform))).collect();
        let secret = secret.to_owned();
        Outside::in_rehearsal(Path::new("."), detours, Box::new(move |_| Ok(Secret::new(secret.clone()))))
    }

    pub fn post(&self, news: &News) -> (Post, Key) {
        post(&*self.channel, &self.settings.platform, news)
    }

    pub fn try_send(&self, news: &News, deed: &Deed) -> Result<Option<Receipt>, SendError> {
        let (post, key) = self.post(news);
        self.channel.send(&post, deed, &key, &mut Fragile::new(self.out(), &mut Notes::new(), None))
    }

    pub fn send(&self, news: &News, deed: &Deed) -> Receipt {
        self.try_send(news, deed).unwrap().unwrap()
    }

    pub fn find(&self, news: &News, deed: &Deed) -> Option<Receipt> {
        let (post, key) = self.post(news);
        self.channel.find(&post, deed, &key, &mut self.out()).unwrap()
    }

    /// The posts of a page that are there.
    pub fn there(&self, link: &str) -> Vec<WallPost> {
        self.stand_ins.posts().into_iter().filter(|post| !post.deleted && post.text.contains(link)).collect()
    }

    /// What sending comes to when a mishap happens to it.
    pub fn after(&self, mishap: Mishap) -> SendError {
        self.stand_ins.mishap(mishap);
        self.try_send(&crate::channels::news("sv", "Något går fel"), &Deed::New).unwrap_err()
    }
}

/// The first post of some news and its key.
pub fn post(channel: &dyn Channel, platform: &str, news: &News) -> (Post, Key) {
    let announcement = announcement(platform, channel.account(), news);
    let mut posts = channel.compose(&announcement);
    assert!(posts.findings.is_empty(), "{:?}", posts.findings);
    (posts.value.remove(0), announcement.key)
}

/// A picture with words.
pub const ALT: &str = "Karta över linje 7, från torget till hamnen";

/// News with a picture.
pub fn with_picture(news: News) -> News {
    let path = SafePath::new("content/decisions/2026/map.png").unwrap();
    let image = Image {
        file: ImageFile::Source(Asset { path, bytes: AssetBytes::BuiltIn(PNG), picture: None }),
        media_type: "image/png",
        alt: ALT.into(),
        url: "https://norrvik.example/decisions/2026/map.png".into(),
        size: Some((1, 1)),
    };
    News { images: vec![image], ..news }
}

/// Cuts the way out after each step in turn, then goes on as delivery does: it looks, and sends again only what is not
/// there. Gives how many steps there were. `there` counts the posts of a page.
pub fn cut_after_every_step(
    channel: &dyn Channel,
    platform: &str,
    out: &dyn Fn() -> Outside,
    make: &dyn Fn() -> News,
    there: &dyn Fn(&News) -> usize,
) -> usize {
    for step in 0..40 {
        let news = make();
        let (post, key) = post(channel, platform, &news);
        let mut notes = Notes::new();
        let cut = channel.send(&post, &Deed::New, &key, &mut Fragile::new(out(), &mut notes, Some(step)));
        match cut {
            Ok(_) => {
                assert_eq!(there(&news), 1);
                return step;
            }
            Err(SendError::Unknown { .. }) => {
                let found = channel.find(&post, &Deed::New, &key, &mut Fragile::new(out(), &mut notes, None)).unwrap();
                if found.is_none() {
                    channel.send(&post, &Deed::New, &key, &mut Fragile::new(out(), &mut notes, None)).unwrap();
                }
            }
            Err(SendError::Retry { .. }) => {
                channel.send(&post, &Deed::New, &key, &mut Fragile::new(out(), &mut notes, None)).unwrap();
            }
            Err(other) => panic!("step {step}: {other}"),
        }
        assert_eq!(there(&news), 1, "cut after step {step}");
    }
    panic!("a post of forty steps");
}

/// Asks a server directly.
pub fn ask(out: &mut Outside, request: Request) -> (u16, Value) {
    let answer = out.http(&request).unwrap();
    (answer.status, serde_json::from_slice(&answer.body).unwrap_or_default())
}

#[test]
fn a_channel_whose_settings_cannot_work_is_told_by_check_with_place_and_remedy() {
    let check = |channel: &str| {
        let site = crate::sandbox::Sandbox::new();
        site.write(
            "promulgate.yaml",
            format!("title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv]\nchannels:\n  press: {channel}\n").as_bytes(),
        );
        let said = site.run(&["check"]);
        (said.code, said.stderr)
    };
    for (channel, message, help) in [
        ("{platform: discord, mode: bot, channel: '1288'}", "`mode: bot` needs `token`.", "such as `token: env:DISCORD_TOKEN`"),
        ("{platform: discord, mode: bot, token: 'env:T'}", "`mode: bot` needs `channel`.", "such as `channel: 1288"),
        ("{platform: discord, mode: webhook, token: 'env:T'}", "`mode: webhook` needs `url`.", "such as `url: env:DISCORD_WEBHOOK`"),
        ("{platform: slack, mode: bot, url: 'env:U', channel: C01}", "`mode: bot` needs `token`.", "such as `token: env:SLACK_TOKEN`"),
        ("{platform: slack, mode: webhook}", "`mode: webhook` needs `url`.", "such as `url: env:SLACK_WEBHOOK`"),
        (
            "{platform: email, server: mail.norrvik.example, from: a@norrvik.example, to: b@norrvik.example}",
            "`mail.norrvik.example` is not the address of a mail server.",
            "Write `smtps://HOST`",
        ),
        (
            "{platform: email, server: 'smtp://mail.norrvik.example', from: a@norrvik.example, to: b@norrvik.example}",
            "mail.norrvik.example` is another machine, and nothing goes there without encryption.",
            "`insecure: true`",
        ),
        (
            "{platform: email, server: 'smtp://mail.norrvik.example', insecure: true, user: u, password: 'env:P', from: a@norrvik.example, to: b@norrvik.example}",
            "nothing goes there without encryption.",
            "Only mail without a password",
        ),
    ] {
        let (code, said) = check(channel);
        assert!(code == 1 && said.contains(message) && said.contains(help), "{channel}\n{said}");
        assert!(said.contains(" --> promulgate.yaml:5:"), "{channel}\n{said}");
    }
    for channel in [
        "{platform: discord, mode: bot, token: 'env:T', channel: '1288'}",
        "{platform: slack, mode: webhook, url: 'env:U'}",
        "{platform: email, server: 'smtp://localhost:25', from: a@norrvik.example, to: b@norrvik.example}",
        "{platform: email, server: 'smtp://mail.norrvik.example', insecure: true, from: a@norrvik.example, to: b@norrvik.example}",
    ] {
        let (_, said) = check(channel);
        assert!(!said.contains("bad-settings"), "{channel}\n{said}");
    }
}
