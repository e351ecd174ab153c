//! One contract for every place that posts can go: the stand-ins pass it, and so do the real servers, so that they cannot
//! drift apart. A real Bluesky PDS and snac2, a server with the Mastodon API, are started on loopback.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use crate::servers;
use promulgate::channels::PLATFORMS;
use promulgate::io::outside::{Outside, Programs};
use promulgate::model::announcement::{Act, Announcement, Card, Event, Image, ImageFile, Key, News};
use promulgate::model::date::Instant;
use promulgate::model::ledger::Receipt;
use promulgate::model::record::{Fields, RecordId, Value as FieldValue};
use promulgate::model::route::SafePath;
use promulgate::model::settings::{ChannelSettings, CorrectBy};
use promulgate::model::source::{Asset, AssetBytes};
use promulgate::model::transport::{
    Body, CallError, Channel, Deed, LookUp, Method, Post, Request, Response, Secret, SendError, Speak, Transport,
};
use promulgate::rehearsal::{Mishap, Mishaps, StandIns};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A red dot, 1 × 1.
pub const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90,
    0x77, 0x53, 0xde, 0, 0, 0, 0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0xc9, 0xfe, 0x92, 0xef,
    0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// What a server is known not to do; everything else it must do.
#[derive(Default, Clone, Copy)]
struct Lacks {
    /// An edit leaves a post's id as it was: snac begins an id with the second of the last edit, and reads only the rest.
    ids: bool,
    keys: bool,
    limit: bool,
    deleting: bool,
    lang: bool,
}

/// A channel and a way to its server.
pub struct Bench {
    channel: Box<dyn Channel>,
    platform: &'static str,
    url: String,
    secret: String,
    lacks: Lacks,
    _stand_ins: Option<(StandIns, tempfile::TempDir)>,
}

pub fn settings(name: &str, platform: &str, own: &[(&'static str, &str)]) -> ChannelSettings {
    ChannelSettings {
        name: name.into(),
        label: None,
        profile: None,
        platform: platform.into(),
        own: Fields(own.iter().map(|(name, text)| (*name, FieldValue::Text(text.to_string()))).collect()),
        secrets: BTreeMap::new(),
        rotated: BTreeMap::new(),
        foreign: Vec::new(),
        languages: vec!["sv".parse().unwrap()],
        kinds: vec!["decision"],
        audiences: Vec::new(),
        on: Event::ALL.to_vec(),
        correct_by: CorrectBy::Reply,
        hashtags: BTreeMap::new(),
        template: BTreeMap::new(),
    }
}

fn bearer(token: &str) -> (&'static str, Secret) {
    ("authorization", Secret::new(format!("Bearer {token}")))
}

/// The addresses that a channel's requests begin with.
pub fn hosts(settings: &ChannelSettings) -> Vec<String> {
    let platform = PLATFORMS.iter().find(|platform| platform.name == settings.platform).unwrap();
    (platform.hosts)(&settings.own)
}

pub fn open(settings: &ChannelSettings) -> Box<dyn Channel> {
    let speak: Arc<dyn Speak> = Arc::new(Programs::new(Path::new(env!("CARGO_MANIFEST_DIR"))));
    let platform = PLATFORMS.iter().find(|platform| platform.name == settings.platform).unwrap();
    (platform.open)(settings, &speak)
}

impl Bench {
    fn new(platform: &'static str, url: &str, handle: &str, secret: &str) -> Bench {
        let channel = open(&settings("test", platform, &[("server", url), ("handle", handle)]));
        Bench { channel, platform, url: url.into(), secret: secret.into(), lacks: Lacks::default(), _stand_ins: None }
    }

    fn stand_in(platform: &'static str) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let stand_ins = StandIns::start(folder.path(), None, Mishaps::none().without_limits()).unwrap();
        let bench = match platform {
            "mastodon" => Bench::new(platform, &stand_ins.url("mastodon"), "norrvik", "rehearsal-norrvik"),
            _ => Bench::new(platform, &stand_ins.url("bluesky"), "norrvik.test", "rehearsal"),
        };
        Bench { _stand_ins: Some((stand_ins, folder)), ..bench }
    }

    fn pds() -> Bench {
        let real = servers::pds();
        Bench::new("bluesky", &real.url, &real.handle, &real.secret)
    }

    fn snac() -> Bench {
        let real = servers::snac();
        let lacks = Lacks { ids: true, keys: true, limit: true, deleting: true, lang: true };
        Bench { lacks, ..Bench::new("mastodon", &real.url, &real.handle, &real.secret) }
    }

    fn out(&self) -> Outside {
        outside(&self.secret)
    }

    fn mishap(&self, mishap: Mishap) {
        self._stand_ins.as_ref().unwrap().0.mishap(mishap);
    }

    fn post(&self, news: &News) -> (Post, Key) {
        let announcement = announcement(self.platform, self.channel.account(), news);
        let mut posts = self.channel.compose(&announcement);
        assert!(posts.findings.is_empty(), "{:?}", posts.findings);
        (posts.value.remove(0), announcement.key)
    }

    fn send(&self, news: &News, deed: &Deed) -> Receipt {
        let (post, key) = self.post(news);
        self.channel.send(&post, deed, &key, &mut self.out()).unwrap().unwrap()
    }

    fn find(&self, news: &News, deed: &Deed) -> Option<Receipt> {
        let (post, key) = self.post(news);
        self.channel.find(&post, deed, &key, &mut self.out()).unwrap()
    }

    /// What the server shows of a post.
    fn shown(&self, receipt: &Receipt) -> Value {
        let mut request = match self.platform {
            "mastodon" => Request::new(Method::Get, format!("{}/api/v1/statuses/{}", self.url, receipt.id)),
            _ => {
                let parts: Vec<&str> = receipt.id.trim_start_matches("at://").split('/').collect();
                Request::new(
                    Method::Get,
                    format!("{}/xrpc/com.atproto.repo.getRecord?repo={}&collection={}&rkey={}", self.url, parts[0], parts[1], parts[2]),
                )
            }
        };
        if self.platform == "mastodon" {
            request = request.bearer(&Secret::new(&self.secret));
        }
        serde_json::from_slice(&self.out().http(&request).unwrap().body).unwrap()
    }

    /// How many posts of the account link to a page.
    fn count(&self, link: &str) -> usize {
        let mut out = self.out();
        let get = |url: String| Request {
            secrets: (self.platform == "mastodon").then(|| bearer(&self.secret)).into_iter().collect(),
            ..Request::new(Method::Get, url)
        };
        let mut ask = |url: String| String::from_utf8(out.http(&get(url)).unwrap().body).unwrap();
        let all = match self.platform {
            "mastodon" => {
                let me: Value = serde_json::from_str(&ask(format!("{}/api/v1/accounts/verify_credentials", self.url))).unwrap();
                let statuses: Vec<Value> =
                    serde_json::from_str(&ask(format!("{}/api/v1/accounts/{}/statuses?limit=40", self.url, me["id"].as_str().unwrap())))
                        .unwrap();
                statuses.iter().map(|status| status["content"].to_string()).collect::<Vec<_>>()
            }
            _ => {
                let handle = self.channel.account().rsplit('/').next().unwrap();
                let list: Value = serde_json::from_str(&ask(format!(
                    "{}/xrpc/com.atproto.repo.listRecords?repo={handle}&collection=app.bsky.feed.post&limit=100",
                    self.url
                )))
                .unwrap();
                list["records"].as_array().unwrap().iter().map(|record| record["value"]["facets"].to_string()).collect()
            }
        };
        all.iter().filter(|text| text.contains(link)).count()
    }
}

pub fn outside(secret: &str) -> Outside {
    let secret = secret.to_owned();
    Outside::in_rehearsal(Path::new("."), Vec::new(), Box::new(move |_| Ok(Secret::new(secret.clone()))))
}

pub fn announcement(platform: &str, account: &str, news: &News) -> Announcement {
    let key = Key::of(platform, account, &news.record, news.lang, &news.version, news.event);
    Announcement { key, channel: "test".into(), news: news.clone(), act: Act::Post }
}

/// The post of an announcement as it would be sent, without asking a channel.
pub fn post_of(announcement: &Announcement) -> Post {
    let news = &announcement.news;
    let counted = promulgate::channels::text::plain(&news.wordings[0], 1000);
    Post::new(announcement, &news.wordings[0], counted, serde_json::json!({}))
}

/// News of a page that no other test tells about.
pub fn news(lang: &str, text: &str) -> News {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let link = format!("https://norrvik.example/decisions/2026/night-buses-{number}-{}/", std::process::id());
    News {
        record: RecordId(format!("decisions/2026/night-buses-{number}")),
        kind: "decision",
        lang: lang.parse().unwrap(),
        event: Event::Published,
        version: "1".into(),
        at: Instant::utc("2026-09-01T08:00:00Z".parse().unwrap()),
        wordings: vec![format!("{text}\n\n{link}"), link.clone()],
        link,
        hashtags: vec!["Norrvik".into()],
        card: Card { title: "Night buses all week".into(), description: "From 12 November, buses run all night.".into() },
        images: Vec::new(),
        drawn: Vec::new(),
        urgent: false,
    }
}

pub fn reworded(news: &News, text: &str) -> News {
    News { wordings: vec![format!("{text}\n\n{}", news.link)], ..news.clone() }
}

pub fn updated(news: &News, version: &str, text: &str) -> News {
    News { event: Event::Updated, version: version.into(), ..reworded(news, text) }
}

/// Passes everything on and loses the answer to a write.
struct Lossy(Outside);

impl Transport for Lossy {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        let answer = self.0.http(request)?;
        let writes = request.url.ends_with("/api/v1/statuses") || request.url.ends_with("putRecord");
        if writes { Err(CallError::Lost("the cable was cut".into())) } else { Ok(answer) }
    }
    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        self.0.plugin(argv, lines, limit)
    }
    fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
        self.0.secret(name)
    }
    fn image(&mut self, image: &Image) -> Result<Vec<u8>, CallError> {
        self.0.image(image)
    }
}

type Check = fn(&Bench);

/// What every server must do, by name.
const CONTRACT: &[(&str, Check)] = &[
    ("a post arrives with its text, link and language", arrives),
    ("a repeat with the same key gives the same post", repeats),
    ("a lost answer is unknown, and the look-up finds the post", lost),
    ("what was never sent is not found", absent),
    ("a reply stands below its post and is found again", replies),
    ("an edit is shown and found, or refused for good", edits),
    ("a deleted post is gone", deletes),
    ("a picture travels", pictures),
    ("a wrong secret stops the account", wrong_secret),
    ("a text that is too long is refused by the server too", too_long),
];

fn keep_the_contract(bench: &Bench) {
    for (name, check) in CONTRACT {
        eprintln!("{} at {}: {name}", bench.platform, bench.url);
        check(bench);
    }
}

fn arrives(bench: &Bench) {
    for (lang, text) in [
        ("sv", "Nattbussar hela veckan från 12 november & lite till <b>."),
        ("ka", "ღამის ავტობუსები მთელი კვირის განმავლობაში"),
        ("ar", "حافلات ليلية طوال الأسبوع ابتداءً من 12 نوفمبر"),
        ("kk", "Түнгі автобустар апта бойы жүреді"),
    ] {
        let news = news(lang, text);
        let receipt = bench.send(&news, &Deed::New);
        let shown = bench.shown(&receipt);
        if bench.platform == "bluesky" {
            let record = &shown["value"];
            let posted = record["text"].as_str().unwrap();
            assert!(posted.starts_with(text) && posted.ends_with("#Norrvik"), "{posted}");
            assert_eq!(record["langs"][0], lang);
            assert_eq!(record["createdAt"], "2026-09-01T08:00:00.000Z");
            let slice = |facet: &Value| {
                posted[facet["index"]["byteStart"].as_u64().unwrap() as usize..facet["index"]["byteEnd"].as_u64().unwrap() as usize]
                    .to_owned()
            };
            assert_eq!(slice(&record["facets"][0]), news.link);
            assert_eq!(slice(&record["facets"][1]), "#Norrvik");
            assert_eq!(record["facets"][0]["features"][0]["uri"], *news.link);
            assert_eq!(record["embed"]["external"]["title"], "Night buses all week");
            assert_eq!(shown["cid"], *receipt.version_id);
            assert_eq!(promulgate::rehearsal::cid::of_record(record), receipt.version_id, "the stand-in's identifiers are the real ones");
        } else {
            let content = shown["content"].as_str().unwrap();
            assert!(content.contains(&news.link) && content.contains(text.split(' ').next().unwrap()), "{content}");
            assert!(shown["language"] == lang || bench.lacks.lang, "{}", shown["language"]);
        }
        assert_eq!(bench.find(&news, &Deed::New).map(|found| found.id), Some(receipt.id));
    }
}

fn repeats(bench: &Bench) {
    let news = news("sv", "Badplatsen vid Storsjön öppnar");
    let first = bench.send(&news, &Deed::New);
    if bench.lacks.keys {
        // Which is why an unknown outcome is looked up and never simply repeated.
        assert_eq!(bench.find(&news, &Deed::New).unwrap().id, first.id);
        return;
    }
    assert_eq!(bench.send(&news, &Deed::New).id, first.id);
    assert_eq!(bench.send(&reworded(&news, "Samma sak med andra ord"), &Deed::New).id, first.id, "identity, not text");
    assert_eq!(bench.count(&news.link), 1);
}

fn lost(bench: &Bench) {
    let news = news("sv", "Vattnet stängs av på Hamngatan 3 december kl. 9–12");
    let (post, key) = bench.post(&news);
    let sent = bench.channel.send(&post, &Deed::New, &key, &mut Lossy(bench.out()));
    assert!(matches!(sent, Err(SendError::Unknown { .. })), "{sent:?}");
    assert!(bench.find(&news, &Deed::New).is_some());
    let again = bench.find(&reworded(&news, "Med nya ord"), &Deed::New);
    assert!(again.is_some() || bench.lacks.lang, "a new wording is the same announcement");
    assert_eq!(bench.count(&news.link), 1);
}

fn absent(bench: &Bench) {
    assert_eq!(bench.find(&news("sv", "Det här har ingen skickat"), &Deed::New), None);
}

fn replies(bench: &Bench) {
    let news = news("sv", "Storm väntas i Norrvik");
    let root = bench.send(&news, &Deed::New);
    let first = updated(&news, "10:00", "Stormen når kusten");
    let second = updated(&news, "14:00", "Bron över Norrån är stängd");
    let deed = Deed::Reply { to: root.clone(), root: root.clone() };
    assert_eq!(bench.find(&first, &deed), None, "the post itself is not its reply");
    let answer = bench.send(&first, &deed);
    assert_eq!(bench.find(&first, &deed).unwrap().id, answer.id);
    assert_eq!(bench.find(&second, &deed), None, "another update is another reply");
    let next = bench.send(&second, &Deed::Reply { to: answer.clone(), root: root.clone() });
    let shown = bench.shown(&next);
    match bench.platform {
        "mastodon" => assert_eq!(shown["in_reply_to_id"], *answer.id),
        _ => {
            assert_eq!(shown["value"]["reply"]["root"]["uri"], *root.id);
            assert_eq!(shown["value"]["reply"]["parent"]["cid"], *answer.version_id);
        }
    }
}

fn edits(bench: &Bench) {
    let news = news("sv", "Mötet är den 4 mars");
    let receipt = bench.send(&news, &Deed::New);
    let deed = Deed::Edit(receipt.clone());
    let corrected = News { event: Event::Corrected, ..reworded(&news, "Mötet är den 5 mars") };
    let (post, key) = bench.post(&corrected);
    if !bench.channel.abilities().edits(0) {
        assert!(matches!(bench.channel.send(&post, &deed, &key, &mut bench.out()), Err(SendError::Refused { .. })));
        return;
    }
    assert_eq!(bench.find(&corrected, &deed), None, "not edited yet");
    let same = |id: &str| if bench.lacks.ids { id[10..] == receipt.id[10..] } else { id == receipt.id };
    assert!(same(&bench.send(&corrected, &deed).id), "an edit makes no second post");
    assert!(same(&bench.find(&corrected, &deed).unwrap().id));
    assert!(bench.shown(&receipt)["content"].as_str().unwrap().contains("5 mars"));
    assert_eq!(bench.count(&news.link), 1);
}

fn deletes(bench: &Bench) {
    let news = news("sv", "Felaktigt utskick");
    let receipt = bench.send(&news, &Deed::New);
    let deed = Deed::Delete(receipt.clone());
    assert_eq!(bench.find(&news, &deed), None, "still there");
    let (post, key) = bench.post(&news);
    let deleted = bench.channel.send(&post, &deed, &key, &mut bench.out());
    if bench.lacks.deleting {
        assert!(matches!(deleted, Err(SendError::Refused { .. })), "{deleted:?}");
        return;
    }
    deleted.unwrap();
    assert_eq!(bench.find(&news, &deed).unwrap().id, receipt.id);
    bench.channel.send(&post, &deed, &key, &mut bench.out()).expect("a second time does no harm");
    assert_eq!(bench.count(&news.link), 0);
    if bench.platform == "mastodon" {
        let late = updated(&news, "2", "Ett svar på något som inte finns");
        let (post, key) = bench.post(&late);
        let sent = bench.channel.send(&post, &Deed::Reply { to: receipt.clone(), root: receipt }, &key, &mut bench.out());
        assert!(matches!(sent, Err(SendError::Refused { .. })), "{sent:?}");
    }
}

fn pictures(bench: &Bench) {
    let file = Asset { path: SafePath::new("content/decisions/2026/map.png").unwrap(), bytes: AssetBytes::BuiltIn(PNG), picture: None };
    let image = Image {
        file: ImageFile::Source(file),
        media_type: "image/png",
        alt: "Karta över linje 7, från torget till hamnen".into(),
        url: "https://norrvik.example/decisions/2026/map.png".into(),
        size: Some((1, 1)),
    };
    let news = News { images: vec![image], ..news("sv", "Ny linje 7") };
    let shown = bench.shown(&bench.send(&news, &Deed::New));
    match bench.platform {
        "mastodon" => assert_eq!(shown["media_attachments"][0]["description"], "Karta över linje 7, från torget till hamnen"),
        _ => assert_eq!(shown["value"]["embed"]["external"]["thumb"]["size"], PNG.len()),
    }
    if bench.platform == "mastodon" {
        let receipt = Receipt { id: shown["id"].as_str().unwrap().into(), url: String::new(), version_id: String::new() };
        bench.send(&reworded(&news, "Ny linje 7, rättad"), &Deed::Edit(receipt.clone()));
        assert_eq!(
            bench.shown(&receipt)["media_attachments"][0]["description"],
            "Karta över linje 7, från torget till hamnen",
            "an edit keeps the picture"
        );
    }
}

fn wrong_secret(bench: &Bench) {
    let news = news("sv", "Det här når ingen");
    let channel =
        open(&settings("test", bench.platform, &[("server", &bench.url), ("handle", bench.channel.account().rsplit('/').next().unwrap())]));
    let (post, key) = bench.post(&news);
    let sent = channel.send(&post, &Deed::New, &key, &mut outside("wrong"));
    let Err(SendError::Account { reason }) = sent else { panic!("{sent:?}") };
    assert!(!reason.contains("wrong"), "{reason}");
}

fn too_long(bench: &Bench) {
    let news = news("sv", &"Å".repeat(600));
    let (post, key) = bench.post(&news);
    assert_eq!(post.text, format!("{}\n\n#Norrvik", news.link), "the wording that does not fit is passed over");
    if bench.lacks.limit {
        return;
    }
    let mut post = post;
    let field = if bench.platform == "mastodon" { &mut post.payload["status"] } else { &mut post.payload["record"]["text"] };
    *field = Value::String(news.wordings[0].clone());
    let sent = bench.channel.send(&post, &Deed::New, &key, &mut bench.out());
    assert!(matches!(sent, Err(SendError::Refused { .. })), "{sent:?}");
}

#[test]
fn the_mastodon_stand_in_keeps_the_contract() {
    keep_the_contract(&Bench::stand_in("mastodon"));
}

#[test]
fn a_real_server_with_the_mastodon_api_keeps_the_contract() {
    keep_the_contract(&Bench::snac());
}

#[test]
fn the_bluesky_stand_in_keeps_the_contract() {
    keep_the_contract(&Bench::stand_in("bluesky"));
}

#[test]
fn a_real_bluesky_server_keeps_the_contract() {
    keep_the_contract(&Bench::pds());
}

/// Calls both Bluesky servers and gives back what each said.
fn both(call: &str, body: Option<Value>) -> [(u16, Value); 2] {
    [Bench::stand_in("bluesky"), Bench::pds()].map(|bench| {
        let login = serde_json::json!({"identifier": bench.channel.account().rsplit('/').next().unwrap(), "password": bench.secret});
        let ask = |call: &str, body: &Option<Value>, token: Option<&str>| {
            let request = Request {
                secrets: token.map(bearer).into_iter().collect(),
                body: body.as_ref().map_or(Body::Empty, |body| Body::Bytes("application/json", body.to_string().into_bytes())),
                ..Request::new(if body.is_some() { Method::Post } else { Method::Get }, format!("{}/xrpc/{call}", bench.url))
            };
            let answer = bench.out().http(&request).unwrap();
            (answer.status, serde_json::from_slice::<Value>(&answer.body).unwrap_or_default())
        };
        let session = ask("com.atproto.server.createSession", &Some(login), None).1;
        let body = body.clone().map(|mut body| {
            body["repo"] = session["did"].clone();
            body
        });
        let call = call.replace("{did}", session["did"].as_str().unwrap());
        ask(&call, &body, session["accessJwt"].as_str())
    })
}

#[test]
fn stand_in_and_real_server_refuse_the_same_records() {
    let good = serde_json::json!({"$type": "app.bsky.feed.post", "text": "Hej", "createdAt": "2026-09-01T08:00:00.000Z", "langs": ["sv"]});
    let with = |field: &str, value: Value| {
        let mut record = good.clone();
        record[field] = value;
        record
    };
    let long_tag = serde_json::json!([{"index": {"byteStart": 0, "byteEnd": 3}, "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "x".repeat(65)}]}]);
    let no_alt = serde_json::json!({"$type": "app.bsky.embed.images", "images": [{"image": {}}]});
    for (rkey, record) in [
        ("ledger-1", good.clone()),
        ("3mabcdefghij2", with("text", Value::String("x".repeat(301)))),
        ("3mabcdefghij2", with("text", Value::String("👨‍👩‍👧‍👦".repeat(150)))),
        ("3mabcdefghij2", with("createdAt", "2026-09-01".into())),
        ("3mabcdefghij2", with("createdAt", "2026-09-01T08:00:00".into())),
        ("3mabcdefghij2", with("langs", serde_json::json!(["sv", "en", "kk", "ru"]))),
        ("3mabcdefghij2", with("langs", serde_json::json!(["123"]))),
        ("3mabcdefghij2", with("facets", long_tag)),
        ("3mabcdefghij2", with("embed", no_alt)),
        ("3mabcdefghij2", with("reply", serde_json::json!({"root": {"uri": "at://x"}}))),
    ] {
        let body = serde_json::json!({"collection": "app.bsky.feed.post", "rkey": rkey, "swapRecord": null, "record": record});
        let [stand_in, real] = both("com.atproto.repo.putRecord", Some(body));
        assert_eq!((stand_in.0, real.0), (400, 400), "{record}: {} / {}", stand_in.1, real.1);
        assert_eq!(stand_in.1["error"], real.1["error"], "{record}: {} / {}", stand_in.1, real.1);
    }
    let [stand_in, real] = both("com.atproto.repo.getRecord?repo={did}&collection=app.bsky.feed.post&rkey=3maaaaaaaaaa2", None);
    assert_eq!((stand_in.0, &stand_in.1["error"]), (real.0, &real.1["error"]));
}

#[test]
fn a_rate_limit_says_how_long_to_wait() {
    for platform in ["mastodon", "bluesky"] {
        let bench = Bench::stand_in(platform);
        bench.mishap(Mishap::TooMany);
        let (post, key) = bench.post(&news("sv", "För många på en gång"));
        let sent = bench.channel.send(&post, &Deed::New, &key, &mut bench.out());
        let Err(SendError::Retry { after: Some(after), .. }) = sent else { panic!("{sent:?}") };
        assert!(after <= Duration::from_secs(3600));
        bench.channel.send(&post, &Deed::New, &key, &mut bench.out()).unwrap();
    }
}

#[test]
fn a_session_that_has_ended_is_opened_anew_once() {
    let bench = Bench::stand_in("bluesky");
    bench.send(&news("sv", "Först"), &Deed::New);
    bench.mishap(Mishap::Expired);
    bench.send(&news("sv", "Sedan"), &Deed::New);
    bench.mishap(Mishap::Expired);
    bench.mishap(Mishap::Expired);
    let (post, key) = bench.post(&news("sv", "Till sist"));
    assert!(matches!(bench.channel.send(&post, &Deed::New, &key, &mut bench.out()), Err(SendError::Account { .. })));
}

#[test]
fn accepted_posts_with_bad_answers_are_unknown_and_then_found() {
    for platform in ["mastodon", "bluesky"] {
        for mishap in [Mishap::AcceptThenFail, Mishap::AcceptThenCut] {
            let bench = Bench::stand_in(platform);
            let news = news("sv", "Kom det fram?");
            let (post, key) = bench.post(&news);
            bench.mishap(mishap);
            let sent = bench.channel.send(&post, &Deed::New, &key, &mut bench.out());
            assert!(matches!(sent, Err(SendError::Unknown { .. })), "{sent:?}");
            assert!(bench.find(&news, &Deed::New).is_some());
        }
    }
}

#[test]
fn nothing_listening_means_certainly_not_sent() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let bench = Bench::new("mastodon", &format!("http://127.0.0.1:{port}"), "norrvik", "s3cret");
    let (post, key) = bench.post(&news("sv", "Ingen hör"));
    let sent = bench.channel.send(&post, &Deed::New, &key, &mut bench.out());
    assert!(matches!(sent, Err(SendError::Retry { .. })), "{sent:?}");
}

#[test]
fn a_rehearsal_cannot_reach_the_world() {
    let bench = Bench::new("mastodon", "https://social.example", "norrvik", "s3cret");
    let (post, key) = bench.post(&news("sv", "Bara på låtsas"));
    let sent = bench.channel.send(&post, &Deed::New, &key, &mut bench.out());
    assert!(matches!(&sent, Err(SendError::Retry { reason, .. }) if reason.contains("not on this machine")), "{sent:?}");
}

#[test]
fn composing_never_needs_the_network_and_gives_the_same_bytes() {
    for platform in ["mastodon", "bluesky", "webhook"] {
        let channel = open(&settings(
            "test",
            platform,
            &[("server", "https://nowhere.example"), ("handle", "norrvik.example"), ("url", "https://nowhere.example/?key=s3cret")],
        ));
        let announcement = announcement(platform, channel.account(), &news("ka", "ღამის ავტობუსები"));
        let payload = || channel.compose(&announcement).value[0].payload.to_string();
        assert_eq!(payload(), payload());
        assert!(!channel.account().contains("s3cret"));
        assert!(matches!(channel.abilities().look_up, LookUp::Link | LookUp::OwnId | LookUp::None));
    }
}
