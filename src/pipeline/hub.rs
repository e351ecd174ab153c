//! In: what was just published. Out: the site's WebSub hub told of every feed that changed since it was last told.
//!
//! A hub fetches a feed as soon as it is told, so each feed is first looked at: it must answer with the bytes just
//! built. What was told is kept beside the ledger; what failed is told again by the next run. A hub that a site has
//! never told before hears of the feeds of the whole site alone: nobody can have subscribed to the others through it.

use super::telling::Telling;
use crate::formats::{cap_feed, feed};
use crate::model::transport::{Body, Clock, LiveCheck, LivePage, Method, Request, Response, StateError, StateStore, Transport};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// The name of the note beside the ledger.
const NOTE: &str = "hub";
/// How long to wait before a feed is looked at again.
const AGAIN: Duration = Duration::from_secs(2);

/// What the hub was told.
#[derive(Debug, Default)]
pub struct Told {
    /// The hub.
    pub hub: String,
    /// How many feeds it was told of.
    pub sent: usize,
    /// Feeds that the next run will tell of, and why this one did not.
    pub later: Vec<(String, String)>,
    /// How many it would have been told of, in earnest.
    pub rehearsed: usize,
}

/// What telling the hub needs of the outside.
pub struct Doors<'d> {
    /// The way to the hub; none in a rehearsal.
    pub out: Option<&'d mut dyn Transport>,
    /// Whether the public sees a feed.
    pub live: &'d mut dyn LiveCheck,
    /// Time.
    pub clock: &'d mut dyn Clock,
}

/// What a hub has been told: the hash of each feed as it was then.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Note {
    v: u32,
    hub: String,
    feeds: BTreeMap<String, String>,
}

/// Tells the hub; nothing for a site without one.
pub fn tell(telling: &Telling<'_>, store: &mut (dyn StateStore + Send), doors: &mut Doors<'_>) -> Result<Option<Told>, StateError> {
    let Some(hub) = telling.site.settings.hub.clone() else { return Ok(None) };
    let kept = store.note(NOTE)?.and_then(|text| serde_json::from_str::<Note>(&text).ok());
    let kept = kept.filter(|note| note.v == 1 && note.hub == hub);
    let first = kept.is_none();
    let mut note = kept.unwrap_or_else(|| Note { v: 1, hub: hub.clone(), feeds: BTreeMap::new() });
    let (mut changed, mut now) = (Vec::new(), BTreeMap::new());
    for (whole, route) in addresses(telling) {
        let path = route.file().to_string();
        let Some(entry) = telling.manifest.files.get(&path) else { continue };
        let known = note.feeds.get(&path);
        let is_new = known.is_none() && !first && !whole;
        if known == Some(&entry.sha256) || is_new || (first && !whole) {
            now.insert(path, entry.sha256.clone());
            continue;
        }
        now.extend(known.map(|hash| (path.clone(), hash.clone())));
        changed.push((path, LivePage { url: telling.site.settings.absolute(&route.href()), sha256: entry.sha256.clone() }));
    }
    note.feeds = now;
    let mut told = Told { hub: hub.clone(), ..Told::default() };
    if doors.out.is_none() {
        told.rehearsed = changed.len();
        return Ok(Some(told));
    }
    let until = doors.clock.now() + jiff::SignedDuration::try_from(telling.wait_live).unwrap_or_default();
    // The emergency stop holds for the hub too; its file is seen by the way out.
    let mut silent = telling.wish.stop.clone().or_else(|| telling.site.settings.announce.stop.clone());
    for (path, page) in changed {
        // A hub that does not answer is not asked a hundred times.
        let asked = match &silent {
            Some(why) => Err(String::clone(why)),
            None => wait(&page, doors, until).and_then(|()| ping(&hub, &page.url, doors, &mut silent)),
        };
        match asked {
            Ok(()) => {
                told.sent += 1;
                note.feeds.insert(path, page.sha256);
            }
            Err(why) => told.later.push((page.url, why)),
        }
    }
    let text = serde_json::to_string_pretty(&note).expect("a note is made of text and numbers only");
    store.keep(NOTE, &format!("{text}\n"))?;
    Ok(Some(told))
}

fn addresses(telling: &Telling<'_>) -> Vec<(bool, crate::model::route::Route)> {
    let mut all = feed::addresses(telling.site);
    all.extend(cap_feed::lists(telling.site).map(|(_, list)| (false, feed::beside(list, cap_feed::NAME))));
    all
}

/// Looks at a feed until it is live or the time is up.
fn wait(page: &LivePage, doors: &mut Doors<'_>, until: jiff::Timestamp) -> Result<(), String> {
    loop {
        let seen = doors.live.look(page);
        if seen.is_ok() || doors.clock.is_called_off() || doors.clock.now() >= until {
            return seen;
        }
        doors.clock.wait(AGAIN);
    }
}

/// One ping. Hubs differ in the name they want the feed under, so it is given under both (W3C WebSub leaves it open).
fn ping(hub: &str, url: &str, doors: &mut Doors<'_>, silent: &mut Option<String>) -> Result<(), String> {
    let Some(out) = doors.out.as_deref_mut() else { return Err("no hub is told in a rehearsal".into()) };
    let url = utf8_percent_encode(url, NON_ALPHANUMERIC);
    let mut request = Request::new(Method::Post, hub);
    request.body = Body::Bytes("application/x-www-form-urlencoded", format!("hub.mode=publish&hub.url={url}&hub.topic={url}").into_bytes());
    match out.http(&request) {
        Ok(Response { status: 200..=299, .. }) => Ok(()),
        Ok(answer) => Err(format!("it answers {}", answer.status)),
        Err(error) => {
            *silent = Some(error.to_string());
            Err(error.to_string())
        }
    }
}
