//! Every feed and calendar of Norrvik, in all its languages, read by parsers that are not ours: two for each.

use crate::formats::Beside;
use crate::sandbox::{NOW, files_below};
use crate::served::Served;
use icalendar::Component;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// Norrvik, built once for the tests of a run.
pub(crate) fn norrvik() -> &'static Path {
    static BUILT: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut build = Command::new(env!("CARGO_BIN_EXE_promulgate"));
        build.args(["--root", env!("CARGO_MANIFEST_DIR"), "--now", NOW, "build", "--out"]).arg(folder.path().join("public"));
        let said = build.output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        folder
    });
    Box::leak(folder.path().join("public").into_boxed_path())
}

/// Files of Norrvik whose path ends so.
pub(crate) fn ending(ends: &str) -> BTreeMap<String, String> {
    let all = files_below(norrvik()).into_iter();
    let below = all.map(|file| (file.strip_prefix(norrvik()).unwrap().to_str().unwrap().to_owned(), file));
    below.filter(|(path, _)| path.ends_with(ends)).map(|(path, file)| (path, fs::read_to_string(file).unwrap())).collect()
}

/// What the parsers of Python understand of some files of a folder.
fn python(folder: &Path, files: &[&str]) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let installed = root.join("tests/.cache/python");
    assert!(installed.is_dir(), "tests/python/install.sh puts the parsers of Python where this test finds them; tests/all runs it");
    let mut read = Command::new("python3");
    read.arg(root.join("tests/python/read.py")).arg(folder).args(files).env("PYTHONPATH", installed);
    let said = read.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    serde_json::from_slice(&said.stdout).unwrap()
}

/// Ids and titles of a feed's entries, as a parser understood them.
type Entries = Vec<(String, String)>;

fn by_feed_rs(path: &str, text: &str) -> Entries {
    let read = feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
    let title = |entry: &feed_rs::model::Entry| entry.title.as_ref().map(|title| title.content.clone()).unwrap_or_default();
    read.entries.iter().map(|entry| (entry.id.clone(), title(entry))).collect()
}

fn by_feedparser(path: &str, read: &Value) -> Entries {
    assert_eq!(read["fault"], Value::Null, "{path}");
    let own = format!("https://norrvik.example/{path}");
    assert!(read["links"].as_array().unwrap().contains(&serde_json::json!(["self", own])), "{path}: {}", read["links"]);
    let entries = read["entries"].as_array().unwrap();
    for entry in entries {
        assert!(entry["link"].as_str().is_some_and(|link| link.starts_with("https://norrvik.example/")), "{path}: {entry}");
        assert_eq!(entry["published"], true, "{path}: a date that cannot be read: {entry}");
        assert!(read["version"] != "rss20" || entry["permalink"] != true, "{path}: an id is not an address: {entry}");
    }
    entries.iter().map(|entry| (entry["id"].as_str().unwrap().to_owned(), entry["title"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn every_feed_of_norrvik_says_the_same_in_three_forms_to_two_readers() {
    let (atoms, rss, json) = (ending("feed.atom"), ending("feed.rss"), ending("feed.json"));
    assert!(atoms.len() > 200, "{} feeds", atoms.len());
    assert_eq!((atoms.len(), atoms.len()), (rss.len(), json.len()), "each feed has three forms");
    let names: Vec<&str> = atoms.keys().chain(rss.keys()).map(String::as_str).collect();
    let understood = python(norrvik(), &names);
    let schema: Value = serde_json::from_str(include_str!("../data/jsonfeed-1.1.schema.json")).unwrap();
    let validator = jsonschema::options().with_retriever(Beside).build(&schema).unwrap();
    let mut langs = BTreeSet::new();
    for (path, text) in &atoms {
        let entries = by_feed_rs(path, text);
        assert_eq!(entries, by_feedparser(path, &understood[path]), "{path}");
        assert_eq!(understood[path]["version"], "atom10");
        langs.extend(understood[path]["lang"].as_str().map(str::to_owned));
        let ids: BTreeSet<&String> = entries.iter().map(|(id, _)| id).collect();
        assert_eq!(ids.len(), entries.len(), "{path}: an id stands twice");
        let other = path.replace(".atom", ".rss");
        assert_eq!(entries, by_feed_rs(&other, &rss[&other]), "{other}");
        assert_eq!(entries, by_feedparser(&other, &understood[&other]), "{other}");
        assert_eq!(understood[&other]["version"], "rss20");
        let other = path.replace(".atom", ".json");
        assert_eq!(entries, by_feed_rs(&other, &json[&other]), "{other}");
        let value: Value = serde_json::from_str(&json[&other]).unwrap();
        for read in [&understood[path], &understood[&path.replace(".atom", ".rss")]] {
            for (entry, item) in read["entries"].as_array().unwrap().iter().zip(value["items"].as_array().unwrap()) {
                assert_eq!(entry["link"], item["url"], "{path}: every reader is led to the page in the language of the entry");
            }
        }
        let faults: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{other}: {faults:?}");
    }
    assert_eq!(langs.len(), 7, "{langs:?}");
    for path in
        ["feed.rss", "decisions/feed.atom", "bodies/council/feed.atom", "en/topics/water/feed.rss", "ka/services/drinking-water/feed.atom"]
    {
        assert!(names.contains(&path), "{path}");
    }
}

#[test]
fn every_message_of_the_feeds_is_in_every_language() {
    for lang in ["sv", "en", "kk", "ru", "ka", "ar"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/daylight/messages/{lang}.ftl"))).unwrap();
        for key in ["feed-corrected", "feed-withdrawn", "feed-superseded", "feed-superseded-by", "feed-explained", "cap-all-clear"] {
            assert!(text.lines().any(|line| line.starts_with(&format!("{key} = "))), "{lang}: {key}");
        }
    }
}

#[test]
fn corrections_and_withdrawals_of_norrvik_are_entries_of_their_own() {
    let all = by_feed_rs("feed.atom", &ending("feed.atom")["feed.atom"]);
    assert!(all.iter().any(|(id, title)| id.contains("#revision-") && title.starts_with("Rättat: ")), "{all:?}");
    let old = &ending("decisions/feed.atom")["decisions/feed.atom"];
    let replaced = by_feed_rs("decisions/feed.atom", old);
    assert!(replaced.iter().any(|(id, title)| id.contains("#superseded-") && title.starts_with("Ersatt: ")), "{replaced:?}");
}

#[test]
fn every_calendar_of_norrvik_is_read_by_two_parsers_and_comes_back_the_same() {
    let calendars = ending(".ics");
    let names: Vec<&str> = calendars.keys().map(String::as_str).collect();
    for path in [
        "calendar.ics",
        "meetings/calendar.ics",
        "ar/consultations/calendar.ics",
        "bodies/council/calendar.ics",
        "meetings/2026/council-2026-12-16/event.ics",
    ] {
        assert!(names.contains(&path), "{path}");
    }
    let understood = python(norrvik(), &names);
    for (path, text) in &calendars {
        assert!(text.lines().all(|line| line.len() <= 75) && !text.replace("\r\n", "").contains(['\r', '\n']), "{path}");
        let theirs = &understood[path];
        assert_eq!((&theirs["fault"], &theirs["same"]), (&Value::Null, &Value::Bool(true)), "{path}");
        let read: icalendar::Calendar = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        let again: icalendar::Calendar = read.to_string().parse().unwrap();
        let events = |calendar: &icalendar::Calendar| -> Vec<BTreeMap<String, String>> {
            let of = |event: &icalendar::Event| {
                event.properties().iter().map(|(key, value)| (key.clone(), value.value().to_owned())).collect::<BTreeMap<_, _>>()
            };
            calendar.components.iter().filter_map(|part| part.as_event()).map(of).collect()
        };
        assert_eq!(events(&read), events(&again), "{path}");
        let theirs = theirs["events"].as_array().unwrap();
        assert_eq!(theirs.len(), events(&read).len(), "{path}");
        let mut uids = BTreeSet::new();
        for (event, other) in read.components.iter().filter_map(|part| part.as_event()).zip(theirs) {
            assert_eq!(event.get_summary(), other["SUMMARY"].as_str(), "{path}");
            assert_eq!(event.get_uid(), other["UID"].as_str(), "{path}");
            assert!(uids.insert(event.get_uid().unwrap().to_owned()), "{path}: {:?} stands twice", event.get_uid());
        }
    }
    let meeting = understood["meetings/2026/council-2026-12-16/event.ics"]["events"][0].clone();
    assert_eq!(meeting["UID"], "meetings/2026/council-2026-12-16@norrvik.example");
    assert!(meeting["DTSTART"].as_str().unwrap().starts_with("2026-12-16 1"), "{meeting}");
    let all = understood["en/calendar.ics"]["events"].as_array().unwrap();
    let appeal = all.iter().find(|event| event["SUMMARY"].as_str().unwrap().starts_with("Last day to appeal: ")).unwrap();
    let days = (appeal["DTSTART"].as_str().unwrap(), appeal["DTEND"].as_str().unwrap());
    assert!(days.0.len() == 10 && days.0 < days.1, "a whole day, its end the day after: {days:?}");
    assert!(all.iter().any(|event| event["SUMMARY"].as_str().unwrap().starts_with("Last day to answer: ")));
}

#[test]
fn a_person_who_opens_a_feed_meets_a_page_in_light_and_dark() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(here.join("tests/.cache/browser/node_modules").is_dir(), "run tests/all, or tests/browser/install.sh");
    let site = Served::folder(norrvik());
    let paths = ["/feed.atom", "/ar/feed.rss", "/ka/alerts/cap.atom"];
    let said = Command::new("node").arg(here.join("tests/browser/feed.mjs")).arg(site.url()).args(paths).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let report: Vec<Value> = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(report.len(), 6);
    for view in &report {
        assert_eq!(view["type"], "application/xml", "{view}");
        assert!(view["links"].as_u64().unwrap() > 6, "every title is a link: {view}");
        assert_eq!(view["machine"], serde_json::json!([]), "what machines read is hidden: {view}");
        assert_eq!(view["wide"], false, "{view}");
        assert_eq!(view["side"], if view["path"] == "/ar/feed.rss" { "rtl" } else { "ltr" }, "{view}");
    }
    assert_eq!(report[0]["heading"], "Norrviks kommun");
    assert_ne!(report[0]["paper"], report[3]["paper"], "dark is another paper");
}
