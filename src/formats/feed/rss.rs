//! In: a feed. Out: RSS 2.0, for readers and services that know no Atom.
//!
//! A description is HTML by the custom of readers, so a summary is escaped twice: as HTML, then as XML.

use super::atom::shown;
use super::entries::{Entry, entries};
use super::{Desk, Feed};
use crate::model::date::Instant;
use crate::model::route::Route;
use crate::text::escape::{html, xml};
use std::io::{Result, Write};

/// Minutes for which a reader may keep a copy.
const TTL: u32 = 30;

pub(super) fn write(desk: &Desk<'_>, feed: &Feed<'_>, route: &Route, out: &mut Vec<u8>) {
    write_feed(desk, feed, route, out).expect("writing to memory does not fail");
}

fn write_feed(desk: &Desk<'_>, feed: &Feed<'_>, route: &Route, out: &mut Vec<u8>) -> Result<()> {
    let entries = entries(desk, feed);
    let settings = &desk.site.settings;
    let tagline = settings.tagline.get(feed.lang);
    write!(
        out,
        "{prolog}<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xml:lang=\"{lang}\">\n<channel>\n<title>{title}</title>\n<link>{home}</link>\n<description>{about}</description>\n\
         <language>{lang}</language>\n<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{own}\"/>\n",
        prolog = desk.look.prolog(),
        lang = feed.lang,
        title = xml(&feed.title),
        home = xml(&desk.absolute(&feed.home)),
        about = xml(&html(if tagline.is_empty() { &feed.title } else { tagline })),
        own = xml(&desk.absolute(route)),
    )?;
    if let Some(hub) = &settings.hub {
        writeln!(out, "<atom:link rel=\"hub\" href=\"{}\"/>", xml(hub))?;
    }
    if let Some(updated) = entries.iter().map(|entry| entry.updated).max() {
        writeln!(out, "<lastBuildDate>{}</lastBuildDate>", date(desk, updated))?;
    }
    writeln!(out, "<ttl>{TTL}</ttl>")?;
    write!(out, "{}", desk.look.head(desk, (feed.lang, &feed.title), route, &feed.home))?;
    for one in &entries {
        item(desk, one, out)?;
    }
    out.write_all(b"</channel>\n</rss>\n")
}

fn item(desk: &Desk<'_>, entry: &Entry<'_>, out: &mut Vec<u8>) -> Result<()> {
    let settings = &desk.site.settings;
    let edition = entry.item.best(entry.lang);
    writeln!(out, "<item xml:lang=\"{}\">\n<title>{}</title>", entry.lang, xml(&entry.title))?;
    writeln!(out, "<link>{}</link>", xml(&desk.absolute(&edition.route)))?;
    writeln!(out, "<guid isPermaLink=\"false\">{}</guid>", xml(&entry.id))?;
    writeln!(out, "<pubDate>{}</pubDate>", date(desk, entry.published))?;
    let fields = &entry.item.original().record.fields;
    if let Some(body) = fields.text("body").and_then(|id| settings.bodies.iter().find(|term| term.id == id)) {
        writeln!(out, "<dc:creator>{}</dc:creator>", xml(body.name.get(entry.lang)))?;
    }
    writeln!(out, "<dc:language>{}</dc:language>\n<category>{}</category>", entry.lang, entry.item.kind.name)?;
    for topic in fields.texts("topics") {
        let name = settings.topics.iter().find(|term| term.id == topic).map_or(topic, |term| term.name.get(entry.lang));
        writeln!(out, "<category>{}</category>", xml(name))?;
    }
    writeln!(out, "<description>{}</description>", xml(&html(&entry.summary)))?;
    writeln!(out, "{}</item>", desk.look.entry(desk, &shown(entry, &edition.route.href())))
}

/// `Wed, 18 Nov 2026 21:00:00 +0100` (RFC 822 with a year of four digits).
fn date(desk: &Desk<'_>, at: Instant) -> String {
    at.timestamp().to_zoned(desk.site.now.zone.clone()).strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
}
