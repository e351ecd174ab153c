//! In: the site. Out: `_headers` for hosts that read it (Netlify, Cloudflare Pages and others share the form), and the
//! same rules as snippets for nginx, Apache and Caddy.
//!
//! One table says what is sent with which address ([`rules`]); every dialect is written from it, so that they cannot
//! part ways. No value comes from content, and an address of the settings is checked where they are read, so no line can
//! be injected.

mod apache;
mod caddy;
mod nginx;
pub mod rules;

use super::format::Format;
use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::recipe::Recipe;
use crate::model::route::SafePath;
use crate::model::site::Site;
use rules::{Line, Rule};
pub use rules::{POLICY, table};

/// What Cloudflare Pages reads of the file, and nobody reads less (developers.cloudflare.com/pages/configuration/headers).
pub const RULES: usize = 100;
/// The longest line it reads, in characters.
pub const LINE: usize = 2_000;

/// The form of a web server's own settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `_headers`, read by Netlify, Cloudflare Pages and others.
    Netlify,
    /// For a `server` block.
    Nginx,
    /// For a virtual host, or an `.htaccess` file.
    Apache,
    /// For a site block of a Caddyfile.
    Caddy,
}

/// The rules of a site in a web server's own words.
pub fn text(site: &Site, dialect: Dialect) -> String {
    let rules = table(site);
    match dialect {
        Dialect::Netlify => netlify(&rules),
        Dialect::Nginx => nginx::text(&rules, &site.settings.url),
        Dialect::Apache => apache::text(&rules, &site.settings.url),
        Dialect::Caddy => caddy::text(&rules, &site.settings.url),
    }
}

/// The format.
pub struct Headers;

impl Format for Headers {
    fn name(&self) -> &'static str {
        "headers"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let path = SafePath::new("_headers").expect("a plain name");
        let rules = table(site);
        let findings = limits(&rules);
        let recipe = Recipe::plain(path, "the headers", move |out| out.extend_from_slice(netlify(&rules).as_bytes()));
        Checked::new(vec![recipe], findings)
    }
}

/// The `_headers` file. What an earlier rule may say under the same name is taken back first: hosts join the two.
fn netlify(rules: &[Rule]) -> String {
    let mut out = String::new();
    for (at, rule) in rules.iter().enumerate() {
        out.push_str(&format!("{}\n", rule.encoded));
        for line in &rule.lines {
            let said =
                |earlier: &&Rule| rules::meet(&earlier.pattern, &rule.pattern) && earlier.lines.iter().any(|other| other.is_of(line));
            if !line.adds_up() && rules[..at].iter().any(|earlier| said(&earlier)) {
                out.push_str(&format!("  ! {}\n", line.name));
            }
            out.push_str(&format!("  {}: {}\n", line.name, line.value));
        }
    }
    out
}

/// More than hosts read would be left out in silence, and with it what protects readers.
fn limits(rules: &[Rule]) -> Findings {
    let mut out = Findings::new();
    let mut tell = |message: String, help: &str| {
        out.push(Finding::error("headers-too-long", Place::file("promulgate.yaml"), message, help));
    };
    if rules.len() > RULES {
        tell(
            format!("`_headers` would have {} rules; hosts such as Cloudflare Pages read {RULES} and pass over the rest.", rules.len()),
            "Attach fewer HTML and XML files, of which each needs a rule; a ZIP file with all of them needs none.",
        );
    }
    let lengths = rules.iter().flat_map(|rule| &rule.lines).map(|line: &Line| line.name.len() + line.value.chars().count() + 4);
    if let Some(length) = lengths.max().filter(|length| *length > LINE) {
        tell(
            format!("`_headers` would have a line of {length} characters; hosts such as Cloudflare Pages read {LINE}."),
            "Shorten the address that the settings give, such as that of the hub.",
        );
    }
    out
}

/// An address pattern as a regular expression that PCRE and RE2 both read.
fn expression(pattern: &str) -> String {
    let mut out = "^".to_owned();
    for letter in pattern.chars() {
        match letter {
            '*' => out.push_str(".*"),
            '.' => out.push_str("\\."),
            '/' | '-' | '_' => out.push(letter),
            _ if letter.is_ascii_alphanumeric() || !letter.is_ascii() => out.push(letter),
            _ => out.push_str(&format!("\\x{:02x}", u32::from(letter))),
        }
    }
    out.push('$');
    out
}

/// The first lines of a snippet.
fn opening(host: &str, url: &str, where_to: &str) -> String {
    format!(
        "# What {url} sends with its files; written by `promulgate headers {host}`.\n# {where_to}\n\
         # Write it anew when the settings or the program have changed.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_becomes_an_expression_that_means_itself() {
        assert_eq!(expression("/log/tile/*"), "^/log/tile/.*$");
        assert_eq!(expression("/*.atom"), "^/.*\\.atom$");
        assert_eq!(expression("/bilaga (1)#\"$.html"), "^/bilaga\\x20\\x281\\x29\\x23\\x22\\x24\\.html$");
        assert_eq!(expression("/å.html"), "^/å\\.html$");
    }
}
