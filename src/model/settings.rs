//! In: what `promulgate.yaml` said. Out: the settings of a site, complete, with their defaults.

pub use crate::model::keeping::{Bucket, SecretRef, StateSettings};
use crate::model::lang::Lang;
use crate::model::log::LogSettings;
use crate::model::record::Fields;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Text in one or several languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localised {
    /// Said in every language that has no own text.
    pub any: Option<String>,
    /// By language.
    pub by_lang: BTreeMap<Lang, String>,
}

impl Localised {
    /// The same text in every language.
    pub fn same(text: impl Into<String>) -> Localised {
        Localised { any: Some(text.into()), by_lang: BTreeMap::new() }
    }

    /// The text in a language; else the one for any; else the first there is.
    pub fn get(&self, lang: Lang) -> &str {
        self.exact(lang).or_else(|| self.by_lang.values().next().map(String::as_str)).unwrap_or_default()
    }

    /// The text in a language, or the one for any.
    pub fn exact(&self, lang: Lang) -> Option<&str> {
        self.by_lang.get(&lang).or(self.any.as_ref()).map(String::as_str)
    }
}

/// A member of a controlled list: a body, topic, audience or place.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its id, as records name it.
    pub id: String,
    /// Its name as citizens read it.
    pub name: Localised,
    /// One sentence about it.
    pub about: Localised,
    /// For a topic: the word that its posts carry, without `#`.
    pub hashtag: Localised,
    /// For a body: how many vote in it.
    pub seats: Option<u64>,
}

/// How the address of a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// `/decisions/2026/night-buses/`, a file `index.html` in a folder.
    Folder,
    /// `/decisions/2026/night-buses.html`.
    File,
}

/// What a channel does with a change to something already posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectBy {
    /// Edits the post where readers see it.
    Edit,
    /// Replies below the post.
    Reply,
    /// Deletes the post and posts again.
    Replace,
}

/// One configured account on a platform.
#[derive(Debug, Clone)]
pub struct ChannelSettings {
    /// The site's own name for it.
    pub name: String,
    /// Its name for readers; the site's own where there is none.
    pub label: Option<Localised>,
    /// Where readers find the account; linked from every page with `rel="me"`.
    pub profile: Option<String>,
    /// The platform, such as `mastodon`.
    pub platform: String,
    /// The platform's own fields as typed (`server`, `handle`, `url`, `command` …), checked by its table.
    pub own: Fields,
    /// Secrets by the platform's names for them.
    pub secrets: BTreeMap<String, SecretRef>,
    /// Where secrets that the platform replaces are kept, by its names for them.
    pub rotated: BTreeMap<String, SecretRef>,
    /// Environment variables that hold secrets of other channels alone: no program of this one sees them.
    pub foreign: Vec<String>,
    /// Languages told; one announcement each.
    pub languages: Vec<Lang>,
    /// Kinds told.
    pub kinds: Vec<&'static str>,
    /// Audiences told; empty means every record.
    pub audiences: Vec<String>,
    /// Events told.
    pub on: Vec<crate::model::announcement::Event>,
    /// How a change reaches what was already posted.
    pub correct_by: CorrectBy,
    /// Words that every post carries where there is room, by language, without `#`.
    pub hashtags: BTreeMap<Lang, Vec<String>>,
    /// Own wording by `EVENT` or `KIND-EVENT`, a Fluent pattern such as `{ $title }`.
    pub template: BTreeMap<String, Localised>,
}

/// Hours of the body's own day, from and until, in minutes since midnight; the end may lie on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// When they begin.
    pub from: u16,
    /// When they end.
    pub until: u16,
}

impl Hours {
    /// `21:00-07:00`.
    pub fn parse(text: &str) -> Option<Hours> {
        let minutes = |text: &str| {
            let (hours, minutes) = text.trim().split_once([':', '.'])?;
            let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
            (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
        };
        let (from, until) = text.split_once(['-', '–'])?;
        let hours = Hours { from: minutes(from)?, until: minutes(until)? };
        (hours.from != hours.until).then_some(hours)
    }

    /// Whether a minute of the day lies in them.
    pub fn contains(self, minute: u16) -> bool {
        if self.from < self.until { (self.from..self.until).contains(&minute) } else { minute >= self.from || minute < self.until }
    }
}

/// How many days before its date each reminder is sent; 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminders {
    /// Before a consultation closes.
    pub consultation: u32,
    /// Before the last day to appeal.
    pub appeal: u32,
    /// Before planned work begins.
    pub maintenance: u32,
}

impl Default for Reminders {
    fn default() -> Reminders {
        Reminders { consultation: 3, appeal: 3, maintenance: 1 }
    }
}

/// Guards of a publishing run.
#[derive(Debug, Clone, Default)]
pub struct AnnounceSettings {
    /// Most posts of one run; more, and none is sent.
    pub max: usize,
    /// Records older than so many days are never announced.
    pub max_age_days: u32,
    /// Seconds for which an absent post may still appear; an unknown outcome counts as absent only after them.
    pub quiet_seconds: u32,
    /// Hours in which nothing but alerts is told.
    pub quiet_hours: Option<Hours>,
    /// Reminders of dates that are near.
    pub reminders: Reminders,
    /// The emergency stop: while it is set nothing is told on any channel; its text is the reason.
    pub stop: Option<String>,
}

/// The shape of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardShape {
    /// 1200 × 630, which networks show beside a link (Open Graph).
    Og,
    /// 1080 × 1080.
    Square,
    /// 1080 × 1350.
    Tall,
}

/// How the picture of a card is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CardFormat {
    /// PNG with a palette.
    Png,
    /// JPEG.
    Jpeg,
}

/// The cards of a site.
#[derive(Debug, Clone)]
pub struct CardSettings {
    /// Which are drawn; none where cards are off.
    pub made: Vec<(CardShape, CardFormat)>,
    /// Records that have not changed for so many days have the site's card in place of their own.
    pub days: u32,
}

/// The settings of a site.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The body's name.
    pub title: Localised,
    /// One sentence of purpose, the home page's heading.
    pub tagline: Localised,
    /// Where the site will be reached, such as `https://norrvik.example`, without a last `/`.
    pub url: String,
    /// Languages, the default first.
    pub languages: Vec<Lang>,
    /// The body's time zone.
    pub zone: TimeZone,
    /// The zone's IANA name.
    pub zone_name: String,
    /// Contact of the body, as the footer and feeds give it.
    pub contact: Fields,
    /// The body's own accounts elsewhere, each of which links back to the site.
    pub accounts: Vec<String>,
    /// The account in the fediverse that a shared page names as its author: `@norrvik@social.example`.
    pub fediverse_creator: Option<String>,
    /// Address of the licence under which records may be used again.
    pub licence: Option<String>,
    /// What `security.txt` says: `contact`, `expires`, `policy`, `encryption`, `acknowledgments`, `languages`.
    pub security: Option<Fields>,
    /// What `Strict-Transport-Security` says, if it is sent.
    pub transport_security: Option<String>,
    /// Theme folder below `themes/`.
    pub theme: String,
    /// Brand: `colour`, `logo`, `corner`, `font`.
    pub brand: Fields,
    /// Whose law counts appeal time: `sweden`, or none.
    pub law: Option<&'static str>,
    /// Committees, boards, officers.
    pub bodies: Vec<Term>,
    /// Topics.
    pub topics: Vec<Term>,
    /// Audiences.
    pub audiences: Vec<Term>,
    /// Places.
    pub places: Vec<Term>,
    /// Addresses by kind, where the site wants others than the folders': `/records/{slug}/`.
    pub routes: BTreeMap<String, String>,
    /// How addresses end.
    pub ending: Ending,
    /// Entries on a list page.
    pub per_page: usize,
    /// Whether the site can be searched.
    pub search: bool,
    /// Links in the footer: label and record or address.
    pub footer: Vec<(Localised, String)>,
    /// Rules switched off or softened by name: `off`, `warning`, `error`.
    pub checks: BTreeMap<String, String>,
    /// Pictures of records for social networks.
    pub cards: CardSettings,
    /// Channels, in the order written.
    pub channels: Vec<ChannelSettings>,
    /// The WebSub hub that is told when a feed has changed, if there is one.
    pub hub: Option<String>,
    /// Guards of a publishing run.
    pub announce: AnnounceSettings,
    /// Where ledger and log live.
    pub state: StateSettings,
    /// The public log, if the body keeps one.
    pub log: Option<LogSettings>,
    /// Anything, for themes.
    pub extra: serde_json::Value,
}

impl Settings {
    /// The default language.
    pub fn default_lang(&self) -> Lang {
        self.languages[0]
    }

    /// The terms of a controlled list; channels have none.
    pub fn terms(&self, list: crate::model::kind::Vocabulary) -> &[Term] {
        use crate::model::kind::Vocabulary;
        match list {
            Vocabulary::Bodies => &self.bodies,
            Vocabulary::Topics => &self.topics,
            Vocabulary::Audiences => &self.audiences,
            Vocabulary::Places => &self.places,
            Vocabulary::Channels => &[],
        }
    }

    /// The full address of a path on the site.
    pub fn absolute(&self, href: &str) -> String {
        format!("{}{href}", self.url)
    }
}
