//! In: the characters of a text in NFC. Out: where X sees links in it, with and without a scheme.
//!
//! The grammar is that of twitter-text (`valid_url` and what it is made of), matched by hand. A link without a scheme needs
//! a known top-level domain (`tlds.txt`, from twitter-text's `tlds.yml` of 2021) and letters of Latin scripts before it.

use crate::text::punycode::ascii_length;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Most characters of a label of a domain, in ASCII (RFC 1035).
const LABEL: usize = 63;
/// Longest link with its scheme.
const LONGEST: usize = 4096;
/// Most characters of the path of a `t.co` link.
const SLUG: usize = 40;

static TLDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| include_str!("tlds.txt").split_whitespace().collect());

/// Every link, in characters.
pub fn find(chars: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // The character before a link belongs to its match, so it cannot belong to the link before.
    let mut at = 0;
    while at < chars.len() {
        let after = (!bars(chars[at])).then(|| at + 1);
        let here = (at == 0).then_some(0);
        match after.into_iter().chain(here).find_map(|start| Link::at(chars, start)) {
            Some(link) => {
                link.report(chars, &mut found);
                at = link.end;
            }
            None => at += 1,
        }
    }
    found
}

/// A match of the grammar, before what X leaves out of it.
struct Link {
    start: usize,
    scheme: usize,
    domain: Range<usize>,
    path: bool,
    end: usize,
}

impl Link {
    fn at(chars: &[char], start: usize) -> Option<Link> {
        let scheme = scheme(&chars[start..]);
        let domain = start + scheme..domain(chars, start + scheme)?;
        let port = port(&chars[domain.end..]);
        let path = path(&chars[domain.end + port..]);
        let query = query(&chars[domain.end + port + path..]);
        let end = domain.end + port + path + query;
        Some(Link { start, scheme, domain, path: path > 0, end })
    }

    fn report(&self, chars: &[char], found: &mut Vec<Range<usize>>) {
        if !self.is_possible(chars) {
            return;
        }
        if self.scheme > 0 {
            match short(&chars[self.start..self.end], self.scheme) {
                Some((slug, _)) if slug > SLUG => {}
                Some((_, length)) => found.push(self.start..self.start + length),
                None => found.push(self.start..self.end),
            }
            return;
        }
        if self.start > 0 && matches!(chars[self.start - 1], '-' | '_' | '.' | '/') {
            return;
        }
        let mut plain = latin_domains(&chars[self.domain.clone()]);
        plain.iter_mut().for_each(|range| *range = range.start + self.domain.start..range.end + self.domain.start);
        if let Some(last) = plain.last_mut().filter(|_| self.path) {
            last.end = self.end;
        }
        found.append(&mut plain);
    }

    /// Whether the domain could be looked up at all.
    fn is_possible(&self, chars: &[char]) -> bool {
        let domain = &chars[self.domain.clone()];
        let encoded = domain.starts_with(&['x', 'n', '-', '-']) && latin_domains(domain).is_empty();
        let scheme = if self.scheme > 0 { 0 } else { "https://".len() };
        let labels = domain.split(|c| *c == '.').all(|label| (1..=LABEL).contains(&ascii_length(label)));
        !encoded && labels && self.end - self.start + scheme <= LONGEST
    }
}

/// Characters that a link cannot follow.
fn bars(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '@' | '＠' | '$' | '#' | '＃') || super::weighted::is_forbidden(c)
}

fn scheme(chars: &[char]) -> usize {
    let is = |scheme: &str| {
        let mut given = chars.iter().map(char::to_ascii_lowercase);
        scheme.chars().all(|c| given.next() == Some(c))
    };
    ["https://", "http://"].into_iter().find(|scheme| is(scheme)).map_or(0, str::len)
}

fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn in_domain(c: char) -> bool {
    let space = c.is_whitespace() || c == '\u{180e}';
    !(is_direction(c) || c.is_ascii_punctuation() || space || c.is_ascii_control() || super::weighted::is_forbidden(c))
}

/// The end of the domain that begins there: the longest one with a known top-level domain.
fn domain(chars: &[char], start: usize) -> Option<usize> {
    let (mut at, mut end) = (start, None);
    // A name right before the top-level domain has no underscore; a part further left may have one.
    let mut named = false;
    loop {
        if named && let Some(tld) = tld(chars, at) {
            end = Some(tld);
        }
        let length = chars[at..].iter().take_while(|c| in_domain(**c) || matches!(c, '-' | '_')).count();
        let label = &chars[at..at + length];
        let sound = label.first().is_some_and(|c| in_domain(*c)) && label.last().is_some_and(|c| in_domain(*c));
        if !sound || chars.get(at + length) != Some(&'.') {
            return end;
        }
        at += length + 1;
        named = !label.contains(&'_');
    }
}

/// The end of a top-level domain that begins there.
fn tld(chars: &[char], at: usize) -> Option<usize> {
    let rest = &chars[at..];
    let ends = |length: usize| rest.get(length).is_none_or(|c| !(c.is_ascii_alphanumeric() || matches!(c, '@' | '+' | '-')));
    let longest = rest.iter().take_while(|c| in_domain(**c)).take(LABEL).count();
    let known = |length: &usize| {
        let name: String = rest[..*length].iter().flat_map(|c| c.to_lowercase()).collect();
        ends(*length) && TLDS.contains(name.as_str())
    };
    let encoded = || {
        let given: String = rest.iter().take(4).flat_map(|c| c.to_lowercase()).collect();
        let length = rest.iter().skip(4).take_while(|c| c.is_ascii_alphanumeric()).count();
        (given == "xn--" && length > 0).then_some(length + 4)
    };
    (1..=longest).rev().find(known).or_else(encoded).map(|length| at + length)
}

/// Domains in Latin letters within a domain: what is left of one without a scheme.
fn latin_domains(domain: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < domain.len() {
        let end = latin_domain(domain, start);
        found.extend(end.map(|end| start..end));
        start = end.unwrap_or(start + 1);
    }
    found
}

fn latin_domain(domain: &[char], start: usize) -> Option<usize> {
    let (mut at, mut end) = (start, None);
    loop {
        let length = domain[at..].iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || is_accented(**c)).count();
        if length == 0 || domain.get(at + length) != Some(&'.') {
            return end;
        }
        at += length + 1;
        end = tld(domain, at).or(end);
    }
}

fn port(chars: &[char]) -> usize {
    let digits = chars.iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
    if chars.first() == Some(&':') && digits > 0 { digits + 1 } else { 0 }
}

fn path(chars: &[char]) -> usize {
    if chars.first() != Some(&'/') {
        return 0;
    }
    let (mut at, mut end) = (1, 1);
    while let Some(c) = chars.get(at) {
        if in_path(*c) {
            at += 1;
            end = if ends_path(*c) { at } else { end };
        } else if let Some(length) = parentheses(&chars[at..], 2) {
            at += length;
            end = at;
        } else {
            break;
        }
    }
    end
}

/// The length of balanced parentheses, one pair within another at most, with something in them.
fn parentheses(chars: &[char], depth: usize) -> Option<usize> {
    let mut at = chars.first().filter(|c| **c == '(' && depth > 0).map(|_| 1)?;
    loop {
        match chars.get(at)? {
            ')' if at > 1 => return Some(at + 1),
            c if in_path(*c) => at += 1,
            _ => at += parentheses(&chars[at..], depth - 1)?,
        }
    }
}

fn query(chars: &[char]) -> usize {
    if chars.first() != Some(&'?') {
        return 0;
    }
    let may = |c: &&char| c.is_ascii_alphanumeric() || "!?*'();:&=+$/%#[]-_.,~|@".contains(**c);
    let length = chars.iter().take_while(may).count();
    let last = chars[..length].iter().rposition(|c| c.is_ascii_alphanumeric() || "_&=#/-".contains(*c));
    last.filter(|last| *last > 0).map_or(0, |last| last + 1)
}

fn in_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!*';:=+,.$/%#[]_~&|@".contains(c) || is_cyrillic(c) || is_dash(c) || is_accented(c)
}

fn ends_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "=_#/+-".contains(c) || is_cyrillic(c) || is_accented(c)
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}')
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{58a}' | '\u{5be}' | '\u{1806}' | '\u{2010}'..='\u{2015}' | '\u{301c}' | '\u{3030}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

fn is_accented(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{253}' | '\u{254}' | '\u{256}' | '\u{257}' | '\u{259}'
        | '\u{25b}' | '\u{263}' | '\u{268}' | '\u{26f}' | '\u{272}' | '\u{289}' | '\u{28b}' | '\u{2bb}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}')
}

/// Length of the path and of the whole of a `t.co` link.
fn short(link: &[char], scheme: usize) -> Option<(usize, usize)> {
    let host: String = link[scheme..].iter().take(5).flat_map(|c| c.to_lowercase()).collect();
    let slug = link[scheme..].iter().skip(5).take_while(|c| c.is_ascii_alphanumeric()).count();
    let end = scheme + 5 + slug;
    (host == "t.co/" && slug > 0).then(|| (slug, end + query(&link[end..])))
}
