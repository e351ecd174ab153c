//! In: the site. Out: every page people read, in every language, and the style sheet; template contract `context/1`.
//!
//! Templates are compiled once. What is the same for many pages (words, navigation, footer, alert bar, list entries) is
//! made once a language; a page's own value is built while it is rendered and forgotten after it.

mod board;
mod bounded;
mod calendar;
mod chrome;
mod closing;
mod data;
mod entries;
mod facets;
mod fields;
mod fixed;
mod groups;
mod history;
mod home;
mod json_ld;
mod links;
mod lists;
mod marked;
mod page;
mod paper;
mod plan;
mod prove;
mod record;
mod search;
mod sections;
mod shop;
mod site_map;
mod standing;
mod status;
mod style;
mod subscribing;
mod terms;
mod tombstone;
mod tree;
mod uptime;
mod verify;
mod versions;
mod vote;

use crate::formats::format::Format;
use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::recipe::{Recipe, RenderFault};
use crate::model::route::Route;
use crate::model::site::Site;
use crate::model::source::AssetBytes;
use shop::Shop;
pub(super) use shop::lang_name;
use std::sync::Arc;

pub use fixed::paths as fixed_paths;

/// Pages for people.
pub struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let mut findings = Findings::new();
        let shop = match Shop::open(site) {
            Ok(shop) => Arc::new(shop),
            Err(error) => {
                findings.push(template_fault(&error));
                return Checked::new(Vec::new(), findings);
            }
        };
        let mut recipes = record::recipes(&shop);
        recipes.extend(lists::recipes(&shop));
        recipes.extend(fixed::recipes(&shop));
        recipes.extend(search::recipes(&shop));
        recipes.extend(versions::recipes(&shop));
        recipes.extend(tombstone::recipes(&shop));
        recipes.extend(prove::recipes(&shop));
        recipes.extend(statics(&shop));
        Checked::new(recipes, findings)
    }
}

fn template_fault(error: &shop::ShopError) -> Finding {
    Finding::error(
        "bad-template",
        Place::file(format!("templates/{}", error.template)),
        format!("The template cannot be used: {}", error.message),
        "Mend the template, or remove it to get the theme's own back.",
    )
}

/// Where the icon stands that is made from the theme's template.
fn favicon() -> Route {
    Route::new("/favicon.svg").expect("a fixed name is an address")
}

/// The style sheet and the theme's own files; a site's files on disk are copied by whoever may read them.
fn statics<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    let css = shop.style.css.clone();
    let mut recipes = vec![Recipe::plain(shop.style.route.file(), "templates/site.css", move |out| out.extend_from_slice(css.as_bytes()))];
    if let Some(icon) = shop.style.favicon.clone() {
        recipes.push(Recipe::plain(favicon().file(), "templates/favicon.svg", move |out| out.extend_from_slice(icon.as_bytes())));
    }
    for (name, route, asset) in &shop.site.theme.statics {
        if let AssetBytes::BuiltIn(bytes) = asset.bytes {
            recipes.push(Recipe::plain(route.file(), name.to_string(), move |out| out.extend_from_slice(bytes)));
        }
    }
    recipes
}

/// What a page's rendering gives.
type Made = Result<Findings, RenderFault>;
