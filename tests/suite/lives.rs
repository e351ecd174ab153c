//! A full life of one record on every platform, as its console and the network see it: published, updated, corrected,
//! withdrawn. `tests/channels/NAME/channel.yaml` is the channel, `tests/channels/NAME/life.md` what is said and sent.
//!
//! `PROMULGATE_BLESS=1` writes the pages anew.

#![allow(clippy::unwrap_used)]

use crate::sandbox::Sandbox;
use promulgate::channels::PLATFORMS;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

/// The days of the record's life, and what happens on each.
const LIFE: [(&str, &str); 4] = [
    ("2026-11-16T10:00:00+01:00", "published"),
    ("2026-11-17T10:00:00+01:00", "updated"),
    ("2026-11-18T10:00:00+01:00", "corrected"),
    ("2026-11-19T10:00:00+01:00", "withdrawn"),
];

fn town(channel: &str) -> Sandbox {
    let town = Sandbox::new();
    let settings = format!(
        "title: Norrviks kommun\nurl: https://norrvik.example\nlanguages: [sv]\ntime_zone: Europe/Stockholm\nsearch: off\ncards: {{sizes: [square]}}\nchecks: {{missing-accessibility-statement: off}}\nannounce: {{quiet_seconds: 0}}\nchannels:\n{channel}"
    );
    town.write("promulgate.yaml", settings.as_bytes());
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/services/library-soderby.jpg");
    town.write("content/decisions/2026/night-buses.jpg", &std::fs::read(picture).unwrap());
    town
}

/// The files as they are on a day.
fn write(town: &Sandbox, day: usize) {
    let mut front = String::from(
        "title: Nattbussar hela veckan\nsummary: Från den 1 december går nattbussen varje natt mellan Söderby och hamnen. Biljetten kostar 25 kronor.\ndate: 2026-11-16\ndecided: 2026-11-16\ndecision: Nattbussen går varje natt.\nappeal: false\nannounce: {image: {file: night-buses.jpg, alt: Biblioteket i Söderby i kvällsljus}}\n",
    );
    if day >= 1 {
        front.push_str("revisions: [{date: 2026-11-17, note: Bussen går också till sjukhuset., material: true}]\n");
    }
    if day >= 3 {
        front.push_str("withdrawn: {date: 2026-11-19, reason: Beslutet upphävdes av förvaltningsrätten.}\n");
    }
    town.write("content/decisions/2026/night-buses.md", format!("---\n{front}---\n\nText.\n").as_bytes());
    if day >= 2 {
        let correction = "---\ntitle: Fel pris på nattbussen\nsummary: Biljetten kostar 35 kronor.\ndate: 2026-11-18\ncorrects: decisions/2026/night-buses\ntype: substantive\nannounce: false\nwas: Biljetten kostar 25 kronor.\nnow: Biljetten kostar 35 kronor.\n---\n\nText.\n";
        town.write("content/corrections/2026/night-bus-fare.md", correction.as_bytes());
    }
}

/// What differs from run to run, taken out: ports, keys of this day's clock, bytes of pictures.
fn calm(text: &str) -> String {
    let today = jiff::Timestamp::now();
    let days = [-24, 0, 24].map(|hours| (today + jiff::SignedDuration::from_hours(hours)).strftime("%F").to_string());
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("127.0.0.1:") {
        out.push_str(&rest[..at]);
        out.push_str("127.0.0.1:PORT");
        rest = rest[at + 10..].trim_start_matches(|c: char| c.is_ascii_digit());
    }
    out.push_str(rest);
    // A network's ids may hold the second: ten digits that begin as the present does.
    let second = today.as_second().to_string();
    while let Some(at) = out.find(&second[..5]) {
        let digits = out[at..].chars().take_while(char::is_ascii_digit).count();
        out.replace_range(at..at + digits.max(1), if digits >= 10 { "SECOND" } else { "" });
    }
    for day in days {
        while let Some(at) = out.find(&format!("{day}T")) {
            let end = out[at..].find(|c: char| !(c.is_ascii_alphanumeric() || "-:.+".contains(c))).map_or(out.len(), |end| at + end);
            out.replace_range(at..end, "NOW");
        }
    }
    out
}

/// The exchanges with the stand-in since the last look.
fn exchanges(town: &Sandbox, from: usize) -> (String, usize) {
    let path = town.path("stage/stand-ins/transcript.jsonl");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut out = String::new();
    for line in &lines[from..] {
        let words = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let _ = writeln!(out, "{} {} → {}", words("method"), words("path"), line["status"]);
        let body = &line["body"];
        if !body.as_str().is_some_and(str::is_empty) && !body.is_null() {
            let _ = writeln!(out, "    {}", body.as_str().map_or_else(|| body.to_string(), str::to_owned));
        }
    }
    (out, lines.len())
}

fn life(platform: &str, channel: &str) -> String {
    let town = town(channel);
    let mut page = format!("# The life of a record on `{platform}`\n\n```yaml\nchannels:\n{channel}```\n");
    let mut seen = 0;
    for (day, (now, what)) in LIFE.iter().enumerate() {
        write(&town, day);
        let said = town.run(&["rehearse", "--once", "--stage", "stage", "--now", now]);
        let (sent, count) = exchanges(&town, seen);
        seen = count;
        let console: String = said.stderr.lines().filter(|line| !line.contains(" files, ")).map(|line| format!("{line}\n")).collect();
        let _ = write!(
            page,
            "\n## {}\n\n```console\n$ promulgate rehearse --once --now {now}\n{}? {}\n```\n",
            capital(what),
            calm(&console),
            said.code
        );
        if !sent.is_empty() {
            let _ = write!(page, "\n```text\n{}```\n", calm(&sent));
        }
    }
    let again = town.run(&["rehearse", "--once", "--stage", "stage", "--now", LIFE[3].0]);
    assert_eq!(exchanges(&town, seen).0, "", "{platform}: what is told is told once: {}", again.stderr);
    page
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[test]
fn every_platform_has_a_page_of_a_full_life_and_it_is_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/channels");
    let mut wrong = Vec::new();
    for platform in PLATFORMS.iter().filter(|platform| platform.name != "plugin") {
        let place = folder.join(platform.name);
        let Ok(channel) = std::fs::read_to_string(place.join("channel.yaml")) else {
            wrong.push(format!("tests/channels/{}/channel.yaml is missing", platform.name));
            continue;
        };
        // The town has one language and one kind of news.
        let own = |line: &&str| !["languages:", "kinds:", "#"].iter().any(|start| line.trim_start().starts_with(start));
        let (name, inner) = match channel.starts_with("platform:") {
            true => (format!("  {}:\n", platform.name), "    "),
            false => (String::new(), "  "),
        };
        let channel: String = std::iter::once(name).chain(channel.lines().filter(own).map(|line| format!("{inner}{line}\n"))).collect();
        let page = life(platform.name, &channel);
        if std::env::var_os("PROMULGATE_BLESS").is_some() {
            std::fs::write(place.join("life.md"), &page).unwrap();
        }
        let kept = std::fs::read_to_string(place.join("life.md")).unwrap_or_default();
        if kept != page {
            let different = kept.lines().zip(page.lines()).find(|(a, b)| a != b);
            wrong.push(format!("tests/channels/{}/life.md is not what happens: {different:?}", platform.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
