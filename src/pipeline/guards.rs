//! In: the settings, and everything that is about to be published. Out: what must not be: a secret's value in a file, a
//! token that is replaced and kept nowhere.
//!
//! The values of `env:` and `file:` secrets are looked for in every file of the output before it is staged, and in the
//! sources. Programs (`command:`) are not run for that. A site whose secrets are not set here pays nothing.

use crate::catalogue::CATALOGUE;
use crate::io::rotation;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::settings::{ChannelSettings, SecretRef, Settings};
use crate::model::source::{Source, Sources};
use crate::model::transport::Token;
use crate::text::leaks::Needles;
use crate::text::mail_server::MailServer;
use std::path::Path;

/// The code of what it finds; no setting softens it.
const LEAK: &str = "secret-in-output";

/// Looks for known secrets.
#[derive(Debug)]
pub struct Watch {
    needles: Option<Needles>,
}

impl Watch {
    /// A watch for the secrets of all channels that can be read here.
    pub fn of(settings: &Settings, root: &Path) -> Watch {
        let references = settings.channels.iter().flat_map(|channel| {
            let kept = channel.rotated.iter().filter(|(_, place)| matches!(place, SecretRef::File(_)));
            channel.secrets.iter().chain(kept).map(move |(name, reference)| (channel, name, reference))
        });
        let read =
            references.filter(|(_, _, reference)| !matches!(reference, SecretRef::Command(_))).filter_map(|(channel, name, reference)| {
                let value = rotation::current(reference, None, root, &[]).ok()?;
                Some((format!("`{name}` of the channel `{}`", channel.name), value))
            });
        let known: Vec<_> = read.collect();
        Watch { needles: Needles::of(known.iter().map(|(name, value)| (name.clone(), value.expose()))) }
    }

    /// Whether there is anything to look for.
    pub fn is_idle(&self) -> bool {
        self.needles.is_none()
    }

    /// What is wrong with a file of the output.
    pub fn output(&self, path: &str, bytes: &[u8]) -> Option<Finding> {
        let needles = self.needles.as_ref()?;
        if let Some(name) = needles.find(path.as_bytes()) {
            // The name is not shown: it holds the value.
            let message = format!("The value of the secret {name} stands in the name of a file of the output, so nothing is published.");
            return Some(leak("public", message));
        }
        let name = needles.find(bytes)?;
        Some(leak(path, format!("The value of the secret {name} stands in this file of the output, so nothing is published.")))
    }

    /// What is wrong with the files of the site.
    pub fn sources(&self, sources: &Sources) -> Findings {
        if self.is_idle() {
            return Findings::new();
        }
        let theme = &sources.theme;
        let own = sources.settings.iter().chain(&sources.records).chain(&theme.templates).chain(&theme.messages);
        let all = own.chain(&theme.card_templates).chain(&theme.tokens);
        all.filter_map(|source| self.source(source)).collect()
    }

    fn source(&self, source: &Source) -> Option<Finding> {
        let name = self.needles.as_ref()?.find(source.text.as_bytes())?;
        // The line is not shown: it holds the value.
        Some(leak(
            source.path.as_str(),
            format!("The value of the secret {name} stands in this file of the site, so nothing is published."),
        ))
    }
}

fn leak(path: &str, message: String) -> Finding {
    let help = "Remove it there and put a new secret in its place: take the old one for known to others.";
    Finding::error(LEAK, Place::file(path), message, help)
}

/// Channels whose platform replaces a secret that is kept nowhere.
pub fn rotations(settings: &Settings) -> Findings {
    let told = |channel: &ChannelSettings| {
        let name = unkept(channel, token_of(channel))?;
        Some(Finding::warning(
            "secret-not-kept",
            Place::field("promulgate.yaml", format!("channels.{}", channel.name)),
            obstacle(channel),
            format!("Say where: `rotated: {{{name}: 'file:/var/lib/promulgate/{}'}}`.", channel.name),
        ))
    };
    settings.channels.iter().filter_map(told).collect()
}

/// Channels whose mail server cannot be used, whatever is sent.
pub fn mail_servers(settings: &Settings) -> Findings {
    settings.channels.iter().filter(|channel| channel.platform == "email").filter_map(mail_server).collect()
}

fn mail_server(channel: &ChannelSettings) -> Option<Finding> {
    let typed = channel.own.text("server")?;
    let login = channel.own.text("user").is_some() || channel.secrets.contains_key("password");
    let (message, help) = match MailServer::read(typed) {
        None => (
            format!("`{typed}` is not the address of a mail server."),
            "Write `smtps://HOST`, or `smtp+starttls://HOST` where the encryption begins after the greeting.",
        ),
        Some(server) if !server.is_allowed(channel.own.flag("insecure"), login) => (
            format!("`{}` is another machine, and nothing goes there without encryption.", server.host),
            "Write `smtps://` or `smtp+starttls://`. Only mail without a password may go in the open, with `insecure: true`.",
        ),
        Some(_) => return None,
    };
    Some(Finding::error("bad-settings", Place::field("promulgate.yaml", format!("channels.{}.server", channel.name)), message, help))
}

/// What is in the way of a channel, for `doctor`: a sentence with the remedy, if its secrets are replaced and not kept.
pub fn obstacle_of(channel: &ChannelSettings) -> Option<String> {
    let name = unkept(channel, token_of(channel))?;
    Some(format!("{} Say where under `rotated:`, such as `{name}: 'file:/var/lib/promulgate/{}'`.", obstacle(channel), channel.name))
}

fn obstacle(channel: &ChannelSettings) -> String {
    format!(
        "`{}` replaces the token of `{}` when it is used, and the settings do not say where the new one is kept.",
        channel.platform, channel.name
    )
}

fn token_of(channel: &ChannelSettings) -> Token {
    let platform = CATALOGUE.platforms.iter().find(|platform| platform.name == channel.platform);
    platform.map_or(Token::Lasting, |platform| platform.abilities.token)
}

/// The first secret of a channel that its platform replaces and that has no place. One place is enough: which of two tokens
/// is replaced is the platform's affair.
fn unkept(channel: &ChannelSettings, token: Token) -> Option<&str> {
    let replaced = token == Token::Rotating && channel.rotated.is_empty();
    let names = || channel.secrets.keys().map(String::as_str);
    replaced
        .then(|| names().find(|name| name.contains("refresh")).or_else(|| names().find(|name| name.contains("token"))).or(names().next()))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::record::Fields;
    use crate::model::settings::CorrectBy;
    use std::collections::BTreeMap;

    fn channel(secrets: &[&str], rotated: &[&str]) -> ChannelSettings {
        let named = |names: &[&str]| -> BTreeMap<String, SecretRef> {
            names.iter().map(|name| ((*name).to_owned(), SecretRef::File(format!("/var/lib/{name}")))).collect()
        };
        ChannelSettings {
            name: "square".into(),
            label: None,
            profile: None,
            platform: "mastodon".into(),
            own: Fields::default(),
            secrets: named(secrets),
            rotated: named(rotated),
            foreign: Vec::new(),
            languages: Vec::new(),
            kinds: Vec::new(),
            audiences: Vec::new(),
            on: Vec::new(),
            correct_by: CorrectBy::Reply,
            hashtags: BTreeMap::new(),
            template: BTreeMap::new(),
        }
    }

    #[test]
    fn a_token_that_is_replaced_needs_a_place_and_others_do_not() {
        let bare = channel(&["app_secret", "refresh_token", "token"], &[]);
        assert_eq!(unkept(&bare, Token::Rotating), Some("refresh_token"));
        assert_eq!(unkept(&channel(&["key"], &[]), Token::Rotating), Some("key"));
        assert_eq!(unkept(&bare, Token::Lasting), None);
        assert_eq!(unkept(&channel(&["token"], &["token"]), Token::Rotating), None);
        assert_eq!(obstacle_of(&bare), None, "a token of Mastodon lasts");
    }
}
