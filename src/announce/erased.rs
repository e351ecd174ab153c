//! In: records whose text was taken out for good, and the ledger. Out: entries that take away every post made of them.
//!
//! Such a record is no part of the site any more; what was told of it is known from the ledger alone. Every post that is
//! still there on an account is deleted, each step under a key of its own, the last one under that of the entry, so that
//! the entry is done when all of them are gone. Where a platform cannot delete, a person must.

use crate::announce::plan::{Entry, Job, Verdict};
use crate::announce::verdict;
use crate::model::announcement::{Act, Announcement, Card, Event, Key, News};
use crate::model::date::Instant;
use crate::model::lang::Lang;
use crate::model::ledger::{Ledger, Line, State};
use crate::model::log::Tombstone;
use crate::model::record::RecordId;
use crate::model::route::SafePath;
use crate::model::settings::ChannelSettings;
use crate::model::site::Site;
use crate::model::transport::{Channel, Counted, Post};
use std::collections::BTreeSet;

/// The posts of a record that are still there on a channel in a language, by key.
pub(super) fn there(record: &RecordId, channel: &str, lang: Lang, ledger: &Ledger) -> Vec<Key> {
    let sent = || {
        let lines = ledger.records.get(record).into_iter().flat_map(|keys| keys.values()).map(|standing| &standing.line);
        lines.filter(|line| line.state == State::Sent && line.channel == channel && line.lang == lang && line.event != Event::Erased)
    };
    let id = |line: &Line| line.remote.as_ref().map(|remote| remote.id.clone());
    let gone: BTreeSet<String> = sent().filter(|line| line.act == "delete").filter_map(id).collect();
    let posts = sent().filter(|line| matches!(line.act.as_str(), "" | "post" | "reply"));
    posts.filter(|line| id(line).is_some_and(|id| !gone.contains(&id))).map(|line| line.key.clone()).collect()
}

/// What one channel does about erased records.
pub(super) fn entries(site: &Site, ledger: &Ledger, (settings, channel): (&ChannelSettings, &dyn Channel)) -> Vec<Entry> {
    let told = |tombstone: &Tombstone| -> BTreeSet<Lang> {
        let lines = ledger.records.get(&tombstone.record).into_iter().flat_map(|keys| keys.values()).map(|standing| &standing.line);
        lines.filter(|line| line.channel == settings.name).map(|line| line.lang).collect()
    };
    let all = site.tombstones.iter().flat_map(|tombstone| told(tombstone).into_iter().map(move |lang| (tombstone, lang)));
    all.filter_map(|(tombstone, lang)| entry(site, ledger, (settings, channel), (tombstone, lang))).collect()
}

fn entry(
    site: &Site,
    ledger: &Ledger,
    (settings, channel): (&ChannelSettings, &dyn Channel),
    (tombstone, lang): (&Tombstone, Lang),
) -> Option<Entry> {
    let record = &tombstone.record;
    let posts = there(record, &settings.name, lang, ledger);
    if posts.is_empty() {
        return None;
    }
    let key = Key::of(&settings.platform, channel.account(), record, lang, &tombstone.date, Event::Erased);
    let addresses: Vec<String> =
        posts.iter().filter_map(|post| Some(ledger.standing(record, post)?.line.remote.as_ref()?.url.clone())).collect();
    let verdict = verdict::by_ledger(ledger, record, &key).unwrap_or_else(|| match channel.abilities().deletes(0) {
        true => Verdict::Send,
        false => Verdict::Parked(format!("Posts cannot be deleted there by program. Delete them by hand: {}", addresses.join(" "))),
    });
    let at = site.now.at;
    let announcement = Announcement {
        key: key.clone(),
        channel: settings.name.clone(),
        news: News {
            record: record.clone(),
            kind: "",
            lang,
            event: Event::Erased,
            version: tombstone.date.clone(),
            at: Instant::utc(at).in_zone(&site.now.zone),
            link: site.settings.absolute("/"),
            wordings: Vec::new(),
            hashtags: Vec::new(),
            card: Card { title: String::new(), description: String::new() },
            images: Vec::new(),
            drawn: Vec::new(),
            urgent: false,
        },
        act: Act::Remove,
    };
    let nothing = Post::new(&announcement, "", Counted { used: 0, limit: 0, unit: "characters" }, serde_json::Value::Null);
    let job = Job {
        posts: vec![nothing],
        announcement,
        page: SafePath::new("index.html").ok()?,
        after: None,
        instead: None,
        targets: addresses,
        preview: channel.abilities().preview,
    };
    let open = matches!(verdict, Verdict::Send | Verdict::Unknown(_));
    Some(Entry {
        key,
        channel: settings.name.clone(),
        record: record.clone(),
        kind: "",
        event: Event::Erased,
        lang,
        version: tombstone.date.clone(),
        at,
        title: record.to_string(),
        urgent: false,
        verdict,
        job: open.then(|| Box::new(job)),
    })
}
