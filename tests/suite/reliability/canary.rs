//! Secrets under fire: runs in which platforms repeat what they were sent, system calls fail, the process is killed and
//! backtraces are on. Afterwards every byte that the program wrote, said or sent elsewhere is searched for its secrets.
//!
//! `PROMULGATE_CANARIES=N` makes N runs.

use super::figures::{Seeded, at_once, number, row, seed};
use super::needles::forms;
use super::town::{ALL, STORES, Shape, Town};
use promulgate::rehearsal::{Mishap, Mishaps};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What a platform may do wrong here: everything.
fn mishaps(seed: u64) -> Mishaps {
    let mix = [
        (60, Mishap::AcceptThenFail),
        (60, Mishap::AcceptThenCut),
        (40, Mishap::FailFirst),
        (30, Mishap::Expired),
        (30, Mishap::Unauthorised),
        (10, Mishap::TooMany),
        (20, Mishap::ForgetKeys),
    ];
    Mishaps::mixed(seed, mix)
}

/// A platform that repeats the secret it was sent, in some encoding, in an answer of some status.
fn parrot(listener: &TcpListener, secret: &str, random: &mut Seeded, done: &AtomicBool) {
    listener.set_nonblocking(true).unwrap();
    while !done.load(Ordering::Relaxed) {
        match listener.accept() {
            Ok((stream, _)) => repeat(stream, secret, random),
            Err(_) => std::thread::sleep(Duration::from_millis(3)),
        }
    }
}

fn repeat(mut stream: TcpStream, secret: &str, random: &mut Seeded) {
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(30))).unwrap();
    let mut buffer = [0; 4096];
    while matches!(stream.read(&mut buffer), Ok(1..)) {}
    let forms = forms(secret);
    let form = &forms[random.below(forms.len() as u64) as usize];
    let status = [400, 401, 403, 404, 418, 422, 429, 500, 503, 200][random.below(10) as usize];
    let body = match random.below(3) {
        0 => serde_json::json!({"error": format!("no such token: {form}"), "message": form}).to_string(),
        1 => serde_json::json!({"error": "InvalidToken", "message": format!("{form}, {form}"), "error_description": form, "id": form, "accessJwt": form}).to_string(),
        _ => format!("<html><body>{form}</body></html>"),
    };
    let answer = format!(
        "HTTP/1.1 {status} No\r\ncontent-type: application/json\r\nx-echo: {form}\r\nlocation: /{form}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let _ = stream.write_all(answer.as_bytes());
    let _ = stream.shutdown(Shutdown::Both);
}

/// One run under fire; gives what it leaked, and how it ended.
fn run(number: u64) -> (Vec<String>, &'static str) {
    let mut random = Seeded(number);
    let shape = Shape { records: 2, accounts: ALL, mishaps: mishaps(number), store: &STORES[0], number, begun: None };
    let town = Town::new(shape);
    let account = ["sky", "fedi", "nokeys", "hook"][random.below(4) as usize];
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let hostile = format!("http://{}", listener.local_addr().unwrap());
    let kind = ["parrot", "mishaps", "system call", "killed"][random.below(4) as usize];
    if kind == "parrot" || random.below(3) == 0 {
        town.settings(&[(account, &hostile)]);
    }
    let call = ["openat", "write", "fdatasync", "connect", "sendto", "recvfrom", "close"][random.below(7) as usize];
    let fault = ["error=EIO", "error=ENOSPC", "error=EACCES"][random.below(3) as usize];
    let inject = format!("inject={call}:{fault}:when={}", 1 + random.below(120));
    let trace = format!("trace={call}");
    let before = if kind == "system call" {
        vec!["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", &trace, "-e", &inject, "--"]
    } else {
        Vec::new()
    };
    let limit = Duration::from_millis(if kind == "killed" { random.below(900) } else { 6_000 });
    let (mut said, done) = (Vec::new(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| parrot(&listener, town.secret(account), &mut Seeded(number ^ 1), &done));
        for command in ["publish", "announce", "plan"] {
            let mut program = town.command(&before, &[command, "--log-level", "info"]);
            let mut child = program.env("RUST_BACKTRACE", "full").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let id = child.id();
            let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
            let reader = scope.spawn(move || {
                let mut text = Vec::new();
                let _ = out.read_to_end(&mut text);
                text
            });
            let other = scope.spawn(move || {
                let mut text = Vec::new();
                let _ = err.read_to_end(&mut text);
                text
            });
            let start = Instant::now();
            while child.try_wait().unwrap().is_none() && start.elapsed() < limit {
                std::thread::sleep(Duration::from_millis(5));
            }
            if child.try_wait().unwrap().is_none() {
                end(id, &mut child, !before.is_empty());
            }
            said.extend(reader.join().unwrap());
            said.extend(other.join().unwrap());
        }
        done.store(true, Ordering::Relaxed);
    });
    (town.leaks(&said).into_iter().map(|leak| format!("run {number} ({kind}): {leak}\n{}", String::from_utf8_lossy(&said))).collect(), kind)
}

/// Ends the program, which under `strace` is its child.
fn end(id: u32, child: &mut std::process::Child, traced: bool) {
    if traced {
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        for child in children.split_whitespace() {
            let _ = std::process::Command::new("kill").args(["-9", child]).status();
        }
    } else {
        let _ = child.kill();
    }
    let _ = child.wait();
}

#[test]
fn no_secret_leaves_its_own_channel_whatever_goes_wrong() {
    let (seed, runs) = (seed(), number("PROMULGATE_CANARIES", 40));
    let results = at_once(number("PROMULGATE_AT_ONCE", 4) as usize, (0..runs).map(|at| seed + at).collect(), run);
    let mut kinds = std::collections::BTreeMap::new();
    let mut leaks = Vec::new();
    for (found, kind) in results {
        *kinds.entry(kind).or_insert(0) += 1;
        leaks.extend(found);
    }
    let done = format!("{runs} runs of `publish`, `announce`, `plan`: {kinds:?}; seed {seed}").replace('"', "");
    row("canary secrets, eight encodings", &done, &format!("{} found outside their own host's requests", leaks.len()));
    assert!(leaks.is_empty(), "seed {seed}: {} leaks\n{}", leaks.len(), leaks.join("\n"));
}
