//! In: the machine's clock. Out: the present as a value, and waiting. Nothing else in the program asks what time it is.

use super::interrupt;
use crate::model::transport::Clock;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// The machine's clock, or one that runs as fast and began at another instant.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock {
    ahead: SignedDuration,
}

impl SystemClock {
    /// A clock that shows this instant now.
    pub fn at(now: Timestamp) -> SystemClock {
        SystemClock { ahead: now.duration_since(Timestamp::now()) }
    }
}

impl Clock for SystemClock {
    fn now(&mut self) -> Timestamp {
        Timestamp::now().checked_add(self.ahead).unwrap_or(Timestamp::MAX)
    }

    fn wait(&mut self, time: Duration) {
        interrupt::wait(time);
    }

    fn is_called_off(&mut self) -> bool {
        interrupt::is_asked()
    }
}

/// The present.
pub fn now() -> Timestamp {
    Timestamp::now()
}
