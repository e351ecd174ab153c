//! Facebook, Instagram, Threads and TikTok against their stand-ins: a whole life of a post, crashes between any two calls,
//! renewed tokens, limits. What their answers mean is in `channels_meta_faults`.

#![allow(clippy::unwrap_used)]

use crate::channels::{announcement, hosts, news, open, settings};
use promulgate::io::outside::Outside;
use promulgate::model::announcement::{Act, Announcement, Event, Image, ImageFile, Key, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::route::SafePath;
use promulgate::model::settings::ChannelSettings;
use promulgate::model::source::{Asset, AssetBytes};
use promulgate::model::transport::{CallError, Channel, Deed, Post, Request, Response, Secret, SendError, Transport};
use promulgate::rehearsal::{Mishap, Mishaps, StandIns, WallPost};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// The first bytes of a JPEG, and its end.
const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xd9];

/// The settings of a channel of each platform.
pub fn own(platform: &str) -> Vec<(&'static str, &'static str)> {
    match platform {
        "facebook" => vec![("page", "104512345678901")],
        "tiktok" => vec![("handle", "norrvik")],
        _ => vec![("user", "17841400000000001")],
    }
}

/// A way out with a memory for notes and tokens, that can be cut before or after any call, as a crash would.
pub struct Out {
    inner: Outside,
    pub notes: BTreeMap<String, String>,
    pub kept: Vec<(String, String)>,
    pub keeps: bool,
    cut: Option<(usize, bool)>,
    calls: usize,
    dead: bool,
    pub asked: Vec<String>,
}

impl Out {
    pub fn new(inner: Outside) -> Out {
        Out { inner, notes: BTreeMap::new(), kept: Vec::new(), keeps: true, cut: None, calls: 0, dead: false, asked: Vec::new() }
    }

    fn cut(self, at: usize, after: bool) -> Out {
        Out { cut: Some((at, after)), ..self }
    }
}

impl Transport for Out {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        if self.dead {
            return Err(CallError::NotSent("killed".into()));
        }
        let cut = self.cut.filter(|(at, _)| *at == self.calls).map(|(_, after)| after);
        self.calls += 1;
        self.dead = cut.is_some();
        if cut == Some(false) {
            return Err(CallError::NotSent("killed".into()));
        }
        self.asked.push(format!("{:?} {}", request.method, request.url));
        let answer = self.inner.http(request);
        if cut.is_some() { Err(CallError::Lost("killed".into())) } else { answer }
    }
    fn plugin(&mut self, _: &[String], _: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
        unreachable!("no plugin here")
    }
    fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
        match self.kept.iter().rev().find(|(kept, _)| kept == name) {
            Some((_, value)) => Ok(Secret::new(value)),
            None => self.inner.secret(name),
        }
    }
    fn image(&mut self, image: &Image) -> Result<Vec<u8>, CallError> {
        self.inner.image(image)
    }
    fn noted(&self, name: &str) -> Option<String> {
        self.notes.get(name).cloned().filter(|value| !value.is_empty())
    }
    fn note(&mut self, name: &str, value: &str) -> Result<(), CallError> {
        if self.dead {
            return Err(CallError::NotSent("killed".into()));
        }
        self.notes.insert(name.into(), value.into());
        Ok(())
    }
    fn rotate(&mut self, name: &str, value: &Secret) -> Result<(), CallError> {
        if !self.keeps {
            return Err(CallError::NotSent("env:TOKEN cannot be written".into()));
        }
        self.kept.push((name.into(), value.expose().into()));
        Ok(())
    }
}

/// Stand-ins and one channel that posts to them.
pub struct Bench {
    platform: &'static str,
    settings: ChannelSettings,
    pub channel: Box<dyn Channel>,
    stand_ins: StandIns,
    _folder: tempfile::TempDir,
}

impl Bench {
    pub fn new(platform: &'static str) -> Bench {
        Bench::with(platform, &[], Mishaps::none().without_limits())
    }

    pub fn with(platform: &'static str, more: &[(&'static str, &'static str)], mishaps: Mishaps) -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let stand_ins = StandIns::start(folder.path(), None, mishaps).unwrap();
        let settings = settings("norrvik", platform, &[&own(platform)[..], more].concat());
        Bench { platform, channel: open(&settings), settings, stand_ins, _folder: folder }
    }

    pub fn out(&self) -> Out {
        Out::new(self.stand_ins.outside(Path::new("."), &self.settings, &hosts(&self.settings)))
    }

    /// The channel as the next run opens it.
    fn next_run(&self) -> Box<dyn Channel> {
        open(&self.settings)
    }

    pub fn post(&self, news: &News, act: Act) -> (Post, Key) {
        let announcement = Announcement { act, ..announcement(self.platform, self.channel.account(), news) };
        let mut posts = self.channel.compose(&announcement);
        assert!(posts.findings.is_empty(), "{:?}", posts.findings);
        (posts.value.remove(0), announcement.key)
    }

    fn try_send(&self, news: &News, deed: &Deed, out: &mut Out) -> Result<Option<Receipt>, SendError> {
        self.send_by(&*self.channel, news, deed, out)
    }

    /// Sends what no attempt has left notes about, by the channel of this or of another run.
    fn send_by(&self, channel: &dyn Channel, news: &News, deed: &Deed, out: &mut Out) -> Result<Option<Receipt>, SendError> {
        out.notes.clear();
        let (post, key) = self.post(news, act(deed, news));
        channel.send(&post, deed, &key, out)
    }

    pub fn send(&self, news: &News, deed: &Deed) -> Receipt {
        self.try_send(news, deed, &mut self.out()).unwrap().unwrap()
    }

    fn find(&self, news: &News, deed: &Deed, out: &mut Out) -> Result<Option<Receipt>, SendError> {
        let (post, key) = self.post(news, act(deed, news));
        self.next_run().find(&post, deed, &key, out)
    }

    fn wall(&self) -> Vec<WallPost> {
        self.stand_ins.posts()
    }

    /// Posts about a page that are there.
    fn about(&self, news: &News) -> Vec<WallPost> {
        self.wall().into_iter().filter(|post| !post.deleted && post.text.contains(&news.link)).collect()
    }
}

/// The act that leads to a deed.
fn act(deed: &Deed, news: &News) -> Act {
    let key = Key::of("any", "any", &news.record, news.lang, "0", Event::Published);
    match deed {
        Deed::New => Act::Post,
        Deed::Reply { .. } => Act::Reply { to: key.clone(), root: key },
        Deed::Edit(_) => Act::Edit { of: key },
        Deed::Delete(_) => Act::Replace { of: key },
    }
}

/// A picture of the record's own.
pub fn picture(name: &str, media_type: &'static str, size: (u32, u32)) -> Image {
    let path = SafePath::new(&format!("content/decisions/2026/{name}")).unwrap();
    Image {
        file: ImageFile::Source(Asset { path, bytes: AssetBytes::BuiltIn(JPEG), picture: None }),
        media_type,
        alt: "Karta över linje 7, från torget till hamnen".into(),
        url: format!("https://norrvik.example/decisions/2026/{name}"),
        size: Some(size),
    }
}

fn card(name: &str, media_type: &'static str, size: (u32, u32)) -> Image {
    let alt = "Nattbussar hela veckan. Norrviks kommun. Beslut.".into();
    let file = ImageFile::Finished(SafePath::new(&format!("cards/{name}")).unwrap());
    Image { file, media_type, alt, url: format!("https://norrvik.example/cards/{name}"), size: Some(size) }
}

/// News with the cards that a site draws if its settings say nothing.
pub fn told(text: &str) -> News {
    let drawn = vec![
        card("a-og.png", "image/png", (1200, 630)),
        card("a-square.jpg", "image/jpeg", (1080, 1080)),
        card("a-tall.jpg", "image/jpeg", (1080, 1350)),
    ];
    News { drawn, ..news("sv", text) }
}

fn later(news: &News, event: Event, version: &str, text: &str) -> News {
    News { event, version: version.into(), wordings: vec![format!("{text}\n\n{}", news.link)], ..news.clone() }
}

fn reply(to: &Receipt) -> Deed {
    Deed::Reply { to: to.clone(), root: to.clone() }
}

#[test]
fn a_post_arrives_and_is_found_and_what_was_never_sent_is_not() {
    for platform in ["facebook", "instagram", "threads"] {
        let bench = Bench::new(platform);
        for (lang, text) in [("sv", "Nattbussar hela veckan från 12 november"), ("ka", "ღამის ავტობუსები"), ("ar", "حافلات ليلية")]
        {
            let news = News { lang: lang.parse().unwrap(), ..told(text) };
            let mut out = bench.out();
            assert_eq!(bench.find(&news, &Deed::New, &mut out), Ok(None), "{platform}");
            let receipt = bench.send(&news, &Deed::New);
            assert!(!receipt.id.is_empty() && receipt.url.starts_with("https://www."), "{platform}: {receipt:?}");
            let posts = bench.about(&news);
            assert_eq!(posts.len(), 1, "{platform}");
            assert!(posts[0].text.starts_with(text) && posts[0].text.ends_with("#Norrvik"), "{platform}: {}", posts[0].text);
            assert_eq!(bench.find(&news, &Deed::New, &mut out).unwrap().unwrap().id, receipt.id, "without any note, by its words");
            let reworded = News { wordings: vec![format!("Med andra ord\n\n{}", news.link)], ..news.clone() };
            assert_eq!(bench.find(&reworded, &Deed::New, &mut out).unwrap().unwrap().id, receipt.id, "identity is not text");
        }
    }
}

#[test]
fn replies_are_found_by_their_exact_words_only() {
    for platform in ["facebook", "instagram", "threads"] {
        let bench = Bench::new(platform);
        let news = told("Storm väntas i Norrvik");
        let root = bench.send(&news, &Deed::New);
        let first = later(&news, Event::Updated, "1", "Stormen når kusten i kväll vid nio");
        let mut out = bench.out();
        assert_eq!(bench.find(&first, &reply(&root), &mut out), Ok(None), "{platform}: the post itself is not its reply");
        let answer = bench.send(&first, &reply(&root));
        assert_eq!(bench.find(&first, &reply(&root), &mut out).unwrap().unwrap().id, answer.id, "{platform}");
        let other = later(&news, Event::Updated, "2", "Bron är stängd");
        assert_eq!(bench.find(&other, &reply(&root), &mut out), Ok(None), "{platform}");
        let nearly = later(&news, Event::Updated, "3", "Stormen når kusten i kväll vid tio");
        assert!(matches!(bench.find(&nearly, &reply(&root), &mut out), Err(SendError::Unknown { .. })), "{platform}: a person looks");
        let shown = bench.wall().into_iter().find(|post| post.id == answer.id).unwrap();
        assert_eq!(shown.parent.as_deref(), Some(root.id.as_str()), "{platform}");
    }
}

#[test]
fn a_reminder_is_not_taken_for_the_first_post() {
    let bench = Bench::new("facebook");
    let news = told("Samrådet om hamnen är öppet");
    bench.send(&news, &Deed::New);
    let reminder = later(&news, Event::Reminder, "1", "Sista dagen att tycka till om hamnen är fredag");
    assert_eq!(bench.find(&reminder, &Deed::New, &mut bench.out()), Ok(None));
}

#[test]
fn a_page_changes_a_text_and_takes_a_post_away() {
    let bench = Bench::new("facebook");
    let news = told("Mötet är den 4 mars");
    let receipt = bench.send(&news, &Deed::New);
    let edit = Deed::Edit(receipt.clone());
    let corrected = later(&news, Event::Corrected, "2", "Mötet är den 5 mars");
    let mut out = bench.out();
    assert_eq!(bench.find(&corrected, &edit, &mut out), Ok(None), "not changed yet");
    assert_eq!(bench.send(&corrected, &edit).id, receipt.id);
    assert_eq!(bench.find(&corrected, &edit, &mut out).unwrap().unwrap().id, receipt.id);
    assert!(bench.about(&news)[0].text.contains("5 mars") && bench.about(&news).len() == 1);
    gone(&bench, &news, receipt);
}

#[test]
fn a_thread_is_taken_away_and_never_changed() {
    let bench = Bench::new("threads");
    let news = told("Felaktigt utskick");
    let receipt = bench.send(&news, &Deed::New);
    let edited = bench.try_send(&news, &Deed::Edit(receipt.clone()), &mut bench.out());
    assert!(matches!(edited, Err(SendError::Refused { .. })), "{edited:?}");
    gone(&bench, &news, receipt);
}

fn gone(bench: &Bench, news: &News, receipt: Receipt) {
    let delete = Deed::Delete(receipt.clone());
    assert_eq!(bench.find(news, &delete, &mut bench.out()), Ok(None), "still there");
    bench.send(news, &delete);
    assert_eq!(bench.find(news, &delete, &mut bench.out()).unwrap().unwrap().id, receipt.id);
    bench.send(news, &delete);
    assert!(bench.about(news).is_empty());
    let answer = bench.try_send(&later(news, Event::Updated, "9", "För sent"), &reply(&receipt), &mut bench.out());
    assert!(matches!(answer, Err(SendError::Refused { .. })), "{answer:?}");
}

#[test]
fn what_a_platform_cannot_do_is_refused_without_a_request() {
    for platform in ["instagram", "tiktok"] {
        let bench = Bench::new(platform);
        let receipt = Receipt { id: "1".into(), url: String::new(), version_id: String::new() };
        let (post, key) = bench.post(&told("Nej"), Act::Post);
        let deeds = [Deed::Edit(receipt.clone()), Deed::Delete(receipt.clone()), reply(&receipt)];
        for deed in &deeds[..if platform == "tiktok" { 3 } else { 2 }] {
            let mut out = bench.out();
            assert!(matches!(bench.channel.send(&post, deed, &key, &mut out), Err(SendError::Refused { .. })), "{platform} {deed:?}");
            assert!(out.asked.is_empty());
        }
        assert!(!bench.channel.abilities().edits(0) && !bench.channel.abilities().deletes(0));
    }
}

#[test]
fn a_post_recorded_by_hand_is_changed_by_hand() {
    let bench = Bench::new("facebook");
    let url = "https://www.facebook.com/norrvik/posts/pfbid02";
    let receipt = Receipt { id: url.into(), url: url.into(), version_id: String::new() };
    let mut out = bench.out();
    let sent = bench.try_send(&told("Rättat"), &Deed::Edit(receipt), &mut out);
    assert!(matches!(&sent, Err(SendError::Person { reason }) if reason.contains(url)), "{sent:?}");
    assert!(out.asked.is_empty());
}

#[test]
fn own_pictures_travel_with_their_words() {
    let own = |name, media_type, size| News { images: vec![picture(name, media_type, size)], ..told("Ny linje 7") };
    for platform in ["facebook", "instagram", "threads"] {
        let bench = Bench::new(platform);
        let news = own("map.jpg", "image/jpeg", (1200, 800));
        bench.send(&news, &Deed::New);
        let shown = bench.about(&news).remove(0);
        assert_eq!(shown.images.len(), 1, "{platform}");
        assert_eq!(shown.images[0].1, "Karta över linje 7, från torget till hamnen", "{platform}");
    }
    let chosen = |news: &News| Bench::new("instagram").post(news, Act::Post).0.payload["image_url"].as_str().unwrap().to_owned();
    assert!(chosen(&own("map.jpg", "image/jpeg", (1910, 1000))).ends_with("map.jpg"));
    assert!(chosen(&own("map.jpg", "image/jpeg", (1920, 1000))).ends_with("a-tall.jpg"), "too wide");
    assert!(chosen(&own("map.jpg", "image/jpeg", (790, 1000))).ends_with("a-tall.jpg"), "too tall");
    assert!(chosen(&own("map.png", "image/png", (1000, 1000))).ends_with("a-tall.jpg"), "not a JPEG");
    assert!(chosen(&told("Utan bild")).ends_with("a-tall.jpg"));
    let bench = Bench::new("tiktok");
    let (post, _) = bench.post(&own("map.jpg", "image/jpeg", (1080, 720)), Act::Post);
    assert!(
        post.text.ends_with("[Karta över linje 7, från torget till hamnen]"),
        "no field for it, so it stands in the text: {}",
        post.text
    );
    let (post, _) = bench.post(&told("Kort"), Act::Post);
    assert!(!post.text.contains('['), "a card's words stand in the text already: {}", post.text);
}

/// News with so many pictures, each with words of its own.
fn album(count: usize) -> News {
    let one = |at: usize| Image { alt: format!("Bild {at}"), ..picture(&format!("p{at}.jpg"), "image/jpeg", (1200, 800)) };
    News { images: (0..count).map(one).collect(), ..told("Ny linje 7 i bilder") }
}

#[test]
fn several_pictures_are_one_post_in_their_order_up_to_what_the_network_takes() {
    for (platform, most, kind) in [("instagram", 10, "CAROUSEL"), ("threads", 20, "CAROUSEL"), ("facebook", 10, "")] {
        for count in [2, most, most + 3] {
            let bench = Bench::new(platform);
            let news = album(count);
            let (post, _) = bench.post(&news, Act::Post);
            assert_eq!(post.payload["media_type"].as_str().unwrap_or_default(), kind, "{platform}");
            bench.send(&news, &Deed::New);
            let shown: Vec<String> = bench.about(&news).remove(0).images.into_iter().map(|(_, alt)| alt).collect();
            let wanted: Vec<String> = (0..count.min(most)).map(|at| format!("Bild {at}")).collect();
            assert_eq!((shown, bench.wall().len()), (wanted, 1), "{platform}");
        }
        let can = serde_json::to_value(Bench::new(platform).channel.abilities()).unwrap();
        assert_eq!(can["pictures"]["up-to"], most, "{platform}: what is told is what is done");
    }
    let mixed = News {
        images: vec![
            picture("a.png", "image/png", (1200, 800)),
            picture("b.jpg", "image/jpeg", (1200, 800)),
            picture("c.jpg", "image/jpeg", (3000, 800)),
        ],
        ..told("Blandat")
    };
    let single = Bench::new("instagram").post(&mixed, Act::Post).0;
    assert!(single.payload["image_url"].as_str().unwrap().ends_with("b.jpg") && single.images.len() == 1, "one is no carousel");
    assert_eq!(Bench::new("threads").post(&mixed, Act::Post).0.images.len(), 3, "Threads knows PNG and every shape");
}

#[test]
fn a_carousel_answers_a_post_as_one_picture_does() {
    let bench = Bench::new("threads");
    let root = bench.send(&told("Storm väntas"), &Deed::New);
    let news = album(2);
    let answer = bench.send(&news, &reply(&root));
    let shown = bench.wall().into_iter().find(|post| post.id == answer.id).unwrap();
    assert_eq!((shown.parent.as_deref(), shown.images.len()), (Some(root.id.as_str()), 2));
}

/// What is done to a body.
type Change<'c> = &'c dyn Fn(&mut Value);

#[test]
fn the_stand_ins_refuse_what_is_no_carousel() {
    for (platform, words) in [("instagram", "caption"), ("threads", "text")] {
        let bench = Bench::new(platform);
        let (post, key) = bench.post(&album(3), Act::Post);
        let item = post.payload["children"][0].clone();
        let with = |change: Change| {
            let mut post = post.clone();
            change(&mut post.payload);
            bench.next_run().send(&post, &Deed::New, &key, &mut bench.out())
        };
        let many = if platform == "instagram" { 11 } else { 21 };
        let refused: [(&str, Change); 7] = [
            ("one picture", &|body| body["children"] = json!([item])),
            ("too many", &|body| body["children"] = json!(vec![item.clone(); many])),
            ("none", &|body| body["children"] = json!([])),
            ("a picture that is a post of its own", &|body| {
                body["children"][1].as_object_mut().unwrap().retain(|name, _| name != "is_carousel_item")
            }),
            ("words on a picture", &|body| body["children"][1][words] = json!("Ord")),
            ("a picture besides", &|body| body["image_url"] = json!("https://norrvik.example/p.jpg")),
            ("words for those who do not see it on the whole", &|body| body["alt_text"] = json!("Allt")),
        ];
        for (what, change) in refused {
            let sent = with(change);
            assert!(matches!(sent, Err(SendError::Refused { .. })), "{platform}, {what}: {sent:?}");
        }
        let strange = with(&|body| body["children"] = json!("17900000000000001,17900000000000002"));
        assert!(matches!(strange, Err(SendError::Refused { .. })), "{platform}: containers of nobody: {strange:?}");
        let alone = bench.next_run().send(&Post { payload: item.clone(), ..post.clone() }, &Deed::New, &key, &mut bench.out());
        assert!(matches!(alone, Err(SendError::Refused { .. })), "{platform}: an item is not posted by itself: {alone:?}");
        assert!(bench.wall().is_empty(), "{platform}");
    }
}

#[test]
fn where_a_picture_is_needed_and_missing_a_finding_says_what_to_do() {
    for platform in ["instagram", "tiktok"] {
        let bench = Bench::new(platform);
        let bare = News { drawn: vec![card("a-og.png", "image/png", (1200, 630))], ..told("Utan kort") };
        let composed = bench.channel.compose(&announcement(platform, bench.channel.account(), &bare));
        assert!(composed.value.is_empty());
        let finding = composed.findings.iter().next().unwrap();
        assert!(finding.code == "post-without-picture" && finding.help.contains("cards:"), "{finding:?}");
    }
}

/// What a run makes of a post after a crash: asks, and sends only what is surely not there.
fn recovered(bench: &Bench, (post, key): (&Post, &Key), deed: &Deed, out: &mut Out) -> Result<Option<Receipt>, SendError> {
    for _ in 0..4 {
        let channel = bench.next_run();
        match channel.find(post, deed, key, out) {
            Ok(Some(receipt)) => return Ok(Some(receipt)),
            Ok(None) => {}
            Err(SendError::Retry { .. }) => continue,
            Err(error) => return Err(error),
        }
        match channel.send(post, deed, key, out) {
            Err(SendError::Retry { .. } | SendError::Unknown { .. }) => {}
            answer => return answer,
        }
    }
    panic!("four runs were not enough for {}", bench.platform)
}

#[test]
fn a_crash_before_or_after_any_call_neither_doubles_nor_loses() {
    for platform in ["facebook", "instagram", "threads"] {
        let bench = Bench::new(platform);
        let root_news = told("Storm väntas");
        let root = bench.send(&root_news, &Deed::New);
        let mut calls = 0;
        for at in 0..12 {
            for after in [false, true] {
                for deed in [Deed::New, reply(&root)] {
                    let news = News { images: vec![picture("map.jpg", "image/jpeg", (1200, 800))], ..told("Kom det fram?") };
                    let (post, key) = bench.post(&news, act(&deed, &news));
                    let mut out = bench.out().cut(at, after);
                    let first = bench.next_run().send(&post, &deed, &key, &mut out);
                    calls = calls.max(out.calls);
                    let dead = out.dead;
                    let mut out = Out { notes: out.notes, ..bench.out() };
                    if dead {
                        recovered(&bench, (&post, &key), &deed, &mut out)
                            .unwrap_or_else(|error| panic!("{platform} {at} {after}: {error}"));
                    } else {
                        first.unwrap();
                    }
                    assert_eq!(bench.about(&news).len(), 1, "{platform}, cut at call {at}, after it: {after}, {deed:?}");
                }
            }
        }
        assert!(calls < 12, "{platform}: every call was cut once, there are {calls}");
    }
}

#[test]
fn a_crash_with_tiktok_never_doubles_and_asks_a_person_where_nobody_can_know() {
    for mode in ["draft", "direct"] {
        let bench = Bench::with("tiktok", &[("mode", mode)], Mishaps::none().without_limits());
        for at in 0..7 {
            for after in [false, true] {
                let news = told("Kom det fram?");
                let (post, key) = bench.post(&news, Act::Post);
                let mut out = bench.out().cut(at, after);
                let first = bench.next_run().send(&post, &Deed::New, &key, &mut out);
                let (dead, asked) = (out.dead, out.notes.contains_key("asked"));
                let mut out = Out { notes: out.notes, ..bench.out() };
                let end = if dead { recovered(&bench, (&post, &key), &Deed::New, &mut out) } else { first };
                let there = bench.about(&news).len();
                match end {
                    Ok(Some(receipt)) => assert!(there == 1 && mode == "direct" && receipt.url.contains("/@norrvik/photo/"), "{receipt:?}"),
                    Err(SendError::Person { reason }) => assert!(there == 1 && mode == "draft" && reason.contains("@norrvik"), "{reason}"),
                    Err(SendError::Unknown { .. }) => {
                        assert!(there <= 1 && asked && !out.notes.contains_key("publish"), "{mode} {at} {after}")
                    }
                    other => panic!("{mode} {at} {after}: {other:?}"),
                }
            }
        }
    }
}

#[test]
fn a_lost_answer_is_unknown_and_the_look_up_tells_the_truth() {
    for platform in ["facebook", "instagram", "threads"] {
        for mishap in [Mishap::AcceptThenFail, Mishap::AcceptThenCut] {
            let bench = Bench::new(platform);
            let news = told("Vattnet stängs av 3 december kl. 9–12");
            bench.stand_ins.mishap(mishap);
            let mut out = bench.out();
            let sent = bench.try_send(&news, &Deed::New, &mut out);
            assert!(matches!(sent, Err(SendError::Unknown { .. })), "{platform}: {sent:?}");
            assert!(!bench.find(&news, &Deed::New, &mut out).unwrap().unwrap().id.is_empty(), "{platform}");
            assert_eq!(bench.about(&news).len(), 1);
        }
    }
}

#[test]
fn the_same_text_twice_on_a_page_is_the_post_that_is_there() {
    let bench = Bench::new("facebook");
    let news = told("Badplatsen öppnar");
    let first = bench.send(&news, &Deed::New);
    assert_eq!(bench.send(&news, &Deed::New).id, first.id, "code 506 is looked up");
    assert_eq!(bench.about(&news).len(), 1);
}

#[test]
fn limits_and_tokens_of_the_stand_ins_stop_and_resume() {
    for platform in ["facebook", "instagram", "threads", "tiktok"] {
        let bench = Bench::new(platform);
        let news = told("För många");
        bench.stand_ins.mishap(Mishap::TooMany);
        let sent = bench.try_send(&news, &Deed::New, &mut bench.out());
        assert!(matches!(&sent, Err(SendError::Retry { after: Some(after), .. }) if after.as_secs() == 60), "{platform}: {sent:?}");
        bench.stand_ins.mishap(Mishap::Unauthorised);
        let sent = bench.send_by(&*bench.next_run(), &news, &Deed::New, &mut bench.out());
        assert!(matches!(sent, Err(SendError::Account { .. })), "{platform}: {sent:?}");
        assert!(bench.about(&news).is_empty(), "{platform}");
    }
}

#[test]
fn a_draft_waits_for_a_person_and_is_never_sent_again() {
    let bench = Bench::new("tiktok");
    let news = told("Nattbussar hela veckan");
    let mut out = bench.out();
    let sent = bench.try_send(&news, &Deed::New, &mut out);
    let Err(SendError::Person { reason }) = sent else { panic!("{sent:?}") };
    assert!(reason.contains("@norrvik") && reason.contains("promulgate resolve") && reason.contains("--posted"), "{reason}");
    let again = bench.next_run().send(&bench.post(&news, Act::Post).0, &Deed::New, &bench.post(&news, Act::Post).1, &mut out);
    assert!(matches!(again, Err(SendError::Person { .. })), "{again:?}");
    assert_eq!(bench.about(&news).len(), 1);
    let payload = bench.post(&news, Act::Post).0.payload;
    assert_eq!(payload["post_mode"], "MEDIA_UPLOAD");
    assert_eq!(payload["post_info"], json!({"description": bench.post(&news, Act::Post).0.text, "title": "Night buses all week"}));
}

#[test]
fn a_token_that_ended_is_renewed_and_kept_before_it_is_used() {
    let bench = Bench::with("tiktok", &[("mode", "direct")], Mishaps::none().without_limits());
    bench.stand_ins.mishap(Mishap::Expired);
    let mut out = bench.out();
    bench.try_send(&told("Ny nyckel"), &Deed::New, &mut out).unwrap();
    let kept: Vec<(&str, &str)> = out.kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let refresh = [("refresh", "rehearsal-refresh-norrvik"), ("refresh", "rehearsal-refresh-norrvik~2"), ("token", "rehearsal-norrvik~2")];
    assert_eq!(kept, refresh);
    let renewed = out.asked.iter().position(|call| call.contains("/oauth/token/")).unwrap();
    assert!(out.asked[renewed + 1].contains("/content/init/"), "{:?}", out.asked);
    // The next run begins with what was kept, and the tokens before it are worth nothing now.
    bench.stand_ins.mishap(Mishap::Expired);
    bench.send_by(&*bench.next_run(), &told("Nästa"), &Deed::New, &mut out).unwrap();
    assert_eq!(out.kept.last().unwrap().1, "rehearsal-norrvik~3");
    out.kept = vec![("token".into(), "rehearsal-norrvik~2".into()), ("refresh".into(), "rehearsal-refresh-norrvik~2".into())];
    let stale = bench.send_by(&*bench.next_run(), &told("Gammal"), &Deed::New, &mut out);
    let Err(SendError::Account { reason }) = stale else { panic!("{stale:?}") };
    assert!(!reason.contains("rehearsal-"), "{reason}");
}

#[test]
fn a_token_that_cannot_be_kept_is_not_renewed() {
    let bench = Bench::with("tiktok", &[("mode", "direct")], Mishaps::none().without_limits());
    bench.stand_ins.mishap(Mishap::Expired);
    let mut out = Out { keeps: false, ..bench.out() };
    let sent = bench.try_send(&told("Ingen plats"), &Deed::New, &mut out);
    assert!(matches!(&sent, Err(SendError::Account { reason }) if reason.contains("cannot be written")), "{sent:?}");
    assert!(!out.asked.iter().any(|call| call.contains("/oauth/token/")), "the old one would be worthless now");
    for platform in ["instagram", "threads"] {
        let bench = Bench::new(platform);
        let mut out = Out { keeps: false, ..bench.out() };
        bench.try_send(&told("Ingen plats"), &Deed::New, &mut out).unwrap();
        assert!(!out.asked.iter().any(|call| call.contains("refresh_access_token")), "{platform}");
        let proof = bench.channel.prove(&mut out).unwrap();
        assert!(proof.obstacles.iter().any(|line| line.contains("cannot be kept") && line.contains("file:")), "{:?}", proof.obstacles);
    }
}

#[test]
fn a_token_of_sixty_days_is_renewed_once_a_run_when_it_is_old_enough() {
    for platform in ["instagram", "threads"] {
        let bench = Bench::new(platform);
        let mut out = bench.out();
        bench.try_send(&told("Först"), &Deed::New, &mut out).unwrap();
        bench.try_send(&told("Sedan"), &Deed::New, &mut out).unwrap();
        assert_eq!(out.kept.last().unwrap().1, "rehearsal-norrvik~2", "{platform}");
        assert_eq!(out.asked.iter().filter(|call| call.contains("refresh_access_token")).count(), 1, "{platform}");
        let proof = bench.channel.prove(&mut out).unwrap();
        assert_eq!(proof.expires.map(|at| at.as_second()), Some(60 * 24 * 3600), "sixty days from the clock of this transport");
        // Another run, and the token is minutes old: it is refused, which does no harm.
        let (news, next) = (told("Till sist"), bench.next_run());
        bench.send_by(&*next, &news, &Deed::New, &mut out).unwrap();
        assert_eq!(bench.about(&news).len(), 1);
        assert!(next.prove(&mut out).unwrap().seen.iter().any(|line| line.contains("24 hours old")), "{platform}");
    }
    let bench = Bench::with("instagram", &[("login", "facebook")], Mishaps::none().without_limits());
    let mut out = bench.out();
    bench.try_send(&told("Genom Facebook"), &Deed::New, &mut out).unwrap();
    assert!(out.kept.is_empty() && out.asked.iter().all(|call| call.contains("https://graph.facebook.com/v25.0/")), "{:?}", out.asked);
}

#[test]
fn proofs_name_the_account_and_its_limits() {
    for platform in ["facebook", "instagram", "threads", "tiktok"] {
        let bench = Bench::new(platform);
        let proof = bench.channel.prove(&mut bench.out()).unwrap();
        assert_eq!(proof.account.trim_start_matches('@'), "norrvik", "{platform}");
        assert!(proof.obstacles.is_empty() && !proof.seen.is_empty(), "{platform}: {proof:?}");
        assert!(bench.wall().is_empty(), "{platform}: proving changes nothing");
    }
    let bench = Bench::with("tiktok", &[("mode", "direct"), ("privacy", "followers")], Mishaps::none().without_limits());
    assert!(bench.channel.prove(&mut bench.out()).unwrap().obstacles[0].contains("mode: draft"));
    let sent = bench.try_send(&told("Bara för följare"), &Deed::New, &mut bench.out());
    assert!(matches!(&sent, Err(SendError::Account { reason }) if reason.contains("FOLLOWER_OF_CREATOR")), "{sent:?}");
    assert!(bench.wall().is_empty());
}

#[test]
fn counts_have_their_standard_names() {
    for (platform, mode) in [("facebook", ""), ("instagram", ""), ("threads", ""), ("tiktok", "direct")] {
        let more = if mode.is_empty() { vec![] } else { vec![("mode", mode)] };
        let bench = Bench::with(platform, &more, Mishaps::none().without_limits());
        let receipt = bench.send(&told("Mät mig"), &Deed::New);
        let counts: BTreeMap<&str, u64> = bench.channel.measure(&receipt, &mut bench.out()).unwrap().into_iter().collect();
        let seen = ["views", "likes", "replies", "reposts"].map(|name| counts.contains_key(name));
        assert_eq!(seen, [true; 4], "{platform}: {counts:?}");
    }
}

#[test]
fn what_is_too_long_is_passed_over_here_and_refused_there() {
    for (platform, field, long) in [
        ("facebook", "message", "Å".repeat(63_207)),
        ("instagram", "caption", "Å".repeat(2_201)),
        ("threads", "text", format!("{}🚌", "Å".repeat(497))),
        ("tiktok", "description", "🚌".repeat(2_001)),
    ] {
        let bench = Bench::new(platform);
        let news = told(&long);
        let (mut post, key) = bench.post(&news, Act::Post);
        assert_eq!(post.text, format!("{}\n\n#Norrvik", news.link), "{platform}");
        let body = if platform == "tiktok" { &mut post.payload["post_info"] } else { &mut post.payload };
        body[field] = Value::String(long);
        let sent = bench.channel.send(&post, &Deed::New, &key, &mut bench.out());
        assert!(matches!(sent, Err(SendError::Refused { .. })), "{platform}: {sent:?}");
        assert!(bench.wall().is_empty());
    }
    let many: Vec<String> = (0..40).map(|at| format!("Tagg{at}")).collect();
    let news = News { hashtags: many, ..told("Många taggar") };
    let bench = Bench::new("instagram");
    assert_eq!(bench.post(&news, Act::Post).0.text.matches('#').count(), 30);
    bench.send(&news, &Deed::New);
    let comment = Bench::new("instagram")
        .post(&told(&"Å".repeat(290)), act(&reply(&Receipt { id: "1".into(), url: String::new(), version_id: String::new() }), &told("x")))
        .0;
    assert!(comment.counted.limit == 300 && comment.payload.get("image_url").is_none(), "a comment is shorter and needs no picture");
    let title = News {
        card: promulgate::model::announcement::Card {
            title: "Nattbussarna går hela veckan mellan torget och hamnen, sjukhuset, stationen, hamnen och flygplatsen".into(),
            description: String::new(),
        },
        ..told("Lång rubrik")
    };
    let title = Bench::new("tiktok").post(&title, Act::Post).0.payload["post_info"]["title"].as_str().unwrap().to_owned();
    assert!(title.ends_with('…') && title.encode_utf16().count() <= 90, "{title}");
}

#[test]
fn the_stand_ins_take_nothing_that_is_not_documented() {
    for platform in ["facebook", "instagram", "threads", "tiktok"] {
        let bench = Bench::new(platform);
        let (mut post, key) = bench.post(&told("Okänt fält"), Act::Post);
        post.payload["colour"] = json!("red");
        let sent = bench.channel.send(&post, &Deed::New, &key, &mut bench.out());
        assert!(matches!(&sent, Err(SendError::Refused { reason }) if reason.contains("colour")), "{platform}: {sent:?}");
        let wrong = Out::new(Outside::in_rehearsal(
            Path::new("."),
            hosts(&bench.settings).into_iter().map(|host| (host, bench.stand_ins.url(platform))).collect(),
            Box::new(|name| if name == "token" { Ok(Secret::new("wrong-token")) } else { Err("none".into()) }),
        ));
        let mut wrong = wrong;
        let sent = bench.next_run().send(&bench.post(&told("Fel nyckel"), Act::Post).0, &Deed::New, &key, &mut wrong);
        assert!(matches!(&sent, Err(SendError::Account { reason }) if !reason.contains("wrong-token")), "{platform}: {sent:?}");
        assert!(bench.wall().is_empty(), "{platform}");
    }
}

#[test]
fn payloads_hold_no_secret_and_are_the_same_each_time() {
    for platform in ["facebook", "instagram", "threads", "tiktok"] {
        let bench = Bench::new(platform);
        let news = told("Nattbussar");
        let payload = || bench.post(&news, Act::Post).0.payload.to_string();
        assert_eq!(payload(), payload());
        let mut out = bench.out();
        let _ = bench.try_send(&news, &Deed::New, &mut out);
        let notes = format!("{:?} {} {}", out.notes, payload(), bench.channel.account());
        assert!(!notes.contains("rehearsal-"), "{platform}: {notes}");
    }
}
