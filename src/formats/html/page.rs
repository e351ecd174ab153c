//! In: what a page is about. Out: the context that every template of a whole page reads: head, way there, languages.

use super::shop::{Shop, lang_name};
use super::tree::{Tree, safe, text};
use crate::formats::feed::{FORMS, beside};
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::text::escape;
use tera::{Context, Value};

/// A page in the making.
pub(super) struct Page<'p, 's> {
    shop: &'p Shop<'s>,
    lang: Lang,
    page: Tree,
    context: Context,
    crumbs: Vec<Value>,
    feeds: Vec<Value>,
}

impl<'p, 's> Page<'p, 's> {
    /// A page of a section of the navigation, such as `decision` or `home`.
    pub(super) fn new(shop: &'p Shop<'s>, lang: Lang, section: &'static str) -> Page<'p, 's> {
        let mut page = Tree::new()
            .with("section", text(section))
            .with("lang", text(lang.as_str()))
            .with("dir", text(lang.direction()))
            .with("title", text(""))
            .with("description", text(shop.site.settings.tagline.get(lang)))
            .with("og_type", text("website"))
            .with("updated", Value::none())
            .with("card", shop.site_card(lang))
            .with("json_ld", Value::none());
        for name in ["url", "href", "x_default", "alternates", "noindex"] {
            page.set(name, Value::none());
        }
        let mut made = Page { shop, lang, page, context: Context::new(), crumbs: Vec::new(), feeds: Vec::new() };
        if section != "home" {
            made = made.crumb(&shop.words(lang, "home"), &shop.home(lang).href());
        }
        made.feed(shop.site.settings.title.get(lang).to_owned(), &shop.home(lang))
    }

    /// With a title.
    pub(super) fn titled(mut self, title: impl Into<String>) -> Self {
        self.page.set("title", title.into());
        self
    }

    /// With a description.
    pub(super) fn described(mut self, description: &str) -> Self {
        if !description.is_empty() {
            self.page.set("description", text(description));
        }
        self
    }

    /// At an address.
    pub(super) fn at(mut self, route: &Route) -> Self {
        let href = route.href();
        self.page.set("url", self.shop.site.settings.absolute(&href));
        self.page.set("href", href);
        self
    }

    /// Never in a search engine's index.
    pub(super) fn hidden(mut self) -> Self {
        self.page.set("noindex", true);
        self
    }

    /// One more step of the way there.
    pub(super) fn crumb(mut self, title: &str, href: &str) -> Self {
        self.crumbs.push(Tree::new().with("title", text(title)).with("href", text(href)).done());
        self
    }

    /// The Atom and JSON feeds below an address.
    pub(super) fn feed(mut self, title: String, below: &Route) -> Self {
        // RSS says nothing that Atom does not, and every page carries these lines: it is offered where one subscribes.
        for (name, kind, _) in FORMS.into_iter().filter(|(name, ..)| *name != "feed.rss") {
            self = self.also(&title, beside(below, name).href(), kind);
        }
        self
    }

    /// A file for machines that goes with this page, such as a calendar.
    pub(super) fn also(mut self, title: &str, href: String, kind: &'static str) -> Self {
        self.feeds.push(Tree::new().with("title", text(title)).with("href", href).with("type", text(kind)).done());
        self
    }

    /// The same page in other languages, the original first; each with whether it is older than the original.
    pub(super) fn in_languages(mut self, editions: &[(Lang, &Route, bool)]) -> Self {
        let made = editions.iter().map(|(lang, route, stale)| {
            let href = route.href();
            Tree::new()
                .with("lang", text(lang.as_str()))
                .with("name", lang_name(*lang))
                .with("dir", text(lang.direction()))
                .with("url", self.shop.site.settings.absolute(&href))
                .with("href", href)
                .with("stale", *stale)
                .with("current", *lang == self.lang)
                .done()
        });
        let made: Vec<Value> = made.collect();
        if let Some((_, route, _)) = editions.first() {
            self.page.set("x_default", self.shop.site.settings.absolute(&route.href()));
        }
        self.page.set("alternates", made);
        self
    }

    /// With a card of its own; none leaves the site's.
    pub(super) fn card(mut self, card: Option<Value>) -> Self {
        if let Some(card) = card {
            self.page.set("card", card);
        }
        self
    }

    /// With data for machines in the page.
    pub(super) fn json_ld(mut self, data: &serde_json::Value) -> Self {
        self.page.set("json_ld", safe(&escape::json_in_script(&data.to_string())));
        self
    }

    /// An article with the day of its last change.
    pub(super) fn article(mut self, changed: Option<String>) -> Self {
        self.page.set("og_type", text("article"));
        self.page.set("updated", changed);
        self
    }

    /// With a value of the template's own.
    pub(super) fn put(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.context.insert_value(key, value.into());
        self
    }

    /// The context.
    pub(super) fn into_context(mut self) -> (Lang, Context) {
        self.page.set("crumbs", self.crumbs);
        self.page.set("feeds", self.feeds);
        self.context.insert_value("page", self.page.done());
        (self.lang, self.context)
    }
}
