//! A secret in the eight ways in which it could slip out, and the search for them.

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use promulgate::model::announcement::hex;

/// A secret as each encoding writes it: raw, percent, base64 with both alphabets, hex in both cases, JSON, HTML, backwards.
pub fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let percent = bytes.iter().map(|byte| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") }).collect();
    let json = serde_json::to_string(secret).unwrap().trim_matches('"').to_owned();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;");
    vec![
        secret.to_owned(),
        percent,
        STANDARD_NO_PAD.encode(bytes),
        URL_SAFE_NO_PAD.encode(bytes),
        hex(bytes),
        hex(bytes).to_uppercase(),
        json,
        html,
        secret.chars().rev().collect(),
    ]
}

/// Base64 of a secret wherever it begins in a longer text: the middle that does not depend on what stands around it.
fn shifted(secret: &str) -> Vec<String> {
    let cut = |engine: &dyn Fn(&[u8]) -> String, shift: usize| {
        let text = engine(&[&vec![0; shift][..], secret.as_bytes()].concat());
        let (start, end) = ([0, 2, 3][shift], (shift + secret.len()) / 3 * 4);
        text[start..end].to_owned()
    };
    let standard = |bytes: &[u8]| STANDARD_NO_PAD.encode(bytes);
    let url = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    (0..3).flat_map(|shift| [cut(&standard, shift), cut(&url, shift)]).collect()
}

/// Looks for secrets in all their forms.
pub struct Needles {
    search: AhoCorasick,
    /// Whose needle it is.
    owners: Vec<String>,
}

impl Needles {
    /// Secrets by the name of their owner. The last sixteen letters of a canary alone are a needle too.
    pub fn new(secrets: &[(String, String)]) -> Needles {
        let mut needles = Vec::new();
        let mut owners = Vec::new();
        for (owner, secret) in secrets {
            let core = &secret[secret.len() - 16..];
            for part in [secret.as_str(), core] {
                for needle in forms(part).into_iter().chain(shifted(part)) {
                    needles.push(needle);
                    owners.push(owner.clone());
                }
            }
        }
        Needles { search: AhoCorasick::new(needles).unwrap(), owners }
    }

    /// Whose secrets are in it.
    pub fn found(&self, bytes: &[u8]) -> Vec<&str> {
        let mut found: Vec<&str> =
            self.search.find_overlapping_iter(bytes).map(|found| self.owners[found.pattern().as_usize()].as_str()).collect();
        found.dedup();
        found
    }
}

#[test]
fn a_secret_is_found_in_every_encoding_and_at_every_place() {
    let secret = "rehearsal-fedi.<\"&/+>%~'\\Kq7bZ4mXw2Rt9LpV";
    let needles = Needles::new(&[("fedi".to_owned(), secret.to_owned())]);
    for form in forms(secret) {
        assert_eq!(needles.found(format!("…{form}…").as_bytes()), ["fedi"], "{form}");
    }
    for before in ["", "a", "ab", "abc", "user:"] {
        for text in [STANDARD_NO_PAD.encode(format!("{before}{secret}!")), URL_SAFE_NO_PAD.encode(format!("{before}{secret}!"))] {
            assert_eq!(needles.found(text.as_bytes()), ["fedi"], "{before}");
        }
    }
    assert!(needles.found(b"rehearsal-fedi. is no secret").is_empty());
}
