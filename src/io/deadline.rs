//! In: work on one page at a time, on any thread. Out: the same work; where a page costs more than it may, the name of the
//! page and the end of the program.
//!
//! A thread cannot be stopped, but a run can: until the exchange nothing that readers see has changed, so ending is safe.
//! What counts is the time that the thread itself worked, so that a busy machine ends nobody.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How much work a page may be. A program that is not optimised is slower.
const PAGE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 12 } else { 2 });
/// How much a file about the whole site may be.
const WHOLE: Duration = Duration::from_secs(120);
/// From so much memory on, in bytes, a page is given up when what is held has doubled within a second.
const MEMORY: u64 = 768 << 20;
/// How often it is looked.
const TICK: Duration = Duration::from_millis(100);

static WATCHED: AtomicBool = AtomicBool::new(false);
static NEXT: AtomicU64 = AtomicU64::new(0);
static UNDER_WAY: Mutex<BTreeMap<u64, Work>> = Mutex::new(BTreeMap::new());

struct Work {
    subject: String,
    thread: Option<String>,
    worked: Option<Duration>,
    begun: Instant,
    limit: Duration,
}

impl Work {
    fn is_late(&self) -> bool {
        let spent = match (self.worked, self.thread.as_deref().and_then(worked)) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            // Where the system does not tell the work of a thread, time itself counts, with much patience.
            _ => self.begun.elapsed() / 10,
        };
        spent > self.limit
    }
}

struct Done(u64);

impl Drop for Done {
    fn drop(&mut self) {
        UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// Does the work of one output file, `path`, which is about `subject`.
pub fn during<R>(path: &str, subject: &str, work: impl FnOnce() -> R) -> R {
    if !WATCHED.load(Ordering::Relaxed) {
        return work();
    }
    let thread = own_thread();
    let limit = if path.ends_with(".html") { PAGE } else { WHOLE };
    let worked = thread.as_deref().and_then(worked);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let one = Work { subject: subject.to_owned(), thread, worked, begun: Instant::now(), limit };
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner).insert(number, one);
    let _done = Done(number);
    work()
}

/// Watches all such work from now on: where one costs too much, `say` is told its subject and limit, and the program ends
/// with `code`.
pub fn watch(code: u8, say: impl Fn(&str, Duration) + Send + 'static) {
    if WATCHED.swap(true, Ordering::Relaxed) {
        return;
    }
    std::thread::spawn(move || {
        let mut held = [0u64; 10];
        for tick in 0usize.. {
            std::thread::sleep(TICK);
            let now = memory();
            let grows = now > MEMORY && now > 2 * std::mem::replace(&mut held[tick % 10], now);
            let late = {
                let under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
                // Whoever works longest is who fills the memory: other pages take milliseconds.
                let oldest = || under_way.values().min_by_key(|work| work.begun).filter(|_| grows);
                under_way.values().find(|work| work.is_late()).or_else(oldest).map(|work| (work.subject.clone(), work.limit))
            };
            if let Some((subject, limit)) = late {
                say(&subject, limit);
                std::process::exit(i32::from(code));
            }
        }
    });
}

/// The name under which the system tells of this thread, asked once.
fn own_thread() -> Option<String> {
    thread_local! {
        static OWN: Option<String> = {
            let own = std::fs::read_link("/proc/thread-self").ok();
            own.and_then(|own| Some(format!("/proc/{}/schedstat", own.to_str()?)))
        };
    }
    OWN.with(Clone::clone)
}

/// How much memory is held, in bytes: the second number of statm, in pages (proc(5)); 0 where the system does not tell.
fn memory() -> u64 {
    let told = std::fs::read_to_string("/proc/self/statm").ok();
    told.and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok()).unwrap_or(0) * 4096
}

/// How long a thread has worked: the first number of its schedstat, in nanoseconds (Linux, sched-stats).
fn worked(thread: &str) -> Option<Duration> {
    let text = std::fs::read_to_string(thread).ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
