//! `serve`: the site while it is written, pages made on request, reloaded on save; on this machine only.

use super::command::{Desk, Exit, LogLevel};
use crate::assemble::Visibility;
use crate::io::server::{Page, Preview};
use crate::io::watcher::Watcher;
use crate::pipeline::preview::{self, Asker};
use std::sync::Arc;
use std::time::Duration;

/// Shows the site while you write: drafts too, reloaded on save, on this machine only.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port; 0 takes any that is free.
    #[arg(long, default_value_t = 4000)]
    port: u16,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let preview = match Preview::bind(args.port) {
        Ok(preview) => preview,
        Err(error) => {
            desk.report.error(&error, "");
            return Exit::Environment;
        }
    };
    let watcher = match Watcher::new(&desk.root) {
        Ok(watcher) => watcher,
        Err(error) => {
            desk.report.error(&error, "Name the site's folder with `--root DIR`.");
            return Exit::Environment;
        }
    };
    if let Some(notice) = watcher.notice() {
        desk.report.say(LogLevel::Warn, notice);
    }
    let report = desk.report.clone();
    let asker = preview::start(desk.run(Visibility::Drafts), move |findings| report.findings(findings));
    desk.report.done(&format!("The site is at {} on this machine only. Ctrl-C ends it.", preview.url()));
    let remote = preview.remote();
    watch(watcher, asker.clone(), move || remote.reload());
    let pages = Arc::new(move |address: &str| {
        let (path, bytes) = asker.page(address)?;
        Some(Page { content_type: crate::text::media::media_type(path.as_str()).to_owned(), bytes })
    });
    match preview.run(pages, crate::formats::headers::POLICY) {
        Ok(()) => Exit::Done,
        Err(error) => {
            desk.report.error(&error, "");
            Exit::Environment
        }
    }
}

/// Has the site read again at every save, then the open pages reloaded.
fn watch(mut watcher: Watcher, asker: Asker, reload: impl Fn() + Send + 'static) {
    std::thread::spawn(move || {
        loop {
            if watcher.next(Duration::from_secs(3600)).is_some() {
                asker.again();
                reload();
            }
        }
    });
}
