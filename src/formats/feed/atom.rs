//! In: a feed. Out: Atom 1.0 (RFC 4287).
//!
//! Every byte that content gives is well-formed XML: text is escaped, and characters that XML 1.0 cannot hold are left
//! out. A hub is named as WebSub wants it (W3C WebSub, 4).

use super::entries::{Entry, entries};
use super::look::Shown;
use super::{Desk, Feed};
use crate::model::date::Stamp;
use crate::model::route::Route;
use crate::text::escape::xml;
use std::io::{Result, Write};

pub(super) fn write(desk: &Desk<'_>, feed: &Feed<'_>, route: &Route, out: &mut Vec<u8>) {
    write_feed(desk, feed, route, out).expect("writing to memory does not fail");
}

fn write_feed(desk: &Desk<'_>, feed: &Feed<'_>, route: &Route, out: &mut Vec<u8>) -> Result<()> {
    let entries = entries(desk, feed);
    let settings = &desk.site.settings;
    let updated = entries.iter().map(|entry| entry.updated).max();
    let own = desk.absolute(route);
    let own = xml(&own);
    write!(
        out,
        "{prolog}<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <id>{own}</id>\n<title>{title}</title>\n<subtitle>{tagline}</subtitle>\n<updated>{updated}</updated>\n\
         <author><name>{author}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{lang}\" href=\"{home}\"/>\n",
        prolog = desk.look.prolog(),
        lang = feed.lang,
        title = xml(&feed.title),
        tagline = xml(settings.tagline.get(feed.lang)),
        updated = updated.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |at| at.to_string()),
        author = xml(settings.title.get(feed.lang)),
        home = xml(&desk.absolute(&feed.home)),
    )?;
    if let Some(hub) = &settings.hub {
        writeln!(out, "<link rel=\"hub\" href=\"{}\"/>", xml(hub))?;
    }
    write!(out, "{}", desk.look.head(desk, (feed.lang, &feed.title), route, &feed.home))?;
    for one in &entries {
        entry(desk, one, out)?;
    }
    out.write_all(b"</feed>\n")
}

fn entry(desk: &Desk<'_>, entry: &Entry<'_>, out: &mut Vec<u8>) -> Result<()> {
    let settings = &desk.site.settings;
    let item = entry.item;
    writeln!(out, "<entry xml:lang=\"{}\">\n<id>{}</id>\n<title>{}</title>", entry.lang, xml(&entry.id), xml(&entry.title))?;
    writeln!(out, "<published>{}</published>\n<updated>{}</updated>", entry.published, entry.updated)?;
    // One alternate: of several, some readers follow the first and some the last, whatever language they are in.
    let own = item.best(entry.lang);
    let others = item.editions.iter().filter(|edition| edition.record.lang != own.record.lang);
    for (rel, edition) in std::iter::once(("alternate", own)).chain(others.map(|edition| ("related", edition))) {
        let href = desk.absolute(&edition.route);
        writeln!(out, "<link rel=\"{rel}\" type=\"text/html\" hreflang=\"{}\" href=\"{}\"/>", edition.record.lang, xml(&href))?;
    }
    let fields = &item.original().record.fields;
    if let Some(body) = fields.text("body").and_then(|id| settings.bodies.iter().find(|term| term.id == id)) {
        writeln!(out, "<author><name>{}</name></author>", xml(body.name.get(entry.lang)))?;
    }
    writeln!(out, "<category term=\"{}\"/>", item.kind.name)?;
    for topic in fields.texts("topics") {
        let name = settings.topics.iter().find(|term| term.id == topic).map_or(topic, |term| term.name.get(entry.lang));
        writeln!(out, "<category term=\"{}\" label=\"{}\"/>", xml(topic), xml(name))?;
    }
    writeln!(out, "<summary type=\"text\">{}</summary>", xml(&entry.summary))?;
    writeln!(out, "{}</entry>", desk.look.entry(desk, &shown(entry, &item.best(entry.lang).route.href())))
}

/// An entry as a browser shows it.
pub(super) fn shown<'e>(entry: &'e Entry<'_>, href: &'e str) -> Shown<'e> {
    let (lang, title, summary) = (entry.lang, entry.title.as_str(), entry.summary.as_str());
    Shown { lang, when: Stamp::Day(entry.updated.own_day()), kind: entry.item.kind.name, href, title, summary }
}
