//! `doctor`, `measure` and `report`, run as a person would against stand-ins on this machine.

#![allow(clippy::unwrap_used)]

use crate::sandbox::{Said, Sandbox};
use promulgate::rehearsal::{Mishaps, StandIns};
use serde_json::Value;

fn town(server: &str, more: &str) -> Sandbox {
    let town = Sandbox::new();
    let settings = format!(
        "title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv]\nsearch: off\ncards: false\nchecks: {{missing-accessibility-statement: off}}\nchannels:\n  fediverse: {{platform: mastodon, server: '{server}', token: 'env:NORRVIK_TOKEN'}}\n{more}"
    );
    town.write("promulgate.yaml", settings.as_bytes());
    town
}

fn run(town: &Sandbox, token: &str, args: &[&str]) -> Said {
    let output = town.command(args).env("NORRVIK_TOKEN", token).output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn stand_ins() -> (tempfile::TempDir, StandIns) {
    let folder = tempfile::tempdir().unwrap();
    let stand_ins = StandIns::start(folder.path(), None, Mishaps::none().without_limits()).unwrap();
    (folder, stand_ins)
}

#[test]
fn a_channel_that_is_ready_says_as_whom_and_nothing_is_posted() {
    let (_folder, stand_ins) = stand_ins();
    let town = town(&stand_ins.url("mastodon"), "");
    let said = run(&town, "rehearsal-norrvik", &["doctor"]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.stdout.starts_with("fediverse (mastodon): ready as ") && said.stdout.contains("norrvik"), "{}", said.stdout);
    assert!(said.stdout.contains("an unknown outcome is settled by looking it up"), "{}", said.stdout);
    let json: Value = serde_json::from_str(&run(&town, "rehearsal-norrvik", &["doctor", "--format", "json"]).stdout).unwrap();
    assert_eq!((&json["doctor"], &json["channels"][0]["state"]), (&1.into(), &"ready".into()));
    assert!(stand_ins.posts().is_empty());
}

#[test]
fn a_token_that_is_not_accepted_needs_a_person_and_is_never_shown() {
    let (_folder, stand_ins) = stand_ins();
    let town = town(&stand_ins.url("mastodon"), "");
    let said = run(&town, "a-token-of-another-town", &["doctor"]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.stdout.contains("account not accepted: 401"), "{}", said.stdout);
    assert!(!format!("{}{}", said.stdout, said.stderr).contains("a-token-of-another-town"));
}

#[test]
fn a_server_that_does_not_answer_is_the_environment_s_fault() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let town = town(&format!("http://{nobody}"), "");
    let said = run(&town, "rehearsal-norrvik", &["doctor"]);
    assert_eq!(said.code, 5, "{said:?}");
}

#[test]
fn the_days_of_a_token_and_the_terms_of_a_platform_are_told() {
    let (_folder, stand_ins) = stand_ins();
    let day = |days: i64| (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days)).strftime("%F").to_string();
    let linkedin = |expires: String| {
        let server = stand_ins.url("linkedin");
        format!(
            "  company: {{platform: linkedin, account: '2414183', server: '{server}', version: '202608', token: 'env:NORRVIK_TOKEN', expires: {expires}}}\n"
        )
    };
    let told =
        |expires: String| run(&town(&stand_ins.url("mastodon"), &linkedin(expires)), "rehearsal-company", &["doctor", "--only", "company"]);
    let fine = told(day(40));
    assert!(fine.code == 0 && fine.stdout.contains("  token     ends in "), "{fine:?}");
    assert!(fine.stdout.contains("  terms     "), "the approval that LinkedIn asks for is told: {}", fine.stdout);
    let soon = told(day(9));
    assert!(soon.stdout.contains("make a new one now"), "{soon:?}");
    assert_eq!(told(day(-2)).code, 4, "a token that has ended needs a person");
}

#[test]
fn a_channel_that_the_settings_do_not_have_is_wrong_use() {
    let said = run(&town("http://127.0.0.1:9", ""), "x", &["doctor", "--only", "birdsite"]);
    assert!(said.code == 2 && said.stderr.contains("there is no channel `birdsite`"), "{said:?}");
}

#[test]
fn counts_are_read_back_kept_and_shown() {
    let (_folder, stand_ins) = stand_ins();
    let town = town(&stand_ins.url("mastodon"), "");
    let empty = run(&town, "rehearsal-norrvik", &["report"]);
    assert!(empty.code == 0 && empty.stderr.contains("Nothing was measured yet"), "{empty:?}");
    // What was sent, as a run leaves it: the post itself on the stand-in, its line in the ledger.
    town.write("content/decisions/2026/bus.md", "---\ntitle: Nattbussar\nsummary: Bussen går.\ndate: 2026-11-20\ndecided: 2026-11-20\ndecision: Bussen går.\nappeal: false\n---\n\nText.\n".as_bytes());
    town.write("ledger/state.json", br#"{"v":1,"baselines":{"fediverse":"2026-11-01T00:00:00Z"},"files":{}}"#);
    assert_eq!(run(&town, "rehearsal-norrvik", &["build"]).code, 0);
    let site = promulgate::rehearsal::serve_site(&town.path("public"), None).unwrap();
    let settings = town.read("promulgate.yaml").replace("https://norrvik.example", &site.url());
    town.write("promulgate.yaml", settings.as_bytes());
    let published = run(&town, "rehearsal-norrvik", &["publish", "--wait-live", "20s"]);
    assert_eq!(published.code, 0, "{published:?}");
    let measured = run(&town, "rehearsal-norrvik", &["measure", "--days", "20000"]);
    assert!(measured.code == 0 && measured.stderr.contains("Counts of 1 posts were read."), "{measured:?}");
    run(&town, "rehearsal-norrvik", &["measure", "--days", "20000"]);
    let table = run(&town, "rehearsal-norrvik", &["report"]).stdout;
    assert!(table.contains("| decisions/2026/bus (sv) | fediverse | published |") && table.contains("likes"), "{table}");
    let csv = run(&town, "rehearsal-norrvik", &["report", "--format", "csv"]).stdout;
    let lines =
        csv.lines().filter(|line| line.starts_with("decisions/2026/bus,sv,fediverse,published,") && line.contains(",likes,0")).count();
    assert_eq!(lines, 2, "each reading is kept: {csv}");
    let json: Value = serde_json::from_str(&run(&town, "rehearsal-norrvik", &["report", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["posts"][0]["counts"].as_array().unwrap().len(), 2);
}

#[test]
fn the_file_stop_halts_publishing_and_names_its_reason() {
    let (_folder, stand_ins) = stand_ins();
    let town = town(&stand_ins.url("mastodon"), "");
    town.write("ledger/state.json", br#"{"v":1,"baselines":{"fediverse":"2026-11-01T00:00:00Z"},"files":{}}"#);
    town.write("content/decisions/2026/bus.md", "---\ntitle: Nattbussar\nsummary: Bussen går.\ndate: 2026-11-20\ndecided: 2026-11-20\ndecision: Bussen går.\nappeal: false\n---\n\nText.\n".as_bytes());
    town.write("STOP", "Kontot är kapat.\nRing 0910-00 00 00.\n".as_bytes());
    let plan = run(&town, "rehearsal-norrvik", &["plan"]);
    assert!(
        plan.stdout.contains("**Everything is stopped, nothing would be sent.**") && plan.stdout.contains("Kontot är kapat."),
        "{plan:?}"
    );
    let json: Value = serde_json::from_str(&run(&town, "rehearsal-norrvik", &["plan", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["stop"], "The file STOP is there: Kontot är kapat.");
    let said = run(&town, "rehearsal-norrvik", &["publish", "--wait-live", "1s"]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.stderr.contains("Kontot är kapat.") && stand_ins.posts().is_empty(), "{said:?}");
    assert!(town.path("public/decisions/2026/bus/index.html").exists(), "the site is built all the same");
}

#[test]
fn a_stop_is_named_by_the_plan_where_nothing_waits_too() {
    let (_folder, stand_ins) = stand_ins();
    let town = town(&stand_ins.url("mastodon"), "");
    let stop = |format: &str| run(&town, "rehearsal-norrvik", &["plan", "--format", format]).stdout;
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap()["stop"].clone();
    assert!(!stop("text").contains("stopped") && json(&stop("json")).is_null());
    town.write("STOP", "Kontot är kapat.\n".as_bytes());
    for format in ["text", "markdown"] {
        let plan = stop(format);
        assert!(plan.contains("**Everything is stopped, nothing would be sent.**") && plan.contains("Kontot är kapat."), "{plan}");
    }
    assert_eq!(json(&stop("json")), "The file STOP is there: Kontot är kapat.");
    std::fs::remove_file(town.path("STOP")).unwrap();
    let settings = town.read("promulgate.yaml");
    town.write("promulgate.yaml", format!("{settings}\nannounce: {{stop: Fel text på väg.}}\n").as_bytes());
    assert!(stop("text").contains("Fel text på väg."), "{}", stop("text"));
}
