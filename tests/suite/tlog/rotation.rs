//! The key of a log changes: announced by an entry, signed by both for a while, then by the new one; judged all the way by
//! `verify` with either key and by two programs that are not ours. What would change it in silence is refused.

use super::checkers::Checkers;
use super::watchers::{ORIGIN, Town, Witness, key};
use super::witness::for_checkers;
use promulgate::transparency::keys::{SigningKey, VerifierKey};

fn signers(town: &Town) -> Vec<bool> {
    let note = promulgate::transparency::note::Note::parse(town.checkpoint().as_bytes()).unwrap();
    [1, 2].map(|seed| note.verified(&[key(seed).verifier().clone()]).is_ok()).to_vec()
}

fn settings(town: &Town, keys: &[u8], secrets: &[&str], more: &str) {
    let keys: String = keys.iter().map(|seed| format!("    - \"{}\"\n", key(*seed).verifier())).collect();
    let secrets: String = secrets.iter().map(|secret| format!("    - env:{secret}\n")).collect();
    town.settings(&format!("  key:\n{keys}  secret:\n{secrets}{more}"));
}

/// What `verify` says of the site with these keys, by nobody's settings.
fn verified(town: &Town, seeds: &[u8]) -> (bool, String) {
    let folder = town.0.path("public");
    with_keys(&[folder.to_str().unwrap()], seeds)
}

fn with_keys(args: &[&str], seeds: &[u8]) -> (bool, String) {
    let elsewhere = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_promulgate"));
    command.arg("verify").args(args).current_dir(elsewhere.path());
    for seed in seeds {
        command.args(["--key", &key(*seed).verifier().to_string()]);
    }
    let output = command.output().unwrap();
    assert!(output.status.code().unwrap() < 2, "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_key_takes_over_from_another_and_every_day_can_be_checked_with_either() {
    let witness = Witness::start("witness.example/w", 7, &[&key(1)]);
    let more = format!("  witnesses:\n{}", witness.settings());
    let town = Town::new(&more);
    town.published(1);
    let (first, kept) = (town.size(), town.0.path("first-checkpoint"));
    std::fs::write(&kept, town.checkpoint()).unwrap();
    assert_eq!(signers(&town), [true, false]);

    // Both keys sign; the log announces the new one though nothing else has happened.
    settings(&town, &[2, 1], &["TOWN_LOG_KEY_2", "TOWN_LOG_KEY"], &more);
    town.published(2);
    assert_eq!((signers(&town), town.size()), (vec![true, true], first + 1));
    let entries = std::fs::read(town.0.path(&format!("public/log/tile/entries/000.p/{}", town.size()))).unwrap();
    let entries = String::from_utf8_lossy(&entries);
    assert!(entries.contains(r#""action":"key""#) && entries.contains(&promulgate::transparency::hex(&key(2).verifier().fingerprint())));
    assert_eq!(town.0.read("public/log/vkey"), format!("{}\n", key(2).verifier()));
    assert_eq!(town.0.read(&format!("public/log/keys/{}", key(2).verifier().id_text())), format!("{}\n", key(2).verifier()));
    for seeds in [&[1][..], &[2], &[1, 2], &[2, 1]] {
        let (holds, told) = verified(&town, seeds);
        assert!(holds, "{seeds:?}: {told}");
    }
    town.published(3);
    assert_eq!(town.size(), first + 1, "announced once");

    // The old page is proven by a checkpoint that both have signed: whichever key a reader has will do, offline.
    let page = town.0.path("public/pages/about/index.html");
    for seeds in [&[1][..], &[2]] {
        let (holds, told) = with_keys(&[page.to_str().unwrap()], seeds);
        assert!(holds, "{seeds:?}: {told}");
    }

    // Then the new one alone; a witness that has not been told does not accept that, which blocks nothing.
    settings(&town, &[2, 1], &["TOWN_LOG_KEY_2"], &more);
    town.page("more", "More.");
    let said = town.published(4);
    assert!(said.stderr.contains("does not accept the log's signature"), "{}", said.stderr);
    witness.knows(&[&key(1), &key(2)]);
    town.published(5);
    assert_eq!(signers(&town), [false, true]);
    for seeds in [&[1][..], &[2], &[1, 2], &[2, 1]] {
        let (holds, told) = verified(&town, seeds);
        assert!(holds, "{seeds:?}: {told}");
        let folder = town.0.path("public");
        let (holds, told) = with_keys(&[folder.to_str().unwrap(), "--since", kept.to_str().unwrap()], seeds);
        assert!(holds && told.contains("goes on from your earlier checkpoint"), "{seeds:?}: {told}");
    }
    assert!(town.verified(&[]).0, "with the settings of the site itself");
    assert!(!verified(&town, &[3]).0, "a key that the log never had");

    // Each checker has one key: the old one for the days until both signed, the new one from then on.
    let place = tempfile::tempdir().unwrap();
    let checkers = Checkers::new(place.path());
    let (old, new) = (place.path().join("old"), place.path().join("new"));
    for_checkers(&town.0.path("public"), &key(1).verifier().to_string(), 0, &old);
    std::fs::remove_file(old.join(format!("checkpoints/{}", town.size()))).unwrap();
    let inclusions = std::fs::read_to_string(old.join("proofs")).unwrap();
    let of_old: String = inclusions
        .lines()
        .filter(|line| line.split(' ').nth(2) == Some(&(first + 1).to_string()))
        .map(|line| format!("{line}\n"))
        .collect();
    std::fs::write(old.join("proofs"), of_old).unwrap();
    for_checkers(&town.0.path("public"), &key(2).verifier().to_string(), first + 1, &new);
    for verdicts in checkers.judge(&[old, new]) {
        assert!(verdicts.iter().all(Result::is_ok), "{verdicts:?}");
    }
}

#[test]
fn a_key_that_no_entry_has_announced_takes_over_nothing() {
    let town = Town::new("");
    town.published(1);
    let before = town.checkpoint();
    let refused = |keys: &[u8], secrets: &[&str], words: &str| {
        settings(&town, keys, secrets, "");
        town.page("more", "More.");
        let said = town.publish(2);
        assert!(said.code == 2 && said.stderr.contains(words), "{keys:?} {secrets:?}: {} {}", said.code, said.stderr);
        assert_eq!(town.checkpoint(), before);
    };
    refused(&[2, 1], &["TOWN_LOG_KEY_2"], "no entry of the log has announced this key");
    refused(&[2, 1], &["TOWN_LOG_KEY"], "stands first in `log.key` is today's");
    refused(&[2], &["TOWN_LOG_KEY_2"], "not signed by the key");
    refused(&[1], &["TOWN_LOG_KEY_2", "TOWN_LOG_KEY"], "signing key is not the one");

    // A state that was signed on by the new key alone, in the old one's place.
    settings(&town, &[2, 1], &["TOWN_LOG_KEY_2", "TOWN_LOG_KEY"], "");
    town.published(3);
    let step = "ledger/log/000000000002.json";
    let mut file: serde_json::Value = serde_json::from_str(&town.0.read(step)).unwrap();
    let text = file["checkpoint"].as_str().unwrap().split("\n\n").next().unwrap().to_owned() + "\n";
    file["checkpoint"] = promulgate::transparency::note::sign(&text, &key(2)).unwrap().into();
    town.0.write(step, file.to_string().as_bytes());
    let said = town.publish(4);
    assert!(said.code == 2 && said.stderr.contains("did not know this key when it signed"), "{}", said.stderr);

    // A key that is announced and then forgotten by the settings.
    let town = Town::new("");
    town.published(1);
    settings(&town, &[2, 1], &["TOWN_LOG_KEY_2", "TOWN_LOG_KEY"], "");
    town.published(2);
    settings(&town, &[1], &["TOWN_LOG_KEY"], "");
    let said = town.publish(3);
    assert!(said.code == 2 && said.stderr.contains("announces a key that the settings do not name"), "{}", said.stderr);
}

#[test]
fn a_log_that_begins_with_two_keys_announces_the_newer() {
    let town = Town::new("");
    settings(&town, &[2, 1], &["TOWN_LOG_KEY_2", "TOWN_LOG_KEY"], "");
    town.published(1);
    for seeds in [&[1][..], &[2]] {
        let (holds, told) = verified(&town, seeds);
        assert!(holds, "{seeds:?}: {told}");
    }
}

#[test]
fn keygen_makes_the_next_key_and_says_what_to_write() {
    let town = Town::new("");
    town.published(1);
    let said = town.run(&["keygen", "--rotate"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let new = SigningKey::parse(town.0.read("log-next.key").trim()).unwrap();
    let lines: Vec<&str> = said.stdout.lines().collect();
    assert_eq!(lines[..2], ["log:", "  key:"]);
    assert_eq!(VerifierKey::parse(lines[2].trim_start_matches("    - ")).as_ref(), Ok(new.verifier()));
    assert_eq!(
        lines[3..],
        [&format!("    - {}", key(1).verifier()), "  secret:", "    - env:PROMULGATE_LOG_KEY", "    - env:TOWN_LOG_KEY"]
    );
    assert_eq!((new.verifier().name(), said.stderr.contains("stays below `key:` for ever")), (ORIGIN, true));
    // What it prints is what the settings take.
    let body: Vec<&str> = said.stdout.lines().skip(1).collect();
    town.settings(&(body.join("\n") + "\n"));
    let publish = ["publish", "--offline-log", "--now", "2026-11-05T12:00:00+01:00"];
    let output = town
        .0
        .command(&publish)
        .env("TOWN_LOG_KEY", key(1).encode().expose())
        .env("PROMULGATE_LOG_KEY", new.encode().expose())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(town.verified(&[]).0);

    // Never over a key that is there, never without a log, never for another name.
    assert_eq!(town.run(&["keygen", "--rotate"]).code, 5);
    assert_eq!(town.run(&["keygen", "other.example/log", "--rotate"]).code, 2);
    assert_eq!(town.run(&["keygen"]).code, 2);
    std::fs::remove_file(town.0.path("promulgate.yaml")).unwrap();
    assert_eq!(town.run(&["keygen", "--rotate", "--out", "another.key"]).code, 2);
    assert!(!town.0.path("another.key").exists());
}

#[test]
fn after_a_lost_key_a_new_log_commits_to_the_last_state_of_the_old_one() {
    let town = Town::new("");
    town.published(1);
    let last = town.checkpoint();
    // As docs/log.md says it.
    std::fs::rename(town.0.path("ledger/log"), town.0.path("ledger-of-the-old-log")).unwrap();
    let mut state: serde_json::Value = serde_json::from_str(&town.0.read("ledger/state.json")).unwrap();
    assert!(state.as_object_mut().unwrap().remove("log").is_some());
    town.0.write("ledger/state.json", state.to_string().as_bytes());
    let new = SigningKey::from_seed("norrvik.example/log-2", [9; 32]).unwrap();
    town.settings(&format!("  key: \"{}\"\n  secret: env:NEW_LOG_KEY\n", new.verifier()));
    town.0.write("content/pages/last-checkpoint.txt", last.as_bytes());
    let notice = "---\ntitle: The log begins anew\nsummary: Its key was lost.\ndocuments: [{title: The last state, file: last-checkpoint.txt}]\n---\n\nThe key was lost.\n";
    town.0.write("content/pages/the-log.md", notice.as_bytes());
    let publish = ["publish", "--offline-log", "--now", "2026-11-02T12:00:00+01:00"];
    let output = town.0.command(&publish).env("NEW_LOG_KEY", new.encode().expose()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(town.checkpoint().starts_with("norrvik.example/log-2\n3\n"));
    let (holds, told) = town.verified(&[]);
    assert!(holds, "{told}");
    use sha2::Digest;
    let hash = promulgate::transparency::hex(&sha2::Sha256::digest(&last));
    assert!(town.0.read("public/pages/the-log/record.json").contains(&hash), "{}", town.0.read("public/pages/the-log/record.json"));
}
