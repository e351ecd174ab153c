//! What the tests of single networks share: a channel with its stand-in, and a wire that can be cut, that answers from a
//! script, and that keeps notes from one attempt to the next.

#![allow(clippy::unwrap_used)]

use crate::channels::{announcement, hosts, open, settings};
use promulgate::io::outside::Outside;
use promulgate::model::announcement::{Act, Announcement, Event, Image, ImageFile, Key, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::record::Value as FieldValue;
use promulgate::model::route::SafePath;
use promulgate::model::settings::ChannelSettings;
use promulgate::model::source::{Asset, AssetBytes};
use promulgate::model::transport::{CallError, Channel, Deed, Post, Request, Response, Secret, SendError, Transport};
use promulgate::rehearsal::{Mishap, Mishaps, StandIns, WallPost};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// The first bytes of a picture are enough for a stand-in.
const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 0x10, b'J', b'F', b'I', b'F', 0, 0xff, 0xd9];

/// A channel and the stand-in that it posts to.
pub struct Rig {
    pub channel: Box<dyn Channel>,
    pub settings: ChannelSettings,
    stand_ins: StandIns,
    _folder: tempfile::TempDir,
}

/// An answer of a script: to which address, with which status, headers and body.
type Answer = (String, u16, Vec<(&'static str, String)>, String);

/// The wire between them.
pub struct Wire {
    /// The way to the stand-in.
    pub out: Outside,
    /// What the ledger would keep.
    pub notes: BTreeMap<String, String>,
    /// Secrets that were replaced.
    pub rotated: BTreeMap<String, String>,
    /// Every request and every rotation, in order: method and path.
    pub asked: Vec<String>,
    /// The answer to the request of this number is lost, and nothing gets through after it.
    pub cut: Option<usize>,
    /// Answers to addresses that hold a text, or end with it where `$` stands behind it, in place of the stand-in's.
    pub script: Vec<Answer>,
}

impl Rig {
    /// A channel called `norrvik`, with these settings of its own.
    pub fn new(platform: &str, own: &[(&'static str, &str)]) -> Rig {
        Rig::named("norrvik", platform, own, &[])
    }

    /// A channel with a name and flags.
    pub fn named(name: &str, platform: &str, own: &[(&'static str, &str)], flags: &[&'static str]) -> Rig {
        let folder = tempfile::tempdir().unwrap();
        let stand_ins = StandIns::start(folder.path(), None, Mishaps::none().without_limits()).unwrap();
        let mut settings = settings(name, platform, own);
        settings.own.0.extend(flags.iter().map(|flag| (*flag, FieldValue::Flag(true))));
        Rig { channel: open(&settings), settings, stand_ins, _folder: folder }
    }

    /// The same channel as a later run opens it.
    pub fn again(&self) -> Box<dyn Channel> {
        open(&self.settings)
    }

    pub fn url(&self) -> String {
        self.stand_ins.url(&self.settings.platform)
    }

    pub fn mishap(&self, mishap: Mishap) {
        self.stand_ins.mishap(mishap);
    }

    pub fn wire(&self) -> Wire {
        let out = self.stand_ins.outside(Path::new("."), &self.settings, &hosts(&self.settings));
        Wire { out, notes: BTreeMap::new(), rotated: BTreeMap::new(), asked: Vec::new(), cut: None, script: Vec::new() }
    }

    /// A wire that answers requests to addresses with `part` by itself.
    pub fn scripted(&self, part: &str, status: u16, body: &str) -> Wire {
        Wire { script: vec![(part.into(), status, Vec::new(), body.into())], ..self.wire() }
    }

    pub fn announcement(&self, news: &News) -> Announcement {
        announcement(&self.settings.platform, self.channel.account(), news)
    }

    pub fn post(&self, news: &News) -> (Post, Key) {
        self.post_as(news, Act::Post)
    }

    pub fn post_as(&self, news: &News, act: Act) -> (Post, Key) {
        let announcement = Announcement { act, ..self.announcement(news) };
        let mut posts = self.channel.compose(&announcement);
        assert!(posts.findings.is_empty(), "{:?}", posts.findings);
        (posts.value.remove(0), announcement.key)
    }

    /// A post as a reply is composed.
    pub fn reply(&self, news: &News) -> (Post, Key) {
        let key = self.announcement(news).key;
        self.post_as(news, Act::Reply { to: key.clone(), root: key })
    }

    pub fn send(&self, news: &News, deed: &Deed) -> Receipt {
        self.try_send(news, deed, &mut self.wire()).unwrap()
    }

    pub fn try_send(&self, news: &News, deed: &Deed, wire: &mut Wire) -> Result<Receipt, SendError> {
        let (post, key) = if matches!(deed, Deed::Reply { .. }) { self.reply(news) } else { self.post(news) };
        self.channel.send(&post, deed, &key, wire).map(Option::unwrap)
    }

    pub fn find(&self, news: &News, deed: &Deed) -> Option<Receipt> {
        self.try_find(news, deed).unwrap()
    }

    pub fn try_find(&self, news: &News, deed: &Deed) -> Result<Option<Receipt>, SendError> {
        let (post, key) = if matches!(deed, Deed::Reply { .. }) { self.reply(news) } else { self.post(news) };
        self.channel.find(&post, deed, &key, &mut self.wire())
    }

    /// Changes a post, takes it away, and that once more; each is found only once it is done.
    pub fn is_changed_and_taken_away(&self, corrected: &News, of: &Receipt) {
        let deed = Deed::Edit(of.clone());
        assert_eq!(self.find(corrected, &deed), None, "not edited yet");
        assert_eq!(self.send(corrected, &deed), *of);
        assert_eq!(self.find(corrected, &deed), Some(of.clone()));
        let deed = Deed::Delete(of.clone());
        assert_eq!(self.find(corrected, &deed), None, "still there");
        self.send(corrected, &deed);
        self.send(corrected, &deed);
        assert_eq!(self.find(corrected, &deed), Some(of.clone()));
    }

    /// What is on the network now.
    pub fn shown(&self) -> Vec<WallPost> {
        self.stand_ins.posts().into_iter().filter(|post| !post.deleted).collect()
    }

    /// Cuts the wire after each request in turn, and goes on as delivery would: looks where nobody knows, sends again where
    /// nothing is there. Each time one post must be the end of it.
    pub fn survives_every_cut(platform: &str, own: &[(&'static str, &str)], news: &dyn Fn() -> News) {
        let mut cuts = 0;
        loop {
            let rig = Rig::new(platform, own);
            let news = news();
            let (post, key) = rig.post(&news);
            let mut wire = Wire { cut: Some(cuts), ..rig.wire() };
            let first = rig.channel.send(&post, &Deed::New, &key, &mut wire);
            let mut wire = Wire { notes: wire.notes, rotated: wire.rotated, ..rig.wire() };
            let channel = rig.again();
            match first {
                Ok(_) => break,
                Err(SendError::Unknown { .. }) => {
                    let found = channel.find(&post, &Deed::New, &key, &mut wire).unwrap();
                    assert!(found.is_some(), "cut {cuts}: the post was made and is not found");
                }
                Err(SendError::Retry { .. }) => {
                    channel.send(&post, &Deed::New, &key, &mut wire).unwrap();
                }
                Err(other) => panic!("cut {cuts}: {other:?}"),
            }
            assert_eq!(rig.shown().len(), 1, "cut {cuts}: {:?}", wire.asked);
            cuts += 1;
        }
        assert!(cuts > 0, "nothing was cut");
    }
}

impl Transport for Wire {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        let path = url::Url::parse(&request.url).unwrap();
        let number = self.asked.iter().filter(|asked| !asked.starts_with("rotate")).count();
        self.asked.push(format!("{:?} {}", request.method, path.path()));
        let fits = |part: &str| part.strip_suffix('$').map_or_else(|| request.url.contains(part), |end| request.url.ends_with(end));
        if let Some((_, status, headers, body)) = self.script.iter().find(|(part, ..)| fits(part)) {
            let headers = headers.iter().map(|(name, text)| (name.to_string(), text.clone())).collect();
            return Ok(Response { status: *status, headers, body: body.clone().into_bytes() });
        }
        match self.cut {
            Some(cut) if number > cut => Err(CallError::NotSent("the power is off".into())),
            Some(cut) if number == cut => self.out.http(request).and(Err(CallError::Lost("the cable was cut".into()))),
            _ => self.out.http(request),
        }
    }
    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        self.out.plugin(argv, lines, limit)
    }
    fn noted(&self, name: &str) -> Option<String> {
        self.notes.get(name).cloned().filter(|value| !value.is_empty())
    }
    fn note(&mut self, name: &str, value: &str) -> Result<(), CallError> {
        self.notes.insert(name.into(), value.into());
        Ok(())
    }
    fn rotate(&mut self, name: &str, value: &Secret) -> Result<(), CallError> {
        self.asked.push(format!("rotate {name}"));
        self.rotated.insert(name.into(), value.expose().into());
        Ok(())
    }
    fn now(&mut self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
    fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
        self.rotated.get(name).map_or_else(|| self.out.secret(name), |value| Ok(Secret::new(value)))
    }
    fn image(&mut self, image: &Image) -> Result<Vec<u8>, CallError> {
        self.out.image(image)
    }
}

/// A picture of the record's own.
pub fn picture(alt: &str) -> Image {
    let file = Asset { path: SafePath::new("content/decisions/2026/map.jpg").unwrap(), bytes: AssetBytes::BuiltIn(JPEG), picture: None };
    Image {
        file: ImageFile::Source(file),
        media_type: "image/jpeg",
        alt: alt.into(),
        url: "https://norrvik.example/decisions/2026/map.jpg".into(),
        size: Some((1200, 630)),
    }
}

pub fn reworded(news: &News, text: &str) -> News {
    News { wordings: vec![format!("{text}\n\n{}", news.link)], ..news.clone() }
}

pub fn later(news: &News, event: Event, version: &str, text: &str) -> News {
    News { event, version: version.into(), ..reworded(news, text) }
}

/// The kind of an error, for tables.
pub fn kind(error: &SendError) -> &'static str {
    match error {
        SendError::Retry { .. } => "retry",
        SendError::Unknown { .. } => "unknown",
        SendError::Refused { .. } => "refused",
        SendError::Person { .. } => "person",
        SendError::Account { .. } => "account",
    }
}

pub fn reason(error: &SendError) -> &str {
    match error {
        SendError::Retry { reason, .. }
        | SendError::Unknown { reason }
        | SendError::Refused { reason }
        | SendError::Person { reason }
        | SendError::Account { reason } => reason,
    }
}
