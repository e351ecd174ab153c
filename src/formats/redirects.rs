//! In: the site. Out: for each old address a page that leads on, and `_redirects` for hosts that read it.
//!
//! A redirect never stands in place of a page, and never leads to another redirect: both are findings.

use super::format::Format;
use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::{Route, SafePath};
use crate::model::site::{Redirect, Site};
use crate::text::escape::html;
use std::collections::BTreeMap;

/// The format.
pub struct Redirects;

impl Format for Redirects {
    fn name(&self) -> &'static str {
        "redirects"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let pages = pages(site);
        let mut findings = Findings::new();
        let mut good: Vec<&'s Redirect> = Vec::new();
        for redirect in &site.redirects {
            match fault(redirect, &pages) {
                Some(finding) => findings.push(finding),
                None => good.push(redirect),
            }
        }
        good.sort_by(|a, b| a.from.cmp(&b.from));
        let mut taken = BTreeMap::new();
        let mut recipes = Vec::new();
        for redirect in good.iter().copied() {
            let Ok(file) = file(&redirect.from) else { continue };
            // `/a` and `/a/` are one file on disk; both stand in `_redirects`.
            if taken.insert(file.folded(), ()).is_none() {
                let (lang, title) = pages.get(&redirect.to).copied().unwrap_or((site.settings.default_lang(), ""));
                let subject = redirect.source.to_string();
                recipes.push(Recipe::plain(file, subject, move |out| page(site, redirect, lang, title, out)));
            }
        }
        if !good.is_empty() {
            let path = SafePath::new("_redirects").expect("a plain name");
            recipes.push(Recipe::plain(path, "the redirects", move |out| {
                for redirect in &good {
                    out.extend_from_slice(format!("{} {} 301\n", redirect.from.href(), redirect.to.href()).as_bytes());
                }
            }));
        }
        Checked::new(recipes, findings)
    }
}

type Pages<'s> = BTreeMap<Route, (Lang, &'s str)>;

fn pages(site: &Site) -> Pages<'_> {
    let editions = site.items.iter().flat_map(|item| &item.editions);
    let lists = site.indexes.iter().flat_map(|index| &index.routes);
    let editions = editions.map(|edition| (edition.route.clone(), (edition.record.lang, edition.record.title())));
    lists.map(|(lang, route)| (route.clone(), (*lang, ""))).chain(editions).collect()
}

fn fault(redirect: &Redirect, pages: &Pages<'_>) -> Option<Finding> {
    let place = || Place::field(redirect.source.as_str(), "aliases");
    let (from, to) = (&redirect.from, &redirect.to);
    if from == to {
        let message = format!("The old address `{from}` leads to itself.");
        return Some(Finding::error("alias-loop", place(), message, "Remove it from `aliases`."));
    }
    if pages.contains_key(from) {
        let message = format!("The old address `{from}` is the address of a page that stands there now.");
        return Some(Finding::error("alias-over-page", place(), message, "Remove it from `aliases`, or move the other page."));
    }
    None
}

/// The file of an old address: what does not end like a page becomes a folder, which hosts serve as one.
fn file(from: &Route) -> Result<SafePath, crate::model::route::PathError> {
    let path = from.as_str();
    if path.ends_with('/') || path.ends_with(".html") || path.ends_with(".htm") {
        Ok(from.file())
    } else {
        Ok(from.join("index.html")?.file())
    }
}

fn page(site: &Site, redirect: &Redirect, lang: Lang, title: &str, out: &mut Vec<u8>) {
    let address = site.settings.absolute(&redirect.to.href());
    let href = redirect.to.href();
    let title = if title.is_empty() { address.as_str() } else { title };
    let (address, href, title) = (html(&address), html(&href), html(title));
    let page = format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n<link rel=\"canonical\" href=\"{address}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n</head>\n\
         <body>\n<main><h1><a href=\"{href}\">{title}</a></h1></main>\n</body>\n</html>\n",
        dir = lang.direction(),
    );
    out.extend_from_slice(page.as_bytes());
}
