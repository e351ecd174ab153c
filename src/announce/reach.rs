//! In: a record, a channel and a language. Out: the edition that is told there, or why nothing is.

use crate::announce::happenings::{Happening, Note};
use crate::model::announcement::Event;
use crate::model::date::Instant;
use crate::model::lang::Lang;
use crate::model::record::{Fields, Value};
use crate::model::settings::ChannelSettings;
use crate::model::site::{Edition, Item};

/// The edition of a record that a channel is told in a language.
pub fn edition<'i>(item: &'i Item, channel: &ChannelSettings, lang: Lang) -> Result<&'i Edition, String> {
    let fields = &item.original().record.fields;
    if !channel.kinds.is_empty() && !channel.kinds.contains(&item.kind.name) {
        return Err(format!("This channel is not told of the kind `{}`.", item.kind.name));
    }
    match fields.get("announce") {
        Some(Value::Off | Value::Flag(false)) => return Err("The record says `announce: false`.".into()),
        Some(Value::Map(own)) if !own.list("channels").is_empty() && !own.texts("channels").any(|name| name == channel.name) => {
            return Err("The record names other channels.".into());
        }
        _ => {}
    }
    if !shares_audience(fields, channel) {
        return Err("The record and the channel share no audience.".into());
    }
    item.edition(lang).ok_or_else(|| format!("There is no translation into `{lang}`."))
}

/// Told to everyone, or to somebody whom the channel reaches.
fn shares_audience(fields: &Fields, channel: &ChannelSettings) -> bool {
    let mut audiences = fields.texts("audiences").peekable();
    channel.audiences.is_empty()
        || audiences.peek().is_none()
        || audiences.any(|name| name == "everyone" || channel.audiences.iter().any(|own| own == name))
}

/// Why an event of the edition is not told although the record is, if so.
///
/// A translation that is older than its original would tell what is no longer so; it is told once it has been brought
/// up to date. An alert is told all the same: its page says that the translation is behind, and silence is worse. An end,
/// a correction and a withdrawal never wait for a translator: their words come with the theme.
pub fn not_told(item: &Item, edition: &Edition, happening: &Happening, channel: &ChannelSettings) -> Option<String> {
    if !channel.on.is_empty() && !channel.on.contains(&happening.event) {
        return Some(format!("This channel is not told of the event `{}`.", happening.event));
    }
    let waits = matches!(happening.event, Event::Published | Event::Updated) && item.kind.name != "alert";
    if edition.stale && waits {
        return Some("The translation is older than the original; it is told when it has been brought up to date.".into());
    }
    let written = |field: &str| edition.record.original || edition.record.own.contains(&field);
    match happening.note {
        Note::Entry(_) if !written("timeline") => Some("The new entry is not translated yet.".into()),
        Note::Revision(_) if !written("revisions") => Some("The note about the change is not translated yet.".into()),
        _ => None,
    }
}

/// The record's own wish not to be told before an instant.
pub fn not_before(item: &Item) -> Option<Instant> {
    item.original().record.fields.map("announce")?.instant("at")
}
