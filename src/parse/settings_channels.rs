//! In: the `channels` of `promulgate.yaml`. Out: configured accounts, each read by the table of its platform.

use super::fields::AnyId;
use super::scalar;
use super::settings::{Reader, langs, localised, named};
use super::settings_table::CHANNEL;
use crate::model::announcement::Event;
use crate::model::finding::{Finding, Place};
use crate::model::kind::{Field, Need, Shape};
use crate::model::lang::Lang;
use crate::model::record::{Fields, Value};
use crate::model::settings::{ChannelSettings, CorrectBy, SecretRef};
use std::collections::{BTreeMap, BTreeSet};

impl Reader<'_> {
    pub(super) fn channels(&mut self, fields: &Fields, languages: &[Lang]) -> Vec<ChannelSettings> {
        let entries: Vec<(String, Value)> = named(fields, "channels").cloned().collect();
        let mut channels: Vec<ChannelSettings> =
            entries.into_iter().filter_map(|(name, value)| self.channel(&name, &value, languages)).collect();
        for (at, channel) in channels.iter().enumerate() {
            let twin =
                channels[..at].iter().find(|other| other.platform == channel.platform && identity(&other.own) == identity(&channel.own));
            if let Some(twin) = twin {
                let message = format!(
                    "`{}` and `{}` are the same account, so each thing would be told on one of them only.",
                    twin.name, channel.name
                );
                self.fault(
                    &format!("channels.{}", channel.name),
                    message,
                    "Say who each of them is, with `handle:` or its own address; or keep one of the two.",
                );
            }
        }
        let known = variables(&channels);
        for channel in &mut channels {
            let own = variables(std::slice::from_ref(channel));
            channel.foreign = known.difference(&own).cloned().collect();
        }
        channels
    }

    /// A channel is read by the table of its platform, so it is read again as YAML of its own.
    fn channel(&mut self, name: &str, value: &Value, languages: &[Lang]) -> Option<ChannelSettings> {
        let at = format!("channels.{name}");
        let Value::Any(value) = value else { return None };
        let platform = value.get("platform").and_then(|platform| platform.as_str()).unwrap_or_default().to_owned();
        let Some((_, own_table)) = self.platforms.iter().copied().find(|(known, _)| *known == platform) else {
            let known: Vec<&str> = self.platforms.iter().map(|(name, _)| *name).collect();
            let near = scalar::nearest(&platform, known.iter().copied());
            let help = near.map_or_else(
                || format!("Write one of: {}.", known.join(", ")),
                |near| format!("Did you mean `{near}`? One of: {}.", known.join(", ")),
            );
            self.fault(&format!("{at}.platform"), format!("There is no platform `{}`.", scalar::shown(&platform)), help);
            return None;
        };
        let fields = self.own_fields(&at, value, &[CHANNEL, own_table])?;
        self.complete(&at, &fields, own_table);
        // A mail server is no web address; it has a check of its own.
        let over_http = own_table.iter().any(|field| field.name == "server" && matches!(field.shape, Shape::Url));
        if over_http && fields.text("server").is_some_and(|server| !scalar::is_private(server)) {
            self.fault(
                &format!("{at}.server"),
                "What is sent to this server can be read on the way, the channel's token too.",
                "Write an address that begins with `https://` and holds no password; `http://` is for this machine only.",
            );
        }
        let secrets = own_table.iter().filter(|field| matches!(field.shape, Shape::Secret));
        let mut secrets: BTreeMap<String, SecretRef> =
            secrets.filter_map(|field| fields.text(field.name).map(|text| (field.name.to_owned(), secret_ref(text)))).collect();
        // A plugin names its secrets itself.
        let lists = own_table.iter().filter(|field| matches!(field.shape, Shape::Named(Shape::Secret)));
        let listed = lists.flat_map(|field| named(&fields, field.name));
        secrets.extend(listed.filter_map(|(name, value)| value.text().map(|text| (name.clone(), secret_ref(text)))));
        let own = own_table.iter().filter(|field| !matches!(field.shape, Shape::Secret | Shape::Named(Shape::Secret)));
        let own = Fields(own.filter_map(|field| fields.get(field.name).map(|value| (field.name, value.clone()))).collect());
        let mut channel_languages = langs(&fields, "languages");
        for lang in channel_languages.clone() {
            if !languages.contains(&lang) {
                self.fault(
                    &format!("{at}.languages"),
                    format!("`{lang}` is not a language of the site."),
                    "Add it to `languages:` at the top, or remove it here.",
                );
            }
        }
        if channel_languages.is_empty() {
            channel_languages.push(languages[0]);
        }
        let kinds = self.channel_kinds(&at, &fields);
        let rotated = self.rotated(&at, &fields, &secrets);
        let on: Vec<Event> = fields.texts("on").filter_map(|word| word.parse().ok()).collect();
        Some(ChannelSettings {
            name: name.to_owned(),
            label: fields.get("label").map(|label| localised(Some(label))),
            profile: fields.text("profile").map(str::to_owned),
            platform,
            own,
            secrets,
            rotated,
            foreign: Vec::new(),
            languages: channel_languages,
            kinds,
            audiences: fields.texts("audiences").map(str::to_owned).collect(),
            on: if on.is_empty() { Event::ALL.to_vec() } else { on },
            correct_by: match fields.text("correct_by") {
                Some("edit") => CorrectBy::Edit,
                Some("replace") => CorrectBy::Replace,
                _ => CorrectBy::Reply,
            },
            hashtags: self.hashtags(&at, &fields),
            template: named(&fields, "template").map(|(name, value)| (name.clone(), localised(Some(value)))).collect(),
        })
    }

    /// Fields that are needed only where another one has a certain word.
    fn complete(&mut self, at: &str, fields: &Fields, own_table: &'static [Field]) {
        for field in own_table {
            let Need::Where(other, word) = field.need else { continue };
            if fields.text(other) == Some(word) && fields.get(field.name).is_none() {
                self.fault(
                    &format!("{at}.{other}"),
                    format!("`{other}: {word}` needs `{}`.", field.name),
                    format!("Write it beside `{other}`, such as `{}: {}`.", field.name, field.example),
                );
            }
        }
    }

    fn hashtags(&mut self, at: &str, fields: &Fields) -> BTreeMap<Lang, Vec<String>> {
        let mut hashtags = BTreeMap::new();
        for (lang, words) in named(fields, "hashtags") {
            let Ok(parsed) = lang.parse::<Lang>() else {
                let message = format!("`{}` is no language.", scalar::shown(lang));
                self.fault(&format!("{at}.hashtags"), message, "Write the words by language: `{sv: [Norrvik]}`.");
                continue;
            };
            let Value::List(words) = words else { continue };
            let words = words.iter().filter_map(Value::text).map(|word| word.trim_start_matches('#').to_owned());
            hashtags.insert(parsed, words.collect());
        }
        hashtags
    }

    /// Where replaced secrets are kept: for secrets that the channel has, and never where the site is made of or read.
    fn rotated(&mut self, at: &str, fields: &Fields, secrets: &BTreeMap<String, SecretRef>) -> BTreeMap<String, SecretRef> {
        let mut rotated = BTreeMap::new();
        for (name, value) in named(fields, "rotated") {
            let place = secret_ref(value.text().unwrap_or_default());
            let field = format!("{at}.rotated.{name}");
            if !secrets.contains_key(name) {
                self.fault(
                    &field,
                    format!("This channel has no secret `{}`.", scalar::shown(name)),
                    "Name a secret that stands beside it.",
                );
            }
            match &place {
                SecretRef::Env(_) => self.fault(
                    &field,
                    "A variable cannot keep a new value.",
                    "Write `file:PATH`, or `command:PROGRAM` that reads the value.",
                ),
                SecretRef::File(path) if !is_apart(path) => self.fault(
                    &field,
                    "No secret may lie there: it would be published or shared.",
                    "Write a path outside of the site, such as `file:/var/lib/promulgate/token`.",
                ),
                _ => {}
            }
            rotated.insert(name.clone(), place);
        }
        // A secret that lies in a file of its own is replaced there.
        for (name, place) in secrets {
            if matches!(place, SecretRef::File(path) if is_apart(path)) {
                rotated.entry(name.clone()).or_insert_with(|| place.clone());
            }
        }
        rotated
    }

    /// Fields of a part that has tables of its own, read again as YAML of its own.
    pub(super) fn own_fields(&mut self, at: &str, value: &serde_json::Value, tables: &[&'static [Field]]) -> Option<Fields> {
        use super::fields::{Context, MapSeed, Trail};
        use serde::de::DeserializeSeed;
        let context = Context { ids: &AnyId, complete: true, problems: Default::default() };
        let text = serde_yaml::to_string(value).ok()?;
        let tree = super::node::parse(&text).ok()?;
        let seed = MapSeed { tables, trail: &Trail::TOP, context: &context };
        let fields = seed.deserialize(super::node::Reader { node: &tree, typed: false }).ok()?;
        let problems = context.problems.into_inner();
        for problem in &problems {
            let field = if problem.path.is_empty() { at.to_owned() } else { format!("{at}.{}", problem.path) };
            self.out.push(Finding::error(problem.code, Place::field(self.source.path.as_str(), field), &problem.message, &problem.help));
        }
        problems.is_empty().then_some(fields)
    }

    fn channel_kinds(&mut self, at: &str, fields: &Fields) -> Vec<&'static str> {
        let typed: Vec<&str> = fields.texts("kinds").collect();
        if typed.is_empty() {
            return self.kinds.iter().map(|kind| kind.name).filter(|name| !matches!(*name, "page" | "service")).collect();
        }
        let mut kinds = Vec::new();
        for name in typed {
            match self.kinds.iter().find(|kind| kind.name == name) {
                Some(kind) => kinds.push(kind.name),
                None => {
                    let near = scalar::nearest(name, self.kinds.iter().map(|kind| kind.name));
                    self.fault(
                        &format!("{at}.kinds"),
                        format!("There is no kind `{}`.", scalar::shown(name)),
                        near.map_or_else(String::new, |near| format!("Did you mean `{near}`?")),
                    );
                }
            }
        }
        kinds
    }
}

/// What tells one account of a platform from another, as far as the settings say it. Who sends counts more than who gets it.
fn identity(own: &Fields) -> Vec<Option<&Value>> {
    let who = own.get("from").or(own.get("to"));
    let own = ["server", "handle", "url", "account", "command", "network", "where"].map(|name| own.get(name));
    own.into_iter().chain([who]).collect()
}

/// The environment variables that channels read secrets from.
fn variables(channels: &[ChannelSettings]) -> BTreeSet<String> {
    let references = channels.iter().flat_map(|channel| channel.secrets.values());
    references.filter_map(|reference| if let SecretRef::Env(name) = reference { Some(name.clone()) } else { None }).collect()
}

/// Whether a file lies outside of the folders that are published, shared or shown.
fn is_apart(path: &str) -> bool {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let public = ["content", "public", "ledger", "static", "themes", "handover", "cards"];
    path.starts_with('/') || !parts.first().is_some_and(|first| public.contains(first))
}

pub(super) fn secret_ref(text: &str) -> SecretRef {
    match text.split_once(':') {
        Some(("file", path)) => SecretRef::File(path.to_owned()),
        Some(("command", line)) => SecretRef::Command(line.split_whitespace().map(str::to_owned).collect()),
        Some((_, name)) => SecretRef::Env(name.to_owned()),
        None => SecretRef::Env(text.to_owned()),
    }
}
