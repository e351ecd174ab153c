//! In: a page. Out: what machines read in it (schema.org, release 30), as one graph; never a claim that is false.
//!
//! Types and properties are held against the vocabulary in tests. What the settings and the record do not say is left out:
//! no rating without a verdict, no `Legislation` unless the record says that it is a rule, no date of a change that a
//! translation has not followed yet.

mod body;
mod data;
mod kinds;
mod work;

pub(super) use body::{about_the_body, home};
pub(super) use data::data;
pub(super) use kinds::record;

use super::shop::Shop;
use crate::model::lang::Lang;
use serde_json::{Map, Value as Json};

/// A node of the graph in the making; what is empty is left out.
pub(super) struct Thing(Map<String, Json>);

impl Thing {
    /// A node of a type.
    pub(super) fn new(kind: &str) -> Thing {
        Thing(Map::from_iter([("@type".to_owned(), Json::from(kind))]))
    }

    /// A node of a type with a name in the web.
    pub(super) fn at(kind: &str, id: impl Into<String>) -> Thing {
        Thing::new(kind).with("@id", id.into())
    }

    /// With a property, where there is something to say.
    pub(super) fn with(mut self, name: &str, value: impl Into<Json>) -> Thing {
        let value = value.into();
        let empty = match &value {
            Json::Null => true,
            Json::String(text) => text.is_empty(),
            Json::Array(items) => items.is_empty(),
            _ => false,
        };
        if !empty {
            self.0.insert(name.to_owned(), value);
        }
        self
    }
}

impl From<Thing> for Json {
    fn from(thing: Thing) -> Json {
        Json::Object(thing.0)
    }
}

/// A page that has no data of its own: a list or one of the fixed pages.
pub(super) struct Plain<'a> {
    /// Its address.
    pub(super) url: &'a str,
    /// Its title.
    pub(super) title: &'a str,
    /// What it is about.
    pub(super) description: &'a str,
    /// Whether it is a list.
    pub(super) list: bool,
}

/// The node of a page without data of its own.
pub(super) fn plain(shop: &Shop<'_>, lang: Lang, page: &Plain<'_>) -> Json {
    Thing::at(if page.list { "CollectionPage" } else { "WebPage" }, page.url)
        .with("url", page.url)
        .with("name", page.title)
        .with("description", page.description)
        .with("inLanguage", lang.as_str())
        .with("isPartOf", body::site_reference(shop, lang))
        .with("publisher", body::publisher(shop, lang))
        .into()
}

/// The way to a page: title and full address of each step, the page itself last.
pub(super) fn trail<'t>(url: &str, steps: impl Iterator<Item = (&'t str, String)>) -> Json {
    let steps = steps.enumerate().map(|(at, (title, address))| {
        Json::from(Thing::new("ListItem").with("position", at + 1).with("name", title).with("item", address))
    });
    Thing::at("BreadcrumbList", format!("{url}#trail")).with("itemListElement", steps.collect::<Vec<_>>()).into()
}

/// The graph of a page.
pub(super) fn graph(nodes: Vec<Json>) -> Json {
    Json::Object(Map::from_iter([("@context".to_owned(), Json::from("https://schema.org")), ("@graph".to_owned(), Json::Array(nodes))]))
}
