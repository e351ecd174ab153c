//! In: a happening and an edition. Out: whole texts to post, the longest first.
//!
//! The words are the record's own (`announce.text`), the channel's (`template`), or the theme's: the message
//! `post-KIND-EVENT`, else `post-EVENT`. A pattern may use `$title`, `$summary`, `$link`, `$note` (what changed),
//! `$other` (title of the correction or newer decision), `$reference` and `$date`; `$summary` is the note where there is
//! one, and is what is shortened.

use crate::announce::happenings::{Happening, Note};
use crate::model::announcement::{Event, Image};
use crate::model::date::Stamp;
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::record::{Fields, Value};
use crate::model::settings::ChannelSettings;
use crate::model::site::{Edition, Item, Site};

/// What is to be said, for the shortening of texts.
#[derive(Debug)]
pub struct Draft<'a> {
    /// The text that may be shortened, plain.
    pub summary: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Names that stay whole.
    pub places: Vec<&'a str>,
    /// Full address of the page.
    pub link: &'a str,
}

/// Work on text that lives in other rooms.
pub trait Words {
    /// Whole texts, the longest first; `render` puts a shortened summary into the pattern.
    fn wordings(&self, draft: &Draft<'_>, render: &dyn Fn(&str) -> String) -> Vec<String>;
    /// Markdown as plain text.
    fn plain(&self, markdown: &str) -> String;
    /// A day or instant as people write it.
    fn date(&self, lang: Lang, stamp: Stamp) -> String;
    /// The record's cards as the site draws them.
    fn drawn(&self, item: &Item, edition: &Edition) -> Vec<Image> {
        let _ = (item, edition);
        Vec::new()
    }
}

/// A happening of a record in one language, and the channel it is told on.
pub struct Subject<'a> {
    /// The site.
    pub site: &'a Site,
    /// The record.
    pub item: &'a Item,
    /// In the language that is told.
    pub edition: &'a Edition,
    /// What happened.
    pub happening: &'a Happening,
    /// Where it is told.
    pub channel: &'a ChannelSettings,
}

/// The texts that can be posted, the longest first.
pub fn wordings(subject: &Subject<'_>, link: &str, words: &dyn Words) -> Vec<String> {
    if let Some(own) = own_words(subject) {
        let own = own.trim();
        return vec![if own.contains(link) { own.to_owned() } else { format!("{own}\n\n{link}") }];
    }
    let lang = subject.edition.record.lang;
    let note = note(subject, words);
    let summary = if note.is_empty() { subject.edition.summary.as_str() } else { &note };
    let place = |id: &str| subject.site.settings.terms(Vocabulary::Places).iter().find(|term| term.id == id);
    let places = subject.item.original().record.fields.texts("places").filter_map(place).map(|term| term.name.get(lang)).collect();
    let date = match subject.happening.note {
        Note::Due(due) => words.date(lang, due),
        _ => words.date(lang, Stamp::Instant(subject.happening.at)),
    };
    let render = |summary: &str| pattern(subject, &args(subject, link, summary, &note, &date), lang);
    words.wordings(&Draft { summary, lang, places, link }, &render)
}

fn args<'a>(subject: &'a Subject<'_>, link: &'a str, summary: &'a str, note: &str, date: &'a str) -> Vec<(&'static str, Arg<'a>)> {
    let record = &subject.edition.record;
    let other = match subject.happening.note {
        Note::Other(ix) => subject.site.items[ix].best(record.lang).record.title(),
        _ => "",
    };
    vec![
        ("title", Arg::Text(record.title())),
        ("summary", Arg::Text(summary)),
        ("link", Arg::Text(link)),
        ("note", Arg::Text(if note.is_empty() { "" } else { summary })),
        ("other", Arg::Text(other)),
        ("reference", Arg::Text(record.fields.text("reference").unwrap_or_default())),
        ("date", Arg::Text(date)),
    ]
}

fn pattern(subject: &Subject<'_>, args: &[(&str, Arg<'_>)], lang: Lang) -> String {
    let event = subject.happening.event;
    let kind = subject.item.kind.name;
    let messages = &subject.site.messages;
    let own = |name: &str| subject.channel.template.get(name).and_then(|texts| texts.exact(lang));
    if let Some(template) = own(&format!("{kind}-{event}")).or_else(|| own(event.name())) {
        // A pattern that does not parse is a finding of the settings; the theme's words stand in for it.
        if let Ok(text) = messages.pattern(lang, template, args) {
            return text;
        }
    }
    let theme =
        messages.lookup(lang, &format!("post-{kind}-{event}"), args).or_else(|| messages.lookup(lang, &format!("post-{event}"), args));
    theme.unwrap_or_else(|| {
        let text = |name: &str| {
            args.iter().find_map(|(key, arg)| if let (true, Arg::Text(text)) = (*key == name, arg) { Some(*text) } else { None })
        };
        [text("title"), text("summary"), text("link")]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join("\n\n")
    })
}

/// The record's own words for its publication: for this channel, else for this language. Words for a channel that name
/// no language are in the language of the file that gives them, and stand for others only where the channel has one.
fn own_words<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    if subject.happening.event != Event::Published {
        return None;
    }
    let record = &subject.edition.record;
    let Some(Value::Named(texts)) = record.fields.map("announce")?.get("text") else { return None };
    let written_here = record.original || record.own.contains(&"announce") || subject.channel.languages.len() == 1;
    let for_channel = match texts.iter().find(|(name, _)| *name == subject.channel.name) {
        Some((_, Value::Named(by_lang))) => named(by_lang, record.lang.as_str()),
        Some((_, text)) if written_here => text.text(),
        _ => None,
    };
    for_channel.or_else(|| named(texts, record.lang.as_str()))
}

/// The text with a name.
pub(super) fn named<'a>(texts: &'a [(String, Value)], name: &str) -> Option<&'a str> {
    texts.iter().find(|(key, _)| key == name)?.1.text()
}

/// What changed, in plain words; empty where there is nothing to say beyond the summary.
fn note(subject: &Subject<'_>, words: &dyn Words) -> String {
    let fields = &subject.edition.record.fields;
    let lang = subject.edition.record.lang;
    let of = |list: &str, at: usize, field: &str| fields.maps(list).nth(at).and_then(|map| map.text(field)).unwrap_or_default().to_owned();
    match subject.happening.note {
        Note::None | Note::Due(_) => String::new(),
        Note::Revision(at) => of("revisions", at, "note"),
        Note::Entry(at) => words.plain(&of("timeline", at, "text")),
        Note::Reason => fields.map("withdrawn").and_then(|withdrawn| withdrawn.text("reason")).unwrap_or_default().to_owned(),
        Note::Other(ix) => {
            let other = subject.site.items[ix].best(lang);
            corrected(&other.record.fields, words)
                .filter(|_| subject.happening.event == Event::Corrected)
                .unwrap_or_else(|| other.summary.clone())
        }
    }
}

fn corrected(fields: &Fields, words: &dyn Words) -> Option<String> {
    fields.text("now").map(str::to_owned).or_else(|| fields.text("fact").map(|fact| words.plain(fact)))
}
