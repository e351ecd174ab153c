//! In: what is to be told. Out: that of it whose pages and pictures the public sees; the rest has a reason to come later.

use crate::announce::deliver::{Run, Work, plus};
use crate::announce::lane::{CALLED_OFF, Turn};
use crate::announce::plan::{Entry, Job};
use crate::model::route::SafePath;
use crate::model::transport::LivePage;
use std::collections::BTreeMap;
use std::time::Duration;

impl<'r> Run<'r, '_, '_> {
    /// Those whose page is live, and the pictures that the platform fetches; the others have been told to come later.
    pub(super) fn live(&mut self, work: Vec<Work<'r>>) -> Vec<Work<'r>> {
        let work: Vec<Work<'r>> = work.into_iter().filter(|(entry, _)| self.is_open(entry)).collect();
        let mut pages: BTreeMap<LivePage, String> = BTreeMap::new();
        for (entry, job) in &work {
            match self.pages(entry, job) {
                Ok(wanted) => pages.extend(wanted.into_iter().map(|page| (page, "It was not looked at.".into()))),
                Err(why) => drop(self.turns.insert(entry.key.clone(), Turn::Later(None, why))),
            }
        }
        let missing = self.wait_until_live(pages);
        let is_called_off = self.outside.clock.is_called_off();
        work.into_iter()
            .filter(|(entry, job)| {
                let Ok(wanted) = self.pages(entry, job) else { return false };
                let Some(why) = wanted.iter().find_map(|page| missing.get(page)) else { return true };
                let why = if is_called_off { CALLED_OFF.to_owned() } else { why.clone() };
                self.turns.insert(entry.key.clone(), Turn::Later(None, why));
                false
            })
            .collect()
    }

    /// What must be live before an announcement leaves.
    fn pages(&self, entry: &Entry, job: &Job) -> Result<Vec<LivePage>, String> {
        let live = |url: &str, path: &SafePath, what: &str| match self.outside.manifest.sha256(path) {
            Some(sha256) => Ok(LivePage { url: url.to_owned(), sha256: sha256.to_owned() }),
            None => Err(format!("{what} is not part of the last build.")),
        };
        let news = &job.announcement.news;
        let mut pages = vec![live(&news.link, &job.page, "Its page")?];
        let lane = self.outside.lanes.iter().find(|lane| lane.name == entry.channel);
        if lane.is_some_and(|lane| lane.channel.abilities().public_pictures) {
            for image in job.posts.iter().flat_map(|post| &post.images) {
                let path = output_of(&image.url).ok_or("The address of its picture is none of this site.")?;
                pages.push(live(&image.url, &path, "Its picture")?);
            }
        }
        Ok(pages)
    }

    /// Looks until all are live or the time is over; what is left has a reason.
    fn wait_until_live(&mut self, mut pages: BTreeMap<LivePage, String>) -> BTreeMap<LivePage, String> {
        let until = plus(self.outside.clock.now(), self.options.wait_live).min(self.limits.deadline);
        let mut pause = Duration::from_secs(1);
        loop {
            for page in pages.keys().cloned().collect::<Vec<_>>() {
                match self.outside.live.look(&page) {
                    Ok(()) => drop(pages.remove(&page)),
                    Err(why) => drop(pages.insert(page, why)),
                }
            }
            if pages.is_empty() || self.outside.clock.is_called_off() || plus(self.outside.clock.now(), pause) > until {
                return pages;
            }
            self.outside.clock.wait(pause);
            pause = (pause * 2).min(Duration::from_secs(10));
        }
    }
}

/// The file of the finished site behind a full address.
fn output_of(url: &str) -> Option<SafePath> {
    let (_, rest) = url.split_once("://")?;
    let (_, path) = rest.split_once('/')?;
    SafePath::new(&percent_encoding::percent_decode_str(path).decode_utf8().ok()?).ok()
}
