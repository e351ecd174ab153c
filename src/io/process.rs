//! In: a program and what is said to it. Out: what it says, or why it says nothing more.
//!
//! The program runs in a process group of its own, in an empty folder, with nothing of our environment but what it needs
//! to start; it speaks in lines of at most 1 MiB. When the talk is over or its time is up, its input is closed and after
//! a moment the whole group is ended, so that nothing of it outlives us.

use super::temporary::Temporary;
use crate::io::programs;
use crate::model::transport::{CallError, Secret};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// Longest line in either direction, in bytes.
const LINE: usize = 1024 * 1024;
/// Most that is kept of what a program complains about.
const COMPLAINTS: u64 = 64 * 1024;
/// How long a program may take to say its first line.
const HELLO: Duration = Duration::from_secs(5);
/// How long a program may take to end by itself once its input is closed.
const FAREWELL: Duration = Duration::from_secs(2);
/// What a program gets of our environment.
const ENVIRONMENT: [&str; 10] =
    ["PATH", "HOME", "TMPDIR", "LANG", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];

/// Speaks with a program: hands its first line to `lines`, writes what that gives back, hands it the next line, until it
/// gives back nothing. A relative program is looked for below `root`. `secrets` never appear in an error.
pub fn speak(
    (argv, root): (&[String], &Path),
    lines: &mut dyn FnMut(&str) -> Option<String>,
    limit: Duration,
    secrets: &[Secret],
) -> Result<(), CallError> {
    let folder = Temporary::new("plugin").map_err(|error| CallError::NotSent(format!("no folder for the program: {error}")))?;
    let mut running = Running::start(argv, root, folder.path())?;
    let outcome = running.converse(lines, limit);
    let complaints = running.end();
    outcome.map_err(|(wrote, reason)| {
        let reason = scrubbed(&with_complaints(reason, &complaints), secrets);
        if wrote { CallError::Lost(reason) } else { CallError::NotSent(reason) }
    })
}

struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    heard: Receiver<Result<String, String>>,
    complaints: Receiver<String>,
}

impl Running {
    fn start(argv: &[String], root: &Path, folder: &Path) -> Result<Running, CallError> {
        let (program, arguments) = argv.split_first().ok_or_else(|| CallError::NotSent("no program is named".into()))?;
        let path = programs::found(argv, root).map_err(CallError::NotSent)?;
        let mut command = Command::new(path);
        command.args(arguments).current_dir(folder).process_group(0).env_clear();
        command.envs(environment());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| CallError::NotSent(format!("the program {program} cannot be started: {error}")))?;
        let (tell, heard) = sync_channel(1);
        let stdout = child.stdout.take().expect("standard output was piped");
        let stderr = child.stderr.take().expect("standard error was piped");
        std::thread::spawn(move || read_lines(BufReader::new(stdout), &tell));
        let (complain, complaints) = sync_channel(1);
        std::thread::spawn(move || complain.send(read_complaints(stderr)));
        Ok(Running { stdin: child.stdin.take(), child, heard, complaints })
    }

    /// The talk itself. An error says whether anything had been written by then.
    fn converse(&mut self, lines: &mut dyn FnMut(&str) -> Option<String>, limit: Duration) -> Result<(), (bool, String)> {
        let begun = Instant::now();
        let mut wrote = false;
        loop {
            let limit = if wrote { limit } else { limit.min(HELLO) };
            let left = limit.saturating_sub(begun.elapsed());
            let line = match self.heard.recv_timeout(left) {
                Ok(line) => line.map_err(|reason| (wrote, reason))?,
                Err(RecvTimeoutError::Timeout) => {
                    return Err((wrote, format!("the program gave no answer within {} s", limit.as_secs_f32())));
                }
                Err(RecvTimeoutError::Disconnected) => return Err((wrote, "the program ended without an answer".into())),
            };
            let Some(reply) = lines(&line) else { return Ok(()) };
            wrote = true;
            self.write(reply).map_err(|reason| (wrote, reason))?;
        }
    }

    /// Writes from a thread of its own, so that a program that never reads cannot hold us up.
    fn write(&mut self, mut reply: String) -> Result<(), String> {
        if reply.lines().any(|line| line.len() > LINE) {
            return Err("a line to the program is longer than 1 MiB".into());
        }
        reply.push('\n');
        let Some(mut stdin) = self.stdin.take() else { return Ok(()) };
        let (done, written) = sync_channel(1);
        std::thread::spawn(move || {
            let result = stdin.write_all(reply.as_bytes()).and_then(|()| stdin.flush());
            let _ = done.send((result.is_ok(), stdin));
        });
        if let Ok((_, stdin)) = written.recv_timeout(FAREWELL) {
            self.stdin = Some(stdin);
        }
        Ok(())
    }

    /// Closes the program's input, gives it a moment, ends its whole group; gives back what it complained about.
    fn end(mut self) -> String {
        drop(self.stdin.take());
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            let deadline = Instant::now() + FAREWELL;
            while Instant::now() < deadline && !has_ended(pid) {
                std::thread::sleep(Duration::from_millis(10));
            }
            // The group's number is still its own: the leader has not been waited for yet.
            let _ = kill_process_group(pid, Signal::KILL);
        }
        let _ = self.child.wait();
        // A grandchild in a group of its own may hold the pipe open for ever; we do not wait for it.
        self.complaints.recv_timeout(FAREWELL).unwrap_or_default()
    }
}

fn has_ended(pid: Pid) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    matches!(waitid(WaitId::Pid(pid), options), Ok(Some(_)) | Err(_))
}

fn read_lines(mut from: impl BufRead, tell: &SyncSender<Result<String, String>>) {
    loop {
        let mut bytes = Vec::new();
        match (&mut from).take(LINE as u64 + 1).read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let line = match String::from_utf8(bytes) {
            Ok(line) if line.len() > LINE => Err("the program wrote a line longer than 1 MiB".to_owned()),
            Ok(line) => Ok(line.trim_end_matches(['\n', '\r']).to_owned()),
            Err(_) => Err("the program wrote something that is not UTF-8".to_owned()),
        };
        let stop = line.is_err();
        if tell.send(line).is_err() || stop {
            return;
        }
    }
}

fn read_complaints(mut from: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = (&mut from).take(COMPLAINTS).read_to_end(&mut bytes);
    // The rest is read and dropped: a full pipe would stop the program.
    let _ = std::io::copy(&mut from, &mut std::io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn with_complaints(reason: String, complaints: &str) -> String {
    match complaints.trim().lines().next_back() {
        Some(last) => format!("{reason}; it said: {}", last.chars().filter(|c| !c.is_control()).take(200).collect::<String>()),
        None => reason,
    }
}

fn scrubbed(text: &str, secrets: &[Secret]) -> String {
    secrets.iter().map(Secret::expose).filter(|secret| !secret.is_empty()).fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
}

/// What a program needs of our environment, and no secret.
pub fn environment() -> impl Iterator<Item = (&'static str, std::ffi::OsString)> {
    ENVIRONMENT.iter().filter_map(|name| std::env::var_os(name).map(|value| (*name, value)))
}

/// The number by which the system knows this very run.
pub fn own_id() -> u32 {
    std::process::id()
}
