//! A small town for plans: records as values, a channel that can be told what it can do.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use promulgate::announce::words::{Draft, Words};
use promulgate::model::announcement::{Act, Announcement, Key};
use promulgate::model::date::{Now, Stamp};
use promulgate::model::finding::Checked;
use promulgate::model::kind::Kind;
use promulgate::model::lang::Lang;
use promulgate::model::ledger::{Ledger, Line, Receipt, State};
use promulgate::model::messages::Messages;
use promulgate::model::record::{Fields, Record, RecordId, Value};
use promulgate::model::route::{Route, SafePath};
use promulgate::model::settings::*;
use promulgate::model::site::{Edition, Item, Links, Site, Status, Tone};
use promulgate::model::source::Source;
use promulgate::model::theme::Theme;
use promulgate::model::transport::*;
use std::collections::BTreeMap;

const fn kind(name: &'static str, folder: &'static str) -> Kind {
    Kind { name, folder, template: "page.html", about: "", common: &[], fields: &[], archetype: "" }
}

static KINDS: [Kind; 5] = [
    kind("decision", "decisions"),
    kind("alert", "alerts"),
    kind("update", "updates"),
    kind("correction", "corrections"),
    kind("consultation", "consultations"),
];

pub fn lang(tag: &str) -> Lang {
    tag.parse().unwrap()
}

pub fn text(text: &str) -> Value {
    Value::Text(text.into())
}

pub fn when(stamp: &str) -> Value {
    match stamp.parse().unwrap() {
        Stamp::Day(day) => Value::Day(day),
        Stamp::Instant(instant) => Value::Instant(instant),
    }
}

pub fn map(fields: &[(&'static str, Value)]) -> Value {
    Value::Map(Fields(fields.to_vec()))
}

pub fn list(items: &[Value]) -> Value {
    Value::List(items.to_vec())
}

pub fn texts(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| text(item)).collect())
}

/// A record in some languages, the first one its original.
pub fn item(id: &str, langs: &[&str], fields: &[(&'static str, Value)]) -> Item {
    let kind = KINDS.iter().find(|kind| id.starts_with(kind.folder)).unwrap();
    let editions = langs.iter().enumerate().map(|(at, tag)| edition(id, kind, tag, at == 0, fields)).collect();
    let fields = Fields(fields.to_vec());
    Item {
        id: RecordId(id.into()),
        kind,
        day: fields.day("date"),
        published: fields.stamp("date"),
        changed: None,
        editions,
        status: Status { word: "open", tone: Tone::Info, date: None },
        appeal_until: None,
        links: Links::default(),
    }
}

fn edition(id: &str, kind: &'static Kind, tag: &str, original: bool, fields: &[(&'static str, Value)]) -> Edition {
    let prefix = if original { String::new() } else { format!("{tag}/") };
    let path = SafePath::new(&format!("content/{id}.{tag}.md")).unwrap();
    let mut all = fields.to_vec();
    all.push(("title", text(&format!("{id} ({tag})"))));
    let record = Record {
        id: RecordId(id.into()),
        lang: lang(tag),
        original,
        kind,
        source: Source { path, text: "".into() },
        body: 0..0,
        fields: Fields(all),
        own: if original { fields.iter().map(|(name, _)| *name).collect() } else { Vec::new() },
    };
    Edition { record, route: Route::new(&format!("{prefix}{id}/")).unwrap(), stale: false, summary: "Bussar går hela natten.".into() }
}

pub const NOW: &str = "2026-11-20T12:00:00Z";

pub fn site(items: Vec<Item>) -> Site {
    let mut messages = Messages::new(vec![lang("sv")]);
    messages
        .add(lang("sv"), "post-published = { $title }: { $summary } { $link }\npost-decision-updated = Ändrat: { $note } { $link }\n")
        .unwrap();
    messages.add(lang("en"), "post-published = { $title }: { $summary } { $link }\n").unwrap();
    let by_id = items.iter().enumerate().map(|(at, item)| (item.id.clone(), at)).collect();
    Site {
        log: None,
        tombstones: Vec::new(),
        hashes: BTreeMap::new(),
        settings: settings(),
        now: Now { at: NOW.parse().unwrap(), zone: TimeZone::UTC },
        theme: Theme::default(),
        messages,
        items,
        by_id,
        indexes: Vec::new(),
        assets: Vec::new(),
        pictures: Default::default(),
        posted: Default::default(),
        broken: Default::default(),
        redirects: Vec::new(),
        next_change: None,
        watch: Default::default(),
    }
}

fn settings() -> Settings {
    Settings {
        log: None,
        hub: None,
        title: Localised::same("Norrvik"),
        tagline: Localised::default(),
        url: "https://norrvik.example".into(),
        languages: vec![lang("sv"), lang("en")],
        zone: TimeZone::UTC,
        zone_name: "UTC".into(),
        accounts: Vec::new(),
        fediverse_creator: None,
        licence: None,
        security: None,
        transport_security: None,
        contact: Fields::default(),
        theme: "daylight".into(),
        brand: Fields::default(),
        law: None,
        bodies: Vec::new(),
        topics: Vec::new(),
        audiences: Vec::new(),
        places: Vec::new(),
        routes: BTreeMap::new(),
        ending: Ending::Folder,
        per_page: 20,
        search: true,
        footer: Vec::new(),
        checks: BTreeMap::new(),
        cards: CardSettings { made: Vec::new(), days: 400 },
        channels: Vec::new(),
        announce: AnnounceSettings { max: 10, max_age_days: 14, quiet_seconds: 120, ..AnnounceSettings::default() },
        state: StateSettings::Folder,
        extra: serde_json::Value::Null,
    }
}

pub fn channel(name: &str) -> ChannelSettings {
    ChannelSettings {
        name: name.into(),
        label: None,
        profile: None,
        platform: "mastodon".into(),
        own: Fields::default(),
        secrets: BTreeMap::new(),
        rotated: BTreeMap::new(),
        foreign: Vec::new(),
        languages: vec![lang("sv")],
        kinds: Vec::new(),
        audiences: Vec::new(),
        on: Vec::new(),
        correct_by: CorrectBy::Edit,
        hashtags: BTreeMap::new(),
        template: BTreeMap::new(),
    }
}

/// A channel that posts nothing; its account is the name of its town.
pub struct Square {
    pub account: &'static str,
    pub can: Abilities,
}

impl Square {
    pub fn new() -> Square {
        Square {
            account: "social.norrvik.example",
            can: Abilities { look_up: LookUp::Link, edit: Edit::Full, delete: Delete::Yes, reply: Reply::Native, ..Abilities::LEAST },
        }
    }
}

impl Channel for Square {
    fn account(&self) -> &str {
        self.account
    }
    fn abilities(&self) -> Abilities {
        self.can
    }
    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        let news = &announcement.news;
        let text = news.wordings.first().cloned().unwrap_or_default();
        let counted = Counted { used: text.chars().count(), limit: 500, unit: "characters" };
        let payload = serde_json::json!({ "status": text });
        let (card, images) = (Some(news.card.clone()), news.images.clone());
        vec![Post { card, images, ..Post::new(announcement, text, counted, payload) }].into()
    }
    fn send(&self, _: &Post, _: &Deed, _: &Key, _: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        Err(SendError::Refused { reason: "this is a plan".into() })
    }
    fn find(&self, _: &Post, _: &Deed, _: &Key, _: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        Ok(None)
    }
}

/// Words as they are.
pub struct Plainly;

impl Words for Plainly {
    fn wordings(&self, draft: &Draft<'_>, render: &dyn Fn(&str) -> String) -> Vec<String> {
        vec![render(draft.summary)]
    }
    fn plain(&self, markdown: &str) -> String {
        markdown.replace('*', "")
    }
    fn date(&self, _: Lang, stamp: Stamp) -> String {
        stamp.to_string()
    }
}

/// A ledger in which the channel `fediverse` has its baseline.
pub fn begun() -> Ledger {
    let mut ledger = Ledger::default();
    ledger.baselines.insert("fediverse".into(), Timestamp::from_second(1).unwrap());
    ledger
}

/// A post that was made, with its address, so many minutes before the present.
pub fn made(ledger: &mut Ledger, entry: &promulgate::announce::plan::Entry, minutes_ago: i64, url: &str) {
    note(ledger, entry, State::Sent);
    let standing = ledger.records.get_mut(&entry.record).unwrap().get_mut(&entry.key).unwrap();
    let at = NOW.parse::<Timestamp>().unwrap() - jiff::SignedDuration::from_mins(minutes_ago);
    let act = entry.job.as_ref().map_or("post", |job| if matches!(job.announcement.act, Act::Reply { .. }) { "reply" } else { "post" });
    standing.line = Line {
        at,
        act: act.into(),
        remote: Some(Receipt { id: url.into(), url: url.into(), version_id: String::new() }),
        ..standing.line.clone()
    };
    standing.sent_at = Some(at);
}

/// Takes the state of an announcement of a plan into the ledger.
pub fn note(ledger: &mut Ledger, entry: &promulgate::announce::plan::Entry, state: State) {
    let line = Line {
        v: 1,
        key: entry.key.clone(),
        state,
        at: NOW.parse().unwrap(),
        run: "earlier".into(),
        attempt: 1,
        round: 0,
        absent: 0,
        channel: entry.channel.clone(),
        event: entry.event,
        lang: entry.lang,
        version: entry.version.clone(),
        body: String::new(),
        remote: (state == State::Sent).then(|| Receipt {
            id: "1".into(),
            url: "https://social.norrvik.example/1".into(),
            version_id: String::new(),
        }),
        reason: String::new(),
        not_before: None,
        happened: None,
        notes: BTreeMap::new(),
        act: String::new(),
        of: None,
    };
    ledger.fold(&entry.record, line);
}
