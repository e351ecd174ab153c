//! In: the site. Out: `cap.atom` beside the list of alerts, in every language: the newest CAP messages, each with the
//! address of its file. What aggregators poll.

use super::cap::{MEDIA, Message, alerts, headline, messages, summary};
use super::feed::{Desk, Look, Shown, beside, sheet};
use super::format::Format;
use crate::model::date::Stamp;
use crate::model::finding::Checked;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Facet, Site};
use crate::text::escape::xml;
use std::fmt::Write;
use std::sync::Arc;

/// The feed's name, beside the list of alerts.
pub const NAME: &str = "cap.atom";
/// Most messages; keeps the feed far below the 100 kB that aggregators wish for.
const LIMIT: usize = 40;

/// The format.
pub struct CapFeed;

impl Format for CapFeed {
    fn name(&self) -> &'static str {
        "cap_feed"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        // A faulty style sheet is told by the feeds.
        let desk = Arc::new(Desk::new(site, sheet(site).unwrap_or(Look::none())));
        let made = lists(site).map(|(lang, home)| {
            let (desk, route) = (desk.clone(), beside(home, NAME));
            Recipe::plain(route.file(), format!("the feed {route}"), move |out| {
                out.extend_from_slice(write(&desk, lang, home, &route).as_bytes());
            })
        });
        made.collect::<Vec<_>>().into()
    }
}

/// The list of alerts in each language.
pub fn lists(site: &Site) -> impl Iterator<Item = (Lang, &Route)> {
    let index = site.indexes.iter().find(|index| index.facet == Facet::Kind("alert"));
    index.into_iter().flat_map(|index| index.routes.iter().map(|(lang, route)| (*lang, route)))
}

fn write(desk: &Desk<'_>, lang: Lang, home: &Route, route: &Route) -> String {
    let site = desk.site;
    let mut newest: Vec<Message<'_>> = alerts(site).flat_map(|item| messages(site, item)).collect();
    newest.sort_by(|a, b| (b.sent, &a.identifier).cmp(&(a.sent, &b.identifier)));
    newest.truncate(LIMIT);
    let own = desk.absolute(route);
    let title = format!("{} · {}", site.settings.title.get(lang), site.messages.get(lang, "cap-of-all"));
    let updated = newest.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |message| message.sent.to_string());
    let mut out = format!(
        "{prolog}<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n<id>{own}</id>\n<title>{title}</title>\n\
         <updated>{updated}</updated>\n<author><name>{author}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{lang}\" href=\"{home_url}\"/>\n",
        prolog = desk.look.prolog(),
        own = xml(&own),
        title = xml(&title),
        author = xml(site.settings.title.get(lang)),
        home_url = xml(&desk.absolute(home)),
    );
    if let Some(hub) = &site.settings.hub {
        let _ = writeln!(out, "<link rel=\"hub\" href=\"{}\"/>", xml(hub));
    }
    out.push_str(&desk.look.head(desk, (lang, &title), route, home));
    newest.iter().for_each(|message| entry(desk, lang, message, &mut out));
    out.push_str("</feed>\n");
    out
}

fn entry(desk: &Desk<'_>, lang: Lang, message: &Message<'_>, out: &mut String) {
    let site = desk.site;
    let edition = message.item.best(lang);
    let lang = edition.record.lang;
    let (title, words) = (headline(site, message, edition), summary(site, message, edition));
    let fields = &message.item.original().record.fields;
    let body = fields.text("body").and_then(|id| site.settings.bodies.iter().find(|term| term.id == id));
    let author = body.map_or_else(|| site.settings.title.get(lang), |body| body.name.get(lang));
    let _ = write!(
        out,
        "<entry xml:lang=\"{lang}\">\n<id>{id}</id>\n<title>{title}</title>\n<updated>{sent}</updated>\n\
         <author><name>{author}</name></author>\n<link rel=\"alternate\" type=\"{MEDIA}\" href=\"{file}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{lang}\" href=\"{page}\"/>\n<summary type=\"text\">{words}</summary>\n",
        id = xml(&message.identifier),
        title = xml(&title),
        sent = message.sent,
        author = xml(author),
        file = xml(&desk.absolute(&message.route)),
        page = xml(&desk.absolute(&edition.route)),
        words = xml(&words),
    );
    let href = edition.route.href();
    let shown = Shown { lang, when: Stamp::Instant(message.sent), kind: "alert", href: &href, title: &title, summary: &words };
    out.push_str(&desk.look.entry(desk, &shown));
    out.push_str("</entry>\n");
}
