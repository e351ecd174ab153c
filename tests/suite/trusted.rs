//! A relay behind `wss://` whose certificate is signed by an authority of the body's own: reached where the authority is named,
//! refused where it is not, by the whole program.

#![allow(clippy::unwrap_used)]

use crate::earnest::Town;
use crate::sandbox::{Said, Sandbox};
use crate::servers;
use promulgate::io::socket::{Reach, talk};
use promulgate::model::transport::Talk;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const NPUB: &str = "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";
const NSEC: &str = "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5";

fn command(town: &Sandbox, authorities: &Path, args: &[&str]) -> Command {
    let mut command = town.command(args);
    command.env("SSL_CERT_FILE", authorities).env_remove("SSL_CERT_DIR").env("NOSTR_KEY", NSEC);
    command
}

fn run(town: &Sandbox, authorities: &Path, args: &[&str]) -> Said {
    let output = command(town, authorities, args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said { code: output.status.code().unwrap(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}

/// Notes on the relay about a page, read without encryption and without the channel's code.
fn there(link: &str) -> usize {
    let mut first = Some(json!(["REQ", "test", {"kinds": [1], "limit": 500}]).to_string());
    let mut found = 0;
    let mut lines = |heard: Option<&str>| {
        let heard: Value = heard.map_or(Value::Null, |text| serde_json::from_str(text).unwrap());
        found += usize::from(heard[0] == "EVENT" && heard[2]["content"].as_str().unwrap().contains(link));
        if heard[0] == "EOSE" { Talk::Done } else { first.take().map_or(Talk::Listen, Talk::Say) }
    };
    talk(&servers::relay().url, &mut lines, Duration::from_secs(20), Reach::Loopback).unwrap();
    found
}

#[test]
fn a_relay_is_spoken_with_where_its_authority_is_trusted_and_nowhere_else() {
    let relay = servers::relay_behind_tls();
    let folder = Path::new(&relay.secret);
    let notes = |relay: &str| format!("platform: nostr, relays: ['{relay}'], account: {NPUB}, key: 'env:NOSTR_KEY'");
    let town = Town::new(&notes(&relay.url));
    let link = town.decide("bridge", "Bron öppnar", "Bron öppnar på tisdag.", "");

    // Another authority is trusted, not this one.
    town.sandbox.write("other/ext", b"");
    let script = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Other -keyout \"$0/k\" -out \"$0/ca.pem\"";
    let made = Command::new("sh").args(["-c", script]).arg(town.sandbox.path("other")).stderr(Stdio::null()).status();
    assert!(made.unwrap().success());
    let stranger = town.sandbox.path("other/ca.pem");
    // A publish that reaches nobody tries on for ten minutes; what it has written down tells enough.
    let mut publish = command(&town.sandbox, &stranger, &["publish", "--wait-live", "10s"]);
    let mut publish = publish.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    let ledger = loop {
        let ledger = std::fs::read_to_string(town.sandbox.path("ledger/decisions/2026/bridge.jsonl")).unwrap_or_default();
        if ledger.contains("\"reason\"") {
            break ledger;
        }
        assert!(begun.elapsed() < Duration::from_secs(60) && publish.try_wait().unwrap().is_none(), "{ledger}");
        std::thread::park_timeout(Duration::from_millis(50));
    };
    publish.kill().unwrap();
    publish.wait().unwrap();
    assert!(ledger.contains(&relay.url) && ledger.contains("does not trust") && ledger.contains("SSL_CERT_FILE"), "{ledger}");
    assert_eq!(there(&link), 0, "nothing was said to whoever answered there");
    let said = run(&town.sandbox, &stranger, &["doctor"]);
    assert!(said.code == 4 && said.stdout.contains("does not answer") && said.stdout.contains("SSL_CERT_FILE"), "{}", said.stdout);

    // The certificate is for `localhost` and for no other name of this machine.
    town.set(&notes(&relay.url.replace("localhost", "127.0.0.1")));
    let said = run(&town.sandbox, &folder.join("ca.pem"), &["doctor"]);
    assert!(said.code == 4 && said.stdout.contains("does not answer"), "{}", said.stdout);

    town.set(&notes(&relay.url));
    let said = run(&town.sandbox, &folder.join("ca.pem"), &["doctor"]);
    assert!(said.code == 0 && said.stdout.contains(&format!("{} answers.", relay.url)), "{}{}", said.stdout, said.stderr);
    for _ in 0..2 {
        let said = run(&town.sandbox, &folder.join("ca.pem"), &["publish", "--wait-live", "10s"]);
        assert_eq!(said.code, 0, "{}{}", said.stdout, said.stderr);
        assert_eq!(there(&link), 1, "published twice, there once");
    }
}
