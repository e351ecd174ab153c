//! A pipeline that runs for a change that is only proposed cannot publish or tell, whatever secrets it was given.

use crate::sandbox::{Said, Sandbox};
use promulgate::rehearsal::{Mishaps, StandIns, serve_site};
use std::io::ErrorKind;
use std::net::TcpListener;

const FERRY: &str = "---\ntitle: The ferry sails on Sundays\nsummary: It sails from 3 May.\ndate: 2026-04-26T09:00:00+02:00\ndecided: 2026-04-26\ndecision: The ferry sails on Sundays.\n---\n\nText.\n";

fn run(town: &Sandbox, args: &[&str], set: &[(&str, &str)]) -> Said {
    let mut command = town.command(&[args, &["--now", "2026-04-26T10:00:00+02:00"]].concat());
    command.env("FEDIVERSE_TOKEN", "rehearsal-town").envs(set.iter().copied());
    let output = command.output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Gives a town one decision to tell; its site and its server are at the given addresses.
fn settle(town: &Sandbox, site: &str, server: &str) {
    assert_eq!(town.run(&["init", "."]).code, 0);
    let settings = town.read("promulgate.yaml").replace("https://social.smakoping.example", server);
    town.write("promulgate.yaml", settings.replacen("url: https://smakoping.example", &format!("url: {site}"), 1).as_bytes());
    town.write("content/decisions/2026/ferry.md", FERRY.as_bytes());
    town.write("ledger/state.json", br#"{"v":1,"baselines":{"fediverse":"2026-04-01T00:00:00Z"},"files":{}}"#);
}

/// What hosts say, and the file of the event where it counts.
const PROPOSED: &[&[(&str, &str)]] = &[
    &[("GITHUB_EVENT_NAME", "pull_request")],
    &[("GITHUB_EVENT_NAME", "pull_request_target")],
    &[("GITHUB_EVENT_NAME", "workflow_run"), ("GITHUB_EVENT_PATH", "event.json")],
    &[("FORGEJO_EVENT_NAME", "pull_request")],
    &[("CI_PIPELINE_SOURCE", "merge_request_event")],
    &[("CI_PIPELINE_EVENT", "pull_request")],
    &[("BITBUCKET_PR_ID", "7")],
];

#[test]
fn a_proposed_change_is_neither_published_nor_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let town = Sandbox::new();
    settle(&town, &address, &address);
    town.write("event.json", br#"{"workflow_run":{"event":"pull_request"}}"#);
    let ledger = town.read("ledger/state.json");
    for set in PROPOSED {
        for command in ["publish", "announce"] {
            let said = run(&town, &[command, "--wait-live", "1s"], set);
            assert_eq!(said.code, 2, "{set:?}: {}", said.stderr);
            assert!(said.stderr.contains("only proposed") && said.stderr.contains(set[0].0), "{}", said.stderr);
            let met = listener.accept();
            assert!(met.as_ref().is_err_and(|error| error.kind() == ErrorKind::WouldBlock), "{set:?} {command}: a request left: {met:?}");
            assert!(!town.path("public").exists() && town.read("ledger/state.json") == ledger, "{set:?} {command} wrote something");
        }
    }
    // What is of use to whoever proposes the change goes on.
    let said = run(&town, &["build"], PROPOSED[0]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    assert_eq!(run(&town, &["plan"], PROPOSED[0]).code, 0);
}

/// The same town tells its news from the main branch: what kept it from it above was the pull request alone.
#[test]
fn the_same_change_on_the_main_branch_is_told() {
    let town = Sandbox::new();
    let elsewhere = Sandbox::new();
    let stand_ins = StandIns::start(&elsewhere.path("stand-ins"), None, Mishaps::none()).unwrap();
    let served = serve_site(&town.path("public"), None).unwrap();
    settle(&town, &served.url(), &stand_ins.url("mastodon"));
    let said = run(&town, &["publish", "--wait-live", "5s", "--only", "fediverse"], &[("GITHUB_EVENT_NAME", "push")]);
    let told = stand_ins.posts().iter().any(|post| post.text.contains("The ferry sails on Sundays"));
    assert!(said.code == 0 && told, "exit {}: {}", said.code, said.stderr);
}
