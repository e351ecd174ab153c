//! In: the site. Out: which headers are sent with which addresses, in the order in which they are weighed.
//!
//! One strict policy for the whole site: no inline script, no inline style, nothing from elsewhere. Documents that others
//! made (drawings, PDF, HTML, XML) act as documents only, never as pages of the site. Feeds, data and the log may be read
//! by other sites' scripts. What never changes may be kept for ever, everything else is asked for again.

use crate::formats::cap::MEDIA;
use crate::formats::feed;
use crate::model::manifest::is_fingerprinted;
use crate::model::site::Site;

/// The content security policy of every page.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; \
     require-trusted-types-for 'script'; upgrade-insecure-requests";

/// That of a document that was attached: it may be looked at and do nothing.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox";

const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), \
     screen-wake-lock=(), usb=(), xr-spatial-tracking=()";

/// For what may change at any build: kept, and asked for again each time.
const FRESH: &str = "public, max-age=0, must-revalidate";
/// For what never changes under its address.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For the checkpoint of the log, which is asked for by machines at every hour.
const SECONDS: &str = "public, max-age=5";

const PLAIN: &str = "text/plain; charset=utf-8";
/// Feeds are sent as plain XML: Chromium shows `application/atom+xml` and `application/rss+xml` as source text, whatever
/// style sheet they name, and feed readers take both.
const XML: &str = "application/xml; charset=utf-8";

/// Files of ours whose content any site may read, and their type where hosts do not know it; `*` at most once, as
/// Cloudflare demands.
const OPEN: [(&str, Option<&str>); 9] = [
    ("/*.atom", Some(XML)),
    ("/*.rss", Some(XML)),
    ("/*.json", None),
    ("/*.ics", Some("text/calendar; charset=utf-8")),
    ("/*.xml", None),
    ("/*.csv", None),
    ("/*.jsonld", None),
    ("/*.ttl", None),
    ("/*.tlog-proof", Some(PLAIN)),
];

/// Files of the log (C2SP tlog-tiles): type and how long they may be kept. `checkpoints.atom` is a feed as others are.
const LOG: [(&str, &str, &str); 4] = [
    ("/log/checkpoint", PLAIN, SECONDS),
    ("/log/vkey", PLAIN, FRESH),
    ("/log/tile/*", "application/octet-stream", FOR_EVER),
    // A witness may sign later, and then a line is added.
    ("/log/checkpoints/*", PLAIN, FRESH),
];

/// What hosts may not know by the ending (CSVW, section 5.2, for the tables).
const TYPES: [(&str, &str); 4] = [
    ("/data/*.csv", "text/csv; charset=utf-8; header=present"),
    ("/data/*.ttl", "text/turtle; charset=utf-8"),
    ("/data/*.jsonld", "application/ld+json"),
    ("/.well-known/security.txt", PLAIN),
];

/// Documents that can carry script and that no build makes.
const ACTIVE: [&str; 7] = ["/*.svg", "/*.pdf", "/*.htm", "/*.xhtml", "/*.xht", "/*.shtml", "/*.mhtml"];
/// The same under endings that files of ours have too: a rule for each file that was attached.
const ATTACHED: [&str; 4] = ["html", "xml", "xsl", "xslt"];

/// The most feeds whose own address is named in a header, as strict hubs want it: those of the whole site, then of the
/// first lists, as far as hosts read.
const SELVES: usize = 60;

/// What is sent with the addresses of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// An address as people read it, or a pattern with one `*`.
    pub pattern: String,
    /// The same as it stands in a link.
    pub encoded: String,
    /// The headers.
    pub lines: Vec<Line>,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: &'static str,
    /// Tells headers of one name apart that stand beside each other: what a `Link` leads to.
    pub part: &'static str,
    /// What it says.
    pub value: String,
}

impl Line {
    fn new(name: &'static str, value: impl Into<String>) -> Line {
        Line { name, part: "", value: value.into() }
    }

    fn link(part: &'static str, address: &str, more: &str) -> Line {
        // nginx has no way to write a dollar sign.
        Line { name: "Link", part, value: format!("<{}>; rel=\"{part}\"{more}", address.replace('$', "%24")) }
    }

    /// Whether a later line takes the place of this one.
    pub fn is_of(&self, other: &Line) -> bool {
        self.name == other.name && self.part == other.part
    }

    /// Whether several of this name may be sent with one file.
    pub fn adds_up(&self) -> bool {
        !self.part.is_empty()
    }
}

impl Rule {
    fn new(pattern: &str, lines: Vec<Line>) -> Rule {
        Rule { pattern: pattern.to_owned(), encoded: pattern.to_owned(), lines }
    }
}

/// All rules of a site. Of two that say something under one name of one address, the later one holds.
pub fn table(site: &Site) -> Vec<Rule> {
    let mut rules = vec![everywhere(site)];
    rules.extend(["/", "/*/", "/*.html"].map(|pattern| Rule::new(pattern, vec![Line::new("Cache-Control", FRESH)])));
    rules.extend(assets(site));
    rules.extend(ACTIVE.map(|pattern| Rule::new(pattern, vec![Line::new("Content-Security-Policy", SANDBOX)])));
    rules.extend(OPEN.map(|(pattern, media)| open(pattern, media, FRESH)));
    let alerts = site.settings.routes.get("alert").map_or("alerts", |pattern| top(pattern));
    if !alerts.is_empty() {
        rules.push(Rule::new(&format!("/{alerts}/*.xml"), vec![Line::new("Content-Type", format!("{MEDIA}; charset=utf-8"))]));
    }
    rules.extend(TYPES.map(|(pattern, media)| Rule::new(pattern, vec![Line::new("Content-Type", media)])));
    let tables = rules.iter_mut().filter(|rule| rule.pattern == "/data/*.csv");
    tables.for_each(|rule| rule.lines.push(Line::link("describedby", "/data/dictionary.json", "; type=\"application/csvm+json\"")));
    rules.extend(LOG.map(|(pattern, media, keep)| open(pattern, Some(media), keep)));
    rules.push(Rule::new("/log/checkpoints/*.tsr", vec![Line::new("Content-Type", "application/timestamp-reply")]));
    rules.extend(attached(site));
    if let Some(hub) = &site.settings.hub {
        let feeds = ["/*.atom", "/*.rss", "/*feed.json"];
        rules.extend(feeds.map(|pattern| Rule::new(pattern, vec![Line::link("hub", hub, "")])));
        let room = super::RULES.saturating_sub(rules.len()).min(SELVES);
        for (_, route) in feed::addresses(site).into_iter().take(room) {
            let line = Line::link("self", &site.settings.absolute(&route.href()), "");
            rules.push(Rule { pattern: route.as_str().to_owned(), encoded: route.href(), lines: vec![line] });
        }
    }
    merged(rules)
}

/// The first part of a route pattern.
fn top(pattern: &str) -> &str {
    pattern.trim_matches('/').split(['/', '{']).next().unwrap_or_default()
}

fn everywhere(site: &Site) -> Rule {
    let is_secure = !site.settings.url.starts_with("http:");
    // A site without TLS would ask in vain for its own files with it.
    let policy = if is_secure { POLICY } else { POLICY.trim_end_matches("; upgrade-insecure-requests") };
    let mut lines = vec![
        Line::new("Content-Security-Policy", policy),
        Line::new("X-Content-Type-Options", "nosniff"),
        Line::new("Referrer-Policy", "strict-origin-when-cross-origin"),
        Line::new("Permissions-Policy", PERMISSIONS),
        Line::new("Cross-Origin-Opener-Policy", "same-origin"),
    ];
    let transport = site.settings.transport_security.as_ref().filter(|_| is_secure);
    lines.extend(transport.map(|value| Line::new("Strict-Transport-Security", value.as_str())));
    Rule::new("/*", lines)
}

/// Style sheets, scripts and fonts whose names carry a hash of their bytes.
fn assets(site: &Site) -> Vec<Rule> {
    let named = site.theme.statics.iter().map(|(_, route, _)| route).filter(|route| is_fingerprinted(route.as_str()));
    let named = named.map(|route| Rule { pattern: route.as_str().to_owned(), encoded: route.href(), lines: Vec::new() });
    let mut rules: Vec<Rule> = std::iter::once(Rule::new("/assets/site.*.css", Vec::new())).chain(named).collect();
    rules.iter_mut().for_each(|rule| rule.lines.push(Line::new("Cache-Control", FOR_EVER)));
    rules
}

fn open(pattern: &str, media: Option<&str>, keep: &str) -> Rule {
    let mut lines = vec![Line::new("Access-Control-Allow-Origin", "*")];
    lines.extend(media.map(|media| Line::new("Content-Type", media)));
    lines.push(Line::new("Cache-Control", keep));
    Rule::new(pattern, lines)
}

/// HTML and XML that somebody attached: no page of ours, so it may not act as one.
fn attached(site: &Site) -> Vec<Rule> {
    let routes = site.assets.iter().map(|(route, _)| route);
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let active = routes.filter(|route| ending(route.as_str()).is_some_and(|ending| ATTACHED.contains(&ending.as_str())));
    active
        .map(|route| Rule {
            pattern: route.as_str().to_owned(),
            encoded: route.href(),
            lines: vec![Line::new("Content-Security-Policy", SANDBOX)],
        })
        .collect()
}

/// Rules of one pattern as one, at the place of the first.
fn merged(rules: Vec<Rule>) -> Vec<Rule> {
    let mut out: Vec<Rule> = Vec::with_capacity(rules.len());
    for rule in rules {
        match out.iter_mut().find(|earlier| earlier.pattern == rule.pattern) {
            Some(earlier) => earlier.lines.extend(rule.lines),
            None => out.push(rule),
        }
    }
    out
}

/// Whether an address is one of a pattern's.
pub fn matches(pattern: &str, address: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == address,
        Some((before, after)) => address.len() >= before.len() + after.len() && address.starts_with(before) && address.ends_with(after),
    }
}

/// Whether a file of a site may have an address of both patterns'. What lies below `/log/` has no ending that other rules
/// are about.
pub fn meet(one: &str, other: &str) -> bool {
    let is_log = |pattern: &str| pattern.starts_with("/log/");
    overlap(one, other) && (is_log(one) == is_log(other) || one == "/*" || other == "/*")
}

/// Whether some address may be one of both patterns'.
fn overlap(one: &str, other: &str) -> bool {
    match (one.split_once('*'), other.split_once('*')) {
        (Some((before, after)), Some((first, last))) => {
            (before.starts_with(first) || first.starts_with(before)) && (after.ends_with(last) || last.ends_with(after))
        }
        (None, _) => matches(other, one),
        (_, None) => matches(one, other),
    }
}

/// What is sent with an address by these rules.
pub fn sent<'r>(rules: &'r [Rule], address: &str) -> Vec<&'r Line> {
    let mut out: Vec<&Line> = Vec::new();
    for line in rules.iter().filter(|rule| matches(&rule.pattern, address)).flat_map(|rule| &rule.lines) {
        out.retain(|earlier| !earlier.is_of(line));
        out.push(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_and_meet() {
        assert!(matches("/*.atom", "/en/feed.atom") && matches("/log/tile/*", "/log/tile/0/000.p/5") && matches("/", "/"));
        assert!(!matches("/", "/a/") && !matches("/*/", "/") && matches("/*/", "/a/") && !matches("/*.atom", "/atom"));
        for (one, other) in
            [("/*", "/*.svg"), ("/*.xml", "/alerts/*.xml"), ("/log/checkpoints/*", "/log/checkpoints/*.tsr"), ("/*.html", "/a.html")]
        {
            assert!(overlap(one, other) && overlap(other, one), "{one} {other}");
        }
        for (one, other) in [("/*.csv", "/*.xml"), ("/*/", "/*.html"), ("/data/*.csv", "/log/*"), ("/a.html", "/b.html")] {
            assert!(!overlap(one, other) && !overlap(other, one), "{one} {other}");
        }
    }

    #[test]
    fn the_later_line_holds_and_links_add_up() {
        let rules = [
            Rule::new("/*", vec![Line::new("Cache-Control", "a"), Line::link("hub", "h", "")]),
            Rule::new("/x", vec![Line::new("Cache-Control", "b"), Line::link("self", "s", "")]),
        ];
        let values: Vec<&str> = sent(&rules, "/x").iter().map(|line| line.value.as_str()).collect();
        assert_eq!(values, ["<h>; rel=\"hub\"", "b", "<s>; rel=\"self\""]);
    }
}
