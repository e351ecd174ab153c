//! Records taken out for good (R5): a town publishes, tells, revises; then some of its records are erased and it publishes
//! again. Not three words in a row of theirs, no name of theirs, no byte of their files and no salt is left in anything that
//! lies in its folder, and what must stay stands: the leaves, the page that says so, the check, everything else.
//!
//! `PROMULGATE_ERASURES` says how many records are erased; 100 are the bar.

mod records;
mod search;

use crate::reliability::figures::{number, row};
use crate::sandbox::{Said, Sandbox, files_below};
use promulgate::rehearsal::{Mishaps, ServedSite, StandIns, serve_site};
use promulgate::transparency::keys::SigningKey;
use records::{Record, records};
use search::{Found, Search};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The town, running.
struct Town {
    sandbox: Sandbox,
    site: ServedSite,
    platforms: StandIns,
}

impl Town {
    fn new() -> Town {
        let sandbox = Sandbox::new();
        let site = serve_site(&sandbox.path("public"), None).unwrap();
        let platforms = StandIns::start(&sandbox.path("elsewhere"), None, Mishaps::none().without_limits()).unwrap();
        let settings = format!(
            "title: Norrvik\nurl: {}\nlanguages: [en, sv, ru]\ntime_zone: Europe/Stockholm\nannounce: {{max: 100000, quiet_seconds: 1, max_age_days: 3650}}\n\
             bodies: {{council: {{name: Council}}}}\ntopics: {{roads: {{name: Roads}}}}\nlog:\n  key: {}\n  secret: env:TOWN_LOG_KEY\nchannels:\n\
             \x20 fedi: {{platform: mastodon, server: '{}', handle: fedi, token: 'env:FEDI', correct_by: edit, languages: [en, sv, ru]}}\n\
             \x20 sky: {{platform: bluesky, server: '{}', handle: norrvik.example, password: 'env:SKY', correct_by: replace, languages: [en, sv, ru]}}\n",
            site.url(),
            key().verifier(),
            platforms.url("mastodon"),
            platforms.url("bluesky"),
        );
        sandbox.write("promulgate.yaml", settings.as_bytes());
        let buses = "---\ntitle: Night bus\nsummary: How to ride.\naction: {label: Ride, url: 'https://norrvik.example/ride'}\nways: [online]\n---\n\nWait.\n";
        sandbox.write("content/services/buses.md", buses.as_bytes());
        sandbox.write("content/pages/about.md", b"---\ntitle: About\nsummary: About us.\n---\n\nWe are a town.\n");
        let town = Town { sandbox, site, platforms };
        // The first run takes what is there as known; what comes afterwards is news.
        town.publish("2026-11-01T12:00:00+01:00");
        town
    }

    fn run(&self, now: &str, args: &[&str]) -> Said {
        use std::os::unix::process::ExitStatusExt;
        let args: Vec<&str> = args.iter().copied().chain(["--now", now]).collect();
        let mut command = self.sandbox.command(&args);
        command.env("TOWN_LOG_KEY", key().encode().expose()).env("FEDI", "rehearsal-fedi").env("SKY", "rehearsal");
        let output = command.output().unwrap();
        Said {
            code: output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or(0)),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    fn publish(&self, now: &str) {
        let said = self.run(now, &["publish", "--wait-live", "30s"]);
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    }

    fn write(&self, record: &Record, revised: bool) {
        for (path, bytes) in record.files(revised) {
            self.sandbox.write(&path, &bytes);
        }
    }

    /// Everything that the program may have written or left in the town's folder, and what is left of the content.
    fn everything(&self) -> Vec<(String, Vec<u8>)> {
        let files = files_below(self.sandbox.root()).into_iter();
        let own = files.filter(|path| !path.starts_with(self.sandbox.path("elsewhere")));
        own.map(|path| (path.strip_prefix(self.sandbox.root()).unwrap().display().to_string(), std::fs::read(&path).unwrap())).collect()
    }

    /// The salts of each record's leaves, and the hashes that they cover, as the state keeps them.
    fn papers(&self) -> BTreeMap<String, Vec<String>> {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in files_below(&self.sandbox.path("ledger")).iter().filter(|path| path.extension().is_some_and(|end| end == "papers")) {
            for line in std::fs::read_to_string(path).unwrap().lines() {
                let paper: serde_json::Value = serde_json::from_str(line).unwrap();
                let secret = ["salt", "sha256"].into_iter().filter_map(|name| paper[name].as_str().map(str::to_owned));
                all.entry(paper["record"].as_str().unwrap().to_owned()).or_default().extend(secret);
            }
        }
        all
    }

    fn page(&self, route: &str) -> String {
        String::from_utf8_lossy(&get(&format!("{}{route}", self.site.url()))).into_owned()
    }
}

fn key() -> SigningKey {
    SigningKey::from_seed("norrvik.example/log", [1; 32]).unwrap()
}

fn get(url: &str) -> Vec<u8> {
    use promulgate::model::transport::{Method, Request};
    promulgate::io::http::Http::loopback().send(&Request::new(Method::Get, url)).unwrap().body
}

fn log_size(root: &Path) -> u64 {
    std::fs::read_to_string(root.join("public/log/checkpoint")).unwrap().lines().nth(1).unwrap().parse().unwrap()
}

#[test]
fn nothing_of_an_erased_record_is_left_and_what_must_stay_stands() {
    let count = number("PROMULGATE_ERASURES", 10) as usize;
    let town = Town::new();
    let (erased, kept) = (records(count, 1, "rx"), records(count / 2 + 10, 2, "kx"));
    erased.iter().chain(&kept).for_each(|record| town.write(record, false));
    town.publish("2026-11-19T12:00:00+01:00");
    // Every second one goes on to a second version, told on the accounts too.
    erased.iter().chain(&kept).filter(|record| record.is_revised()).for_each(|record| town.write(record, true));
    town.publish("2026-11-20T09:00:00+01:00");

    let ids: BTreeSet<String> = erased.iter().map(|record| record.id.clone()).collect();
    let mut search = Search::new(&erased, &kept);
    town.papers().iter().filter(|(record, _)| ids.contains(*record)).for_each(|of| search.secrets(of));
    let before = town.everything();
    search.files_of(&before, &erased);
    let (met, mentions) = (search.over(&before), posts_of(&town, &erased));
    for record in &erased {
        let own: BTreeSet<&str> = met.iter().filter(|found| found.record == record.id).map(|found| found.what).collect();
        let wanted: BTreeSet<&str> = ["words", "a name", "a salt or hash", "a file"].into();
        assert!(own.is_superset(&wanted), "before it is erased, all of {} is found: {own:?}", record.id);
    }
    assert!(mentions.len() >= erased.len(), "{} posts of {} records", mentions.len(), erased.len());
    let (leaves, page) = (log_size(town.sandbox.root()), town.page(&kept[0].route()));

    for record in &erased {
        let said = town.run("2026-11-20T10:00:00+01:00", &["erase", &record.id, "--reason", "data-protection"]);
        assert_eq!(said.code, 0, "{}: {}", record.id, said.stderr);
    }
    town.publish("2026-11-20T12:00:00+01:00");

    let after = town.everything();
    let left = search.over(&after);
    row("erased records", &format!("{count} records, {} files, {} needles", after.len(), search.size()), &format!("{} left", left.len()));
    assert!(left.is_empty(), "{} left:\n{}", left.len(), told(&left));

    // What must stay.
    assert!(log_size(town.sandbox.root()) >= leaves + erased.len() as u64, "every leaf is still there, and one more for each");
    let said = town.run("2026-11-20T12:00:00+01:00", &["verify", "public"]);
    assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
    for record in &erased {
        let page = town.page(&record.route());
        assert!(
            ["This record was erased", "Den här posten har utplånats"].iter().any(|words| page.contains(words)),
            "{}: {page}",
            record.id
        );
    }
    assert_eq!(kept.iter().filter(|record| town.page(&record.route()).contains(&record.title)).count(), kept.len(), "all others stand");
    assert!(page.contains(&kept[0].title));
    let posts = posts_of(&town, &erased);
    assert_eq!(posts.iter().filter(|(_, deleted)| !deleted).collect::<Vec<_>>(), Vec::<&(String, bool)>::new(), "every post is deleted");
    assert_eq!(posts.len(), mentions.len());
    assert!(posts_of(&town, &kept).iter().any(|(_, deleted)| !deleted), "those of others are not");

    // The search would find it: each thing is planted once more, in the ways in which files write it.
    for (planted, what) in search.plants(&erased[0], &before) {
        let mut all = after.clone();
        all.push(("public/planted".into(), planted));
        assert!(search.over(&all).iter().any(|found| found.what == what), "{what} planted");
    }
}

/// The posts that say something of these records, and whether they were deleted.
fn posts_of(town: &Town, records: &[Record]) -> Vec<(String, bool)> {
    let posts = town.platforms.posts().into_iter();
    let of = posts.filter(|post| records.iter().any(|record| post.links.iter().any(|link| link.contains(&record.slug()))));
    of.map(|post| (format!("{} {}", post.network, post.text), post.deleted)).collect()
}

fn told(found: &[Found]) -> String {
    found
        .iter()
        .take(60)
        .map(|found| format!("{}: {} ({}) in {}", found.record, found.what, found.needle, found.path))
        .collect::<Vec<_>>()
        .join("\n")
}
