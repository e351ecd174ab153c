//! In: a folder of any program's files. Out: all of them, read or named; and the way back, records into a new folder.
//!
//! Every file is accounted for: it is a text, an attachment, or named with the reason why it cannot be read. Nothing
//! that exists is ever written over.

use crate::io::disk::{self, DiskError, asset, open_root, read_texts};
use crate::io::scan;
use crate::io::tree::Tree;
use crate::model::finding::Findings;
use crate::model::route::SafePath;
use crate::model::source::{Asset, Source};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Everything below a folder.
#[derive(Debug, Default)]
pub struct Folder {
    /// Markdown files, by path.
    pub texts: Vec<Source>,
    /// All other files, by path.
    pub others: Vec<Asset>,
    /// What cannot be read; the place of each finding is the file.
    pub findings: Findings,
}

/// Reads a folder; only a `.git` folder in it is passed over.
pub fn read(folder: &Path) -> Result<Folder, DiskError> {
    let tree = open_root(folder)?;
    let mut findings = Findings::new();
    let found = scan::all_but(&|name| name == ".git", folder, "", &mut findings);
    let (texts, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|found| disk::is_markdown(found.path.as_str()));
    let texts = read_texts(&tree, texts, &mut findings);
    let others = others.into_iter().filter_map(|found| asset(&tree, found, &mut findings)).collect();
    Ok(Folder { texts, others, findings })
}

/// A file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("could not write `{path}`")]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What the system says; `AlreadyExists` where the file is there already.
    pub source: io::Error,
}

/// Writes new text files below a folder, which is made where it is missing; stops at the first that exists.
pub fn write<'t>(root: &Path, files: impl IntoIterator<Item = (&'t SafePath, &'t str)>) -> Result<(), WriteError> {
    let tree = fresh(root)?;
    files.into_iter().try_for_each(|(path, text)| {
        let made = create(&tree, path).and_then(|mut file| file.write_all(text.as_bytes()));
        made.map_err(|source| WriteError { path: root.join(path.as_str()), source })
    })
}

/// Copies files from below one folder to below another.
pub fn copy(from: &Path, root: &Path, files: &[(SafePath, SafePath)]) -> Result<(), WriteError> {
    let tree = fresh(root)?;
    let source = Tree::open(from).map_err(|source| WriteError { path: from.to_owned(), source })?;
    files.iter().try_for_each(|(old, new)| {
        let copied = source.open_file(old.as_str()).and_then(|mut file| io::copy(&mut file, &mut create(&tree, new)?));
        copied.map(drop).map_err(|source| WriteError { path: root.join(new.as_str()), source })
    })
}

fn fresh(root: &Path) -> Result<Tree, WriteError> {
    let opened = std::fs::create_dir_all(root).and_then(|()| Tree::open(root));
    opened.map_err(|source| WriteError { path: root.to_owned(), source })
}

fn create(tree: &Tree, path: &SafePath) -> io::Result<std::fs::File> {
    match tree.create_new(path.as_str()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let text = path.as_str();
            text.match_indices('/').try_for_each(|(at, _)| tree.make_folder(&text[..at]))?;
            tree.create_new(text)
        }
        other => other,
    }
}
