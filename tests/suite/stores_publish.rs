//! The whole program on each state store: two publishers at once, one killed in the middle, and the next run.

#![allow(clippy::unwrap_used)]

use crate::sandbox::{Said, Sandbox};
use crate::stores_bench::{Bench, benches};
use promulgate::rehearsal::{Mishaps, ServedSite, StandIns, serve_site};
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RECORDS: usize = 6;

/// A town that has told nothing yet but knows that its archive is old, and then decides six things.
struct Town {
    bench: Bench,
    files: Sandbox,
    stand_ins: StandIns,
    _served: ServedSite,
}

impl Town {
    fn new(bench: Bench) -> Town {
        let files = Sandbox::new();
        let stand_ins = StandIns::start(&files.path("elsewhere"), None, Mishaps::none()).unwrap();
        let served = serve_site(&files.path("public"), None).unwrap();
        let settings = format!(
            "title: Norrvik\nurl: {}\nlanguages: [sv]\ncards: false\nannounce: {{quiet_seconds: 0}}\nchannels:\n  town: {{platform: mastodon, server: '{}', token: 'env:FEDIVERSE_TOKEN'}}\n{}",
            served.url(),
            stand_ins.url("mastodon"),
            bench.yaml()
        );
        files.write("promulgate.yaml", settings.as_bytes());
        let town = Town { bench, files, stand_ins, _served: served };
        let first = town.run(&["publish"]);
        assert!(first.code == 0 && first.stderr.contains("0 announcements sent"), "{}: {}", town.bench.name, first.stderr);
        for number in 1..=RECORDS {
            let text = format!(
                "---\ntitle: Beslut nummer {number}\nsummary: Kommunen bygger etapp {number}.\ndate: 2026-11-19T0{number}:00:00+01:00\ndecided: 2026-11-19\ndecision: Etapp {number} byggs.\n---\n\nText.\n"
            );
            town.files.write(&format!("content/decisions/2026/d{number}.md"), text.as_bytes());
        }
        let built = town.run(&["build"]);
        assert_eq!(built.code, 0, "{}", built.stderr);
        town
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.files.command(args);
        command.env("FEDIVERSE_TOKEN", "rehearsal-town");
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        said(self.command(args).output().unwrap())
    }

    /// What readers see: as many texts as posts, and every record among them.
    fn assert_told_once(&self) {
        let texts: Vec<String> = self.stand_ins.posts().into_iter().map(|post| post.text).collect();
        let different: BTreeSet<&String> = texts.iter().collect();
        assert_eq!((texts.len(), different.len()), (RECORDS, RECORDS), "{}: {texts:#?}", self.bench.name);
    }
}

fn said(output: std::process::Output) -> Said {
    use std::os::unix::process::ExitStatusExt;
    Said {
        code: output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or(0)),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn two_publishers_at_once_tell_everything_once() {
    for bench in benches() {
        let town = Town::new(bench);
        let start = || town.command(&["announce"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let both = [start(), start()];
        let both = both.map(|child| said(child.wait_with_output().unwrap()));
        for one in &both {
            let waits =
                one.code == 3 && (one.stderr.contains("another run is publishing") || one.stderr.contains("another run has written"));
            assert!(one.code == 0 || waits, "{}: exit {}: {}", town.bench.name, one.code, one.stderr);
        }
        assert!(both.iter().any(|one| one.code == 0), "{}: {both:?}", town.bench.name);
        town.assert_told_once();
        let third = town.run(&["announce"]);
        assert!(third.code == 0 && third.stderr.contains("0 announcements sent."), "{}: {}", town.bench.name, third.stderr);
        town.assert_told_once();
        let plan = town.run(&["plan"]);
        assert_eq!(plan.code, 0, "{}: {}", town.bench.name, plan.stderr);
        // Pages that readers see name their posts, wherever the ledger is.
        assert_eq!(town.run(&["build"]).code, 0);
        let post = town.stand_ins.posts()[0].id.clone();
        let pages: String = (1..=RECORDS).map(|number| town.files.read(&format!("public/decisions/2026/d{number}/index.html"))).collect();
        assert!(pages.contains(&format!("/@town/{post}")), "{}", town.bench.name);
        // A rehearsal works on a copy: there is nothing left to tell.
        let rehearsed = town.run(&["rehearse", "--once"]);
        assert!(rehearsed.code == 0 && rehearsed.stderr.contains("0 announcements sent."), "{}: {}", town.bench.name, rehearsed.stderr);
    }
}

#[test]
fn a_publisher_killed_in_the_middle_leaves_nothing_doubled_and_nothing_lost() {
    for bench in benches() {
        let town = Town::new(bench);
        for posts in [1, 3, 5] {
            let mut child = town.command(&["announce", "--recover-now"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            let begun = Instant::now();
            while town.stand_ins.posts().len() < posts && child.try_wait().unwrap().is_none() {
                assert!(begun.elapsed() < Duration::from_secs(60), "{}: no post within a minute", town.bench.name);
                std::thread::park_timeout(Duration::from_millis(1));
            }
            let _ = child.kill();
            let was_killed = child.wait().unwrap().code().is_none();
            if was_killed && town.bench.claims() {
                let kept_out = town.run(&["announce"]);
                assert!(
                    kept_out.code == 3 && kept_out.stderr.contains("another run is publishing"),
                    "{}: {}",
                    town.bench.name,
                    kept_out.stderr
                );
            }
        }
        let done = (0..4).any(|_| {
            let said = town.run(&["announce", "--recover-now"]);
            assert!(matches!(said.code, 0 | 3), "{}: exit {}: {}", town.bench.name, said.code, said.stderr);
            said.code == 0
        });
        assert!(done, "{}: four runs are enough", town.bench.name);
        town.assert_told_once();
    }
}
