//! Reliability, measured on the real program: faults of system calls, kills, full disks, secrets under fire.
//!
//! Each campaign has a sample here, which the test command runs, and a long form, which `tests/reliability` runs by way of
//! variables: `PROMULGATE_SEED`, `PROMULGATE_BINARY` and what each file says. Every figure is printed with its seed.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod builds;
mod canary;
mod disks;
pub mod figures;
mod injection;
mod kills;
mod needles;
mod reproduce;
mod strace;
mod swaps;
mod town;

pub use figures::{at_once, number, row};
