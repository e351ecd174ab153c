//! In: Ctrl-C, or the signal with which a pipeline is cancelled. Out: the word that the run is to end, for whoever waits
//! or is about to begin something.
//!
//! While somebody listens, the first SIGINT or SIGTERM is only noted: no request begins any more, what is on its way is
//! awaited, and the state is given back in order. The second one ends the process at once, as does the first where nobody
//! listens (any more). The exit code is then 128 and the signal's number, as shells have it.

use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::signal::unix::{SignalKind, signal};

/// Signals reach a process as a whole, so what is known of them is known once.
static STATE: Mutex<State> = Mutex::new(State { listeners: 0, is_asked: false, said: None });
static CHANGED: Condvar = Condvar::new();

struct State {
    listeners: usize,
    is_asked: bool,
    said: Option<Said>,
}

/// What is done when the first signal comes.
type Said = Box<dyn Fn() + Send>;

/// Somebody who ends in order; until this goes away, a first signal is only noted.
#[must_use]
pub struct Listening(());

/// Begins to listen; `said` is called once, when the first signal has come.
pub fn listen(said: impl Fn() + Send + 'static) -> Listening {
    static READY: OnceLock<()> = OnceLock::new();
    let mut state = lock();
    state.listeners += 1;
    state.said = Some(Box::new(said));
    drop(state);
    READY.get_or_init(watch);
    Listening(())
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut state = lock();
        state.listeners = state.listeners.saturating_sub(1);
        state.said = None;
    }
}

/// Whether the run was asked to end.
pub fn is_asked() -> bool {
    lock().is_asked
}

/// Waits so long, or until the run is asked to end.
pub fn wait(time: Duration) {
    let until = Instant::now().checked_add(time);
    let mut state = lock();
    loop {
        // An instant beyond what the clock can show is not reached anyway.
        let left = until.map_or(time, |until| until.saturating_duration_since(Instant::now()));
        if state.is_asked || left.is_zero() {
            return;
        }
        state = CHANGED.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// Where no signal can be watched, the system ends the process at the first one, as it does with any other program.
fn watch() {
    let (tell, ready) = std::sync::mpsc::sync_channel(1);
    let thread = std::thread::Builder::new().name("signals".into()).spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            let (Ok(mut interrupted), Ok(mut ended)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) else { return };
            let _ = tell.send(());
            loop {
                let came = tokio::select! {
                    Some(()) = interrupted.recv() => SignalKind::interrupt(),
                    Some(()) = ended.recv() => SignalKind::terminate(),
                    else => return,
                };
                note(came);
            }
        });
    });
    if thread.is_ok() {
        // Either it watches, or it has gone away and nothing will come.
        let _ = ready.recv();
    }
}

fn note(came: SignalKind) {
    let mut state = lock();
    if state.listeners == 0 || state.is_asked {
        drop(state);
        std::process::exit(128 + came.as_raw_value());
    }
    state.is_asked = true;
    let said = state.said.take();
    drop(state);
    CHANGED.notify_all();
    if let Some(said) = said {
        said();
    }
}

fn lock() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}
