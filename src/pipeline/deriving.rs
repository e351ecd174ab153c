//! In: the derivatives of a site and its cache. Out: their bytes, found or made, in any order, on all cores.

use super::RunError;
use crate::io::cache::{Cache, Entry};
use crate::io::disk;
use crate::io::tree::Tree;
use crate::model::finding::Findings;
use crate::model::recipe::Derivative;
use crate::model::record::RecordId;
use crate::model::site::Site;
use crate::model::source::Asset;
use jiff::SignedDuration;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Takes the bytes of a derivative on.
type Put<'p, 's> = dyn Fn(&Derivative<'s>, &[u8]) -> Result<(), RunError> + Sync + 'p;

/// Where files are read and derivatives are kept.
pub struct Shelf<'r> {
    /// The site's folder, opened.
    pub root: &'r Tree,
    /// What was made before.
    pub cache: &'r Cache,
}

/// A file from which derivatives are made, with its hash.
struct Input {
    bytes: Vec<u8>,
    hash: [u8; 32],
}

impl Shelf<'_> {
    /// Finds or makes every derivative and hands its bytes on; a file is read once for all that is made from it.
    pub fn all<'s>(&self, derivatives: &[&Derivative<'s>], put: &Put<'_, 's>) -> Result<Findings, RunError> {
        let mut groups: BTreeMap<(&str, usize), Vec<&Derivative<'s>>> = BTreeMap::new();
        for (at, derivative) in derivatives.iter().enumerate() {
            let key = derivative.from.map_or(("", at), |asset| (asset.path.as_str(), 0));
            groups.entry(key).or_default().push(derivative);
        }
        let groups: Vec<Vec<&Derivative<'s>>> = groups.into_values().collect();
        let made: Result<Vec<Findings>, RunError> = groups.par_iter().map(|group| self.group(group, put)).collect();
        Ok(made?.into_iter().flatten().collect())
    }

    fn group<'s>(&self, group: &[&Derivative<'s>], put: &Put<'_, 's>) -> Result<Findings, RunError> {
        let input = group[0].from.map(|asset| self.input(asset)).transpose()?;
        let one = |derivative: &&Derivative<'s>| {
            let (bytes, findings) = self.bytes(derivative, input.as_ref())?;
            put(derivative, &bytes)?;
            Ok(findings)
        };
        let found: Result<Vec<Findings>, RunError> = group.par_iter().map(one).collect();
        Ok(found?.into_iter().flatten().collect())
    }

    /// The bytes of one derivative.
    pub fn one(&self, derivative: &Derivative<'_>) -> Result<(Vec<u8>, Findings), RunError> {
        let input = derivative.from.map(|asset| self.input(asset)).transpose()?;
        self.bytes(derivative, input.as_ref())
    }

    /// Whether a derivative that is made from no file is there already.
    pub fn has(&self, derivative: &Derivative<'_>) -> bool {
        derivative.from.is_none() && self.cache.has(&Entry::new(&(derivative.key)(), None))
    }

    /// Whether a site that is published for its news needs this now: all that pages show, what is there already, and the
    /// cards of records that changed within the last two days, which networks fetch as soon as the news is told.
    pub fn wanted_for_news(&self, derivative: &Derivative<'_>, site: &Site) -> bool {
        let lately = |id: &RecordId| {
            let changed = site.by_id.get(id).and_then(|at| site.items[*at].changed);
            changed.is_some_and(|changed| changed.begins(&site.now.zone) >= site.now.at - SignedDuration::from_hours(48))
        };
        derivative.from.is_some() || derivative.of.is_some_and(|(id, _)| lately(id)) || self.has(derivative)
    }

    fn input(&self, asset: &Asset) -> Result<Input, RunError> {
        let bytes = disk::read_asset(self.root, asset)?;
        Ok(Input { hash: Sha256::digest(&bytes).into(), bytes })
    }

    fn bytes(&self, derivative: &Derivative<'_>, input: Option<&Input>) -> Result<(Vec<u8>, Findings), RunError> {
        let entry = Entry::new(&(derivative.key)(), input.map(|input| &input.hash));
        if let Some(bytes) = self.cache.get(&entry) {
            return Ok((bytes, Findings::new()));
        }
        let mut bytes = Vec::new();
        let findings = (derivative.make)(input.map_or(&[], |input| &input.bytes), &mut bytes)?;
        if findings.is_empty() {
            self.cache.keep(&entry, &bytes)
        } else {
            self.cache.passed()
        }
        Ok((bytes, findings))
    }
}
