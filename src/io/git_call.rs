//! In: a command line of git. Out: what it said, within its time; complaints without passwords.

use rustix::process::{Pid, Signal, kill_process_group};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A fault of git: a sentence without secrets.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct GitError(pub String);

/// What a call said.
pub(super) struct Said {
    /// Whether it ended well.
    pub is_good: bool,
    /// What it wrote.
    pub out: Vec<u8>,
    complaints: Vec<u8>,
}

impl Said {
    /// The line that tells most, without passwords.
    pub(super) fn complaint(&self) -> String {
        let all = String::from_utf8_lossy(&self.complaints).into_owned() + "\n" + &String::from_utf8_lossy(&self.out);
        let telling = |line: &&str| ["fatal:", "error:", "!"].iter().any(|start| line.starts_with(start));
        let line =
            all.lines().find(telling).or_else(|| all.lines().find(|line| !line.trim().is_empty())).unwrap_or("it ended without a word");
        format!("git: {}", without_passwords(line).chars().filter(|c| !c.is_control()).take(300).collect::<String>())
    }
}

/// Runs a program to its end, or to the end of its time.
pub(super) fn spoken(mut command: Command, input: Vec<u8>, limit: Duration) -> Result<Said, GitError> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| GitError(format!("the program git cannot be started: {error}")))?;
    let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let mut stdin = child.stdin.take().expect("standard input was piped");
    let mut pipes = (child.stdout.take().expect("standard output was piped"), child.stderr.take().expect("standard error was piped"));
    std::thread::spawn(move || stdin.write_all(&input));
    let (tell, told) = std::sync::mpsc::channel();
    let (tell_out, deadline) = (tell.clone(), Instant::now() + limit);
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipes.0.read_to_end(&mut bytes);
        tell_out.send((true, bytes))
    });
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipes.1.read_to_end(&mut bytes);
        tell.send((false, bytes))
    });
    let mut heard: BTreeMap<bool, Vec<u8>> = BTreeMap::new();
    while heard.len() < 2 {
        match told.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok((which, bytes)) => drop(heard.insert(which, bytes)),
            Err(_) => {
                if let Some(group) = group {
                    let _ = kill_process_group(group, Signal::KILL);
                }
                let _ = child.wait();
                return Err(GitError(format!("git gave no answer within {} s", limit.as_secs())));
            }
        }
    }
    let status = child.wait().map_err(|error| GitError(format!("git: {error}")))?;
    let (complaints, out) = (heard.remove(&false).unwrap_or_default(), heard.remove(&true).unwrap_or_default());
    Ok(Said { is_good: status.success(), out, complaints })
}

/// A text in which no address names a user or a password any more.
pub(super) fn without_passwords(text: &str) -> String {
    let mut clean = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        let end = after.find(|c: char| c == '/' || c.is_whitespace() || c == '\'').unwrap_or(after.len());
        clean.push_str(before);
        rest = match after[..end].rfind('@') {
            Some(at) => &after[at + 1..],
            None => after,
        };
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_left_in_what_git_says() {
        for (said, clean) in [
            (
                "fatal: unable to access 'https://bot:s3cret@git.example/x.git/': 403",
                "fatal: unable to access 'https://git.example/x.git/': 403",
            ),
            ("https://ghp_token@git.example/a and ssh://git@git.example/b", "https://git.example/a and ssh://git.example/b"),
            ("git@git.example:x.git", "git@git.example:x.git"),
        ] {
            assert_eq!(without_passwords(said), clean);
        }
    }
}
