//! Faults at system calls by `strace`: which points there are in a run, and the words that strike one of them.

use super::figures::Seeded;
use std::collections::BTreeMap;

const FAULTS: [&str; 3] = ["signal=KILL", "error=EIO", "error=ENOSPC"];

/// A fault at the n-th occurrence of a call; with several threads, of each of them.
#[derive(Debug, Clone)]
pub struct Point {
    /// The system call.
    pub call: &'static str,
    /// What happens there.
    pub fault: &'static str,
    /// At which occurrence.
    pub nth: usize,
}

impl Point {
    /// What `strace` shall look at.
    pub fn trace(&self) -> String {
        format!("trace={}", self.call)
    }

    /// What `strace` shall do.
    pub fn inject(&self) -> String {
        format!("inject={}:{}:when={}", self.call, self.fault, self.nth)
    }
}

/// `strace` before the program; `log` takes what it has seen.
pub fn strace<'a>(log: &'a str, trace: &'a str, inject: &'a str) -> Vec<&'a str> {
    // Not `--seccomp-bpf`: with it, signals are not injected.
    let mut words = vec!["strace", "-f", "-qq", "-o", log, "-e", trace];
    if !inject.is_empty() {
        words.extend(["-e", inject]);
    }
    words.push("--");
    words
}

/// How often each call occurs, at most, in one thread, by a log of `strace`.
pub fn occurrences(log: &str, calls: &[&'static str]) -> BTreeMap<&'static str, usize> {
    let mut counts: BTreeMap<(&str, &'static str), usize> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let call = calls.iter().find(|call| rest.trim_start().strip_prefix(**call).is_some_and(|rest| rest.starts_with('(')));
        if let Some(call) = call {
            *counts.entry((thread, call)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((_, call), count) in counts {
        let known = most.entry(call).or_insert(0);
        *known = count.max(*known);
    }
    most
}

/// All points of a run, call by call and fault by fault.
pub fn points(counts: &BTreeMap<&'static str, usize>, calls: &[&'static str]) -> Vec<Point> {
    let of =
        |call: &'static str, fault: &'static str| (1..=counts.get(call).copied().unwrap_or(0)).map(move |nth| Point { call, fault, nth });
    calls.iter().flat_map(|call| FAULTS.iter().flat_map(|fault| of(call, fault)).collect::<Vec<_>>()).collect()
}

/// Every k-th of them, so that each call and each fault has its share; the seed says where to begin. All for none wanted.
pub fn sample<T>(all: Vec<T>, wanted: usize, seed: u64) -> Vec<T> {
    let Some(step) = all.len().checked_div(wanted) else { return all };
    let step = step.max(1);
    let start = Seeded(seed).below(step as u64) as usize;
    all.into_iter().skip(start).step_by(step).collect()
}
