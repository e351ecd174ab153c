//! In: a site's folder. Out: whether two builds of it, from nothing and on other numbers of threads, give the same bytes.
//!
//! Both are made below `.cache/again/`, where no reader looks, with nothing taken from the cache; what a build writes
//! is known by the lengths and hashes of its manifest. The folders are removed in the end, and made anew where a run
//! that was killed has left them.

use super::{Built, Run, RunError, build_afresh};
use crate::io::cache;
use crate::io::outplace::OutPlace;
use crate::model::manifest::Manifest;
use rayon::ThreadPoolBuilder;

/// On how many threads the two builds are made.
const THREADS: [usize; 2] = [1, 5];

/// What two builds said.
pub enum Again {
    /// Both gave the same files; these.
    Same(Manifest),
    /// The first path at which they differ, in the order of paths.
    Differ(String),
    /// The site has errors, so nothing was built.
    Stopped(Box<Built>),
}

/// Builds the site twice from nothing and compares.
pub fn built_twice(run: &Run, step: &(dyn Fn() + Sync)) -> Result<Again, RunError> {
    let folder = run.root.join(cache::FOLDER).join("again");
    let outs = THREADS.map(|threads| folder.join(format!("on-{threads}")));
    let mut made = Vec::new();
    for (threads, out) in THREADS.into_iter().zip(&outs) {
        let built = match ThreadPoolBuilder::new().num_threads(threads).build() {
            Ok(pool) => pool.install(|| build_afresh(run, out, step))?,
            // A machine that gives no more threads builds on those there are.
            Err(_) => build_afresh(run, out, step)?,
        };
        match built.published {
            Some(published) => made.push(published.manifest),
            None => {
                made.clear();
                cleared(&outs, run)?;
                return Ok(Again::Stopped(Box::new(built)));
            }
        }
    }
    cleared(&outs, run)?;
    let second = made.pop().unwrap_or_default();
    let first = made.pop().unwrap_or_default();
    Ok(difference(&first, &second).map_or(Again::Same(first), Again::Differ))
}

fn cleared(outs: &[std::path::PathBuf], run: &Run) -> Result<(), RunError> {
    outs.iter().try_for_each(|out| Ok(OutPlace::claim(out, &run.root)?.remove(&run.root)?))
}

/// The first path whose file is not the same in both, what is kept from generations before left aside.
pub fn difference(first: &Manifest, second: &Manifest) -> Option<String> {
    let own = |manifest: &Manifest, path: &String| manifest.files.get(path).filter(|_| !manifest.kept.contains(path)).cloned();
    let paths: std::collections::BTreeSet<&String> = first.files.keys().chain(second.files.keys()).collect();
    paths.into_iter().find(|path| own(first, path) != own(second, path)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::manifest::OutputFile;

    fn manifest(files: &[(&str, &str)], kept: &[&str]) -> Manifest {
        let files = files.iter().map(|(path, hash)| ((*path).to_owned(), OutputFile { bytes: 1, sha256: (*hash).to_owned() })).collect();
        Manifest { manifest: 1, files, kept: kept.iter().map(|path| (*path).to_owned()).collect() }
    }

    #[test]
    fn the_first_file_that_differs_is_named() {
        let one = manifest(&[("a", "1"), ("b", "1"), ("c", "1")], &[]);
        assert_eq!(difference(&one, &one), None);
        assert_eq!(difference(&one, &manifest(&[("a", "1"), ("b", "2"), ("c", "2")], &[])).as_deref(), Some("b"));
        assert_eq!(difference(&one, &manifest(&[("a", "1"), ("b", "1")], &[])).as_deref(), Some("c"));
        assert_eq!(difference(&manifest(&[("b", "1"), ("c", "1")], &[]), &one).as_deref(), Some("a"));
        assert_eq!(difference(&manifest(&[("a", "1"), ("b", "1"), ("c", "1"), ("old", "1")], &["old"]), &one), None);
    }
}
