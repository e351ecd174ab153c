//! The contract of a command: what it is given, and how it may end.
//!
//! A command is one file: `Args`, which is its help, and `run`, which gives an [`Exit`]. Exit codes, decided here once:
//! 0 done · 1 the content has errors · 2 wrong use or configuration · 3 some announcements failed and a later run will
//! retry them · 4 a person is needed · 5 the environment failed and nothing was lost.

use super::report::Report;
use crate::assemble::Visibility;
use crate::io::clock;
use crate::model::date::Instant;
use crate::pipeline::{Run, Told};
use clap::ValueEnum;
use std::path::PathBuf;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The content has errors; nothing was published.
    Content = 1,
    /// Wrong use or configuration.
    Usage = 2,
    /// Some announcements failed; a later run will retry them.
    Later = 3,
    /// A person is needed.
    Person = 4,
    /// Disk or network failed; nothing was lost.
    Environment = 5,
}

/// When to colour messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On terminals, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How much to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum LogLevel {
    /// Errors alone.
    Error,
    /// Warnings too.
    Warn,
    /// What was done.
    Info,
    /// Every step.
    Debug,
}

/// What every command is given.
pub struct Desk {
    /// The site's folder.
    pub root: PathBuf,
    /// The present, if one was given.
    pub now: Option<Instant>,
    /// How messages are drawn.
    pub report: Report,
}

impl Desk {
    /// A run that makes the pages readers will see, with links to where they were announced.
    pub fn run_for_readers(&self, visibility: Visibility) -> Run {
        Run { told: Told::State, ..self.run(visibility) }
    }

    /// A run over the site as the public sees it, or with drafts.
    pub fn run(&self, visibility: Visibility) -> Run {
        let now = self.now.map_or_else(clock::now, Instant::timestamp);
        Run { root: self.root.clone(), now, visibility, told: Told::Near }
    }
}
