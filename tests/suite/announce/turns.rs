//! Two publishers on threads of their own, of which one runs at a time: whose turn it is, a schedule says.

use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

thread_local! {
    /// Whether this thread is the second publisher.
    static SECOND: Cell<bool> = const { Cell::new(false) };
}

#[derive(Default)]
struct State {
    /// Whether the second one runs, or waits for its turn.
    alive: bool,
    /// Whether it is the second one's turn.
    second: bool,
    /// Whether the first one is at its end.
    first_is_done: bool,
}

/// Whose turn it is.
#[derive(Default)]
pub struct Turns {
    state: Mutex<State>,
    changed: Condvar,
}

impl Turns {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the turn can be given to somebody else here; a second publisher can always be started by the first.
    pub fn can_pass_on(&self) -> bool {
        !(SECOND.get() && self.state().first_is_done)
    }

    /// Gives the turn to the other one and waits until it comes back; the second one is started where there is none.
    pub fn pass_on(&self, start: impl FnOnce()) {
        let me = SECOND.get();
        let mut state = self.state();
        state.second = !me;
        if !me && !state.alive {
            state.alive = true;
            start();
        }
        self.changed.notify_all();
        while state.second != me {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The second publisher, from its first turn to its end.
    pub fn second(&self, work: impl FnOnce()) {
        SECOND.set(true);
        let mut state = self.state();
        while !state.second {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        drop(state);
        let end = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        let mut state = self.state();
        (state.alive, state.second) = (false, false);
        self.changed.notify_all();
        drop(state);
        if let Err(panic) = end {
            std::panic::resume_unwind(panic);
        }
    }

    /// The first one is at its end, killed or not: the second goes on to its own.
    pub fn first_is_done(&self) {
        let mut state = self.state();
        state.first_is_done = true;
        if state.alive {
            state.second = true;
            self.changed.notify_all();
            while state.alive {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
        state.first_is_done = false;
    }
}
