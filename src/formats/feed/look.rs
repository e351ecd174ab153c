//! In: the theme's `feed.css`. Out: how a feed looks to somebody who opens it in a browser.
//!
//! Browsers show XML with a style sheet of CSS and drop XSLT, so what a person reads stands in the feed itself, as XHTML
//! beside what feed readers read; both formats allow foreign elements (RFC 4287, 6.3; RSS 2.0, "Extending RSS"). The
//! style sheet hides the rest. A theme without `feed.css` gets feeds without all this.

use super::Desk;
use crate::model::date::Stamp;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::text::escape::xml;
use std::fmt::Write;
use std::sync::Arc;
use tera::{Context, Tera, Value};
use xxhash_rust::xxh3::xxh3_64;

const SHEET: &str = "feed.css";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// The style sheet of feeds, if the theme has one: its bytes and its address.
pub struct Look(Option<(Arc<str>, Route)>);

/// Renders the theme's `feed.css` with its colours; what is wrong with it as a sentence.
pub fn sheet(site: &Site) -> Result<Look, String> {
    let Some(source) = site.theme.templates.iter().find(|source| source.path.as_str() == SHEET) else { return Ok(Look(None)) };
    let mut tera = Tera::new();
    let mut context = Context::new();
    for (name, tokens) in [("light", &site.theme.light), ("dark", &site.theme.dark)] {
        context.insert_value(name, Value::from(tokens.clone()));
    }
    let made = tera.add_raw_template(SHEET, &source.text).and_then(|()| tera.render(SHEET, &context));
    let css = made.map_err(|error| error.to_string())?;
    let route = Route::new(&format!("/assets/feed.{:016x}.css", xxh3_64(css.as_bytes()))).expect("a hash is a plain name");
    Ok(Look(Some((css.into(), route))))
}

impl Look {
    /// Feeds without a style sheet.
    pub fn none() -> Look {
        Look(None)
    }

    /// The style sheet's own file.
    pub(super) fn recipe<'s>(&self) -> Option<Recipe<'s>> {
        let (css, route) = self.0.clone()?;
        Some(Recipe::plain(route.file(), "templates/feed.css", move |out| out.extend_from_slice(css.as_bytes())))
    }

    /// The beginning of an XML file.
    pub fn prolog(&self) -> String {
        let sheet = self.0.as_ref().map(|(_, route)| format!("<?xml-stylesheet type=\"text/css\" href=\"{}\"?>\n", xml(&route.href())));
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}", sheet.unwrap_or_default())
    }

    /// The head of the page that a browser shows: what this is, its address, the way to the site's own page.
    pub fn head(&self, desk: &Desk<'_>, (lang, title): (Lang, &str), own: &Route, home: &Route) -> String {
        if self.0.is_none() {
            return String::new();
        }
        let said = |key: &str| desk.site.messages.get(lang, key);
        format!(
            "<div xmlns=\"{XHTML}\" lang=\"{lang}\" dir=\"{dir}\"><h1>{title}</h1><p>{about}</p><p><code dir=\"ltr\">{own}</code></p>\
             <p><a href=\"{home}\">{back}</a></p></div>\n",
            dir = lang.direction(),
            title = xml(title),
            about = xml(&said("feed-explained")),
            own = xml(&desk.absolute(own)),
            home = xml(&home.href()),
            back = xml(&said("feed-to-page")),
        )
    }

    /// An entry as a browser shows it: when, what kind, the title as a link, the summary.
    pub fn entry(&self, desk: &Desk<'_>, shown: &Shown<'_>) -> String {
        if self.0.is_none() {
            return String::new();
        }
        let mut out = format!(
            "<div xmlns=\"{XHTML}\" lang=\"{lang}\" dir=\"{dir}\"><p class=\"when\">{dated}</p><h2><a href=\"{href}\">{title}</a></h2>",
            lang = shown.lang,
            dir = shown.lang.direction(),
            dated = xml(&desk.dated(shown.lang, shown.when, shown.kind)),
            href = xml(shown.href),
            title = xml(shown.title),
        );
        let _ = writeln!(out, "<p>{}</p></div>", xml(shown.summary));
        out
    }
}

/// What a browser shows of an entry.
pub struct Shown<'a> {
    /// The language of its words.
    pub lang: Lang,
    /// The day or time it is dated with.
    pub when: Stamp,
    /// The kind of its record.
    pub kind: &'static str,
    /// Where its title leads.
    pub href: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its summary, plain text.
    pub summary: &'a str,
}
