//! In: where a site is published, and the key of its log. Out: what was proven of it, what is false, what was left open.

use crate::io::published::{Folder, Web};
use crate::transparency::check;
use crate::transparency::note::VerifierKey;
use crate::transparency::site::{Demand, Report, Site, Unreachable};
use std::path::Path;

/// Files that are asked for at once over the web.
const AT_ONCE: usize = 8;

/// Where a published site lies.
pub enum Published {
    /// In a folder.
    Folder(Folder),
    /// At an address.
    Web(Web),
}

impl Published {
    /// A site in a folder.
    pub fn folder(path: &Path) -> std::io::Result<Published> {
        Folder::open(path).map(Published::Folder)
    }

    /// A site at an address; none where it is no `http:` or `https:` one.
    pub fn web(address: &str) -> Option<Published> {
        Web::at(address).map(Published::Web)
    }

    /// The key that the site itself shows, which proves nothing against whoever can change the site.
    pub fn own_key(&self) -> Result<Option<VerifierKey>, Unreachable> {
        let text = self.get("log/vkey")?.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(text.and_then(|text| VerifierKey::parse(text.trim_end()).ok()))
    }

    /// Checks the whole site.
    pub fn verify(&self, demand: &Demand) -> Result<Report, Unreachable> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build();
        match (self, pool) {
            (Published::Web(_), Ok(pool)) => pool.install(|| check::site(self, demand)),
            _ => check::site(self, demand),
        }
    }
}

impl Site for Published {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Unreachable> {
        let found = match self {
            Published::Folder(folder) => folder.get(path),
            Published::Web(web) => web.get(path),
        };
        found.map_err(|reason| Unreachable { path: path.to_owned(), reason })
    }

    fn list(&self) -> Result<Option<Vec<String>>, Unreachable> {
        match self {
            Published::Folder(folder) => folder.list().map(Some).map_err(|reason| Unreachable { path: ".".into(), reason }),
            Published::Web(_) => Ok(None),
        }
    }
}
