//! In: a repository and a branch. Out: the branch's files, and commits put on top of it by compare-and-swap.
//!
//! All is done by the program `git`, in an empty repository of our own that holds the newest commit alone and goes away
//! at the end: nothing is checked out, and the site's repository is neither changed nor locked. What the site's own
//! configuration says of ways and credentials (`http.*`, `credential.*`, `url.*`, `core.sshCommand`) is taken over. No
//! hook runs, nothing is asked on a terminal, every call has a limit of time, and errors hold no address with a password.

pub use super::git_call::GitError;
use super::git_call::{Said, spoken, without_passwords};
use super::temporary::Temporary;
use std::collections::BTreeMap;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What git gets of our environment.
const ENVIRONMENT: [&str; 22] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "XDG_CONFIG_HOME",
    "SSH_AUTH_SOCK",
    "SSH_AGENT_PID",
    "GIT_SSH_COMMAND",
    "GIT_SSH",
    "GIT_ASKPASS",
    "GIT_SSL_CAINFO",
    "SSL_CERT_FILE",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
];
/// Settings of the site's repository that lead to the other one.
const TAKEN: [&str; 5] = ["http.", "credential.", "url.", "ssh.", "core.sshcommand"];
/// Settings of every call.
const OURS: [(&str, &str); 5] = [
    ("core.hooksPath", "/dev/null"),
    ("gc.auto", "0"),
    ("maintenance.auto", "false"),
    ("advice.detachedHead", "false"),
    ("core.quotePath", "false"),
];
/// Longest call that goes over a network.
const FAR: Duration = Duration::from_secs(60);
/// Longest call that stays here.
const NEAR: Duration = Duration::from_secs(30);

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pushed {
    /// The branch is at our commit.
    Done,
    /// Somebody else was first.
    Raced,
}

/// Files to be put in place, and under what words.
pub struct Change<'c> {
    /// Path and whole content of each file.
    pub files: &'c BTreeMap<String, Vec<u8>>,
    /// The commit's words.
    pub words: &'c str,
}

/// A branch elsewhere, and an empty repository of our own.
pub struct Branch {
    folder: Temporary,
    site: PathBuf,
    remote: String,
    name: String,
    settings: Vec<(String, String)>,
}

impl Branch {
    /// The branch of this name: of `remote`, or of the origin of the repository that `site` lies in, or of that itself.
    pub fn open(site: &Path, name: &str, remote: Option<&str>) -> Result<Branch, GitError> {
        let folder = Temporary::new("state").map_err(|error| GitError(format!("no folder for git: {error}")))?;
        let (site, name) = (site.to_owned(), name.to_owned());
        let mut branch = Branch { folder, site, name, remote: String::new(), settings: Vec::new() };
        let said = branch.call(&[], &["config", "--list", "-z", "--show-scope", "--includes"], None, NEAR)?;
        let own = scoped(&said.out);
        let of = |wanted: &str| own.iter().rev().find(|(key, _)| key == wanted).map(|(_, value)| value.clone());
        branch.remote = match remote.map(str::to_owned).or_else(|| of("remote.origin.pushurl")).or_else(|| of("remote.origin.url")) {
            Some(remote) => remote,
            None => {
                let said = branch.call(&[], &["rev-parse", "--path-format=absolute", "--git-common-dir"], None, NEAR)?;
                let lies_in = String::from_utf8_lossy(&said.out).trim().to_owned();
                if !said.is_good || lies_in.is_empty() {
                    return Err(GitError("the site lies in no git repository; name one: `state: {git: {branch: …, remote: …}}`".into()));
                }
                lies_in
            }
        };
        branch.settings = own.into_iter().filter(|(key, _)| TAKEN.iter().any(|start| key.starts_with(start))).collect();
        branch.good(&["init", "--quiet", "--bare", "--template=", "."], None, NEAR)?;
        Ok(branch)
    }

    /// Where it is, for people.
    pub fn place(&self) -> String {
        format!("branch {} of {}", self.name, without_passwords(&self.remote))
    }

    /// The commit at its end, as the other side has it now; nothing for a branch that does not exist.
    pub fn fetch(&self) -> Result<Option<String>, GitError> {
        let Some(_) = self.end()? else { return Ok(None) };
        let (full, spec) = (self.full(), format!("+{0}:{0}", self.full()));
        self.good(&["fetch", "--quiet", "--no-tags", "--depth=1", "--no-write-fetch-head", "--", &self.remote, &spec], None, FAR)?;
        let said = self.good(&["rev-parse", "--verify", "--quiet", &full], None, NEAR)?;
        Ok(Some(String::from_utf8_lossy(&said).trim().to_owned()))
    }

    /// All files of a fetched commit.
    pub fn files(&self, commit: &str) -> Result<BTreeMap<String, Vec<u8>>, GitError> {
        let listed = self.good(&["ls-tree", "-r", "-z", "--full-tree", commit], None, NEAR)?;
        let mut names = Vec::new();
        let mut asked = String::new();
        for entry in listed.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
            let entry = std::str::from_utf8(entry).map_err(|_| GitError("a name in the branch is not UTF-8".into()))?;
            let (about, name) = entry.split_once('\t').ok_or_else(|| GitError("git listed something that cannot be read".into()))?;
            let mut about = about.split(' ');
            let (mode, id) = (about.next().unwrap_or_default(), about.nth(1).unwrap_or_default());
            if !mode.starts_with("100") {
                return Err(GitError(format!("{name} is a link, which the ledger never follows")));
            }
            names.push(name.to_owned());
            asked.push_str(&format!("{id}\n"));
        }
        let bytes = self.good(&["cat-file", "--batch"], Some(asked.into_bytes()), NEAR)?;
        contents(&bytes, names).ok_or_else(|| GitError("git gave files that cannot be read".into()))
    }

    /// A commit on top of `parent`, here and not yet elsewhere.
    pub fn commit(&self, parent: Option<&str>, change: &Change<'_>) -> Result<String, GitError> {
        let now = jiff::Timestamp::now().as_second();
        let mut input = format!(
            "feature done\ncommit refs/heads/promulgate-next\nmark :1\ncommitter Promulgate <promulgate@localhost> {now} +0000\ndata {}\n{}\n",
            change.words.len(),
            change.words
        )
        .into_bytes();
        if let Some(parent) = parent {
            input.extend_from_slice(format!("from {parent}\n").as_bytes());
        }
        for (path, bytes) in change.files {
            let quoted = path.replace('\\', "\\\\").replace('"', "\\\"");
            input.extend_from_slice(format!("M 100644 inline \"{quoted}\"\ndata {}\n", bytes.len()).as_bytes());
            input.extend_from_slice(bytes);
            input.push(b'\n');
        }
        input.extend_from_slice(b"\nget-mark :1\ndone\n");
        let said = self.good(&["fast-import", "--quiet", "--force", "--date-format=raw-permissive"], Some(input), NEAR)?;
        let id = String::from_utf8_lossy(&said).trim().to_owned();
        if id.len() >= 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) { Ok(id) } else { Err(GitError("git made no commit".into())) }
    }

    /// Puts our commit at the end of the branch, if that is still `parent`. A push whose answer was lost is asked for, and
    /// repeated only while the branch is where it was: the same commit twice is once.
    pub fn push(&self, parent: Option<&str>, commit: &str) -> Result<Pushed, GitError> {
        let spec = format!("{commit}:{}", self.full());
        let mut fault = GitError("it was not tried".into());
        for _ in 0..3 {
            let said = self.call(&[self.git_dir()], &["push", "--porcelain", "--no-verify", "--", &self.remote, &spec], None, FAR);
            match said {
                Ok(said) if said.is_good => return Ok(Pushed::Done),
                Ok(said) => fault = GitError(said.complaint()),
                Err(error) => fault = error,
            }
            match self.end() {
                Ok(end) if end.as_deref() == Some(commit) => return Ok(Pushed::Done),
                Ok(end) if end.as_deref() != parent => return Ok(Pushed::Raced),
                Ok(_) => {}
                Err(_) => return Err(fault),
            }
        }
        Err(fault)
    }

    /// The commit at the end of the branch elsewhere.
    fn end(&self) -> Result<Option<String>, GitError> {
        let full = self.full();
        let listed = self.good(&["ls-remote", "--quiet", "--", &self.remote, &full], None, FAR)?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        Ok(listed.lines().filter_map(|line| line.split_once('\t')).find(|(_, name)| *name == full).map(|(id, _)| id.to_owned()))
    }

    /// Our own repository as an argument of git.
    fn git_dir(&self) -> String {
        format!("--git-dir={}", self.folder.path().display())
    }

    fn full(&self) -> String {
        format!("refs/heads/{}", self.name)
    }

    /// A call in our own repository that must end well; what it wrote.
    fn good(&self, args: &[&str], input: Option<Vec<u8>>, limit: Duration) -> Result<Vec<u8>, GitError> {
        let said = self.call(&[self.git_dir()], args, input, limit)?;
        if said.is_good { Ok(said.out) } else { Err(GitError(said.complaint())) }
    }

    fn call(&self, before: &[String], args: &[&str], input: Option<Vec<u8>>, limit: Duration) -> Result<Said, GitError> {
        let mut command = Command::new("git");
        let at = if args.first() == Some(&"init") { self.folder.path() } else { &self.site };
        let before = if args.first() == Some(&"init") { &[] } else { before };
        command.args(before).args(args).current_dir(at).process_group(0).env_clear();
        command.envs(ENVIRONMENT.iter().filter_map(|name| std::env::var_os(name).map(|value| (name, value))));
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
        let ssh = self.settings.iter().any(|(key, _)| key == "core.sshcommand") || std::env::var_os("GIT_SSH_COMMAND").is_some();
        if !ssh && std::env::var_os("GIT_SSH").is_none() {
            command.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes -o ConnectTimeout=10");
        }
        let ours = OURS.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let settings: Vec<(String, String)> = handed_in().into_iter().chain(self.settings.clone()).chain(ours).collect();
        command.env("GIT_CONFIG_COUNT", settings.len().to_string());
        for (at, (key, value)) in settings.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{at}"), key).env(format!("GIT_CONFIG_VALUE_{at}"), value);
        }
        spoken(command, input.unwrap_or_default(), limit)
    }
}

/// Settings that were handed to us by the environment, as pipelines do.
fn handed_in() -> Vec<(String, String)> {
    let count: usize = std::env::var("GIT_CONFIG_COUNT").ok().and_then(|count| count.parse().ok()).unwrap_or(0);
    let one =
        |at: usize| Some((std::env::var(format!("GIT_CONFIG_KEY_{at}")).ok()?, std::env::var(format!("GIT_CONFIG_VALUE_{at}")).ok()?));
    (0..count.min(1000)).filter_map(one).collect()
}

/// Keys, in small letters where git does not care, and values of the repository's own configuration.
fn scoped(listed: &[u8]) -> Vec<(String, String)> {
    let mut parts = listed.split(|byte| *byte == 0);
    let mut found = Vec::new();
    while let (Some(scope), Some(setting)) = (parts.next(), parts.next()) {
        let setting = String::from_utf8_lossy(setting).into_owned();
        let (key, value) = setting.split_once('\n').unwrap_or((&setting, "true"));
        if matches!(scope, b"local" | b"worktree") {
            found.push((key.to_owned(), value.to_owned()));
        }
    }
    found
}

/// `ID blob SIZE`, the bytes, a line end; and so on.
fn contents(mut bytes: &[u8], names: Vec<String>) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for name in names {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let size: usize = std::str::from_utf8(&bytes[..end]).ok()?.rsplit(' ').next()?.parse().ok()?;
        let content = bytes.get(end + 1..end + 1 + size)?;
        files.insert(name, content.to_vec());
        bytes = bytes.get(end + 2 + size..)?;
    }
    Some(files)
}
