//! The same site built in other surroundings gives the same bytes: time zone, language, umask, folder, user, host name,
//! clock, threads, and the order in which its files came to be.
//!
//! `PROMULGATE_REPRODUCE=N` builds Norrvik, with its cards, N times; without it a small site is built a few times.

use super::builds::{difference, program, small_site, tree};
use super::figures::{Seeded, number, row, seed};
use crate::sandbox::{NOW, Sandbox, files_below};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ZONES: [&str; 6] = ["UTC", "Europe/Stockholm", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Pacific/Pago_Pago"];
const LOCALES: [&str; 5] = ["C", "C.UTF-8", "sv_SE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8"];
const UMASKS: [&str; 4] = ["022", "077", "002", "000"];
const FOLDERS: [&str; 4] = ["a", "deep/er/and/deeper", "with space", "Söderby"];
const YEARS: [&str; 4] = ["+0", "+10y", "-10y", "+3y"];
const THREADS: [&str; 3] = ["1", "2", "16"];

/// Whether a program does what it is for here.
fn works(words: &[&str]) -> bool {
    Command::new(words[0]).args(&words[1..]).stdin(Stdio::null()).output().is_ok_and(|output| output.status.success())
}

/// What can be varied on this machine, and what cannot, with the reason.
struct Means {
    is_root: bool,
    hosts: bool,
    clocks: bool,
}

impl Means {
    fn found() -> Means {
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
        let means = Means {
            is_root: is_root && works(&["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true"]),
            hosts: works(&["unshare", "--uts", "hostname", "elsewhere"]) || works(&["unshare", "--uts", "true"]),
            clocks: works(&["faketime", "-f", "+10y", "true"]),
        };
        for (can, what) in [
            (means.is_root, "another user: root and setpriv are needed"),
            (means.hosts, "another host name: unshare --uts is not allowed here"),
            (means.clocks, "another clock: Debian's faketime is needed; `--now` is given all the same"),
        ] {
            if !can {
                println!("not varied: {what}");
            }
        }
        means
    }
}

/// A site: every file with its bytes.
fn files_of_the_site() -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |root: &Path, files: Vec<PathBuf>| -> BTreeMap<PathBuf, Vec<u8>> {
        files.into_iter().map(|path| (path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap())).collect()
    };
    if std::env::var_os("PROMULGATE_REPRODUCE").is_some() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = files_below(&home.join("content"));
        files.push(home.join("promulgate.yaml"));
        return read(home, files);
    }
    let town = small_site();
    let mut files = read(town.root(), files_below(town.root()));
    let settings = "title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv, en]\ntime_zone: Europe/Stockholm\ncards: {sizes: [og]}\n";
    files.insert("promulgate.yaml".into(), settings.into());
    files
}

/// Builds it once, in the surroundings of this number, and gives the tree with the mode of each file and folder.
fn built(site: &BTreeMap<PathBuf, Vec<u8>>, number: usize, means: &Means) -> (String, BTreeMap<String, (u32, Vec<u8>)>) {
    let mut random = Seeded(seed() + number as u64);
    // The first builds take each kind of surroundings in turn, so that a short run has them all.
    let mut pick = |from: &[&'static str]| from[(number + if number < 6 { 0 } else { random.below(97) as usize }) % from.len()];
    let (zone, locale, umask, folder, years, threads) =
        (pick(&ZONES), pick(&LOCALES), pick(&UMASKS), pick(&FOLDERS), pick(&YEARS), pick(&THREADS));
    let place = Sandbox::new();
    let root = place.path(folder);
    let mut order: Vec<(&PathBuf, &Vec<u8>)> = site.iter().collect();
    let mut shuffle = Seeded(number as u64);
    (1..order.len()).rev().for_each(|at| order.swap(at, shuffle.below(at as u64 + 1) as usize));
    for (path, bytes) in order {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), bytes).unwrap();
    }
    let binary = place.path("promulgate");
    let original = std::env::var("PROMULGATE_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_promulgate").to_owned());
    if fs::hard_link(&original, &binary).is_err() {
        fs::copy(&original, &binary).unwrap();
    }
    let is_other = means.is_root && number % 2 == 1;
    if is_other {
        assert!(works(&["chown", "-R", "65534:65534", root.to_str().unwrap()]));
    }
    fs::set_permissions(place.root(), fs::Permissions::from_mode(0o755)).unwrap();
    let mut words: Vec<String> = Vec::new();
    if means.hosts {
        words.extend(["unshare", "--uts", "--"].map(str::to_owned));
    }
    let host = if means.hosts { format!("hostname build-{number}.example 2>/dev/null; ") } else { String::new() };
    words.extend(["sh".to_owned(), "-c".into(), format!("{host}umask {umask}; exec \"$@\""), "sh".into()]);
    if is_other {
        words.extend(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"].map(str::to_owned));
    }
    if means.clocks && years != "+0" {
        words.extend(["faketime", "--exclude-monotonic", "-f", years].map(str::to_owned));
    }
    words.push(binary.to_string_lossy().into_owned());
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).args(["--root", ".", "--now", NOW, "build", "--threads", threads]).current_dir(&root);
    command.env("TZ", zone).env("LC_ALL", locale).env("LANG", locale).env("HOME", place.root()).env("USER", format!("clerk{number}"));
    let surroundings = format!("{zone}, {locale}, umask {umask}, `{folder}`, other user: {is_other}, {years}, {threads} threads");
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{surroundings}: {:?}{}", output.status, String::from_utf8_lossy(&output.stderr));
    let out = root.join("public");
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&out).into_iter().map(Result::unwrap) {
        let path = entry.path().strip_prefix(&out).unwrap().to_str().unwrap().to_owned();
        let bytes = if entry.file_type().is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() };
        found.insert(path, (entry.metadata().unwrap().permissions().mode() & 0o7777, bytes));
    }
    (surroundings, found)
}

#[test]
fn a_site_is_the_same_to_the_byte_wherever_and_by_whomever_it_is_built() {
    let (site, means) = (files_of_the_site(), Means::found());
    let builds = number("PROMULGATE_REPRODUCE", 6) as usize;
    let (first, expected) = built(&site, 0, &means);
    let mut digests = BTreeSet::new();
    for number in 1..builds.max(2) {
        let (surroundings, found) = built(&site, number, &means);
        let differ: Vec<&String> = expected.keys().chain(found.keys()).filter(|path| expected.get(*path) != found.get(*path)).collect();
        let modes = |path: &&String| (expected.get(*path).map(|(mode, _)| *mode), found.get(*path).map(|(mode, _)| *mode));
        let named = differ.first().map(|path| (path, modes(path)));
        assert!(differ.is_empty(), "{} files differ, first {named:?}:\n{first}\n{surroundings}", differ.len());
        let mut hash = Sha256::new();
        for (path, (mode, bytes)) in &found {
            hash.update(format!("{path}\0{mode:o}\0{}\0", bytes.len()));
            hash.update(bytes);
        }
        digests.insert(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    }
    let varied = "time zone, language, umask, folder, threads, order of files";
    let more: Vec<&str> = [(means.is_root, "user"), (means.hosts, "host name"), (means.clocks, "clock by ten years")]
        .into_iter()
        .filter_map(|(can, what)| can.then_some(what))
        .collect();
    let done = format!("{builds} builds of {} files; {varied}, {}; seed {}", expected.len(), more.join(", "), seed());
    row("the same bytes in other surroundings", &done, &format!("{} digest: {}", digests.len(), digests.first().unwrap()));
    assert_eq!(digests.len(), 1);
}

#[test]
fn modes_are_those_that_a_web_server_can_read_whatever_the_umask() {
    let town = small_site();
    let run = |umask: &str| {
        let shell = format!("umask {umask}; exec \"$@\"");
        let output = program(town.root(), &["sh", "-c", &shell, "sh"], &["build"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    for umask in ["077", "000"] {
        run(umask);
        super::builds::write(&town, 2, "#5b2a86");
        for entry in walkdir::WalkDir::new(town.path("public")).into_iter().map(Result::unwrap) {
            let mode = entry.metadata().unwrap().permissions().mode() & 0o7777;
            assert_eq!(mode, if entry.file_type().is_dir() { 0o755 } else { 0o644 }, "umask {umask}: {}", entry.path().display());
        }
    }
}

#[test]
fn a_build_can_be_asked_to_prove_that_it_is_reproducible() {
    let town = small_site();
    let ask = || {
        let output = program(town.root(), &[], &["build", "--check-reproducible"]).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = ask();
    assert!(code == Some(0) && said.contains("Built twice more") && said.contains("the same bytes"), "{said}");
    let left: Vec<PathBuf> = files_below(&town.path(".cache/again")).into_iter().filter(|path| !path.ends_with(".on-1.lock")).collect();
    assert!(left.iter().all(|path| path.extension().is_some_and(|ending| ending == "lock")), "{left:?}");
    // Something that was made once and is kept, and is not what would be made today.
    let entries = files_below(&town.path(".cache")).into_iter().filter(|path| path.metadata().unwrap().len() > 100);
    let entry = entries.min().expect("the picture in other sizes is kept");
    let mut bytes = fs::read(&entry).unwrap().split_off(32);
    bytes.extend(b"more");
    fs::write(&entry, [Sha256::digest(&bytes).as_slice(), &bytes].concat()).unwrap();
    let (code, said) = ask();
    assert!(code == Some(4) && said.contains("is not what a build from nothing makes of it"), "{code:?} {said}");
    assert!(said.contains("karta"), "the file is named: {said}");
    fs::remove_dir_all(town.path(".cache")).unwrap();
    let before = tree(&town.path("public"));
    let (code, said) = ask();
    assert!(code == Some(0), "{said}");
    assert_ne!(difference(&before, &tree(&town.path("public"))), "", "the file was mended");
    // A site with errors says so and publishes nothing.
    town.write("content/decisions/2026/d1.md", b"---\ntitle: Half\nsummary: [\n---\n");
    assert_eq!(ask().0, Some(1));
}
