//! In: records that parsed. Out: the site as a whole, resolved: who links whom, what is where, what stands now.
//!
//! Everything that an output needs to know is here; a format reads it and nothing else. One place decided what is
//! visible (`assemble::schedule`), so no output can leak a draft.

use crate::model::date::{Day, Instant, Now, Stamp};
use crate::model::kind::{Kind, Vocabulary};
use crate::model::lang::Lang;
use crate::model::log::{SiteLog, Tombstone};
use crate::model::messages::Messages;
use crate::model::record::{Record, RecordId};
use crate::model::route::{Route, SafePath};
use crate::model::settings::Settings;
use crate::model::source::Asset;
use crate::model::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// The place of an item in [`Site::items`].
pub type ItemIx = usize;

/// A site, resolved.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub settings: Settings,
    /// The run's present.
    pub now: Now,
    /// The theme: templates, static files, tokens.
    pub theme: Theme,
    /// All strings of the interface, by language.
    pub messages: Messages,
    /// Visible records in all their languages, oldest first.
    pub items: Vec<Item>,
    /// Where an id is in `items`.
    pub by_id: BTreeMap<RecordId, ItemIx>,
    /// Lists: archive of each kind, body, topic, audience, place, year; one value for all languages.
    pub indexes: Vec<Index>,
    /// Files copied beside the records, and to where.
    pub assets: Vec<(Route, Asset)>,
    /// Pictures that records name, by the address in their links, and where they are in `assets`.
    pub pictures: BTreeMap<String, usize>,
    /// Old addresses and the pages they lead to, as typed in `aliases`.
    pub redirects: Vec<Redirect>,
    /// Records whose original has errors: they exist for no output, and a link to them is not a second fault.
    pub broken: BTreeSet<RecordId>,
    /// Where records were announced, by record and language, as the ledger tells.
    pub posted: BTreeMap<(RecordId, Lang), Vec<Posted>>,
    /// What the public log says of the records; none for a site without a log.
    pub log: Option<SiteLog>,
    /// Records whose text was taken out for good.
    pub tombstones: Vec<Tombstone>,
    /// The hashes of the files that records name or link to, by their address.
    pub hashes: BTreeMap<Route, [u8; 32]>,
    /// The next instant at which the site changes by itself (`publish_at`, `expires`, a deadline), for a timer.
    pub next_change: Option<Instant>,
    /// Who watches over its templates.
    pub watch: TemplateWatch,
}

/// Who watches over work that a template asks for, so that one without end is given up; nobody, where none was named.
#[derive(Debug, Clone, Copy, Default)]
pub struct TemplateWatch(pub Option<Watcher>);

/// Does the work that is handed over, which is about the template named, and watches over it.
pub type Watcher = fn(&str, &mut dyn FnMut());

impl TemplateWatch {
    /// Does the work of a template.
    pub fn over<R>(self, template: &str, work: impl FnOnce() -> R) -> R {
        let Some(watcher) = self.0 else { return work() };
        let (mut work, mut done) = (Some(work), None);
        watcher(template, &mut || done = work.take().map(|work| work()));
        done.expect("whoever watches lets the work be done once")
    }
}

/// A place where a record was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The channel's name in the settings.
    pub channel: String,
    /// Address of the post.
    pub url: String,
}

/// A record in all its languages.
#[derive(Debug)]
pub struct Item {
    /// Its identity.
    pub id: RecordId,
    /// Its kind.
    pub kind: &'static Kind,
    /// The day it is filed under: `decided`, `starts`, `posted`, `opens` or `date`; none for services and pages.
    pub day: Option<Day>,
    /// When it was first published, as the file says (`date`).
    pub published: Option<Stamp>,
    /// When it last changed in substance: `updated`, the last material revision or timeline entry, or `published`.
    pub changed: Option<Stamp>,
    /// The languages it is in; the original first, then in the order of the settings.
    pub editions: Vec<Edition>,
    /// The word for how it stands now, derived from its dates.
    pub status: Status,
    /// For a decision that can be appealed: the last day.
    pub appeal_until: Option<Day>,
    /// What it is related to, both ways.
    pub links: Links,
}

impl Item {
    /// The original.
    pub fn original(&self) -> &Edition {
        &self.editions[0]
    }

    /// The edition in a language, if there is one.
    pub fn edition(&self, lang: Lang) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.record.lang == lang)
    }

    /// The edition that a reader of a language gets: theirs, or the original.
    pub fn best(&self, lang: Lang) -> &Edition {
        self.edition(lang).unwrap_or(self.original())
    }
}

/// A record in one language with its address.
#[derive(Debug)]
pub struct Edition {
    /// What the file says.
    pub record: Record,
    /// Its address.
    pub route: Route,
    /// Set where the original changed after this translation.
    pub stale: bool,
    /// The summary, or the first sentences of the body where none was written; plain text.
    pub summary: String,
}

/// How grave a status looks: glyph and colour of its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// In order.
    Ok,
    /// Look.
    Warn,
    /// Not in order.
    Stop,
    /// For information.
    Info,
    /// Over.
    Off,
}

impl Tone {
    /// The class of the tag.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Stop => "stop",
            Tone::Info => "info",
            Tone::Off => "off",
        }
    }
}

/// How an item stands, derived from its dates and the run's present, never typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// The word; the message is `status-WORD`.
    pub word: &'static str,
    /// Its look.
    pub tone: Tone,
    /// The absolute date that stands beside the word; the message is `status-WORD-until` with `$date`.
    pub date: Option<Stamp>,
}

/// Relations of an item; those of the second half of each pair are derived.
#[derive(Debug, Default)]
pub struct Links {
    /// Decisions that this one replaces, and the ones that replace it.
    pub supersedes: Vec<ItemIx>,
    /// Decisions that replace this one.
    pub superseded_by: Vec<ItemIx>,
    /// Decisions that this one changes in part.
    pub amends: Vec<ItemIx>,
    /// Decisions that change this one in part.
    pub amended_by: Vec<ItemIx>,
    /// Records that this correction or alert puts right.
    pub corrects: Vec<ItemIx>,
    /// Corrections of this record.
    pub corrected_by: Vec<ItemIx>,
    /// For a decision: the consultation before it.
    pub consultation: Option<ItemIx>,
    /// For a consultation: the decisions that followed.
    pub decisions: Vec<ItemIx>,
    /// The meeting it was taken at or announces.
    pub meeting: Option<ItemIx>,
    /// For a meeting: what was decided there.
    pub decided: Vec<ItemIx>,
    /// Services concerned.
    pub services: Vec<ItemIx>,
    /// For a service: its updates, newest first; for a decision or notice: notices about it.
    pub updates: Vec<ItemIx>,
    /// Notices on the board about this decision or meeting.
    pub notices: Vec<ItemIx>,
    /// What the writer named as related, and who named this one.
    pub related: Vec<ItemIx>,
    /// The neighbours of the same kind: older, newer.
    pub older: Option<ItemIx>,
    /// The next newer one of the same kind.
    pub newer: Option<ItemIx>,
}

/// What a list gathers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// All of a kind, by the kind's name.
    Kind(&'static str),
    /// All of a kind in a year.
    Year(&'static str, i16),
    /// All that share a term of a controlled list.
    Term(Vocabulary, String),
}

/// A list of items with its pages.
#[derive(Debug)]
pub struct Index {
    /// What it gathers.
    pub facet: Facet,
    /// Its address in each language of the site.
    pub routes: BTreeMap<Lang, Route>,
    /// Its items, oldest first.
    pub items: Vec<ItemIx>,
}

impl Index {
    /// The items of the first page, newest first: the newest `per_page`.
    pub fn newest(&self, per_page: usize) -> impl Iterator<Item = ItemIx> + '_ {
        self.items.iter().rev().take(per_page).copied()
    }

    /// How many numbered pages there are. Page `n` holds the items `(n - 1) * per_page .. n * per_page` counted from
    /// the oldest; it exists once something on it has left the first page, and never changes once it is full.
    pub fn numbered(&self, per_page: usize) -> usize {
        self.items.len().saturating_sub(per_page).div_ceil(per_page)
    }

    /// The items of numbered page `number` (from 1), newest first.
    pub fn page(&self, number: usize, per_page: usize) -> impl Iterator<Item = ItemIx> + '_ {
        let start = ((number - 1) * per_page).min(self.items.len());
        let end = (start + per_page).min(self.items.len());
        self.items[start..end].iter().rev().copied()
    }
}

/// An old address.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// The old address.
    pub from: Route,
    /// The page it leads to now.
    pub to: Route,
    /// The file that names it.
    pub source: SafePath,
}
