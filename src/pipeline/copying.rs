//! In: files of the site that are published as they are. Out: their copies, and what must not be in them.

use super::RunError;
use super::guards::Watch;
use crate::catalogue::Works;
use crate::io::disk;
use crate::io::staging::Staging;
use crate::io::tree::Tree;
use crate::model::finding::{Finding, Findings};
use crate::model::route::SafePath;
use crate::model::site::Site;
use crate::model::source::{Asset, AssetBytes};
use rayon::prelude::*;

/// Copies attachments, but those in whose place a derivative is published, and the theme's files that lie on disk; its
/// built-in ones are recipes of the html format.
pub fn copied((site, works): (&Site, &Works<'_>), root: &Tree, staging: &Staging, watch: &Watch) -> Result<Findings, RunError> {
    let kept = copies(site, works);
    let one = |(path, asset): &(SafePath, &Asset)| -> Result<Option<Finding>, RunError> {
        let leak = leak(watch, root, (path, asset))?;
        if leak.is_none() {
            staging.put_asset(path, root, asset)?;
        }
        Ok(leak)
    };
    let found: Result<Vec<Option<Finding>>, RunError> = kept.par_iter().map(one).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// What is found in the files that would be copied.
pub fn looked_at((site, works): (&Site, &Works<'_>), root: &Tree, watch: &Watch) -> Result<Findings, RunError> {
    let kept = if watch.is_idle() { Vec::new() } else { copies(site, works) };
    let found: Result<Vec<Option<Finding>>, RunError> = kept.par_iter().map(|(path, asset)| leak(watch, root, (path, asset))).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// The files that are copied unread, and where they go.
fn copies<'s>(site: &'s Site, works: &Works<'_>) -> Vec<(SafePath, &'s Asset)> {
    let replaced = works.replaced();
    let attached = site.assets.iter().map(|(route, asset)| (route.file(), asset));
    let on_disk = site.theme.statics.iter().filter(|(_, _, asset)| matches!(asset.bytes, AssetBytes::Disk(_)));
    let on_disk = on_disk.map(|(_, route, asset)| (route.file(), asset));
    attached.chain(on_disk).filter(|(path, _)| !replaced.contains(path)).collect()
}

/// A secret in a file that is copied; it is read for that only where there is a secret to look for.
fn leak(watch: &Watch, root: &Tree, (path, asset): (&SafePath, &Asset)) -> Result<Option<Finding>, RunError> {
    match watch.is_idle() {
        true => Ok(None),
        false => Ok(watch.output(path.as_str(), &disk::read_asset(root, asset)?)),
    }
}
