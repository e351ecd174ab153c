//! In: the files beside records. Out: which of them would act in a reader's browser, by their names and first bytes.

use crate::io::disk::plain;
use crate::io::scan::unreadable;
use crate::io::tree::Tree;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::source::Asset;
use crate::text::active;
use rayon::prelude::*;
use std::io::Read;

/// How many first bytes are looked at.
const FIRST: u64 = 1024;

/// Looks at every file that was not seen to be a picture.
pub fn look_at(tree: &Tree, assets: &[Asset], out: &mut Findings) {
    let others = assets.par_iter().filter(|asset| asset.picture.is_none());
    let found: Vec<Finding> = others.filter_map(|asset| look_at_one(tree, asset)).collect();
    out.extend(found);
}

fn look_at_one(tree: &Tree, asset: &Asset) -> Option<Finding> {
    let path = asset.path.as_str();
    let mut first = Vec::new();
    let read = tree.open_spelled(&asset.path).and_then(|file| file.take(FIRST).read_to_end(&mut first));
    if let Err(error) = read {
        return Some(unreadable(path, &plain(&error)));
    }
    let why = active::why(asset.path.name(), &first)?;
    let message = format!("`{path}` could act in a reader's browser under the body's own name: {why}.");
    let help = "Attach a PDF, a picture or data in its place; a page or script of the body's own belongs in `static/`.";
    Some(Finding::error("active-file", Place::file(path), message, help))
}
