//! In: names below a prefix of a bucket. Out: objects read, and written under a condition that the store itself checks.
//!
//! Addresses are signed (AWS Signature Version 4, in the query) and so are secrets: no error repeats one. A write whose
//! answer was lost is not repeated blindly: what is there then is read and compared.

use super::{found, steps};
use crate::io::http::Http;
use crate::io::secrets;
use crate::model::settings::Bucket as Settings;
use crate::model::transport::{Body, Method, Request, Response, StateError};
use jiff::fmt::rfc2822;
use rusty_s3::actions::ListObjectsV2;
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How long a signed address holds.
const SIGNED: Duration = Duration::from_secs(120);
/// Longest exchange about a file of the log, which can be large.
const LONG: Duration = Duration::from_secs(120);
/// So many requests at once.
const AT_ONCE: usize = 16;
/// So often a write is tried again that the store could not decide.
const ROUNDS: u32 = 4;

/// An object as it was read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its entity tag.
    pub tag: String,
    /// Its age by the store's own clock, where the store tells it.
    pub age: Option<Duration>,
}

/// A name and the bytes that are to stand there.
pub type File = (String, Vec<u8>);

/// What became of a conditional write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrote {
    /// It is there; its entity tag.
    Done(String),
    /// The condition did not hold: another run was first.
    Raced,
}

/// A place in a bucket.
pub struct Objects {
    bucket: Bucket,
    prefix: String,
    keys: Credentials,
    http: Http,
    large: Http,
}

impl Objects {
    /// The place that the settings name, with its keys read; a sentence where that cannot be.
    pub fn open(root: &Path, settings: &Settings) -> Result<Objects, String> {
        let read = |reference| secrets::read(reference, root, &[]).map_err(|error| error.to_string());
        let (key, secret) = (read(&settings.key)?, read(&settings.secret)?);
        let token = settings.token.as_ref().map(read).transpose()?;
        let keys = match token {
            Some(token) => Credentials::new_with_token(key.expose(), secret.expose(), token.expose()),
            None => Credentials::new(key.expose(), secret.expose()),
        };
        let endpoint = settings.endpoint.clone().unwrap_or_else(|| format!("https://s3.{}.amazonaws.com", settings.region));
        let endpoint = url::Url::parse(&endpoint).map_err(|error| format!("its address cannot be used: {error}"))?;
        let style = if settings.path_style { UrlStyle::Path } else { UrlStyle::VirtualHost };
        let bucket = Bucket::new(endpoint, style, settings.name.clone(), settings.region.clone()).map_err(|error| error.to_string())?;
        let prefix = if settings.prefix.is_empty() { String::new() } else { format!("{}/", settings.prefix) };
        Ok(Objects { bucket, prefix, keys, http: Http::new(), large: Http::new().within(LONG).up_to(steps::LIMIT) })
    }

    /// Where an object is, for people.
    pub fn place(&self, name: &str) -> String {
        format!("s3://{}/{}{name}", self.bucket.name(), self.prefix)
    }

    /// One object; nothing where there is none.
    pub fn get(&self, name: &str) -> Result<Option<Seen>, StateError> {
        let key = self.key(name);
        let url = self.bucket.get_object(Some(&self.keys), &key).sign(SIGNED);
        let answer = self.ask(&Request::new(Method::Get, url.as_str()), name)?;
        match answer.status {
            200 => Ok(Some(Seen { tag: self.tag(&answer, name)?, age: age(&answer), bytes: answer.body })),
            404 => Ok(None),
            _ => Err(self.refused(&answer, name)),
        }
    }

    /// All objects with these names that are there.
    pub fn all(&self, names: Vec<String>) -> Result<BTreeMap<String, Seen>, StateError> {
        let seen = at_once(names, |name| self.get(name));
        let mut files = BTreeMap::new();
        for (name, seen) in seen {
            files.extend(seen?.map(|seen| (name, seen)));
        }
        Ok(files)
    }

    /// The names of all objects.
    pub fn list(&self) -> Result<Vec<String>, StateError> {
        let mut names = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let mut action = self.bucket.list_objects_v2(Some(&self.keys));
            action.with_prefix(self.prefix.clone());
            if let Some(next) = next.take() {
                action.with_continuation_token(next);
            }
            let answer = self.ask(&Request::new(Method::Get, action.sign(SIGNED).as_str()), "")?;
            if answer.status != 200 {
                return Err(self.refused(&answer, ""));
            }
            let text = String::from_utf8_lossy(&answer.body);
            let listed = ListObjectsV2::parse_response(&text)
                .map_err(|error| found::io(&self.place(""), ErrorKind::InvalidData, format!("its list cannot be read: {error}")))?;
            names.extend(listed.contents.iter().filter_map(|object| object.key.strip_prefix(&self.prefix)).map(str::to_owned));
            next = listed.next_continuation_token;
            if next.is_none() {
                return Ok(names);
            }
        }
    }

    /// Writes an object: a new one, or in place of the one with this tag.
    pub fn put(&self, name: &str, bytes: &[u8], known: Option<&str>) -> Result<Wrote, StateError> {
        for round in 0..ROUNDS {
            if round > 0 {
                std::thread::sleep(Duration::from_millis(200) * 2_u32.pow(round));
            }
            let answer = match self.way(name).send(&self.put_request(name, bytes, known)) {
                Ok(answer) => answer,
                // Lost: what is there now tells whether it arrived. Nothing else has these bytes, for a claim names its
                // run and a line its instant.
                Err(error) => match self.get(name)? {
                    Some(seen) if seen.bytes == bytes => return Ok(Wrote::Done(seen.tag)),
                    seen if seen.as_ref().map(|seen| seen.tag.as_str()) == known && round + 1 < ROUNDS => continue,
                    seen if seen.as_ref().map(|seen| seen.tag.as_str()) == known => {
                        return Err(found::io(&self.place(name), ErrorKind::ConnectionAborted, error.to_string()));
                    }
                    _ => return Ok(Wrote::Raced),
                },
            };
            match answer.status {
                200..=299 => return Ok(Wrote::Done(self.tag(&answer, name)?)),
                // An answer to an attempt that had been lost before: is it ours?
                412 => return self.ours(name, bytes),
                404 if known.is_some() && code(&answer) == "NoSuchKey" => return Ok(Wrote::Raced),
                409 | 429 | 500 | 503 if round + 1 < ROUNDS => {}
                _ => return Err(self.refused(&answer, name)),
            }
        }
        Err(found::io(&self.place(name), ErrorKind::TimedOut, "the store could not decide who was first"))
    }

    /// Whether what is there is what was to be written.
    fn ours(&self, name: &str, bytes: &[u8]) -> Result<Wrote, StateError> {
        Ok(self.get(name)?.filter(|seen| seen.bytes == bytes).map_or(Wrote::Raced, |seen| Wrote::Done(seen.tag)))
    }

    /// Writes several objects at once, and tells of each.
    pub fn put_all(&self, files: Vec<File>, known: &[Option<String>]) -> Vec<(File, Result<Wrote, StateError>)> {
        let jobs: Vec<(File, &Option<String>)> = files.into_iter().zip(known).collect();
        let wrote = at_once(jobs, |((name, bytes), known)| self.put(name, bytes, known.as_deref()));
        wrote.into_iter().map(|((file, _), wrote)| (file, wrote)).collect()
    }

    /// Tries two writes that must fail; a store that takes one of them knows no conditions, and cannot keep two runs apart.
    pub fn prove_conditions(&self, name: &str, bytes: &[u8]) -> Result<(), StateError> {
        for known in [None, Some("\"00000000000000000000000000000000\"")] {
            let answer = self.ask(&self.put_request(name, bytes, known), name)?;
            if !matches!(answer.status, 404 | 409 | 412) {
                let what =
                    format!("it answers {} to a write whose condition does not hold, so it cannot keep two runs apart", answer.status);
                return Err(found::io(&self.place(""), ErrorKind::Unsupported, what));
            }
        }
        Ok(())
    }

    fn put_request(&self, name: &str, bytes: &[u8], known: Option<&str>) -> Request {
        let key = self.key(name);
        let mut action = self.bucket.put_object(Some(&self.keys), &key);
        let (header, value) = known.map_or(("if-none-match", "*"), |tag| ("if-match", tag));
        action.headers_mut().insert(header, value.to_owned());
        let mut request = Request::new(Method::Put, action.sign(SIGNED).as_str()).header(header, value);
        request.body = Body::Bytes("application/x-ndjson", bytes.to_vec());
        request
    }

    fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn way(&self, name: &str) -> &Http {
        if name.starts_with("log/") { &self.large } else { &self.http }
    }

    fn ask(&self, request: &Request, name: &str) -> Result<Response, StateError> {
        self.way(name).send(request).map_err(|error| found::io(&self.place(name), ErrorKind::NotConnected, error.to_string()))
    }

    fn tag(&self, answer: &Response, name: &str) -> Result<String, StateError> {
        let tag = answer.header("etag").map(str::to_owned);
        tag.ok_or_else(|| found::io(&self.place(name), ErrorKind::Unsupported, "the store gives no entity tags"))
    }

    /// A refusal, without the store's own words: they can repeat keys.
    fn refused(&self, answer: &Response, name: &str) -> StateError {
        let kind = if matches!(answer.status, 401 | 403) { ErrorKind::PermissionDenied } else { ErrorKind::Other };
        found::io(&self.place(name), kind, format!("the store answers {} ({})", answer.status, code(answer)))
    }
}

/// The `Code` of a refusal.
fn code(answer: &Response) -> String {
    let text = String::from_utf8_lossy(&answer.body);
    let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map(|(code, _)| code);
    let plain = code.filter(|code| code.len() < 60 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    plain.unwrap_or("no reason given").to_owned()
}

/// The age of an object, both instants told by the store.
fn age(answer: &Response) -> Option<Duration> {
    let told = |name: &str| answer.header(name).and_then(|text| rfc2822::parse(text).ok()).map(|zoned| zoned.timestamp());
    Duration::try_from(told("date")?.duration_since(told("last-modified")?)).ok()
}

/// Does all jobs, several at a time; results in the order of the jobs.
fn at_once<J: Send + Sync, T: Send>(jobs: Vec<J>, work: impl Fn(&J) -> T + Sync) -> Vec<(J, T)> {
    let next = AtomicUsize::new(0);
    let done: Mutex<BTreeMap<usize, T>> = Mutex::new(BTreeMap::new());
    let one = || {
        while let Some((at, job)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| jobs.get(at).map(|job| (at, job))) {
            let result = work(job);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(at, result);
        }
    };
    if jobs.len() < 2 {
        one();
    } else {
        std::thread::scope(|scope| (0..AT_ONCE.min(jobs.len())).for_each(|_| drop(scope.spawn(one))));
    }
    let done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    jobs.into_iter().zip(done.into_values()).collect()
}
