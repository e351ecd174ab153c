//! In: what a channel wants of the outside. Out: the real thing: HTTP, plugin programs, secrets read late, pictures from disk.
//!
//! In a rehearsal the same requests go to stand-ins on this machine by way of detours, and anything without a detour is
//! refused, so that a rehearsal cannot reach the world.

use crate::io::http::Http;
use crate::io::pictures::read_sendable;
use crate::io::process;
use crate::io::tree::Tree;
use crate::model::announcement::Image;
use crate::model::source::AssetBytes;
use crate::model::transport::{CallError, Request, Response, Secret, Speak, Transport};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Largest picture that is read.
const PICTURE: u64 = 16 * 1024 * 1024;

/// Gives the value of a secret by the platform's name for it, or a sentence why not.
pub type Secrets = Box<dyn Fn(&str) -> Result<Secret, String> + Send>;

/// The way out of one channel.
pub struct Outside {
    root: PathBuf,
    http: Http,
    secrets: Secrets,
    given: BTreeMap<String, Secret>,
    detours: Vec<(String, String)>,
    earnest: bool,
}

impl Outside {
    /// The world itself. Pictures and plugins lie below `root`, the site's folder.
    pub fn in_earnest(root: &Path, http: Http, secrets: Secrets) -> Outside {
        Outside { root: root.to_owned(), http, secrets, given: BTreeMap::new(), detours: Vec::new(), earnest: true }
    }

    /// A rehearsal: addresses that begin with the first of a pair go to the second, on this machine; all others nowhere.
    pub fn in_rehearsal(root: &Path, detours: Vec<(String, String)>, secrets: Secrets) -> Outside {
        Outside { root: root.to_owned(), http: Http::loopback(), secrets, given: BTreeMap::new(), detours, earnest: false }
    }

    fn detour(&self, request: &Request) -> Option<Request> {
        let (from, to) = self.detours.iter().find(|(from, _)| request.url.starts_with(from.as_str()))?;
        Some(Request { url: format!("{to}{}", &request.url[from.len()..]), ..request.clone() })
    }
}

impl Transport for Outside {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        if self.earnest {
            return self.http.send(request);
        }
        // Without a detour the loopback client still refuses everything that is not on this machine.
        self.http.send(&self.detour(request).unwrap_or_else(|| request.clone()))
    }

    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        let secrets: Vec<Secret> = self.given.values().cloned().collect();
        process::speak((argv, &self.root), lines, limit, &secrets)
    }

    fn secret(&mut self, name: &str) -> Result<Secret, CallError> {
        if let Some(secret) = self.given.get(name) {
            return Ok(secret.clone());
        }
        let secret = (self.secrets)(name).map_err(CallError::NotSent)?;
        self.given.insert(name.to_owned(), secret.clone());
        Ok(secret)
    }

    fn image(&mut self, image: &Image) -> Result<Vec<u8>, CallError> {
        let path = image.file.path.as_str();
        if image.file.len() > PICTURE {
            return Err(CallError::NotSent(format!("{path} is larger than 16 MiB")));
        }
        match image.file.bytes {
            AssetBytes::BuiltIn(bytes) => Ok(bytes.to_vec()),
            AssetBytes::Disk(_) => {
                let root = Tree::open(&self.root);
                root.and_then(|root| read_sendable(&root, &image.file)).map_err(|error| CallError::NotSent(format!("{path}: {error}")))
            }
        }
    }

    fn in_earnest(&self) -> bool {
        self.earnest
    }
}

/// Speaks with plugin programs below a folder, without secrets.
pub struct Programs {
    root: PathBuf,
}

impl Programs {
    /// Programs below `root`, the site's folder.
    pub fn new(root: &Path) -> Programs {
        Programs { root: root.to_owned() }
    }
}

impl Speak for Programs {
    fn speak(&self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        process::speak((argv, &self.root), lines, limit, &[])
    }
}
