//! In: the target of a link in a record. Out: the address on this site, in the reader's language where it can be.

use super::shop::{Shop, Spot};
use crate::model::lang::Lang;
use crate::model::record::{Record, RecordId};
use crate::model::site::ItemIx;
use crate::text::links::{Links, Resolution, Shown, by_form};
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// Links of one page.
pub(super) struct PageLinks<'p, 's> {
    shop: &'p Shop<'s>,
    lang: Lang,
    folder: String,
    taken: RefCell<BTreeSet<String>>,
    top: u8,
    shows: Cell<bool>,
}

impl<'p, 's> PageLinks<'p, 's> {
    /// Links of a record's page.
    pub(super) fn new(shop: &'p Shop<'s>, record: &Record, taken: &[&str]) -> PageLinks<'p, 's> {
        let taken = RefCell::new(taken.iter().map(|id| (*id).to_owned()).collect());
        PageLinks { shop, lang: record.lang, folder: record.source.path.folder().to_owned(), taken, top: 2, shows: Cell::new(false) }
    }

    /// The same page below a heading of its own.
    pub(super) fn below(&mut self, top: u8) {
        self.top = top;
    }

    fn internal(&self, path: &str) -> Option<String> {
        let bare = path.trim_end_matches('/');
        let (site_path, is_absolute) = match path.strip_prefix('/') {
            Some(rest) => (format!("/{}", rest.trim_end_matches('/')), true),
            None => (format!("/{bare}"), false),
        };
        if is_absolute || path.contains('/') {
            match self.shop.spot(site_path.trim_end_matches('/')) {
                Some(Spot::Item(at)) => return Some(self.to_item(at)),
                Some(Spot::Other) => return Some(path.to_owned()),
                None => {}
            }
        }
        self.by_id(bare.trim_start_matches('/')).or_else(|| self.beside(path)).or_else(|| machine_file(path))
    }

    fn by_id(&self, id: &str) -> Option<String> {
        let id = RecordId(id.to_owned());
        let site = self.shop.site;
        let there = site.by_id.get(&id).map(|at| self.to_item(*at));
        there.or_else(|| site.broken.contains(&id).then(|| format!("/{id}/")))
    }

    /// A Markdown file or another file, relative to the record's own.
    fn beside(&self, path: &str) -> Option<String> {
        let full = join(&self.folder, path)?;
        if let Some(stem) = full.strip_suffix(".md") {
            let id = stem.strip_prefix("content/")?;
            return self.by_id(id).or_else(|| self.by_id(id.rsplit_once('.')?.0));
        }
        if let Some(route) = self.shop.file(&full) {
            return Some(route.href());
        }
        self.by_id(full.strip_prefix("content/")?.trim_end_matches('/'))
    }

    fn to_item(&self, at: ItemIx) -> String {
        self.shop.item(at).best(self.lang).route.href()
    }
}

impl Links for PageLinks<'_, '_> {
    fn resolve(&self, target: &str) -> Resolution {
        let Resolution::Href(relative) = by_form(target) else { return by_form(target) };
        let cut = relative.find(['#', '?']).unwrap_or(relative.len());
        let (path, tail) = relative.split_at(cut);
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
        match self.internal(&decoded) {
            Some(href) => Resolution::Href(format!("{href}{tail}")),
            None => Resolution::Broken(target.to_owned()),
        }
    }

    fn picture(&self, href: &str) -> Option<Shown<'_>> {
        let site = self.shop.site;
        let path = href.split(['#', '?']).next().unwrap_or_default();
        let (route, asset) = site.assets.get(*site.pictures.get(path)?)?;
        Some(Shown { route, picture: asset.picture.as_ref()?, first: !self.shows.replace(true) })
    }

    fn word(&self, key: &str) -> String {
        self.shop.words(self.lang, key)
    }

    fn claim(&self, id: &str) -> bool {
        self.taken.borrow_mut().insert(id.to_owned())
    }

    fn top(&self) -> u8 {
        self.top
    }
}

/// Files that other outputs make at fixed addresses: feeds, data, calendars.
fn machine_file(path: &str) -> Option<String> {
    let name = path.strip_prefix('/')?.rsplit('/').next()?;
    let ending = name.rsplit_once('.')?.1;
    matches!(ending, "atom" | "rss" | "json" | "csv" | "ics" | "xml" | "txt" | "cap").then(|| path.to_owned())
}

/// A relative path from a folder, without ever leaving the top.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}
