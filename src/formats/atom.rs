//! In: the site. Out: Atom feeds (RFC 4287) of the whole site and of each list, in every language.
//!
//! Whatever a title holds, the feed is well-formed XML: text is escaped, and characters that XML 1.0 cannot hold are
//! left out.

use super::feed::{Entry, Feed, feeds};
use super::format::Format;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::text::escape::xml;
use std::io::Write;

/// The format.
pub struct Atom;

impl Format for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let recipe = |feed: Feed<'s>| {
            let route = feed.route("feed.atom").ok()?;
            let subject = format!("the Atom feed of {}", feed.home);
            Some(Recipe::plain(route.file(), subject, move |out| out.extend_from_slice(write(site, &feed, &route).as_bytes())))
        };
        feeds(site).into_iter().filter_map(recipe).collect::<Vec<_>>().into()
    }
}

fn write(site: &Site, feed: &Feed<'_>, route: &Route) -> String {
    let entries = feed.entries(site);
    let settings = &site.settings;
    let absolute = |route: &Route| settings.absolute(&route.href());
    let updated = entries.iter().map(|entry| entry.updated).max();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <id>{own}</id>\n<title>{title}</title>\n<subtitle>{tagline}</subtitle>\n<updated>{updated}</updated>\n\
         <author><name>{author}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{lang}\" href=\"{home}\"/>\n",
        lang = feed.lang,
        own = xml(&absolute(route)),
        title = xml(&feed.title),
        tagline = xml(settings.tagline.get(feed.lang)),
        updated = updated.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |at| at.to_string()),
        author = xml(settings.title.get(feed.lang)),
        home = xml(&absolute(&feed.home)),
    );
    for one in &entries {
        entry(site, one, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(site: &Site, entry: &Entry<'_>, out: &mut String) {
    let mut bytes = Vec::with_capacity(1024);
    write_entry(site, entry, &mut bytes).expect("writing to memory does not fail");
    out.push_str(&String::from_utf8(bytes).expect("only text is written"));
}

fn write_entry(site: &Site, entry: &Entry<'_>, out: &mut Vec<u8>) -> std::io::Result<()> {
    let settings = &site.settings;
    let item = entry.item;
    writeln!(out, "<entry xml:lang=\"{}\">\n<id>{}</id>\n<title>{}</title>", entry.lang, xml(&entry.id), xml(&entry.title))?;
    writeln!(out, "<published>{}</published>\n<updated>{}</updated>", entry.published, entry.updated)?;
    for edition in &item.editions {
        let href = settings.absolute(&edition.route.href());
        // RFC 4287, 4.1.2: several alternates must differ in type or hreflang.
        writeln!(out, "<link rel=\"alternate\" type=\"text/html\" hreflang=\"{}\" href=\"{}\"/>", edition.record.lang, xml(&href))?;
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
    writeln!(out, "<summary type=\"text\">{}</summary>\n</entry>", xml(&entry.summary))
}
