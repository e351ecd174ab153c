//! In: the site. Out: all that pages share: engines, words, dates, addresses, list entries.

use super::Made;
use super::bounded::Bounded;
use super::chrome;
use super::page::Page;
use super::style::Style;
use super::tree::{Tree, safe, text};
use crate::formats::cards::{Card, Studio};
use crate::formats::search;
use crate::model::date::{Day, Stamp};
use crate::model::finding::Findings;
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::recipe::RenderFault;
use crate::model::route::Route;
use crate::model::site::{Facet, Index, Item, ItemIx, Site};
use crate::text::dates::Dates;
use crate::text::escape;
use crate::text::lists::Lists;
use crate::text::template_limits;
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{OnceLock, PoisonError, RwLock};
use tera::value::Key;
use tera::{Context, Kwargs, State, Tera, Value};

/// What stands at an address of the site.
#[derive(Clone, Copy)]
pub(super) enum Spot {
    /// A record.
    Item(ItemIx),
    /// Anything else: a list, a fixed page, a file.
    Other,
}

/// A template that does not compile or cannot make the parts that all pages share.
pub(super) struct ShopError {
    /// The template.
    pub(super) template: String,
    /// What the engine says.
    pub(super) message: String,
}

/// All that pages share.
pub(super) struct Shop<'s> {
    pub(super) site: &'s Site,
    pub(super) dates: Dates,
    pub(super) style: Style,
    pub(super) studio: Option<Studio<'s>>,
    site_cards: BTreeMap<Lang, Value>,
    engines: BTreeMap<Lang, Tera>,
    addresses: BTreeMap<String, Spot>,
    files: BTreeMap<&'s str, &'s Route>,
    homes: BTreeMap<Lang, Route>,
    entries: Vec<OnceLock<Value>>,
    days: RwLock<BTreeMap<(Lang, Day), DayWords>>,
}

/// A day in the words of a language; cheap to copy.
#[derive(Clone)]
struct DayWords {
    long: Value,
    short: Value,
    month: Value,
    month_year: Value,
    weekday: Value,
}

impl<'s> Shop<'s> {
    /// Compiles the templates and makes what all pages share.
    pub(super) fn open(site: &'s Site) -> Result<Shop<'s>, ShopError> {
        let mut tera = Tera::new();
        // Whatever a template is called, what it shows is escaped; style sheets are made of the theme's own values alone.
        let names = || site.theme.templates.iter().map(|source| template_name(source.path.as_str()));
        tera.autoescape_on(names().filter(|name| !name.ends_with(".css")).chain([".html".to_owned()]));
        for source in &site.theme.templates {
            if let Some(fault) = template_limits::fault_of(&source.text) {
                return Err(ShopError { template: template_name(source.path.as_str()), message: fault });
            }
        }
        // Known by name when the templates are read; each language's engine has its own.
        tera.register_filter("listed", |items: Vec<Value>, _: Kwargs, _: &State| items.iter().map(named).collect::<Vec<_>>().join(", "));
        let templates = site.theme.templates.iter().map(|source| (template_name(source.path.as_str()), source.text.to_string()));
        tera.add_raw_templates(templates.collect::<Vec<_>>()).map_err(|error| engine_error("", &error))?;
        let style = site.watch.over("site.css", || Style::make(site, &tera)).map_err(|error| engine_error("site.css", &error))?;
        let langs = &site.settings.languages;
        let mut shop = Shop {
            site,
            dates: Dates::new(langs, site.settings.zone.clone()),
            style,
            // What is wrong with its fonts or templates is found where cards are drawn.
            studio: Studio::open(site).ok().flatten(),
            site_cards: BTreeMap::new(),
            engines: BTreeMap::new(),
            addresses: addresses(site),
            files: site.assets.iter().map(|(route, asset)| (asset.path.as_str(), route)).collect(),
            homes: langs.iter().map(|lang| (*lang, fixed(site, *lang, ""))).collect(),
            entries: (0..site.items.len() * langs.len()).map(|_| OnceLock::new()).collect(),
            days: RwLock::default(),
        };
        shop.site_cards = langs.iter().filter_map(|lang| Some((*lang, shop.card(&shop.studio.as_ref()?.of_site(*lang)?)))).collect();
        for lang in langs {
            let mut engine = tera.clone();
            let lists = Lists::new(*lang);
            engine.register_filter("listed", move |items: Vec<Value>, _: Kwargs, _: &State| {
                lists.and(&items.iter().map(named).collect::<Vec<_>>())
            });
            engine.global_context().insert_value("t", shop.word_map(*lang));
            engine.global_context().insert_value("site", chrome::site_value(&shop, *lang));
            shop.engines.insert(*lang, engine);
        }
        for lang in langs {
            let parts = site
                .watch
                .over("templates/parts/", || chrome::parts(&shop, *lang))
                .map_err(|fault| ShopError { template: fault.subject, message: fault.message })?;
            if let Some(engine) = shop.engines.get_mut(lang) {
                engine.global_context().insert_value("chrome", parts);
            }
        }
        Ok(shop)
    }

    /// All messages without arguments, escaped; `-` in a key is `_` in a template.
    fn word_map(&self, lang: Lang) -> Value {
        let fallback = self.site.messages.keys(self.site.settings.default_lang());
        let mut words = Tree::new();
        for key in self.site.messages.keys(lang).into_iter().chain(fallback).filter(|key| !key.starts_with("post-")) {
            words.set_named(key.replace('-', "_"), safe(&escape::html(&self.words(lang, key))));
        }
        words.done()
    }

    /// A message.
    pub(super) fn words(&self, lang: Lang, key: &str) -> String {
        self.site.messages.get(lang, key)
    }

    /// A message with a text in it.
    pub(super) fn words_with(&self, lang: Lang, key: &str, name: &str, value: &str) -> String {
        self.site.messages.format(lang, key, &[(name, Arg::Text(value))])
    }

    /// A message with a number in it.
    pub(super) fn words_count(&self, lang: Lang, key: &str, count: usize) -> String {
        self.site.messages.format(
            lang,
            key,
            &[("count", Arg::Number(count as i64)), ("number", Arg::Text(&self.dates.number(lang, count as u64)))],
        )
    }

    /// Renders a template into a buffer.
    pub(super) fn render(&self, template: &str, (lang, context): (Lang, Context), subject: &str, out: &mut Vec<u8>) -> Made {
        let engine = self.engines.get(&lang).or_else(|| self.engines.values().next()).expect("a site has a language");
        let fault = |error: tera::Error| RenderFault { subject: subject.to_owned(), message: spelled(&error) };
        engine.render_to(template, &context, Bounded(out)).map_err(fault)?;
        Ok(Findings::new())
    }

    /// Renders a part that is copied into pages.
    pub(super) fn part(&self, template: &str, lang: Lang, context: Context) -> Result<Value, RenderFault> {
        let mut out = Vec::new();
        self.render(template, (lang, context), template, &mut out)?;
        Ok(safe(&String::from_utf8_lossy(&out)))
    }

    /// Whether a template exists.
    pub(super) fn has_template(&self, name: &str) -> bool {
        self.engines.values().next().is_some_and(|engine| engine.contains_template(name))
    }

    /// The entry of an item in lists of a language, made once.
    pub(super) fn entry(&self, at: ItemIx, lang: Lang) -> Result<Value, RenderFault> {
        let langs = &self.site.settings.languages;
        let column = langs.iter().position(|own| *own == lang).unwrap_or(0);
        let cell = &self.entries[at * langs.len() + column];
        if let Some(made) = cell.get() {
            return Ok(made.clone());
        }
        let made = super::entries::entry(self, at, lang)?;
        Ok(cell.get_or_init(|| made).clone())
    }

    /// An item.
    pub(super) fn item(&self, at: ItemIx) -> &'s Item {
        &self.site.items[at]
    }

    /// What stands at an address.
    pub(super) fn spot(&self, path: &str) -> Option<Spot> {
        self.addresses.get(path).copied()
    }

    /// The address of a file that lies beside records, by its path in the site's folder.
    pub(super) fn file(&self, path: &str) -> Option<&'s Route> {
        self.files.get(path).copied()
    }

    /// The home page of a language.
    pub(super) fn home(&self, lang: Lang) -> Route {
        self.homes.get(&lang).cloned().unwrap_or_else(|| self.fixed(lang, ""))
    }

    /// A fixed page of a language, such as `status/`.
    pub(super) fn fixed(&self, lang: Lang, path: &str) -> Route {
        fixed(self.site, lang, path)
    }

    /// The list of a facet.
    pub(super) fn index(&self, facet: &Facet) -> Option<&'s Index> {
        self.site.indexes.iter().find(|index| index.facet == *facet)
    }

    /// The list of a kind.
    pub(super) fn kind_index(&self, kind: &'static str) -> Option<&'s Index> {
        self.index(&Facet::Kind(kind))
    }

    /// A term as templates see it: id, name, address of its list.
    pub(super) fn term(&self, list: Vocabulary, id: &str, lang: Lang) -> Value {
        let term = self.site.settings.terms(list).iter().find(|term| term.id == id);
        let href = self.index(&Facet::Term(list, id.to_owned())).and_then(|index| index.routes.get(&lang)).map(Route::href);
        Tree::new()
            .with("id", text(id))
            .with("name", text(term.map_or(id, |term| term.name.get(lang))))
            .with("about", term.map_or_else(Value::none, |term| text(term.about.get(lang))))
            .with("href", href)
            .done()
    }

    /// A link to a record for readers of a language, with the language of the text it leads to where that is another.
    pub(super) fn reference(&self, at: ItemIx, lang: Lang) -> Value {
        let item = self.item(at);
        let edition = item.best(lang);
        let other = edition.record.lang != lang;
        Tree::new()
            .with("id", text(item.id.as_str()))
            .with("kind", text(item.kind.name))
            .with("title", text(edition.record.title()))
            .with("summary", text(&edition.summary))
            .with("href", edition.route.href())
            .with("lang", other.then(|| text(edition.record.lang.as_str())))
            .with("dir", other.then(|| text(edition.record.lang.direction())))
            .with("lang_name", other.then(|| text(&lang_name(edition.record.lang))))
            .with("reference", edition.record.fields.text("reference").map(text))
            .with("date", item.day.map(|day| self.stamp(lang, Stamp::Day(day))))
            .with("status", self.status(item, lang))
            .done()
    }

    /// How an item stands: word, its text, look, and the text with the date where one stands beside it.
    pub(super) fn status(&self, item: &Item, lang: Lang) -> Value {
        let status = item.status;
        let key = format!("status-{}", status.word);
        let dated = status.date.map(|date| {
            let shown = self.dates.stamp(lang, date);
            Tree::new().with("iso", date.to_string()).with("text", self.words_with(lang, &format!("{key}-date"), "date", &shown)).done()
        });
        Tree::new()
            .with("word", text(status.word))
            .with("text", self.words(lang, &key))
            .with("tone", text(status.tone.class()))
            .with("dated", dated)
            .done()
    }

    /// The card of pages that have none of their own.
    pub(super) fn site_card(&self, lang: Lang) -> Value {
        self.site_cards.get(&lang).cloned().unwrap_or_else(Value::none)
    }

    /// A card as templates see it.
    pub(super) fn card(&self, card: &Card) -> Value {
        let href = card.route.href();
        Tree::new()
            .with("url", self.site.settings.absolute(&href))
            .with("href", href)
            .with("width", card.size.0)
            .with("height", card.size.1)
            .with("type", text(card.media_type))
            .with("alt", text(&card.alt))
            .done()
    }

    /// A day or instant as templates see it.
    pub(super) fn stamp(&self, lang: Lang, stamp: Stamp) -> Value {
        let day = self.dates.day_of(stamp);
        let words = self.day_words(lang, day);
        let (shown, time) = match stamp {
            Stamp::Day(_) => (words.long.clone(), None),
            Stamp::Instant(instant) => (Value::from(self.dates.date_time(lang, instant)), Some(self.dates.clock(lang, instant))),
        };
        Tree::new()
            .with("iso", stamp.to_string())
            .with("text", shown)
            .with("long", words.long)
            .with("short", words.short)
            .with("day", u64::from(day.day().unsigned_abs()))
            .with("month", words.month)
            .with("month_year", words.month_year)
            .with("weekday", words.weekday)
            .with("time", time)
            .done()
    }

    /// A day in words, made once: a site of ten thousand records has a few thousand days.
    fn day_words(&self, lang: Lang, day: Day) -> DayWords {
        if let Some(known) = self.days.read().unwrap_or_else(PoisonError::into_inner).get(&(lang, day)) {
            return known.clone();
        }
        let words = DayWords {
            long: self.dates.long(lang, day).into(),
            short: self.dates.short(lang, day).into(),
            month: self.dates.month(lang, day).into(),
            month_year: self.dates.month_year(lang, day).into(),
            weekday: self.dates.weekday(lang, day).into(),
        };
        self.days.write().unwrap_or_else(PoisonError::into_inner).insert((lang, day), words.clone());
        words
    }

    /// A page of this shop.
    pub(super) fn page<'p>(&'p self, lang: Lang, section: &'static str) -> Page<'p, 's> {
        Page::new(self, lang, section)
    }
}

/// A fixed page of a language: below `/` for the default language, below `/LANG/` for others.
fn fixed(site: &Site, lang: Lang, path: &str) -> Route {
    let prefix = if lang == site.settings.default_lang() { String::new() } else { format!("{lang}/") };
    Route::new(&format!("/{prefix}{path}")).expect("languages and fixed pages have plain names")
}

fn addresses(site: &Site) -> BTreeMap<String, Spot> {
    let mut all = BTreeMap::new();
    let mut add = |route: &Route, spot: Spot| {
        all.insert(route.as_str().trim_end_matches('/').to_owned(), spot);
    };
    for lang in &site.settings.languages {
        super::fixed::paths(site).for_each(|path| add(&fixed(site, *lang, path), Spot::Other));
        if search::is_on(site) {
            add(&search::page(site, *lang), Spot::Other);
        }
    }
    site.assets.iter().for_each(|(route, _)| add(route, Spot::Other));
    site.theme.statics.iter().for_each(|(_, route, _)| add(route, Spot::Other));
    site.redirects.iter().for_each(|redirect| add(&redirect.from, Spot::Other));
    site.indexes.iter().flat_map(|index| index.routes.values()).for_each(|route| add(route, Spot::Other));
    for (at, item) in site.items.iter().enumerate() {
        item.editions.iter().for_each(|edition| add(&edition.route, Spot::Item(at)));
    }
    all
}

/// What a reader sees of an item of a list: its text, its name, or itself.
fn named(item: &Value) -> String {
    let part = |name: &'static str| item.as_map().and_then(|map| map.get(&Key::Str(name))).map(ToString::to_string);
    part("text").or_else(|| part("name")).unwrap_or_else(|| item.to_string())
}

fn template_name(path: &str) -> String {
    path.split_once("templates/").map_or(path, |(_, name)| name).to_owned()
}

fn engine_error(template: &str, error: &tera::Error) -> ShopError {
    ShopError { template: template.to_owned(), message: spelled(error) }
}

/// An error of the engine with its causes.
fn spelled(error: &tera::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    message
}

/// The name of a language in itself.
pub fn lang_name(lang: Lang) -> String {
    match lang.primary() {
        "sv" => "Svenska",
        "en" => "English",
        "kk" => "Қазақша",
        "ru" => "Русский",
        "ka" => "ქართული",
        "ar" => "العربية",
        "fi" => "Suomi",
        "se" => "Davvisámegiella",
        "nb" | "no" => "Norsk",
        "da" => "Dansk",
        "de" => "Deutsch",
        "fr" => "Français",
        "es" => "Español",
        "uk" => "Українська",
        "fa" => "فارسی",
        "so" => "Soomaali",
        "ti" => "ትግርኛ",
        "pl" => "Polski",
        "tr" => "Türkçe",
        "smj" => "Julevsámegiella",
        "sma" => "Åarjelsaemien",
        "fit" => "Meänkieli",
        _ => lang.as_str(),
    }
    .to_owned()
}
