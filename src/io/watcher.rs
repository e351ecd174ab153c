//! In: the folder of a site. Out: what changed in it, gathered until a moment of quiet.
//!
//! Saving one file raises up to eight events, and reading files raises some too; those are dropped or joined: a change
//! is told after 15 ms without another, at the latest after 200 ms. Whether bytes truly differ is the caller's to see.

use crate::io::scan::is_leftover;
use notify::event::{AccessKind, AccessMode};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A change is told after so long without another.
pub const QUIET: Duration = Duration::from_millis(15);
/// And at the latest so long after the first.
pub const LONGEST: Duration = Duration::from_millis(200);

/// Folders of a site that are watched with all that is in them.
const FOLDERS: [&str; 6] = ["content", "themes", "templates", "static", "messages", "cards"];

/// The folder cannot be watched.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch `{path}` for changes")]
pub struct WatchError {
    /// The folder.
    pub path: PathBuf,
    /// What the system says.
    pub source: notify::Error,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These files or folders.
    Paths(BTreeSet<PathBuf>),
    /// More than the system could tell: everything must be looked at again.
    Everything,
}

/// Watches a site until it is dropped.
pub struct Watcher {
    watcher: Box<dyn notify::Watcher + Send>,
    events: Receiver<notify::Result<notify::Event>>,
    root: PathBuf,
    notice: Option<String>,
}

impl Watcher {
    /// Watches the site's settings and folders.
    pub fn new(root: &Path) -> Result<Watcher, WatchError> {
        let failed = |source| WatchError { path: root.to_owned(), source };
        let (sender, events) = channel();
        let native = RecommendedWatcher::new(sender.clone(), Config::default()).map_err(failed)?;
        let mut watcher = Watcher { watcher: Box::new(native), events, root: root.to_owned(), notice: None };
        match watcher.watch_all() {
            Err(error) if is_limit(&error) => {
                let config = Config::default().with_poll_interval(Duration::from_secs(1));
                watcher.watcher = Box::new(PollWatcher::new(sender, config).map_err(failed)?);
                watcher.notice = Some(LIMIT_NOTICE.to_owned());
                watcher.watch_all().map_err(failed)?;
            }
            other => other.map_err(failed)?,
        }
        Ok(watcher)
    }

    /// What the person should know: that changes are seen late, and why.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Waits for the next change, or until `longest` is over.
    pub fn next(&mut self, longest: Duration) -> Option<Change> {
        let start = Instant::now();
        let mut gathered = Coalescer::default();
        loop {
            let now = start.elapsed();
            let wait = gathered.due().unwrap_or(longest).saturating_sub(now);
            match self.events.recv_timeout(wait) {
                Ok(event) => self.note(&mut gathered, start.elapsed(), event),
                Err(RecvTimeoutError::Timeout) => return gathered.take(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            if gathered.due().is_some_and(|due| due <= start.elapsed()) {
                return gathered.take();
            }
        }
    }

    fn note(&mut self, gathered: &mut Coalescer, at: Duration, event: notify::Result<notify::Event>) {
        let Ok(event) = event else { return gathered.everything(at) };
        // A watched folder that was not there when we began, or was replaced, needs a new watch.
        if matches!(event.kind, EventKind::Create(_) | EventKind::Modify(notify::event::ModifyKind::Name(_))) {
            for folder in FOLDERS.map(|name| self.root.join(name)).iter().filter(|folder| event.paths.contains(folder)) {
                let _ = self.watcher.watch(folder, RecursiveMode::Recursive);
            }
        }
        gathered.note(at, &event);
    }

    fn watch_all(&mut self) -> notify::Result<()> {
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            if folder.is_dir() {
                self.watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }
}

impl std::fmt::Debug for Watcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watcher").field("root", &self.root).field("notice", &self.notice).finish_non_exhaustive()
    }
}

const LIMIT_NOTICE: &str = "The system watches no more folders for this user, so files are looked at once a second. \
     To see changes at once, raise `fs.inotify.max_user_watches`.";

fn is_limit(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => true,
        notify::ErrorKind::Io(error) => error.raw_os_error() == Some(rustix::io::Errno::NOSPC.raw_os_error()),
        _ => false,
    }
}

/// Gathers events into one change; a pure function of what it is told, its times counted from any one beginning.
#[derive(Debug, Default)]
pub struct Coalescer {
    first: Option<Duration>,
    last: Duration,
    paths: BTreeSet<PathBuf>,
    everything: bool,
}

impl Coalescer {
    /// Takes an event that came at a time.
    pub fn note(&mut self, at: Duration, event: &notify::Event) {
        if event.need_rescan() {
            return self.everything(at);
        }
        if matches!(event.kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write)) {
            return;
        }
        let leftover = |path: &&PathBuf| path.file_name().is_some_and(|name| is_leftover(&name.to_string_lossy()));
        for path in event.paths.iter().filter(|path| !leftover(path)) {
            self.paths.insert(path.clone());
            self.touch(at);
        }
    }

    /// Takes it that something was missed.
    pub fn everything(&mut self, at: Duration) {
        self.everything = true;
        self.touch(at);
    }

    /// When the change is to be told; none where there is nothing to tell.
    pub fn due(&self) -> Option<Duration> {
        self.first.map(|first| (first + LONGEST).min(self.last + QUIET))
    }

    /// The change gathered so far; it begins anew.
    pub fn take(&mut self) -> Option<Change> {
        let gathered = std::mem::take(self);
        gathered.first?;
        Some(if gathered.everything { Change::Everything } else { Change::Paths(gathered.paths) })
    }

    fn touch(&mut self, at: Duration) {
        self.first.get_or_insert(at);
        self.last = at;
    }
}
