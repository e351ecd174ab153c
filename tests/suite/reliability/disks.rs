//! A disk that is full at every level, one that may not be written to, and two builders at once: the old site stands byte
//! for byte, the lock is free afterwards, and the program says what to do.
//!
//! `PROMULGATE_LEVELS=N` tries N levels, `PROMULGATE_ROUNDS=N` lets two builders race N times.

use super::builds::{difference, program, small_site, tree, write};
use super::figures::{number, row};
use crate::sandbox::Sandbox;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A small file system of its own, until it is dropped.
struct Mounted {
    at: PathBuf,
}

impl Mounted {
    fn new(at: PathBuf, size: &str) -> Result<Mounted, String> {
        fs::create_dir_all(&at).unwrap();
        let output = Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(&at).output();
        match output {
            Ok(output) if output.status.success() => Ok(Mounted { at }),
            Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    fn remount(&self, how: &str) {
        assert!(Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&self.at).status().unwrap().success());
    }

    /// Bytes that are free.
    fn room(&self) -> u64 {
        let output = Command::new("stat").args(["-f", "-c", "%a %S"]).arg(&self.at).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.split_whitespace().map(|number| number.parse::<u64>().unwrap()).product()
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.at).status();
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn build(town: &Sandbox, out: &Path, before: &[&str]) -> Output {
    program(town.root(), before, &["build", "--out", out.to_str().unwrap()]).output().unwrap()
}

/// Whether nobody holds the lock of an output folder.
fn lock_is_free(out: &Path) -> bool {
    let name = format!(".{}.lock", out.file_name().unwrap().to_str().unwrap());
    Command::new("flock").arg("--nonblock").arg(out.with_file_name(name)).arg("true").status().unwrap().success()
}

/// A failure as it must be: the old site, the lock free, a code for pipelines and a sentence for people.
fn check_failure(output: &Output, out: &Path, old: &super::builds::Tree, advice: &str) {
    assert_eq!(output.status.code(), Some(5), "{}", said(output));
    let text = said(output);
    assert!(text.contains(advice) && text.contains("The site that was there before is untouched."), "{text}");
    let seen = tree(out);
    assert!(seen == *old, "{}", difference(&seen, old));
    assert!(lock_is_free(out));
}

#[test]
fn a_disk_that_fills_up_at_any_moment_leaves_the_old_site() {
    let levels = number("PROMULGATE_LEVELS", 6);
    let town = small_site();
    let disk = match Mounted::new(town.path("disk"), "24m") {
        Ok(disk) => disk,
        Err(reason) => {
            println!("no small file system can be mounted here ({reason}); a limit on the length of files takes its place");
            return limited(&town, levels);
        }
    };
    let out = disk.at.join("public");
    let emptied = || {
        let _ = fs::remove_dir_all(disk.at.join(".public.previous"));
    };
    // Back to the old site, and the new one about to be built.
    let begin = || {
        emptied();
        let _ = fs::remove_dir_all(&out);
        write(&town, 1, "#0f5257");
        (3..=4).for_each(|number| drop(fs::remove_file(town.path(&format!("content/decisions/2026/d{number}.md")))));
        let first = build(&town, &out, &[]);
        assert!(first.status.success(), "{}", said(&first));
        write(&town, 3, "#5b2a86");
    };
    begin();
    let (old, before) = (tree(&out), disk.room());
    assert!(build(&town, &out, &[]).status.success());
    let need = before - disk.room();
    begin();
    let (mut failed, mut passed) = (0, 0);
    for level in 0..levels {
        // From no room at all to a little more than the new site needs.
        emptied();
        let room = (need + need / 8) * level / (levels - 1).max(1);
        let filler = disk.at.join("filler");
        fs::write(&filler, vec![1; disk.room().saturating_sub(room) as usize]).unwrap();
        let output = build(&town, &out, &[]);
        fs::remove_file(&filler).unwrap();
        if output.status.success() {
            passed += 1;
            begin();
            assert!(tree(&out) == old);
        } else {
            failed += 1;
            assert!(said(&output).contains("No space left"), "level {level}: {}", said(&output));
            check_failure(&output, &out, &old, "Make room on the disk, then run again.");
        }
    }
    let clean = build(&town, &out, &[]);
    assert!(clean.status.success(), "with room again it is built: {}", said(&clean));
    let done = format!("{levels} levels between no room and {} KiB: {failed} builds failed, {passed} had room", (need + need / 8) / 1024);
    row("the disk is full at another level each time", &done, "the old site byte for byte, the lock free, exit code 5");
    assert!(failed >= levels / 2 && passed > 0, "{done}");
}

/// Where no file system can be mounted: the kernel ends the process that writes a longer file.
fn limited(town: &Sandbox, levels: u64) {
    let out = town.path("public");
    assert!(build(town, &out, &[]).status.success());
    let old = tree(&out);
    write(town, 3, "#5b2a86");
    for level in 0..levels {
        let limit = format!("--fsize={}", level * 200);
        let output = build(town, &out, &["prlimit", &limit, "--"]);
        assert!(!output.status.success(), "{}", said(&output));
        assert!(tree(&out) == old && lock_is_free(&out));
    }
    assert!(build(town, &out, &[]).status.success());
}

#[test]
fn an_output_that_may_not_be_written_to_is_left_alone() {
    let town = small_site();
    let disk = match Mounted::new(town.path("disk"), "24m") {
        Ok(disk) => disk,
        Err(reason) => {
            println!("not tried: no file system can be mounted read-only here: {reason}");
            return;
        }
    };
    let out = disk.at.join("public");
    assert!(build(&town, &out, &[]).status.success());
    let old = tree(&out);
    write(&town, 2, "#5b2a86");
    disk.remount("ro");
    check_failure(&build(&town, &out, &[]), &out, &old, "Let this user write");
    disk.remount("rw");
    // Another user, who may read everything and write nothing there.
    let other = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"];
    let binary = town.path("promulgate");
    fs::copy(std::env::var("PROMULGATE_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_promulgate").into()), &binary).unwrap();
    assert!(Command::new("chmod").args(["-R", "a+rX"]).arg(town.root()).status().unwrap().success());
    let mut command = Command::new(other[0]);
    command.args(&other[1..]).arg(&binary).args(["--root", ".", "--now", crate::sandbox::NOW, "build", "--out"]).arg(&out);
    let output = command.current_dir(town.root()).stdin(Stdio::null()).output().unwrap();
    check_failure(&output, &out, &old, "Let this user write");
    assert!(build(&town, &out, &[]).status.success());
}

#[test]
fn of_two_builders_at_once_one_builds_and_the_other_builds_after_it_or_says_so() {
    let rounds = number("PROMULGATE_ROUNDS", 3);
    let town = small_site();
    let out = town.path("public");
    let (mut built, mut told) = (0, 0);
    for round in 0..rounds {
        write(&town, 2, if round % 2 == 0 { "#5b2a86" } else { "#0f5257" });
        let start = || {
            let mut command = program(town.root(), &[], &["build"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let both = [start(), start()].map(|child| child.wait_with_output().unwrap());
        let codes = both.each_ref().map(|output| output.status.code());
        assert!(codes.contains(&Some(0)), "{}{}", said(&both[0]), said(&both[1]));
        for output in both.iter().filter(|output| output.status.code() != Some(0)) {
            assert_eq!(output.status.code(), Some(5), "{}", said(output));
            assert!(said(output).contains("another build is writing") && said(output).contains("wait for it to end"), "{}", said(output));
            told += 1;
        }
        built += codes.iter().filter(|code| **code == Some(0)).count();
        assert!(lock_is_free(&out));
        let seen = tree(&out);
        assert!(build(&town, &out, &[]).status.success());
        assert!(seen == tree(&out), "round {round}: {}", difference(&seen, &tree(&out)));
    }
    let done = format!("{rounds} rounds: {built} builds ended, {told} were told to wait");
    row("two builders of one output at once", &done, "the site whole after every round, the lock free");
}

#[test]
fn the_output_of_another_site_is_not_replaced() {
    let (ours, theirs) = (small_site(), Sandbox::new());
    let out = theirs.path("public");
    theirs.write(
        "promulgate.yaml",
        b"title: Annan\nurl: https://annan.example\nlanguages: [sv]\ncards: false\nsearch: 'off'\ntime_zone: Europe/Stockholm\n",
    );
    theirs.write(
        "content/decisions/2026/theirs.md",
        b"---\ntitle: Deras\nsummary: Deras.\ndate: 2026-11-01\ndecided: 2026-11-01\ndecision: Deras.\n---\n\nText.\n",
    );
    let first = build(&theirs, &out, &[]);
    assert!(out.is_dir(), "{}", said(&first));
    let old = tree(&out);
    let output = build(&ours, &out, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("lost-url"), "{}", said(&output));
    assert!(tree(&out) == old);
}
