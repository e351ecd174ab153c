//! The transparency log: the public vectors, logs that two independent checkers accept, published sites and their mutants.

mod checkers;
mod command;
mod hostile;
mod mutants;
mod published;
mod vectors;
