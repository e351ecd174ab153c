//! Posting by hand: the kit, the word of a person that closes it, corrections of what a person has posted, and the wall.

use crate::channels::{announcement, hosts, news, open, settings};
use crate::sandbox::{Said, Sandbox};
use promulgate::io::http::Http;
use promulgate::io::outside::Outside;
use promulgate::model::announcement::{Event, Image, ImageFile, Key, News};
use promulgate::model::ledger::Receipt;
use promulgate::model::route::SafePath;
use promulgate::model::settings::ChannelSettings;
use promulgate::model::source::{Asset, AssetBytes};
use promulgate::model::transport::*;
use promulgate::rehearsal::{Mishap, Mishaps, StandIns, serve_site};
use std::path::Path;

fn channel() -> ChannelSettings {
    settings("whatsapp", "by-hand", &[("network", "whatsapp-channel"), ("where", "https://whatsapp.com/channel/0029example")])
}

fn picture(name: &str, alt: &str) -> Image {
    let path = SafePath::new(&format!("content/{name}")).unwrap();
    let file = ImageFile::Source(Asset { path, bytes: AssetBytes::BuiltIn(b"\x89PNG picture"), picture: None });
    Image { file, media_type: "image/png", alt: alt.into(), url: format!("https://norrvik.example/{name}"), size: None }
}

fn written(news: &News) -> (Box<dyn Channel>, Post, Key) {
    let channel = open(&channel());
    let announcement = announcement("by-hand", channel.account(), news);
    let mut posts = channel.compose(&announcement);
    assert!(posts.findings.is_empty(), "{:?}", posts.findings);
    (channel, posts.value.remove(0), announcement.key)
}

fn earnest(root: &Path) -> Outside {
    Outside::in_earnest(root, Http::loopback(), Box::new(|_| Err("none".into())))
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_kit_has_all_that_a_person_needs_and_a_repeat_writes_the_same_one() {
    let root = tempfile::tempdir().unwrap();
    let news = News {
        images: vec![picture("map.png", "Karta över linje 7")],
        drawn: vec![picture("map.png", "Kortet")],
        ..news("sv", "Ny linje 7")
    };
    let (channel, post, key) = written(&news);
    let said = channel.send(&post, &Deed::New, &key, &mut earnest(root.path()));
    let place = format!("handover/{}/test.sv", news.record);
    let Err(SendError::Person { reason }) = &said else { panic!("{said:?}") };
    assert!(reason.contains(&place) && reason.contains(&format!("promulgate resolve {} --posted URL", &key.as_str()[..12])), "{reason}");
    let folder = root.path().join(&place);
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(files(&folder), ["alt.txt", "checklist.md", "link.txt", "picture-1-map.png", "picture-2-map.png", "text.txt"]);
    assert_eq!((read("text.txt"), read("link.txt")), (format!("{}\n", news.wordings[0]), format!("{}\n", news.link)));
    assert!(read("alt.txt").starts_with("picture-1-map.png:\nKarta över linje 7\n\npicture-2-map.png:\nKortet\n"));
    let list = read("checklist.md");
    for words in
        ["https://whatsapp.com/channel/0029example", &news.link, &format!("promulgate resolve {} --posted URL", &key.as_str()[..12])]
    {
        assert!(list.contains(words), "{list}");
    }
    std::fs::write(folder.join("notes.txt"), "scribbled").unwrap();
    assert_eq!(channel.send(&post, &Deed::New, &key, &mut earnest(root.path())), said);
    assert_eq!(files(folder.parent().unwrap()), ["test.sv"], "one kit, and nothing beside it");
    assert_eq!(files(&folder).len(), 6);
}

#[test]
fn a_change_has_a_kit_of_its_own_that_names_the_post_it_is_about() {
    let root = tempfile::tempdir().unwrap();
    let first = news("sv", "Mötet är den 4 mars");
    let corrected = News { event: Event::Corrected, version: "2".into(), ..first };
    let (channel, post, key) = written(&corrected);
    let of = Receipt {
        id: "https://whatsapp.com/channel/0029example/12".into(),
        url: "https://whatsapp.com/channel/0029example/12".into(),
        version_id: String::new(),
    };
    for (deed, words, has_text) in [
        (Deed::Edit(of.clone()), "replace its whole text", true),
        (Deed::Reply { to: of.clone(), root: of.clone() }, "Answer this post", true),
        (Deed::Delete(of.clone()), "Take away this post", false),
    ] {
        let said = channel.send(&post, &deed, &key, &mut earnest(root.path()));
        let Err(SendError::Person { reason }) = &said else { panic!("{said:?}") };
        let place = format!("handover/{}/test.sv.corrected-{}", corrected.record, &key.as_str()[..8]);
        assert!(reason.contains(&place), "{reason}");
        let list = std::fs::read_to_string(root.path().join(&place).join("checklist.md")).unwrap();
        assert!(list.contains(words) && list.contains("0029example/12"), "{list}");
        assert_eq!(root.path().join(&place).join("text.txt").exists(), has_text);
    }
}

#[test]
fn a_text_that_is_too_long_gives_way_to_the_next_wording() {
    let long = news("sv", &"Ett ord till. ".repeat(60));
    let (_, post, _) = written(&long);
    assert_eq!((post.text.as_str(), post.counted.limit), (long.link.as_str(), 700));
}

#[test]
fn on_the_wall_a_kit_is_a_post_and_counts_as_sent() {
    let folder = tempfile::tempdir().unwrap();
    let stand_ins = StandIns::start(folder.path(), None, Mishaps::none()).unwrap();
    let settings = channel();
    let mut out = stand_ins.outside(folder.path(), &settings, &hosts(&settings));
    let news = News { images: vec![picture("map.png", "Karta över linje 7")], ..news("sv", "Mötet är den 4 mars") };
    let (channel, post, key) = written(&news);
    stand_ins.mishap(Mishap::AcceptThenCut);
    let lost = channel.send(&post, &Deed::New, &key, &mut out);
    assert!(matches!(lost, Err(SendError::Retry { .. })), "a kit may be written twice: {lost:?}");
    let receipt = channel.send(&post, &Deed::New, &key, &mut out).unwrap().unwrap();
    let corrected = News { event: Event::Corrected, version: "2".into(), wordings: vec![format!("Den 5 mars\n\n{}", news.link)], ..news };
    let (_, change, change_key) = written(&corrected);
    channel.send(&change, &Deed::Edit(receipt.clone()), &change_key, &mut out).unwrap();
    channel.send(&change, &Deed::Reply { to: receipt.clone(), root: receipt.clone() }, &change_key, &mut out).unwrap();
    let posts = stand_ins.posts();
    assert_eq!(posts.len(), 2, "the repeat made no second post");
    assert!(posts[0].edited && posts[0].text.starts_with("Den 5 mars") && posts[0].network == "by-hand" && posts[0].account == "whatsapp");
    assert_eq!(posts[0].images[0].1, "Karta över linje 7");
    assert_eq!(posts[1].parent.as_deref(), Some(receipt.id.as_str()));
    channel.send(&change, &Deed::Delete(receipt.clone()), &change_key, &mut out).unwrap();
    channel.send(&change, &Deed::Delete(receipt), &change_key, &mut out).expect("a second time does no harm");
    assert!(stand_ins.posts()[0].deleted);
    assert!(!folder.path().join("handover").exists(), "no folder is written in a rehearsal");
}

const FERRY: &str = "---\ntitle: The ferry sails on Sundays\nsummary: It sails from 3 May.\ndate: 2026-04-26T09:00:00+02:00\ndecided: 2026-04-26\ndecision: The ferry sails on Sundays.\n---\n\nText.\n";

fn publish(town: &Sandbox, now: &str) -> Said {
    town.run(&["publish", "--now", now, "--wait-live", "5s"])
}

/// The key in the command of a checklist.
fn key_in(list: &str) -> String {
    let at = list.find("promulgate resolve ").expect("the command stands there") + "promulgate resolve ".len();
    list[at..].split(' ').next().unwrap().to_owned()
}

#[test]
fn from_the_kit_over_the_word_of_a_person_to_the_correction() {
    let town = Sandbox::new();
    assert_eq!(town.run(&["init", "."]).code, 0);
    let served = serve_site(&town.path("public"), None).unwrap();
    let settings = town.read("promulgate.yaml").replacen("url: https://smakoping.example", &format!("url: {}", served.url()), 1);
    let settings = settings.split("\nchannels:").next().unwrap().to_owned()
        + "\nchannels:\n  whatsapp:\n    platform: by-hand\n    network: whatsapp-channel\n    where: https://whatsapp.com/channel/0029example\n    correct_by: edit\n";
    town.write("promulgate.yaml", settings.as_bytes());
    let first = publish(&town, "2026-04-25T10:00:00+02:00");
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(!town.path("handover").exists(), "nothing old is handed over");

    town.write("content/decisions/2026/ferry.md", FERRY.as_bytes());
    let second = publish(&town, "2026-04-26T10:00:00+02:00");
    let place = "handover/decisions/2026/ferry/whatsapp.en";
    assert!(second.code != 0 && second.stderr.contains("1 wait for a person") && second.stderr.contains(place), "{}", second.stderr);
    assert!(town.read(&format!("{place}/text.txt")).contains("The ferry sails on Sundays"));
    assert!(
        town.path(place).join("picture-1-og.png").exists() || files(&town.path(place)).iter().any(|name| name.starts_with("picture-1-"))
    );
    let key = key_in(&town.read(&format!("{place}/checklist.md")));

    // Its correction waits until a person has said where it is.
    let changed = FERRY.replace(
        "decided:",
        "updated: 2026-04-27\nrevisions:\n  - {date: 2026-04-27T09:00:00+02:00, note: It sails from 10 May., material: true}\ndecided:",
    );
    town.write("content/decisions/2026/ferry.md", changed.as_bytes());
    let waiting = publish(&town, "2026-04-27T10:00:00+02:00");
    assert!(waiting.stderr.contains("1 wait for a person"), "{}", waiting.stderr);
    assert_eq!(files(&town.path("handover/decisions/2026/ferry")).len(), 1, "there is nothing yet that could be changed");

    let url = "https://whatsapp.com/channel/0029example/12";
    let said = town.run(&["resolve", &key, "--posted", url]);
    assert!(said.code == 0 && said.stderr.contains("recorded as posted"), "{}", said.stderr);
    let again = town.run(&["resolve", &key, "--posted", url]);
    assert!(again.code != 0 && again.stderr.contains(url), "{}", again.stderr);

    let third = publish(&town, "2026-04-27T11:00:00+02:00");
    assert!(third.stderr.contains("1 wait for a person"), "{}", third.stderr);
    let folders = files(&town.path("handover/decisions/2026/ferry"));
    assert!(folders.len() == 2 && folders[1].starts_with("whatsapp.en.updated-"), "{folders:?}");
    let list = town.read(&format!("handover/decisions/2026/ferry/{}/checklist.md", folders[1]));
    assert!(list.contains("replace its whole text") && list.contains(url), "{list}");
    let done = town.run(&["resolve", &key_in(&list), "--posted", url]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let quiet = publish(&town, "2026-04-27T12:00:00+02:00");
    assert!(quiet.code == 0 && quiet.stderr.contains("0 announcements sent."), "{}", quiet.stderr);
    assert_eq!(files(&town.path("handover/decisions/2026/ferry")).len(), 2, "no second kit");
    assert!(town.read("public/decisions/2026/ferry/index.html").contains(url), "the page names its post");
}
