//! In: what a channel wants of the outside. Out: the real thing: HTTP, plugin programs, secrets read late, pictures from disk.
//!
//! In a rehearsal the same requests go to stand-ins on this machine by way of detours, and anything without a detour is
//! refused, so that a rehearsal cannot reach the world.

use crate::io::http::Http;
use crate::io::pictures::read_sendable;
use crate::io::process;
use crate::io::tree::Tree;
use crate::model::announcement::{Image, ImageFile};
use crate::model::route::SafePath;
use crate::model::source::AssetBytes;
use crate::model::transport::{CallError, Request, Response, Secret, Speak, Transport};
use crate::text::disguise;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Largest picture that is read.
const PICTURE: u64 = 16 * 1024 * 1024;

/// Secrets below this length may be parts of innocent names.
const SHORT: usize = 12;

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
    finished: PathBuf,
}

/// A file below the site's root that halts every channel while it is there; its text is the reason.
pub const STOP: &str = "STOP";

impl Outside {
    /// The world itself. Pictures and plugins lie below `root`, the site's folder.
    pub fn in_earnest(root: &Path, http: Http, secrets: Secrets) -> Outside {
        Outside {
            root: root.to_owned(),
            http,
            secrets,
            given: BTreeMap::new(),
            detours: Vec::new(),
            earnest: true,
            finished: root.join("public"),
        }
    }

    /// A rehearsal: addresses that begin with the first of a pair go to the second, on this machine; all others nowhere.
    pub fn in_rehearsal(root: &Path, detours: Vec<(String, String)>, secrets: Secrets) -> Outside {
        Outside {
            root: root.to_owned(),
            http: Http::loopback(),
            secrets,
            given: BTreeMap::new(),
            detours,
            earnest: false,
            finished: root.join("public"),
        }
    }

    /// The same with the finished site in another folder than `public`.
    pub fn with_site(self, finished: &Path) -> Outside {
        Outside { finished: finished.to_owned(), ..self }
    }

    /// The emergency stop: nothing leaves while its file is there.
    fn halted(&self) -> Result<(), CallError> {
        match self.earnest && self.root.join(STOP).exists() {
            true => Err(CallError::NotSent(format!("the file {STOP} halts every channel"))),
            false => Ok(()),
        }
    }

    fn detour(&self, request: &Request) -> Option<Request> {
        let (from, to) = self.detours.iter().find(|(from, _)| request.url.starts_with(from.as_str()))?;
        Some(Request { url: format!("{to}{}", &request.url[from.len()..]), ..request.clone() })
    }
}

impl Transport for Outside {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        self.halted()?;
        if self.earnest {
            return self.http.send(request);
        }
        // Without a detour the loopback client still refuses everything that is not on this machine.
        self.http.send(&self.detour(request).unwrap_or_else(|| request.clone()))
    }

    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        self.halted()?;
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
        let path = image.path().as_str();
        if image.len().is_some_and(|length| length > PICTURE) {
            return Err(CallError::NotSent(format!("{path} is larger than 16 MiB")));
        }
        let told = |error: std::io::Error| CallError::NotSent(format!("{path}: {error}"));
        match &image.file {
            ImageFile::Source(asset) => match asset.bytes {
                AssetBytes::BuiltIn(bytes) => Ok(bytes.to_vec()),
                AssetBytes::Disk(_) => Tree::open(&self.root).and_then(|root| read_sendable(&root, asset)).map_err(told),
            },
            ImageFile::Finished(file) => Tree::open(&self.finished).and_then(|site| read_finished(&site, file)).map_err(told),
        }
    }

    fn without_secrets(&self, text: &str) -> String {
        // A short one can stand in an innocent id; the words of errors are searched for it before (`channels::answers`).
        disguise::hidden(text, self.given.values().map(Secret::expose).filter(|secret| secret.len() >= SHORT))
    }

    fn now(&mut self) -> Timestamp {
        Timestamp::now()
    }

    fn in_earnest(&self) -> bool {
        self.earnest
    }
}

/// The bytes of a file of the finished site.
fn read_finished(site: &Tree, path: &SafePath) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match site.read_into(path.as_str(), PICTURE as usize, &mut bytes)? {
        true => Ok(bytes),
        false => Err(std::io::Error::other("larger than 16 MiB")),
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
