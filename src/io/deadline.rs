//! In: work on one page at a time, on any thread. Out: the same work; where a page costs more than it may, the name of the
//! page and the end of the program.
//!
//! A thread cannot be stopped, but a run can: until the exchange nothing that readers see has changed, so ending is safe.
//! What counts is the time that the thread itself worked, so that a busy machine ends nobody, and the memory that it asked
//! the system for itself, so that nobody ends for what others hold.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How much work a page may be. A program that is not optimised is slower.
const PAGE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 12 } else { 2 });
/// How much a file about the whole site may be.
const WHOLE: Duration = Duration::from_secs(120);
/// How much memory a page, or a template, may add to what the program held when it was begun, in bytes.
const ROOM: u64 = 96 << 20;
/// From so much memory on, in bytes, a file about the whole site is given up when what is held has doubled within a second.
const MEMORY: u64 = 768 << 20;
/// How often it is looked. Memory is filled at one or two GiB in a second: some MiB more than its room are held by then.
const TICK: Duration = Duration::from_millis(10);
/// How many looks are a second.
const SECOND: usize = 100;
/// The size of a page of memory, which the system counts.
const FRAME: u64 = 4096;

static WATCHED: AtomicBool = AtomicBool::new(false);
static NEXT: AtomicU64 = AtomicU64::new(0);
static UNDER_WAY: Mutex<BTreeMap<u64, Work>> = Mutex::new(BTreeMap::new());

struct Work {
    subject: String,
    thread: Option<String>,
    worked: Option<Duration>,
    begun: Instant,
    limit: Duration,
    /// What the program held, and what its thread had asked for, when the work was first looked at.
    first: Option<(u64, u64)>,
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

    /// Whether the program holds more than the work has room for, and the work's own thread asked for it.
    fn is_large(&mut self, held: u64) -> bool {
        let asked = || self.thread.as_deref().and_then(asked).unwrap_or(u64::MAX);
        let Some((before, own)) = self.first else {
            self.first = Some((held, asked()));
            return false;
        };
        self.limit == PAGE && held > before + ROOM && (own == u64::MAX || asked() > own + ROOM / 2)
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
    within(if path.ends_with(".html") { PAGE } else { WHOLE }, subject, work)
}

/// Does the work of a template that is part of many pages.
pub fn during_template(subject: &str, work: &mut dyn FnMut()) {
    within(PAGE, subject, work);
}

fn within<R>(limit: Duration, subject: &str, work: impl FnOnce() -> R) -> R {
    if !WATCHED.load(Ordering::Relaxed) {
        return work();
    }
    let thread = own_thread();
    let worked = thread.as_deref().and_then(worked);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let one = Work { subject: subject.to_owned(), thread, worked, begun: Instant::now(), limit, first: None };
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
        let mut held = [0u64; SECOND];
        for tick in 0usize.. {
            std::thread::sleep(TICK);
            let now = memory();
            // Nought is a second that was not looked at yet: the first one, in which a large site is only read.
            let before = std::mem::replace(&mut held[tick % SECOND], now);
            let grows = now > MEMORY && before > 0 && now > 2 * before;
            let late = {
                let mut under_way = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
                let large = under_way.values_mut().map(|work| work.is_large(now)).collect::<Vec<_>>();
                let of = |work: &Work| (work.subject.clone(), work.limit);
                // Whoever works longest is who fills the memory: other pages take milliseconds.
                let oldest = || under_way.values().min_by_key(|work| work.begun).filter(|_| grows);
                let large = || under_way.values().zip(large).find(|(_, large)| *large).map(|(work, _)| work);
                large().or_else(|| under_way.values().find(|work| work.is_late())).or_else(oldest).map(of)
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
            own.and_then(|own| Some(format!("/proc/{}", own.to_str()?)))
        };
    }
    OWN.with(Clone::clone)
}

/// How much memory is held, in bytes: the second number of statm, in pages (proc(5)); 0 where the system does not tell.
fn memory() -> u64 {
    let told = std::fs::read_to_string("/proc/self/statm").ok();
    told.and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok()).unwrap_or(0) * FRAME
}

/// How much memory a thread has asked the system for, in bytes: its minor faults, the tenth field of its stat (proc(5)).
/// The program asks for no huge pages, so each is one frame.
fn asked(thread: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("{thread}/stat")).ok()?;
    // The name of the program stands in brackets before, and may hold anything.
    text.rsplit_once(')')?.1.split_whitespace().nth(7)?.parse::<u64>().ok().map(|faults| faults * FRAME)
}

/// How long a thread has worked: the first number of its schedstat, in nanoseconds (Linux, sched-stats).
fn worked(thread: &str) -> Option<Duration> {
    let text = std::fs::read_to_string(format!("{thread}/schedstat")).ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
