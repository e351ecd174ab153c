//! A bench for each state store: a fresh place of its own, and hands that reach into it from outside, as a person, a
//! crash or a fault of the disk would.

#![allow(clippy::unwrap_used)]

use crate::ledger::record;
use crate::servers;
use promulgate::io::stores;
use promulgate::io::stores::claim::Terms;
use promulgate::model::ledger::Ledger;
use promulgate::model::settings::{Bucket, SecretRef, StateSettings};
use promulgate::model::transport::{Repair, StateError, StateStore};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What can happen to the file of `record()`, or to its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The last line is gone.
    Cut,
    /// Half a line stands behind the last one.
    Torn,
    /// A letter of the first line is another.
    Changed,
    /// All lines are gone.
    Gone,
}

/// A store in a fresh place.
pub struct Bench {
    pub name: &'static str,
    pub state: StateSettings,
    pub root: tempfile::TempDir,
    hands: Hands,
}

enum Hands {
    Folder,
    Git(PathBuf),
    Postgres(String),
    S3(String),
}

/// Long terms: what is claimed stays claimed.
pub fn usual() -> Terms {
    Terms::new(Duration::from_secs(120), false)
}

/// A person said that the other run is dead.
pub fn recovering() -> Terms {
    Terms { recover: true, ..usual() }
}

/// All stores, each in a fresh place.
pub fn benches() -> Vec<Bench> {
    vec![folder(), git(), postgres(), s3()]
}

fn fresh() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!("n{}x{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

pub fn folder() -> Bench {
    Bench { name: "folder", state: StateSettings::Folder, root: tempfile::tempdir().unwrap(), hands: Hands::Folder }
}

pub fn git() -> Bench {
    let root = tempfile::tempdir().unwrap();
    let remote = root.path().join("elsewhere.git");
    assert!(Command::new("git").args(["init", "--quiet", "--bare"]).arg(&remote).status().unwrap().success());
    let state = StateSettings::Git { branch: "promulgate-state".into(), remote: Some(remote.display().to_string()) };
    Bench { name: "git", state, root, hands: Hands::Git(remote) }
}

pub fn postgres() -> Bench {
    let (root, real, database) = (tempfile::tempdir().unwrap(), servers::postgres(), fresh());
    let mut client = ::postgres::Client::connect(&format!("{}/postgres", real.url), ::postgres::NoTls).unwrap();
    client.batch_execute(&format!("CREATE DATABASE {database}")).unwrap();
    let url = format!("{}/{database}", real.url);
    std::fs::write(root.path().join("url"), &url).unwrap();
    let state = StateSettings::Postgres { url: SecretRef::File("url".into()), schema: "promulgate".into() };
    Bench { name: "postgres", state, root, hands: Hands::Postgres(url) }
}

pub fn s3() -> Bench {
    let (root, real, bucket) = (tempfile::tempdir().unwrap(), servers::s3(), fresh());
    servers::call(real.handle.parse().unwrap(), &format!("PUT /{bucket}"), "text/plain", "");
    std::fs::write(root.path().join("key"), "AKEXAMPLE").unwrap();
    let state = StateSettings::S3(bucket_at(&real.url, &bucket));
    Bench { name: "s3", state, root, hands: Hands::S3(format!("/{bucket}/norrvik/record")) }
}

/// A bucket whose keys are in the file `key`.
pub fn bucket_at(endpoint: &str, name: &str) -> Bucket {
    Bucket {
        name: name.to_owned(),
        prefix: "norrvik/record".into(),
        endpoint: Some(endpoint.to_owned()),
        region: "us-east-1".into(),
        key: SecretRef::File("key".into()),
        secret: SecretRef::File("key".into()),
        token: None,
        path_style: true,
    }
}

impl Bench {
    pub fn open(&self) -> Box<dyn StateStore + Send> {
        self.open_with(usual())
    }

    pub fn open_with(&self, terms: Terms) -> Box<dyn StateStore + Send> {
        stores::open_with(self.root.path(), &self.state, terms)
    }

    pub fn look(&self) -> Result<(Ledger, Vec<Repair>), StateError> {
        stores::look(self.root.path(), &self.state)
    }

    /// Whether a claim outlives the process that made it.
    pub fn claims(&self) -> bool {
        matches!(self.hands, Hands::Git(_) | Hands::S3(_))
    }

    /// The settings as they stand in `promulgate.yaml`.
    pub fn yaml(&self) -> String {
        match &self.state {
            StateSettings::Folder => "state: folder\n".into(),
            StateSettings::Git { branch, remote } => {
                format!("state: {{git: {{branch: {branch}, remote: {}}}}}\n", remote.as_deref().unwrap())
            }
            StateSettings::Postgres { .. } => format!("state: {{postgres: 'file:{}/url'}}\n", self.root.path().display()),
            StateSettings::S3(bucket) => {
                let key = format!("'file:{}/key'", self.root.path().display());
                let endpoint = bucket.endpoint.as_deref().unwrap();
                format!(
                    "state: {{s3: {{bucket: {}, prefix: {}, endpoint: '{endpoint}', key: {key}, secret: {key}}}}}\n",
                    bucket.name, bucket.prefix
                )
            }
        }
    }

    /// Does damage to the lines of `record()`.
    pub fn damage(&self, damage: Damage) {
        if let Hands::Postgres(url) = &self.hands {
            let what = match damage {
                Damage::Cut => "DELETE FROM promulgate.lines WHERE n = (SELECT max(n) FROM promulgate.lines)",
                Damage::Torn => unreachable!("a transaction cannot be torn"),
                Damage::Changed => "UPDATE promulgate.lines SET line = replace(line, 'fediverse', 'fediversa') WHERE n = 1",
                Damage::Gone => "DELETE FROM promulgate.lines",
            };
            assert!(sql(url, what) > 0);
            return;
        }
        let name = format!("{}.jsonl", record());
        let bytes = self.file(&name);
        let ends: Vec<usize> = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect();
        match damage {
            Damage::Cut => self.write(&name, Some(&bytes[..ends[ends.len() - 2]])),
            Damage::Torn => self.write(&name, Some(&[&bytes[..], &bytes[..20]].concat())),
            Damage::Changed => self.write(&name, Some(String::from_utf8(bytes).unwrap().replacen("fediverse", "fediversa", 1).as_bytes())),
            Damage::Gone => self.write(&name, None),
        }
    }

    /// A file of the state as it stands.
    pub fn file(&self, name: &str) -> Vec<u8> {
        match &self.hands {
            Hands::Folder => std::fs::read(self.root.path().join("ledger").join(name)).unwrap(),
            Hands::Git(remote) => {
                let said = Command::new("git").arg("-C").arg(remote).args(["show", &format!("promulgate-state:{name}")]).output().unwrap();
                assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
                said.stdout
            }
            Hands::S3(place) => {
                let said = servers::call(s3_port(), &format!("GET {place}/{name}?Signature=x"), "", "");
                said.split_once("\r\n\r\n").unwrap().1.as_bytes().to_vec()
            }
            Hands::Postgres(_) => unreachable!("a database has no files"),
        }
    }

    /// Puts a file into the state, or takes it away, as other hands would. A database knows only those of the log.
    pub fn write(&self, name: &str, bytes: Option<&[u8]>) {
        match (&self.hands, bytes) {
            (Hands::Folder, Some(bytes)) => {
                let path = self.root.path().join("ledger").join(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, bytes).unwrap();
            }
            (Hands::Folder, None) => std::fs::remove_file(self.root.path().join("ledger").join(name)).unwrap(),
            (Hands::Git(remote), bytes) => by_hand(remote, name, bytes),
            (Hands::S3(place), Some(bytes)) => {
                servers::call(s3_port(), &format!("PUT {place}/{name}?Signature=x"), "text/plain", std::str::from_utf8(bytes).unwrap());
            }
            (Hands::S3(place), None) => drop(servers::call(s3_port(), &format!("DELETE {place}/{name}?Signature=x"), "", "")),
            (Hands::Postgres(url), bytes) => {
                let name = name.strip_prefix("log/").expect("a database has no other files");
                let mut client = ::postgres::Client::connect(url, ::postgres::NoTls).unwrap();
                client.execute("DELETE FROM promulgate.log WHERE name = $1", &[&name]).unwrap();
                if let Some(bytes) = bytes {
                    client.execute("INSERT INTO promulgate.log VALUES ($1, $2)", &[&name, &bytes]).unwrap();
                }
            }
        }
    }

    /// Cuts every connection to the store, where there is one.
    pub fn cut_connections(&self) {
        if let Hands::Postgres(url) = &self.hands {
            sql(
                url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            );
        }
    }

    /// The address of the database.
    pub fn url(&self) -> &str {
        match &self.hands {
            Hands::Postgres(url) => url,
            _ => unreachable!("only a database has one"),
        }
    }
}

/// Runs a statement; how many rows it touched.
pub fn sql(url: &str, what: &str) -> u64 {
    ::postgres::Client::connect(url, ::postgres::NoTls).unwrap().execute(what, &[]).unwrap()
}

/// The first text that a question is answered with.
pub fn text(url: &str, what: &str) -> Option<String> {
    ::postgres::Client::connect(url, ::postgres::NoTls).ok()?.query_opt(what, &[]).ok()?.map(|row| row.get(0))
}

fn s3_port() -> u16 {
    servers::s3().handle.parse().unwrap()
}

/// What a person with a clone does.
fn by_hand(remote: &Path, name: &str, bytes: Option<&[u8]>) {
    let clone = tempfile::tempdir().unwrap();
    let git = |args: &[&str]| {
        let who = ["-c", "user.name=Norrvik", "-c", "user.email=web@norrvik.example"];
        let said = Command::new("git").arg("-C").arg(clone.path()).args(who).args(args).output().unwrap();
        assert!(said.status.success(), "{args:?}: {}", String::from_utf8_lossy(&said.stderr));
    };
    git(&["clone", "--quiet", "--branch", "promulgate-state", remote.to_str().unwrap(), "."]);
    match bytes {
        Some(bytes) => {
            std::fs::create_dir_all(clone.path().join(name).parent().unwrap()).unwrap();
            std::fs::write(clone.path().join(name), bytes).unwrap();
        }
        None => std::fs::remove_file(clone.path().join(name)).unwrap(),
    }
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "By hand"]);
    git(&["push", "--quiet"]);
}
