//! In: a folder. Out: its pages, made when a browser asks for them.
//!
//! One thread holds the site and its recipes and answers one question after the other; a change of the folder makes it
//! read the site again. So an edit costs one reading and one page, whatever the browser does not ask for.

use super::deriving::Shelf;
use super::{Loaded, Run, RunError, load};
use crate::catalogue::CATALOGUE;
use crate::io::cache::Cache;
use crate::io::disk;
use crate::io::pictures::read_publishable;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::recipe::{Derivative, Recipe};
use crate::model::route::{Route, SafePath};
use crate::model::site::Site;
use crate::model::source::{Asset, AssetBytes};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};

/// A file of the preview: its output path and its bytes.
pub type Served = Option<(SafePath, Vec<u8>)>;

enum Question {
    Page(String, Sender<Served>),
    Again,
}

/// Asks the preview from any thread.
#[derive(Clone)]
pub struct Asker(Sender<Question>);

impl Asker {
    /// The file at an address; none where there is none, or where it cannot be made.
    pub fn page(&self, address: &str) -> Served {
        let (answer, heard) = channel();
        self.0.send(Question::Page(address.to_owned(), answer)).ok()?;
        heard.recv().ok().flatten()
    }

    /// Has the site read again; answered before any question asked after it.
    pub fn again(&self) {
        let _ = self.0.send(Question::Again);
    }
}

/// Starts the thread that makes pages. `told` hears what was found at every reading.
pub fn start(run: Run, told: impl Fn(&Findings) + Send + 'static) -> Asker {
    let (sender, questions) = channel();
    std::thread::spawn(move || while reading(&run, &questions, &told) {});
    Asker(sender)
}

/// Reads the site once and answers until it is to be read again; false once nobody can ask any more.
fn reading(run: &Run, questions: &Receiver<Question>, told: &impl Fn(&Findings)) -> bool {
    let loaded = load(run);
    let (site, mut findings) = match loaded {
        Ok(Loaded { site, findings, .. }) => (site, findings),
        Err(error) => (None, fault(&error)),
    };
    let works = site.as_ref().map(|site| CATALOGUE.recipes(site).into_value(&mut findings)).unwrap_or_default();
    told(&findings);
    let cache = Cache::of(&run.root);
    let shelf: BTreeMap<&str, &Recipe<'_>> = works.pages.iter().map(|recipe| (recipe.path.as_str(), recipe)).collect();
    let dear: BTreeMap<&str, &Derivative<'_>> = works.derivatives.iter().map(|derivative| (derivative.path.as_str(), derivative)).collect();
    let beside = site.iter().flat_map(|site| site.assets.iter().map(|(route, asset)| (route.file(), asset)));
    let of_theme = site.iter().flat_map(|site| site.theme.statics.iter().map(|(_, route, asset)| (route.file(), asset)));
    let assets: BTreeMap<SafePath, &Asset> = beside.chain(of_theme).collect();
    loop {
        match questions.recv() {
            Err(_) => return false,
            Ok(Question::Again) => return true,
            Ok(Question::Page(address, answer)) => {
                let path = Route::new(&address).ok().map(|route| route.file());
                let served = path.and_then(|path| {
                    let bytes = shelf
                        .get(path.as_str())
                        .map(|recipe| made(recipe))
                        .or_else(|| dear.get(path.as_str()).and_then(|derivative| derived((&run.root, &cache), derivative)))
                        .or_else(|| assets.get(&path).and_then(|asset| copied(&run.root, asset)))?;
                    Some((path, bytes))
                });
                let _ = answer.send(served.or_else(|| broken(&address, site.as_ref(), &findings)));
            }
        }
    }
}

fn made(recipe: &Recipe<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    match (recipe.render)(&mut bytes) {
        Ok(_) => bytes,
        Err(fault) => page_of("This page cannot be made", &[fault.to_string()]),
    }
}

fn derived((root, cache): (&Path, &Cache), derivative: &Derivative<'_>) -> Option<Vec<u8>> {
    let root = disk::open_root(root).ok()?;
    Shelf { root: &root, cache }.one(derivative).ok().map(|(bytes, _)| bytes)
}

fn copied(root: &Path, asset: &Asset) -> Option<Vec<u8>> {
    match asset.bytes {
        AssetBytes::BuiltIn(bytes) => Some(bytes.to_vec()),
        AssetBytes::Disk(_) => read_publishable(&disk::open_root(root).ok()?, asset).ok(),
    }
}

/// Where the site as a whole cannot be read, every address says why.
fn broken(address: &str, site: Option<&Site>, findings: &Findings) -> Served {
    if site.is_some() || !address.ends_with('/') {
        return None;
    }
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| format!("{}: {} {}", finding.place.as_ref().map_or("", |place| place.path.as_str()), finding.message, finding.help))
        .collect();
    let path = SafePath::new("index.html").ok()?;
    Some((path, page_of("The site cannot be read yet", &lines)))
}

fn page_of(title: &str, lines: &[String]) -> Vec<u8> {
    let items: String = lines.iter().map(|line| format!("<li>{}</li>", crate::text::escape::html(line))).collect();
    format!("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><ul>{items}</ul></html>")
        .into_bytes()
}

fn fault(error: &RunError) -> Findings {
    let finding = Finding::error(
        "unreadable-site",
        Place::file("promulgate.yaml"),
        format!("{error}."),
        "Check that the folder is there and may be read.",
    );
    Findings::from_iter([finding])
}
