//! Attempts to rewrite what was published: each is refused in words of its own, and neither the site nor the state is touched.
//!
//! A town publishes five records, two of them in two languages, and revises one of them. Then somebody changes something.

use crate::sandbox::{Said, Sandbox, files_below};
use crate::sandbox_site::copy_folder;
use promulgate::rehearsal::serve_site;
use promulgate::transparency::keys::SigningKey;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

const SETTINGS: &str = "title: Norrvik\nurl: http://127.0.0.1:9\nlanguages: [en, sv]\ntime_zone: Europe/Stockholm\ncards: false\n\
    bodies: {council: {name: Council}}\nlog:\n  key: VKEY\n  secret: env:TOWN_LOG_KEY\n";
const BUSES: &str = "content/decisions/2026/night-buses.md";
const BUSES_SV: &str = "content/decisions/2026/night-buses.sv.md";
const FARES: &str = "content/decisions/2026/fares.md";
const PARK: &str = "content/consultations/2026/park.md";
const FERRY: &str = "content/updates/2026/ferry.md";
const WATER: &str = "content/alerts/2026/water.md";
const PAGE: &str = "content/pages/about.md";

fn records() -> [(&'static str, &'static str); 9] {
    [
        (
            BUSES,
            "---\ntitle: Night buses run on Fridays\nsummary: Buses run at night.\ndate: 2026-03-02\ndecided: 2026-03-02\nbody: council\nreference: KS 2026:17\n\
             decision: Night buses run on Fridays.\nin_force: 2026-04-01\nlegal_basis: [{text: Traffic Act}]\ndocuments: [{title: Map, file: map.txt}]\n\
             vote: {for: 20, against: 11}\nreasons: People asked for them.\n---\n\nThe buses leave at one.\n\nThey come back at five.\n",
        ),
        (
            BUSES_SV,
            "---\ntitle: Nattbussar går på fredagar\nsummary: Bussar går på natten.\ndecision: Nattbussar går på fredagar.\n---\n\nBussarna går klockan ett.\n",
        ),
        ("content/decisions/2026/map.txt", "a map\n"),
        (
            FARES,
            "---\ntitle: Fares stay\nsummary: They stay as they are.\ndate: 2026-03-09\ndecided: 2026-03-09\nbody: council\ndecision: Fares stay.\n\
             revisions: [{date: 2026-03-10, note: A word was mended., material: false}]\n---\n\nNothing changes.\n",
        ),
        (
            PARK,
            "---\ntitle: A new park\nsummary: What should it have?\ndate: 2026-05-01\nopens: 2026-05-01T08:00:00+02:00\ncloses: 2026-06-01T17:00:00+02:00\ntake_part: [{label: Write to us, url: 'mailto:park@norrvik.example'}]\n---\n\nTell us.\n",
        ),
        (
            FERRY,
            "---\ntitle: The ferry is delayed\nsummary: By an hour.\ndate: 2026-06-01T08:00:00+02:00\nservice: services/buses\nstate: degraded\nstarts: 2026-06-01T08:00:00+02:00\n\
             timeline: [{at: 2026-06-01T08:00:00+02:00, text: It is late.}, {at: 2026-06-01T09:00:00+02:00, text: Still late.}]\n---\n",
        ),
        (
            WATER,
            "---\ntitle: Boil your water\nsummary: Boil it for a minute.\ndate: 2026-07-01T06:00:00+02:00\nevent: Water\ncategory: Health\nseverity: Severe\nurgency: Immediate\n\
             certainty: Likely\nresponse: Prepare\nareas: [{name: Norrvik}]\neffective: 2026-07-01T06:00:00+02:00\nexpires: 2026-07-08T06:00:00+02:00\ninstruction: Boil all water.\n---\n",
        ),
        (
            "content/services/buses.md",
            "---\ntitle: Night bus\nsummary: How to ride.\naction: {label: Ride, url: 'https://norrvik.example/ride'}\nways: [online]\n---\n\nWait at the stop.\n",
        ),
        (PAGE, "---\ntitle: About\nsummary: About us.\n---\n\nWe are a town.\n"),
    ]
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed("norrvik.example/log", [seed; 32]).unwrap()
}

/// The town, and its copy; its own key signs.
struct Town(Sandbox);

impl Town {
    fn run_with(&self, seed: u8, args: &[&str]) -> Said {
        let output = self.0.command(args).env("TOWN_LOG_KEY", key(seed).encode().expose()).output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    fn sign(&self, seed: u8) -> Said {
        self.run_with(seed, &["build", "--sign", "--offline-log", "--now", "2026-11-20T12:00:00+01:00"])
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.0.read(file);
        assert!(text.contains(from), "{file} has no `{from}`: {text}");
        self.0.write(file, text.replacen(from, to, 1).as_bytes());
    }

    fn remove(&self, file: &str) {
        std::fs::remove_file(self.0.path(file)).unwrap();
    }

    fn rename(&self, from: &str, to: &str) {
        let bytes = std::fs::read(self.0.path(from)).unwrap();
        self.remove(from);
        self.0.write(to, &bytes);
    }

    /// Every file of output and state with its hash.
    fn kept(&self) -> BTreeMap<String, Vec<u8>> {
        let all = ["public", "ledger"]
            .into_iter()
            .filter(|folder| self.0.path(folder).exists())
            .flat_map(|folder| files_below(&self.0.path(folder)));
        let kept = all.filter(|path| path.file_name().is_none_or(|name| name != ".lock"));
        kept.map(|path| (path.display().to_string(), Sha256::digest(std::fs::read(&path).unwrap()).to_vec())).collect()
    }
}

/// A town that has published twice.
fn published() -> Town {
    static BASE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let base = BASE.get_or_init(|| {
        let town = Town(Sandbox::new());
        town.0.write("promulgate.yaml", SETTINGS.replace("VKEY", &key(1).verifier().to_string()).as_bytes());
        records().into_iter().for_each(|(path, text)| town.0.write(path, text.as_bytes()));
        let first = town.run_with(1, &["build", "--sign", "--offline-log", "--now", "2026-08-01T12:00:00+02:00"]);
        assert_eq!(first.code, 0, "{}", first.stderr);
        town.edit(FARES, "revisions: [", "revisions: [{date: 2026-09-01, note: The zone was added., material: true}, ");
        town.edit(FARES, "Nothing changes.", "Nothing changes in zone A.");
        let second = town.run_with(1, &["build", "--sign", "--offline-log", "--now", "2026-09-02T12:00:00+02:00"]);
        assert_eq!(second.code, 0, "{}", second.stderr);
        let base = tempfile::tempdir().unwrap();
        copy_folder(town.0.root(), base.path());
        base
    });
    let town = Town(Sandbox::new());
    copy_folder(base.path(), town.0.root());
    town
}

type Attempt = (&'static str, fn(&Town), i32, &'static str);

/// Makes each attempt in a town of its own: exit code and words must be right, and nothing may have changed.
fn refused(attempts: &[Attempt]) {
    for (name, attempt, code, words) in attempts {
        let town = published();
        attempt(&town);
        let before = town.kept();
        let said = town.sign(1);
        assert!(
            said.code == *code && said.stderr.contains(words),
            "{name}: exit {}, wanted {code} and `{words}`:\n{}",
            said.code,
            said.stderr
        );
        assert_eq!(town.kept(), before, "{name}: nothing is touched");
    }
}

#[test]
fn the_town_itself_goes_on() {
    let town = published();
    let before = town.0.read("public/log/checkpoint");
    let said = town.sign(1);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(town.0.read("public/log/checkpoint"), before, "nothing happened, so nothing is logged");
    assert_eq!(town.run_with(1, &["verify", "public"]).code, 0);
}

#[test]
fn a_silent_change_is_refused() {
    refused(&[
        ("a sentence", |t| t.edit(BUSES, "leave at one", "leave at two"), 1, "log-changed"),
        ("a word more", |t| t.edit(BUSES, "come back at five.", "come back at five or so."), 1, "log-changed"),
        ("a paragraph gone", |t| t.edit(BUSES, "\n\nThey come back at five.", ""), 1, "log-changed"),
        ("the title", |t| t.edit(BUSES, "title: Night buses run", "title: Night buses may run"), 1, "log-changed"),
        ("the summary", |t| t.edit(BUSES, "Buses run at night.", "Buses run."), 1, "log-changed"),
        ("the operative text", |t| t.edit(BUSES, "decision: Night buses run on Fridays.", "decision: Night buses run."), 1, "log-changed"),
        ("the law", |t| t.edit(BUSES, "Traffic Act", "Transport Act"), 1, "log-changed"),
        ("the vote", |t| t.edit(BUSES, "against: 11", "against: 9"), 1, "log-changed"),
        ("the reasons", |t| t.edit(BUSES, "People asked", "Some asked"), 1, "log-changed"),
        ("the body", |t| t.edit(BUSES, "body: council\n", ""), 1, "log-changed"),
        ("a document's title", |t| t.edit(BUSES, "title: Map", "title: Plan"), 1, "log-changed"),
        ("a document's bytes", |t| t.0.write("content/decisions/2026/map.txt", b"b map\n"), 1, "log-changed"),
        ("a document taken away", |t| t.edit(BUSES, "documents: [{title: Map, file: map.txt}]\n", ""), 1, "log-changed"),
        ("the translation", |t| t.edit(BUSES_SV, "klockan ett", "klockan två"), 1, "log-changed"),
        ("the translation's title", |t| t.edit(BUSES_SV, "title: Nattbussar", "title: Bussar"), 1, "log-changed"),
        ("an alert's instruction", |t| t.edit(WATER, "Boil all water.", "Drink all water."), 1, "log-changed"),
        ("an alert's severity", |t| t.edit(WATER, "Severe", "Minor"), 1, "log-changed"),
        ("what was said in a timeline", |t| t.edit(FERRY, "It is late.", "It is on time."), 1, "log-changed"),
        ("an entry of a timeline gone", |t| t.edit(FERRY, ", {at: 2026-06-01T09:00:00+02:00, text: Still late.}", ""), 1, "log-changed"),
        ("where to take part", |t| t.edit(PARK, "park@norrvik", "nobody@norrvik"), 1, "log-changed"),
        (
            "a note about a change gone",
            |t| t.edit(FARES, "{date: 2026-09-01, note: The zone was added., material: true}, ", ""),
            1,
            "log-note-changed",
        ),
        ("a note about a change says something else", |t| t.edit(FARES, "The zone was added.", "Nothing."), 1, "log-note-changed"),
        ("an old note is no new one", |t| t.edit(FARES, "in zone A", "in zone B"), 1, "log-changed"),
        (
            "a note of a day before the version that it changes",
            |t| {
                t.edit(BUSES, "vote:", "revisions: [{date: 2026-07-01, note: Changed., material: true}]\nvote:");
                t.edit(BUSES, "leave at one", "leave at two");
            },
            1,
            "log-backdated",
        ),
    ]);
}

#[test]
fn a_date_that_moves_is_refused() {
    refused(&[
        ("when it was published", |t| t.edit(BUSES, "date: 2026-03-02\ndecided", "date: 2026-03-01\ndecided"), 1, "log-redated"),
        ("when it was decided", |t| t.edit(BUSES, "decided: 2026-03-02", "decided: 2026-02-27"), 1, "log-redated"),
        ("from when it is in force", |t| t.edit(BUSES, "in_force: 2026-04-01", "in_force: 2026-05-01"), 1, "log-redated"),
        ("when a consultation closes", |t| t.edit(PARK, "closes: 2026-06-01T17", "closes: 2026-05-15T17"), 1, "log-redated"),
        ("when a consultation opens", |t| t.edit(PARK, "opens: 2026-05-01T08", "opens: 2026-04-01T08"), 1, "log-redated"),
        ("when an alert took effect", |t| t.edit(WATER, "effective: 2026-07-01T06", "effective: 2026-07-01T04"), 1, "log-redated"),
        ("when trouble began", |t| t.edit(FERRY, "starts: 2026-06-01T08", "starts: 2026-06-01T10"), 1, "log-redated"),
        ("a date taken away", |t| t.edit(BUSES, "in_force: 2026-04-01\n", ""), 1, "log-redated"),
    ]);
}

#[test]
fn what_was_published_does_not_vanish() {
    refused(&[
        (
            "a record",
            |t| {
                t.remove(BUSES);
                t.remove(BUSES_SV);
            },
            1,
            "log-removed",
        ),
        ("a translation", |t| t.remove(BUSES_SV), 1, "log-removed"),
        ("an alert", |t| t.remove(WATER), 1, "log-removed"),
        ("a page", |t| t.remove(PAGE), 1, "log-removed"),
        ("as a draft", |t| t.edit(FARES, "title:", "draft: true\ntitle:"), 1, "log-removed"),
        ("a translation as a draft", |t| t.edit(BUSES_SV, "title:", "draft: true\ntitle:"), 1, "log-removed"),
        ("put off", |t| t.edit(FARES, "title:", "publish_at: 2027-01-01T08:00:00+01:00\ntitle:"), 1, "log-removed"),
    ]);
}

#[test]
fn numbers_and_addresses_stay() {
    refused(&[
        ("another reference", |t| t.edit(BUSES, "KS 2026:17", "KS 2026:18"), 1, "log-renumbered"),
        ("no reference", |t| t.edit(BUSES, "reference: KS 2026:17\n", ""), 1, "log-renumbered"),
        ("another file name", |t| t.rename(FARES, "content/decisions/2026/prices.md"), 1, "log-renumbered"),
        ("another year", |t| t.rename(FARES, "content/decisions/2025/fares.md"), 1, "log-renumbered"),
        ("an alert under another name", |t| t.rename(WATER, "content/alerts/2026/tap.md"), 1, "log-re"),
        (
            "an address used for something else",
            |t| {
                t.rename(FARES, "content/decisions/2026/prices.md");
                t.0.write(FARES, b"---\ntitle: Something else\nsummary: Else.\ndate: 2026-10-01\ndecided: 2026-10-01\nbody: council\ndecision: Else.\n---\n\nElse.\n");
            },
            1,
            "log-",
        ),
        (
            "the address of what was erased",
            |t| {
                assert_eq!(t.run_with(1, &["erase", "updates/2026/ferry", "--reason", "data-protection"]).code, 0);
                t.0.write(
                    FERRY,
                    b"---\ntitle: Another ferry\nsummary: It is new.\ndate: 2026-11-01T08:00:00+01:00\nservice: services/buses\nstate: operational\n---\n",
                );
            },
            1,
            "log-erased",
        ),
    ]);
}

fn step(at: u64) -> String {
    format!("ledger/log/{at:012}.json")
}

#[test]
fn a_state_that_was_cut_changed_or_forged_is_refused() {
    refused(&[
        ("the last step gone", |t| t.remove(&last_step(t)), 4, "cut"),
        ("the first step gone", |t| t.remove(&step(0)), 4, "cut"),
        ("all steps gone", |t| std::fs::remove_dir_all(t.0.path("ledger/log")).unwrap(), 4, "steps where"),
        ("the header gone", |t| t.remove("ledger/state.json"), 4, "missing"),
        ("a leaf says something else", |t| t.edit(&step(0), "published", "revised"), 5, "log/000000000000.json"),
        ("a leaf of another day", |t| t.edit(&step(0), "2026-08-01", "2026-07-01"), 5, "another history"),
        ("half a step", |t| t.0.write(&step(0), &std::fs::read(t.0.path(&step(0))).unwrap()[..500]), 5, "damaged"),
        ("nothing in a step", |t| t.0.write(&step(0), b""), 5, "damaged"),
        ("another salt", |t| flip(t, "ledger/log/000000000000.papers", "\"salt\":\""), 5, "does not open"),
        ("another hash", |t| flip(t, "ledger/log/000000000000.papers", "\"sha256\":\""), 5, "does not open"),
        ("the salts gone", |t| t.remove("ledger/log/000000000000.papers"), 5, "has no line"),
        (
            "a paper of another record",
            |t| t.edit("ledger/log/000000000000.papers", "consultations/2026/park", "consultations/2026/other"),
            1,
            "log-",
        ),
        ("signed by another key", |t| resign(t, 2), 2, "not signed by the key"),
        (
            "the settings name another key",
            |t| t.edit("promulgate.yaml", &key(1).verifier().to_string(), &key(2).verifier().to_string()),
            2,
            "not signed by the key",
        ),
        (
            "another log's name",
            |t| {
                t.edit(
                    "promulgate.yaml",
                    &key(1).verifier().to_string(),
                    &SigningKey::from_seed("other.example/log", [1; 32]).unwrap().verifier().to_string(),
                )
            },
            2,
            "not signed by the key",
        ),
    ]);
}

fn last_step(town: &Town) -> String {
    let mut steps: Vec<String> =
        files_below(&town.0.path("ledger/log")).into_iter().filter_map(|path| path.file_name()?.to_str().map(str::to_owned)).collect();
    steps.retain(|name| name.ends_with(".json"));
    steps.sort();
    format!("ledger/log/{}", steps.last().unwrap())
}

fn flip(town: &Town, file: &str, before: &str) {
    let text = town.0.read(file);
    let at = text.find(before).unwrap() + before.len();
    let other = if text.as_bytes()[at] == b'0' { "1" } else { "0" };
    town.0.write(file, format!("{}{other}{}", &text[..at], &text[at + 1..]).as_bytes());
}

/// The same last step, with the same root, signed by somebody else.
fn resign(town: &Town, seed: u8) {
    let file = last_step(town);
    let mut step: serde_json::Value = serde_json::from_str(&town.0.read(&file)).unwrap();
    let note = step["checkpoint"].as_str().unwrap().to_owned();
    let text = note.split("\n\n").next().unwrap();
    step["checkpoint"] = promulgate::transparency::note::sign(&format!("{text}\n"), &key(seed)).unwrap().into();
    town.0.write(&file, step.to_string().as_bytes());
}

#[test]
fn a_key_that_is_not_the_logs_signs_nothing() {
    for (name, seed, more) in [("another key of the same name", 2_u8, false), ("the same with something to log", 2, true)] {
        let town = published();
        if more {
            town.0.write("content/pages/more.md", b"---\ntitle: More\nsummary: More.\n---\n\nMore.\n");
        }
        let before = town.kept();
        let said = town.sign(seed);
        assert!(said.code == 2 && said.stderr.contains("signing key is not the one"), "{name}: exit {}: {}", said.code, said.stderr);
        assert_eq!(town.kept(), before, "{name}");
    }
    for wrong in ["", "PRIVATE+KEY+nonsense", "norrvik.example/log+00000000+AAAA"] {
        let town = published();
        let before = town.kept();
        let said = town.0.command(&["build", "--sign", "--offline-log"]).env("TOWN_LOG_KEY", wrong).output().unwrap();
        assert_eq!(said.status.code(), Some(2), "{wrong}: {}", String::from_utf8_lossy(&said.stderr));
        assert_eq!(town.kept(), before, "{wrong}");
    }
}

/// The live site has seen more, or something else, than the state at hand.
#[test]
fn a_state_that_does_not_go_on_from_the_live_site_signs_nothing() {
    type Live = fn(&Town, &Path);
    let attempts: [(&str, Live, i32, &str); 5] = [
        (
            "an older state",
            |t, live| {
                grow(t);
                copy_folder(&t.0.path("public"), live);
                back(t);
            },
            4,
            "older than what was published",
        ),
        (
            "another history",
            |t, live| {
                let other = published();
                grow(&other);
                grow_otherwise(t);
                copy_folder(&other.0.path("public"), live);
                grow_otherwise_again(t);
            },
            4,
            "another history",
        ),
        (
            "a live checkpoint of another key",
            |t, live| {
                let _ = t;
                std::fs::create_dir_all(live.join("log")).unwrap();
                std::fs::write(live.join("log/checkpoint"), forged()).unwrap();
            },
            2,
            "not signed by the key",
        ),
        (
            "a live checkpoint that is none",
            |_, live| {
                std::fs::create_dir_all(live.join("log")).unwrap();
                std::fs::write(live.join("log/checkpoint"), "hello\n").unwrap();
            },
            2,
            "not signed by the key",
        ),
        (
            "a site that does not answer",
            |t, _| t.edit("promulgate.yaml", "http://127.0.0.1:", "http://127.0.0.1:1"),
            5,
            "could not be asked",
        ),
    ];
    for (name, attempt, code, words) in attempts {
        let town = published();
        let live = tempfile::tempdir().unwrap();
        let served = serve_site(live.path(), None).unwrap();
        if code != 5 {
            town.edit("promulgate.yaml", "http://127.0.0.1:9", &served.url());
        }
        attempt(&town, live.path());
        town.0.write("content/pages/late.md", b"---\ntitle: Late\nsummary: Late.\n---\n\nLate.\n");
        let before = town.kept();
        let said = town.run_with(1, &["build", "--sign"]);
        assert!(
            said.code == code && said.stderr.contains(words),
            "{name}: exit {}, wanted {code} and `{words}`: {}",
            said.code,
            said.stderr
        );
        assert_eq!(town.kept(), before, "{name}");
    }
}

/// Publishes one page more, the state before kept aside.
fn grow(town: &Town) {
    copy_folder(&town.0.path("ledger"), &town.0.path("kept-ledger"));
    town.0.write("content/pages/more.md", b"---\ntitle: More\nsummary: More.\n---\n\nMore.\n");
    let said = town.sign(1);
    assert_eq!(said.code, 0, "{}", said.stderr);
}

/// Puts the state of before back, and the site.
fn back(town: &Town) {
    std::fs::remove_dir_all(town.0.path("ledger")).unwrap();
    copy_folder(&town.0.path("kept-ledger"), &town.0.path("ledger"));
    town.remove("content/pages/more.md");
    std::fs::remove_dir_all(town.0.path("public")).unwrap();
}

fn grow_otherwise(town: &Town) {
    town.0.write("content/pages/other.md", b"---\ntitle: Other\nsummary: Other.\n---\n\nOther.\n");
    assert_eq!(town.sign(1).code, 0);
}

fn grow_otherwise_again(town: &Town) {
    town.0.write("content/pages/again.md", b"---\ntitle: Again\nsummary: Again.\n---\n\nAgain.\n");
    assert_eq!(town.sign(1).code, 0);
}

fn forged() -> String {
    promulgate::transparency::note::sign("norrvik.example/log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", &key(2)).unwrap()
}

#[test]
fn what_is_said_openly_is_lawful() {
    let town = published();
    // A note, a growing timeline, a withdrawal, a rename with its old address, a comment, the wording of a post.
    town.edit(BUSES, "vote:", "revisions: [{date: 2026-11-20, note: The hour was wrong., material: true}]\nvote:");
    town.edit(BUSES, "leave at one", "leave at two");
    town.edit(FERRY, "text: Still late.}", "text: Still late.}, {at: 2026-06-01T10:00:00+02:00, text: On time again.}");
    town.rename(FARES, "content/decisions/2026/prices.md");
    town.edit("content/decisions/2026/prices.md", "title:", "aliases: [/decisions/2026/fares/]\ntitle:");
    town.edit(PARK, "title:", "# a comment\nannounce: false\ntitle:");
    town.edit(PAGE, "We are a town.", "We are a town by the sea.");
    let said = town.sign(1);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(
        town.run_with(1, &["withdraw", "consultations/2026/park", "--reason", "The park is not built.", "--ground", "mistake"]).code,
        0
    );
    let said = town.sign(1);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let log = town.0.read(&last_step(&town));
    assert!(log.contains(r#"\"action\":\"withdrawn\""#), "{log}");
    let verified = town.run_with(1, &["verify", "public"]);
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
    assert!(town.0.path("public/decisions/2026/night-buses/versions/1/record.json").exists());
    assert!(town.0.read("public/consultations/2026/park/record.json").contains("The park is not built."));
}
