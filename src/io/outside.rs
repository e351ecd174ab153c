//! In: what a channel wants of the outside. Out: the real thing: HTTP, mail, plugin programs, folders for people, secrets
//! read late and kept when they are replaced, pictures from disk.
//!
//! In a rehearsal the same requests go to stand-ins on this machine by way of detours, and anything without a detour is
//! refused, so that a rehearsal cannot reach the world.

use crate::io::http::Http;
use crate::io::pictures::read_sendable;
use crate::io::socket::{self, Reach};
use crate::io::tree::Tree;
use crate::io::{handover, interrupt, mail, process, rehearsed};
use crate::model::announcement::{Image, ImageFile};
use crate::model::route::SafePath;
use crate::model::source::AssetBytes;
use crate::model::transport::{CallError, Kit, Mail, MailAnswer, Request, Response, Secret, Speak, Talk, Transport};
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

/// Keeps the new value of a secret that a platform has replaced, or says why it cannot.
pub type Keeper = Box<dyn Fn(&str, &Secret) -> Result<(), String> + Send>;

/// The way out of one channel.
pub struct Outside {
    root: PathBuf,
    http: Http,
    secrets: Secrets,
    keeper: Keeper,
    given: BTreeMap<String, Secret>,
    detours: Vec<(String, String)>,
    earnest: bool,
    finished: PathBuf,
}

/// A file below the site's root that halts every channel while it is there; its text is the reason.
pub const STOP: &str = "STOP";

/// The reason of the emergency stop, where its file is there.
pub fn stopped(root: &Path) -> Option<String> {
    let path = root.join(STOP);
    let reason = match std::fs::read_to_string(&path) {
        Ok(text) => text.lines().next().unwrap_or_default().trim().to_owned(),
        Err(_) => String::new(),
    };
    let file = format!("The file {STOP} is there");
    path.exists().then(|| if reason.is_empty() { format!("{file}.") } else { format!("{file}: {reason}") })
}

impl Outside {
    /// The world itself. Pictures and plugins lie below `root`, the site's folder.
    pub fn in_earnest(root: &Path, http: Http, secrets: Secrets) -> Outside {
        Outside {
            root: root.to_owned(),
            http,
            secrets,
            keeper: Box::new(nowhere),
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
            keeper: Box::new(|_, _| Ok(())),
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

    /// The same with a place for secrets that the platform replaces.
    pub fn keeping(self, keeper: Keeper) -> Outside {
        Outside { keeper, ..self }
    }

    /// The emergency stop: nothing leaves while its file is there; nor once the run was asked to end.
    fn halted(&self) -> Result<(), CallError> {
        if interrupt::is_asked() {
            return Err(CallError::NotSent("the run was asked to end".into()));
        }
        match self.earnest && self.root.join(STOP).exists() {
            true => Err(CallError::NotSent(format!("the file {STOP} halts every channel"))),
            false => Ok(()),
        }
    }

    /// Where an address leads in a rehearsal.
    fn detour(&self, address: &str) -> Option<String> {
        let (from, to) = self.detours.iter().find(|(from, _)| !from.is_empty() && address.starts_with(from.as_str()))?;
        Some(format!("{to}{}", &address[from.len()..]))
    }
}

impl Transport for Outside {
    fn http(&mut self, request: &Request) -> Result<Response, CallError> {
        self.halted()?;
        if self.earnest {
            return self.http.send(request);
        }
        // Without a detour the loopback client still refuses everything that is not on this machine.
        let url = self.detour(&request.url).unwrap_or_else(|| request.url.clone());
        self.http.send(&Request { url, ..request.clone() })
    }

    fn mail(&mut self, mail: &Mail) -> Result<MailAnswer, CallError> {
        self.halted()?;
        match self.detour(&mail.server).filter(|_| !self.earnest) {
            Some(url) => rehearsed::mail(&self.http, url, mail),
            None => mail::send(mail, &self.root, !self.earnest),
        }
    }

    fn hand_over(&mut self, kit: &Kit, images: &[Image]) -> Result<String, CallError> {
        self.halted()?;
        let pictures = images.iter().map(|image| Ok((image, self.image(image)?))).collect::<Result<Vec<_>, CallError>>()?;
        match self.detour(handover::ADDRESS).filter(|_| !self.earnest) {
            Some(url) => rehearsed::hand_over(&self.http, url, kit, &pictures),
            None if self.earnest => handover::write(&self.root, kit, &pictures),
            None => Err(CallError::NotSent("no folder for kits is written in a rehearsal".into())),
        }
    }

    fn rotate(&mut self, name: &str, value: &Secret) -> Result<(), CallError> {
        // This run goes on with the new value in any case: the earlier one may be dead already.
        self.given.insert(name.to_owned(), value.clone());
        (self.keeper)(name, value).map_err(CallError::NotSent)
    }

    fn plugin(&mut self, argv: &[String], lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), CallError> {
        self.halted()?;
        let secrets: Vec<Secret> = self.given.values().cloned().collect();
        process::speak((argv, &self.root), lines, limit, &secrets)
    }

    fn socket(&mut self, url: &str, lines: &mut dyn FnMut(Option<&str>) -> Talk, limit: Duration) -> Result<(), CallError> {
        self.halted()?;
        if self.earnest {
            return socket::talk(url, lines, limit, Reach::World);
        }
        let led = self.detours.iter().find(|(from, _)| url.starts_with(from.as_str()));
        let led = led.map_or_else(|| url.to_owned(), |(from, to)| format!("{to}{}", &url[from.len()..]));
        // The stand-ins' own addresses are those of HTTP.
        let led = led.strip_prefix("http://").map(|rest| format!("ws://{rest}")).unwrap_or(led);
        socket::talk(&led, lines, limit, Reach::Loopback)
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

/// There is no place for a replaced secret.
pub fn nowhere(name: &str, _: &Secret) -> Result<(), String> {
    Err(format!("the platform has replaced `{name}`, and this channel has no `rotated:` that says where the new one is kept"))
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
