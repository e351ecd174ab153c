//! In: `state:` of `promulgate.yaml`, one line or a map. Out: where the ledger lives.
//!
//! One line: `folder`, `git:BRANCH`, `postgres:env:NAME` (a space after the first colon is allowed where the whole is in
//! quotes), `s3://BUCKET/PREFIX`. A map has one key, `git`, `postgres` or `s3`, with text as on the line or settings of
//! its own. The address of a database holds its password, so it stands here by reference only.

use super::scalar;
use super::settings::Reader;
use super::settings_channels::secret_ref;
use super::settings_table::{STATE_GIT, STATE_POSTGRES, STATE_S3};
use crate::model::log::{LogSettings, WitnessSettings};
use crate::model::record::{Fields, Value};
use crate::model::settings::{Bucket, SecretRef, StateSettings};
use serde_json::Value as Json;

/// Most witnesses of a log: whoever reads signed notes must accept sixteen signatures, and two may be the log's own.
const WITNESS_LIMIT: usize = 14;

/// What the settings may say, for the help of a finding.
const HELP: &str = "Write `folder`, `git:BRANCH`, `postgres:env:DATABASE_URL` or `s3://BUCKET/PREFIX`.";

impl Reader<'_> {
    /// The place of the state; the folder where nothing is said.
    pub(super) fn state(&mut self, fields: &Fields) -> StateSettings {
        let state = match fields.get("state") {
            None | Some(Value::Any(Json::Null)) => Some(StateSettings::Folder),
            Some(Value::Any(Json::String(line))) => self.state_line(line),
            Some(Value::Any(Json::Object(map))) => match map.iter().collect::<Vec<_>>().as_slice() {
                [(name, value)] => self.state_of(name, value),
                _ => self.no_state("`state` names one place, so it has one key."),
            },
            Some(_) => self.no_state("`state` is not the name of a place."),
        };
        // Where nothing could be read, an error stands, and with it no settings come out.
        state.unwrap_or(StateSettings::Folder)
    }

    /// The public log. That its keys are keys is looked at where the log is opened.
    pub(super) fn log(&mut self, fields: &Fields) -> Option<LogSettings> {
        let keys: Vec<String> = fields.texts("key").map(str::to_owned).collect();
        let name = |key: &String| key.split('+').next().unwrap_or_default().to_owned();
        let origin = keys.first().map(name).unwrap_or_default();
        if origin.is_empty() || keys.iter().any(|key| name(key) != origin) {
            self.fault("log.key", "The keys of a log have one name, that of the log.", "Write the line that `promulgate keygen` gave you.");
            return None;
        }
        let witness = |own: &Fields| {
            Some(WitnessSettings { key: own.text("key")?.to_owned(), url: own.text("url")?.trim_end_matches('/').to_owned() })
        };
        let witnesses: Vec<WitnessSettings> = fields.maps("witnesses").filter_map(witness).collect();
        self.witnesses(&witnesses);
        Some(LogSettings {
            origin,
            keys,
            secrets: fields.texts("secret").map(secret_ref).collect(),
            witnesses,
            timestamps: fields.text("timestamps").map(str::to_owned),
        })
    }

    /// A witness is asked over HTTPS, or over HTTP on this machine. That its key is one is looked at where the log is opened.
    fn witnesses(&mut self, witnesses: &[WitnessSettings]) {
        for (at, witness) in witnesses.iter().enumerate() {
            if !scalar::is_private(&witness.url) {
                let help = "Write an address that begins with `https://`, as the witness gave it.";
                self.fault(&format!("log.witnesses.{at}.url"), "This is not the address of a witness.", help);
            }
        }
        if witnesses.len() > WITNESS_LIMIT {
            let help = "Name those whom your readers trust most: not every program reads more signatures than sixteen.";
            self.fault("log.witnesses", "These are more witnesses than can sign a checkpoint.", help);
        }
    }

    fn no_state(&mut self, message: &str) -> Option<StateSettings> {
        self.fault("state", message, HELP);
        None
    }

    fn state_line(&mut self, line: &str) -> Option<StateSettings> {
        match line.split_once(':').map(|(kind, rest)| (kind.trim(), rest.trim())) {
            None if line.trim() == "folder" => Some(StateSettings::Folder),
            Some(("git", branch)) => self.git("state", branch, None),
            Some(("postgres" | "postgresql", rest)) => self.postgres("state", rest, "promulgate"),
            Some(("s3", rest)) if rest.starts_with("//") => {
                let (name, prefix) = rest[2..].split_once('/').unwrap_or((&rest[2..], ""));
                self.bucket("state", Bucket { name: name.into(), prefix: prefix.trim_matches('/').into(), ..amazon() })
            }
            _ => self.no_state("`state` names no place that is known."),
        }
    }

    fn state_of(&mut self, name: &str, value: &Json) -> Option<StateSettings> {
        let at = format!("state.{name}");
        match (name, value) {
            ("git" | "postgres", Json::String(text)) => self.state_line(&format!("{name}:{text}")),
            ("git", Json::Object(_)) => {
                let own = self.own_fields(&at, value, &[STATE_GIT])?;
                self.git(&at, own.text("branch").unwrap_or_default(), own.text("remote"))
            }
            ("postgres", Json::Object(_)) => {
                let own = self.own_fields(&at, value, &[STATE_POSTGRES])?;
                self.postgres(&at, own.text("url").unwrap_or_default(), own.text("schema").unwrap_or("promulgate"))
            }
            ("s3", Json::Object(_)) => {
                let own = self.own_fields(&at, value, &[STATE_S3])?;
                self.s3(&at, &own)
            }
            _ => self.no_state("`state` names no place that is known."),
        }
    }

    fn git(&mut self, at: &str, branch: &str, remote: Option<&str>) -> Option<StateSettings> {
        if !is_branch(branch) {
            self.fault(at, "This is not the name of a branch.", "Write `git:promulgate-state`, a branch that holds nothing else.");
            return None;
        }
        let remote = remote.map(str::to_owned);
        let in_earnest = |remote: &String| !remote.is_empty() && !remote.starts_with('-') && !remote.contains(char::is_whitespace);
        if !remote.as_ref().is_none_or(in_earnest) {
            self.fault(at, "`remote` is not the address of a repository.", "Write `https://…`, `git@HOST:…`, or a path.");
            return None;
        }
        let password = |url: url::Url| url.scheme().starts_with("http") && (url.password().is_some() || !url.username().is_empty());
        if remote.as_deref().and_then(|remote| url::Url::parse(remote).ok()).is_some_and(password) {
            self.out.push(crate::model::finding::Finding::error(
                "secret-in-settings",
                crate::model::finding::Place::field(self.source.path.as_str(), at),
                "A secret must not stand in the settings.",
                "Write the address without a name and password; git asks its own credential helper. If this was a real secret, replace it now.",
            ));
            return None;
        }
        Some(StateSettings::Git { branch: branch.to_owned(), remote })
    }

    fn postgres(&mut self, at: &str, url: &str, schema: &str) -> Option<StateSettings> {
        let by_reference =
            url.split_once(':').is_some_and(|(kind, rest)| matches!(kind, "env" | "file" | "command") && !rest.trim().is_empty());
        if !by_reference {
            self.out.push(crate::model::finding::Finding::error(
                "secret-in-settings",
                crate::model::finding::Place::field(self.source.path.as_str(), at),
                "The address of a database holds its password, so it must not stand in the settings.",
                "Write where it is found: `postgres:env:DATABASE_URL`. If a real password stood here, replace it now.",
            ));
            return None;
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if schema.is_empty() || schema.len() > 60 || !schema.chars().all(plain) || schema.starts_with(|c: char| c.is_ascii_digit()) {
            self.fault(&format!("{at}.schema"), "This is not the name of a schema.", "Write small letters, digits and `_`.");
            return None;
        }
        Some(StateSettings::Postgres { url: secret_ref(url), schema: schema.to_owned() })
    }

    fn s3(&mut self, at: &str, own: &Fields) -> Option<StateSettings> {
        let usual = amazon();
        let endpoint = own.text("endpoint").map(|endpoint| endpoint.trim_end_matches('/').to_owned());
        let secret = |name: &str| own.text(name).map(secret_ref);
        let bucket = Bucket {
            name: own.text("bucket").unwrap_or_default().into(),
            prefix: own.text("prefix").unwrap_or_default().trim_matches('/').into(),
            region: own.text("region").map_or(usual.region, str::to_owned),
            key: secret("key").unwrap_or(usual.key),
            secret: secret("secret").unwrap_or(usual.secret),
            token: secret("token"),
            path_style: own.get("path_style").map_or(endpoint.is_some(), |_| own.flag("path_style")),
            endpoint,
        };
        self.bucket(at, bucket)
    }

    fn bucket(&mut self, at: &str, bucket: Bucket) -> Option<StateSettings> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if bucket.name.is_empty() || !bucket.name.chars().all(plain) {
            self.fault(at, "This is not the name of a bucket.", "Write `s3://BUCKET/PREFIX`, such as `s3://norrvik-state/record`.");
            return None;
        }
        if !bucket.endpoint.as_deref().is_none_or(scalar::is_private) {
            self.fault(&format!("{at}.endpoint"), "This is not the address of a service.", "Write an address that begins with `https://`.");
            return None;
        }
        Some(StateSettings::S3(bucket))
    }
}

/// A bucket at Amazon, its keys where Amazon's own tools find them.
fn amazon() -> Bucket {
    Bucket {
        name: String::new(),
        prefix: String::new(),
        endpoint: None,
        region: "us-east-1".into(),
        key: SecretRef::Env("AWS_ACCESS_KEY_ID".into()),
        secret: SecretRef::Env("AWS_SECRET_ACCESS_KEY".into()),
        token: None,
        path_style: false,
    }
}

/// What git takes as the name of a branch (git-check-ref-format), and a little less.
fn is_branch(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+');
    let part = |part: &str| !part.is_empty() && !part.starts_with(['.', '-']) && !part.ends_with('.') && !part.ends_with(".lock");
    name.chars().all(plain) && !name.contains("..") && name.split('/').all(part) && name != "HEAD"
}
