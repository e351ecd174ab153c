//! In: a record or the site. Out: the words of its card.

use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::site::{Edition, Item, Site};
use crate::text::dates::Dates;
use crate::text::{markdown, sentences};

/// Longest number in the head of a card, in characters.
const NUMBER: usize = 18;

/// A headline of no more characters and no longer words fits on any card.
const SHORT: (usize, usize) = (56, 16);

/// The look of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// Paper and ink, or the brand's colour.
    Plain,
    /// A standing alert: solid red.
    Alert,
    /// A correction: the fact alone, never the claim.
    Correction,
}

impl Variant {
    /// The name that templates know.
    pub fn name(self) -> &'static str {
        match self {
            Variant::Plain => "plain",
            Variant::Alert => "alert",
            Variant::Correction => "correction",
        }
    }
}

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Its language.
    pub lang: Lang,
    /// Its look.
    pub variant: Variant,
    /// The kind of the record; `site` for the site's own.
    pub kind: &'static str,
    /// The body's name.
    pub body: String,
    /// The record's number.
    pub number: Option<String>,
    /// The headline.
    pub headline: String,
    /// One or two sentences, left out where there is no room.
    pub summary: Option<String>,
    /// How the record stands, with its date.
    pub status: Option<String>,
    /// The address; the shorter one is taken where the first has no room.
    pub address: (String, String),
}

impl Words {
    /// The words of a record.
    pub fn of_record((site, dates): (&Site, &Dates), item: &Item, edition: &Edition) -> Words {
        let record = &edition.record;
        let lang = record.lang;
        let standing = matches!(item.status.word, "active" | "upcoming");
        let variant = match item.kind.name {
            "alert" if standing => Variant::Alert,
            "correction" => Variant::Correction,
            _ => Variant::Plain,
        };
        let summary = match item.kind.name {
            "alert" if standing => Some(areas(edition)).filter(|areas| !areas.is_empty()),
            "service" => None,
            _ => sentences::sentences(&edition.summary, lang).first().map(|first| (*first).to_owned()),
        };
        let number = record.fields.text("reference").map(|reference| reference.split(", ").next().unwrap_or(reference).to_owned());
        Words {
            variant,
            kind: item.kind.name,
            number: number.filter(|number| number.chars().count() <= NUMBER),
            headline: one_line(record.fields.text("card_title").unwrap_or(record.title())),
            summary: summary.map(|summary| one_line(&markdown::plain(&summary))),
            status: status((site, dates), item, lang),
            address: address(site, &edition.route.to_string()),
            ..Words::bare(site, lang)
        }
    }

    /// The words of the site's own card.
    pub fn of_site(site: &Site, lang: Lang) -> Words {
        let settings = &site.settings;
        let tagline = Some(one_line(settings.tagline.get(lang))).filter(|tagline| !tagline.is_empty());
        let title = one_line(settings.title.get(lang));
        let headline = tagline.unwrap_or_else(|| title.clone());
        Words { headline, body: title, ..Words::bare(site, lang) }
    }

    /// The site's card with the body's name as its headline.
    pub(super) fn named(&self) -> Words {
        Words { headline: self.body.clone(), ..self.clone() }
    }

    /// The site's card with its address alone.
    pub(super) fn addressed(&self) -> Words {
        let host = self.address.1.clone();
        Words { headline: host.clone(), body: host, ..self.clone() }
    }

    fn bare(site: &Site, lang: Lang) -> Words {
        Words {
            lang,
            variant: Variant::Plain,
            kind: "site",
            body: one_line(site.settings.title.get(lang)),
            number: None,
            headline: String::new(),
            summary: None,
            status: None,
            address: address(site, "/"),
        }
    }

    /// All words, for those who do not see them.
    pub fn all(&self) -> String {
        let mut out = String::new();
        let parts = [Some(&self.body), self.number.as_ref(), Some(&self.headline), self.summary.as_ref(), self.status.as_ref()];
        for part in parts.into_iter().flatten() {
            if !out.is_empty() {
                out.push_str(if out.ends_with(['.', '!', '?', '؟', ':']) { " " } else { ". " });
            }
            out.push_str(part);
        }
        out
    }

    /// Whether the headline fits for certain, so that it need not be measured.
    pub(super) fn is_short(&self) -> bool {
        self.headline.chars().count() <= SHORT.0 && self.headline.split(' ').all(|word| word.chars().count() <= SHORT.1)
    }
}

/// The words of a status; where its date says the word again, the dated words alone. A verdict is about the claim, which
/// a card does not tell, so only its day stands there; a service changes more often than a card.
fn status((site, dates): (&Site, &Dates), item: &Item, lang: Lang) -> Option<String> {
    let status = item.status;
    if matches!(item.kind.name, "service" | "page") {
        return None;
    }
    let key = format!("status-{}", status.word);
    let word = site.messages.lookup(lang, &key, &[]);
    let dated = status.date.and_then(|date| {
        let shown = dates.stamp(lang, date);
        site.messages.lookup(lang, &format!("{key}-date"), &[("date", Arg::Text(&shown))])
    });
    match (word, dated) {
        (_, Some(dated)) if status.word.starts_with("verdict") => Some(dated),
        (Some(word), Some(dated)) if !dated.starts_with(&word) => Some(format!("{word}. {dated}")),
        (_, Some(dated)) => Some(dated),
        (word, None) if !status.word.starts_with("verdict") => word,
        _ => None,
    }
}

fn areas(edition: &Edition) -> String {
    let names: Vec<&str> = edition.record.fields.maps("areas").filter_map(|area| area.text("name")).collect();
    names.join(" · ")
}

fn address(site: &Site, route: &str) -> (String, String) {
    let host = site.settings.url.split_once("://").map_or(site.settings.url.as_str(), |(_, host)| host);
    let page = route.trim_end_matches('/').trim_end_matches(".html");
    (format!("{host}{page}"), host.to_owned())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
