//! The transparency log: the public vectors, logs that two independent checkers accept, published sites and their mutants,
//! witnesses and time stamps, and the change of its key.

mod checkers;
mod command;
mod hostile;
mod mutants;
mod published;
mod rotation;
mod vectors;
mod watchers;
mod witness;
