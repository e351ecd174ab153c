//! The transparency log: the public vectors, and logs that two independent checkers accept.

mod checkers;
mod vectors;
