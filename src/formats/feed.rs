//! In: the site. Out: what is new, as Atom (RFC 4287), JSON Feed 1.1 and RSS 2.0, one code for all three.
//!
//! There is a feed of the site, of each list but those of years, and of each service, in every language, beside the
//! page it goes with. What is the same for many feeds (when each record last had news) is made once, when the first
//! feed is asked for.

mod atom;
pub mod entries;
mod json;
mod look;
mod rss;

use super::format::Format;
use crate::model::date::{Day, Instant, Stamp};
use crate::model::finding::{Checked, Finding, Place};
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Facet, Index, Item, ItemIx, Site};
use crate::text::dates::Dates;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

pub use entries::instant;
pub use look::{Look, Shown, sheet};

/// The file of each form beside its page, with its media type and the name people know it by.
pub const FORMS: [(&str, &str, &str); 3] = [
    ("feed.atom", "application/atom+xml", "Atom"),
    ("feed.json", "application/feed+json", "JSON Feed"),
    ("feed.rss", "application/rss+xml", "RSS"),
];

/// The format.
pub struct Feeds;

impl Format for Feeds {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let look = match sheet(site) {
            Ok(look) => look,
            Err(message) => {
                let fault = Finding::error(
                    "bad-template",
                    Place::file("templates/feed.css"),
                    format!("The template cannot be used: {message}"),
                    "Mend the template, or remove it to get the theme's own back.",
                );
                return Checked::new(Vec::new(), std::iter::once(fault).collect());
            }
        };
        let desk = Arc::new(Desk::new(site, look));
        let mut recipes: Vec<Recipe<'s>> = desk.look.recipe().into_iter().collect();
        for feed in feeds(site) {
            let feed = Arc::new(feed);
            for (name, media, _) in FORMS {
                let (desk, feed, route) = (desk.clone(), feed.clone(), beside(&feed.home, name));
                recipes.push(Recipe::plain(route.file(), format!("the feed {route}"), move |out| match media {
                    "application/atom+xml" => atom::write(&desk, &feed, &route, out),
                    "application/rss+xml" => rss::write(&desk, &feed, &route, out),
                    _ => json::write(&desk, &feed, &route, out),
                }));
            }
        }
        recipes.into()
    }
}

/// The address of a file beside a page.
pub fn beside(page: &Route, name: &str) -> Route {
    let page = page.as_str();
    let folder = page.strip_suffix(".html").unwrap_or(page).trim_end_matches('/');
    Route::new(&format!("{folder}/{name}")).expect("the address of a page with a plain name below it is an address")
}

/// Whose news, in which language.
#[derive(Debug)]
pub struct Feed<'s> {
    /// Language of its words.
    pub lang: Lang,
    /// The site's title, and the list's.
    pub title: String,
    /// The page that it goes with.
    pub home: Route,
    /// What it tells of.
    pub source: Source<'s>,
}

/// What a feed tells of.
#[derive(Debug, Clone, Copy)]
pub enum Source<'s> {
    /// Everything.
    Site,
    /// A list.
    List(&'s Index),
    /// What concerns a service: its updates, and every record that names it.
    Service(&'s Item),
}

impl Source<'_> {
    fn items<'a>(&'a self, site: &Site) -> Box<dyn Iterator<Item = ItemIx> + 'a> {
        match self {
            Source::Site => Box::new(0..site.items.len()),
            Source::List(index) => Box::new(index.items.iter().copied()),
            Source::Service(item) => Box::new(item.links.updates.iter().copied()),
        }
    }
}

/// All feeds of a site: of the whole, of each list but those of years, and of each service, in every language.
pub fn feeds(site: &Site) -> Vec<Feed<'_>> {
    let settings = &site.settings;
    let mut feeds = Vec::new();
    for lang in settings.languages.iter().copied() {
        let name = settings.title.get(lang);
        let titled = |label: &str| format!("{name} · {label}");
        feeds.push(Feed { lang, title: name.to_owned(), home: home(site, lang), source: Source::Site });
        for index in site.indexes.iter().filter(|index| !matches!(index.facet, Facet::Year(..))) {
            let Some(home) = index.routes.get(&lang) else { continue };
            let title = titled(&label(site, &index.facet, lang));
            feeds.push(Feed { lang, title, home: home.clone(), source: Source::List(index) });
        }
        for item in site.items.iter().filter(|item| item.kind.name == "service") {
            let Some(edition) = item.edition(lang) else { continue };
            feeds.push(Feed { lang, title: titled(edition.record.title()), home: edition.route.clone(), source: Source::Service(item) });
        }
    }
    feeds
}

/// The addresses of everything that a hub passes on: all feeds in all forms; those of the whole site come first.
pub fn addresses(site: &Site) -> Vec<(bool, Route)> {
    let all = feeds(site);
    let of = |feed: &Feed<'_>| FORMS.map(|(name, ..)| (matches!(feed.source, Source::Site), beside(&feed.home, name)));
    let mut made: Vec<(bool, Route)> = all.iter().flat_map(of).collect();
    made.sort_by_key(|(whole, _)| !whole);
    made
}

/// The home page of a language.
pub fn home(site: &Site, lang: Lang) -> Route {
    let prefix = if lang == site.settings.default_lang() { String::new() } else { format!("/{lang}") };
    Route::new(&format!("{prefix}/")).expect("a language tag is a safe part of an address")
}

fn label(site: &Site, facet: &Facet, lang: Lang) -> String {
    match facet {
        Facet::Kind(kind) | Facet::Year(kind, _) => site.messages.get(lang, &format!("kinds-{kind}")),
        Facet::Term(list, id) => {
            let term = site.settings.terms(*list).iter().find(|term| term.id == *id);
            term.map_or_else(|| id.clone(), |term| term.name.get(lang).to_owned())
        }
    }
}

/// The line over an entry in a browser, by language, day and kind.
type Said = BTreeMap<(Lang, Day, &'static str), Arc<str>>;

/// What all feeds share.
pub struct Desk<'s> {
    /// The site.
    pub site: &'s Site,
    /// How a feed looks in a browser.
    pub look: Look,
    newest: OnceLock<Vec<Option<Instant>>>,
    dates: OnceLock<Dates>,
    said: RwLock<Said>,
}

impl<'s> Desk<'s> {
    /// A desk for a site.
    pub fn new(site: &'s Site, look: Look) -> Desk<'s> {
        Desk { site, look, newest: OnceLock::new(), dates: OnceLock::new(), said: RwLock::default() }
    }

    /// `19 November 2026 · Decisions`, made once: the same days and kinds stand in many feeds.
    fn dated(&self, lang: Lang, stamp: Stamp, kind: &'static str) -> Arc<str> {
        let said = || {
            let dates = self.dates.get_or_init(|| Dates::new(&self.site.settings.languages, self.site.settings.zone.clone()));
            let kind = self.site.messages.get(lang, &format!("kinds-{kind}"));
            Arc::<str>::from(format!("{} · {kind}", dates.stamp(lang, stamp)))
        };
        let Stamp::Day(day) = stamp else { return said() };
        if let Some(known) = self.said.read().unwrap_or_else(PoisonError::into_inner).get(&(lang, day, kind)) {
            return known.clone();
        }
        let made = said();
        self.said.write().unwrap_or_else(PoisonError::into_inner).insert((lang, day, kind), made.clone());
        made
    }

    /// The newest instant at which each item had news; none for pages without a date.
    fn newest(&self) -> &[Option<Instant>] {
        self.newest.get_or_init(|| self.site.items.iter().map(|item| entries::latest(self.site, item)).collect())
    }

    /// The full address of a page or file.
    pub fn absolute(&self, route: &Route) -> String {
        self.site.settings.absolute(&route.href())
    }
}

/// Whether a list's feed has entries; records without a date are in no feed.
pub fn has_entries(site: &Site, index: &Index) -> bool {
    index.items.iter().any(|at| entries::latest(site, &site.items[*at]).is_some())
}
