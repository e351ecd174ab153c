//! The whole program killed at random instants: nothing is doubled, nothing is lost.
//!
//! `PROMULGATE_SEED=N` replays a run; `PROMULGATE_KILLS=N` makes it longer or shorter than 200 kills.

use crate::sandbox::{NOW, Sandbox};
use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A small generator (xorshift64*, Vigna 2014), so that a seed gives the same instants everywhere.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) % limit
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// A town with a few records of every event, told on two networks in two languages.
fn town() -> Sandbox {
    let town = Sandbox::new();
    town.write(
        "promulgate.yaml",
        b"title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv, en]\ncards: false\ntime_zone: Europe/Stockholm\nchannels:\n  fediverse: {platform: mastodon, server: 'https://social.norrvik.example', token: 'env:A', languages: [sv, en], correct_by: edit}\n  bluesky: {platform: bluesky, server: 'https://bsky.norrvik.example', handle: norrvik.example, password: 'env:B', languages: [sv, en], correct_by: replace}\n",
    );
    for number in 1..=6 {
        let revised = if number == 3 { "revisions: [{date: 2026-11-12, note: Beloppet var fel., material: true}]\n" } else { "" };
        let text = format!(
            "---\ntitle: Beslut nummer {number}\nsummary: Kommunen bygger etapp {number}.\ndate: 2026-11-0{number}\ndecided: 2026-11-0{number}\ndecision: Etapp {number} byggs.\n{revised}---\n\nText.\n"
        );
        town.write(&format!("content/decisions/2026/d{number}.md"), text.as_bytes());
        let more = if number == 3 { "revisions: [{note: The amount was wrong.}]\n" } else { "" };
        let english = format!(
            "---\ntitle: Decision number {number}\nsummary: The municipality builds stage {number}.\ndecision: Stage {number} is built.\n{more}---\n\nText.\n"
        );
        town.write(&format!("content/decisions/2026/d{number}.en.md"), english.as_bytes());
    }
    town.write(
        "content/alerts/2026/storm.md",
        "---\ntitle: Storm i kväll\nsummary: Stanna inne.\ndate: 2026-11-10T12:00:00+01:00\nevent: Storm\ncategory: Met\nseverity: Severe\nurgency: Expected\ncertainty: Likely\nareas: [{name: Norrvik}]\neffective: 2026-11-10T12:00:00+01:00\ninstruction: Stanna inne.\ntimeline:\n  - {at: 2026-11-10T12:00:00+01:00, text: Storm väntas.}\n  - {at: 2026-11-10T18:00:00+01:00, text: Stormen är här.}\n---\n\nText.\n".as_bytes(),
    );
    town
}

/// Every change that the stand-ins have accepted, as the wall's own memory tells: live posts by text and network.
fn wall(town: &Sandbox) -> Vec<(String, String)> {
    use promulgate::rehearsal::{Mishaps, StandIns};
    let stand_ins = StandIns::start(&town.path("stage/stand-ins"), None, Mishaps::none()).unwrap();
    let posts = serde_json::to_value(stand_ins.posts()).unwrap();
    let posts = posts.as_array().unwrap().iter().filter(|post| !post["deleted"].as_bool().unwrap_or(false));
    let mut seen: Vec<(String, String)> =
        posts.map(|post| (post["network"].as_str().unwrap_or_default().to_owned(), post["text"].as_str().unwrap().to_owned())).collect();
    seen.sort();
    seen
}

fn rehearse(town: &Sandbox) -> std::process::Command {
    let mut command = town.command(&["rehearse", "--once", "--stage", "stage", "--log-level", "error", "--now", NOW]);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn finished(town: &Sandbox) -> Vec<(String, String)> {
    for _ in 0..4 {
        let output = rehearse(town).output().unwrap();
        if output.status.code() == Some(0) {
            return wall(town);
        }
        assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    }
    panic!("four runs without a kill are enough to finish");
}

#[test]
fn killed_at_random_instants_and_run_again_nothing_is_doubled_and_nothing_is_lost() {
    let (seed, kills) = (number("PROMULGATE_SEED", 20_261_120), number("PROMULGATE_KILLS", 200));
    println!("seed {seed}, {kills} kills");
    let mut random = Seeded(seed | 1);
    let whole = town();
    let start = Instant::now();
    let expected = finished(&whole);
    let span = start.elapsed().as_micros() as u64;
    assert!(expected.len() >= 26, "12 decisions' editions and an alert with its update on two networks: {expected:#?}");
    let mut killed = 0;
    let mut round = 0;
    while killed < kills {
        round += 1;
        let site = town();
        // Several kills a round, the later ones at what the earlier left behind.
        for _ in 0..5 {
            let mut child = rehearse(&site).spawn().unwrap();
            std::thread::sleep(Duration::from_micros(random.below(span.max(1_000))));
            // A child that has ended already was not killed; that is no fault, but does not count.
            let ended = child.try_wait().unwrap().is_some();
            let _ = child.kill();
            let _ = child.wait();
            killed += u64::from(!ended);
        }
        let seen = finished(&site);
        let mut counts: BTreeMap<&(String, String), i64> = BTreeMap::new();
        expected.iter().for_each(|post| *counts.entry(post).or_default() -= 1);
        seen.iter().for_each(|post| *counts.entry(post).or_default() += 1);
        let wrong: Vec<_> = counts.into_iter().filter(|(_, count)| *count != 0).collect();
        assert!(wrong.is_empty(), "seed {seed}, round {round}: lost (below 0) or doubled (above 0): {wrong:#?}");
        let output = rehearse(&site).output().unwrap();
        assert_eq!((output.status.code(), wall(&site).len()), (Some(0), expected.len()), "run again, nothing is sent");
    }
    println!("{killed} kills in {round} rounds");
}

#[test]
fn networks_that_go_wrong_are_told_everything_once_in_the_end() {
    let expected = finished(&town());
    let mut mishaps = 0;
    for seed in 1..=5u64 {
        let site = town();
        let done = (0..40u64).any(|run| {
            let seed = (seed * 100 + run).to_string();
            let args = ["rehearse", "--once", "--stage", "stage", "--mishaps", &seed];
            let said = site.run(&args);
            assert!(matches!(said.code, 0 | 3 | 4), "seed {seed}: exit {}: {}", said.code, said.stderr);
            mishaps += usize::from(said.stderr.contains(" × "));
            said.code == 0
        });
        assert!(done, "seed {seed}: forty runs are enough");
        assert_eq!(wall(&site), expected, "seed {seed}: lost answers, errors and limits neither double nor lose a post");
    }
    assert!(mishaps > 0, "something went wrong at least once");
}
