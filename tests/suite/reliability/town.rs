//! A small town that publishes in earnest on four accounts, one of each class of platform, and what the platforms' own
//! journals say of it: nothing here believes our ledger where posts are counted.
//!
//! `sky` has an id of its own (Bluesky), `fedi` a key that is forgotten and a look-up (Mastodon), `nokeys` a look-up only
//! (a Mastodon server that takes no notice of keys), `hook` nothing (a webhook whose receiver takes every message).

use super::figures::Seeded;
use super::needles::Needles;
use crate::sandbox::{NOW, Said, Sandbox, files_below};
use crate::stores_bench::{self, Bench};
use promulgate::io::stores;
use promulgate::model::ledger::{Ledger, State};
use promulgate::model::settings::StateSettings;
use promulgate::rehearsal::{Mishaps, ServedSite, StandIns, serve_site};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// All accounts.
pub const ALL: &[&str] = &["sky", "fedi", "nokeys", "hook"];
/// Those that can be asked what they have.
pub const ASKABLE: &[&str] = &["sky", "fedi", "nokeys"];

/// Where the state lives.
pub struct Store {
    /// Its name in the table.
    pub name: &'static str,
    /// A fresh place for one town.
    pub fresh: fn() -> Bench,
    /// About how long there is between two kills, in milliseconds: a run must be able to do something meanwhile.
    pub pace: u64,
}

/// Every store that the campaigns are run on.
pub static STORES: &[Store] = &[
    Store { name: "folder", fresh: stores_bench::folder, pace: 400 },
    Store { name: "git", fresh: stores_bench::git, pace: 1_200 },
    Store { name: "postgres", fresh: stores_bench::postgres, pace: 400 },
    Store { name: "s3", fresh: stores_bench::s3, pace: 1_200 },
];

/// What a town is like.
#[derive(Clone)]
pub struct Shape {
    /// How many decisions it takes; every fifth is corrected afterwards on the accounts that can.
    pub records: usize,
    /// Its accounts.
    pub accounts: &'static [&'static str],
    /// What goes wrong on its platforms.
    pub mishaps: Mishaps,
    /// Where its state lives.
    pub store: &'static Store,
    /// Tells towns of one campaign apart, and chooses their secrets.
    pub number: u64,
    /// The ledger of a town that has published nothing but its baselines, if one is at hand.
    pub begun: Option<PathBuf>,
}

/// The town, its platforms and its site, running.
pub struct Town {
    sandbox: Sandbox,
    bench: Bench,
    /// Its shape.
    pub shape: Shape,
    site: ServedSite,
    keyed: StandIns,
    keyless: StandIns,
    secrets: Vec<(String, String)>,
}

/// A post as a platform has it: account, text, whether it was taken away.
pub type Seen = (String, String, bool);

/// What became of a town.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Posts that the platforms have.
    pub posts: usize,
    /// More than one where one was meant.
    pub doubled: Vec<Seen>,
    /// Missing, and nobody was asked.
    pub lost: Vec<Seen>,
    /// Neither at an end nor waiting for one that is parked.
    pub stuck: Vec<String>,
    /// Left to a person, by account.
    pub parked: BTreeMap<String, usize>,
    /// Left to a person although the platform could be asked and did not keep silent three times.
    pub needless: usize,
}

impl Outcome {
    /// Adds another town's.
    pub fn add(&mut self, other: Outcome) {
        self.posts += other.posts;
        self.doubled.extend(other.doubled);
        self.lost.extend(other.lost);
        self.stuck.extend(other.stuck);
        self.needless += other.needless;
        for (account, count) in other.parked {
            *self.parked.entry(account).or_default() += count;
        }
    }

    /// Nothing doubled, lost, stuck or parked without need.
    pub fn is_clean(&self) -> bool {
        self.doubled.is_empty() && self.lost.is_empty() && self.stuck.is_empty() && self.needless == 0
    }

    /// For the table.
    pub fn sentence(&self) -> String {
        let parked: Vec<String> = self.parked.iter().map(|(account, count)| format!("{count} on `{account}`")).collect();
        let parked = if parked.is_empty() { "none parked".into() } else { format!("parked {}", parked.join(", ")) };
        let (doubled, lost, stuck) = (self.doubled.len(), self.lost.len(), self.stuck.len());
        format!("{doubled} duplicates, {lost} lost, {stuck} stuck; {parked}")
    }
}

fn folder_of(stand_ins: &str) -> String {
    format!("elsewhere/{stand_ins}")
}

impl Town {
    /// A town whose channels have their baselines and whose news waits to be told. Its secrets have canaries in them.
    pub fn new(shape: Shape) -> Town {
        let sandbox = Sandbox::new();
        let site = serve_site(&sandbox.path("public"), None).unwrap();
        let start =
            |name: &str, mishaps: Mishaps| StandIns::start(&sandbox.path(&folder_of(name)), None, mishaps.without_limits()).unwrap();
        let keyed = start("keyed", shape.mishaps.clone());
        let keyless = start("keyless", shape.mishaps.clone().without_keys());
        let mut random = Seeded(shape.number ^ 0xca_4a_12);
        let mut canary = |before: &str| {
            let letters = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
            let core: String = (0..16).map(|_| char::from(letters[random.below(letters.len() as u64) as usize])).collect();
            format!("{before}.<\"&/+>%~'\\{core}")
        };
        let secrets = [("sky", "rehearsal"), ("fedi", "rehearsal-fedi"), ("nokeys", "rehearsal-nokeys"), ("hook", "rehearsal-hook")];
        let secrets = secrets.map(|(name, before)| (name.to_owned(), canary(before))).to_vec();
        let bench = (shape.store.fresh)();
        let town = Town { sandbox, bench, shape, site, keyed, keyless, secrets };
        std::fs::create_dir_all(town.temporary()).unwrap();
        // A hook is sent signatures and never its secret, which its receiver has from elsewhere.
        town.keyless.agree("hook", town.secret("hook"));
        town.settle_down();
        town
    }

    fn settle_down(&self) {
        self.settings(&[]);
        match self.shape.begun.as_ref().filter(|folder| folder.exists()) {
            Some(begun) => crate::sandbox_site::copy_folder(begun, &self.sandbox.path("ledger")),
            None => {
                let said = self.run(&["publish", "--wait-live", "5s"]);
                assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
            }
        }
        for number in 1..=self.shape.records {
            let date = format!("2026-11-{:02}", 10 + number % 10);
            let revised = if number % 5 == 3 { "revisions: [{date: 2026-11-20, note: Beloppet var fel., material: true}]\n" } else { "" };
            let text = format!(
                "---\ntitle: Beslut nummer {number}\nsummary: Kommunen bygger etapp {number}.\ndate: {date}\ndecided: {date}\ndecision: Etapp {number} byggs.\n{revised}---\n\nText.\n"
            );
            self.sandbox.write(&format!("content/decisions/2026/d{number}.md"), text.as_bytes());
        }
    }

    /// Writes the settings; accounts that are named have another server.
    pub fn settings(&self, elsewhere: &[(&str, &str)]) {
        let url = |account: &str, otherwise: String| {
            elsewhere.iter().find(|(name, _)| *name == account).map_or(otherwise, |(_, url)| (*url).to_owned())
        };
        let mut text = format!(
            "title: Norrvik\nurl: {}\nlanguages: [sv]\ncards: false\nsearch: 'off'\ntime_zone: Europe/Stockholm\nannounce: {{max: 100000, quiet_seconds: 1}}\n{}channels:\n",
            self.site.url(),
            self.bench.yaml()
        );
        for account in self.shape.accounts {
            let channel = match *account {
                "sky" => format!(
                    "{{platform: bluesky, server: '{}', handle: norrvik.example, password: 'env:SKY', correct_by: replace}}",
                    url("sky", self.keyed.url("bluesky"))
                ),
                "fedi" => format!(
                    "{{platform: mastodon, server: '{}', handle: fedi, token: 'env:FEDI', correct_by: edit}}",
                    url("fedi", self.keyed.url("mastodon"))
                ),
                "nokeys" => format!(
                    "{{platform: mastodon, server: '{}', handle: nokeys, token: 'env:NOKEYS', correct_by: reply}}",
                    url("nokeys", self.keyless.url("mastodon"))
                ),
                _ => format!(
                    "{{platform: webhook, url: '{}', secret: 'env:HOOK', on: [published]}}",
                    url("hook", format!("{}/hook", self.keyless.url("webhook")))
                ),
            };
            text.push_str(&format!("  {account}: {channel}\n"));
        }
        self.sandbox.write("promulgate.yaml", text.as_bytes());
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        self.sandbox.root()
    }

    /// Where its programs put what they need for a while: what a killed one leaves behind is searched too.
    fn temporary(&self) -> PathBuf {
        self.root().join("elsewhere/temporary")
    }

    /// A secret by its account.
    pub fn secret(&self, account: &str) -> &str {
        self.secrets.iter().find(|(name, _)| name == account).map_or("rehearsal", |(_, secret)| secret)
    }

    /// The program in the town, after other words if there are some: `strace …`.
    pub fn command(&self, before: &[&str], args: &[&str]) -> Command {
        let binary = std::env::var("PROMULGATE_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_promulgate").to_owned());
        let mut words = before.to_vec();
        words.push(&binary);
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(["--root", ".", "--now", NOW]).args(args).current_dir(self.root()).stdin(Stdio::null());
        for (account, secret) in &self.secrets {
            command.env(account.to_uppercase(), secret);
        }
        crate::sandbox::HOSTS.iter().for_each(|name| {
            command.env_remove(name);
        });
        command.env("RAYON_NUM_THREADS", "1").env_remove("CI").env("TMPDIR", self.temporary());
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, args: &[&str]) -> Said {
        use std::os::unix::process::ExitStatusExt;
        let output = self.command(&[], args).output().unwrap();
        Said {
            code: output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or(0)),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// What the platforms have, by their own journals.
    pub fn seen(&self) -> Vec<Seen> {
        let here = self.site.url().replace("http://", "");
        let posts = self.keyed.posts().into_iter().chain(self.keyless.posts());
        let mut seen: Vec<Seen> = posts
            .map(|post| {
                let account = if post.network == "bluesky" { "sky".to_owned() } else { post.account.trim_start_matches('@').to_owned() };
                (account, post.text.replace(&here, "norrvik.example"), post.deleted)
            })
            .collect();
        seen.sort();
        seen
    }

    /// What the ledger says.
    pub fn ledger(&self) -> Ledger {
        let root = if self.bench.state == StateSettings::Folder { self.root() } else { self.bench.root.path() };
        stores::look(root, &self.bench.state).unwrap().0
    }

    /// Whether what a killed run held stays held, for twenty minutes or until a person says that it is dead.
    pub fn claims(&self) -> bool {
        self.bench.claims()
    }

    /// The number of the process that says it holds the state; where the system lets go by itself, the last one that did.
    pub fn holder(&self) -> Option<u32> {
        let said = match &self.bench.state {
            StateSettings::Folder => std::fs::read_to_string(self.root().join("ledger/.lock")).ok()?,
            StateSettings::Postgres { .. } => stores_bench::text(self.bench.url(), "SELECT holder FROM promulgate.state")?,
            StateSettings::Git { .. } | StateSettings::S3(_) => {
                let claim: serde_json::Value = serde_json::from_slice(&self.bench.file(".lock.json")).ok()?;
                if claim["held"] == true { claim["holder"].as_str()?.to_owned() } else { return None }
            }
        };
        let number = said.trim().strip_prefix("process ")?;
        number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }

    /// Holds what the platforms have against what they would have if nothing had gone wrong.
    pub fn outcome(&self, expected: &[Seen]) -> Outcome {
        let mut outcome = Outcome::default();
        let ledger = self.ledger();
        let mut excused: Vec<(String, String)> = Vec::new();
        for (record, keys) in &ledger.records {
            for standing in keys.values().filter(|standing| standing.line.state == State::Parked) {
                excused.push((standing.line.channel.clone(), record.to_string()));
                *outcome.parked.entry(standing.line.channel.clone()).or_default() += 1;
                outcome.needless += usize::from(standing.line.channel != "hook" && standing.absent < 2);
            }
        }
        let is_excused = |account: &str, record: &str| excused.iter().any(|(channel, parked)| channel == account && parked == record);
        for (record, keys) in &ledger.records {
            let open = keys.values().filter(|standing| !standing.line.state.is_terminal() || standing.line.state == State::Refused);
            for standing in open.filter(|standing| !is_excused(&standing.line.channel, record.as_str())) {
                let line = &standing.line;
                outcome.stuck.push(format!("{record} on {}: {:?}, {}", line.channel, line.state, line.reason));
            }
        }
        let seen = self.seen();
        outcome.posts = seen.len();
        let mut counts: BTreeMap<&Seen, i64> = BTreeMap::new();
        expected.iter().for_each(|post| *counts.entry(post).or_default() -= 1);
        seen.iter().for_each(|post| *counts.entry(post).or_default() += 1);
        for (post, count) in counts {
            let record = post.1.split("/decisions/2026/").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
            let excused = is_excused(&post.0, &format!("decisions/2026/{record}"));
            // Where an earlier change is parked, the later one that would have taken the post away waits too.
            let other_half = (post.0.clone(), post.1.clone(), !post.2);
            if count > 0 && !(excused && expected.contains(&other_half)) {
                outcome.doubled.push(post.clone());
            } else if count < 0 && !excused {
                outcome.lost.push(post.clone());
            }
        }
        outcome
    }

    /// Every place outside its own platform at which a secret of the town stands: what the program said, what is in its
    /// folder, what other platforms were sent.
    pub fn leaks(&self, said: &[u8]) -> Vec<String> {
        let needles = Needles::new(&self.secrets);
        let mut leaks = Vec::new();
        let mut tell =
            |place: String, owners: Vec<&str>| leaks.extend(owners.iter().map(|owner| format!("the secret of {owner} in {place}")));
        tell("what the program said".into(), needles.found(said));
        // A state that is elsewhere is searched as the folder that it would be.
        let moved = self.root().join("elsewhere/state");
        let _ = std::fs::remove_dir_all(&moved);
        stores::copy(self.bench.root.path(), &self.bench.state, &moved).unwrap();
        for path in files_below(self.root()) {
            let name = path.strip_prefix(self.root()).unwrap().display().to_string();
            let bytes = std::fs::read(&path).unwrap();
            if path.ends_with("transcript.jsonl") {
                for line in bytes.split(|byte| *byte == b'\n') {
                    let platform = serde_json::from_slice::<serde_json::Value>(line).unwrap_or_default()["platform"].to_string();
                    let own = |owner: &&str| match *owner {
                        "sky" => platform.contains("bluesky") && name.contains("keyed/"),
                        "fedi" => platform.contains("mastodon") && name.contains("keyed/"),
                        "hook" => false,
                        _ => platform.contains("mastodon") && name.contains("keyless/"),
                    };
                    tell(format!("{name}, a request to {platform}"), needles.found(line).into_iter().filter(|owner| !own(owner)).collect());
                }
            } else {
                tell(name.clone(), needles.found(&bytes));
            }
            if name.rsplit('/').next().is_some_and(|file| file == "core" || file.starts_with("core.")) {
                tell(format!("{name}, a dump of memory"), vec!["everyone"]);
            }
        }
        leaks
    }
}

/// What the platforms have when nothing goes wrong.
pub fn expected(shape: &Shape) -> Vec<Seen> {
    let town = Town::new(Shape { mishaps: Mishaps::none(), ..shape.clone() });
    let said = town.run(&["publish", "--wait-live", "20s"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    let seen = town.seen();
    assert!(seen.len() >= shape.records * shape.accounts.len(), "{seen:#?}");
    seen
}

/// What would be of no use if it could not fail: a post that is there twice, one that is gone, a secret in a file.
#[test]
fn a_duplicate_a_loss_and_a_leak_are_found() {
    use promulgate::io::http::Http;
    use promulgate::model::transport::{Body, Method, Request, Secret};
    let shape = Shape { records: 1, accounts: ASKABLE, mishaps: Mishaps::none(), store: &STORES[0], number: 7, begun: None };
    let expected = expected(&shape);
    let town = Town::new(shape);
    let before = town.outcome(&expected);
    assert_eq!((before.doubled.len(), before.lost.len()), (0, 3), "nothing is told yet: {before:?}");
    assert_eq!(town.run(&["publish", "--wait-live", "20s"]).code, 0);
    assert!(town.outcome(&expected).is_clean());
    let token = Secret::new(town.secret("nokeys"));
    let post = town.keyless.posts().remove(0);
    let url = format!("{}/api/v1/statuses", town.keyless.url("mastodon"));
    let again = serde_json::json!({"status": post.text, "language": "sv"}).to_string().into_bytes();
    let again = Request { body: Body::Bytes("application/json", again), ..Request::new(Method::Post, &url) };
    assert_eq!(Http::loopback().send(&again.bearer(&token)).unwrap().status, 200);
    let doubled = town.outcome(&expected);
    assert_eq!((doubled.doubled.len(), doubled.lost.len()), (1, 0), "{doubled:?}");
    for post in town.keyless.posts() {
        let gone = Request::new(Method::Delete, format!("{url}/{}", post.id)).bearer(&token);
        assert_eq!(Http::loopback().send(&gone).unwrap().status, 200);
    }
    assert_eq!(town.outcome(&expected).lost.len(), 1);
    assert!(town.leaks(b"").is_empty());
    town.sandbox.write("public/about.txt", super::needles::forms(town.secret("sky"))[4].as_bytes());
    let said = format!("error: {}", super::needles::forms(town.secret("fedi"))[2]);
    assert_eq!(town.leaks(said.as_bytes()).len(), 2);
}
