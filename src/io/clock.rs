//! In: the machine's clock. Out: the present as a value, and waiting. Nothing else in the program asks what time it is.

use crate::model::transport::Clock;
use jiff::Timestamp;
use std::time::Duration;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&mut self) -> Timestamp {
        Timestamp::now()
    }

    fn wait(&mut self, time: Duration) {
        std::thread::sleep(time);
    }
}

/// The present.
pub fn now() -> Timestamp {
    Timestamp::now()
}
