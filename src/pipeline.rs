//! In: a folder and the present. Out: a checked site, a published folder.
//!
//! Three recipes on one page: `load` (disk to Site), `check` (every page made and looked at, nothing written) and
//! `build` (every page made, looked at, handed to the staging writer and forgotten, then what is dear and kept in the
//! cache, then one exchange). While one finding of severity error stands, nothing that readers see is touched.

pub mod again;
mod copying;
pub mod deriving;
pub mod guards;
pub mod hub;
mod log_files;
pub mod logging;
mod lost;
pub mod measuring;
pub mod preview;
pub mod proving;
pub mod rehearsing;
pub mod telling;
mod told;
pub mod verifying;
pub mod witnessing;

pub use told::{Told, settings_of, state_of};

use crate::assemble::{self, Visibility};
use crate::catalogue::{CATALOGUE, weigh};
use crate::io::cache::Cache;
use crate::io::deadline;
use crate::io::disk::{self, DiskError};
use crate::io::staging::{Published, Staging, StagingError};
use crate::io::stores;
use crate::kinds::common::TOMBSTONE;
use crate::model::date::Now;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::recipe::{Derivative, Recipe, RenderFault};
use crate::model::record::{Record, RecordId};
use crate::model::settings::Settings;
use crate::model::site::{Site, TemplateWatch};
use crate::model::source::{Source, Sources};
use crate::model::state::StateError;
use crate::parse;
use crate::transparency::journal::JournalFault;
use crate::transparency::note::NoteError;
use guards::Watch;
use jiff::Timestamp;
use logging::{Logging, Signer};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What a run is about.
#[derive(Debug, Clone)]
pub struct Run {
    /// The site's folder.
    pub root: PathBuf,
    /// The present.
    pub now: Timestamp,
    /// Whether drafts and records of the future are seen too.
    pub visibility: Visibility,
    /// Where pages learn what was announced.
    pub told: Told,
}

/// A run that could not go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The site's folder cannot be read.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// The output folder cannot be written.
    #[error(transparent)]
    Staging(#[from] StagingError),
    /// A page could not be made.
    #[error(transparent)]
    Render(#[from] RenderFault),
    /// The state could not be read or written.
    #[error(transparent)]
    State(#[from] StateError),
    /// The state of the log cannot be gone on from.
    #[error(transparent)]
    Log(#[from] JournalFault),
    /// The log could not be signed.
    #[error(transparent)]
    Sign(#[from] NoteError),
}

/// A site, if it could be assembled, and all that was found on the way.
pub struct Loaded {
    /// The site; none where the settings are wrong.
    pub site: Option<Site>,
    /// What was found, places as lines and columns.
    pub findings: Findings,
    /// The public log, compared with the site.
    pub logging: Option<Logging>,
}

/// Reads, parses and assembles a site and looks at it with every rule.
pub fn load(run: &Run) -> Result<Loaded, RunError> {
    load_with(run, None)
}

/// The same; the log is read from the state that a signing run holds.
fn load_with(run: &Run, signer: Option<&mut Signer<'_>>) -> Result<Loaded, RunError> {
    let mut findings = Findings::new();
    let sources = disk::read_site(&run.root)?.into_value(&mut findings);
    let mut site = assembled(&sources, run, &mut findings);
    let mut logging = None;
    if let Some(site) = site.as_mut().filter(|site| signer.is_some() || run.compares(site)) {
        let state = site.settings.state.clone();
        logging = match signer {
            Some(signer) => {
                // A rehearsal signs with a key of its own, which stands beside the body's as long as the rehearsal lasts.
                let guest = signer.keys.first().map(|key| key.verifier().clone()).filter(|_| matches!(run.told, Told::Folder(_)));
                if let (Some(guest), Some(log)) = (&guest, &mut site.settings.log) {
                    log.keys.insert(0, guest.to_string());
                }
                logging::open(site, (&run.root, guest.as_ref()), &mut |wanted| signer.store.log(wanted), &mut findings)?
            }
            None => logging::open(site, (&run.root, None), &mut |wanted| stores::look_log(&run.root, &state, wanted), &mut findings)?,
        };
    }
    if let Some(site) = &site {
        findings.extend(weigh(CATALOGUE.check(site), &site.settings.checks));
        findings.extend(guards::rotations(&site.settings));
        findings.extend(guards::mail_servers(&site.settings));
        findings.extend(Watch::of(&site.settings, &run.root).sources(&sources));
    }
    parse::locate(&mut findings, &|path| source_at(&sources, path));
    Ok(Loaded { site, findings: findings.sorted(), logging })
}

impl Run {
    /// Whether the log is compared: where its state is at hand.
    fn compares(&self, site: &Site) -> bool {
        match self.told {
            Told::State => true,
            Told::Near => !site.settings.state.is_remote(),
            Told::Folder(_) => false,
        }
    }
}

fn assembled(sources: &Sources, run: &Run, findings: &mut Findings) -> Option<Site> {
    let Some(source) = &sources.settings else {
        if !findings.has_errors() {
            findings.push(Finding::error(
                "no-settings",
                Place::file("promulgate.yaml"),
                "There is no `promulgate.yaml` in this folder.",
                "Run `promulgate init DIR` for a new site, or name the site's folder with `--root DIR`.",
            ));
        }
        return None;
    };
    let settings = parse::settings::settings(source, CATALOGUE.kinds.all, &CATALOGUE.platform_fields()).into_value(findings)?;
    let (records, mut broken) = records(sources, &settings, findings);
    let tombstones = sources.tombstones.iter().filter_map(|source| parse::tombstone::tombstone(source, TOMBSTONE).into_value(findings));
    let tombstones: Vec<_> = tombstones.collect();
    // A link to what was erased is no fault: its page says what happened.
    broken.extend(tombstones.iter().map(|tombstone| tombstone.record.clone()));
    let now = Now { at: run.now, zone: settings.zone.clone() };
    let (theme, messages) = assemble::theme(&sources.theme, &settings).into_value(findings);
    let posted = told::posted(run, &settings.state, findings);
    let assets = sources.assets.clone();
    let parts = assemble::Parts { settings, now, visibility: run.visibility, theme, messages, records, assets, posted, broken };
    let mut site = assemble::site(parts).into_value(findings);
    site.tombstones = tombstones;
    site.watch = TemplateWatch(Some(deadline::during_template));
    Some(site)
}

fn records(sources: &Sources, settings: &Settings, findings: &mut Findings) -> (Vec<Record>, BTreeSet<RecordId>) {
    let parsed: Vec<_> = sources.records.par_iter().map(|source| parse::record(source, settings, CATALOGUE.kinds)).collect();
    let failed = sources.records.iter().zip(&parsed).filter(|(_, checked)| checked.value.is_none());
    let mut broken = failed.filter_map(|(source, _)| parse::original_id(source, settings)).collect();
    let records = parsed.into_iter().filter_map(|checked| checked.into_value(findings)).collect();
    let joined = parse::join(records, &mut broken, (settings, CATALOGUE.kinds), findings);
    (joined, broken)
}

fn source_at(sources: &Sources, path: &str) -> Option<Source> {
    let records = &sources.records;
    let theme = sources.theme.templates.iter().chain(&sources.theme.messages);
    let found = records.binary_search_by(|source| source.path.as_str().cmp(path)).ok().map(|at| &records[at]);
    found
        .or_else(|| {
            sources.settings.iter().chain(records).chain(&sources.tombstones).chain(theme).find(|source| source.path.as_str() == path)
        })
        .cloned()
}

/// Makes every page and looks at it; writes nothing.
pub fn check(run: &Run) -> Result<Loaded, RunError> {
    let mut loaded = load(run)?;
    if let Some(site) = &loaded.site {
        let rendered = looked_at((site, run), &|| {})?;
        let mut findings = std::mem::take(&mut loaded.findings);
        findings.extend(judged(rendered, site));
        loaded.findings = findings.sorted();
    }
    Ok(loaded)
}

/// What pages told while they were made: places as lines and columns, weighed as the settings say.
fn judged(mut rendered: Findings, site: &Site) -> Findings {
    let sources = || site.items.iter().flat_map(|item| &item.editions).map(|edition| &edition.record.source);
    parse::locate(&mut rendered, &|path| sources().find(|source| source.path.as_str() == path).cloned());
    weigh(rendered, &site.settings.checks)
}

/// What is found when every page is made, and nothing written.
fn looked_at((site, run): (&Site, &Run), step: &(dyn Fn() + Sync)) -> Result<Findings, RunError> {
    let mut findings = Findings::new();
    let works = CATALOGUE.recipes(site).into_value(&mut findings);
    let watch = Watch::of(&site.settings, &run.root);
    findings.extend(made((&works.pages, &watch), |_, _| Ok(()), step)?);
    findings.extend(copying::looked_at((site, &works), &disk::open_root(&run.root)?, &watch)?);
    Ok(findings)
}

/// What a build left behind.
pub struct Built {
    /// The site; none where the settings are wrong.
    pub site: Option<Site>,
    /// What was found.
    pub findings: Findings,
    /// What was published; none while an error stands.
    pub published: Option<Published>,
    /// How many dear files (cards, pictures) were made, and how many the cache had.
    pub derived: (usize, usize),
    /// How many cards were left for a later build.
    pub left: usize,
    /// How many acts of publication the public log does not hold yet.
    pub pending: usize,
}

/// Which cards a build draws before it puts the site in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Draw {
    /// All.
    All,
    /// Those of records that changed lately; others only where the cache has them.
    News,
    /// All, none of them from the cache, and whatever stood in the folder before.
    Afresh,
}

impl Built {
    fn nothing(site: Option<Site>, findings: Findings) -> Built {
        Built { site, findings: findings.sorted(), published: None, derived: (0, 0), left: 0, pending: 0 }
    }
}

/// Builds the site into `out`, all or nothing. `step` is called once for each file, from any thread.
pub fn build(run: &Run, out: &Path, step: &(dyn Fn() + Sync)) -> Result<Built, RunError> {
    drawn(run, out, step, (Draw::All, None))
}

/// The same, taking the public log on.
pub fn build_signed(run: &Run, out: &Path, step: &(dyn Fn() + Sync), signer: &mut Signer<'_>) -> Result<Built, RunError> {
    drawn(run, out, step, (Draw::All, Some(signer)))
}

/// The same for news that must not wait: a card that nobody has drawn yet, of a record that did not change lately, is left
/// for the next build. All pages and all that they show are there.
pub fn build_for_news(run: &Run, out: &Path, step: &(dyn Fn() + Sync), signer: Option<&mut Signer<'_>>) -> Result<Built, RunError> {
    drawn(run, out, step, (Draw::News, signer))
}

/// The same with nothing taken from the cache and nothing kept there, into a folder that no reader sees.
fn build_afresh(run: &Run, out: &Path, step: &(dyn Fn() + Sync)) -> Result<Built, RunError> {
    drawn(run, out, step, (Draw::Afresh, None))
}

fn drawn(run: &Run, out: &Path, step: &(dyn Fn() + Sync), (draw, mut signer): (Draw, Option<&mut Signer<'_>>)) -> Result<Built, RunError> {
    let loaded = load_with(run, signer.as_deref_mut())?;
    let (mut findings, mut logging) = (loaded.findings, loaded.logging);
    let Some(mut site) = loaded.site else { return Ok(Built::nothing(None, findings)) };
    if findings.has_errors() {
        // Nothing will be written, but a person wants to hear of every fault at once.
        findings.extend(judged(looked_at((&site, run), step)?, &site));
        return Ok(Built::nothing(Some(site), findings));
    }
    if let (Some(logging), Some(signer)) = (&mut logging, signer.as_deref_mut()) {
        logging.take_on(signer, &mut site)?;
    }
    let mut rendered = Findings::new();
    let mut works = CATALOGUE.recipes(&site).into_value(&mut rendered);
    works.pages.extend(logging.iter().flat_map(|logging| logging.recipes(&site)));
    let watch = Watch::of(&site.settings, &run.root);
    if rendered.has_errors() {
        // Two files may claim one path: nothing is staged, every page is looked at all the same.
        rendered.extend(made((&works.pages, &watch), |_, _| Ok(()), step)?);
        drop(works);
        findings.extend(judged(rendered, &site));
        return Ok(Built::nothing(Some(site), findings));
    }
    let staging = Staging::open(out, &run.root)?.forgetting(!site.tombstones.is_empty());
    let put = |recipe: &Recipe<'_>, bytes: &[u8]| staging.put(&recipe.path, bytes).map(|_| ()).map_err(RunError::from);
    rendered.extend(made((&works.pages, &watch), put, step)?);
    let cache = if draw == Draw::Afresh { Cache::shut(&run.root) } else { Cache::of(&run.root) };
    let root = disk::open_root(&run.root)?;
    rendered.extend(copying::copied((&site, &works), &root, &staging, &watch)?);
    let shelf = deriving::Shelf { root: &root, cache: &cache };
    let wanted = |derivative: &&Derivative<'_>| draw != Draw::News || shelf.wanted_for_news(derivative, &site);
    let derivatives: Vec<_> = works.derivatives.iter().filter(wanted).collect();
    let left = works.derivatives.len() - derivatives.len();
    let leaks = Mutex::new(Vec::new());
    let put = |derivative: &Derivative<'_>, bytes: &[u8]| {
        match watch.output(derivative.path.as_str(), bytes) {
            Some(leak) => leaks.lock().unwrap_or_else(PoisonError::into_inner).push(leak),
            None => drop(staging.put(&derivative.path, bytes)?),
        }
        step();
        Ok(())
    };
    rendered.extend(shelf.all(&derivatives, &put)?);
    rendered.extend(leaks.into_inner().unwrap_or_else(PoisonError::into_inner));
    if let Some(before) = staging.live().filter(|_| draw != Draw::Afresh) {
        let read = |path: &str| staging.read_live(path);
        rendered.extend(lost::pages(before, &works.pages, &site));
        rendered.extend(lost::notices(before, &works.pages, &site, &read));
    }
    drop(works);
    findings.extend(judged(rendered, &site));
    let findings = findings.sorted();
    let pending = logging.as_ref().map_or(0, Logging::pending);
    let published = if findings.has_errors() {
        None
    } else {
        Some(staging.finish_with(|manifest| match (&mut logging, signer) {
            (Some(logging), Some(signer)) => logging.seal(signer, manifest).map(Some),
            _ => Ok::<_, RunError>(None),
        })?)
    };
    if published.is_some() && left == 0 {
        cache.sweep();
    }
    Ok(Built { site: Some(site), findings, published, derived: cache.counts(), left, pending })
}

/// Makes every recipe on all cores, one buffer a thread, and hands its bytes on.
fn made<'s>(
    (recipes, watch): (&[Recipe<'s>], &Watch),
    put: impl Fn(&Recipe<'s>, &[u8]) -> Result<(), RunError> + Sync,
    step: &(dyn Fn() + Sync),
) -> Result<Findings, RunError> {
    let make = |buffer: &mut Vec<u8>, recipe: &Recipe<'s>| -> Result<Findings, RunError> {
        buffer.clear();
        let mut findings = deadline::during(recipe.path.as_str(), &recipe.subject, || (recipe.render)(buffer))?;
        match watch.output(recipe.path.as_str(), buffer) {
            Some(leak) => findings.push(leak),
            None => put(recipe, buffer)?,
        }
        step();
        Ok(findings)
    };
    let found: Result<Vec<Findings>, RunError> =
        recipes.par_iter().map_init(Vec::new, make).filter(|made| !matches!(made, Ok(none) if none.is_empty())).collect();
    Ok(found?.into_iter().flatten().collect())
}
