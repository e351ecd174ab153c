//! Paths under a recording of all calls that name a file: whatever names a site holds, nothing outside of it is read or
//! written; and a build asks nobody for anything.
//!
//! `PROMULGATE_NAMES=N` makes so many names; each is the name of a record, an alias, an attachment, a term or a document.

use super::ran::{SETTINGS, program};
use crate::reliability::{number, row};
use crate::sandbox::NOW;
use promulgate::model::route::{Route, SafePath};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Parts of names, honest and hostile, in several forms of Unicode.
const PARTS: [&str; 40] = [
    "..",
    ".",
    "...",
    "beslut",
    "å",
    "a\u{30a}",
    "ﬁ",
    "İ",
    "ß",
    "ſ",
    "Ω",
    "Ω",
    "қала",
    "ქალაქი",
    "قرار",
    "決定",
    "%2e",
    "%2f",
    "%252e",
    "%00",
    "\\",
    ":",
    "con",
    "nul.",
    " ",
    "~",
    "$HOME",
    "`id`",
    "-rf",
    "\u{202e}",
    "\u{200b}",
    "\u{ff0e}\u{ff0e}",
    "\u{2215}",
    ".git",
    "_headers",
    "index.html",
    "x;y",
    "a&b",
    "é",
    "e\u{301}",
];

struct Names(u64);

impl Names {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }

    /// A name of up to five parts; `joint` stands between some of them.
    fn next(&mut self, joints: &[&str]) -> String {
        let count = 1 + self.below(5);
        let mut name = String::new();
        for at in 0..count {
            if at > 0 {
                name.push_str(joints[self.below(joints.len())]);
            }
            name.push_str(PARTS[self.below(PARTS.len())]);
        }
        name
    }
}

/// A site of so many names; `honest` leaves out those that the site would be refused for.
fn lay(folder: &Path, count: usize, honest: bool) -> usize {
    let mut names = Names(20_261_121);
    let (mut used, mut laid) = (BTreeSet::new(), 0);
    let mut fresh = |name: &str| used.insert(SafePath::new(name).map_or_else(|_| name.to_owned(), |path| path.folded()));
    let pages = folder.join("content/pages");
    fs::create_dir_all(&pages).unwrap();
    let mut terms = String::new();
    let mut at = 0;
    while laid < count {
        at += 1;
        let slug = names.next(&["-", "", "."]);
        let attachment = format!("{}.txt", names.next(&["-", "", "."]));
        let alias = format!("/{}", names.next(&["/", "-", ""]));
        let term = names.next(&["/", "-", ""]);
        let document = names.next(&["/", "-"]);
        let fits = |name: &str| !name.is_empty() && name.len() < 180 && !name.contains(['/', '\0']) && !matches!(name, "." | "..");
        let good = |name: &str| SafePath::new(name).is_ok() && !name.contains('%') && !name.starts_with(['.', '_']);
        let stem = format!("n{at}-{slug}");
        if !fits(&stem) || (honest && !(good(&stem) && !stem.contains('.') && fresh(&format!("pages/{stem}")))) {
            continue;
        }
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let mut front = format!("title: Record {at}\nsummary: x\ndate: 2026-04-22\n");
        laid += 1;
        let own_alias = format!("/old{alias}{at}");
        let alias = if honest { &own_alias } else { &alias };
        if !honest || (Route::new(alias).is_ok() && fresh(alias.trim_matches('/'))) {
            front.push_str(&format!("aliases: [{}]\n", quoted(alias)));
            laid += 1;
        }
        let own_term = format!("t{at}{term}");
        if !honest || (good(&own_term) && !own_term.contains('/')) {
            terms.push_str(&format!("  {}: {{name: Term {at}}}\n", quoted(if honest { &own_term } else { &term })));
            front.push_str(&format!("topics: [{}]\n", quoted(if honest { &own_term } else { &term })));
            laid += 1;
        }
        let attached = format!("f{at}-{attachment}");
        if fits(&attached) && (!honest || good(&attached) && fresh(&format!("pages/{attached}"))) {
            fs::write(pages.join(&attached), "data").unwrap();
            laid += 1;
            if honest {
                front.push_str(&format!("documents: [{{title: Paper, file: {}}}]\n", quoted(&attached)));
                laid += 1;
            }
        }
        if !honest {
            front.push_str(&format!("documents: [{{title: Paper, file: {}}}]\n", quoted(&document)));
            laid += 1;
        }
        fs::write(pages.join(format!("{stem}.md")), format!("---\n{front}---\n\nText.\n")).unwrap();
    }
    fs::write(folder.join("promulgate.yaml"), format!("{SETTINGS}topics:\n{terms}")).unwrap();
    laid
}

/// A build with all its calls that name files or reach for the network.
struct Recorded {
    code: i32,
    said: String,
    calls: Vec<String>,
}

fn recorded(site: &Path, trace: &Path) -> Recorded {
    let mut command = Command::new("strace");
    // Cargo lets the loader look in its own folders first, which is no doing of the program.
    command
        .env_remove("LD_LIBRARY_PATH")
        .args(["-f", "-qq", "-y", "-s", "4096", "--seccomp-bpf", "-e", "trace=%file,%network,fchdir", "-e", "signal=none", "-o"])
        .arg(trace)
        .arg("--")
        .arg(program());
    let output = command.args(["--root", ".", "--now", NOW, "build"]).current_dir(site).output().expect("strace starts");
    Recorded {
        code: output.status.code().unwrap_or(-1),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
        calls: String::from_utf8_lossy(&fs::read(trace).unwrap()).lines().map(str::to_owned).collect(),
    }
}

/// The paths of a call, each resolved from the folder that the call names, without looking at the disk.
fn paths(call: &str, present: &Path) -> Vec<PathBuf> {
    let Some((_, arguments)) = call.split_once('(') else { return Vec::new() };
    let mut base = present.to_owned();
    let (mut found, mut rest) = (Vec::new(), arguments);
    loop {
        let quote = rest.find('"');
        let handle = rest.find('<').filter(|at| quote.is_none_or(|quote| *at < quote));
        if let Some(at) = handle {
            let Some(end) = rest[at..].find('>') else { return found };
            if rest[at + 1..].starts_with('/') {
                base = PathBuf::from(&rest[at + 1..at + end]);
            }
            rest = &rest[at + end + 1..];
            continue;
        }
        let Some(at) = quote else { return found };
        let inner = &rest[at + 1..];
        let bytes = inner.as_bytes();
        let end =
            (0..bytes.len()).find(|end| bytes[*end] == b'"' && inner[..*end].chars().rev().take_while(|c| *c == '\\').count() % 2 == 0);
        let Some(end) = end else { return found };
        found.push(plain(&base.join(&inner[..end])));
        rest = &inner[end + 1..];
        // Behind the answer stand no more arguments.
        if rest.starts_with(") =") {
            return found;
        }
    }
}

fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => drop(out.pop()),
            std::path::Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// Where a program of this system looks before its own work begins, and while it works, without asking anybody's content.
const SYSTEM: [&str; 9] = ["/lib", "/usr", "/etc/ld.so", "/etc/localtime", "/proc", "/sys", "/dev", "/bin", "/etc/ssl"];

fn outside(calls: &[String], site: &Path) -> (Vec<String>, usize) {
    let writes =
        ["O_WRONLY", "O_RDWR", "O_CREAT", "mkdir", "rename", "unlink", "link", "rmdir", "chmod", "chown", "utime", "truncate", "mknod"];
    let own = ["public", ".public", ".cache", ".promulgate"].map(|name| site.join(name).to_string_lossy().into_owned());
    let (mut bad, mut seen) = (Vec::new(), 0);
    for call in calls {
        let name = call.split_whitespace().nth(1).unwrap_or_default();
        if name.starts_with("execve") || name.starts_with("+++") || name.starts_with("---") || name.starts_with("readlink") {
            continue;
        }
        let network = ["socket", "connect", "sendto", "sendmsg", "bind"].iter().any(|word| name.starts_with(word));
        if network && !call.contains("AF_UNIX") && !name.starts_with("socketpair") {
            bad.push(call.clone());
        }
        let write = writes.iter().any(|word| call.contains(word)) && !name.starts_with("access");
        for path in paths(call, site) {
            seen += 1;
            let text = path.to_string_lossy().into_owned();
            let below = path.starts_with(site) || site.starts_with(&path);
            // The folder of the output is there already.
            let there = path == site && name.starts_with("mkdir") && call.ends_with("EEXIST (File exists)");
            let system = SYSTEM.iter().any(|place| text.starts_with(place));
            let allowed =
                if write { own.iter().any(|own| text.starts_with(own.as_str())) || text == "/dev/null" || there } else { below || system };
            if !allowed {
                bad.push(call.clone());
            }
        }
    }
    (bad, seen)
}

#[test]
fn whatever_names_a_site_holds_nothing_outside_of_it_is_touched() {
    let count = number("PROMULGATE_NAMES", 240) as usize;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let (mut calls, mut names, mut faults) = (0, 0, Vec::new());
    for honest in [false, true] {
        let site = root.join(if honest { "honest" } else { "hostile" });
        names += lay(&site, count / 2, honest);
        let run = recorded(&site, &root.join("trace"));
        assert!(!run.said.contains("panicked"), "{}", run.said);
        assert_eq!(run.code, i32::from(!honest), "{}", run.said.lines().take(12).collect::<Vec<_>>().join("\n"));
        let (bad, seen) = outside(&run.calls, &site);
        assert!(seen > count / 10, "{seen} paths were recorded");
        calls += seen;
        faults.extend(bad);
        if honest {
            let written = crate::sandbox::files_below(&site.join("public")).len();
            assert!(written > count / 4, "{written}");
        }
    }
    row("generated names", &format!("{names} names, {calls} paths in file calls, no socket"), &format!("{} outside", faults.len()));
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_call_that_leads_out_is_seen() {
    let site = Path::new("/srv/site");
    let see = |call: &str| outside(&[call.to_owned()], site).0.len();
    assert_eq!(see(r#"7 openat(AT_FDCWD</srv/site>, "content/x.md", O_RDONLY) = 3</srv/site/content/x.md>"#), 0);
    assert_eq!(
        see(r#"7 openat2(5</srv/site/.public.previous>, "a/b", {flags=O_WRONLY|O_CREAT, mode=0666, resolve=RESOLVE_BENEATH}, 24) = 6"#),
        0
    );
    assert_eq!(see(r#"7 openat(AT_FDCWD</srv/site>, "../etc/passwd", O_RDONLY) = 3"#), 1);
    assert_eq!(see(r#"7 openat(AT_FDCWD</srv/site>, "content/x.md", O_WRONLY|O_CREAT) = 3"#), 1);
    assert_eq!(see(r#"7 renameat2(5</srv/site>, "public", 5</srv/site>, "../public", RENAME_EXCHANGE) = 0"#), 1);
    assert_eq!(see(r#"7 unlinkat(5</srv/other>, "x", 0) = 0"#), 1);
    assert_eq!(see(r#"7 connect(5<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80)}, 16) = 0"#), 1);
}
