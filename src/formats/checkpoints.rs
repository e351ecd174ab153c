//! In: the signed states of the public log. Out: `/log/checkpoints.atom`, an entry a state, with the whole signed note.
//!
//! Whoever follows the feed keeps what was signed, and can later show that a log was rewritten. The notes themselves lie at
//! `/log/checkpoints/SIZE`, all of them; the feed has the newest.

use super::format::Format;
use crate::model::finding::Checked;
use crate::model::log::{LogCheckpoint, SiteLog};
use crate::model::messages::Arg;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::text::escape::xml;
use std::fmt::Write;

/// Most entries of the feed.
const NEWEST: usize = 1_000;
/// Where it is.
pub const ADDRESS: &str = "/log/checkpoints.atom";

/// The format.
pub struct Checkpoints;

impl Format for Checkpoints {
    fn name(&self) -> &'static str {
        "checkpoints"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let Some(log) = &site.log else { return Vec::new().into() };
        let route = Route::new(ADDRESS).expect("a fixed name is an address");
        vec![Recipe::plain(route.file(), "the public log", move |out| out.extend_from_slice(feed(site, log).as_bytes()))].into()
    }
}

fn feed(site: &Site, log: &SiteLog) -> String {
    let settings = &site.settings;
    let lang = settings.default_lang();
    let own = settings.absolute(ADDRESS);
    let prefix = settings.absolute("/log/");
    let updated = log.checkpoints.last().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |newest| newest.at.to_string());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <id>{own}</id>\n<title>{title}</title>\n<subtitle>{about}</subtitle>\n<updated>{updated}</updated>\n\
         <author><name>{author}</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{lang}\" href=\"{home}\"/>\n",
        own = xml(&own),
        title = xml(&format!("{}: {}", settings.title.get(lang), site.messages.get(lang, "log-feed"))),
        about = xml(&site.messages.get(lang, "log-feed-about")),
        author = xml(settings.title.get(lang)),
        home = xml(&settings.absolute("/verify/")),
    );
    for checkpoint in log.checkpoints.iter().rev().take(NEWEST) {
        entry(site, checkpoint, &prefix, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(site: &Site, checkpoint: &LogCheckpoint, prefix: &str, out: &mut String) {
    let LogCheckpoint { size, at, note } = checkpoint;
    let number = size.to_string();
    let title = site.messages.format(site.settings.default_lang(), "log-state", &[("number", Arg::Text(&number))]);
    let address = format!("{prefix}checkpoints/{size}");
    let address = xml(&address);
    writeln!(
        out,
        "<entry>\n<id>{address}</id>\n<title>{}</title>\n<published>{at}</published>\n<updated>{at}</updated>\n\
         <link rel=\"alternate\" type=\"text/plain\" href=\"{address}\"/>\n<content type=\"text\">{}</content>\n</entry>",
        xml(&title),
        xml(note)
    )
    .expect("writing to memory does not fail");
}
