//! In: a folder or an address where a site is published. Out: its files, whole, and which there are.
//!
//! A folder is read below its own handle and no link is followed. Over the web no redirect is followed either: what is
//! checked is what stands at the address itself.

use crate::io::http::Http;
use crate::io::tree::{EntryType, Tree};
use crate::model::transport::{Method, Request};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;
use url::Url;

/// Longest file that is read, in bytes (512 MiB).
const MOST: usize = 512 * 1024 * 1024;
/// How long one file may take over the web.
const WHOLE: Duration = Duration::from_secs(120);

/// A published site in a folder.
pub struct Folder {
    tree: Tree,
}

impl Folder {
    /// Opens the folder.
    pub fn open(path: &Path) -> std::io::Result<Folder> {
        Ok(Folder { tree: Tree::open(path)? })
    }

    /// The bytes of a file; none where there is none, or something else than a file.
    pub fn get(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        match self.tree.read_into(path, MOST, &mut bytes) {
            Ok(true) => Ok(Some(bytes)),
            Ok(false) => Err("it is larger than 512 MiB".into()),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    /// The paths of all files, links and other things that are no folders.
    pub fn list(&self) -> Result<Vec<String>, String> {
        let mut paths = Vec::new();
        let walked = self.tree.walk(&mut |path, entry| {
            if entry == EntryType::File {
                paths.push(path.to_owned());
            }
            Ok(())
        });
        walked.map(|()| paths).map_err(|error| error.to_string())
    }
}

/// Whether nothing readable as a file is there: no such name, a link, a folder, a pipe.
fn is_absent(error: &std::io::Error) -> bool {
    use ErrorKind::{InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | IsADirectory | InvalidInput | InvalidFilename)
        || error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
        || error.raw_os_error() == Some(rustix::io::Errno::XDEV.raw_os_error())
}

/// A published site at an address.
pub struct Web {
    http: Http,
    base: Url,
}

impl Web {
    /// The site at an address with `http:` or `https:`; none for another one.
    pub fn at(address: &str) -> Option<Web> {
        let mut base = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        base.set_query(None);
        base.set_fragment(None);
        base.path_segments_mut().ok()?.pop_if_empty();
        Some(Web { http: Http::new().within(WHOLE).up_to(MOST as u64), base })
    }

    /// The bytes of a file; none where the server says that there is none.
    pub fn get(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let mut url = self.base.clone();
        let parts = path.split('/');
        if parts.clone().any(|part| matches!(part, "" | "." | "..")) {
            return Ok(None);
        }
        url.path_segments_mut().map_err(|()| "no address can be made of it".to_owned())?.extend(parts);
        let answer = self.http.send(&Request::new(Method::Get, url)).map_err(|error| error.to_string())?;
        match answer.status {
            200 => Ok(Some(answer.body)),
            404 | 410 => Ok(None),
            300..=399 => Err(format!("the server points elsewhere (status {}), and redirects are not followed", answer.status)),
            status => Err(format!("the server answers with status {status}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_and_a_way_out_are_no_files() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("site")).unwrap();
        std::fs::write(dir.path().join("secret"), "x").unwrap();
        std::fs::write(dir.path().join("site/a"), "y").unwrap();
        std::os::unix::fs::symlink("../secret", dir.path().join("site/link")).unwrap();
        let folder = Folder::open(&dir.path().join("site")).unwrap();
        assert_eq!(folder.get("a"), Ok(Some(b"y".to_vec())));
        for path in ["link", "../secret", "none", "a/b", "", "/a"] {
            assert_eq!(folder.get(path), Ok(None), "{path}");
        }
        let mut listed = folder.list().unwrap();
        listed.sort();
        assert_eq!(listed, ["a", "link"]);
    }
}
