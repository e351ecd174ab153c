//! Witnesses and time stamps, through the program itself: asked after publishing, shown by the site, counted by `verify`;
//! and whatever they do instead of their duty blocks nothing and stays out of the site.

use super::checkers::Checkers;
use super::watchers::{Stamps, Town, Witness, key, openssl};
use crate::sandbox::files_below;
use crate::sandbox_site::copy_folder;
use promulgate::transparency::proof::TlogProof;
use std::path::Path;

fn signatures(note: &str) -> usize {
    note.split("\n\n").last().unwrap().lines().count()
}

/// The log of a site as the two checkers that are not ours want it, for the checkpoints from a size on.
pub fn for_checkers(public: &Path, vkey: &str, from: u64, to: &Path) {
    copy_folder(&public.join("log"), to);
    std::fs::write(to.join("vkey"), format!("{vkey}\n")).unwrap();
    for file in files_below(&to.join("checkpoints")) {
        let size = file.file_name().and_then(|name| name.to_str()?.parse::<u64>().ok());
        if size.is_none_or(|size| size < from) {
            std::fs::remove_file(file).unwrap();
        }
    }
    let mut proofs = String::new();
    for file in files_below(public).into_iter().filter(|file| file.ends_with("record.tlog-proof")) {
        let proof = TlogProof::parse(&std::fs::read(file).unwrap()).unwrap();
        let size: u64 = proof.checkpoint.lines().nth(1).unwrap().parse().unwrap();
        if size >= from {
            let hashes: String = proof.hashes.iter().map(|hash| format!(" {}", promulgate::transparency::hex(hash))).collect();
            proofs.push_str(&format!("inclusion {} {size}{hashes}\n", proof.index));
        }
    }
    assert!(!proofs.is_empty());
    std::fs::write(to.join("proofs"), proofs).unwrap();
}

#[test]
fn what_a_witness_signs_is_shown_by_the_site_and_counted() {
    let witness = Witness::start("witness.example/w", 7, &[&key(1)]);
    let town = Town::new(&format!("  witnesses:\n{}", witness.settings()));
    let said = town.published(1);
    assert!(said.stderr.contains("Signed by the log's witnesses: witness.example/w."), "{}", said.stderr);
    assert_eq!(witness.requests(), ["old 0 200"]);
    let (note, size) = (town.checkpoint(), town.size());
    assert_eq!((signatures(&note), town.0.read(&format!("public/log/checkpoints/{size}"))), (2, note.clone()), "{note}");
    let (holds, told) = town.verified(&[]);
    assert!(holds && told.contains(&format!("1 witness has signed the checkpoint of {size} entries: witness.example/w on 20")), "{told}");

    // Nobody is asked twice, and who builds without the key builds the same bytes.
    town.published(2);
    assert_eq!((witness.requests().len(), town.checkpoint()), (0, note.clone()));
    assert_eq!(town.run(&["build"]).code, 0);
    assert_eq!(town.checkpoint(), note);

    // The log goes on; so does the witness, from where it was.
    town.page("about", "We are a town by the sea.");
    town.published(3);
    assert_eq!(witness.requests(), [format!("old {size} 200")]);
    assert!(signatures(&town.checkpoint()) == 2 && town.size() > size);

    // A policy is held to, for the site and for one page of it, offline.
    let policy = |witnesses: &[&str], count: &str| {
        let lines: String = witnesses.iter().enumerate().map(|(at, vkey)| format!("witness w{at} {vkey}\n")).collect();
        let names: Vec<String> = (0..witnesses.len()).map(|at| format!("w{at}")).collect();
        let text = format!("log {}\n{lines}group all-of-us {count} {}\nquorum all-of-us\n", key(1).verifier(), names.join(" "));
        town.0.write("policy", text.as_bytes());
    };
    let page = ["verify", "public/pages/about/index.html", "--policy", "policy"];
    policy(&[&witness.vkey], "all");
    let (holds, told) = town.verified(&["--policy", "policy"]);
    assert!(holds && told.contains("That is as many as your policy asks for."), "{told}");
    let said = town.run(&page);
    assert!(said.code == 0 && said.stdout.contains("as many as your policy asks for"), "{}{}", said.stdout, said.stderr);
    let other = Witness::start("other.example/w", 8, &[]);
    policy(&[&witness.vkey, &other.vkey], "2");
    let (holds, told) = town.verified(&["--policy", "policy"]);
    assert!(
        !holds
            && told.contains("FALSE     log/checkpoint: 1 witness has signed")
            && told.contains("Your policy asks for others, or for more."),
        "{told}"
    );
    assert_eq!(town.run(&page).code, 1);
    policy(&[&other.vkey], "any");
    let (holds, told) = town.verified(&["--policy", "policy"]);
    assert!(!holds && told.contains("Your policy asks for others, or for more."), "{told}");
    town.0.write("policy", b"quorum\n");
    assert_eq!(town.run(&page).code, 2);

    // Two programs that are not ours read the cosigned checkpoints.
    let place = tempfile::tempdir().unwrap();
    for_checkers(&town.0.path("public"), &key(1).verifier().to_string(), 0, &place.path().join("log"));
    for verdict in Checkers::new(place.path()).judge(&[place.path().join("log")]).remove(0) {
        assert!(verdict.is_ok(), "{verdict:?}");
    }
}

#[test]
fn a_site_that_is_deployed_by_others_has_its_witnesses_asked_when_it_is_there() {
    let witness = Witness::start("witness.example/w", 7, &[&key(1)]);
    let town = Town::new(&format!("  witnesses:\n{}", witness.settings()));
    assert_eq!(town.run(&["build", "--sign", "--offline-log"]).code, 0);
    assert_eq!((witness.requests().len(), signatures(&town.checkpoint())), (0, 1), "what is not published is shown to nobody");
    let said = town.run(&["announce"]);
    assert!(said.code == 0 && said.stderr.contains("Signed by the log's witnesses"), "{}", said.stderr);
    assert_eq!(
        (witness.requests(), signatures(&town.checkpoint())),
        (vec!["old 0 200".to_owned()], 1),
        "the published folder is left alone"
    );
    assert!(town.verified(&[]).0);
    assert_eq!(town.run(&["build", "--sign", "--offline-log"]).code, 0);
    assert_eq!(signatures(&town.checkpoint()), 2);
    // A state that has gone on further than the site is not told of.
    town.page("more", "More.");
    let kept = tempfile::tempdir().unwrap();
    copy_folder(&town.0.path("public"), kept.path());
    assert_eq!(town.run(&["build", "--sign", "--offline-log"]).code, 0);
    assert_eq!(town.run(&["announce", "--out", kept.path().to_str().unwrap()]).code, 0);
    assert_eq!(witness.requests().len(), 0);
}

#[test]
fn a_witness_that_does_not_sign_blocks_nothing_and_is_asked_again() {
    let witness = Witness::start("witness.example/w", 7, &[&key(1)]);
    let town = Town::new(&format!("  witnesses:\n{}", witness.settings()));
    let cases = [
        ("ill", "has not signed"),
        ("lie", "without a signature that holds"),
        ("other", "without a signature that holds"),
        ("mute", "without a signature that holds"),
        ("page", "without a signature that holds"),
        ("maze", "another size each time"),
        ("huge", "larger than"),
    ];
    for (day, (mode, words)) in (1..).zip(cases) {
        witness.mode(mode);
        let said = town.published(day);
        assert!(said.stderr.contains("[log-unwitnessed]") && said.stderr.contains(words), "{mode}: {}", said.stderr);
        assert!(said.stderr.contains("missing since 2026-11-01T11:00:00Z"), "{mode}: {}", said.stderr);
        assert_eq!(signatures(&town.checkpoint()), 1, "{mode}");
        assert!(town.verified(&[]).0, "{mode}");
        assert!(witness.requests().len() <= 2, "{mode}: once more at most");
    }
    witness.mode("");
    witness.knows(&[]);
    assert!(town.published(10).stderr.contains("does not know this log"));
    let same_name = [&key(2)];
    witness.knows(&same_name);
    assert!(town.published(11).stderr.contains("does not accept the log's signature"));
    witness.knows(&[&key(1)]);
    let said = town.published(12);
    assert!(!said.stderr.contains("log-unwitnessed") && signatures(&town.checkpoint()) == 2, "{}", said.stderr);
    // A later silence is counted anew.
    witness.mode("ill");
    town.page("more", "More.");
    assert!(town.published(13).stderr.contains("missing since 2026-11-13T11:00:00Z"));
}

#[test]
fn a_witness_that_cannot_be_reached_blocks_nothing() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let vkey = Witness::start("witness.example/w", 7, &[]).vkey.clone();
    let town = Town::new(&format!("  witnesses: [{{key: \"{vkey}\", url: \"http://{gone}/w\"}}]\n  timestamps: http://{gone}/\n"));
    let said = town.published(1);
    assert!(said.stderr.contains("[log-unwitnessed]") && said.stderr.contains("[log-unstamped]"), "{}", said.stderr);
    assert!(town.verified(&[]).0);
    // The emergency stop holds for them, too.
    town.0.write("STOP", b"");
    assert!(town.publish(2).stderr.contains("STOP halts"));
}

#[test]
fn a_witness_that_is_elsewhere_says_where_and_is_told_from_there() {
    let witness = Witness::start("witness.example/w", 7, &[&key(1)]);
    let town = Town::new(&format!("  witnesses:\n{}", witness.settings()));
    town.published(1);
    let size = town.size();
    // The state has lost what the witness signed.
    for file in files_below(&town.0.path("ledger/log")).into_iter().filter(|file| file.extension().is_some_and(|end| end == "seen")) {
        std::fs::remove_file(file).unwrap();
    }
    town.page("more", "More.");
    witness.requests();
    town.published(2);
    assert_eq!(witness.requests(), ["old 0 409".to_owned(), format!("old {size} 200")]);
    assert_eq!(signatures(&town.checkpoint()), 2);
    // The page that nobody had signed is proven by the later checkpoint, which somebody has.
    let proof = town.0.read("public/pages/parks/record.tlog-proof");
    assert_eq!((proof.contains(&town.checkpoint()), signatures(&proof)), (true, 2), "{proof}");
    assert!(town.verified(&[]).0);
}

#[test]
fn another_history_raises_the_alarm_and_the_site_stays() {
    let witness = Witness::start("witness.example/w", 7, &[&key(1)]);
    let town = Town::new(&format!("  witnesses:\n{}", witness.settings()));
    town.published(1);
    let kept = tempfile::tempdir().unwrap();
    copy_folder(town.0.root(), kept.path());
    town.page("more", "More.");
    town.published(2);
    let one_more = town.size();

    // The state of the first day is put back, and something else is published from there: as long, longer, shorter.
    for (pages, words) in [(1, "does not lead here"), (3, "does not lead here"), (0, "has signed a checkpoint of")] {
        let other = Town::new("");
        copy_folder(kept.path(), other.0.root());
        for at in 0..pages {
            other.page(&format!("other-{at}"), "Another.");
        }
        if pages == 0 {
            files_below(&other.0.path("ledger/log"))
                .into_iter()
                .filter(|file| file.extension().is_some_and(|end| end == "seen"))
                .for_each(|file| std::fs::remove_file(file).unwrap());
        }
        witness.requests();
        let said = other.publish(3);
        assert!(said.code == 4 && said.stderr.contains("error[log-alarm]") && said.stderr.contains(words), "{pages}: {}", said.stderr);
        assert!(other.size() < one_more + 3 && signatures(&other.checkpoint()) == 1, "{pages}");
        assert!(other.verified(&[]).0, "the site stays published");
        // It is as loud the next time.
        assert_eq!(other.publish(4).code, 4, "{pages}");
    }
    witness.mode("alarm");
    town.page("again", "Again.");
    assert_eq!(town.publish(5).code, 4);
    witness.mode("ahead");
    assert_eq!(town.publish(6).code, 4);
}

#[test]
fn a_state_whose_signatures_of_witnesses_are_damaged_asks_for_them_again() {
    let (witness, stamps) = (Witness::start("witness.example/w", 7, &[&key(1)]), Stamps::start());
    let town = Town::new(&format!("  witnesses:\n{}  timestamps: {}\n", witness.settings(), stamps.url));
    town.published(1);
    let name = |end: &str| format!("ledger/log/000000000000.{end}");
    let (seen, stamp) = (std::fs::read(town.0.path(&name("seen"))).unwrap(), std::fs::read(town.0.path(&name("tsr"))).unwrap());
    for (at, file, whole) in [(40, "seen", &seen), (seen.len() - 20, "seen", &seen), (0, "tsr", &stamp), (60, "tsr", &stamp)] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        town.0.write(&name(file), &bytes);
        town.published(2);
        let (holds, told) = town.verified(&[]);
        assert!(holds && signatures(&town.checkpoint()) == 2, "{file} {at}: {told}");
    }
}

#[test]
fn a_checkpoint_is_stamped_and_openssl_agrees() {
    let stamps = Stamps::start();
    let town = Town::new(&format!("  timestamps: {}\n", stamps.url));
    let cases = [
        ("down", "it answers 503"),
        ("page", "it is no time stamp"),
        ("cut", "it is no time stamp"),
        ("other", "it stamps something else"),
        ("again", "it answers another request"),
        ("refuse", "the service has refused"),
    ];
    for (day, (mode, words)) in (1..).zip(cases) {
        stamps.mode(mode);
        let said = town.published(day);
        assert!(said.stderr.contains("[log-unstamped]") && said.stderr.contains(words), "{mode}: {}", said.stderr);
        assert!(said.stderr.contains("missing since 2026-11-01T11:00:00Z"), "{mode}");
        assert!(!town.0.path(&format!("public/log/checkpoints/{}.tsr", town.size())).exists(), "{mode}");
        assert!(town.verified(&[]).0, "{mode}");
    }
    stamps.mode("");
    let said = town.published(9);
    assert!(said.stderr.contains("The log's checkpoint was stamped on 20"), "{}", said.stderr);
    let checkpoint = town.0.path(&format!("public/log/checkpoints/{}", town.size()));
    let stamp = checkpoint.with_extension("tsr");
    assert!(stamps.verifies(&stamp, &checkpoint));
    let changed = town.0.path("changed");
    std::fs::write(&changed, town.checkpoint().replacen("norrvik", "nordvik", 1)).unwrap();
    assert!(!stamps.verifies(&stamp, &changed), "openssl refuses a changed checkpoint");
    let before = std::fs::read(&stamp).unwrap();
    town.published(10);
    assert_eq!(std::fs::read(&stamp).unwrap(), before, "what is stamped is stamped once");
    let (holds, told) = town.verified(&[]);
    assert!(holds && told.contains("The time stamp belongs to the checkpoint beside it."), "{told}");
    assert!(
        told.contains("unproven  The signature of the time stamp") && told.contains("openssl ts -verify -in log/checkpoints/"),
        "{told}"
    );

    // A stamp of something else, one that is none, one without its checkpoint.
    std::fs::write(&stamp, reply_of(&stamps, b"something else")).unwrap();
    let (holds, told) = town.verified(&[]);
    assert!(!holds && told.contains("one of something else than the checkpoint"), "{told}");
    std::fs::write(&stamp, &before[..before.len() / 2]).unwrap();
    let (holds, told) = town.verified(&[]);
    assert!(!holds && told.contains("The time stamp is not accepted"), "{told}");
    std::fs::write(&stamp, &before).unwrap();
    std::fs::write(checkpoint.with_file_name("1000.tsr"), &before).unwrap();
    let (holds, told) = town.verified(&[]);
    assert!(!holds && told.contains("The checkpoint is missing that the time stamp belongs to"), "{told}");
}

/// An answer of the service about other bytes.
fn reply_of(stamps: &Stamps, bytes: &[u8]) -> Vec<u8> {
    let at = stamps.folder.path();
    std::fs::write(at.join("data"), bytes).unwrap();
    assert!(openssl(at, &["ts", "-query", "-data", "data", "-sha256", "-out", "own.tsq"]).0);
    assert!(openssl(at, &["ts", "-reply", "-config", "ts.cnf", "-section", "town", "-queryfile", "own.tsq", "-out", "own.tsr"]).0);
    std::fs::read(at.join("own.tsr")).unwrap()
}

#[test]
fn a_witness_that_comes_after_the_stamp_leaves_the_stamp_in_force() {
    let (witness, stamps) = (Witness::start("witness.example/w", 7, &[&key(1)]), Stamps::start());
    let town = Town::new(&format!("  witnesses:\n{}  timestamps: {}\n", witness.settings(), stamps.url));
    witness.mode("ill");
    town.published(1);
    let checkpoint = town.0.path(&format!("public/log/checkpoints/{}", town.size()));
    let stamp = std::fs::read(checkpoint.with_extension("tsr")).unwrap();
    assert!(stamps.verifies(&checkpoint.with_extension("tsr"), &checkpoint));
    witness.mode("");
    town.published(2);
    assert_eq!((signatures(&town.checkpoint()), std::fs::read(checkpoint.with_extension("tsr")).unwrap()), (2, stamp));
    let (holds, told) = town.verified(&[]);
    let command = told
        .split('`')
        .find(|part| part.starts_with("head"))
        .unwrap()
        .replace("log/", "public/log/")
        .replace("CERTIFICATES.pem", stamps.folder.path().join("ca.pem").to_str().unwrap());
    assert!(holds && command.starts_with("head -n 5 "), "{told}");
    let run = std::process::Command::new("sh").arg("-c").arg(&command).current_dir(town.0.root()).output().unwrap();
    assert!(run.status.success(), "{command}: {}", String::from_utf8_lossy(&run.stderr));
    // Both at once: the stamp covers what the witness has signed, and the whole file is its data.
    town.page("more", "More.");
    town.published(3);
    let checkpoint = town.0.path(&format!("public/log/checkpoints/{}", town.size()));
    assert!(stamps.verifies(&checkpoint.with_extension("tsr"), &checkpoint) && signatures(&town.checkpoint()) == 2);
}

#[test]
fn a_witness_s_signature_that_was_changed_is_false_for_whoever_knows_the_witness() {
    let witness = Witness::start("witness.example/w", 7, &[&key(1)]);
    let town = Town::new(&format!("  witnesses:\n{}", witness.settings()));
    town.published(1);
    let honest = town.checkpoint();
    let line = honest.lines().last().unwrap().to_owned();
    let at = line.rfind(' ').unwrap() + 30;
    let turned = format!("{}{}{}", &line[..at], if &line[at..=at] == "A" { "B" } else { "A" }, &line[at + 1..]);
    for name in ["public/log/checkpoint".to_owned(), format!("public/log/checkpoints/{}", town.size())] {
        town.0.write(&name, honest.replace(&line, &turned).as_bytes());
        let (holds, told) = town.verified(&[]);
        assert!(!holds && told.contains("The signature of the witness witness.example/w does not belong to this checkpoint."), "{told}");
        town.0.write(&name, honest.as_bytes());
    }
    assert!(town.verified(&[]).0);
    // Who does not know the witness is told that there is one.
    let elsewhere = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_promulgate"))
        .args(["verify", town.0.path("public").to_str().unwrap(), "--key", &key(1).verifier().to_string()])
        .current_dir(elsewhere.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && told.contains("Further signatures on the newest checkpoint, by witness.example/w"), "{told}");
}

#[test]
fn an_address_that_is_not_safe_and_a_key_that_is_no_witness_s_are_refused() {
    let vkey = Witness::start("witness.example/w", 7, &[]).vkey.clone();
    for bad in ["http://witness.example/w", "https://user@witness.example/w", "http://10.0.0.1/"] {
        let town = Town::new(&format!("  witnesses: [{{key: \"{vkey}\", url: \"{bad}\"}}]\n"));
        let said = town.publish(1);
        assert!(said.code != 0 && said.stderr.contains("bad-settings"), "{bad}: {}", said.stderr);
    }
    for bad in ["witness.example/w", &vkey.replace("witness", "another"), &key(1).verifier().to_string()] {
        let town = Town::new(&format!("  witnesses: [{{key: \"{bad}\", url: \"https://witness.example/w\"}}]\n"));
        let said = town.publish(1);
        assert!(said.code == 1 && said.stderr.contains("not the verifier key of a witness"), "{bad}: {}", said.stderr);
    }
}
