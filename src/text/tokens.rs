//! In: the text of the settings. Out: where something stands that looks like a token, a key or a password.
//!
//! A detector of shapes: what platforms of ours give out, what others scan for, addresses that carry a password. It finds
//! what was pasted by mistake; it cannot find a password that looks like a word.

use std::ops::Range;

/// A shape: how it begins, how many characters of which kind follow at least.
struct Shape {
    what: &'static str,
    begins: &'static str,
    least: usize,
    holds: fn(u8) -> bool,
}

const fn shape(what: &'static str, begins: &'static str, least: usize, holds: fn(u8) -> bool) -> Shape {
    Shape { what, begins, least, holds }
}

fn word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn dashed(byte: u8) -> bool {
    word(byte) || byte == b'-'
}

fn dotted(byte: u8) -> bool {
    dashed(byte) || byte == b'.'
}

fn base64(byte: u8) -> bool {
    dotted(byte) || matches!(byte, b'+' | b'/' | b'=' | b'%')
}

fn any(byte: u8) -> bool {
    !byte.is_ascii_whitespace()
}

const SHAPES: [Shape; 36] = [
    shape("a private key", "-----BEGIN ", 3, |byte| byte.is_ascii_uppercase()),
    shape("a signing key of a log", "PRIVATE+KEY+", 20, any),
    shape("a secret key of Nostr", "nsec1", 40, word),
    shape("a token of GitHub", "ghp_", 30, word),
    shape("a token of GitHub", "gho_", 30, word),
    shape("a token of GitHub", "ghu_", 30, word),
    shape("a token of GitHub", "ghs_", 30, word),
    shape("a token of GitHub", "ghr_", 30, word),
    shape("a token of GitHub", "github_pat_", 30, word),
    shape("a token of GitLab", "glpat-", 20, dashed),
    shape("a token of GitLab", "gldt-", 20, dashed),
    shape("a token of Slack", "xoxb-", 20, dashed),
    shape("a token of Slack", "xoxp-", 20, dashed),
    shape("a token of Slack", "xoxa-", 20, dashed),
    shape("a token of Slack", "xoxr-", 20, dashed),
    shape("a token of Slack", "xoxe-", 20, dotted),
    shape("a token of Slack", "xapp-", 20, dashed),
    shape("an address of Slack that posts", "hooks.slack.com/services/", 20, base64),
    shape("an address of Discord that posts", "discord.com/api/webhooks/", 30, base64),
    shape("an address of Discord that posts", "discordapp.com/api/webhooks/", 30, base64),
    shape("an address of Teams that posts", "webhook.office.com/webhookb2/", 30, any),
    shape("a key of Amazon", "AKIA", 16, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
    shape("a key of Amazon", "ASIA", 16, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
    shape("a key of Google", "AIza", 35, dashed),
    shape("a token of Google", "ya29.", 20, dotted),
    shape("a client secret of Google", "GOCSPX-", 20, dashed),
    shape("a token of Meta", "EAAC", 40, word),
    shape("a token of Meta", "EAAG", 40, word),
    shape("a token of Meta", "IGQV", 40, word),
    shape("a token of Meta", "THAA", 40, word),
    shape("a token of VK", "vk1.a.", 40, dashed),
    shape("a token of X", "AAAAAAAAAAAAAAAAAAAAA", 40, base64),
    shape("a token of OpenAI", "sk-proj-", 20, dashed),
    shape("a key of Stripe", "sk_live_", 16, word),
    shape("a token of npm", "npm_", 36, word),
    shape("a token of Matrix", "syt_", 20, word),
];

/// The first thing that looks like a secret: where it stands, in bytes, and what it looks like.
pub fn first(text: &str) -> Option<(Range<usize>, &'static str)> {
    let shaped = SHAPES.iter().filter_map(|shape| shaped(text, shape));
    let found = shaped.chain(signed(text)).chain(bot(text)).chain(password(text)).chain(query(text)).chain(generated(text));
    let (range, what) = found.min_by_key(|(range, _)| range.start)?;
    // What follows without a gap belongs to it, however long it is.
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ']' | '}' | '@');
    let rest = text[range.end..].find(ends).unwrap_or(text.len() - range.end);
    Some((range.start..range.end + rest, what))
}

/// The text with stars in place of whatever looks like a secret.
pub fn masked(text: &str) -> String {
    let mut text = text.to_owned();
    while let Some((range, _)) = first(&text) {
        let stars = "*".repeat(text[range.clone()].chars().count());
        text.replace_range(range, &stars);
    }
    text
}

/// So many characters of a token are looked at.
const LONGEST: usize = 1_024;

fn run(text: &str, from: usize, holds: fn(u8) -> bool) -> usize {
    // Longer ones tell no more, and looking on from every place would cost the square of the length.
    text.as_bytes()[from..].iter().take(LONGEST).take_while(|byte| holds(**byte)).count()
}

/// Whether a word begins here: nothing that belongs to a word stands before.
fn begins(text: &str, at: usize) -> bool {
    at == 0 || !word(text.as_bytes()[at - 1])
}

fn shaped(text: &str, shape: &Shape) -> Option<(Range<usize>, &'static str)> {
    text.match_indices(shape.begins).find_map(|(at, head)| {
        let length = run(text, at + head.len(), shape.holds);
        (begins(text, at) && length >= shape.least).then(|| (at..at + head.len() + length, shape.what))
    })
}

/// A JSON web token: three parts, the first two JSON.
fn signed(text: &str) -> Option<(Range<usize>, &'static str)> {
    text.match_indices("eyJ").find_map(|(at, _)| {
        let length = run(text, at, dotted);
        let parts = text[at..at + length].split('.').filter(|part| part.len() >= 10).count();
        (begins(text, at) && parts >= 3).then_some((at..at + length, "a signed token (JWT)"))
    })
}

/// A token of a Telegram bot: `8 to 12 digits`, `:`, 35 characters.
fn bot(text: &str) -> Option<(Range<usize>, &'static str)> {
    text.match_indices(':').find_map(|(at, _)| {
        let digits = text.as_bytes()[..at].iter().rev().take(13).take_while(|byte| byte.is_ascii_digit()).count();
        let length = run(text, at + 1, dashed);
        ((8..=12).contains(&digits) && length == 35).then_some((at - digits..at + 1 + length, "a token of Telegram"))
    })
}

/// A password in an address: `https://name:password@host`.
fn password(text: &str) -> Option<(Range<usize>, &'static str)> {
    text.match_indices("://").find_map(|(at, _)| {
        let from = at + 3;
        let length = run(text, from, |byte| any(byte) && !matches!(byte, b'/' | b'?' | b'#' | b'"' | b'\'' | b','));
        let (user, _) = text[from..from + length].rsplit_once('@')?;
        let (_, password) = user.split_once(':')?;
        (!password.is_empty()).then_some((from..from + user.len(), "a password in an address"))
    })
}

/// A token in the query of an address.
fn query(text: &str) -> Option<(Range<usize>, &'static str)> {
    let names = ["access_token=", "api_key=", "apikey=", "client_secret=", "password=", "sig=", "token=", "secret="];
    names.iter().flat_map(|name| text.match_indices(name)).find_map(|(at, name)| {
        let from = at + name.len();
        let length = run(text, from, base64);
        let before = at.checked_sub(1).map(|at| text.as_bytes()[at]);
        (length >= 12 && matches!(before, Some(b'?' | b'&'))).then_some((from..from + length, "a token in an address"))
    })
}

/// A value of a key whose name says that it is a secret, and that no person would have thought of.
fn generated(text: &str) -> Option<(Range<usize>, &'static str)> {
    let names = ["token", "secret", "password", "passwd", "api_key", "apikey", "private_key", "access_key", "client_secret"];
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let (key, value) = line.split_once(':')?;
        let key = key.trim().trim_start_matches("- ").trim_matches(['"', '\'']).to_ascii_lowercase();
        let secret = names.iter().any(|name| key == *name || key.ends_with(&format!("_{name}")));
        let bare = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
        let referred = ["env:", "file:", "command:"].iter().any(|kind| bare.starts_with(kind));
        let drawn = bare.len() >= 16 && bare.bytes().all(base64) && bare.bytes().any(|byte| byte.is_ascii_digit());
        let from = start + line.find(bare)?;
        (secret && drawn && !referred).then_some((from..from + bare.len(), "a secret written out"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_platforms_give_out_is_known_by_its_shape() {
        let x = |count: usize| "aB3x".repeat(count.div_ceil(4));
        let bad = [
            format!("label: ghp_{}", x(36)),
            format!("a: 'github_pat_{}'", x(60)),
            format!("glpat-{}", x(20)),
            format!("xoxb-{}", x(40)),
            format!("https://hooks.slack.com/services/T0/{}", x(24)),
            format!("https://discord.com/api/webhooks/123456789012345678/{}", x(60)),
            "AKIAIOSFODNN7EXAMPLE".to_owned(),
            format!("AIza{}", x(36)),
            format!("EAAC{}", x(100)),
            format!("nsec1{}", x(58)),
            format!("12345678901:{}a", &x(36)[..34]),
            format!("eyJhbGciOiJI.eyJzdWIiOiIx.{}", x(30)),
            "-----BEGIN PRIVATE KEY-----".to_owned(),
            "PRIVATE+KEY+norrvik.example/log+5b8d3c1f+AQAB".to_owned(),
            "url: https://bot:hunter2@mail.norrvik.example/".to_owned(),
            format!("server: https://x.example/?access_token={}", x(20)),
            format!("  api_key: \"{}\"", x(24)),
            format!("channels:\n  a:\n    token: {}\n", x(24)),
        ];
        for text in bad {
            assert!(first(&text).is_some(), "{text}");
        }
        assert_eq!(first("a\nlabel: glpat-aB3xaB3xaB3xaB3xaB3x\n").map(|(range, _)| range), Some(9..35));
    }

    #[test]
    fn what_is_shown_of_a_text_holds_none() {
        let text = "a: ghp_aB3xaB3xaB3xaB3xaB3xaB3xaB3xaB3x # glpat-aB3xaB3xaB3xaB3xaB3x";
        assert_eq!(masked(text), format!("a: {} # {}", "*".repeat(36), "*".repeat(26)));
    }

    #[test]
    fn settings_as_people_write_them_hold_none() {
        let good = [
            "token: env:FEDIVERSE_TOKEN",
            "secret: file:/run/secrets/norrvik-2026-token-of-the-bot",
            "url: https://norrvik.example/a:b@c",
            "time: 12:30:00",
            "key: norrvik.example/log+5b8d3c1f+AQABAQABAQABAQABAQABAQABAQABAQAB",
            "phone: 0910:123456",
            "EAA",
            "token: command:pass show norrvik1/bot",
            "licence: https://creativecommons.org/licenses/by/4.0/",
            "password: forgotten",
            "topic: secret-santa-2026-in-the-town-hall",
        ];
        for text in good {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
